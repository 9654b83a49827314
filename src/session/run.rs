//! Running commands: plan, check, apply, hand to the journal.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::catalogue::with_base;
use super::open::base_facts;
use super::plan::{Lookup, Plan, View, check_references, named, plan};
use super::{Command, CommandError, Outcome, Session, SessionError};
use crate::edit::{ApplyError, Content, Edit, Place, State, Transaction, inverse, references};
use crate::model::{Article, ArticleId, Diagnostic, LineId, Severity};
use crate::storage::{HistoryLine, QueueError};
use crate::text::{Ladder, Rung, Span};

/// After so many transactions the checkpoint is brought up to date in the background.
const COMMITS_PER_CHECKPOINT: u64 = 500;

/// Looks things up in the session for the article that a command is about.
struct SessionLookup<'a> {
    session: &'a Session,
    article: Option<&'a Article>,
}

impl Lookup for SessionLookup<'_> {
    fn ladder(&self, span: Span) -> Ladder {
        let found = self.article.and_then(|article| self.session.ladder(&article.facts.id, span).ok());
        let rung = |at| Rung { at, norm: None, other_norms: Vec::new() };
        found.unwrap_or_else(|| Ladder {
            starts: vec![rung(span.start())],
            ends: vec![rung(span.end())],
            default: span,
            norm: None,
            pronoun: None,
        })
    }

    fn norm(&self, span: Span) -> Option<String> {
        self.article.and_then(|article| self.session.norm(&article.facts.id, span).ok().flatten())
    }

    fn words(&self) -> Arc<[Span]> {
        self.article.and_then(|article| self.session.words(&article.facts.id).ok()).unwrap_or_default()
    }
}

impl Command {
    /// The article it is about, if it is about one.
    #[must_use]
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::AddMention { article, .. }
            | Self::PutMention { article, .. }
            | Self::SetLabel { article, .. }
            | Self::SetSpans { article, .. }
            | Self::StepEdge { article, .. }
            | Self::MoveEdge { article, .. }
            | Self::AddFragment { article, .. }
            | Self::RemoveFragment { article, .. }
            | Self::SetAttribute { article, .. }
            | Self::SetMentionEntity { article, .. }
            | Self::GiveNewEntity { article, .. }
            | Self::PutClaim { article, .. }
            | Self::PutStance { article, .. }
            | Self::Delete { article, .. }
            | Self::SetStatus { article, .. }
            | Self::SetFlag { article, .. }
            | Self::SetArticleNote { article, .. }
            | Self::SetField { article, .. }
            | Self::SetNote { article, .. }
            | Self::DismissFinding { article, .. }
            | Self::RestoreFinding { article, .. }
            | Self::SetRegion { article, .. }
            | Self::RemoveRegion { article, .. }
            | Self::ConfirmRegions { article }
            | Self::SetFact { article, .. }
            | Self::SetParagraphDirection { article, .. }
            | Self::SetSentenceBoundary { article, .. } => Some(article),
            _ => None,
        }
    }
}

