//! The article itself, when nothing in it has focus: facts, regions, note.

use egui::{Ui, vec2};

use super::{FIELD_ROW, PAD, hint, row, section_line, section_title};
use crate::edit::{ArticleFact, FactKind};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Field, FieldOptions, Text};
use crate::model::{Article, ArticleId, Direction, RegionKind};
use crate::session::Command;

/// Draws the facts of an article.
pub fn article_ui(ui: &mut Ui, id: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let Ok(article) = ctx.session.article(id) else { return };
    take_note(id, ctx);
    let i18n = ctx.i18n;
    ui.add_space(12.0);
    section_title(ui, &mut ctx.pen(), i18n.text("article-facts"), "");
    for (kind, name, value) in [
        (FactKind::Title, i18n.text("fact-title"), article.facts.title.as_str()),
        (FactKind::Outlet, i18n.text("fact-outlet"), article.facts.outlet.as_str()),
        (FactKind::Date, i18n.text("fact-date"), article.facts.date.as_str()),
        (FactKind::Byline, i18n.text("fact-byline"), article.facts.byline.as_str()),
        (FactKind::Url, i18n.text("fact-url"), article.facts.url.as_str()),
        (FactKind::Language, i18n.text("fact-language"), article.facts.language.as_str()),
    ] {
        fact_ui(ui, id, kind, name, value, ctx);
    }
    direction_ui(ui, id, article.facts.direction, ctx);
    section_line(ui, &ctx.pen());
    regions_ui(ui, id, &article, ctx);
    section_line(ui, &ctx.pen());
    note_ui(ui, id, ctx);
}

fn take_note(id: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let key = (ctx.session.revision(), id.clone(), None);
    if ctx.view.inspector.shown.as_ref() == Some(&key) {
        return;
    }
    let same = ctx.view.inspector.shown.as_ref().is_some_and(|shown| (&shown.1, &shown.2) == (&key.1, &key.2));
    ctx.view.inspector.shown = Some(key);
    let note = ctx.session.set(id).note.clone();
    if same {
        ctx.view.inspector.note.set_text(&note);
    } else {
        ctx.view.inspector.note = Field::multi_line(&note);
        ctx.view.inspector.texts.clear();
    }
}

fn fact_ui(ui: &mut Ui, article: &ArticleId, kind: FactKind, name: &str, value: &str, ctx: &mut PanelCtx<'_>) {
    let mut cut = Cut::new(middle_of(row(ui, FIELD_ROW), metrics::FIELD), ctx.flow());
    let color = ctx.theme.tokens.text2;
    let place = cut.start(92.0);
    ctx.pen().label(ui, place, name, Text::new(TextRole::Ui, color));
    let key = format!("{kind:?}");
    let id = egui::Id::unique(("fact", key.as_str()));
    let mut field = ctx.view.inspector.texts.remove(&key).unwrap_or_else(|| Field::one_line(value));
    let leaving = ui.ctx().read_response(id).is_some_and(|response| response.lost_focus());
    if !leaving && !ui.memory(|memory| memory.has_focus(id)) {
        field.set_text(value);
    }
    let mut options = FieldOptions::new(name);
    options.ltr = matches!(kind, FactKind::Url | FactKind::Date | FactKind::Language);
    let result = ctx.pen().text_field(ui, cut.rest, id, &mut field, options);
    let typed = field.text().trim().to_owned();
    if result.committed && typed != value {
        let value = ArticleFact::Text(typed);
        ctx.out.push(UiCommand::Run(Box::new(Command::SetFact { article: article.clone(), fact: kind, value })));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
    ctx.view.inspector.texts.insert(key, field);
}

fn direction_ui(ui: &mut Ui, article: &ArticleId, direction: Direction, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let mut cut = Cut::new(middle_of(row(ui, FIELD_ROW), metrics::FIELD), ctx.flow());
    let color = ctx.theme.tokens.text2;
    let place = cut.start(92.0);
    ctx.pen().label(ui, place, i18n.text("fact-direction"), Text::new(TextRole::Ui, color));
    let values = [Direction::Auto, Direction::Rtl, Direction::Ltr];
    let texts = [i18n.text("direction-auto"), i18n.text("direction-rtl"), i18n.text("direction-ltr")];
    let chosen = values.iter().position(|value| *value == direction);
    if let Some(at) = ctx.pen().segments(ui, cut.rest, "direction", &texts, chosen) {
        let value = ArticleFact::Direction(values[at.min(2)]);
        let command = Command::SetFact { article: article.clone(), fact: FactKind::Direction, value };
        ctx.out.push(UiCommand::Run(Box::new(command)));
    }
}

fn regions_ui(ui: &mut Ui, id: &ArticleId, article: &Article, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    section_title(ui, &mut ctx.pen(), i18n.text("regions-title"), "");
    if article.facts.regions.is_empty() {
        hint(ui, &mut ctx.pen(), i18n.text("regions-none"));
        return;
    }
    hint(ui, &mut ctx.pen(), i18n.text("regions-hint"));
    ui.add_space(4.0);
    for (at, region) in article.facts.regions.iter().enumerate() {
        let words = region.span.slice(&article.text).unwrap_or_default();
        let first: String = words.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect();
        let name =
            i18n.with("region-row", &[("kind", region_word(i18n, region.kind).into()), ("text", first.trim().into())]);
        let place = row(ui, 28.0);
        ui.push_id(("region", at), |ui| {
            if ctx.pen().check_box(ui, place, &name, region.include).clicked() {
                let command = Command::SetRegion {
                    article: id.clone(),
                    span: region.span,
                    kind: None,
                    include: Some(!region.include),
                };
                ctx.out.push(UiCommand::Run(Box::new(command)));
            }
        });
    }
}

/// The word for a kind of region.
#[must_use]
pub fn region_word(i18n: &crate::gui::i18n::I18n, kind: RegionKind) -> &str {
    match kind {
        RegionKind::Title => i18n.text("region-title"),
        RegionKind::Lead => i18n.text("region-lead"),
        RegionKind::Body => i18n.text("region-body"),
        RegionKind::Caption => i18n.text("region-caption"),
        RegionKind::Credit => i18n.text("region-credit"),
        RegionKind::Related => i18n.text("region-related"),
        RegionKind::Comments => i18n.text("region-comments"),
        RegionKind::Boilerplate => i18n.text("region-boilerplate"),
        RegionKind::Blank => i18n.text("region-blank"),
    }
}

fn note_ui(ui: &mut Ui, article: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    section_title(ui, &mut ctx.pen(), i18n.text("article-note"), "");
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 2.2 * metrics::FIELD));
    let rect = rect.shrink2(vec2(PAD, 0.0));
    let mut field = std::mem::replace(&mut ctx.view.inspector.note, Field::multi_line(""));
    let options = FieldOptions::new(i18n.text("article-note")).hint(i18n.text("note-hint"));
    let result = ctx.pen().text_field(ui, rect, egui::Id::unique("article note"), &mut field, options);
    let note = field.text();
    ctx.view.inspector.note = field;
    if (result.committed || result.cancelled) && note != ctx.session.set(article).note {
        ctx.out.push(UiCommand::Run(Box::new(Command::SetArticleNote { article: article.clone(), note })));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
}
