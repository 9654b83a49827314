//! `hashiya demo`: the demo project.

use super::args::Demo;
use super::{Failure, Output, Surroundings, new};
use crate::session::demo;

/// Runs the command.
pub fn run(args: &Demo, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let data_dir = surroundings.data_dir.as_deref();
    let session = demo::create(surroundings.fs.clone(), &args.dir, surroundings.env.clone(), data_dir)?;
    new::report(&session, out);
    Ok(session.close()?)
}
