//! The note of an annotation.

use egui::Ui;

use super::{row, section_title};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::metrics;
use crate::gui::widgets::{Field, FieldOptions};
use crate::model::{AnnotationId, ArticleId};
use crate::session::Command;

/// Draws the note with the key that goes there; leaving the field keeps it.
pub fn note_ui(ui: &mut Ui, article: &ArticleId, what: &AnnotationId, stored: &str, ctx: &mut PanelCtx<'_>) {
    const KEY: &str = "note";
    let i18n = ctx.i18n;
    let caption = ctx.keymap.caption(CommandId::Note);
    section_title(ui, &mut ctx.pen(), i18n.text("note-title"), &caption);
    let rect = row(ui, 2.2 * metrics::FIELD);
    let of = match what {
        AnnotationId::Mention(id) => id.as_str(),
        AnnotationId::Claim(id) => id.as_str(),
        AnnotationId::Stance(id) => id.as_str(),
    };
    let id = egui::Id::unique((KEY, of));
    if std::mem::take(&mut ctx.view.inspector.focus_note) {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.scroll_to_rect(rect, None);
    }
    let mut field = ctx.view.inspector.texts.remove(KEY).unwrap_or_else(|| Field::multi_line(stored));
    let leaving = ui.ctx().read_response(id).is_some_and(|response| response.lost_focus());
    if !leaving && !ui.memory(|memory| memory.has_focus(id)) {
        field.set_text(stored);
    }
    let options = FieldOptions::new(i18n.text("note-title")).hint(i18n.text("note-hint"));
    let result = ctx.pen().text_field(ui, rect, id, &mut field, options);
    let note = field.text();
    ctx.view.inspector.texts.insert(KEY.to_owned(), field);
    if (result.committed || result.cancelled) && note != stored {
        let command = Command::SetNote { article: article.clone(), what: what.clone(), note };
        ctx.out.push(UiCommand::Run(Box::new(command)));
    }
    if result.entered || result.cancelled {
        ctx.view.focus_reader = true;
    }
}
