//! Any bytes as a journal file, and any lines sealed as if a session had written them: reading never panics, and what is
//! read does not depend on whether a checkpoint was made of it.
#![no_main]

use std::path::Path;
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::storage::{Fs, MemFs, Store, ZERO_HASH, hash_hex};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let fs = MemFs::new();
    let root = Path::new("/p");
    let Ok(store) = Store::create(Arc::new(fs.clone()) as Arc<dyn Fs>, root, "fuzz", &Env::fixed(1)) else { return };
    fs.put(&root.join("journal/ann/raw.ron"), bytes);
    // The same bytes once more, each line with the hash that makes it prove itself.
    let (project, mut prev, mut sealed) = (&store.header().id, ZERO_HASH.to_owned(), String::new());
    for ron in String::from_utf8_lossy(bytes).lines() {
        let hash = hash_hex(format!("{project} ann {prev} {ron}").as_bytes());
        sealed.push_str(&format!("{hash} {prev} {ron}\n"));
        prev = hash;
    }
    fs.put(&root.join("journal/ann/sealed.ron"), sealed.as_bytes());
    let Ok(full) = store.read_records() else { return };
    let _ = store.check();
    if store.write_checkpoint(&"ann".into()).is_ok() {
        let mut short = store.read_records_shortly().expect("readable a moment ago");
        short.history.clone_from(&full.history);
        assert_eq!(short, full);
    }
});
