//! The record of goods in the zone: functions are asked again and accounts followed, at once or from audit to audit.
//!
//! Must not know of: any one check.

use app::Objects;
use audit::{Report, State};
use engine::CaseId;
use jiff::SignedDuration;

use crate::forge::{Forge, Published, codes, read_folder};
use crate::{history, manipulations};

/// The record of a truck alone.
fn record() -> Published {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let out = folder.path().join("disclosure");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&zone, folder.path(), 1).await;
        town.truck().await;
        let disclosed = town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap();
        assert!(disclosed.quiet);
        // Two declarations and their assessments; tariff, rates and recipes.
        assert_eq!((disclosed.documents, disclosed.tables), (4, 3));
    });
    Published::of(read_folder(&out))
}

fn is_asked_again(report: &Report) {
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.counts.leaves, report.counts.leaves_recomputed);
    let counts = &report.counts;
    assert_eq!((counts.functions, counts.bookings, counts.functions_not_asked), (2, 6, 0), "{counts:?}");
}

#[test]
fn what_became_of_a_truck_is_done_again_and_functions_are_asked_again() {
    let published = record();
    is_asked_again(&published.audit(State::default(), None).0);
    let kinds = Forge::of(&published).rows;
    assert_eq!(kinds.iter().filter(|row| row.event.what.kind() == "booked").count(), 6);
}

/// Wherever an audit stopped, the next one has the accounts as they stood there.
#[test]
fn an_audit_goes_on_with_the_accounts_from_every_leaf() {
    let published = record();
    let forge = Forge::of(&published);
    for size in 1..forge.rows.len() {
        let (report, state) = forge.clone().at_size(size).publish().audit(State::default(), None);
        assert!(report.findings.iter().all(|finding| finding.code != "A439"), "{size}: {:#?}", report.findings);
        let state = State::read(&state.write().unwrap()).unwrap();
        is_asked_again(&published.audit(state, None).0);
    }
}

fn places(forge: &Forge, kind: &str) -> Vec<usize> {
    (0..forge.rows.len()).filter(|place| forge.rows[*place].event.what.kind() == kind).collect()
}

/// Of a case whose opening was erased nothing is asked; what it booked is followed all the same, so that what came after it can be asked.
#[test]
fn of_an_erased_case_nothing_is_asked_and_its_goods_are_followed() {
    let published = record();
    let mut forge = Forge::of(&published);
    let first = places(&forge, "opened")[0];
    forge.frozen = forge.leaves().0.into_iter().enumerate().collect();
    forge.hidden.push(first);
    let (report, _) = forge.publish().audit(State::default(), None);
    let counts = &report.counts;
    assert_eq!((counts.functions, counts.bookings, counts.functions_not_asked), (1, 5, 2), "{counts:?}");
    assert!(
        report.not_checked.iter().any(|line| line.contains("functions would say or book again what 2")),
        "{report:?}"
    );
    let of_goods = |code: &&str| matches!(*code, "A437" | "A438" | "A439" | "A510");
    assert_eq!(codes(&report.findings).into_iter().filter(of_goods).count(), 0, "{:#?}", report.findings);
}

/// Somebody declares the exit of what leaves at the same moment by another case: they saw the goods, and this was recorded after the goods had gone.
#[test]
fn what_stood_in_the_last_minute_counts_and_what_stood_before_does_not() {
    let published = record();
    for (seconds, found) in [(0, false), (50, false), (200, true)] {
        let mut forge = Forge::of(&published);
        let booked = *places(&forge, "booked").iter().rev().nth(1).unwrap();
        let case = forge.rows[booked].case;
        let opening = forge.act(forge.of_case(case)[0]);
        let mut again: Vec<_> = opening.iter().map(|place| forge.rows[*place].clone()).collect();
        let since = forge.rows[booked].event.at.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        for row in &mut again {
            (row.case, row.event.at, row.was) = (CaseId([7; 16]), since, None);
        }
        forge.rows.extend(again);
        let (report, _) = forge.publish().audit(State::default(), None);
        let codes = codes(&report.findings);
        assert_eq!(codes.contains(&"A437"), found, "{seconds}: {:#?}", report.findings);
    }
}

/// The suite does these again in a larger record.
#[test]
fn every_manipulation_of_functions_and_accounts_is_named() {
    let published = record();
    let mut missed = Vec::new();
    for manipulation in manipulations::goods::ROWS {
        let mut forge = Forge::of(&published);
        (manipulation.make)(&mut forge);
        let (report, _) = forge.publish().audit(State::default(), None);
        let codes = codes(&report.findings);
        println!("{} {} {codes:?}", manipulation.expected, manipulation.name);
        if !codes.contains(&manipulation.expected) || report.clean {
            missed.push(format!("{}: {codes:?}", manipulation.name));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
