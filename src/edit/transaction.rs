//! Edits and transactions.

use serde::{Deserialize, Serialize};

use super::{Content, Place};
use crate::env::Timestamp;
use crate::model::{AnnotatorId, BlobId, LineId};

/// One step: the value of one place, before and after, both complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// What changes.
    pub place: Place,
    /// The lines whose edits of this place are not replaced by any edit known here and hold what stands or the new value.
    pub over: Vec<LineId>,
    /// Value before; absent for something new.
    pub before: Option<Content>,
    /// Value after; absent for something deleted.
    pub after: Option<Content>,
}

/// What happened: edits that are applied all or nothing. Written as one journal line, whose hash is its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// 1 + the largest this session has read or written.
    pub lamport: u64,
    /// When; for people.
    pub at: Timestamp,
    /// Who.
    pub by: AnnotatorId,
    /// The scheme it was made under.
    pub scheme: BlobId,
    /// The command that caused it, stable ASCII (`add_mention`), for the history.
    pub cause: String,
    /// Transactions of one large command share a batch, which undo takes together.
    pub batch: Option<String>,
    /// The line that this one undoes.
    pub reverses: Option<LineId>,
    /// The steps; a place is named once.
    pub edits: Vec<Edit>,
}
