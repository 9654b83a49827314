//! Files named on the command line, and those in folders named there.

use std::path::{Path, PathBuf};

use super::{Failure, Surroundings};
use crate::model::{Diagnostic, Severity};
use crate::storage::FileKind;

/// Folders inside folders are read down to here.
const DEEPEST: usize = 32;

/// The files that the paths lead to, in order; folders by name. Links and other things inside folders are findings.
pub fn files(paths: &[PathBuf], surroundings: &Surroundings) -> Result<(Vec<PathBuf>, Vec<Diagnostic>), Failure> {
    let (mut found, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        // A link that somebody names is meant; one found in a folder is not.
        let real = surroundings.fs.canonical(path).map_err(|error| Failure::io("find", path, &error))?;
        let facts = surroundings.fs.metadata(&real).map_err(|error| Failure::io("read", path, &error))?;
        match facts.kind {
            FileKind::File => found.push(if is_link(path, surroundings) { real } else { path.clone() }),
            FileKind::Folder => folder(path, DEEPEST, surroundings, &mut found, &mut findings)?,
            FileKind::Other => {
                let sentence = format!("{} is neither a file nor a folder", path.display());
                return Err(Failure::refused(sentence));
            }
        }
    }
    Ok((found, findings))
}

fn is_link(path: &Path, surroundings: &Surroundings) -> bool {
    surroundings.fs.metadata(path).is_ok_and(|facts| facts.kind != FileKind::File)
}

fn folder(
    path: &Path,
    depth: usize,
    surroundings: &Surroundings,
    found: &mut Vec<PathBuf>,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let entries = surroundings.fs.list(path).map_err(|error| Failure::io("list", path, &error))?;
    for entry in entries {
        let inner = path.join(&entry.name);
        let mut skip = |code, why: &str| {
            let message = format!("{why}; it was not read");
            findings.push(Diagnostic::new(Severity::Warning, code, message).in_file(inner.display().to_string()));
        };
        if entry.name.starts_with('.') {
            continue;
        }
        if entry.is_file {
            found.push(inner);
        } else if !entry.is_folder {
            skip("not_a_file", "a link or something else that is no regular file");
        } else if depth == 0 {
            skip("too_deep", "a folder too deep inside others");
        } else {
            folder(&inner, depth - 1, surroundings, found, findings)?;
        }
    }
    Ok(())
}
