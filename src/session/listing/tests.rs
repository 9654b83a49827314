use super::titles::TitleKeys;
use super::*;
use crate::model::{AssignmentPlan, Status};
use crate::session::{Command, NewProject, Session, schemes};
use proptest::prelude::*;

/// Rows made up for a test.
#[derive(Clone, Debug, Default)]
struct Made {
    title: String,
    outlet: String,
    date: String,
    language: String,
    status: Status,
    flagged: bool,
    noisy: bool,
    labels: u64,
    mentions: u32,
}

#[derive(Debug)]
struct Table(Vec<Made>);

impl Rows for Table {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn facts(&self, row: usize) -> RowFacts<'_> {
        let row = &self.0[row];
        RowFacts {
            outlet: &row.outlet,
            date: &row.date,
            language: &row.language,
            status: row.status,
            flagged: row.flagged,
            noisy: row.noisy,
            labels: row.labels,
            mentions: row.mentions,
            claims: 0,
            stances: 0,
        }
    }

    fn heading(&self, row: usize) -> &str {
        &self.0[row].title
    }

    fn article(&self, row: usize) -> ArticleId {
        ArticleId::new(format!("{row:032x}"))
    }

    fn has_work(&self, row: usize, annotator: &AnnotatorId) -> bool {
        annotator.as_str() == "basil" && row.is_multiple_of(2)
    }
}

fn titled(titles: &[&str]) -> Table {
    Table(titles.iter().map(|title| Made { title: (*title).to_owned(), ..Made::default() }).collect())
}

fn listed(table: &Table, query: &Query) -> Vec<u32> {
    evaluate::evaluate(table, query, &aids(table), &|| false).unwrap().rows
}

/// All that any query may need of the rows.
fn aids(table: &Table) -> Aids {
    let never = || false;
    let (titles, outlets) = (TitleKeys::of(table, &never), OutletRanks::of(table, &never));
    Aids { titles: titles.map(Arc::new), outlets: outlets.map(Arc::new), ..Aids::default() }
}

fn find(words: &str) -> Query {
    Query { find: words.to_owned(), ..Query::default() }
}

// Titles as newsrooms write them.
const PLAN: &str = "خطة لتحلية المياه قبل صيف 2027";
const STRIKE: &str = "اتحاد المزارعين يعلن إضرابًا من ثلاثة أيام";
const STRIKE_BARE: &str = "اضراب المزارعين ينتهي";
const DELTA: &str = "Blue Delta توقّع عقدًا لتوسعة الميناء";
const ALI: &str = "علي يزور المرسى";
const ON: &str = "اتفاق على الحدود";

// Words to look for, and titles that begin with each kind of letter.
const STRIKE_WORD: &str = "إضراب";
const STRIKE_WORD_BARE: &str = "اضراب";
const ON_WORD: &str = "على";
const SIGNED: &str = "توقع";
const FARMERS_END: &str = "المزارعين ينت";
const FARMERS: &str = "المزارعين";
const MARCH: &str = "آذار";
const SEA: &str = "بحر";
const FATHER: &str = "اب";
const PLATE: &str = "پلاک";
const TRACE: &str = "أثر";
const JASMINE: &str = "ياسمين";
const OLIVES: &str = "\u{ab}زيتون\u{bb}";

#[test]
fn words_are_found_as_written_first_and_with_exchanged_letters_after() {
    let table = titled(&[PLAN, STRIKE_BARE, STRIKE, DELTA, ALI, ON]);
    // Hamza as written comes first, though it stands later in the project.
    assert_eq!(listed(&table, &find(STRIKE_WORD)), [2, 1]);
    assert_eq!(listed(&table, &find(STRIKE_WORD_BARE)), [1, 2]);
    assert_eq!(listed(&table, &find(ON_WORD)), [5, 4]);
    // Marks, digits and case are nothing.
    assert_eq!(listed(&table, &find(SIGNED)), [3]);
    assert_eq!(listed(&table, &find("\u{662}\u{660}\u{662}\u{667}")), [0]);
    assert_eq!(listed(&table, &find("DELTA blue")), [3]);
    assert_eq!(listed(&table, &find(FARMERS_END)), [1]);
    assert!(listed(&table, &find("المزارعون")).is_empty());
    // A word never reaches from one title into the next.
    assert!(listed(&table, &find("2027اضراب")).is_empty());
}

