//! What a character is for the rules of this folder: letter, digit, punctuation; and the scripts that have rules.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// Class of a character, or of a grapheme by its first telling character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// White space and ZWSP.
    Space,
    /// A letter (tatweel is one to Unicode).
    Letter,
    /// A mark without a letter under it.
    Mark,
    /// A decimal digit.
    Digit,
    /// Punctuation, `%` included.
    Punctuation,
    /// Controls and format characters: bidi controls, soft hyphen, BOM.
    Control,
    /// Everything else.
    Symbol,
}

/// Scripts that have rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Arabic,
    Hebrew,
    Latin,
    Other,
}

/// White space in the sense of words: Unicode's `White_Space` and the zero-width space.
pub(crate) fn is_space(letter: char) -> bool {
    letter == '\u{200B}' || letter.is_whitespace()
}

/// The class of one character.
pub(crate) fn class(letter: char) -> Class {
    if letter.is_ascii_alphabetic() || matches!(letter, '\u{620}'..='\u{64A}' | '\u{5D0}'..='\u{5EA}') {
        return Class::Letter;
    }
    if is_space(letter) {
        return Class::Space;
    }
    match letter.general_category_group() {
        GeneralCategoryGroup::Letter => Class::Letter,
        GeneralCategoryGroup::Mark => Class::Mark,
        GeneralCategoryGroup::Number if letter.general_category() == GeneralCategory::DecimalNumber => Class::Digit,
        GeneralCategoryGroup::Punctuation => Class::Punctuation,
        GeneralCategoryGroup::Other
            if matches!(letter.general_category(), GeneralCategory::Control | GeneralCategory::Format) =>
        {
            Class::Control
        }
        _ => Class::Symbol,
    }
}

/// The class of a grapheme cluster: that of its first character that is no mark and no control, else of its first.
pub(crate) fn cluster_class(cluster: &str) -> Class {
    let mut first = None;
    for letter in cluster.chars() {
        match class(letter) {
            Class::Mark | Class::Control => first = first.or(Some(class(letter))),
            Class::Digit if cluster.contains('\u{20E3}') => return Class::Symbol,
            found => return found,
        }
    }
    first.unwrap_or(Class::Control)
}

/// The script of a letter.
pub(crate) const fn script(letter: char) -> Script {
    match letter {
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{870}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}' => Script::Hebrew,
        'A'..='Z'
        | 'a'..='z'
        | '\u{AA}'
        | '\u{BA}'
        | '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{250}'..='\u{2AF}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}'
        | '\u{AB30}'..='\u{AB6F}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}' => Script::Latin,
        _ => Script::Other,
    }
}

/// The script of the first letter of `word`.
pub(crate) fn script_of(word: &str) -> Script {
    word.chars().find(|letter| class(*letter) == Class::Letter && *letter != '\u{640}').map_or(Script::Other, script)
}

/// Number of letters of `word`; marks, tatweel and joiners do not count.
pub(crate) fn letter_count(word: &str) -> usize {
    word.chars().filter(|letter| *letter != '\u{640}' && class(*letter) == Class::Letter).count()
}
