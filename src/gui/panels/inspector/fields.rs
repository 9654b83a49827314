//! Attributes of an annotation as fields: segments, lists, texts; each with a key that takes the next value.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

use super::{FIELD_ROW, row};
use crate::gui::command::{CommandId, FIELD_KEYS, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of, radius};
use crate::gui::widgets::{Field, FieldOptions, Text, popup_at, tooltip_ui};
use crate::model::{
    ArticleId, Attribute, AttributeKind, AttributeValue, Choice, Claim, Label, Mention, Scheme, Verdict, localised,
};
use crate::session::Command;

/// Lists of more values open instead of stepping.
const STEPPED: usize = 5;
const NAME_WIDTH: f32 = 92.0;

/// Whose attributes the fields show.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A mention.
    Mention(&'a Mention),
    /// A claim that is stored.
    Claim(&'a Claim),
    /// A claim that is not stored yet.
    Draft(&'a Claim),
}

impl Owner<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Mention(mention) => mention.id.as_str(),
            Self::Claim(claim) | Self::Draft(claim) => claim.id.as_str(),
        }
    }

    /// The value of an attribute. The verdict of a claim stands beside its attributes, because evidence belongs to it.
    fn value(&self, attribute: &Attribute) -> Option<AttributeValue> {
        match self {
            Self::Mention(mention) => mention.attributes.get(&attribute.id).cloned(),
            Self::Claim(claim) | Self::Draft(claim) if attribute.id.as_str() == VERDICT => {
                claim.verdict.as_ref().map(|verdict| AttributeValue::Text(verdict.value.clone()))
            }
            Self::Claim(claim) | Self::Draft(claim) => claim.attributes.get(&attribute.id).cloned(),
        }
    }

    /// The label of a mention, which subtypes depend on.
    fn label<'s>(&self, scheme: &'s Scheme) -> Option<&'s Label> {
        match self {
            Self::Mention(mention) => scheme.label(&mention.label),
            Self::Claim(_) | Self::Draft(_) => None,
        }
    }

    /// The attributes it can have, in the order of their keys.
    fn fields<'s>(&self, scheme: &'s Scheme) -> Vec<&'s Attribute> {
        match self {
            Self::Mention(mention) => {
                scheme.label(&mention.label).map_or_else(Vec::new, |label| fields_of(scheme, label))
            }
            Self::Claim(_) | Self::Draft(_) => scheme.claim_attributes.iter().collect(),
        }
    }

    fn change(&self, article: &ArticleId, attribute: &Attribute, value: Option<AttributeValue>) -> Change {
        match self {
            Self::Mention(mention) => Change::Run(Box::new(Command::SetAttribute {
                article: article.clone(),
                mention: mention.id.clone(),
                attribute: attribute.id.clone(),
                value,
            })),
            Self::Claim(claim) => {
                let mut claim = Box::new((*claim).clone());
                set_of_claim(&mut claim, attribute, value);
                Change::Run(Box::new(Command::PutClaim { article: article.clone(), claim }))
            }
            Self::Draft(claim) => {
                let mut claim = Box::new((*claim).clone());
                set_of_claim(&mut claim, attribute, value);
                Change::Draft(claim)
            }
        }
    }
}

/// What a field changes.
#[derive(Debug)]
pub enum Change {
    /// Something that is stored.
    Run(Box<Command>),
    /// The claim that is not stored yet.
    Draft(Box<Claim>),
}

/// The attribute whose value is the claim's own verdict.
const VERDICT: &str = "verdict";

fn set_of_claim(claim: &mut Claim, attribute: &Attribute, value: Option<AttributeValue>) {
    let value = value.filter(|value| Some(value) != attribute.default_value().as_ref());
    match value {
        value if attribute.id.as_str() == VERDICT => {
            let evidence = claim.verdict.take().map(|verdict| verdict.evidence).unwrap_or_default();
            claim.verdict = match value {
                Some(AttributeValue::Text(value)) => Some(Verdict { value, evidence }),
                // What was found is not lost with the judgement.
                _ if !evidence.is_empty() => Some(Verdict { value: default_text(attribute), evidence }),
                _ => None,
            };
        }
        Some(value) => _ = claim.attributes.insert(attribute.id.clone(), value),
        None => _ = claim.attributes.remove(&attribute.id),
    }
}

