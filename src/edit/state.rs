//! The state of a project as one annotator sees it: the value of each place, kept in the shapes that readers want.

use std::collections::{BTreeMap, BTreeSet};

use super::{ArticleFact, Content, Edit, FactKind, Place, StatusValue, Transaction};
use crate::model::{
    AnnotationSet, ArticleId, BlobId, ClaimCluster, ClusterId, Direction, Entity, EntityId, ImportId, LineId, Profile,
    Region, Status, Topic, TopicId,
};
use crate::text::Span;

/// What people corrected about one article; lies over the facts of its shard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// Corrected facts.
    pub facts: BTreeMap<FactKind, ArticleFact>,
    /// Directions of paragraphs, by the paragraph's first byte.
    pub directions: BTreeMap<usize, Direction>,
    /// Regions by span; `None` marks one of the shard's regions as removed.
    pub regions: BTreeMap<Span, Option<Region>>,
    /// Sentence boundaries set or removed by hand, by byte.
    pub boundaries: BTreeMap<usize, bool>,
}

/// The values of all places of one annotator and of the shared ones. Only [`State::apply`] changes what people made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    sets: BTreeMap<ArticleId, AnnotationSet>,
    entities: BTreeMap<EntityId, Entity>,
    clusters: BTreeMap<ClusterId, ClaimCluster>,
    topics: BTreeMap<TopicId, Topic>,
    profile: Option<Profile>,
    export_profiles: BTreeMap<String, String>,
    registrations: BTreeSet<ImportId>,
    seen_clashes: BTreeSet<(Place, LineId)>,
    corrections: BTreeMap<ArticleId, Corrections>,
    scheme: Option<BlobId>,
    plan: Option<BlobId>,
    settings: BTreeMap<String, String>,
    base: Base,
}

/// Facts and regions as the shards give them, under all corrections: of the articles that are open or corrected. It is
/// read from the imports on demand, so two states that differ in it alone are equal.
#[derive(Clone, Debug, Default)]
struct Base(BTreeMap<ArticleId, BaseFacts>);

impl PartialEq for Base {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What the shard says about one article, as the base values of its shared places.
#[derive(Clone, Debug, Default, PartialEq)]
struct BaseFacts {
    facts: BTreeMap<FactKind, ArticleFact>,
    regions: BTreeMap<Span, Region>,
}

/// Why edits could not be applied. Nothing has changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The value before is not the value that stands.
    #[error("{place:?} does not hold the value that the edit replaces")]
    BeforeDiffers {
        /// Where.
        place: Place,
    },
    /// The content is of another kind than the place.
    #[error("{place:?} cannot hold such a value")]
    WrongKind {
        /// Where.
        place: Place,
    },
    /// A transaction names a place twice.
    #[error("{place:?} is named twice in one transaction")]
    NamedTwice {
        /// Where.
        place: Place,
    },
}

impl Transaction {
    /// Applies the edits to `state`, all or nothing.
    ///
    /// # Errors
    /// See [`State::apply`].
    pub fn apply(&self, state: &mut State) -> Result<(), ApplyError> {
        state.apply(&self.edits)
    }
}

/// The edits that take `edits` back: last first, `before` and `after` exchanged. `over` is left empty for the writer.
#[must_use]
pub fn inverse(edits: &[Edit]) -> Vec<Edit> {
    edits
        .iter()
        .rev()
        .map(|edit| Edit {
            place: edit.place.clone(),
            over: Vec::new(),
            before: edit.after.clone(),
            after: edit.before.clone(),
        })
        .collect()
}

impl State {
    /// Lays what the records say over the state, without asking what stood there: for opening, never for commands.
    /// Answers whether the value fits the place; one that does not is left out.
    pub fn overlay(&mut self, place: &Place, value: Option<Content>) -> bool {
        let value = value.filter(|value| !is_default(value));
        let fits = fits(place, value.as_ref());
        if fits {
            self.put(place, value);
        }
        fits
    }

