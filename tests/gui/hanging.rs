//! Files that the system never gives: the window says which, and stops waiting when it is told to.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::accesskit::Role;
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::i18n::Language;
use hashiya::storage::{AppendFile, DiskFs, FolderEntry, Fs, HeldLock, Metadata};

use crate::window::Window;
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
/// Frames until somebody is said to wait.
const A_WHILE: usize = 240;
/// Bytes at the beginning of a file that can always be read.
const HEAD_BYTES: usize = 64;

/// The disk, but for what lies on a share that gives no more than the beginnings of files while it is away.
#[derive(Clone, Debug)]
struct ShareFs {
    share: PathBuf,
    is_away: Arc<AtomicBool>,
}

impl ShareFs {
    fn wait(&self, path: &Path) {
        while path.starts_with(&self.share) && self.is_away.load(Ordering::SeqCst) {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

impl Drop for ShareFs {
    fn drop(&mut self) {
        // A test that fails leaves no thread behind.
        self.is_away.store(false, Ordering::SeqCst);
    }
}

impl Fs for ShareFs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.wait(path);
        DiskFs.read(path)
    }
    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        if len_bytes > HEAD_BYTES {
            self.wait(path);
        }
        DiskFs.read_range(path, start, len_bytes)
    }
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        DiskFs.metadata(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        DiskFs.list(path)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        DiskFs.create_dir_all(path)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        DiskFs.write_new(path, bytes)
    }
    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        DiskFs.create_append(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        DiskFs.rename(from, to)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        DiskFs.sync_dir(path)
    }
    fn sync_file(&self, path: &Path) -> io::Result<()> {
        DiskFs.sync_file(path)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        DiskFs.remove_file(path)
    }
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        DiskFs.canonical(path)
    }
    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>> {
        DiskFs.try_lock(path)
    }
}

/// Lets the window go on until the project has so many articles.
fn bring_in(window: &mut Window, count: usize) {
    for _ in 0..800 {
        if window.session().catalogue().len() == count {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.steps(1);
    }
    assert_eq!(window.session().catalogue().len(), count, "{:?}", window.said());
}

#[test]
fn a_file_that_never_answers_is_named_and_can_be_left() {
    // The first is only looked at, the second is being imported.
    for name in ["slow.txt", "slow.hashiya.jsonl"] {
        let dir = scratch();
        let root = project_with(dir.path(), "harbour.txt", HARBOUR);
        let share = dir.path().join("share");
        std::fs::create_dir_all(&share).unwrap();
        let (slow, sound) = (share.join(name), dir.path().join("sound.txt"));
        std::fs::write(&slow, "{\"format\": \"hashiya\", \"version\": 1, \"kind\": \"header\"}\n").unwrap();
        let early = dir.path().join("early.txt");
        std::fs::write(&sound, "A text that is there.").unwrap();
        std::fs::write(&early, "Another text that is there.").unwrap();
        let fs = ShareFs { share, is_away: Arc::new(AtomicBool::new(true)) };
        let mut window = Window::start_on(Arc::new(fs.clone()), vec![root], dir.path(), WIDE, 1.0);
        window.ask(UiCommand::ImportPaths(vec![slow.clone()]));
        window.steps(A_WHILE);
        let waits = |window: &Window, start: &str| {
            let said = window.said();
            said.iter().any(|said| said.starts_with(start) && said.contains(name))
        };
        assert!(waits(&window, "Waiting for "), "{name}: {:?}", window.said());
        window.change(|app| app.view.settings.language = Language::Arabic);
        window.steps(2);
        assert!(waits(&window, "في انتظار الملف "), "{name}: {:?}", window.said());
        window.change(|app| app.view.settings.language = Language::English);
        if name == "slow.txt" {
            // Who only looks at files holds nobody up.
            window.ask(UiCommand::ImportPaths(vec![early.clone()]));
            bring_in(&mut window, 2);
            assert!(waits(&window, "Waiting for "), "{:?}", window.said());
        }
        window.activate(Role::Button, "Stop");
        for _ in 0..400 {
            if window.says("Stopped; nothing was changed") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
            window.steps(1);
        }
        assert!(window.says("Stopped; nothing was changed"), "{name}: {:?}", window.said());
        // Others are brought in while the share is still away.
        window.ask(UiCommand::ImportPaths(vec![sound]));
        let count = if name == "slow.txt" { 3 } else { 2 };
        bring_in(&mut window, count);
        fs.is_away.store(false, Ordering::SeqCst);
        std::thread::sleep(std::time::Duration::from_millis(50));
        window.steps(20);
        assert_eq!(window.session().catalogue().len(), count, "{name}: nothing comes of it in the end");
    }
}

#[test]
fn the_dialog_of_imports_says_why_the_articles_wait() {
    let dir = scratch();
    let root = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut window = Window::open(&root, WIDE, 1.0);
    window.ask(UiCommand::Do(CommandId::Imports));
    let until = |window: &mut Window, is_so: &dyn Fn(&Window) -> bool| {
        for _ in 0..1600 {
            if is_so(window) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
            window.steps(1);
        }
        panic!("{:?} {:?}", window.said(), window.labels(Role::Button));
    };
    until(&mut window, &|window| window.has(Role::Button, "Take back"));
    let (header, away) = (root.join("project.ron"), root.join("project.away"));
    std::fs::rename(&header, &away).unwrap();
    window.activate(Role::Button, "Take back");
    let says = |window: &Window, start: &str| window.said().iter().any(|said| said.starts_with(start));
    until(&mut window, &|window| says(window, "The articles wait to be taken in: "));
    assert_eq!(window.session().catalogue().len(), 1);
    window.change(|app| app.view.settings.language = Language::Arabic);
    until(&mut window, &|window| says(window, "المقالات تنتظر ضمّها: "));
    std::fs::rename(&away, &header).unwrap();
    until(&mut window, &|window| window.session().catalogue().is_empty());
    window.steps(2);
    assert!(!says(&window, "المقالات تنتظر ضمّها: "));
}
