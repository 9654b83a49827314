//! One line of a script: which command it means.
//!
//! Objects are named and shaped like those of own JSON Lines, read by the same code, but strictly: what a file may
//! leave out or bring along as extra is refused here, with what is allowed.

use serde_json::{Map, Value};

use crate::edit::{ArticleFact, FactKind, Place};
use crate::formats::jsonl::{self, Offsets, Unit, item, plain_id};
use crate::formats::{Findings, ImportOptions};
use crate::model::{
    AnnotationId, AnnotationSet, ArticleId, AttributeId, Claim, ClaimCluster, ClusterId, Direction, Entity, EntityId,
    LabelId, LineId, Mention, MentionId, Origin, Profile, Ref, Severity, Stance, Topic, TopicId,
};
use crate::session::{Command, Edge, EdgeUnit, Session};
use crate::text::{Span, SpanSet};

/// A command with what its answer needs.
#[derive(Debug)]
pub struct Step {
    /// The command.
    pub command: Command,
    /// The unit its offsets were given in.
    pub unit: Unit,
    /// Its article, for the answer's spans.
    pub article: Option<ArticleId>,
    /// Changes that were made to fit, such as widened spans.
    pub notices: Vec<String>,
}

/// The names of all commands, for messages.
const COMMANDS: &[&str] = &[
    "add_mention",
    "add_claim",
    "add_stance",
    "set_label",
    "set_spans",
    "step_edge",
    "move_edge",
    "add_fragment",
    "remove_fragment",
    "set_attribute",
    "set_entity",
    "set_note",
    "delete",
    "put_entity",
    "set_entity_note",
    "delete_entity",
    "merge_entities",
    "split_entity",
    "move_mentions",
    "put_cluster",
    "delete_cluster",
    "put_topic",
    "delete_topic",
    "set_status",
    "set_flag",
    "set_field",
    "dismiss_finding",
    "restore_finding",
    "set_region",
    "remove_region",
    "confirm_regions",
    "set_fact",
    "set_direction",
    "set_sentence",
    "set_profile",
    "take_other",
    "see_clash",
    "undo",
    "redo",
];

/// The step that a line stands for.
///
/// # Errors
/// A sentence that says what is wrong and what is allowed.
pub fn step_from_line(line: &str, session: &mut Session) -> Result<Step, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    let Value::Object(mut map) = value else { return Err("a line must be one JSON object".to_owned()) };
    let unit = match map.shift_remove("unit") {
        None => Unit::Byte,
        Some(Value::String(name)) => {
            Unit::from_name(&name).ok_or_else(|| format!("unit {name:?} is not known: byte, codepoint or utf16"))?
        }
        Some(_) => return Err("unit must be byte, codepoint or utf16".to_owned()),
    };
    let mut entries = map.into_iter();
    let (Some((name, payload)), None) = (entries.next(), entries.next()) else {
        return Err(format!("a line must have one command beside unit: {}", COMMANDS.join(", ")));
    };
    let map = match payload {
        Value::Object(map) => map,
        Value::Null => Map::new(),
        _ => return Err(format!("the value of {name} must be an object")),
    };
    let mut reader = Reader { session, unit, payload: Payload { name, map, asked: Vec::new() }, notices: Vec::new() };
    let (command, article) = reader.command()?;
    reader.payload.finish()?;
    Ok(Step { command, unit, article, notices: reader.notices })
}

/// The object of a command, taken apart key by key.
struct Payload {
    name: String,
    map: Map<String, Value>,
    asked: Vec<&'static str>,
}

