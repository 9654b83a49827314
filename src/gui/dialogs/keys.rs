//! All keys: what each does, and how to change it.

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Sense, Ui, vec2};

use super::super::command::{CommandId, CommandSpec, UiCommand, all};
use super::super::ctx::ShellCtx;
use super::super::keymap::KeyClash;
use super::super::panels::command_title;
use super::super::theme::{Cut, TextRole, middle_of};
use super::super::widgets::{Align, DialogFrame, FieldOptions, Icon, Pen, Text, announce, dialog_ui, paint_icon};
use super::verbs_after_fields;
use crate::text::{FoldLevel, fold_key};

const ROW: f32 = 34.0;

/// What the user did in the dialog.
enum Act {
    Wait(CommandId),
    Stop,
    Reset,
    Close,
}

/// Draws the keymap.
pub fn keymap_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let mut query = std::mem::take(&mut ctx.view.dialogs.query);
    let wanted = fold_key(query.text().trim(), FoldLevel::F2);
    let rows: Vec<(&CommandSpec, String)> = all()
        .map(|spec| (spec, command_title(ctx, spec).unwrap_or_else(|| spec.name.to_owned())))
        .filter(|(_, title)| wanted.is_empty() || fold_key(title, FoldLevel::F2).contains(&wanted))
        .collect();
    let clashes = ctx.keymap.clashes();
    let waits = ctx.view.dialogs.waits_for_key;
    let frame = DialogFrame { width: 640.0, ..DialogFrame::new("keymap", i18n.text("cmd-keymap")) };
    let (act, close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        let mut act = None;
        let (_, line) = ui.allocate_space(vec2(ui.available_width(), 32.0));
        let id = egui::Id::unique("keymap filter");
        if is_new || (waits.is_none() && ui.memory(|memory| memory.focused().is_none())) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let options = FieldOptions::new(i18n.text("keymap-filter")).hint(i18n.text("keymap-filter"));
        if pen.text_field(ui, line, id, &mut query, options).cancelled {
            act = Some(Act::Close);
        }
        ui.add_space(6.0);
        let hint = if waits.is_some() { i18n.text("keymap-press") } else { i18n.text("keymap-hint") };
        let color = pen.theme.tokens.text3;
        pen.paragraph(ui, hint, Text::new(TextRole::Hint, color));
        ui.add_space(6.0);
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 440.0);
        let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        pen.scroll(area).show_rows(ui, ROW, rows.len(), |ui, range| {
            for (spec, title) in rows.iter().skip(range.start).take(range.len()) {
                if row_ui(pen, ui, spec, title, &clashes, waits == Some(spec.id)) {
                    act = Some(Act::Wait(spec.id));
                }
            }
        });
        if waits.is_some() && ui.input(|input| input.key_pressed(Key::Escape)) {
            return Some(Act::Stop);
        }
        match verbs_after_fields(pen, ui, &[(i18n.text("verb-close"), "Esc"), (i18n.text("keymap-reset"), "")], true) {
            Some(0) => Some(Act::Close),
            Some(_) => Some(Act::Reset),
            None => act,
        }
    });
    ctx.view.dialogs.query = query;
    match act {
        Some(Act::Wait(id)) => {
            ctx.view.dialogs.waits_for_key = Some(id);
            egui.memory_mut(egui::Memory::stop_text_input);
        }
        Some(Act::Stop) => ctx.view.dialogs.waits_for_key = None,
        Some(Act::Reset) => ctx.out.push(UiCommand::ResetKeys),
        _ if matches!(act, Some(Act::Close)) || (close && waits.is_none()) => {
            ctx.view.dialogs.waits_for_key = None;
            ctx.view.dialog = None;
            ctx.view.focus_reader = true;
        }
        _ => {}
    }
    if let (Some(id), Some(chord)) = (ctx.view.dialogs.waits_for_key, ctx.view.dialogs.pressed.take()) {
        ctx.view.dialogs.waits_for_key = None;
        let clear = chord.key == Key::Backspace;
        ctx.out.push(UiCommand::Rebind(id, (!clear).then_some(chord)));
    }
}

fn row_ui(pen: &mut Pen<'_>, ui: &mut Ui, spec: &CommandSpec, title: &str, clashes: &[KeyClash], waits: bool) -> bool {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(line, egui::Id::unique(("keymap row", spec.name)), Sense::click());
    let tokens = pen.theme.tokens.clone();
    let caption = pen.keymap.caption(spec.id);
    announce(&response, Role::Button, &format!("{title} {caption}"));
    pen.row_ground(ui, line, &response, waits);
    let mut cut = Cut::new(line.shrink2(vec2(12.0, 0.0)), pen.flow());
    let cap: Rect = cut.end(130.0);
    if waits {
        let text = Text::new(TextRole::Hint, tokens.text).align(Align::End);
        pen.paint_text(ui.painter(), cap, pen.i18n.text("keymap-waiting"), text);
    } else {
        let width = pen.cap_width(&caption);
        let cap = pen.flow().at_end(cap, width);
        pen.key_cap(ui.painter(), cap, &caption);
    }
    let clash = clashes.iter().find(|clash| clash.wins == spec.id || clash.loses == spec.id);
    if let Some(clash) = clash {
        let icon = cut.end(16.0);
        paint_icon(ui.painter(), middle_of(icon, 13.0), Icon::Warning, tokens.warn, pen.flow());
        cut.end(6.0);
        let other = if clash.wins == spec.id { clash.loses } else { clash.wins };
        let text = pen.i18n.with("keymap-clash", &[("other", pen.i18n.text(other.spec().title).into())]);
        let width = pen.width(&text, TextRole::Hint).min(220.0);
        let place = cut.end(width);
        pen.paint_text(ui.painter(), place, &text, Text::new(TextRole::Hint, tokens.warn));
        cut.end(8.0);
    }
    pen.paint_text(ui.painter(), cut.rest, title, Text::new(TextRole::Ui, tokens.text));
    response.clicked()
}