#[test]
fn titles_stand_in_dictionary_order() {
    let titles = [OLIVES, MARCH, SEA, FATHER, PLATE, "2027", "Zebra", "apple", TRACE, "", JASMINE, "..."];
    let table = titled(&titles);
    let query = Query { sort: SortKey::Title, ..Query::default() };
    let order: Vec<&str> = listed(&table, &query).iter().map(|row| titles[*row as usize]).collect();
    assert_eq!(order, ["2027", FATHER, TRACE, MARCH, SEA, PLATE, OLIVES, JASMINE, "apple", "Zebra", "", "..."]);
    let query = Query { descending: true, ..query };
    let back: Vec<u32> = listed(&table, &query);
    assert_eq!(back.len(), titles.len());
    assert_eq!(titles[back[2] as usize], "Zebra");
}

#[test]
fn filters_hold_together_and_dates_may_be_short() {
    let row = |outlet: &str, date: &str, status, labels| Made {
        outlet: outlet.to_owned(),
        date: date.to_owned(),
        language: "ar".to_owned(),
        status,
        labels,
        flagged: outlet == "Quay",
        noisy: labels == 2,
        ..Made::default()
    };
    let table = Table(vec![
        row("Quay", "2026-09-13", Status::New, 1),
        row("Bank", "2026-09", Status::Done, 2),
        row("Quay", "", Status::InProgress, 3),
        row("Bank", "2025-12-31", Status::Skipped, 0),
    ]);
    let check = |query: Query, rows: &[u32]| assert_eq!(listed(&table, &query), rows, "{query:?}");
    let any = Query::default;
    check(any(), &[0, 1, 2, 3]);
    check(Query { open: true, ..any() }, &[0, 2]);
    check(Query { flagged: true, open: true, from: "2026".into(), ..any() }, &[0]);
    check(Query { from: "2026-09".into(), to: "2026-09".into(), ..any() }, &[0, 1]);
    check(Query { to: "2025".into(), ..any() }, &[3]);
    check(Query { labels: 2, ..any() }, &[1, 2]);
    check(Query { noisy: true, ..any() }, &[1]);
    check(Query { statuses: [Status::Done, Status::Skipped].into(), ..any() }, &[1, 3]);
    check(Query { outlets: ["Quay".to_owned()].into(), languages: ["ar".to_owned()].into(), ..any() }, &[0, 2]);
    check(Query { languages: ["en".to_owned()].into(), ..any() }, &[]);
    check(Query { annotators: ["basil".into()].into(), ..any() }, &[0, 2]);
    check(Query { annotators: ["basil".into()].into(), own_work: true, ..any() }, &[0, 1, 2, 3]);
    check(Query { sort: SortKey::Date, ..any() }, &[3, 1, 0, 2]);
    check(Query { sort: SortKey::Date, descending: true, ..any() }, &[0, 1, 3, 2]);
    check(Query { sort: SortKey::Outlet, ..any() }, &[1, 3, 0, 2]);
    check(Query { sort: SortKey::Status, ..any() }, &[0, 2, 1, 3]);
    check(Query { sort: SortKey::Project, descending: true, ..any() }, &[3, 2, 1, 0]);
    let facets = evaluate::facets(&table, &|| false).unwrap();
    assert_eq!(facets.outlets, [("Bank".to_owned(), 2), ("Quay".to_owned(), 2)]);
    assert_eq!(facets.dates, Some((20_251_231, 20_260_913)));
}

