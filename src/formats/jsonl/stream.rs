//! The file in pieces: memory holds one piece and what names need, however long the file is.
//!
//! Lines are taken apart on all cores. What depends on the lines before (ids for annotators, which unknown labels have
//! been reported) is settled in order: a line that would add to it is read once more with what is known by then.
//!
//! Most files need one pass. Where an article comes twice, or a reference names an article further down, a first pass
//! finds all names, and a second one hands the articles over.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Unit;

use super::article::{Reading, article_from_value};
use super::header::{Header, header_from_value};
use super::ids::Annotators;
use super::item::Unknown;
use super::read::{ClusterChecks, add_article, drop_dangling, resolve, value_from_line};
use super::references::article_name;
use crate::formats::decode::decode;
use crate::formats::{Findings, ImportOptions};
use crate::model::{AnnotationSet, ArticleId, Diagnostic, ExchangeArticle, ExchangeProject, Ref, Scheme, Severity};

/// Bytes that are read at once.
const PIECE_BYTES: usize = 4 << 20;

/// Bytes that are read at first: the first lines name nearly all annotators, and lines that do are read twice.
const FIRST_PIECE_BYTES: usize = 64 << 10;

/// Where the bytes of a file come from: up to so many from a place on, fewer only at the end.
pub type ReadAt<'a, E> = &'a mut dyn FnMut(u64, usize) -> Result<Vec<u8>, E>;

/// Gives an article the identity it has where it goes, or refuses it; the findings say why.
pub type Admit<'a> = &'a (dyn Fn(&mut ExchangeArticle) -> (bool, Vec<Diagnostic>) + Sync);

/// Who takes the articles.
pub trait ArticleSink<E> {
    /// The head of the file has been read: what it says about the project, annotators aside. Comes first, and again
    /// where the file is begun again: what was taken before does not count then.
    ///
    /// # Errors
    /// What the taker says; reading stops.
    fn begin(&mut self) -> Result<(), E>;

    /// An article, in file order. `done` bytes of the file have been read.
    ///
    /// # Errors
    /// What the taker says; reading stops.
    fn article(&mut self, article: ExchangeArticle, done: u64) -> Result<(), E>;
}

/// What lines share and add to.
#[derive(Clone, Debug, Default)]
struct Shared {
    annotators: Annotators,
    unknown: Unknown,
}

