//! Commands about claims and stances, and deleting annotations of any kind.

use std::collections::BTreeSet;

use super::attributes::checked;
use super::mentions::provenance;
use super::spans::{fitted, quote};
use super::{Plan, View};
use crate::edit::{Content, Place};
use crate::model::{
    AnnotationId, AnnotationSet, Article, ArticleId, AttributeId, AttributeKind, Claim, ClaimId, Rule, Stance,
    StanceId, stance_rules, verdict_lacks_evidence,
};
use crate::session::command::{Command, CommandError};
use crate::text::SpanSet;

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    match command {
        Command::PutClaim { article, claim } => put_claim(view, article, claim),
        Command::PutStance { article, stance } => put_stance(view, article, stance),
        Command::SetNote { article, what, note } => set_note(view, article, what, note),
        Command::Delete { article, what } => delete(view, article, what),
        _ => Ok(Plan::default()),
    }
}

fn put_claim(view: &View<'_>, article_id: &ArticleId, given: &Claim) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    let article = view.need_article(article_id)?;
    let mut claim = given.clone();
    claim.id = ClaimId::from(view.id_or_new("claim", given.id.as_str())?);
    claim.content = fitted(&mut plan, view, article, &given.content)?;
    claim.quote = quote(article, &claim.content)?;
    for link in &mut claim.chain {
        link.spans = fitted_if_any(&mut plan, view, article, link.spans.as_ref())?;
        link.cue = fitted_if_any(&mut plan, view, article, link.cue.as_ref())?;
    }
    let known = &view.scheme.claim_attributes;
    claim.attributes = checked(view.scheme, known, "claims", None, &given.attributes)?;
    check_verdict(&mut plan, view, &claim)?;
    let set = view.set(article_id);
    check_nesting(set, &claim)?;
    let before = set.and_then(|set| set.claims.get(&claim.id)).map(|before| &before.provenance);
    claim.provenance = provenance(view, before, &given.provenance);
    plan.id = Some(claim.id.to_string());
    plan.spans = Some(claim.content.clone());
    let place = Place::Claim(article_id.clone(), claim.id.clone());
    plan.put(view, place, Some(Content::Claim(Box::new(claim))));
    Ok(plan)
}

fn fitted_if_any(
    plan: &mut Plan,
    view: &View<'_>,
    article: &Article,
    spans: Option<&SpanSet>,
) -> Result<Option<SpanSet>, CommandError> {
    spans.map(|spans| fitted(plan, view, article, spans)).transpose()
}

/// A verdict is one of the scheme's; that it rests on evidence is a warning, so that work can be kept half done.
fn check_verdict(plan: &mut Plan, view: &View<'_>, claim: &Claim) -> Result<(), CommandError> {
    let id = AttributeId::from("verdict");
    if claim.attributes.contains_key(&id) {
        let reason = "The verdict of a claim is given as `verdict`, with its evidence, not among the attributes.";
        return Err(CommandError::Invalid { reason: reason.to_owned() });
    }
    let Some(verdict) = &claim.verdict else { return Ok(()) };
    let attribute = view.scheme.claim_attributes.iter().find(|attribute| attribute.id == id);
    if let Some(AttributeKind::OneOf(choices) | AttributeKind::Choose(choices)) = attribute.map(|found| &found.kind)
        && !choices.iter().any(|choice| choice.id == verdict.value)
    {
        let allowed: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        return Err(CommandError::BadValue {
            attribute: "verdict".to_owned(),
            value: format!("{:?}", verdict.value),
            allowed: allowed.join(", "),
        });
    }
    if verdict_lacks_evidence(verdict) {
        let rule = Rule::VerdictWithoutEvidence;
        plan.notice(view, rule.code(), Some(claim.content.hull()), rule.sentence());
    }
    Ok(())
}

/// No claim may be nested in itself, directly or through others.
fn check_nesting(set: Option<&AnnotationSet>, claim: &Claim) -> Result<(), CommandError> {
    let mut seen = BTreeSet::from([&claim.id]);
    let mut outer = claim.nested_in.as_ref();
    while let Some(id) = outer {
        if !seen.insert(id) {
            return Err(CommandError::Invalid { reason: format!("The claim {} would be nested in itself.", claim.id) });
        }
        outer = set.and_then(|set| set.claims.get(id)).and_then(|claim| claim.nested_in.as_ref());
    }
    Ok(())
}

