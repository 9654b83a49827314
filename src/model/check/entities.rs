//! Entities, clusters of claims and topics that the article refers to.

use super::super::{Entity, EntityId, Topic};
use super::{About, Findings, Rule, closure};

/// Types of entities that somebody holds.
const ROLES: &[&str] = &["ROLE", "OCC"];

impl Findings<'_> {
    pub(super) fn of_project(&mut self) {
        for (id, span) in std::mem::take(&mut self.entities) {
            if let Some(entity) = self.around.entities.get(id) {
                self.on(About::Entity(id.clone()), span);
                self.of_entity(entity);
            }
        }
        for (id, span) in std::mem::take(&mut self.clusters) {
            let Some(cluster) = self.around.clusters.get(id) else { continue };
            self.on(About::Cluster(id.clone()), span);
            if cluster.contradicts.contains(id) || cluster.in_tension_with.contains(id) {
                self.add(Rule::ClusterContradictsItself, vec![("cluster", id.to_string())]);
            }
        }
        for (id, span) in std::mem::take(&mut self.topics) {
            if let Some(topic) = self.around.topics.get(id) {
                self.on(About::Topic(id.clone()), span);
                self.of_topic(id.as_str(), topic);
            }
        }
    }

    fn of_entity(&mut self, entity: &Entity) {
        let called = entity.name.values().find(|name| !name.trim().is_empty()).or_else(|| entity.aliases.first());
        let named = ("entity", called.map_or_else(|| entity.id.to_string(), Clone::clone));
        if called.is_none() {
            self.add(Rule::EntityWithoutName, vec![named.clone()]);
        }
        for id in entity.members.iter().chain(&entity.part_of).chain(&entity.holder) {
            if !self.around.entities.contains_key(id) {
                self.add(Rule::DanglingReference, vec![("id", id.to_string())]);
            }
        }
        if let Some(qid) = entity.qid.as_ref().filter(|qid| !is_qid(qid)) {
            self.add(Rule::QidShape, vec![("value", qid.clone())]);
        }
        let kind = entity.kind.as_ref();
        if let Some(kind) = kind.filter(|kind| self.around.scheme.label(kind).is_none()) {
            self.add(Rule::EntityType, vec![named.clone(), ("type", kind.to_string())]);
        }
        if let Some(kind) = kind.filter(|kind| entity.holder.is_some() && !ROLES.contains(&kind.as_str())) {
            self.add(Rule::HolderOfNoRole, vec![named.clone(), ("type", kind.to_string())]);
        }
        self.of_cycles(entity, named);
    }

    /// Whether the entity lies in itself: what contains it and what it contains must not meet.
    fn of_cycles(&mut self, entity: &Entity, named: (&'static str, String)) {
        let entities = self.around.entities;
        let steps = |id: &EntityId, how: for<'e> fn(&'e Entity) -> Vec<&'e EntityId>| {
            entities.get(id).map(how).unwrap_or_default()
        };
        let outer = closure(&entity.id, |id| steps(id, |entity| entity.part_of.iter().collect()));
        let inner = closure(&entity.id, |id| steps(id, |entity| entity.members.iter().collect()));
        let is_in_itself = outer.contains(&entity.id) || inner.contains(&entity.id) || !outer.is_disjoint(&inner);
        if is_in_itself {
            self.add(Rule::EntityCycle, vec![named.clone()]);
        }
        if closure(&entity.id, |id| steps(id, |entity| entity.holder.iter().collect())).contains(&entity.id) {
            self.add(Rule::HolderCycle, vec![named]);
        }
    }

    fn of_topic(&mut self, id: &str, topic: &Topic) {
        if topic.wording.values().all(|wording| wording.trim().is_empty()) {
            self.add(Rule::TopicWithoutWording, vec![("topic", id.to_owned())]);
        }
        if let Some(wording) = topic.wording.values().find(|wording| is_negated(wording)) {
            self.add(Rule::TopicNegated, vec![("wording", super::short(wording))]);
        }
    }
}

/// Whether `qid` is `NIL`, or `Q` and a number without leading zeros.
fn is_qid(qid: &str) -> bool {
    let number = qid.strip_prefix('Q').unwrap_or_default();
    qid == "NIL" || (number.starts_with(|first| first != '0') && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a wording begins with a word that negates it.
fn is_negated(wording: &str) -> bool {
    const NOT: &[&str] = &["not", "no", "non", "\u{639}\u{62F}\u{645}", "\u{644}\u{627}", "\u{63A}\u{64A}\u{631}"];
    wording.split_whitespace().next().is_some_and(|first| NOT.contains(&first.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wikidata_numbers_have_a_shape() {
        for good in ["NIL", "Q1", "Q85", "Q123456789"] {
            assert!(is_qid(good), "{good}");
        }
        for bad in ["", "Q", "Q0", "Q01", "q85", "85", "nil", "Q8 5", "https://www.wikidata.org/wiki/Q85"] {
            assert!(!is_qid(bad), "{bad}");
        }
    }

    #[test]
    fn topics_are_worded_affirmatively() {
        assert!(is_negated("Not normalising relations"));
        assert!(is_negated("\u{639}\u{62F}\u{645} \u{627}\u{644}\u{62A}\u{637}\u{628}\u{64A}\u{639}"));
        assert!(!is_negated("Normalising relations"));
        assert!(!is_negated("Nothing new"));
    }
}
