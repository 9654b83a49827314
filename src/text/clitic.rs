//! Clitic ladders (the scheme's section 6.1): where the edges of a mention may lie inside a word, and which to offer.
//!
//! [`super::stack`] finds the edges that a word's letters allow; this page decides which of them is offered first and
//! what full form stands for a residue that lost a letter.

use std::collections::{BTreeMap, BTreeSet};

use super::script::Script;
use super::stack::{self, Slot, StartEdge};
use super::{FoldLevel, ShippedLists, Span, fold_key, grapheme_span, is_grapheme_boundary, tokens};

/// How a form equals a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Equal at F1.
    Exact,
    /// Equal at F2 only; ranked after.
    Folded,
}

/// What is known as a name or mention: the annotator's mentions, the project's entities, attached and shipped lists.
pub trait Known {
    /// Whether and how `form` (stored spelling, not folded) is known.
    fn known(&self, form: &str) -> Option<Match>;

    /// Whether `form` is known at F1 or F2 as the name of a place or of its people (labels GPE, LOC, NORP).
    fn is_place_or_norp(&self, form: &str) -> bool;
}

/// A plain set of known forms. Add texts, norms, names and aliases; folding is done here.
#[derive(Clone, Debug, Default)]
pub struct KnownForms {
    exact: BTreeSet<String>,
    folded: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl KnownForms {
    /// Adds a form; `place_or_norp` where its label is GPE, LOC or NORP.
    pub fn insert(&mut self, form: &str, place_or_norp: bool) {
        let exact = fold_key(form, FoldLevel::F1);
        if exact.is_empty() {
            return;
        }
        let folded = fold_key(&exact, FoldLevel::F2);
        if place_or_norp {
            self.places.insert(folded.clone());
        }
        self.exact.insert(exact);
        self.folded.insert(folded);
    }
}

impl Known for KnownForms {
    fn known(&self, form: &str) -> Option<Match> {
        let exact = fold_key(form, FoldLevel::F1);
        if self.exact.contains(&exact) {
            Some(Match::Exact)
        } else {
            self.folded.contains(&fold_key(&exact, FoldLevel::F2)).then_some(Match::Folded)
        }
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.places.contains(&fold_key(form, FoldLevel::F2))
    }
}

/// Several sources of known forms as one; the better match wins.
impl Known for [&dyn Known] {
    fn known(&self, form: &str) -> Option<Match> {
        self.iter().filter_map(|known| known.known(form)).min()
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.iter().any(|known| known.is_place_or_norp(form))
    }
}

/// How often each whole word stands in the texts at hand, by F1 key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    counts: BTreeMap<String, u32>,
}

impl WordCounts {
    /// The counts of one text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut counts = Self::default();
        counts.add(text);
        counts
    }

    /// Adds the words of `text`.
    pub fn add(&mut self, text: &str) {
        for token in tokens(text) {
            if token.kind.is_word()
                && let Some(word) = token.span.slice(text)
            {
                *self.counts.entry(fold_key(word, FoldLevel::F1)).or_default() += 1;
            }
        }
    }

    /// How often `form` stands as a whole word.
    #[must_use]
    pub fn count(&self, form: &str) -> u32 {
        self.counts.get(&fold_key(form, FoldLevel::F1)).copied().unwrap_or(0)
    }
}

/// What the ladder is for: it decides how much a default cuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A mention or a source: the whole stack may go.
    #[default]
    Mention,
    /// Claim content or a cue: the conjunction alone is cut by default.
    Content,
}

/// What the ladder knows beside the text.
#[derive(Clone, Copy)]
pub struct LadderContext<'a> {
    /// BCP 47 of the article, or empty: then the word's script decides.
    pub language: &'a str,
    /// Known names.
    pub known: &'a dyn Known,
    /// Whole words of the texts at hand.
    pub counts: &'a WordCounts,
    /// Mention and source, or claim content and cue.
    pub purpose: Purpose,
    /// Whether the project annotates pronouns: then enclitics are offered as spans of their own.
    pub pronouns: bool,
    /// Whether the text is in a dialect (or the user turned its stacks on).
    pub dialect: bool,
}

