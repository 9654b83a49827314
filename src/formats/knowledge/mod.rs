//! A local knowledge base: things with an id, names, aliases and a type, to look names up in while offline.
//!
//! Two shapes: CSV (comma or tab) with the header `id,names,aliases,type`, and JSON Lines with the same keys. A cell holds
//! several names with `|` between them; a name may say its language first: `ar:...`. Whatever a row has that cannot be
//! used is a finding with its line; the other rows are read.

mod csv;
mod json;

use std::collections::{BTreeMap, BTreeSet};

use super::decode::decode;
use super::{Findings, SourceFile};
use crate::model::{Diagnostic, Entity, EntityId, LabelId, Severity, is_qid};

/// Files are not read beyond this, in bytes.
pub const LIMIT_BYTES: u64 = 512 * 1024 * 1024;

/// Rows are not read beyond this.
const LIMIT_ROWS: usize = 4_000_000;

/// Longer ids, names and types are not taken, in characters.
const LIMIT_CHARS: usize = 1024;

/// A row has at most so many names, and so many aliases.
const LIMIT_NAMES: usize = 1000;

/// The key under which an entity remembers a row whose id is none of Wikidata.
const ROW_KEY: &str = "kb_id";

/// A name and its language (BCP 47), which may be empty.
pub type LanguageName = (Box<str>, Box<str>);

/// One row: something that an entity can stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownThing {
    /// Its id in the file: a Wikidata id, or any other.
    pub id: Box<str>,
    /// Its names, each with its language.
    pub names: Vec<LanguageName>,
    /// Other names, each with its language.
    pub aliases: Vec<LanguageName>,
    /// What kind of thing it is, as the file says; best a label of the scheme.
    pub kind: Box<str>,
}

impl KnownThing {
    /// The name in `language`, or the first.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        let own = self.names.iter().find(|(of, _)| **of == *language);
        own.or_else(|| self.names.first()).map_or("", |(_, name)| name)
    }

    /// An entity that stands for it. Names without a language get one from `guess`; `kind` is its label.
    #[must_use]
    pub fn entity(&self, kind: Option<LabelId>, guess: impl Fn(&str) -> String) -> Entity {
        let mut entity = Entity::new(EntityId::new(""), kind);
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (language, name) in &self.names {
            let language = if language.is_empty() { guess(name) } else { language.to_string() };
            match names.get(&language) {
                Some(first) if first.as_str() == &**name => {}
                Some(_) => entity.aliases.push(name.to_string()),
                None => {
                    names.insert(language, name.to_string());
                }
            }
        }
        for (_, alias) in &self.aliases {
            if !entity.aliases.iter().any(|known| known.as_str() == &**alias) {
                entity.aliases.push(alias.to_string());
            }
        }
        entity.name = names;
        if is_qid(&self.id) {
            entity.qid = Some(self.id.to_string());
        } else {
            entity.extra.insert(ROW_KEY.to_owned(), serde_json::Value::from(&*self.id).to_string());
        }
        entity
    }
}

/// The id of the row that an entity stands for, as the file writes it.
#[must_use]
pub fn row_of_entity(entity: &Entity) -> Option<String> {
    let row = entity.extra.get(ROW_KEY).and_then(|json| serde_json::from_str::<String>(json).ok());
    row.or_else(|| entity.qid.clone().filter(|qid| qid != crate::model::NIL))
}

/// Reads a knowledge base: its rows in the order of the file, each id once, and what is the matter with the others.
#[must_use]
pub fn read_knowledge(file: &SourceFile<'_>) -> (Vec<KnownThing>, Vec<Diagnostic>) {
    let mut findings = Findings::new(file.name, 1000);
    let text = match decode(file.bytes, None) {
        Ok(decoded) => decoded.text,
        Err(error) => {
            findings.add(Severity::Error, "undecodable", error.to_string());
            return (Vec::new(), findings.finish());
        }
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut rows = Rows::default();
    if text.trim_start().starts_with('{') {
        json::read(text, &mut rows, &mut findings);
    } else {
        csv::read(text, &mut rows, &mut findings);
    }
    (rows.rows, findings.finish())
}

#[derive(Debug, Default)]
struct Rows {
    rows: Vec<KnownThing>,
    ids: BTreeSet<Box<str>>,
}

impl Rows {
    /// Takes a row, or says why not. Answers whether there is room for more.
    fn add(&mut self, mut row: KnownThing, findings: &mut Findings) -> bool {
        let mut refuse = |code, message: String| findings.add(Severity::Error, code, message);
        if self.rows.len() >= LIMIT_ROWS {
            refuse("too_many_rows", format!("only the first {LIMIT_ROWS} rows are used"));
            return false;
        }
        let is_long = |text: &str| text.chars().nth(LIMIT_CHARS).is_some();
        if row.id.is_empty() || is_long(&row.id) || row.id.chars().any(char::is_control) {
            refuse("no_id", "the row has no usable id, so it was left out".to_owned());
            return true;
        }
        let before = row.names.len() + row.aliases.len();
        for names in [&mut row.names, &mut row.aliases] {
            names.retain(|(_, name)| !is_long(name));
            names.truncate(LIMIT_NAMES);
        }
        if row.names.len() + row.aliases.len() < before {
            refuse("long_name", format!("{}: very long or very many names were left out", row.id));
        }
        if row.names.is_empty() {
            refuse("no_name", format!("{} has no name, so it was left out", row.id));
        } else if self.ids.insert(row.id.clone()) {
            if is_long(&row.kind) {
                row.kind = Box::default();
            }
            self.rows.push(row);
        } else {
            refuse("same_id", format!("{} stands here again; the first row with it is used", row.id));
        }
        true
    }
}

/// The names of a cell: `|` between them, each with or without its language.
fn names_of_cell(cell: &str) -> Vec<LanguageName> {
    cell.split('|').filter_map(language_name).collect()
}

/// A name as it is written, `ar:...` where it says its language; nothing where it is empty.
fn language_name(written: &str) -> Option<LanguageName> {
    let written = written.trim();
    let (language, name) = match written.split_once(':') {
        Some((language, name)) if is_language(language) && !name.trim().is_empty() => (language, name.trim()),
        _ => ("", written),
    };
    (!name.is_empty()).then(|| (language.to_ascii_lowercase().into(), name.into()))
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (2..=8).contains(&part.len()) && is_plain(part))
}

#[cfg(test)]
mod tests;
