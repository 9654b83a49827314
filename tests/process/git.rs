//! A project under version control, with real `git`: merges of every kind give the same state, and nothing is lost.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::Path;
use std::process::Command;

use hashiya::session::Session;

use super::stand::{Stand, first, note};

/// `git` in the project's folder, with nobody's settings.
struct Git<'a> {
    stand: &'a Stand,
}

impl<'a> Git<'a> {
    /// None, with a note, where there is no `git`.
    fn on(stand: &'a Stand) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git on this machine");
            return None;
        }
        std::fs::create_dir_all(stand.path("home")).unwrap();
        let git = Self { stand };
        git.run(&["init", "-q", "-b", "main"]);
        git.commit("start");
        Some(git)
    }

    fn try_run(&self, args: &[&str]) -> (bool, String) {
        let mut command = Command::new("git");
        command.args(args).current_dir(self.stand.project());
        command.env("HOME", self.stand.path("home")).env("XDG_CONFIG_HOME", self.stand.path("home"));
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.stand.path("home/none"));
        for (who, what) in [("AUTHOR", "NAME"), ("AUTHOR", "EMAIL"), ("COMMITTER", "NAME"), ("COMMITTER", "EMAIL")] {
            command.env(format!("GIT_{who}_{what}"), "someone@example.org");
        }
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> String {
        let (worked, text) = self.try_run(args);
        assert!(worked, "git {args:?}: {text}");
        text
    }

    fn commit(&self, message: &str) {
        self.run(&["add", "-A"]);
        self.run(&["commit", "-q", "-m", message]);
    }
}

/// Somebody works and closes, so that there is a checkpoint.
fn work(stand: &Stand, who: &str, work: impl FnOnce(&mut Session)) {
    let mut session = stand.open(who);
    work(&mut session);
    session.close().unwrap();
}

fn label(session: &mut Session, start: usize, label: &str) {
    let article = first(session);
    let spans = hashiya::text::SpanSet::one(hashiya::text::Span::new(start, start + 5)).unwrap();
    let attributes = hashiya::model::Attributes::new();
    let add = hashiya::session::Command::AddMention { article, label: label.into(), spans, attributes };
    session.run(add).unwrap();
}

/// What everybody sees, as text.
fn seen(stand: &Stand) -> String {
    let session = stand.open("amal");
    assert_eq!(session.read_only_reason(), None);
    format!("{:?}\n{:?}", session.exchange(None, None).unwrap(), session.clashes())
}

fn without_checkpoints(stand: &Stand) -> String {
    std::fs::remove_dir_all(stand.project().join("annotations")).unwrap();
    seen(stand)
}

fn holds_markers(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holds_markers(&path)
        } else {
            String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("<<<<<<< ")
        }
    })
}

/// Two branches, both with work of both annotators and with checkpoints; `main` is checked out.
fn two_branches(stand: &Stand) -> Option<Git<'_>> {
    work(stand, "amal", |session| {
        label(session, 0, "PER");
        label(session, 10, "ORG");
    });
    work(stand, "basim", |session| label(session, 4, "LOC"));
    let git = Git::on(stand)?;
    git.run(&["checkout", "-q", "-b", "other"]);
    work(stand, "amal", |session| {
        label(session, 20, "GPE");
        note(session, "other");
    });
    work(stand, "basim", |session| label(session, 30, "PER"));
    git.commit("other");
    git.run(&["checkout", "-q", "main"]);
    work(stand, "amal", |session| {
        label(session, 40, "FAC");
        note(session, "main");
    });
    work(stand, "basim", |session| drop(note(session, "basim")));
    git.commit("main");
    Some(git)
}

/// The settings of the project's own `.gitattributes` are put out of force.
fn plain_merges(stand: &Stand) {
    std::fs::write(stand.project().join(".git/info/attributes"), "annotations/** merge\njournal/** merge\n").unwrap();
}

