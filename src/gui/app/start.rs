//! Opens the window.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::{App, RunOptions};

/// Why the window cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The system has no display, or no OpenGL on it.
    #[error("the window cannot be opened: {0}; without a window the commands of `hashiya --help` work")]
    Display(String),
    /// A file inside the program is broken.
    #[error("this copy of the program is damaged: {0}")]
    Assets(String),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// [`RunError`], a sentence.
pub fn run(options: RunOptions) -> Result<(), RunError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Hashiya")
        .with_app_id("hashiya")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([880.0, 600.0])
        .with_drag_and_drop(true);
    let native = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::new(&creation.egui_ctx, options)?;
        app.use_system_fonts();
        Ok(Box::new(app))
    });
    eframe::run_native("Hashiya", native, create).map_err(|error| RunError::Display(error.to_string()))
}

/// What egui needs before its first frame: a font for its own rare texts, and none of its own keys for zoom.
pub fn prepare(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    let sans = FontData::from_static(include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf"));
    fonts.font_data.insert("sans".to_owned(), Arc::new(sans));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["sans".to_owned()]);
    }
    ctx.set_fonts(fonts);
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}
