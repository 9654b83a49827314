//! Commands about mentions.

use super::attributes::{checked, checked_value, label as label_of, mentions_of};
use super::spans::{fitted, hint_left_out, quote, warn_of_crossing};
use super::{Plan, View};
use crate::edit::{Content, Place};
use crate::model::{
    ArticleId, AttributeId, AttributeValue, Attributes, Extra, LabelId, Mention, MentionId, Provenance,
};
use crate::session::command::{Command, CommandError};
use crate::text::{Span, SpanError, SpanSet};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    match command {
        Command::AddMention { article, label, spans, attributes } => add(view, article, label, spans, attributes),
        Command::PutMention { article, mention } => put(view, article, mention),
        Command::SetLabel { article, mention, label } => set_label(view, article, mention, label),
        Command::SetSpans { article, mention, spans } => {
            let mention = need(view, article, mention)?;
            respan(view, article, mention, spans, Plan::default())
        }
        Command::AddFragment { article, mention, span } => {
            let mention = need(view, article, mention)?;
            let mut plan = Plan::default();
            let piece = fitted(&mut plan, view, view.need_article(article)?, &SpanSet::one(*span)?)?;
            let spans = mention.spans.with(piece.hull())?;
            respan(view, article, mention, &spans, plan)
        }
        Command::RemoveFragment { article, mention, at } => {
            let mention = need(view, article, mention)?;
            let spans = without_piece(&mention.spans, *at)?;
            respan(view, article, mention, &spans, Plan::default())
        }
        Command::SetAttribute { article, mention, attribute, value } => {
            set_attribute(view, article, mention, attribute, value.as_ref())
        }
        Command::SetMentionEntity { article, mention, entity } => {
            change(view, article, mention, |mention| mention.entity.clone_from(entity))
        }
        _ => Ok(Plan::default()),
    }
}

/// The mention, or why not.
pub(super) fn need<'a>(view: &View<'a>, article: &ArticleId, id: &MentionId) -> Result<&'a Mention, CommandError> {
    view.need_article(article)?;
    view.set(article)
        .and_then(|set| set.mentions.get(id))
        .ok_or_else(|| CommandError::NotFound { what: "mention", id: id.to_string() })
}

fn add(
    view: &View<'_>,
    article_id: &ArticleId,
    label: &LabelId,
    spans: &SpanSet,
    attributes: &Attributes,
) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    let article = view.need_article(article_id)?;
    let label = label_of(view.scheme, label)?;
    let spans = fitted(&mut plan, view, article, spans)?;
    let set = view.set(article_id);
    let same =
        set.and_then(|set| set.mentions.values().find(|mention| mention.label == label.id && mention.spans == spans));
    if let Some(same) = same {
        let message = format!("The mention {:?} is labelled {} already.", same.quote, same.label);
        plan.notice(view, "already_there", Some(spans.hull()), message);
        plan.id = Some(same.id.to_string());
        plan.spans = Some(spans);
        return Ok(plan);
    }
    let attributes =
        checked(view.scheme, &view.scheme.mention_attributes, &mentions_of(label), Some(label), attributes)?;
    let mut mention = Mention {
        id: MentionId::from(view.env.new_id()),
        quote: quote(article, &spans)?,
        label: label.id.clone(),
        attributes,
        entity: None,
        note: String::new(),
        provenance: view.made_now(),
        extra: Extra::new(),
        spans,
    };
    fill_norm(view, None, &mut mention);
    warn_of_crossing(&mut plan, view, set, None, &mention.spans);
    hint_left_out(&mut plan, view, article, &mention.spans);
    Ok(store(plan, view, article_id, mention))
}

fn put(view: &View<'_>, article_id: &ArticleId, given: &Mention) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    let article = view.need_article(article_id)?;
    let label = label_of(view.scheme, &given.label)?;
    let mut mention = given.clone();
    mention.id = MentionId::from(view.id_or_new("mention", given.id.as_str())?);
    mention.spans = fitted(&mut plan, view, article, &given.spans)?;
    mention.quote = quote(article, &mention.spans)?;
    mention.attributes =
        checked(view.scheme, &view.scheme.mention_attributes, &mentions_of(label), Some(label), &given.attributes)?;
    let set = view.set(article_id);
    let before = set.and_then(|set| set.mentions.get(&mention.id)).map(|before| &before.provenance);
    mention.provenance = provenance(view, before, &given.provenance);
    warn_of_crossing(&mut plan, view, set, Some(&mention.id), &mention.spans);
    Ok(store(plan, view, article_id, mention))
}

/// Who and when stay with what is edited; how it came about is as given.
pub(super) fn provenance(view: &View<'_>, before: Option<&Provenance>, given: &Provenance) -> Provenance {
    let mut provenance = before.cloned().unwrap_or_else(|| view.made_now());
    provenance.origin = given.origin.clone();
    provenance
}

