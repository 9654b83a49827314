//! Our own lossless JSON Lines (`hashiya-jsonl`): a header line, then one object per article.
//!
//! [`read_pieces`] takes line after line, so that one bad record never costs the others, one bad annotation never its
//! article, and a long file no memory. [`exporter`] writes the same shape with every key in one order. Scripts of commands use [`item`] for the
//! objects inside.

mod article;
mod claim;
mod dismissed;
mod header;
mod ids;
pub mod item;
mod mention;
mod object;
mod origin;
mod read;
mod references;
mod spans;
mod stance;
mod stream;
#[cfg(test)]
mod tests;
mod unit;
mod values;
mod write;
mod write_items;

pub use article::{direction_from_name, region_kind_from_name, sha256_hex, status_from_name};
pub use ids::plain_id;
pub use read::{has_header, read};
pub use stream::{Admit, ArticleSink, ReadAt, piece_of, read_pieces};
pub use unit::{OffsetError, Offsets, Unit};
pub use write::exporter;
pub use write_items::{Names, article_object, entity_object};

/// The version of the format that this program writes, and the newest it reads.
pub const VERSION: u64 = 1;

/// The largest number that every JSON reader keeps exactly.
pub(crate) const LARGEST_EXACT: u64 = 1 << 53;
