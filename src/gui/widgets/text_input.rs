//! Text fields.

/// A text field's content.
#[derive(Clone, Debug, Default)]
pub struct Field {
    text: String,
}

impl Field {
    /// With this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
/// x
#[derive(Debug, Default)]
pub struct FieldOptions;
/// x
#[derive(Debug, Default)]
pub struct FieldResponse;
/// Whether a text field has the keyboard.
pub fn text_field_has_keyboard(_ctx: &egui::Context) -> bool {
    false
}
