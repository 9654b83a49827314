//! Strings for property tests: whatever Unicode has, and the characters that this program must get right.

use proptest::prelude::*;

/// Characters that meet rules of segmentation, folding or order.
const HARD: &[char] = &[
    '\u{628}',
    '\u{627}',
    '\u{644}',
    '\u{648}',
    '\u{641}',
    '\u{643}',
    '\u{633}',
    '\u{64A}',
    '\u{647}',
    '\u{629}',
    '\u{649}',
    '\u{623}',
    '\u{625}',
    '\u{622}',
    '\u{640}',
    '\u{64B}',
    '\u{64E}',
    '\u{651}',
    '\u{670}',
    '\u{654}',
    '\u{655}',
    '\u{6D6}',
    '\u{5D1}',
    '\u{5D5}',
    '\u{5E9}',
    '\u{5DB}',
    '\u{5F4}',
    '\u{5F3}',
    '\u{5B7}',
    '\u{6CC}',
    '\u{6A9}',
    '\u{200C}',
    '\u{200D}',
    '\u{200B}',
    '\u{200E}',
    '\u{200F}',
    '\u{202B}',
    '\u{202C}',
    '\u{202E}',
    '\u{2067}',
    '\u{2069}',
    '\u{FEFF}',
    '\u{AD}',
    '\u{A0}',
    '\u{202F}',
    ' ',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u{85}',
    '\u{2028}',
    '\u{B}',
    '.',
    '.',
    '!',
    '\u{61F}',
    '\u{2026}',
    '\u{6D4}',
    ',',
    '\u{60C}',
    '\u{61B}',
    ':',
    '"',
    '\'',
    '\u{201C}',
    '\u{201D}',
    '\u{2019}',
    '\u{AB}',
    '\u{BB}',
    '(',
    ')',
    '[',
    ']',
    '-',
    '_',
    '/',
    '@',
    '#',
    '%',
    '\u{66A}',
    '\u{66B}',
    '\u{66C}',
    '0',
    '1',
    '7',
    '\u{661}',
    '\u{6F5}',
    'a',
    'A',
    'z',
    's',
    'w',
    '\u{130}',
    '\u{DF}',
    '\u{FB01}',
    '\u{E9}',
    '\u{301}',
    '\u{323}',
    '\u{FEFB}',
    '\u{FDFA}',
    '\u{FE77}',
    '\u{FC5E}',
    '\u{FB4B}',
    '\u{FB1D}',
    '\u{1F600}',
    '\u{1F1F8}',
    '\u{1F3FD}',
    '\u{FE0F}',
    '\u{20E3}',
    '\u{E0061}',
    '\u{AC00}',
    '\u{1100}',
    '\u{600}',
    '\u{6DD}',
    '\u{1E900}',
    '\u{10FFFF}',
];

/// Any string: half of them arbitrary, half made of the characters that meet a rule.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let hard = proptest::collection::vec(proptest::sample::select(HARD), 0..40);
    let lines = proptest::collection::vec(proptest::sample::select(WORDS), 0..16);
    prop_oneof![
        3 => hard.prop_map(String::from_iter),
        2 => lines.prop_map(|words| words.concat()),
        2 => any::<String>(),
    ]
}

/// Pieces that make whole rules fire when put together.
const WORDS: &[&str] = &[
    "http://a.co/b?c=1",
    "www.x.org",
    "me@x.org",
    "#",
    "@",
    "1.",
    "12.5",
    "a.b.",
    " ",
    " ",
    "\n",
    "\r\n",
    "\u{A0}",
    "(",
    ")",
    "\"",
    "\u{AB}",
    "\u{BB}",
    ".",
    "...",
    "\u{61F}",
    "\u{60C}",
    "\u{648}\u{628}\u{627}\u{644}",
    "\u{644}\u{644}",
    "\u{627}\u{644}",
    "\u{631}\u{648}\u{633}\u{64A}\u{627}",
    "\u{647}\u{645}\u{627}",
    "\u{640}",
    "\u{64B}",
    "\u{200C}",
    "\u{202E}",
    "etc.",
    "Mr.",
    "don't",
    "\u{62F}.",
    "\u{5E6}\u{5D4}\"\u{5DC}",
    "\u{5DB}\u{5E9}",
    "\u{1F468}\u{200D}\u{1F469}",
];

/// One row of a table of examples.
pub(crate) struct Case {
    /// Line of its input in the table, from 1.
    pub(crate) line: usize,
    /// The input, escapes resolved.
    pub(crate) input: String,
    /// The expected lines, escapes resolved.
    pub(crate) expected: Vec<String>,
}

/// Reads a table: `# comment`, `< input`, `> expected` (one or more lines each). `\n`, `\t` and `\u{...}` are escapes.
pub(crate) fn cases(table: &str) -> Vec<Case> {
    let mut found: Vec<Case> = Vec::new();
    for (idx, line) in table.lines().enumerate() {
        if let Some(input) = line.strip_prefix("< ") {
            found.push(Case { line: idx + 1, input: unescape(input), expected: Vec::new() });
        } else if let (Some(expected), Some(case)) = (line.strip_prefix("> "), found.last_mut()) {
            case.expected.push(unescape(expected));
        } else {
            assert!(
                line.is_empty() || line.starts_with('#') || line == ">",
                "line {} is not understood: {line}",
                idx + 1
            );
        }
    }
    found
}

/// Resolves `\n`, `\t` and `\u{...}`.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('\\') {
        out.push_str(head);
        if let Some(tail) = tail.strip_prefix("u{") {
            let (hex, tail) = tail.split_once('}').expect("an escape ends with a brace");
            out.push(char::from_u32(u32::from_str_radix(hex, 16).expect("hex")).expect("a character"));
            rest = tail;
        } else {
            let mut letters = tail.chars();
            out.push(match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                other => panic!("unknown escape {other:?}"),
            });
            rest = letters.as_str();
        }
    }
    out.push_str(rest);
    out
}
