//! Writing the project in an exchange format: what, whose, how much of it the format carries, and where to.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{ScrollArea, Sense, Ui, vec2};

use super::{choice, named_field, verbs_after_fields};
use crate::gui::command::UiCommand;
use crate::gui::ctx::{PathPurpose, ShellCtx};
use crate::gui::i18n::{I18n, left_to_right};
use crate::gui::panels::{annotator_name, status_word};
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{DialogFrame, Field, Pen, Text, announce, dialog_ui};
use crate::model::{AnnotatorId, Status};
use crate::session::listing::STATUSES;
use crate::session::{ExportReport, ExportRequest, exportable_formats};

/// More annotators scroll.
const MOST_ROWS: usize = 4;
const BOX_ROW: f32 = 26.0;

/// What an export would be.
#[derive(Debug, Default)]
pub enum Preview {
    /// Nobody asked yet.
    #[default]
    None,
    /// Being worked out.
    Counting(ExportRequest),
    /// Known.
    Known(ExportRequest, Arc<ExportReport>),
    /// It could not be worked out.
    Failed(ExportRequest, String),
}

impl Preview {
    fn is_of(&self, request: &ExportRequest) -> bool {
        match self {
            Self::None => false,
            Self::Counting(of) | Self::Known(of, _) | Self::Failed(of, _) => of == request,
        }
    }
}

/// Choices of the export dialog; they stay for the next time.
#[derive(Debug, Default)]
pub struct ExportDraft {
    format: usize,
    /// Who is left out.
    without: BTreeSet<AnnotatorId>,
    statuses: BTreeSet<Status>,
    place: Field,
    /// Whether the place was written by the user, so that no suggestion replaces it.
    placed: bool,
    /// What the export would be.
    pub preview: Preview,
}

impl ExportDraft {
    /// The name of the chosen format, and whether it makes one file.
    #[must_use]
    pub fn format(&self) -> (&'static str, bool) {
        let formats = exportable_formats();
        formats.get(self.format).or(formats.first()).copied().unwrap_or(("hashiya-jsonl", true))
    }

    /// Puts in where the export goes, unless the user has said so.
    pub fn suggest(&mut self, place: &str) {
        if !self.placed {
            self.place.set_text(place);
        }
    }

    /// Takes a place that was chosen.
    pub fn set_place(&mut self, place: &str) {
        self.place.set_text(place);
        self.placed = true;
    }

    /// Forgets what belonged to another project.
    pub fn begin(&mut self) {
        (self.preview, self.placed) = (Preview::None, false);
    }

    fn request(&self, annotators: &[AnnotatorId]) -> ExportRequest {
        let chosen: Vec<AnnotatorId> = annotators.iter().filter(|id| !self.without.contains(*id)).cloned().collect();
        ExportRequest {
            format: self.format().0.to_owned(),
            annotators: (chosen.len() < annotators.len()).then_some(chosen),
            statuses: self.statuses.iter().copied().collect(),
        }
    }
}

/// Draws the dialog.
pub fn export_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(session) = ctx.session else {
        ctx.view.dialog = None;
        return;
    };
    let annotators = session.annotators();
    let names: Vec<String> = annotators.iter().map(|id| annotator_name(session, id)).collect();
    let mut draft = std::mem::take(&mut ctx.view.dialogs.export);
    let before = draft.format;
    let request = draft.request(&annotators);
    let frame = DialogFrame { width: 600.0, ..DialogFrame::new("export", i18n.text("cmd-export")) };
    let mut browse = false;
    let ((go, cancel), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        format_ui(pen, ui, &mut draft);
        heading(pen, ui, i18n.text("export-whose"));
        annotators_ui(pen, ui, &annotators, &names, &mut draft);
        heading(pen, ui, i18n.text("export-states"));
        statuses_ui(pen, ui, &mut draft);
        ui.add_space(6.0);
        preview_ui(pen, ui, &draft.preview, draft.format().1);
        ui.add_space(8.0);
        let name = i18n.text(if draft.format().1 { "export-file" } else { "export-folder" });
        let place = named_field(pen, ui, name, "export place", &mut draft.place, |options| options.ltr = true, is_new);
        draft.placed |= place.changed;
        let possible = !draft.place.text().trim().is_empty() && draft.without.len() < annotators.len().max(1);
        let texts = [
            (i18n.text("cmd-export"), "\u{21b5}"),
            (i18n.text("verb-choose-place"), ""),
            (i18n.text("verb-cancel"), "Esc"),
        ];
        let verb = verbs_after_fields(pen, ui, &texts, possible);
        browse = verb == Some(1);
        ((place.entered || verb == Some(0)) && possible, place.cancelled || verb == Some(2))
    });
    if draft.format != before || is_new {
        ctx.out.push(UiCommand::SuggestExportPlace);
    }
    let now = draft.request(&annotators);
    if !draft.preview.is_of(&now) {
        ctx.out.push(UiCommand::PreviewExport(now));
    }
    let place = draft.place.text().trim().to_owned();
    let one_file = draft.format().1;
    ctx.view.dialogs.export = draft;
    if go {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
        ctx.out.push(UiCommand::Export { request, target: PathBuf::from(place) });
    } else if browse {
        ctx.out.push(UiCommand::Browse(PathPurpose::Export { one_file }));
    } else if cancel || close {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
}

