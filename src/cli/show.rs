//! `hashiya show`: the catalogue, or one article with its annotations.

use serde_json::{Value, json};

use super::args::Show;
use super::{Failure, Output, Surroundings, open};
use crate::formats::jsonl;
use crate::model::{AnnotationSet, AnnotatorId, ExchangeArticle};
use crate::session::Session;

/// Runs the command.
pub fn run(args: &Show, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let session = open::for_reading(&args.dir, args.annotator.as_deref(), surroundings, out)?;
    match &args.article {
        None => catalogue(&session, out),
        Some(name) => article(&session, name, args, out)?,
    }
    Ok(())
}

fn catalogue(session: &Session, out: &Output) {
    let catalogue = session.catalogue();
    if out.is_json() {
        let plan = session.assignment_plan();
        let assigner = plan.as_deref().map(crate::model::AssignmentPlan::assigner);
        let articles: Vec<Value> = catalogue
            .rows()
            .map(|row| {
                let mut article = json!({
                    "id": row.name,
                    "article_id": row.id().as_str(),
                    "title": row.title,
                    "outlet": row.outlet,
                    "date": row.date,
                    "language": row.language,
                    "status": row.status,
                    "flagged": row.flagged,
                    "counts": { "mentions": row.mentions, "claims": row.claims, "stances": row.stances },
                });
                if let (Some(plan), Some(assigner)) = (&plan, &assigner) {
                    let (first, second) = assigner.assign(&row.id(), row.language);
                    let whose = [first, second].into_iter().flatten().filter_map(|at| plan.annotators.get(at));
                    article["assigned_to"] = whose.map(crate::model::AnnotatorId::as_str).collect();
                }
                article
            })
            .collect();
        let annotators: Vec<String> = session.annotators().iter().map(ToString::to_string).collect();
        out.document(json!({
            "project": session.header().name,
            "annotator": session.annotator().as_str(),
            "annotators": annotators,
            "articles": articles,
        }));
        return;
    }
    for row in catalogue.rows() {
        let counts = format!("{} {} {}", row.mentions, row.claims, row.stances);
        let status = json!(row.status);
        out.print(&format!("{}  {}  {counts}  {}", row.name, status.as_str().unwrap_or_default(), row.title));
    }
    out.say(&format!("{} articles; counts are mentions, claims, stances of {}", catalogue.len(), session.annotator()));
}

fn article(session: &Session, name: &str, args: &Show, out: &Output) -> Result<(), Failure> {
    let id = open::article(session, name)?;
    let annotators = args.annotator.as_deref().map(open::annotator_id).transpose()?.map(|id| vec![id]);
    let exchange = session.exchange(Some(std::slice::from_ref(&id)), annotators.as_deref())?;
    let Some(article) = exchange.articles.first() else { return Ok(()) };
    if out.is_json() {
        let mut exporter = jsonl::exporter();
        session.catalogue().rows().for_each(|row| exporter.name_article(&row.id(), row.name));
        exporter.survey(article);
        exporter.begin(&exchange.project);
        let line = exporter.article(article);
        let value: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
        if out.has_problems() {
            out.document(value);
        } else {
            out.print_json(&value);
        }
        return Ok(());
    }
    print_article(article, out);
    Ok(())
}

fn print_article(article: &ExchangeArticle, out: &Output) {
    out.print(&format!("{}  {}", article.name, article.facts.title));
    for line in article.text.lines() {
        out.print(line);
    }
    for (annotator, set) in &article.sets {
        print_set(annotator, set, out);
    }
}

fn print_set(annotator: &AnnotatorId, set: &AnnotationSet, out: &Output) {
    let status = json!(set.status);
    out.print(&format!("-- {annotator}: {}", status.as_str().unwrap_or_default()));
    for mention in set.mentions_in_order() {
        let spans = format!("{:?}", mention.spans);
        out.print(&format!("{}  {}  {spans}  {}", mention.id, mention.label, mention.quote));
    }
    for claim in set.claims.values() {
        out.print(&format!("{}  claim  {:?}  {}", claim.id, claim.content, claim.quote));
    }
    for stance in set.stances.values() {
        out.print(&format!("{}  {}={}  {}", stance.id, stance.scale, stance.value, stance.quote));
    }
}
