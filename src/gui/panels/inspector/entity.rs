//! The entity of the mention in focus: the panel that finds it by name, and what is known of it.

use egui::Ui;

use super::{hint, row, section_title};
use crate::formats::guess_language;
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::left_to_right;
use crate::gui::panels::entity::{Ask, Choice, Offers, entity_name, label_of_row, mentions_here, whole_of};
use crate::gui::theme::{Cut, middle_of};
use crate::gui::widgets::{ButtonKind, Field, FieldOptions};
use crate::model::{ArticleId, Entity, EntityId, Mention};
use crate::session::Command;

/// What is typed and what is offered for it.
#[derive(Debug, Default)]
pub struct EntityDraft {
    field: Field,
    offers: Offers,
    /// In how many articles the entity is named, in which state of the project.
    articles: Option<(u64, EntityId, usize)>,
}

/// Draws the section.
pub fn entity_ui(ui: &mut Ui, article: &ArticleId, mention: &Mention, ctx: &mut PanelCtx<'_>) {
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let caption = ctx.keymap.caption(CommandId::Entity);
    section_title(ui, &mut ctx.pen(), i18n.text("entity-title"), &caption);
    let entity = mention.entity.as_ref().and_then(|id| ctx.session.entities().get(id)).cloned();
    let name = entity.as_ref().map(|entity| entity_name(entity, language)).unwrap_or_default();
    let rect = middle_of(row(ui, 34.0), 30.0);
    let id = egui::Id::unique("entity field");
    let mut draft = std::mem::take(&mut ctx.view.inspector.entity);
    let has_keyboard = ui.memory(|memory| memory.has_focus(id));
    if ctx.view.inspector.entity_open && !has_keyboard {
        ui.memory_mut(|memory| memory.request_focus(id));
        draft.field.set_text(&mention.key().replace('\n', " "));
        draft.field.select_all();
        draft.offers.at = 0;
    }
    if !has_keyboard && !ctx.view.inspector.entity_open {
        draft.field.set_text(&name);
    }
    let options = FieldOptions::new(i18n.text("entity-title")).hint(i18n.text("entity-hint"));
    let result = ctx.pen().text_field(ui, rect, id, &mut draft.field, options);
    if result.response.gained_focus() && !ctx.view.inspector.entity_open {
        ctx.view.inspector.entity_open = true;
        draft.field.set_text(&mention.key().replace('\n', " "));
        draft.field.select_all();
        draft.offers.at = 0;
    }
    if result.changed {
        draft.offers.at = 0;
    }
    if ctx.view.inspector.entity_open {
        let ask = Ask {
            typed: draft.field.text().trim().to_owned(),
            label: Some(mention.label.clone()),
            article: Some(article.clone()),
            makes_new: true,
            without: None,
        };
        let taken = draft.offers.panel_ui(ui, rect, &ask, result.entered, ctx);
        if result.entered || result.cancelled || taken.is_some() || result.response.lost_focus() {
            ctx.view.inspector.entity_open = false;
            ctx.view.focus_reader = result.entered || result.cancelled || taken.is_some();
        }
        if let Some(choice) = taken {
            take(article, mention, &choice, draft.field.text().trim(), ctx);
        }
    }
    ctx.view.inspector.entity = draft;
    if let Some(entity) = &entity {
        known_ui(ui, article, mention, entity, ctx);
    }
}

/// In how many articles an entity is named; counted when something has changed.
fn articles(entity: &EntityId, ctx: &mut PanelCtx<'_>) -> usize {
    let revision = ctx.session.revision();
    let kept = ctx.view.inspector.entity.articles.as_ref();
    if let Some((_, _, count)) = kept.filter(|(at, of, _)| (*at, of) == (revision, entity)) {
        return *count;
    }
    let count = ctx.session.articles_about(std::slice::from_ref(entity)).into_values().next().unwrap_or_default();
    ctx.view.inspector.entity.articles = Some((revision, entity.clone(), count));
    count
}

/// What is known of the mention's entity, and the way to its page.
fn known_ui(ui: &mut Ui, article: &ArticleId, mention: &Mention, entity: &Entity, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let here = mentions_here(ctx.session, article, &entity.id);
    let articles = articles(&entity.id, ctx);
    let mut facts = vec![i18n.with("entity-here", &[("n", here.into())])];
    facts.push(i18n.with("count-articles", &[("n", articles.into())]));
    facts.extend(entity.qid.as_deref().map(left_to_right));
    facts.extend(whole_of(entity, ctx.session, i18n));
    hint(ui, &mut ctx.pen(), &facts.join(" \u{b7} "));
    let mut cut = Cut::new(row(ui, 30.0), ctx.flow());
    let caption = ctx.keymap.caption(CommandId::EntityPage);
    let mut pen = ctx.pen();
    let page = i18n.text("entity-page");
    let width = pen.button_width(page, &caption);
    let place = middle_of(cut.start(width), 24.0);
    let goes = pen.button(ui, place, page, &caption, ButtonKind::Plain).clicked();
    cut.start(6.0);
    let remove = i18n.text("entity-remove");
    let width = pen.button_width(remove, "");
    let place = middle_of(cut.start(width), 24.0);
    let removes = pen.button(ui, place, remove, "", ButtonKind::Quiet).clicked();
    if goes {
        ctx.out.push(UiCommand::ShowEntity(entity.id.clone()));
    }
    if removes {
        let command = Command::SetMentionEntity { article: article.clone(), mention: mention.id.clone(), entity: None };
        ctx.out.push(UiCommand::Run(Box::new(command)));
    }
}

fn take(article: &ArticleId, mention: &Mention, choice: &Choice, typed: &str, ctx: &mut PanelCtx<'_>) {
    let (article, id) = (article.clone(), mention.id.clone());
    let guess = |name: &str| {
        let code = guess_language(name);
        if code.is_empty() { ctx.i18n.language().code().to_owned() } else { code.to_owned() }
    };
    let entity = match choice {
        Choice::Known(entity) => {
            let command = Command::SetMentionEntity { article, mention: id, entity: Some(entity.clone()) };
            ctx.out.push(UiCommand::Run(Box::new(command)));
            return;
        }
        Choice::Base(number) => {
            let knowledge = ctx.session.knowledge();
            let Some(row) = knowledge.as_ref().and_then(|knowledge| knowledge.row(*number)) else { return };
            let label = label_of_row(&row.kind, ctx.session).unwrap_or_else(|| mention.label.clone());
            row.entity(Some(label), guess)
        }
        Choice::New => {
            let mut entity = Entity::new(EntityId::new(""), Some(mention.label.clone()));
            entity.name.insert(guess(typed), typed.to_owned());
            entity
        }
    };
    ctx.out.push(UiCommand::NewEntity { article, mention: id, entity: Box::new(entity) });
}
