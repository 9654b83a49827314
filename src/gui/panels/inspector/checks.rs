//! The findings about the open article.

use egui::accesskit::Role;
use egui::{Sense, Ui, vec2};

use super::{PAD, row};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{Icon, announce, paint_icon};
use crate::model::{Diagnostic, Severity};

/// Draws one row per finding; a click shows its place.
pub fn checks_ui(ui: &mut Ui, checks: &[Diagnostic], ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    ui.add_space(10.0);
    if checks.is_empty() {
        super::hint(ui, &mut ctx.pen(), i18n.text("checks-none"));
        return;
    }
    for (at, finding) in checks.iter().enumerate() {
        let pen = ctx.pen();
        let width = ui.available_width() - 2.0 * PAD - 24.0;
        // Findings are written in English; they run left to right in both interfaces.
        let laid = pen.text.wrapped(&finding.message, TextRole::Ui, crate::layout::Base::Auto, width);
        let place = row(ui, laid.size.y + 12.0);
        let response = ui.interact(place.expand2(vec2(6.0, 0.0)), ui.scope_id().with(("finding", at)), Sense::click());
        announce(&response, Role::ListItem, &finding.message);
        pen.row_ground(ui, response.rect, &response, false);
        let mut cut = Cut::new(place.shrink2(vec2(0.0, 6.0)), pen.flow());
        let mut icon = cut.start(14.0);
        icon.set_height(18.0);
        let (sign, color) = match finding.severity {
            Severity::Hint => (Icon::Info, tokens.text2),
            Severity::Warning => (Icon::Warning, tokens.warn),
            Severity::Error => (Icon::Warning, tokens.error),
        };
        paint_icon(ui.painter(), icon, sign, color, pen.flow());
        cut.start(10.0);
        pen.text.paint(ui.painter(), &laid, cut.rest.min, tokens.text);
        if response.clicked()
            && let Some(span) = finding.span
        {
            ctx.out.push(UiCommand::Reveal(span));
        }
    }
}
