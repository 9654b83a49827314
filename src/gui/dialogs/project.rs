//! Questions about projects and files: a path, a new project, a pasted text, an encoding.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Sense, vec2};

use super::{choice, named_field, sentence, verbs_after_fields};
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Dialog, PathPurpose, ShellCtx};
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{ButtonKind, DialogFrame, Text, announce, dialog_ui};

/// The shipped schemes, in the order in which a new project offers them.
const SCHEMES: [&str; 5] = ["news", "ace2005", "ontonotes5", "conll2003", "wojood21"];

/// A path, where the system has no file dialog.
pub fn path_ui(egui: &egui::Context, purpose: PathPurpose, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let (title, hint) = match purpose {
        PathPurpose::Articles => (i18n.text("path-articles"), i18n.text("path-articles-hint")),
        PathPurpose::Project => (i18n.text("path-project"), i18n.text("path-project-hint")),
        PathPurpose::NewProjectFolder => (i18n.text("path-folder"), i18n.text("path-folder-hint")),
        PathPurpose::SaveCopy => (i18n.text("cmd-save-copy"), i18n.text("path-copy-hint")),
        PathPurpose::Scheme => (i18n.text("cmd-import-scheme"), i18n.text("path-scheme-hint")),
        PathPurpose::Knowledge => (i18n.text("cmd-attach-knowledge"), i18n.text("path-knowledge-hint")),
        PathPurpose::Export { .. } => (i18n.text("cmd-export"), i18n.text("path-export-hint")),
    };
    let mut field = std::mem::take(&mut ctx.view.dialogs.path);
    let (done, close) = dialog_ui(&mut ctx.pen(), egui, DialogFrame::new("path", title), |pen, ui| {
        sentence(pen, ui, hint);
        let name = i18n.text("path-field");
        let result = named_field(pen, ui, name, "path", &mut field, |options| options.ltr = true, is_new);
        let verb = verbs_after_fields(
            pen,
            ui,
            &[(i18n.text("verb-open"), "\u{21b5}"), (i18n.text("verb-cancel"), "Esc")],
            true,
        );
        (result.entered || verb == Some(0), result.cancelled || verb == Some(1))
    });
    let path = field.text().trim().to_owned();
    ctx.view.dialogs.path = field;
    if done.0 && !path.is_empty() {
        ctx.view.dialog = None;
        match purpose {
            // Several paths may stand in one line, between semicolons.
            PathPurpose::Articles => {
                let paths = path.split(';').map(|path| PathBuf::from(path.trim())).collect();
                ctx.out.push(UiCommand::ImportPaths(paths));
            }
            PathPurpose::Project => ctx.out.push(UiCommand::OpenProject { path: path.into(), annotator: None }),
            PathPurpose::SaveCopy => ctx.out.push(UiCommand::SaveCopy(path.into())),
            PathPurpose::Scheme => ctx.out.push(UiCommand::ImportScheme(path.into())),
            PathPurpose::Knowledge => ctx.out.push(UiCommand::AttachKnowledge(path.into())),
            PathPurpose::Export { .. } => {
                ctx.view.dialogs.export.set_place(&path);
                ctx.view.dialog = Some(Dialog::Export);
            }
            PathPurpose::NewProjectFolder => {
                ctx.view.dialogs.set_folder(&path);
                ctx.view.dialog = Some(Dialog::NewProject);
            }
        }
    } else if done.1 || close {
        ctx.view.dialog = match purpose {
            PathPurpose::NewProjectFolder => Some(Dialog::NewProject),
            PathPurpose::Export { .. } => Some(Dialog::Export),
            _ => None,
        };
    }
}

/// Name, folder, scheme and annotator of a new project.
pub fn new_project_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let drafts = &mut ctx.view.dialogs;
    let mut name = std::mem::take(&mut drafts.name);
    let mut folder = std::mem::take(&mut drafts.folder);
    let mut annotator = std::mem::take(&mut drafts.annotator);
    let mut scheme = drafts.scheme;
    let mut browse = false;
    let title = i18n.text("cmd-new-project");
    let ((create, cancel), close) =
        dialog_ui(&mut ctx.pen(), egui, DialogFrame::new("new project", title), |pen, ui| {
            let mut entered = false;
            let mut cancelled = false;
            let mut take = |result: &crate::gui::widgets::FieldResponse| {
                entered |= result.entered;
                cancelled |= result.cancelled;
            };
            take(&named_field(pen, ui, i18n.text("project-name"), "name", &mut name, |_| {}, is_new));
            take(&named_field(
                pen,
                ui,
                i18n.text("project-folder"),
                "folder",
                &mut folder,
                |options| options.ltr = true,
                false,
            ));
            let (_, row) = ui.allocate_space(vec2(ui.available_width(), 28.0));
            let text = i18n.text("verb-browse");
            let width = pen.button_width(text, "");
            let place = pen.flow().at_start(row, width);
            browse = pen.button(ui, place, text, "", ButtonKind::Plain).clicked();
            ui.add_space(10.0);
            if let Some(at) = choice(pen, ui, i18n.text("project-scheme"), "scheme", &SCHEMES, Some(scheme)) {
                scheme = at;
            }
            ui.add_space(8.0);
            take(&named_field(
                pen,
                ui,
                i18n.text("project-annotator"),
                "annotator",
                &mut annotator,
                |options| options.ltr = true,
                false,
            ));
            let color = pen.theme.tokens.text3;
            pen.paragraph(ui, i18n.text("annotator-hint"), Text::new(TextRole::Hint, color));
            let possible = is_annotator_id(annotator.text().trim()) && !folder.text().trim().is_empty();
            let texts = [(i18n.text("verb-create"), "\u{21b5}"), (i18n.text("verb-cancel"), "Esc")];
            let verb = verbs_after_fields(pen, ui, &texts, possible);
            ((entered || verb == Some(0)) && possible, cancelled || verb == Some(1))
        });
    let (name_text, folder_text, annotator_text) = (name.text(), folder.text(), annotator.text());
    let drafts = &mut ctx.view.dialogs;
    (drafts.name, drafts.folder, drafts.annotator, drafts.scheme) = (name, folder, annotator, scheme);
    if browse {
        ctx.out.push(UiCommand::Browse(PathPurpose::NewProjectFolder));
    }
    if create {
        ctx.view.dialog = None;
        ctx.out.push(UiCommand::CreateProject {
            path: folder_text.trim().into(),
            name: name_text.trim().to_owned(),
            scheme: SCHEMES.get(scheme).copied().unwrap_or("news").to_owned(),
            annotator: annotator_text.trim().to_owned(),
        });
    } else if cancel || close {
        ctx.view.dialog = None;
    }
}

