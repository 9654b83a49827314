//! Text on screen: order, breaks, boxes, carets, against Unicode's own file and against a browser.

mod browser;
mod conformance;
mod documents;
mod engines;
mod languages;
mod properties;

use hashiya::layout::{Base, Engine, Face, Paragraph, TextStyle};

/// Article text as the reader sets it.
const NASKH_22: TextStyle = TextStyle::new(Face::Naskh, 22.0, 42.0);

/// The texts of the tests by name, one a line: name, text, and where a test needs it a part of the text.
fn texts(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = include_str!("../fixtures/layout/texts.tsv").lines().map(|row| {
        let mut fields = row.split('\t');
        [fields.next(), fields.next(), fields.next()].map(Option::unwrap_or_default)
    });
    rows.filter(move |row| row[0] == name).map(|row| (row[1], row[2]))
}

fn text(name: &str) -> &'static str {
    texts(name).next().unwrap().0
}

fn paragraph(text: &str, base: Base, width_px: f32) -> Paragraph {
    Engine::new().paragraph(text, &NASKH_22, base, Some(width_px))
}
