//! The first screen: three ways to begin, recent projects, a place to drop files, and one live line.

use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::ShellCtx;
use crate::gui::i18n::{isolated, without_isolates};
use crate::gui::text::TextPainter;
use crate::gui::theme::{Cut, TextRole, middle_of, radius};
use crate::gui::widgets::{Align, ButtonKind, Icon, Text, announce, paint_icon};
use crate::layout::Base;
use crate::text::Span;

const WIDTH: f32 = 1000.0;
const CARD: f32 = 64.0;

/// The line at the bottom, in Arabic script whatever the interface is, with its mentions: word, label.
const SAMPLE: &str = include_str!("../../../assets/demo/sample-line.txt");

/// Draws the screen.
pub fn first_run_ui(ui: &mut Ui, rect: Rect, ctx: &mut ShellCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.paper);
    let width = WIDTH.min(rect.width() - 96.0);
    let tall = rect.height() >= 700.0;
    let top = rect.top() + if tall { 80.0 } else { 24.0 };
    let page = Rect::from_min_max(
        pos2(rect.center().x - width / 2.0, top),
        pos2(rect.center().x + width / 2.0, rect.bottom()),
    );
    let mut columns = Cut::new(page, ctx.flow());
    let left = columns.start(width * 0.5);
    columns.start(width * 0.055);
    let right = columns.rest;
    let bottom = begin_ui(ui, left, ctx);
    recent_ui(ui, right, ctx);
    let line_top = if tall { bottom + 80.0 } else { bottom + 16.0 };
    let strip = Rect::from_min_max(pos2(page.left(), line_top), page.right_bottom());
    if strip.height() > 110.0 {
        sample_ui(ui, strip, ctx);
    }
}

/// Name, three actions, drop area; returns where it ends.
fn begin_ui(ui: &mut Ui, rect: Rect, ctx: &mut ShellCtx<'_>) -> f32 {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let mut column = Cut::new(rect, ctx.flow());
    let mut title = Cut::new(column.top(48.0), ctx.flow());
    let (first, second) =
        if i18n.is_rtl() { ("program-arabic", "program-latin") } else { ("program-latin", "program-arabic") };
    let mut pen = ctx.pen();
    let width = pen.width(i18n.text(first), TextRole::Headline);
    let place = title.start(width);
    pen.label(ui, place, i18n.text(first), Text::new(TextRole::Headline, tokens.text));
    title.start(14.0);
    pen.label(ui, title.rest, i18n.text(second), Text::new(TextRole::Headline, tokens.text2));
    let lead = column.top(32.0);
    pen.label(ui, lead, i18n.text("first-lead"), Text::new(TextRole::Lead, tokens.text2));
    column.top(14.0);
    for (at, (command, icon, hint)) in [
        (CommandId::OpenArticles, Icon::File, i18n.text("first-open-articles")),
        (CommandId::OpenProject, Icon::Folder, i18n.text("first-open-project")),
        (CommandId::DemoProject, Icon::Book, i18n.text("first-demo")),
    ]
    .into_iter()
    .enumerate()
    {
        let card = column.top(CARD);
        column.top(12.0);
        action_ui(ui, card, command, icon, hint, at == 0, ctx);
    }
    column.top(4.0);
    let drop = column.top(76.0);
    drop_ui(ui, drop, ctx);
    let note = column.top(44.0);
    ctx.pen().label(ui, note, i18n.text("first-local"), Text::new(TextRole::Hint, tokens.text3));
    column.rest.top()
}

fn action_ui(ui: &mut Ui, rect: Rect, command: CommandId, icon: Icon, hint: &str, first: bool, ctx: &mut ShellCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let title = i18n.text(command.spec().title);
    let id = egui::Id::unique(("first run", title));
    let response = ui.interact(rect, id, Sense::click());
    announce(&response, Role::Button, title);
    let caption = ctx.keymap.caption(command);
    let fill = if response.hovered() { tokens.hover } else { tokens.raised };
    let mut pen = ctx.pen();
    pen.boxed(ui.painter(), rect, radius::POPUP, fill, tokens.control);
    let mut cut = Cut::new(rect.shrink2(vec2(16.0, 8.0)), pen.flow());
    let sign = cut.start(24.0);
    paint_icon(ui.painter(), middle_of(sign, 22.0), icon, tokens.text, pen.flow());
    cut.start(14.0);
    let cap = cut.end(pen.cap_width(&caption));
    pen.key_cap(ui.painter(), cap, &caption);
    let mut lines = Cut::new(cut.rest, pen.flow());
    let upper = lines.top(26.0);
    pen.paint_text(ui.painter(), upper, title, Text::new(TextRole::Heading, tokens.text));
    pen.paint_text(ui.painter(), lines.rest, hint, Text::new(TextRole::Ui, tokens.text2));
    let nothing_focused = ui.memory(|memory| memory.focused().is_none());
    if first && nothing_focused && ctx.view.dialog.is_none() {
        response.request_focus();
    }
    ctx.pen().ring_if_focused(ui, &response, radius::POPUP);
    if response.clicked() {
        ctx.out.push(UiCommand::Do(command));
    }
}