    /// Says what a shard gives for an article: the base values of its facts and regions.
    pub fn set_base(
        &mut self,
        article: &ArticleId,
        facts: BTreeMap<FactKind, ArticleFact>,
        regions: impl IntoIterator<Item = Region>,
    ) {
        let regions = regions.into_iter().map(|region| (region.span, region)).collect();
        self.base.0.insert(article.clone(), BaseFacts { facts, regions });
    }

    /// Whether [`State::set_base`] has been called for the article: without it, facts and regions that no edit names
    /// read as none.
    #[must_use]
    pub fn has_base(&self, article: &ArticleId) -> bool {
        self.base.0.contains_key(article)
    }

    /// The places of an article's set that have a value.
    #[must_use]
    pub fn places_of_set(&self, article: &ArticleId) -> Vec<Place> {
        let Some(set) = self.sets.get(article) else { return Vec::new() };
        let of = || article.clone();
        let mut places = vec![Place::Status(of()), Place::Note(of()), Place::Flag(of())];
        places.extend(set.fields.keys().map(|field| Place::DocumentField(of(), field.clone())));
        places.extend(set.mentions.keys().map(|id| Place::Mention(of(), id.clone())));
        places.extend(set.claims.keys().map(|id| Place::Claim(of(), id.clone())));
        places.extend(set.stances.keys().map(|id| Place::Stance(of(), id.clone())));
        places.extend(set.dismissed.keys().map(|(code, id)| Place::Dismissed(of(), code.clone(), id.clone())));
        places
    }

    /// Lets a set go from memory; what stands in the records is not touched. Never for commands.
    pub fn forget_set(&mut self, article: &ArticleId) {
        self.sets.remove(article);
    }

    /// Takes a set out.
    pub fn take_set(mut self, article: &ArticleId) -> AnnotationSet {
        self.sets.remove(article).unwrap_or_default()
    }

    /// Applies edits, all or nothing.
    ///
    /// # Errors
    /// [`ApplyError`] if a place does not hold its `before`, is named twice, or cannot hold its `after`.
    pub fn apply(&mut self, edits: &[Edit]) -> Result<(), ApplyError> {
        let mut named = BTreeSet::new();
        for edit in edits {
            if !named.insert(&edit.place) {
                return Err(ApplyError::NamedTwice { place: edit.place.clone() });
            }
            if !fits(&edit.place, edit.after.as_ref()) {
                return Err(ApplyError::WrongKind { place: edit.place.clone() });
            }
            if self.value(&edit.place) != edit.before {
                return Err(ApplyError::BeforeDiffers { place: edit.place.clone() });
            }
        }
        for edit in edits {
            self.put(&edit.place, edit.after.clone());
        }
        Ok(())
    }

    /// The value of a place.
    #[must_use]
    pub fn value(&self, place: &Place) -> Option<Content> {
        let set = |article: &ArticleId| self.sets.get(article);
        match place {
            Place::Mention(article, id) => {
                set(article)?.mentions.get(id).map(|mention| Content::Mention(Box::new(mention.clone())))
            }
            Place::Claim(article, id) => {
                set(article)?.claims.get(id).map(|claim| Content::Claim(Box::new(claim.clone())))
            }
            Place::Stance(article, id) => {
                set(article)?.stances.get(id).map(|stance| Content::Stance(Box::new(stance.clone())))
            }
            Place::Status(article) => {
                let set = set(article)?;
                let value = StatusValue { status: set.status, reason: set.status_reason.clone() };
                (value != StatusValue::default()).then_some(Content::Status(value))
            }
            Place::Note(article) => {
                let note = &set(article)?.note;
                (!note.is_empty()).then(|| Content::Note(note.clone()))
            }
            Place::Flag(article) => set(article)?.flagged.then_some(Content::Marked),
            Place::DocumentField(article, field) => set(article)?.fields.get(field).cloned().map(Content::Field),
            Place::Dismissed(article, code, id) => {
                set(article)?.dismissed.get(&(code.clone(), id.clone())).cloned().map(Content::Dismissed)
            }
            Place::Entity(id) => self.entities.get(id).map(|entity| Content::Entity(Box::new(entity.clone()))),
            Place::Cluster(id) => self.clusters.get(id).map(|cluster| Content::Cluster(Box::new(cluster.clone()))),
            Place::Topic(id) => self.topics.get(id).map(|topic| Content::Topic(Box::new(topic.clone()))),
            Place::Profile => self.profile.clone().map(Content::Profile),
            Place::ExportProfile(name) => self.export_profiles.get(name).cloned().map(Content::Json),
            Place::Registration(import) => self.registrations.contains(import).then_some(Content::Registered),
            Place::SeenClash(place, line) => {
                self.seen_clashes.contains(&(place.as_ref().clone(), line.clone())).then_some(Content::Marked)
            }
            Place::Fact(article, kind) => self.fact(article, *kind).cloned().map(Content::Fact),
            Place::ParagraphDirection(article, at) => {
                self.corrections.get(article)?.directions.get(at).copied().map(Content::Direction)
            }
            Place::Region(article, span) => self.region(article, *span).cloned().map(Content::Region),
            Place::SentenceOverride(article, at) => {
                self.corrections.get(article)?.boundaries.get(at).copied().map(Content::Boundary)
            }
            Place::Scheme => self.scheme.clone().map(Content::Blob),
            Place::Plan => self.plan.clone().map(Content::Blob),
            Place::Setting(name) => self.settings.get(name).cloned().map(Content::Json),
        }
    }

