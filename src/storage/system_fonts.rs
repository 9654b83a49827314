//! Font files that the system has, without asking any service: names are listed, bytes are read on request.

use std::io;
use std::path::{Path, PathBuf};

use super::fs::{FileKind, Fs};

/// Folders this deep below a font folder are still looked into.
const MAX_DEPTH: usize = 6;
/// No more folders than this are listed.
const MAX_FOLDERS: usize = 2000;
/// No more files than this are named.
const MAX_FILES: usize = 4096;
/// A larger file is not read.
const MAX_BYTES: u64 = 64 << 20;

/// Where systems keep fonts: those for everybody, then those of the user whose home folder this is.
#[must_use]
pub fn font_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let (shared, own): (&[&str], &[&str]) = if cfg!(target_os = "macos") {
        (&["/System/Library/Fonts", "/Library/Fonts"], &["Library/Fonts"])
    } else if cfg!(windows) {
        (&["C:\\Windows\\Fonts"], &["AppData\\Local\\Microsoft\\Windows\\Fonts"])
    } else {
        (&["/usr/share/fonts", "/usr/local/share/fonts"], &[".local/share/fonts", ".fonts"])
    };
    let own = home.into_iter().flat_map(|home| own.iter().map(move |folder| home.join(folder)));
    shared.iter().map(PathBuf::from).chain(own).collect()
}

/// Font files of upright, regular weight in these folders and those below them, the ones to try first at the front.
///
/// What cannot be listed is passed over, links are not followed, and the walk is bounded.
#[must_use]
pub fn system_fonts(fs: &dyn Fs, folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting: Vec<(PathBuf, usize)> = folders.iter().rev().map(|folder| (folder.clone(), 0)).collect();
    let mut listed = 0;
    while let Some((folder, depth)) = waiting.pop() {
        listed += 1;
        if listed > MAX_FOLDERS || found.len() >= MAX_FILES {
            break;
        }
        for entry in fs.list(&folder).unwrap_or_default() {
            if entry.is_folder && depth < MAX_DEPTH {
                waiting.push((folder.join(&entry.name), depth + 1));
            } else if entry.is_file
                && found.len() < MAX_FILES
                && let Some(rank) = rank(&entry.name)
            {
                found.push((rank, folder.join(&entry.name)));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

/// The bytes of a font file.
///
/// # Errors
/// What the system says; `InvalidData` where the file is larger than 64 MiB or not a regular file.
pub fn read_font(fs: &dyn Fs, path: &Path) -> io::Result<Vec<u8>> {
    let facts = fs.metadata(path)?;
    if facts.kind != FileKind::File || facts.len_bytes > MAX_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not a regular file of at most 64 MiB"));
    }
    // Bounded by the length that was just checked, also if the file grows meanwhile.
    fs.read_range(path, 0, usize::try_from(facts.len_bytes).unwrap_or(usize::MAX))
}

/// How late a file is tried, by its name alone; none for what is no font, or one of another weight, width or slope.
fn rank(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    if !matches!(ending, "ttf" | "otf" | "ttc") {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| stem.contains(word));
    if has(&[
        "bold",
        "italic",
        "oblique",
        "condensed",
        "thin",
        "light",
        "black",
        "medium",
        "heavy",
        "lastresort",
        "blank",
    ]) {
        return None;
    }
    let mut rank = 0;
    for (later, weight) in [(!has(&["noto"]), 8), (has(&["mono"]), 4), (has(&["serif"]), 2), (!has(&["regular"]), 1)] {
        rank += if later { weight } else { 0 };
    }
    Some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemFs;

    #[test]
    fn upright_regular_fonts_are_found_and_noto_comes_first() {
        let fs = MemFs::new();
        for name in [
            "a/Zebra.ttf",
            "noto/NotoSerifThai-Regular.ttf",
            "noto/NotoSansThai-Bold.ttf",
            "noto/NotoSansThai-Regular.ttf",
            "noto/NotoSansThai-CondensedLight.ttf",
            "cjk/deep/NotoSansCJK-Regular.TTC",
            "README.txt",
            "fonts.dir",
        ] {
            fs.put(&Path::new("/usr/share/fonts").join(name), b"x");
        }
        fs.put(Path::new("/elsewhere/NotoSansLao-Regular.ttf"), b"x");
        let folders = [PathBuf::from("/usr/share/fonts"), PathBuf::from("/not/there")];
        let found = system_fonts(&fs, &folders);
        let names: Vec<_> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(
            names,
            ["NotoSansCJK-Regular.TTC", "NotoSansThai-Regular.ttf", "NotoSerifThai-Regular.ttf", "Zebra.ttf"]
        );
    }

    #[test]
    fn the_walk_ends_at_a_depth_and_at_a_number_of_files() {
        let fs = MemFs::new();
        let mut folder = PathBuf::from("/f");
        for _ in 0..MAX_DEPTH {
            folder.push("d");
        }
        fs.put(&folder.join("Deep.ttf"), b"x");
        fs.put(&folder.join("d/Deeper.ttf"), b"x");
        assert_eq!(system_fonts(&fs, &["/f".into()]), [folder.join("Deep.ttf")]);
        let fs = MemFs::new();
        for number in 0..=MAX_FILES {
            fs.write_new(Path::new(&format!("/{number}.ttf")), b"x").unwrap();
        }
        assert_eq!(system_fonts(&fs, &["/".into()]).len(), MAX_FILES);
    }

    #[test]
    fn only_regular_files_are_read() {
        let fs = MemFs::new();
        fs.put(Path::new("/f/a.ttf"), b"bytes");
        assert_eq!(read_font(&fs, Path::new("/f/a.ttf")).unwrap(), b"bytes");
        assert_eq!(read_font(&fs, Path::new("/f")).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(read_font(&fs, Path::new("/f/b.ttf")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
