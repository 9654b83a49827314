//! What the user wants: [`Command`]. Window, command line and tests say the same things with it.

use crate::edit::{ArticleFact, FactKind, Place};
use crate::env::Timestamp;
use crate::model::{
    AnnotationId, AnnotatorId, ArticleId, AttributeId, AttributeValue, Attributes, BlobId, Claim, ClaimCluster,
    ClusterId, Diagnostic, Direction, Entity, EntityId, ImportId, LabelId, LineId, Mention, MentionId, Profile,
    RegionKind, Stance, Status, Topic, TopicId,
};
use crate::text::{Span, SpanError, SpanSet};

/// Which end of an annotation, in logical (reading) order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first byte of the first piece.
    Start,
    /// The end of the last piece.
    End,
}

/// How far one step moves an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeUnit {
    /// One letter with its marks.
    Grapheme,
    /// To the next word's edge of the same side.
    Word,
}

/// What the user wants. Every command is one undoable transaction, or a batch of them where it is very large.
///
/// Spans are UTF-8 bytes of the article's text; those whose edges fall inside a letter with its marks are widened to
/// whole letters, with a notice.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Marks text as a mention. The same span with the same label is there once: a second one is a no-op with a notice.
    AddMention {
        /// Where.
        article: ArticleId,
        /// Label of the scheme.
        label: LabelId,
        /// Text it covers.
        spans: SpanSet,
        /// Attributes; those at their default are not stored.
        attributes: Attributes,
    },
    /// Adds or replaces a complete mention; an empty id gets a new one. Quote and provenance are filled in.
    PutMention {
        /// Where.
        article: ArticleId,
        /// The mention.
        mention: Box<Mention>,
    },
    /// Gives a mention another label. Attributes that do not apply to it are dropped.
    SetLabel {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// New label.
        label: LabelId,
    },
    /// Gives a mention other text.
    SetSpans {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// New text.
        spans: SpanSet,
    },
    /// Steps an edge through the clitic ladder; positive steps go on in reading order.
    StepEdge {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// Which edge.
        edge: Edge,
        /// How many rungs.
        steps: i32,
    },
    /// Moves an edge by letters or words; positive steps go on in reading order.
    MoveEdge {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// Which edge.
        edge: Edge,
        /// How far a step goes.
        unit: EdgeUnit,
        /// How many steps.
        steps: i32,
    },
    /// Adds a piece to a mention (discontinuous unless it touches).
    AddFragment {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// The piece.
        span: Span,
    },
    /// Takes the piece that covers a byte from a mention of several pieces.
    RemoveFragment {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// A byte of the piece.
        at: usize,
    },
    /// Sets an attribute of a mention; nothing, or the default, removes it.
    SetAttribute {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// Attribute of the scheme.
        attribute: AttributeId,
        /// New value.
        value: Option<AttributeValue>,
    },
    /// Says which entity a mention refers to.
    SetMentionEntity {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// The entity, or none.
        entity: Option<EntityId>,
    },
    /// Makes an entity, with a new id, and says that a mention refers to it.
    GiveNewEntity {
        /// Where.
        article: ArticleId,
        /// Which.
        mention: MentionId,
        /// The entity; its id is not looked at.
        entity: Box<Entity>,
    },
    /// Sets the note of an annotation of any kind.
    SetNote {
        /// Where.
        article: ArticleId,
        /// Which.
        what: AnnotationId,
        /// Free text; empty removes it.
        note: String,
    },
    /// Adds or replaces a complete claim; an empty id gets a new one. Quote and provenance are filled in.
    PutClaim {
        /// Where.
        article: ArticleId,
        /// The claim.
        claim: Box<Claim>,
    },
    /// Adds or replaces a complete stance; an empty id gets a new one. Quote and provenance are filled in.
    PutStance {
        /// Where.
        article: ArticleId,
        /// The stance.
        stance: Box<Stance>,
    },
    /// Deletes annotations; refused while something that stays refers to one of them.
    Delete {
        /// Where.
        article: ArticleId,
        /// Which.
        what: Vec<AnnotationId>,
    },
    /// Adds or replaces an entity; an empty id gets a new one.
    PutEntity {
        /// The entity.
        entity: Box<Entity>,
    },
    /// Sets the note of an entity.
    SetEntityNote {
        /// Which.
        entity: EntityId,
        /// Free text; empty removes it.
        note: String,
    },
    /// Deletes an entity; refused while something refers to it.
    DeleteEntity {
        /// Which.
        entity: EntityId,
    },
    /// Makes one entity of several, over the whole corpus: mentions, sources, holders, targets and the links of other
    /// entities go to `kept`, which gets all names; the others are deleted.
    MergeEntities {
        /// The one that stays.
        kept: EntityId,
        /// Those that join it.
        others: Vec<EntityId>,
    },
    /// Gives some mentions of an entity to a new one.
    SplitEntity {
        /// Whose mentions they are.
        entity: EntityId,
        /// Those that go.
        mentions: Vec<(ArticleId, MentionId)>,
        /// What they go to; an empty id gets a new one.
        into: Box<Entity>,
    },
    /// Gives mentions, whosever they are, to an entity.
    MoveMentions {
        /// Which.
        mentions: Vec<(ArticleId, MentionId)>,
        /// To which entity.
        entity: EntityId,
    },
    /// Adds or replaces a cluster of claims; an empty id gets a new one.
    PutCluster {
        /// The cluster.
        cluster: Box<ClaimCluster>,
    },
    /// Deletes a cluster of claims; refused while something refers to it.
    DeleteCluster {
        /// Which.
        cluster: ClusterId,
    },
    /// Adds or replaces a topic.
    PutTopic {
        /// Its id; empty gets a new one.
        id: TopicId,
        /// The topic.
        topic: Box<Topic>,
    },
    /// Deletes a topic; refused while something refers to it.
    DeleteTopic {
        /// Which.
        topic: TopicId,
    },
    /// Says how far the work on an article has come.
    SetStatus {
        /// Which article.
        article: ArticleId,
        /// New status.
        status: Status,
        /// Why, for skipped ones; else empty.
        reason: String,
    },
    /// Marks an article for the team, or takes the mark away.
    SetFlag {
        /// Which article.
        article: ArticleId,
        /// Whether it is marked.
        flagged: bool,
    },
    /// Sets the note on an article.
    SetArticleNote {
        /// Which article.
        article: ArticleId,
        /// Free text; empty removes it.
        note: String,
    },
    /// Dismisses what the checks find: everything that this rule finds about this thing. Another reason replaces the one
    /// before.
    DismissFinding {
        /// Which article.
        article: ArticleId,
        /// Code of the rule.
        code: String,
        /// The annotation, entity, cluster or topic it is about; empty for the article.
        id: String,
        /// Why; one line, not empty.
        reason: String,
    },
    /// Takes a dismissal back, so that the finding is listed again.
    RestoreFinding {
        /// Which article.
        article: ArticleId,
        /// Code of the rule.
        code: String,
        /// What it is about; empty for the article.
        id: String,
    },
    /// Sets a field of an article (`genre`); nothing removes it.
    SetField {
        /// Which article.
        article: ArticleId,
        /// Field of the scheme.
        field: String,
        /// New value.
        value: Option<AttributeValue>,
    },
    /// Switches or re-kinds the region with exactly this span, or makes one (which needs a kind). It counts as confirmed.
    SetRegion {
        /// Which article.
        article: ArticleId,
        /// Its span.
        span: Span,
        /// New kind, or as it is.
        kind: Option<RegionKind>,
        /// Whether sentences, counts and exports look at it, or as it is.
        include: Option<bool>,
    },
    /// Removes the region with exactly this span.
    RemoveRegion {
        /// Which article.
        article: ArticleId,
        /// Its span.
        span: Span,
    },
    /// Confirms every proposed region of an article.
    ConfirmRegions {
        /// Which article.
        article: ArticleId,
    },
    /// Corrects a fact about an article. [`FactKind::Direction`] takes a direction, the others take text.
    SetFact {
        /// Which article.
        article: ArticleId,
        /// Which fact.
        fact: FactKind,
        /// New value.
        value: ArticleFact,
    },
    /// Sets the direction of the paragraph that starts at a byte; nothing gives it back to the article's rule.
    SetParagraphDirection {
        /// Which article.
        article: ArticleId,
        /// First byte of the paragraph.
        at: usize,
        /// New direction.
        direction: Option<Direction>,
    },
    /// Says whether a sentence begins at a byte; nothing gives it back to the rules.
    SetSentenceBoundary {
        /// Which article.
        article: ArticleId,
        /// The byte.
        at: usize,
        /// Whether a boundary stands there.
        boundary: Option<bool>,
    },
    /// Says what the annotator says about themselves.
    SetProfile {
        /// The profile.
        profile: Profile,
    },
    /// Keeps an export under a name, or forgets it.
    SetExportProfile {
        /// Its name.
        name: String,
        /// JSON text, or nothing.
        json: Option<String>,
    },
    /// Sets a setting of the project, or removes it.
    SetSetting {
        /// Its name.
        name: String,
        /// JSON text, or nothing.
        json: Option<String>,
    },
    /// Makes an assignment plan current, or none. Its blob must be on disk.
    SetPlan {
        /// The plan's blob.
        plan: Option<BlobId>,
    },
    /// Stands for an import whose files are complete.
    RegisterImport {
        /// Which.
        import: ImportId,
    },
    /// Takes back one's own registration of an import.
    WithdrawImport {
        /// Which.
        import: ImportId,
    },
    /// Takes back what one line of the history did, a batch as a whole, by a new transaction; refused where a later
    /// change stands on it.
    Revert {
        /// The line.
        line: LineId,
    },
    /// Makes a scheme that is stored in the project the current one.
    SetScheme {
        /// Its blob.
        scheme: BlobId,
    },
    /// Gives a place the value of an edit that does not stand there; ends the clash for everybody.
    TakeOther {
        /// The place.
        place: Box<Place>,
        /// The line whose edit does not stand.
        line: LineId,
    },
    /// Marks a clash as seen; ends it for the annotator. Undo passes over it.
    SeenClash {
        /// The place.
        place: Box<Place>,
        /// The line whose edit does not stand.
        line: LineId,
    },
    /// Reverses the newest command of this copy that still stands.
    Undo,
    /// Reverses the last undo, while no new command came after it.
    Redo,
}

