//! What the user has chosen, kept in the user's data folder and not in a project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::i18n::{Digits, Language};
use super::theme::ThemeChoice;
use crate::layout::Face;

/// Face of the article, as settings name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleFace {
    /// Noto Naskh Arabic.
    #[default]
    Naskh,
    /// Amiri.
    Amiri,
    /// Noto Nastaliq Urdu.
    Nastaliq,
    /// Noto Sans and Noto Sans Arabic.
    Sans,
}

impl ArticleFace {
    /// The face for the layout engine.
    #[must_use]
    pub fn face(self) -> Face {
        match self {
            Self::Naskh => Face::Naskh,
            Self::Amiri => Face::Amiri,
            Self::Nastaliq => Face::Nastaliq,
            Self::Sans => Face::Sans,
        }
    }
}

/// A project opened before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentProject {
    /// Its folder.
    pub path: String,
    /// Date it was last open, ISO.
    pub date: String,
    /// Articles it had then.
    pub articles: usize,
    /// Of these, done.
    pub done: usize,
    /// Who worked in it, for opening it again.
    pub annotator: String,
}

/// Widths of the panels in one class of window width, logical px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PanelWidths {
    /// The catalogue.
    pub catalogue: f32,
    /// The inspector.
    pub inspector: f32,
}

/// All settings. Unknown fields of a newer version are ignored, missing ones have their default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Language of the interface.
    pub language: Language,
    /// Light, dark, or as the system.
    pub theme: ThemeChoice,
    /// Stronger text and borders.
    pub high_contrast: bool,
    /// Digits of the interface.
    pub digits: Digits,
    /// Size of the article's letters, logical px, 16 to 40.
    pub article_px: f32,
    /// Interface zoom, 0.9 to 2.
    pub interface_zoom: f32,
    /// Widest text column, logical px; none is the design's own.
    pub column_px: Option<f32>,
    /// Line height as a multiple of the design's own, 0.9 to 1.6.
    pub line_spacing: f32,
    /// Face of the article.
    pub face: ArticleFace,
    /// Whether joiners, directional marks, tatweel and hard spaces are shown.
    pub invisibles: bool,
    /// Who annotates, unless a project says otherwise.
    pub annotator: String,
    /// Projects opened before, newest first.
    pub recent: Vec<RecentProject>,
    /// Rebound keys: command name to chords as text.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Panel widths by class of window width.
    pub widths: BTreeMap<String, PanelWidths>,
    /// Whether the catalogue is shown in wide windows.
    pub catalogue: bool,
    /// Whether the inspector is shown in wide windows.
    pub inspector: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: ThemeChoice::default(),
            high_contrast: false,
            digits: Digits::default(),
            article_px: 22.0,
            interface_zoom: 1.0,
            column_px: None,
            line_spacing: 1.0,
            face: ArticleFace::default(),
            invisibles: false,
            annotator: String::new(),
            recent: Vec::new(),
            keys: BTreeMap::new(),
            widths: BTreeMap::new(),
            catalogue: true,
            inspector: true,
        }
    }
}

/// Most recent projects that are remembered.
const RECENT: usize = 9;

impl Settings {
    /// Reads what [`Settings::to_text`] wrote, also by an older or newer version.
    ///
    /// # Errors
    /// When it is not RON of that shape.
    pub fn from_text(text: &str) -> Result<Self, ron::error::SpannedError> {
        ron::from_str::<Self>(text).map(Self::within_limits)
    }

    /// As text for the settings file.
    #[must_use]
    pub fn to_text(&self) -> String {
        ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).unwrap_or_default()
    }

    /// Puts a project at the top of the recent ones.
    pub fn remember(&mut self, project: RecentProject) {
        self.recent.retain(|other| other.path != project.path);
        self.recent.insert(0, project);
        self.recent.truncate(RECENT);
    }

    /// Brings all sizes into the range that the window can show.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        let sane = |value: f32, low: f32, high: f32, otherwise: f32| {
            if value.is_finite() { value.clamp(low, high) } else { otherwise }
        };
        self.article_px = sane(self.article_px, 16.0, 40.0, 22.0);
        self.interface_zoom = sane(self.interface_zoom, 0.9, 2.0, 1.0);
        self.line_spacing = sane(self.line_spacing, 0.9, 1.6, 1.0);
        self.column_px = self.column_px.filter(|width| width.is_finite()).map(|width| width.clamp(320.0, 1200.0));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_writing_and_strange_values() {
        let mut settings = Settings { article_px: 30.0, ..Settings::default() };
        settings.remember(RecentProject { path: "/a.hashiya".to_owned(), ..RecentProject::default() });
        assert_eq!(Settings::from_text(&settings.to_text()).unwrap(), settings);
        assert_eq!(Settings::from_text("(article_px: 900.0)").unwrap().article_px, 40.0);
        assert_eq!(Settings::from_text("(of_a_newer_version: 1)").unwrap(), Settings::default());
    }

    #[test]
    fn recent_projects_are_there_once_and_newest_first() {
        let mut settings = Settings::default();
        for path in ["a", "b", "a"] {
            settings.remember(RecentProject { path: path.to_owned(), ..RecentProject::default() });
        }
        assert_eq!(settings.recent.iter().map(|project| project.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
