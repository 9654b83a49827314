//! The file line by line, and what only the whole file can tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::article::first_difference;
use super::ids::id_from_file;
use super::references::article_name;
use super::stream::{ArticleSink, piece_of, read_pieces};
use crate::formats::{Findings, ImportOptions, SourceFile};
use crate::model::{
    AnnotationSet, AnnotatorId, ArticleId, ClaimId, ClusterId, Diagnostic, EntityId, Exchange, ExchangeArticle,
    MentionId, Ref, Severity,
};

/// Whether the bytes begin with the header of our own format.
#[must_use]
pub fn has_header(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = head.get(..head.len().min(64)).unwrap_or_default();
    String::from_utf8_lossy(head).split_whitespace().collect::<String>().starts_with("{\"hashiya_jsonl\"")
}

/// Reads a file of our own format that is in memory.
#[must_use]
pub fn read(file: &SourceFile<'_>, options: &ImportOptions) -> (Exchange, Vec<Diagnostic>) {
    let mut articles = Vec::new();
    let mut bytes = |at: u64, len: usize| Ok::<_, std::convert::Infallible>(piece_of(file.bytes, at, len));
    let read = read_pieces(file.name, options, &mut bytes, &|_| (true, Vec::new()), &mut articles);
    let (project, findings) = match read {
        Ok(read) => read,
        Err(never) => match never {},
    };
    (Exchange { project, articles }, findings)
}

impl<E> ArticleSink<E> for Vec<ExchangeArticle> {
    fn begin(&mut self) -> Result<(), E> {
        self.clear();
        Ok(())
    }

    fn article(&mut self, article: ExchangeArticle, _: u64) -> Result<(), E> {
        self.push(article);
        Ok(())
    }
}

/// The value of a line of `len` bytes, of which `line` may hold a part where they are too many.
pub(super) fn value_from_line(
    line: &[u8],
    len: usize,
    options: &ImportOptions,
    findings: &mut Findings,
) -> Option<Value> {
    if len > options.limits.line_bytes {
        let message = format!("the line has {len} bytes, more than {}; it was left out", options.limits.line_bytes);
        findings.add(Severity::Error, "line_too_long", message);
        return None;
    }
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("byte {} of the line is no UTF-8; the line was left out", error.valid_up_to());
            findings.add(Severity::Error, "undecodable", message);
            return None;
        }
    };
    if text.trim().is_empty() {
        return None;
    }
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format!("column {}: {}; the line was left out", error.column(), reason(&error));
            findings.add(Severity::Error, "bad_json", message);
            None
        }
    }
}

/// The parser's reason without its own place, which counts lines within the line.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// A name that comes again with the same text adds annotations; with another text it is a newer version, unless it
/// brings annotations, which then stand on a text that is not the one here.
pub(super) fn add_article(
    mut article: ExchangeArticle,
    articles: &mut Vec<ExchangeArticle>,
    by_name: &mut BTreeMap<String, usize>,
    findings: &mut Findings,
) {
    let before = by_name.get(&article.name).and_then(|index| articles.get_mut(*index));
    let Some(before) = before else {
        by_name.insert(article.name.clone(), articles.len());
        articles.push(article);
        return;
    };
    if before.text == article.text {
        let message =
            format!("article {:?} comes a second time; its annotations were added to the first", article.name);
        findings.add(Severity::Hint, "article_again", message);
        for (annotator, set) in article.sets {
            let into = before.sets.entry(annotator).or_default();
            merge_sets(into, set, findings);
        }
        return;
    }
    let at = first_difference(&before.text, &article.text);
    if article.sets.values().any(|set| !set.is_empty()) {
        let message = format!(
            "article {:?} comes a second time with another text, first different at byte {}, and brings annotations; the line was left out",
            article.name,
            at.start()
        );
        findings.add(Severity::Error, "same_id_other_text", message);
        return;
    }
    let message = format!(
        "article {:?} comes a second time with another text, first different at byte {}; it was taken as a newer version",
        article.name,
        at.start()
    );
    findings.add(Severity::Warning, "same_id_other_text", message);
    article.facts.version_of = Some(before.facts.id.clone());
    articles.push(article);
}