impl Command {
    /// Stable ASCII name, as stored in the journal and used by scripts.
    #[must_use]
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::AddMention { .. } => "add_mention",
            Self::PutMention { .. } => "put_mention",
            Self::SetLabel { .. } => "set_label",
            Self::SetSpans { .. } => "set_spans",
            Self::StepEdge { .. } => "step_edge",
            Self::MoveEdge { .. } => "move_edge",
            Self::AddFragment { .. } => "add_fragment",
            Self::RemoveFragment { .. } => "remove_fragment",
            Self::SetAttribute { .. } => "set_attribute",
            Self::SetMentionEntity { .. } => "set_mention_entity",
            Self::GiveNewEntity { .. } => "give_new_entity",
            Self::SetNote { .. } => "set_note",
            Self::SetEntityNote { .. } => "set_entity_note",
            Self::PutClaim { .. } => "put_claim",
            Self::PutStance { .. } => "put_stance",
            Self::Delete { .. } => "delete",
            Self::PutEntity { .. } => "put_entity",
            Self::DeleteEntity { .. } => "delete_entity",
            Self::MergeEntities { .. } => "merge_entities",
            Self::SplitEntity { .. } => "split_entity",
            Self::MoveMentions { .. } => "move_mentions",
            Self::PutCluster { .. } => "put_cluster",
            Self::DeleteCluster { .. } => "delete_cluster",
            Self::PutTopic { .. } => "put_topic",
            Self::DeleteTopic { .. } => "delete_topic",
            Self::SetStatus { .. } => "set_status",
            Self::SetFlag { .. } => "set_flag",
            Self::SetArticleNote { .. } => "set_article_note",
            Self::DismissFinding { .. } => "dismiss_finding",
            Self::RestoreFinding { .. } => "restore_finding",
            Self::SetField { .. } => "set_field",
            Self::SetRegion { .. } => "set_region",
            Self::RemoveRegion { .. } => "remove_region",
            Self::ConfirmRegions { .. } => "confirm_regions",
            Self::SetFact { .. } => "set_fact",
            Self::SetParagraphDirection { .. } => "set_paragraph_direction",
            Self::SetSentenceBoundary { .. } => "set_sentence_boundary",
            Self::SetProfile { .. } => "set_profile",
            Self::SetExportProfile { .. } => "set_export_profile",
            Self::SetSetting { .. } => "set_setting",
            Self::SetPlan { .. } => "set_plan",
            Self::RegisterImport { .. } => "register_import",
            Self::WithdrawImport { .. } => "withdraw_import",
            Self::Revert { .. } => super::history::REVERT_CAUSE,
            Self::SetScheme { .. } => "set_scheme",
            Self::TakeOther { .. } => "take_other",
            Self::SeenClash { .. } => super::history::SEE_CLASH,
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

/// What a command did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The journal line that holds it; none if nothing had to change. Of a batch, the last.
    pub line: Option<LineId>,
    /// Id of the thing that was made or changed, if it was one thing.
    pub id: Option<String>,
    /// Spans as stored, where the command was about spans.
    pub spans: Option<SpanSet>,
    /// What the person should know: widened spans, crossing mentions, nothing to do. Never a refusal.
    pub notices: Vec<Diagnostic>,
    /// The article that changed, if it was one; so that a window can show where an undo happened.
    pub article: Option<ArticleId>,
}

