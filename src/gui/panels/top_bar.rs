//! The top bar: menus at the start, *Find or run* at the end.

use egui::accesskit::Role;
use egui::{Popup, RectAlign, Sense, Ui, vec2};

use crate::gui::command::{CommandId, CommandSpec, Menu, UiCommand, all};
use crate::gui::ctx::ShellCtx;
use crate::gui::i18n::Language;
use crate::gui::theme::{Cut, TextRole, ThemeChoice, metrics, middle_of, radius, space};
use crate::gui::widgets::{Align, Icon, Text, announce, paint_icon};

/// In windows narrower than this the menus fold into one.
const MENUS_FOLD: f32 = 1152.0;
const MENU_ROW: f32 = 30.0;
const GROUP_ROW: f32 = 32.0;

/// Draws the top bar.
pub fn top_bar_ui(ui: &mut Ui, rect: egui::Rect, ctx: &mut ShellCtx<'_>) {
    let flow = ctx.flow();
    ui.painter().rect_filled(rect, 0.0, ctx.theme.tokens.chrome);
    ctx.pen().line_below(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(12.0, 0.0)), flow);
    if ctx.session.is_some() {
        find_or_run_ui(ui, &mut cut, ctx);
    } else {
        choices_ui(ui, &mut cut, ctx);
    }
    if rect.width() < MENUS_FOLD && ctx.session.is_some() {
        folded_menu_ui(ui, &mut cut, ctx);
        return;
    }
    for menu in Menu::ALL {
        if ctx.session.is_none() && !matches!(menu, Menu::File | Menu::View | Menu::Help) {
            continue;
        }
        let i18n = ctx.i18n;
        let title = i18n.text(menu.title());
        let width = ctx.pen().width(title, TextRole::Ui) + 18.0;
        let word = middle_of(cut.start(width), metrics::FIELD);
        let response = menu_word_ui(ui, word, title, ctx);
        menu_popup_ui(&response, ctx, |spec| spec.menu == menu);
    }
}

fn menu_word_ui(ui: &mut Ui, rect: egui::Rect, title: &str, ctx: &mut ShellCtx<'_>) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(("menu", title)), Sense::click());
    announce(&response, Role::MenuItem, title);
    let tokens = &ctx.theme.tokens;
    if Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
        ui.painter().rect_filled(rect, radius::BUTTON, tokens.select);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::BUTTON, tokens.hover);
    }
    let ink = tokens.text2;
    let mut pen = ctx.pen();
    pen.paint_text(ui.painter(), rect, title, Text::new(TextRole::Ui, ink).align(Align::Center));
    pen.ring_if_focused(ui, &response, radius::BUTTON);
    response
}

fn folded_menu_ui(ui: &mut Ui, cut: &mut Cut, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let title = i18n.text("menu-all");
    let width = ctx.pen().width(title, TextRole::Ui) + 18.0 + 20.0;
    let word = middle_of(cut.start(width), metrics::FIELD);
    let response = menu_word_ui(ui, word, title, ctx);
    let icon = ctx.flow().at_start(word, 20.0);
    paint_icon(ui.painter(), middle_of(icon, 12.0), Icon::List, ctx.theme.tokens.text2, ctx.flow());
    menu_popup_ui(&response, ctx, |spec| {
        !matches!(spec.id, CommandId::Label(_) | CommandId::Field(_) | CommandId::FieldBack(_))
    });
}