fn drop_ui(ui: &mut Ui, rect: Rect, ctx: &mut ShellCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let over = ui.input(|input| !input.raw.hovered_files.is_empty());
    if over {
        ui.painter().rect_filled(rect, radius::POPUP, tokens.hover);
    }
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let dash = Stroke::new(1.0, tokens.control);
    ui.painter().extend(egui::Shape::dashed_line(&corners, dash, 4.0, 3.0));
    let sentence = i18n.text("first-drop");
    let caption = ctx.keymap.caption(CommandId::PasteArticle);
    let mut pen = ctx.pen();
    let words = pen.width(sentence, TextRole::Ui);
    let total = words + 8.0 + pen.cap_width(&caption);
    let line = Rect::from_center_size(rect.center(), vec2(total.min(rect.width() - 16.0), 24.0));
    let mut cut = Cut::new(line, pen.flow());
    let place = cut.start(words);
    pen.label(ui, place, sentence, Text::new(TextRole::Ui, tokens.text2));
    cut.start(8.0);
    pen.key_cap(ui.painter(), cut.rest, &caption);
}

fn recent_ui(ui: &mut Ui, rect: Rect, ctx: &mut ShellCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let mut column = Cut::new(rect, ctx.flow());
    column.top(14.0);
    let title = column.top(28.0);
    ctx.pen().label(ui, title, i18n.text("first-recent"), Text::new(TextRole::UiBold, tokens.text2));
    column.top(18.0);
    let recent = ctx.view.settings.recent.clone();
    if recent.is_empty() {
        let words = column.top(28.0);
        ctx.pen().label(ui, words, i18n.text("first-no-recent"), Text::new(TextRole::Ui, tokens.text3));
        return;
    }
    for (at, project) in recent.iter().take(7).enumerate() {
        let row = column.top(58.0);
        if row.height() < 58.0 {
            break;
        }
        let missing = ctx.view.missing_recent.contains(&project.path);
        ctx.pen().line_above(ui.painter(), row);
        recent_row_ui(ui, row, at, project, missing, ctx);
    }
}

fn recent_row_ui(
    ui: &mut Ui,
    rect: Rect,
    at: usize,
    project: &crate::gui::settings::RecentProject,
    missing: bool,
    ctx: &mut ShellCtx<'_>,
) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let name = project.path.rsplit(['/', '\\']).next().unwrap_or(&project.path).to_owned();
    let response = ui.interact(rect, egui::Id::unique(("recent", at)), Sense::click());
    announce(&response, Role::Button, &name);
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(2.0, tokens.focus), StrokeKind::Inside);
    }
    let mut cut = Cut::new(rect.shrink2(vec2(2.0, 7.0)), ctx.flow());
    let mut pen = ctx.pen();
    if missing {
        let title = i18n.text("first-locate");
        let width = pen.button_width(title, "");
        let place = middle_of(cut.end(width), 28.0);
        if pen.button(ui, place, title, "", ButtonKind::Plain).clicked() {
            ctx.out.push(UiCommand::Do(CommandId::OpenProject));
        }
    } else {
        let caption = format!("Alt {}", at + 1);
        let cap = cut.end(pen.cap_width(&caption));
        pen.key_cap(ui.painter(), cap, &caption);
        cut.end(10.0);
        let date = i18n.digits(&project.date);
        let width = pen.width(&date, TextRole::Ui);
        let place = cut.end(width);
        pen.paint_text(ui.painter(), place, &date, Text::new(TextRole::Ui, tokens.text2));
    }
    let mut pen = ctx.pen();
    let mut lines = Cut::new(cut.rest, pen.flow());
    let upper = lines.top(22.0);
    pen.paint_text(ui.painter(), upper, &isolated(&name), Text::new(TextRole::UiBold, tokens.text).align(Align::Start));
    if missing {
        let mut warning = Cut::new(lines.rest, pen.flow());
        let icon = warning.start(14.0);
        paint_icon(ui.painter(), middle_of(icon, 13.0), Icon::Warning, tokens.warn, pen.flow());
        warning.start(6.0);
        pen.paint_text(ui.painter(), warning.rest, i18n.text("first-missing"), Text::new(TextRole::Hint, tokens.warn));
        return;
    }
    let counts = i18n.with("recent-counts", &[("n", project.articles.into()), ("done", project.done.into())]);
    pen.paint_text(ui.painter(), lines.rest, &counts, Text::new(TextRole::Hint, tokens.text2));
    if response.clicked() {
        let annotator = Some(project.annotator.clone()).filter(|id| !id.is_empty());
        ctx.out.push(UiCommand::OpenProject { path: project.path.clone().into(), annotator });
    }
}

