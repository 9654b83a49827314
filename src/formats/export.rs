//! What every exporter offers, and the report of what it loses.

use std::collections::BTreeMap;

use crate::model::{ArticleId, ExchangeArticle, ExchangeProject};

/// What an exporter makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// One file for the whole export.
    OneFile,
    /// One file per article, with this ending.
    FilePerArticle {
        /// With the dot.
        ending: &'static str,
    },
}

/// Writes one format. The caller names all articles of the project, then shows every article to [`Exporter::survey`] first, in order, then asks for the loss,
/// then for [`Exporter::begin`] and each [`Exporter::article`], in the same order.
pub trait Exporter {
    /// One file, or one per article.
    fn output(&self) -> Output;

    /// Tells the name of an article that others may refer to, whether it is exported or not. Comes before the survey.
    fn name_article(&mut self, _article: &ArticleId, _name: &str) {}

    /// Looks at an article before anything is written.
    fn survey(&mut self, article: &ExchangeArticle);

    /// What the format cannot carry of the articles surveyed.
    fn loss(&self) -> LossReport;

    /// What stands before all articles; empty for formats of one file per article.
    fn begin(&mut self, project: &ExchangeProject) -> String;

    /// One article.
    fn article(&mut self, article: &ExchangeArticle) -> String;
}

/// What a format cannot carry of some data: kind of thing to what it concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LossReport {
    lost: BTreeMap<&'static str, Vec<String>>,
}

impl LossReport {
    /// Adds a loss: `kind` is a stable plural in English (`mentions`), `id` what it concerns.
    pub fn add(&mut self, kind: &'static str, id: impl Into<String>) {
        self.lost.entry(kind).or_default().push(id.into());
    }

    /// Whether everything is carried.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty()
    }

    /// Kinds with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.lost.iter().map(|(kind, ids)| (*kind, ids.as_slice()))
    }

    /// The report as JSON: `{"format","lost":[{"what","count","ids"}]}`.
    #[must_use]
    pub fn to_json(&self, format: &str) -> serde_json::Value {
        let lost: Vec<_> = self
            .iter()
            .map(|(what, ids)| serde_json::json!({ "what": what, "count": ids.len(), "ids": ids }))
            .collect();
        serde_json::json!({ "format": format, "lost": lost })
    }
}
