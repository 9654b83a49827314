//! The thin binary: no subcommand opens the window, anything else runs a command.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use etcetera::BaseStrategy as _;
use hashiya::cli::{self, Request, Surroundings};
use hashiya::env::Env;
use hashiya::storage::{DiskFs, Fs};

fn main() -> ExitCode {
    let surroundings = Surroundings { fs: Arc::new(DiskFs), env: Arc::new(env()), data_dir: data_dir() };
    write_reports_of_panics(surroundings.data_dir.clone());
    let exit = match cli::request(std::env::args_os()) {
        Request::Finished { exit } => exit,
        Request::Run(invocation) => cli::run(*invocation, &surroundings),
        Request::Window { paths } => window(paths, surroundings),
    };
    ExitCode::from(exit)
}

/// The machine's clock and ids, or reproducible ones for tests.
fn env() -> Env {
    let seed = std::env::var("HASHIYA_FIXED_ENV").ok().and_then(|seed| seed.parse().ok());
    seed.map_or_else(Env::system, Env::fixed)
}

/// Where locks, hints and reports go.
fn data_dir() -> Option<PathBuf> {
    match std::env::var_os("HASHIYA_DATA_DIR") {
        Some(dir) if !dir.is_empty() => Some(PathBuf::from(dir)),
        _ => etcetera::choose_base_strategy().ok().map(|strategy| strategy.data_dir().join("hashiya")),
    }
}

/// A panic is our bug: it leaves a report, and one sentence that says where.
fn write_reports_of_panics(data_dir: Option<PathBuf>) {
    std::panic::set_hook(Box::new(move |panic| {
        let moment = Env::system().now();
        let trace = std::backtrace::Backtrace::force_capture();
        let version = env!("CARGO_PKG_VERSION");
        let report = format!("hashiya {version}\n{moment}\n{panic}\n\n{trace}\n");
        let name = format!("panic-{}.txt", moment.0.replace(':', "-"));
        let kept = data_dir.as_deref().and_then(|dir| write_report(&dir.join("reports"), &name, &report));
        let place = kept.map_or_else(|| format!("{panic}"), |path| format!("the report is {}", path.display()));
        cli::say(&format!(
            "hashiya: something went wrong inside the program; what was shown as saved is in the project's journal; {place}"
        ));
    }));
}

fn write_report(folder: &Path, name: &str, report: &str) -> Option<PathBuf> {
    let path = folder.join(name);
    DiskFs.create_dir_all(folder).ok()?;
    DiskFs.write_new(&path, report.as_bytes()).ok()?;
    Some(path)
}

#[cfg(feature = "gui")]
fn window(paths: Vec<PathBuf>, surroundings: Surroundings) -> u8 {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(all(unix, not(target_os = "macos"))) && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        cli::say(&format!(
            "hashiya: there is no display to open a window on, because neither DISPLAY nor WAYLAND_DISPLAY is set; without one work {}",
            cli::WITHOUT_DISPLAY
        ));
        return cli::REFUSED;
    }
    let options =
        hashiya::gui::RunOptions { paths, fs: surroundings.fs, env: surroundings.env, data_dir: surroundings.data_dir };
    match hashiya::gui::run(options) {
        Ok(()) => 0,
        Err(error) => {
            cli::say(&format!("hashiya: {error}"));
            cli::REFUSED
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_paths: Vec<PathBuf>, _surroundings: Surroundings) -> u8 {
    cli::say(&format!("hashiya: this build has no window; use a command: {}", cli::WITHOUT_DISPLAY));
    cli::USAGE
}
