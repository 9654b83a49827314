//! The findings about the open article.

use egui::accesskit::Role;
use egui::{Sense, Ui, vec2};

use super::{PAD, row};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{Icon, announce, paint_icon};
use crate::model::{Diagnostic, Severity};

/// More findings about the folder help nobody; `hashiya check` lists all.
const FOLDER_SHOWN: usize = 30;

/// Draws clashes, then one row per finding, about the article and about the folder; a click shows its place.
pub fn checks_ui(ui: &mut Ui, checks: &[Diagnostic], ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    ui.add_space(10.0);
    let has_clashes = super::clashes::clashes_ui(ui, ctx);
    let folder: Vec<Diagnostic> = ctx.session.problems().iter().take(FOLDER_SHOWN).cloned().collect();
    if checks.is_empty() && !has_clashes && folder.is_empty() {
        super::hint(ui, &mut ctx.pen(), i18n.text("checks-none"));
        return;
    }
    findings_ui(ui, "finding", checks, ctx);
    if !folder.is_empty() {
        if has_clashes || !checks.is_empty() {
            super::section_line(ui, &ctx.pen());
        }
        super::section_title(ui, &mut ctx.pen(), i18n.text("checks-folder"), "");
        findings_ui(ui, "folder", &folder, ctx);
    }
}

/// A finding with the file and line that it names.
fn sentence(finding: &Diagnostic) -> String {
    match (&finding.file, finding.line) {
        (Some(file), Some(line)) => format!("{file}:{line}: {}", finding.message),
        (Some(file), None) => format!("{file}: {}", finding.message),
        _ => finding.message.clone(),
    }
}

fn findings_ui(ui: &mut Ui, salt: &str, checks: &[Diagnostic], ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    for (at, finding) in checks.iter().enumerate() {
        let text = sentence(finding);
        let pen = ctx.pen();
        let width = ui.available_width() - 2.0 * PAD - 24.0;
        // Findings are written in English; they run left to right in both interfaces.
        let laid = pen.text.wrapped(&text, TextRole::Ui, crate::layout::Base::Auto, width);
        let place = row(ui, laid.size.y + 12.0);
        let response = ui.interact(place.expand2(vec2(6.0, 0.0)), ui.scope_id().with((salt, at)), Sense::click());
        announce(&response, Role::ListItem, &text);
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
