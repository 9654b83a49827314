//! The mention in focus: label, quote, place, edges, fields, entity, note, origin.

use egui::accesskit::Role;
use egui::{Sense, Ui};

use super::fields::{Owner, fields_ui};
use super::{PAD, hint, row, section_line, section_title};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Dialog, PanelCtx};
use crate::gui::i18n::{isolated, left_to_right};
use crate::gui::panels::label_caption;
use crate::gui::theme::{Cut, Flow, TextRole, radius};
use crate::gui::widgets::{Align, Text, announce};
use crate::model::{ArticleId, Mention, MentionId, Origin, localised};
use crate::session::{Command, Edge};
use crate::text::{Ladder, Rung, Span, SpanSet};

/// Draws the details of a mention.
pub fn mention_ui(ui: &mut Ui, article: &ArticleId, id: &MentionId, ctx: &mut PanelCtx<'_>) {
    let Some(mention) = ctx.session.set(article).mentions.get(id).cloned() else { return };
    let Ok(loaded) = ctx.session.article(article) else { return };
    ctx.view.inspector.show(ctx.session.revision(), article, mention.id.clone().into());
    ui.add_space(12.0);
    label_ui(ui, &mention, ctx);
    ui.add_space(6.0);
    quote_ui(ui, &mention, ctx);
    let ladder = ctx.session.ladder(article, mention.spans.hull()).ok();
    let place = place_text(article, &mention, &loaded.text, ladder.as_ref(), ctx);
    hint(ui, &mut ctx.pen(), &place);
    if let Some(ladder) = &ladder {
        edges_ui(ui, article, &mention, &loaded.text, ladder, ctx);
    }
    section_line(ui, &ctx.pen());
    fields_ui(ui, article, Owner::Mention(&mention), ctx);
    section_line(ui, &ctx.pen());
    super::entity::entity_ui(ui, article, &mention, ctx);
    section_line(ui, &ctx.pen());
    super::notes::note_ui(ui, article, &mention.id.clone().into(), &mention.note, ctx);
    section_line(ui, &ctx.pen());
    origin_ui(ui, &mention, ctx);
}

fn label_ui(ui: &mut Ui, mention: &Mention, ctx: &mut PanelCtx<'_>) {
    let (tokens, colors) = (ctx.theme.tokens.clone(), ctx.theme.label(&mention.label));
    let label = ctx.session.scheme().label(&mention.label).cloned();
    let language = ctx.i18n.language().code();
    let name =
        label.as_ref().map_or_else(|| mention.label.to_string(), |label| localised(&label.name, language).to_owned());
    let caption = label.as_ref().map(|label| label_caption(label.key)).unwrap_or_default();
    let mut cut = Cut::new(row(ui, 26.0), ctx.flow());
    let mut pen = ctx.pen();
    let cap = cut.end(pen.cap_width(&caption));
    pen.key_cap(ui.painter(), cap, &caption);
    let pill = pen.label_pill(ui.painter(), cut.rest, mention.label.as_str(), colors);
    cut.start(pill.width() + 8.0);
    pen.label(ui, cut.rest, &name, Text::new(TextRole::Ui, tokens.text2));
    let help = ui.interact(pill, ui.scope_id().with("label help"), Sense::click());
    announce(&help, Role::Button, &ctx.i18n.with("help-for", &[("name", (&name).into())]));
    let definition = label.as_ref().map(|label| localised(&label.definition, language).to_owned()).unwrap_or_default();
    crate::gui::widgets::tooltip_ui(&mut ctx.pen(), ui, &help, &definition);
    if help.clicked() {
        ctx.out.push(UiCommand::Dialog(Dialog::Help(Some(mention.label.to_string()))));
    }
}

fn quote_ui(ui: &mut Ui, mention: &Mention, ctx: &mut PanelCtx<'_>) {
    let color = ctx.theme.tokens.text;
    let width = ui.available_width() - 2.0 * PAD;
    let pen = ctx.pen();
    let quote = mention.quote.replace('\n', " ");
    let laid = pen.text.wrapped(&quote, TextRole::QuoteBig, crate::layout::Base::Auto, width);
    let place = row(ui, laid.size.y);
    pen.text.paint(ui.painter(), &laid, place.min, color);
    let response = ui.interact(place, ui.scope_id().with("quote"), Sense::hover());
    announce(&response, Role::Label, &quote);
    ui.add_space(2.0);
}

/// Paragraph, characters, and which letters of the word stand before the mention.
fn place_text(
    article: &ArticleId,
    mention: &Mention,
    text: &str,
    ladder: Option<&Ladder>,
    ctx: &mut PanelCtx<'_>,
) -> String {
    let start = mention.spans.start();
    let counted = ctx.view.count(article, text, start, mention.spans.end());
    let (from, to) = (counted.from, counted.to);
    let range = left_to_right(&format!("{from}\u{2013}{to}"));
    let mut parts = vec![ctx.i18n.with("in-paragraph", &[("n", counted.paragraph.into())]), range];
    let word = ladder.and_then(|ladder| ladder.starts.first()).map_or(start, |rung| rung.at);
    if let Some(clitic) = text.get(word..start).filter(|clitic| !clitic.is_empty()) {
        parts.push(ctx.i18n.with("after-letters", &[("letters", clitic.into())]));
    }
    parts.join(" \u{b7} ")
}

