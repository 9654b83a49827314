//! *Import scheme*: a file becomes a scheme of the project, also one that was edited by hand among the blobs.

use std::sync::Arc;

use super::{Session, schemes};
use crate::model::{BlobId, Scheme};
use crate::storage::Store;

/// Takes a file as a new scheme, on any thread. [`super::Command::SetScheme`] then makes it current.
#[derive(Debug)]
pub struct SchemeImporter {
    store: Store,
    current: (BlobId, Arc<Scheme>),
}

impl Session {
    /// What takes a file as a new scheme, for a thread of its own.
    #[must_use]
    pub fn scheme_importer(&self) -> SchemeImporter {
        SchemeImporter { store: self.store.clone(), current: (self.scheme_id.clone(), Arc::clone(&self.scheme)) }
    }
}

impl SchemeImporter {
    /// Stores the scheme that `bytes` are, as a child of the current one, and returns its blob.
    ///
    /// # Errors
    /// A sentence: it is no scheme, contradicts itself, or cannot be written.
    pub fn run(&self, bytes: &[u8]) -> Result<BlobId, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "the file is not UTF-8".to_owned())?;
        let mut scheme = schemes::from_ron(text).map_err(|error| error.to_string())?;
        let (current, of_current) = &self.current;
        if scheme.parent.as_ref() != Some(current) {
            let (parent, migration) = (scheme.parent.take(), scheme.migration.take());
            let same = Scheme { parent: of_current.parent.clone(), migration: of_current.migration.clone(), ..scheme };
            if same == **of_current && parent == of_current.parent && migration == of_current.migration {
                return Ok(current.clone());
            }
            // The rule was made for another parent; equal label ids carry annotations over.
            scheme = Scheme { parent: Some(current.clone()), migration: None, ..same };
        }
        self.store.put_scheme(&scheme).map_err(|error| error.to_string())
    }
}
