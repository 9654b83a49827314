//! *Save a copy*: the project in another folder, with the lines that could not be made durable here.
//!
//! The copy has the same project id. Uniting both later is safe: equal lines are one.

use std::path::Path;

use super::hash::hash_hex;
use super::{Store, StoreError, UnsavedLines, atomic, journal, store};
use crate::model::{Diagnostic, Severity};

/// Folders inside folders; a project needs four.
const DEPTH_LIMIT: usize = 8;

/// See [`Store::save_copy`].
pub(super) fn save(store: &Store, target: &Path, unsaved: &UnsavedLines) -> Result<Vec<Diagnostic>, StoreError> {
    let fs = store.fs();
    store::make_root(fs, target)?;
    let mut found = Vec::new();
    if fs.metadata(&store.root().join("project.ron")).is_err() {
        let message = "the project's own folder cannot be reached: the copy holds what was done in this session. Bring it \
                       together with the project, or with another copy of it, to have the rest as well";
        found.push(Diagnostic::new(Severity::Warning, "not_copied", message));
    }
    for name in ["corpus", "blobs", "journal", "layers", "annotations"] {
        copy_folder(store, target, name, DEPTH_LIMIT, &mut found)?;
    }
    if !unsaved.lines.is_empty() && journal::is_annotator_folder(&unsaved.folder) {
        let folder = target.join("journal").join(&unsaved.folder);
        atomic::ensure_folder(fs, target, &folder)?;
        let mut text = unsaved.lines.join("\n");
        text.push('\n');
        let name = format!("unsaved-{}.ron", hash_hex(text.as_bytes()));
        atomic::write_record(fs, &folder.join(name), text.as_bytes())?;
    }
    // Last, because it makes the folder a project. From memory, because the disk may be what is failing.
    store::write_frame(fs, target, store.header())?;
    Ok(found)
}

/// Copies what can be read; the rest is reported. `name` is relative to the project, with `/`.
fn copy_folder(
    store: &Store,
    target: &Path,
    name: &str,
    depth: usize,
    found: &mut Vec<Diagnostic>,
) -> Result<(), StoreError> {
    let missed = |name: &str, reason: String| {
        Diagnostic::new(Severity::Warning, "not_copied", format!("it was not copied: {reason}")).in_file(name)
    };
    let entries = match store.fs().list(&store.root().join(name)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            found.push(missed(name, error.to_string()));
            return Ok(());
        }
    };
    atomic::ensure_folder(store.fs(), target, &target.join(name))?;
    for entry in entries.into_iter().filter(|entry| !entry.name.ends_with(atomic::TEMP_SUFFIX)) {
        let inner = format!("{name}/{}", entry.name);
        if entry.is_folder && depth > 0 {
            copy_folder(store, target, &inner, depth - 1, found)?;
        } else if entry.is_file {
            match store.fs().read(&store.root().join(&inner)) {
                Ok(bytes) => {
                    let path = target.join(&inner);
                    store.fs().write_new(&path, &bytes).map_err(StoreError::io("write", &path))?;
                }
                Err(error) => found.push(missed(&inner, error.to_string())),
            }
        } else {
            found.push(missed(&inner, "it is no regular file".into()));
        }
    }
    let path = target.join(name);
    store.fs().sync_dir(&path).map_err(StoreError::io("write", &path))
}
