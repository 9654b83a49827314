//! The few short texts of tags, laid out once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::layout::{Base, Engine, Face, Paragraph, TextStyle};

/// Laid out tags of one size.
#[derive(Debug, Default)]
pub struct TagTexts {
    size_px: f32,
    texts: BTreeMap<String, Arc<Paragraph>>,
}

impl TagTexts {
    /// A tag's text, bold, at `size_px` physical pixels.
    pub fn get(&mut self, engine: &mut Engine, text: &str, size_px: f32) -> Arc<Paragraph> {
        if self.size_px.to_bits() != size_px.to_bits() {
            self.size_px = size_px;
            self.texts.clear();
        }
        if let Some(found) = self.texts.get(text) {
            return Arc::clone(found);
        }
        let style = TextStyle::new(Face::Sans, size_px, (size_px * 1.3).round()).bold();
        let laid = Arc::new(engine.paragraph(text, &style, Base::Ltr, None));
        self.texts.insert(text.to_owned(), Arc::clone(&laid));
        laid
    }
}