/// A menu under `response` with the commands that `wanted` picks.
fn menu_popup_ui(response: &egui::Response, ctx: &mut ShellCtx<'_>, wanted: impl Fn(&CommandSpec) -> bool) {
    let rtl = ctx.i18n.is_rtl();
    let tokens = ctx.theme.tokens.clone();
    let card = egui::Frame::new()
        .fill(tokens.raised)
        .stroke(egui::Stroke::new(1.0, tokens.control))
        .corner_radius(8)
        .inner_margin(egui::Margin::symmetric(0, 6))
        .shadow(crate::gui::theme::popup_shadow(&tokens));
    let popup = Popup::menu(response).align(if rtl { RectAlign::BOTTOM_END } else { RectAlign::BOTTOM_START });
    popup.gap(2.0).frame(card).show(|ui| {
        let rows: Vec<(&CommandSpec, String, String)> = Menu::ALL
            .into_iter()
            .flat_map(|menu| all().filter(move |spec| spec.menu == menu))
            .filter(|spec| wanted(spec))
            .filter_map(|spec| Some((spec, command_title(ctx, spec)?, ctx.keymap.caption(spec.id))))
            .collect();
        let mut width: f32 = 200.0;
        for (_, title, caption) in &rows {
            let mut pen = ctx.pen();
            width = width.max(pen.width(title, TextRole::Ui) + pen.cap_width(caption) + 64.0);
        }
        let room = ui.ctx().content_rect().height() - 80.0;
        ui.set_width(width);
        let area = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room);
        let scroll = ctx.pen().scroll(area);
        scroll.show(ui, |ui| {
            let mut group = rows.first().map(|(spec, ..)| spec.menu);
            let mixed = rows.iter().any(|(spec, ..)| Some(spec.menu) != group);
            if mixed {
                group = None;
            }
            for (spec, title, caption) in &rows {
                if group != Some(spec.menu) {
                    group_ui(ui, width, spec.menu, group.is_some(), ctx);
                    group = Some(spec.menu);
                }
                if menu_row_ui(ui, width, title, caption, is_possible(ctx, spec), ctx) {
                    ctx.out.push(UiCommand::Do(spec.id));
                    ui.close();
                }
            }
        });
    });
}

/// The name of a group of commands in the folded menu, below a line where it is not the first.
fn group_ui(ui: &mut Ui, width: f32, menu: Menu, is_further: bool, ctx: &mut ShellCtx<'_>) {
    let (id, rect) = ui.allocate_space(vec2(width, GROUP_ROW));
    let title = ctx.i18n.text(menu.title());
    announce(&ui.interact(rect, id, Sense::hover()), Role::Label, title);
    let ink = ctx.theme.tokens.text2;
    let mut pen = ctx.pen();
    if is_further {
        pen.line_above(ui.painter(), rect);
    }
    pen.paint_text(ui.painter(), rect.shrink2(vec2(space::XL, 0.0)), title, Text::new(TextRole::UiBold, ink));
}

fn menu_row_ui(ui: &mut Ui, width: f32, title: &str, caption: &str, possible: bool, ctx: &mut ShellCtx<'_>) -> bool {
    let (_, rect) = ui.allocate_space(vec2(width, MENU_ROW));
    let sense = if possible { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with(("menu row", title)), sense);
    let name = crate::gui::i18n::without_isolates(title);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::MenuItem, possible, &name));
    let tokens = &ctx.theme.tokens;
    if possible && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, 0.0, tokens.select);
    }
    let ink = if possible { tokens.text } else { tokens.text3 };
    let mut cut = Cut::new(rect.shrink2(vec2(space::XL, 0.0)), ctx.flow());
    let mut pen = ctx.pen();
    let cap = cut.end(pen.cap_width(caption));
    pen.key_cap(ui.painter(), cap, caption);
    pen.paint_text(ui.painter(), cut.rest, title, Text::new(TextRole::Ui, ink));
    response.clicked()
}

/// The title of a command as menus and the palette show it; none for a label key without a label.
pub fn command_title(ctx: &ShellCtx<'_>, spec: &CommandSpec) -> Option<String> {
    match spec.id {
        CommandId::Label(at) => {
            let scheme = ctx.session?.scheme();
            let label = scheme.label_on(crate::gui::panels::label_key(at)?)?;
            let name = crate::model::localised(&label.name, ctx.i18n.language().code());
            Some(ctx.i18n.with("cmd-label", &[("label", name.into())]))
        }
        CommandId::Field(at) | CommandId::FieldBack(at) => {
            let scheme = ctx.session?.scheme();
            let attribute = scheme.mention_attributes.get(usize::from(at))?;
            let name = crate::model::localised(&attribute.name, ctx.i18n.language().code());
            Some(ctx.i18n.with(spec.title, &[("field", name.into())]))
        }
        CommandId::BesideOf(at) => {
            let session = ctx.session?;
            let who = super::other_annotator(session, usize::from(at))?;
            let name = super::annotator_name(session, &who);
            let is_on = ctx.view.beside.as_ref() == Some(&who);
            let id = if is_on { "cmd-beside-off" } else { "cmd-beside-of" };
            Some(ctx.i18n.with(id, &[("who", name.as_str().into())]))
        }
        _ => Some(ctx.i18n.text(spec.title).to_owned()),
    }
}

