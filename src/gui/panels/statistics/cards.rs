//! The three cards of the statistics page.

use egui::accesskit::Role;
use egui::{Color32, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot};

use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::left_to_right;
use crate::gui::panels::status_word;
use crate::gui::theme::{Cut, TextRole, Tokens, metrics, middle_of, mix, radius};
use crate::gui::widgets::{Align, Pen, Text, announce};
use crate::layout::Base;
use crate::model::{AnnotatorId, Label, LabelId, LineStyle, Status, localised};
use crate::session::Statistics;
use crate::session::listing::STATUSES;

const PAD: f32 = 16.0;
const TITLE: f32 = 40.0;
const ROW: f32 = 26.0;
const PERSON: f32 = 48.0;
/// Days that the chart shows; all days are in the copied table.
const SHOWN_DAYS: usize = 60;
/// Days that are listed under the chart.
const LISTED_DAYS: usize = 7;
const CHART: f32 = 120.0;

/// Height of the card of progress.
pub fn progress_height(found: &Statistics) -> f32 {
    TITLE + ROW + found.annotators.len().max(1) as f32 * PERSON + PAD
}

/// Height of the card of days.
pub fn days_height(found: &Statistics) -> f32 {
    let listed = found.days.len().min(LISTED_DAYS);
    if found.days.is_empty() { TITLE + ROW + PAD } else { TITLE + CHART + 24.0 + listed as f32 * ROW + PAD }
}

/// Height of the card of labels.
pub fn labels_height(of_scheme: usize, found: &Statistics) -> f32 {
    let foreign = found.labels().len();
    TITLE + metrics::FIELD + 12.0 + of_scheme.max(foreign) as f32 * ROW + ROW + PAD
}

/// A card with its title and what stands beside that; returns what is left inside.
fn card(ui: &mut Ui, rect: Rect, title: &str, beside: &str, pen: &mut Pen<'_>) -> Cut {
    let tokens = pen.theme.tokens.clone();
    pen.boxed(ui.painter(), rect, radius::POPUP, tokens.paper, tokens.line);
    let mut column = Cut::new(rect.shrink2(vec2(PAD, 0.0)), pen.flow());
    let mut line = Cut::new(column.top(TITLE), pen.flow());
    let width = pen.width(title, TextRole::UiBold);
    let place = line.start(width);
    pen.label(ui, place, title, Text::new(TextRole::UiBold, tokens.text));
    line.start(10.0);
    if !beside.is_empty() {
        pen.label(ui, line.rest, beside, Text::new(TextRole::Hint, tokens.text3));
    }
    column
}

/// The grey of a status: the further, the darker.
fn shade(tokens: &Tokens, status: Status) -> Color32 {
    match status {
        Status::Adjudicated => tokens.ink,
        Status::Done => mix(tokens.ink, tokens.control, 0.35),
        Status::InReview => tokens.control,
        Status::InProgress => mix(tokens.control, tokens.paper, 0.5),
        Status::New => tokens.chrome,
        Status::Skipped => tokens.paper,
    }
}

/// A bar of counts one after the other, in reading direction; skipped ones are hatched.
fn stacked_bar(ui: &Ui, rect: Rect, counts: &[(Status, usize)], total: usize, pen: &Pen<'_>) {
    let tokens = &pen.theme.tokens;
    let mut cut = Cut::new(rect, pen.flow());
    for (status, count) in counts {
        let part = cut.start(rect.width() * *count as f32 / total.max(1) as f32);
        ui.painter().rect_filled(part, 0.0, shade(tokens, *status));
        if *status == Status::Skipped {
            hatch(ui, part, tokens.control);
        }
    }
    ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.0, tokens.control), egui::StrokeKind::Outside);
}

fn hatch(ui: &Ui, rect: Rect, color: Color32) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        let stroke = Stroke::new(1.0, color);
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 5.0;
    }
}

