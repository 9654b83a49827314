//! A small project in memory, and short ways to say what tests say often.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::model::{
    ArticleFacts, ArticleId, ArticleKey, Attributes, Exchange, ExchangeArticle, ExchangeProject, Region, RegionKind,
    RegionState,
};
use hashiya::session::{Command, CommandError, NewProject, OpenOptions, Outcome, Session, SessionError, schemes};
use hashiya::storage::{Clash, Fs, MemFs};
use hashiya::text::{Span, SpanSet};

/// Title, a paragraph with attached particles and marks, a Latin run, and a footer.
pub const NEWS: &str = concat!(
    "قمة للصحفيين في جنيف",
    "\n\n",
    "وقال بوتين للصحفيين إن وزارة الخارجية الروسية تتوقع 76.68% من الأصوات، وبوتين لم يعلّق.",
    "\n\n",
    "The White House answered Putin later.",
    "\n\n",
    "التعليقات",
    "\n",
);

/// A second article.
pub const BRIEF: &str = concat!("موجز: التقى الوزيران في لندن.", "\n",);

/// A file system, a project on it, a data folder, and a fixed clock.
pub struct World {
    pub fs: Arc<dyn Fs>,
    pub dir: PathBuf,
    pub data: PathBuf,
    pub seed: u64,
}

impl World {
    pub fn new() -> Self {
        Self { fs: Arc::new(MemFs::new()), dir: PathBuf::from("/p/news"), data: PathBuf::from("/data"), seed: 7 }
    }

    pub fn env(&self) -> Arc<Env> {
        Arc::new(Env::fixed(self.seed))
    }

    pub fn create(&self, annotator: &str) -> Session {
        let new = NewProject { name: "News".into(), scheme: schemes::news(), annotator: annotator.into() };
        Session::create(Arc::clone(&self.fs), &self.dir, &new, self.env(), Some(&self.data)).unwrap()
    }

    /// A project with two articles, made by `amal`.
    pub fn with_news(&self) -> Session {
        let mut session = self.create("amal");
        session.import(news(), vec!["news.jsonl".into()]).unwrap();
        session
    }

    pub fn open(&self) -> Session {
        self.open_with(&OpenOptions::default()).unwrap()
    }

    pub fn open_as(&self, annotator: &str) -> Session {
        self.open_with(&OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() }).unwrap()
    }

    pub fn open_with(&self, options: &OpenOptions) -> Result<Session, SessionError> {
        self.open_at(&self.dir, options)
    }

    /// With no set in memory.
    pub fn open_lazily(&self, dir: &Path, options: &OpenOptions) -> Result<Session, SessionError> {
        Session::open(Arc::clone(&self.fs), dir, options, self.env(), Some(&self.data))
    }

    /// With every set in memory, so that whole states can be compared.
    pub fn open_at(&self, dir: &Path, options: &OpenOptions) -> Result<Session, SessionError> {
        let mut session = self.open_lazily(dir, options)?;
        session.open_all()?;
        Ok(session)
    }
}

pub fn exchange_article(name: &str, text: &str) -> ExchangeArticle {
    let mut facts = ArticleFacts::of(ArticleKey::Id(name.into()), text);
    facts.title = format!("Title of {name}");
    facts.language = "ar".into();
    ExchangeArticle {
        name: name.into(),
        facts,
        text: Arc::from(text),
        source: None,
        paragraph_directions: BTreeMap::new(),
        sets: BTreeMap::new(),
    }
}

pub fn news() -> Exchange {
    let mut first = exchange_article("news-1", NEWS);
    let footer = NEWS.find("\u{627}\u{644}\u{62A}\u{639}\u{644}").unwrap();
    first.facts.regions = vec![
        region(RegionKind::Title, Span::new(0, NEWS.find('\n').unwrap()), true),
        region(RegionKind::Comments, Span::new(footer, NEWS.len() - 1), false),
    ];
    Exchange { project: ExchangeProject::default(), articles: vec![first, exchange_article("news-2", BRIEF)] }
}

fn region(kind: RegionKind, span: Span, include: bool) -> Region {
    Region { kind, span, include, state: RegionState::Proposed, duplicate_of: None }
}

/// The first article.
pub fn first(session: &Session) -> ArticleId {
    session.catalogue().row(0).unwrap().id()
}

/// Every row of the catalogue, as text that can be kept.
pub fn rows(session: &Session) -> Vec<String> {
    session.catalogue().rows().map(|row| format!("{row:?}")).collect()
}

/// Where `needle` stands in the first article for the `nth` time, from 0.
pub fn span(needle: &str, nth: usize) -> Span {
    let (at, _) = NEWS.match_indices(needle).nth(nth).unwrap();
    Span::new(at, at + needle.len())
}

pub fn set(spans: &[Span]) -> SpanSet {
    SpanSet::new(spans.to_vec()).unwrap()
}

/// Marks a span of the first article.
pub fn add(session: &mut Session, label: &str, at: Span) -> Result<Outcome, CommandError> {
    let article = first(session);
    session.run(Command::AddMention { article, label: label.into(), spans: set(&[at]), attributes: Attributes::new() })
}

/// Marks a span of the first article and returns the id.
pub fn added(session: &mut Session, label: &str, at: Span) -> hashiya::model::MentionId {
    add(session, label, at).unwrap().id.unwrap().into()
}

/// Codes of the notices.
pub fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.notices.iter().map(|notice| notice.code).collect()
}

/// Everything of a project that a person can see, whoever looks.
#[derive(Debug, PartialEq)]
pub struct Shown {
    pub exchange: Exchange,
    pub clashes: Vec<Clash>,
    pub scheme: String,
    pub settings: BTreeMap<String, String>,
    pub export_profiles: BTreeMap<String, String>,
    pub registrations: Vec<String>,
}

/// What this session shows.
pub fn shown(session: &Session) -> Shown {
    Shown {
        exchange: session.exchange(None, None).unwrap(),
        clashes: session.clashes().to_vec(),
        scheme: session.scheme_id().to_string(),
        settings: session.state().settings().clone(),
        export_profiles: session.state().export_profiles().clone(),
        registrations: session.state().registrations().iter().map(ToString::to_string).collect(),
    }
}