impl Shared {
    fn size(&self) -> (usize, usize) {
        (self.annotators.len(), self.unknown.count())
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
struct LinePlace {
    start: u64,
    len: usize,
    number: usize,
}

/// Bytes of the file with the lines that are whole in it.
#[derive(Debug)]
struct Piece {
    start: u64,
    bytes: Vec<u8>,
    lines: Vec<LinePlace>,
    /// Where the next one begins.
    next: u64,
}

impl Piece {
    /// The bytes of a line, its end left out where it is longer than any line may be.
    fn line(&self, place: &LinePlace) -> &[u8] {
        let at = (place.start - self.start) as usize;
        self.bytes.get(at..(at + place.len).min(self.bytes.len())).unwrap_or_default()
    }
}

/// The names of a file.
#[derive(Debug, Default)]
struct Names {
    /// The first article of each name, and where it stands.
    first: BTreeMap<String, (ArticleId, LinePlace)>,
    /// All lines of names that come more than once, in order.
    twice: BTreeMap<String, Vec<LinePlace>>,
}

impl Names {
    /// Notes a name. Answers whether it is new.
    fn note(&mut self, article: &ExchangeArticle, place: LinePlace) -> bool {
        match self.first.get(&article.name) {
            None => {
                self.first.insert(article.name.clone(), (article.facts.id.clone(), place));
                true
            }
            Some((_, first)) => {
                self.twice.entry(article.name.clone()).or_insert_with(|| vec![*first]).push(place);
                false
            }
        }
    }

    fn id(&self, name: &str) -> Option<&ArticleId> {
        self.first.get(name).map(|(id, _)| id)
    }

    /// Whether every article that this one names is known.
    fn know_all_of(&self, article: &ExchangeArticle) -> bool {
        let knows_version = article.facts.version_of.as_ref().is_none_or(|name| {
            // What looks like an id is one, whatever comes further down.
            self.first.contains_key(name.as_str()) || is_id(name.as_str())
        });
        let mut references = article.sets.values().flat_map(AnnotationSet::references);
        knows_version
            && references.all(|reference| match reference {
                Ref::ClaimOf(article, _) => article_name(article).is_none_or(|name| self.first.contains_key(name)),
                _ => true,
            })
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// What came of one line.
#[derive(Debug, Default)]
struct Line {
    article: Option<ExchangeArticle>,
    findings: Vec<Diagnostic>,
    /// It added to what lines share.
    grew: bool,
}

/// Reads a file of our own format piece by piece; see [`super::read`]. Articles are handed over complete.
///
/// # Errors
/// What reading bytes or the taker says. Content never fails it.
pub fn read_pieces<E>(
    name: &str,
    options: &ImportOptions,
    bytes: ReadAt<'_, E>,
    admit: Admit<'_>,
    sink: &mut dyn ArticleSink<E>,
) -> Result<(ExchangeProject, Vec<Diagnostic>), E> {
    let head = bytes(0, 3)?;
    // JSON is UTF-8; another encoding only where it is asked for or a UTF-16 mark says so, and then all at once.
    if options.encoding.is_none() && !head.starts_with(&[0xFF, 0xFE]) && !head.starts_with(&[0xFE, 0xFF]) {
        let start = if head == [0xEF, 0xBB, 0xBF] { 3 } else { 0 };
        return Reader::new(name, options, bytes, start, admit).run(sink);
    }
    let mut whole = Vec::new();
    loop {
        let piece = bytes(whole.len() as u64, PIECE_BYTES)?;
        if piece.is_empty() {
            break;
        }
        whole.extend(piece);
    }
    match decode(&whole, options.encoding.as_deref()) {
        Ok(decoded) => {
            let text = decoded.text.into_bytes();
            let mut bytes = |at: u64, len: usize| Ok(piece_of(&text, at, len));
            Reader::new(name, options, &mut bytes, 0, admit).run(sink)
        }
        Err(error) => {
            sink.begin()?;
            let mut findings = Findings::new(name, options.limits.diagnostics);
            findings.add(Severity::Error, "undecodable", error.to_string());
            Ok((ExchangeProject::default(), findings.finish()))
        }
    }
}

/// Up to `len` bytes from `at` on.
pub fn piece_of(bytes: &[u8], at: u64, len: usize) -> Vec<u8> {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    bytes.get(at..at.saturating_add(len).min(bytes.len())).unwrap_or_default().to_vec()
}

struct Reader<'a, E> {
    name: &'a str,
    options: &'a ImportOptions,
    bytes: ReadAt<'a, E>,
    start: u64,
    admit: Admit<'a>,
    shared: Shared,
    header: Header,
    names: Names,
    /// Articles handed over.
    count: usize,
    clusters: ClusterChecks,
    /// About lines.
    findings: Findings,
    /// About articles as a whole: what only the other lines tell.
    late: Findings,
}

/// Takes what is read; none while a first pass finds names.
type Taker<'s, E> = Option<&'s mut dyn ArticleSink<E>>;

impl<'a, E> Reader<'a, E> {
    fn new(name: &'a str, options: &'a ImportOptions, bytes: ReadAt<'a, E>, start: u64, admit: Admit<'a>) -> Self {
        let findings = || Findings::new(name, options.limits.diagnostics);
        Self {
            name,
            options,
            bytes,
            start,
            admit,
            shared: Shared::default(),
            header: Header::default(),
            names: Names::default(),
            count: 0,
            clusters: ClusterChecks::default(),
            findings: findings(),
            late: findings(),
        }
    }

    fn run(mut self, sink: &mut dyn ArticleSink<E>) -> Result<(ExchangeProject, Vec<Diagnostic>), E> {
        sink.begin()?;
        if !self.pass(sink)? {
            // The lines themselves have been reported; what remains is what only the whole file tells.
            self.late = Findings::new(self.name, self.options.limits.diagnostics);
            self.clusters = ClusterChecks::of(&self.header.listed_claims);
            self.count = 0;
            sink.begin()?;
            self.second_pass(sink)?;
        }
        self.late.at_file();
        self.clusters.finish(&mut self.late);
        let (mut findings, count) = (self.findings, self.count);
        findings.take(self.late.finish());
        if count == 0 && findings.count() == 0 {
            findings.at_file();
            findings.add(Severity::Warning, "no_articles", "the file has no articles");
        }
        let mut project = self.header.project;
        project.annotators = self.shared.annotators.into_profiles();
        Ok((project, findings.finish()))
    }

    /// Goes through the file and hands over what it reads. Answers `false` where it met something that needs two
    /// passes; it has found all names then.
    fn pass(&mut self, sink: &mut dyn ArticleSink<E>) -> Result<bool, E> {
        let mut taker: Taker<'_, E> = Some(sink);
        let (mut at, mut number, mut is_head) = (self.start, 0, true);
        loop {
            let piece = self.piece(at, &mut number)?;
            let mut lines = piece.lines.as_slice();
            if lines.is_empty() {
                return Ok(taker.is_some());
            }
            while is_head && let Some((first, rest)) = lines.split_first() {
                match self.head(&piece, first) {
                    Head::Nothing => lines = rest,
                    Head::Header => (lines, is_head) = (rest, false),
                    Head::Unreadable => return Ok(true),
                    Head::Article => is_head = false,
                }
            }
            for (place, mut line) in lines.iter().zip(self.parse(&piece, lines)) {
                if line.grew {
                    line = self.parse_here(piece.line(place), place);
                }
                self.findings.take(line.findings);
                let Some(article) = line.article else { continue };
                let is_new = self.names.note(&article, *place);
                if let Some(sink) = &mut taker {
                    if is_new && self.names.know_all_of(&article) {
                        let article = self.completed(article, place);
                        sink.article(article, piece.next)?;
                    } else {
                        taker = None;
                    }
                }
            }
            at = piece.next;
        }
    }

    /// Hands everything over, names being known.
    fn second_pass(&mut self, sink: &mut dyn ArticleSink<E>) -> Result<(), E> {
        let twice = std::mem::take(&mut self.names.twice);
        let firsts: BTreeMap<u64, &[LinePlace]> =
            twice.values().filter_map(|places| Some((places.first()?.start, places.as_slice()))).collect();
        let later: BTreeSet<u64> = twice.values().flat_map(|places| places.iter().skip(1).map(|at| at.start)).collect();
        let mut versions: BTreeMap<u64, ExchangeArticle> = BTreeMap::new();
        let (mut at, mut number) = (self.start, 0);
        loop {
            let piece = self.piece(at, &mut number)?;
            if piece.lines.is_empty() {
                return Ok(());
            }
            for (place, line) in piece.lines.iter().zip(self.parse(&piece, &piece.lines)) {
                let Some(article) = line.article else { continue };
                let article = if let Some(places) = firsts.get(&place.start) {
                    self.united(article, places, &mut versions)?
                } else if later.contains(&place.start) {
                    versions.remove(&place.start)
                } else {
                    Some(article)
                };
                if let Some(article) = article {
                    let article = self.completed(article, place);
                    sink.article(article, piece.next)?;
                }
            }
            at = piece.next;
        }
    }

    /// The next lines, as many as fit, or one that is longer.
    fn piece(&mut self, at: u64, number: &mut usize) -> Result<Piece, E> {
        let wanted = if at == self.start { FIRST_PIECE_BYTES } else { PIECE_BYTES };
        let mut bytes = (self.bytes)(at, wanted)?;
        let mut is_end = bytes.len() < wanted;
        let mut end = bytes.iter().rposition(|byte| *byte == b'\n');
        while end.is_none() && !is_end && bytes.len() <= self.options.limits.line_bytes {
            let more = (self.bytes)(at + bytes.len() as u64, PIECE_BYTES)?;
            is_end = more.len() < PIECE_BYTES;
            end = more.iter().position(|byte| *byte == b'\n').map(|found| bytes.len() + found);
            bytes.extend(more);
        }
        let mut lines = Vec::new();
        let mut next = at;
        let whole = if is_end { bytes.len() } else { end.map_or(0, |end| end + 1) };
        for line in bytes.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
            *number += 1;
            let len = line.strip_suffix(b"\n").map_or(line.len(), <[u8]>::len);
            lines.push(LinePlace { start: next, len, number: *number });
            next += line.len() as u64;
        }
        if lines.is_empty() && !bytes.is_empty() {
            // A line longer than any may be: its end is looked for, its bytes are not kept.
            let mut len = bytes.len();
            loop {
                let more = (self.bytes)(at + len as u64, PIECE_BYTES)?;
                let found = more.iter().position(|byte| *byte == b'\n');
                len += found.unwrap_or(more.len());
                if found.is_some() || more.len() < PIECE_BYTES {
                    next = at + len as u64 + u64::from(found.is_some());
                    break;
                }
            }
            *number += 1;
            lines.push(LinePlace { start: at, len, number: *number });
        }
        Ok(Piece { start: at, bytes, lines, next })
    }

    fn head(&mut self, piece: &Piece, place: &LinePlace) -> Head {
        self.findings.at_line(place.number);
        let mut looked = Findings::new(self.name, self.options.limits.diagnostics);
        let Some(value) = value_from_line(piece.line(place), place.len, self.options, &mut looked) else {
            looked
                .finish()
                .into_iter()
                .for_each(|finding| self.findings.add(finding.severity, finding.code, finding.message));
            return Head::Nothing;
        };
        if value.get("hashiya_jsonl").is_none() {
            return Head::Article;
        }
        let found = header_from_value(value, &mut self.shared.annotators, &mut self.findings);
        if !found.readable {
            return Head::Unreadable;
        }
        self.clusters = ClusterChecks::of(&found.listed_claims);
        self.header = found;
        Head::Header
    }

    fn known(&self) -> Known<'_> {
        Known {
            name: self.name,
            options: self.options,
            unit: self.header.unit.or(self.options.unit).unwrap_or_default(),
            scheme: self.options.scheme.as_ref().or(self.header.project.scheme.as_ref()),
            admit: self.admit,
        }
    }

    /// Takes lines apart on all cores, each as if it came first.
    fn parse(&self, piece: &Piece, lines: &[LinePlace]) -> Vec<Line> {
        let (known, shared) = (self.known(), &self.shared);
        let parse = |local: &mut Shared, place: &LinePlace| {
            let line = known.parse(piece.line(place), place, local);
            if line.grew {
                local.clone_from(shared);
            }
            line
        };
        lines.par_iter().map_init(|| shared.clone(), parse).collect()
    }

    /// Takes one line apart after all that came before.
    fn parse_here(&mut self, line: &[u8], place: &LinePlace) -> Line {
        let mut shared = std::mem::take(&mut self.shared);
        let line = self.known().parse(line, place, &mut shared);
        self.shared = shared;
        line
    }

    /// Puts the lines of one name together. Newer texts among them wait in `versions` for their line.
    fn united(
        &mut self,
        first: ExchangeArticle,
        places: &[LinePlace],
        versions: &mut BTreeMap<u64, ExchangeArticle>,
    ) -> Result<Option<ExchangeArticle>, E> {
        let (mut articles, mut by_name) = (Vec::new(), BTreeMap::new());
        add_article(first, &mut articles, &mut by_name, &mut self.late);
        for place in places.iter().skip(1) {
            let line = (self.bytes)(place.start, place.len)?;
            let Some(article) = self.parse_here(&line, place).article else { continue };
            self.late.at_line(place.number);
            add_article(article, &mut articles, &mut by_name, &mut self.late);
            if articles.len() > 1 {
                versions.extend(articles.pop().map(|newer| (place.start, newer)));
            }
        }
        Ok(articles.pop())
    }

    /// Settles what an article refers to.
    fn completed(&mut self, mut article: ExchangeArticle, place: &LinePlace) -> ExchangeArticle {
        self.late.at_line(place.number);
        self.count += 1;
        drop_dangling(&mut article, &self.header.project, &mut self.late);
        self.clusters.look(&article);
        let names = &self.names;
        resolve(&mut article, &|name| names.id(name).cloned(), &mut self.late);
        article
    }
}

/// What the first lines can be.
enum Head {
    Nothing,
    Header,
    Unreadable,
    Article,
}

/// What taking a line apart looks at.
struct Known<'k> {
    name: &'k str,
    options: &'k ImportOptions,
    unit: Unit,
    scheme: Option<&'k Scheme>,
    admit: Admit<'k>,
}

impl Known<'_> {
    fn parse(&self, bytes: &[u8], place: &LinePlace, shared: &mut Shared) -> Line {
        let before = shared.size();
        let mut findings = Findings::new(self.name, self.options.limits.diagnostics);
        findings.at_line(place.number);
        let mut article = None;
        if let Some(value) = value_from_line(bytes, place.len, self.options, &mut findings) {
            if value.get("hashiya_jsonl").is_some() {
                let message = "a second header; it was left out, so put files together only if their headers agree";
                findings.add(Severity::Error, "second_header", message);
            } else {
                let mut reading = Reading {
                    file: self.name,
                    unit: self.unit,
                    options: self.options,
                    scheme: self.scheme,
                    annotators: &mut shared.annotators,
                    unknown: &mut shared.unknown,
                    findings: &mut findings,
                };
                article = article_from_value(value, &mut reading);
            }
        }
        let grew = shared.size() != before;
        let admitted = article.as_mut().map(|article| (self.admit)(article));
        let mut findings = findings.finish();
        if let Some((stays, said)) = admitted {
            findings.extend(said);
            if !stays {
                article = None;
            }
        }
        Line { article, findings, grew }
    }
}
