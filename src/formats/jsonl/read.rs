//! The file line by line, and what only the whole file can tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::article::{Reading, article_from_value, first_difference};
use super::header::{Header, header_from_value};
use super::ids::{Annotators, id_from_file};
use super::item::Unknown;
use super::references::article_name;
use crate::formats::decode::decode;
use crate::formats::{Findings, ImportOptions, SourceFile};
use crate::model::{
    AnnotationSet, ArticleId, ClaimId, Diagnostic, EntityId, Exchange, ExchangeArticle, MentionId, Ref, Severity,
};

/// Whether the bytes begin with the header of our own format.
#[must_use]
pub fn has_header(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = head.get(..head.len().min(64)).unwrap_or_default();
    String::from_utf8_lossy(head).split_whitespace().collect::<String>().starts_with("{\"hashiya_jsonl\"")
}

/// Reads a file of our own format.
#[must_use]
pub fn read(file: &SourceFile<'_>, options: &ImportOptions) -> (Exchange, Vec<Diagnostic>) {
    let mut findings = Findings::new(file.name, options.limits.diagnostics);
    let decoded;
    let bytes = if needs_decoding(file.bytes, options) {
        match decode(file.bytes, options.encoding.as_deref()) {
            Ok(text) => {
                decoded = text.text;
                decoded.as_bytes()
            }
            Err(error) => {
                findings.add(Severity::Error, "undecodable", error.to_string());
                return (Exchange::default(), findings.finish());
            }
        }
    } else {
        file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file.bytes)
    };
    let mut exchange = read_lines(bytes, file.name, options, &mut findings);
    findings.at_file();
    resolve(&mut exchange.articles, &mut findings);
    if exchange.articles.is_empty() && findings.count() == 0 {
        findings.add(Severity::Warning, "no_articles", "the file has no articles");
    }
    (exchange, findings.finish())
}

/// JSON is UTF-8; another encoding only where it is asked for or a UTF-16 mark says so.
fn needs_decoding(bytes: &[u8], options: &ImportOptions) -> bool {
    options.encoding.is_some() || bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

fn read_lines(bytes: &[u8], file: &str, options: &ImportOptions, findings: &mut Findings) -> Exchange {
    let mut annotators = Annotators::default();
    let mut unknown = Unknown::default();
    let mut header: Option<Header> = None;
    let mut articles: Vec<ExchangeArticle> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        findings.at_line(index + 1);
        let Some(value) = value_from_line(line, options, findings) else { continue };
        if value.get("hashiya_jsonl").is_some() {
            if header.is_none() {
                let found = header_from_value(value, &mut annotators, findings);
                if !found.readable {
                    break;
                }
                header = Some(found);
            } else {
                let message = "a second header; it was left out, so put files together only if their headers agree";
                findings.add(Severity::Error, "second_header", message);
            }
            continue;
        }
        let known = header.get_or_insert_default();
        let mut reading = Reading {
            file,
            unit: known.unit.or(options.unit).unwrap_or_default(),
            options,
            scheme: options.scheme.as_ref().or(known.project.scheme.as_ref()),
            annotators: &mut annotators,
            unknown: &mut unknown,
            findings,
        };
        if let Some(article) = article_from_value(value, &mut reading) {
            add_article(article, &mut articles, &mut by_name, findings);
        }
    }
    let header = header.unwrap_or_default();
    let mut project = header.project;
    project.annotators = annotators.into_profiles();
    for article in &mut articles {
        drop_dangling(article, &project, findings);
    }
    findings.at_file();
    check_clusters(&header.listed_claims, &articles, findings);
    Exchange { project, articles }
}

fn value_from_line(line: &[u8], options: &ImportOptions, findings: &mut Findings) -> Option<Value> {
    if line.len() > options.limits.line_bytes {
        let message =
            format!("the line has {} bytes, more than {}; it was left out", line.len(), options.limits.line_bytes);
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
fn add_article(
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
    into.fields.extend(from.fields);
    into.status = into.status.max(from.status);
    into.flagged |= from.flagged;
}

/// References inside an article to things the file does not have: the thing that refers stays, the reference becomes
/// free text, or goes to `extra` where it must be an id.
fn drop_dangling(article: &mut ExchangeArticle, project: &crate::model::ExchangeProject, findings: &mut Findings) {
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
fn check_clusters(
    listed: &[(crate::model::AnnotatorId, crate::model::ClusterId, String)],
    articles: &[ExchangeArticle],
    findings: &mut Findings,
) {
    for (annotator, cluster, name) in listed {
        let Some((article, claim)) = name.rsplit_once('/') else {
            let message = format!("cluster {cluster} lists {name:?}, which is not <article>/<claim>");
            findings.add(Severity::Warning, "cluster_mismatch", message);
            continue;
        };
        let claim = ClaimId::new(id_from_file(claim));
        let found = articles.iter().find(|candidate| candidate.name == article);
        let stored = found.and_then(|article| article.sets.get(annotator)).and_then(|set| set.claims.get(&claim));
        if stored.is_none_or(|claim| claim.cluster.as_ref() != Some(cluster)) {
            let message =
                format!("cluster {cluster} lists {name:?}, but that claim is not in it; what the claim says holds");
            findings.add(Severity::Warning, "cluster_mismatch", message);
        }
    }
}

/// Puts ids in where only article names are known: claims of other articles, and versions.
fn resolve(articles: &mut [ExchangeArticle], findings: &mut Findings) {
    let ids: BTreeMap<String, ArticleId> =
        articles.iter().rev().map(|article| (article.name.clone(), article.facts.id.clone())).collect();
    for article in articles {
        findings.on_article(article.facts.id.clone());
        if let Some(id) = article.facts.version_of.as_ref().and_then(|name| ids.get(name.as_str())) {
            article.facts.version_of = Some(id.clone());
        }
        for set in article.sets.values_mut() {
            for reference in set.references_mut() {
                let Ref::ClaimOf(article, claim) = &*reference else { continue };
                let Some(name) = article_name(article) else { continue };
                *reference = if let Some(id) = ids.get(name) {
                    Ref::ClaimOf(id.clone(), claim.clone())
                } else {
                    let message = format!(
                        "a reference names the article {name:?}, which the file does not have; it was kept as free text"
                    );
                    findings.add(Severity::Error, "dangling_reference", message);
                    Ref::Text(format!("claim:{name}/{claim}"))
                };
            }
        }
    }
}
