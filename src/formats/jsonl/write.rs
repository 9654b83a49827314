//! The exporter of our own format: it carries everything.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::ids::names_of;
use super::write_items::{Names, annotation_names, article_object, entity_object};
use super::{Unit, VERSION};
use crate::formats::{Exporter, LossReport, Output};
use crate::model::{AnnotatorId, ArticleId, ClusterId, EntityId, ExchangeArticle, ExchangeProject};

/// Makes the exporter.
#[must_use]
pub fn exporter() -> Box<dyn Exporter> {
    Box::<JsonlExporter>::default()
}

#[derive(Default)]
struct JsonlExporter {
    names: Names,
    /// Claims by annotator and cluster, as the header lists them.
    members: BTreeMap<(AnnotatorId, ClusterId), Vec<String>>,
}

impl Exporter for JsonlExporter {
    fn output(&self) -> Output {
        Output::OneFile
    }

    fn name_article(&mut self, article: &ArticleId, name: &str) {
        self.names.articles.insert(article.clone(), name.to_owned());
    }

    fn survey(&mut self, article: &ExchangeArticle) {
        self.names.articles.insert(article.facts.id.clone(), article.name.clone());
        for (annotator, set) in &article.sets {
            let names = annotation_names(set);
            for claim in set.claims.values() {
                let name = names.get(claim.id.as_str()).cloned().unwrap_or_default();
                if let Some(cluster) = &claim.cluster {
                    let key = (annotator.clone(), cluster.clone());
                    self.members.entry(key).or_default().push(format!("{}/{name}", article.name));
                }
                self.names.claims.insert((article.facts.id.clone(), claim.id.to_string()), name);
            }
        }
    }

    fn loss(&self) -> LossReport {
        LossReport::default()
    }

    fn begin(&mut self, project: &ExchangeProject) -> String {
        let annotators: std::collections::BTreeSet<&AnnotatorId> =
            project.entities.keys().chain(project.clusters.keys()).collect();
        for annotator in annotators {
            let entities: Vec<&str> =
                project.entities.get(annotator).into_iter().flatten().map(|(id, _)| id.as_str()).collect();
            let clusters: Vec<&str> =
                project.clusters.get(annotator).into_iter().flatten().map(|(id, _)| id.as_str()).collect();
            let mut names = names_of(entities);
            names.extend(names_of(clusters));
            self.names.things.insert(annotator.clone(), names);
        }
        let header = json!({
            "hashiya_jsonl": VERSION,
            "unit": Unit::Codepoint.name(),
            "project": self.project_object(project),
        });
        format!("{header}\n")
    }

    fn article(&mut self, article: &ExchangeArticle) -> String {
        format!("{}\n", article_object(article, &self.names, Unit::Codepoint))
    }
}

impl JsonlExporter {
    fn project_object(&self, project: &ExchangeProject) -> Value {
        let mut out = Map::new();
        out.insert("name".into(), project.name.as_str().into());
        out.insert("scheme".into(), json!(project.scheme));
        let annotators = project.annotators.iter().map(|(id, profile)| {
            if profile.display_name.is_empty() {
                json!(id.as_str())
            } else {
                json!({ "id": id.as_str(), "name": profile.display_name })
            }
        });
        out.insert("annotators".into(), annotators.collect());
        let topics = project.topics.iter().map(|(id, topic)| json!({ "id": id.as_str(), "wording": topic.wording }));
        out.insert("topics".into(), topics.collect());
        let entities = project.entities.iter().filter(|(_, entities)| !entities.is_empty()).map(|(annotator, all)| {
            let names = self.names.things.get(annotator);
            let mut list: Vec<(String, Value)> =
                all.values().map(|entity| (self.thing(annotator, &entity.id), entity_object(entity, names))).collect();
            list.sort_by(|a, b| a.0.cmp(&b.0));
            (annotator.to_string(), list.into_iter().map(|(_, value)| value).collect())
        });
        out.insert("entities".into(), Value::Object(entities.collect()));
        let clusters = project.clusters.iter().filter(|(_, clusters)| !clusters.is_empty());
        let clusters = clusters.map(|(annotator, all)| {
            let name = |id: &ClusterId| self.cluster(annotator, id);
            let list = all.values().map(|cluster| {
                let key = (annotator.clone(), cluster.id.clone());
                let mut object = json!({
                    "id": name(&cluster.id),
                    "claims": self.members.get(&key).cloned().unwrap_or_default(),
                    "contradicts": cluster.contradicts.iter().map(name).collect::<Vec<_>>(),
                    "in_tension_with": cluster.in_tension_with.iter().map(name).collect::<Vec<_>>(),
                });
                if let Some(object) = object.as_object_mut().filter(|_| !cluster.note.is_empty()) {
                    object.insert("note".into(), cluster.note.as_str().into());
                }
                (name(&cluster.id), object)
            });
            let mut list: Vec<(String, Value)> = list.collect();
            list.sort_by(|a, b| a.0.cmp(&b.0));
            (annotator.to_string(), list.into_iter().map(|(_, value)| value).collect())
        });
        out.insert("clusters".into(), Value::Object(clusters.collect()));
        Value::Object(out)
    }

    fn thing(&self, annotator: &AnnotatorId, id: &EntityId) -> String {
        let names = self.names.things.get(annotator);
        names.and_then(|names| names.get(id.as_str())).map_or(id.as_str(), String::as_str).to_owned()
    }

    fn cluster(&self, annotator: &AnnotatorId, id: &ClusterId) -> String {
        let names = self.names.things.get(annotator);
        names.and_then(|names| names.get(id.as_str())).map_or(id.as_str(), String::as_str).to_owned()
    }
}
