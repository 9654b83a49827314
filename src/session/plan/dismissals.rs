//! Dismissing findings of the checks, and taking that back.

use super::{Plan, View};
use crate::edit::{Content, Place};
use crate::model::{AnnotationSet, ArticleId, Rule};
use crate::session::command::{Command, CommandError};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    match command {
        Command::DismissFinding { article, code, id, reason } => dismiss(view, article, code, id, reason),
        Command::RestoreFinding { article, code, id } => restore(view, article, code, id),
        _ => Ok(Plan::default()),
    }
}

fn dismiss(view: &View<'_>, article: &ArticleId, code: &str, id: &str, reason: &str) -> Result<Plan, CommandError> {
    view.need_article(article)?;
    let bad = |reason: String| Err(CommandError::Invalid { reason });
    if Rule::from_code(code).is_none() {
        return bad(format!("No rule of the checks has the code {code:?}; hashiya check prints the codes."));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return bad("A finding is dismissed with a reason; write one.".to_owned());
    }
    if reason.contains(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')) {
        return bad("The reason is one line.".to_owned());
    }
    if !is_there(view, article, id) {
        return Err(CommandError::NotFound { what: "annotation or entity", id: id.to_owned() });
    }
    let mut plan = Plan::default();
    let place = Place::Dismissed(article.clone(), code.to_owned(), id.to_owned());
    plan.put(view, place, Some(Content::Dismissed(reason.to_owned())));
    Ok(plan)
}

/// Whether a finding can be about this: something of the set, or of the annotator's entities, clusters and topics.
fn is_there(view: &View<'_>, article: &ArticleId, id: &str) -> bool {
    let in_set = |set: &AnnotationSet| {
        set.mentions.contains_key(id) || set.claims.contains_key(id) || set.stances.contains_key(id)
    };
    let state = view.state;
    id.is_empty()
        || view.set(article).is_some_and(in_set)
        || state.entities().contains_key(id)
        || state.clusters().contains_key(id)
        || state.topics().contains_key(id)
}

fn restore(view: &View<'_>, article: &ArticleId, code: &str, id: &str) -> Result<Plan, CommandError> {
    view.need_article(article)?;
    let place = Place::Dismissed(article.clone(), code.to_owned(), id.to_owned());
    if view.state.value(&place).is_none() {
        return Err(CommandError::NotFound {
            what: "dismissed finding",
            id: format!("{code} {id}").trim_end().to_owned(),
        });
    }
    let mut plan = Plan::default();
    plan.put(view, place, None);
    Ok(plan)
}
