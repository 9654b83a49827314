//! Who annotates, help, about, and errors.

use egui::accesskit::Role;
use egui::vec2;

use super::{named_field, sentence, verbs, verbs_after_fields};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::ShellCtx;
use crate::gui::theme::TextRole;
use crate::gui::widgets::{DialogFrame, Pen, Text, dialog_ui};
use crate::model::{AttributeId, LabelId, Profile, localised};
use crate::session::{Command, SaveState};

/// The annotator's id and name.
pub fn who_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(session) = ctx.session else {
        ctx.view.dialog = None;
        return;
    };
    let (current, dir) = (session.annotator().to_string(), session.dir().to_path_buf());
    let known: Vec<String> = session.annotators().iter().map(ToString::to_string).collect();
    let stored = session.profile().map(|profile| profile.display_name.clone()).unwrap_or_default();
    let mut id = std::mem::take(&mut ctx.view.dialogs.annotator);
    let mut name = std::mem::take(&mut ctx.view.dialogs.name);
    let frame = DialogFrame::new("who", i18n.text("cmd-who-am-i"));
    let ((keep, cancel), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        sentence(pen, ui, &i18n.with("who-known", &[("list", known.join(", ").as_str().into())]));
        let first = named_field(
            pen,
            ui,
            i18n.text("project-annotator"),
            "who id",
            &mut id,
            |options| options.ltr = true,
            is_new,
        );
        let second = named_field(pen, ui, i18n.text("who-name"), "who name", &mut name, |_| {}, false);
        let color = pen.theme.tokens.text3;
        pen.paragraph(ui, i18n.text("annotator-hint"), Text::new(TextRole::Hint, color));
        let possible = super::project::is_annotator_id(id.text().trim());
        let verb = verbs_after_fields(
            pen,
            ui,
            &[(i18n.text("verb-keep"), "\u{21b5}"), (i18n.text("verb-cancel"), "Esc")],
            possible,
        );
        let entered = first.entered || second.entered;
        ((entered || verb == Some(0)) && possible, first.cancelled || second.cancelled || verb == Some(1))
    });
    let (id_text, name_text) = (id.text().trim().to_owned(), name.text().trim().to_owned());
    (ctx.view.dialogs.annotator, ctx.view.dialogs.name) = (id, name);
    if keep {
        ctx.view.dialog = None;
        ctx.view.settings.annotator.clone_from(&id_text);
        if id_text != current {
            ctx.out.push(UiCommand::OpenProject { path: dir, annotator: Some(id_text) });
        } else if name_text != stored {
            let profile = Profile { display_name: name_text };
            ctx.out.push(UiCommand::Run(Box::new(Command::SetProfile { profile })));
        }
    } else if cancel || close {
        ctx.view.dialog = None;
    }
}

/// Help for a label or field of the scheme, or the first steps.
pub fn help_ui(egui: &egui::Context, about: Option<&str>, ctx: &mut ShellCtx<'_>) {
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let mut title = i18n.text("help-title").to_owned();
    let mut paragraphs: Vec<String> = Vec::new();
    let label = about.zip(ctx.session).and_then(|(id, session)| session.scheme().label(&LabelId::new(id)));
    let field =
        about.zip(ctx.session).and_then(|(id, session)| session.scheme().mention_attribute(&AttributeId::new(id)));
    if let Some(label) = label {
        title = i18n
            .with("help-label", &[("id", label.id.as_str().into()), ("name", localised(&label.name, language).into())]);
        paragraphs.extend([&label.definition, &label.help].map(|text| localised(text, language).to_owned()));
    } else if let Some(field) = field {
        localised(&field.name, language).clone_into(&mut title);
        paragraphs.push(localised(&field.help, language).to_owned());
    } else {
        let key = |id: CommandId| ctx.keymap.caption(id);
        paragraphs.push(i18n.text("help-first").to_owned());
        paragraphs.push(i18n.with(
            "help-second",
            &[("start", key(CommandId::StartEdge).as_str().into()), ("end", key(CommandId::EndEdge).as_str().into())],
        ));
        paragraphs.push(i18n.with(
            "help-third",
            &[("palette", key(CommandId::Palette).as_str().into()), ("keys", key(CommandId::Keymap).as_str().into())],
        ));
    }
    paragraphs.retain(|text| !text.is_empty());
    let (verb, close) = dialog_ui(&mut ctx.pen(), egui, DialogFrame::new("help", &title), |pen, ui| {
        for text in &paragraphs {
            sentence(pen, ui, text);
        }
        verbs(pen, ui, &[(i18n.text("verb-close"), "Esc")], true)
    });
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
}

