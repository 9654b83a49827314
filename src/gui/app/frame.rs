//! Where everything stands in the window, at every width.

use egui::{Area, Id, Order, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::App;
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Page, Pane, PanelCtx};
use crate::gui::dialogs::dialogs_ui;
use crate::gui::i18n::left_to_right;
use crate::gui::panels;
use crate::gui::reader::reader_ui;
use crate::gui::settings::PanelWidths;
use crate::gui::theme::{Cut, Flow, TextRole, metrics, middle_of, space};
use crate::gui::widgets::{ButtonKind, Icon, Text, paint_icon};
use crate::session::ImportStage;

/// Saving is said once it takes longer than this.
const SAVING_S: f64 = 0.3;

/// Classes of window width; panel widths are remembered per class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WidthClass {
    /// Under 1024: rail, reader, inspector over it.
    Narrow,
    /// From 1024: rail, reader, inspector.
    Small,
    /// From 1152: all three, narrow.
    Medium,
    /// From 1360: all three.
    Wide,
    /// From 1600: all three, the page in the middle.
    Huge,
}

impl WidthClass {
    /// The class of a window of this width.
    #[must_use]
    pub fn of(width: f32) -> Self {
        match width {
            w if w < 1024.0 => Self::Narrow,
            w if w < 1152.0 => Self::Small,
            w if w < 1360.0 => Self::Medium,
            w if w <= 1600.0 => Self::Wide,
            _ => Self::Huge,
        }
    }

    /// Whether the catalogue is a rail that opens over the reader.
    #[must_use]
    pub fn folds_catalogue(self) -> bool {
        self <= Self::Small
    }

    /// Whether the inspector opens over the reader.
    #[must_use]
    pub fn overlays_inspector(self) -> bool {
        self == Self::Narrow
    }

    fn name(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Wide => "wide",
            Self::Huge => "huge",
        }
    }

    fn widths(self) -> PanelWidths {
        let (catalogue, inspector) = match self {
            Self::Narrow | Self::Small => (264.0, 284.0),
            Self::Medium => (232.0, 304.0),
            Self::Wide => (264.0, 328.0),
            Self::Huge => (264.0, 360.0),
        };
        PanelWidths { catalogue, inspector }
    }
}

impl App {
    /// Draws one frame.
    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let window = ui.max_rect();
        let flow = self.shell().flow();
        let mut rows = Cut::new(window, flow);
        let top = rows.top(metrics::TOP_BAR);
        let bottom = rows.bottom(metrics::STATUS_BAR);
        if self.session.is_some() && self.view.page == Page::Statistics {
            if let Some((mut ctx, ..)) = self.panel() {
                panels::statistics_ui(ui, rows.rest, &mut ctx);
                toast_ui(ui, rows.rest, rows.rest.bottom(), &mut ctx);
            }
        } else if self.session.is_some() && self.view.page == Page::Entity {
            if let Some((mut ctx, ..)) = self.panel() {
                panels::entity_page_ui(ui, rows.rest, &mut ctx);
                toast_ui(ui, rows.rest, rows.rest.bottom(), &mut ctx);
            }
        } else if self.session.is_some() {
            self.work_area(ui, rows.rest, window.width());
        } else {
            panels::first_run_ui(ui, rows.rest, &mut self.shell());
        }
        panels::top_bar_ui(ui, top, &mut self.shell());
        let now_s = ui.input(|input| input.time);
        let saving = self.saving_since_s.is_some_and(|since| now_s - since > SAVING_S);
        let checks = self.checks.1.count();
        panels::status_bar_ui(ui, bottom, checks, saving, &mut self.shell());
        dialogs_ui(ui, &mut self.shell());
    }

    fn work_area(&mut self, ui: &mut Ui, rect: Rect, window_width: f32) {
        let class = WidthClass::of(window_width);
        let widths = self.view.settings.widths.get(class.name()).copied().unwrap_or(class.widths());
        let Some((mut ctx, reader, checks)) = self.panel() else { return };
        panels::refresh_catalogue(ui, &mut ctx);
        let flow = ctx.flow();
        let mut columns = Cut::new(rect, flow);
        let mut catalogue = None;
        if class.folds_catalogue() {
            panels::catalogue_rail_ui(ui, columns.start(metrics::RAIL), &mut ctx);
        } else if ctx.view.settings.catalogue {
            catalogue = Some(columns.start(widths.catalogue));
        }
        let inspector =
            (!class.overlays_inspector() && ctx.view.settings.inspector).then(|| columns.end(widths.inspector));
        if let Some(place) = catalogue {
            panels::catalogue_ui(ui, place, &mut ctx);
        }
        if let Some(place) = inspector {
            panels::inspector_ui(ui, place, checks, &mut ctx);
        }
        let page = columns.rest;
        let strip_top = reader_column(ui, page, window_width, &mut ctx, reader);
        if class.folds_catalogue() && ctx.view.catalogue_overlay {
            let place = flow.at_start(rect, widths.catalogue);
            overlay(ui, "catalogue overlay", place, |ui| panels::catalogue_ui(ui, place, &mut ctx));
        }
        if class.overlays_inspector() && ctx.view.inspector_overlay {
            let place = flow.at_end(rect, widths.inspector);
            overlay(ui, "inspector overlay", place, |ui| panels::inspector_ui(ui, place, checks, &mut ctx));
        }
        toast_ui(ui, page, strip_top, &mut ctx);
        let mut new = widths;
        if let Some(place) = catalogue {
            drag_edge(
                ui,
                "catalogue edge",
                flow.end(place),
                rect,
                flow,
                1.0,
                (200.0, 400.0),
                &mut new.catalogue,
                class.widths().catalogue,
            );
        }
        if let Some(place) = inspector {
            drag_edge(
                ui,
                "inspector edge",
                flow.start(place),
                rect,
                flow,
                -1.0,
                (260.0, 440.0),
                &mut new.inspector,
                class.widths().inspector,
            );
        }
        if new != widths {
            self.view.settings.widths.insert(class.name().to_owned(), new);
        }
    }
}

