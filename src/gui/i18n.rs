//! The words of the interface, from Fluent files, in English and Arabic.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

/// Languages of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English, left to right.
    #[default]
    English,
    /// Arabic, right to left.
    Arabic,
}

impl Language {
    /// BCP 47 code, also the key into the scheme's names.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Whether it reads right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Arabic
    }

    fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("../../assets/i18n/en/hashiya.ftl"),
            Self::Arabic => include_str!("../../assets/i18n/ar/hashiya.ftl"),
        }
    }
}

/// Which digits counts and dates of the interface use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// 0 to 9.
    #[default]
    Western,
    /// U+0660 to U+0669.
    Arabic,
}

/// An argument of a message.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A count; chooses the plural form and is written in the interface's digits.
    Count(usize),
    /// User text, or anything else that may run in either direction; isolated.
    Text(&'a str),
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

/// All messages of one language.
pub struct I18n {
    language: Language,
    digits: Digits,
    bundle: FluentBundle<FluentResource>,
    /// Messages without arguments, formatted once.
    plain: BTreeMap<String, String>,
}

impl std::fmt::Debug for I18n {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("I18n").field("language", &self.language).field("digits", &self.digits).finish_non_exhaustive()
    }
}

impl I18n {
    /// Loads the messages of `language`. A message that cannot be parsed is left out (a test excludes that).
    #[must_use]
    pub fn new(language: Language, digits: Digits) -> Self {
        let resource = match FluentResource::try_new(language.file().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let ids = message_ids(language.file());
        let locale = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![locale]);
        // User text is isolated by `with`; isolating counts as well would only burden screen readers.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match digits {
            Digits::Western => |value: &FluentValue<'_>, _: &_| grouped(value),
            Digits::Arabic => |value: &FluentValue<'_>, _: &_| grouped(value).map(|text| arabic_digits(&text)),
        }));
        bundle.add_resource_overriding(resource);
        let mut plain = BTreeMap::new();
        for id in ids {
            let Some(pattern) = bundle.get_message(&id).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors);
            if errors.is_empty() {
                plain.insert(id.clone(), text.into_owned());
            }
        }
        Self { language, digits, bundle, plain }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the interface reads right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.language.is_rtl()
    }

    /// The message without arguments; its id if there is none, so that a hole is seen and nothing fails.
    #[must_use]
    pub fn text<'a>(&'a self, id: &'a str) -> &'a str {
        self.plain.get(id).map_or(id, String::as_str)
    }

    /// The message with arguments; its id if there is none.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Count(count) => values.set(Cow::Owned((*name).to_owned()), self.counted(*count)),
                Arg::Text(text) => values.set(Cow::Owned((*name).to_owned()), isolated(text)),
            }
        }
        self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// A count as a value that chooses the right plural form, with the count itself to be written.
    ///
    /// The library's rules for Arabic ask for `n` where CLDR asks for `n % 100` (`few`: 3 to 10, `many`: 11 to 99). So the
    /// number by which the form is chosen is one below 100 of the same form, or 100.
    fn counted(&self, count: usize) -> FluentValue<'static> {
        if self.language != Language::Arabic || count <= 100 {
            // As it is, so that a message can name a number as well.
            return FluentValue::from(count as f64);
        }
        let chooses = Some(count % 100).filter(|of_hundred| *of_hundred >= 3).unwrap_or(100);
        // No other option fits a number that is only carried along; nothing here reads it as what it is called.
        let options = FluentNumberOptions { maximum_significant_digits: Some(count), ..FluentNumberOptions::default() };
        FluentNumber::new(chooses as f64, options).into()
    }

    /// A count in the interface's digits, grouped by thousands.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        self.digits(&grouped_text(&count.to_string()))
    }

    /// `text` (a date, a count) in the interface's digits.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        match self.digits {
            Digits::Western => text.to_owned(),
            Digits::Arabic => arabic_digits(text),
        }
    }
}

/// `text` between isolates, so that its direction does not change what stands around it.
#[must_use]
pub fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// `text` as one left-to-right run: ranges, dates, paths, codes.
#[must_use]
pub fn left_to_right(text: &str) -> String {
    // Arabic digits stand in their own order around a hyphen, whatever surrounds them, unless the order is given. A text
    // with letters keeps theirs.
    let is_arabic_number = text.contains(|c| matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}'));
    if is_arabic_number && !text.contains(char::is_alphabetic) {
        return format!("\u{2066}\u{202d}{text}\u{202c}\u{2069}");
    }
    format!("\u{2066}{text}\u{2069}")
}