#[test]
fn every_kind_of_merge_gives_the_same_state() {
    let stand = Stand::new();
    let Some(git) = two_branches(&stand) else { return };
    let start = git.run(&["rev-parse", "main"]).trim().to_owned();
    let mut states = Vec::new();
    for how in ["as the project says", "ours", "theirs", "by hand", "by lines"] {
        git.run(&["checkout", "-q", "-B", "merged", &start]);
        let info = stand.project().join(".git/info/attributes");
        _ = std::fs::remove_file(&info);
        match how {
            "ours" | "theirs" => {
                plain_merges(&stand);
                git.run(&["merge", "-q", "-X", how, "other"]);
            }
            "by hand" => {
                plain_merges(&stand);
                let (worked, text) = git.try_run(&["merge", "-q", "other"]);
                assert!(!worked && text.contains("CONFLICT"), "{text}");
                git.commit("conflict markers left in");
                assert!(holds_markers(&stand.project().join("annotations")));
            }
            "by lines" => {
                // Both sides take in each other's journals first, so that annotation files differ in single lines.
                std::fs::write(&info, "annotations/** merge=union\n").unwrap();
                git.run(&["merge", "-q", "other"]);
            }
            _ => drop(git.run(&["merge", "-q", "other"])),
        }
        assert_eq!(git.run(&["status", "--porcelain"]), "", "{how}");
        let index = std::fs::read(stand.project().join("annotations/amal/index.ron")).unwrap();
        let state = seen(&stand);
        assert!(state.contains("main") || state.contains("other"));
        // A session that writes over it puts the checkpoint right, and changes nothing else.
        let bare = without_checkpoints(&stand);
        assert_eq!(state, bare, "{how}: the checkpoint says what the records say");
        assert!(!index.is_empty());
        states.push((how, state));
        git.run(&["checkout", "-q", "-f", "main"]);
        git.run(&["clean", "-q", "-f", "-d"]);
    }
    for (how, state) in &states[1..] {
        assert_eq!(*state, states[0].1, "{how}");
    }
    // Amal's note was changed on both branches: one stands, the other is listed.
    assert!(states[0].1.contains("Note(\"main\")") && states[0].1.contains("Note(\"other\")"), "{}", states[0].1);
}

#[test]
fn a_merge_with_the_projects_attributes_never_stops() {
    let stand = Stand::new();
    let Some(git) = two_branches(&stand) else { return };
    let attributes = std::fs::read_to_string(stand.project().join(".gitattributes")).unwrap();
    assert!(attributes.contains("*.ron -text") && attributes.contains("annotations/** merge=union"), "{attributes}");
    git.run(&["config", "core.autocrlf", "true"]);
    git.run(&["merge", "-q", "other"]);
    assert!(!holds_markers(&stand.project().join("annotations")));
    let state = seen(&stand);
    let found = stand.store().check().unwrap();
    assert!(found.iter().all(|found| found.code != "journal_damaged" && found.code != "import_damaged"), "{found:?}");
    // Work goes on, and the next checkpoint is right.
    work(&stand, "amal", |session| drop(note(session, "after the merge")));
    let after = seen(&stand);
    assert_ne!(after, state);
    assert_eq!(without_checkpoints(&stand), after);
}

#[test]
fn checkout_of_an_older_commit_and_back_loses_nothing() {
    let stand = Stand::new();
    let Some(git) = Git::on(&stand) else { return };
    let old = git.run(&["rev-parse", "main"]).trim().to_owned();
    let mut told = Vec::new();
    work(&stand, "amal", |session| {
        label(session, 0, "PER");
        told.push(note(session, "noted-later"));
    });
    git.commit("later");
    let state = seen(&stand);
    git.run(&["checkout", "-q", &old]);
    assert!(!seen(&stand).contains("noted-later"));
    git.run(&["checkout", "-q", "main"]);
    assert_eq!(seen(&stand), state);

    // With a session open all the time, whose journal comes and goes under it.
    let mut live = stand.open("amal");
    told.push(note(&mut live, "live 1"));
    live.wait_durable().unwrap();
    git.commit("live");
    git.run(&["checkout", "-q", &old]);
    told.push(note(&mut live, "live 2"));
    live.wait_durable().unwrap();
    let here = stand.lines();
    assert!(
        told[told.len() - 2..].iter().all(|line| here.contains(line)),
        "what this session saved is here, on the old commit too"
    );
    // The session's new file is not in the commit, so git leaves it.
    git.run(&["checkout", "-q", "main"]);
    told.push(note(&mut live, "live 3"));
    live.close().unwrap();
    let here = stand.lines();
    assert!(told.iter().all(|line| here.contains(line)));
    let state = seen(&stand);
    assert!(state.contains("live 3"));
    assert_eq!(without_checkpoints(&stand), state);
}

#[test]
fn a_clone_works_with_the_lines_it_has() {
    let stand = Stand::new();
    let Some(git) = two_branches(&stand) else { return };
    let clone = Stand::new();
    std::fs::remove_dir_all(clone.project()).unwrap();
    git.run(&["clone", "-q", ".", clone.project().to_str().unwrap()]);
    let state = seen(&stand);
    assert_eq!(seen(&clone), state);
    // Both go on, and the clone is pulled.
    work(&stand, "amal", |session| drop(note(session, "here")));
    git.commit("here");
    work(&clone, "basim", |session| drop(note(session, "in the clone")));
    let there = Git { stand: &clone };
    std::fs::create_dir_all(clone.path("home")).unwrap();
    there.commit("there");
    git.run(&["pull", "-q", "--no-rebase", "--no-edit", clone.project().to_str().unwrap(), "main"]);
    let state = seen(&stand);
    assert!(state.contains("in the clone") && state.contains("here"));
    assert_eq!(without_checkpoints(&stand), state);
}
