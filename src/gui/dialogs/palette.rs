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
use crate::session::Session;
use crate::session::listing::{Finder, Wake};
use crate::text::{FoldLevel, fold_key};

const ROW: f32 = 34.0;
const MOST_ROWS: usize = 10;
/// So many articles are found at most.
const MOST_ARTICLES: usize = 50;

#[derive(Clone, Debug)]
enum Target {
    Command(CommandId),
    Article(ArticleId),
}

#[derive(Clone, Debug)]
struct Row {
    title: String,
    panel: String,
    caption: String,
    target: Target,
}

/// A command, and the keys of its title in both languages.
#[derive(Debug)]
struct Known {
    row: Row,
    keys: [String; 2],
}

/// What the palette keeps while it is open.
#[derive(Debug, Default)]
pub(super) struct PaletteState {
    commands: Option<Vec<Known>>,
    finder: Finder,
    rows: Vec<Row>,
    /// How many of the rows are commands.
    of_commands: usize,
    /// The query and the generation of the finder that the rows belong to.
    rows_for: Option<(String, u64)>,
    busy: bool,
    /// Enter was pressed while articles were being looked for.
    entered: bool,
}

impl PaletteState {
    /// Whether articles are being looked for.
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// Brings the rows up to date: with `@` articles only, else commands and then articles.
    fn refresh(&mut self, window: &egui::Context, query: &str, ctx: &mut ShellCtx<'_>) {
        let (articles_only, words) = match query.trim().strip_prefix('@') {
            Some(rest) => (true, rest.trim()),
            None => (false, query.trim()),
        };
        let session = ctx.session.filter(|_| articles_only || !words.is_empty());
        if let Some(session) = session {
            let window = window.clone();
            let wake: Wake = std::sync::Arc::new(move || window.request_repaint());
            let listing = &mut ctx.view.catalogue.listing;
            let titles = if words.is_empty() { None } else { listing.title_keys(session.catalogue()) };
            self.finder.find(session.catalogue(), words, MOST_ARTICLES, titles, &wake);
        }
        self.busy = session.is_some() && self.finder.is_busy();
        let generation = self.finder.generation();
        if self.rows_for.as_ref().is_some_and(|(of, at)| of == query && *at == generation) {
            return;
        }
        self.rows_for = Some((query.to_owned(), generation));
        self.rows.clear();
        if !articles_only {
            let wanted: Vec<String> = words.split_whitespace().map(|word| fold_key(word, FoldLevel::F2)).collect();
            let fits = |key: &String| wanted.iter().all(|word| key.contains(word.as_str()));
            let commands = self.commands.get_or_insert_with(|| commands(ctx));
            self.rows
                .extend(commands.iter().filter(|known| known.keys.iter().any(fits)).map(|known| known.row.clone()));
        }
        self.of_commands = self.rows.len();
        if let Some(session) = session {
            self.rows.extend(self.finder.rows().iter().filter_map(|row| article_row(*row, session, ctx.i18n)));
        }
    }
}

/// Draws the palette.
pub fn palette_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let mut query = std::mem::take(&mut ctx.view.dialogs.query);
    let mut state = std::mem::take(&mut ctx.view.dialogs.palette);
    state.refresh(egui, &query.text(), ctx);
    let (rows, busy) = (&state.rows, state.is_busy());
    let mut entered = state.entered;
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
        if rows.is_empty() && !busy {
            let (_, line) = ui.allocate_space(vec2(ui.available_width(), ROW));
            let text = Text::new(TextRole::Ui, theme.tokens.text2);
            pen.label(ui, line.shrink2(vec2(14.0, 0.0)), i18n.text("palette-nothing"), text);
        }
        entered = (entered && !result.changed) || result.entered;
        // What stands there may be of an earlier search: Enter waits for what was typed.
        if entered && (!busy || at < state.of_commands) {
            chosen = Some(at);
        }
        ui.add_space(4.0);
        if result.cancelled {
            chosen = chosen.or(Some(usize::MAX));
        }
    });
    ctx.view.dialogs.row = at;
    ctx.view.dialogs.query = query;
    state.entered = entered;
    let target = chosen.and_then(|at| state.rows.get(at)).map(|row| row.target.clone());
    if close || chosen.is_some() {
        state = PaletteState::default();
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
    ctx.view.dialogs.palette = state;
    match target {
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

/// All commands that can be run now. Loading the messages of the other language takes a millisecond.
fn commands(ctx: &ShellCtx<'_>) -> Vec<Known> {
    let other = I18n::new(if ctx.i18n.is_rtl() { Language::English } else { Language::Arabic }, Digits::Western);
    let can_run = |id: CommandId| !matches!(id, CommandId::Palette | CommandId::FieldBack(_));
    let specs = all().filter(|spec| can_run(spec.id) && (!spec.needs_project || ctx.session.is_some()));
    let known = specs.filter_map(|spec| {
        let title = super::super::i18n::without_isolates(&command_title(ctx, spec)?);
        let keys = [title.as_str(), other.text(spec.title)].map(|title| fold_key(title, FoldLevel::F2));
        let panel = ctx.i18n.text(spec.menu.title()).to_owned();
        let row = Row { title, panel, caption: ctx.keymap.caption(spec.id), target: Target::Command(spec.id) };
        Some(Known { row, keys })
    });
    known.collect()
}

fn article_row(row: u32, session: &Session, i18n: &I18n) -> Option<Row> {
    let row = session.catalogue().row(row as usize)?;
    Some(Row {
        title: if row.title.is_empty() { row.name.to_owned() } else { row.title.to_owned() },
        panel: i18n.text("palette-article").to_owned(),
        caption: String::new(),
        target: Target::Article(row.id()),
    })
}
