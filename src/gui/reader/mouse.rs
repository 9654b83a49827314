//! The pointer: clicks, selections, handles.

use egui::{CursorIcon, Modifiers, Pos2, Rect, Response, Ui, pos2, vec2};

use super::act::{run, set_focus};
use super::ladder::with_edges;
use super::page::Page;
use super::state::ReaderState;
use super::walk::FocusStack;
use crate::gui::ctx::PanelCtx;
use crate::layout::Engine;
use crate::model::MentionId;
use crate::session::{Command, Edge};
use crate::text::{Span, SpanSet, grapheme_span, second_word_at, word_at};

/// Where the handles of the focus can be taken, logical px.
const HANDLE_AREA: egui::Vec2 = vec2(12.0, 30.0);
/// How far beyond the page the pointer scrolls by a line per frame.
const SCROLL_REACH: f32 = 40.0;
/// The pointer rests this long before the status bar names what it rests on.
const HOVER_S: f32 = 0.3;

/// What a drag does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drag {
    /// Selects text; `fragment` adds a piece.
    Select {
        /// Whether what is selected becomes a piece of its own.
        fragment: bool,
    },
    /// Moves an edge of a mention.
    Handle {
        /// Which mention.
        mention: MentionId,
        /// Which edge.
        edge: Edge,
        /// Its spans as stored.
        stored: SpanSet,
    },
}

impl ReaderState {
    /// Handles the pointer on the page. `handles` are the places of the focus's edges, logical px.
    pub(super) fn mouse(
        &mut self,
        ui: &Ui,
        ctx: &mut PanelCtx<'_>,
        page: Page,
        response: &Response,
        handles: [Option<Pos2>; 2],
    ) {
        let modifiers = ui.input(|input| input.modifiers);
        let now_s = ui.input(|input| input.time);
        if let Some(hover) = response.hover_pos() {
            let handle = handle_at(handles, hover);
            let icon = if handle.is_some() { CursorIcon::ResizeHorizontal } else { CursorIcon::Text };
            ui.ctx().set_cursor_icon(icon);
        }
        self.hover(ui, ctx, page, response);
        if response.drag_started()
            && let Some(origin) = ui.input(|input| input.pointer.press_origin())
        {
            self.start_drag(ctx, page, origin, handle_at(handles, origin), modifiers);
        }
        if self.drag.is_some()
            && (response.dragged() || response.drag_stopped())
            && let Some(at) = response.interact_pointer_pos()
        {
            self.caret_moved_s = now_s;
            self.drag_to(ctx, page, at);
            if response.dragged() && !page.rect.contains(at) {
                ui.ctx().request_repaint();
            }
        }
        if response.drag_stopped() {
            self.end_drag(ctx);
        }
        if response.clicked() {
            let Some(at) = response.interact_pointer_pos() else { return };
            self.caret_moved_s = now_s;
            if response.triple_clicked() {
                self.take_sentence(ctx, page, at);
            } else if response.double_clicked() {
                self.take_word(ctx, page, at);
            } else {
                self.click(ctx, page, at, modifiers);
            }
        }
    }

