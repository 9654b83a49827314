//! The whole window in a test: keys and pointer go in, pictures, accessibility nodes and the session's state come out.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, TexturesDelta, Vec2, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, TestRenderer};
use hashiya::env::Env;
use hashiya::gui::{App, RunOptions};
use hashiya::model::{AnnotationSet, ArticleId, Mention};
use hashiya::session::Session;
use hashiya::storage::{DiskFs, Fs};

use crate::raster::{Picture, Raster};

/// Ctrl, as Linux and Windows know it.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
/// Ctrl and Shift.
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// Keeps the textures that the window makes, for drawing them on the CPU.
struct Textures(Rc<RefCell<Raster>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.borrow_mut().update(delta);
    }
}

/// A letter on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    /// Its box, logical pixels.
    pub rect: Rect,
    /// Whether it is read from right to left.
    pub rtl: bool,
}

impl Letter {
    /// Just inside the side where reading of it begins.
    pub fn start(self) -> Pos2 {
        self.side(self.rtl)
    }

    /// Just inside the side where reading of it ends.
    pub fn end(self) -> Pos2 {
        self.side(!self.rtl)
    }

    fn side(self, right: bool) -> Pos2 {
        let half_px = 0.5;
        if right { self.rect.right_center() - vec2(half_px, 0.0) } else { self.rect.left_center() + vec2(half_px, 0.0) }
    }
}

/// A scroll bar.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    /// Where it can be caught.
    pub rect: Rect,
    /// How much lies above what is shown.
    pub above: f64,
    /// How much can lie above.
    pub hidden: f64,
}

/// The program with its window, its size in logical pixels.
pub struct Window {
    harness: Harness<'static, App>,
    raster: Rc<RefCell<Raster>>,
    size: Vec2,
    scale: f32,
}

impl Window {
    /// Opens the project in `dir` in a window of `size`.
    pub fn open(dir: &Path, size: [f32; 2], scale: f32) -> Self {
        Self::start(vec![dir.to_owned()], dir.parent().unwrap(), size, scale)
    }

    /// Opens `paths`, none for the first screen, with `data` as the user's data folder.
    pub fn start(paths: Vec<std::path::PathBuf>, data: &Path, size: [f32; 2], scale: f32) -> Self {
        Self::start_on(Arc::new(DiskFs), paths, data, size, scale)
    }

    /// The same, with another disk.
    pub fn start_on(fs: Arc<dyn Fs>, paths: Vec<std::path::PathBuf>, data: &Path, size: [f32; 2], scale: f32) -> Self {
        let raster = Rc::new(RefCell::new(Raster::default()));
        let options = RunOptions { paths, fs, env: Arc::new(Env::fixed(7)), data_dir: Some(data.join("user-data")) };
        let harness = Harness::builder()
            .with_size(Vec2::from(size))
            .with_pixels_per_point(scale)
            .with_step_dt(1.0 / 60.0)
            .with_os(egui::os::OperatingSystem::Nix)
            .renderer(Textures(Rc::clone(&raster)))
            .build_eframe(|cc| App::new(&cc.egui_ctx, options).unwrap());
        let mut window = Self { harness, raster, size: Vec2::from(size), scale };
        window.steps(4);
        window
    }

    /// Lets `count` frames pass.
    pub fn steps(&mut self, count: usize) {
        self.harness.run_steps(count);
        // A project opens on a thread of its own; what a test asks for next happens in the opened one.
        let mut was_opening = false;
        while self.app().is_opening() || self.app().is_copying() {
            was_opening = true;
            std::thread::sleep(std::time::Duration::from_millis(1));
            self.harness.run_steps(1);
        }
        if was_opening {
            self.harness.run_steps(count);
        }
    }

    /// Changes something that a test may not reach by keys, and lets it take effect.
    pub fn change(&mut self, change: impl FnOnce(&mut App)) {
        change(self.harness.state_mut());
        self.steps(3);
    }

    /// Asks the window for something, as a panel does.
    pub fn ask(&mut self, command: hashiya::gui::command::UiCommand) {
        self.harness.state_mut().ask(command);
        self.steps(3);
    }

    /// The program's state.
    pub fn app(&self) -> &App {
        self.harness.state()
    }

    /// The open project.
    pub fn session(&self) -> &Session {
        self.app().session.as_ref().expect("a project is open")
    }

    /// The article that is shown.
    pub fn article(&self) -> ArticleId {
        self.app().view.article.clone().expect("an article is shown")
    }

    /// The article's text.
    pub fn text(&self) -> Arc<str> {
        Arc::clone(&self.session().article(&self.article()).unwrap().text)
    }

