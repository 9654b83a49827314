//! The objects of a file, made from the model: every key in one order.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Offsets;
use super::article::is_complete;
use super::ids::{names_of, plain_id};
use super::object::value_from_extra;
use super::origin::json_from_provenance;
use super::references::encode_slashes;
use super::values::{json_from_attributes, json_from_value};
use crate::model::{
    AnnotationSet, AnnotatorId, ArticleId, ArticleKey, ChainLink, Claim, Direction, Entity, EntityId, ExchangeArticle,
    Extra, LinkRole, Mention, Ref, Stance, Verdict,
};
use crate::text::{Span, SpanSet};

/// How ids are written: plain where that is unique.
#[derive(Debug, Default)]
pub struct Names {
    /// Names of all articles.
    pub articles: BTreeMap<ArticleId, String>,
    /// Entities, clusters and topics of each annotator.
    pub things: BTreeMap<AnnotatorId, BTreeMap<String, String>>,
    /// Claims that references from other articles name.
    pub claims: BTreeMap<(ArticleId, String), String>,
}

/// How the annotations of one set are written.
pub struct Writer<'a> {
    names: &'a Names,
    things: Option<&'a BTreeMap<String, String>>,
    offsets: &'a Offsets<'a>,
    annotations: BTreeMap<String, String>,
}

/// The ids of a set's annotations as they are written.
pub fn annotation_names(set: &AnnotationSet) -> BTreeMap<String, String> {
    let mentions: Vec<&str> = set.mentions.keys().map(crate::model::MentionId::as_str).collect();
    let claims: Vec<&str> = set.claims.keys().map(crate::model::ClaimId::as_str).collect();
    let stances: Vec<&str> = set.stances.keys().map(crate::model::StanceId::as_str).collect();
    let mut names = names_of(mentions);
    names.extend(names_of(claims));
    names.extend(names_of(stances));
    names
}

fn put_extra(out: &mut Map<String, Value>, extra: &Extra) {
    if !extra.is_empty() {
        out.insert("extra".into(), value_from_extra(extra));
    }
}

fn put_text(out: &mut Map<String, Value>, key: &str, text: &str) {
    if !text.is_empty() {
        out.insert(key.into(), text.into());
    }
}

impl<'a> Writer<'a> {
    /// A writer for `annotator`'s set on the text of `offsets`.
    pub fn new(names: &'a Names, annotator: &AnnotatorId, set: &AnnotationSet, offsets: &'a Offsets<'a>) -> Self {
        Self { names, things: names.things.get(annotator), offsets, annotations: annotation_names(set) }
    }

    fn annotation(&self, id: &str) -> Value {
        self.annotations.get(id).map_or(id, String::as_str).into()
    }

    fn thing(&self, id: &str) -> String {
        self.things.and_then(|things| things.get(id)).map_or(id, String::as_str).to_owned()
    }

    fn span(&self, span: Span) -> Value {
        json!([self.offsets.unit_from_byte(span.start()), self.offsets.unit_from_byte(span.end())])
    }

    fn spans(&self, spans: &SpanSet) -> Value {
        spans.iter().map(|span| self.span(span)).collect()
    }

    fn optional_spans(&self, spans: Option<&SpanSet>) -> Value {
        spans.map_or_else(|| json!([]), |spans| self.spans(spans))
    }

    fn reference(&self, reference: &Ref) -> Value {
        let name = |id: &str| self.annotations.get(id).map_or(id, String::as_str).to_owned();
        Value::String(match reference {
            Ref::Mention(id) => name(id.as_str()),
            Ref::Claim(id) => format!("claim:{}", name(id.as_str())),
            Ref::ClaimOf(article, id) => {
                let key = (article.clone(), id.to_string());
                // Of an article that is not exported, nobody can tell whether the plain id is unique there.
                let claim = self.names.claims.get(&key).map_or(plain_id(id.as_str()), String::as_str);
                let article = self.names.articles.get(article).map_or(article.as_str(), String::as_str);
                format!("claim:{}/{claim}", encode_slashes(article))
            }
            Ref::Entity(id) => format!("entity:{}", self.thing(id.as_str())),
            Ref::Cluster(id) => format!("cluster:{}", self.thing(id.as_str())),
            Ref::Topic(id) => format!("topic:{id}"),
            Ref::Author => "@author".to_owned(),
            Ref::Text(text) => format!("text:{text}"),
        })
    }

    fn optional_reference(&self, reference: Option<&Ref>) -> Value {
        reference.map_or(Value::Null, |reference| self.reference(reference))
    }

    /// A mention.
    pub fn mention(&self, mention: &Mention) -> Value {
        let mut out = Map::new();
        out.insert("id".into(), self.annotation(mention.id.as_str()));
        out.insert("spans".into(), self.spans(&mention.spans));
        out.insert("label".into(), mention.label.as_str().into());
        out.insert("attributes".into(), json_from_attributes(&mention.attributes));
        out.insert("entity".into(), mention.entity.as_ref().map_or(Value::Null, |id| self.thing(id.as_str()).into()));
        out.insert("origin".into(), json_from_provenance(&mention.provenance));
        put_text(&mut out, "note", &mention.note);
        put_extra(&mut out, &mention.extra);
        Value::Object(out)
    }

