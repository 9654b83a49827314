//! Commands about an article as a whole: status, notes, fields, regions, facts, directions, sentences.

use super::attributes::checked_value;
use super::{Plan, View};
use crate::edit::{ArticleFact, Content, FactKind, Place, StatusValue};
use crate::model::{
    Article, ArticleId, AttributeId, AttributeValue, Direction, Region, RegionKind, RegionState, Status,
};
use crate::session::command::{Command, CommandError};
use crate::text::{Span, check_span, is_grapheme_boundary, paragraphs};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    match command {
        Command::SetStatus { article, status, reason } => {
            view.need_article(article)?;
            let reason = if *status == Status::Skipped { reason.trim().to_owned() } else { String::new() };
            let value = StatusValue { status: *status, reason };
            let after = (value != StatusValue::default()).then_some(Content::Status(value));
            plan.put(view, Place::Status(article.clone()), after);
        }
        Command::SetFlag { article, flagged } => {
            view.need_article(article)?;
            plan.put(view, Place::Flag(article.clone()), flagged.then_some(Content::Marked));
        }
        Command::SetArticleNote { article, note } => {
            view.need_article(article)?;
            let after = (!note.is_empty()).then(|| Content::Note(note.clone()));
            plan.put(view, Place::Note(article.clone()), after);
        }
        Command::SetField { article, field, value } => set_field(&mut plan, view, article, field, value.as_ref())?,
        Command::SetRegion { article, span, kind, include } => {
            set_region(&mut plan, view, article, *span, *kind, *include)?;
        }
        Command::RemoveRegion { article, span } => {
            view.need_article(article)?;
            let place = Place::Region(article.clone(), *span);
            if view.state.value(&place).is_none() {
                return Err(CommandError::NotFound { what: "region", id: span.to_string() });
            }
            plan.put(view, place, None);
        }
        Command::ConfirmRegions { article } => {
            view.need_article(article)?;
            for mut region in view.state.regions(article) {
                region.state = RegionState::Confirmed;
                plan.put(view, Place::Region(article.clone(), region.span), Some(Content::Region(region)));
            }
        }
        Command::SetFact { article, fact, value } => set_fact(&mut plan, view, article, *fact, value)?,
        Command::SetParagraphDirection { article, at, direction } => {
            set_direction(&mut plan, view, article, *at, *direction)?;
        }
        Command::SetSentenceBoundary { article, at, boundary } => {
            let text = &view.need_article(article)?.text;
            if *at == 0 || *at >= text.len() || !is_grapheme_boundary(text, *at) {
                let reason =
                    format!("Byte {at} is not between two letters of the text, so no sentence can begin there.");
                return Err(CommandError::Invalid { reason });
            }
            plan.put(view, Place::SentenceOverride(article.clone(), *at), boundary.map(Content::Boundary));
        }
        _ => {}
    }
    Ok(plan)
}

fn set_field(
    plan: &mut Plan,
    view: &View<'_>,
    article: &ArticleId,
    field: &str,
    value: Option<&AttributeValue>,
) -> Result<(), CommandError> {
    view.need_article(article)?;
    let id = AttributeId::from(field);
    let fields = &view.scheme.document_fields;
    let stored = match value {
        Some(value) => checked_value(view.scheme, fields, "articles", None, &id, value)?,
        // Removing also works for a field that the scheme no longer has.
        None => None,
    };
    plan.put(view, Place::DocumentField(article.clone(), field.to_owned()), stored.map(Content::Field));
    Ok(())
}

/// Whether a region of this kind is looked at unless a person says otherwise.
const fn is_included(kind: RegionKind) -> bool {
    matches!(kind, RegionKind::Title | RegionKind::Lead | RegionKind::Body | RegionKind::Caption)
}