#[test]
fn equal_texts_stand_behind_the_first_until_unfolded() {
    let table = titled(&["a", "b", "c", "d"]);
    let groups = Arc::new(Groups::new(vec![vec![3, 0, 2]], Vec::new()));
    let mut aids = Aids { groups: Some(groups), ..Aids::default() };
    let all = evaluate::evaluate(&table, &Query::default(), &aids, &|| false).unwrap();
    assert_eq!((all.rows.as_slice(), &all.behind[&0]), (&[0, 1][..], &vec![2, 3]));
    aids.unfolded = Arc::new([0].into());
    let all = evaluate::evaluate(&table, &Query::default(), &aids, &|| false).unwrap();
    assert_eq!(all.rows, [0, 1, 2, 3]);
    let query = Query { repeated: true, ..Query::default() };
    assert_eq!(evaluate::evaluate(&table, &query, &aids, &|| false).unwrap().rows, [0, 2, 3]);
}

#[test]
fn rows_with_more_than_one_chunk_keep_their_order() {
    let made = |n: usize| Made { title: format!("t{}", n % 10), mentions: (n % 7) as u32, ..Made::default() };
    let table = Table((0..20_000).map(made).collect());
    let query = Query { find: "t3".to_owned(), sort: SortKey::Mentions, descending: true, ..Query::default() };
    let rows = listed(&table, &query);
    assert_eq!(rows.len(), 2000);
    let keys: Vec<(std::cmp::Reverse<u32>, u32)> =
        rows.iter().map(|row| (std::cmp::Reverse(table.0[*row as usize].mentions), *row)).collect();
    assert!(keys.is_sorted());
    let made = |n: usize| Made { outlet: format!("{}", n * 7 / 20_000), ..Made::default() };
    let table = Table((0..20_000).rev().map(made).collect());
    let rows = listed(&table, &Query { sort: SortKey::Outlet, ..Query::default() });
    let keys: Vec<(&str, u32)> = rows.iter().map(|row| (table.0[*row as usize].outlet.as_str(), *row)).collect();
    assert!(keys.is_sorted_by_key(|(outlet, row)| (outlet.parse::<usize>().unwrap(), *row)), "{:?}", keys.get(..3));
}

