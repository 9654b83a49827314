//! What screen readers and tests see: lines as text runs with direction, mentions as nodes that can be activated.

use accesskit::{Action, Node, Role, TextDirection};
use egui::{Id, Rect, Ui, UiBuilder, pos2};

use super::frame::{Frame, ShownParagraph};
use super::page::Page;
use crate::layout::Cluster;
use crate::model::MentionId;
use crate::text::Span;

/// At most this many characters in one run.
const RUN_CHARACTERS: usize = 255;

/// A mention with its name for people who hear it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedMention {
    /// Which.
    pub id: MentionId,
    /// Its text, label, name and entity.
    pub name: String,
    /// All of its text from the first byte to the last.
    pub hull: Span,
    /// The first piece of its text.
    pub first: Span,
    /// Whether it has the focus.
    pub focused: bool,
}

/// Describes the page and its lines. Answers whether anybody listens.
pub fn describe_page(ui: &mut Ui, page_id: Id, title: &str, frame: &Frame) -> bool {
    let heard = ui.ctx().accesskit_node_builder(page_id, |node| {
        node.set_role(Role::Document);
        node.set_label(title);
        set_bounds(node, frame.page.rect);
    });
    if heard.is_none() {
        return false;
    }
    for shown in &frame.shown {
        for line in 0..shown.paragraph.lines().len() {
            describe_line(ui, page_id, frame.page, shown, line);
        }
    }
    true
}

/// The runs of one line, in reading order: neighbours of one direction, at most 255 characters each.
fn describe_line(ui: &mut Ui, page_id: Id, page: Page, shown: &ShownParagraph, line: usize) {
    let clusters = shown.paragraph.line_clusters(line);
    let mut from = 0;
    while from < clusters.len() {
        let rtl = clusters[from].rtl;
        let count = clusters[from..].iter().take(RUN_CHARACTERS).take_while(|cluster| cluster.rtl == rtl).count();
        let run = &clusters[from..from + count];
        let start = shown.span.start() + run[0].span.start();
        let id = page_id.with(("run", start));
        add_node(ui, page_id, id, |node| describe_run(node, page, shown, line, run));
        from += count;
    }
}

/// Adds a node below the page's. egui makes nodes for what has a place in its tree of `Ui`s, so it gets an empty one.
fn add_node(ui: &mut Ui, page_id: Id, id: Id, write: impl FnOnce(&mut Node)) {
    let child = ui.new_child(UiBuilder::new().scope_id(id).accessibility_parent(page_id));
    child.ctx().accesskit_node_builder(id, write);
}

fn describe_run(node: &mut Node, page: Page, shown: &ShownParagraph, line: usize, run: &[Cluster]) {
    let rtl = run[0].rtl;
    let left_px = run.iter().map(|cluster| cluster.left_px).fold(f32::INFINITY, f32::min);
    let right_px = run.iter().map(|cluster| cluster.right_px).fold(f32::NEG_INFINITY, f32::max);
    let scale = page.pixels_per_point;
    let span = Span::new(run[0].span.start(), run[run.len() - 1].span.end());
    node.set_role(Role::TextRun);
    node.set_text_direction(if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
    node.set_value(span.slice(shown.paragraph.text()).unwrap_or_default());
    node.set_character_lengths(
        run.iter().map(|cluster| u8::try_from(cluster.span.len()).unwrap_or(u8::MAX)).collect::<Vec<_>>(),
    );
    // Positions are measured in the direction of the run.
    let positions =
        run.iter().map(|cluster| (if rtl { right_px - cluster.right_px } else { cluster.left_px - left_px }) / scale);
    node.set_character_positions(positions.collect::<Vec<_>>());
    node.set_character_widths(run.iter().map(|cluster| cluster.width_px() / scale).collect::<Vec<_>>());
    if let Some(line) = shown.paragraph.lines().get(line) {
        let top_px = shown.top_px + line.top_px;
        let area = Rect::from_min_max(
            pos2(page.left_px + left_px, top_px),
            pos2(page.left_px + right_px, top_px + line.height_px),
        );
        set_bounds(node, area * (1.0 / scale));
    }
}

/// Describes the visible mentions; answers the one that was activated.
pub fn describe_mentions(ui: &mut Ui, page_id: Id, frame: &Frame, mentions: &[NamedMention]) -> Option<MentionId> {
    let mut activated = None;
    for mention in mentions {
        let Some(area) = first_area(frame, mention.first).or_else(|| first_area(frame, mention.hull)) else {
            continue;
        };
        let id = page_id.with(("mention", mention.id.as_str()));
        add_node(ui, page_id, id, |node| {
            node.set_role(Role::Button);
            node.set_label(mention.name.as_str());
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
            node.set_selected(mention.focused);
            set_bounds(node, area);
        });
        let asked = ui.input(|input| {
            input.has_accesskit_action_request(id, Action::Click)
                || input.has_accesskit_action_request(id, Action::Focus)
        });
        if asked {
            activated = Some(mention.id.clone());
        }
    }
    activated
}

/// Adds a node per mention of somebody else that is laid beside: heard, and never activated.
pub fn describe_theirs(ui: &mut Ui, page_id: Id, frame: &Frame, theirs: &[(String, Span)]) {
    for (at, (name, hull)) in theirs.iter().enumerate() {
        let Some(area) = first_area(frame, *hull) else { continue };
        add_node(ui, page_id, page_id.with(("theirs", at)), |node| {
            node.set_role(Role::Mark);
            node.set_label(name.as_str());
            set_bounds(node, area);
        });
    }
}

/// The first rectangle of a span in view, logical px.
fn first_area(frame: &Frame, span: Span) -> Option<Rect> {
    frame.shown.iter().find_map(|shown| {
        let rect = shown.rects(span).into_iter().next()?;
        let band = shown.band(rect.line, shown.anatomy.fill());
        let area = Rect::from_min_max(
            pos2(frame.page.left_px + rect.left_px, band.top_px),
            pos2(frame.page.left_px + rect.right_px, band.bottom_px),
        );
        Some(area * (1.0 / frame.page.pixels_per_point))
    })
}

fn set_bounds(node: &mut Node, rect: Rect) {
    node.set_bounds(accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    });
}