fn heading(pen: &mut Pen<'_>, ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    let color = pen.theme.tokens.text2;
    pen.paragraph(ui, text, Text::new(TextRole::UiBold, color));
}

fn format_ui(pen: &mut Pen<'_>, ui: &mut Ui, draft: &mut ExportDraft) {
    let names: Vec<&str> = exportable_formats().iter().map(|(name, _)| *name).collect();
    let name = pen.i18n.text("export-format");
    if let Some(at) = choice(pen, ui, name, "export format", &names, Some(draft.format)) {
        draft.format = at;
    }
}

fn annotators_ui(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    annotators: &[AnnotatorId],
    names: &[String],
    draft: &mut ExportDraft,
) {
    let height = annotators.len().min(MOST_ROWS) as f32 * BOX_ROW;
    let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("export annotators");
    pen.scroll(area).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (id, name) in annotators.iter().zip(names) {
            let (_, line) = ui.allocate_space(vec2(ui.available_width(), BOX_ROW));
            if pen.check_box(ui, line, name, !draft.without.contains(id)).clicked() && !draft.without.remove(id) {
                draft.without.insert(id.clone());
            }
        }
    });
}

fn statuses_ui(pen: &mut Pen<'_>, ui: &mut Ui, draft: &mut ExportDraft) {
    for three in STATUSES.chunks(3) {
        let (_, line) = ui.allocate_space(vec2(ui.available_width(), BOX_ROW));
        let mut cut = Cut::new(line, pen.flow());
        for status in three {
            let place = cut.start(line.width() / 3.0);
            let word = status_word(pen.i18n, *status).to_owned();
            if pen.check_box(ui, place, &word, draft.statuses.contains(status)).clicked()
                && !draft.statuses.remove(status)
            {
                draft.statuses.insert(*status);
            }
        }
    }
}

/// What would be written, and what the format cannot carry.
fn preview_ui(pen: &mut Pen<'_>, ui: &mut Ui, preview: &Preview, one_file: bool) {
    let i18n = pen.i18n;
    let tokens = pen.theme.tokens.clone();
    let (first, second, color) = match preview {
        Preview::None | Preview::Counting(_) => (i18n.text("export-counting").to_owned(), String::new(), tokens.text3),
        Preview::Failed(_, reason) => (reason.clone(), String::new(), tokens.error),
        Preview::Known(_, report) => {
            let id = if one_file { "export-would-file" } else { "export-would-folder" };
            let first = i18n.with(id, &[("n", report.articles.into())]);
            (first, loss_text(i18n, report), if report.loss.is_empty() { tokens.text2 } else { tokens.warn })
        }
    };
    // The place is kept while it is being worked out, so that nothing moves.
    let (_, top) = ui.allocate_space(vec2(ui.available_width(), 44.0));
    let mut lines = Cut::new(top, pen.flow());
    pen.label(ui, lines.top(22.0), &first, Text::new(TextRole::Ui, tokens.text));
    if !second.is_empty() {
        pen.label(ui, lines.rest, &second, Text::new(TextRole::Ui, color));
    }
    let response = ui.interact(top, ui.scope_id().with("export preview"), Sense::hover());
    announce(&response, Role::Status, &format!("{first} {second}"));
}

/// What the format cannot carry, in one sentence.
fn loss_text(i18n: &I18n, report: &ExportReport) -> String {
    if report.loss.is_empty() {
        return i18n.text("export-no-loss").to_owned();
    }
    let part = |(kind, ids): (&str, &[String])| match kind {
        "mentions" => i18n.with("count-mentions", &[("n", ids.len().into())]),
        "claims" => i18n.with("count-claims", &[("n", ids.len().into())]),
        "stances" => i18n.with("count-stances", &[("n", ids.len().into())]),
        "article fields and notes" => i18n.with("export-lost-notes", &[("n", ids.len().into())]),
        other => format!("{} {}", i18n.count(ids.len()), left_to_right(other)),
    };
    let parts: Vec<String> = report.loss.iter().map(part).collect();
    i18n.with("export-loss", &[("list", parts.join(" \u{b7} ").as_str().into())])
}
