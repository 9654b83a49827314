//! A claim in full: who says it, its attributes, the sentence that needs no context.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

use super::super::fields::{Owner, fields_ui};
use super::super::{PAD, row, section_line, section_title};
use super::sentence::{Part, PartKind, sentence_ui};
use super::{number_of_claim, parts};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of, radius};
use crate::gui::widgets::{Align, ButtonKind, Field, FieldOptions, Text, announce};
use crate::model::{AnnotationId, ArticleId, Claim, LinkRole};
use crate::session::Command;

/// Draws a claim; one that is not stored yet with the keys that take or leave it.
pub fn claim_ui(ui: &mut Ui, article: &ArticleId, claim: &Claim, is_draft: bool, ctx: &mut PanelCtx<'_>) {
    ctx.view.inspector.show(ctx.session.revision(), article, claim.id.clone().into());
    ui.add_space(12.0);
    title_ui(ui, article, claim, is_draft, ctx);
    ui.add_space(8.0);
    let said = parts(article, claim, ctx);
    sentence_ui(ui, claim, &said, is_draft, ctx);
    section_line(ui, &ctx.pen());
    links_ui(ui, article, claim, &said, is_draft, ctx);
    if is_draft {
        ui.add_space(6.0);
        buttons_ui(ui, ctx);
    }
    section_line(ui, &ctx.pen());
    let owner = if is_draft { Owner::Draft(claim) } else { Owner::Claim(claim) };
    fields_ui(ui, article, owner, ctx);
    if !is_draft {
        section_line(ui, &ctx.pen());
        norm_ui(ui, article, claim, ctx);
        section_line(ui, &ctx.pen());
        super::super::notes::note_ui(ui, article, &AnnotationId::Claim(claim.id.clone()), &claim.note, ctx);
    }
}

fn title_ui(ui: &mut Ui, article: &ArticleId, claim: &Claim, is_draft: bool, ctx: &mut PanelCtx<'_>) {
    let number = number_of_claim(ctx.session.set(article), claim);
    let title = ctx.i18n.with("claim-title", &[("n", number.into())]);
    let tokens = ctx.theme.tokens.clone();
    let (ground, on) = (ctx.theme.parts.content, crate::gui::theme::best_on(ctx.theme.parts.content));
    let place = row(ui, 26.0);
    let mut pen = ctx.pen();
    let width = pen.width(&title, TextRole::TagBig) + 16.0;
    let mut cut = Cut::new(place, pen.flow());
    let pill = middle_of(cut.start(width), 24.0);
    ui.painter().rect_filled(pill, radius::CAP, ground);
    pen.paint_text(ui.painter(), pill, &title, Text::new(TextRole::TagBig, on).align(Align::Center));
    cut.start(8.0);
    let state = if is_draft { pen.i18n.text("claim-proposed") } else { "" };
    pen.paint_text(ui.painter(), cut.rest, state, Text::new(TextRole::Ui, tokens.text2));
    let response = ui.interact(place, ui.scope_id().with("claim title"), Sense::hover());
    announce(&response, Role::Heading, &crate::gui::i18n::without_isolates(&format!("{title} {state}")));
}

/// A row per part of the chain, with the key that changes it.
fn links_ui(ui: &mut Ui, article: &ArticleId, claim: &Claim, said: &[Part], is_draft: bool, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let title = if is_draft { i18n.text("claim-from-list") } else { i18n.text("claim-chain") };
    section_title(ui, &mut ctx.pen(), title, "");
    let (cue_key, source_key) = (ctx.keymap.caption(CommandId::ClaimCue), ctx.keymap.caption(CommandId::ClaimSource));
    let text_of = |wanted: PartKind| {
        let pieces: Vec<&str> = said.iter().filter(|part| part.kind == wanted).map(|part| part.text.as_str()).collect();
        if pieces.is_empty() { "\u{2014}".to_owned() } else { pieces.join(" \u{2026} ") }
    };
    let outer = claim.nested_in.as_ref().and_then(|outer| ctx.session.set(article).claims.get(outer)).cloned();
    if let Some(outer) = outer {
        let number = number_of_claim(ctx.session.set(article), &outer);
        let inside = ctx.i18n.with("claim-title", &[("n", number.into())]);
        part_row(ui, i18n.text("claim-inside"), &inside, "", ctx.theme.parts.content, ctx);
    }
    for (at, link) in claim.chain.iter().enumerate() {
        let role = match link.role {
            LinkRole::Relay => i18n.text("link-relay"),
            LinkRole::Origin => i18n.text("link-origin"),
        };
        let color = ctx.theme.parts.source;
        part_row(ui, role, &text_of(PartKind::Source(at)), &source_key, color, ctx);
        let color = ctx.theme.parts.cue;
        part_row(ui, i18n.text("link-cue"), &text_of(PartKind::Cue(at)), &cue_key, color, ctx);
    }
}

