//! The publishers in the menu of filters: the most frequent ones, and a field that finds the others.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Rect, Ui, vec2};

use super::menus::{LINE, WIDTH, heading_ui, value_ui};
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{TextRole, middle_of};
use crate::gui::widgets::{Field, FieldOptions, Text};
use crate::session::listing::Facets;
use crate::text::{FoldLevel, fold_key};

/// Publishers that the menu lists at once.
const SHOWN: usize = 40;

/// What the field has found, until something of it is another.
#[derive(Debug, Default)]
pub(super) struct OutletFind {
    field: Field,
    facets: Arc<Facets>,
    /// What was typed, folded.
    words: String,
    /// The first that fit, and whoever is chosen.
    shown: Vec<usize>,
    /// How many more fit.
    more: usize,
    chosen: BTreeSet<String>,
}

impl OutletFind {
    fn look(&mut self, facets: &Arc<Facets>, chosen: &BTreeSet<String>) {
        let words = fold_key(self.field.text().trim(), FoldLevel::F2);
        let is_known = Arc::ptr_eq(&self.facets, facets) && self.words == words && self.chosen == *chosen;
        if is_known {
            return;
        }
        (self.shown, self.more) = (Vec::new(), 0);
        let mut fitting = 0;
        for (at, (name, _)) in facets.outlets.iter().enumerate() {
            let fits = words.is_empty() || fold_key(name, FoldLevel::F2).contains(&words);
            fitting += usize::from(fits);
            if (fits && fitting <= SHOWN) || chosen.contains(name) {
                self.shown.push(at);
            } else {
                self.more += usize::from(fits);
            }
        }
        (self.facets, self.words, self.chosen) = (Arc::clone(facets), words, chosen.clone());
    }
}

/// Draws the publishers to choose from.
pub(super) fn outlets_ui(ui: &mut Ui, facets: &Arc<Facets>, chosen: &mut BTreeSet<String>, ctx: &mut PanelCtx<'_>) {
    let (count, i18n) = (facets.outlets.len(), ctx.i18n);
    if count == 0 {
        return;
    }
    heading_ui(ui, i18n.text("filter-outlet"), &mut ctx.pen());
    let mut find = std::mem::take(&mut ctx.view.catalogue.outlet_find);
    if count > SHOWN {
        let (_, line) = ui.allocate_space(vec2(WIDTH, LINE + 6.0));
        let name = i18n.text("filter-outlet-find");
        let place = middle_of(line, LINE).shrink2(vec2(14.0, 0.0));
        let id = egui::Id::unique("catalogue outlet find");
        ctx.pen().text_field(ui, place, id, &mut find.field, FieldOptions::new(name).hint(name));
    } else if !find.field.text().is_empty() {
        find.field = Field::default();
    }
    find.look(facets, chosen);
    for at in &find.shown {
        if let Some(value) = facets.outlets.get(*at) {
            value_ui(ui, value, chosen, ctx);
        }
    }
    let below = if find.more > 0 {
        i18n.with("filter-outlet-more", &[("n", find.more.into())])
    } else if find.shown.is_empty() {
        i18n.text("filter-outlet-none").to_owned()
    } else {
        String::new()
    };
    if !below.is_empty() {
        let (_, line) = ui.allocate_space(vec2(WIDTH, LINE));
        let place: Rect = line.shrink2(vec2(14.0, 0.0));
        let color = ctx.theme.tokens.text3;
        ctx.pen().label(ui, place, &below, Text::new(TextRole::Hint, color));
    }
    ctx.view.catalogue.outlet_find = find;
}