fn any_row() -> impl Strategy<Value = Made> {
    let title = prop_oneof![Just(PLAN), Just(STRIKE), Just(STRIKE_BARE), Just(DELTA), Just(ALI), Just(ON), Just("")];
    let status = prop_oneof![Just(Status::New), Just(Status::Done), Just(Status::Skipped), Just(Status::InProgress)];
    let outlet = prop_oneof![Just("Quay"), Just("basin"), Just("Basin"), Just("")];
    let others = (title, outlet, status);
    (others, any::<bool>(), 0_u32..4, 1_u32..28).prop_map(|((title, outlet, status), flagged, mentions, day)| Made {
        title: title.to_owned(),
        outlet: outlet.to_owned(),
        status,
        flagged,
        mentions,
        date: format!("2026-02-{day:02}"),
        ..Made::default()
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let words = prop_oneof![Just(""), Just(FARMERS), Just(ON_WORD), Just(STRIKE_WORD_BARE), Just("a")];
    let sort = prop_oneof![
        Just(SortKey::Project),
        Just(SortKey::Title),
        Just(SortKey::Outlet),
        Just(SortKey::Date),
        Just(SortKey::Status),
        Just(SortKey::Mentions)
    ];
    (words, sort, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(words, sort, descending, open, flagged)| {
        Query { find: words.to_owned(), sort, descending, open, flagged, ..Query::default() }
    })
}

proptest! {
    #[test]
    fn keys_hold_what_folding_holds(title in "[a-zA-Zأإآابةهىيئؤوكک0-9٠-٩ \u{64b}-\u{652}ـ.«»پé\u{5d0}-\u{5ea}]{0,24}", from in 0_usize..20, len in 1_usize..6) {
        use crate::text::{FoldLevel, fold_key};
        let table = titled(&["before", &title, "after"]);
        let letters: Vec<char> = title.chars().collect();
        let word: String = letters.iter().skip(from.min(letters.len())).take(len).filter(|c| !c.is_whitespace()).collect();
        let (exact, weak) = (fold_key(&word, FoldLevel::F1), fold_key(&word, FoldLevel::F2));
        prop_assume!(!weak.trim().is_empty() && !weak.trim().contains(' '));
        let holds = |level, key: &str| fold_key(&title, level).contains(key.trim());
        let keys = TitleKeys::of(&table, &|| false).unwrap();
        let mut tiers = Vec::new();
        keys.tiers(0, 3, &titles::Word::all(&word), &mut tiers);
        let expected = match (holds(FoldLevel::F1, &exact), holds(FoldLevel::F2, &weak)) {
            (true, _) => Tier::Exact,
            (false, true) => Tier::Weak,
            (false, false) => Tier::None,
        };
        prop_assert_eq!(tiers[1], expected, "{:?} in {:?}", word, title);
    }

    #[test]
    fn mending_a_few_rows_is_asking_anew(
        mut rows in prop::collection::vec(any_row(), 1..40),
        changes in prop::collection::vec((0_usize..40, any_row()), 0..6),
        query in any_query(),
    ) {
        let before = Table(rows.clone());
        let aids = aids(&before);
        let mut listed = evaluate::evaluate(&before, &query, &aids, &|| false).unwrap();
        let mut changed = Vec::new();
        for (at, made) in changes {
            let at = at % rows.len();
            // Titles and publishers stay: a change of them is another state of the texts.
            rows[at] = Made { title: rows[at].title.clone(), outlet: rows[at].outlet.clone(), ..made };
            changed.push(at as u32);
        }
        changed.sort_unstable();
        changed.dedup();
        let after = Table(rows);
        prop_assert!(evaluate::mend(&mut listed, &after, &query, &aids, &changed));
        prop_assert_eq!(listed, evaluate::evaluate(&after, &query, &aids, &|| false).unwrap());
    }
}

#[test]
fn a_second_word_is_looked_for_where_the_first_was_found() {
    // Few rows hold the rare word, so that the others are looked at one by one; both ways find the same.
    let titles: Vec<String> = (0..200)
        .map(|row| match row % 20 {
            3 => format!("{STRIKE} {row}"),
            7 => format!("{STRIKE_BARE} {row}"),
            _ => format!("{FARMERS} {row}"),
        })
        .collect();
    let table = titled(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    let both: Vec<u32> = (0..200).filter(|row| row % 20 == 3).chain((0..200).filter(|row| row % 20 == 7)).collect();
    assert_eq!(listed(&table, &find(&format!("{STRIKE_WORD} {FARMERS}"))), both);
    assert_eq!(listed(&table, &find(&format!("{FARMERS} {STRIKE_WORD}"))), both);
    let rare: Vec<u32> = both.iter().copied().filter(|row| row.to_string().contains('7')).collect();
    assert_eq!(listed(&table, &find(&format!("7 {FARMERS} {STRIKE_WORD}"))), rare);
}

#[test]
fn publishers_with_numbers_are_counted() {
    let outlets = ["Desk 10", "Desk 2", "Desk \u{661}\u{661}", "Desk 1", "Desk 0", "Desk 2"];
    let table = Table(outlets.map(|outlet| Made { outlet: outlet.to_owned(), ..Made::default() }).to_vec());
    let facets = evaluate::facets(&table, &|| false).unwrap();
    let names: Vec<&str> = facets.outlets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Desk 2", "Desk 0", "Desk 1", "Desk 10", "Desk \u{661}\u{661}"]);
    assert_eq!(listed(&table, &Query { sort: SortKey::Outlet, ..Query::default() }), [4, 3, 1, 5, 0, 2]);
}

#[test]
fn publishers_stand_in_the_order_of_their_names_wherever_the_names_stand() {
    let outlets = ["Quay", "", "amber", "Quay", "Basin", "amber", "", "basin"];
    let table = Table(outlets.map(|outlet| Made { outlet: outlet.to_owned(), ..Made::default() }).to_vec());
    let query = Query { sort: SortKey::Outlet, ..Query::default() };
    assert_eq!(listed(&table, &query), [2, 5, 4, 7, 0, 3, 1, 6]);
    assert_eq!(listed(&table, &Query { descending: true, ..query }), [0, 3, 7, 4, 2, 5, 1, 6]);
}

/// Rows whose headings can be held back, and that count how often one was looked at.
#[derive(Clone)]
struct Held {
    table: Arc<Table>,
    gate: Arc<std::sync::Mutex<()>>,
    looks: Arc<std::sync::atomic::AtomicUsize>,
}

impl Rows for Held {
    fn count(&self) -> usize {
        self.table.count()
    }

    fn facts(&self, row: usize) -> RowFacts<'_> {
        self.table.facts(row)
    }

    fn heading(&self, row: usize) -> &str {
        drop(self.gate.lock());
        self.looks.fetch_add(1, Ordering::Relaxed);
        self.table.heading(row)
    }

    fn article(&self, row: usize) -> ArticleId {
        self.table.article(row)
    }

    fn has_work(&self, row: usize, annotator: &AnnotatorId) -> bool {
        self.table.has_work(row, annotator)
    }
}

#[test]
fn keys_are_made_once_however_often_they_are_asked_for_meanwhile() {
    let table = Arc::new(titled(&[PLAN; 300]));
    let held = Held { table, gate: Arc::default(), looks: Arc::default() };
    let gate = Arc::clone(&held.gate);
    let mut keys = Kept::<TitleKeys>::default();
    let waiting = gate.lock().unwrap();
    for _ in 0..3 {
        assert!(keys.ask(&held, &7, None).is_none());
    }
    drop(waiting);
    keys.wait();
    assert_eq!(keys.ask(&held, &7, None).unwrap().len(), 300);
    assert_eq!((held.looks.load(Ordering::Relaxed), keys.begun), (300, 1));
    // Other texts need other keys.
    assert!(keys.ask(&held, &8, None).is_none());
    keys.wait();
    assert_eq!((keys.get(&7).is_none(), keys.get(&8).is_some()), (true, true));
}

/// A project in memory; the publishers of its articles are three.
fn coast(count: usize) -> Session {
    use crate::model::{ArticleFacts, ArticleKey, Exchange, ExchangeArticle};
    let new = NewProject { name: "Coast".to_owned(), scheme: schemes::news(), annotator: "ann-01".into() };
    let fs = Arc::new(crate::storage::MemFs::new());
    let env = Arc::new(crate::env::Env::fixed(1));
    let mut session = Session::create(fs, std::path::Path::new("/p/coast"), &new, env, None).unwrap();
    let article = |n: usize| {
        let text = format!("Quay number {n} is built");
        let mut facts = ArticleFacts::of(ArticleKey::Id(format!("a{n:04}")), &text);
        facts.title.clone_from(&text);
        facts.outlet = format!("Outlet {}", n % 3);
        ExchangeArticle {
            name: format!("a{n:04}"),
            facts,
            text: text.into(),
            source: None,
            paragraph_directions: std::collections::BTreeMap::new(),
            sets: std::collections::BTreeMap::new(),
        }
    };
    let exchange = Exchange { articles: (0..count).map(article).collect(), ..Exchange::default() };
    session.import(exchange, vec!["coast".to_owned()]).unwrap();
    session
}

#[test]
fn letters_typed_one_after_the_other_wait_for_the_same_keys() {
    let session = coast(400);
    let mut listing = Listing::default();
    let words = "quay 399";
    for end in 1..=words.len() {
        listing.update(session.catalogue(), &find(words.get(..end).unwrap()), None);
    }
    listing.update_now(session.catalogue(), &find(words), None);
    assert_eq!((listing.rows(), listing.titles.begun), (&[399][..], 1));
}

#[test]
fn places_of_publishers_are_kept_until_a_publisher_changes() {
    use crate::edit::{ArticleFact, FactKind};
    let mut session = coast(30);
    let query = Query { sort: SortKey::Outlet, ..Query::default() };
    let mut listing = Listing::default();
    listing.update(session.catalogue(), &query, None);
    let article = session.catalogue().row(4).unwrap().id();
    session.run(Command::SetStatus { article: article.clone(), status: Status::Done, reason: String::new() }).unwrap();
    // Rows that have not changed stay where they are, even wrongly: so it is seen that nothing was asked anew.
    listing.shown.rows.swap(0, 1);
    listing.update(session.catalogue(), &query, None);
    assert_eq!((listing.rows().get(..3).unwrap(), listing.counts().done), (&[3, 0, 6][..], 1));
    listing.update(session.catalogue(), &Query::default(), None);
    listing.update(session.catalogue(), &query, None);
    assert_eq!((listing.rows().get(..3).unwrap(), listing.outlets.begun), (&[0, 3, 6][..], 1));
    // A corrected publisher is another state of the texts.
    let fact = Command::SetFact { article, fact: FactKind::Outlet, value: ArticleFact::Text("A first one".into()) };
    session.run(fact).unwrap();
    listing.update(session.catalogue(), &query, None);
    assert_eq!((listing.rows().get(..3).unwrap(), listing.outlets.begun), (&[4, 0, 3][..], 2));
    session.run(Command::Undo).unwrap();
    listing.update(session.catalogue(), &query, None);
    assert_eq!((listing.rows().get(..3).unwrap(), listing.outlets.begun), (&[0, 3, 6][..], 3));
}

#[test]
fn what_is_assigned_is_known_before_somebody_asks() {
    let session = coast(400);
    let plan = Arc::new(AssignmentPlan::new(1, 20, vec!["ann-01".into(), "ann-02".into()]));
    let mine = Mine { plan: Arc::clone(&plan), annotator: "ann-01".into() };
    let (any, own) = (Query::default(), Query { mine: true, ..Query::default() });
    let mut listing = Listing::default();
    listing.update(session.catalogue(), &any, None);
    listing.update(session.catalogue(), &any, None);
    assert_eq!(listing.assigned.begun, 0);
    for _ in 0..3 {
        listing.update(session.catalogue(), &any, Some(&mine));
    }
    // The list itself waits for nothing.
    assert!(!listing.is_busy());
    listing.assigned.wait();
    listing.update(session.catalogue(), &own, Some(&mine));
    let assigner = plan.assigner();
    let is_own = |row: &u32| assigner.is_assigned(&session.catalogue().article(*row as usize), "", 0);
    let expected: Vec<u32> = (0..400).filter(is_own).collect();
    assert!((150..330).contains(&expected.len()));
    assert_eq!((listing.rows(), listing.assigned.begun), (expected.as_slice(), 1));
    // Another plan is another question, and so is another annotator.
    let other = Mine { annotator: "ann-02".into(), ..mine };
    listing.update(session.catalogue(), &own, Some(&other));
    assert!(listing.is_busy());
    listing.update_now(session.catalogue(), &own, Some(&other));
    assert_eq!(listing.assigned.begun, 2);
    assert!(!listing.is_busy() && listing.rows() != expected);
    // Few are assigned in the frame that asks, and not before.
    let few = coast(20);
    let mut listing = Listing::default();
    for _ in 0..2 {
        listing.update(few.catalogue(), &any, Some(&other));
    }
    assert_eq!(listing.assigned.begun, 0);
    listing.update(few.catalogue(), &own, Some(&other));
    assert!(!listing.is_busy() && !listing.rows().is_empty() && listing.rows().len() < 20);
}

#[test]
fn values_to_choose_from_are_collected_once() {
    let session = coast(30);
    let mut listing = Listing::default();
    for _ in 0..2 {
        assert_eq!(listing.facets(session.catalogue()).unwrap().outlets.len(), 3);
    }
    assert_eq!(listing.facets.begun, 1);
}

#[test]
fn an_article_in_review_is_neither_open_nor_done() {
    let table = Table(STATUSES.map(|status| Made { status, ..Made::default() }).to_vec());
    let counts = evaluate::evaluate(&table, &Query::default(), &Aids::default(), &|| false).unwrap().counts;
    assert_eq!((counts.total, counts.open, counts.done), (6, 2, 2));
    assert!(!is_done(Status::InReview) && is_done(Status::Done) && is_done(Status::Adjudicated));
}
