//! The knowledge base that is attached to a project: a file of the user's own, kept in memory for looking names up.
//!
//! Its path stands in the user's data folder and never in the project, which holds no absolute path.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::names::EntityNames;
use super::rank::{Best, Score};
use super::table::{Hit, NameTable};
use crate::formats::SourceFile;
use crate::formats::knowledge::{KnownThing, LIMIT_BYTES, read_knowledge};
use crate::model::Diagnostic;
use crate::session::{Session, Task};
use crate::storage::{FileKind, Fs, read_hint, write_hint};

/// The file in the user's data folder that holds the path.
const NAME: &str = "knowledge-base";

/// A knowledge base in memory.
#[derive(Debug)]
pub struct KnowledgeBase {
    path: PathBuf,
    rows: Vec<KnownThing>,
    table: NameTable,
    problems: Vec<Diagnostic>,
}

/// Why a file cannot be used as a knowledge base. Nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// It cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is larger than what is kept in memory.
    #[error("{path} has {len} bytes, more than {LIMIT_BYTES}; take the rows out of it that the project needs")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Its length in bytes.
        len: u64,
    },
    /// It has no row that can be used.
    #[error("{path} holds no row that can be used: {reason}")]
    Empty {
        /// Which file.
        path: PathBuf,
        /// The first thing that is the matter.
        reason: String,
    },
}

impl KnowledgeBase {
    /// Reads a file: seconds for a large one, so not in a frame.
    ///
    /// # Errors
    /// [`KnowledgeError`].
    pub fn read(fs: &dyn Fs, path: &Path) -> Result<Self, KnowledgeError> {
        let failed = |source| KnowledgeError::Read { path: path.to_owned(), source };
        let facts = fs.metadata(path).map_err(failed)?;
        if facts.kind == FileKind::File && facts.len_bytes > LIMIT_BYTES {
            return Err(KnowledgeError::TooLarge { path: path.to_owned(), len: facts.len_bytes });
        }
        let bytes = fs.read(path).map_err(failed)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (rows, problems) = read_knowledge(&SourceFile { name: &name, bytes: &bytes });
        drop(bytes);
        if rows.is_empty() {
            let reason = problems.first().map_or_else(|| "it is empty".to_owned(), |problem| problem.message.clone());
            return Err(KnowledgeError::Empty { path: path.to_owned(), reason });
        }
        let mut table = NameTable::default();
        for (number, row) in rows.iter().enumerate() {
            for (_, name) in &row.names {
                table.add(number as u32, name, false);
            }
            for (_, alias) in &row.aliases {
                table.add(number as u32, alias, true);
            }
        }
        table.sort();
        Ok(Self { path: path.to_owned(), rows, table, problems })
    }

    /// Where it stands.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&KnownThing> {
        self.rows.get(number as usize)
    }

    /// What was found while it was read: rows that are left out, with their lines.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Adds what fits to the best; a row that an entity stands for counts as that entity.
    pub(super) fn rank(
        &self,
        key: &str,
        label: Option<&str>,
        names: &EntityNames,
        reason_of: impl Fn(Hit) -> super::Reason,
        best: &mut Best,
        entity: impl Fn(super::Reason, u32, u16) -> Score,
    ) {
        for hit in self.table.beginning_with(key) {
            let Some(row) = self.row(hit.thing) else { continue };
            if let Some(number) = names.number_of_row(&row.id) {
                best.add(entity(reason_of(hit), number, hit.len));
                continue;
            }
            let other_label = label.is_some_and(|label| !row.kind.eq_ignore_ascii_case(label));
            let used = std::cmp::Reverse(0);
            best.add(Score {
                reason: reason_of(hit),
                is_row: true,
                other_label,
                used,
                len: hit.len,
                number: hit.thing,
            });
        }
    }
}

impl Session {
    /// The knowledge base that is attached, if one is.
    #[must_use]
    pub fn knowledge(&self) -> Option<Arc<KnowledgeBase>> {
        self.identity.borrow().knowledge.clone()
    }

    /// The path that is remembered for this copy of the project; its file may be gone.
    #[must_use]
    pub fn knowledge_path(&self) -> Option<PathBuf> {
        let path = read_hint(self.fs.as_ref(), self.hints.folder()?, NAME)?;
        (!path.is_empty()).then(|| PathBuf::from(path))
    }

    /// Reads a knowledge base on a thread of its own. Nothing where the system refuses one.
    #[must_use]
    pub fn read_knowledge(
        &self,
        path: PathBuf,
        wake: impl FnOnce() + Send + 'static,
    ) -> Option<Task<Result<KnowledgeBase, KnowledgeError>>> {
        let fs = Arc::clone(&self.fs);
        Task::start("knowledge base", wake, move |_| KnowledgeBase::read(fs.as_ref(), &path))
    }

    /// Attaches a knowledge base, and remembers its path in the user's data folder; nothing takes it away.
    pub fn attach_knowledge(&mut self, knowledge: Option<KnowledgeBase>) {
        let path = knowledge.as_ref().and_then(|knowledge| knowledge.path().to_str()).unwrap_or_default().to_owned();
        if let Some(folder) = self.hints.folder()
            && (!path.is_empty() || self.knowledge_path().is_some())
        {
            // What cannot be written is simply not remembered.
            let _ = write_hint(self.fs.as_ref(), folder, NAME, &path);
        }
        self.identity.get_mut().knowledge = knowledge.map(Arc::new);
        self.revision += 1;
    }
}