    fn hover(&mut self, ui: &Ui, ctx: &mut PanelCtx<'_>, page: Page, response: &Response) {
        let hovered = response.hover_pos().filter(|_| self.drag.is_none()).and_then(|at| {
            let loaded = self.loaded.as_mut()?;
            let byte = byte_under(loaded, &mut ctx.text.engine, page, at)?;
            FocusStack::at(ctx.session.set(&loaded.id), ctx.view.layers, byte).innermost_mention().cloned()
        });
        let rests = ui.input(|input| input.pointer.time_since_last_movement()) >= HOVER_S;
        self.hover_theirs(ctx, page, response, rests && hovered.is_none());
        match hovered {
            Some(id) if rests || ctx.view.hover.as_ref() == Some(&id) => ctx.view.hover = Some(id),
            Some(_) => {
                ctx.view.hover = None;
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(310));
            }
            None => ctx.view.hover = None,
        }
    }

    /// Somebody else's mention under the pointer, where no own one lies there: said in the status bar.
    fn hover_theirs(&mut self, ctx: &mut PanelCtx<'_>, page: Page, response: &Response, rests: bool) {
        if ctx.view.beside.is_none() || !rests {
            ctx.view.hover_theirs = None;
            return;
        }
        ctx.view.hover_theirs = response.hover_pos().and_then(|at| {
            let loaded = self.loaded.as_mut()?;
            let byte = byte_under(loaded, &mut ctx.text.engine, page, at)?;
            let (who, _) = loaded.beside.as_ref()?;
            let mentions = ctx.session.set_of(who, &loaded.id).mentions_at(byte);
            let mention = mentions.first()?;
            let label = crate::gui::i18n::left_to_right(mention.label.as_str());
            let name = crate::gui::panels::annotator_name(ctx.session, who);
            let args = [("who", (&name).into()), ("label", (&label).into()), ("quote", (&mention.quote).into())];
            Some(ctx.i18n.with("beside-mention", &args))
        });
    }

    fn start_drag(
        &mut self,
        ctx: &mut PanelCtx<'_>,
        page: Page,
        origin: Pos2,
        handle: Option<Edge>,
        modifiers: Modifiers,
    ) {
        self.fix_ladder(ctx);
        let focus = ctx.view.mention().cloned();
        let Some(loaded) = &mut self.loaded else { return };
        if let (Some(edge), Some(mention)) = (handle, focus) {
            let stored = ctx.session.set(&loaded.id).mentions.get(&mention).map(|found| found.spans.clone());
            if let Some(stored) = stored {
                ctx.view.live_edge = Some(edge);
                self.drag = Some(Drag::Handle { mention, edge, stored });
            }
            return;
        }
        let at = page.to_text(origin);
        let place = loaded.document.hit(&mut ctx.text.engine, at.x, at.y);
        let fragment = modifiers.command || modifiers.ctrl;
        if fragment {
            let text = loaded.article.text.clone();
            self.selection.hold(&text);
        } else if !modifiers.shift {
            self.selection.clear();
        }
        self.selection.move_to(place, modifiers.shift && !fragment);
        self.selection.anchor.get_or_insert(place);
        self.goal_px = None;
        self.drag = Some(Drag::Select { fragment });
    }

    fn drag_to(&mut self, ctx: &mut PanelCtx<'_>, page: Page, at: Pos2) {
        let Some(loaded) = &mut self.loaded else { return };
        let beyond = if at.y < page.rect.top() { at.y - page.rect.top() } else { (at.y - page.rect.bottom()).max(0.0) };
        if beyond != 0.0 {
            let line_px = page.pixels_per_point * 12.0;
            loaded.document.scroll_by((beyond / SCROLL_REACH).clamp(-2.0, 2.0) * line_px);
        }
        let point = page.to_text(pos2(at.x, at.y.clamp(page.rect.top(), page.rect.bottom() - 1.0)));
        let place = loaded.document.hit(&mut ctx.text.engine, point.x, point.y);
        match &self.drag {
            Some(Drag::Select { .. }) => {
                self.selection.caret = place;
                self.selection.pick = None;
            }
            Some(Drag::Handle { edge, stored, .. }) => {
                let byte = grapheme_edge(&loaded.article.text, place.at);
                let moved = match edge {
                    Edge::Start => with_edges(stored, byte, stored.end()),
                    Edge::End => with_edges(stored, stored.start(), byte),
                };
                if moved.is_some() {
                    self.preview = moved;
                }
            }
            None => {}
        }
    }

    fn end_drag(&mut self, ctx: &mut PanelCtx<'_>) {
        let Some(article) = self.loaded.as_ref().map(|loaded| loaded.id.clone()) else { return };
        match self.drag.take() {
            Some(Drag::Handle { mention, stored, .. }) => {
                if let Some(spans) = self.preview.take().filter(|spans| *spans != stored) {
                    run(ctx, Command::SetSpans { article, mention, spans });
                }
            }
            Some(Drag::Select { fragment: true }) => {
                let focus = ctx.view.mention().cloned();
                if let (Some(mention), Some(spans)) = (focus, self.selected()) {
                    self.clear_selection_after(ctx.session.revision());
                    for span in spans.iter() {
                        run(ctx, Command::AddFragment { article: article.clone(), mention: mention.clone(), span });
                    }
                }
            }
            Some(Drag::Select { fragment: false }) if self.selection.span().is_none() => self.selection.anchor = None,
            Some(Drag::Select { fragment: false }) | None => {}
        }
    }

    fn click(&mut self, ctx: &mut PanelCtx<'_>, page: Page, at: Pos2, modifiers: Modifiers) {
        self.fix_ladder(ctx);
        let Some(loaded) = &mut self.loaded else { return };
        let point = page.to_text(at);
        let place = loaded.document.hit(&mut ctx.text.engine, point.x, point.y);
        self.goal_px = None;
        if modifiers.shift {
            self.selection.move_to(place, true);
            return;
        }
        let under = byte_under(loaded, &mut ctx.text.engine, page, at);
        let stack = under.map_or_else(FocusStack::default, |byte| {
            FocusStack::at(ctx.session.set(&loaded.id), ctx.view.layers, byte)
        });
        let same = self.stack.is_same_stack(&stack) && !self.selection.is_some();
        let focus = if same { stack.next_around(ctx.view.focus.as_ref()).cloned() } else { stack.innermost().cloned() };
        self.selection.clear();
        self.selection.move_to(place, false);
        self.stack = stack;
        if focus.is_some() || !self.fragment {
            self.fragment = false;
            set_focus(ctx, focus);
        }
    }

    fn take_word(&mut self, ctx: &mut PanelCtx<'_>, page: Page, at: Pos2) {
        let Some(loaded) = &mut self.loaded else { return };
        let Some(byte) = byte_near(loaded, &mut ctx.text.engine, page, at) else { return };
        let text = loaded.article.text.clone();
        let Some(word) = word_at(&text, byte) else { return };
        let again = self.selection.span() == Some(word) || self.double_clicked == Some(word);
        self.double_clicked = Some(word);
        if again {
            let part = second_word_at(&text, byte).unwrap_or(word);
            self.pick_word(ctx.session, part);
        } else {
            self.pick_word(ctx.session, word);
        }
    }

    fn take_sentence(&mut self, ctx: &mut PanelCtx<'_>, page: Page, at: Pos2) {
        let Some(loaded) = &mut self.loaded else { return };
        let Some(byte) = byte_near(loaded, &mut ctx.text.engine, page, at) else { return };
        let index = loaded.document.index_of(byte);
        let line = loaded.document.span(index);
        let sentences = ctx.session.sentences(&loaded.id);
        let found = sentences.ok().and_then(|all| all.iter().copied().find(|span| span.contains(byte)));
        self.selection.select(found.unwrap_or(line));
    }
}