/// An edge that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Byte of the article's text.
    pub at: usize,
    /// The full form of the selection with this edge and the default other one, where the stored letters lack some.
    pub norm: Option<String>,
    /// Other full forms that the inspector offers, best first, without `norm`. The empty string stands for none.
    pub other_norms: Vec<String>,
}

/// The edges of one selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// Start edges, from the widest (the word's start) inwards. Never empty.
    pub starts: Vec<Rung>,
    /// End edges, from the widest (the word's end) inwards. Never empty.
    pub ends: Vec<Rung>,
    /// What is offered first.
    pub default: Span,
    /// The full form of `default`, where it lacks letters.
    pub norm: Option<String>,
    /// The enclitic pronoun at the word's end, where the project annotates pronouns. Its start is the last start rung.
    pub pronoun: Option<Span>,
}

/// The ladder of `span` in `text`: start rungs of its first word, end rungs of its last.
///
/// A selection that begins inside a word starts its ladder there, and one that ends inside a word ends there. A pair of
/// edges may be taken only where the end lies after the start.
#[must_use]
pub fn ladder(text: &str, span: Span, context: &LadderContext<'_>) -> Ladder {
    let span = grapheme_span(text, span);
    let Some(selection) = Selection::new(text, span, context) else {
        let rung = |at| Rung { at, norm: None, other_norms: Vec::new() };
        return Ladder {
            starts: vec![rung(span.start())],
            ends: vec![rung(span.end())],
            default: span,
            norm: None,
            pronoun: None,
        };
    };
    let start = selection.default_start();
    let end = selection.default_end(start);
    let pronoun = selection.pronoun();
    let rung = |at: usize, piece: Span| {
        let mut norms = selection.norms(piece).into_iter();
        let first = norms.next().filter(|norm| !norm.is_empty());
        Rung { at, norm: first, other_norms: norms.collect() }
    };
    let cuts = selection.starts.iter().map(|edge| edge.at);
    let starts = std::iter::once(span.start()).chain(cuts).map(|at| rung(at, Span::new(at, end)));
    let last = pronoun.map(|pronoun| Rung { at: pronoun.start(), norm: None, other_norms: Vec::new() });
    let starts: Vec<Rung> = starts.chain(last.filter(|rung| rung.at > start)).collect();
    let ends = std::iter::once(span.end()).chain(selection.ends.iter().copied()).filter(|at| *at > start);
    let ends = ends.map(|at| rung(at, Span::new(start, at))).collect();
    let default = Span::new(start, end);
    Ladder { starts, ends, default, norm: selection.norm(default), pronoun }
}

/// The full form of `span` where its stored letters lack some (after a contraction or a cut enclitic), for any pair of
/// edges a person chose.
#[must_use]
pub fn norm(text: &str, span: Span, context: &LadderContext<'_>) -> Option<String> {
    let span = grapheme_span(text, span);
    // The whole words around the edges show what was cut.
    let start =
        super::word_at(text, span.start()).filter(|word| word.contains(span.start())).map_or(span.start(), Span::start);
    let last = super::prev_grapheme(text, span.end());
    let end = super::word_at(text, last).filter(|word| word.contains(last)).map_or(span.end(), Span::end);
    let whole = Span::new(start, end.max(span.end()));
    Selection::new(text, whole, context)?.norm(span)
}

/// A selection with its edges.
struct Selection<'a> {
    text: &'a str,
    span: Span,
    context: &'a LadderContext<'a>,
    /// End of the first word.
    first_end: usize,
    /// Start of the last word.
    last_start: usize,
    /// Where the last word ends: the selection's end, or before the closing quote that pairs a cut one.
    word_end: usize,
    starts: Vec<StartEdge>,
    /// End edges inside the selection, outside in.
    ends: Vec<usize>,
    /// Start of the enclitic, if the last word can have one.
    enclitic: Option<usize>,
}

