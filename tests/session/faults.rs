//! Every operation of the file system fails once in every way, somewhere in a long random run of real sessions.
//!
//! Two annotators with a session each run commands, undo and redo, import, write checkpoints, close, and open again, on a
//! disk that fails at its n-th operation. Then the machine loses power, or only the process ends. Whatever is left: the
//! lines of each session are a prefix of what it did and hold everything that it showed as saved, no line is damaged,
//! both ways of reading agree, and the project can be written again at once.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::model::{Exchange, ExchangeProject, LineId};
use hashiya::session::{Command, HistoryFilter, OpenOptions, SaveState, Session};
use hashiya::storage::{Fault, FaultyFs, Fs, MemFs, Store};

use super::random::command;
use super::world::{World, exchange_article, news};
use crate::effort::{Chance, rounds, seed};

const WHO: [&str; 2] = ["amal", "basim"];

/// What one session did, and how much of it was shown as saved.
#[derive(Default)]
struct Trail {
    who: &'static str,
    /// The annotator's newest line of an earlier session.
    start: Option<LineId>,
    lines: Vec<LineId>,
    saved: usize,
}

impl Trail {
    fn of(who: &'static str) -> Self {
        Self { who, ..Self::default() }
    }
}

/// Somebody at work.
struct Worker {
    who: &'static str,
    session: Option<Session>,
    trail: Trail,
}

struct Run {
    world: World,
    chance: Chance,
    openings: u64,
    ended: Vec<Trail>,
}

impl Run {
    fn open(&mut self, who: &'static str) -> Option<Session> {
        self.openings += 1;
        let options = OpenOptions { annotator: Some(who.into()), ..OpenOptions::default() };
        let env = Arc::new(Env::fixed(1000 + self.openings));
        Session::open(Arc::clone(&self.world.fs), &self.world.dir, &options, env, Some(&self.world.data)).ok()
    }

    /// Ends a session, in order or not, and opens the next.
    fn reopen(&mut self, worker: &mut Worker, in_order: bool) {
        if let Some(session) = worker.session.take() {
            if in_order && session.close().is_ok() {
                worker.trail.saved = worker.trail.lines.len();
            }
            let ended = std::mem::replace(&mut worker.trail, Trail::of(worker.who));
            self.ended.push(ended);
        }
        worker.session = self.open(worker.who);
        worker.trail.start = worker.newest();
        self.note_inherited(worker);
    }

    /// What a session shows as saved on opening counts, also where the session that wrote it never knew.
    fn note_inherited(&mut self, worker: &Worker) {
        let Some(session) = worker.session.as_ref().filter(|session| session.save_state() == SaveState::Saved) else {
            return;
        };
        let shown: BTreeSet<LineId> =
            session.history(&HistoryFilter::default()).into_iter().map(|entry| entry.line).collect();
        for trail in self.ended.iter_mut().filter(|trail| trail.who == worker.who) {
            let here = trail.lines.iter().take_while(|line| shown.contains(*line)).count();
            trail.saved = trail.saved.max(here);
        }
    }

    fn step(&mut self, worker: &mut Worker) {
        let dice = self.chance.below(24);
        let numbers = (self.chance.u16(), self.chance.u16(), self.chance.u16());
        let Some(session) = &mut worker.session else { return self.reopen(worker, true) };
        let is_broken = matches!(session.save_state(), SaveState::ReadOnly { .. });
        match dice {
            0 => {
                let name = format!("late-{}", numbers.0 % 3);
                let articles = vec![exchange_article(&name, "Late news from the harbour.")];
                // Whether it worked shows below.
                _ = session.import(Exchange { project: ExchangeProject::default(), articles }, vec![name]);
            }
            1 => _ = session.store().write_checkpoint(&worker.who.into()),
            2 => return self.reopen(worker, true),
            3 => return self.reopen(worker, false),
            4 if is_broken => return self.reopen(worker, true),
            4..=6 => _ = session.wait_durable(),
            7..=8 => _ = session.run(Command::Undo),
            9 => _ = session.run(Command::Redo),
            _ => {
                let kind = u8::try_from(self.chance.below(36)).unwrap();
                let command = command(session, (kind, numbers.0, numbers.1, numbers.2));
                // Refused commands and failures of the disk are part of the game.
                _ = session.run(command);
            }
        }
        worker.note();
    }
}

impl Worker {
    fn newest(&self) -> Option<LineId> {
        let mine = HistoryFilter { annotator: Some(self.who.into()), limit: Some(1), ..HistoryFilter::default() };
        self.session.as_ref()?.history(&mine).pop().map(|entry| entry.line)
    }

    /// Writes down what the session shows: its newest line, and how much of what it did is saved.
    fn note(&mut self) {
        let Some(session) = &self.session else { return };
        if let Some(newest) = self.newest()
            && self.trail.start.as_ref() != Some(&newest)
            && self.trail.lines.last() != Some(&newest)
        {
            self.trail.lines.push(newest);
        }
        let waiting = match session.save_state() {
            SaveState::Saved => 0,
            SaveState::Saving { waiting } | SaveState::ReadOnly { unsaved: waiting, .. } => waiting,
        };
        self.trail.saved = self.trail.saved.max(self.trail.lines.len().saturating_sub(waiting));
    }
}

/// A project with two articles and work of both.
fn base() -> MemFs {
    let fs = MemFs::new();
    let world = World { fs: Arc::new(fs.clone()), ..World::new() };
    world.with_news().close().unwrap();
    world.open_as("basim").close().unwrap();
    fs
}

