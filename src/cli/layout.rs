//! `hashiya layout`: the geometry of a text, as the reader lays it out, for comparing with browsers.
//!
//! The one place outside the window that names `layout`: it shows what the window's own code path does.

use crate::layout::{Base, Engine, Face, Paragraph, TextStyle};
use crate::text::Span;
use serde::Serialize;
use std::path::PathBuf;

use super::{Failure, Output, Surroundings};

/// Print where every line and letter of a text stands, as JSON.
#[derive(clap::Args, Clone, Debug)]
pub struct LayoutArgs {
    /// A text file in UTF-8.
    pub file: PathBuf,
    /// Width of the column in pixels.
    #[arg(long, value_name = "W", value_parser = length)]
    pub width_px: f32,
    /// Size of the letters in pixels.
    #[arg(long, value_name = "S", value_parser = length)]
    pub size_px: f32,
    /// Distance between lines in pixels; 42/22 of the size if it is not given.
    #[arg(long, value_name = "H", value_parser = length)]
    pub line_height_px: Option<f32>,
    /// Family of the letters: naskh, amiri, nastaliq or sans.
    #[arg(long, value_name = "NAME", default_value = "naskh", value_parser = face)]
    pub font: Face,
    /// Base direction of every paragraph; auto goes by its first strong letter.
    #[arg(long, value_enum, default_value_t = BaseArg::Auto)]
    pub base: BaseArg,
    /// A range of bytes whose rectangles are wanted; may be given several times.
    #[arg(long = "range", value_name = "START..END", value_parser = range)]
    pub ranges: Vec<Span>,
}

/// Base direction on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum BaseArg {
    /// By the first strong letter.
    #[default]
    Auto,
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// Runs the command. The answer is always one JSON document, with or without `--json`.
pub(super) fn run(args: &LayoutArgs, surroundings: &Surroundings, out: &Output) -> Result<(), Failure> {
    let bytes = surroundings.fs.read(&args.file).map_err(|error| Failure::io("read", &args.file, &error))?;
    out.print_raw(&format!("{}\n", geometry(args, &bytes)?));
    Ok(())
}

/// The geometry of the bytes of a file, as JSON.
fn geometry(args: &LayoutArgs, bytes: &[u8]) -> Result<String, Failure> {
    let file = args.file.display();
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Failure::content(format!("{file} is not UTF-8: byte {at} cannot be read; convert the file to UTF-8 first"))
    })?;
    if let Some(range) = args.ranges.iter().find(|range| range.slice(text).is_none()) {
        let len_bytes = text.len();
        return Err(Failure::usage(format!(
            "the range {range} does not fit {file} of {len_bytes} bytes; both ends must stand between characters"
        )));
    }
    serde_json::to_string(&dump(text, args)).map_err(|error| Failure::content(format!("{file}: {error}")))
}

#[derive(Serialize)]
struct Dump {
    paragraphs: Vec<ParagraphDump>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<RangeDump>,
}

#[derive(Serialize)]
struct ParagraphDump {
    start: usize,
    end: usize,
    base: &'static str,
    lines: Vec<LineDump>,
    graphemes: Vec<GraphemeDump>,
}

#[derive(Serialize)]
struct LineDump {
    start: usize,
    end: usize,
    top_px: f32,
    height_px: f32,
}

#[derive(Serialize)]
struct GraphemeDump {
    start: usize,
    end: usize,
    line: usize,
    left_px: f32,
    right_px: f32,
    rtl: bool,
}

#[derive(Serialize)]
struct RangeDump {
    start: usize,
    end: usize,
    rects: Vec<(usize, f32, f32)>,
}

fn dump(text: &str, args: &LayoutArgs) -> Dump {
    let style = TextStyle::new(
        args.font,
        args.size_px,
        args.line_height_px.unwrap_or_else(|| (args.size_px * 42.0 / 22.0).round()),
    );
    let base = match args.base {
        BaseArg::Auto => Base::Auto,
        BaseArg::Rtl => Base::Rtl,
        BaseArg::Ltr => Base::Ltr,
    };
    let mut engine = Engine::new();
    let mut top_px = 0.0;
    let mut dump = Dump { paragraphs: Vec::new(), ranges: Vec::new() };
    dump.ranges.extend(args.ranges.iter().map(|range| RangeDump {
        start: range.start(),
        end: range.end(),
        rects: Vec::new(),
    }));
    for span in crate::text::paragraphs(text) {
        let paragraph = engine.paragraph(span.slice(text).unwrap_or_default(), &style, base, Some(args.width_px));
        for range in &mut dump.ranges {
            let asked = Span::new(range.start, range.end);
            let Some(inside) = asked.intersection(span) else { continue };
            let rects = paragraph.rects_with_hanging_spaces(inside.relative_to(span.start()));
            range.rects.extend(rects.iter().map(|rect| (rect.line, rect.left_px, rect.right_px)));
        }
        dump.paragraphs.push(paragraph_dump(&paragraph, span, top_px));
        top_px += paragraph.height_px();
    }
    dump
}

