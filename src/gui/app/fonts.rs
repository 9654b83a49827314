//! Finds fonts of the system for letters that no bundled font has, on a thread of its own.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::App;
use crate::layout::{covered_letters, missing_letters};
use crate::model::ArticleId;
use crate::storage::{Fs, font_folders, read_font, system_fonts};

/// No more fonts than this are taken in while the program runs.
const MAX_FONTS: usize = 12;

/// Asks for fonts whenever another article is opened.
#[derive(Debug, Default)]
pub struct FontFinder {
    worker: Option<Worker>,
    asked: Option<ArticleId>,
    /// The system refused a thread: then missing letters stay boxes.
    refused: bool,
}

#[derive(Debug)]
struct Worker {
    texts: Sender<Arc<str>>,
    found: Receiver<Arc<[u8]>>,
}

impl App {
    /// From now on the system's fonts stand behind the bundled ones. Only the real window asks for that.
    pub fn use_system_fonts(&mut self) {
        self.fonts = Some(FontFinder::default());
    }

    /// Has the open article looked through, and takes over the fonts that were found.
    pub(super) fn fonts_in_background(&mut self, ctx: &egui::Context) {
        let Some(finder) = &mut self.fonts else { return };
        if finder.asked != self.view.article && !finder.refused {
            finder.asked.clone_from(&self.view.article);
            let article = self.session.as_ref().zip(finder.asked.as_ref());
            // An article that cannot be read says so in the reader.
            if let Some(article) = article.and_then(|(session, id)| session.article(id).ok()) {
                finder.ask(&article.text, &self.options.fs, ctx);
            }
        }
        while let Some(font) = finder.worker.as_ref().and_then(|worker| worker.found.try_recv().ok()) {
            self.text.add_font(&font);
            self.reader.add_font(&font);
        }
    }
}

impl FontFinder {
    fn ask(&mut self, text: &Arc<str>, fs: &Arc<dyn Fs>, ctx: &egui::Context) {
        if self.worker.is_none() {
            self.worker = Worker::start(Arc::clone(fs), ctx.clone());
        }
        let sent = self.worker.as_ref().is_some_and(|worker| worker.texts.send(Arc::clone(text)).is_ok());
        self.refused = !sent;
    }
}

impl Worker {
    fn start(fs: Arc<dyn Fs>, ctx: egui::Context) -> Option<Self> {
        let (texts, todo) = channel::<Arc<str>>();
        let (finished, found) = channel();
        let work = move || {
            let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
            let mut search = Search::new(fs, font_folders(home.as_deref()));
            while let Ok(text) = todo.recv() {
                for font in search.fonts_for(&text) {
                    if finished.send(font).is_err() {
                        return;
                    }
                }
                ctx.request_repaint();
            }
        };
        thread::Builder::new().name("fonts".to_owned()).spawn(work).ok()?;
        Some(Self { texts, found })
    }
}

/// What has been looked for so far, so that nothing is looked for twice.
#[derive(Debug)]
struct Search {
    fs: Arc<dyn Fs>,
    folders: Vec<PathBuf>,
    /// The files of the system, listed when the first letter is missing.
    files: Option<Vec<PathBuf>>,
    taken: Vec<Arc<[u8]>>,
    /// Letters that no file has.
    hopeless: BTreeSet<char>,
}

impl Search {
    fn new(fs: Arc<dyn Fs>, folders: Vec<PathBuf>) -> Self {
        Self { fs, folders, files: None, taken: Vec::new(), hopeless: BTreeSet::new() }
    }

    /// New fonts for a text: the one that has most of the missing letters, then one for the rest, and so on.
    fn fonts_for(&mut self, text: &str) -> Vec<Arc<[u8]>> {
        let mut missing = missing_letters(text);
        missing.retain(|c| !self.hopeless.contains(c));
        for font in &self.taken {
            let has = covered_letters(font, &missing);
            missing.retain(|c| !has.contains(c));
        }
        if missing.is_empty() {
            return Vec::new();
        }
        let mut able = self.able(&missing);
        let mut fonts = Vec::new();
        while !missing.is_empty() && self.taken.len() < MAX_FONTS {
            // Of equals the first: files stand in the order in which they are to be preferred.
            let best = able.iter().rev().max_by_key(|(_, has)| has.len()).filter(|(_, has)| !has.is_empty());
            let Some((path, has)) = best.cloned() else { break };
            if let Ok(bytes) = read_font(self.fs.as_ref(), &path) {
                let bytes: Arc<[u8]> = bytes.into();
                self.taken.push(Arc::clone(&bytes));
                fonts.push(bytes);
                missing.retain(|c| !has.contains(c));
            }
            able.retain(|(other, _)| *other != path);
            for (_, rest) in &mut able {
                rest.retain(|c| missing.contains(c));
            }
        }
        self.hopeless.append(&mut missing);
        fonts
    }

    /// Files that have some of the letters; ends at the first that has all.
    fn able(&mut self, letters: &BTreeSet<char>) -> Vec<(PathBuf, BTreeSet<char>)> {
        let files = self.files.get_or_insert_with(|| system_fonts(self.fs.as_ref(), &self.folders));
        let mut able = Vec::new();
        for path in files.iter() {
            let Ok(bytes) = read_font(self.fs.as_ref(), path) else { continue };
            let has = covered_letters(&bytes, letters);
            let all = has.len() == letters.len();
            if !has.is_empty() {
                able.push((path.clone(), has));
            }
            if all {
                break;
            }
        }
        able
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemFs;
    use std::path::Path;

    /// A font file with a character map for these letters, ascending, and nothing else.
    fn font(letters: &[char]) -> Vec<u8> {
        let mut map = Vec::new();
        let groups = u32::try_from(letters.len()).unwrap();
        for number in [0x0000_0001_u32, 0x0003_000a, 12, 0x000c_0000, 16 + 12 * groups, 0, groups] {
            map.extend(number.to_be_bytes());
        }
        for (glyph, letter) in (1_u32..).zip(letters) {
            for number in [u32::from(*letter), u32::from(*letter), glyph] {
                map.extend(number.to_be_bytes());
            }
        }
        let mut bytes = Vec::new();
        bytes.extend([0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0]);
        bytes.extend(b"cmap");
        for number in [0, 28, u32::try_from(map.len()).unwrap()] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(map);
        bytes
    }

    #[test]
    fn fonts_are_found_once_and_failures_are_remembered() {
        let fs = MemFs::new();
        let (thai, han, both) = (font(&['\u{e01}']), font(&['\u{4e2d}', '\u{4e8c}']), font(&['\u{e02}', '\u{4e8c}']));
        for (name, bytes) in [("NotoThai-Regular.ttf", &thai), ("NotoHan-Regular.ttf", &han), ("Z.ttf", &both)] {
            fs.put(&Path::new("/fonts").join(name), bytes);
        }
        let mut search = Search::new(Arc::new(fs.clone()), vec!["/fonts".into()]);
        let mut check = |text: &str, expected: &[&Vec<u8>]| {
            let found: Vec<Vec<u8>> = search.fonts_for(text).iter().map(|font| font.to_vec()).collect();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("Latin", &[]);
        check("\u{e01} \u{4e2d}\u{4e8c} \u{a10d}", &[&han, &thai]);
        check("\u{e01}\u{4e2d}", &[]);
        fs.put(Path::new("/fonts/Z.ttf"), &font(&['\u{a10d}']));
        check("\u{a10d}", &[]);
        fs.put(Path::new("/fonts/Z.ttf"), &both);
        check("\u{e02}\u{e01}", &[&both]);
    }
}
