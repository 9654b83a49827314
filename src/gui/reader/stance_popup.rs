//! The list from which a stance is put together: whose position, towards what, which. Digits take rows, letters narrow.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Rect, Sense, Ui, pos2, vec2};

use super::act::run;
use super::signs::{paint_sign, sign_color};
use crate::gui::command::{Chord, STRIP_KEYS, UiCommand};
use crate::gui::ctx::{PanelCtx, StanceKey};
use crate::gui::keymap::chord_from_event;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{FieldOptions, Text, announce, popup_at};
use crate::model::{Ref, Topic, TopicId};
use crate::session::{Command, StanceChoice, StanceDraft, StanceOffer, StancePart};

const WIDTH: f32 = 420.0;
const ROW: f32 = 30.0;
/// So many rows are shown; typing narrows the rest.
const ROWS: usize = 9;
const PAD: f32 = 12.0;

/// What the keys of this frame ask of the list.
#[derive(Default)]
struct Asked {
    row: Option<usize>,
    step: isize,
    take: bool,
    back: bool,
}

/// Draws the list while a stance is being put together, over the page `rect`.
pub fn stance_ui(ui: &Ui, ctx: &mut PanelCtx<'_>, rect: Rect) {
    let Some(draft) = ctx.view.stance.draft.clone() else { return };
    let asked = keys(ui);
    let typed = ctx.view.stance.field.text();
    let choices = choices(ctx, &draft, typed);
    let count = choices.len().min(ROWS);
    let row = ctx.view.stance.row.saturating_add_signed(asked.step).min(count.saturating_sub(1));
    ctx.view.stance.row = row;
    let size = vec2(WIDTH, 2.0 * PAD + 24.0 + metrics::FIELD + 8.0 + count.max(1) as f32 * ROW);
    let at = pos2(rect.center().x - WIDTH / 2.0, rect.top() + 24.0);
    let title = match draft.part() {
        StancePart::Holder => ctx.i18n.text("stance-holder"),
        StancePart::Target => ctx.i18n.text("stance-target"),
        StancePart::Value => ctx.i18n.text("stance-value"),
    };
    let mut field = std::mem::take(&mut ctx.view.stance.field);
    let id = egui::Id::unique("stance field");
    let (color, hint) = (ctx.theme.tokens.text, ctx.i18n.text("stance-hint"));
    let new_topic = ctx.i18n.text("stance-new-topic");
    let parts = ctx.theme.parts;
    let mut picked = asked.row.or(asked.take.then_some(row)).filter(|at| *at < count);
    popup_at(&mut ctx.pen(), ui, ui.scope_id().with("stance"), at, size, |pen, ui, card| {
        let mut cut = Cut::new(card.shrink(PAD), pen.flow());
        let line = cut.top(24.0);
        pen.label(ui, line, title, Text::new(TextRole::UiBold, color));
        let place = cut.top(metrics::FIELD);
        ui.memory_mut(|memory| memory.request_focus(id));
        let _ = pen.text_field(ui, place, id, &mut field, FieldOptions::new(title).hint(hint));
        cut.top(8.0);
        for (index, choice) in choices.iter().take(ROWS).enumerate() {
            let line = cut.top(ROW);
            let response = ui.interact(line, ui.scope_id().with(("stance row", index)), Sense::click());
            let name = match &choice.offer {
                StanceOffer::NewTopic(words) => format!("{new_topic}: {words}"),
                _ => choice.name.clone(),
            };
            announce(&response, Role::ListBoxOption, &name);
            pen.row_ground(ui, line.expand2(vec2(PAD - 1.0, 0.0)), &response, index == row);
            let mut inner = Cut::new(line, pen.flow());
            let caption = (index + 1).to_string();
            let cap = middle_of(inner.end(pen.cap_width(&caption)), 20.0);
            pen.key_cap(ui.painter(), cap, &caption);
            inner.end(8.0);
            if let StanceOffer::Value(_, _, sign) = &choice.offer {
                let place = inner.start(16.0).center();
                paint_sign(ui.painter(), *sign, place, 5.0, sign_color(&parts, *sign));
                inner.start(8.0);
            }
            pen.paint_text(ui.painter(), inner.rest, &name, Text::new(TextRole::Ui, color).auto());
            if response.clicked() {
                picked = Some(index);
            }
        }
    });
    ctx.view.stance.field = field;
    if asked.back {
        step_back(ctx);
    } else if let Some(choice) = picked.and_then(|at| choices.get(at)) {
        take(ctx, choice.offer.clone());
    }
}

