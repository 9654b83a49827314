//! The command line: one file per subcommand; each goes through the session.