/// Whether a text can name an annotator.
pub fn is_annotator_id(id: &str) -> bool {
    (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// A pasted text and its headline.
pub fn paste_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let mut title = std::mem::take(&mut ctx.view.dialogs.title);
    let mut body = std::mem::replace(&mut ctx.view.dialogs.body, crate::gui::widgets::Field::multi_line(""));
    let frame = DialogFrame { width: 640.0, ..DialogFrame::new("paste", i18n.text("cmd-paste-article")) };
    let ((add, cancel), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        let first = named_field(
            pen,
            ui,
            i18n.text("paste-title"),
            "paste title",
            &mut title,
            |options| {
                options.role = TextRole::List;
            },
            is_new,
        );
        let color = pen.theme.tokens.text2;
        pen.paragraph(ui, i18n.text("paste-text"), Text::new(TextRole::Ui, color));
        let height = 260.0_f32.min(ui.ctx().content_rect().height() - 320.0).max(90.0);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let mut options = crate::gui::widgets::FieldOptions::new(i18n.text("paste-text")).hint(i18n.text("paste-hint"));
        options.role = TextRole::Quote;
        let second = pen.text_field(ui, rect, egui::Id::unique("paste text"), &mut body, options);
        let possible = !body.text().trim().is_empty();
        let verb = verbs_after_fields(
            pen,
            ui,
            &[(i18n.text("verb-add"), "Ctrl \u{21b5}"), (i18n.text("verb-cancel"), "Esc")],
            possible,
        );
        let cancelled = first.cancelled || second.cancelled || verb == Some(1);
        ((first.entered || second.entered || verb == Some(0)) && possible, cancelled)
    });
    let (title_text, text) = (title.text(), body.text());
    (ctx.view.dialogs.title, ctx.view.dialogs.body) = (title, body);
    if add {
        ctx.view.dialog = None;
        ctx.out.push(UiCommand::ImportPasted { title: title_text.trim().to_owned(), text });
    } else if cancel || close {
        ctx.view.dialog = None;
    }
}

/// The readings of bytes whose encoding is not certain.
pub fn encoding_ui(egui: &egui::Context, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let question = ctx.view.dialogs.encoding.clone();
    let frame = DialogFrame { width: 640.0, ..DialogFrame::new("encoding", i18n.text("encoding-title")) };
    let (chosen, close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        sentence(pen, ui, &i18n.with("encoding-hint", &[("file", (&question.file).into())]));
        let mut chosen = None;
        let tokens = pen.theme.tokens.clone();
        for (at, (name, preview)) in question.readings.iter().enumerate() {
            let (_, row) = ui.allocate_space(vec2(ui.available_width(), 64.0));
            let card = row.shrink2(vec2(0.0, 4.0));
            let response = ui.interact(card, egui::Id::unique(("encoding", *name)), Sense::click());
            announce(&response, Role::Button, name);
            let fill = if response.hovered() { tokens.hover } else { tokens.raised };
            pen.boxed(ui.painter(), card, 6.0, fill, tokens.control);
            let mut cut = Cut::new(card.shrink2(vec2(12.0, 4.0)), pen.flow());
            let upper = cut.top(20.0);
            pen.paint_text(ui.painter(), upper, name, Text::new(TextRole::HintBold, tokens.text2));
            pen.paint_text(ui.painter(), cut.rest, preview, Text::new(TextRole::Quote, tokens.text).own());
            pen.ring_if_focused(ui, &response, 6.0);
            if at == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(*name);
            }
        }
        chosen
    });
    if let Some(name) = chosen {
        ctx.view.dialog = None;
        ctx.out.push(UiCommand::UseEncoding(name));
    } else if close {
        ctx.view.dialog = None;
        ctx.out.push(UiCommand::StopImport);
    }
}
