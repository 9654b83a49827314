//! Lists that scroll, with the bar where lines end: egui knows a bar at the right only, and cuts what is under it.

use egui::scroll_area::{ScrollAreaOutput, ScrollBarVisibility};
use egui::{Color32, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::Pen;
use crate::gui::theme::Flow;

/// Width of the part in which the handle can be caught. It lies over the padding of the content.
const BAR: f32 = 10.0;
/// Shortest handle.
const HANDLE: f32 = 28.0;

/// A vertical scroll area with a mirrored bar. The content has the whole width; it keeps its own padding.
#[must_use]
pub struct Scroll {
    area: ScrollArea,
    flow: Flow,
    color: Color32,
}

impl Pen<'_> {
    /// A scroll area that is drawn with [`Scroll::show`].
    pub fn scroll(&self, area: ScrollArea) -> Scroll {
        let area = area.scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        Scroll { area, flow: self.flow(), color: self.theme.tokens.control }
    }
}

impl Scroll {
    /// Shows `content`.
    pub fn show<R>(self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
        let output = dragged(ui, self.area).show(ui, content);
        bar_ui(ui, self.flow, self.color, output)
    }

    /// Shows those of `count` rows, each `height` points high, that are in view.
    pub fn show_rows<R>(
        self,
        ui: &mut Ui,
        height: f32,
        count: usize,
        content: impl FnOnce(&mut Ui, std::ops::Range<usize>) -> R,
    ) -> R {
        let output = dragged(ui, self.area).show_rows(ui, height, count, content);
        bar_ui(ui, self.flow, self.color, output)
    }
}

/// Where a drag of the bar in the frame before leads, if there was one.
fn dragged(ui: &Ui, area: ScrollArea) -> ScrollArea {
    let to = ui.data_mut(|data| data.remove_temp::<f32>(ui.scope_id().with("scroll dragged")));
    match to {
        Some(to) => area.vertical_scroll_offset(to),
        None => area,
    }
}

/// The bar over what was drawn; a drag shows in the next frame.
fn bar_ui<R>(ui: &Ui, flow: Flow, color: Color32, output: ScrollAreaOutput<R>) -> R {
    let ScrollAreaOutput { inner, id, state, content_size, inner_rect } = output;
    let hidden = content_size.y - inner_rect.height();
    if hidden < 1.0 || inner_rect.height() <= HANDLE {
        return inner;
    }
    let track = flow.at_end(inner_rect, BAR);
    let length = (inner_rect.height() / content_size.y * track.height()).max(HANDLE);
    let room = track.height() - length;
    let at = state.clamped_offset().y.clamp(0.0, hidden);
    let response = ui.interact(track, id.with("mirrored bar"), Sense::drag());
    if response.dragged() && room > 0.0 {
        let to = (at + response.drag_delta().y / room * hidden).clamp(0.0, hidden);
        ui.data_mut(|data| data.insert_temp(ui.scope_id().with("scroll dragged"), to));
        ui.ctx().request_repaint();
    }
    let top = track.top() + at / hidden * room;
    let handle = Rect::from_min_size(pos2(track.left(), top), vec2(BAR, length));
    let width = if response.hovered() || response.dragged() { 6.0 } else { 3.0 };
    let thin = flow.at_end(handle.shrink2(vec2(2.0, 2.0)), width);
    ui.painter().rect_filled(thin, width / 2.0, color);
    inner
}
