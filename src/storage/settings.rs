//! The file of the user's choices, in the user's data folder, beside no project.

use std::io;
use std::path::Path;

use super::Fs;

const NAME: &str = "settings.ron";

/// The text of the settings; none if there are none yet or they cannot be read.
#[must_use]
pub fn read_settings(fs: &dyn Fs, data_dir: &Path) -> Option<String> {
    String::from_utf8(fs.read(&data_dir.join(NAME)).ok()?).ok()
}

/// Replaces the settings at once: another process sees the old text or the new one, never a part.
///
/// # Errors
/// What the system says; the old settings stand then.
pub fn write_settings(fs: &dyn Fs, data_dir: &Path, text: &str) -> io::Result<()> {
    fs.create_dir_all(data_dir)?;
    let new = data_dir.join(format!("{NAME}.{}.new", std::process::id()));
    // What a killed process left under this name is of no use to anybody.
    let _ = fs.remove_file(&new);
    fs.write_new(&new, text.as_bytes())?;
    fs.rename(&new, &data_dir.join(NAME))?;
    fs.sync_dir(data_dir)
}

/// The text of a small file in the user's data folder that only saves people some steps; none if it cannot be read.
#[must_use]
pub fn read_hint(fs: &dyn Fs, folder: &Path, name: &str) -> Option<String> {
    String::from_utf8(fs.read(&folder.join(name)).ok()?).ok()
}

/// Replaces such a file at once. It is not synced: lost with the power, it costs some steps.
///
/// # Errors
/// What the system says; the old file stands then.
pub fn write_hint(fs: &dyn Fs, folder: &Path, name: &str, text: &str) -> io::Result<()> {
    fs.create_dir_all(folder)?;
    let new = folder.join(format!("{name}.{}.new", std::process::id()));
    // What a killed process left under this name is of no use to anybody.
    let _ = fs.remove_file(&new);
    fs.write_new(&new, text.as_bytes())?;
    fs.rename(&new, &folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemFs;

    #[test]
    fn settings_are_replaced_whole() {
        let fs = MemFs::default();
        let dir = Path::new("/home/me/.local/share/hashiya");
        assert_eq!(read_settings(&fs, dir), None);
        write_settings(&fs, dir, "(a: 1)").unwrap();
        write_settings(&fs, dir, "(a: 2)").unwrap();
        assert_eq!(read_settings(&fs, dir).as_deref(), Some("(a: 2)"));
    }
}