fn part_row(ui: &mut Ui, name: &str, text: &str, caption: &str, color: egui::Color32, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let place = row(ui, 28.0);
    let mut pen = ctx.pen();
    let mut cut = Cut::new(place, pen.flow());
    let cap = cut.end(pen.cap_width(caption));
    pen.key_cap(ui.painter(), cap, caption);
    cut.end(8.0);
    let dash = middle_of(cut.start(12.0), 2.0);
    ui.painter().rect_filled(dash, 0.0, color);
    cut.start(8.0);
    let width = pen.width(name, TextRole::Ui).max(56.0);
    pen.paint_text(ui.painter(), cut.start(width), name, Text::new(TextRole::Ui, tokens.text2));
    cut.start(8.0);
    pen.paint_text(ui.painter(), cut.rest, text, Text::new(TextRole::Ui, tokens.text).align(Align::End));
    let response = ui.interact(place, ui.scope_id().with(("link", name, text)), Sense::hover());
    announce(&response, Role::Label, &crate::gui::i18n::without_isolates(&format!("{name}: {text}")));
}

fn buttons_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>) {
    let place = row(ui, metrics::FIELD + 2.0);
    let mut cut = Cut::new(place, ctx.flow());
    let accept = ctx.i18n.text("claim-accept");
    let alone = ctx.i18n.text("claim-content-only");
    let mut press = |ui: &mut Ui, text: &str, caption: &str, kind: ButtonKind, ctx: &mut PanelCtx<'_>| {
        let width = ctx.pen().button_width(text, caption);
        let rect: Rect = cut.start(width);
        cut.start(8.0);
        ctx.pen().button(ui, rect, text, caption, kind).clicked()
    };
    let whole = press(ui, accept, "\u{21b5}", ButtonKind::Primary, ctx);
    let content = press(ui, alone, "\u{21e7} \u{21b5}", ButtonKind::Plain, ctx);
    let command = if whole || content { ctx.view.take_draft(whole) } else { None };
    ctx.out.extend(command.map(|command| UiCommand::Run(Box::new(command))));
}

/// The sentence that can be read alone, in the article's language.
fn norm_ui(ui: &mut Ui, article: &ArticleId, claim: &Claim, ctx: &mut PanelCtx<'_>) {
    const KEY: &str = "claim norm";
    let i18n = ctx.i18n;
    section_title(ui, &mut ctx.pen(), i18n.text("claim-norm"), "");
    let language = ctx.session.article(article).map(|loaded| loaded.facts.language.clone()).unwrap_or_default();
    let language = if language.is_empty() { "und".to_owned() } else { language };
    let stored = claim.norm.get(&language).cloned().unwrap_or_default();
    let rect = row(ui, 2.2 * metrics::FIELD).shrink2(vec2(0.0, 0.0));
    let id = egui::Id::unique((KEY, claim.id.as_str()));
    let mut field = ctx.view.inspector.texts.remove(KEY).unwrap_or_else(|| Field::multi_line(&stored));
    let leaving = ui.ctx().read_response(id).is_some_and(|response| response.lost_focus());
    if !leaving && !ui.memory(|memory| memory.has_focus(id)) {
        field.set_text(&stored);
    }
    let options = FieldOptions::new(i18n.text("claim-norm")).hint(i18n.text("claim-norm-hint"));
    let result = ctx.pen().text_field(ui, rect, id, &mut field, options);
    let typed = field.text().trim().to_owned();
    if (result.committed || result.cancelled) && typed != stored {
        let mut changed = claim.clone();
        if typed.is_empty() {
            changed.norm.remove(&language);
        } else {
            changed.norm.insert(language, typed);
        }
        let claim = Box::new(changed);
        ctx.out.push(UiCommand::Run(Box::new(Command::PutClaim { article: article.clone(), claim })));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
    ctx.view.inspector.texts.insert(KEY.to_owned(), field);
    ui.add_space(PAD / 2.0);
}
