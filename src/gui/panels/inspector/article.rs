//! The article itself, when nothing in it has focus: facts, regions, note.

use egui::{Ui, vec2};

use super::{FIELD_ROW, PAD, hint, row, section_line, section_title};
use crate::edit::{ArticleFact, FactKind};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::panels::history::fact_word;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Field, FieldOptions, Icon, Text};
use crate::model::{Article, ArticleId, Direction, RegionKind};
use crate::session::Command;

/// Draws the facts of an article.
pub fn article_ui(ui: &mut Ui, id: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let Ok(article) = ctx.session.article(id) else { return };
    take_note(id, ctx);
    let i18n = ctx.i18n;
    ui.add_space(12.0);
    section_title(ui, &mut ctx.pen(), i18n.text("article-facts"), "");
    let imported = imported_facts(id, ctx);
    let kinds =
        [FactKind::Title, FactKind::Outlet, FactKind::Date, FactKind::Byline, FactKind::Url, FactKind::Language];
    for kind in kinds {
        let imported = imported.as_deref().map(|facts| fact_text(facts, kind));
        fact_ui(ui, id, kind, fact_word(i18n, kind), fact_text(&article.facts, kind), imported, ctx);
    }
    direction_ui(ui, id, article.facts.direction, ctx);
    section_line(ui, &ctx.pen());
    regions_ui(ui, id, &article, ctx);
    section_line(ui, &ctx.pen());
    note_ui(ui, id, ctx);
}

fn fact_text(facts: &crate::model::ArticleFacts, kind: FactKind) -> &str {
    match kind {
        FactKind::Title => &facts.title,
        FactKind::Outlet => &facts.outlet,
        FactKind::Date => &facts.date,
        FactKind::Byline => &facts.byline,
        FactKind::Url => &facts.url,
        FactKind::Language => &facts.language,
        FactKind::Direction => "",
    }
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
        ctx.view.inspector.refused = None;
    }
}

fn fact_ui(
    ui: &mut Ui,
    article: &ArticleId,
    kind: FactKind,
    name: &str,
    value: &str,
    imported: Option<&str>,
    ctx: &mut PanelCtx<'_>,
) {
    let mut cut = Cut::new(middle_of(row(ui, FIELD_ROW), metrics::FIELD), ctx.flow());
    let color = ctx.theme.tokens.text2;
    let place = cut.start(92.0);
    ctx.pen().label(ui, place, name, Text::new(TextRole::Ui, color));
    let set = |text: &str| Command::SetFact {
        article: article.clone(),
        fact: kind,
        value: ArticleFact::Text(text.to_owned()),
    };
    reset_ui(ui, &mut cut, name, imported.filter(|imported| *imported != value), set, ctx);
    let key = format!("{kind:?}");
    let id = egui::Id::unique(("fact", key.as_str()));
    let refused = ctx.view.inspector.refused.clone().filter(|(of, _)| *of == key);
    let mut field = ctx.view.inspector.texts.remove(&key).unwrap_or_else(|| Field::one_line(value));
    let leaving = ui.ctx().read_response(id).is_some_and(|response| response.lost_focus());
    if !leaving && refused.is_none() && !ui.memory(|memory| memory.has_focus(id)) {
        field.set_text(value);
    }
    let mut options = FieldOptions::new(name);
    options.ltr = matches!(kind, FactKind::Url | FactKind::Date | FactKind::Language);
    options.error = refused.is_some();
    let result = ctx.pen().text_field(ui, cut.rest, id, &mut field, options);
    let typed = field.text().trim().to_owned();
    if result.committed || result.changed {
        ctx.view.inspector.refused = None;
    }
    if result.committed && typed != value {
        let command = set(&typed);
        // What would be refused stays in the field, with the reason under it.
        if ctx.session.preview(&command).is_ok() {
            ctx.out.push(UiCommand::Run(Box::new(command)));
        } else {
            let reason = if kind == FactKind::Date { "fact-bad-date" } else { "fact-bad-language" };
            ctx.view.inspector.refused = Some((key.clone(), reason));
        }
    }
    if result.cancelled {
        field.set_text(value);
        ctx.view.inspector.refused = None;
    }
    if result.cancelled || (result.entered && ctx.view.inspector.refused.is_none()) {
        ctx.view.focus_reader = true;
    }
    if let Some((_, reason)) = refused {
        let color = ctx.theme.tokens.error;
        let text = ctx.i18n.text(reason);
        let mut line = Cut::new(row(ui, 20.0), ctx.flow());
        line.start(92.0);
        let mut pen = ctx.pen();
        let height = pen.wrapped_height(text, TextRole::Hint, line.rest.width());
        ui.add_space((height - 20.0).max(0.0));
        let ink = pen.paint_wrapped(ui.painter(), line.rest, text, Text::new(TextRole::Hint, color));
        let response = ui.interact(ink, ui.scope_id().with(("refused", key.as_str())), egui::Sense::hover());
        crate::gui::widgets::announce(&response, egui::accesskit::Role::Alert, text);
    }
    ctx.view.inspector.texts.insert(key, field);
}

/// The button that gives a fact its imported value back, where that is another.
fn reset_ui(
    ui: &mut Ui,
    cut: &mut Cut,
    name: &str,
    imported: Option<&str>,
    set: impl Fn(&str) -> Command,
    ctx: &mut PanelCtx<'_>,
) {
    let Some(imported) = imported else { return };
    let shown = if imported.is_empty() { ctx.i18n.text("value-none") } else { imported };
    let words = ctx.i18n.with("fact-reset", &[("name", name.into()), ("value", shown.into())]);
    let place = middle_of(cut.end(24.0), 24.0);
    cut.end(4.0);
    if ctx.pen().icon_button(ui, place, Icon::Reset, &words).clicked() {
        ctx.out.push(UiCommand::Run(Box::new(set(imported))));
    }
}

/// The facts as the import gave them, read once per article.
fn imported_facts(id: &ArticleId, ctx: &mut PanelCtx<'_>) -> Option<std::sync::Arc<crate::model::ArticleFacts>> {
    if let Some((of, facts)) = &ctx.view.inspector.imported
        && of == id
    {
        return facts.clone();
    }
    // Where they cannot be read, nothing can be given back.
    let facts = ctx.session.imported_facts(id).ok().map(std::sync::Arc::new);
    ctx.view.inspector.imported = Some((id.clone(), facts.clone()));
    facts
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
    let caption = ctx.keymap.caption(CommandId::Note);
    section_title(ui, &mut ctx.pen(), i18n.text("article-note"), &caption);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 2.2 * metrics::FIELD));
    let rect = rect.shrink2(vec2(PAD, 0.0));
    let mut field = std::mem::replace(&mut ctx.view.inspector.note, Field::multi_line(""));
    let options = FieldOptions::new(i18n.text("article-note")).hint(i18n.text("note-hint"));
    let id = egui::Id::unique("article note");
    if std::mem::take(&mut ctx.view.inspector.focus_note) {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.scroll_to_rect(rect, None);
    }
    let result = ctx.pen().text_field(ui, rect, id, &mut field, options);
    let note = field.text();
    ctx.view.inspector.note = field;
    if (result.committed || result.cancelled) && note != ctx.session.set(article).note {
        ctx.out.push(UiCommand::Run(Box::new(Command::SetArticleNote { article: article.clone(), note })));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
}
