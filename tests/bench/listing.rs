//! The list of articles at a million rows: filter, order, find, and a change while a filter holds.
//!
//! `HASHIYA_BENCH_ROWS` sets another number of articles. They are short: only what the catalogue holds is looked at.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run may panic")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use hashiya::env::{Env, Stopwatch};
use hashiya::model::{ArticleFacts, ArticleKey, AssignmentPlan, Exchange, ExchangeArticle, Status};
use hashiya::session::listing::{Listing, Mine, Query, SortKey, TitleKeys};
use hashiya::session::{Command, NewProject, Session, schemes};
use hashiya::storage::MemFs;

#[path = "../support/synth.rs"]
#[expect(dead_code, reason = "the bench needs one of its texts")]
mod synth;

const IMPORT: usize = 200_000;
/// A word of many titles; the second with a letter that F2 exchanges.
const WORD: &str = "المحطة";
const RARE: &str = "اعلنت المزارعين";

fn rows() -> usize {
    std::env::var("HASHIYA_BENCH_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000)
}

fn project(count: usize) -> Session {
    let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: "amal".into() };
    let fs = Arc::new(MemFs::new());
    let mut session = Session::create(fs, Path::new("/p"), &new, Arc::new(Env::fixed(1)), None).unwrap();
    for first in (0..count).step_by(IMPORT) {
        let article = |n: usize| {
            let text = format!("{n} {}", synth::article(n as u64, 1));
            let mut facts = ArticleFacts::of(ArticleKey::Id(format!("a{n}")), &text);
            facts.title = text.lines().next().unwrap_or_default().to_owned();
            facts.outlet = format!("Outlet {}", n % 300);
            facts.date = format!("20{:02}-{:02}-{:02}", n % 27, 1 + n % 12, 1 + n % 28);
            facts.language = "ar".to_owned();
            ExchangeArticle {
                name: format!("a{n}"),
                facts,
                text: text.into(),
                source: None,
                paragraph_directions: BTreeMap::new(),
                sets: BTreeMap::new(),
            }
        };
        let articles = (first..(first + IMPORT).min(count)).map(article).collect();
        session.import(Exchange { articles, ..Exchange::default() }, vec![format!("part {first}")]).unwrap();
    }
    session
}

fn listing(criterion: &mut Criterion) {
    let mut session = project(rows());
    let mut group = criterion.benchmark_group(format!("{} articles", session.catalogue().len()));
    group.sample_size(10);
    group.bench_function("keys of all titles, once", |bencher| {
        bencher.iter(|| TitleKeys::of(session.catalogue(), &|| false).unwrap());
    });
    let any = Query::default;
    let queries = [
        ("all", any()),
        ("to do", Query { open: true, ..any() }),
        ("one outlet of 300", Query { outlets: ["Outlet 7".to_owned()].into(), ..any() }),
        ("a year", Query { from: "2020".into(), to: "2020".into(), ..any() }),
        ("order of titles", Query { sort: SortKey::Title, ..any() }),
        ("order of dates, newest first", Query { sort: SortKey::Date, descending: true, ..any() }),
        ("order of outlets", Query { sort: SortKey::Outlet, ..any() }),
        ("a frequent word", Query { find: WORD.to_owned(), ..any() }),
        ("two words, F2", Query { find: RARE.to_owned(), sort: SortKey::Title, ..any() }),
    ];
    let mut list = Listing::default();
    // Folds the titles.
    list.update_now(session.catalogue(), &Query { sort: SortKey::Title, ..any() }, None);
    for (name, query) in queries {
        let other = Query { flagged: true, ..any() };
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let mut spent = std::time::Duration::ZERO;
                for _ in 0..times {
                    list.update_now(session.catalogue(), &other, None);
                    let begin = Stopwatch::start();
                    list.update_now(session.catalogue(), &query, None);
                    spent += begin.elapsed();
                    black_box(list.rows().len());
                }
                spent
            });
        });
    }
    let plan = Arc::new(AssignmentPlan::new(1, 20, vec!["amal".into(), "basil".into(), "carla".into()]));
    let mine = Mine { plan, annotator: "amal".into() };
    let query = Query { mine: true, ..any() };
    group.bench_function("assigned to me, first time", |bencher| {
        bencher.iter(|| {
            let mut list = Listing::default();
            list.update_now(session.catalogue(), &query, Some(&mine));
            list.rows().len()
        });
    });
    let query = Query { open: true, ..any() };
    list.update_now(session.catalogue(), &query, None);
    let mut at = 0;
    group.bench_function("a change while a filter holds, in the frame", |bencher| {
        bencher.iter_custom(|times| {
            let mut spent = std::time::Duration::ZERO;
            for _ in 0..times {
                at += 997;
                let article = session.catalogue().row(at % session.catalogue().len()).unwrap().id();
                let command = Command::SetStatus { article, status: Status::Done, reason: String::new() };
                while session.run(command.clone()).is_err() {
                    session.wait_durable().unwrap();
                }
                let begin = Stopwatch::start();
                list.update(session.catalogue(), &query, None);
                spent += begin.elapsed();
                assert!(!list.is_busy());
            }
            spent
        });
    });
    group.finish();
}

criterion_group!(benches, listing);
criterion_main!(benches);
