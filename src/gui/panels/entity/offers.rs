//! Entities that are offered for a name, as the rows of a panel under a field.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::{I18n, isolated, left_to_right};
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{Pen, Text, announce, popup_at};
use crate::model::{ArticleId, Entity, EntityId, LabelId, localised};
use crate::session::{Candidate, Offered, Query, Reason, Session};

/// At most so many are offered, beside the row that makes a new one.
const ROWS: usize = 8;
const ROW: f32 = 46.0;
/// The panel is at least this wide, also beside a narrow field.
const WIDEST: f32 = 340.0;

/// For what entities are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// What is typed.
    pub typed: String,
    /// Label of the mention.
    pub label: Option<LabelId>,
    /// The article in front of the person.
    pub article: Option<ArticleId>,
    /// Whether a new entity of this name, or a row of the knowledge base, can be taken.
    pub makes_new: bool,
    /// Not offered.
    pub without: Option<EntityId>,
}

/// What is offered, and the row that Enter takes.
#[derive(Debug, Default)]
pub struct Offers {
    /// The row that Enter takes, from 0.
    pub at: usize,
    /// What was offered last, for what, in which state of the project, and whether all names were in order.
    offered: Option<((u64, Ask, bool), Rc<Vec<Row>>)>,
}

/// One row of the panel.
#[derive(Clone, Debug)]
struct Row {
    choice: Choice,
    name: String,
    /// Why it is offered, and what tells it apart.
    about: String,
    label: Option<LabelId>,
}

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An entity.
    Known(EntityId),
    /// A row of the knowledge base.
    Base(u32),
    /// A new entity.
    New,
}

impl Offers {
    /// The rows for what is asked; made again only when that, or the project, has changed.
    fn rows(&mut self, ask: &Ask, ctx: &PanelCtx<'_>) -> Rc<Vec<Row>> {
        let (revision, has_names) = (ctx.session.revision(), ctx.session.has_names());
        if let Some(((at, of, had_names), rows)) = &self.offered
            && (*at, *had_names) == (revision, has_names)
            && of == ask
        {
            return Rc::clone(rows);
        }
        let (typed, label, article) = (ask.typed.clone(), ask.label.clone(), ask.article.clone());
        let mut found = ctx.session.candidates(&Query { typed, label, article, limit: ROWS + 1 });
        found.retain(|candidate| match &candidate.offer {
            Offered::Entity(id) => ask.without.as_ref() != Some(id),
            Offered::Row(_) => ask.makes_new,
        });
        found.truncate(ROWS);
        let ids: Vec<EntityId> = found.iter().filter_map(|candidate| entity_of(candidate).cloned()).collect();
        let articles = ctx.session.articles_about(&ids);
        let mut rows: Vec<Row> =
            found.iter().filter_map(|candidate| row_of(candidate, ask.article.as_ref(), &articles, ctx)).collect();
        // While names are still being put in order, nobody knows whether it is new.
        if ask.makes_new && has_names && !ask.typed.is_empty() {
            let name = ctx.i18n.with("entity-new", &[("name", ask.typed.as_str().into())]);
            rows.push(Row { choice: Choice::New, name, about: String::new(), label: ask.label.clone() });
        }
        let rows = Rc::new(rows);
        self.offered = Some(((revision, ask.clone(), has_names), Rc::clone(&rows)));
        rows
    }

    /// Draws the panel under `field`; answers what was taken, by Enter in the field or by the mouse.
    pub fn panel_ui(
        &mut self,
        ui: &Ui,
        field: Rect,
        ask: &Ask,
        entered: bool,
        ctx: &mut PanelCtx<'_>,
    ) -> Option<Choice> {
        let rows = self.rows(ask, ctx);
        let waits = !ctx.session.has_names();
        if waits {
            ui.ctx().request_repaint_after_secs(0.05);
        }
        if rows.is_empty() && !waits {
            return None;
        }
        let step = ui.input(|input| {
            isize::from(input.key_pressed(egui::Key::ArrowDown)) - isize::from(input.key_pressed(egui::Key::ArrowUp))
        });
        self.at = self.at.saturating_add_signed(step).min(rows.len().saturating_sub(1));
        let at = self.at;
        let wait_row = if waits { 30.0 } else { 0.0 };
        let size = vec2(field.width().max(WIDEST), rows.len() as f32 * ROW + wait_row + 8.0);
        // Beside a narrow field the panel grows towards the article.
        let left = if ctx.flow().rtl { field.left() } else { field.right() - size.x };
        let pos = egui::pos2(left, field.bottom() + 3.0);
        let mut picked = entered.then_some(at);
        let wait = ctx.i18n.text("entity-wait");
        popup_at(&mut ctx.pen(), ui, egui::Id::unique("entity list"), pos, size, |pen, ui, card| {
            let mut cut = Cut::new(card.shrink2(vec2(0.0, 4.0)), pen.flow());
            if waits {
                let color = pen.theme.tokens.text3;
                pen.label(ui, cut.top(30.0).shrink2(vec2(10.0, 0.0)), wait, Text::new(TextRole::Hint, color));
            }
            for (index, row) in rows.iter().enumerate() {
                let line = cut.top(ROW);
                let response = ui.interact(line, ui.scope_id().with(("entity", index)), Sense::click());
                let heard =
                    if row.about.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.about) };
                announce(&response, Role::ListBoxOption, &heard);
                pen.row_ground(ui, line.shrink2(vec2(1.0, 0.0)), &response, index == at);
                row_ui(ui, line.shrink2(vec2(10.0, 2.0)), row, pen);
                // The press comes first, before the field loses the keyboard and the list its reason.
                if response.clicked() || (response.hovered() && ui.input(|input| input.pointer.primary_pressed())) {
                    picked = Some(index);
                }
            }
        });
        rows.get(picked?).map(|row| row.choice.clone())
    }
}

