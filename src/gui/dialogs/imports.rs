//! What was brought in: sources, number of articles, who stands for it; one's own registration can be taken back.

use egui::accesskit::Role;
use egui::{ScrollArea, Sense, Ui, vec2};

use super::{sentence, verbs};
use crate::gui::command::UiCommand;
use crate::gui::ctx::ShellCtx;
use crate::gui::i18n::isolated;
use crate::gui::panels::annotator_name;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{BarLook, ButtonKind, DialogFrame, Pen, Text, announce, dialog_ui};
use crate::session::{Command, Session};
use crate::storage::ImportSummary;

const ROW: f32 = 58.0;
/// More sources are counted.
const NAMED: usize = 2;

/// What was brought in, as far as it is known.
#[derive(Debug, Default)]
pub enum ImportList {
    /// Being read.
    #[default]
    Reading,
    /// Known.
    Known(Vec<ImportSummary>),
    /// It could not be read.
    Failed(String),
}

/// What a row says and offers.
struct Row {
    sources: String,
    standing: String,
    step: Option<(&'static str, Command)>,
}

/// Draws the dialog.
pub fn imports_ui(egui: &egui::Context, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(session) = ctx.session else {
        ctx.view.dialog = None;
        return;
    };
    let (rows, message) = match &ctx.view.dialogs.imports {
        ImportList::Reading => (Vec::new(), i18n.text("imports-reading").to_owned()),
        ImportList::Failed(reason) => (Vec::new(), reason.clone()),
        ImportList::Known(found) if found.is_empty() => (Vec::new(), i18n.text("imports-none").to_owned()),
        ImportList::Known(found) => {
            (found.iter().map(|import| row(import, session, ctx)).collect(), i18n.text("imports-hint").to_owned())
        }
    };
    // What was stood for or taken back shows in the list of articles only once the project has been read.
    let waits = session.unreachable().filter(|_| session.is_reading());
    let waits = waits.map(|reason| i18n.with("import-waits-folder", &[("reason", reason.into())]));
    let possible = session.read_only_reason().is_none();
    let frame = DialogFrame { width: 672.0, ..DialogFrame::new("imports", i18n.text("cmd-imports")) };
    let ((verb, chosen), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        sentence(pen, ui, &message);
        if let Some(waits) = &waits {
            let color = pen.theme.tokens.warn;
            pen.paragraph(ui, waits, Text::new(TextRole::Ui, color));
            ui.add_space(8.0);
        }
        let mut chosen = None;
        let height = (rows.len() as f32 * ROW).min(360.0);
        let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("imports");
        // The bar must not lie over the buttons.
        let room = if rows.len() as f32 * ROW > height { BarLook::LIST.lane } else { 0.0 };
        pen.scroll(area).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, row) in rows.iter().enumerate() {
                if row_ui(pen, ui, (at, room), row, possible) {
                    chosen = Some(at);
                }
            }
        });
        (verbs(pen, ui, &[(i18n.text("verb-close"), "Esc")], true), chosen)
    });
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
    if let Some((_, command)) = chosen.and_then(|at| rows.into_iter().nth(at)).and_then(|row| row.step) {
        ctx.out.push(UiCommand::Run(Box::new(command)));
    }
}

fn row(import: &ImportSummary, session: &Session, ctx: &ShellCtx<'_>) -> Row {
    let i18n = ctx.i18n;
    let count = usize::try_from(import.articles).unwrap_or(usize::MAX);
    let articles = i18n.with("count-articles", &[("n", count.into())]);
    let names: Vec<String> = import.sources.iter().take(NAMED).map(|name| isolated(name)).collect();
    let names = if names.is_empty() { i18n.text("imports-pasted").to_owned() } else { names.join(" \u{b7} ") };
    let rest = import.sources.len().saturating_sub(NAMED);
    let sources = if rest > 0 {
        i18n.with("imports-more", &[("names", names.as_str().into()), ("n", rest.into())])
    } else {
        names
    };
    let standing = session.standing_for(&import.id);
    let is_mine = standing.contains(session.annotator());
    let who: Vec<String> = standing.iter().map(|id| annotator_name(session, id)).collect();
    let standing = if !import.is_complete {
        i18n.text("imports-incomplete").to_owned()
    } else if who.is_empty() {
        i18n.text("imports-nobody").to_owned()
    } else {
        i18n.with("imports-standing", &[("who", who.join(" \u{b7} ").as_str().into())])
    };
    let import_id = import.id.clone();
    let step = match (is_mine, import.is_complete) {
        (true, _) => Some(("imports-take-back", Command::WithdrawImport { import: import_id })),
        (false, true) => Some(("imports-stand", Command::RegisterImport { import: import_id })),
        (false, false) => None,
    };
    Row { sources: format!("{sources} \u{b7} {articles}"), standing, step }
}

fn row_ui(pen: &mut Pen<'_>, ui: &mut Ui, (at, room): (usize, f32), row: &Row, possible: bool) -> bool {
    let tokens = pen.theme.tokens.clone();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    pen.line_above(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(2.0, 6.0)), pen.flow());
    cut.end(room);
    let mut clicked = false;
    if let Some((verb, _)) = &row.step {
        let text = pen.i18n.text(verb).to_owned();
        let width = pen.button_width(&text, "");
        let place = middle_of(cut.end(width), metrics::FIELD);
        clicked = ui
            .push_id(("import", at), |ui| pen.button_if(ui, place, &text, "", ButtonKind::Plain, possible).clicked())
            .inner;
        cut.end(12.0);
    }
    let response = ui.interact(cut.rest, ui.scope_id().with(("import row", at)), Sense::hover());
    announce(&response, Role::ListItem, &format!("{}, {}", row.sources, row.standing));
    let first = cut.top(23.0);
    pen.paint_text(ui.painter(), first, &row.sources, Text::new(TextRole::List, tokens.text));
    pen.paint_text(ui.painter(), cut.rest, &row.standing, Text::new(TextRole::Hint, tokens.text2));
    clicked
}
