//! A field that finds an entity by name.

use egui::{Rect, Ui};

use super::offers::{Ask, Choice, Offers};
use crate::gui::ctx::PanelCtx;
use crate::gui::widgets::{Field, FieldOptions};
use crate::model::EntityId;

/// What is typed into one such field, and what is offered.
#[derive(Debug, Default)]
pub struct Picker {
    field: Field,
    offers: Offers,
    is_open: bool,
}

impl Picker {
    /// Draws the field with its panel; answers the entity that was taken, once. `without` is not offered.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        name: &str,
        hint: &str,
        without: Option<&EntityId>,
        ctx: &mut PanelCtx<'_>,
    ) -> Option<EntityId> {
        let id = egui::Id::unique(("entity picker", name));
        let options = FieldOptions::new(name).hint(hint);
        let result = ctx.pen().text_field(ui, rect, id, &mut self.field, options);
        if result.response.gained_focus() {
            self.is_open = true;
        }
        if result.changed {
            self.offers.at = 0;
        }
        if !self.is_open {
            return None;
        }
        let ask = Ask { typed: self.field.text().trim().to_owned(), without: without.cloned(), ..Ask::default() };
        let taken = self.offers.panel_ui(ui, rect, &ask, result.entered, ctx);
        if result.entered || result.cancelled || taken.is_some() || result.response.lost_focus() {
            self.is_open = false;
            self.field.set_text("");
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
        match taken {
            Some(Choice::Known(entity)) => Some(entity),
            _ => None,
        }
    }
}