fn merge_sets(into: &mut AnnotationSet, from: AnnotationSet, findings: &mut Findings) {
    let mut clash = |what: &str, id: &str| {
        let message = format!("{what} {id} comes a second time with other content; the first was kept");
        findings.add(Severity::Error, "duplicate_id", message);
    };
    for (id, item) in from.mentions {
        if into.mentions.get(&id).is_some_and(|known| *known != item) {
            clash("mention", id.as_str());
        }
        into.mentions.entry(id).or_insert(item);
    }
    for (id, item) in from.claims {
        if into.claims.get(&id).is_some_and(|known| *known != item) {
            clash("claim", id.as_str());
        }
        into.claims.entry(id).or_insert(item);
    }
    for (id, item) in from.stances {
        if into.stances.get(&id).is_some_and(|known| *known != item) {
            clash("stance", id.as_str());
        }
        into.stances.entry(id).or_insert(item);
    }
    for (key, reason) in from.dismissed {
        into.dismissed.entry(key).or_insert(reason);
    }
    for (text, other) in [(&mut into.note, from.note), (&mut into.status_reason, from.status_reason)] {
        if text.is_empty() {
            *text = other;
        } else if !other.is_empty() && *text != other {
            *text = format!("{text}\n{other}");
        }
    }
    into.fields.extend(from.fields);
    into.status = into.status.max(from.status);
    into.flagged |= from.flagged;
}

/// References inside an article to things the file does not have: the thing that refers stays, the reference becomes
/// free text, or goes to `extra` where it must be an id.
pub(super) fn drop_dangling(
    article: &mut ExchangeArticle,
    project: &crate::model::ExchangeProject,
    findings: &mut Findings,
) {
    findings.on_article(article.facts.id.clone());
    for (annotator, set) in &mut article.sets {
        let mentions: BTreeSet<MentionId> = set.mentions.keys().cloned().collect();
        let claims: BTreeSet<ClaimId> = set.claims.keys().cloned().collect();
        let entities = project.entities.get(annotator);
        let clusters = project.clusters.get(annotator);
        let has_entity = |id: &EntityId| entities.is_some_and(|entities| entities.contains_key(id));
        let mut check = |reference: &mut Ref, owner: &str| {
            let (fine, text) = match &*reference {
                Ref::Mention(id) => (mentions.contains(id), id.to_string()),
                Ref::Claim(id) => (claims.contains(id), format!("claim:{id}")),
                Ref::Entity(id) => (has_entity(id), format!("entity:{id}")),
                Ref::Cluster(id) => (clusters.is_some_and(|all| all.contains_key(id)), format!("cluster:{id}")),
                Ref::Topic(id) => (project.topics.contains_key(id), format!("topic:{id}")),
                Ref::ClaimOf(..) | Ref::Author | Ref::Text(_) => (true, String::new()),
            };
            if !fine {
                let message =
                    format!("{owner} refers to {text}, which the file does not have; it was kept as free text");
                findings.add(Severity::Error, "dangling_reference", message);
                *reference = Ref::Text(text);
            }
        };
        for claim in set.claims.values_mut() {
            let owner = format!("claim {}", claim.id);
            for link in &mut claim.chain {
                link.source.iter_mut().chain(&mut link.on_behalf_of).for_each(|reference| check(reference, &owner));
            }
        }
        for stance in set.stances.values_mut() {
            let owner = format!("stance {}", stance.id);
            let ends = [&mut stance.holder, &mut stance.target].into_iter().chain(&mut stance.attributed_through);
            ends.for_each(|reference| check(reference, &owner));
        }
        let mut gone = |owner: String, key: &str, id: &str, extra: &mut crate::model::Extra| {
            let message = format!("{owner} has the {key} {id}, which the file does not have; it was kept as extra");
            findings.add(Severity::Error, "dangling_reference", message);
            extra.insert(key.to_owned(), Value::String(id.to_owned()).to_string());
        };
        for mention in set.mentions.values_mut() {
            if let Some(id) = mention.entity.take_if(|id| !has_entity(id)) {
                gone(format!("mention {}", mention.id), "entity", id.as_str(), &mut mention.extra);
            }
        }
        for claim in set.claims.values_mut() {
            let owner = format!("claim {}", claim.id);
            if let Some(id) = claim.nested_in.take_if(|id| !claims.contains(id) || *id == claim.id) {
                gone(owner.clone(), "nested_in", id.as_str(), &mut claim.extra);
            }
            if let Some(id) = claim.cluster.take_if(|id| !clusters.is_some_and(|all| all.contains_key(id))) {
                gone(owner, "cluster", id.as_str(), &mut claim.extra);
            }
        }
    }
}

