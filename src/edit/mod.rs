//! The only vocabulary of change: [`Edit`], [`Transaction`], [`Place`], [`Content`].
//!
//! An edit holds complete values before and after, so undoing it is a swap. A transaction is a list of edits that are
//! applied all or nothing; its id is the hash of the journal line that stores it.

mod content;
mod place;
mod references;
mod state;
mod transaction;

pub use content::{ArticleFact, Content, StatusValue};
pub use place::{FactKind, Place};
pub use references::{place_from_ref, references, references_of_set};
pub use state::{ApplyError, Corrections, State, fits, inverse};
pub use transaction::{Edit, Transaction};
