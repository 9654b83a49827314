//! The settings.

use super::{choice, verbs};
use crate::gui::ctx::ShellCtx;
use crate::gui::i18n::{Digits, Language};
use crate::gui::settings::{ArticleFace, Settings};
use crate::gui::theme::ThemeChoice;
use crate::gui::widgets::{DialogFrame, Pen, dialog_ui};

/// Draws all settings; each takes effect at once.
pub fn settings_ui(egui: &egui::Context, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let mut settings = ctx.view.settings.clone();
    let frame = DialogFrame { width: 600.0, ..DialogFrame::new("settings", i18n.text("cmd-settings")) };
    let (verb, close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        window_settings(pen, ui, &mut settings);
        article_settings(pen, ui, &mut settings);
        verbs(pen, ui, &[(i18n.text("verb-close"), "Esc")], true)
    });
    ctx.view.settings = settings;
    if close || verb.is_some() {
        ctx.view.dialog = None;
        ctx.view.focus_reader = true;
    }
}

/// How the window looks.
fn window_settings(pen: &mut Pen<'_>, ui: &mut egui::Ui, settings: &mut Settings) {
    pick(
        pen,
        ui,
        "set-language",
        &[("language-english", Language::English), ("language-arabic", Language::Arabic)],
        &mut settings.language,
    );
    pick(
        pen,
        ui,
        "set-theme",
        &[
            ("theme-light", ThemeChoice::Light),
            ("theme-dark", ThemeChoice::Dark),
            ("theme-system", ThemeChoice::System),
        ],
        &mut settings.theme,
    );
    pick(pen, ui, "set-contrast", &[("value-no", false), ("value-yes", true)], &mut settings.high_contrast);
    pick(
        pen,
        ui,
        "set-digits",
        &[("digits-western", Digits::Western), ("digits-arabic", Digits::Arabic)],
        &mut settings.digits,
    );
    pick(
        pen,
        ui,
        "set-zoom",
        &[("zoom-90", 0.9), ("zoom-100", 1.0), ("zoom-125", 1.25), ("zoom-150", 1.5), ("zoom-200", 2.0)],
        &mut settings.interface_zoom,
    );
}

/// How articles look.
fn article_settings(pen: &mut Pen<'_>, ui: &mut egui::Ui, settings: &mut Settings) {
    pick(
        pen,
        ui,
        "set-font",
        &[
            ("font-naskh", ArticleFace::Naskh),
            ("font-amiri", ArticleFace::Amiri),
            ("font-nastaliq", ArticleFace::Nastaliq),
            ("font-sans", ArticleFace::Sans),
        ],
        &mut settings.face,
    );
    pick(
        pen,
        ui,
        "set-size",
        &[("size-small", 18.0), ("size-normal", 22.0), ("size-large", 28.0), ("size-huge", 36.0)],
        &mut settings.article_px,
    );
    pick(
        pen,
        ui,
        "set-column",
        &[("column-narrow", Some(480.0)), ("column-normal", None), ("column-wide", Some(900.0))],
        &mut settings.column_px,
    );
    pick(
        pen,
        ui,
        "set-spacing",
        &[("spacing-tight", 0.9), ("spacing-normal", 1.0), ("spacing-loose", 1.25)],
        &mut settings.line_spacing,
    );
    pick(pen, ui, "set-invisibles", &[("value-no", false), ("value-yes", true)], &mut settings.invisibles);
}

/// One setting with a few values.
fn pick<T: Copy + PartialEq>(pen: &mut Pen<'_>, ui: &mut egui::Ui, name: &str, values: &[(&str, T)], value: &mut T) {
    let i18n = pen.i18n;
    let texts: Vec<&str> = values.iter().map(|(id, _)| i18n.text(id)).collect();
    let chosen = values.iter().position(|(_, candidate)| candidate == value);
    if let Some((_, new)) = choice(pen, ui, i18n.text(name), name, &texts, chosen).and_then(|at| values.get(at)) {
        *value = *new;
    }
}
