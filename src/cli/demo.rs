//! `hashiya demo`: the demo project.

use std::sync::Arc;

use super::args::Demo;
use super::{Failure, Output, Surroundings, new};
use crate::session::demo;

/// Runs the command.
pub fn run(args: &Demo, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let data_dir = surroundings.data_dir.as_deref();
    let session = demo::create(Arc::clone(&surroundings.fs), &args.dir, Arc::clone(&surroundings.env), data_dir)?;
    new::report(&session, out);
    Ok(session.close()?)
}
