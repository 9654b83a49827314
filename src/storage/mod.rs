//! Keeping: a project as a folder of files. See [`Store`].

mod draft;
mod error;
mod fs;
mod hash;
mod lock;
mod records;
mod store;
mod writer;

pub use draft::{DraftArticle, DraftPeople, ImportDraft};
pub use error::StoreError;
pub use fs::{AppendFile, DiskFs, FileIdentity, FileKind, FolderEntry, Fs, HeldLock, Metadata};
pub use hash::{HASH_LEN, ZERO_HASH, article_id, hash_hex, is_hash, sha256_hex};
pub use lock::{Holder, LockOutcome, SessionLock};
pub use records::{ArticleEntry, Clash, HistoryLine, ImportStanding, OpenEdit, Records, Standing, TextPlace};
pub use store::{FORMAT, ProjectHeader, Store};
pub use writer::{JournalWriter, QueueError, SessionStart, UnsavedLines, Watermark};