fn edges_ui(ui: &mut Ui, article: &ArticleId, mention: &Mention, text: &str, ladder: &Ladder, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    for (edge, rungs, title, command) in [
        (Edge::Start, &ladder.starts, i18n.text("start-edge"), CommandId::StartEdge),
        (Edge::End, &ladder.ends, i18n.text("end-edge"), CommandId::EndEdge),
    ] {
        if rungs.len() < 2 {
            continue;
        }
        section_line(ui, &ctx.pen());
        let caption = ctx.keymap.caption(command);
        section_title(ui, &mut ctx.pen(), title, &caption);
        rungs_ui(ui, article, mention, text, edge, rungs, ctx);
    }
}

fn rungs_ui(
    ui: &mut Ui,
    article: &ArticleId,
    mention: &Mention,
    text: &str,
    edge: Edge,
    rungs: &[Rung],
    ctx: &mut PanelCtx<'_>,
) {
    let tokens = ctx.theme.tokens.clone();
    // The forms stand in the reading order of the text, whatever the interface's is.
    let flow = Flow { rtl: crate::layout::Base::Auto.resolve_rtl(&mention.quote) };
    let mut cut = Cut::new(row(ui, 36.0), flow);
    let (start, end) = (mention.spans.start(), mention.spans.end());
    for rung in rungs {
        let span =
            if edge == Edge::Start { Span::new(rung.at.min(end), end) } else { Span::new(start, rung.at.max(start)) };
        let form = span.slice(text).unwrap_or_default();
        // Of a long mention only the word at the edge is shown.
        let form = if edge == Edge::Start { form.split_whitespace().next() } else { form.split_whitespace().last() };
        let form = form.unwrap_or_default();
        let is_chosen = rung.at == if edge == Edge::Start { start } else { end };
        let mut pen = ctx.pen();
        let width = pen.width(form, TextRole::Rung) + 24.0;
        if width > cut.rest.width() {
            break;
        }
        let chip = cut.start(width);
        cut.start(6.0);
        let response = ui.interact(chip, ui.scope_id().with(("rung", edge == Edge::Start, rung.at)), Sense::click());
        let name = form.to_owned();
        response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, true, is_chosen, &name));
        let (border, thick) = if is_chosen { (tokens.focus, 2.0) } else { (tokens.line, 1.0) };
        let fill = if response.hovered() { tokens.hover } else { tokens.raised };
        let edge_line = egui::Stroke::new(thick, border);
        ui.painter().rect(chip, radius::BUTTON, fill, edge_line, egui::StrokeKind::Inside);
        pen.paint_text(ui.painter(), chip, form, Text::new(TextRole::Rung, tokens.text).align(Align::Center));
        pen.ring_if_focused(ui, &response, radius::BUTTON);
        if response.clicked()
            && let Some(spans) = spans_with_edge(&mention.spans, edge, rung.at)
        {
            let (article, mention) = (article.clone(), mention.id.clone());
            ctx.out.push(UiCommand::Run(Box::new(Command::SetSpans { article, mention, spans })));
        }
    }
}

/// The spans with their first start or last end elsewhere.
fn spans_with_edge(spans: &SpanSet, edge: Edge, at: usize) -> Option<SpanSet> {
    let mut pieces: Vec<Span> = spans.iter().collect();
    match edge {
        Edge::Start => {
            let first = pieces.first_mut()?;
            *first = Span::new(at.min(first.end()), first.end());
        }
        Edge::End => {
            let last = pieces.last_mut()?;
            *last = Span::new(last.start(), at.max(last.start()));
        }
    }
    SpanSet::new(pieces).ok()
}

fn origin_ui(ui: &mut Ui, mention: &Mention, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let provenance = &mention.provenance;
    let date = i18n.digits(provenance.at.date());
    let mut pen = ctx.pen();
    let who = i18n.with("labelled-by", &[("who", provenance.by.as_str().into()), ("date", date.as_str().into())]);
    hint(ui, &mut pen, &who);
    let how = match &provenance.origin {
        Origin::Manual => i18n.text("origin-manual").to_owned(),
        Origin::Imported { source } => i18n.with("origin-imported", &[("source", source.into())]),
        Origin::Suggested { source, .. } => i18n.with("origin-suggested", &[("source", source.into())]),
        Origin::Propagated { .. } => i18n.text("origin-propagated").to_owned(),
        Origin::Curated { .. } => i18n.text("origin-curated").to_owned(),
    };
    hint(ui, &mut pen, &isolated(&how));
}