/// Articles by annotator and status.
pub fn progress_ui(ui: &mut Ui, rect: Rect, found: &Statistics, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let mut pen = ctx.pen();
    let mut column = card(ui, rect, i18n.text("statistics-progress"), "", &mut pen);
    let columns = STATUSES.len() as f32;
    let numbers_width = (rect.width() * 0.78).min(columns * 100.0);
    let mut head = Cut::new(column.top(ROW), pen.flow());
    let mut numbers = Cut::new(head.end(numbers_width), pen.flow());
    for status in STATUSES {
        let mut place = Cut::new(numbers.start(numbers_width / columns), pen.flow());
        let key = middle_of(place.start(9.0), 9.0);
        ui.painter().rect_filled(key, 2.0, shade(&tokens, status));
        if status == Status::Skipped {
            hatch(ui, key, tokens.control);
        }
        ui.painter().rect_stroke(key, 2.0, Stroke::new(1.0, tokens.control), egui::StrokeKind::Inside);
        place.start(5.0);
        pen.label(ui, place.rest, status_word(i18n, status), Text::new(TextRole::Hint, tokens.text2));
    }
    for (id, one) in &found.annotators {
        let line = column.top(PERSON);
        pen.line_above(ui.painter(), line);
        let counts: Vec<(Status, usize)> =
            STATUSES.iter().map(|status| (*status, one.statuses.get(status).copied().unwrap_or(0))).collect();
        let name = match found.names.get(id) {
            Some(name) => name.clone(),
            None => left_to_right(id.as_str()),
        };
        let spoken: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| format!("{} {}", status_word(i18n, *status), i18n.count(*count)))
            .collect();
        let response = ui.interact(line, ui.scope_id().with(("progress", id.as_str())), Sense::hover());
        announce(&response, Role::ListItem, &format!("{name}: {}", spoken.join(", ")));
        let mut rows = Cut::new(line.shrink2(vec2(0.0, 6.0)), pen.flow());
        let mut top = Cut::new(rows.top(22.0), pen.flow());
        let mut numbers = Cut::new(top.end(numbers_width), pen.flow());
        pen.paint_text(ui.painter(), top.rest, &name, Text::new(TextRole::UiBold, tokens.text).auto());
        for (_, count) in &counts {
            let mut place = Cut::new(numbers.start(numbers_width / columns), pen.flow());
            place.start(14.0);
            let ink = if *count == 0 { tokens.text3 } else { tokens.text };
            pen.paint_text(ui.painter(), place.rest, &i18n.count(*count), Text::new(TextRole::Ui, ink));
        }
        rows.top(2.0);
        stacked_bar(ui, middle_of(rows.top(8.0), 8.0), &counts, found.articles, &pen);
    }
}

/// Articles finished by UTC day.
pub fn days_ui(ui: &mut Ui, rect: Rect, found: &Statistics, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let mut pen = ctx.pen();
    let mut column = card(ui, rect, i18n.text("statistics-days"), i18n.text("statistics-utc"), &mut pen);
    if found.days.is_empty() {
        pen.label(ui, column.top(ROW), i18n.text("statistics-no-days"), Text::new(TextRole::Ui, tokens.text2));
        return;
    }
    let days: Vec<(&str, usize)> = found.days.iter().map(|(day, by)| (day.as_str(), by.values().sum())).collect();
    let shown = days.get(days.len().saturating_sub(SHOWN_DAYS)..).unwrap_or_default();
    let bars = shown
        .iter()
        .enumerate()
        .map(|(at, (_, count))| grey(Bar::new(at as f64, *count as f64).width(0.7), tokens.control))
        .collect();
    let most = shown.iter().map(|(_, count)| *count).max().unwrap_or(1);
    // A few bars would be very wide.
    let slots = shown.len().max(14) as f64;
    plot(ui, column.top(CHART), "days", BarChart::new("days", bars), (-0.6, slots - 0.4), (0.0, most as f64 * 1.05));
    // The time axis runs left to right in both interfaces.
    let axis = column.top(24.0);
    let base = Text { base: Some(Base::Ltr), ..Text::new(TextRole::Hint, tokens.text3) };
    let (left, right) = if pen.flow().rtl { (Align::End, Align::Start) } else { (Align::Start, Align::End) };
    if let (Some((first, _)), Some((last, _))) = (shown.first(), shown.last()) {
        pen.paint_text(ui.painter(), axis, &i18n.digits(first), base.align(left));
        if shown.len() >= 14 {
            pen.paint_text(ui.painter(), axis, &i18n.digits(last), base.align(right));
        }
    }
    for (day, count) in shown.iter().rev().take(LISTED_DAYS) {
        let line = column.top(ROW);
        let day_text = left_to_right(&i18n.digits(day));
        let text = i18n.with("statistics-day", &[("day", day_text.as_str().into()), ("n", (*count).into())]);
        let response = ui.interact(line, ui.scope_id().with(("day", *day)), Sense::hover());
        announce(&response, Role::ListItem, &text);
        let mut cut = Cut::new(line, pen.flow());
        let place = cut.start(110.0);
        pen.paint_text(ui.painter(), place, &day_text, Text::new(TextRole::Ui, tokens.text2));
        pen.paint_text(ui.painter(), cut.rest, &i18n.count(*count), Text::new(TextRole::Ui, tokens.text));
    }
}

