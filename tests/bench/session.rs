//! How long a command takes: until it is applied, and until it is on disk. The texts are made here, the same at every run.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run may panic, and it measures time")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hashiya::env::{Env, Stopwatch};
use hashiya::model::{
    ArticleFacts, ArticleId, ArticleKey, Attributes, ChainLink, Claim, Exchange, ExchangeArticle, ExchangeProject,
    LinkRole, MentionId, Provenance, Ref, Stance, Surroundings, findings,
};
use hashiya::session::{Command, NewProject, OpenOptions, Session, schemes};
use hashiya::storage::{DiskFs, Fs, MemFs};
use hashiya::text::{Span, SpanSet};

#[path = "../support/synth.rs"]
#[expect(dead_code, reason = "the bench needs one of its texts")]
mod synth;

const ARTICLE_BYTES: usize = 200 * 1024;
const MENTIONS: usize = 5_000;
/// Articles of the project that is followed.
const FOLLOWED: usize = 20_000;

/// A project with one article of 200 KB.
fn project(fs: Arc<dyn Fs>, dir: &Path) -> Session {
    project_of(fs, dir, ARTICLE_BYTES)
}

/// A project with one article of this length.
fn project_of(fs: Arc<dyn Fs>, dir: &Path, bytes: usize) -> Session {
    let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: "amal".into() };
    let mut session = Session::create(fs, dir, &new, Arc::new(Env::fixed(1)), None).unwrap();
    let text = synth::article(5, bytes);
    let article = ExchangeArticle {
        name: "long".into(),
        facts: ArticleFacts::of(ArticleKey::Id("long".into()), &text),
        text: text.into(),
        source: None,
        paragraph_directions: std::collections::BTreeMap::new(),
        sets: std::collections::BTreeMap::new(),
    };
    let exchange = Exchange { project: ExchangeProject::default(), articles: vec![article] };
    session.import(exchange, vec!["bench".into()]).unwrap();
    session
}

fn add(session: &mut Session, article: &ArticleId, label: &str, span: Span) -> MentionId {
    let spans = SpanSet::one(span).unwrap();
    let command =
        Command::AddMention { article: article.clone(), label: label.into(), spans, attributes: Attributes::new() };
    loop {
        match session.run(command.clone()) {
            Ok(outcome) => return outcome.id.unwrap().into(),
            // The queue is full: this asks for more than a person can.
            Err(_) => session.wait_durable().unwrap(),
        }
    }
}

/// The project with 5,000 mentions, and the words that have none yet.
fn annotated(fs: Arc<dyn Fs>, dir: &Path) -> (Session, ArticleId, Vec<Span>) {
    let mut session = project(fs, dir);
    let article = session.catalogue().row(0).unwrap().id();
    let words = session.words(&article).unwrap();
    for word in words.iter().take(MENTIONS) {
        add(&mut session, &article, "ORG", *word);
    }
    session.wait_durable().unwrap();
    (session, article, words.iter().skip(MENTIONS).copied().collect())
}

fn commands(criterion: &mut Criterion) {
    let (mut session, article, words) = annotated(Arc::new(MemFs::new()), Path::new("/p"));
    let mut next = words.iter().copied().cycle();
    let mut group = criterion.benchmark_group("200 KB, 5,000 mentions");
    group.bench_function("label key to state", |bencher| {
        bencher.iter(|| {
            let mention = add(&mut session, &article, "PER", next.next().unwrap());
            black_box(session.mention_order(&article).len());
            while session.run(Command::Undo).is_err() {
                session.wait_durable().unwrap();
            }
            mention
        });
    });
    group.bench_function("suggested span of a word", |bencher| {
        bencher.iter(|| black_box(session.suggest_span(&article, next.next().unwrap().start()).unwrap()));
    });
    group.bench_function("rows", |bencher| bencher.iter(|| black_box(session.catalogue().len())));
    let loaded = session.article(&article).unwrap();
    let sentences = session.sentences(&article).unwrap();
    let around = Surroundings {
        scheme: session.scheme(),
        entities: session.entities(),
        clusters: session.clusters(),
        topics: session.topics(),
        sentences: &sentences,
    };
    let check = || findings(&loaded, session.set(&article), &around).len();
    group.bench_function("checks", |bencher| bencher.iter(|| black_box(check())));
    group.finish();
}

