//! Annotations that come with an import: the base values of annotators, under all their edits.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::digest::Remembered;
use super::records::Standing;
use super::{DraftPeople, FORMAT, StoreError, kept, ron};
use crate::edit::{Content, Place, StatusValue, fits};
use crate::model::{
    AnnotationSet, AnnotatorId, ArticleId, AttributeValue, Claim, ClaimCluster, Dismissal, Entity, ImportId, Mention,
    Profile, Ref, Stance, Topic, TopicId,
};

/// What an import gives one annotator.
#[derive(Clone, Debug, Default)]
pub(super) struct BasePlaces {
    /// The id as the source wrote it.
    pub(super) annotator: Option<AnnotatorId>,
    /// Values by place, ids as they are inside the project.
    pub(super) places: BTreeMap<Place, Content>,
}

/// `annotations/<annotator>/entities.ron` of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    format: u32,
    annotator: AnnotatorId,
    profile: Option<Profile>,
    entities: Vec<Entity>,
    clusters: Vec<ClaimCluster>,
    topics: BTreeMap<TopicId, Topic>,
}

/// `annotations/<annotator>/00000.ron` of an import: the sets of the articles of that shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetsFile {
    format: u32,
    sets: Vec<BaseSet>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaseSet {
    article: ArticleId,
    status: StatusValue,
    note: String,
    flagged: bool,
    fields: BTreeMap<String, AttributeValue>,
    mentions: Vec<Mention>,
    claims: Vec<Claim>,
    stances: Vec<Stance>,
    // Came later: absent where there are none, so that an import without is the same import as before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    dismissed: Vec<Dismissal>,
}

/// The file of what one annotator brings along beside annotation sets.
pub(super) fn people_file(annotator: &AnnotatorId, people: DraftPeople) -> Result<Vec<u8>, StoreError> {
    let file = PeopleFile {
        format: FORMAT,
        annotator: annotator.clone(),
        profile: people.profile,
        entities: people.entities.into_values().collect(),
        clusters: people.clusters.into_values().collect(),
        topics: people.topics,
    };
    Ok(ron::to_file("entities", &file)?.into_bytes())
}

/// The file of one annotator's sets of the articles of one shard, with what is remembered of it: those of `written`, a
/// file made earlier, and `sets` of further articles.
pub(super) fn sets_file_with(
    path: &Path,
    written: Option<&[u8]>,
    mut sets: BTreeMap<ArticleId, AnnotationSet>,
) -> Result<(Vec<u8>, Remembered), StoreError> {
    if let Some(bytes) = written {
        let file: SetsFile = ron::from_file(path, bytes)?;
        sets.extend(file.sets.into_iter().map(BaseSet::taken));
    }
    let mut memory = Remembered::default();
    for (article, set) in &sets {
        memory.add(article, set);
    }
    let file = SetsFile { format: FORMAT, sets: sets.into_iter().map(BaseSet::of).collect() };
    let text = ron::to_file("annotations", &file)?;
    memory.stand(&kept::split(&text).unwrap_or_default());
    Ok((text.into_bytes(), memory))
}

impl BaseSet {
    /// The values, ids as they are inside the project.
    fn places(self, scope: &Scope) -> BTreeMap<Place, Standing> {
        let mut into = BasePlaces::default();
        let article = self.article;
        into.put(Place::Status(article.clone()), Content::Status(self.status));
        into.put(Place::Note(article.clone()), Content::Note(self.note));
        if self.flagged {
            into.put(Place::Flag(article.clone()), Content::Marked);
        }
        for (field, value) in self.fields {
            into.put(Place::DocumentField(article.clone(), field), Content::Field(value));
        }
        for mut mention in self.mentions {
            scope.mention(&mut mention);
            into.put(Place::Mention(article.clone(), mention.id.clone()), Content::Mention(Box::new(mention)));
        }
        for mut claim in self.claims {
            scope.claim(&mut claim);
            into.put(Place::Claim(article.clone(), claim.id.clone()), Content::Claim(Box::new(claim)));
        }
        for mut stance in self.stances {
            scope.stance(&mut stance);
            into.put(Place::Stance(article.clone(), stance.id.clone()), Content::Stance(Box::new(stance)));
        }
        for mut dismissal in self.dismissed {
            if !dismissal.id.is_empty() && !dismissal.is_of_topic() {
                scope.id(&mut dismissal.id);
            }
            let ((code, id), reason) = dismissal.into_entry();
            into.put(Place::Dismissed(article.clone(), code, id), Content::Dismissed(reason));
        }
        into.places.into_iter().map(|(place, value)| (place, Standing::base(value))).collect()
    }

    fn of((article, set): (ArticleId, AnnotationSet)) -> Self {
        Self {
            article,
            status: StatusValue { status: set.status, reason: set.status_reason },
            note: set.note,
            flagged: set.flagged,
            fields: set.fields,
            mentions: set.mentions.into_values().collect(),
            claims: set.claims.into_values().collect(),
            stances: set.stances.into_values().collect(),
            dismissed: set.dismissed.iter().map(|(key, reason)| Dismissal::of(key, reason)).collect(),
        }
    }

    fn taken(self) -> (ArticleId, AnnotationSet) {
        let set = AnnotationSet {
            status: self.status.status,
            status_reason: self.status.reason,
            note: self.note,
            flagged: self.flagged,
            fields: self.fields,
            mentions: self.mentions.into_iter().map(|mention| (mention.id.clone(), mention)).collect(),
            claims: self.claims.into_iter().map(|claim| (claim.id.clone(), claim)).collect(),
            stances: self.stances.into_iter().map(|stance| (stance.id.clone(), stance)).collect(),
            dismissed: self.dismissed.into_iter().map(Dismissal::into_entry).collect(),
        };
        (self.article, set)
    }
}

