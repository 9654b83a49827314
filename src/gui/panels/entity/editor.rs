//! The fields of an entity: names, aliases, type, Wikidata id, links to others, note. Each is kept when it is left.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

use super::{entity_name, picker::Picker};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::left_to_right;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{ButtonKind, Field, FieldOptions, Icon, Text, announce};
use crate::model::{Entity, EntityId, NIL, is_qid, localised};
use crate::session::Command;

const PAD: f32 = 14.0;
const LABEL: f32 = 92.0;
/// Languages whose names always have a field.
const LANGUAGES: [&str; 2] = ["ar", "en"];

/// What is typed.
#[derive(Debug, Default)]
pub struct Draft {
    /// The state of the entity that the fields show.
    of: Option<Entity>,
    texts: BTreeMap<String, Field>,
    type_open: bool,
    pickers: [Picker; 3],
}

impl Draft {
    /// Shows an entity, unless it is shown already.
    fn take(&mut self, entity: &Entity) {
        if self.of.as_ref() == Some(entity) {
            return;
        }
        self.texts.clear();
        for language in LANGUAGES {
            self.texts.insert(format!("name-{language}"), Field::one_line(""));
        }
        for (language, name) in &entity.name {
            self.texts.insert(format!("name-{language}"), Field::one_line(name));
        }
        self.texts.insert("aliases".to_owned(), Field::multi_line(&entity.aliases.join("\n")));
        self.texts.insert("qid".to_owned(), Field::one_line(entity.qid.as_deref().unwrap_or_default()));
        self.texts.insert("note".to_owned(), Field::multi_line(&entity.note));
        self.of = Some(entity.clone());
    }
}

/// Draws the fields.
pub fn editor_ui(ui: &mut Ui, entity: &Entity, ctx: &mut PanelCtx<'_>) {
    let mut draft = std::mem::take(&mut ctx.view.entity.editor);
    draft.take(entity);
    let mut changed = entity.clone();
    ui.add_space(12.0);
    let languages: Vec<String> =
        draft.texts.keys().filter_map(|key| key.strip_prefix("name-")).map(str::to_owned).collect();
    for language in languages {
        let label = ctx.i18n.with("entity-name-in", &[("language", left_to_right(&language).as_str().into())]);
        if let Some(name) = text_ui(ui, &format!("name-{language}"), &label, 1, false, &mut draft, ctx) {
            let name = name.trim().to_owned();
            if name.is_empty() {
                changed.name.remove(&language);
            } else {
                changed.name.insert(language, name);
            }
        }
    }
    if let Some(aliases) = text_ui(ui, "aliases", ctx.i18n.text("entity-aliases"), 3, false, &mut draft, ctx) {
        changed.aliases = aliases.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    }
    type_ui(ui, &mut changed, &mut draft, ctx);
    qid_ui(ui, &mut changed, &mut draft, ctx);
    links_ui(ui, &mut changed, &mut draft, ctx);
    if let Some(note) = text_ui(ui, "note", ctx.i18n.text("note-title"), 3, false, &mut draft, ctx) {
        changed.note = note.trim_end().to_owned();
    }
    ui.add_space(PAD);
    ctx.view.entity.editor = draft;
    if changed != *entity {
        ctx.out.push(UiCommand::Run(Box::new(Command::PutEntity { entity: Box::new(changed) })));
    }
}

fn row(ui: &mut Ui, height: f32) -> Rect {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    rect.shrink2(vec2(PAD, 0.0))
}

/// The label at the start of a field; answers the place of the field.
fn labelled(ui: &mut Ui, height: f32, label: &str, ctx: &mut PanelCtx<'_>) -> Rect {
    let mut cut = Cut::new(row(ui, height + 6.0), ctx.flow());
    let color = ctx.theme.tokens.text2;
    let place = Cut::new(cut.start(LABEL), ctx.flow()).top(metrics::FIELD);
    ctx.pen().label(ui, place, label, Text::new(TextRole::Ui, color));
    Cut::new(cut.rest, ctx.flow()).top(height)
}

/// A field of free text; answers it when it is left with other words.
fn text_ui(
    ui: &mut Ui,
    key: &str,
    label: &str,
    lines: usize,
    error: bool,
    draft: &mut Draft,
    ctx: &mut PanelCtx<'_>,
) -> Option<String> {
    let height = if lines == 1 { metrics::FIELD } else { 20.0 * lines as f32 + 12.0 };
    let place = labelled(ui, height, label, ctx);
    let field = draft.texts.get_mut(key)?;
    let id = egui::Id::unique(("entity field", key));
    let before = field.text();
    let options = FieldOptions { error, ltr: key == "qid", ..FieldOptions::new(label) };
    let result = ctx.pen().text_field(ui, place, id, field, options);
    let text = field.text();
    // What is being typed is another value than what stands; it is kept once the field is left.
    (result.committed || (result.cancelled && text != before)).then_some(text)
}