    fn fact(&self, article: &ArticleId, kind: FactKind) -> Option<&ArticleFact> {
        let corrected = self.corrections.get(article).and_then(|corrections| corrections.facts.get(&kind));
        corrected.or_else(|| self.base.0.get(article)?.facts.get(&kind))
    }

    fn region(&self, article: &ArticleId, span: Span) -> Option<&Region> {
        match self.corrections.get(article).and_then(|corrections| corrections.regions.get(&span)) {
            Some(corrected) => corrected.as_ref(),
            None => self.base.0.get(article)?.regions.get(&span),
        }
    }

    /// Writes a value whose kind fits its place.
    fn put(&mut self, place: &Place, value: Option<Content>) {
        match place {
            Place::Mention(article, _)
            | Place::Claim(article, _)
            | Place::Stance(article, _)
            | Place::Status(article)
            | Place::Note(article)
            | Place::Flag(article)
            | Place::DocumentField(article, _)
            | Place::Dismissed(article, ..) => self.put_in_set(article, place, value),
            Place::Fact(article, _)
            | Place::ParagraphDirection(article, _)
            | Place::Region(article, _)
            | Place::SentenceOverride(article, _) => self.put_correction(article, place, value),
            _ => self.put_in_project(place, value),
        }
    }

    fn put_in_set(&mut self, article: &ArticleId, place: &Place, value: Option<Content>) {
        let set = self.sets.entry(article.clone()).or_default();
        match (place, value) {
            (Place::Mention(_, id), Some(Content::Mention(mention))) => {
                set.mentions.insert(id.clone(), *mention);
            }
            (Place::Mention(_, id), _) => {
                set.mentions.remove(id);
            }
            (Place::Claim(_, id), Some(Content::Claim(claim))) => {
                set.claims.insert(id.clone(), *claim);
            }
            (Place::Claim(_, id), _) => {
                set.claims.remove(id);
            }
            (Place::Stance(_, id), Some(Content::Stance(stance))) => {
                set.stances.insert(id.clone(), *stance);
            }
            (Place::Stance(_, id), _) => {
                set.stances.remove(id);
            }
            (Place::Status(_), Some(Content::Status(value))) => {
                set.status = value.status;
                set.status_reason = value.reason;
            }
            (Place::Status(_), _) => {
                set.status = Status::default();
                set.status_reason.clear();
            }
            (Place::Note(_), Some(Content::Note(note))) => set.note = note,
            (Place::Note(_), _) => set.note.clear(),
            (Place::Flag(_), value) => set.flagged = value.is_some(),
            (Place::DocumentField(_, field), Some(Content::Field(value))) => {
                set.fields.insert(field.clone(), value);
            }
            (Place::DocumentField(_, field), _) => {
                set.fields.remove(field);
            }
            (Place::Dismissed(_, code, id), Some(Content::Dismissed(reason))) => {
                set.dismissed.insert((code.clone(), id.clone()), reason);
            }
            (Place::Dismissed(_, code, id), _) => {
                set.dismissed.remove(&(code.clone(), id.clone()));
            }
            _ => {}
        }
        if set.is_empty() {
            self.sets.remove(article);
        }
    }