/// Reads an import's `entities.ron`, whose bytes have been verified.
pub(super) fn read_people(
    path: &Path,
    bytes: &[u8],
    import: &ImportId,
    into: &mut BasePlaces,
) -> Result<(), StoreError> {
    let file: PeopleFile = ron::from_file(path, bytes)?;
    let scope = Scope::of(import);
    into.annotator = Some(file.annotator);
    if let Some(profile) = file.profile {
        into.put(Place::Profile, Content::Profile(profile));
    }
    for mut entity in file.entities {
        scope.entity(&mut entity);
        into.put(Place::Entity(entity.id.clone()), Content::Entity(Box::new(entity)));
    }
    for mut cluster in file.clusters {
        scope.cluster(&mut cluster);
        into.put(Place::Cluster(cluster.id.clone()), Content::Cluster(Box::new(cluster)));
    }
    for (id, topic) in file.topics {
        into.put(Place::Topic(id), Content::Topic(Box::new(topic)));
    }
    Ok(())
}

/// Reads all sets of one shard, whose bytes have been verified.
pub(super) fn read_sets(
    path: &Path,
    bytes: &[u8],
    scope: &Scope,
) -> Result<Vec<(ArticleId, BTreeMap<Place, Standing>)>, StoreError> {
    let file: SetsFile = ron::from_file(path, bytes)?;
    Ok(file.sets.into_iter().map(|set| (set.article.clone(), set.places(scope))).collect())
}

/// Whether the text is that of sets of a shard.
pub(super) fn is_frame(text: &str) -> bool {
    ron::from_text::<SetsFile>(text).is_ok()
}

/// Reads one set of a shard. `None` where the text is none.
pub(super) fn read_set(text: &str, scope: &Scope) -> Option<(ArticleId, BTreeMap<Place, Standing>)> {
    let set: BaseSet = ron::from_text(text).ok()?;
    Some((set.article.clone(), set.places(scope)))
}

impl BasePlaces {
    /// Takes a value unless it is one that absence stands for.
    fn put(&mut self, place: Place, content: Content) {
        if fits(&place, Some(&content)) {
            self.places.insert(place, content);
        }
    }
}

/// Gives ids and references of one import their form inside the project, `<id>~<8 hex of import>`.
#[derive(Debug)]
pub(super) struct Scope {
    suffix: String,
}

impl Scope {
    pub(super) fn of(import: &ImportId) -> Self {
        Self { suffix: format!("~{}", import.as_str().get(..8).unwrap_or_default()) }
    }

    /// Leaves ids as the file writes them.
    pub(super) fn as_written() -> Self {
        Self { suffix: String::new() }
    }

    /// The place by the id that the file writes; none where the file cannot name it.
    pub(super) fn written(&self, place: &Place) -> Option<Place> {
        let bare = |id: &str| id.strip_suffix(self.suffix.as_str()).map(str::to_owned);
        match place {
            Place::Mention(article, id) => Some(Place::Mention(article.clone(), bare(id.as_str())?.into())),
            Place::Claim(article, id) => Some(Place::Claim(article.clone(), bare(id.as_str())?.into())),
            Place::Stance(article, id) => Some(Place::Stance(article.clone(), bare(id.as_str())?.into())),
            Place::Entity(id) => Some(Place::Entity(bare(id.as_str())?.into())),
            Place::Cluster(id) => Some(Place::Cluster(bare(id.as_str())?.into())),
            Place::Dismissed(article, code, id) if !id.is_empty() && !code.starts_with("topic_") => {
                Some(Place::Dismissed(article.clone(), code.clone(), bare(id)?))
            }
            other => Some(other.clone()),
        }
    }

    fn id<T: AsRef<str> + From<String>>(&self, id: &mut T) {
        *id = T::from(format!("{}{}", id.as_ref(), self.suffix));
    }

    fn reference(&self, reference: &mut Ref) {
        match reference {
            Ref::Mention(id) => self.id(id),
            Ref::Entity(id) => self.id(id),
            Ref::Claim(id) | Ref::ClaimOf(_, id) => self.id(id),
            Ref::Cluster(id) => self.id(id),
            // Topics are the project's vocabulary: their ids are the same everywhere.
            Ref::Topic(_) | Ref::Author | Ref::Text(_) => {}
        }
    }

    fn mention(&self, mention: &mut Mention) {
        self.id(&mut mention.id);
        mention.entity.iter_mut().for_each(|id| self.id(id));
    }

    fn claim(&self, claim: &mut Claim) {
        self.id(&mut claim.id);
        claim.nested_in.iter_mut().for_each(|id| self.id(id));
        claim.cluster.iter_mut().for_each(|id| self.id(id));
        for link in &mut claim.chain {
            link.source.iter_mut().chain(&mut link.on_behalf_of).for_each(|reference| self.reference(reference));
        }
    }

    fn stance(&self, stance: &mut Stance) {
        self.id(&mut stance.id);
        self.reference(&mut stance.holder);
        self.reference(&mut stance.target);
        stance.attributed_through.iter_mut().for_each(|reference| self.reference(reference));
    }

    fn entity(&self, entity: &mut Entity) {
        self.id(&mut entity.id);
        let others = entity.members.iter_mut().chain(&mut entity.part_of).chain(&mut entity.holder);
        others.for_each(|id| self.id(id));
    }

    fn cluster(&self, cluster: &mut ClaimCluster) {
        self.id(&mut cluster.id);
        cluster.contradicts.iter_mut().chain(&mut cluster.in_tension_with).for_each(|id| self.id(id));
    }
}