/// The handle at a point.
fn handle_at(handles: [Option<Pos2>; 2], at: Pos2) -> Option<Edge> {
    let near = |handle: Option<Pos2>| handle.filter(|place| Rect::from_center_size(*place, HANDLE_AREA).contains(at));
    let distance = |handle: Option<Pos2>| near(handle).map_or(f32::INFINITY, |place| (place.x - at.x).abs());
    let [start, end] = [distance(handles[0]), distance(handles[1])];
    if start.is_infinite() && end.is_infinite() {
        None
    } else {
        Some(if start <= end { Edge::Start } else { Edge::End })
    }
}

/// The byte whose letter lies under a point.
fn byte_under(loaded: &mut super::state::Loaded, engine: &mut Engine, page: Page, at: Pos2) -> Option<usize> {
    let point = page.to_text(at);
    let place = loaded.document.hit(engine, point.x, point.y);
    let index = loaded.document.index_of(place.at);
    let below_px = point.y - loaded.document.top_px(index);
    let origin = loaded.document.span(index).start();
    let paragraph = loaded.document.paragraph(engine, index)?;
    paragraph.cluster_under(point.x, below_px).map(|cluster| cluster.span.start() + origin)
}

/// The byte of the letter nearest to a point.
fn byte_near(loaded: &mut super::state::Loaded, engine: &mut Engine, page: Page, at: Pos2) -> Option<usize> {
    byte_under(loaded, engine, page, at).or_else(|| {
        let point = page.to_text(at);
        Some(loaded.document.hit(engine, point.x, point.y).at)
    })
}

/// A byte moved to the start of the letter it lies in.
fn grapheme_edge(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    grapheme_span(text, Span::new(at, at)).start()
}
