//! The shipped schemes: `assets/schemes/*.ron`, part of the program. A project keeps its own copy as a blob.

use std::sync::LazyLock;

use crate::model::{Scheme, localised};

/// Names of the shipped schemes, the default first.
pub const NAMES: [&str; 5] = ["news", "ace2005", "ontonotes5", "conll2003", "wojood21"];

/// Why a text is not a scheme.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SchemeError {
    /// It is not RON, or not of the shape of a scheme.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// It contradicts itself.
    #[error("{reason}")]
    Invalid {
        /// A sentence.
        reason: String,
    },
}

static SHIPPED: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../assets/schemes/news.ron"),
        include_str!("../../assets/schemes/ace2005.ron"),
        include_str!("../../assets/schemes/ontonotes5.ron"),
        include_str!("../../assets/schemes/conll2003.ron"),
        include_str!("../../assets/schemes/wojood21.ron"),
    ];
    // A test holds that all five parse; were one broken, it would be missing from every list rather than end the program.
    texts.into_iter().filter_map(|text| from_ron(text).ok()).collect()
});

/// The shipped scheme of this name.
#[must_use]
pub fn shipped(name: &str) -> Option<Scheme> {
    SHIPPED.iter().find(|scheme| scheme.name == name).cloned()
}

/// The default scheme.
#[must_use]
pub fn news() -> Scheme {
    shipped("news").unwrap_or_else(|| Scheme::empty("empty"))
}

/// The scheme that a RON text holds, checked.
///
/// # Errors
/// [`SchemeError::Syntax`] with its place, [`SchemeError::Invalid`] where ids, keys or initials are used twice, or a
/// colour is not `#RRGGBB`.
pub fn from_ron(text: &str) -> Result<Scheme, SchemeError> {
    let scheme: Scheme = ron::from_str(text).map_err(|error| SchemeError::Syntax {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })?;
    validate(&scheme)?;
    Ok(scheme)
}

/// Checks what the types cannot say.
///
/// # Errors
/// [`SchemeError::Invalid`].
pub fn validate(scheme: &Scheme) -> Result<(), SchemeError> {
    let labels = &scheme.labels;
    unique(labels.iter().map(|label| label.id.to_string()), "the label id")?;
    unique(labels.iter().map(|label| format!("{:?}", label.key)), "the key")?;
    unique(labels.iter().map(|label| label.initial.clone()), "the initial")?;
    for list in
        [&scheme.mention_attributes, &scheme.claim_attributes, &scheme.stance_attributes, &scheme.document_fields]
    {
        unique(list.iter().map(|attribute| attribute.id.to_string()), "the attribute id")?;
    }
    unique(scheme.scales.iter().map(|scale| scale.id.to_string()), "the scale id")?;
    for label in labels {
        for colour in [&label.light, &label.dark] {
            if channels(colour).is_none() {
                let reason = format!("{colour:?} of the label {} is not a colour like #1A2B3C", label.id);
                return Err(SchemeError::Invalid { reason });
            }
        }
        if !"1234567890-".contains(label.key.digit) {
            let reason = format!("the label {} has a key that is not one of 1 to 9, 0 and -", label.id);
            return Err(SchemeError::Invalid { reason });
        }
        if localised(&label.name, "en").is_empty() {
            return Err(SchemeError::Invalid { reason: format!("the label {} has no name", label.id) });
        }
    }
    let unknown = scheme.mention_attributes.iter().flat_map(|attribute| &attribute.labels);
    if let Some(label) = unknown.into_iter().find(|id| scheme.label(id).is_none()) {
        return Err(SchemeError::Invalid {
            reason: format!("an attribute applies to the label {label}, which is missing"),
        });
    }
    Ok(())
}

fn unique(ids: impl Iterator<Item = String>, what: &str) -> Result<(), SchemeError> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if seen.contains(&id) {
            return Err(SchemeError::Invalid { reason: format!("{what} {id} is used twice") });
        }
        seen.insert(id);
    }
    Ok(())
}

