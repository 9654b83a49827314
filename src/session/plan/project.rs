//! Commands that are not about one article: entities, clusters, topics, profile, settings, imports.

use super::attributes::label as label_of;
use super::{Plan, View};
use crate::edit::{Content, Place};
use crate::model::{ClaimCluster, ClusterId, Entity, EntityId, ImportId, Topic, TopicId, is_qid};
use crate::session::command::{Command, CommandError};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    match command {
        Command::PutEntity { entity } => put_entity(&mut plan, view, entity)?,
        Command::DeleteEntity { entity } => {
            delete(&mut plan, view, Place::Entity(entity.clone()), "entity", entity.as_str())?;
        }
        Command::SetEntityNote { entity, note } => {
            let place = Place::Entity(entity.clone());
            let Some(Content::Entity(mut value)) = view.state.value(&place) else {
                return Err(CommandError::NotFound { what: "entity", id: entity.to_string() });
            };
            value.note.clone_from(note);
            plan.id = Some(entity.to_string());
            plan.put(view, place, Some(Content::Entity(value)));
        }
        Command::PutCluster { cluster } => put_cluster(&mut plan, view, cluster)?,
        Command::DeleteCluster { cluster } => {
            delete(&mut plan, view, Place::Cluster(cluster.clone()), "cluster", cluster.as_str())?;
        }
        Command::PutTopic { id, topic } => put_topic(&mut plan, view, id, topic)?,
        Command::DeleteTopic { topic } => {
            delete(&mut plan, view, Place::Topic(topic.clone()), "topic", topic.as_str())?;
        }
        Command::SetProfile { profile } => {
            plan.put(view, Place::Profile, Some(Content::Profile(profile.clone())));
        }
        Command::SetExportProfile { name, json } => {
            plan.put(view, Place::ExportProfile(name.clone()), json.clone().map(Content::Json));
        }
        Command::SetSetting { name, json } => {
            plan.put(view, Place::Setting(name.clone()), json.clone().map(Content::Json));
        }
        Command::SetPlan { plan: blob } => {
            plan.id = blob.as_ref().map(ToString::to_string);
            plan.put(view, Place::Plan, blob.clone().map(Content::Blob));
        }
        Command::RegisterImport { import } => {
            plan.id = Some(import.to_string());
            plan.put(view, Place::Registration(import.clone()), Some(Content::Registered));
        }
        Command::WithdrawImport { import } => withdraw(&mut plan, view, import)?,
        _ => {}
    }
    Ok(plan)
}

fn delete(plan: &mut Plan, view: &View<'_>, place: Place, what: &'static str, id: &str) -> Result<(), CommandError> {
    if view.state.value(&place).is_none() {
        return Err(CommandError::NotFound { what, id: id.to_owned() });
    }
    plan.id = Some(id.to_owned());
    plan.put(view, place, None);
    Ok(())
}

pub(super) fn put_entity(plan: &mut Plan, view: &View<'_>, given: &Entity) -> Result<(), CommandError> {
    let mut entity = given.clone();
    entity.id = EntityId::from(view.id_or_new("entity", given.id.as_str())?);
    if let Some(kind) = &entity.kind {
        label_of(view.scheme, kind)?;
    }
    if let Some(qid) = &entity.qid
        && !is_qid(qid)
    {
        return Err(CommandError::BadValue {
            attribute: "qid".to_owned(),
            value: format!("{qid:?}"),
            allowed: "a Wikidata id (Q42), NIL, or nothing".to_owned(),
        });
    }
    plan.id = Some(entity.id.to_string());
    plan.put(view, Place::Entity(entity.id.clone()), Some(Content::Entity(Box::new(entity))));
    super::identity::check_links(view, plan)
}

fn put_cluster(plan: &mut Plan, view: &View<'_>, given: &ClaimCluster) -> Result<(), CommandError> {
    let mut cluster = given.clone();
    cluster.id = ClusterId::from(view.id_or_new("cluster", given.id.as_str())?);
    if cluster.contradicts.contains(&cluster.id) || cluster.in_tension_with.contains(&cluster.id) {
        let reason = format!("The cluster {} cannot stand against itself.", cluster.id);
        return Err(CommandError::Invalid { reason });
    }
    plan.id = Some(cluster.id.to_string());
    plan.put(view, Place::Cluster(cluster.id.clone()), Some(Content::Cluster(Box::new(cluster))));
    Ok(())
}

fn put_topic(plan: &mut Plan, view: &View<'_>, id: &TopicId, topic: &Topic) -> Result<(), CommandError> {
    let id = TopicId::from(view.id_or_new("topic", id.as_str())?);
    if topic.wording.values().all(|wording| wording.trim().is_empty()) {
        return Err(CommandError::Invalid { reason: "A topic needs a wording.".to_owned() });
    }
    plan.id = Some(id.to_string());
    plan.put(view, Place::Topic(id), Some(Content::Topic(Box::new(topic.clone()))));
    Ok(())
}

fn withdraw(plan: &mut Plan, view: &View<'_>, import: &ImportId) -> Result<(), CommandError> {
    if !view.state.registrations().contains(import) {
        let reason = format!("The import {import} was not registered by {}, so only others can take it back.", view.by);
        return Err(CommandError::Invalid { reason });
    }
    plan.id = Some(import.to_string());
    plan.put(view, Place::Registration(import.clone()), None);
    Ok(())
}
