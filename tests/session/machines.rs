//! One annotator on two machines: nothing is lost, no reference dangles, clashes are listed and end on all copies.

use std::path::Path;
use std::sync::Arc;

use hashiya::model::{AnnotationId, ClaimId, MentionId, Profile, Ref, Topic};
use hashiya::session::{Command, Session};
use hashiya::storage::{MemFs, Store};

use super::commands::claim;
use super::world::{World, added, first, shown, span};
use crate::carry::{carry, lines};

const PUTIN: &str = "بوتين";
const MINISTRY: &str = "وزارة الخارجية الروسية";

/// One copy of a project on one machine.
pub struct Machine {
    pub fs: MemFs,
    pub world: World,
}

impl Machine {
    pub fn of(fs: MemFs, seed: u64) -> Self {
        Self { world: World { fs: Arc::new(fs.clone()), seed, ..World::new() }, fs }
    }

    pub fn root(&self) -> &Path {
        &self.world.dir
    }

    pub fn side(&self) -> (&MemFs, &Path) {
        (&self.fs, &self.world.dir)
    }

    pub fn open(&self) -> Session {
        self.world.open_as("amal")
    }

    /// Somebody works here and closes.
    pub fn work(&self, who: &str, work: impl FnOnce(&mut Session)) {
        let mut session = self.world.open_as(who);
        work(&mut session);
        session.close().unwrap();
    }

    pub fn check_codes(&self) -> Vec<&'static str> {
        let store = Store::open(Arc::clone(&self.world.fs), self.root()).unwrap();
        store.check().unwrap().into_iter().map(|found| found.code).collect()
    }
}

/// Two machines with the same project, made by `before`.
pub fn two(before: impl FnOnce(&mut Session)) -> [Machine; 2] {
    let here = Machine::of(MemFs::new(), 7);
    let mut session = here.world.with_news();
    before(&mut session);
    session.close().unwrap();
    let there = Machine::of(here.fs.duplicate(), 8);
    [here, there]
}

/// Brings the records of all machines to all, and checks that they show the same, by the short way and from records.
pub fn unite(machines: &[Machine]) {
    let mut all = std::collections::BTreeSet::new();
    for machine in machines {
        all.extend(lines(machine.side()));
    }
    for from in machines {
        for to in machines {
            carry(from.side(), to.side());
        }
    }
    let mut seen = Vec::new();
    for machine in machines {
        assert!(lines(machine.side()) == all, "no line is lost");
        seen.push(shown(&machine.open()));
        let bare = machine.fs.duplicate();
        bare.remove_all(&machine.root().join("annotations"));
        bare.remove_all(&machine.root().join(".cache"));
        seen.push(shown(&Machine::of(bare, 9).open()));
        let codes = machine.check_codes();
        assert!(!codes.contains(&"reference_missing") && !codes.contains(&"journal_damaged"), "{codes:?}");
    }
    for other in &seen[1..] {
        assert_eq!(*other, seen[0]);
    }
}

fn label(session: &mut Session, mention: &MentionId, label: &str) {
    let article = first(session);
    session.run(Command::SetLabel { article, mention: mention.clone(), label: label.into() }).unwrap();
}

#[test]
fn both_change_one_label() {
    let mut mention = MentionId::from("");
    let machines = two(|session| mention = added(session, "PER", span(PUTIN, 0)));
    machines[0].work("amal", |session| label(session, &mention, "ORG"));
    machines[1].work("amal", |session| label(session, &mention, "GPE"));
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        assert_eq!(session.clashes().len(), 1);
        let (stands, other) = (&session.clashes()[0].standing, &session.clashes()[0].other);
        assert!(stands.is_some() && other.is_some() && stands != other);
        assert!(machine.check_codes().contains(&"clash"));
    }
    // Taking the other is an ordinary edit; it ends the clash on both.
    let other = match machines[1].open().clashes()[0].other.clone() {
        Some(hashiya::edit::Content::Mention(other)) => other.label.clone(),
        other => panic!("{other:?}"),
    };
    machines[1].work("amal", |session| label(session, &mention, other.as_str()));
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        assert_eq!(session.clashes(), []);
        assert_eq!(session.set(&first(&session)).mentions[&mention].label, other);
        assert!(!machine.check_codes().contains(&"clash"));
    }
}