/// Whether a command can do anything now.
fn is_possible(ctx: &ShellCtx<'_>, spec: &CommandSpec) -> bool {
    let Some(session) = ctx.session else { return !spec.needs_project };
    match spec.id {
        CommandId::Undo => session.can_undo(),
        CommandId::Redo => session.can_redo(),
        CommandId::Beside => super::other_annotator(session, 0).is_some(),
        CommandId::Delete | CommandId::Entity | CommandId::Field(_) | CommandId::FieldBack(_) => {
            ctx.view.focus.is_some()
        }
        CommandId::StartEdge | CommandId::StartEdgeBack | CommandId::EndEdge | CommandId::EndEdgeBack => {
            ctx.view.focus.is_some()
        }
        CommandId::EdgeLeft | CommandId::EdgeRight | CommandId::EdgeWordLeft | CommandId::EdgeWordRight => {
            ctx.view.focus.is_some()
        }
        _ => true,
    }
}

fn find_or_run_ui(ui: &mut Ui, cut: &mut Cut, ctx: &mut ShellCtx<'_>) {
    let rect = middle_of(cut.end(210.0), metrics::FIELD);
    let response = ui.interact(rect, ui.scope_id().with("find or run"), Sense::click());
    let i18n = ctx.i18n;
    let title = i18n.text("find-or-run");
    announce(&response, Role::Button, title);
    let tokens = ctx.theme.tokens.clone();
    let caption = ctx.keymap.caption(CommandId::Palette);
    let fill = if response.hovered() { tokens.hover } else { tokens.raised };
    let mut pen = ctx.pen();
    pen.boxed(ui.painter(), rect, radius::BUTTON, fill, tokens.control);
    let mut inner = Cut::new(rect.shrink2(vec2(8.0, 0.0)), pen.flow());
    let icon = inner.start(14.0);
    paint_icon(ui.painter(), middle_of(icon, 13.0), Icon::Search, tokens.text2, pen.flow());
    inner.start(8.0);
    let cap = inner.end(pen.cap_width(&caption));
    pen.key_cap(ui.painter(), cap, &caption);
    pen.paint_text(ui.painter(), inner.rest, title, Text::new(TextRole::Ui, tokens.text3));
    pen.ring_if_focused(ui, &response, radius::BUTTON);
    if response.clicked() {
        ctx.out.push(UiCommand::Do(CommandId::Palette));
    }
}

/// Language and theme, where no project is open.
fn choices_ui(ui: &mut Ui, cut: &mut Cut, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let themes = [i18n.text("theme-light"), i18n.text("theme-dark"), i18n.text("theme-system")];
    let chosen = match ctx.view.settings.theme {
        ThemeChoice::Light => 0,
        ThemeChoice::Dark => 1,
        ThemeChoice::System => 2,
    };
    let width = ctx.pen().segments_width(&themes);
    let rect = middle_of(cut.end(width), metrics::FIELD);
    if let Some(at) = ctx.pen().segments(ui, rect, "theme", &themes, Some(chosen)) {
        ctx.view.settings.theme = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::System][at.min(2)];
    }
    cut.end(16.0);
    // Each language names itself in its own words, in both interfaces.
    let languages = [i18n.text("language-english"), i18n.text("language-arabic")];
    let chosen = usize::from(ctx.view.settings.language == Language::Arabic);
    let width = ctx.pen().segments_width(&languages);
    let rect = middle_of(cut.end(width), metrics::FIELD);
    if let Some(at) = ctx.pen().segments(ui, rect, "language", &languages, Some(chosen)) {
        ctx.view.settings.language = if at == 1 { Language::Arabic } else { Language::English };
    }
}