/// About the program.
pub fn about_ui(egui: &egui::Context, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let (verb, close) =
        dialog_ui(&mut ctx.pen(), egui, DialogFrame::new("about", i18n.text("cmd-about")), |pen, ui| {
            let version = crate::gui::i18n::left_to_right(env!("CARGO_PKG_VERSION"));
            sentence(pen, ui, &i18n.with("version", &[("version", (&version).into())]));
            sentence(pen, ui, i18n.text("about-what"));
            sentence(pen, ui, i18n.text("about-licence"));
            sentence(pen, ui, i18n.text("about-fonts"));
            verbs(pen, ui, &[(i18n.text("verb-close"), "Esc")], true)
        });
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
}

/// What failed, where, what is safe, what to do.
pub fn error_ui(egui: &egui::Context, title: &str, details: &str, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let frame = DialogFrame { width: 600.0, error: true, ..DialogFrame::new("error", title) };
    let (verb, close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        details_ui(pen, ui, details);
        verbs(pen, ui, &[(i18n.text("verb-understood"), "\u{21b5}")], true)
    });
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
}

/// Sentences that may hold paths and words of the system, so they run in their own direction.
fn details_ui(pen: &mut Pen<'_>, ui: &mut egui::Ui, details: &str) {
    let color = pen.theme.tokens.text2;
    let width = ui.available_width();
    let laid = pen.text.wrapped(details, TextRole::Ui, crate::layout::Base::Auto, width);
    let (id, rect) = ui.allocate_space(vec2(width, laid.size.y));
    pen.text.paint(ui.painter(), &laid, rect.min, color);
    crate::gui::widgets::announce(&ui.interact(rect, id, egui::Sense::hover()), Role::Alert, details);
    ui.add_space(8.0);
}

/// Why nothing can be written: what, where, what is safe, what to do.
pub fn read_only_ui(egui: &egui::Context, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let state = ctx.session.map(|session| (session, session.save_state()));
    let Some((session, SaveState::ReadOnly { reason, unsaved })) = state else {
        ctx.view.dialog = None;
        return;
    };
    let place = crate::gui::i18n::left_to_right(&session.dir().to_string_lossy());
    let taken = session.locked_by().is_some();
    let advice = i18n.text(match (taken, session.is_reachable()) {
        (true, _) => "read-only-taken",
        (false, true) => "read-only-copy",
        (false, false) => "read-only-away",
    });
    let safe = i18n.with("read-only-safe", &[("n", unsaved.into())]);
    let mut texts = vec![(i18n.text("cmd-save-copy"), "\u{21b5}")];
    if taken {
        texts.push((i18n.text("verb-take-over"), ""));
    }
    texts.push((i18n.text("verb-close"), "Esc"));
    let frame =
        DialogFrame { width: 600.0, error: true, ..DialogFrame::new("read-only", i18n.text("read-only-title")) };
    let (verb, close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        details_ui(pen, ui, &place);
        details_ui(pen, ui, &reason);
        sentence(pen, ui, &safe);
        sentence(pen, ui, advice);
        verbs(pen, ui, &texts, true)
    });
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
    match verb {
        Some(0) => ctx.out.push(UiCommand::Do(CommandId::SaveCopy)),
        Some(1) if taken => ctx.out.push(UiCommand::TakeOver),
        _ => {}
    }
}