#[test]
fn one_deletes_what_the_other_names_as_a_source() {
    let mut mention = MentionId::from("");
    let machines = two(|session| mention = added(session, "PER", span(PUTIN, 0)));
    let article = first(&machines[0].open());
    machines[0].work("amal", |session| {
        let what = vec![AnnotationId::Mention(mention.clone())];
        session.run(Command::Delete { article: article.clone(), what }).unwrap();
    });
    machines[1].work("amal", |session| {
        let claim = claim("c1", span(MINISTRY, 0), Some(Ref::Mention(mention.clone())));
        session.run(Command::PutClaim { article: article.clone(), claim: Box::new(claim) }).unwrap();
    });
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        let set = session.set(&article);
        assert!(set.mentions.contains_key(&mention), "what is referred to stands");
        assert_eq!(set.claims[&ClaimId::from("c1")].chain[0].source, Some(Ref::Mention(mention.clone())));
        assert!(machine.check_codes().contains(&"held"));
    }
    // Any edit of it brings it back for good.
    machines[0].work("amal", |session| label(session, &mention, "ORG"));
    unite(&machines);
    for machine in &machines {
        assert!(!machine.check_codes().contains(&"held"));
        assert_eq!(machine.open().set(&article).mentions[&mention].label.as_str(), "ORG");
    }
}

#[test]
fn the_same_change_on_both_is_no_clash() {
    let mut mention = MentionId::from("");
    let machines = two(|session| mention = added(session, "PER", span(PUTIN, 0)));
    for machine in &machines {
        machine.work("amal", |session| label(session, &mention, "ORG"));
    }
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        assert_eq!(session.clashes(), []);
        assert_eq!(session.set(&first(&session)).mentions[&mention].label.as_str(), "ORG");
    }
}

#[test]
fn both_undo_and_one_does_it_again() {
    let machines = two(|session| {
        let mention = added(session, "PER", span(PUTIN, 0));
        label(session, &mention, "ORG");
    });
    for machine in &machines {
        machine.work("amal", |session| drop(session.run(Command::Undo).unwrap()));
    }
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        assert_eq!(session.clashes(), [], "both said the same");
        let set = session.set(&first(&session));
        assert_eq!(set.mentions.values().next().unwrap().label.as_str(), "PER");
    }
    // One undoes further, the other changes what is undone there: that is a clash, and nothing is lost.
    machines[0].work("amal", |session| drop(session.run(Command::Undo).unwrap()));
    machines[1].work("amal", |session| {
        let mention = session.set(&first(session)).mentions.keys().next().unwrap().clone();
        label(session, &mention, "GPE");
    });
    unite(&machines);
    assert_eq!(machines[0].open().clashes().len(), 1);
}

#[test]
fn what_is_new_on_both_clashes_with_nothing() {
    let machines = two(|_| {});
    machines[0].work("zoe", |session| {
        session.run(Command::SetProfile { profile: Profile { display_name: "Zoe".into() } }).unwrap();
        added(session, "PER", span(PUTIN, 0));
    });
    machines[1].work("yara", |session| {
        session.run(Command::SetProfile { profile: Profile { display_name: "Yara".into() } }).unwrap();
        added(session, "ORG", span(PUTIN, 0));
    });
    for (machine, words) in machines.iter().zip(["war", "peace"]) {
        let topic = Topic { wording: std::collections::BTreeMap::from([("en".to_owned(), words.to_owned())]) };
        let put = Command::PutTopic { id: words.into(), topic: Box::new(topic) };
        machine.work("amal", |session| drop(session.run(put).unwrap()));
    }
    unite(&machines);
    let session = machines[0].open();
    assert_eq!(session.clashes(), []);
    assert_eq!(session.topics().len(), 2);
    let names: Vec<String> = session.annotators().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["amal", "yara", "zoe"]);
}

#[test]
fn shared_places_are_decided_over_all_annotators() {
    let machines = two(|_| {});
    let setting = |json: &str| Command::SetSetting { name: "s".into(), json: Some(json.into()) };
    machines[0].work("amal", |session| drop(session.run(setting("1")).unwrap()));
    machines[1].work("basim", |session| drop(session.run(setting("2")).unwrap()));
    unite(&machines);
    let clashes = machines[0].open().clashes().to_vec();
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].annotator, None);
    // A third person decides for all.
    machines[1].work("zoe", |session| drop(session.run(setting("3")).unwrap()));
    unite(&machines);
    // Neither of the two values: the one that did not stand was not taken, and stays listed.
    assert_eq!(machines[0].open().clashes().len(), 1);
    let Some(hashiya::edit::Content::Json(other)) = clashes[0].other.clone() else { panic!("{clashes:?}") };
    machines[0].work("zoe", |session| drop(session.run(setting(&other)).unwrap()));
    unite(&machines);
    for machine in &machines {
        assert_eq!(machine.open().clashes(), []);
    }
}
