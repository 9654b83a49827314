//! The reader's page in the window: input, then painting.

use egui::{EventFilter, Id, Rect, Sense, Shape, Ui, vec2};

use super::access::{NamedMention, describe_mentions, describe_page, describe_theirs};
use super::act::set_focus;
use super::claim_focus::ShownClaim;
use super::focus::{Focused, handle_places};
use super::frame::Frame;
use super::ladder_popup::ladder_ui;
use super::page::Page;
use super::paint::Painting;
use super::pen::Pen;
use super::stance_popup::stance_ui;
use super::state::{Loaded, ReaderState};
use crate::gui::ctx::{Layer, LayerLevel, Pane, PanelCtx, ViewState};
use crate::gui::theme::TextRole;
use crate::gui::widgets::{Align, BarLook, Scrolled, Text, scroll_bar};
use crate::layout::ParagraphRole;
use crate::model::{AnnotationSet, ArticleId, MentionId, localised};
use crate::text::{Span, SpanSet};

/// The caret is shown and hidden for this long.
const BLINK_S: f64 = 0.53;

/// Draws the article that is open and handles everything that happens on its page. Fills the rest of `ui`.
pub fn reader_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>, state: &mut ReaderState) {
    let rect = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("page");
    ui.advance_cursor_after_rect(rect);
    let response = ui.interact(rect, id, Sense::click_and_drag() | Sense::FOCUSABLE);
    ui.painter().rect_filled(rect, 0.0, ctx.theme.tokens.paper);
    let scale = ctx.text.pixels_per_point();
    let measure = Page::measure(rect.width(), ui.ctx().content_rect().width(), ctx.view.settings.column_px);
    let size_px = ctx.view.article_px() * scale;
    state.sync(ctx.session, ctx.view, size_px, (measure * scale).floor());
    if state.loaded.is_none() {
        empty_ui(ui, ctx, state, rect);
        return;
    }
    state.page_height_px = rect.height() * scale;
    take_keyboard(ui, ctx, &response, id);
    let now_s = ui.input(|input| input.time);
    for command in ctx.view.take_reader_commands() {
        state.act(ctx, command, now_s);
    }
    if response.has_focus() {
        state.keys(ui, ctx);
    }
    let scrolled = scroll(ui, state, rect, scale);
    if let Some(span) = ctx.view.reveal.take() {
        state.jump(&mut ctx.text.engine, span, now_s);
    }
    follow_caret(state, ctx);
    let Some(frame) = frame_of(state, ctx, rect, measure) else { return };
    let handles = shown_spans(state, ctx).map(|(_, spans)| handle_places(&frame, &spans));
    let centers = handles.unwrap_or([None, None]).map(|place| place.map(|place| place.center(scale)));
    if response.clicked() || response.drag_started() {
        response.request_focus();
        ctx.view.pane = Pane::Reader;
    }
    state.mouse(ui, ctx, frame.page, &response, centers);
    state.decide_density(&frame, !scrolled);
    paint(ui, ctx, state, &frame, response.has_focus());
    describe(ui, ctx, state, &frame, id);
    ladder_ui(ui, ctx, state, &frame);
    stance_ui(ui, ctx, rect);
    bar_ui(ui, ctx, state, rect);
    state.shown = Some(frame);
    let ReaderState { loaded, heights, .. } = state;
    if let Some(loaded) = loaded {
        heights.follow(&mut loaded.document, ui.ctx());
    }
    publish(ctx, state);
}

/// Keys belong to the reader while it has the keyboard, Tab and Escape too.
fn take_keyboard(ui: &Ui, ctx: &mut PanelCtx<'_>, response: &egui::Response, id: Id) {
    if std::mem::take(&mut ctx.view.focus_reader) {
        response.request_focus();
        ctx.view.pane = Pane::Reader;
    }
    if response.has_focus() {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
}

/// Wheel and touchpad, already smoothed by egui. Answers whether the page moved.
fn scroll(ui: &Ui, state: &mut ReaderState, rect: Rect, scale: f32) -> bool {
    let over = ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| rect.contains(at));
    if !over || !ui.ui_contains_pointer() {
        return false;
    }
    let delta = ui.input(egui::InputState::smooth_scroll_delta);
    let Some(loaded) = &mut state.loaded else { return false };
    if delta.y == 0.0 {
        return false;
    }
    loaded.document.scroll_by(-delta.y * scale);
    ui.ctx().request_repaint();
    true
}

