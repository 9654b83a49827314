//! References as strings: `m1`, `entity:E1`, `claim:c1`, `claim:<article>/<id>`, `cluster:k1`, `topic:t1`, `@author`,
//! `text:<free text>`.

use super::ids::{id_from_file, is_valid_id};
use crate::formats::Findings;
use crate::model::{ArticleId, ClaimId, ClusterId, EntityId, MentionId, Ref, Severity, TopicId};

/// Begins the article id of a claim of another article while only that article's name is known.
const BY_NAME: &str = "name ";

/// The reference that `text` stands for. A claim of another article holds the article's *name* until
/// [`article_name`] has been asked and the id put in.
///
/// # Errors
/// A sentence, where it is no reference.
pub fn reference_from_text(text: &str) -> Result<Ref, String> {
    if text == "@author" {
        return Ok(Ref::Author);
    }
    let Some((kind, rest)) = text.split_once(':') else {
        return if is_valid_id(text) {
            Ok(Ref::Mention(MentionId::new(text)))
        } else {
            Err(format!(
                "{text:?} is no reference: use a mention's id, entity:, claim:, cluster:, topic:, text: or @author"
            ))
        };
    };
    let id = id_from_file(rest);
    Ok(match kind {
        "entity" => Ref::Entity(EntityId::new(id)),
        "cluster" => Ref::Cluster(ClusterId::new(id)),
        "topic" => Ref::Topic(TopicId::new(id)),
        "text" => Ref::Text(rest.to_owned()),
        "claim" => match rest.rsplit_once('/') {
            Some((article, claim)) => {
                let article = ArticleId::new(format!("{BY_NAME}{}", decode_slashes(article)));
                Ref::ClaimOf(article, ClaimId::new(id_from_file(claim)))
            }
            None => Ref::Claim(ClaimId::new(id)),
        },
        _ => {
            return Err(format!(
                "{text:?} is no reference: {kind}: is not known; use entity:, claim:, cluster:, topic:, text: or @author"
            ));
        }
    })
}

/// The reference, or free text with a finding.
pub fn reference_or_text(text: &str, path: &str, findings: &mut Findings) -> Ref {
    reference_from_text(text).unwrap_or_else(|error| {
        findings.add(Severity::Warning, "odd_reference", format!("{path}: {error}; it was kept as free text"));
        Ref::Text(text.to_owned())
    })
}

/// The article name that a claim of another article was given with, while it has no id yet.
#[must_use]
pub fn article_name(article: &ArticleId) -> Option<&str> {
    article.as_str().strip_prefix(BY_NAME)
}

/// An article name as it stands in a reference to one of its claims.
pub fn encode_slashes(name: &str) -> String {
    name.replace('%', "%25").replace('/', "%2F")
}

fn decode_slashes(name: &str) -> String {
    name.replace("%2F", "/").replace("%2f", "/").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_apart() {
        assert_eq!(reference_from_text("m1"), Ok(Ref::Mention("m1".into())));
        assert_eq!(reference_from_text("@author"), Ok(Ref::Author));
        assert_eq!(reference_from_text("entity:E1"), Ok(Ref::Entity("E1".into())));
        assert_eq!(reference_from_text("text:a: b"), Ok(Ref::Text("a: b".into())));
        assert_eq!(reference_from_text("claim:c1"), Ok(Ref::Claim("c1".into())));
        let Ok(Ref::ClaimOf(article, claim)) = reference_from_text("claim:a%2Fb%25/c1") else { panic!() };
        assert_eq!((article_name(&article), claim.as_str()), (Some("a/b%"), "c1"));
        assert_eq!(encode_slashes("a/b%"), "a%2Fb%25");
        assert!(reference_from_text("two words").is_err());
        assert!(reference_from_text("person:x").is_err());
    }
}