/// One line of text with its mentions drawn as the reader draws them at rest, one of them in focus.
fn sample_ui(ui: &mut Ui, rect: Rect, ctx: &mut ShellCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    ctx.pen().line_above(ui.painter(), rect);
    let mut column = Cut::new(rect, ctx.flow());
    column.top(14.0);
    let title = column.top(26.0);
    ctx.pen().label(ui, title, i18n.text("first-sample"), Text::new(TextRole::HintBold, tokens.text2));
    column.top(8.0);
    let line = column.top(54.0);
    let mut lines = SAMPLE.lines();
    let text = lines.next().unwrap_or_default().to_owned();
    let marks: Vec<(Span, &str, f32)> = lines
        .filter_map(|mark| {
            let (label, rest) = mark.split_once('\t')?;
            let (depth, words) = rest.split_once('\t')?;
            let start = text.find(words)?;
            Some((Span::new(start, start + words.len()), label, depth.parse().ok()?))
        })
        .collect();
    let laid = ctx.text.line(&text, TextRole::QuoteBig, Base::Rtl, None);
    let scale = ctx.text.pixels_per_point();
    let left = line.right() - laid.size.x;
    let mut mesh = ctx.text.mesh();
    let baseline = laid.paragraph.lines().first().map_or(0.0, |line| line.baseline_px) / scale;
    let y = ctx.text.snap(line.top() + baseline);
    for (span, label, depth) in &marks {
        let colors = sample_colors(label, ctx);
        let in_focus = *label == "GPE";
        for piece in laid.paragraph.rects(*span) {
            let (from, to) = (left + piece.left_px / scale, left + piece.right_px / scale);
            if in_focus {
                let fill = Rect::from_min_max(pos2(from, y - 20.0), pos2(to, y + 8.5));
                TextPainter::flat(&mut mesh, fill, colors.fill);
            }
            let (lane, thick) = (ctx.text.snap(y + 10.0 + 3.0 * depth), if in_focus { 3.0 } else { 2.0 });
            let lane = Rect::from_min_max(pos2(from + 1.5, lane), pos2(to - 1.5, lane + thick));
            TextPainter::flat(&mut mesh, lane, colors.line);
        }
    }
    ctx.text.glyphs(&mut mesh, &laid.paragraph, pos2(left, line.top()), tokens.text);
    ui.painter().add(egui::Shape::mesh(mesh));
    for (span, label, _) in &marks {
        sample_tag_ui(ui, &laid, *span, label, left, y, ctx);
    }
    let id = ui.scope_id().with("sample");
    announce(&ui.interact(line, id, Sense::hover()), Role::Label, &without_isolates(&text));
}

fn sample_colors(label: &str, ctx: &ShellCtx<'_>) -> crate::gui::theme::LabelColors {
    ctx.theme.label(&crate::model::LabelId::new(label))
}

fn sample_tag_ui(
    ui: &Ui,
    laid: &crate::gui::text::Laid,
    span: Span,
    label: &str,
    left: f32,
    y: f32,
    ctx: &mut ShellCtx<'_>,
) {
    let scale = ctx.text.pixels_per_point();
    let colors = sample_colors(label, ctx);
    let right = laid.paragraph.rects(span).iter().map(|piece| piece.right_px).fold(0.0, f32::max) / scale + left;
    let tag = ctx.text.line(label, TextRole::Tag, Base::Ltr, None);
    let in_focus = label == "GPE";
    let top = y + if label == "ROLE" || label == "NORP" { 15.5 } else { 12.5 };
    let at = pos2(right - tag.size.x - if in_focus { 4.0 } else { 1.5 }, top);
    if in_focus {
        let pill = Rect::from_min_size(at - vec2(4.0, -1.0), tag.size + vec2(8.0, 0.0));
        ui.painter().rect_filled(pill, radius::FILL, colors.line);
    }
    let ink = if in_focus { colors.on } else { colors.ink };
    ctx.text.paint(ui.painter(), &tag, at, ink);
}
