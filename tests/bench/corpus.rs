//! How long a large corpus takes, and how much memory: one run of each, because some take half a minute.
//!
//! `HASHIYA_BENCH_ARTICLES` says how many articles (100,000 if unset) and `HASHIYA_BENCH_MANY` how many for the largest
//! catalogue (ten times as many). Each step runs in a process of its own, so that its peak of memory is its own.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures and prints"
)]

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hashiya::env::Env;
use hashiya::formats::ImportOptions;
use hashiya::model::AnnotatorId;
use hashiya::session::{Command, ImportBytes, ImportFile, ImportProgress, NewProject, OpenOptions, Session, schemes};
use hashiya::storage::DiskFs;

#[path = "../support/synth.rs"]
mod synth;

/// Average length of an article of news in bytes, so that 100,000 are about 470 MB.
const ARTICLE_BYTES: usize = 4_200;

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, step, dir, rest @ ..] = arguments.as_slice()
        && step.starts_with("step-")
    {
        return run(step, Path::new(dir), rest);
    }
    let articles = number("HASHIYA_BENCH_ARTICLES", 100_000);
    let many = number("HASHIYA_BENCH_MANY", articles * 10);
    let dir = tempfile::Builder::new().prefix("hashiya-corpus").tempdir().unwrap();
    let dir = dir.path();
    println!("{articles} articles of about {ARTICLE_BYTES} bytes");
    let file = dir.join("news.hashiya.jsonl");
    write_file(&file, articles, 0, ARTICLE_BYTES);
    step("step-import", dir, &["a", "news.hashiya.jsonl"]);
    step("step-import", dir, &["a", "news.hashiya.jsonl"]);
    step("step-open", dir, &["a", "warm"]);
    std::fs::remove_dir_all(dir.join("a/.cache")).unwrap();
    step("step-open", dir, &["a", "cache deleted"]);
    step("step-open", dir, &["a", "warm again"]);
    step("step-undo", dir, &["a"]);
    std::fs::remove_dir_all(dir.join("a")).unwrap();
    std::fs::remove_file(&file).unwrap();
    println!("{} articles with 60 mentions each", articles / 10);
    write_file(&dir.join("mentions.hashiya.jsonl"), articles / 10, 60, ARTICLE_BYTES);
    step("step-import", dir, &["b", "mentions.hashiya.jsonl"]);
    step("step-open", dir, &["b", "warm"]);
    std::fs::remove_dir_all(dir.join("b")).unwrap();
    println!("{many} articles of about 200 bytes");
    write_file(&dir.join("many.hashiya.jsonl"), many, 0, 200);
    step("step-import", dir, &["c", "many.hashiya.jsonl"]);
    step("step-open", dir, &["c", "warm"]);
    std::fs::remove_dir_all(dir.join("c/.cache")).unwrap();
    step("step-open", dir, &["c", "cache deleted"]);
}

fn write_file(path: &Path, articles: usize, mentions: usize, bytes: usize) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    synth::jsonl(&mut file, 7, articles, mentions, bytes).unwrap();
    file.flush().unwrap();
    println!("  {} MB in {}", std::fs::metadata(path).unwrap().len() >> 20, path.display());
}

/// Runs a step in a process of its own.
fn step(name: &str, dir: &Path, rest: &[&str]) {
    let mut process = Process::new(std::env::current_exe().unwrap());
    assert!(process.arg(name).arg(dir).args(rest).status().unwrap().success());
}

fn run(step: &str, dir: &Path, rest: &[String]) {
    let project = dir.join(&rest[0]);
    match step {
        "step-import" => import(&project, dir.join(&rest[1])),
        "step-open" => {
            let (session, time) = timed(|| open(&project));
            report(&format!("open, {} ({} articles)", rest[1], session.catalogue().len()), time);
            let (first, time) = timed(|| session.catalogue().row(session.catalogue().len() / 2).unwrap().id());
            let (_, text_time) = timed(|| session.article(&first).unwrap());
            report("an article of it", time + text_time);
            let (found, time) =
                timed(|| session.catalogue().rows().filter(|row| row.title.contains('\u{646}')).count());
            report(&format!("looking through all titles ({found} found)"), time);
        }
        _ => {
            let mut session = open(&project);
            let (_, time) = timed(|| session.run(Command::Undo).unwrap());
            report(&format!("undo of the import ({} articles left)", session.catalogue().len()), time);
            let (_, time) = timed(|| session.run(Command::Redo).unwrap());
            report(&format!("redo of the import ({} articles)", session.catalogue().len()), time);
        }
    }
}

fn import(project: &Path, file: PathBuf) {
    let mut session = if project.is_dir() {
        open(project)
    } else {
        let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: AnnotatorId::from("ann") };
        Session::create(Arc::new(DiskFs), project, &new, Arc::new(Env::system()), None).unwrap()
    };
    let files = [ImportFile {
        name: file.file_name().unwrap().to_string_lossy().into_owned(),
        shown: file.display().to_string(),
        bytes: ImportBytes::Disk(Arc::new(DiskFs), file),
        format: None,
        encoding: None,
    }];
    let options = ImportOptions { scheme: Some(schemes::news()), ..ImportOptions::default() };
    let importer = session.importer();
    let (imported, time) = timed(|| importer.run(&files, &options, false, &ImportProgress::default()).unwrap());
    report("import, files written", time);
    assert!(imported.findings.is_empty(), "{:?}", imported.findings.first());
    let (done, register_time) = timed(|| session.register_imports(imported).unwrap());
    session.wait_durable().unwrap();
    report(&format!("import, registered ({} new, {} known)", done.added.len(), done.known.len()), time + register_time);
}

fn open(project: &Path) -> Session {
    let options = OpenOptions { annotator: Some(AnnotatorId::from("ann")), ..OpenOptions::default() };
    Session::open(Arc::new(DiskFs), project, &options, Arc::new(Env::system()), None).unwrap()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed())
}

fn report(what: &str, time: Duration) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mebibytes = |key: &str| {
        let line = status.lines().find(|line| line.starts_with(key));
        let kibibytes =
            line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse::<u64>().ok());
        kibibytes.map_or(0, |kibibytes| kibibytes >> 10)
    };
    println!(
        "  {what}: {:.3} s; {} MiB resident, {} MiB at most",
        time.as_secs_f64(),
        mebibytes("VmRSS"),
        mebibytes("VmHWM")
    );
}
