//! The thin binary: no subcommand opens the window, anything else runs a command.

fn main() {}
