//! What sync tools, version control and people do to project folders in memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hashiya::storage::MemFs;

/// What holds records; the rest is derived.
const RECORDS: [&str; 3] = ["corpus", "blobs", "journal"];

/// Brings the records of one copy into another, as a careful sync tool does: what is not there comes, a file that grew
/// grows, and where both sides have other bytes under one name, the other side's come under a further name.
pub fn carry(from: (&MemFs, &Path), to: (&MemFs, &Path)) {
    let mut there = to.0.files();
    for (path, bytes) in records(from) {
        let mut target = to.1.join(&path);
        while there.get(&target).is_some_and(|old| !old.starts_with(&bytes) && !bytes.starts_with(old)) {
            target = conflict_name(&target);
        }
        if there.get(&target).is_none_or(|old| old.len() < bytes.len()) {
            to.0.put(&target, &bytes);
            there.insert(target, bytes);
        }
    }
}

/// The records of a copy, by path inside the project.
pub fn records(of: (&MemFs, &Path)) -> Vec<(PathBuf, Vec<u8>)> {
    let inside = |(path, bytes): (PathBuf, Vec<u8>)| Some((path.strip_prefix(of.1).ok()?.to_owned(), bytes));
    let is_record = |path: &Path| RECORDS.iter().any(|folder| path.starts_with(folder));
    of.0.files().into_iter().filter_map(inside).filter(|(path, _)| is_record(path)).collect()
}

/// The name a sync tool gives to the other side's version.
pub fn conflict_name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap().to_string_lossy();
    path.with_file_name(format!("{stem}.sync-conflict-20261124-093000-ABCDEFG.ron"))
}

/// Whole lines of all journals of a copy, each once.
pub fn lines(of: (&MemFs, &Path)) -> BTreeSet<Vec<u8>> {
    let journals = records(of).into_iter().filter(|(path, _)| path.starts_with("journal"));
    let whole = |bytes: Vec<u8>| {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
        lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    journals.flat_map(|(_, bytes)| whole(bytes)).collect()
}