impl Session {
    /// Does what `command` says: all of it or nothing. Returns before it is on disk; see [`Session::save_state`].
    ///
    /// # Errors
    /// [`CommandError`], a sentence that says why it was refused; nothing has changed then.
    pub fn run(&mut self, command: Command) -> Result<Outcome, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        match command {
            Command::Undo | Command::Redo | Command::Revert { .. } => self.reverse(&command),
            command => self.run_planned(&command, None),
        }
    }

    /// What `command` would do, without doing it: notices and spans, for a preview. Looks at what is open: see
    /// [`Session::open_article`].
    ///
    /// # Errors
    /// As [`Session::run`].
    pub fn preview(&self, command: &Command) -> Result<Outcome, CommandError> {
        let article = command.article().cloned();
        let plan = self.plan(command)?;
        check_references(&self.state, &plan.edits, &|article| self.catalogue.idx_of(article).is_some())?;
        Ok(Outcome { line: None, id: plan.id, spans: plan.spans, notices: plan.notices, article })
    }

    pub(super) fn plan(&self, command: &Command) -> Result<Plan, CommandError> {
        let article = match command.article() {
            Some(id) => Some(self.article(id).map_err(|error| match error {
                SessionError::NoArticle { article } => CommandError::NoArticle { article },
                error => CommandError::Storage(error.to_string()),
            })?),
            None => None,
        };
        let lookup = SessionLookup { session: self, article: article.as_deref() };
        // Commands know the article's base already; a preview of one that was never opened looks at a copy that does.
        let mut based = None;
        if let Some(id) = command.article().filter(|id| !self.state.has_base(id))
            && let Ok(facts) = self.store.facts(id)
        {
            let state: &mut State = based.insert(self.state.clone());
            state.set_base(id, base_facts(&facts), facts.regions);
        }
        let view = View {
            state: based.as_ref().unwrap_or(&self.state),
            scheme: &self.scheme,
            article: article.as_deref(),
            lookup: &lookup,
            by: &self.annotator,
            env: &self.env,
            clashes: &self.clashes,
        };
        self.check_scheme(command)?;
        let plan = plan(command, &view)?;
        Ok(plan)
    }

    /// Runs a command that is planned, as a part of `batch` if there is one.
    pub(super) fn run_planned(&mut self, command: &Command, batch: Option<&str>) -> Result<Outcome, CommandError> {
        self.refuse_while_reversing()?;
        if let Some(article) = command.article() {
            self.learn_base(std::slice::from_ref(article));
        }
        self.open_for(command)?;
        let plan = self.plan(command)?;
        self.open_around(&plan.edits).map_err(storage)?;
        check_references(&self.state, &plan.edits, &|article| self.catalogue.idx_of(article).is_some())?;
        let mut outcome = Outcome {
            line: None,
            id: plan.id,
            spans: plan.spans,
            notices: plan.notices,
            article: command.article().cloned(),
        };
        if plan.edits.is_empty() {
            return Ok(outcome);
        }
        outcome.line = self.commit_split(command.cause(), batch, plan.edits, &mut outcome.notices)?;
        Ok(outcome)
    }

    /// Makes sure that what a command is about is in memory.
    fn open_for(&mut self, command: &Command) -> Result<(), CommandError> {
        let mut articles: Vec<ArticleId> = command.article().into_iter().cloned().collect();
        match command {
            Command::PutClaim { article, claim } => {
                let place = Place::Claim(article.clone(), claim.id.clone());
                let referred = references(&place, &Content::Claim(claim.clone()));
                articles.extend(referred.iter().filter_map(|place| place.article_of_set().cloned()));
            }
            Command::PutStance { article, stance } => {
                let place = Place::Stance(article.clone(), stance.id.clone());
                let referred = references(&place, &Content::Stance(stance.clone()));
                articles.extend(referred.iter().filter_map(|place| place.article_of_set().cloned()));
            }
            Command::TakeOther { place, .. } => articles.extend(place.article().cloned()),
            _ => {}
        }
        if command.is_wide() {
            return self.open_wide(command).map_err(storage);
        }
        // An article that is not here is refused with the right words when the command is planned.
        articles.retain(|article| self.catalogue.idx_of(article).is_some());
        for article in &articles {
            self.open_article(article).map_err(storage)?;
        }
        Ok(())
    }

    /// Commits edits as one transaction, or, where that is too large for a line, as a batch of smaller ones.
    pub(super) fn commit_split(
        &mut self,
        cause: &str,
        batch: Option<&str>,
        edits: Vec<Edit>,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Option<LineId>, CommandError> {
        let reloads = edits.iter().any(|edit| matches!(edit.place, Place::Registration(_) | Place::Scheme));
        let mut waiting = vec![edits];
        let mut batch = batch.map(str::to_owned);
        let mut done: Vec<LineId> = Vec::new();
        while let Some(mut edits) = waiting.pop() {
            let commit = if done.is_empty() { Self::commit } else { Self::commit_waiting };
            match commit(self, cause, batch.clone(), None, edits.clone()) {
                Ok(line) => done.push(line),
                Err(CommitError::TooLarge(_)) if edits.len() > 1 => {
                    batch.get_or_insert_with(|| self.env.new_id());
                    let rest = edits.split_off(edits.len() / 2);
                    waiting.push(rest);
                    waiting.push(edits);
                }
                Err(error) => {
                    self.take_back_all(&done);
                    return Err(error.into());
                }
            }
        }
        self.after_commit(reloads, notices);
        Ok(done.pop())
    }

    /// As [`Session::commit`], but waits for the disk where the queue is full: what was begun must be finished.
    pub(super) fn commit_waiting(
        &mut self,
        cause: &str,
        batch: Option<String>,
        reverses: Option<LineId>,
        edits: Vec<Edit>,
    ) -> Result<LineId, CommitError> {
        match self.commit(cause, batch.clone(), reverses.clone(), edits.clone()) {
            Err(CommitError::Busy) => {
                self.wait_durable().map_err(|error| CommitError::Failed(error.to_string()))?;
                self.commit(cause, batch, reverses, edits)
            }
            result => result,
        }
    }

    /// Applies one transaction and queues it for the journal, or changes nothing.
    pub(super) fn commit(
        &mut self,
        cause: &str,
        batch: Option<String>,
        reverses: Option<LineId>,
        mut edits: Vec<Edit>,
    ) -> Result<LineId, CommitError> {
        for edit in &edits {
            if let Some(article) = edit.place.article() {
                self.open_own(article).map_err(|error| CommitError::Failed(error.to_string()))?;
                // Until a checkpoint holds the change, the set stays in memory.
                self.opened.kept.insert(article.clone(), self.commits + 1);
            }
        }
        for edit in &mut edits {
            let standing = self.standings.get(&edit.place);
            edit.over = standing.map(|standing| standing.over(edit.after.as_ref())).unwrap_or_default();
        }
        let transaction = Transaction {
            lamport: self.max_lamport + 1,
            at: self.env.now(),
            by: self.annotator.clone(),
            scheme: self.scheme_id.clone(),
            cause: cause.to_owned(),
            batch,
            reverses,
            edits,
        };
        let based: Vec<ArticleId> =
            with_base(transaction.edits.iter().map(|edit| &edit.place)).into_iter().cloned().collect();
        self.learn_base(&based);
        transaction.apply(&mut self.state).map_err(CommitError::Apply)?;
        let queued = match &self.writer {
            Some(writer) => writer.append(&transaction).map_err(CommitError::from),
            None => Err(CommitError::Failed("nothing writes here".to_owned())),
        };
        let line = match queued {
            Ok(line) => line,
            Err(error) => {
                // The swap of what was just applied fits by construction.
                let undone = self.state.apply(&inverse(&transaction.edits));
                debug_assert_eq!(undone, Ok(()), "the inverse of an applied transaction applies");
                return Err(error);
            }
        };
        self.take_in(line.clone(), transaction);
        Ok(line)
    }

    /// Keeps everything that is derived in step with a transaction that was applied and queued.
    fn take_in(&mut self, line: LineId, transaction: Transaction) {
        self.max_lamport = transaction.lamport;
        let mut articles = BTreeSet::new();
        for edit in &transaction.edits {
            self.standings.entry(edit.place.clone()).or_default().apply(&line, edit);
            self.cache.borrow_mut().after_edit(edit);
            if let Some(forms) = self.forms.borrow_mut().as_mut() {
                forms.change(edit.before.as_ref(), edit.after.as_ref());
            }
            self.identity.borrow_mut().take_in(edit, transaction.lamport, self.state.entities());
            articles.extend(edit.place.article().cloned());
        }
        self.identity.borrow_mut().add_line();
        for article in &articles {
            self.refresh_row(article);
        }
        for edit in &transaction.edits {
            self.refresh_clashes(&edit.place);
        }
        let session = self.writer.as_ref().map_or_else(String::new, |writer| writer.session().to_owned());
        if self.commits == 0 {
            // Once more, where it could not be written when the session began.
            let _ = self.hints.add_session(&self.store, &session);
            if let Some(ours) = &mut self.our_sessions {
                ours.insert(session.clone());
            }
        }
        let prev = std::mem::replace(&mut self.last_line, line.clone());
        let transaction = Arc::new(transaction);
        let line = HistoryLine { id: line, annotator: self.annotator.clone(), session, prev, transaction };
        if self.is_following() {
            self.recent.push_back((self.commits, line.clone()));
        }
        self.history.push(line);
        self.commits += 1;
        self.revision += 1;
    }

    pub(super) fn after_commit(&mut self, reloads: bool, notices: &mut Vec<Diagnostic>) {
        if reloads
            && !self.read_beside_later()
            && let Err(error) = self.reload()
        {
            let message = format!("The change is made, but the project could not be read again: {error}");
            notices.push(Diagnostic::new(Severity::Error, "reload_failed", message));
        }
        self.find_next();
        if self.commits.is_multiple_of(COMMITS_PER_CHECKPOINT) {
            self.checkpoint_in_background();
        }
    }
}

pub(super) fn storage(error: SessionError) -> CommandError {
    CommandError::Storage(error.to_string())
}

/// Why one transaction could not be committed.
#[derive(Debug)]
pub(super) enum CommitError {
    /// It does not fit the state.
    Apply(ApplyError),
    /// The disk cannot keep up.
    Busy,
    /// It is too large for a line.
    TooLarge(String),
    /// Writing has failed.
    Failed(String),
}

impl From<QueueError> for CommitError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Full => Self::Busy,
            error @ QueueError::TooLarge { .. } => Self::TooLarge(error.to_string()),
            QueueError::Failed(reason) => Self::Failed(reason),
        }
    }
}

impl From<CommitError> for CommandError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Apply(
                ApplyError::BeforeDiffers { place }
                | ApplyError::WrongKind { place }
                | ApplyError::NamedTwice { place },
            ) => {
                let (what, id) = named(&place);
                Self::Changed { place: format!("the {what} {id}") }
            }
            CommitError::Busy => Self::Busy,
            CommitError::TooLarge(reason) => Self::Invalid { reason },
            CommitError::Failed(reason) => Self::ReadOnly { reason },
        }
    }
}
