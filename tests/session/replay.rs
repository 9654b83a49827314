//! A project of two annotators, read again from its records alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hashiya::edit::{ArticleFact, FactKind};
use hashiya::model::{Ref, Status};
use hashiya::session::Command;
use hashiya::storage::Fs;

use super::commands::{claim, entity, stance};
use super::world::{World, added, first, rows, span};

const PUTIN: &str = "بوتين";
const MINISTRY: &str = "وزارة الخارجية الروسية";

/// Every file under `folder` by path.
pub fn files(fs: &dyn Fs, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs.list(folder).unwrap_or_default() {
        let path = folder.join(&entry.name);
        if entry.is_folder {
            found.extend(files(fs, &path));
        } else {
            found.insert(path.clone(), fs.read(&path).unwrap());
        }
    }
    found
}

fn amals_work(world: &World) {
    let mut amal = world.with_news();
    let article = first(&amal);
    let mention = added(&mut amal, "PER", span(PUTIN, 0));
    added(&mut amal, "ORG", span(MINISTRY, 0));
    amal.run(Command::PutEntity { entity: Box::new(entity("putin")) }).unwrap();
    let link =
        Command::SetMentionEntity { article: article.clone(), mention: mention.clone(), entity: Some("putin".into()) };
    amal.run(link).unwrap();
    let put = claim("c1", span(MINISTRY, 0), Some(Ref::Mention(mention)));
    amal.run(Command::PutClaim { article: article.clone(), claim: Box::new(put) }).unwrap();
    let put = stance("s1", Ref::Author, Ref::Claim("c1".into()));
    amal.run(Command::PutStance { article: article.clone(), stance: Box::new(put) }).unwrap();
    amal.run(Command::SetStatus { article: article.clone(), status: Status::Done, reason: String::new() }).unwrap();
    let value = ArticleFact::Text("Corrected".into());
    amal.run(Command::SetFact { article, fact: FactKind::Title, value }).unwrap();
    amal.run(Command::Undo).unwrap();
    amal.run(Command::Redo).unwrap();
    amal.close().unwrap();
}

fn basims_work(world: &World) {
    let mut basim = world.open_as("basim");
    let article = first(&basim);
    let mention = added(&mut basim, "GPE", span(PUTIN, 0));
    basim.run(Command::SetLabel { article: article.clone(), mention, label: "PER".into() }).unwrap();
    added(&mut basim, "PER", span(PUTIN, 1));
    basim.run(Command::Undo).unwrap();
    let footer = basim.article(&article).unwrap().facts.regions[1].span;
    basim.run(Command::SetRegion { article, span: footer, kind: None, include: Some(true) }).unwrap();
    basim.close().unwrap();
}

#[test]
fn two_annotators_replay_from_records_alone() {
    let world = World::new();
    amals_work(&world);
    basims_work(&world);
    let annotations = world.dir.join("annotations");
    let states = || {
        let mut states = Vec::new();
        for id in ["amal", "basim"] {
            let session = world.open_as(id);
            assert_eq!(session.problems(), &[]);
            states.push((session.state().clone(), rows(&session)));
        }
        states
    };
    for id in ["amal", "basim"] {
        world.open_as(id).store().write_checkpoint(&id.into()).unwrap();
    }
    let before = states();
    let written = files(world.fs.as_ref(), &annotations);
    assert!(written.len() >= 4, "{:?}", written.keys());
    for path in written.keys().chain(files(world.fs.as_ref(), &world.dir.join(".cache")).keys()) {
        world.fs.remove_file(path).unwrap();
    }
    assert!(files(world.fs.as_ref(), &annotations).is_empty());
    assert_eq!(states(), before);
    for id in ["amal", "basim"] {
        world.open_as(id).store().write_checkpoint(&id.into()).unwrap();
    }
    let again = files(world.fs.as_ref(), &annotations);
    assert_eq!(again.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (path, bytes) in &again {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&written[path]), "{}", path.display());
    }
}
