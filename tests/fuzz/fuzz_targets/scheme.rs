//! Any bytes as a scheme and as an assignment plan: loading never panics, and what was read is written and read again as
//! it is.
#![no_main]

use std::path::Path;
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::storage::{Fs, MemFs, Store};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let fs = MemFs::new();
    let Ok(store) = Store::create(Arc::new(fs) as Arc<dyn Fs>, Path::new("/p"), "fuzz", &Env::fixed(1)) else { return };
    let Ok(id) = store.put_blob(bytes) else { return };
    if let Ok(scheme) = store.scheme(&id) {
        let again = store.put_scheme(&scheme).expect("what was read can be written");
        assert_eq!(store.scheme(&again).expect("what was written can be read"), scheme);
    }
    if let Ok(plan) = store.plan(&id) {
        let again = store.put_plan(&plan).expect("what was read can be written");
        assert_eq!(store.plan(&again).expect("what was written can be read"), plan);
    }
});