fn follow_caret(state: &mut ReaderState, ctx: &mut PanelCtx<'_>) {
    if std::mem::take(&mut state.follow_caret)
        && let Some(loaded) = &mut state.loaded
    {
        let margin_px = loaded.document.style().size_px;
        loaded.document.reveal(&mut ctx.text.engine, state.selection.caret, margin_px);
    }
}

/// Lays out what is visible.
fn frame_of(state: &mut ReaderState, ctx: &mut PanelCtx<'_>, rect: Rect, measure: f32) -> Option<Frame> {
    let loaded = state.loaded.as_mut()?;
    let scale = ctx.text.pixels_per_point();
    let rtl = article_is_rtl(loaded);
    let page =
        Page::new(rect, measure, rtl, scale, loaded.document.scroll_top_px()).zoomed(ctx.view.settings.interface_zoom);
    state.page_height_px = page.height_px;
    let visible = loaded.document.visible(&mut ctx.text.engine, page.height_px);
    // The scroll place may have been corrected, and the free room above the text follows it.
    let page =
        Page::new(rect, measure, rtl, scale, loaded.document.scroll_top_px()).zoomed(ctx.view.settings.interface_zoom);
    let specs = loaded.document.specs();
    let roles = |spec: usize| specs.get(spec).map_or(ParagraphRole::Body, |spec| spec.role);
    let spacing = loaded.document.style().line_spacing;
    let marks = loaded.beside.as_ref().map_or(&loaded.marks, |(_, both)| both);
    Some(Frame::new(page, visible, roles, marks, spacing, &mut ctx.text.engine, &mut state.tags))
}

/// The side of the gutter: that of most of the first paragraphs.
fn article_is_rtl(loaded: &Loaded) -> bool {
    let count = loaded.document.len().min(20);
    let rtl = (0..count).filter(|idx| loaded.document.is_rtl(*idx)).count();
    rtl * 2 >= count
}

/// The mention in focus and the spans it is shown with: as stored, or as a ladder or a drag would store them.
fn shown_spans(state: &ReaderState, ctx: &PanelCtx<'_>) -> Option<(MentionId, SpanSet)> {
    let loaded = state.loaded.as_ref()?;
    let id = ctx.view.mention().cloned()?;
    let mark = loaded.marks.find(&id)?;
    let laddered = state.ladder.as_ref().filter(|ladder| ladder.mention == id).map(super::ladder::LadderPopup::chosen);
    let spans = state.preview.clone().or(laddered).unwrap_or_else(|| mark.spans.clone());
    Some((id, spans))
}

fn paint(ui: &Ui, ctx: &mut PanelCtx<'_>, state: &mut ReaderState, frame: &Frame, has_keyboard: bool) {
    let now_s = ui.input(|input| input.time);
    let focused = shown_spans(state, ctx);
    let hint = hint_span(state, ctx, has_keyboard);
    let ReaderState { loaded, selection, tags, dense, flash, caret_moved_s, .. } = state;
    let Some(loaded) = loaded else { return };
    let text = loaded.article.text.clone();
    let caret = loaded.document.caret(&mut ctx.text.engine, selection.caret);
    let mut pen = Pen::new(ctx.text.mesh(), epaint::WHITE_UV, frame.page.pixels_per_point);
    let (focus_id, hover_id, level) =
        (ctx.view.mention().cloned(), ctx.view.hover.clone(), ctx.view.layers.level(Layer::Mentions));
    let set = ctx.session.set(&loaded.id);
    let shown_claim = shown_claim(ctx.view, &loaded.id, set);
    // What a claim in focus says comes first: the mentions step back.
    let level = if shown_claim.is_some() && level == LayerLevel::Front { LayerLevel::Calm } else { level };
    let mut painting = Painting {
        theme: ctx.theme,
        scheme: ctx.session.scheme(),
        marks: loaded.drawn(),
        level,
        layers: ctx.view.layers,
        dense: *dense,
        focus: focus_id.as_ref(),
        hover: hover_id.as_ref(),
        text: ctx.text,
        tags,
    };
    let focused = focused.and_then(|(id, spans)| {
        let mark = loaded.marks.find(&id)?;
        Some(Focused { mark, spans, live: ctx.view.live_edge })
    });
    let stance = ctx.view.focus.as_ref().and_then(|focus| set.stances.get(focus.stance()?));
    if let Some(shown) = shown_claim {
        painting.claim_ground(&mut pen, frame, shown);
    }
    if let Some(stance) = stance {
        painting.stance_ground(&mut pen, frame, stance);
    }
    if let Some(focused) = &focused {
        painting.focus_ground(&mut pen, frame, &text, focused);
    }
    let flashing = flash.as_ref().filter(|flash| flash.until_s > now_s).map(|flash| flash.span);
    if flashing.is_some() {
        ui.ctx().request_repaint();
    }
    ground(&mut pen, &mut painting, frame, selection, flashing);
    painting.glyphs(&mut pen, frame);
    painting.invisible_marks(&mut pen, frame, ctx.view.settings.invisibles);
    painting.claims(&mut pen, frame, set, shown_claim);
    if let Some(shown) = shown_claim {
        painting.claim_marks(&mut pen, frame, shown, set);
    }
    if let Some(stance) = stance {
        painting.stance_marks(&mut pen, frame, stance, set);
    }
    painting.hint(&mut pen, frame, hint);
    painting.lanes(&mut pen, frame);
    painting.tags(&mut pen, frame);
    if let (Some(focused), true) = (&focused, level != LayerLevel::Off) {
        painting.focus_marks(&mut pen, frame, focused);
    }
    if let (Some(caret), true) = (&caret, has_keyboard)
        && is_caret_shown(ui, now_s - *caret_moved_s)
    {
        painting.caret(&mut pen, frame, caret, selection.caret.at);
    }
    let painter = ui.painter().with_clip_rect(frame.page.rect);
    painter.add(Shape::mesh(pen.into_mesh()));
}

