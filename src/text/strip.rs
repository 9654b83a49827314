//! The last folding level: words without proclitics, article and enclitics. It joins too much for anything but
//! suggestions, and asks no list; [`super::clitic`] is the careful way.

use super::fold::Unit;
use super::script::{Class, class};
use super::stack::ARABIC_ENCLITICS;

/// Letters that must remain of a word.
const LEAST: usize = 3;

/// Strips every Arabic word of a line. Stripping goes on until nothing can go, so that a second folding changes nothing.
pub(super) fn strip_words(units: &mut Vec<Unit>) {
    let mut out = Vec::with_capacity(units.len());
    let is_letter = |unit: &Unit| matches!(class(unit.letter), Class::Letter | Class::Mark);
    for run in units.chunk_by(|a, b| is_letter(a) && is_letter(b)) {
        out.extend_from_slice(strip_word(run));
    }
    *units = out;
}

fn strip_word(mut word: &[Unit]) -> &[Unit] {
    if !word.iter().all(|unit| matches!(unit.letter, '\u{621}'..='\u{64A}')) {
        return word;
    }
    loop {
        let before = word.len();
        word = settled(word, strip_start);
        word = settled(word, strip_end);
        if word.len() == before {
            return word;
        }
    }
}

/// `word` after as many steps as change it.
fn settled(mut word: &[Unit], step: impl Fn(&[Unit]) -> &[Unit]) -> &[Unit] {
    loop {
        let next = step(word);
        if next.len() == word.len() {
            return word;
        }
        word = next;
    }
}

/// One proclitic or the article; `ll` loses its first lam.
fn strip_start(word: &[Unit]) -> &[Unit] {
    let letter = |idx: usize| word.get(idx).map(|unit| unit.letter);
    let cut = match (letter(0), letter(1)) {
        (Some('\u{627}'), Some('\u{644}')) => 2,
        (Some('\u{648}' | '\u{641}' | '\u{628}' | '\u{643}' | '\u{644}'), _) => 1,
        _ => 0,
    };
    word.get(cut..).filter(|rest| rest.len() >= LEAST).unwrap_or(word)
}

/// One enclitic.
fn strip_end(word: &[Unit]) -> &[Unit] {
    let ends_in =
        |suffix: &&&str| word.iter().rev().zip(suffix.chars().rev()).all(|(unit, letter)| unit.letter == letter);
    let long = |suffix: &&&str| word.len() >= suffix.chars().count() + LEAST;
    let Some(suffix) = ARABIC_ENCLITICS.iter().filter(long).find(ends_in) else { return word };
    word.get(..word.len() - suffix.chars().count()).unwrap_or(word)
}
