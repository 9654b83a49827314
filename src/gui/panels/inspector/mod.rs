//! The inspector: what has focus, or the article itself; and the checks.

mod article;
mod checks;
mod claims;
mod clashes;
mod entity;
pub mod fields;
mod findings;
mod mention;
mod notes;
mod stances;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

pub use article::region_word;
pub use claims::number_of_claim;
pub use findings::FindingsState;

use crate::gui::ctx::{InspectorTab, PanelCtx};
use crate::gui::i18n::Language;
use crate::gui::theme::{Cut, TextRole, metrics};
use crate::gui::widgets::{Align, Field, Pen, Text};
use crate::model::{AnnotationId, ArticleId, Ref};
use crate::session::Checks;

/// Drafts of the inspector.
#[derive(Debug)]
pub struct InspectorState {
    /// Whose values the fields show.
    shown: Option<(u64, ArticleId, Option<AnnotationId>)>,
    note: Field,
    /// Fields of free text, by attribute or fact.
    texts: std::collections::BTreeMap<String, Field>,
    entity: entity::EntityDraft,
    /// Whether the list of entities is open.
    pub entity_open: bool,
    /// The field whose list of values is open.
    pub list_open: Option<String>,
    /// The note takes the keyboard in the next frame.
    pub focus_note: bool,
    /// This free-text field takes the keyboard in the next frame.
    pub focus_text: Option<String>,
    /// The fact whose typed value was refused, and the message that says why.
    refused: Option<(String, &'static str)>,
    /// Rows of the list of claims, with what they were made of.
    claims: Option<((u64, ArticleId, Language, Option<usize>), Arc<[claims::ClaimRow]>)>,
    /// Rows of the list of stances.
    stances: Option<((u64, ArticleId, Language), Arc<[stances::StanceRow]>)>,
    /// The list of findings.
    pub findings: FindingsState,
    /// Facts of the open article as its import gave them.
    imported: Option<(ArticleId, Option<Arc<crate::model::ArticleFacts>>)>,
}

impl InspectorState {
    /// Shows an annotation from now on; what was typed and opened at another one is let go of.
    fn show(&mut self, revision: u64, article: &ArticleId, what: AnnotationId) {
        let what = Some(what);
        if self.shown.as_ref().is_none_or(|shown| &shown.1 != article || shown.2 != what) {
            self.entity = entity::EntityDraft::default();
            self.entity_open = false;
            self.list_open = None;
            self.texts.clear();
        }
        self.shown = Some((revision, article.clone(), what));
    }
}

impl Default for InspectorState {
    fn default() -> Self {
        Self {
            shown: None,
            note: Field::multi_line(""),
            texts: std::collections::BTreeMap::new(),
            entity: entity::EntityDraft::default(),
            entity_open: false,
            list_open: None,
            focus_note: false,
            focus_text: None,
            refused: None,
            claims: None,
            stances: None,
            findings: FindingsState::default(),
            imported: None,
        }
    }
}

const PAD: f32 = 14.0;

/// Draws the inspector with the findings about the open article.
pub fn inspector_ui(ui: &mut Ui, rect: Rect, checks: &Checks, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    let edge = ctx.flow().start(rect) + ctx.flow().along(0.5);
    ui.painter().vline(edge, rect.y_range(), egui::Stroke::new(1.0, tokens.line));
    let mut column = Cut::new(rect, ctx.flow());
    let tabs = column.top(40.0);
    let count = checks.count() + ctx.session.open_clashes().count();
    tabs_ui(ui, tabs, count, ctx);
    let body = column.rest;
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("inspector body"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let tab = ctx.view.tab;
    if tab == InspectorTab::History {
        super::history_ui(&mut child, body, ctx);
        return;
    }
    let Some(article) = ctx.view.article.clone() else { return };
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(("inspector", tab == InspectorTab::Checks));
    let scroll = ctx.pen().scroll(area);
    scroll.show(&mut child, |ui| {
        ui.set_width(body.width());
        let focus = ctx.view.mention().cloned().filter(|id| ctx.session.set(&article).mentions.contains_key(id));
        let claim = ctx.view.focus.as_ref().and_then(|focus| ctx.session.set(&article).claims.get(focus.claim()?));
        let claim = claim.cloned().filter(|_| tab == InspectorTab::Details && ctx.view.draft.is_none());
        if let Some(claim) = claim {
            claims::claim_ui(ui, &article, &claim, false, ctx);
            ui.add_space(PAD);
            return;
        }
        let stance = ctx.view.focus.as_ref().and_then(AnnotationId::stance).cloned();
        if let (Some(stance), InspectorTab::Details) = (stance, tab) {
            stances::stance_ui(ui, &article, &stance, ctx);
            ui.add_space(PAD);
            return;
        }
        match (tab, focus) {
            (InspectorTab::Claims, _) => claims::claims_ui(ui, &article, ctx),
            (InspectorTab::Stances, _) => stances::stances_ui(ui, &article, ctx),
            (InspectorTab::Checks, _) => checks::checks_ui(ui, checks, ctx),
            (InspectorTab::Details, Some(mention)) => mention::mention_ui(ui, &article, &mention, ctx),
            (InspectorTab::History, _) => {}
            (InspectorTab::Details, None) => article::article_ui(ui, &article, ctx),
        }
        ui.add_space(PAD);
    });
}

fn tabs_ui(ui: &mut Ui, rect: Rect, checks: usize, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ctx.pen().line_below(ui.painter(), rect);
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let (tabs, pad) = tabs_that_fit(inner.width(), checks, ctx);
    let mut cut = Cut::new(inner, ctx.flow());
    for (at, (tab, title)) in tabs.into_iter().enumerate() {
        let is_chosen = ctx.view.tab == tab;
        let role = if is_chosen { TextRole::UiBold } else { TextRole::Ui };
        let mut pen = ctx.pen();
        let width = pen.width(&title, TextRole::UiBold) + pad;
        let place = cut.start(width);
        let response = ui.interact(place, egui::Id::unique(("inspector tab", at as u8)), Sense::click());
        let label = title.clone();
        response.widget_info(|| egui::WidgetInfo::selected(Role::Tab, true, is_chosen, &label));
        let ink = if is_chosen || response.hovered() { tokens.text } else { tokens.text2 };
        pen.paint_text(ui.painter(), place, &title, Text::new(role, ink).align(Align::Center));
        if is_chosen {
            let bar = Rect::from_min_max(place.left_bottom() - vec2(0.0, 2.0), place.right_bottom());
            ui.painter().rect_filled(bar.shrink2(vec2(4.0, 0.0)), 0.0, tokens.ink);
        }
        pen.ring_if_focused(ui, &response, 4.0);
        if response.clicked() {
            ctx.view.tab = tab;
        }
    }
}

/// The tabs with their counts, or without where the panel is narrow, and the room around each title.
fn tabs_that_fit(room: f32, checks: usize, ctx: &mut PanelCtx<'_>) -> (Vec<(InspectorTab, String)>, f32) {
    const WIDEST: f32 = 20.0;
    const NARROWEST: f32 = 6.0;
    let set = ctx.view.article.as_ref().map(|article| ctx.session.set(article));
    let claims = set.map_or(0, |set| set.claims.len());
    let stances = set.map_or(0, |set| set.stances.len());
    let i18n = ctx.i18n;
    let counted = |id: &str, n: usize| i18n.with(id, &[("n", n.into())]);
    let named = |counts: [usize; 3]| {
        vec![
            (InspectorTab::Details, i18n.text("tab-details").to_owned()),
            (InspectorTab::Claims, counted("tab-claims", counts[0])),
            (InspectorTab::Stances, counted("tab-stances", counts[1])),
            (InspectorTab::Checks, counted("tab-checks", counts[2])),
            (InspectorTab::History, i18n.text("tab-history").to_owned()),
        ]
    };
    for tabs in [named([claims, stances, checks]), named([0, 0, checks])] {
        let mut pen = ctx.pen();
        let wide: f32 = tabs.iter().map(|(_, title)| pen.width(title, TextRole::UiBold)).sum();
        let pad = (room - wide) / tabs.len() as f32;
        if pad >= NARROWEST {
            return (tabs, pad.min(WIDEST));
        }
    }
    (named([0, 0, 0]), NARROWEST)
}

/// What a source, holder or target is called.
fn name_of_ref(ctx: &PanelCtx<'_>, article: &ArticleId, reference: &Ref) -> String {
    match reference {
        Ref::Author => ctx.i18n.text("source-author").to_owned(),
        other => {
            let language = ctx.i18n.language().code();
            ctx.session.name_of_ref(article, other, language).unwrap_or_else(|| "\u{2014}".to_owned())
        }
    }
}

/// A row of the inspector's column, inside its padding.
fn row(ui: &mut Ui, height: f32) -> Rect {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    rect.shrink2(vec2(PAD, 0.0))
}

/// The line between two sections, with air around it.
fn section_line(ui: &mut Ui, pen: &Pen<'_>) {
    ui.add_space(10.0);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 1.0));
    pen.line_below(ui.painter(), rect);
    ui.add_space(10.0);
}

/// The heading of a section, with the key that goes there.
fn section_title(ui: &mut Ui, pen: &mut Pen<'_>, title: &str, caption: &str) {
    let mut cut = Cut::new(row(ui, 22.0), pen.flow());
    let cap = cut.end(pen.cap_width(caption));
    pen.key_cap(ui.painter(), cap, caption);
    let color = pen.theme.tokens.text2;
    pen.label(ui, cut.rest, title, Text::new(TextRole::UiBold, color));
    ui.add_space(4.0);
}

/// Lines of smaller text.
fn hint(ui: &mut Ui, pen: &mut Pen<'_>, text: &str) {
    let color = pen.theme.tokens.text3;
    let width = ui.available_width() - 2.0 * PAD;
    let height = pen.wrapped_height(text, TextRole::Hint, width);
    let place = row(ui, height);
    pen.paint_wrapped(ui.painter(), place, text, Text::new(TextRole::Hint, color));
    let id = ui.scope_id().with(("hint", text, place.top() as i32));
    crate::gui::widgets::announce(&ui.interact(place, id, Sense::hover()), Role::Label, text);
}

/// Height of a field with its margin.
const FIELD_ROW: f32 = metrics::FIELD + 6.0;
