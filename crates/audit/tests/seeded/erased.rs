//! A zone that erased: by the clock, when what it keeps may be kept no longer, and by the operator on a ground of law.
//!
//! Must not know of: any one check.

use app::engine::CaseId;
use app::engine::event::What;
use app::{Objects, jobs};
use audit::State;
use credential::{Certificate, Claims};
use jiff::SignedDuration;
use record::lines::{CertificateLine, Statistics};
use record::manifest::STATISTICS;

use crate::forge::{Forge, Published, codes, read_folder};
use crate::history::{self, Town};
use crate::people::{person, premises_of};
use crate::suite;

/// People who deal with the zone before it erases, so that there is of everything; and one who files again afterwards.
const PEOPLE: usize = 12;
/// Longer than anything in the reference zone is kept, and may be appealed against.
const YEARS: i64 = 6;

async fn disclosed(town: &Town, folder: &std::path::Path) -> Published {
    let disclosed = town.app.disclose(&Objects::folder(folder).unwrap()).await.unwrap();
    assert!(disclosed.quiet);
    Published::of(read_folder(folder))
}

/// The case of a person's premises that ended last.
fn premises(published: &Published, number: usize) -> CaseId {
    let forge = Forge::of(published);
    let opened = forge.rows.iter().rev().find_map(|row| match &row.event.what {
        What::Opened(opened) if opened.service == "premises-registration" && opened.applicant == person(number) => {
            Some(opened.case)
        }
        _ => None,
    });
    opened.unwrap()
}

#[test]
fn what_a_zone_erased_is_silent_and_what_can_no_longer_be_done_again_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (before, midway, after) = runtime.block_on(async {
        let town = history::open(&zone, folder.path(), PEOPLE + 1).await;
        town.limits().await;
        for number in 0..PEOPLE {
            town.dealings(number).await;
        }
        let before = disclosed(&town, &folder.path().join("before")).await;
        // On a ground: of whoever can no longer appeal.
        town.app.clock.advance(SignedDuration::from_hours(24 * 60));
        for number in [0, 5, 6] {
            town.app.erase(premises(&before, number), Some("premises-lease")).await.unwrap();
        }
        let midway = disclosed(&town, &folder.path().join("midway")).await;
        // The zone goes on: the same matters are filed again, and another.
        for number in [0, 5, 6, PEOPLE] {
            let case = town.submit(&person(number), "premises-registration", None, premises_of(number)).await;
            town.decide(case, "refuse", Some("premises-lease")).await;
        }
        // By the clock, years later.
        town.app.clock.advance(SignedDuration::from_hours(24 * 366 * YEARS));
        while jobs::clock::run(&town.app).await.unwrap() > 0 {}
        town.deliver().await;
        (before, midway, disclosed(&town, &folder.path().join("after")).await)
    });
    let (first, state) = before.audit(State::default(), None);
    assert!(first.clean && first.counts.erased == 0, "{:?}", first.findings.first());

    // Whoever saw everything before it was erased compares all figures still, the test of the lots among them.
    let (seen, _) = midway.audit(state.clone(), None);
    assert!(seen.findings.is_empty(), "{:#?}", seen.findings);
    assert!(!seen.not_checked.concat().contains("test of the lots") && seen.counts.figures_bounded == 0);

    // Whoever looked before goes on, and whoever comes afterwards begins: both find nothing.
    let (continued, _) = after.audit(state, None);
    assert!(continued.findings.is_empty(), "{:#?}", continued.findings.iter().take(5).collect::<Vec<_>>());
    let (anew, state) = after.audit(State::default(), None);
    assert!(anew.findings.is_empty(), "{:#?}", anew.findings.iter().take(5).collect::<Vec<_>>());
    let counts = &anew.counts;
    assert!(counts.erased as usize > PEOPLE && counts.not_followed > 0, "{counts:?}");
    assert!(continued.counts.erased < counts.erased, "most of it had been looked at before");
    assert_eq!(counts.leaves, continued.counts.leaves, "every leaf stands, and leads to the signed root");
    assert!(counts.leaves_recomputed > 500, "what was not erased is done again: {counts:?}");
    let said = anew.not_checked.concat();
    assert!(said.contains(&format!("{} events whose content was erased", counts.erased)), "{said}");
    // What was erased is known the next time, too.
    let kept = State::read(&state.write().unwrap()).unwrap();
    let (again, _) = after.audit(kept, None);
    assert!(again.findings.is_empty(), "{:?}", again.findings.first());
    assert_eq!(again.not_checked, anew.not_checked);
    assert_eq!((again.counts.erased, again.counts.not_followed), (counts.erased, counts.not_followed));
    assert!(said.contains("the test of the lots") && counts.figures_bounded > 0, "{said}");
    assert!(anew.outcomes_compared && counts.figures > 0, "where cases stand can be said of all");
    pretended(&after);
    more_is_shown(&after);
    forged(&before, &after);
}