fn default_text(attribute: &Attribute) -> String {
    match attribute.default_value() {
        Some(AttributeValue::Text(value)) => value,
        _ => String::new(),
    }
}

/// The attributes that apply to a label, in the order of their keys.
fn fields_of<'a>(scheme: &'a Scheme, label: &Label) -> Vec<&'a Attribute> {
    let applies = |attribute: &&Attribute| {
        let has_values = !matches!(attribute.kind, AttributeKind::Subtype) || !label.subtypes.is_empty();
        attribute.applies_to(&label.id) && has_values
    };
    scheme.mention_attributes.iter().filter(applies).collect()
}

/// The values of a closed attribute; the first stands for absent.
fn values_of<'a>(attribute: &'a Attribute, label: Option<&'a Label>) -> Vec<Option<&'a Choice>> {
    match &attribute.kind {
        AttributeKind::OneOf(choices) => choices.iter().map(Some).collect(),
        AttributeKind::Choose(choices) => std::iter::once(None).chain(choices.iter().map(Some)).collect(),
        AttributeKind::Subtype => {
            std::iter::once(None).chain(label.into_iter().flat_map(|label| &label.subtypes).map(Some)).collect()
        }
        AttributeKind::Flag | AttributeKind::FreeText | AttributeKind::TextList => Vec::new(),
    }
}

/// Where the value stands among [`values_of`].
fn place_of(values: &[Option<&Choice>], value: Option<&AttributeValue>) -> usize {
    let Some(AttributeValue::Text(id)) = value else { return 0 };
    values.iter().position(|choice| choice.is_some_and(|choice| choice.id == *id)).unwrap_or(0)
}

/// What a key of the n-th field does.
#[derive(Debug)]
pub enum FieldStep {
    /// Changes the annotation.
    Change(Change),
    /// Opens the list of values.
    OpenList(String),
    /// Puts the keyboard into the field.
    EnterText(String),
}

/// The next (or previous) value of the n-th field of an annotation.
pub fn step_field(scheme: &Scheme, article: &ArticleId, owner: Owner<'_>, at: usize, back: bool) -> Option<FieldStep> {
    let attribute = *owner.fields(scheme).get(at)?;
    let current = owner.value(attribute);
    let current = current.as_ref();
    let value = match attribute.kind {
        AttributeKind::FreeText | AttributeKind::TextList => {
            return Some(FieldStep::EnterText(attribute.id.to_string()));
        }
        AttributeKind::Flag => Some(AttributeValue::Flag(current != Some(&AttributeValue::Flag(true)))),
        AttributeKind::OneOf(_) | AttributeKind::Choose(_) | AttributeKind::Subtype => {
            let values = values_of(attribute, owner.label(scheme));
            if values.len() > STEPPED {
                return Some(FieldStep::OpenList(attribute.id.to_string()));
            }
            let step = if back { values.len().saturating_sub(1) } else { 1 };
            let next = (place_of(&values, current) + step) % values.len().max(1);
            values.get(next)?.map(|choice| AttributeValue::Text(choice.id.clone()))
        }
    };
    Some(FieldStep::Change(owner.change(article, attribute, value)))
}

/// Draws all fields of an annotation.
pub fn fields_ui(ui: &mut Ui, article: &ArticleId, owner: Owner<'_>, ctx: &mut PanelCtx<'_>) {
    let scheme = ctx.session.scheme().clone();
    let label = owner.label(&scheme);
    for (at, attribute) in owner.fields(&scheme).into_iter().enumerate() {
        let field = row(ui, FIELD_ROW);
        let mut cut = Cut::new(middle_of(field, metrics::FIELD), ctx.flow());
        let language = ctx.i18n.language().code();
        let name = localised(&attribute.name, language);
        let name_rect = cut.start(NAME_WIDTH);
        let color = ctx.theme.tokens.text2;
        let ink = ctx.pen().label(ui, name_rect, name, Text::new(TextRole::Ui, color));
        let id = ui.scope_id().with(("field name", attribute.id.as_str()));
        let hovered = ui.interact(ink, id, Sense::hover());
        let help = localised(&attribute.help, language);
        tooltip_ui(&mut ctx.pen(), ui, &hovered, help);
        let caption =
            if at < FIELD_KEYS.len() { ctx.keymap.caption(CommandId::Field(at as u8)) } else { String::new() };
        let width = ctx.pen().cap_width(&caption);
        let cap = cut.end(width.max(18.0));
        ctx.pen().key_cap(ui.painter(), cap, &caption);
        cut.end(8.0);
        let value = owner.value(attribute);
        value_ui(ui, cut.rest, article, owner, label, attribute, value.as_ref(), ctx);
    }
}