/// The run. What is drawn depends on `seed` alone, as long as nothing fails.
fn run(fs: Arc<dyn Fs>, seed: u64, steps: usize) -> Vec<Trail> {
    let world = World { fs, ..World::new() };
    let mut run = Run { world, chance: Chance::new(seed), openings: 0, ended: Vec::new() };
    let mut workers = WHO.map(|who| Worker { who, session: run.open(who), trail: Trail::of(who) });
    for worker in &mut workers {
        worker.trail.start = worker.newest();
    }
    for _ in 0..steps {
        let turn = run.chance.below(2);
        run.step(&mut workers[turn]);
    }
    for mut worker in workers {
        worker.note();
        drop(worker.session);
        run.ended.push(worker.trail);
    }
    run.ended
}

fn check_survivor(left: &MemFs, trails: &[Trail], is_honest: bool, what: &str) {
    let world = World { fs: Arc::new(left.clone()), seed: 77, ..World::new() };
    let store = Store::open(Arc::clone(&world.fs), &world.dir).unwrap();
    let records = store.read_records().unwrap();
    let found: BTreeSet<&LineId> = records.history.iter().map(|line| &line.id).collect();
    for trail in trails {
        let here = trail.lines.iter().take_while(|line| found.contains(line)).count();
        let rest = &trail.lines[here..];
        assert!(rest.iter().all(|line| !found.contains(line)), "{what}: not a prefix");
        assert!(here >= trail.saved || !is_honest, "{what}: {here} of {} saved lines are here", trail.saved);
    }
    // A torn tail may be there; damage may not.
    let damaged = records.diagnostics.iter().find(|found| found.code == "journal_damaged");
    assert!(damaged.is_none(), "{what}: {damaged:?}");
    // An import that counts is whole.
    for entry in records.articles.iter().filter(|_| is_honest) {
        let text = store.text(&entry.id());
        assert!(text.is_ok(), "{what}: {text:?}");
    }
    let mut short = store.read_records_shortly().unwrap();
    short.history.clone_from(&records.history);
    assert_eq!(short, records, "{what}: the short way");
    // The project can be written again at once.
    for who in WHO {
        let mut session = world.open_as(who);
        assert_eq!(session.read_only_reason(), None, "{what}");
        // Again the same file, whatever became of it the first time.
        session.import(news(), vec!["news.jsonl".into()]).unwrap();
        let article = super::world::first(&session);
        let note = format!("again, {who}");
        session.run(Command::SetArticleNote { article: article.clone(), note: note.clone() }).unwrap();
        session.close().unwrap();
        assert_eq!(world.open_as(who).set(&article).note, note, "{what}");
    }
}

fn prove(fault: Fault, places: u32) {
    let base = base();
    let steps = 36;
    let mut saved = 0;
    for round in 0..rounds(1, 8) {
        let seed = seed() * 1000 + u64::from(round) + 5;
        let sound = FaultyFs::new(Arc::new(base.duplicate()), 0, fault);
        let whole = run(Arc::new(sound.clone()), seed, steps);
        assert!(whole.iter().map(|trail| trail.lines.len()).sum::<usize>() > 10, "the run did something");
        let operations = sound.operations();
        let stride = (operations / u64::from(places)).max(1);
        let mut at = 1 + seed % stride;
        while at <= operations {
            let fs = base.duplicate();
            let faulty = FaultyFs::new(Arc::new(fs.clone()), at, fault);
            let trails = run(Arc::new(faulty), seed, steps);
            saved += trails.iter().map(|trail| trail.saved).sum::<usize>();
            let what = format!("{fault:?} at {at} of {operations}, seed {seed}");
            check_survivor(
                &fs.after_power_cut(at),
                &trails,
                fault != Fault::SyncIgnored,
                &format!("{what}, power cut"),
            );
            check_survivor(&fs.duplicate(), &trails, true, &format!("{what}, killed"));
            at += stride;
        }
    }
    assert!(saved > 0, "nothing was ever shown as saved");
}

/// At how many places of the run a fault is tried: all of them in the long proof.
fn places() -> u32 {
    rounds(10, 1_000_000)
}

#[test]
fn one_operation_fails() {
    prove(Fault::Once, places());
}

#[test]
fn everything_freezes() {
    prove(Fault::Freeze, places());
}

#[test]
fn a_write_is_torn() {
    prove(Fault::Torn, places());
}

#[test]
fn the_disk_is_full() {
    prove(Fault::Full, places());
}

#[test]
fn permission_is_denied() {
    prove(Fault::Denied, places());
}

#[test]
fn the_disk_ignores_that_it_should_sync() {
    prove(Fault::SyncIgnored, places());
}

#[test]
fn the_run_touches_the_project() {
    let fs = base();
    let before = fs.files();
    let trails = run(Arc::new(fs.clone()), 5, 36);
    let journals = fs.files().into_keys().filter(|path| path.starts_with(Path::new("/p/news/journal")));
    assert!(journals.count() > 3, "several sessions wrote");
    assert!(trails.len() > 2 && fs.files().len() > before.len());
    // Without a fault everything that was closed in order is there, and the last sessions wrote what they had.
    let trails: Vec<Trail> = trails.into_iter().map(|trail| Trail { saved: trail.lines.len(), ..trail }).collect();
    check_survivor(&fs, &trails, true, "sound");
}