fn paragraph_dump(paragraph: &Paragraph, span: Span, top_px: f32) -> ParagraphDump {
    let origin = span.start();
    let lines = paragraph.lines().iter().map(|line| LineDump {
        start: origin + line.span.start(),
        end: origin + line.span.end(),
        top_px: top_px + line.top_px,
        height_px: line.height_px,
    });
    let graphemes = paragraph.clusters().iter().map(|cluster| GraphemeDump {
        start: origin + cluster.span.start(),
        end: origin + cluster.span.end(),
        line: cluster.line,
        left_px: cluster.left_px,
        right_px: cluster.right_px,
        rtl: cluster.rtl,
    });
    ParagraphDump {
        start: span.start(),
        end: span.end(),
        base: if paragraph.is_rtl() { "rtl" } else { "ltr" },
        lines: lines.collect(),
        graphemes: graphemes.collect(),
    }
}

fn length(text: &str) -> Result<f32, String> {
    let length: f32 = text.parse().map_err(|_| format!("{text} is not a number of pixels"))?;
    if (1.0..=100_000.0).contains(&length) {
        Ok(length)
    } else {
        Err(format!("{text} is not between 1 and 100000 pixels"))
    }
}

fn face(text: &str) -> Result<Face, String> {
    Face::from_name(text).ok_or_else(|| format!("there is no font {text}; choose naskh, amiri, nastaliq or sans"))
}

fn range(text: &str) -> Result<Span, String> {
    let wrong = || format!("{text} is not a range of bytes; write it as START..END, as in 120..145");
    let (start, end) = text.split_once("..").ok_or_else(wrong)?;
    let (start, end) = (start.trim().parse().map_err(|_| wrong())?, end.trim().parse().map_err(|_| wrong())?);
    if start < end { Ok(Span::new(start, end)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        args: LayoutArgs,
    }

    fn output(extra: &[&str], text: &[u8]) -> Result<serde_json::Value, Failure> {
        let given = ["layout", "x.txt", "--width-px", "300", "--size-px", "22"].iter().chain(extra);
        let command = Command::try_parse_from(given).expect("arguments");
        geometry(&command.args, text).map(|json| serde_json::from_str(&json).expect("JSON"))
    }

    #[test]
    fn offsets_count_from_the_start_of_the_file() {
        let text = "ab\n\u{627}\u{628} c";
        let dump = output(&["--range", "1..7"], text.as_bytes()).expect("dump");
        let paragraphs = dump["paragraphs"].as_array().expect("paragraphs");
        assert_eq!(paragraphs.len(), 2);
        assert_eq!((&paragraphs[0]["base"], &paragraphs[1]["base"]), (&"ltr".into(), &"rtl".into()));
        assert_eq!(paragraphs[1]["start"], 3);
        assert_eq!(paragraphs[1]["lines"][0]["top_px"], 42.0);
        let alef = &paragraphs[1]["graphemes"][0];
        assert_eq!((&alef["start"], &alef["end"], &alef["rtl"]), (&3.into(), &5.into(), &true.into()));
        assert_eq!(alef["right_px"], 300.0);
        assert_eq!(dump["ranges"][0]["rects"].as_array().expect("rects").len(), 2);
    }

    #[test]
    fn what_cannot_be_laid_out_is_said() {
        let not_utf8 = output(&[], b"ab\xff").expect_err("not UTF-8");
        assert!(not_utf8.sentence.contains("byte 2"), "{not_utf8:?}");
        let cut = output(&["--range", "0..1"], "\u{627}".as_bytes()).expect_err("cuts a letter");
        assert!(cut.sentence.contains("0..1"), "{cut:?}");
        for arguments in [["--width-px", "0"], ["--size-px", "x"], ["--font", "comic"], ["--range", "5..2"]] {
            let given = ["layout", "x.txt"].iter().chain(&arguments);
            assert!(Command::try_parse_from(given).is_err(), "{arguments:?}");
        }
    }
}
