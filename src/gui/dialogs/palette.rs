//! The command palette: finds commands by their titles in both languages, labels, and articles.

use egui::accesskit::Role;
use egui::{Key, Sense, Ui, vec2};

use super::super::command::{CommandId, UiCommand, all};
use super::super::ctx::ShellCtx;
use super::super::i18n::{Digits, I18n, Language};
use super::super::panels::command_title;
use super::super::theme::{Cut, TextRole};
use super::super::widgets::{DialogFrame, FieldOptions, Icon, Text, announce, dialog_ui, paint_icon};
use crate::model::ArticleId;
use crate::text::{FoldLevel, fold_key};

const ROW: f32 = 34.0;
const MOST_ROWS: usize = 10;

enum Target {
    Command(CommandId),
    Article(ArticleId),
}

struct Row {
    title: String,
    panel: String,
    caption: String,
    target: Target,
}

/// Draws the palette.
pub fn palette_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let mut query = std::mem::take(&mut ctx.view.dialogs.query);
    let rows = found(&query.text(), ctx);
    let mut chosen = None;
    let mut at = ctx.view.dialogs.row.min(rows.len().saturating_sub(1));
    let (theme, i18n) = (ctx.theme, ctx.i18n);
    let frame = DialogFrame { top: Some(72.0), margin: 0, width: 560.0, ..DialogFrame::new("palette", "") };
    let caption = ctx.keymap.caption(CommandId::Palette);
    let ((), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        let (_, line) = ui.allocate_space(vec2(560.0_f32.min(ui.available_width()), 44.0));
        let id = egui::Id::unique("palette field");
        if is_new || ui.memory(|memory| memory.focused().is_none()) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let mut options = FieldOptions::new(i18n.text("find-or-run")).hint(i18n.text("palette-hint"));
        (options.caption, options.boxed, options.indent) = (&caption, false, 24.0);
        let result = pen.text_field(ui, line.shrink2(vec2(6.0, 0.0)), id, &mut query, options);
        let icon = pen.flow().at_start(line.shrink2(vec2(14.0, 0.0)), 14.0);
        paint_icon(ui.painter(), icon, Icon::Search, theme.tokens.text2, pen.flow());
        pen.line_below(ui.painter(), line);
        let step = ui.input(|input| {
            isize::from(input.key_pressed(Key::ArrowDown)) - isize::from(input.key_pressed(Key::ArrowUp))
        });
        at = if result.changed { 0 } else { at.saturating_add_signed(step).min(rows.len().saturating_sub(1)) };
        let first = at.saturating_sub(MOST_ROWS - 1);
        for (index, row) in rows.iter().enumerate().skip(first).take(MOST_ROWS) {
            if row_ui(pen, ui, index, row, index == at) {
                chosen = Some(index);
            }
        }
        if rows.is_empty() {
            let (_, line) = ui.allocate_space(vec2(ui.available_width(), ROW));
            let text = Text::new(TextRole::Ui, theme.tokens.text2);
            pen.label(ui, line.shrink2(vec2(14.0, 0.0)), i18n.text("palette-nothing"), text);
        }
        if result.entered {
            chosen = Some(at);
        }
        ui.add_space(4.0);
        if result.cancelled {
            chosen = chosen.or(Some(usize::MAX));
        }
    });
    ctx.view.dialogs.row = at;
    ctx.view.dialogs.query = query;
    if close || chosen.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
    match chosen.and_then(|at| rows.into_iter().nth(at)).map(|row| row.target) {
        Some(Target::Command(id)) => ctx.out.push(UiCommand::Do(id)),
        Some(Target::Article(id)) => ctx.out.push(UiCommand::OpenArticle(id)),
        None => {}
    }
}

fn row_ui(pen: &mut super::Pen<'_>, ui: &mut Ui, index: usize, row: &Row, is_chosen: bool) -> bool {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(line, egui::Id::unique(("palette row", index)), Sense::click());
    announce(&response, Role::ListBoxOption, &row.title);
    pen.row_ground(ui, line.shrink2(vec2(1.0, 0.0)), &response, is_chosen);
    let tokens = pen.theme.tokens.clone();
    let mut cut = Cut::new(line.shrink2(vec2(14.0, 0.0)), pen.flow());
    let cap = cut.end(pen.cap_width(&row.caption));
    pen.key_cap(ui.painter(), cap, &row.caption);
    cut.end(10.0);
    let width = pen.width(&row.panel, TextRole::Hint);
    let panel = cut.end(width);
    pen.paint_text(ui.painter(), panel, &row.panel, Text::new(TextRole::Hint, tokens.text3));
    cut.end(10.0);
    pen.paint_text(ui.painter(), cut.rest, &row.title, Text::new(TextRole::Ui, tokens.text).auto());
    response.clicked()
}

/// Rows for a query: with `@` articles only, else commands and then articles.
fn found(query: &str, ctx: &ShellCtx<'_>) -> Vec<Row> {
    let (articles_only, words) = match query.trim().strip_prefix('@') {
        Some(rest) => (true, rest.trim()),
        None => (false, query.trim()),
    };
    let wanted: Vec<String> = words.split_whitespace().map(|word| fold_key(word, FoldLevel::F2)).collect();
    let fits = |text: &str| {
        let folded = fold_key(text, FoldLevel::F2);
        wanted.iter().all(|word| folded.contains(word.as_str()))
    };
    let mut rows = Vec::new();
    if !articles_only {
        // A title is found in the other language too; loading its messages takes a millisecond, once per query at most.
        let other = if ctx.i18n.is_rtl() { Language::English } else { Language::Arabic };
        let other = (!wanted.is_empty()).then(|| I18n::new(other, Digits::Western));
        for spec in all() {
            if matches!(spec.id, CommandId::Palette | CommandId::FieldBack(_))
                || (spec.needs_project && ctx.session.is_none())
            {
                continue;
            }
            let Some(title) = command_title(ctx, spec) else { continue };
            let title = super::super::i18n::without_isolates(&title);
            let in_other = other.as_ref().is_some_and(|other| fits(other.text(spec.title)));
            if fits(&title) || in_other {
                rows.push(Row {
                    title,
                    panel: ctx.i18n.text(spec.menu.title()).to_owned(),
                    caption: ctx.keymap.caption(spec.id),
                    target: Target::Command(spec.id),
                });
            }
        }
    }
    if let Some(session) = ctx.session.filter(|_| articles_only || !wanted.is_empty()) {
        let matching = session.catalogue().rows().filter(|row| fits(row.title) || fits(row.name)).take(50);
        rows.extend(matching.map(|row| Row {
            title: if row.title.is_empty() { row.name.to_owned() } else { row.title.to_owned() },
            panel: ctx.i18n.text("palette-article").to_owned(),
            caption: String::new(),
            target: Target::Article(row.id()),
        }));
    }
    rows
}