fn put_stance(view: &View<'_>, article_id: &ArticleId, given: &Stance) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    let article = view.need_article(article_id)?;
    let mut stance = given.clone();
    stance.id = StanceId::from(view.id_or_new("stance", given.id.as_str())?);
    stance.evidence = fitted_if_any(&mut plan, view, article, given.evidence.as_ref())?;
    stance.quote = match &stance.evidence {
        Some(evidence) => quote(article, evidence)?,
        None => String::new(),
    };
    let scales = &view.scheme.scales;
    let Some(scale) = scales.iter().find(|scale| scale.id == stance.scale) else {
        let allowed: Vec<&str> = scales.iter().map(|scale| scale.id.as_str()).collect();
        return Err(bad("scale", stance.scale.as_str(), &allowed));
    };
    if !scale.values.iter().any(|value| value.id == stance.value) {
        let allowed: Vec<&str> = scale.values.iter().map(|value| value.id.as_str()).collect();
        return Err(bad("label", &stance.value, &allowed));
    }
    let known = &view.scheme.stance_attributes;
    stance.attributes = checked(view.scheme, known, "stances", None, &given.attributes)?;
    let before = view.set(article_id).and_then(|set| set.stances.get(&stance.id)).map(|before| &before.provenance);
    stance.provenance = provenance(view, before, &given.provenance);
    for rule in stance_rules(&stance) {
        plan.notice(view, rule.code(), stance.evidence.as_ref().map(SpanSet::hull), rule.sentence());
    }
    plan.id = Some(stance.id.to_string());
    plan.spans.clone_from(&stance.evidence);
    let place = Place::Stance(article_id.clone(), stance.id.clone());
    plan.put(view, place, Some(Content::Stance(Box::new(stance))));
    Ok(plan)
}

fn bad(attribute: &str, value: &str, allowed: &[&str]) -> CommandError {
    CommandError::BadValue {
        attribute: attribute.to_owned(),
        value: format!("{value:?}"),
        allowed: if allowed.is_empty() { "nothing: the scheme has none".to_owned() } else { allowed.join(", ") },
    }
}

/// The note alone: what else the annotation holds stays as it is, also what the scheme no longer knows.
fn set_note(view: &View<'_>, article: &ArticleId, what: &AnnotationId, note: &str) -> Result<Plan, CommandError> {
    view.need_article(article)?;
    let (place, kind, id) = place_of(article, what);
    let mut content =
        view.state.value(&place).ok_or_else(|| CommandError::NotFound { what: kind, id: id.to_owned() })?;
    match &mut content {
        Content::Mention(mention) => note.clone_into(&mut mention.note),
        Content::Claim(claim) => note.clone_into(&mut claim.note),
        Content::Stance(stance) => note.clone_into(&mut stance.note),
        _ => {}
    }
    let mut plan = Plan { id: Some(id.to_owned()), ..Plan::default() };
    plan.put(view, place, Some(content));
    Ok(plan)
}

fn place_of<'a>(article: &ArticleId, what: &'a AnnotationId) -> (Place, &'static str, &'a str) {
    match what {
        AnnotationId::Mention(id) => (Place::Mention(article.clone(), id.clone()), "mention", id.as_str()),
        AnnotationId::Claim(id) => (Place::Claim(article.clone(), id.clone()), "claim", id.as_str()),
        AnnotationId::Stance(id) => (Place::Stance(article.clone(), id.clone()), "stance", id.as_str()),
    }
}

fn delete(view: &View<'_>, article: &ArticleId, what: &[AnnotationId]) -> Result<Plan, CommandError> {
    view.need_article(article)?;
    let mut plan = Plan::default();
    let distinct: BTreeSet<&AnnotationId> = what.iter().collect();
    for annotation in &distinct {
        let (place, kind, id) = place_of(article, annotation);
        if view.state.value(&place).is_none() {
            return Err(CommandError::NotFound { what: kind, id: id.to_owned() });
        }
        if distinct.len() == 1 {
            plan.id = Some(id.to_owned());
        }
        plan.put(view, place, None);
    }
    Ok(plan)
}