/// `text` without the isolates that [`isolated`] and [`left_to_right`] add; what a screen reader gets.
#[must_use]
pub fn without_isolates(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{202c}' | '\u{202d}')).collect()
}

fn grouped(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(match number.options.maximum_significant_digits {
            Some(count) => grouped_text(&count.to_string()),
            None => grouped_text(&number.as_string()),
        }),
        _ => None,
    }
}

/// `1840` as `1,840`; four digits and more.
fn grouped_text(digits: &str) -> String {
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn arabic_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x0660).unwrap_or(c),
            ',' => '\u{066c}',
            other => other,
        })
        .collect()
}

/// Ids of the messages in a Fluent file: the words at the start of a line before `=`.
fn message_ids(file: &str) -> Vec<String> {
    file.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_parse_and_have_the_same_messages() {
        let ids = |language: Language| {
            let parsed = FluentResource::try_new(language.file().to_owned());
            assert!(parsed.is_ok(), "{language:?}: {:?}", parsed.err().map(|(_, errors)| errors));
            let mut ids = message_ids(language.file());
            ids.sort();
            for pair in ids.windows(2) {
                assert_ne!(pair[0], pair[1], "twice in {language:?}");
            }
            ids
        };
        assert_eq!(ids(Language::English), ids(Language::Arabic));
    }

    #[test]
    fn every_command_has_its_words_in_both_languages() {
        for language in [Language::English, Language::Arabic] {
            let i18n = I18n::new(language, Digits::Western);
            for spec in crate::gui::command::all() {
                for id in [spec.title, spec.help] {
                    assert!(i18n.bundle.has_message(id), "{language:?} lacks {id}");
                }
            }
        }
    }

    #[test]
    fn arabic_plurals_follow_the_six_forms() {
        let i18n = I18n::new(Language::Arabic, Digits::Western);
        let forms: Vec<String> = [0, 1, 2, 3, 11, 100].map(|n| i18n.with("entity-here", &[("n", n.into())])).to_vec();
        let mut distinct = forms.clone();
        distinct.dedup();
        assert_eq!(distinct.len(), 6, "{forms:?}");
        assert!(!forms[1].contains('1') && !forms[2].contains('2'), "one and two are words: {forms:?}");
        // What CLDR says of the two last digits holds for large counts as well.
        let form = |n: usize| i18n.with("entity-here", &[("n", n.into())]).replace(&i18n.count(n), "#");
        for (n, like) in [(103, 3), (110, 10), (1_003, 3), (111, 11), (199, 99), (100_054, 54)] {
            assert_eq!(form(n), form(like), "{n} as {like}");
        }
        for n in [101, 102, 200, 1_000, 100_001, 100_002] {
            assert_eq!(form(n), form(100), "{n} as 100");
        }
        assert!(i18n.with("entity-here", &[("n", 100_054.into())]).contains("100,054"));
    }

    #[test]
    fn dates_run_from_left_to_right_in_every_digits_and_direction() {
        for (text, level) in [("2026-11-25", 0), ("2026-11-25", 1), ("2026-11", 1)] {
            for text in [text.to_owned(), arabic_digits(text)] {
                // After an Arabic letter, as in a sentence.
                let sentence = format!("\u{628} {} \u{628}", left_to_right(&text));
                let level = unicode_bidi::Level::new(level).unwrap();
                let bidi = unicode_bidi::BidiInfo::new(&sentence, Some(level));
                let shown = bidi.reorder_line(&bidi.paragraphs[0], 0..sentence.len());
                assert!(shown.contains(&text), "{text} is shown as {shown}");
            }
        }
        assert_eq!(without_isolates(&left_to_right(&arabic_digits("2026-11"))), arabic_digits("2026-11"));
    }

    #[test]
    fn digits_are_a_choice() {
        let arabic = I18n::new(Language::Arabic, Digits::Arabic);
        assert_eq!(arabic.count(1840), "\u{0661}\u{066c}\u{0668}\u{0664}\u{0660}");
        assert_eq!(I18n::new(Language::Arabic, Digits::Western).count(1840), "1,840");
        assert_eq!(
            I18n::new(Language::English, Digits::Western).with("count-mentions", &[("n", 1840.into())]),
            "1,840 mentions"
        );
    }

    #[test]
    fn user_text_is_isolated() {
        let i18n = I18n::new(Language::English, Digits::Western);
        let text = i18n.with("window-title", &[("project", "\u{645}".into())]);
        assert!(text.contains("\u{2068}\u{645}\u{2069}"), "{text:?}");
        assert!(!without_isolates(&text).contains('\u{2068}'));
    }
}
