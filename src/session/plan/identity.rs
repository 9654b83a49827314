//! Commands that say which mentions mean one thing: merging, splitting, moving. The sets they are about are in memory.

use std::collections::{BTreeMap, BTreeSet};

use super::{Plan, View};
use crate::edit::{Content, Edit, Place};
use crate::model::{ArticleId, Entity, EntityId, Mention, MentionId, Renaming, Wholes, localised, united};
use crate::session::command::{Command, CommandError};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    match command {
        Command::MergeEntities { kept, others } => merge(&mut plan, view, kept, others)?,
        Command::SplitEntity { entity, mentions, into } => split(&mut plan, view, entity, mentions, into)?,
        Command::GiveNewEntity { article, mention, entity } => {
            let new = Entity { id: EntityId::new(""), ..entity.as_ref().clone() };
            super::project::put_entity(&mut plan, view, &new)?;
            let id = EntityId::new(plan.id.as_deref().unwrap_or_default());
            give(&mut plan, view, None, &[(article.clone(), mention.clone())], &id)?;
        }
        Command::MoveMentions { mentions, entity } => {
            need(view, entity)?;
            give(&mut plan, view, None, mentions, entity)?;
            plan.id = Some(entity.to_string());
        }
        _ => {}
    }
    Ok(plan)
}

fn need<'a>(view: &View<'a>, id: &EntityId) -> Result<&'a Entity, CommandError> {
    let missing = || CommandError::NotFound { what: "entity", id: id.to_string() };
    view.state.entities().get(id).ok_or_else(missing)
}

fn merge(plan: &mut Plan, view: &View<'_>, kept: &EntityId, others: &[EntityId]) -> Result<(), CommandError> {
    let from: BTreeSet<EntityId> = others.iter().filter(|id| *id != kept).cloned().collect();
    let first = need(view, kept)?;
    plan.id = Some(kept.to_string());
    let joining: Vec<&Entity> =
        others.iter().filter(|id| from.contains(*id)).map(|id| need(view, id)).collect::<Result<_, _>>()?;
    if joining.is_empty() {
        return Err(CommandError::Invalid { reason: "Merging needs two entities or more.".to_owned() });
    }
    let one = united(first, &joining)
        .map_err(|error| CommandError::Invalid { reason: format!("They cannot be merged: {error}.") })?;
    let renaming = Renaming { from: &from, to: kept };
    let one = renaming.entity(&one).unwrap_or(one);
    for (what, lost) in [
        ("part_of", joining.iter().any(|other| other.part_of.is_some() && other.part_of != one.part_of)),
        ("holder", joining.iter().any(|other| other.holder.is_some() && other.holder != one.holder)),
        ("type", joining.iter().any(|other| other.kind.is_some() && other.kind != one.kind)),
    ] {
        if lost {
            plan.notice(view, "merge_chose", None, format!("They differ in {what}; that of {} stays.", name_of(&one)));
        }
    }
    plan.put(view, Place::Entity(kept.clone()), Some(Content::Entity(Box::new(one))));
    for (article, set) in view.state.sets() {
        for (id, mention) in &set.mentions {
            if let Some(after) = renaming.mention(mention) {
                let after = Content::Mention(Box::new(after));
                change(
                    plan,
                    Place::Mention(article.clone(), id.clone()),
                    Content::Mention(Box::new(mention.clone())),
                    after,
                );
            }
        }
        for (id, claim) in &set.claims {
            if let Some(after) = renaming.claim(claim) {
                let after = Content::Claim(Box::new(after));
                change(plan, Place::Claim(article.clone(), id.clone()), Content::Claim(Box::new(claim.clone())), after);
            }
        }
        for (id, stance) in &set.stances {
            if let Some(after) = renaming.stance(stance) {
                let after = Content::Stance(Box::new(after));
                change(
                    plan,
                    Place::Stance(article.clone(), id.clone()),
                    Content::Stance(Box::new(stance.clone())),
                    after,
                );
            }
        }
    }
    for (id, entity) in view.state.entities() {
        if *id != *kept
            && !from.contains(id)
            && entity.has_links()
            && let Some(after) = renaming.entity(entity)
        {
            plan.put(view, Place::Entity(id.clone()), Some(Content::Entity(Box::new(after))));
        }
    }
    for id in from {
        plan.put(view, Place::Entity(id), None);
    }
    check_links(view, plan)
}

fn change(plan: &mut Plan, place: Place, before: Content, after: Content) {
    plan.edits.push(Edit { place, over: Vec::new(), before: Some(before), after: Some(after) });
}