/// `clusters[].claims` is derived from the claims; a list that says otherwise is a finding.
#[derive(Debug, Default)]
pub(super) struct ClusterChecks {
    /// What the header lists, and whether the claim says the same.
    listed: Vec<(AnnotatorId, ClusterId, String, bool)>,
    /// Places in the list by article name; an article that was looked at is taken out.
    by_article: BTreeMap<String, Vec<usize>>,
}

impl ClusterChecks {
    /// Of what the header lists: annotator, cluster, `<article>/<claim>`.
    pub(super) fn of(listed: &[(AnnotatorId, ClusterId, String)]) -> Self {
        let mut checks = Self::default();
        for (at, (annotator, cluster, name)) in listed.iter().enumerate() {
            if let Some((article, _)) = name.rsplit_once('/') {
                checks.by_article.entry(article.to_owned()).or_default().push(at);
            }
            checks.listed.push((annotator.clone(), cluster.clone(), name.clone(), false));
        }
        checks
    }

    /// Looks at an article.
    pub(super) fn look(&mut self, article: &ExchangeArticle) {
        if self.by_article.is_empty() {
            return;
        }
        for at in self.by_article.remove(&article.name).unwrap_or_default() {
            let Some((annotator, cluster, name, found)) = self.listed.get_mut(at) else { continue };
            let claim = name.rsplit_once('/').map(|(_, claim)| ClaimId::new(id_from_file(claim)));
            let stored = claim.and_then(|claim| article.sets.get(annotator)?.claims.get(&claim));
            *found = stored.is_some_and(|claim| claim.cluster.as_ref() == Some(cluster));
        }
    }

    /// Reports what does not hold.
    pub(super) fn finish(&self, findings: &mut Findings) {
        for (_, cluster, name, _) in self.listed.iter().filter(|(.., found)| !found) {
            let message = if name.contains('/') {
                format!("cluster {cluster} lists {name:?}, but that claim is not in it; what the claim says holds")
            } else {
                format!("cluster {cluster} lists {name:?}, which is not <article>/<claim>")
            };
            findings.add(Severity::Warning, "cluster_mismatch", message);
        }
    }
}

/// Puts ids in where only article names are known: claims of other articles, and versions.
pub(super) fn resolve(
    article: &mut ExchangeArticle,
    id_from_name: &dyn Fn(&str) -> Option<ArticleId>,
    findings: &mut Findings,
) {
    if let Some(id) = article.facts.version_of.as_ref().and_then(|name| id_from_name(name.as_str())) {
        article.facts.version_of = Some(id);
    }
    for reference in article.sets.values_mut().flat_map(AnnotationSet::references_mut) {
        let Ref::ClaimOf(other, claim) = &*reference else { continue };
        let Some(name) = article_name(other) else { continue };
        *reference = if let Some(id) = id_from_name(name) {
            Ref::ClaimOf(id, claim.clone())
        } else {
            let message = format!(
                "a reference names the article {name:?}, which the file does not have; it was kept as free text"
            );
            findings.add(Severity::Error, "dangling_reference", message);
            Ref::Text(format!("claim:{name}/{claim}"))
        };
    }
}
