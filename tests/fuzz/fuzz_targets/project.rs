//! Any bytes as project header, manifest, shard, base values, blob, index and annotation file: loading never panics.
#![no_main]

use std::path::Path;
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::storage::{FORMAT, Fs, MemFs, Store, ZERO_HASH, hash_hex};
use libfuzzer_sys::fuzz_target;

/// Journal of somebody who registers an import.
fn registration(project: &str, import: &str) -> String {
    let ron = format!(
        "Tx(lamport:1,at:\"\",by:\"ann\",scheme:\"s\",cause:\"c\",batch:None,reverses:None,\
         edits:[(place:Registration(\"{import}\"),over:[],before:None,after:Some(Registered))])"
    );
    format!("{} {ZERO_HASH} {ron}\n", hash_hex(format!("{project} ann {ZERO_HASH} {ron}").as_bytes()))
}

fn file_entry(name: &str, bytes: &[u8]) -> String {
    format!("(name: \"{name}\", len: {}, hash: \"{}\")", bytes.len(), hash_hex(bytes))
}

fuzz_target!(|bytes: &[u8]| {
    let fs = MemFs::new();
    let root = Path::new("/p");
    let Ok(store) = Store::create(Arc::new(fs.clone()) as Arc<dyn Fs>, root, "fuzz", &Env::fixed(1)) else { return };
    let project = store.header().id.clone();
    // The bytes as a manifest under their own hash.
    fs.put(&root.join(format!("corpus/{}/manifest.ron", hash_hex(bytes))), bytes);
    // And as the parts of an import whose manifest is sound.
    let names = ["00000.ron", "00000.txt", "annotations/ann/00000.ron", "annotations/ann/entities.ron"];
    for part in names {
        let files: Vec<String> = names.iter().map(|name| file_entry(name, if *name == part { bytes } else { b"()" })).collect();
        let manifest = format!("(format: {FORMAT}, sources: [], articles: 1, files: [{}])", files.join(","));
        let import = hash_hex(manifest.as_bytes());
        let folder = root.join("corpus").join(&import);
        fs.put(&folder.join("manifest.ron"), manifest.as_bytes());
        for name in names {
            fs.put(&folder.join(name), if name == part { bytes } else { b"()" });
        }
        fs.put(&root.join(format!("journal/ann/{import}.ron")), registration(&project, &import).as_bytes());
    }
    fs.put(&root.join(format!("journal/ann/{}.ron", hash_hex(bytes))), registration(&project, &hash_hex(bytes)).as_bytes());
    fs.put(&root.join(format!("blobs/{}.ron", hash_hex(bytes))), bytes);
    let _ = store.scheme(&hash_hex(bytes).into());
    let _ = store.check();
    let Ok(records) = store.read_records() else { return };
    for entry in records.articles.iter() {
        let _ = store.text(&entry.id());
    }
    // As a checkpoint: as it is, and with the last line that proves it.
    let folder = root.join("annotations/ann");
    for index in [bytes.to_vec(), [bytes, b"\n// ", hash_hex(&[bytes, b"\n"].concat()).as_bytes(), b"\n"].concat()] {
        fs.put(&folder.join("index.ron"), &index);
        fs.put(&folder.join("entities.ron"), bytes);
        let _ = store.read_records_shortly();
        let _ = store.check();
    }
    // As a header, last.
    fs.put(&root.join("project.ron"), bytes);
    let _ = Store::open(Arc::new(fs) as Arc<dyn Fs>, root);
});