fn value_ui(
    ui: &mut Ui,
    rect: Rect,
    article: &ArticleId,
    owner: Owner<'_>,
    label: Option<&Label>,
    attribute: &Attribute,
    value: Option<&AttributeValue>,
    ctx: &mut PanelCtx<'_>,
) {
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    match &attribute.kind {
        AttributeKind::Flag => {
            let texts = [i18n.text("value-no"), i18n.text("value-yes")];
            let chosen = usize::from(value == Some(&AttributeValue::Flag(true)));
            let width = ctx.pen().segments_width(&texts);
            let place = ctx.flow().at_start(rect, width.min(rect.width()));
            if let Some(at) = ctx.pen().segments(ui, place, attribute.id.as_str(), &texts, Some(chosen)) {
                push(ctx, owner.change(article, attribute, Some(AttributeValue::Flag(at == 1))));
            }
        }
        AttributeKind::FreeText | AttributeKind::TextList => {
            text_ui(ui, rect, article, owner, attribute, value, ctx);
        }
        AttributeKind::OneOf(_) | AttributeKind::Choose(_) | AttributeKind::Subtype => {
            let values = values_of(attribute, label);
            let names: Vec<&str> = values
                .iter()
                .map(|choice| choice.map_or(i18n.text("value-none"), |choice| localised(&choice.name, language)))
                .collect();
            let chosen = place_of(&values, value);
            let width = ctx.pen().segments_width(&names);
            let picked = if values.len() <= 3 && width <= rect.width() {
                let place = ctx.flow().at_start(rect, width);
                ctx.pen().segments(ui, place, attribute.id.as_str(), &names, Some(chosen))
            } else {
                list_ui(ui, rect, attribute, &names, chosen, ctx)
            };
            if let Some(choice) = picked.and_then(|at| values.get(at)) {
                let value = choice.map(|choice| AttributeValue::Text(choice.id.clone()));
                push(ctx, owner.change(article, attribute, value));
            }
        }
    }
}

fn push(ctx: &mut PanelCtx<'_>, change: Change) {
    match change {
        Change::Run(command) => ctx.out.push(UiCommand::Run(command)),
        Change::Draft(claim) => ctx.view.change_draft(*claim),
    }
}

/// A field that opens a list; returns the row that was taken.
fn list_ui(
    ui: &mut Ui,
    rect: Rect,
    attribute: &Attribute,
    names: &[&str],
    chosen: usize,
    ctx: &mut PanelCtx<'_>,
) -> Option<usize> {
    let id = ui.scope_id().with(("list", attribute.id.as_str()));
    let response = ui.interact(rect, id, Sense::click());
    let tokens = ctx.theme.tokens.clone();
    let shown = names.get(chosen).copied().unwrap_or_default();
    let name = localised(&attribute.name, ctx.i18n.language().code()).to_owned();
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(Role::ComboBox, true, &name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let border = if response.hovered() { tokens.text3 } else { tokens.control };
    let mut pen = ctx.pen();
    pen.boxed(ui.painter(), rect, radius::FIELD, tokens.raised, border);
    let mut cut = Cut::new(rect.shrink2(vec2(8.0, 0.0)), pen.flow());
    let mark = cut.end(10.0);
    pen.open_mark(ui.painter(), mark);
    pen.paint_text(ui.painter(), cut.rest, shown, Text::new(TextRole::Ui, tokens.text));
    pen.ring_if_focused(ui, &response, radius::FIELD);
    let key = attribute.id.to_string();
    if response.clicked() {
        let is_open = ctx.view.inspector.list_open.as_ref() == Some(&key);
        ctx.view.inspector.list_open = (!is_open).then(|| key.clone());
    }
    if ctx.view.inspector.list_open.as_ref() != Some(&key) {
        return None;
    }
    let size = vec2(rect.width().max(160.0), names.len() as f32 * 28.0 + 8.0);
    let at = egui::pos2(rect.left(), rect.bottom() + 3.0);
    let picked = popup_at(&mut ctx.pen(), ui, id.with("popup"), at, size, |pen, ui, card| {
        choices_ui(pen, ui, card, names, chosen)
    });
    let outside = ui.input(|input| input.pointer.any_click()) && !response.clicked();
    if picked.is_some() || outside || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        ctx.view.inspector.list_open = None;
    }
    picked
}

