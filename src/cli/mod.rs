//! The command line: one file per subcommand; each goes through the session, as the window does.
//!
//! The arguments are defined once, in [`args`]; completions and the manual page come from that definition. Everything a
//! command prints goes through [`Output`]: results to standard output, messages to standard error.

mod annotate;
mod args;
mod check;
mod demo;
mod export;
mod failure;
mod history;
mod import;
mod inspect;
#[cfg(feature = "gui")]
mod layout;
mod manual;
mod new;
mod open;
mod output;
mod script;
mod show;
mod sources;
mod stats;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser as _;

use crate::env::Env;
use crate::storage::Fs;

use args::{Args, Command};
pub(crate) use failure::Failure;
pub(crate) use output::Output;

/// Exit code: done.
pub const DONE: u8 = 0;
/// Exit code: done, with problems in the content.
pub const PROBLEMS: u8 = 1;
/// Exit code: wrong usage.
pub const USAGE: u8 = 2;
/// Exit code: the operating system refused, or the format is newer, or nothing of a damaged project can be shown.
pub const REFUSED: u8 = 3;
/// Exit code: another process writes as this annotator.
pub const LOCKED: u8 = 4;

/// What commands work with; made once, in `main`.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The file system.
    pub fs: Arc<dyn Fs>,
    /// Clock and ids.
    pub env: Arc<Env>,
    /// The user's data folder, for locks and hints.
    pub data_dir: Option<PathBuf>,
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// Open the window, on these paths.
    Window {
        /// A project, or articles.
        paths: Vec<PathBuf>,
    },
    /// Run a command.
    Run(Box<Invocation>),
    /// Nothing more: help, version or an error was printed.
    Finished {
        /// Exit code.
        exit: u8,
    },
}

/// A command with its arguments.
#[derive(Debug)]
pub struct Invocation {
    command: Command,
    output: Output,
}

/// Reads the arguments; the first is the program's name.
pub fn request(args: impl IntoIterator<Item = OsString>) -> Request {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let is_error = error.use_stderr();
            // Where help cannot be written, nobody reads it.
            let _ = error.print();
            return Request::Finished { exit: if is_error { USAGE } else { DONE } };
        }
    };
    match args.command {
        None => Request::Window { paths: args.paths },
        Some(command) => Request::Run(Box::new(Invocation { command, output: Output::new(args.json, args.quiet) })),
    }
}

/// Names of the commands that work without a display, for messages.
#[cfg(feature = "gui")]
pub const WITHOUT_DISPLAY: &str =
    "new, demo, import, export, show, check, history, stats, annotate, inspect and layout";
/// Names of the commands of a build without a window.
#[cfg(not(feature = "gui"))]
pub const WITHOUT_DISPLAY: &str = "new, demo, import, export, show, check, history, stats, annotate and inspect";

/// Prints a message of the program itself.
pub fn say(message: &str) {
    Output::new(false, false).say(message);
}

/// Runs a command; answers the exit code.
pub fn run(invocation: Invocation, surroundings: &Surroundings) -> u8 {
    let Invocation { command, mut output } = invocation;
    let out = &mut output;
    let result = match command {
        Command::New(args) => new::run(&args, surroundings, out),
        Command::Demo(args) => demo::run(&args, surroundings, out),
        Command::Import(args) => import::run(&args, surroundings, out),
        Command::Export(args) => export::run(&args, surroundings, out),
        Command::Show(args) => show::run(&args, surroundings, out),
        Command::Check(args) => check::run(&args, surroundings, out),
        Command::History(args) => history::run(&args, surroundings, out),
        Command::Stats(args) => stats::run(&args, surroundings, out),
        Command::Annotate(args) => annotate::run(&args, surroundings, out),
        Command::Inspect(args) => inspect::run(&args, surroundings, out),
        #[cfg(feature = "gui")]
        Command::Layout(args) => layout::run(&args, surroundings, out),
        Command::Completions { shell } => {
            manual::completions(shell, out);
            Ok(())
        }
        Command::Manual => manual::manual(out),
    };
    match result {
        Ok(()) => output.exit(),
        Err(failure) => {
            output.fail(&failure);
            failure.exit
        }
    }
}
