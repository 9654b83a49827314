//! `hashiya inspect`: what the text functions say of a plain text.

use serde_json::{Value, json};

use super::args::Inspect;
use super::{Failure, Output, Surroundings};
use crate::formats::decode::decode;
use crate::formats::guess_language;
use crate::formats::jsonl::{Offsets, Unit};
use crate::model::{Diagnostic, Region, Severity, detect_regions};
use crate::text::{
    Known, KnownForms, Ladder, LadderContext, Match, Purpose, SentenceRules, ShippedLists, Span, WordCounts,
    grapheme_span, ladder, sentences, tokens,
};

/// Names of the command line, then the shipped lists.
struct Names {
    given: KnownForms,
}

impl Known for Names {
    fn known(&self, form: &str) -> Option<Match> {
        self.given.known(form).into_iter().chain(ShippedLists::get().known(form)).min()
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.given.is_place_or_norp(form) || ShippedLists::get().is_place_or_norp(form)
    }
}

/// Runs the command.
pub fn run(args: &Inspect, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let path = &args.file;
    let bytes = surroundings.fs.read(path).map_err(|error| Failure::io("read", path, &error))?;
    let decoded = decode(&bytes, args.encoding.as_deref())
        .map_err(|error| Failure::content(format!("{}: {error}", path.display())))?;
    if !decoded.sure {
        let message = format!("the encoding was guessed as {}; name it with --encoding", decoded.encoding);
        let finding = Diagnostic::new(Severity::Warning, "encoding_guessed", message);
        out.report([finding.in_file(path.display().to_string())]);
    }
    let text = decoded.text.as_str();
    let unit = Unit::from_name(&args.unit).unwrap_or(Unit::Byte);
    let offsets = Offsets::new(text, unit);
    let language = args.language.clone().unwrap_or_else(|| guess_language(text).to_owned());
    let spans = args.span.iter().map(|given| span(given, &offsets)).collect::<Result<Vec<_>, _>>()?;
    let mut names = Names { given: KnownForms::default() };
    args.known.iter().for_each(|name| names.given.insert(name, false));
    let counts = WordCounts::of(text);
    let context = LadderContext {
        language: &language,
        known: &names,
        counts: &counts,
        purpose: Purpose::Mention,
        pronouns: false,
        dialect: false,
    };
    let ladders: Vec<(Span, Ladder)> = spans.iter().map(|span| (*span, ladder(text, *span, &context))).collect();
    let found = detect_regions(text);
    let left_out = |span: Span| found.regions.iter().any(|region| !region.include && region.span.overlaps(span));
    let rules = SentenceRules { language: language.clone(), ..SentenceRules::default() };
    let sentences: Vec<Span> = sentences(text, &rules).into_iter().filter(|span| !left_out(*span)).collect();
    let words: Vec<Span> =
        tokens(text).into_iter().filter(|token| token.kind.is_word()).map(|token| token.span).collect();
    let pair = |span: Span| json!([offsets.unit_from_byte(span.start()), offsets.unit_from_byte(span.end())]);
    if out.is_json() {
        out.document(json!({
            "encoding": decoded.encoding,
            "language": language,
            "regions": found.regions.iter().map(|region| json_from_region(region, &offsets)).collect::<Vec<_>>(),
            "quality_flags": found.quality_flags,
            "sentences": sentences.iter().map(|span| pair(*span)).collect::<Vec<_>>(),
            "words": words.iter().map(|span| pair(*span)).collect::<Vec<_>>(),
            "ladders": ladders.iter().map(|(span, ladder)| json_from_ladder(*span, ladder, &offsets)).collect::<Vec<_>>(),
        }));
        return Ok(());
    }
    out.print(&format!("{} {language} {} words", decoded.encoding, words.len()));
    for region in &found.regions {
        let state = if region.include { "in" } else { "out" };
        let quote = region.span.slice(text).unwrap_or_default();
        let kind = json!(region.kind);
        let kind = kind.as_str().unwrap_or_default();
        out.print(&format!("region {kind} {} {state}  {quote}", pair(region.span)));
    }
    out.print(&format!("flags {}", found.quality_flags.join(" ")));
    for span in sentences {
        out.print(&format!("sentence {}  {}", pair(span), span.slice(text).unwrap_or_default()));
    }
    for (span, ladder) in &ladders {
        out.print(&format!("ladder {}", json_from_ladder(*span, ladder, &offsets)));
    }
    Ok(())
}

/// A span `START..END` of the command line, widened to whole letters.
fn span(given: &str, offsets: &Offsets<'_>) -> Result<Span, Failure> {
    let bad = |why: &str| Failure::usage(format!("--span {given:?} {why}"));
    let parse = |part: &str| part.trim().parse::<u64>().ok();
    let (start, end) = given
        .split_once("..")
        .and_then(|(start, end)| Some((parse(start)?, parse(end)?)))
        .ok_or_else(|| bad("must be START..END, two whole numbers"))?;
    let byte = |at: u64| offsets.byte_from_unit(at).map_err(|error| bad(&format!("is no place: {error}")));
    let (start, end) = (byte(start)?, byte(end)?);
    if start >= end {
        return Err(bad("covers no text"));
    }
    Ok(grapheme_span(offsets.text(), Span::new(start, end)))
}

fn json_from_region(region: &Region, offsets: &Offsets<'_>) -> Value {
    json!({
        "kind": region.kind,
        "start": offsets.unit_from_byte(region.span.start()),
        "end": offsets.unit_from_byte(region.span.end()),
        "include": region.include,
        "state": region.state,
        "duplicate_of": region.duplicate_of.map(|span| [span.start(), span.end()].map(|at| offsets.unit_from_byte(at))),
    })
}

fn json_from_ladder(span: Span, ladder: &Ladder, offsets: &Offsets<'_>) -> Value {
    let pair = |span: Span| [span.start(), span.end()].map(|at| offsets.unit_from_byte(at));
    let rungs = |rungs: &[crate::text::Rung]| -> Vec<Value> {
        rungs.iter().map(|rung| json!({ "at": offsets.unit_from_byte(rung.at), "norm": rung.norm })).collect()
    };
    json!({
        "span": pair(span),
        "starts": rungs(&ladder.starts),
        "ends": rungs(&ladder.ends),
        "default": pair(ladder.default),
        "norm": ladder.norm,
    })
}