/// The rows, made once for each state of the list and the project.
fn choices(ctx: &mut PanelCtx<'_>, draft: &StanceDraft, typed: String) -> Arc<[StanceChoice]> {
    let key = StanceKey {
        draft: draft.clone(),
        typed,
        revision: ctx.session.revision(),
        language: ctx.i18n.language(),
        has_names: ctx.session.has_names(),
    };
    if let Some((known, choices)) = &ctx.view.stance.choices
        && *known == key
    {
        return Arc::clone(choices);
    }
    let (language, author) = (key.language.code(), ctx.i18n.text("source-author"));
    let choices: Arc<[StanceChoice]> = ctx.session.stance_choices(draft, &key.typed, language, author).into();
    ctx.view.stance.choices = Some((key, Arc::clone(&choices)));
    choices
}

/// Takes the keys of the list out of the frame's events, so that the field does not get them.
fn keys(ui: &Ui) -> Asked {
    let mut asked = Asked::default();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            if let Event::Text(text) = event {
                // The digit itself was a key.
                return !text.chars().all(char::is_numeric);
            }
            let Some(chord) = chord_from_event(event) else { return true };
            let digit = STRIP_KEYS.iter().take(ROWS).position(|key| chord == Chord::plain(*key));
            match chord.key {
                _ if digit.is_some() => asked.row = digit,
                Key::ArrowDown => asked.step += 1,
                Key::ArrowUp => asked.step -= 1,
                Key::Enter => asked.take = true,
                Key::Escape => asked.back = true,
                _ => return true,
            }
            false
        });
    });
    asked
}

/// One choice back, and out of the list from the first.
fn step_back(ctx: &mut PanelCtx<'_>) {
    ctx.view.stance.reset_list();
    let goes_on = ctx.view.stance.draft.as_mut().is_some_and(StanceDraft::step_back);
    if !goes_on {
        ctx.view.stance.draft = None;
        ctx.view.focus_reader = true;
    }
}

fn take(ctx: &mut PanelCtx<'_>, offer: StanceOffer) {
    ctx.view.stance.reset_list();
    let Some(draft) = &mut ctx.view.stance.draft else { return };
    match offer {
        StanceOffer::Ref(reference) if draft.part() == StancePart::Holder => draft.holder = Some(reference),
        StanceOffer::Ref(reference) => draft.target = Some(reference),
        StanceOffer::NewTopic(words) => {
            let id = TopicId::new(ctx.session.env().new_id());
            let language = crate::formats::guess_language(&words);
            let language = if language.is_empty() { ctx.i18n.language().code() } else { language };
            let topic = Box::new(Topic { wording: [(language.to_owned(), words)].into() });
            draft.target = Some(Ref::Topic(id.clone()));
            ctx.out.push(UiCommand::Run(Box::new(Command::PutTopic { id, topic })));
        }
        StanceOffer::Value(scale, value, _) => {
            let stance = ctx.session.completed_stance(draft, scale, value);
            let article = draft.article.clone();
            ctx.view.stance.draft = None;
            ctx.view.focus_reader = true;
            if let Some(stance) = stance {
                run(ctx, Command::PutStance { article, stance: Box::new(stance) });
            }
        }
    }
}