    /// A claim.
    pub fn claim(&self, claim: &Claim) -> Value {
        let mut out = Map::new();
        out.insert("id".into(), self.annotation(claim.id.as_str()));
        out.insert("content".into(), self.spans(&claim.content));
        out.insert("chain".into(), claim.chain.iter().map(|link| self.link(link)).collect());
        out.insert("attributes".into(), json_from_attributes(&claim.attributes));
        let nested = claim.nested_in.as_ref().map_or(Value::Null, |id| self.annotation(id.as_str()));
        out.insert("nested_in".into(), nested);
        let cluster = claim.cluster.as_ref().map_or(Value::Null, |id| self.thing(id.as_str()).into());
        out.insert("cluster".into(), cluster);
        out.insert("norm".into(), json!(claim.norm));
        if let Some(verdict) = &claim.verdict {
            out.insert("verdict".into(), json_from_verdict(verdict));
        }
        out.insert("origin".into(), json_from_provenance(&claim.provenance));
        put_text(&mut out, "note", &claim.note);
        put_extra(&mut out, &claim.extra);
        Value::Object(out)
    }

    fn link(&self, link: &ChainLink) -> Value {
        let mut out = Map::new();
        let role = match link.role {
            LinkRole::Relay => "relay",
            LinkRole::Origin => "origin",
        };
        out.insert("role".into(), role.into());
        out.insert("source".into(), self.optional_reference(link.source.as_ref()));
        out.insert("spans".into(), self.optional_spans(link.spans.as_ref()));
        out.insert("cue".into(), self.optional_spans(link.cue.as_ref()));
        out.insert("implicit".into(), link.implicit.into());
        if let Some(other) = &link.on_behalf_of {
            out.insert("on_behalf_of".into(), self.reference(other));
        }
        Value::Object(out)
    }

    /// A stance.
    pub fn stance(&self, stance: &Stance) -> Value {
        let mut out = Map::new();
        out.insert("id".into(), self.annotation(stance.id.as_str()));
        out.insert("holder".into(), self.reference(&stance.holder));
        out.insert("target".into(), self.reference(&stance.target));
        out.insert("scale".into(), stance.scale.as_str().into());
        out.insert("label".into(), stance.value.as_str().into());
        out.insert("explicit".into(), stance.explicit.into());
        out.insert("evidence".into(), self.optional_spans(stance.evidence.as_ref()));
        let through = stance.attributed_through.iter().map(|reference| self.reference(reference)).collect();
        out.insert("attributed_through".into(), through);
        out.insert("attributes".into(), json_from_attributes(&stance.attributes));
        out.insert("origin".into(), json_from_provenance(&stance.provenance));
        put_text(&mut out, "note", &stance.note);
        put_extra(&mut out, &stance.extra);
        Value::Object(out)
    }

    /// A whole set, sorted.
    pub fn set(&self, set: &AnnotationSet) -> Value {
        let mut out = Map::new();
        out.insert("status".into(), json!(set.status));
        out.insert("complete".into(), is_complete(set.status).into());
        put_text(&mut out, "reason", &set.status_reason);
        put_text(&mut out, "note", &set.note);
        let fields = set.fields.iter().map(|(id, value)| (id.clone(), json_from_value(value))).collect();
        out.insert("document".into(), Value::Object(fields));
        let name = |id: &str| self.annotations.get(id).cloned().unwrap_or_default();
        let mut mentions: Vec<&Mention> = set.mentions.values().collect();
        mentions.sort_by_key(|m| (m.spans.start(), m.spans.end(), m.label.clone(), name(m.id.as_str())));
        let mut claims: Vec<&Claim> = set.claims.values().collect();
        claims.sort_by_key(|claim| (claim.content.start(), claim.content.end(), name(claim.id.as_str())));
        let mut stances: Vec<&Stance> = set.stances.values().collect();
        let ends = |stance: &Stance| stance.evidence.as_ref().map(|spans| (spans.start(), spans.end()));
        stances.sort_by_key(|stance| (ends(stance), stance.value.clone(), name(stance.id.as_str())));
        out.insert("mentions".into(), mentions.into_iter().map(|mention| self.mention(mention)).collect());
        out.insert("claims".into(), claims.into_iter().map(|claim| self.claim(claim)).collect());
        out.insert("stances".into(), stances.into_iter().map(|stance| self.stance(stance)).collect());
        Value::Object(out)
    }
}

fn json_from_verdict(verdict: &Verdict) -> Value {
    let evidence: Vec<Value> = verdict
        .evidence
        .iter()
        .map(|item| {
            json!({ "url": item.url, "title": item.title, "date": item.date, "quote": item.quote, "stance": item.stance })
        })
        .collect();
    json!({ "value": verdict.value, "evidence": evidence })
}

