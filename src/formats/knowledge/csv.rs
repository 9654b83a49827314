//! Rows with commas or tabs between the cells, cells with quotation marks where they need them.

use super::{KnownThing, Rows, names_of_cell};
use crate::formats::Findings;
use crate::model::Severity;

/// A quotation mark that is still open after so many bytes was not meant as one.
const LIMIT_CELL: usize = 64 * 1024;

/// More cells than this are no row.
const LIMIT_CELLS: usize = 256;

/// Where the cells that are used stand.
struct Columns {
    id: usize,
    names: usize,
    aliases: Option<usize>,
    kind: Option<usize>,
    count: usize,
}

pub(super) fn read(text: &str, rows: &mut Rows, findings: &mut Findings) {
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains('\t') { '\t' } else { ',' };
    let mut reader = Reader { rest: text, line: 1, separator };
    findings.at_line(1);
    let Some(Ok(header)) = reader.next(None) else {
        findings.add(
            Severity::Error,
            "no_header",
            "the file has no header; its first line must be id,names,aliases,type",
        );
        return;
    };
    let Some(columns) = columns(&header) else {
        let message = "the first line must be a header with the columns id and names (and aliases, type)";
        findings.add(Severity::Error, "no_header", message);
        return;
    };
    loop {
        let line = reader.line;
        let Some(row) = reader.next(Some(columns.count)) else { return };
        findings.at_line(line);
        let cells = match row {
            Ok(cells) => cells,
            Err(message) => {
                findings.add(Severity::Error, "bad_row", message);
                continue;
            }
        };
        if let [only] = cells.as_slice()
            && only.trim().is_empty()
        {
            continue;
        }
        if cells.len() != columns.count {
            let message =
                format!("the row has {} cells and the header {}; it was left out", cells.len(), columns.count);
            findings.add(Severity::Error, "bad_row", message);
            continue;
        }
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let row = KnownThing {
            id: cell(columns.id).into(),
            names: names_of_cell(cell(columns.names)),
            aliases: columns.aliases.map(|at| names_of_cell(cell(at))).unwrap_or_default(),
            kind: columns.kind.map(cell).unwrap_or_default().into(),
        };
        if !rows.add(row, findings) {
            return;
        }
    }
}

fn columns(header: &[String]) -> Option<Columns> {
    let find =
        |names: &[&str]| header.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)));
    Some(Columns {
        id: find(&["id", "qid"])?,
        names: find(&["names", "name"])?,
        aliases: find(&["aliases"]),
        kind: find(&["type"]),
        count: header.len(),
    })
}

/// Takes rows from a text.
struct Reader<'a> {
    rest: &'a str,
    /// Line of the next row, from 1.
    line: usize,
    separator: char,
}

impl Reader<'_> {
    /// The cells of the next row, or why it is none; the line after a broken one is the next. Where a row of several
    /// lines has not `count` cells, a quotation mark in its first line was not closed: only that line is lost.
    fn next(&mut self, count: Option<usize>) -> Option<Result<Vec<String>, String>> {
        if self.rest.is_empty() {
            return None;
        }
        let whole = self.rest;
        let found = row(whole, self.separator).and_then(|(cells, len)| {
            let is_broken = count.is_some_and(|count| count != cells.len());
            let lines = whole.get(..len).unwrap_or_default().trim_end_matches('\n');
            if is_broken && lines.contains('\n') {
                return Err("a quotation mark is opened and not closed; the line was left out".to_owned());
            }
            Ok((cells, len))
        });
        match found {
            Ok((cells, len)) => {
                let (taken, rest) = whole.split_at_checked(len).unwrap_or((whole, ""));
                self.line += taken.matches('\n').count();
                self.rest = rest;
                Some(Ok(cells))
            }
            Err(message) => {
                self.line += 1;
                self.rest = whole.split_once('\n').map_or("", |(_, rest)| rest);
                Some(Err(message))
            }
        }
    }
}

/// The cells at the start of a text, and how many bytes they take, line break included.
fn row(text: &str, separator: char) -> Result<(Vec<String>, usize), String> {
    let mut cells = vec![String::new()];
    let mut letters = text.char_indices().peekable();
    let mut is_quoted = false;
    while let Some((at, letter)) = letters.next() {
        if at > LIMIT_CELL * 8 || cells.len() > LIMIT_CELLS {
            return Err("the row is too long; it was left out".to_owned());
        }
        let Some(cell) = cells.last_mut() else { break };
        if is_quoted {
            if cell.len() > LIMIT_CELL {
                return Err("a quotation mark is opened and not closed; the line was left out".to_owned());
            }
            match letter {
                '"' if letters.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
                '"' => is_quoted = false,
                letter => cell.push(letter),
            }
            continue;
        }
        match letter {
            '"' if cell.is_empty() => is_quoted = true,
            '\n' => {
                if cell.ends_with('\r') {
                    cell.pop();
                }
                return Ok((cells, at + 1));
            }
            letter if letter == separator => cells.push(String::new()),
            letter => cell.push(letter),
        }
    }
    if is_quoted {
        return Err("a quotation mark is opened and not closed; the line was left out".to_owned());
    }
    Ok((cells, text.len()))
}