/// Header, page and strip; returns the top of the strip.
fn reader_column(
    ui: &mut Ui,
    rect: Rect,
    window_width: f32,
    ctx: &mut PanelCtx<'_>,
    reader: &mut crate::gui::reader::ReaderState,
) -> f32 {
    let mut rows = Cut::new(rect, ctx.flow());
    let header = rows.top(metrics::ARTICLE_HEADER);
    let strip = rows.bottom(metrics::KEY_STRIP);
    let page = rows.rest;
    if ctx.session.catalogue().is_empty() {
        // The list of articles has a button of the same name.
        let mut child = ui.new_child(UiBuilder::new().max_rect(page).id_salt("no articles"));
        nothing_ui(&mut child, page, ctx);
    } else {
        let mut child = ui.new_child(UiBuilder::new().max_rect(page).id_salt("reader"));
        child.set_clip_rect(page.intersect(ui.clip_rect()));
        reader_ui(&mut child, ctx, reader);
    }
    panels::article_header_ui(ui, header, window_width, ctx);
    panels::key_strip_ui(ui, strip, window_width, ctx);
    strip.top()
}

/// A project without articles says what to do.
fn nothing_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    ui.painter().rect_filled(rect, 0.0, tokens.paper);
    let title = i18n.text("cmd-open-articles");
    let caption = ctx.keymap.caption(CommandId::OpenArticles);
    let mut pen = ctx.pen();
    let middle = Rect::from_center_size(rect.center(), vec2(rect.width() - 48.0, 80.0));
    let mut cut = Cut::new(middle, pen.flow());
    let words = cut.top(36.0);
    let text = Text::new(TextRole::Lead, tokens.text2).align(crate::gui::widgets::Align::Center);
    pen.label(ui, words, i18n.text("project-empty"), text);
    let width = pen.button_width(title, &caption);
    let place = Rect::from_center_size(cut.top(32.0).center(), vec2(width, 30.0));
    if pen.button(ui, place, title, &caption, ButtonKind::Primary).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::OpenArticles));
    }
}

/// A panel over the reader, with a shadow.
fn overlay(ui: &Ui, salt: &str, rect: Rect, content: impl FnOnce(&mut Ui)) {
    let area = Area::new(Id::unique(salt)).order(Order::Middle).fixed_pos(rect.min).constrain(false);
    area.show(ui.ctx(), |ui| {
        ui.allocate_space(rect.size());
        ui.interact(rect, Id::unique((salt, "ground")), Sense::click());
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        content(&mut child);
    });
}

/// The edge between a panel and the reader: drags in steps of 4, double-click gives the width back.
#[expect(clippy::too_many_arguments, reason = "one edge: where it is, which way it grows, its limits, its value")]
fn drag_edge(
    ui: &Ui,
    salt: &str,
    x: f32,
    area: Rect,
    flow: Flow,
    grows: f32,
    limits: (f32, f32),
    width: &mut f32,
    otherwise: f32,
) {
    let zone = Rect::from_min_max(pos2(x - 3.0, area.top()), pos2(x + 3.0, area.bottom()));
    let response = ui.interact(zone, Id::unique(salt), Sense::click_and_drag());
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
    }
    if response.double_clicked() {
        *width = otherwise;
    } else if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let moved = flow.along(pointer.x - x) * grows;
        *width = (((*width + moved) / 4.0).round() * 4.0).clamp(limits.0, limits.1);
    }
}

