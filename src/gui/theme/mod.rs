//! Colours, sizes and mirroring. The only module that makes colours and that knows left from right.

mod color;
mod flow;
pub mod metrics;
mod visuals;

pub use visuals::popup_shadow;

use std::collections::BTreeMap;

use egui::Color32;
use serde::Deserialize;

pub use color::{best_on, contrast, mix, parse_hex, texel, with_alpha};
pub use flow::{Cut, Flow, middle_of};
pub use metrics::{TextRole, radius, space, stroke};

use crate::model::{LabelId, Scheme};

/// The colours of one theme; what each is used for stands in the theme file's design table.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the field names are the names of the tokens")]
pub struct Tokens {
    pub dark: bool,
    pub paper: Color32,
    pub panel: Color32,
    pub chrome: Color32,
    pub raised: Color32,
    pub hover: Color32,
    pub select: Color32,
    pub text: Color32,
    pub text2: Color32,
    pub text3: Color32,
    pub line: Color32,
    pub control: Color32,
    pub ink: Color32,
    pub on_ink: Color32,
    pub focus: Color32,
    pub sel_text: Color32,
    pub error: Color32,
    pub warn: Color32,
    pub shadow: Color32,
}

/// Colours of claim parts and stance signs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the field names are the names of the parts")]
pub struct Parts {
    pub content: Color32,
    pub cue: Color32,
    pub source: Color32,
    pub favour: Color32,
    pub against: Color32,
    pub neutral: Color32,
}

/// Colours derived from a label's pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelColors {
    /// Its lane: the scheme's own colour.
    pub line: Color32,
    /// Its tag and its code in lists: the same hue at 4.5:1 or more on paper and panel.
    pub ink: Color32,
    /// The fill of the mention in focus.
    pub fill: Color32,
    /// Text on a filled tag: black or white.
    pub on: Color32,
}

/// Which theme the user asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system says; light where it says nothing.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Everything that is drawn takes its colours from here.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Plain colours.
    pub tokens: Tokens,
    /// Claim parts and stances at full strength, for what has focus.
    pub parts: Parts,
    /// The same, mixed with paper to 3.1:1, for what has no focus.
    pub calm: Parts,
    labels: BTreeMap<LabelId, LabelColors>,
    unknown: LabelColors,
    fill_percent: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    dark: bool,
    paper: String,
    panel: String,
    chrome: String,
    raised: String,
    hover: String,
    select: String,
    text: String,
    text2: String,
    text3: String,
    line: String,
    control: String,
    ink: String,
    on_ink: String,
    focus: String,
    sel_text: String,
    error: String,
    warn: String,
    shadow_percent: u8,
    fill_percent: u8,
    content: String,
    cue: String,
    source: String,
    favour: String,
    against: String,
    neutral: String,
    strong_text: String,
    strong_control: String,
}

/// Why a theme file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThemeError {
    /// It is not RON of the expected shape.
    #[error("the theme file cannot be read: {0}")]
    Syntax(#[from] ron::error::SpannedError),
    /// A colour is not `#RRGGBB`.
    #[error("the theme file has a colour that is not #RRGGBB: {0}")]
    Color(String),
}

const LIGHT: &str = include_str!("../../../assets/theme/light.ron");
const DARK: &str = include_str!("../../../assets/theme/dark.ron");

/// Contrast of marks without focus.
const CALM_RATIO: f32 = 3.1;

impl Theme {
    /// Loads the bundled light or dark theme, with stronger text and borders if `high_contrast`.
    ///
    /// # Errors
    /// When the bundled file is broken, which a test excludes.
    pub fn load(dark: bool, high_contrast: bool) -> Result<Self, ThemeError> {
        let file: ThemeFile = ron::from_str(if dark { DARK } else { LIGHT })?;
        let hex = |value: &str| parse_hex(value).ok_or_else(|| ThemeError::Color(value.to_owned()));
        let mut tokens = Tokens {
            dark: file.dark,
            paper: hex(&file.paper)?,
            panel: hex(&file.panel)?,
            chrome: hex(&file.chrome)?,
            raised: hex(&file.raised)?,
            hover: hex(&file.hover)?,
            select: hex(&file.select)?,
            text: hex(&file.text)?,
            text2: hex(&file.text2)?,
            text3: hex(&file.text3)?,
            line: hex(&file.line)?,
            control: hex(&file.control)?,
            ink: hex(&file.ink)?,
            on_ink: hex(&file.on_ink)?,
            focus: hex(&file.focus)?,
            sel_text: hex(&file.sel_text)?,
            error: hex(&file.error)?,
            warn: hex(&file.warn)?,
            shadow: with_alpha(Color32::BLACK, f32::from(file.shadow_percent) / 100.0),
        };
        if high_contrast {
            let strong = hex(&file.strong_text)?;
            (tokens.text, tokens.text2, tokens.text3) = (strong, strong, strong);
            tokens.control = hex(&file.strong_control)?;
        }
        let parts = Parts {
            content: hex(&file.content)?,
            cue: hex(&file.cue)?,
            source: hex(&file.source)?,
            favour: hex(&file.favour)?,
            against: hex(&file.against)?,
            neutral: hex(&file.neutral)?,
        };
        let calm = if high_contrast {
            parts
        } else {
            let calm = |part| color::calmed(part, tokens.paper, CALM_RATIO);
            Parts {
                content: calm(parts.content),
                cue: calm(parts.cue),
                source: calm(parts.source),
                favour: calm(parts.favour),
                against: calm(parts.against),
                neutral: calm(parts.neutral),
            }
        };
        let unknown = derive(tokens.control, &tokens, file.fill_percent);
        Ok(Self { tokens, parts, calm, labels: BTreeMap::new(), unknown, fill_percent: file.fill_percent })
    }

    /// Derives the colours of all labels of `scheme`.
    pub fn set_scheme(&mut self, scheme: &Scheme) {
        self.labels = scheme
            .labels
            .iter()
            .map(|label| {
                let hex = if self.tokens.dark { &label.dark } else { &label.light };
                let line = parse_hex(hex).unwrap_or(self.tokens.control);
                (label.id.clone(), derive(line, &self.tokens, self.fill_percent))
            })
            .collect();
    }

    /// The colours of a label; greys for a label that the scheme does not know.
    #[must_use]
    pub fn label(&self, id: &LabelId) -> LabelColors {
        self.labels.get(id).copied().unwrap_or(self.unknown)
    }

    /// Fills egui's own colours, for the few widgets of its that we use (scroll bars).
    pub fn apply(&self, ctx: &egui::Context) {
        visuals::apply(&self.tokens, ctx);
    }
}

fn derive(line: Color32, tokens: &Tokens, fill_percent: u8) -> LabelColors {
    LabelColors {
        line,
        ink: color::readable(line, &[tokens.paper, tokens.panel], 4.5, tokens.dark),
        fill: mix(tokens.paper, line, f32::from(fill_percent) / 100.0),
        on: color::best_on(line),
    }
}

#[cfg(test)]
mod tests;
