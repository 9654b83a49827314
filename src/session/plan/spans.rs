//! Spans as people give them: inside the text, widened to whole letters, with a word where they cross others.

use super::{Plan, View};
use crate::model::{AnnotationSet, Article, MentionId, Severity, crosses};
use crate::session::command::CommandError;
use crate::text::{Span, SpanError, SpanSet, check_span, grapheme_span};

/// `spans` as they can be stored on `article`: widened to whole letters with a notice.
///
/// # Errors
/// [`CommandError::Span`] for spans outside the text or that overlap after widening.
pub(super) fn fitted(
    plan: &mut Plan,
    view: &View<'_>,
    article: &Article,
    spans: &SpanSet,
) -> Result<SpanSet, CommandError> {
    let mut fitted = Vec::new();
    let mut widened = None;
    for span in spans.iter() {
        match check_span(&article.text, span) {
            Ok(()) => fitted.push(span),
            Err(SpanError::SplitsGrapheme { .. }) => {
                let wide = grapheme_span(&article.text, span);
                widened = widened.or(Some(wide));
                fitted.push(wide);
            }
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(span) = widened {
        plan.notice(view, "span_widened", Some(span), "The span was widened to whole letters with their marks.");
    }
    Ok(SpanSet::new(fitted)?)
}

/// Adds a warning for each mention that `spans` cross, the mention `own` aside. Never a refusal.
pub(super) fn warn_of_crossing(
    plan: &mut Plan,
    view: &View<'_>,
    set: Option<&AnnotationSet>,
    own: Option<&MentionId>,
    spans: &SpanSet,
) {
    let hull = spans.hull();
    for other in set.iter().flat_map(|set| set.mentions.values()) {
        if Some(&other.id) != own && other.spans.hull().overlaps(hull) && crosses(spans, &other.spans) {
            let message = format!("It crosses the {} mention {:?}.", other.label, other.quote);
            plan.notice(view, "crossing_mention", Some(other.spans.hull()), message);
        }
    }
}

/// Adds a hint where a span lies in a region that is left out.
pub(super) fn hint_left_out(plan: &mut Plan, view: &View<'_>, article: &Article, spans: &SpanSet) {
    let left_out = |span: Span| {
        article
            .facts
            .regions
            .iter()
            .find(|region| !region.include && region.span.overlaps(span))
            .map(|region| region.span)
    };
    if let Some(span) = spans.iter().find_map(left_out) {
        plan.notice(
            view,
            "region_left_out",
            Some(span),
            "It lies in a region that counts and exports leave out; switch the region on if it belongs to the article.",
        );
        if let Some(notice) = plan.notices.last_mut() {
            notice.severity = Severity::Hint;
        }
    }
}

/// The text that `spans` cover, as stored.
///
/// # Errors
/// [`CommandError::Span`] where they do not fit, which [`fitted`] has excluded.
pub(super) fn quote(article: &Article, spans: &SpanSet) -> Result<String, CommandError> {
    spans
        .quote(&article.text)
        .ok_or(CommandError::Span(SpanError::OutOfText { span: spans.hull(), text_len_bytes: article.text.len() }))
}