impl Payload {
    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.asked.push(key);
        self.map.shift_remove(key).filter(|value| !value.is_null())
    }

    fn needed(&mut self, key: &'static str) -> Result<Value, String> {
        self.take(key).ok_or_else(|| format!("{} needs {key}", self.name))
    }

    fn wrong<T>(&self, key: &str, wanted: &str) -> Result<T, String> {
        Err(format!("{}.{key} must be {wanted}", self.name))
    }

    fn text(&mut self, key: &'static str) -> Result<String, String> {
        match self.needed(key)? {
            Value::String(text) => Ok(text),
            _ => self.wrong(key, "a string"),
        }
    }

    fn optional_text(&mut self, key: &'static str) -> Result<Option<String>, String> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => self.wrong(key, "a string"),
        }
    }

    fn optional_flag(&mut self, key: &'static str) -> Result<Option<bool>, String> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => self.wrong(key, "true or false"),
        }
    }

    fn steps(&mut self) -> Result<i32, String> {
        let steps = self.needed("steps")?.as_i64().and_then(|steps| i32::try_from(steps).ok());
        steps.map_or_else(|| self.wrong("steps", "a whole number"), Ok)
    }

    fn localised(&mut self, key: &'static str) -> Result<std::collections::BTreeMap<String, String>, String> {
        serde_json::from_value(self.needed(key)?).or_else(|_| self.wrong(key, "an object of texts per language"))
    }

    fn texts(&mut self, key: &'static str) -> Result<Vec<String>, String> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(value) => serde_json::from_value(value).or_else(|_| self.wrong(key, "a list of strings")),
        }
    }

    /// Refuses keys that nobody asked for.
    fn finish(self) -> Result<(), String> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(key) if self.asked.is_empty() => Err(format!("{} takes no keys, but has {key:?}", self.name)),
            Some(key) => Err(format!("{} has no key {key:?}; it takes {}", self.name, self.asked.join(", "))),
        }
    }
}

struct Reader<'s> {
    session: &'s mut Session,
    unit: Unit,
    payload: Payload,
    notices: Vec<String>,
}

type Found = (Command, Option<ArticleId>);

