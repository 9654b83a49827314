//! The statistics as a table of text, for a spreadsheet: columns between tabs, a blank line between tables.

use crate::gui::i18n::I18n;
use crate::gui::panels::status_word;
use crate::model::{Scheme, localised};
use crate::session::Statistics;
use crate::session::listing::STATUSES;

/// All tables, in plain digits so that a spreadsheet can add them.
#[must_use]
pub fn text(found: &Statistics, i18n: &I18n, scheme: &Scheme) -> String {
    let mut lines = Vec::new();
    let mut head = vec![i18n.text("project-annotator").to_owned(), i18n.text("who-name").to_owned()];
    head.extend(STATUSES.map(|status| status_word(i18n, status).to_owned()));
    for id in ["history-mentions", "history-claims", "history-stances"] {
        head.push(i18n.text(id).to_owned());
    }
    lines.push(head.join("\t"));
    for (id, one) in &found.annotators {
        let mut row = vec![id.to_string(), cell(found.names.get(id).map_or("", String::as_str))];
        row.extend(STATUSES.map(|status| one.statuses.get(&status).copied().unwrap_or(0).to_string()));
        row.extend([one.mentions, one.claims, one.stances].map(|count| count.to_string()));
        lines.push(row.join("\t"));
    }
    lines.push(String::new());
    let mut head = vec![i18n.text("statistics-labels").to_owned(), i18n.text("who-name").to_owned()];
    head.extend(found.annotators.keys().map(ToString::to_string));
    lines.push(head.join("\t"));
    let all = found.labels();
    let of_scheme = scheme.labels.iter().map(|label| &label.id);
    let foreign = all.keys().filter(|id| scheme.label(id).is_none());
    for id in of_scheme.chain(foreign) {
        let name = scheme.label(id).map_or("", |label| localised(&label.name, i18n.language().code()));
        let mut row = vec![id.to_string(), cell(name)];
        row.extend(found.annotators.values().map(|one| one.labels.get(id).copied().unwrap_or(0).to_string()));
        lines.push(row.join("\t"));
    }
    if !found.days.is_empty() {
        lines.push(String::new());
        let mut head = vec![format!("{} ({})", i18n.text("statistics-days"), "UTC")];
        head.extend(found.annotators.keys().map(ToString::to_string));
        lines.push(head.join("\t"));
        for (day, by) in &found.days {
            let mut row = vec![day.clone()];
            row.extend(found.annotators.keys().map(|id| by.get(id).copied().unwrap_or(0).to_string()));
            lines.push(row.join("\t"));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A name that cannot end its cell.
fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
