//! The claims of the article: the one in focus in full, and all of them in reading order.

mod detail;
pub mod sentence;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Sense, Ui, vec2};

use super::{PAD, hint, row, section_line};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Align, Icon, Text, announce, paint_icon};
use crate::model::{AnnotationSet, ArticleId, Claim, ClaimId, Ref};
use sentence::{Part, Words, parts_of};

pub use detail::claim_ui;

/// Draws the claim in focus, or the one that is not stored yet, and below it the list of all claims.
pub fn claims_ui(ui: &mut Ui, article: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let draft = ctx.view.draft.as_ref().filter(|draft| draft.article == *article).map(|draft| draft.claim.clone());
    let set = ctx.session.set(article);
    let focus = ctx.view.focus.as_ref().and_then(|focus| set.claims.get(focus.claim()?)).cloned();
    let of_draft = draft.as_ref().map(|draft| number_of_claim(set, draft));
    let rows = rows(article, of_draft, ctx);
    if let Some(claim) = draft.as_ref().or(focus.as_ref()) {
        claim_ui(ui, article, claim, draft.is_some(), ctx);
        if !rows.is_empty() {
            section_line(ui, &ctx.pen());
        }
    }
    if rows.is_empty() && draft.is_none() {
        ui.add_space(10.0);
        let key = ctx.keymap.caption(crate::gui::command::CommandId::NewClaim);
        let text = ctx.i18n.with("claims-none", &[("key", key.as_str().into())]);
        hint(ui, &mut ctx.pen(), &text);
    }
    for claim in rows.iter() {
        claim_row(ui, claim, ctx);
    }
}

/// Number of a claim in reading order, from 1; where a draft would stand, for one that is not stored.
#[must_use]
pub fn number_of_claim(set: &AnnotationSet, claim: &Claim) -> usize {
    let order = |claim: &Claim| (claim.content.start(), std::cmp::Reverse(claim.content.end()));
    let before = |other: &&Claim| other.id != claim.id && order(other) <= order(claim);
    let ordered = set.claims_in_order();
    match ordered.iter().position(|other| other.id == claim.id) {
        Some(at) => at + 1,
        None => ordered.iter().filter(|other| before(other)).count() + 1,
    }
}

/// The parts of a claim's sentence.
fn parts(article: &ArticleId, claim: &Claim, ctx: &PanelCtx<'_>) -> Vec<Part> {
    let Ok(loaded) = ctx.session.article(article) else { return Vec::new() };
    let name_of = |source: &Ref| super::name_of_ref(ctx, article, source);
    let words = Words { author: ctx.i18n.text("source-author"), dropped: ctx.i18n.text("source-dropped") };
    parts_of(claim, ctx.session.set(article), &loaded.text, &name_of, words)
}

/// What a screen reader says of a row whose claim has a note.
fn noted_words(note: &str, ctx: &PanelCtx<'_>) -> String {
    format!("{}{}", ctx.i18n.text("list-comma"), ctx.i18n.with("row-note", &[("note", note.into())]))
}

/// A row of the list, as it is shown and said.
#[derive(Debug)]
pub struct ClaimRow {
    id: ClaimId,
    number: String,
    content: String,
    sources: String,
    spoken: String,
    is_noted: bool,
}

/// The rows, made once for each state of the project.
fn rows(article: &ArticleId, of_draft: Option<usize>, ctx: &mut PanelCtx<'_>) -> Arc<[ClaimRow]> {
    let key = (ctx.session.revision(), article.clone(), ctx.i18n.language(), of_draft);
    if let Some((known, rows)) = &ctx.view.inspector.claims
        && *known == key
    {
        return Arc::clone(rows);
    }
    let row = |(at, claim): (usize, &Claim)| {
        // A draft has its number already, so those behind it go on from there.
        let number = at + 1 + usize::from(of_draft.is_some_and(|of_draft| at + 1 >= of_draft));
        let texts: Vec<String> = parts(article, claim, ctx).into_iter().map(|part| part.text).collect();
        let (content, sources) =
            texts.split_last().map(|(last, rest)| (last.clone(), rest.join(" "))).unwrap_or_default();
        let spoken = ctx.i18n.with("claim-row", &[("n", number.into()), ("text", (&texts.join(" ")).into())]);
        let noted = if claim.note.is_empty() { String::new() } else { noted_words(&claim.note, ctx) };
        ClaimRow {
            id: claim.id.clone(),
            number: ctx.i18n.count(number),
            content,
            sources,
            spoken: crate::gui::i18n::without_isolates(&format!("{spoken}{noted}")),
            is_noted: !claim.note.is_empty(),
        }
    };
    let rows: Arc<[ClaimRow]> = ctx.session.set(article).claims_in_order().into_iter().enumerate().map(row).collect();
    ctx.view.inspector.claims = Some((key, Arc::clone(&rows)));
    rows
}

fn claim_row(ui: &mut Ui, claim: &ClaimRow, ctx: &mut PanelCtx<'_>) {
    let is_chosen = ctx.view.focus.as_ref().and_then(|focus| focus.claim()) == Some(&claim.id);
    let place = row(ui, 48.0);
    let id = ui.scope_id().with(("claim row", claim.id.as_str()));
    let response = ui.interact(place.expand2(vec2(PAD, 0.0)), id, Sense::click());
    announce(&response, Role::ListItem, &claim.spoken);
    let tokens = ctx.theme.tokens.clone();
    let color = ctx.theme.parts.content;
    let mut pen = ctx.pen();
    pen.row_ground(ui, response.rect, &response, is_chosen);
    let mut cut = Cut::new(place.shrink2(vec2(0.0, 4.0)), pen.flow());
    let first = cut.start(22.0);
    if claim.is_noted {
        let note = middle_of(cut.end(12.0), 12.0);
        paint_icon(ui.painter(), note, Icon::Note, tokens.text2, pen.flow());
        cut.end(6.0);
    }
    pen.paint_text(ui.painter(), first, &claim.number, Text::new(TextRole::UiBold, color).align(Align::Start));
    let (top, under) = (middle_of(cut.top(20.0), 20.0), Text::new(TextRole::Hint, tokens.text2).auto());
    pen.paint_text(ui.painter(), top, &claim.content, Text::new(TextRole::Ui, tokens.text).auto());
    pen.paint_text(ui.painter(), middle_of(cut.rest, 18.0), &claim.sources, under);
    if response.clicked() {
        ctx.out.push(UiCommand::Focus(Some(claim.id.clone().into())));
    }
}