/// The direction's name in files.
pub const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Auto => "auto",
        Direction::Rtl => "rtl",
        Direction::Ltr => "ltr",
    }
}

fn json_from_key(key: &ArticleKey, name: &str) -> Option<Value> {
    match key {
        ArticleKey::Id(id) if id == name => None,
        ArticleKey::Id(id) => Some(json!({ "id": id })),
        ArticleKey::Url(url) => Some(json!({ "url": url })),
        ArticleKey::File(file) => Some(json!({ "file": file })),
        ArticleKey::None => Some("none".into()),
    }
}

/// The line of an article.
#[must_use]
pub fn article_object(article: &ExchangeArticle, names: &Names, unit: super::Unit) -> Value {
    let offsets = Offsets::new(&article.text, unit);
    let facts = &article.facts;
    let mut out = Map::new();
    out.insert("id".into(), article.name.as_str().into());
    out.insert("text".into(), (&*article.text).into());
    let mut meta = Map::new();
    let texts = [
        ("title", &facts.title),
        ("outlet", &facts.outlet),
        ("date", &facts.date),
        ("byline", &facts.byline),
        ("url", &facts.url),
        ("language", &facts.language),
    ];
    for (key, text) in texts {
        put_text(&mut meta, key, text);
    }
    meta.insert("direction".into(), direction_name(facts.direction).into());
    meta.insert("quality_flags".into(), json!(facts.quality_flags));
    if let Some(key) = json_from_key(&facts.key, &article.name) {
        meta.insert("key".into(), key);
    }
    if let Some(other) = &facts.version_of {
        meta.insert("version_of".into(), names.articles.get(other).map_or(other.as_str(), String::as_str).into());
    }
    put_text(&mut meta, "source_sha256", &facts.source_sha256);
    let (in_meta, in_line): (Extra, Extra) =
        facts.extra.clone().into_iter().partition(|(key, _)| key.starts_with("meta."));
    let in_meta = in_meta.into_iter().filter_map(|(key, text)| Some((key.strip_prefix("meta.")?.to_owned(), text)));
    put_extra(&mut meta, &in_meta.collect());
    out.insert("meta".into(), Value::Object(meta));
    out.insert("regions".into(), facts.regions.iter().map(|region| json_from_region(region, &offsets)).collect());
    if !article.paragraph_directions.is_empty() {
        let directions = article.paragraph_directions.iter();
        let json = directions
            .map(|(at, way)| json!({ "start": offsets.unit_from_byte(*at), "direction": direction_name(*way) }));
        out.insert("direction_overrides".into(), json.collect());
    }
    let flagged: Vec<&str> =
        article.sets.iter().filter(|(_, set)| set.flagged).map(|(annotator, _)| annotator.as_str()).collect();
    if !flagged.is_empty() {
        out.insert("flags".into(), json!(flagged));
    }
    super::dismissed::put(&mut out, article, names);
    let sets = article.sets.iter().filter(|(_, set)| !set.is_empty());
    let sets =
        sets.map(|(annotator, set)| (annotator.to_string(), Writer::new(names, annotator, set, &offsets).set(set)));
    out.insert("annotators".into(), Value::Object(sets.collect()));
    put_extra(&mut out, &in_line);
    Value::Object(out)
}

fn json_from_region(region: &crate::model::Region, offsets: &Offsets<'_>) -> Value {
    let mut out = Map::new();
    out.insert("kind".into(), json!(region.kind));
    out.insert("start".into(), offsets.unit_from_byte(region.span.start()).into());
    out.insert("end".into(), offsets.unit_from_byte(region.span.end()).into());
    out.insert("include".into(), region.include.into());
    out.insert("state".into(), json!(region.state));
    if let Some(other) = region.duplicate_of {
        let ends = [other.start(), other.end()].map(|at| offsets.unit_from_byte(at));
        out.insert("duplicate_of".into(), json!(ends));
    }
    Value::Object(out)
}

/// An entity, with ids as `names` writes them.
#[must_use]
pub fn entity_object(entity: &Entity, names: Option<&BTreeMap<String, String>>) -> Value {
    let name =
        |id: &EntityId| names.and_then(|names| names.get(id.as_str())).map_or(id.as_str(), String::as_str).to_owned();
    let mut out = Map::new();
    out.insert("id".into(), name(&entity.id).into());
    out.insert("type".into(), entity.kind.as_ref().map_or(Value::Null, |kind| kind.as_str().into()));
    out.insert("name".into(), json!(entity.name));
    out.insert("aliases".into(), json!(entity.aliases));
    out.insert("members".into(), entity.members.iter().map(name).collect());
    if let Some(other) = &entity.part_of {
        out.insert("part_of".into(), name(other).into());
    }
    if let Some(other) = &entity.holder {
        out.insert("holder".into(), name(other).into());
    }
    out.insert("qid".into(), json!(entity.qid));
    put_text(&mut out, "note", &entity.note);
    put_extra(&mut out, &entity.extra);
    Value::Object(out)
}
