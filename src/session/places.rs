//! Where somebody was in each article: kept in the user's data folder, for the next day. Nothing of a project.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::model::ArticleId;
use crate::storage::{Fs, read_hint, write_hint};

/// So many articles' places are remembered; the ones that were left longest ago go.
const LIMIT: usize = 1000;
const NAME: &str = "places.ron";

/// Where one article was left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Which article.
    pub article: ArticleId,
    /// Byte of the caret.
    pub caret: usize,
    /// What stood above the page, physical pixels.
    pub top: f64,
    /// Width of the text column that `top` was measured at, physical pixels.
    pub width: f32,
    /// Size of the letters that `top` was measured at, physical pixels.
    pub size: f32,
}

/// The places that are remembered, the last one left first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Places {
    /// The article that was open.
    pub last: Option<ArticleId>,
    /// The places.
    pub places: Vec<Place>,
}

impl Places {
    /// Notes a place in front of all others.
    pub fn note(&mut self, place: Place) {
        self.places.retain(|other| other.article != place.article);
        self.places.insert(0, place);
        self.places.truncate(LIMIT);
    }

    /// The place of an article.
    #[must_use]
    pub fn of(&self, article: &ArticleId) -> Option<&Place> {
        self.places.iter().find(|place| place.article == *article)
    }
}

/// The file that remembers the places; can be written from any thread.
#[derive(Clone, Debug)]
pub struct PlacesFile {
    fs: Arc<dyn Fs>,
    folder: PathBuf,
}

impl PlacesFile {
    /// What is remembered; nothing where the file is absent or cannot be read.
    #[must_use]
    pub fn read(&self) -> Places {
        let text = read_hint(self.fs.as_ref(), &self.folder, NAME);
        text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Remembers. What cannot be written is simply not remembered.
    pub fn write(&self, places: &Places) {
        if let Ok(text) = ron::to_string(places) {
            let _ = write_hint(self.fs.as_ref(), &self.folder, NAME, &text);
        }
    }
}

impl Session {
    /// Where the places in this copy's articles are remembered; none without a usable data folder.
    #[must_use]
    pub fn places_file(&self) -> Option<PlacesFile> {
        let folder = self.hints.folder()?.join(self.annotator().as_str());
        Some(PlacesFile { fs: Arc::clone(&self.fs), folder })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemFs;

    fn place(article: &str, caret: usize) -> Place {
        Place { article: article.into(), caret, top: 12.5, width: 656.0, size: 22.0 }
    }

    #[test]
    fn places_are_kept_and_bounded() {
        let file = PlacesFile { fs: Arc::new(MemFs::new()), folder: PathBuf::from("/data/projects/p/amal") };
        assert_eq!(file.read(), Places::default());
        let mut places = Places { last: Some("a7".into()), ..Places::default() };
        for n in 0..LIMIT + 10 {
            places.note(place(&format!("a{n}"), n));
        }
        places.note(place("a900", 5));
        assert_eq!(places.places.len(), LIMIT);
        file.write(&places);
        file.write(&places);
        let again = file.read();
        assert_eq!(again, places);
        assert_eq!(again.of(&"a900".into()).map(|place| place.caret), Some(5));
        assert_eq!(again.of(&"a3".into()), None, "the oldest have gone");
    }
}
