//! Notes on articles as the list shows them: read when their rows come into view, kept while nothing changes.

use std::collections::BTreeMap;

use super::CatalogueState;
use crate::model::ArticleId;
use crate::session::Session;

/// So many notes are read in one frame; a set that is not in memory has to be read from its file.
const READ_IN_A_FRAME: usize = 2;

/// More notes are not kept.
const KEPT: usize = 512;

/// The notes that were read.
#[derive(Debug, Default)]
pub struct Notes {
    revision: u64,
    by_article: BTreeMap<ArticleId, String>,
    read: usize,
    /// A row still waits for its note.
    pub waits: bool,
}

impl Notes {
    /// Begins a frame.
    pub fn begin(&mut self, revision: u64) {
        if self.revision != revision || self.by_article.len() > KEPT {
            self.by_article.clear();
        }
        self.revision = revision;
        (self.read, self.waits) = (0, false);
    }

    /// The note on an article in one line; `None` until it has been read.
    pub fn of(&mut self, article: &ArticleId, session: &Session) -> Option<String> {
        if let Some(note) = self.by_article.get(article) {
            return Some(note.clone());
        }
        if self.read >= READ_IN_A_FRAME {
            self.waits = true;
            return None;
        }
        self.read += 1;
        // A set that cannot be read is reported where its article is opened.
        let note = session.note_on(article).unwrap_or_default();
        let line = note.split_whitespace().collect::<Vec<_>>().join(" ");
        self.by_article.insert(article.clone(), line.clone());
        Some(line)
    }
}

impl CatalogueState {
    /// The notes that were read.
    pub(super) fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }
}
