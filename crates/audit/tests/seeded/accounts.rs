//! The record of goods in the zone: functions are asked again and accounts followed, at once or from audit to audit.
//!
//! Must not know of: any one check.

use std::path::Path;

use app::Objects;
use audit::{Report, State};
use engine::CaseId;
use engine::event::What;
use jiff::SignedDuration;

use crate::forge::{Forge, Published, codes, read_folder};
use crate::{history, manipulations};

/// The record of a truck alone.
fn record() -> Published {
    let folder = tempfile::tempdir().unwrap();
    let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let out = folder.path().join("disclosure");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&zone, folder.path(), 1).await;
        town.truck().await;
        let disclosed = town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap();
        assert!(disclosed.quiet);
        // Two declarations and their assessments at least; tariff, rates and recipes.
        assert!(disclosed.documents >= 4 && disclosed.tables >= 3, "{disclosed:?}");
    });
    Published::of(read_folder(&out))
}

fn is_asked_again(published: &Published, report: &Report) {
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.counts.leaves, report.counts.leaves_recomputed);
    let forge = Forge::of(published);
    let count = |kind: &str| places(&forge, kind).len() as u64;
    let counts = &report.counts;
    let all = (count("computed"), count("booked"), 0);
    assert_eq!((counts.functions, counts.bookings, counts.functions_not_asked), all, "{counts:?}");
}

#[test]
fn what_became_of_a_truck_is_done_again_and_functions_are_asked_again() {
    let published = record();
    is_asked_again(&published, &published.audit(State::default(), None).0);
    let kinds = Forge::of(&published).rows;
    // What moved, and what both declarations had reserved and freed.
    assert_eq!(kinds.iter().filter(|row| row.event.what.kind() == "booked").count(), 11 + 4);
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
        is_asked_again(&published, &published.audit(state, None).0);
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
    let of_case = forge.of_case(forge.rows[first].case);
    let of_kind = |kind: &str| {
        let (own, other): (Vec<usize>, Vec<usize>) =
            places(&forge, kind).into_iter().partition(|place| of_case.contains(place));
        (own.len() as u64, other.len() as u64)
    };
    let (computed, booked) = (of_kind("computed"), of_kind("booked"));
    forge.frozen = forge.leaves().0.into_iter().enumerate().collect();
    forge.hidden.push(first);
    let (report, _) = forge.publish().audit(State::default(), None);
    let counts = &report.counts;
    let not_asked = computed.0 + booked.0;
    let expected = (computed.1, booked.1, not_asked);
    assert_eq!((counts.functions, counts.bookings, counts.functions_not_asked), expected, "{counts:?}");
    let said = format!("functions would say or book again what {not_asked}");
    assert!(report.not_checked.iter().any(|line| line.contains(&said)), "{report:?}");
    let of_goods = |code: &&str| matches!(*code, "A437" | "A438" | "A439" | "A510");
    assert_eq!(codes(&report.findings).into_iter().filter(of_goods).count(), 0, "{:#?}", report.findings);
}

/// Somebody declares the exit of what leaves at the same moment by another case: they saw the goods, and this was recorded after the goods had gone.
#[test]
fn what_stood_in_the_last_minute_counts_and_what_stood_before_does_not() {
    let published = record();
    for (seconds, found) in [(0, false), (50, false), (200, true)] {
        let mut forge = Forge::of(&published);
        let left = |place: &&usize| matches!(&forge.rows[**place].event.what, What::Booked { function, .. } if function == "customs.goods.exit");
        let booked = *places(&forge, "booked").iter().find(left).unwrap();
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

/// Chance inspects once in a million: for what waits at a stage that an inspection would pass by.
pub const SPARES: (&str, &str) = ("inspection: 10, channel: 90", "inspection: 1, channel: 1000000");

/// A copy of a folder, with other words in the place of some in its files: what each change names first, and then.
pub fn copied(from: &Path, to: &Path, changes: &[(&str, &str)]) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copied(&path, &to, changes);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8(bytes.clone()).map(|text| {
                changes.iter().fold(text, |text, (words, others)| text.replace(words, others)).into_bytes()
            });
            std::fs::write(to, text.unwrap_or(bytes)).unwrap();
        }
    }
}

/// What sample people do in a new demonstration comes to its end whether chance has their goods inspected or not, and is done again.
#[test]
fn the_walk_of_the_samples_is_done_again_inspected_or_not() {
    let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    for shares in ["inspection: 99, channel: 1", "inspection: 1, channel: 99"] {
        let folder = tempfile::tempdir().unwrap();
        let zone_of_shares = folder.path().join("zone");
        copied(&zone, &zone_of_shares, &[("inspection: 10, channel: 90", shares)]);
        let out = folder.path().join("disclosure");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let town = history::open(&zone_of_shares, folder.path(), 1).await;
            town.app.plan_walk().await.unwrap();
            for _ in 0..2 {
                town.app.go_walk(&zone_of_shares.join("samples")).await.unwrap();
            }
            town.deliver().await;
            assert!(town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
        });
        let published = Published::of(read_folder(&out));
        let forge = Forge::of(&published);
        assert_eq!(places(&forge, "booked").len(), 6 + 4, "{shares}");
        is_asked_again(&published, &published.audit(State::default(), None).0);
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