impl<'a> Selection<'a> {
    /// `None` where the selection is empty or holds no word.
    fn new(text: &'a str, span: Span, context: &'a LadderContext<'a>) -> Option<Self> {
        if span.is_empty() {
            return None;
        }
        let words = || tokens_around(text, span).filter(|token| token.span.overlaps(span));
        let first = words().find(|token| token.kind.is_word())?.span;
        let last = words().filter(|token| token.kind.is_word()).last()?.span;
        let mut selection = Self {
            text,
            span,
            context,
            first_end: first.end().min(span.end()),
            last_start: last.start().max(span.start()),
            word_end: span.end(),
            starts: Vec::new(),
            ends: Vec::new(),
            enclitic: None,
        };
        let quote_before = first.start() > span.start();
        if !quote_before {
            let scan = stack::starts(text, span, context.language, context.dialect);
            selection.starts = scan.edges;
            selection.first_end = scan.word_end.unwrap_or(selection.first_end);
            selection.ends.extend(scan.quote_end);
            selection.word_end = scan.quote_end.unwrap_or(span.end());
        }
        if last.end() <= span.end() && last.end() == selection.word_end {
            selection.enclitic = selection.enclitic_start();
            let host = |at: &usize| *at > selection.last_start;
            selection.ends.extend(selection.enclitic.filter(host));
        }
        Some(selection)
    }