/// The background work that is said: a sentence, and the share that is done.
fn work_shown(ctx: &PanelCtx<'_>) -> Option<(String, f32)> {
    let (i18n, view) = (ctx.i18n, &*ctx.view);
    let share = |done: usize, total: usize| done as f32 / total.max(1) as f32;
    let counts =
        |message: &str, done: usize, total: usize| i18n.with(message, &[("n", done.into()), ("total", total.into())]);
    let importing = view.importing.as_ref().map(|work| {
        let sentence = match &work.stage {
            ImportStage::Files(None) => counts("import-progress", work.done, work.total),
            ImportStage::Files(Some(file)) => {
                i18n.with("import-waits-file", &[("file", left_to_right(file).as_str().into())])
            }
            ImportStage::TakingIn(None) => i18n.text("import-taking-in").to_owned(),
            ImportStage::TakingIn(Some(reason)) => {
                i18n.with("import-waits-folder", &[("reason", reason.as_str().into())])
            }
            ImportStage::Stopping => i18n.text("import-stopping").to_owned(),
        };
        (sentence, share(work.done, work.total))
    });
    let chores =
        || view.progress.map(|work| (counts(work.message, work.done, work.total), share(work.done, work.total)));
    let job = || view.job.as_ref().map(|job| (job.text.clone(), share(job.done, job.total)));
    importing.or_else(chores).or_else(job)
}

/// The sentence above the strip, or the progress of background work.
fn toast_ui(ui: &Ui, page: Rect, strip_top: f32, ctx: &mut PanelCtx<'_>) {
    let now_s = ui.input(|input| input.time);
    let i18n = ctx.i18n;
    let (text, button, caption, share) = if let Some((text, share)) = work_shown(ctx) {
        (text, Some(i18n.text("verb-stop")), String::new(), Some(share))
    } else if let Some(toast) = &ctx.view.toast {
        if toast.until_s > 0.0 && now_s > toast.until_s {
            ctx.view.toast = None;
            return;
        }
        ui.ctx().request_repaint_after_secs((toast.until_s - now_s).max(0.05) as f32);
        let caption = ctx.keymap.caption(CommandId::Undo);
        (toast.text.clone(), toast.undo.then(|| i18n.text("cmd-undo")), caption, None)
    } else {
        return;
    };
    let mut pen = ctx.pen();
    let widest = page.width() - 2.0 * space::XXL;
    let button_width = button.map_or(0.0, |button| pen.button_width(button, &caption) + 12.0);
    let bar = if share.is_some() { 100.0 } else { 22.0 };
    let width = (pen.width(&text, TextRole::Ui) + button_width + bar + 28.0).min(widest);
    let height = 40.0;
    let line = Rect::from_min_max(
        pos2(page.left() + 16.0, strip_top - 12.0 - height),
        pos2(page.right() - 16.0, strip_top - 12.0),
    );
    let card = pen.flow().at_start(line, width);
    let mut clicked = false;
    let id = Id::unique("toast");
    Area::new(id).order(Order::Foreground).fixed_pos(card.min).constrain(false).show(ui.ctx(), |ui| {
        ui.allocate_space(card.size());
        pen.card(ui.painter(), card);
        let mut cut = Cut::new(card.shrink2(vec2(12.0, 0.0)), pen.flow());
        let tokens = pen.theme.tokens.clone();
        if let Some(button) = button {
            let place = middle_of(cut.end(button_width - 12.0), 26.0);
            cut.end(12.0);
            clicked = pen.button(ui, place, button, &caption, ButtonKind::Plain).clicked();
        }
        if let Some(share) = share {
            let track = middle_of(cut.end(90.0), 6.0);
            ui.painter().rect_filled(track, 3.0, tokens.select);
            ui.painter().rect_filled(
                pen.flow().at_start(track, track.width() * share.clamp(0.0, 1.0)),
                3.0,
                tokens.ink,
            );
            cut.end(10.0);
        } else {
            let icon = cut.start(14.0);
            paint_icon(ui.painter(), middle_of(icon, 13.0), Icon::Info, tokens.text2, pen.flow());
            cut.start(8.0);
        }
        pen.label(ui, cut.rest, &text, Text::new(TextRole::Ui, tokens.text).auto());
    });
    if clicked {
        let command = match (share, &ctx.view.job) {
            (Some(_), _) if ctx.view.importing.is_some() => UiCommand::StopImport,
            (Some(_), _) if ctx.view.progress.is_some() => UiCommand::StopWork,
            (Some(_), Some(job)) => job.stop.clone(),
            _ => UiCommand::Do(CommandId::Undo),
        };
        ctx.view.toast = None;
        ctx.out.push(command);
        ctx.view.pane = Pane::Reader;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_design() {
        for (window, catalogue, inspector) in [(1440.0, 264.0, 328.0), (1280.0, 232.0, 304.0), (1920.0, 264.0, 360.0)] {
            let widths = WidthClass::of(window).widths();
            assert_eq!((widths.catalogue, widths.inspector), (catalogue, inspector), "{window}");
        }
        assert!(WidthClass::of(1024.0).folds_catalogue() && !WidthClass::of(1024.0).overlays_inspector());
        assert!(WidthClass::of(900.0).overlays_inspector());
    }
}
