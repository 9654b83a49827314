//! The status bar: where one is, what there is, whether it is safe, who works.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Dialog, InspectorTab, ShellCtx};
use crate::gui::i18n::left_to_right;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Icon, Text, announce, paint_icon, tooltip_ui};
use crate::session::{SaveState, Session};

/// Draws the status bar. `checks` is the number of findings about the open article; `saving` whether saving has taken
/// long enough to be said.
pub fn status_bar_ui(ui: &mut Ui, rect: Rect, checks: usize, saving: bool, ctx: &mut ShellCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.chrome);
    ctx.pen().line_above(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(12.0, 0.0)), ctx.flow());
    let i18n = ctx.i18n;
    if ctx.view.opening {
        word_ui(ui, &mut cut, true, i18n.text("status-opening"), ctx);
    }
    let Some(session) = ctx.session else {
        let version = i18n.with("version", &[("version", left_to_right(env!("CARGO_PKG_VERSION")).as_str().into())]);
        word_ui(ui, &mut cut, false, &version, ctx);
        if !ctx.view.opening {
            word_ui(ui, &mut cut, true, i18n.text("status-no-project"), ctx);
        }
        return;
    };
    let annotator = session.annotator().to_string();
    let who = word_ui(ui, &mut cut, false, &annotator, ctx);
    if ui.interact(who, ui.scope_id().with("annotator"), Sense::click()).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::WhoAmI));
    }
    save_ui(ui, &mut cut, session, saving, ctx);
    clashes_ui(ui, &mut cut, session, ctx);
    if checks > 0 {
        let text = i18n.with("count-checks", &[("n", checks.into())]);
        let place = icon_word_ui(ui, &mut cut, Icon::Warning, tokens.warn, &text, tokens.text2, ctx);
        if ui.interact(place, ui.scope_id().with("checks"), Sense::click()).clicked() {
            ctx.view.tab = InspectorTab::Checks;
        }
    }
    let Some(article) = ctx.view.article.clone() else { return };
    let catalogue = session.catalogue();
    if let Some(at) = catalogue.idx_of(&article) {
        let text = i18n.with("article-of", &[("n", (at + 1).into()), ("total", catalogue.len().into())]);
        word_ui(ui, &mut cut, true, &text, ctx);
    }
    if let Some(text) = position_text(ctx, session, &article) {
        word_ui(ui, &mut cut, true, &text, ctx);
    }
    let set = session.set(&article);
    let mut parts = vec![i18n.with("count-mentions", &[("n", set.mentions.len().into())])];
    if !set.claims.is_empty() {
        parts.push(i18n.with("count-claims", &[("n", set.claims.len().into())]));
    }
    if !set.stances.is_empty() {
        parts.push(i18n.with("count-stances", &[("n", set.stances.len().into())]));
    }
    word_ui(ui, &mut cut, true, &parts.join(" \u{b7} "), ctx);
    beside_ui(ui, &mut cut, session, &article, ctx);
}

/// Whose set is laid beside, and what of it lies under the pointer.
fn beside_ui(ui: &mut Ui, cut: &mut Cut, session: &Session, article: &crate::model::ArticleId, ctx: &mut ShellCtx<'_>) {
    let Some(who) = ctx.view.beside.clone() else { return };
    let name = super::annotator_name(session, &who);
    let count = session.set_of(&who, article).mentions.len();
    let text = ctx.i18n.with("beside-shown", &[("who", name.as_str().into()), ("n", count.into())]);
    let place = word_ui(ui, cut, true, &text, ctx);
    let response = ui.interact(place, ui.scope_id().with("beside"), Sense::click());
    announce(&response, Role::Button, &text);
    if response.clicked() {
        ctx.out.push(UiCommand::Do(CommandId::Beside));
    }
    if let Some(hovered) = ctx.view.hover_theirs.clone() {
        word_ui(ui, cut, true, &hovered, ctx);
    }
}

/// Says once that another copy changed something too: until the list is looked at.
fn clashes_ui(ui: &mut Ui, cut: &mut Cut, session: &Session, ctx: &mut ShellCtx<'_>) {
    let open = session.open_clashes().count();
    if ctx.view.new_clashes == 0 || open == 0 {
        return;
    }
    let tokens = ctx.theme.tokens.clone();
    let text = ctx.i18n.with("count-clashes", &[("n", open.into())]);
    let place = icon_word_ui(ui, cut, Icon::Warning, tokens.warn, &text, tokens.text2, ctx);
    let response = ui.interact(place, ui.scope_id().with("clashes"), Sense::click());
    announce(&response, Role::Button, &text);
    if response.clicked() {
        ctx.out.push(UiCommand::ShowClashes);
    }
}

