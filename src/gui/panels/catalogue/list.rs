//! The rows that are in view, however many there are, and the keys of the list.
//!
//! A scroll area of egui measures in 32-bit floats, which at a million rows are whole pixels apart; here the place of
//! the list is a 64-bit float, and only the rows in view have coordinates.

use egui::accesskit::Role;
use egui::{Key, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::row::row_ui;
use super::{CatalogueState, ROW};
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Pane, PanelCtx};
use crate::gui::widgets::{BarLook, Scrolled, scroll_bar, text_field_has_keyboard};

/// Draws the list.
pub(super) fn list_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("catalogue list"));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    let ui = &mut child;
    let ground = ui.interact(rect, egui::Id::unique("catalogue list"), Sense::hover());
    crate::gui::widgets::announce(&ground, Role::List, ctx.i18n.text("catalogue-title"));
    let current = ctx.view.article.as_ref().and_then(|article| ctx.session.catalogue().idx_of(article));
    let height = f64::from(rect.height());
    follow(current, height, ctx);
    if ctx.view.pane == Pane::Catalogue && !text_field_has_keyboard(ui.ctx()) && ctx.view.dialog.is_none() {
        keys(ui, current, height, ctx);
    }
    let state = &mut ctx.view.catalogue;
    let count = state.listing.rows().len();
    if ui.rect_contains_pointer(rect) {
        state.scroll_top -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    state.clamp(height);
    let first = (state.scroll_top / f64::from(ROW)).floor().max(0.0) as usize;
    let last = (first + (rect.height() / ROW).ceil() as usize + 1).min(count);
    // Whole pixels, so that lines between rows are sharp.
    let offset = (first as f64 * f64::from(ROW) - state.scroll_top).round() as f32;
    let rows: Vec<u32> = state.listing.rows().get(first..last).unwrap_or_default().to_vec();
    let revision = ctx.session.revision();
    ctx.view.catalogue.notes_mut().begin(revision);
    for (at, row) in rows.into_iter().enumerate() {
        let top = rect.top() + offset + at as f32 * ROW;
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
        row_ui(ui, place, row, ctx);
    }
    if ctx.view.catalogue.notes_mut().waits {
        ui.ctx().request_repaint();
    }
    bar_ui(ui, rect, count, ctx);
    ctx.view.catalogue.remember_anchor(current, height);
}

/// The bar over the rows; a drag shows in the next frame.
fn bar_ui(ui: &Ui, rect: Rect, count: usize, ctx: &mut PanelCtx<'_>) {
    let (total, height) = (count as f64 * f64::from(ROW), f64::from(rect.height()));
    let what = Scrolled { total, height, top: ctx.view.catalogue.scroll_top };
    let style = ctx.pen().bar_style(BarLook::LIST);
    if let Some(top) = scroll_bar(ui, rect, egui::Id::unique("catalogue bar"), what, style) {
        ctx.view.catalogue.scroll_top = top;
    }
}

/// Keeps the rows where they are while others come and go, and shows an article that was opened from elsewhere.
fn follow(current: Option<usize>, height: f64, ctx: &mut PanelCtx<'_>) {
    let query = ctx.view.catalogue.asked.clone();
    let state = &mut ctx.view.catalogue;
    let generation = state.listing.generation();
    if state.seen_generation != generation {
        let same_query = state.seen_query.as_ref() == Some(&query);
        state.seen_generation = generation;
        state.seen_query = Some(query);
        let anchor = state.anchor.take().filter(|_| same_query);
        if let Some((row, offset)) = anchor
            && let Some(place) = state.listing.place_of(row as usize)
        {
            state.scroll_top = place as f64 * f64::from(ROW) - offset;
        } else if !same_query {
            state.scroll_top = 0.0;
            state.revealed = None;
        }
    }
    if state.revealed != ctx.view.article {
        state.revealed.clone_from(&ctx.view.article);
        if let Some(place) = current.and_then(|row| state.listing.place_of(row)) {
            state.reveal(place, height);
        }
    }
}

impl CatalogueState {
    fn clamp(&mut self, height: f64) {
        let total = self.listing.rows().len() as f64 * f64::from(ROW);
        self.scroll_top = self.scroll_top.min(total - height).max(0.0);
    }

    /// Brings a row into view: about a third of the list stays above it, unless it is in view already.
    fn reveal(&mut self, place: usize, height: f64) {
        let top = place as f64 * f64::from(ROW);
        if top < self.scroll_top || top + f64::from(ROW) > self.scroll_top + height {
            self.scroll_top = (top - (height / 3.0 / f64::from(ROW)).floor() * f64::from(ROW)).max(0.0);
        }
    }

    /// Notes which row stands where: the open article's if it is in view, else the first one.
    fn remember_anchor(&mut self, current: Option<usize>, height: f64) {
        let in_view = |place: usize, top: f64| {
            let offset = place as f64 * f64::from(ROW) - top;
            (0.0..height).contains(&offset).then_some(offset)
        };
        let top = self.scroll_top;
        let of_current = current.and_then(|row| {
            let place = self.listing.place_of(row)?;
            Some((row as u32, in_view(place, top)?))
        });
        self.anchor = of_current.or_else(|| {
            let place = (top / f64::from(ROW)).ceil() as usize;
            Some((*self.listing.rows().get(place)?, in_view(place, top)?))
        });
    }
}

fn keys(ui: &Ui, current: Option<usize>, height: f64, ctx: &mut PanelCtx<'_>) {
    let page = ((height / f64::from(ROW)).floor() as isize - 1).max(1);
    let count = ctx.view.catalogue.listing.rows().len();
    let (mut step, mut shift) = (0, false);
    let (mut space, mut all, mut enter, mut escape) = (false, false, false, false);
    ui.input(|input| {
        for event in &input.events {
            // The modifiers of the key, not those at the end of a long frame.
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
            let distance = match key {
                Key::ArrowDown => 1,
                Key::ArrowUp => -1,
                Key::PageDown if !modifiers.command => page,
                Key::PageUp if !modifiers.command => -page,
                Key::End => count as isize,
                Key::Home => -(count as isize),
                _ => 0,
            };
            step += distance;
            shift |= distance != 0 && modifiers.shift;
            space |= *key == Key::Space;
            all |= *key == Key::A && modifiers.command;
            enter |= *key == Key::Enter && !modifiers.command;
            escape |= *key == Key::Escape;
        }
    });
    let at = current.and_then(|row| ctx.view.catalogue.listing.place_of(row));
    let state = &mut ctx.view.catalogue;
    if all {
        let rows: Vec<u32> = state.listing.rows().to_vec();
        for row in rows {
            state.chosen.set(row, true);
        }
    }
    if space && let Some(row) = current {
        state.toggle(row as u32);
    }
    if step != 0 && count > 0 {
        let next = at.map_or(0, |at| at.saturating_add_signed(step)).min(count - 1);
        if let Some(row) = state.listing.rows().get(next).copied() {
            if shift {
                state.choose_range(state.chosen.anchor.or(current.map(|row| row as u32)).unwrap_or(row), row);
            }
            state.reveal(next, height);
            if let Some(article) = ctx.session.catalogue().row(row as usize) {
                let id = article.id();
                ctx.view.catalogue.revealed = Some(id.clone());
                ctx.out.push(UiCommand::OpenArticle(id));
            }
        }
    }
    if enter || (escape && !super::step_back(ctx)) {
        ctx.view.focus_reader = true;
    }
}
