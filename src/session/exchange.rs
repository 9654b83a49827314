//! Between a project and what importers make and exporters take.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::jobs::ImportReport;
use super::{CommandError, Session, SessionError};
use crate::edit::State;
use crate::model::{
    AnnotatorId, ArticleId, Diagnostic, Direction, Exchange, ExchangeArticle, ExchangeProject, LabelId, Profile,
    Scheme, Severity,
};
use crate::storage::{DraftArticle, DraftPeople, ImportDraft};

/// What is stored of an exchange. `importer` gets topics that nobody of the file can hold.
#[must_use]
pub fn draft_from_exchange(exchange: Exchange, sources: Vec<String>, importer: &AnnotatorId) -> ImportDraft {
    let mut draft = ImportDraft { sources, ..ImportDraft::default() };
    let ExchangeProject { annotators, topics, entities, clusters, .. } = exchange.project;
    let mut sets: BTreeMap<AnnotatorId, BTreeMap<ArticleId, _>> = BTreeMap::new();
    for article in exchange.articles {
        for (annotator, set) in article.sets {
            if !set.is_empty() {
                sets.entry(annotator).or_default().entry(article.facts.id.clone()).or_insert(set);
            }
        }
        draft.articles.push(DraftArticle {
            facts: article.facts,
            text: article.text,
            source: article.source.map(Arc::from),
        });
    }
    let project = ExchangeProject { annotators, topics, entities, clusters, ..ExchangeProject::default() };
    draft.people = people_of(project, sets.keys().cloned().collect(), importer);
    draft.sets = sets;
    draft
}

/// What a project's people bring along beside sets. `with_sets` are those who bring sets; `importer` gets topics that
/// nobody else can hold.
pub(super) fn people_of(
    project: ExchangeProject,
    with_sets: BTreeSet<AnnotatorId>,
    importer: &AnnotatorId,
) -> BTreeMap<AnnotatorId, DraftPeople> {
    let mut people: BTreeMap<AnnotatorId, DraftPeople> = BTreeMap::new();
    for (annotator, profile) in project.annotators {
        people.entry(annotator).or_default().profile = (profile != Profile::default()).then_some(profile);
    }
    for (annotator, entities) in project.entities {
        people.entry(annotator).or_default().entities = entities;
    }
    for (annotator, clusters) in project.clusters {
        people.entry(annotator).or_default().clusters = clusters;
    }
    if !project.topics.is_empty() {
        let mut holders: BTreeSet<AnnotatorId> = people.keys().cloned().chain(with_sets).collect();
        if holders.is_empty() {
            holders.insert(importer.clone());
        }
        for holder in holders {
            people.entry(holder).or_default().topics = project.topics.clone();
        }
    }
    people.retain(|_, people| {
        people.profile.is_some()
            || !people.entities.is_empty()
            || !people.clusters.is_empty()
            || !people.topics.is_empty()
    });
    people
}

/// Labels of an exchange that the scheme does not have, each with how often it stands there.
pub(super) fn unknown_labels(exchange: &Exchange, scheme: &Scheme) -> Vec<Diagnostic> {
    let mut unknown: BTreeMap<&LabelId, usize> = BTreeMap::new();
    for set in exchange.articles.iter().flat_map(|article| article.sets.values()) {
        for mention in set.mentions.values().filter(|mention| scheme.label(&mention.label).is_none()) {
            *unknown.entry(&mention.label).or_default() += 1;
        }
    }
    let message = |(label, number): (&LabelId, usize)| {
        let message =
            format!("{number} mentions have the label {label}, which the scheme {} does not have.", scheme.name);
        Diagnostic::new(Severity::Warning, "unknown_label", message)
    };
    unknown.into_iter().map(message).collect()
}

impl Session {
    /// Stores what an importer made and stands for it: files first, then one undoable transaction. `sources` are the
    /// base names of the files, for people. Blocks until the files are written; a window uses an
    /// [`ImportJob`](super::ImportJob).
    ///
    /// # Errors
    /// [`CommandError`]; the project is as it was, though files of an import that nobody registered may stay.
    pub fn import(&mut self, exchange: Exchange, sources: Vec<String>) -> Result<ImportReport, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let imported = self.importer().write(exchange, sources);
        self.register_imports(imported.map_err(|error| CommandError::Storage(error.to_string()))?)
    }

    /// What the project holds, for exporters: `articles` in project order, all if none are named, with the sets of
    /// `annotators`, all if none are named. Texts are loaded: call it per part of a large project.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn exchange(
        &self,
        articles: Option<&[ArticleId]>,
        annotators: Option<&[AnnotatorId]>,
    ) -> Result<Exchange, SessionError> {
        let chosen: Vec<AnnotatorId> = match annotators {
            Some(annotators) => annotators.to_vec(),
            None => self.annotators(),
        };
        let states: Vec<(&AnnotatorId, &State)> =
            chosen.iter().filter_map(|id| self.state_of(id).map(|state| (id, state))).collect();
        let mut exchange = Exchange { project: self.exchange_project(&states), articles: Vec::new() };
        let all = 0..self.catalogue.len();
        let chosen: Vec<usize> = match articles {
            Some(articles) => {
                let found: BTreeSet<usize> = articles.iter().filter_map(|id| self.catalogue.idx_of(id)).collect();
                found.into_iter().collect()
            }
            None => all.collect(),
        };
        for row in chosen.into_iter().filter_map(|idx| self.catalogue.row(idx)) {
            let id = row.id();
            let article = self.article(&id)?;
            let mut sets = BTreeMap::new();
            for (by, _) in &states {
                let set = self.load_set(by, &id)?;
                if !set.is_empty() {
                    sets.insert((*by).clone(), set);
                }
            }
            exchange.articles.push(ExchangeArticle {
                name: row.name.to_owned(),
                facts: article.facts.clone(),
                text: Arc::clone(&article.text),
                source: None,
                paragraph_directions: self.paragraph_directions(&id).clone(),
                sets,
            });
        }
        Ok(exchange)
    }

    fn exchange_project(&self, states: &[(&AnnotatorId, &State)]) -> ExchangeProject {
        let mut project = ExchangeProject {
            name: self.header().name.clone(),
            scheme: Some((*self.scheme).clone()),
            ..ExchangeProject::default()
        };
        for (id, state) in states {
            let id = (*id).clone();
            project.annotators.insert(id.clone(), state.profile().cloned().unwrap_or_default());
            if !state.entities().is_empty() {
                project.entities.insert(id.clone(), state.entities().clone());
            }
            if !state.clusters().is_empty() {
                project.clusters.insert(id, state.clusters().clone());
            }
            for (topic, value) in state.topics() {
                project.topics.entry(topic.clone()).or_insert_with(|| value.clone());
            }
        }
        project
    }
}

/// Directions of single paragraphs that came along.
pub(super) fn paragraph_directions(exchange: &Exchange) -> Vec<(ArticleId, usize, Direction)> {
    let of = |article: &ExchangeArticle| {
        let id = article.facts.id.clone();
        article
            .paragraph_directions
            .iter()
            .map(move |(at, direction)| (id.clone(), *at, *direction))
            .collect::<Vec<_>>()
    };
    exchange.articles.iter().flat_map(of).collect()
}
