//! The checks: clashes, findings about the open article, what was dismissed, and findings about the folder.

use egui::Ui;

use super::findings::{self, Sign};
use crate::gui::ctx::PanelCtx;
use crate::model::Diagnostic;
use crate::session::Checks;

/// More findings about the folder help nobody; `hashiya check` lists all.
const FOLDER_SHOWN: usize = 30;

/// Draws clashes, then one row per finding, about the article and about the folder; a click shows its place.
pub fn checks_ui(ui: &mut Ui, checks: &Checks, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    ui.add_space(10.0);
    let has_clashes = super::clashes::clashes_ui(ui, ctx);
    let folder: Vec<Diagnostic> = ctx.session.problems().iter().take(FOLDER_SHOWN).cloned().collect();
    let has_findings = checks.count() > 0 || !checks.dismissed.is_empty();
    if checks.count() == 0 && !has_clashes && folder.is_empty() {
        super::hint(ui, &mut ctx.pen(), i18n.text("checks-none"));
    }
    findings::findings_ui(ui, checks, ctx);
    if folder.is_empty() {
        return;
    }
    if has_clashes || has_findings {
        super::section_line(ui, &ctx.pen());
    }
    super::section_title(ui, &mut ctx.pen(), i18n.text("checks-folder"), "");
    for (at, finding) in folder.iter().enumerate() {
        // What is found in the folder names files, and is said in English.
        let text = sentence(finding);
        findings::row_ui(ui, ("folder", at), Sign::Severity(finding.severity), &[&text], &text, false, ctx);
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
