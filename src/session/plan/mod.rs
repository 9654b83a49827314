//! Planning: what edits a command comes to. Pure: it looks at the state, draws ids from `Env`, and changes nothing.

mod annotations;
mod article;
mod attributes;
mod clashes;
mod dismissals;
mod edges;
mod identity;
mod mentions;
mod project;
mod references;
mod spans;

pub(crate) use references::{check_references, named};

use std::sync::Arc;

use super::command::{Command, CommandError};
use crate::edit::{Content, Edit, Place, State};
use crate::env::Env;
use crate::model::{AnnotationSet, AnnotatorId, Article, ArticleId, Diagnostic, Provenance, Scheme, Severity};
use crate::storage::Clash;
use crate::text::{Ladder, Span, SpanSet};

/// What planning may look at.
pub(crate) struct View<'a> {
    /// Values of all places.
    pub state: &'a State,
    /// How to annotate.
    pub scheme: &'a Scheme,
    /// The article that the command is about, with its text.
    pub article: Option<&'a Article>,
    /// What is looked up only when needed.
    pub lookup: &'a dyn Lookup,
    /// Who commands.
    pub by: &'a AnnotatorId,
    /// Clock and ids.
    pub env: &'a Env,
    /// Edits that do not stand because another copy changed the same place.
    pub clashes: &'a [Clash],
}

/// What is computed only when a command needs it.
pub(crate) trait Lookup {
    /// The clitic ladder of a span of the command's article.
    fn ladder(&self, span: Span) -> Ladder;
    /// The full form of a span of the command's article, where its stored letters lack some.
    fn norm(&self, span: Span) -> Option<String>;
    /// The words of the command's article, in text order.
    fn words(&self) -> Arc<[Span]>;
}

/// The edits that a command comes to.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// In order; empty when nothing has to change.
    pub edits: Vec<Edit>,
    /// Id of the one thing that is made or changed.
    pub id: Option<String>,
    /// Spans as stored.
    pub spans: Option<SpanSet>,
    /// What the person should know.
    pub notices: Vec<Diagnostic>,
}

impl Plan {
    /// Adds an edit that gives `place` the value `after`, unless it holds it already.
    fn put(&mut self, view: &View<'_>, place: Place, after: Option<Content>) {
        let before = view.state.value(&place);
        if before != after {
            self.edits.push(Edit { place, over: Vec::new(), before, after });
        }
    }

    fn notice(&mut self, view: &View<'_>, code: &'static str, span: Option<Span>, message: impl Into<String>) {
        let mut notice = Diagnostic::new(Severity::Warning, code, message);
        if let Some(article) = view.article {
            notice = notice.on_article(article.facts.id.clone());
        }
        if let Some(span) = span {
            notice = notice.at_span(span);
        }
        self.notices.push(notice);
    }
}

impl<'a> View<'a> {
    fn need_article(&self, id: &ArticleId) -> Result<&'a Article, CommandError> {
        match self.article {
            Some(article) if article.facts.id == *id => Ok(article),
            _ => Err(CommandError::NoArticle { article: id.clone() }),
        }
    }

    fn set(&self, article: &ArticleId) -> Option<&'a AnnotationSet> {
        self.state.set(article)
    }

    fn made_now(&self) -> Provenance {
        Provenance::manual(self.by.clone(), self.env.now())
    }

    /// `given`, or a new id where it is empty.
    fn id_or_new(&self, what: &'static str, given: &str) -> Result<String, CommandError> {
        if given.is_empty() {
            return Ok(self.env.new_id());
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-');
        if given.len() <= 64 && given.bytes().all(allowed) {
            Ok(given.to_owned())
        } else {
            Err(CommandError::BadId { what, id: given.to_owned() })
        }
    }
}

/// The edits that `command` comes to. Undo and redo are not planned here: they reverse what is in the history.
///
/// # Errors
/// [`CommandError`] with the reason why the command is refused.
pub(crate) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    let mut plan = match command {
        Command::AddMention { .. }
        | Command::PutMention { .. }
        | Command::SetLabel { .. }
        | Command::SetSpans { .. }
        | Command::AddFragment { .. }
        | Command::RemoveFragment { .. }
        | Command::SetAttribute { .. }
        | Command::SetMentionEntity { .. } => mentions::plan(command, view),
        Command::StepEdge { .. } | Command::MoveEdge { .. } => edges::plan(command, view),
        Command::PutClaim { .. } | Command::PutStance { .. } | Command::SetNote { .. } | Command::Delete { .. } => {
            annotations::plan(command, view)
        }
        Command::SetStatus { .. }
        | Command::SetFlag { .. }
        | Command::SetArticleNote { .. }
        | Command::SetField { .. }
        | Command::SetRegion { .. }
        | Command::RemoveRegion { .. }
        | Command::ConfirmRegions { .. }
        | Command::SetFact { .. }
        | Command::SetParagraphDirection { .. }
        | Command::SetSentenceBoundary { .. } => article::plan(command, view),
        Command::DismissFinding { .. } | Command::RestoreFinding { .. } => dismissals::plan(command, view),
        Command::SetScheme { .. } | Command::TakeOther { .. } | Command::SeenClash { .. } => {
            clashes::plan(command, view)
        }
        Command::GiveNewEntity { .. }
        | Command::MergeEntities { .. }
        | Command::SplitEntity { .. }
        | Command::MoveMentions { .. } => identity::plan(command, view),
        _ => project::plan(command, view),
    }?;
    if plan.edits.is_empty() && plan.notices.is_empty() {
        plan.notice(view, "nothing_to_do", None, "Nothing had to change: it is like that already.");
    }
    Ok(plan)
}
