//! Identity of entities: what merging makes of them and of what refers to them, and links that lead back to their start.

use std::collections::{BTreeMap, BTreeSet};

use super::{AttributeValue, Claim, Entity, EntityId, LabelId, Mention, Ref, Stance};

/// The Wikidata id of things that are surely not in it.
pub const NIL: &str = "NIL";

/// Whether it is `Q` and a number without leading zeros, or `NIL`.
#[must_use]
pub fn is_qid(qid: &str) -> bool {
    qid == NIL
        || qid.strip_prefix('Q').is_some_and(|number| {
            !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

impl Entity {
    /// An entity of which nothing is known yet.
    #[must_use]
    pub fn new(id: EntityId, kind: Option<LabelId>) -> Self {
        Self {
            id,
            kind,
            name: BTreeMap::new(),
            aliases: Vec::new(),
            members: Vec::new(),
            part_of: None,
            holder: None,
            qid: None,
            note: String::new(),
            extra: super::Extra::new(),
        }
    }

    /// Its names, the preferred ones first, each with whether it is an alias.
    pub fn names(&self) -> impl Iterator<Item = (&str, bool)> {
        let preferred = self.name.values().map(|name| (name.as_str(), false));
        preferred.chain(self.aliases.iter().map(|alias| (alias.as_str(), true)))
    }

    /// Whether it names other entities.
    #[must_use]
    pub fn has_links(&self) -> bool {
        !self.members.is_empty() || self.part_of.is_some() || self.holder.is_some()
    }
}

impl Mention {
    /// The words by which its entity is looked up: the full form where the text lacks a letter, else the text.
    #[must_use]
    pub fn key(&self) -> &str {
        match self.attributes.get("norm") {
            Some(AttributeValue::Text(norm)) if !norm.trim().is_empty() => norm,
            _ => &self.quote,
        }
    }
}

/// Entities that become one: whatever refers to one of `from` refers to `to` afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Renaming<'a> {
    /// The entities that go.
    pub from: &'a BTreeSet<EntityId>,
    /// The one that stays.
    pub to: &'a EntityId,
}

impl Renaming<'_> {
    fn id(&self, id: &mut EntityId) -> bool {
        let goes = self.from.contains(id);
        if goes {
            id.clone_from(self.to);
        }
        goes
    }

    fn reference(&self, reference: &mut Ref) -> bool {
        match reference {
            Ref::Entity(id) => self.id(id),
            _ => false,
        }
    }

    /// The mention afterwards, if it changes.
    #[must_use]
    pub fn mention(&self, mention: &Mention) -> Option<Mention> {
        mention.entity.as_ref().filter(|id| self.from.contains(*id))?;
        Some(Mention { entity: Some(self.to.clone()), ..mention.clone() })
    }

    /// The claim afterwards, if it changes.
    #[must_use]
    pub fn claim(&self, claim: &Claim) -> Option<Claim> {
        let mut renamed = claim.clone();
        let mut changes = false;
        for link in &mut renamed.chain {
            for reference in link.source.iter_mut().chain(&mut link.on_behalf_of) {
                changes |= self.reference(reference);
            }
        }
        changes.then_some(renamed)
    }

    /// The stance afterwards, if it changes.
    #[must_use]
    pub fn stance(&self, stance: &Stance) -> Option<Stance> {
        let mut renamed = stance.clone();
        let mut changes = false;
        let ends = [&mut renamed.holder, &mut renamed.target].into_iter().chain(&mut renamed.attributed_through);
        for reference in ends {
            changes |= self.reference(reference);
        }
        changes.then_some(renamed)
    }

    /// The entity afterwards, if it changes. A member is named once.
    #[must_use]
    pub fn entity(&self, entity: &Entity) -> Option<Entity> {
        let mut renamed = entity.clone();
        let mut changes = false;
        for id in renamed.members.iter_mut().chain(&mut renamed.part_of).chain(&mut renamed.holder) {
            changes |= self.id(id);
        }
        if changes {
            let mut seen = BTreeSet::new();
            renamed.members.retain(|id| seen.insert(id.clone()));
        }
        changes.then_some(renamed)
    }
}

/// Two entities have Wikidata ids that differ, so they are two things.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kept} and {other} are two things in Wikidata; take one of the ids away first if it is wrong")]
pub struct DifferentThings {
    /// The id of the one that stays.
    pub kept: String,
    /// The other.
    pub other: String,
}

/// What `kept` becomes when `others` join it: all their names and aliases, each once; what it did not say itself, the
/// first of them that does says.
///
/// # Errors
/// [`DifferentThings`] where two have Wikidata ids that differ.
pub fn united(kept: &Entity, others: &[&Entity]) -> Result<Entity, DifferentThings> {
    let mut one = kept.clone();
    for other in others {
        match (&one.qid, &other.qid) {
            (Some(mine), Some(theirs)) if mine != NIL && theirs != NIL && mine != theirs => {
                return Err(DifferentThings { kept: mine.clone(), other: theirs.clone() });
            }
            (None, Some(theirs)) => one.qid = Some(theirs.clone()),
            (Some(mine), Some(theirs)) if mine == NIL => one.qid = Some(theirs.clone()),
            _ => {}
        }
        for (language, name) in &other.name {
            if !one.name.contains_key(language) && !name.trim().is_empty() {
                one.name.insert(language.clone(), name.clone());
            }
        }
        for (name, _) in other.names() {
            let is_known = one.names().any(|(known, _)| known == name);
            if !is_known && !name.trim().is_empty() {
                one.aliases.push(name.to_owned());
            }
        }
        one.kind = one.kind.or_else(|| other.kind.clone());
        for member in &other.members {
            if !one.members.contains(member) {
                one.members.push(member.clone());
            }
        }
        one.part_of = one.part_of.or_else(|| other.part_of.clone());
        one.holder = one.holder.or_else(|| other.holder.clone());
        if !other.note.trim().is_empty() && !one.note.contains(&other.note) {
            let gap = if one.note.is_empty() { "" } else { "\n" };
            one.note = [one.note.as_str(), gap, &other.note].concat();
        }
        for (key, value) in &other.extra {
            one.extra.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    Ok(one)
}

/// Which entities each entity lies in: as a member of a group, or as a part of a whole.
#[derive(Clone, Debug, Default)]
pub struct Wholes(BTreeMap<EntityId, BTreeSet<EntityId>>);

impl Wholes {
    /// Of these entities.
    #[must_use]
    pub fn of<'a>(entities: impl Iterator<Item = &'a Entity>) -> Self {
        let mut wholes = Self::default();
        for entity in entities {
            for member in &entity.members {
                wholes.0.entry(member.clone()).or_default().insert(entity.id.clone());
            }
            if let Some(whole) = &entity.part_of {
                wholes.0.entry(entity.id.clone()).or_default().insert(whole.clone());
            }
        }
        wholes
    }

    /// A way from an entity through what it lies in back to itself, without its end; none where there is no such way.
    #[must_use]
    pub fn circle(&self, start: &EntityId) -> Option<Vec<EntityId>> {
        let mut reached_from: BTreeMap<&EntityId, &EntityId> = BTreeMap::new();
        let mut waiting = vec![start];
        while let Some(id) = waiting.pop() {
            for whole in self.0.get(id).into_iter().flatten() {
                if whole == start {
                    let mut way = vec![id.clone()];
                    let mut at = id;
                    while at != start {
                        let Some(before) = reached_from.get(at) else { break };
                        at = before;
                        way.push(at.clone());
                    }
                    way.reverse();
                    return Some(way);
                }
                if !reached_from.contains_key(whole) {
                    reached_from.insert(whole, id);
                    waiting.push(whole);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: &str, names: &[(&str, &str)], aliases: &[&str]) -> Entity {
        let mut entity = Entity::new(id.into(), None);
        entity.name = names.iter().map(|(language, name)| ((*language).into(), (*name).into())).collect();
        entity.aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        entity
    }

    #[test]
    fn wikidata_ids_are_told_by_shape() {
        assert!(["Q1", "Q42", "NIL"].iter().all(|qid| is_qid(qid)));
        assert!(["", "Q", "Q0", "Q042", "q42", "Q4x", "P31"].iter().all(|qid| !is_qid(qid)));
    }

    #[test]
    fn names_are_united_each_once() {
        let kept = entity("a", &[("en", "Kremlin")], &["The Kremlin"]);
        let mut other = entity("b", &[("en", "The Kremlin"), ("ru", "Kreml")], &["Kremlin", "RU presidency"]);
        (other.qid, other.note) = (Some("Q7".into()), "seat".into());
        let one = united(&kept, &[&other]).unwrap();
        assert_eq!(one.name, [("en".into(), "Kremlin".into()), ("ru".into(), "Kreml".into())].into());
        assert_eq!(one.aliases, ["The Kremlin", "RU presidency"]);
        assert_eq!((one.id.as_str(), one.qid.as_deref(), one.note.as_str()), ("a", Some("Q7"), "seat"));
    }

    #[test]
    fn two_wikidata_ids_are_two_things_and_nil_gives_way() {
        let with = |id: &str, qid: &str| Entity { qid: Some(qid.into()), ..entity(id, &[], &[]) };
        assert!(united(&with("a", "Q1"), &[&with("b", "Q2")]).is_err());
        assert_eq!(united(&with("a", "NIL"), &[&with("b", "Q2")]).unwrap().qid.as_deref(), Some("Q2"));
        assert_eq!(united(&with("a", "Q1"), &[&with("b", "NIL")]).unwrap().qid.as_deref(), Some("Q1"));
    }

    #[test]
    fn circles_are_found_through_members_and_parts() {
        let mut group = entity("g", &[], &[]);
        group.members = vec!["a".into()];
        let a = entity("a", &[], &[]);
        let mut whole = entity("w", &[], &[]);
        group.part_of = Some("w".into());
        assert_eq!(Wholes::of([&group, &a, &whole].into_iter()).circle(&"a".into()), None);
        whole.part_of = Some("a".into());
        let circle = Wholes::of([&group, &a, &whole].into_iter()).circle(&"a".into()).unwrap();
        assert_eq!(circle.iter().map(EntityId::as_str).collect::<Vec<_>>(), ["a", "g", "w"]);
        // Said from both sides it is one link.
        let mut part = entity("p", &[], &[]);
        part.part_of = Some("q".into());
        let mut all = entity("q", &[], &[]);
        all.members = vec!["p".into()];
        assert_eq!(Wholes::of([&part, &all].into_iter()).circle(&"p".into()), None);
    }
}