fn type_ui(ui: &mut Ui, entity: &mut Entity, draft: &mut Draft, ctx: &mut PanelCtx<'_>) {
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let label = i18n.text("entity-type");
    let place = labelled(ui, metrics::FIELD, label, ctx);
    let labels = ctx.session.scheme().labels.clone();
    let mut texts = vec![i18n.text("value-none").to_owned()];
    texts.extend(
        labels
            .iter()
            .map(|label| format!("{} \u{b7} {}", left_to_right(label.id.as_str()), localised(&label.name, language))),
    );
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let at = entity.kind.as_ref().and_then(|kind| labels.iter().position(|label| label.id == *kind));
    let result = ctx.pen().combo(ui, place, label, &texts, at.map_or(0, |at| at + 1), draft.type_open);
    draft.type_open = result.open;
    if let Some(picked) = result.picked {
        entity.kind = picked.checked_sub(1).and_then(|at| labels.get(at)).map(|label| label.id.clone());
    }
}

fn qid_ui(ui: &mut Ui, entity: &mut Entity, draft: &mut Draft, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let typed = draft.texts.get("qid").map(|field| field.text().trim().to_owned()).unwrap_or_default();
    let is_wrong = !typed.is_empty() && !is_qid(&typed);
    if let Some(text) = text_ui(ui, "qid", i18n.text("entity-qid"), 1, is_wrong, draft, ctx) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            entity.qid = None;
        } else if is_qid(&text) {
            entity.qid = Some(text);
        }
    }
    if is_wrong {
        let place = row(ui, 20.0);
        let color = ctx.theme.tokens.error;
        let sentence = i18n.text("entity-qid-wrong");
        ctx.pen().label(ui, place, sentence, Text::new(TextRole::Hint, color));
    } else if typed.is_empty() {
        let mut cut = Cut::new(row(ui, 28.0), ctx.flow());
        cut.start(LABEL);
        let nil = i18n.text("entity-nil");
        let mut pen = ctx.pen();
        let width = pen.button_width(nil, "");
        if pen.button(ui, middle_of(cut.start(width), 24.0), nil, "", ButtonKind::Quiet).clicked() {
            entity.qid = Some(NIL.to_owned());
        }
    }
}

/// Members, the whole, the holder: each with the way to it and a cross, and a field that finds another.
fn links_ui(ui: &mut Ui, entity: &mut Entity, draft: &mut Draft, ctx: &mut PanelCtx<'_>) {
    let own = entity.id.clone();
    let [whole, holder, member] = &mut draft.pickers;
    let part_of = entity.part_of.clone();
    if link_ui(ui, "entity-part", part_of.as_ref(), ctx) {
        entity.part_of = None;
    }
    if part_of.is_none() {
        entity.part_of = pick_ui(ui, "entity-part", &own, whole, ctx);
    }
    let held_by = entity.holder.clone();
    if link_ui(ui, "entity-holder", held_by.as_ref(), ctx) {
        entity.holder = None;
    }
    if held_by.is_none() {
        entity.holder = pick_ui(ui, "entity-holder", &own, holder, ctx);
    }
    let mut gone = None;
    for (at, id) in entity.members.iter().enumerate() {
        if link_ui(ui, "entity-member", Some(id), ctx) {
            gone = Some(at);
        }
    }
    if let Some(at) = gone {
        entity.members.remove(at);
    }
    if let Some(new) = pick_ui(ui, "entity-member", &own, member, ctx)
        && !entity.members.contains(&new)
    {
        entity.members.push(new);
    }
}

/// A link that stands; answers whether it is to go.
fn link_ui(ui: &mut Ui, title: &'static str, id: Option<&EntityId>, ctx: &mut PanelCtx<'_>) -> bool {
    let Some(id) = id else { return false };
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let place = labelled(ui, metrics::FIELD, i18n.text(title), ctx);
    let name =
        ctx.session.entities().get(id).map_or_else(|| left_to_right(id.as_str()), |of| entity_name(of, language));
    let mut cut = Cut::new(place, ctx.flow());
    let cross = cut.end(24.0);
    let take_away = i18n.with("entity-unlink", &[("name", name.as_str().into())]);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(cross).id_salt((title, id.as_str())));
    let goes = ctx.pen().icon_button(&mut child, cross, Icon::Close, &take_away).clicked();
    let response = ui.interact(cut.rest, ui.scope_id().with((title, id.as_str())), Sense::click());
    announce(&response, Role::Link, &name);
    let color = ctx.theme.tokens.text;
    ctx.pen().paint_text(ui.painter(), cut.rest, &name, Text::new(TextRole::Ui, color).auto());
    ctx.pen().ring_if_focused(ui, &response, 4.0);
    if response.clicked() {
        ctx.out.push(UiCommand::ShowEntity(id.clone()));
    }
    goes
}

fn pick_ui(
    ui: &mut Ui,
    title: &'static str,
    own: &EntityId,
    picker: &mut Picker,
    ctx: &mut PanelCtx<'_>,
) -> Option<EntityId> {
    let i18n = ctx.i18n;
    let place = labelled(ui, metrics::FIELD, i18n.text(title), ctx);
    picker.ui(ui, place, i18n.text(title), i18n.text("entity-hint"), Some(own), ctx)
}
