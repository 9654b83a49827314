//! Lists that scroll, with the bar where lines end: egui knows a bar at the right only, and cuts what is under it.

use egui::accesskit::Role;
use egui::scroll_area::{ScrollAreaOutput, ScrollBarVisibility};
use egui::{Color32, Id, Rect, Response, ScrollArea, Sense, Ui, pos2, vec2};

use super::Pen;
use crate::gui::theme::Flow;

/// Shortest handle.
const HANDLE: f32 = 28.0;

/// How a bar looks.
#[derive(Clone, Copy, Debug)]
pub struct BarLook {
    /// Width of the part in which the handle can be caught. It lies over the padding of the content.
    pub lane: f32,
    /// Width of the handle.
    rest: f32,
    /// The same under the pointer.
    hot: f32,
    /// Whether it is hardly seen until the pointer comes.
    is_quiet: bool,
}

impl BarLook {
    /// Of a list.
    pub const LIST: Self = Self { lane: 10.0, rest: 3.0, hot: 6.0, is_quiet: false };
    /// Of the page that is read.
    pub const PAGE: Self = Self { lane: 12.0, rest: 4.0, hot: 8.0, is_quiet: true };
}

/// A look with its colours and its side.
#[derive(Clone, Copy, Debug)]
pub struct BarStyle {
    look: BarLook,
    flow: Flow,
    rest: Color32,
    hot: Color32,
}

/// Something longer than its place: how long it is, and how much of it lies above. In 64 bits, because a list of a
/// million rows is longer than 32 bits can measure by the pixel.
#[derive(Clone, Copy, Debug)]
pub struct Scrolled {
    /// Its length, in any unit.
    pub total: f64,
    /// How much of it is in view.
    pub height: f64,
    /// How much of it lies above.
    pub top: f64,
}

/// Draws the bar of what is shown in `rect`, where lines end, and answers where a drag of it leads to.
pub fn scroll_bar(ui: &Ui, rect: Rect, id: Id, what: Scrolled, style: BarStyle) -> Option<f64> {
    let BarStyle { look, flow, .. } = style;
    let hidden = what.total - what.height;
    let track = flow.at_end(rect, look.lane);
    let length = ((what.height / what.total) as f32 * track.height()).max(HANDLE);
    let room = track.height() - length;
    if hidden <= 0.0 || room <= 0.0 {
        return None;
    }
    let at = (what.top / hidden).clamp(0.0, 1.0);
    let top = track.top() + at as f32 * room;
    let response = ui.interact(track, id, Sense::drag());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ScrollBar);
        node.set_numeric_value(what.top);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(hidden);
    });
    let hot = response.hovered() || response.dragged();
    let handle = Rect::from_min_size(pos2(track.left(), top), vec2(look.lane, length));
    let (width, color) = if hot { (look.hot, style.hot) } else { (look.rest, style.rest) };
    let thin = flow.at_end(handle.shrink2(vec2(2.0, 2.0)), width);
    ui.painter().rect_filled(thin, width / 2.0, color);
    dragged(ui, &response, top, |top| f64::from((top - track.top()) / room) * hidden).map(|to| to.clamp(0.0, hidden))
}

/// Where the handle is dragged to: it keeps under the pointer the place where it was taken, so that a pointer that went
/// past the end and comes back finds it there.
fn dragged(ui: &Ui, response: &Response, top: f32, to: impl Fn(f32) -> f64) -> Option<f64> {
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged())?;
    let key = response.id.with("taken at");
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        ui.data_mut(|data| data.insert_temp(key, origin.y - top));
    }
    let taken_at = ui.data(|data| data.get_temp::<f32>(key))?;
    ui.ctx().request_repaint();
    Some(to(pointer.y - taken_at))
}

/// A vertical scroll area with a mirrored bar. The content has the whole width; it keeps its own padding.
#[must_use]
pub struct Scroll {
    area: ScrollArea,
    style: BarStyle,
}

impl Pen<'_> {
    /// A scroll area that is drawn with [`Scroll::show`].
    pub fn scroll(&self, area: ScrollArea) -> Scroll {
        let area = area.scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        Scroll { area, style: self.bar_style(BarLook::LIST) }
    }

    /// How a bar is drawn by [`scroll_bar`].
    #[must_use]
    pub fn bar_style(&self, look: BarLook) -> BarStyle {
        let tokens = &self.theme.tokens;
        let rest = if look.is_quiet { tokens.line } else { tokens.control };
        BarStyle { look, flow: self.flow(), rest, hot: tokens.control }
    }
}

impl Scroll {
    /// Shows `content`.
    pub fn show<R>(self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
        let (area, key) = self.area_now(ui);
        let output = area.show(ui, content);
        bar_ui(ui, key, self.style, output)
    }

    /// Shows those of `count` rows, each `height` points high, that are in view.
    pub fn show_rows<R>(
        self,
        ui: &mut Ui,
        height: f32,
        count: usize,
        content: impl FnOnce(&mut Ui, std::ops::Range<usize>) -> R,
    ) -> R {
        let (area, key) = self.area_now(ui);
        let output = area.show_rows(ui, height, count, content);
        bar_ui(ui, key, self.style, output)
    }

    /// The area at the place to which a drag of the bar in the frame before leads, if there was one; and where the next
    /// one is noted.
    fn area_now(&self, ui: &Ui) -> (ScrollArea, Id) {
        let area = self.area.clone();
        let key = ui.scope_id().with(("scroll dragged", ui.next_auto_id()));
        match ui.data_mut(|data| data.remove_temp::<f32>(key)) {
            Some(to) => (area.vertical_scroll_offset(to), key),
            None => (area, key),
        }
    }
}

/// The bar over what was drawn; a drag shows in the next frame.
fn bar_ui<R>(ui: &Ui, key: Id, style: BarStyle, output: ScrollAreaOutput<R>) -> R {
    let ScrollAreaOutput { inner, id, state, content_size, inner_rect } = output;
    // Less than a pixel is rounding.
    if content_size.y - inner_rect.height() >= 1.0 {
        let (total, height) = (f64::from(content_size.y), f64::from(inner_rect.height()));
        let what = Scrolled { total, height, top: f64::from(state.clamped_offset().y) };
        if let Some(to) = scroll_bar(ui, inner_rect, id.with("mirrored bar"), what, style) {
            ui.data_mut(|data| data.insert_temp(key, to as f32));
        }
    }
    inner
}
