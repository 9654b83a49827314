//! How long looking up an entity takes, with very many of them and a large knowledge base beside.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run may panic, and it measures time")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use hashiya::env::Env;
use hashiya::model::{ArticleFacts, ArticleKey, Entity, EntityId, Exchange, ExchangeArticle, ExchangeProject};
use hashiya::session::{Command, KnowledgeBase, NewProject, OpenOptions, Query, Session, schemes};
use hashiya::storage::{Fs, MemFs};

const ENTITIES: usize = 100_000;
const ROWS: usize = 100_000;

const FIRST: &str = "محمد أحمد وزارة شركة البيت مجلس نادر هالة";
const SECOND: &str = "الأبيض المياه القرمزي الدردري الصفواني الخارجية البيئة الساحل";

/// Names as they are in news: few first words, many homonyms, a number where nothing else tells them apart.
fn name(number: usize) -> String {
    let word = |words: &str, at: usize| words.split(' ').nth(at % 8).unwrap().to_owned();
    let (first, second) = (word(FIRST, number), word(SECOND, number / 8));
    if number.is_multiple_of(5) { format!("{first} {second}") } else { format!("{first} {second} {number}") }
}

fn project(fs: &Arc<dyn Fs>, dir: &Path) -> Session {
    let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: "amal".into() };
    let mut session = Session::create(Arc::clone(fs), dir, &new, Arc::new(Env::fixed(1)), None).unwrap();
    let entities = (0..ENTITIES).map(|number| {
        let id = EntityId::new(format!("e{number}"));
        let mut entity = Entity::new(id.clone(), Some(["PER", "ORG", "GPE"][number % 3].into()));
        entity.name.insert("ar".into(), name(number));
        entity.aliases.push(format!("Entity {number}"));
        (id, entity)
    });
    let text = "One short article.";
    let article = ExchangeArticle {
        name: "one".into(),
        facts: ArticleFacts::of(ArticleKey::Id("one".into()), text),
        text: text.into(),
        source: None,
        paragraph_directions: std::collections::BTreeMap::new(),
        sets: std::collections::BTreeMap::new(),
    };
    let project =
        ExchangeProject { entities: [("amal".into(), entities.collect())].into(), ..ExchangeProject::default() };
    session.import(Exchange { project, articles: vec![article] }, vec!["bench".into()]).unwrap();
    session.close().unwrap();
    Session::open(Arc::clone(fs), dir, &OpenOptions::default(), Arc::new(Env::fixed(2)), None).unwrap()
}

fn knowledge(fs: &Arc<dyn Fs>, path: &Path) {
    let mut text = String::from("id,names,aliases,type\n");
    for number in 0..ROWS {
        writeln!(text, "Q{},ar:{}|en:Thing {number},Alias {number},ORG", number + 1, name(number + 3)).unwrap();
    }
    fs.write_new(path, text.as_bytes()).unwrap();
}

fn looking_up(criterion: &mut Criterion) {
    let fs: Arc<dyn Fs> = Arc::new(MemFs::new());
    let mut session = project(&fs, Path::new("/p"));
    let path = Path::new("/things.csv");
    knowledge(&fs, path);
    let mut group = criterion.benchmark_group("100,000 entities");
    group.sample_size(10);
    group.bench_function("names put in order", |bencher| {
        bencher.iter(|| {
            session.reload().unwrap();
            session.wait_names();
        });
    });
    group.bench_function("knowledge base of 100,000 rows read", |bencher| {
        bencher.iter(|| black_box(KnowledgeBase::read(fs.as_ref(), path).unwrap().len()));
    });
    session.attach_knowledge(Some(KnowledgeBase::read(fs.as_ref(), path).unwrap()));
    session.wait_names();
    group.sample_size(50);
    // One letter is the worst: a large part of all names begins with it.
    for (what, typed) in [("a whole name", name(5)), ("two words", name(40)), ("one letter", "\u{645}".to_owned())] {
        let query = Query { typed, label: Some("ORG".into()), article: None, limit: 8 };
        group.bench_function(format!("panel for {what}"), |bencher| {
            bencher.iter(|| {
                let found = session.candidates(&query);
                let ids: Vec<EntityId> = found
                    .iter()
                    .filter_map(|candidate| match &candidate.offer {
                        hashiya::session::Offered::Entity(id) => Some(id.clone()),
                        hashiya::session::Offered::Row(_) => None,
                    })
                    .collect();
                black_box((found.len(), session.articles_about(&ids).len()))
            });
        });
    }
    group.bench_function("an entity changed, and looked up", |bencher| {
        let mut number = 0;
        bencher.iter(|| {
            number += 1;
            let mut entity = session.entities()["e7"].clone();
            entity.note = format!("note {number}");
            while session.run(Command::PutEntity { entity: Box::new(entity.clone()) }).is_err() {
                session.wait_durable().unwrap();
            }
            let query = Query { typed: name(7), label: None, article: None, limit: 8 };
            black_box(session.candidates(&query).len())
        });
    });
    group.finish();
}

criterion_group!(benches, looking_up);
criterion_main!(benches);