/// Rows of a list; digits take them.
fn choices_ui(
    pen: &mut crate::gui::widgets::Pen<'_>,
    ui: &mut Ui,
    card: Rect,
    names: &[&str],
    chosen: usize,
) -> Option<usize> {
    let mut cut = Cut::new(card.shrink2(vec2(0.0, 4.0)), pen.flow());
    let mut picked = None;
    let tokens = pen.theme.tokens.clone();
    for (at, name) in names.iter().enumerate() {
        let line = cut.top(28.0);
        let response = ui.interact(line, ui.scope_id().with(("choice", at)), Sense::click());
        crate::gui::widgets::announce(&response, Role::ListBoxOption, name);
        pen.row_ground(ui, line.shrink2(vec2(1.0, 0.0)), &response, at == chosen);
        let mut inner = Cut::new(line.shrink2(vec2(10.0, 0.0)), pen.flow());
        let caption = if at < 9 { (at + 1).to_string() } else { String::new() };
        let cap = inner.end(pen.cap_width(&caption));
        pen.key_cap(ui.painter(), cap, &caption);
        pen.paint_text(ui.painter(), inner.rest, name, Text::new(TextRole::Ui, tokens.text));
        let digit = crate::gui::command::STRIP_KEYS.get(at).copied();
        let pressed = digit.is_some_and(|key| {
            ui.input(|input| {
                input.events.iter().any(|event| {
                    crate::gui::keymap::chord_from_event(event) == Some(crate::gui::command::Chord::plain(key))
                })
            })
        });
        if response.clicked() || pressed {
            picked = Some(at);
        }
    }
    picked
}

fn text_ui(
    ui: &mut Ui,
    rect: Rect,
    article: &ArticleId,
    owner: Owner<'_>,
    attribute: &Attribute,
    value: Option<&AttributeValue>,
    ctx: &mut PanelCtx<'_>,
) {
    let key = attribute.id.to_string();
    let stored = match value {
        Some(AttributeValue::Text(text)) => text.clone(),
        Some(AttributeValue::Whole(number)) => number.to_string(),
        _ => String::new(),
    };
    let id = egui::Id::unique(("attribute", key.as_str(), owner.id()));
    if ctx.view.inspector.focus_text.as_ref() == Some(&key) {
        ctx.view.inspector.focus_text = None;
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut field = ctx.view.inspector.texts.remove(&key).unwrap_or_else(|| Field::one_line(&stored));
    let leaving = ui.ctx().read_response(id).is_some_and(|response| response.lost_focus());
    if !leaving && !ui.memory(|memory| memory.has_focus(id)) {
        field.set_text(&stored);
    }
    let name = localised(&attribute.name, ctx.i18n.language().code()).to_owned();
    let result = ctx.pen().text_field(ui, rect, id, &mut field, FieldOptions::new(&name));
    let typed = field.text();
    if result.committed && typed.trim() != stored {
        let value =
            Some(typed.trim()).filter(|text| !text.is_empty()).map(|text| AttributeValue::Text(text.to_owned()));
        push(ctx, owner.change(article, attribute, value));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
    ctx.view.inspector.texts.insert(key, field);
}
