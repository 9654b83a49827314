//! After each of many random commands, the records alone, the checkpoint with the later lines, and the session agree.

use std::sync::Arc;

use hashiya::session::{Command, OpenOptions, Session};
use hashiya::storage::{MemFs, Store};
use proptest::prelude::*;

use super::random::{command, dice};
use super::world::{Shown, World, shown};
use crate::effort::rounds;

fn reader(fs: &MemFs) -> Session {
    let world = World { fs: Arc::new(fs.clone()), seed: 90, ..World::new() };
    world.open_with(&OpenOptions { annotator: Some("amal".into()), read_only: true, ..OpenOptions::default() }).unwrap()
}

/// The project as its files say, with its checkpoints and without anything but records.
fn both_ways(fs: &MemFs) -> [Shown; 2] {
    let bare = fs.duplicate();
    bare.remove_all(&World::new().dir.join("annotations"));
    bare.remove_all(&World::new().dir.join(".cache"));
    [shown(&reader(fs)), shown(&reader(&bare))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(12, 500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_checkpoint_and_session_agree_after_each_command(
        all in dice(),
        ways in prop::collection::vec(any::<u8>(), 24),
    ) {
        let memory = MemFs::new();
        let world = World { fs: Arc::new(memory.clone()), ..World::new() };
        let mut session = world.with_news();
        session.wait_durable().unwrap();
        for (dice, way) in all.into_iter().zip(ways) {
            let command = match way {
                0..=50 => Command::Undo,
                51..=80 => Command::Redo,
                _ => command(&session, dice),
            };
            if command == Command::Undo && session.undo_cause() == Some("register_import") {
                continue;
            }
            // What is refused must change nothing either.
            _ = session.run(command.clone());
            session.wait_durable().unwrap();
            if way.is_multiple_of(5) {
                session.store().write_checkpoint(&"amal".into()).unwrap();
            }
            let expected = shown(&session);
            for (way, found) in ["checkpoint and later lines", "records"].iter().zip(both_ways(&memory)) {
                prop_assert_eq!(&found, &expected, "{} after {:?}", way, command);
            }
            let store = Store::open(Arc::clone(&world.fs), &world.dir).unwrap();
            let (full, mut short) = (store.read_records().unwrap(), store.read_records_shortly().unwrap());
            short.history.clone_from(&full.history);
            prop_assert_eq!(short, full);
        }
    }
}