/// Mentions by label: names and numbers are ours, the bars the plot's, one row each.
pub fn labels_ui(ui: &mut Ui, rect: Rect, found: &Statistics, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let mut column = card(ui, rect, i18n.text("statistics-labels"), "", &mut ctx.pen());
    let line = column.top(metrics::FIELD);
    whose_ui(ui, line, found, ctx);
    column.top(12.0);
    let one = ctx.view.statistics.whose.as_ref().and_then(|id| found.annotators.get(id));
    let counts = one.map_or_else(|| found.labels(), |one| one.labels.clone());
    let scheme = ctx.session.scheme().clone();
    let language = i18n.language().code();
    // All labels of the scheme, the most frequent first, and then what only the sets have.
    let mut rows: Vec<(LabelId, Option<&Label>, usize)> = scheme
        .labels
        .iter()
        .map(|label| (label.id.clone(), Some(label), counts.get(&label.id).copied().unwrap_or(0)))
        .collect();
    let foreign = counts.iter().filter(|(id, _)| scheme.label(id).is_none());
    rows.extend(foreign.map(|(id, count)| (id.clone(), None, *count)));
    rows.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    let total: usize = rows.iter().map(|(_, _, count)| count).sum();
    let area = column.top(rows.len() as f32 * ROW);
    let mut sides = Cut::new(area, ctx.flow());
    let names = sides.start((area.width() * 0.44).min(230.0));
    let numbers = sides.end(52.0);
    let most = rows.first().map_or(1, |(_, _, count)| *count).max(1);
    let bars = rows.iter().enumerate().map(|(at, (_, _, count))| {
        // From the top down.
        grey(Bar::new((rows.len() - 1 - at) as f64, *count as f64).width(0.52), tokens.control)
    });
    let chart = BarChart::new("labels", bars.collect()).horizontal();
    let y = (-0.5, rows.len() as f64 - 0.5);
    plot(ui, sides.rest.shrink2(vec2(8.0, 0.0)), "labels", chart, (0.0, most as f64), y);
    let mut name_rows = Cut::new(names, ctx.flow());
    let mut number_rows = Cut::new(numbers, ctx.flow());
    for (id, label, count) in &rows {
        let (place, number) = (name_rows.top(ROW), number_rows.top(ROW));
        let name = label.map_or("", |label| localised(&label.name, language));
        let row = place.union(number);
        let spoken =
            i18n.with("statistics-label", &[("id", id.as_str().into()), ("name", name.into()), ("n", (*count).into())]);
        let response = ui.interact(row, ui.scope_id().with(("label row", id.as_str())), Sense::hover());
        announce(&response, Role::ListItem, &spoken);
        let colors = ctx.theme.label(id);
        let mut pen = ctx.pen();
        let mut cut = Cut::new(place, pen.flow());
        let sample = middle_of(cut.start(12.0), 4.0);
        pen.line_sample(ui.painter(), sample, label.map_or(LineStyle::Solid, |label| label.line), colors.line);
        cut.start(8.0);
        let width = pen.width(id.as_str(), TextRole::TagBig).max(50.0).min(cut.rest.width());
        let code = cut.start(width);
        pen.paint_text(ui.painter(), code, id.as_str(), Text::new(TextRole::TagBig, tokens.text));
        cut.start(8.0);
        pen.paint_text(ui.painter(), cut.rest, name, Text::new(TextRole::Hint, tokens.text2));
        let ink = if *count == 0 { tokens.text3 } else { tokens.text };
        let text = Text::new(TextRole::Ui, ink).align(Align::End);
        pen.paint_text(ui.painter(), number, &i18n.count(*count), text);
    }
    let line = column.top(ROW);
    let mut pen = ctx.pen();
    pen.line_above(ui.painter(), line);
    let (claims, stances) = match one {
        Some(one) => (one.claims, one.stances),
        None => found.annotators.values().fold((0, 0), |(c, s), one| (c + one.claims, s + one.stances)),
    };
    let parts = [("count-mentions", total), ("count-claims", claims), ("count-stances", stances)];
    let parts: Vec<String> = parts.iter().map(|(id, n)| i18n.with(id, &[("n", (*n).into())])).collect();
    pen.label(ui, line, &parts.join(" \u{b7} "), Text::new(TextRole::Hint, tokens.text2));
}

/// Whose labels are counted.
fn whose_ui(ui: &mut Ui, rect: Rect, found: &Statistics, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let ids: Vec<AnnotatorId> = found.annotators.keys().cloned().collect();
    let names: Vec<String> =
        ids.iter().map(|id| found.names.get(id).cloned().unwrap_or_else(|| left_to_right(id.as_str()))).collect();
    let mut texts = vec![i18n.text("history-everybody")];
    texts.extend(names.iter().map(String::as_str));
    let whose = ctx.view.statistics.whose.clone();
    let chosen = whose.and_then(|whose| ids.iter().position(|id| *id == whose)).map_or(0, |at| at + 1);
    let place = ctx.flow().at_start(rect, rect.width().min(230.0));
    let is_open = ctx.view.inspector.list_open.as_deref() == Some("statistics-whose");
    let response = ctx.pen().combo(ui, place, i18n.text("statistics-whose"), &texts, chosen, is_open);
    if response.open != is_open {
        ctx.view.inspector.list_open = response.open.then(|| "statistics-whose".to_owned());
    }
    if let Some(at) = response.picked {
        ctx.view.statistics.whose = at.checked_sub(1).and_then(|at| ids.get(at)).cloned();
    }
}

/// A bar in full grey.
fn grey(bar: Bar, color: Color32) -> Bar {
    bar.fill(color).stroke(Stroke::NONE)
}

/// A chart without any text of its own, with exactly these bounds.
fn plot(ui: &mut Ui, rect: Rect, name: &str, chart: BarChart, x: (f64, f64), y: (f64, f64)) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("plot", name)));
    Plot::new(("statistics plot", name))
        .width(rect.width())
        .height(rect.height())
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .sense(Sense::hover())
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(x.0..=x.1);
            plot.set_plot_bounds_y(y.0..=y.1);
            plot.bar_chart(chart.allow_hover(false));
        });
}