/// Red, green and blue of `#RRGGBB`.
#[must_use]
pub fn channels(colour: &str) -> Option<[u8; 3]> {
    let hex =
        colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let value = u32::from_str_radix(hex, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attribute, AttributeKind, Localised};

    /// Relative luminance of WCAG 2.
    fn luminance(colour: &str) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = channels(colour).unwrap();
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// `top` laid over `ground` with an opacity, as the window blends fills.
    fn blend(top: &str, ground: &str, opacity: f64) -> String {
        let (top, ground) = (channels(top).unwrap(), channels(ground).unwrap());
        let mixed = |idx: usize| (f64::from(top[idx]) * opacity + f64::from(ground[idx]) * (1.0 - opacity)).round();
        format!("#{:02X}{:02X}{:02X}", mixed(0) as u8, mixed(1) as u8, mixed(2) as u8)
    }

    #[test]
    fn all_five_parse_with_unique_ids_keys_and_initials() {
        let texts = [
            include_str!("../../assets/schemes/news.ron"),
            include_str!("../../assets/schemes/ace2005.ron"),
            include_str!("../../assets/schemes/ontonotes5.ron"),
            include_str!("../../assets/schemes/conll2003.ron"),
            include_str!("../../assets/schemes/wojood21.ron"),
        ];
        let labels = [11, 7, 18, 4, 21];
        for ((text, name), labels) in texts.into_iter().zip(NAMES).zip(labels) {
            let scheme = from_ron(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(scheme.name, name);
            assert_eq!(scheme.labels.len(), labels, "{name}");
            assert_eq!(shipped(name), Some(scheme));
        }
    }

    #[test]
    fn colours_keep_the_contrast_that_the_scheme_promises() {
        for scheme in NAMES.map(|name| shipped(name).unwrap()) {
            for label in &scheme.labels {
                let (light, dark) = (contrast(&label.light, "#FFFFFF"), contrast(&label.dark, "#1B1B1F"));
                assert!(light >= 3.0, "{} {} on light: {light:.2}", scheme.name, label.id);
                assert!(dark >= 3.2, "{} {} on dark: {dark:.2}", scheme.name, label.id);
                let fill = contrast("#111111", &blend(&label.light, "#FFFFFF", 0.18));
                let dark_fill = contrast("#F2F2F2", &blend(&label.dark, "#1B1B1F", 0.28));
                assert!(fill >= 13.0, "{} {} text on its fill: {fill:.2}", scheme.name, label.id);
                assert!(dark_fill >= 7.2, "{} {} text on its dark fill: {dark_fill:.2}", scheme.name, label.id);
            }
        }
    }

    #[test]
    fn labels_of_one_colour_differ_by_line() {
        for scheme in NAMES.map(|name| shipped(name).unwrap()) {
            for (idx, label) in scheme.labels.iter().enumerate() {
                for other in scheme.labels.iter().skip(idx + 1) {
                    let alike = label.light == other.light && label.line == other.line;
                    assert!(!alike, "{}: {} and {} look alike", scheme.name, label.id, other.id);
                }
            }
        }
    }

    #[test]
    fn everything_has_a_name_in_english_and_arabic() {
        let both = |texts: &Localised, what: &str| {
            for language in ["en", "ar"] {
                assert!(texts.get(language).is_some_and(|text| !text.trim().is_empty()), "{what} lacks {language}");
            }
        };
        let attribute = |attribute: &Attribute| {
            both(&attribute.name, attribute.id.as_str());
            both(&attribute.help, attribute.id.as_str());
            if let AttributeKind::OneOf(choices) | AttributeKind::Choose(choices) = &attribute.kind {
                for choice in choices {
                    both(&choice.name, &choice.id);
                }
            }
        };
        for scheme in NAMES.map(|name| shipped(name).unwrap()) {
            for label in &scheme.labels {
                both(&label.name, label.id.as_str());
                both(&label.definition, label.id.as_str());
                both(&label.help, label.id.as_str());
                label.subtypes.iter().for_each(|choice| both(&choice.name, &choice.id));
            }
            let lists = [&scheme.mention_attributes, &scheme.claim_attributes, &scheme.stance_attributes];
            lists.into_iter().flatten().chain(&scheme.document_fields).for_each(attribute);
            for scale in &scheme.scales {
                both(&scale.name, scale.id.as_str());
                for value in &scale.values {
                    both(&value.name, &value.id);
                    both(&value.help, &value.id);
                }
            }
            scheme.help.iter().for_each(|(key, texts)| both(texts, key));
            assert!(scheme.cues.get("ar").is_some_and(|cues| cues.len() > 20), "{}", scheme.name);
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let mut scheme = news();
        scheme.labels[1].initial = scheme.labels[0].initial.clone();
        assert!(validate(&scheme).unwrap_err().to_string().contains("initial P"));
        let mut scheme = news();
        scheme.labels[0].light = "red".to_owned();
        assert!(validate(&scheme).is_err());
        assert!(matches!(from_ron("(name: 1)"), Err(SchemeError::Syntax { line: 1, .. })));
    }
}