fn set_region(
    plan: &mut Plan,
    view: &View<'_>,
    article_id: &ArticleId,
    span: Span,
    kind: Option<RegionKind>,
    include: Option<bool>,
) -> Result<(), CommandError> {
    let article = view.need_article(article_id)?;
    check_span(&article.text, span)?;
    let place = Place::Region(article_id.clone(), span);
    let before = match view.state.value(&place) {
        Some(Content::Region(region)) => Some(region),
        _ => None,
    };
    let mut region = match (before, kind) {
        (Some(region), _) => region,
        (None, Some(kind)) => new_region(view, article, span, kind)?,
        (None, None) => {
            let reason = format!("There is no region at {span}; say what kind it is to make one.");
            return Err(CommandError::Invalid { reason });
        }
    };
    if let Some(kind) = kind
        && kind != region.kind
    {
        region.kind = kind;
        region.include = is_included(kind);
        if kind == RegionKind::Body {
            region.duplicate_of = None;
        }
    }
    region.include = include.unwrap_or(region.include);
    region.state = RegionState::Confirmed;
    plan.put(view, place, Some(Content::Region(region)));
    Ok(())
}

fn new_region(view: &View<'_>, article: &Article, span: Span, kind: RegionKind) -> Result<Region, CommandError> {
    if span.is_empty() {
        return Err(CommandError::Invalid { reason: format!("A region cannot be empty, as {span} is.") });
    }
    let regions = view.state.regions(&article.facts.id);
    if let Some(other) = regions.iter().find(|other| other.span.overlaps(span)) {
        let reason = format!("The region at {} covers part of {span}; remove it first.", other.span);
        return Err(CommandError::Invalid { reason });
    }
    Ok(Region { kind, span, include: is_included(kind), state: RegionState::Confirmed, duplicate_of: None })
}

fn set_fact(
    plan: &mut Plan,
    view: &View<'_>,
    article: &ArticleId,
    fact: FactKind,
    value: &ArticleFact,
) -> Result<(), CommandError> {
    view.need_article(article)?;
    let is_valid = match (fact, value) {
        (FactKind::Direction, ArticleFact::Direction(_)) => true,
        (FactKind::Direction, _) | (_, ArticleFact::Direction(_)) => false,
        (FactKind::Date, ArticleFact::Text(date)) => is_date(date),
        (FactKind::Language, ArticleFact::Text(tag)) => {
            tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        }
        _ => true,
    };
    if !is_valid {
        let (name, allowed) = match fact {
            FactKind::Direction => ("direction", "auto, rtl or ltr"),
            FactKind::Date => ("date", "an ISO date (2026-11-24, 2026-11 or 2026), or nothing"),
            FactKind::Language => ("language", "a language tag (ar, fa, en-GB), or nothing"),
            _ => ("fact", "text"),
        };
        return Err(CommandError::BadValue {
            attribute: name.to_owned(),
            value: match value {
                ArticleFact::Text(text) => format!("{text:?}"),
                ArticleFact::Direction(_) => "a direction".to_owned(),
            },
            allowed: allowed.to_owned(),
        });
    }
    plan.put(view, Place::Fact(article.clone(), fact), Some(Content::Fact(value.clone())));
    Ok(())
}

/// Whether `text` is empty or begins like an ISO date: year, year and month, or a full date, perhaps with a time.
fn is_date(text: &str) -> bool {
    let date = text.split('T').next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let is_number = |part: &&str, len: usize, most: u32| {
        part.len() == len
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|number: u32| number <= most)
    };
    match parts.as_slice() {
        [""] => text.is_empty(),
        [year] => is_number(year, 4, 9999) && !text.contains('T'),
        [year, month] => is_number(year, 4, 9999) && is_number(month, 2, 12) && !text.contains('T'),
        [year, month, day] => is_number(year, 4, 9999) && is_number(month, 2, 12) && is_number(day, 2, 31),
        _ => false,
    }
}

fn set_direction(
    plan: &mut Plan,
    view: &View<'_>,
    article: &ArticleId,
    at: usize,
    direction: Option<Direction>,
) -> Result<(), CommandError> {
    let text = &view.need_article(article)?.text;
    if !paragraphs(text).iter().any(|paragraph| paragraph.start() == at) {
        return Err(CommandError::Invalid { reason: format!("No paragraph starts at byte {at}.") });
    }
    plan.put(view, Place::ParagraphDirection(article.clone(), at), direction.map(Content::Direction));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_are_iso_or_nothing() {
        for good in ["", "2026", "2026-11", "2026-11-24", "2026-11-24T09:00:00Z"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["24.11.2026", "2026-13", "2026-1-1", "yesterday", "2026-11-24-1", "T", "2026T09"] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
