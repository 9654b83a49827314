//! Text on screen: order, breaks, boxes, carets, against Unicode's own file and against a browser.

mod browser;
mod conformance;
mod documents;
mod languages;
mod properties;

use hashiya::layout::{Base, Engine, Face, Paragraph, TextStyle};

/// Article text as the reader sets it.
const NASKH_22: TextStyle = TextStyle::new(Face::Naskh, 22.0, 42.0);

fn paragraph(text: &str, base: Base, width_px: f32) -> Paragraph {
    Engine::new().paragraph(text, &NASKH_22, base, Some(width_px))
}