    /// The work on the article that is shown.
    pub fn set(&self) -> &AnnotationSet {
        self.session().set(&self.article())
    }

    /// The mentions that cover exactly `quote`, in reading order.
    pub fn mentions_of(&self, quote: &str) -> Vec<&Mention> {
        self.set().mentions_in_order().into_iter().filter(|mention| mention.quote == quote).collect()
    }

    /// Presses and releases a key.
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.steps(2);
    }

    /// Presses and releases a key alone.
    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    /// Presses and releases a key and lets one frame pass: for keys that only move the caret.
    fn tap(&mut self, modifiers: Modifiers, key: Key) -> usize {
        self.harness.key_press_modifiers(modifiers, key);
        self.steps(1);
        self.app().reader.caret().at
    }

    /// Moves the caret to byte `at`, or to the first place after it, by keys alone: lines, then words, then letters.
    pub fn caret_to(&mut self, at: usize) {
        let mut caret = self.tap(CTRL, Key::Home);
        for (modifiers, onwards, back) in
            [(Modifiers::NONE, Key::ArrowDown, Key::ArrowUp), (CTRL, Key::ArrowLeft, Key::ArrowRight)]
        {
            loop {
                let before = caret;
                caret = self.tap(modifiers, onwards);
                if caret == before {
                    break;
                }
                if caret > at {
                    caret = self.tap(modifiers, back);
                    break;
                }
            }
        }
        while caret < at {
            caret = self.tap(Modifiers::NONE, Key::ArrowLeft);
        }
        self.steps(1);
    }

    /// Extends the selection letter by letter until it ends at byte `end`.
    pub fn extend_to(&mut self, end: usize) {
        while self.tap(Modifiers::SHIFT, Key::ArrowLeft) < end {}
        self.steps(1);
    }

    /// The byte where the n-th (from 0) `quote` begins.
    pub fn find(&self, quote: &str, n: usize) -> usize {
        self.text().match_indices(quote).nth(n).expect("the text has the quote").0
    }

    /// Moves the pointer, in steps as a hand does.
    pub fn pointer_to(&mut self, to: Pos2) {
        self.harness.event(Event::PointerMoved(to));
        self.steps(1);
    }

    fn button(&mut self, pos: Pos2, pressed: bool, modifiers: Modifiers) {
        self.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        self.steps(1);
    }

    /// Clicks `count` times at a place.
    pub fn click(&mut self, pos: Pos2, count: usize) {
        self.pointer_to(pos);
        for _ in 0..count {
            self.button(pos, true, Modifiers::NONE);
            self.button(pos, false, Modifiers::NONE);
        }
        self.steps(2);
    }

    /// Lets so much time pass that clicks do not count as one.
    pub fn pause(&mut self) {
        self.steps(40);
    }

    /// Drags from a place to another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.pointer_to(from);
        self.button(from, true, Modifiers::NONE);
        for share in 1..=4 {
            self.pointer_to(from.lerp(to, share as f32 / 4.0));
        }
        self.button(to, false, Modifiers::NONE);
        self.steps(2);
    }

    /// The lines of text that a screen reader hears, in reading order: text and direction.
    pub fn heard(&self) -> Vec<(String, egui::accesskit::TextDirection)> {
        let runs = self.harness.get_all_by_role(Role::TextRun);
        runs.map(|run| {
            let data = run.accesskit_node().data();
            (data.value().unwrap_or_default().to_owned(), data.text_direction().expect("a run has a direction"))
        })
        .collect()
    }

    /// Where each letter of the n-th (from 0) `quote` stands on the screen, as screen readers are told.
    pub fn letters(&self, quote: &str, n: usize) -> Vec<Letter> {
        let mut text = String::new();
        let mut letters = Vec::new();
        for run in self.harness.get_all_by_role(Role::TextRun) {
            let data = run.accesskit_node().data();
            let bounds = data.bounds().unwrap();
            let rtl = data.text_direction() == Some(egui::accesskit::TextDirection::RightToLeft);
            let mut at = text.len();
            text.push_str(data.value().unwrap_or_default());
            let widths = data.character_widths().unwrap().iter().zip(data.character_positions().unwrap());
            for (len, (width, position)) in data.character_lengths().iter().zip(widths) {
                let left = if rtl { bounds.x1 as f32 - position - width } else { bounds.x0 as f32 + position };
                let min = pos2(left, bounds.y0 as f32);
                let rect = Rect::from_min_max(min, pos2(left + width, bounds.y1 as f32)) * (1.0 / self.scale);
                letters.push((at, Letter { rect, rtl }));
                at += usize::from(*len);
            }
        }
        let (start, _) = text.match_indices(quote).nth(n).unwrap_or_else(|| panic!("{quote:?} is not heard"));
        let inside = |at: &usize| (start..start + quote.len()).contains(at);
        letters.into_iter().filter(|(at, _)| inside(at)).map(|(_, letter)| letter).collect()
    }

    /// Whether a node with this role and a label that begins with `start` can be found.
    pub fn has(&self, role: Role, start: &str) -> bool {
        self.labels(role).iter().any(|label| label.starts_with(start))
    }

    /// Whether a label says exactly `text`.
    pub fn says(&self, text: &str) -> bool {
        self.said().iter().any(|said| said == text)
    }

    /// What the labels say.
    pub fn said(&self) -> Vec<String> {
        self.harness.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value()).collect()
    }

    /// Activates the node with this role and a label that begins with `start`, as a screen reader does.
    pub fn activate(&mut self, role: Role, start: &str) {
        let node = self
            .harness
            .query_all_by_role(role)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(start)))
            .unwrap_or_else(|| panic!("no {role:?} is called {start:?}: {:?}", self.labels(role)));
        node.click_accesskit();
        self.steps(3);
    }

    /// The scroll bars: where they can be caught, how much lies above what is shown, and at most.
    pub fn bars(&self) -> Vec<Bar> {
        let bars = self.harness.query_all_by_role(Role::ScrollBar);
        bars.map(|bar| {
            let data = bar.accesskit_node().data();
            let bounds = data.bounds().expect("a bar has a place");
            let min = pos2(bounds.x0 as f32, bounds.y0 as f32) * (1.0 / self.scale);
            let max = pos2(bounds.x1 as f32, bounds.y1 as f32) * (1.0 / self.scale);
            let (above, hidden) = (data.numeric_value().unwrap(), data.max_numeric_value().unwrap());
            Bar { rect: Rect::from_min_max(min, max), above, hidden }
        })
        .collect()
    }

    /// Where the nodes with this role and a label that begins with `start` are.
    pub fn places(&self, role: Role, start: &str) -> Vec<Rect> {
        let nodes = self.harness.query_all_by_role(role);
        let named = nodes.filter(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(start)));
        named.map(|node| node.rect()).collect()
    }

    /// The window's size, logical pixels.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Labels of all nodes of a role.
    pub fn labels(&self, role: Role) -> Vec<String> {
        self.harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Types text into what has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.steps(2);
    }

    /// What is drawn, each shape with its clip.
    pub fn drawn(&self) -> &[egui::epaint::ClippedShape] {
        &self.harness.output().shapes
    }

    /// Letters and filled boxes whose clip lies in `within` and cuts them at a side, each with its clip.
    pub fn cut_at_sides(&self, within: egui::Rect) -> Vec<(egui::Rect, egui::Rect)> {
        fn places(shape: &egui::Shape, found: &mut Vec<egui::Rect>) {
            match shape {
                egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| places(shape, found)),
                egui::Shape::Mesh(_) => found.push(shape.visual_bounding_rect()),
                egui::Shape::Rect(rect) if rect.blur_width == 0.0 => found.push(rect.rect),
                _ => {}
            }
        }
        let mut cut = Vec::new();
        for drawn in self.drawn().iter().filter(|drawn| within.contains_rect(drawn.clip_rect)) {
            let clip = drawn.clip_rect;
            let room = clip.x_range().expand(1.0);
            let mut found = Vec::new();
            places(&drawn.shape, &mut found);
            found.retain(|place| place.is_finite() && clip.y_range().contains(place.center().y));
            found.retain(|place| !room.contains(place.left()) || !room.contains(place.right()));
            cut.extend(found.into_iter().map(|place| (place, clip)));
        }
        cut
    }

    /// What the window shows now, drawn on the CPU.
    pub fn picture(&mut self) -> Picture {
        // Toasts fade and the caret blinks: both have settled after a while, and the caret is shown after a key.
        self.steps(2);
        let output = self.harness.output();
        let primitives = self.harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        let [width, height] = [self.size.x, self.size.y].map(|side| (side * self.scale).round() as usize);
        self.raster.borrow().draw(&primitives, width, height, output.pixels_per_point, egui::Color32::WHITE)
    }

    /// Waits until everything is on disk, and ends without a word, as a crash would.
    pub fn crash_when_saved(self) {
        self.session().wait_durable().unwrap();
        drop(self);
    }
}