/// The claim that is drawn in full: the one that is not stored yet, else the one in focus.
fn shown_claim<'a>(view: &'a ViewState, article: &ArticleId, set: &'a AnnotationSet) -> Option<ShownClaim<'a>> {
    let draft = view.draft.as_ref().filter(|draft| draft.article == *article);
    if let Some(draft) = draft {
        return Some(ShownClaim { claim: &draft.claim, is_proposed: true });
    }
    let claim = set.claims.get(view.focus.as_ref()?.claim()?)?;
    Some(ShownClaim { claim, is_proposed: false })
}

/// Fills under the text: what flashes after a jump, and what is selected.
fn ground(
    pen: &mut Pen,
    painting: &mut Painting<'_>,
    frame: &Frame,
    selection: &super::selection::Selection,
    flash: Option<Span>,
) {
    let (select, held, hover) =
        (painting.theme.tokens.select, painting.theme.tokens.sel_text, painting.theme.tokens.hover);
    if let Some(span) = flash {
        painting.fill_span(pen, frame, span, select);
    }
    for piece in &selection.held {
        painting.fill_span(pen, frame, *piece, held);
    }
    if let Some(span) = selection.span() {
        let strong = selection.pick.as_ref().map_or(span, super::selection::WordPick::offered);
        if strong != span {
            painting.fill_span(pen, frame, span, hover);
        }
        painting.fill_span(pen, frame, strong, held);
    }
}

/// Whether the caret is in the visible half of its blinking; asks for the frame in which that changes.
fn is_caret_shown(ui: &Ui, since_s: f64) -> bool {
    let next_s = BLINK_S - since_s.max(0.0) % BLINK_S;
    ui.ctx().request_repaint_after_secs(next_s as f32 + 0.001);
    (since_s / BLINK_S) as i64 % 2 == 0
}

/// What a label key would take, to be shown before anything is stored: only where the caret alone decides.
fn hint_span(state: &mut ReaderState, ctx: &PanelCtx<'_>, has_keyboard: bool) -> Option<Span> {
    let id = state.loaded.as_ref()?.id.clone();
    if !has_keyboard || ctx.view.focus.is_some() || ctx.view.draft.is_some() || state.selection.is_some() {
        return None;
    }
    let (at, revision) = (state.selection.caret.at, ctx.session.revision());
    let known = state.hint.filter(|hint| (hint.0, hint.1) == (at, revision));
    let span = known.map_or_else(|| state.suggested_word(ctx, &id), |hint| hint.2);
    state.hint = Some((at, revision, span));
    let (span, loaded) = (span?, state.loaded.as_ref()?);
    let covered = loaded.marks.touching(span).any(|idx| {
        loaded.marks.mentions().get(idx).is_some_and(|mark| mark.spans.iter().any(|piece| piece.overlaps(span)))
    });
    (!covered).then_some(span)
}

