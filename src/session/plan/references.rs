//! Nothing may be stored that refers to nothing, and nothing may be deleted that is referred to.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Content, Edit, Place, State, references};
use crate::model::{AnnotationSet, ArticleId};
use crate::session::command::CommandError;

/// Checks the references of `edits` against `state`, which does not have them yet.
///
/// # Errors
/// [`CommandError::Dangling`] or [`CommandError::Referred`].
pub(crate) fn check_references(
    state: &State,
    edits: &[Edit],
    has_article: &dyn Fn(&ArticleId) -> bool,
) -> Result<(), CommandError> {
    let changed: BTreeMap<&Place, Option<&Content>> =
        edits.iter().map(|edit| (&edit.place, edit.after.as_ref())).collect();
    let stands = |place: &Place| match changed.get(place) {
        Some(after) => after.is_some(),
        None => state.value(place).is_some(),
    };
    for edit in edits {
        let Some(after) = &edit.after else { continue };
        let known: BTreeSet<Place> = edit.before.iter().flat_map(|before| references(&edit.place, before)).collect();
        for referred in references(&edit.place, after) {
            // What it referred to before stays as it is: a line that is lost or on its way must not block other work.
            let is_known = known.contains(&referred);
            let is_there = stands(&referred) && referred.article().is_none_or(has_article);
            if !is_known && !is_there {
                let (what, id) = named(&referred);
                return Err(CommandError::Dangling { what, id });
            }
        }
    }
    let deleted: BTreeSet<&Place> =
        edits.iter().filter(|edit| edit.before.is_some() && edit.after.is_none()).map(|edit| &edit.place).collect();
    if deleted.iter().any(|place| can_be_referred_to(place)) {
        check_deleted(state, &changed, &deleted)?;
    }
    Ok(())
}

fn check_deleted(
    state: &State,
    changed: &BTreeMap<&Place, Option<&Content>>,
    deleted: &BTreeSet<&Place>,
) -> Result<(), CommandError> {
    let refuse = |by: &Place, referred: &Place| {
        let (what, id) = named(referred);
        let (by_what, by_id) = named(by);
        Err(CommandError::Referred { what, id, by: format!("the {by_what} {by_id}") })
    };
    for (place, after) in changed {
        let Some(after) = after else { continue };
        if let Some(referred) = references(place, after).iter().find(|referred| deleted.contains(referred)) {
            return refuse(place, referred);
        }
    }
    let mut found = None;
    for_each_referrer(state, deleted, &mut |place, content| {
        if found.is_none() && !changed.contains_key(&place) {
            let hit = references(&place, &content).into_iter().find(|referred| deleted.contains(referred));
            found = hit.map(|referred| (place, referred));
        }
    });
    found.map_or(Ok(()), |(by, referred)| refuse(&by, &referred))
}

const fn can_be_referred_to(place: &Place) -> bool {
    matches!(place, Place::Mention(..) | Place::Claim(..) | Place::Entity(_) | Place::Cluster(_) | Place::Topic(_))
}

/// Visits everything that could refer to one of `deleted`.
fn for_each_referrer(state: &State, deleted: &BTreeSet<&Place>, visit: &mut dyn FnMut(Place, Content)) {
    let needs_mentions = deleted.iter().any(|place| matches!(place, Place::Entity(_)));
    let only_articles: Option<BTreeSet<&ArticleId>> = deleted
        .iter()
        .filter(|place| can_be_referred_to(place))
        .map(|place| match place {
            Place::Mention(article, _) => Some(article),
            _ => None,
        })
        .collect();
    for (article, set) in state.sets() {
        if only_articles.as_ref().is_some_and(|articles| !articles.contains(article)) {
            continue;
        }
        visit_set(article, set, needs_mentions.then_some(deleted), visit);
    }
    if only_articles.is_none() {
        for (id, entity) in state.entities().iter().filter(|(_, entity)| entity.has_links()) {
            visit(Place::Entity(id.clone()), Content::Entity(Box::new(entity.clone())));
        }
        for (id, cluster) in state.clusters() {
            visit(Place::Cluster(id.clone()), Content::Cluster(Box::new(cluster.clone())));
        }
    }
}

/// `deleted` where mentions can refer to some of it.
fn visit_set(
    article: &ArticleId,
    set: &AnnotationSet,
    deleted: Option<&BTreeSet<&Place>>,
    visit: &mut dyn FnMut(Place, Content),
) {
    if let Some(deleted) = deleted {
        for (id, mention) in &set.mentions {
            if mention.entity.as_ref().is_some_and(|entity| deleted.contains(&Place::Entity(entity.clone()))) {
                visit(Place::Mention(article.clone(), id.clone()), Content::Mention(Box::new(mention.clone())));
            }
        }
    }
    for (id, claim) in &set.claims {
        visit(Place::Claim(article.clone(), id.clone()), Content::Claim(Box::new(claim.clone())));
    }
    for (id, stance) in &set.stances {
        visit(Place::Stance(article.clone(), id.clone()), Content::Stance(Box::new(stance.clone())));
    }
}

/// What a place is called in messages, and its id.
pub(crate) fn named(place: &Place) -> (&'static str, String) {
    match place {
        Place::Mention(_, id) => ("mention", id.to_string()),
        Place::Claim(_, id) => ("claim", id.to_string()),
        Place::Stance(_, id) => ("stance", id.to_string()),
        Place::Status(id) => ("status of article", id.to_string()),
        Place::Note(id) => ("note on article", id.to_string()),
        Place::Flag(id) => ("mark of article", id.to_string()),
        Place::DocumentField(_, field) => ("field", field.clone()),
        Place::Dismissed(_, code, id) => ("dismissed finding", format!("{code} {id}").trim_end().to_owned()),
        Place::Entity(id) => ("entity", id.to_string()),
        Place::Cluster(id) => ("cluster", id.to_string()),
        Place::Topic(id) => ("topic", id.to_string()),
        Place::Profile => ("profile", String::new()),
        Place::ExportProfile(name) => ("export profile", name.clone()),
        Place::Registration(id) => ("registration of import", id.to_string()),
        Place::SeenClash(_, line) => ("seen mark of line", line.to_string()),
        Place::Fact(article, kind) => ("fact", format!("{kind:?} of article {article}")),
        Place::ParagraphDirection(_, at) => ("direction of the paragraph at byte", at.to_string()),
        Place::Region(_, span) => ("region", span.to_string()),
        Place::SentenceOverride(_, at) => ("sentence boundary at byte", at.to_string()),
        Place::Scheme => ("scheme", String::new()),
        Place::Plan => ("assignment plan", String::new()),
        Place::Setting(name) => ("setting", name.clone()),
    }
}