/// The name of an entity in the interface's language, or in any, or its id.
#[must_use]
pub fn entity_name(entity: &Entity, language: &str) -> String {
    let name = localised(&entity.name, language);
    let any = entity.name.values().find(|name| !name.trim().is_empty());
    let name = if name.is_empty() { any.map_or("", String::as_str) } else { name };
    if name.is_empty() { left_to_right(entity.id.as_str()) } else { name.to_owned() }
}

/// How many mentions of an article an entity has.
#[must_use]
pub fn mentions_here(session: &Session, article: &ArticleId, entity: &EntityId) -> usize {
    session.set(article).mentions.values().filter(|mention| mention.entity.as_ref() == Some(entity)).count()
}

/// What an entity is a part of, as words.
#[must_use]
pub fn whole_of(entity: &Entity, session: &Session, i18n: &I18n) -> Option<String> {
    let whole = session.entities().get(entity.part_of.as_ref()?)?;
    let name = entity_name(whole, i18n.language().code());
    Some(i18n.with("entity-part-of", &[("name", name.as_str().into())]))
}

fn reason_text(i18n: &I18n, reason: Reason) -> &str {
    i18n.text(match reason {
        Reason::Name => "reason-name",
        Reason::Alias => "reason-alias",
        Reason::Given => "reason-given",
        Reason::NameAlike => "reason-name-alike",
        Reason::AliasAlike => "reason-alias-alike",
        Reason::NameBegins => "reason-name-begins",
        Reason::AliasBegins => "reason-alias-begins",
        Reason::Word => "reason-word",
        Reason::Recent => "reason-recent",
    })
}

const fn entity_of(candidate: &Candidate) -> Option<&EntityId> {
    match &candidate.offer {
        Offered::Entity(id) => Some(id),
        Offered::Row(_) => None,
    }
}

fn row_of(
    candidate: &Candidate,
    article: Option<&ArticleId>,
    articles: &std::collections::BTreeMap<EntityId, usize>,
    ctx: &PanelCtx<'_>,
) -> Option<Row> {
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let mut about = vec![reason_text(i18n, candidate.reason).to_owned()];
    match &candidate.offer {
        Offered::Entity(id) => {
            let entity = ctx.session.entities().get(id)?;
            // What tells homonyms apart comes before the counts.
            if candidate.has_namesake {
                about.extend(whole_of(entity, ctx.session, i18n));
                about.extend(entity.qid.as_deref().map(left_to_right));
                let note = entity.note.lines().next().unwrap_or_default().trim();
                about.extend((!note.is_empty()).then(|| isolated(note)));
            }
            let here = article.map_or(0, |article| mentions_here(ctx.session, article, id));
            about.extend((here > 0).then(|| i18n.with("entity-here", &[("n", here.into())])));
            let count = articles.get(id).copied().unwrap_or_default();
            about.push(i18n.with("count-articles", &[("n", count.into())]));
            Some(Row {
                choice: Choice::Known(id.clone()),
                name: entity_name(entity, language),
                about: about.join(" \u{b7} "),
                label: entity.kind.clone(),
            })
        }
        Offered::Row(number) => {
            let knowledge = ctx.session.knowledge()?;
            let row = knowledge.row(*number)?;
            about.push(i18n.text("knowledge-row").to_owned());
            about.push(left_to_right(&row.id));
            let label = label_of_row(&row.kind, ctx.session);
            if label.is_none() && !row.kind.is_empty() {
                about.push(isolated(&row.kind));
            }
            let name = row.name(language).to_owned();
            Some(Row { choice: Choice::Base(*number), name, about: about.join(" \u{b7} "), label })
        }
    }
}

/// The label of the scheme that a type in a knowledge base names, if it names one.
#[must_use]
pub fn label_of_row(kind: &str, session: &Session) -> Option<LabelId> {
    let labels = &session.scheme().labels;
    labels.iter().find(|label| label.id.as_str().eq_ignore_ascii_case(kind)).map(|label| label.id.clone())
}

fn row_ui(ui: &Ui, line: Rect, row: &Row, pen: &mut Pen<'_>) {
    let tokens = pen.theme.tokens.clone();
    let mut cut = Cut::new(line, pen.flow());
    if let Some(label) = &row.label {
        let width = pen.width(label.as_str(), TextRole::TagBig);
        let place = cut.end(width);
        let ink = pen.theme.label(label).ink;
        let tag = if row.about.is_empty() { place } else { Cut::new(place, pen.flow()).top(24.0) };
        pen.paint_text(ui.painter(), tag, label.as_str(), Text::new(TextRole::TagBig, ink));
        cut.end(8.0);
    }
    let name = if row.about.is_empty() { cut.rest } else { cut.top(24.0) };
    pen.paint_text(ui.painter(), name, &row.name, Text::new(TextRole::Ui, tokens.text).auto());
    pen.paint_text(ui.painter(), cut.rest, &row.about, Text::new(TextRole::Hint, tokens.text3));
}