fn word_ui(ui: &mut Ui, cut: &mut Cut, at_start: bool, text: &str, ctx: &mut ShellCtx<'_>) -> Rect {
    let color = ctx.theme.tokens.text2;
    let mut pen = ctx.pen();
    let width = pen.width(text, TextRole::Hint).min(cut.rest.width());
    let place = if at_start { cut.start(width) } else { cut.end(width) };
    if at_start {
        cut.start(16.0);
    } else {
        cut.end(16.0);
    }
    pen.label(ui, place, text, Text::new(TextRole::Hint, color));
    place
}

fn icon_word_ui(
    ui: &mut Ui,
    cut: &mut Cut,
    icon: Icon,
    icon_color: egui::Color32,
    text: &str,
    color: egui::Color32,
    ctx: &mut ShellCtx<'_>,
) -> Rect {
    let mut pen = ctx.pen();
    let width = (pen.width(text, TextRole::Hint) + 20.0).min(cut.rest.width());
    let place = cut.end(width);
    cut.end(16.0);
    let mut inner = Cut::new(place, pen.flow());
    let box_ = middle_of(inner.start(14.0), 13.0);
    paint_icon(ui.painter(), box_, icon, icon_color, pen.flow());
    inner.start(6.0);
    pen.label(ui, inner.rest, text, Text::new(TextRole::Hint, color));
    place
}

fn save_ui(ui: &mut Ui, cut: &mut Cut, session: &Session, saving: bool, ctx: &mut ShellCtx<'_>) {
    let (tokens, i18n) = (ctx.theme.tokens.clone(), ctx.i18n);
    match session.save_state() {
        SaveState::Saving { .. } if saving => {
            word_ui(ui, cut, false, i18n.text("save-saving"), ctx);
        }
        // For a third of a second the mark stays as it was, so that it does not flicker at every key.
        SaveState::Saved | SaveState::Saving { .. } => {
            let place = icon_word_ui(ui, cut, Icon::Tick, tokens.text2, i18n.text("save-saved"), tokens.text2, ctx);
            let response = ui.interact(place, ui.scope_id().with("saved"), Sense::click());
            announce(&response, Role::Button, i18n.text("save-saved"));
            tooltip_ui(&mut ctx.pen(), ui, &response, i18n.text("cmd-history-help"));
            ctx.pen().ring_if_focused(ui, &response, 3.0);
            if response.clicked() {
                ctx.out.push(UiCommand::Do(CommandId::History));
            }
        }
        SaveState::ReadOnly { reason, .. } => {
            let taken = session.locked_by().is_some();
            let text = i18n.text(if taken { "save-read-only-taken" } else { "save-read-only" });
            let place = icon_word_ui(ui, cut, Icon::Warning, tokens.warn, text, tokens.warn, ctx);
            let response = ui.interact(place, ui.scope_id().with("read-only"), Sense::click());
            announce(&response, Role::Button, text);
            tooltip_ui(&mut ctx.pen(), ui, &response, &reason);
            if response.clicked() {
                ctx.out.push(UiCommand::Dialog(Dialog::ReadOnly));
            }
        }
    }
}

/// The mention in focus or under the pointer, or the selection, with its place in characters.
fn position_text(ctx: &mut ShellCtx<'_>, session: &Session, article: &crate::model::ArticleId) -> Option<String> {
    let shown = ctx.view.hover.as_ref().or(ctx.view.mention());
    let mention = shown.and_then(|id| session.set(article).mentions.get(id));
    let (label, start, end) = match (mention, &ctx.view.selection) {
        (Some(mention), _) => (Some(mention.label.to_string()), mention.spans.start(), mention.spans.end()),
        (None, Some(selection)) => (None, selection.start(), selection.end()),
        (None, None) => (None, ctx.view.caret, ctx.view.caret),
    };
    let text = &session.article(article).ok()?.text;
    let counted = ctx.view.count(article, text, start, end);
    let (from, to) = (counted.from, counted.to);
    if from == to && label.is_none() {
        return Some(ctx.i18n.with("position-at", &[("n", left_to_right(&from.to_string()).as_str().into())]));
    }
    let range = format!("{from}\u{2013}{to}");
    let range = left_to_right(&range);
    Some(label.map_or_else(|| range.clone(), |label| format!("{} \u{b7} {range}", left_to_right(&label))))
}
