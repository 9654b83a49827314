//! A disk that is really full: a small `tmpfs`, where this machine lets one be mounted.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::session::{Command as Change, OpenOptions, SaveState, Session};
use hashiya::storage::DiskFs;

use super::stand::{Stand, first};

/// A small file system that goes away after the test.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None, with a note, where it cannot be mounted.
    fn mount(folder: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir_all(&folder).unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&folder).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: no tmpfs can be mounted here (that needs root)");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, target) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy(&path, &target);
        } else if !target.exists() {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn a_full_disk_makes_the_session_read_only_and_a_copy_rescues_everything() {
    let stand = Stand::new();
    let Some(disk) = SmallDisk::mount(stand.path("small"), "640k") else { return };
    let project = disk.0.join("news");
    copy(&stand.project(), &project);
    let open = |dir: &Path| {
        let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
        Session::open(Arc::new(DiskFs), dir, &options, Arc::new(Env::system()), Some(&stand.data())).unwrap()
    };
    let mut session = open(&project);
    let article = first(&session);
    let mut changes = Vec::new();
    let mut number = 0;
    while session.read_only_reason().is_none() {
        number += 1;
        assert!(number < 5000, "the disk is never full");
        let note = format!("{number} {}", "n".repeat(900));
        match session.run(Change::SetArticleNote { article: article.clone(), note }) {
            Ok(outcome) => changes.push(outcome.line.unwrap()),
            Err(error) => assert!(session.read_only_reason().is_some(), "{error}"),
        }
        if number % 8 == 0 {
            _ = session.wait_durable();
        }
    }
    let SaveState::ReadOnly { reason, unsaved } = session.save_state() else { panic!("it goes on writing") };
    assert!(unsaved > 0 && reason.contains("save a copy"), "{reason}");
    let shown = session.exchange(None, None).unwrap();
    let copied = stand.path("rescued");
    assert!(session.save_copy(&copied).unwrap().is_empty());
    drop(session);
    let rescued = open(&copied);
    assert_eq!(rescued.exchange(None, None).unwrap(), shown);
    drop(rescued);
    // Another process reads the full project without trouble, and `annotate` says what is wrong.
    stand.run(&["show", "small/news"]).expect(0);
    std::fs::write(
        stand.path("big.jsonl"),
        format!(r#"{{"set_note":{{"article":"ferry.txt","note":"{}"}}}}"#, "x".repeat(1 << 20)),
    )
    .unwrap();
    let refused = stand.run(&["annotate", "small/news", "--script", "big.jsonl", "--annotator", "amal"]);
    assert!(refused.exit != 0 && refused.err.contains("small/news"), "{refused:?}");
    // Room is made and both are brought together: every change once.
    let united = stand.path("united");
    copy(&project, &united);
    copy(&copied, &united);
    let mut united = open(&united);
    united.read_history().unwrap();
    let lines: Vec<_> =
        united.history(&hashiya::session::HistoryFilter::default()).into_iter().map(|entry| entry.line).collect();
    for change in &changes {
        assert_eq!(lines.iter().filter(|line| *line == change).count(), 1);
    }
    assert_eq!(united.exchange(None, None).unwrap(), shown);
}
