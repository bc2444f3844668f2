//! The measurement of acts, small: it does what it says, with all guards and without any.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../examples/acts/measure/mod.rs"]
mod measure;

use measure::Plan;
use measure::guards::Guards;
use serde_json::{Map, Value};

const CASES: usize = 12;

async fn measured(guards: &[&str], program: &str) -> Result<Map<String, Value>, String> {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = guards.iter().map(|&name| name.to_owned()).collect();
    let plan = Plan {
        zone: std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku"),
        folder: folder.path().to_owned(),
        cases: CASES,
        paced: 2,
        guards: Guards::named(&names).unwrap(),
        program: program.into(),
    };
    measure::run(&plan).await.map_err(|error| error.to_string())
}

fn number(figures: &Map<String, Value>, name: &str) -> f64 {
    figures.get(name).and_then(Value::as_f64).unwrap_or_else(|| panic!("no {name} in {figures:?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_guards_are_on_where_they_are_named_and_acts_are_witnessed_within_two_seconds() {
    let figures = measured(&["signatures", "draws", "witnesses"], env!("CARGO_BIN_EXE_panjereh")).await.unwrap();
    assert_eq!(number(&figures, "acts"), 3.0 * CASES as f64);
    // The machine that tests is busy with other tests: what is measured on a quiet one is in docs/benchmarks.md.
    let witnessed = number(&figures, "published_p50_ms");
    assert!(witnessed > 0.0 && witnessed < 2000.0, "{figures:?}");
    assert!(number(&figures, "drawn_p50_ms") > 0.0, "{figures:?}");
    for name in ["acts_per_s", "p50_ms", "p99_ms", "filed_per_s", "burst_drawn_p50_ms", "paced_published_p50_ms"] {
        assert!(number(&figures, name) > 0.0, "{name}: {figures:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_guards_nothing_is_signed_drawn_elsewhere_or_witnessed() {
    // No other program is started.
    let figures = measured(&[], "/no-such-program").await.unwrap();
    assert_eq!(number(&figures, "acts"), 3.0 * CASES as f64);
    assert_eq!(number(&figures, "helpers_per_act_us"), 0.0);
    assert_eq!(figures.get("drawn_p50_ms"), None, "a draw of the zone's own takes no time");
    let missing = measured(&["witnesses"], "/no-such-program").await.unwrap_err();
    assert!(missing.contains("cannot start /no-such-program"), "{missing}");
}
