//! Questions in the middle of the window, one at a time.

mod ask;
mod assignment;
mod export;
mod imports;
mod keys;
mod palette;
mod project;
mod settings;

pub use export::{ExportDraft, Preview};
pub use imports::ImportList;

use egui::{Rect, Ui, vec2};

use super::command::CommandId;
use super::ctx::{Dialog, ShellCtx};
use super::theme::{Cut, TextRole, metrics};
use super::widgets::{ButtonKind, Field, FieldOptions, FieldResponse, Pen, Text};

/// Bytes whose encoding is not certain, and what they could be.
#[derive(Clone, Debug, Default)]
pub struct EncodingQuestion {
    /// Name of the file.
    pub file: String,
    /// Encodings with their first words, the most probable first.
    pub readings: Vec<(&'static str, String)>,
}

/// Drafts of the dialogs.
#[derive(Debug)]
pub struct DialogState {
    query: Field,
    row: usize,
    /// What the palette has found.
    palette: palette::PaletteState,
    path: Field,
    /// Folder, name and annotator of a new project, before the user changes them.
    name: Field,
    folder: Field,
    annotator: Field,
    scheme: usize,
    title: Field,
    body: Field,
    /// A new assignment plan.
    plan: assignment::PlanDraft,
    /// What the encoding dialog asks.
    pub encoding: EncodingQuestion,
    /// Choices of the export dialog.
    pub export: ExportDraft,
    /// What the dialog of imports shows.
    pub imports: ImportList,
    /// Whether the user is new in the project, so that the question who annotates is the first one.
    pub newcomer: bool,
    /// Whether somebody new is typed in, in place of one of those who are here.
    new_person: bool,
    /// The command that waits for its new key.
    pub waits_for_key: Option<CommandId>,
    /// The chord that was pressed for it.
    pub pressed: Option<super::command::Chord>,
    /// The dialog that the drafts belong to.
    shown: Option<Dialog>,
}

impl Default for DialogState {
    fn default() -> Self {
        Self {
            query: Field::default(),
            row: 0,
            palette: palette::PaletteState::default(),
            path: Field::default(),
            name: Field::default(),
            folder: Field::default(),
            annotator: Field::default(),
            scheme: 0,
            title: Field::default(),
            body: Field::multi_line(""),
            plan: assignment::PlanDraft::default(),
            encoding: EncodingQuestion::default(),
            export: ExportDraft::default(),
            imports: ImportList::default(),
            newcomer: false,
            new_person: false,
            waits_for_key: None,
            pressed: None,
            shown: None,
        }
    }
}

impl DialogState {
    /// Fills the drafts of a new project.
    pub fn suggest_project(&mut self, name: &str, folder: &str, annotator: &str) {
        self.name = Field::one_line(name);
        self.folder = Field::one_line(folder);
        self.annotator = Field::one_line(annotator);
        self.scheme = 0;
    }

    /// Whether the palette is still looking for articles.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.palette.is_busy()
    }

    /// Puts a chosen folder into the draft of a new project.
    pub fn set_folder(&mut self, folder: &str) {
        self.folder.set_text(folder);
    }
}

/// Draws the dialog that is open, if one is.
pub fn dialogs_ui(ui: &mut Ui, ctx: &mut ShellCtx<'_>) {
    let Some(dialog) = ctx.view.dialog.clone() else {
        ctx.view.dialogs.shown = None;
        return;
    };
    let is_new = ctx.view.dialogs.shown.as_ref() != Some(&dialog);
    if is_new {
        begin(&dialog, ctx);
        ctx.view.dialogs.shown = Some(dialog.clone());
    }
    let egui = ui.ctx().clone();
    match dialog {
        Dialog::Palette => palette::palette_ui(&egui, is_new, ctx),
        Dialog::Path(purpose) => project::path_ui(&egui, purpose, is_new, ctx),
        Dialog::NewProject => project::new_project_ui(&egui, is_new, ctx),
        Dialog::Paste(_) => project::paste_ui(&egui, is_new, ctx),
        Dialog::Encoding => project::encoding_ui(&egui, ctx),
        Dialog::AssignmentPlan => assignment::assignment_ui(&egui, is_new, ctx),
        Dialog::Imports => imports::imports_ui(&egui, ctx),
        Dialog::Export => export::export_ui(&egui, is_new, ctx),
        Dialog::WhoAmI => ask::who_ui(&egui, is_new, ctx),
        Dialog::Settings => settings::settings_ui(&egui, ctx),
        Dialog::Keymap => keys::keymap_ui(&egui, is_new, ctx),
        Dialog::Help(about) => ask::help_ui(&egui, about.as_deref(), ctx),
        Dialog::About => ask::about_ui(&egui, ctx),
        Dialog::ReadOnly => ask::read_only_ui(&egui, ctx),
        Dialog::Error { title, details } => ask::error_ui(&egui, &title, &details, ctx),
    }
}

