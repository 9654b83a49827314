//! Quotation marks, brackets and particles at the edges of a span.

/// Opening marks with the marks that close them. In Arabic text the curly ones stand either way round.
const PAIRS: &[(char, char)] = &[
    ('"', '"'),
    ('\u{AB}', '\u{BB}'),
    ('\u{BB}', '\u{AB}'),
    ('\u{201C}', '\u{201D}'),
    ('\u{201D}', '\u{201C}'),
    ('\u{201E}', '\u{201C}'),
    ('\u{2039}', '\u{203A}'),
];

/// Whether the letter is a quotation mark that comes in pairs.
pub(super) fn is_quote(letter: char) -> bool {
    PAIRS.iter().any(|(open, close)| *open == letter || *close == letter)
}

/// Whether one pair of quotation marks encloses all of `text`: the first and the last letter, and no mark of their kind
/// between them, so that two quotations side by side are not one.
pub(super) fn is_enclosed(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let (Some(first), Some(last)) = (letters.next(), letters.next_back()) else { return false };
    PAIRS.contains(&(first, last)) && !letters.any(|letter| letter == first || letter == last)
}

/// Whether a quotation mark of `text` has no partner in it.
pub(super) fn has_lone_quote(text: &str) -> bool {
    let count = |marks: &[char]| text.chars().filter(|letter| marks.contains(letter)).count();
    let curly = count(&['\u{201C}', '\u{201D}', '\u{201E}']);
    let angle = (count(&['\u{AB}']), count(&['\u{BB}']));
    // After a figure the straight mark says inches or seconds; such texts are left alone.
    let is_measure = text.as_bytes().windows(2).any(|pair| matches!(pair, [digit, b'"'] if digit.is_ascii_digit()));
    (!is_measure && count(&['"']) % 2 == 1) || curly % 2 == 1 || angle.0 != angle.1
}

/// Whether a piece in brackets stands at an edge of `text` and something stands beside it.
pub(super) fn has_brackets_at_edge(text: &str) -> bool {
    let text = text.trim();
    let cut = |open: char, close: char| {
        let starts = text.starts_with(open) && text.find(close).is_some_and(|at| at + close.len_utf8() < text.len());
        let ends = text.ends_with(close) && text.rfind(open).is_some_and(|at| at > 0);
        starts || ends
    };
    cut('[', ']') || cut('(', ')')
}

/// The particles that introduce a clause, and the pronouns that they may carry.
const PARTICLES: &[&str] = &["\u{625}\u{646}", "\u{623}\u{646}", "\u{628}\u{623}\u{646}"];
const PRONOUNS: &[&str] = &[
    "",
    "\u{647}",
    "\u{647}\u{627}",
    "\u{647}\u{645}",
    "\u{647}\u{645}\u{627}",
    "\u{647}\u{646}",
    "\u{643}",
    "\u{643}\u{645}",
    "\u{646}\u{627}",
    "\u{646}\u{64A}",
    "\u{64A}",
];

/// Whether `word` (without marks of vowels) is such a particle, alone or with a pronoun.
pub(super) fn is_particle(word: &str) -> bool {
    let is_vowel = |letter: &char| !('\u{64B}'..='\u{652}').contains(letter) && *letter != '\u{640}';
    let bare: String = word.chars().filter(is_vowel).collect();
    PARTICLES.iter().any(|particle| bare.strip_prefix(particle).is_some_and(|rest| PRONOUNS.contains(&rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_that_encloses_everything_is_told_from_two_side_by_side() {
        for enclosed in ["\"a b\"", "\u{AB}a\u{BB}", "\u{201C}a\u{201D}", "\u{201D}a\u{201C}", "\u{AB}a \"b\" c\u{BB}"]
        {
            assert!(is_enclosed(enclosed), "{enclosed}");
        }
        for not in ["a", "\"", "\"a", "\"a\" and \"b\"", "a \"b\"", "\u{AB}a\u{BB} b", "\u{AB}a\u{BB} \u{AB}b\u{BB}"] {
            assert!(!is_enclosed(not), "{not}");
        }
    }

    #[test]
    fn marks_come_in_pairs() {
        for lone in ["a \"b", "\u{AB}a", "a\u{BB}", "a \u{201C}b"] {
            assert!(has_lone_quote(lone), "{lone}");
        }
        for paired in ["a", "\"a\" b", "\u{AB}a\u{BB}", "\u{201D}a\u{201C}", "a 5\" screen"] {
            assert!(!has_lone_quote(paired), "{paired}");
        }
    }

    #[test]
    fn insertions_at_an_edge_are_told_from_a_whole_in_brackets() {
        for edge in ["[he] came", "he came (today)", "(he) came"] {
            assert!(has_brackets_at_edge(edge), "{edge}");
        }
        for not in ["he [Ali] came", "(he came)", "he came", "he came)"] {
            assert!(!has_brackets_at_edge(not), "{not}");
        }
    }

    #[test]
    fn particles_may_carry_a_pronoun_and_vowels() {
        for particle in [
            "\u{623}\u{646}",
            "\u{625}\u{650}\u{646}\u{651}",
            "\u{628}\u{623}\u{646}\u{647}",
            "\u{623}\u{646}\u{647}\u{627}",
            "\u{625}\u{646}\u{646}\u{627}",
        ] {
            assert!(is_particle(particle), "{particle}");
        }
        // "I", "he finished", "produced", "then".
        for word in
            ["\u{623}\u{646}\u{627}", "\u{623}\u{646}\u{647}\u{649}", "\u{623}\u{646}\u{62A}\u{62C}", "\u{62B}\u{645}"]
        {
            assert!(!is_particle(word), "{word}");
        }
    }
}
