//! Keeping: a project as a folder of RON files and plain text.
//!
//! **A project is a set of records that only grows. The value of a thing is its last edit. Everything else is derived.**
//!
//! ```text
//! elections.hashiya/
//!   project.ron                                 record      format, project id, name at creation
//!   corpus/<import>/manifest.ron                record      written last: without it the import does not exist
//!   corpus/<import>/00000.txt  00000.ron        record      a shard: texts, and the facts about them
//!   corpus/<import>/annotations/<annotator>/    record      what came with the import: base values, under all edits
//!   corpus/<import>/originals/<sha256>          record      source bytes, where they differ from the stored text
//!   blobs/<hash>.ron                            record      schemes and plans
//!   journal/<annotator>/<day>-<session>.ron     record      a session appends whole lines to its own new file
//!   annotations/<annotator>/                    checkpoint  the state, readable; losing it loses nothing
//!   .cache/                                     cache       may be deleted at any time
//! ```
//!
//! # What is guaranteed
//! - **State is a function of the set of records**: not of their order of arrival, of the machine, or of the time. A
//!   folder may be copied, synced, restored, kept under version control; uniting two copies keeps every line of both.
//! - **A line of a journal proves itself**: it carries its hash, over the project, the annotator and the line before it.
//!   Files may be split, united, doubled or reordered by any tool, and equal lines are one.
//! - **What was shown as saved is on disk**: [`JournalWriter::watermark`] moves after the file, and at first its folder,
//!   have been synced, and the file under the path is still the session's own.
//! - **Checkpoints prove themselves or are rebuilt**, unasked, from the records; both ways give the same bytes.
//! - **What this version does not know is never overwritten**: a newer project is refused with a sentence, and an
//!   annotator whose journal holds something unknown may only be read.
//!
//! # What is assumed
//! - A rename within a folder is atomic.
//! - Bytes that were synced survive.
//! - Bytes that were not synced may be missing or torn at the end of a file, and nothing else happens to them.
//!
//! # Where to read on
//! [`Store`] is the door. `journal` makes and proves lines, `writer` makes them durable, `own_state` and `replay` turn
//! lines into values, `imports`, `import_writer`, `shard` and `base` keep what was imported, `table`, `catalogue` and
//! `facts` read it, `checkpoint` and `kept` write the state for people and for fast opening, `check` verifies and
//! `repair` sets aside. `settle` makes durable what a killed session left. `watch` notices what others change, and reads
//! it beside a session that goes on writing.
//! Everything goes through [`Fs`]: [`DiskFs`] is the only user of `std::fs` in the crate, [`MemFs`] and [`FaultyFs`] are
//! for tests.

mod atomic;
mod base;
mod bases;
mod blobs;
mod catalogue;
mod check;
mod checkpoint;
mod clash;
mod copy;
mod corpus;
mod derived;
mod digest;
mod draft;
mod error;
mod facts;
mod faulty;
mod fs;
mod hash;
mod import_writer;
mod imports;
mod journal;
mod kept;
mod lock;
mod memory;
mod overlay;
mod own_state;
mod past;
mod records;
mod repair;
mod replay;
mod ron;
mod set_files;
mod sets;
mod settings;
mod settle;
mod shard;
mod store;
mod system_fonts;
mod table;
mod table_cache;
mod watch;
mod writer;

pub use catalogue::{ArticleEntry, Articles};
pub use digest::{SetSummary, forms_of_entity, forms_of_mention};
pub use draft::{DraftArticle, DraftPeople, ImportDraft};
pub use error::StoreError;
pub use faulty::{Fault, FaultyFs};
pub use fs::{AppendFile, DiskFs, FileIdentity, FileKind, FolderEntry, Fs, HeldLock, Metadata};
pub use hash::{HASH_LEN, ZERO_HASH, article_id, hash_hex, is_hash, sha256_hex};
pub use import_writer::ImportWriter;
pub use imports::ImportSummary;
pub use lock::{Holder, LockOutcome, SessionLock, remember_session, sessions_of_copy};
pub use memory::MemFs;
pub use records::{Clash, HistoryLine, ImportStanding, OpenEdit, OpenRecords, Records, Standing};
pub use repair::Repaired;
pub use sets::{SetNames, Sets};
pub use settings::{read_hint, read_settings, write_hint, write_settings};
pub use store::{FORMAT, ProjectHeader, Store};
pub use system_fonts::{font_folders, read_font, system_fonts};
pub use table::is_noisy;
pub use watch::{Listing, Longest, Moment, Reading};
pub use writer::{JournalWriter, OwnFile, QueueError, SessionStart, UnsavedLines, Watermark, WriterWatch};
