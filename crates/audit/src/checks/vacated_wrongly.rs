//! A seat was given up for an officer who was neither gone nor absent.
//!
//! When an officer leaves the service, or is absent and their cases are given to others, the seats that cases wait for fall free and are drawn for again. Both
//! are acts in the roster's recorded stream. Here a seat fell free for such a reason, and the roster says that the officer was there: somebody who was
//! drawn was taken off a case, and another came in their place.

use engine::event::{Vacancy, What};
use engine::roster::{Entry, Register};
use jiff::Timestamp;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A432",
    name: "vacated-wrongly",
    weight: Weight::Fault,
    en: "A seat was given up for an officer who was neither gone nor absent.",
    fa: "جای کارشناسی که نه رفته و نه غایب بوده خالی شمرده شده است.",
};

/// Looks at a seat that fell free, with the rosters that it can have been made of.
pub(crate) fn check(at: At, moment: Timestamp, what: &What, rosters: &[&Register], findings: &mut Findings) {
    let What::Vacated { officer, why, .. } = what else { return };
    let is_so = |register: &&Register| {
        let entry = register.of(officer);
        match why {
            Vacancy::Recused => true,
            Vacancy::Left => !entry.is_some_and(Entry::serves),
            Vacancy::Absent => entry.is_some_and(|entry| {
                entry.is_absent(moment) && entry.absence.as_ref().is_some_and(|absence| absence.replaced)
            }),
        }
    };
    if !rosters.iter().any(is_so) && rosters.first().is_some_and(|register| register.seq > 0) {
        let recorded = format!("a seat of {officer} given up, since they {}", if *why == Vacancy::Left { "left" } else { "were absent" });
        findings.add(&CODE, at, recorded, "an officer who is there, as the roster is recorded");
    }
}