/// Tells screen readers what is on the page.
fn describe(ui: &mut Ui, ctx: &mut PanelCtx<'_>, state: &mut ReaderState, frame: &Frame, page_id: Id) {
    let Some(loaded) = &state.loaded else { return };
    if !describe_page(ui, page_id, &loaded.article.facts.title, frame) {
        return;
    }
    let set = ctx.session.set(&loaded.id);
    let scheme = ctx.session.scheme();
    let language = ctx.i18n.language().code();
    let mentions: Vec<NamedMention> = loaded
        .marks
        .touching(frame.span())
        .filter_map(|idx| set.mentions.get(&loaded.marks.mentions().get(idx)?.id))
        .map(|mention| {
            let surface = mention.spans.quote(&loaded.article.text).unwrap_or_default();
            let label = scheme.label(&mention.label);
            let name = label.map(|label| localised(&label.name, language)).unwrap_or_default();
            let entity = mention.entity.as_ref().and_then(|id| ctx.session.entities().get(id));
            let mut spoken = format!("{surface}: {}, {name}", mention.label);
            if let Some(known) = entity.and_then(|entity| entity.name.values().next()) {
                spoken.push_str(", ");
                spoken.push_str(known);
            }
            NamedMention {
                id: mention.id.clone(),
                name: spoken,
                hull: mention.spans.hull(),
                first: mention.spans.iter().next().unwrap_or_else(|| mention.spans.hull()),
                focused: ctx.view.mention() == Some(&mention.id),
            }
        })
        .collect();
    describe_theirs(ui, page_id, frame, &theirs_in_view(ctx, loaded, frame));
    if let Some(id) = describe_mentions(ui, page_id, frame, &mentions) {
        set_focus(ctx, Some(id.into()));
        ctx.view.focus_reader = true;
    }
}

/// The mentions of the annotator whose set is laid beside, as far as they are in view: text, label and whose.
fn theirs_in_view(ctx: &PanelCtx<'_>, loaded: &Loaded, frame: &Frame) -> Vec<(String, Span)> {
    let Some((who, both)) = &loaded.beside else { return Vec::new() };
    let name = crate::gui::panels::annotator_name(ctx.session, who);
    let set = ctx.session.set_of(who, &loaded.id);
    let marks = both.touching(frame.span()).filter_map(|idx| both.mentions().get(idx)).filter(|mark| mark.theirs);
    marks
        .filter_map(|mark| {
            let mention = set.mentions.get(&mark.id)?;
            let surface = mention.spans.quote(&loaded.article.text).unwrap_or_default();
            let spoken = format!("{name}: {surface}: {}", mention.label);
            Some((crate::gui::i18n::without_isolates(&spoken), mention.spans.hull()))
        })
        .collect()
}

/// A thin bar at the edge of the page; it can be dragged.
fn bar_ui(ui: &Ui, ctx: &mut PanelCtx<'_>, state: &mut ReaderState, rect: Rect) {
    let Some(loaded) = &mut state.loaded else { return };
    let (total_px, height_px) = (loaded.document.total_height_px(), f64::from(state.page_height_px));
    if total_px <= height_px {
        return;
    }
    let what = Scrolled { total: total_px, height: height_px, top: loaded.document.scroll_top_px() };
    let id = ui.scope_id().with("scroll");
    if let Some(top_px) = scroll_bar(ui, rect, id, what, ctx.pen().bar_style(BarLook::PAGE)) {
        loaded.document.scroll_to(top_px);
    }
}

/// What other panels show of the reader.
fn publish(ctx: &mut PanelCtx<'_>, state: &ReaderState) {
    ctx.view.caret = state.selection.caret.at;
    ctx.view.selection = state.selected();
}

/// A sentence in the middle where there is no article.
fn empty_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>, state: &ReaderState, rect: Rect) {
    let color = ctx.theme.tokens.text2;
    let (message, own) = match state.failure() {
        Some(failure) => (failure.to_owned(), true),
        None if ctx.session.catalogue().is_empty() => (ctx.i18n.text("reader-empty-project").to_owned(), false),
        None => (ctx.i18n.text("reader-no-article").to_owned(), false),
    };
    let area = Rect::from_center_size(rect.center(), vec2((rect.width() - 96.0).max(120.0), 24.0));
    let style = Text::new(TextRole::Lead, color).align(Align::Center);
    let style = if own { style.auto() } else { style };
    ctx.pen().label(ui, area, &message, style);
}