impl Reader<'_> {
    fn command(&mut self) -> Result<Found, String> {
        match self.payload.name.as_str() {
            "add_mention" => self.add_mention(),
            "add_claim" => self.add_claim(),
            "add_stance" => self.add_stance(),
            "set_label" | "set_spans" | "step_edge" | "move_edge" | "add_fragment" | "remove_fragment"
            | "set_attribute" | "set_entity" => self.mention_command(),
            "put_entity" | "set_entity_note" | "delete_entity" | "put_cluster" | "delete_cluster" | "put_topic"
            | "delete_topic" | "set_profile" => Ok((self.project_command()?, None)),
            "merge_entities" | "split_entity" | "move_mentions" => Ok((self.identity_command()?, None)),
            "take_other" | "see_clash" => self.clash_command(),
            "undo" => Ok((Command::Undo, None)),
            "redo" => Ok((Command::Redo, None)),
            "set_note" | "delete" | "set_status" | "set_flag" | "set_field" | "set_region" | "remove_region"
            | "confirm_regions" | "set_fact" | "set_direction" | "set_sentence" | "dismiss_finding"
            | "restore_finding" => self.article_command(),
            other => Err(format!("no command is called {other:?}; there are {}", COMMANDS.join(", "))),
        }
    }

    fn article(&mut self) -> Result<ArticleId, String> {
        let name = self.payload.text("article")?;
        self.opened(&name)
    }

    /// The article that is called `name`, with its set in memory.
    fn opened(&mut self, name: &str) -> Result<ArticleId, String> {
        let missing = || format!("there is no article {name:?} in this project");
        let article = self.session.article_from_name(name).ok_or_else(missing)?;
        self.session.open_article(&article).map_err(|error| error.to_string())?;
        Ok(article)
    }

    fn text_of(&self, article: &ArticleId) -> Result<std::sync::Arc<str>, String> {
        Ok(std::sync::Arc::clone(&self.session.article(article).map_err(|error| error.to_string())?.text))
    }

    /// The whole payload as an item of own JSON Lines, read strictly.
    fn item<T>(
        &mut self,
        article: &ArticleId,
        keys: &[&'static str],
        read: impl FnOnce(Value, &str, &mut item::Context<'_>) -> item::Parsed<T>,
    ) -> Result<T, String> {
        self.payload.asked.extend(keys);
        let known = |(key, _): &(String, Value)| keys.contains(&key.as_str());
        let (map, unknown): (Map<_, _>, Map<_, _>) = std::mem::take(&mut self.payload.map).into_iter().partition(known);
        self.payload.map = unknown;
        let text = self.text_of(article)?;
        let offsets = Offsets::new(&text, self.unit);
        let mut findings = Findings::new("", 100);
        let mut context = item::Context {
            offsets: &offsets,
            annotator: self.session.annotator(),
            file: "",
            scheme: None,
            options: &ImportOptions::default(),
            unknown: &mut item::Unknown::default(),
            findings: &mut findings,
            strict: true,
        };
        let parsed = read(Value::Object(map), &self.payload.name, &mut context);
        self.judge(findings)?;
        match parsed {
            item::Parsed::Kept(item) => Ok(*item),
            item::Parsed::Open | item::Parsed::Rejected => Err("suggestions are not available yet".to_owned()),
            item::Parsed::Unusable => Err(format!("{} cannot be used", self.payload.name)),
        }
    }

    /// Widened spans are notices; everything else that a file would get away with is refused.
    fn judge(&mut self, findings: Findings) -> Result<(), String> {
        let mut refused = Vec::new();
        for finding in findings.finish() {
            let message = finding.message.replace("; the span was left out", "").replace("; it was left out", "");
            if finding.code == "span_widened" || finding.severity == Severity::Hint {
                self.notices.push(message);
            } else {
                refused.push(message);
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(refused.join("; ")) }
    }

    fn spans(&mut self, article: &ArticleId, key: &'static str) -> Result<SpanSet, String> {
        let value = self.payload.needed(key)?;
        let text = self.text_of(article)?;
        let mut findings = Findings::new("", 100);
        let path = format!("{}.{key}", self.payload.name);
        let spans = item::spans_from_value(Some(value), &path, &Offsets::new(&text, self.unit), &mut findings);
        self.judge(findings)?;
        spans.ok_or_else(|| format!("{path} has no span"))
    }

    /// `start` and `end` of the payload, as bytes, not widened: regions and paragraphs are named exactly.
    fn span(&mut self, article: &ArticleId) -> Result<Span, String> {
        let (start, end) = (self.offset(article, "start")?, self.offset(article, "end")?);
        if start > end {
            Err(format!("{} ends before it starts", self.payload.name))
        } else {
            Ok(Span::new(start, end))
        }
    }

    fn offset(&mut self, article: &ArticleId, key: &'static str) -> Result<usize, String> {
        let value = self.payload.needed(key)?;
        let text = self.text_of(article)?;
        let mut findings = Findings::new("", 100);
        let path = format!("{}.{key}", self.payload.name);
        let byte = item::byte_from_value(&value, &path, &Offsets::new(&text, self.unit), &mut findings);
        self.judge(findings)?;
        byte.ok_or_else(|| format!("{path} is no place in the text"))
    }

    fn set(&self, article: &ArticleId) -> &AnnotationSet {
        self.session.set(article)
    }

    fn mention_id(&self, article: &ArticleId, id: &str) -> MentionId {
        MentionId::new(whole_id(id, self.set(article).mentions.keys().map(MentionId::as_str)))
    }

    fn entity_id(&self, id: &str) -> EntityId {
        let id = id.strip_prefix("entity:").unwrap_or(id);
        EntityId::new(whole_id(id, self.session.entities().keys().map(EntityId::as_str)))
    }

    fn cluster_id(&self, id: &str) -> ClusterId {
        ClusterId::new(whole_id(id, self.session.clusters().keys().map(ClusterId::as_str)))
    }

    fn claim_id(&self, article: &ArticleId, id: &str) -> crate::model::ClaimId {
        whole_id(id, self.set(article).claims.keys().map(crate::model::ClaimId::as_str)).into()
    }

    fn stance_id(&self, article: &ArticleId, id: &str) -> crate::model::StanceId {
        whole_id(id, self.set(article).stances.keys().map(crate::model::StanceId::as_str)).into()
    }

    /// A reference with the ids that the project has.
    fn reference(&mut self, article: &ArticleId, reference: &Ref) -> Result<Ref, String> {
        Ok(match reference {
            Ref::Mention(id) => Ref::Mention(self.mention_id(article, id.as_str())),
            Ref::Claim(id) => Ref::Claim(self.claim_id(article, id.as_str())),
            Ref::Entity(id) => Ref::Entity(self.entity_id(id.as_str())),
            Ref::Cluster(id) => Ref::Cluster(self.cluster_id(id.as_str())),
            Ref::ClaimOf(other, id) => {
                let name = item::article_name(other).unwrap_or_else(|| other.as_str());
                let other = self.opened(name)?;
                let id = self.claim_id(&other, id.as_str());
                Ref::ClaimOf(other, id)
            }
            Ref::Topic(_) | Ref::Author | Ref::Text(_) => reference.clone(),
        })
    }

    fn add_mention(&mut self) -> Result<Found, String> {
        let article = self.article()?;
        let keys = ["id", "spans", "label", "attributes", "entity", "note"];
        let mut mention: Mention = self.item(&article, &keys, item::mention_from_value)?;
        mention.provenance.origin = Origin::Manual;
        let is_plain = mention.id.as_str().is_empty() && mention.entity.is_none() && mention.note.is_empty();
        let command = if is_plain {
            let Mention { label, spans, attributes, .. } = mention;
            Command::AddMention { article: article.clone(), label, spans, attributes }
        } else {
            mention.entity = mention.entity.map(|id| self.entity_id(id.as_str()));
            Command::PutMention { article: article.clone(), mention: Box::new(mention) }
        };
        Ok((command, Some(article)))
    }

    fn add_claim(&mut self) -> Result<Found, String> {
        let article = self.article()?;
        let keys = ["id", "content", "chain", "attributes", "nested_in", "cluster", "norm", "verdict", "note"];
        let mut claim: Claim = self.item(&article, &keys, item::claim_from_value)?;
        // Whoever runs a script writes as themselves.
        claim.provenance.origin = Origin::Manual;
        for link in &mut claim.chain {
            for reference in link.source.iter_mut().chain(&mut link.on_behalf_of) {
                *reference = self.reference(&article, reference)?;
            }
        }
        claim.nested_in = claim.nested_in.map(|id| self.claim_id(&article, id.as_str()));
        claim.cluster = claim.cluster.map(|id| self.cluster_id(id.as_str()));
        Ok((Command::PutClaim { article: article.clone(), claim: Box::new(claim) }, Some(article)))
    }

    fn add_stance(&mut self) -> Result<Found, String> {
        let article = self.article()?;
        let keys = [
            "id",
            "holder",
            "target",
            "scale",
            "label",
            "explicit",
            "evidence",
            "attributed_through",
            "attributes",
            "note",
        ];
        let mut stance: Stance = self.item(&article, &keys, item::stance_from_value)?;
        stance.provenance.origin = Origin::Manual;
        let ends = [&mut stance.holder, &mut stance.target].into_iter().chain(&mut stance.attributed_through);
        for reference in ends {
            *reference = self.reference(&article, reference)?;
        }
        Ok((Command::PutStance { article: article.clone(), stance: Box::new(stance) }, Some(article)))
    }

    fn mention_command(&mut self) -> Result<Found, String> {
        let article = self.article()?;
        let given = self.payload.text("mention")?;
        let mention = self.mention_id(&article, &given);
        let of = article.clone();
        let command = match self.payload.name.as_str() {
            "set_label" => Command::SetLabel { article, mention, label: LabelId::new(self.payload.text("label")?) },
            "set_spans" => Command::SetSpans { mention, spans: self.spans(&of, "spans")?, article },
            "step_edge" => Command::StepEdge { article, mention, edge: self.edge()?, steps: self.payload.steps()? },
            "move_edge" => {
                let edge = self.edge()?;
                let unit = match self.payload.text("by")?.as_str() {
                    "grapheme" => EdgeUnit::Grapheme,
                    "word" => EdgeUnit::Word,
                    _ => return self.payload.wrong("by", "grapheme or word"),
                };
                Command::MoveEdge { article, mention, edge, unit, steps: self.payload.steps()? }
            }
            "add_fragment" => {
                let spans = self.spans(&of, "spans")?;
                let [span] = spans.as_slice() else { return self.payload.wrong("spans", "one [start, end]") };
                Command::AddFragment { article, mention, span: *span }
            }
            "remove_fragment" => Command::RemoveFragment { mention, at: self.offset(&of, "at")?, article },
            "set_attribute" => {
                let attribute = AttributeId::new(self.payload.text("attribute")?);
                let value = match self.payload.take("value") {
                    None => None,
                    Some(value) => match item::value_from_json(&value) {
                        Some(value) => Some(value),
                        None => return self.payload.wrong("value", "true, false, a whole number, a string or null"),
                    },
                };
                Command::SetAttribute { article, mention, attribute, value }
            }
            _ => {
                let entity = self.payload.optional_text("entity")?.map(|id| self.entity_id(&id));
                Command::SetMentionEntity { article, mention, entity }
            }
        };
        Ok((command, Some(of)))
    }

    fn edge(&mut self) -> Result<Edge, String> {
        match self.payload.text("edge")?.as_str() {
            "start" => Ok(Edge::Start),
            "end" => Ok(Edge::End),
            _ => self.payload.wrong("edge", "start or end"),
        }
    }

    fn article_command(&mut self) -> Result<Found, String> {
        let article = self.article()?;
        let of = article.clone();
        let command = match self.payload.name.as_str() {
            "set_note" => {
                let note = self.payload.optional_text("note")?.unwrap_or_default();
                match self.annotation(&of)? {
                    Some(what) => Command::SetNote { article, what, note },
                    None => Command::SetArticleNote { article, note },
                }
            }
            "delete" => self.delete(article)?,
            "set_status" => {
                let name = self.payload.text("status")?;
                let Some(status) = jsonl::status_from_name(&name) else {
                    let states = "new, in_progress, done, in_review, adjudicated or skipped";
                    return self.payload.wrong("status", states);
                };
                let reason = self.payload.optional_text("reason")?.unwrap_or_default();
                Command::SetStatus { article, status, reason }
            }
            "set_flag" => Command::SetFlag { article, flagged: self.payload.optional_flag("flagged")?.unwrap_or(true) },
            "set_field" => {
                let field = self.payload.text("field")?;
                let value = self.payload.take("value").as_ref().and_then(item::value_from_json);
                Command::SetField { article, field, value }
            }
            "dismiss_finding" | "restore_finding" => self.dismissal(article)?,
            "set_region" => self.set_region(article)?,
            "remove_region" => Command::RemoveRegion { span: self.span(&of)?, article },
            "confirm_regions" => Command::ConfirmRegions { article },
            "set_fact" => self.set_fact(article)?,
            "set_direction" => {
                let at = self.offset(&of, "at")?;
                let direction = self.payload.optional_text("direction")?;
                let direction = direction.map(|name| self.direction(&name)).transpose()?;
                Command::SetParagraphDirection { article, at, direction }
            }
            _ => {
                let at = self.offset(&of, "at")?;
                Command::SetSentenceBoundary { article, at, boundary: self.payload.optional_flag("boundary")? }
            }
        };
        Ok((command, Some(of)))
    }

    fn delete(&mut self, article: ArticleId) -> Result<Command, String> {
        let mut what = Vec::new();
        for key in ["mention", "claim", "stance"] {
            let ids: Vec<String> = match self.payload.take(key) {
                None => continue,
                Some(Value::String(id)) => vec![id],
                Some(value) => match serde_json::from_value(value) {
                    Ok(ids) => ids,
                    Err(_) => return self.payload.wrong(key, "an id or a list of ids"),
                },
            };
            for id in ids {
                what.push(match key {
                    "mention" => AnnotationId::Mention(self.mention_id(&article, &id)),
                    "claim" => AnnotationId::Claim(self.claim_id(&article, &id)),
                    _ => AnnotationId::Stance(self.stance_id(&article, &id)),
                });
            }
        }
        if what.is_empty() {
            return Err("delete needs mention, claim or stance".to_owned());
        }
        Ok(Command::Delete { article, what })
    }

    /// The annotation that a line names by its kind; none where it names the article alone.
    fn annotation(&mut self, article: &ArticleId) -> Result<Option<AnnotationId>, String> {
        let [mention, claim, stance] = [
            self.payload.optional_text("mention")?,
            self.payload.optional_text("claim")?,
            self.payload.optional_text("stance")?,
        ];
        Ok(match (mention, claim, stance) {
            (None, None, None) => None,
            (Some(id), None, None) => Some(AnnotationId::Mention(self.mention_id(article, &id))),
            (None, Some(id), None) => Some(AnnotationId::Claim(self.claim_id(article, &id))),
            (None, None, Some(id)) => Some(AnnotationId::Stance(self.stance_id(article, &id))),
            _ => return Err(format!("{} takes one of mention, claim and stance", self.payload.name)),
        })
    }

    /// Dismisses a finding or takes that back; `id` names what it is about, without it the article.
    fn dismissal(&mut self, article: ArticleId) -> Result<Command, String> {
        let code = self.payload.text("code")?;
        let id = self.payload.optional_text("id")?.unwrap_or_default();
        let set = self.set(&article);
        let annotations = set.mentions.keys().map(AsRef::as_ref).chain(set.claims.keys().map(AsRef::as_ref));
        let annotations = annotations.chain(set.stances.keys().map(AsRef::as_ref));
        let state = self.session.state();
        let things = state.entities().keys().map(AsRef::as_ref).chain(state.clusters().keys().map(AsRef::as_ref));
        let known = annotations.chain(things).chain(state.topics().keys().map(AsRef::as_ref));
        let dismissed = set.dismissed.keys().map(|(_, id)| id.as_str());
        let id = if self.payload.name == "restore_finding" { whole_id(&id, dismissed) } else { whole_id(&id, known) };
        if self.payload.name == "restore_finding" {
            return Ok(Command::RestoreFinding { article, code, id });
        }
        Ok(Command::DismissFinding { article, code, id, reason: self.payload.text("reason")? })
    }

    fn set_region(&mut self, article: ArticleId) -> Result<Command, String> {
        let span = self.span(&article)?;
        let kind = match self.payload.optional_text("kind")? {
            None => None,
            Some(name) => match jsonl::region_kind_from_name(&name) {
                Some(kind) => Some(kind),
                None => {
                    let kinds = "title, lead, body, caption, credit, related, comments, boilerplate or blank";
                    return self.payload.wrong("kind", kinds);
                }
            },
        };
        Ok(Command::SetRegion { article, span, kind, include: self.payload.optional_flag("include")? })
    }

    fn set_fact(&mut self, article: ArticleId) -> Result<Command, String> {
        let fact = self.payload.text("fact")?;
        let Ok(fact) = serde_json::from_value::<FactKind>(Value::String(fact)) else {
            return self.payload.wrong("fact", "title, outlet, date, byline, url, language or direction");
        };
        let value = self.payload.text("value")?;
        let value = match fact {
            FactKind::Direction => ArticleFact::Direction(self.direction(&value)?),
            _ => ArticleFact::Text(value),
        };
        Ok(Command::SetFact { article, fact, value })
    }

    fn direction(&self, name: &str) -> Result<Direction, String> {
        jsonl::direction_from_name(name).map_or_else(|| self.payload.wrong("direction", "auto, rtl or ltr"), Ok)
    }

    /// A clash by the line that does not stand, and by its place where that line has several.
    fn clash_command(&mut self) -> Result<Found, String> {
        let line = LineId::new(self.payload.text("tx")?);
        let given: Option<Place> = match self.payload.take("place") {
            None => None,
            Some(place) => match serde_json::from_value(place) {
                Ok(place) => Some(place),
                Err(_) => return self.payload.wrong("place", "a place as hashiya history --clashes --json gives it"),
            },
        };
        let found: Vec<Place> = self
            .session
            .clashes()
            .iter()
            .filter(|clash| clash.line == line && given.as_ref().is_none_or(|place| *place == clash.place))
            .map(|clash| clash.place.clone())
            .collect();
        let place = match (given, found.as_slice()) {
            (Some(place), _) => place,
            (None, [only]) => only.clone(),
            (None, []) => {
                return Err(format!("there is no clash with the line {line}; hashiya history --clashes lists them"));
            }
            (None, _) => return Err(format!("the line {line} has several clashes; name the \"place\" as well")),
        };
        let (article, place) = (place.article().cloned(), Box::new(place));
        Ok(match self.payload.name.as_str() {
            "take_other" => (Command::TakeOther { place, line }, article),
            _ => (Command::SeenClash { place, line }, article),
        })
    }

    /// An entity, read strictly; unknown keys stay in the payload, to be refused.
    fn entity(&mut self, map: Map<String, Value>) -> Result<Entity, String> {
        let keys = ["id", "type", "name", "aliases", "members", "part_of", "holder", "qid", "note"];
        self.payload.asked.extend(keys);
        let known = |(key, _): &(String, Value)| keys.contains(&key.as_str());
        let (map, unknown): (Map<_, _>, Map<_, _>) = map.into_iter().partition(known);
        self.payload.map.extend(unknown);
        let mut findings = Findings::new("", 100);
        let entity = item::entity_from_value(Value::Object(map), &self.payload.name, true, &mut findings);
        self.judge(findings)?;
        let mut entity = entity.ok_or_else(|| format!("{} cannot be used", self.payload.name))?;
        entity.id = self.entity_id(entity.id.as_str());
        entity.members = entity.members.iter().map(|id| self.entity_id(id.as_str())).collect();
        entity.part_of = entity.part_of.map(|id| self.entity_id(id.as_str()));
        entity.holder = entity.holder.map(|id| self.entity_id(id.as_str()));
        Ok(entity)
    }

    /// Mentions by article: `{"article name": ["id", ...]}`.
    fn mentions(&mut self) -> Result<Vec<(ArticleId, MentionId)>, String> {
        let given: std::collections::BTreeMap<String, Vec<String>> =
            serde_json::from_value(self.payload.needed("mentions")?)
                .or_else(|_| self.payload.wrong("mentions", "an object of lists of mention ids, by article"))?;
        let mut mentions = Vec::new();
        for (name, ids) in given {
            let article = self.opened(&name)?;
            mentions.extend(ids.iter().map(|id| (article.clone(), self.mention_id(&article, id))));
        }
        Ok(mentions)
    }

    fn identity_command(&mut self) -> Result<Command, String> {
        let entity = self.payload.text("entity")?;
        let entity = self.entity_id(&entity);
        Ok(match self.payload.name.as_str() {
            "merge_entities" => {
                let others = self.payload.texts("others")?;
                Command::MergeEntities { kept: entity, others: others.iter().map(|id| self.entity_id(id)).collect() }
            }
            "split_entity" => {
                let mentions = self.mentions()?;
                let Value::Object(into) = self.payload.needed("into")? else {
                    return self.payload.wrong("into", "an object, as of put_entity");
                };
                Command::SplitEntity { entity, mentions, into: Box::new(self.entity(into)?) }
            }
            _ => Command::MoveMentions { mentions: self.mentions()?, entity },
        })
    }

    fn project_command(&mut self) -> Result<Command, String> {
        Ok(match self.payload.name.as_str() {
            "put_entity" => {
                let map = std::mem::take(&mut self.payload.map);
                Command::PutEntity { entity: Box::new(self.entity(map)?) }
            }
            "set_entity_note" => {
                let id = self.payload.text("entity")?;
                let note = self.payload.optional_text("note")?.unwrap_or_default();
                Command::SetEntityNote { entity: self.entity_id(&id), note }
            }
            "delete_entity" => {
                let id = self.payload.text("entity")?;
                Command::DeleteEntity { entity: self.entity_id(&id) }
            }
            "put_cluster" => {
                let id = self.payload.optional_text("id")?.unwrap_or_default();
                let id = self.cluster_id(&id);
                let contradicts = self.payload.texts("contradicts")?;
                let tension = self.payload.texts("in_tension_with")?;
                let note = self.payload.optional_text("note")?.unwrap_or_default();
                let contradicts = contradicts.iter().map(|id| self.cluster_id(id)).collect();
                let in_tension_with = tension.iter().map(|id| self.cluster_id(id)).collect();
                Command::PutCluster { cluster: Box::new(ClaimCluster { id, contradicts, in_tension_with, note }) }
            }
            "delete_cluster" => {
                let id = self.payload.text("cluster")?;
                Command::DeleteCluster { cluster: self.cluster_id(&id) }
            }
            "put_topic" => {
                let id = TopicId::new(self.payload.optional_text("id")?.unwrap_or_default());
                Command::PutTopic { id, topic: Box::new(Topic { wording: self.payload.localised("wording")? }) }
            }
            "delete_topic" => Command::DeleteTopic { topic: TopicId::new(self.payload.text("topic")?) },
            _ => Command::SetProfile { profile: Profile { display_name: self.payload.text("name")? } },
        })
    }
}

/// The id in the project that a script means: exactly this one, or the only one that is this without the mark of an
/// import. Where there is none, the id as given, so that the session says so.
fn whole_id<'a>(id: &str, ids: impl Iterator<Item = &'a str>) -> String {
    let mut fitting = Vec::new();
    for candidate in ids {
        if candidate == id {
            return id.to_owned();
        }
        if plain_id(candidate) == id {
            fitting.push(candidate);
        }
    }
    match fitting.as_slice() {
        [only] => (*only).to_owned(),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ids_are_found_where_they_are_unique() {
        let ids = ["m1~0123abcd", "m2~0123abcd", "m2~ffffffff", "m3"];
        let find = |id: &str| whole_id(id, ids.into_iter());
        assert_eq!(find("m1"), "m1~0123abcd");
        assert_eq!(find("m2"), "m2");
        assert_eq!(find("m2~ffffffff"), "m2~ffffffff");
        assert_eq!(find("m3"), "m3");
        assert_eq!(find("m9"), "m9");
    }
}
