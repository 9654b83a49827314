//! Pictures of the window, compared with those in `tests/snapshots`. `HASHIYA_BLESS=1 cargo test --test gui` writes them.

use std::path::{Path, PathBuf};

use crate::raster::Picture;

/// Channels may differ by this much of 255: rounding of floats differs between machines.
const TOLERANCE: u8 = 4;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// Fails where `picture` is not the picture of that name; the new one then lies in the target folder.
pub fn assert_picture(name: &str, picture: &Picture) {
    assert!(picture.colours(40) >= 40, "{name} is nearly blank");
    let path = folder().join(format!("{name}.png"));
    if std::env::var_os("HASHIYA_BLESS").is_some() {
        picture.write(&path);
        return;
    }
    let found = Picture::read(&path);
    let difference = found.as_ref().and_then(|found| found.difference(picture, TOLERANCE));
    // A few pixels on curved edges may round to another side of the tolerance.
    let limit = picture.pixels.len() / 5000;
    if difference.is_none_or(|count| count > limit) {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        picture.write(&new);
        let what =
            difference.map_or("another size, or no picture".to_owned(), |count| format!("{count} pixels differ"));
        panic!("{name}: {what}; look at {} and bless it with HASHIYA_BLESS=1 if it is right", new.display());
    }
}