fn split(
    plan: &mut Plan,
    view: &View<'_>,
    entity: &EntityId,
    mentions: &[(ArticleId, MentionId)],
    into: &Entity,
) -> Result<(), CommandError> {
    need(view, entity)?;
    if mentions.is_empty() {
        return Err(CommandError::Invalid { reason: "Splitting needs a mention that goes.".to_owned() });
    }
    super::project::put_entity(plan, view, into)?;
    let id = EntityId::new(plan.id.as_deref().unwrap_or_default());
    if plan.edits.iter().any(|edit| edit.before.is_some()) || id == *entity {
        let reason = format!("There is an entity {id} already; move the mentions to it instead.");
        return Err(CommandError::Invalid { reason });
    }
    give(plan, view, Some(entity), mentions, &id)
}

/// Gives mentions to an entity; they must be those of `of`, if it is named.
fn give(
    plan: &mut Plan,
    view: &View<'_>,
    of: Option<&EntityId>,
    mentions: &[(ArticleId, MentionId)],
    entity: &EntityId,
) -> Result<(), CommandError> {
    let chosen: BTreeSet<&(ArticleId, MentionId)> = mentions.iter().collect();
    for (article, id) in chosen {
        let found = view.set(article).and_then(|set| set.mentions.get(id));
        let mention = found.ok_or_else(|| CommandError::NotFound { what: "mention", id: id.to_string() })?;
        if of.is_some() && mention.entity.as_ref() != of {
            let reason = format!("The mention {id} ({:?}) is not one of the entity's any more.", mention.quote);
            return Err(CommandError::Invalid { reason });
        }
        let after = Mention { entity: Some(entity.clone()), ..mention.clone() };
        plan.put(view, Place::Mention(article.clone(), id.clone()), Some(Content::Mention(Box::new(after))));
    }
    Ok(())
}

/// The first name of an entity, or its id.
fn name_of(entity: &Entity) -> String {
    let name = localised(&entity.name, "en");
    if name.is_empty() { entity.id.to_string() } else { format!("{name:?}") }
}

/// Refuses links that an entity gets by these edits and that lead back to it: to itself, or through members and wholes.
pub(super) fn check_links(view: &View<'_>, plan: &Plan) -> Result<(), CommandError> {
    let changed: BTreeMap<&EntityId, Option<&Entity>> = plan
        .edits
        .iter()
        .filter_map(|edit| match (&edit.place, &edit.after) {
            (Place::Entity(id), Some(Content::Entity(entity))) => Some((id, Some(entity.as_ref()))),
            (Place::Entity(id), _) => Some((id, None)),
            _ => None,
        })
        .collect();
    let links = |entity: &Entity| (entity.members.clone(), entity.part_of.clone());
    let is_new = |entity: &Entity| view.state.entities().get(&entity.id).map(links) != Some(links(entity));
    let linked: Vec<&Entity> =
        changed.values().flatten().copied().filter(|entity| entity.has_links() && is_new(entity)).collect();
    if let Some(own) = changed.values().flatten().find(|entity| entity.holder.as_ref() == Some(&entity.id)) {
        return Err(CommandError::Invalid { reason: format!("The entity {} cannot be its own holder.", name_of(own)) });
    }
    if linked.is_empty() {
        return Ok(());
    }
    let stays = view.state.entities().iter().filter(|(id, _)| !changed.contains_key(*id)).map(|(_, entity)| entity);
    let wholes = Wholes::of(stays.chain(changed.values().flatten().copied()).filter(|entity| entity.has_links()));
    let before = Wholes::of(view.state.entities().values().filter(|entity| entity.has_links()));
    for entity in linked {
        // What went round before, as an import may have it, must not block other work.
        if before.circle(&entity.id).is_none()
            && let Some(circle) = wholes.circle(&entity.id)
        {
            let find = |id: &EntityId| changed.get(id).copied().flatten().or_else(|| view.state.entities().get(id));
            let names: Vec<String> = circle.iter().map(|id| find(id).map_or_else(|| id.to_string(), name_of)).collect();
            let reason = match names.as_slice() {
                [one] => format!("The entity {one} cannot be a part or a member of itself."),
                _ => format!(
                    "That would make {} a part of itself, by way of {}; take one of these links away first.",
                    name_of(entity),
                    names.iter().skip(1).cloned().collect::<Vec<_>>().join(", ")
                ),
            };
            return Err(CommandError::Invalid { reason });
        }
    }
    Ok(())
}
