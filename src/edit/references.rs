//! What a value refers to, as places.

use super::{Content, Place};
use crate::model::{AnnotationSet, ArticleId, Claim, Ref, Stance};

/// The places that `content` refers to when it is the value of `place`; what the scheme defines is not part of this.
#[must_use]
pub fn references(place: &Place, content: &Content) -> Vec<Place> {
    let mut found = Vec::new();
    match content {
        Content::Mention(mention) => found.extend(mention.entity.clone().map(Place::Entity)),
        Content::Claim(claim) => {
            if let Some(article) = place.article() {
                of_claim(article, claim, &mut found);
            }
        }
        Content::Stance(stance) => {
            if let Some(article) = place.article() {
                of_stance(article, stance, &mut found);
            }
        }
        Content::Entity(entity) => {
            let all = entity.members.iter().chain(&entity.part_of).chain(&entity.holder);
            found.extend(all.cloned().map(Place::Entity));
        }
        Content::Cluster(cluster) => {
            let all = cluster.contradicts.iter().chain(&cluster.in_tension_with);
            found.extend(all.cloned().map(Place::Cluster));
        }
        _ => {}
    }
    found
}

/// Everything that the annotations of a set of `article` refer to.
#[must_use]
pub fn references_of_set(article: &ArticleId, set: &AnnotationSet) -> Vec<Place> {
    let mut found: Vec<Place> =
        set.mentions.values().filter_map(|mention| mention.entity.clone()).map(Place::Entity).collect();
    set.claims.values().for_each(|claim| of_claim(article, claim, &mut found));
    set.stances.values().for_each(|stance| of_stance(article, stance, &mut found));
    found
}

/// The place that a reference from `article` points to; none for the author and free text.
#[must_use]
pub fn place_from_ref(article: &ArticleId, reference: &Ref) -> Option<Place> {
    match reference {
        Ref::Mention(id) => Some(Place::Mention(article.clone(), id.clone())),
        Ref::Entity(id) => Some(Place::Entity(id.clone())),
        Ref::Claim(id) => Some(Place::Claim(article.clone(), id.clone())),
        Ref::ClaimOf(other, id) => Some(Place::Claim(other.clone(), id.clone())),
        Ref::Cluster(id) => Some(Place::Cluster(id.clone())),
        Ref::Topic(id) => Some(Place::Topic(id.clone())),
        Ref::Author | Ref::Text(_) => None,
    }
}

fn of_claim(article: &ArticleId, claim: &Claim, found: &mut Vec<Place>) {
    for link in &claim.chain {
        let refs = link.source.iter().chain(&link.on_behalf_of);
        found.extend(refs.filter_map(|reference| place_from_ref(article, reference)));
    }
    found.extend(claim.nested_in.clone().map(|id| Place::Claim(article.clone(), id)));
    found.extend(claim.cluster.clone().map(Place::Cluster));
}

fn of_stance(article: &ArticleId, stance: &Stance, found: &mut Vec<Place>) {
    let refs = [&stance.holder, &stance.target].into_iter().chain(&stance.attributed_through);
    found.extend(refs.filter_map(|reference| place_from_ref(article, reference)));
}