/// Gives the drafts of a dialog their first values.
fn begin(dialog: &Dialog, ctx: &mut ShellCtx<'_>) {
    let drafts = &mut ctx.view.dialogs;
    drafts.row = 0;
    match dialog {
        Dialog::Palette => {
            drafts.query = Field::default();
            drafts.palette = palette::PaletteState::default();
        }
        Dialog::Keymap => drafts.query = Field::default(),
        Dialog::Path(_) => drafts.path = Field::default(),
        Dialog::Paste(text) => {
            drafts.title = Field::default();
            drafts.body = Field::multi_line(text);
        }
        Dialog::AssignmentPlan => {
            if let Some(session) = ctx.session {
                drafts.plan = assignment::PlanDraft::begin(session);
            }
        }
        Dialog::Imports => {
            drafts.imports = ImportList::Reading;
            ctx.out.push(super::command::UiCommand::ListImports);
        }
        Dialog::Export => drafts.export.begin(),
        Dialog::WhoAmI => {
            if let Some(session) = ctx.session {
                drafts.new_person = false;
                drafts.annotator = Field::one_line(if drafts.newcomer { "" } else { session.annotator().as_str() });
                let name = session.profile().map(|profile| profile.display_name.clone()).unwrap_or_default();
                drafts.name = Field::one_line(&name);
            }
        }
        _ => {}
    }
}

/// A named field under its name; takes the keyboard if `focus`.
fn named_field(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    name: &str,
    salt: &str,
    field: &mut Field,
    options: impl FnOnce(&mut FieldOptions<'_>),
    focus: bool,
) -> FieldResponse {
    let color = pen.theme.tokens.text2;
    pen.paragraph(ui, name, Text::new(TextRole::Ui, color));
    ui.add_space(3.0);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 32.0));
    let id = egui::Id::unique(("dialog field", salt));
    if focus || (salt_is_first(salt) && ui.memory(|memory| memory.focused().is_none())) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut all = FieldOptions::new(name);
    options(&mut all);
    let result = pen.text_field(ui, rect, id, field, all);
    ui.add_space(10.0);
    result
}

/// The field of each dialog that takes the keyboard while nothing has it.
fn salt_is_first(salt: &str) -> bool {
    matches!(salt, "path" | "plan people" | "name" | "export place" | "paste title" | "who id")
}

/// The row of verbs under a dialog: the first one that is likely meant, then the others. Returns which was chosen.
fn verbs(pen: &mut Pen<'_>, ui: &mut Ui, texts: &[(&str, &str)], possible: bool) -> Option<usize> {
    verbs_row(pen, ui, texts, possible, true)
}

/// The same under fields, which take the keyboard themselves.
fn verbs_after_fields(pen: &mut Pen<'_>, ui: &mut Ui, texts: &[(&str, &str)], possible: bool) -> Option<usize> {
    verbs_row(pen, ui, texts, possible, false)
}

fn verbs_row(pen: &mut Pen<'_>, ui: &mut Ui, texts: &[(&str, &str)], possible: bool, focus: bool) -> Option<usize> {
    ui.add_space(8.0);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 32.0));
    let mut cut = Cut::new(rect, pen.flow());
    let mut chosen = None;
    for (at, (text, caption)) in texts.iter().enumerate() {
        let width = pen.button_width(text, caption) + 6.0;
        let place: Rect = cut.start(width);
        cut.start(8.0);
        let kind = if at == 0 { ButtonKind::Primary } else { ButtonKind::Plain };
        let response = pen.button_if(ui, place, text, caption, kind, at > 0 || possible);
        if response.clicked() {
            chosen = Some(at);
        }
        let nothing = ui.memory(|memory| memory.focused().is_none());
        if at == 0 && focus && nothing {
            response.request_focus();
        }
    }
    chosen
}

/// A line of text with air under it.
fn sentence(pen: &mut Pen<'_>, ui: &mut Ui, text: &str) {
    let color = pen.theme.tokens.text2;
    pen.paragraph(ui, text, Text::new(TextRole::Ui, color));
    ui.add_space(8.0);
}

/// A named choice of a few values; returns the one that was chosen.
fn choice(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    name: &str,
    salt: &str,
    texts: &[&str],
    chosen: Option<usize>,
) -> Option<usize> {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), metrics::FIELD + 8.0));
    let mut cut = Cut::new(super::theme::middle_of(rect, metrics::FIELD), pen.flow());
    let place = cut.start(150.0);
    let color = pen.theme.tokens.text2;
    pen.label(ui, place, name, Text::new(TextRole::Ui, color));
    let width = pen.segments_width(texts).min(cut.rest.width());
    let place = cut.start(width);
    pen.segments(ui, place, salt, texts, chosen)
}
