//! Two windows, in real processes: who may write, who is told, and what works beside whom.

use super::stand::{Stand, Window};

fn annotate(stand: &Stand, who: &str) -> super::stand::Ran {
    std::fs::write(stand.path("flag.jsonl"), r#"{"set_flag":{"article":"ferry.txt"}}"#).unwrap();
    stand.run(&["annotate", "news", "--script", "flag.jsonl", "--annotator", who])
}

#[test]
fn annotate_beside_a_window_of_the_same_annotator_exits_4_and_names_it() {
    let stand = Stand::new();
    let mut window = Window::open(&stand, "amal");
    assert_eq!(window.ask("state"), "writes");
    window.ask("note beside");
    let before = stand.lines();
    let refused = annotate(&stand, "amal").expect(4);
    assert!(refused.err.contains("amal") && refused.err.contains(&window.id().to_string()), "{}", refused.err);
    assert_eq!(stand.lines(), before, "nothing was written");
    // Somebody else may write.
    annotate(&stand, "basim").expect(0);
    // Reading works beside any window.
    let shown = stand.run(&["show", "news", "ferry.txt", "--json", "--annotator", "amal"]).expect(0);
    assert!(shown.out.contains("beside"), "{}", shown.out);
    stand.run(&["export", "news", "--format", "hashiya-jsonl", "--out", "all.hashiya.jsonl"]).expect(0);
    assert!(std::fs::read_to_string(stand.path("all.hashiya.jsonl")).unwrap().contains("beside"));
    stand.run(&["check", "news"]).expect(0);
    // The window goes on writing meanwhile.
    let line = window.ask("note after");
    assert!(stand.lines().contains(&line), "{line}");
    // Once it is gone, however it went, the way is free.
    window.kill();
    annotate(&stand, "amal").expect(0);
}

#[test]
fn a_second_window_reads_says_why_follows_and_takes_over() {
    let stand = Stand::new();
    let mut one = Window::open(&stand, "amal");
    assert_eq!(one.ask("state"), "writes");
    let mut two = Window::open(&stand, "amal");
    let why = two.ask("state");
    assert!(why.starts_with("reads: ") && why.contains("amal") && why.contains(&one.id().to_string()), "{why}");
    assert!(two.ask("note no").starts_with("refused: "));
    assert_eq!(two.ask("take"), "false", "the first is still there");
    let line = one.ask("note from the first");
    assert_eq!(two.ask("reload"), "reloaded");
    assert_eq!(two.ask("read amal"), "from the first");
    // SIGKILL: the system lets go of the lock.
    one.kill();
    assert_eq!(two.ask("take"), "true");
    assert_eq!(two.ask("state"), "writes");
    let second = two.ask("note from the second");
    let lines = stand.lines();
    assert!(lines.contains(&line) && lines.contains(&second), "{line} {second}");
    assert!(stand.records().clashes.is_empty());
}

#[test]
fn other_annotators_write_at_once_and_are_seen() {
    let stand = Stand::new();
    let mut amal = Window::open(&stand, "amal");
    let mut basim = Window::open(&stand, "basim");
    assert_eq!((amal.ask("state"), basim.ask("state")), ("writes".into(), "writes".into()));
    for round in 0..3 {
        amal.ask(&format!("note amal {round}"));
        basim.ask(&format!("note basim {round}"));
        assert_eq!(amal.ask("reload"), "reloaded");
        assert_eq!(basim.ask("reload"), "reloaded");
        assert_eq!(amal.ask("read basim"), format!("basim {round}"));
        assert_eq!(basim.ask("read amal"), format!("amal {round}"));
    }
    assert!(stand.records().clashes.is_empty() && stand.records().diagnostics.is_empty());
}
