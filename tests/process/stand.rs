//! A project in a temporary folder, the built binary on it, and a process that stands for a window.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::model::ArticleId;
use hashiya::session::{Command as Change, NewProject, OpenOptions, Session, schemes};
use hashiya::storage::{DiskFs, Records, Store};
use serde_json::Value;

/// A folder that vanishes after the test; in it `news`, a project of `amal` with two articles, and a data folder.
pub struct Stand {
    folder: tempfile::TempDir,
}

pub const TEXTS: [(&str, &str); 2] = [
    ("ferry.txt", "The ferry to the North Pier was late again on Friday, the harbour office said."),
    ("pier.txt", "The North Pier will be closed until Monday. The harbour office gave no reason."),
];

impl Stand {
    pub fn new() -> Self {
        let stand = Self { folder: tempfile::tempdir().unwrap() };
        let new = NewProject { name: "News".into(), scheme: schemes::news(), annotator: "amal".into() };
        let env = Arc::new(Env::system());
        let session = Session::create(Arc::new(DiskFs), &stand.project(), &new, env, Some(&stand.data())).unwrap();
        session.close().unwrap();
        for (name, text) in TEXTS {
            std::fs::write(stand.path(name), text).unwrap();
        }
        stand.run(&["import", "news", "ferry.txt", "pier.txt", "--annotator", "amal"]).expect(0);
        stand
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn project(&self) -> PathBuf {
        self.path("news")
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The built binary. The clock and the random numbers are real: two processes must not draw the same.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hashiya"));
        command.args(args).current_dir(self.folder.path()).env("HASHIYA_DATA_DIR", self.data());
        command.env_remove("HASHIYA_FIXED_ENV").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { exit: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// Starts `annotate` with a script; its answers come one by one.
    pub fn annotate(&self, who: &str, script: &[String]) -> Annotating {
        let name = format!("{who}.jsonl");
        std::fs::write(self.path(&name), script.join("\n")).unwrap();
        let args = ["annotate", "news", "--script", &name, "--json", "--annotator", who];
        let mut child = self.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Annotating { child, answers }
    }

    pub fn open(&self, who: &str) -> Session {
        let options = OpenOptions { annotator: Some(who.into()), ..OpenOptions::default() };
        let env = Arc::new(Env::system());
        Session::open(Arc::new(DiskFs), &self.project(), &options, env, Some(&self.data())).unwrap()
    }

    pub fn store(&self) -> Store {
        Store::open(Arc::new(DiskFs), &self.project()).unwrap()
    }

    pub fn records(&self) -> Records {
        self.store().read_records().unwrap()
    }

    /// Ids of all lines that are in the journals.
    pub fn lines(&self) -> BTreeSet<String> {
        self.records().history.into_iter().map(|line| line.id.to_string()).collect()
    }
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn expect(self, exit: i32) -> Self {
        assert_eq!(self.exit, exit, "{self:#?}");
        self
    }
}

/// `annotate` at work.
pub struct Annotating {
    pub child: Child,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Annotating {
    /// The next answer, as soon as it is printed; none at the end. An answer that was cut by a kill is none.
    pub fn answer(&mut self) -> Option<Value> {
        let line = self.answers.next()?.ok()?;
        serde_json::from_str(&line).ok()
    }

    /// SIGKILL. Answers that were printed before can still be read.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
    }

    /// The lines of everything that was answered as done, until the end.
    pub fn rest(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(answer) = self.answer() {
            lines.extend(line_of(&answer));
        }
        self.child.wait().unwrap();
        lines
    }
}

impl Drop for Annotating {
    fn drop(&mut self) {
        self.kill();
        _ = self.child.wait();
    }
}

/// The journal line of an answer that says ok.
pub fn line_of(answer: &Value) -> Option<String> {
    (answer["ok"] == true).then(|| answer["tx"].as_str().map(str::to_owned)).flatten()
}

pub fn first(session: &Session) -> ArticleId {
    session
        .article_from_name("ferry.txt")
        .unwrap_or_else(|| session.exchange(None, None).unwrap().articles[0].facts.id.clone())
}

pub fn note(session: &mut Session, note: &str) -> String {
    let article = first(session);
    let outcome = session.run(Change::SetArticleNote { article, note: note.to_owned() }).unwrap();
    outcome.line.unwrap().to_string()
}

/// A process that has the project open like a window: this test program, started again. It does what it is told.
pub struct Window {
    child: Child,
    answers: Lines<BufReader<ChildStdout>>,
}

const STANDS_FOR: &str = "HASHIYA_TEST_WINDOW";

impl Window {
    pub fn open(stand: &Stand, who: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "process::stand::a_window_for_other_tests", "--nocapture"]);
        command.env(STANDS_FOR, format!("{who} {}", stand.folder.path().display()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, answers }
    }

    /// What it shows: `writes` or `reads`, then the lines of the history that it knows.
    pub fn ask(&mut self, order: &str) -> String {
        writeln!(self.child.stdin.as_mut().unwrap(), "{order}").unwrap();
        for line in self.answers.by_ref() {
            // The test harness talks on the same channel.
            if let Some((_, answer)) = line.unwrap().split_once("window: ") {
                return answer.to_owned();
            }
        }
        panic!("the window has closed");
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Not a test: other tests start it as a process. By itself it has nothing to do.
#[test]
fn a_window_for_other_tests() {
    let Ok(asked) = std::env::var(STANDS_FOR) else { return };
    let (who, folder) = asked.split_once(' ').unwrap();
    let folder = Path::new(folder);
    let options = OpenOptions { annotator: Some(who.into()), ..OpenOptions::default() };
    let env = Arc::new(Env::system());
    let mut session =
        Session::open(Arc::new(DiskFs), &folder.join("news"), &options, env, Some(&folder.join("data"))).unwrap();
    let mut out = std::io::stdout();
    for order in std::io::stdin().lines() {
        let order = order.unwrap();
        let answer = match order.split_once(' ').unwrap_or((&order, "")) {
            ("note", words) => {
                let article = first(&session);
                let change = Change::SetArticleNote { article, note: words.to_owned() };
                match session.run(change) {
                    Ok(outcome) => {
                        session.wait_durable().unwrap();
                        outcome.line.map_or("nothing".to_owned(), |line| line.to_string())
                    }
                    Err(error) => format!("refused: {error}"),
                }
            }
            ("state", _) => session.read_only_reason().map_or("writes".to_owned(), |reason| format!("reads: {reason}")),
            ("take", _) => session.take_over().unwrap().to_string(),
            ("reload", _) => session.reload().map_or_else(|error| error.to_string(), |()| "reloaded".to_owned()),
            ("read", who) => {
                let article = first(&session);
                let exchange = session.exchange(Some(&[article]), Some(&[who.into()])).unwrap();
                let sets = &exchange.articles[0].sets;
                sets.get(who).map_or_else(String::new, |set| set.note.clone())
            }
            _ => "what?".to_owned(),
        };
        writeln!(out, "window: {answer}").unwrap();
        out.flush().unwrap();
    }
}
