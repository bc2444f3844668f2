//! A deadline had passed, and nothing came of it.
//!
//! What is overdue lapses first, before anything else can be done in the case. Here the consequence of the deadline is missing, and
//! somebody acted in the place of those whose time was over. Or nobody acted, and the case waits on: its deadline passed more than a day before the log's newest
//! time. Whatever kept the zone from letting it lapse, whoever waits did not get what the law gives them for it.

use std::collections::HashMap;

use engine::CaseId;
use engine::event::What;
use engine::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};

use crate::checks::Act;
use crate::finding::{At, Code, Findings, Weight};
use crate::kept::Kept;

/// This check.
pub static CODE: Code = Code {
    id: "A407",
    name: "deadline-overlooked",
    weight: Weight::Fault,
    en: "A deadline that had passed was overlooked.",
    fa: "مهلت سرآمده نادیده گرفته شده است.",
};

/// How long a deadline may have passed before it is overlooked: a zone that was away lets everything lapse when it is back.
const CATCHING_UP: SignedDuration = SignedDuration::from_hours(24);

/// Looks at an act before which something should have lapsed.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let lapses = |what: Option<&What>| matches!(what, Some(What::Lapsed { .. }));
    let overlooked = matches!(act.refusal(), Some(Refusal::TimeRanOut { .. }));
    if overlooked || (lapses(act.expected()) && !lapses(act.recorded())) {
        act.report(&CODE, findings);
    }
}

/// The same of cases in which nothing happened any more; those whose last act the log shows only in part are left out.
pub(crate) fn at_the_end(
    cases: &HashMap<CaseId, Kept>,
    held_back: &[CaseId],
    latest: Option<Timestamp>,
    findings: &mut Findings,
) {
    let Some(past) = latest.and_then(|latest| latest.checked_sub(CATCHING_UP).ok()) else { return };
    let mut overdue: Vec<(u64, CaseId, String, Timestamp)> = Vec::new();
    for (id, kept) in cases.iter().filter(|(id, _)| !held_back.contains(id)) {
        let clocks = kept.case.iter().flat_map(|case| case.clocks());
        overdue.extend(clocks.filter(|clock| clock.due < past).map(|clock| (kept.last, *id, clock.name, clock.due)));
    }
    overdue.sort();
    for (last, case, clock, due) in overdue {
        findings.add(&CODE, At::leaf(last, case.0), "nothing after it", format!("`{clock}` lapsed, which was due at {due}"));
    }
}
