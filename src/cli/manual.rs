//! Completions and the manual page, from the one definition of the arguments.

use clap::CommandFactory as _;

use super::args::Args;
use super::{Failure, Output};

/// `hashiya completions SHELL`
pub fn completions(shell: clap_complete::Shell, out: &Output) {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "hashiya", &mut bytes);
    out.print_raw(&String::from_utf8_lossy(&bytes));
}

/// `hashiya manual`
pub fn manual(out: &Output) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let page = clap_mangen::Man::new(Args::command());
    page.render(&mut bytes).map_err(|error| Failure::refused(format!("the manual page cannot be made: {error}")))?;
    out.print_raw(&String::from_utf8_lossy(&bytes));
    Ok(())
}