    fn put_correction(&mut self, article: &ArticleId, place: &Place, value: Option<Content>) {
        let base = self.base.0.get(article);
        let corrections = self.corrections.entry(article.clone()).or_default();
        match (place, value) {
            // A value equal to the base is no correction: so an undone correction leaves the state as it was.
            (Place::Fact(_, kind), Some(Content::Fact(fact))) => {
                if base.and_then(|base| base.facts.get(kind)) == Some(&fact) {
                    corrections.facts.remove(kind);
                } else {
                    corrections.facts.insert(*kind, fact);
                }
            }
            (Place::Fact(_, kind), _) => {
                corrections.facts.remove(kind);
            }
            (Place::ParagraphDirection(_, at), Some(Content::Direction(direction))) => {
                corrections.directions.insert(*at, direction);
            }
            (Place::ParagraphDirection(_, at), _) => {
                corrections.directions.remove(at);
            }
            (Place::Region(_, span), value) => {
                let region = match value {
                    Some(Content::Region(region)) => Some(region),
                    _ => None,
                };
                if base.and_then(|base| base.regions.get(span)) == region.as_ref() {
                    corrections.regions.remove(span);
                } else {
                    corrections.regions.insert(*span, region);
                }
            }
            (Place::SentenceOverride(_, at), Some(Content::Boundary(boundary))) => {
                corrections.boundaries.insert(*at, boundary);
            }
            (Place::SentenceOverride(_, at), _) => {
                corrections.boundaries.remove(at);
            }
            _ => {}
        }
        if *corrections == Corrections::default() {
            self.corrections.remove(article);
        }
    }

    fn put_in_project(&mut self, place: &Place, value: Option<Content>) {
        match (place, value) {
            (Place::Entity(id), Some(Content::Entity(entity))) => {
                self.entities.insert(id.clone(), *entity);
            }
            (Place::Entity(id), _) => {
                self.entities.remove(id);
            }
            (Place::Cluster(id), Some(Content::Cluster(cluster))) => {
                self.clusters.insert(id.clone(), *cluster);
            }
            (Place::Cluster(id), _) => {
                self.clusters.remove(id);
            }
            (Place::Topic(id), Some(Content::Topic(topic))) => {
                self.topics.insert(id.clone(), *topic);
            }
            (Place::Topic(id), _) => {
                self.topics.remove(id);
            }
            (Place::Profile, Some(Content::Profile(profile))) => self.profile = Some(profile),
            (Place::Profile, _) => self.profile = None,
            (Place::ExportProfile(name), value) => put_json(&mut self.export_profiles, name, value),
            (Place::Setting(name), value) => put_json(&mut self.settings, name, value),
            (Place::Registration(import), Some(_)) => {
                self.registrations.insert(import.clone());
            }
            (Place::Registration(import), None) => {
                self.registrations.remove(import);
            }
            (Place::SeenClash(place, line), Some(_)) => {
                self.seen_clashes.insert((place.as_ref().clone(), line.clone()));
            }
            (Place::SeenClash(place, line), None) => {
                self.seen_clashes.remove(&(place.as_ref().clone(), line.clone()));
            }
            (Place::Scheme, value) => self.scheme = blob(value),
            (Place::Plan, value) => self.plan = blob(value),
            _ => {}
        }
    }
}

fn put_json(map: &mut BTreeMap<String, String>, name: &str, value: Option<Content>) {
    match value {
        Some(Content::Json(json)) => {
            map.insert(name.to_owned(), json);
        }
        _ => {
            map.remove(name);
        }
    }
}

fn blob(value: Option<Content>) -> Option<BlobId> {
    match value {
        Some(Content::Blob(id)) => Some(id),
        _ => None,
    }
}