/// Of what was erased the leaves say how much it can add to a figure.
fn more_is_shown(after: &Published) {
    type Change = fn(&mut Statistics);
    let changes: [Change; 6] = [
        |shown| shown.queues[0].cases += 1,
        |shown| drop(shown.queues.remove(0)),
        |shown| shown.figures.draws += 1000,
        |shown| shown.figures.services.values_mut().for_each(|service| service.touches += 1000),
        |shown| shown.figures.deadlines_kept.values_mut().for_each(|share| share.count += 1000),
        |shown| shown.figures.refusals.values_mut().for_each(|count| *count += 1000),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut changed = suite::copy(after);
        let mut statistics: Statistics = serde_json::from_slice(&changed.disclosure[STATISTICS]).unwrap();
        change(&mut statistics);
        changed.disclosure.insert(STATISTICS.to_owned(), serde_json::to_vec(&statistics).unwrap());
        let (report, _) = changed.audit(State::default(), None);
        assert_eq!(codes(&report.findings), ["A508"], "{number}");
    }
}

/// Certificates in the names of cases that were erased: the leaves say whether such a one was issued, and most of what it says.
fn forged(before: &Published, after: &Published) {
    let (granted, refused) = (premises(before, 0), premises(before, 5));
    let genuine = Forge::of(before);
    let of_case = |line: &CertificateLine| Certificate::read(&line.message).unwrap().claims().id == granted.0;
    let genuine = genuine.certificates().into_iter().find(of_case).expect("the first was granted");
    type Change = Box<dyn Fn(&mut Claims)>;
    let changes: [(&[&str], Change); 5] = [
        (&[], Box::new(|_| {})),
        (&["A503"], Box::new(|claims| claims.expires_s = Some(claims.issued_s + 99 * 365 * 86_400))),
        (&["A503"], Box::new(|claims| drop(claims.facts.insert("use".to_owned(), "bank".to_owned())))),
        (&["A503"], Box::new(|claims| drop(claims.facts.insert("invented".to_owned(), "x".to_owned())))),
        (&["A501"], Box::new(move |claims| (claims.id, claims.case) = (refused.0.to_vec(), refused.reference()))),
    ];
    for (expected, change) in changes {
        let mut forge = Forge::of(after);
        let mut certificates = forge.certificates();
        certificates.push(forge.reissue(&genuine, change));
        forge.put_certificates(&certificates);
        let (report, _) = forge.publish().audit(State::default(), None);
        assert_eq!(codes(&report.findings), expected, "{:?}", report.findings.first());
    }
}

/// The same record without one of the acts that say that something was erased.
fn pretended(after: &Published) {
    let mut forge = Forge::of(after);
    let at = forge.rows.iter().rposition(|row| matches!(row.event.what, What::Erased { .. })).unwrap();
    let case = forge.rows[at].case;
    forge.remove(at);
    let (report, _) = forge.publish().audit(State::default(), None);
    assert!(codes(&report.findings).contains(&"A109"), "{:?}", codes(&report.findings));
    let named = hex::encode(record::leaf::pseudonym(&case.0));
    assert!(report.findings.iter().any(|finding| finding.code == "A109" && finding.case.as_deref() == Some(&named)));
}
