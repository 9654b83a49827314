//! Who annotates, help, about, and errors.

use egui::accesskit::Role;
use egui::vec2;

use super::{named_field, sentence, verbs, verbs_after_fields};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::ShellCtx;
use crate::gui::panels::annotator_name;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{DialogFrame, Field, Icon, Pen, Text, dialog_ui, paint_icon};
use crate::model::{AnnotatorId, AttributeId, LabelId, Profile, localised};
use crate::session::{Command, SaveState, Session};

/// Who annotates: one of those who are here, or somebody new with an id; and the name people read.
pub fn who_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(session) = ctx.session else {
        ctx.view.dialog = None;
        return;
    };
    let (current, dir) = (session.annotator().to_string(), session.dir().to_path_buf());
    let newcomer = ctx.view.dialogs.newcomer;
    let reads_only = session.read_only_reason().is_some() && session.locked_by().is_none();
    let known = people(session, newcomer);
    let names: Vec<String> = known.iter().map(|id| annotator_name(session, id)).collect();
    let stored = |id: &str| {
        let state = session.state_of(&AnnotatorId::from(id));
        state.and_then(|state| state.profile()).map(|profile| profile.display_name.clone()).unwrap_or_default()
    };
    let mut id = std::mem::take(&mut ctx.view.dialogs.annotator);
    let mut name = std::mem::take(&mut ctx.view.dialogs.name);
    let mut new_person = ctx.view.dialogs.new_person || known.is_empty();
    let title = i18n.text(if newcomer { "who-title" } else { "cmd-who-am-i" });
    let ((keep, cancel), close) = dialog_ui(&mut ctx.pen(), egui, DialogFrame::new("who", title), |pen, ui| {
        sentence(pen, ui, i18n.text(if newcomer { "who-asked" } else { "who-hint" }));
        people_ui(pen, ui, &known, &names, &stored, &mut id, &mut name, &mut new_person);
        ui.add_space(10.0);
        let mut results = Vec::new();
        if new_person {
            let label = i18n.text("project-annotator");
            results.push(named_field(pen, ui, label, "who id", &mut id, |options| options.ltr = true, is_new));
            let color = pen.theme.tokens.text3;
            pen.paragraph(ui, i18n.text("annotator-hint"), Text::new(TextRole::Hint, color));
            ui.add_space(8.0);
        }
        results.push(named_field(pen, ui, i18n.text("who-name"), "who name", &mut name, |_| {}, is_new && !new_person));
        let typed = id.text().trim().to_owned();
        // Ids that differ only in case are one.
        let taken = new_person && known.iter().any(|known| known.as_str().eq_ignore_ascii_case(&typed));
        if taken {
            let color = pen.theme.tokens.error;
            pen.paragraph(ui, i18n.text("who-taken"), Text::new(TextRole::Hint, color));
        }
        let possible = super::project::is_annotator_id(&typed) && !taken;
        let texts = [(i18n.text("verb-keep"), "\u{21b5}"), (i18n.text("verb-cancel"), "Esc")];
        let verb = verbs_after_fields(pen, ui, &texts, possible);
        let entered = results.iter().any(|result| result.entered);
        let cancelled = results.iter().any(|result| result.cancelled);
        ((entered || verb == Some(0)) && possible, cancelled || verb == Some(1))
    });
    let (id_text, name_text) = (id.text().trim().to_owned(), name.text().trim().to_owned());
    let drafts = &mut ctx.view.dialogs;
    (drafts.annotator, drafts.name, drafts.new_person) = (id, name, new_person);
    if keep {
        ctx.view.dialog = None;
        ctx.view.dialogs.newcomer = false;
        ctx.view.focus_reader = true;
        ctx.view.settings.annotator.clone_from(&id_text);
        let name = (name_text != stored(&id_text)).then_some(name_text);
        // Who had not said so before has the project open for reading only.
        if id_text != current || newcomer || reads_only {
            ctx.out.push(UiCommand::OpenAs { path: dir, annotator: id_text, name });
        } else if let Some(display_name) = name {
            ctx.out.push(UiCommand::Run(Box::new(Command::SetProfile { profile: Profile { display_name } })));
        }
    } else if cancel || close {
        ctx.view.dialog = None;
        ctx.view.dialogs.newcomer = false;
        ctx.view.focus_reader = true;
    }
}

/// Those who have worked here, and then those whom the assignment plan names and who have not begun.
fn people(session: &Session, newcomer: bool) -> Vec<AnnotatorId> {
    let mut all: Vec<AnnotatorId> = session.annotators().into_iter().filter(|id| !newcomer || is_person(id)).collect();
    for id in session.assignment_plan().iter().flat_map(|plan| &plan.annotators) {
        // Ids that differ only in case are one.
        if !all.iter().any(|known| known.as_str().eq_ignore_ascii_case(id.as_str())) {
            all.push(id.clone());
        }
    }
    all
}

/// Those who are here, and somebody new; whoever is chosen fills the fields.
fn people_ui(
    pen: &mut Pen<'_>,
    ui: &mut egui::Ui,
    known: &[AnnotatorId],
    names: &[String],
    stored: &dyn Fn(&str) -> String,
    id: &mut Field,
    name: &mut Field,
    new_person: &mut bool,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = (known.len() as f32 * PERSON_ROW).min(5.0 * PERSON_ROW);
    let area = egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("people");
    pen.scroll(area).show(ui, |ui| {
        for (person, shown) in known.iter().zip(names) {
            let is_chosen = !*new_person && id.text().trim() == person.as_str();
            if person_ui(pen, ui, shown, is_chosen) {
                *new_person = false;
                id.set_text(person.as_str());
                name.set_text(&stored(person.as_str()));
            }
        }
    });
    if person_ui(pen, ui, pen.i18n.text("who-somebody-new"), *new_person) && !*new_person {
        *new_person = true;
        id.set_text("");
        name.set_text("");
    }
}

/// Height of a person's row.
const PERSON_ROW: f32 = 30.0;

/// Whether an id stands for a person, and not for a reader whom nobody named.
fn is_person(id: &AnnotatorId) -> bool {
    id.as_str() != "reader"
}

/// One choice among people; answers whether it was clicked.
fn person_ui(pen: &mut Pen<'_>, ui: &mut egui::Ui, text: &str, is_chosen: bool) -> bool {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), PERSON_ROW));
    let response = ui.interact(rect, ui.scope_id().with(("person", text)), egui::Sense::click());
    let label = crate::gui::i18n::without_isolates(text);
    response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, true, is_chosen, &label));
    pen.row_ground(ui, rect, &response, is_chosen);
    let mut cut = Cut::new(rect.shrink2(vec2(10.0, 0.0)), pen.flow());
    let icon = middle_of(cut.start(14.0), 14.0);
    let tokens = pen.theme.tokens.clone();
    paint_icon(ui.painter(), icon, if is_chosen { Icon::Dot } else { Icon::Ring }, tokens.text2, pen.flow());
    cut.start(8.0);
    pen.paint_text(ui.painter(), cut.rest, text, Text::new(TextRole::Ui, tokens.text));
    response.clicked()
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
        let key = |id: CommandId| ctx.keymap.in_words(id);
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
