//! Every invariant has a test that bears its name.

use super::{expect_none, files};

/// The promises of the design, as test names. `src/lib.rs` states them in words.
const INVARIANTS: &[&str] = &[
    "text_is_frozen",
    "offsets_are_bytes",
    "only_apply_changes_what_people_made",
    "edits_are_self_inverse_by_swap",
    "records_only_grow",
    "saved_means_durable",
    "the_core_does_no_io",
    "content_never_fails_an_import",
    "layout_knows_no_annotation",
    "panels_read_and_ask",
    "memory_follows_what_is_open",
    "old_projects_open",
    "order_is_deterministic",
    "a_record_is_written_once",
    "state_is_a_function_of_the_set_of_records",
];

#[test]
fn every_invariant_has_its_test() {
    let mut sources = files("src", &[".rs"]);
    sources.extend(files("tests", &[".rs"]));
    let is_missing = |name: &str| {
        let declaration = format!("fn {name}(");
        !sources.iter().any(|source| {
            source.text.match_indices(&declaration).any(|(at, _)| {
                let before = source.text.get(..at).unwrap_or_default();
                before.trim_end().ends_with("#[test]")
                    || before.trim_end().ends_with(')')
                    || before.contains("proptest!")
            })
        })
    };
    let missing: Vec<String> =
        INVARIANTS.iter().filter(|name| is_missing(name)).map(|name| (*name).to_owned()).collect();
    expect_none("an invariant has no test of its name", &missing);
}