/// A dense article: 150 mentions, 30 claims with cues and sources, 20 stances.
fn dense(session: &mut Session) -> ArticleId {
    let article = session.catalogue().row(0).unwrap().id();
    let words = session.words(&article).unwrap();
    let mentions: Vec<MentionId> =
        words.iter().take(300).step_by(2).map(|word| add(session, &article, "PER", *word)).collect();
    for number in 0..30 {
        let at = |word: usize| SpanSet::one(words[number * 8 + word]).unwrap();
        let link = ChainLink {
            role: LinkRole::Origin,
            source: Some(Ref::Mention(mentions[number].clone())),
            spans: Some(at(0)),
            cue: Some(at(1)),
            implicit: false,
            on_behalf_of: None,
        };
        let claim = Claim {
            id: format!("c{number}").into(),
            content: SpanSet::one(words[number * 8 + 2].hull(words[number * 8 + 7])).unwrap(),
            quote: String::new(),
            chain: vec![link],
            attributes: Attributes::new(),
            nested_in: None,
            cluster: None,
            norm: std::collections::BTreeMap::new(),
            verdict: None,
            note: String::new(),
            provenance: Provenance::manual("amal".into(), Env::fixed(1).now()),
            extra: std::collections::BTreeMap::new(),
        };
        session.run(Command::PutClaim { article: article.clone(), claim: Box::new(claim) }).unwrap();
    }
    for number in 0..20 {
        let stance = Stance {
            id: format!("s{number}").into(),
            holder: Ref::Mention(mentions[number].clone()),
            target: Ref::Claim(format!("c{number}").into()),
            scale: "favor3".into(),
            value: "favor".into(),
            explicit: true,
            evidence: Some(SpanSet::one(words[number * 8 + 1]).unwrap()),
            quote: String::new(),
            attributed_through: Vec::new(),
            attributes: Attributes::new(),
            note: String::new(),
            provenance: Provenance::manual("amal".into(), Env::fixed(1).now()),
            extra: std::collections::BTreeMap::new(),
        };
        session.run(Command::PutStance { article: article.clone(), stance: Box::new(stance) }).unwrap();
    }
    session.wait_durable().unwrap();
    article
}

/// The checks of a dense article of usual length; 1 ms is promised.
fn checks(criterion: &mut Criterion) {
    let mut session = project_of(Arc::new(MemFs::new()), Path::new("/p"), 24 * 1024);
    let article = dense(&mut session);
    let loaded = session.article(&article).unwrap();
    let sentences = session.sentences(&article).unwrap();
    let around = Surroundings {
        scheme: session.scheme(),
        entities: session.entities(),
        clusters: session.clusters(),
        topics: session.topics(),
        sentences: &sentences,
    };
    let check = || findings(&loaded, session.set(&article), &around).len();
    criterion.bench_function("checks of 150 mentions, 30 claims, 20 stances", |bencher| {
        bencher.iter(|| black_box(check()));
    });
}

fn durable(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, article, words) = annotated(Arc::new(DiskFs), &folder.path().join("p"));
    let mut next = words.iter().copied().cycle();
    criterion.bench_function("command to durable", |bencher| {
        bencher.iter(|| {
            let mention = add(&mut session, &article, "PER", next.next().unwrap());
            session.wait_durable().unwrap();
            mention
        });
    });
    session.close().unwrap();
}

fn opening(criterion: &mut Criterion) {
    let fs: Arc<dyn Fs> = Arc::new(MemFs::new());
    let dir = Path::new("/p");
    annotated(Arc::clone(&fs), dir).0.close().unwrap();
    let mut group = criterion.benchmark_group("5,000 lines");
    group.sample_size(10);
    group.bench_function("open", |bencher| {
        let open = || {
            let env = Arc::new(Env::fixed(2));
            Session::open(Arc::clone(&fs), dir, &OpenOptions::default(), env, None).unwrap()
        };
        bencher.iter_batched(|| (), |()| open(), BatchSize::PerIteration);
    });
    group.finish();
}

/// What taking in others' work costs the frame: the reading has been done on a thread.
fn following(criterion: &mut Criterion) {
    let fs: Arc<dyn Fs> = Arc::new(MemFs::new());
    let dir = Path::new("/p");
    let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: "amal".into() };
    let mut session = Session::create(Arc::clone(&fs), dir, &new, Arc::new(Env::fixed(1)), None).unwrap();
    let article = |number: usize| {
        let (name, text) = (format!("article-{number}"), format!("Article {number} is short."));
        ExchangeArticle {
            facts: ArticleFacts::of(ArticleKey::Id(name.clone()), &text),
            name,
            text: text.into(),
            source: None,
            paragraph_directions: std::collections::BTreeMap::new(),
            sets: std::collections::BTreeMap::new(),
        }
    };
    let articles = (0..FOLLOWED).map(article).collect();
    let exchange = Exchange { project: ExchangeProject::default(), articles };
    session.import(exchange, vec!["bench".into()]).unwrap();
    session.close().unwrap();
    let open = |annotator: &str, seed| {
        let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
        Session::open(Arc::clone(&fs), dir, &options, Arc::new(Env::fixed(seed)), None).unwrap()
    };
    let (mut here, mut there) = (open("amal", 2), open("basim", 3));
    here.start_following(std::time::Duration::from_hours(1), || {}).unwrap();
    let article = there.catalogue().row(0).unwrap().id();
    here.open_article(&article).unwrap();
    let mut flagged = false;
    let mut group = criterion.benchmark_group("20,000 articles");
    group.sample_size(10);
    group.bench_function("others' work to state", |bencher| {
        bencher.iter_custom(|rounds| {
            let mut total = std::time::Duration::ZERO;
            for _ in 0..rounds {
                flagged = !flagged;
                there.run(Command::SetFlag { article: article.clone(), flagged }).unwrap();
                there.wait_durable().unwrap();
                assert!(here.look());
                let stopwatch = Stopwatch::start();
                black_box(here.follow());
                total += stopwatch.elapsed();
            }
            total
        });
    });
    group.finish();
}

criterion_group!(benches, commands, checks, durable, opening, following);
criterion_main!(benches);
