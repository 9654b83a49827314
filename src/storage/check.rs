//! Checking a project: everything that can be verified without being told more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::hash::hash_hex;
use super::replay::ProjectState;
use super::{Records, Store, StoreError, blobs, checkpoint, imports, kept};
use crate::edit::{Content, Place, references};
use crate::model::{AnnotatorId, ArticleId, Diagnostic, Severity};
use crate::text::{Span, SpanSet, check_span};

/// See [`Store::check`].
pub(super) fn check(store: &Store) -> Result<Vec<Diagnostic>, StoreError> {
    let mut found = Vec::new();
    blobs::check(store, &mut found)?;
    parts(store, &mut found)?;
    let project = ProjectState::from_records(store)?;
    found.extend(checkpoints(store, &project)?.found);
    // As readers see it, and so that texts are known.
    let records = store.read_records()?;
    found.extend(records.diagnostics.iter().cloned());
    values(store, &records, &mut found);
    clashes(&records, &mut found);
    Ok(found)
}

/// Hashes of all parts of all imports.
fn parts(store: &Store, found: &mut Vec<Diagnostic>) -> Result<(), StoreError> {
    // What the listing itself finds is reported with the records.
    let mut reported_later = Vec::new();
    for (id, import) in imports::list(store, &mut reported_later)? {
        for file in &import.manifest.files {
            match imports::read_part(store, &id, file) {
                Err(error) if !error.is_not_found() => {
                    let name = format!("corpus/{id}/{}", file.name);
                    found.push(Diagnostic::new(Severity::Error, "import_damaged", error.to_string()).in_file(name));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// What is the matter with checkpoints.
#[derive(Debug, Default)]
pub(super) struct CheckpointFindings {
    /// Not what the records say.
    pub(super) wrong: Vec<AnnotatorId>,
    /// As the records said earlier.
    pub(super) behind: Vec<AnnotatorId>,
    /// Files that no checkpoint has, by annotator.
    pub(super) foreign: Vec<(AnnotatorId, String)>,
    /// Names in `annotations` that are nobody's folder.
    pub(super) nobody: Vec<String>,
    found: Vec<Diagnostic>,
}

/// Each checkpoint against a full replay, for mending.
pub(super) fn checkpoint_findings(store: &Store) -> Result<CheckpointFindings, StoreError> {
    let project = ProjectState::from_records(store)?;
    checkpoints(store, &project)
}

/// Each checkpoint against a full replay.
fn checkpoints(store: &Store, project: &ProjectState) -> Result<CheckpointFindings, StoreError> {
    let mut all = CheckpointFindings::default();
    for state in &project.own {
        let folder = state.annotator.folder();
        let path = checkpoint::folder_path(store, &folder);
        let index_path = path.join(checkpoint::INDEX);
        let Ok(index) = store.fs().read(&index_path) else { continue };
        let report = |name: &str, message: &str| {
            Diagnostic::new(Severity::Warning, "checkpoint_differs", message)
                .in_file(format!("annotations/{folder}/{name}"))
        };
        let proves = checkpoint::parse_index(&index_path, &index).is_some();
        if !proves {
            let message = "the index does not prove itself; the checkpoint is rebuilt when needed";
            all.found.push(report(checkpoint::INDEX, message));
            all.wrong.push(state.annotator.clone());
        }
        let files = checkpoint::file_hashes(project, state)?;
        let is_current = checkpoint::is_current(&index_path, &index, state);
        if proves && !is_current {
            all.behind.push(state.annotator.clone());
        }
        for (name, hash) in files.iter().filter(|_| proves) {
            let there = store.fs().read(&path.join(name)).unwrap_or_default();
            if hash_hex(&there) != *hash {
                if is_current {
                    all.found.push(report(name, "the file is not what the records say; it is rebuilt when needed"));
                    all.wrong.push(state.annotator.clone());
                } else {
                    let message = "the file is older than the journals; it is brought up to them when needed";
                    let name = format!("annotations/{folder}/{name}");
                    all.found.push(Diagnostic::new(Severity::Hint, "checkpoint_behind", message).in_file(name));
                }
            }
        }
        for entry in store.fs().list(&path).unwrap_or_default() {
            let is_known = entry.name == checkpoint::INDEX || files.contains_key(&entry.name);
            if !is_known && !entry.name.ends_with(super::atomic::TEMP_SUFFIX) {
                let message = if kept::is_annotation_file(&entry.name) {
                    "the file belongs to an earlier state and is not read"
                } else {
                    "it is no file of a checkpoint (perhaps a copy made by a sync tool) and is not read"
                };
                all.found.push(report(&entry.name, message));
                all.foreign.push((state.annotator.clone(), entry.name));
            }
        }
    }
    all.wrong.dedup();
    all.behind.dedup();
    nobodies(store, project, &mut all);
    Ok(all)
}

/// What stands in `annotations` and is nobody's.
fn nobodies(store: &Store, project: &ProjectState, all: &mut CheckpointFindings) {
    let known: BTreeSet<String> = project.own.iter().map(|state| state.annotator.folder()).collect();
    for entry in store.fs().list(&store.root().join("annotations")).unwrap_or_default() {
        if !known.contains(&entry.name) && !entry.name.ends_with(super::atomic::TEMP_SUFFIX) {
            let message = "it is no checkpoint of anybody here and is not read";
            let file = format!("annotations/{}", entry.name);
            all.found.push(Diagnostic::new(Severity::Hint, "foreign_file", message).in_file(file));
            all.nobody.push(entry.name);
        }
    }
}

/// Quotes, offsets and references of everything that stands.
fn values(store: &Store, records: &Records, found: &mut Vec<Diagnostic>) {
    let mut by_article: BTreeMap<&ArticleId, Vec<(String, &Content)>> = BTreeMap::new();
    for (annotator, places) in &records.own {
        for (place, standing) in places {
            let Some(value) = &standing.value else { continue };
            for target in references(place, value) {
                if places.get(&target).is_none_or(|standing| standing.value.is_none()) {
                    let message = format!(
                        "{} of {annotator} refers to {}, which no record here holds; it may be on its way",
                        name_of(place),
                        name_of(&target)
                    );
                    let diagnostic = Diagnostic::new(Severity::Warning, "reference_missing", message);
                    found.push(on(diagnostic, place.article()));
                }
            }
            if standing.held {
                let message = format!(
                    "{} of {annotator} was deleted while something else came to refer to it, so it still stands",
                    name_of(place)
                );
                found.push(on(Diagnostic::new(Severity::Warning, "held", message), place.article()));
            }
            if let Some(article) = place.article() {
                by_article.entry(article).or_default().push((format!("{} of {annotator}", name_of(place)), value));
            }
        }
    }
    for entry in records.articles.iter() {
        let id = &entry.id();
        let (text, facts) = match store.text(id).and_then(|text| Ok((text, store.facts(id)?))) {
            Ok(both) => both,
            Err(error) => {
                let diagnostic = Diagnostic::new(Severity::Error, "text_damaged", error.to_string());
                found.push(diagnostic.on_article(id.clone()));
                continue;
            }
        };
        if super::article_id(&facts.key, &text) != *id {
            let message = "the article's id is not that of its key and text";
            found.push(Diagnostic::new(Severity::Error, "article_id_differs", message).on_article(id.clone()));
        }
        for (name, value) in by_article.get(id).into_iter().flatten() {
            for (span_set, quote) in spans_of(value) {
                spans(&text, id, name, span_set, quote, found);
            }
        }
    }
    for (article, values) in by_article.iter().filter(|(article, _)| records.articles.idx_of(article).is_none()) {
        let message = format!("{} values belong to the article {article}, which no import here holds", values.len());
        found.push(Diagnostic::new(Severity::Warning, "article_missing", message).on_article((*article).clone()));
    }
}

fn on(diagnostic: Diagnostic, article: Option<&ArticleId>) -> Diagnostic {
    match article {
        Some(article) => diagnostic.on_article(article.clone()),
        None => diagnostic,
    }
}

/// The span sets of a value, with the quote where it keeps one.
fn spans_of(value: &Content) -> Vec<(&SpanSet, Option<&str>)> {
    match value {
        Content::Mention(mention) => vec![(&mention.spans, Some(mention.quote.as_str()))],
        Content::Claim(claim) => {
            let mut all = vec![(&claim.content, Some(claim.quote.as_str()))];
            let links = claim.chain.iter().flat_map(|link| link.spans.iter().chain(&link.cue));
            all.extend(links.map(|spans| (spans, None)));
            all
        }
        Content::Stance(stance) => stance.evidence.iter().map(|spans| (spans, Some(stance.quote.as_str()))).collect(),
        _ => Vec::new(),
    }
}

fn spans(
    text: &Arc<str>,
    article: &ArticleId,
    name: &str,
    set: &SpanSet,
    quote: Option<&str>,
    found: &mut Vec<Diagnostic>,
) {
    let report = |code: &'static str, message: String, span: Span| {
        Diagnostic::new(Severity::Error, code, message).on_article(article.clone()).at_span(span)
    };
    for span in set.iter() {
        if let Err(error) = check_span(text, span) {
            found.push(report("offset_wrong", format!("{name}: {error}"), span));
            return;
        }
    }
    if let Some(quote) = quote
        && set.quote(text).as_deref() != Some(quote)
    {
        let message = format!("{name} covers other text than its quote {quote:?}");
        found.push(report("quote_differs", message, set.hull()));
    }
}

fn clashes(records: &Records, found: &mut Vec<Diagnostic>) {
    for clash in &records.clashes {
        let whose = clash.annotator.as_ref().map_or_else(|| "shared".to_owned(), |annotator| format!("of {annotator}"));
        let message = format!(
            "two copies changed {} ({whose}) without knowing of each other; line {} stands and line {} does not",
            name_of(&clash.place),
            clash.standing_line,
            clash.line
        );
        let severity = if clash.seen_by.is_empty() { Severity::Warning } else { Severity::Hint };
        found.push(on(Diagnostic::new(severity, "clash", message), clash.place.article()));
    }
}

/// A place for people.
fn name_of(place: &Place) -> String {
    match place {
        Place::Mention(_, id) => format!("mention {id}"),
        Place::Claim(_, id) => format!("claim {id}"),
        Place::Stance(_, id) => format!("stance {id}"),
        Place::Entity(id) => format!("entity {id}"),
        Place::Cluster(id) => format!("cluster {id}"),
        Place::Topic(id) => format!("topic {id}"),
        other => format!("{other:?}"),
    }
}