    fn slice(&self, span: Span) -> &'a str {
        span.slice(self.text).unwrap_or_default()
    }

    /// The enclitic of the last word by its letters, article and known names.
    fn enclitic_start(&self) -> Option<usize> {
        let word = Span::new(self.last_start, self.word_end);
        let letters = self.slice(word);
        let single = self.last_start <= self.span.start();
        let has_article = if single {
            let whole_is_known = self.known(word).is_some();
            stack::begins_with_article(letters)
                || (!whole_is_known && self.starts.iter().any(|edge| edge.article))
                || (!whole_is_known && self.contraction().is_some())
        } else {
            let scan = stack::starts(self.text, word, self.context.language, self.context.dialect);
            let whole_is_known = self.known(word).is_some();
            stack::begins_with_article(letters)
                || (!whole_is_known && scan.edges.iter().any(|edge| edge.article || edge.contracts))
        };
        let at = stack::enclitic(letters, self.context.language, has_article, |host| {
            self.context.known.is_place_or_norp(host)
        })?;
        Some(self.last_start + at).filter(|at| is_grapheme_boundary(self.text, *at))
    }

    fn pronoun(&self) -> Option<Span> {
        let end = self.word_end;
        let is_pronoun = stack::has_pronouns(self.slice(Span::new(self.last_start, end)), self.context.language);
        let at = self.enclitic.filter(|at| self.context.pronouns && is_pronoun && *at > self.span.start())?;
        Some(Span::new(at, end))
    }

    /// How the residue from `at` is known: as the whole selection or as its first word, as stored or by a norm.
    fn residue_known(&self, at: usize) -> Option<Match> {
        let end = self.word_end;
        let pieces = [Span::new(at, end), Span::new(at, self.first_end.max(at))];
        let stored = pieces.iter().filter_map(|piece| self.known(*piece));
        let norms = pieces
            .iter()
            .flat_map(|piece| self.article_forms(*piece))
            .filter_map(|form| self.context.known.known(&form));
        stored.chain(norms).min()
    }

    fn known(&self, piece: Span) -> Option<Match> {
        (!piece.is_empty()).then(|| self.context.known.known(self.slice(piece))).flatten()
    }

    /// The edge after the first lam of `ll`.
    fn contraction(&self) -> Option<&StartEdge> {
        self.starts.iter().find(|edge| edge.contracts)
    }

    /// The five rules.
    fn default_start(&self) -> usize {
        let cut = self.mention_start();
        let Some(edge) = cut else { return self.span.start() };
        if self.context.purpose == Purpose::Mention {
            return edge.at;
        }
        // For claim content only the conjunction goes.
        let conjunction = self.starts.iter().find(|step| step.slot == Slot::Conjunction && step.at <= edge.at);
        conjunction.map_or(self.span.start(), |step| step.at)
    }

    fn mention_start(&self) -> Option<&StartEdge> {
        let whole_known = self.known(Span::new(self.span.start(), self.word_end)).is_some()
            || self.known(Span::new(self.span.start(), self.first_end)).is_some();
        if whole_known {
            return None;
        }
        let cuttable = || self.starts.iter().filter(|edge| !edge.interrogative);
        // Longest cut first; equal at F1 before equal at F2.
        let ranked = cuttable().rev().filter_map(|edge| Some((self.residue_known(edge.at)?, edge)));
        if let Some((_, edge)) = ranked.min_by_key(|(rank, _)| *rank) {
            return Some(edge);
        }
        let by_article =
            self.starts.iter().find(|edge| (edge.article && edge.slot != Slot::Interrogative) || edge.contracts);
        if by_article.is_some() {
            return by_article;
        }
        let counts = self.context.counts;
        let whole = counts.count(self.slice(Span::new(self.span.start(), self.first_end)));
        let count = |edge: &StartEdge| counts.count(self.slice(Span::new(edge.at, self.first_end.max(edge.at))));
        // Of equally frequent residues the shorter cut: max_by_key takes the last, so the order is reversed.
        cuttable().rev().filter(|edge| count(edge) > whole).max_by_key(|edge| count(edge)).or_else(|| {
            // A proclitic before a quoted name has nothing else to stand for.
            cuttable().find(|edge| edge.before_quote)
        })
    }

    /// The word's end, without the closing quote of a pair whose opening one was cut.
    fn default_end(&self, start: usize) -> usize {
        let quoted = self.starts.iter().any(|edge| edge.before_quote && edge.at <= start);
        if quoted { self.word_end } else { self.span.end() }
    }

    /// For a piece that begins after the first lam of `ll`: its forms with the article, the plainer first.
    fn article_forms(&self, piece: Span) -> Vec<String> {
        let contracts = self.contraction().is_some_and(|edge| edge.at == piece.start());
        if !contracts || piece.is_empty() {
            return Vec::new();
        }
        let residue = self.slice(piece);
        vec![format!("\u{627}{residue}"), format!("\u{627}\u{644}{residue}")]
    }

    fn norm(&self, piece: Span) -> Option<String> {
        self.norms(piece).into_iter().next().filter(|norm| !norm.is_empty())
    }

    /// Full forms of `piece`, best first; the empty string stands for "as stored". Nothing where there is no question.
    fn norms(&self, piece: Span) -> Vec<String> {
        let hosts = self.host_forms(piece);
        let contracted = self.article_norms(piece);
        match (hosts.first(), contracted.is_empty()) {
            (None, _) => contracted,
            (Some(_), true) => hosts.into_iter().chain([String::new()]).collect(),
            (Some(host), false) => {
                // Both edges lost a letter: the host's ending on each form with the article.
                let tail = Span::new(self.last_start.max(piece.start()), piece.end());
                let ending = host.get(self.slice(piece).len() - self.slice(tail).len()..).unwrap_or_default();
                let swap = |form: String| {
                    let stem = form.strip_suffix(self.slice(tail)).map(str::to_owned);
                    stem.map_or(form, |stem| stem + ending)
                };
                contracted.into_iter().map(swap).collect()
            }
        }
    }

    /// Which of the forms with and without the article stands for a residue after the first lam of `ll`.
    fn article_norms(&self, piece: Span) -> Vec<String> {
        let forms = self.article_forms(piece);
        let [plain, with_lam] = forms.as_slice() else { return Vec::new() };
        let (plain, with_lam) = (plain.clone(), with_lam.clone());
        let word = Span::new(piece.start(), self.first_end.min(piece.end()).max(piece.start()));
        let known = |form: &str, prefix: &str| {
            let of_word = format!("{prefix}{}", self.slice(word));
            self.context.known.known(form).is_some() || self.context.known.known(&of_word).is_some()
        };
        let residue = self.slice(piece);
        let bare_known = known(residue, "");
        let is_lam_noun = ShippedLists::get().is_lam_noun(self.slice(word));
        let plain_known = known(&plain, "\u{627}");
        let lam_known = is_lam_noun || known(&with_lam, "\u{627}\u{644}");
        if bare_known && !plain_known && !lam_known {
            return vec![String::new(), with_lam, plain];
        }
        let count = |prefix: &str| self.context.counts.count(&format!("{prefix}{}", self.slice(word)));
        let lam_noun = lam_known && !plain_known
            || (lam_known == plain_known && (is_lam_noun || count("\u{627}\u{644}").max(count("")) > count("\u{627}")));
        if lam_noun { vec![with_lam, plain, String::new()] } else { vec![plain, with_lam, String::new()] }
    }

    /// Known full forms of a host whose enclitic was cut: `t` for ta marbuta, alef for alef maqsura, `w` for `wa`.
    fn host_forms(&self, piece: Span) -> Vec<String> {
        if self.enclitic != Some(piece.end()) || stack::script_of_word(self.slice(piece)) != Script::Arabic {
            return Vec::new();
        }
        let stored = self.slice(piece);
        let word_len = piece.end() - self.last_start.max(piece.start());
        let candidate = |cut: &str, put: &str| stored.strip_suffix(cut).map(|stem| format!("{stem}{put}"));
        let candidates =
            [candidate("\u{62A}", "\u{629}"), candidate("\u{627}", "\u{649}"), candidate("\u{648}", "\u{648}\u{627}")];
        let is_known = |form: &String| {
            let word = form.get(stored.len() - word_len..).unwrap_or_default();
            self.context.known.known(form).is_some() || self.context.known.known(word).is_some()
        };
        candidates.into_iter().flatten().filter(is_known).collect()
    }
}