/// Why a command was refused. Nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The session cannot write.
    #[error("this project is open read-only: {reason}")]
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// The article is not in the project, or hidden.
    #[error("there is no article {article} in this project")]
    NoArticle {
        /// As given.
        article: ArticleId,
    },
    /// The annotation, entity, cluster, topic or region does not exist.
    #[error("there is no {what} {id} here; it may have been deleted")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The id is already taken by somebody else's thing, or is not a valid id.
    #[error("{id:?} cannot be the id of a {what}: use 1 to 64 of the letters A-Z a-z, digits and . _ ~ -")]
    BadId {
        /// Kind of thing.
        what: &'static str,
        /// As given.
        id: String,
    },
    /// The spans do not stand on the text.
    #[error("the span cannot be annotated: {0}")]
    Span(#[from] SpanError),
    /// The label is not in the scheme.
    #[error("the scheme {scheme} has no label {label}; it has {known}")]
    NoLabel {
        /// Name of the scheme.
        scheme: String,
        /// As given.
        label: LabelId,
        /// Ids of its labels.
        known: String,
    },
    /// The attribute or field is not in the scheme, or does not apply here.
    #[error("{attribute} is not an attribute of {of} in the scheme {scheme}")]
    NoAttribute {
        /// Name of the scheme.
        scheme: String,
        /// As given.
        attribute: String,
        /// `mentions labelled PER`, `claims`, `articles` ...
        of: String,
    },
    /// The value is not allowed for the attribute.
    #[error("{value} is not a value of {attribute}; use {allowed}")]
    BadValue {
        /// Which attribute.
        attribute: String,
        /// As given.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// Something that would be stored refers to a thing that does not exist.
    #[error("{what} {id} is referred to but does not exist")]
    Dangling {
        /// Kind of the missing thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Something that would be deleted is still referred to.
    #[error("{what} {id} cannot be deleted: {by} refers to it; change or delete that first")]
    Referred {
        /// Kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
        /// Who refers to it, named.
        by: String,
    },
    /// The command contradicts itself or the state in another way.
    #[error("{reason}")]
    Invalid {
        /// A sentence.
        reason: String,
    },
    /// A `before` is not what stands, for example because the thing changed since the command that is undone.
    #[error("{place} has changed since, so this cannot be applied")]
    Changed {
        /// The place, for people.
        place: String,
    },
    /// A later change stands on what would be taken back.
    #[error("{place} was changed later, by {by} at {at} ({cause}, line {line}); take that back first")]
    ChangedLater {
        /// The place, for people.
        place: String,
        /// The newest line that changed it.
        line: LineId,
        /// Whose line that is.
        by: AnnotatorId,
        /// When; for people.
        at: Timestamp,
        /// Its command.
        cause: String,
    },
    /// Somebody else's own work.
    #[error("only {by} can take this back: it is their own work")]
    NotYours {
        /// Whose it is.
        by: AnnotatorId,
    },
    /// There is nothing to undo or redo.
    #[error("there is nothing to {what}")]
    NothingTo {
        /// `undo` or `redo`.
        what: &'static str,
    },
    /// An undo, redo or revert is done step by step, and not at its end.
    #[error("a large change is just being taken back or done again; wait until that is done, or stop it")]
    UnderWay,
    /// Somebody stopped an undo, redo or revert; what it had done was taken back.
    #[error("it was stopped; nothing has changed")]
    Stopped,
    /// The disk cannot keep up.
    #[error("too much is still waiting for the disk; wait a moment and try again")]
    Busy,
    /// Reading or writing failed.
    #[error("{0}")]
    Storage(String),
}

/// Whether what was done is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on disk, synced.
    Saved,
    /// Something still waits for the disk.
    Saving {
        /// How many transactions wait.
        waiting: usize,
    },
    /// Nothing can be written, with the reason; what could not be written can be saved as a copy.
    ReadOnly {
        /// A sentence.
        reason: String,
        /// Transactions that are shown but not on disk.
        unsaved: usize,
    },
}

/// Which lines of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Only lines that touch this article.
    pub article: Option<ArticleId>,
    /// Only lines of this annotator; none means all.
    pub annotator: Option<AnnotatorId>,
    /// At most this many, the newest; none means all.
    pub limit: Option<usize>,
}
