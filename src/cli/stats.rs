//! `hashiya stats`: counts per label, status and annotator. Time spent is not recorded yet, so it is not shown.

use serde_json::{Map, Value, json};

use super::args::Stats;
use super::{Failure, Output, Surroundings, open};
use crate::model::Status;
use crate::session::{AnnotatorStatistics, Statistics};

/// Runs the command.
pub fn run(args: &Stats, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let session = open::for_reading(&args.dir, None, surroundings, out)?;
    let found = session.statistics(&mut |done, total| {
        out.progress(done, total, "articles");
        true
    })?;
    // Nothing here stops it.
    let found = found.unwrap_or_default();
    if out.is_json() {
        out.document(document(&found));
        return Ok(());
    }
    out.print(&format!("{} articles", found.articles));
    for (id, one) in &found.annotators {
        let name = found.names.get(id).map_or_else(String::new, |name| format!(" ({name})"));
        out.print(&format!("{id}{name}"));
        let statuses: Vec<String> =
            one.statuses.iter().map(|(status, count)| format!("{} {count}", word(*status))).collect();
        out.print(&format!("    articles: {}", statuses.join(", ")));
        out.print(&format!("    mentions {}, claims {}, stances {}", one.mentions, one.claims, one.stances));
        let labels: Vec<String> = one.labels.iter().map(|(label, count)| format!("{label} {count}")).collect();
        if !labels.is_empty() {
            out.print(&format!("    labels: {}", labels.join(", ")));
        }
    }
    for (day, by) in &found.days {
        let by: Vec<String> = by.iter().map(|(id, count)| format!("{id} {count}")).collect();
        out.print(&format!("done on {day} (UTC): {}", by.join(", ")));
    }
    Ok(())
}

fn word(status: Status) -> String {
    json!(status).as_str().unwrap_or_default().to_owned()
}

fn document(found: &Statistics) -> Value {
    let counts = |one: &AnnotatorStatistics| {
        let statuses: Map<String, Value> =
            one.statuses.iter().map(|(status, count)| (word(*status), json!(count))).collect();
        json!({
            "statuses": statuses,
            "labels": one.labels,
            "mentions": one.mentions,
            "claims": one.claims,
            "stances": one.stances,
        })
    };
    let annotators: Map<String, Value> = found
        .annotators
        .iter()
        .map(|(id, one)| {
            let mut value = counts(one);
            if let (Some(object), Some(name)) = (value.as_object_mut(), found.names.get(id)) {
                object.insert("name".to_owned(), json!(name));
            }
            (id.to_string(), value)
        })
        .collect();
    json!({
        "articles": found.articles,
        "annotators": annotators,
        "labels": found.labels(),
        "done_by_utc_day": found.days,
    })
}