fn set_label(view: &View<'_>, article: &ArticleId, id: &MentionId, label: &LabelId) -> Result<Plan, CommandError> {
    let mut mention = need(view, article, id)?.clone();
    let mut plan = Plan::default();
    if mention.label == *label {
        plan.id = Some(id.to_string());
        plan.notice(view, "already_there", Some(mention.spans.hull()), format!("It is labelled {label} already."));
        return Ok(plan);
    }
    let label = label_of(view.scheme, label)?;
    mention.label = label.id.clone();
    let of = mentions_of(label);
    let given = std::mem::take(&mut mention.attributes);
    let mut dropped = Vec::new();
    for (attribute, value) in given {
        match checked_value(view.scheme, &view.scheme.mention_attributes, &of, Some(label), &attribute, &value) {
            Ok(Some(value)) => {
                mention.attributes.insert(attribute, value);
            }
            Ok(None) => {}
            Err(_) => dropped.push(attribute.to_string()),
        }
    }
    if !dropped.is_empty() {
        let message = format!("{} does not apply to {} and was removed.", dropped.join(", "), label.id);
        plan.notice(view, "attribute_dropped", Some(mention.spans.hull()), message);
    }
    Ok(store(plan, view, article, mention))
}

fn set_attribute(
    view: &View<'_>,
    article: &ArticleId,
    id: &MentionId,
    attribute: &AttributeId,
    value: Option<&AttributeValue>,
) -> Result<Plan, CommandError> {
    let mut mention = need(view, article, id)?.clone();
    let label = label_of(view.scheme, &mention.label)?;
    let known = &view.scheme.mention_attributes;
    let stored = match value {
        Some(value) => checked_value(view.scheme, known, &mentions_of(label), Some(label), attribute, value)?,
        None => None,
    };
    match stored {
        Some(value) => mention.attributes.insert(attribute.clone(), value),
        None => mention.attributes.remove(attribute),
    };
    Ok(store(Plan::default(), view, article, mention))
}

fn change(
    view: &View<'_>,
    article: &ArticleId,
    id: &MentionId,
    how: impl FnOnce(&mut Mention),
) -> Result<Plan, CommandError> {
    let mut mention = need(view, article, id)?.clone();
    how(&mut mention);
    Ok(store(Plan::default(), view, article, mention))
}

/// Gives `mention` other spans, with its quote and, where a clitic was cut, its full form.
pub(super) fn respan(
    view: &View<'_>,
    article_id: &ArticleId,
    mention: &Mention,
    spans: &SpanSet,
    mut plan: Plan,
) -> Result<Plan, CommandError> {
    let article = view.need_article(article_id)?;
    let mut changed = mention.clone();
    changed.spans = fitted(&mut plan, view, article, spans)?;
    changed.quote = quote(article, &changed.spans)?;
    fill_norm(view, Some(mention), &mut changed);
    if changed.spans != mention.spans {
        let set = view.set(article_id);
        let twin = set.and_then(|set| {
            let mut others = set.mentions.values().filter(|other| other.id != changed.id);
            others.find(|other| other.label == changed.label && other.spans == changed.spans)
        });
        if twin.is_some() {
            let message = format!("There is another {} mention on exactly this text.", changed.label);
            plan.notice(view, "duplicate_mention", Some(changed.spans.hull()), message);
        }
        warn_of_crossing(&mut plan, view, set, Some(&changed.id), &changed.spans);
    }
    Ok(store(plan, view, article_id, changed))
}

fn store(mut plan: Plan, view: &View<'_>, article: &ArticleId, mention: Mention) -> Plan {
    plan.id = Some(mention.id.to_string());
    plan.spans = Some(mention.spans.clone());
    let place = Place::Mention(article.clone(), mention.id.clone());
    plan.put(view, place, Some(Content::Mention(Box::new(mention))));
    plan
}

/// Stores the full form of a residue whose surface lost a letter, as the ladder gives it, and takes back the one that
/// the ladder gave for the old edges. A form that a person wrote stays.
fn fill_norm(view: &View<'_>, before: Option<&Mention>, mention: &mut Mention) {
    let norm_id = AttributeId::from("norm");
    let applies = view.scheme.mention_attribute(&norm_id).is_some_and(|norm| norm.applies_to(&mention.label));
    if !applies {
        return;
    }
    let held = mention.attributes.get(&norm_id).cloned();
    if let Some(before) = before {
        if before.spans == mention.spans {
            return;
        }
        let given = full_form(view, &before.spans).map(AttributeValue::Text);
        if held.is_some() && held != given {
            return;
        }
        mention.attributes.remove(&norm_id);
    } else if held.is_some() {
        return;
    }
    if let Some(norm) = full_form(view, &mention.spans) {
        mention.attributes.insert(norm_id, AttributeValue::Text(norm));
    }
}

/// The full form of exactly these edges, if letters are missing there.
fn full_form(view: &View<'_>, spans: &SpanSet) -> Option<String> {
    let span = spans.hull();
    if spans.is_discontinuous() || !cuts_a_word(view, span) {
        return None;
    }
    view.lookup.norm(span)
}

fn cuts_a_word(view: &View<'_>, span: Span) -> bool {
    super::edges::to_whole_words(&view.lookup.words(), span) != span
}

fn without_piece(spans: &SpanSet, at: usize) -> Result<SpanSet, CommandError> {
    let rest: Vec<Span> = spans.iter().filter(|piece| !piece.contains(at)).collect();
    if rest.len() == spans.as_slice().len() {
        return Err(CommandError::NotFound { what: "piece at byte", id: at.to_string() });
    }
    SpanSet::new(rest).map_err(|error| match error {
        SpanError::NoSpan => CommandError::Invalid {
            reason: "It is the only piece of the mention; delete the mention instead.".to_owned(),
        },
        error => error.into(),
    })
}
