//! A zone that erased: by the clock, when what it keeps may be kept no longer, and by the operator on a ground of law.
//!
//! Must not know of: any one check.

use app::engine::CaseId;
use app::engine::event::What;
use app::{Objects, jobs};
use audit::State;
use jiff::SignedDuration;

use crate::forge::{Forge, Published, codes, read_folder};
use crate::history::{self, Town};
use crate::people::{person, premises_of};

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
    let (before, after) = runtime.block_on(async {
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
        // The zone goes on: the same matters are filed again, and another.
        for number in [0, 5, 6, PEOPLE] {
            let case = town.submit(&person(number), "premises-registration", None, premises_of(number)).await;
            town.decide(case, "refuse", Some("premises-lease")).await;
        }
        // By the clock, years later.
        town.app.clock.advance(SignedDuration::from_hours(24 * 366 * YEARS));
        while jobs::clock::run(&town.app).await.unwrap() > 0 {}
        town.deliver().await;
        (before, disclosed(&town, &folder.path().join("after")).await)
    });
    let (first, state) = before.audit(State::default(), None);
    assert!(first.clean && first.counts.erased == 0, "{:?}", first.findings.first());

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
    assert_eq!((again.counts.erased, again.counts.not_followed), (counts.erased, counts.not_followed));
    pretended(&after);
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