/// Whether absence says the same.
fn is_default(value: &Content) -> bool {
    match value {
        Content::Status(status) => *status == StatusValue::default(),
        Content::Note(text) | Content::Dismissed(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether a content is of the kind that a place holds, names the same id, and is not a default that absence stands for.
#[must_use]
pub fn fits(place: &Place, value: Option<&Content>) -> bool {
    let Some(value) = value else { return true };
    match (place, value) {
        (Place::Mention(_, id), Content::Mention(mention)) => *id == mention.id,
        (Place::Claim(_, id), Content::Claim(claim)) => *id == claim.id,
        (Place::Stance(_, id), Content::Stance(stance)) => *id == stance.id,
        (Place::Status(_), Content::Status(_))
        | (Place::Note(_), Content::Note(_))
        | (Place::Dismissed(..), Content::Dismissed(_)) => !is_default(value),
        (Place::Entity(id), Content::Entity(entity)) => *id == entity.id,
        (Place::Cluster(id), Content::Cluster(cluster)) => *id == cluster.id,
        (Place::Region(_, span), Content::Region(region)) => *span == region.span,
        (Place::Fact(_, kind), Content::Fact(fact)) => {
            matches!(fact, ArticleFact::Direction(_)) == (*kind == FactKind::Direction)
        }
        (Place::Flag(_) | Place::SeenClash(..), Content::Marked)
        | (Place::DocumentField(..), Content::Field(_))
        | (Place::Topic(_), Content::Topic(_))
        | (Place::Profile, Content::Profile(_))
        | (Place::ExportProfile(_) | Place::Setting(_), Content::Json(_))
        | (Place::Registration(_), Content::Registered)
        | (Place::ParagraphDirection(..), Content::Direction(_))
        | (Place::SentenceOverride(..), Content::Boundary(_))
        | (Place::Scheme | Place::Plan, Content::Blob(_)) => true,
        _ => false,
    }
}

/// Reading.
impl State {
    /// The annotator's work on an article, if there is any.
    #[must_use]
    pub fn set(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.sets.get(article)
    }

    /// All work, by article.
    #[must_use]
    pub fn sets(&self) -> &BTreeMap<ArticleId, AnnotationSet> {
        &self.sets
    }

    /// Entities by id.
    #[must_use]
    pub fn entities(&self) -> &BTreeMap<EntityId, Entity> {
        &self.entities
    }

    /// Clusters of claims by id.
    #[must_use]
    pub fn clusters(&self) -> &BTreeMap<ClusterId, ClaimCluster> {
        &self.clusters
    }

    /// Topics by id.
    #[must_use]
    pub fn topics(&self) -> &BTreeMap<TopicId, Topic> {
        &self.topics
    }

    /// What the annotator says about themselves.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// Saved exports by name, JSON text.
    #[must_use]
    pub fn export_profiles(&self) -> &BTreeMap<String, String> {
        &self.export_profiles
    }

    /// Project settings by name, JSON text.
    #[must_use]
    pub fn settings(&self) -> &BTreeMap<String, String> {
        &self.settings
    }

    /// Imports this annotator stands for.
    #[must_use]
    pub fn registrations(&self) -> &BTreeSet<ImportId> {
        &self.registrations
    }

    /// Corrections of an article, if there are any.
    #[must_use]
    pub fn corrections(&self, article: &ArticleId) -> Option<&Corrections> {
        self.corrections.get(article)
    }

    /// Regions of an article in text order, corrections applied.
    #[must_use]
    pub fn regions(&self, article: &ArticleId) -> Vec<Region> {
        let mut regions = self.base.0.get(article).map(|base| base.regions.clone()).unwrap_or_default();
        for (span, region) in self.corrections.get(article).iter().flat_map(|corrections| &corrections.regions) {
            match region {
                Some(region) => regions.insert(*span, region.clone()),
                None => regions.remove(span),
            };
        }
        regions.into_values().collect()
    }

    /// The current assignment plan.
    #[must_use]
    pub fn plan(&self) -> Option<&BlobId> {
        self.plan.as_ref()
    }

    /// The current scheme.
    #[must_use]
    pub fn scheme(&self) -> Option<&BlobId> {
        self.scheme.as_ref()
    }
}
