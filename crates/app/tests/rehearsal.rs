//! A municipality's 1,434 permit cases through the definition of `zones/examples/permit-receipt`: the figures are exact, and come out the same.
//!
//! Must not know of: how a rehearsal is done. The log is not part of the project: without it the test says so and skips.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};

use app::rehearse::{Input, Report, rehearse};

#[test]
fn the_permit_cases_of_a_municipality() {
    let Some(log) = log() else { return };
    let report = run(&log);
    let json = serde_json::to_value(&report).unwrap();
    let exact = serde_json::json!({
        "cases": 1434, "events": 8577, "activities": 27, "people": 48, "closed": 1329, "late": 377, "variants": 116,
        "mean_elapsed_days": 5.408, "handover_share": 0.7374, "same_person": { "T02+T04": { "both": 1303, "same": 1042 } },
    });
    for (figure, value) in exact.as_object().unwrap() {
        assert_eq!(json.get(figure), Some(value), "{figure}");
    }
    nothing_is_dropped(&report);
    assert_eq!(run(&log), report, "a second run gives another report");
}

/// What the map calls a note is allowed; every other event is a submission, a touch or not allowed.
fn nothing_is_dropped(report: &Report) {
    let outcomes = report.outcomes;
    let ended = outcomes.granted + outcomes.refused + outcomes.lapsed + outcomes.withdrawn + outcomes.closed;
    assert_eq!(ended + outcomes.open + outcomes.never_opened, report.cases);
    assert_eq!(outcomes.never_opened, 0, "each case of this log begins with its receipt");
    assert_eq!(report.not_allowed, u64::try_from(report.not_allowed_acts.len()).unwrap());
    assert_eq!(report.not_allowed, report.not_allowed_by.iter().map(|group| group.count).sum::<u64>());
    // 1,434 submissions opened a case each; the other events are touches or not allowed.
    let touches = (report.events - report.cases) - report.not_allowed;
    let per_case = app::rehearse::Rounded::ratio(touches.into(), report.cases.into(), 3);
    assert_eq!(report.touches_per_case, per_case);
    let names: std::collections::BTreeSet<_> = report.deemed_granted_cases.iter().map(|case| &case.case).collect();
    assert_eq!(u64::try_from(names.len()).unwrap(), report.deemed_granted);
    assert!(report.deemed_granted > 0 && report.deemed_granted <= outcomes.granted);
    let not_yours = report.not_allowed_by.iter().find(|group| group.why.refusal == "not-yours");
    assert!(not_yours.is_none_or(|group| group.why.stage_was.is_some()), "the people of the past keep their seats");
}

fn run(log: &[u8]) -> Report {
    let zone = project().join("zones/examples/permit-receipt");
    let checked = definition::check(&app::read_zone(&zone).unwrap());
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    let zone_checked = checked.zone.unwrap();
    let map = std::fs::read(zone.join("map.yaml")).unwrap();
    let input = Input { service: &zone_checked.services()["receipt"], map: &map, log };
    rehearse(&input).unwrap_or_else(|why| panic!("{why}"))
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn log() -> Option<Vec<u8>> {
    let data = std::env::var_os("PANJEREH_DATA").map_or_else(|| project().join("../shared/data"), PathBuf::from);
    let path = data.join("permits/receipt.csv");
    let log = std::fs::read(&path).ok();
    if log.is_none() {
        println!("skipped: {} is not there (set PANJEREH_DATA to the folder of the data)", path.display());
    }
    log
}
