//! The names of all entities, in order: made once, on any thread, and mended when one entity changes.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Form, Hit, NameTable, key_of, starts_of};
use crate::formats::knowledge::row_of_entity;
use crate::model::{Entity, EntityId, LabelId};

/// What ranking needs to know of an entity.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// Place of its label in `labels`, from 1; 0 for none.
    kind: u16,
    /// The Lamport number of the transaction that used or changed it last; 0 where that is not known.
    used: u64,
    /// It is gone, or stands under a later number.
    is_gone: bool,
}

/// Names of entities, which are numbers here.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntityNames {
    table: NameTable,
    /// By number. The first [`EntityNames::sorted`] are in order.
    ids: Vec<EntityId>,
    sorted: usize,
    facts: Vec<Facts>,
    labels: Vec<LabelId>,
    /// Names of entities that came or changed later.
    later: BTreeSet<(String, Form, u32)>,
    /// Their numbers.
    later_from_id: BTreeMap<EntityId, u32>,
    /// Entities by the row of a knowledge base that they stand for, and the other way round.
    id_from_row: BTreeSet<(Box<str>, EntityId)>,
    row_from_id: BTreeMap<EntityId, Box<str>>,
}

impl EntityNames {
    /// Of these entities, in order of their ids.
    pub fn of<'a>(entities: impl Iterator<Item = (&'a EntityId, &'a Entity)>) -> Self {
        let mut names = Self::default();
        for (id, entity) in entities {
            let number = names.push(id, entity.kind.as_ref());
            names.add_row(id, entity);
            for (name, is_alias) in entity.names() {
                names.table.add(number, name, is_alias);
            }
        }
        names.sorted = names.ids.len();
        names.table.sort();
        names
    }

    fn add_row(&mut self, id: &EntityId, entity: &Entity) {
        if let Some(row) = row_of_entity(entity).map(String::into_boxed_str) {
            self.id_from_row.insert((row.clone(), id.clone()));
            self.row_from_id.insert(id.clone(), row);
        }
    }

    /// The number of the first entity that stands for a row of the knowledge base.
    pub fn number_of_row(&self, row: &str) -> Option<u32> {
        let (found, id) = self.id_from_row.range((Box::from(row), EntityId::new(""))..).next()?;
        if **found == *row { self.number_of(id) } else { None }
    }

    fn push(&mut self, id: &EntityId, kind: Option<&LabelId>) -> u32 {
        let number = self.ids.len() as u32;
        let kind = kind.map_or(0, |kind| self.label(kind));
        self.ids.push(id.clone());
        self.facts.push(Facts { kind, ..Facts::default() });
        number
    }

    fn label(&mut self, kind: &LabelId) -> u16 {
        if let Some(at) = self.labels.iter().position(|label| label == kind) {
            return at as u16 + 1;
        }
        if self.labels.len() >= usize::from(u16::MAX) {
            return 0;
        }
        self.labels.push(kind.clone());
        self.labels.len() as u16
    }

    /// The number of a label, as [`EntityNames::kind`] gives it; none where no entity has it.
    pub fn kind_from_label(&self, label: &LabelId) -> Option<u16> {
        self.labels.iter().position(|known| known == label).map(|at| at as u16 + 1)
    }

    /// The number under which an entity stands now.
    pub fn number_of(&self, id: &EntityId) -> Option<u32> {
        let later = self.later_from_id.get(id).copied();
        let sorted = self.ids.get(..self.sorted).unwrap_or_default();
        later.or_else(|| sorted.binary_search(id).ok().map(|at| at as u32))
    }

    /// Takes in what an entity has become; nothing where it is gone.
    pub fn mend(&mut self, id: &EntityId, entity: Option<&Entity>) {
        let mut used = 0;
        if let Some(number) = self.number_of(id)
            && let Some(facts) = self.facts.get_mut(number as usize)
        {
            (facts.is_gone, used) = (true, facts.used);
        }
        if let Some(number) = self.later_from_id.remove(id) {
            self.later.retain(|(_, _, of)| *of != number);
        }
        if let Some(row) = self.row_from_id.remove(id) {
            self.id_from_row.remove(&(row, id.clone()));
        }
        let Some(entity) = entity else { return };
        self.add_row(id, entity);
        let number = self.push(id, entity.kind.as_ref());
        if let Some(facts) = self.facts.get_mut(number as usize) {
            facts.used = used;
        }
        for (name, is_alias) in entity.names() {
            let key = key_of(name);
            for (start, form) in starts_of(&key, is_alias) {
                self.later.insert((key.get(start..).unwrap_or_default().to_owned(), form, number));
            }
        }
        self.later_from_id.insert(id.clone(), number);
    }

    /// Whether so much has changed that making it anew is worth it.
    pub fn is_worn(&self) -> bool {
        self.ids.len() > self.sorted + 4000
    }

    /// Notes that an entity was used or changed.
    pub fn note_use(&mut self, id: &EntityId, lamport: u64) {
        if let Some(facts) = self.number_of(id).and_then(|number| self.facts.get_mut(number as usize)) {
            facts.used = facts.used.max(lamport);
        }
    }

    /// Every place where a name begins with `prefix`, which is a key.
    pub fn beginning_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let later = self.later.range((prefix.to_owned(), Form::Name, 0)..);
        let later = later.take_while(move |(key, ..)| key.starts_with(prefix));
        let later = later.map(|(key, form, number)| Hit { thing: *number, form: *form, len: key.len() as u16 });
        self.table.beginning_with(prefix).chain(later).filter(|hit| self.is_here(hit.thing))
    }

    /// Every entity.
    pub fn all(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.ids.len() as u32).filter(|number| self.is_here(*number))
    }

    fn is_here(&self, number: u32) -> bool {
        self.facts.get(number as usize).is_some_and(|facts| !facts.is_gone)
    }

    /// The entity of a number.
    pub fn id(&self, number: u32) -> Option<&EntityId> {
        self.ids.get(number as usize)
    }

    /// The number of its label, and when it was used last.
    pub fn kind_and_use(&self, number: u32) -> (u16, u64) {
        self.facts.get(number as usize).map_or((0, 0), |facts| (facts.kind, facts.used))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entity(id: &str, name: &str) -> Entity {
        let mut entity = Entity::new(id.into(), Some("ORG".into()));
        entity.name.insert("en".into(), name.into());
        entity
    }

    fn found(names: &EntityNames, prefix: &str) -> Vec<String> {
        let mut ids: Vec<String> = names
            .beginning_with(&key_of(prefix))
            .filter_map(|hit| names.id(hit.thing).map(|id| format!("{id} {:?} {}", hit.form, hit.len)))
            .collect();
        ids.sort();
        ids
    }

    #[test]
    fn a_used_entity_stays_used_when_it_changes() {
        let all: BTreeMap<EntityId, Entity> = [("a".into(), entity("a", "Port"))].into();
        let mut names = EntityNames::of(all.iter());
        names.note_use(&"a".into(), 7);
        names.mend(&"a".into(), Some(&entity("a", "Harbour")));
        assert_eq!(found(&names, "port"), [""; 0]);
        let hit = names.beginning_with("harb").next().unwrap();
        assert_eq!(names.kind_and_use(hit.thing), (1, 7));
    }

    proptest! {
        #[test]
        fn mending_is_making_anew(steps in prop::collection::vec((0u8..8, prop::option::of("[ab]{1,3}( [ab]{1,2})?")), 1..24)) {
            let mut all: BTreeMap<EntityId, Entity> = BTreeMap::new();
            for n in 0..4 {
                let id = format!("e{n}");
                all.insert(id.as_str().into(), entity(&id, "ab a"));
            }
            let mut names = EntityNames::of(all.iter());
            for (n, name) in steps {
                let id = EntityId::new(format!("e{n}"));
                match name {
                    Some(name) => all.insert(id.clone(), entity(id.as_str(), &name)),
                    None => all.remove(&id),
                };
                names.mend(&id, all.get(&id));
                let anew = EntityNames::of(all.iter());
                for prefix in ["a", "b", "ab", "ab a", "ba b"] {
                    prop_assert_eq!(found(&names, prefix), found(&anew, prefix));
                }
                prop_assert_eq!(names.all().count(), all.len());
            }
        }
    }
}