/// Tokens of the first and of the last piece between white space that `span` touches, in order, and of what lies between
/// where it is short: enough to find the first and the last word of a long selection without reading it twice.
fn tokens_around(text: &str, span: Span) -> impl Iterator<Item = super::Token> {
    let line_start = text.get(..span.start()).and_then(|head| head.rfind(char::is_whitespace)).unwrap_or(0);
    let rest = text.get(span.end()..).unwrap_or_default();
    let line_end = rest.find(char::is_whitespace).map_or(text.len(), |len| span.end() + len);
    let around = Span::new(line_start, line_end);
    let found = tokens(around.slice(text).unwrap_or_default());
    found.into_iter().map(move |token| super::Token { span: token.span.offset_by(line_start), kind: token.kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::check_span;
    use crate::text::testing::{any_text, cases};
    use proptest::prelude::*;

    struct Names(KnownForms);

    impl Known for Names {
        fn known(&self, form: &str) -> Option<Match> {
            self.0.known(form).into_iter().chain(ShippedLists::get().known(form)).min()
        }

        fn is_place_or_norp(&self, form: &str) -> bool {
            self.0.is_place_or_norp(form) || ShippedLists::get().is_place_or_norp(form)
        }
    }

    /// Rows: the selection in braces inside its text, then settings; residues of the start rungs; what the end rungs
    /// leave; the default; its norm (`-` for none).
    #[test]
    fn ladders_are_as_in_the_table() {
        let table = cases(include_str!("../../tests/fixtures/text/ladders.txt"));
        assert!(table.len() >= 80, "only {} cases", table.len());
        let mut failed = Vec::new();
        for case in table {
            let mut parts = case.input.split(" ;; ");
            let marked = parts.next().unwrap_or_default();
            let (open, close) = (marked.find('{'), marked.find('}'));
            let text = marked.replace(['{', '}'], "");
            let span = Span::new(open.unwrap_or(0), close.map_or(text.len(), |at| at - 1));
            let mut names = Names(KnownForms::default());
            let mut counts = WordCounts::of(&text);
            let empty = WordCounts::default();
            let mut context = LadderContext {
                language: "ar",
                known: &Names(KnownForms::default()),
                counts: &empty,
                purpose: Purpose::Mention,
                pronouns: false,
                dialect: false,
            };
            for setting in parts {
                match setting.split_once('=').unwrap_or((setting, "")) {
                    ("lang", language) => context.language = language,
                    ("known", form) => names.0.insert(form, false),
                    ("text", more) => counts.add(more),
                    ("content", _) => context.purpose = Purpose::Content,
                    ("pronouns", _) => context.pronouns = true,
                    ("dialect", _) => context.dialect = true,
                    other => panic!("line {}: {other:?}", case.line),
                }
            }
            let context = LadderContext { known: &names, counts: &counts, ..context };
            let found = ladder(&text, span, &context);
            let piece = |start, end| Span::new(start, end).slice(&text).unwrap_or("?").to_owned();
            let starts: Vec<String> = found.starts.iter().map(|rung| piece(rung.at, span.end())).collect();
            let ends: Vec<String> = found.ends.iter().map(|rung| piece(span.start(), rung.at)).collect();
            let default = piece(found.default.start(), found.default.end());
            let norm_text = found.norm.clone().unwrap_or_else(|| "-".to_owned());
            let got = [starts.join(" | "), ends.join(" | "), default, norm_text];
            for (got, expected) in got.iter().zip(&case.expected) {
                if got != expected {
                    failed.push(format!("line {}: got {got} expected {expected}", case.line));
                }
            }
            assert_eq!(norm(&text, found.default, &context), found.norm, "line {}", case.line);
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    #[test]
    fn a_chosen_end_edge_gives_the_full_host() {
        let text = "\u{645}\u{62F}\u{631}\u{633}\u{62A}\u{647}";
        let mut names = KnownForms::default();
        names.insert("\u{645}\u{62F}\u{631}\u{633}\u{629}", false);
        let counts = WordCounts::default();
        let context = LadderContext {
            language: "ar",
            known: &names,
            counts: &counts,
            purpose: Purpose::Mention,
            pronouns: true,
            dialect: false,
        };
        let found = ladder(text, Span::new(0, 12), &context);
        let host = found.ends.last().unwrap();
        assert_eq!((host.at, host.norm.as_deref()), (10, Some("\u{645}\u{62F}\u{631}\u{633}\u{629}")));
        assert_eq!(norm(text, Span::new(0, 10), &context), host.norm);
        assert_eq!(found.pronoun, Some(Span::new(10, 12)));
        assert_eq!(found.starts.last().map(|rung| rung.at), Some(10));
    }

    #[test]
    fn an_empty_selection_inside_a_word_has_one_rung_each() {
        let counts = WordCounts::default();
        let context = LadderContext {
            language: "",
            known: ShippedLists::get(),
            counts: &counts,
            purpose: Purpose::Mention,
            pronouns: true,
            dialect: true,
        };
        let found = ladder("http://a.co/b?c=1", Span::new(9, 9), &context);
        assert_eq!((found.starts.len(), found.ends.len(), found.default), (1, 1, Span::new(9, 9)));
    }

    proptest! {
        #[test]
        fn any_selection_has_a_valid_ladder(text in any_text(), a in 0_usize..60, b in 0_usize..60, flags in 0_u8..32) {
            let counts = WordCounts::of(&text);
            let languages = ["", "ar", "fa", "he", "en", "ur", "ar-EG", "xx"];
            let context = LadderContext {
                language: languages.get(usize::from(flags >> 2)).copied().unwrap_or_default(),
                known: ShippedLists::get(),
                counts: &counts,
                purpose: if flags & 1 == 0 { Purpose::Mention } else { Purpose::Content },
                pronouns: flags & 2 == 0,
                dialect: flags & 2 == 0,
            };
            let span = Span::new(a, b);
            let found = ladder(&text, span, &context);
            prop_assert!(check_span(&text, found.default).is_ok());
            let wide = grapheme_span(&text, span);
            prop_assert!(wide.encloses(found.default));
            prop_assert_eq!(found.starts.first().map(|rung| rung.at), Some(wide.start()));
            prop_assert_eq!(found.ends.first().map(|rung| rung.at), Some(wide.end()));
            prop_assert!(found.starts.is_sorted_by_key(|rung| rung.at));
            prop_assert!(found.ends.iter().rev().is_sorted_by_key(|rung| rung.at));
            prop_assert!(found.starts.iter().any(|rung| rung.at == found.default.start()));
            prop_assert!(found.ends.iter().any(|rung| rung.at == found.default.end()));
            for rung in found.starts.iter().chain(&found.ends) {
                prop_assert!(check_span(&text, Span::new(rung.at, rung.at)).is_ok(), "edge {}", rung.at);
            }
            prop_assert!(wide.is_empty() || !found.default.is_empty());
            let _ = norm(&text, span, &context);
        }
    }
}
