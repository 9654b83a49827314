//! The same change to many articles, part by part, as one batch that is undone in one go.

use super::{CommandError, Session, SessionError};
use crate::edit::{Content, Edit, Place, StatusValue};
use crate::model::{ArticleId, Status};

/// What is done to many articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkChange {
    /// Gives them this status, without a reason.
    Status(Status),
    /// Leaves them out, with a reason.
    Skip(String),
    /// Marks them for the team, or takes the mark away.
    Flag(bool),
}

impl BulkChange {
    /// As stored in the journal.
    #[must_use]
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::Status(_) | Self::Skip(_) => "set_status",
            Self::Flag(_) => "set_flag",
        }
    }

    fn place(&self, article: &ArticleId) -> Place {
        match self {
            Self::Status(_) | Self::Skip(_) => Place::Status(article.clone()),
            Self::Flag(_) => Place::Flag(article.clone()),
        }
    }

    fn after(&self) -> Option<Content> {
        let status = |status, reason: &str| {
            let value = StatusValue { status, reason: reason.trim().to_owned() };
            (value != StatusValue::default()).then_some(Content::Status(value))
        };
        match self {
            Self::Status(to) => status(*to, ""),
            Self::Skip(reason) => status(Status::Skipped, reason),
            Self::Flag(flagged) => flagged.then_some(Content::Marked),
        }
    }
}

impl Session {
    /// Applies `change` to some articles as a part of `batch` (an id of [`crate::env::Env::new_id`]); answers how many
    /// had to change. Needs no texts. Whoever has many articles calls it for some hundred at a time and lets the window
    /// draw between: the parts of a batch are undone together.
    ///
    /// # Errors
    /// [`CommandError`]; nothing of this part has changed then, earlier parts stand.
    pub fn run_bulk(
        &mut self,
        batch: &str,
        change: &BulkChange,
        articles: &[ArticleId],
    ) -> Result<usize, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        self.refuse_while_reversing()?;
        let after = change.after();
        let mut edits = Vec::new();
        for article in articles {
            self.open_article(article).map_err(|error| match error {
                SessionError::NoArticle { article } => CommandError::NoArticle { article },
                error => CommandError::Storage(error.to_string()),
            })?;
            let place = change.place(article);
            let before = self.state().value(&place);
            if before != after {
                edits.push(Edit { place, over: Vec::new(), before, after: after.clone() });
            }
        }
        let count = edits.len();
        if count > 0 {
            self.commit_split(change.cause(), Some(batch), edits, &mut Vec::new())?;
        }
        Ok(count)
    }
}
