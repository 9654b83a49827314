//! Popups and tooltips.

use egui::{Area, Id, Order, Pos2, Rect, Response, Ui, UiBuilder, pos2, vec2};

use super::Pen;
use super::label::Text;
use crate::gui::theme::{TextRole, space};

/// Seconds that the pointer rests before a tooltip comes.
const REST_S: f32 = 0.4;

/// Draws `content` on a card of a known size with its left top corner at `pos`, moved so that it stays in the window.
/// Fades in; the area is above all panels.
pub fn popup_at<R>(
    pen: &mut Pen<'_>,
    ui: &Ui,
    id: Id,
    pos: Pos2,
    size: egui::Vec2,
    content: impl FnOnce(&mut Pen<'_>, &mut Ui, Rect) -> R,
) -> R {
    let window = ui.ctx().content_rect().shrink(4.0);
    let left = pos.x.min(window.right() - size.x).max(window.left());
    let top = pos.y.min(window.bottom() - size.y).max(window.top());
    let area = Area::new(id).order(Order::Foreground).fixed_pos(pos2(left, top)).constrain(false);
    area.show(ui.ctx(), |ui| {
        let (_, rect) = ui.allocate_space(size);
        // Keeps clicks on the card from reaching what lies under it.
        ui.interact(rect, id.with("ground"), egui::Sense::click());
        pen.card(ui.painter(), rect);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        content(pen, &mut inner, rect)
    })
    .inner
}

/// A tooltip under `response` while the pointer rests on it.
pub fn tooltip_ui(pen: &mut Pen<'_>, ui: &Ui, response: &Response, text: &str) {
    // An open menu says more, and must not be covered.
    if !response.hovered() || text.is_empty() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let rested = ui.input(|input| input.pointer.time_since_last_movement());
    if rested < REST_S {
        ui.ctx().request_repaint_after_secs(REST_S - rested + 0.01);
        return;
    }
    let widest = 320.0;
    let natural = pen.width(text, TextRole::Hint).min(widest);
    let height = pen.wrapped_height(text, TextRole::Hint, natural.ceil() + 1.0);
    let size = vec2(natural.ceil() + 1.0 + 2.0 * space::M, height + 2.0 * space::XS);
    let window = ui.ctx().content_rect().shrink(4.0);
    let below = response.rect.bottom() + 6.0;
    let top = if below + size.y > window.bottom() { response.rect.top() - 6.0 - size.y } else { below };
    let left = (response.rect.center().x - size.x / 2.0).min(window.right() - size.x).max(window.left());
    let area = Area::new(response.id.with("tooltip")).order(Order::Tooltip).interactable(false);
    area.fixed_pos(pos2(left, top)).constrain(false).show(ui.ctx(), |ui| {
        let (_, rect) = ui.allocate_space(size);
        pen.card(ui.painter(), rect);
        let color = pen.theme.tokens.text;
        pen.paint_wrapped(
            ui.painter(),
            rect.shrink2(vec2(space::M, space::XS)),
            text,
            Text::new(TextRole::Hint, color),
        );
    });
}
