//! An appeal is recorded that was not opened, came too late or was not granted; or a decision fell without one.
//!
//! An appeal is a case of its own, opened by the same applicant in the time that the end allowed, with the service that the definition
//! names. A decision falls only when that case grants.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::{Act, Other};
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A420",
    name: "appeal-unfounded",
    weight: Weight::Fault,
    en: "An appeal is recorded that the record does not bear out.",
    fa: "تجدیدنظری ثبت شده که سوابق آن را تأیید نمی‌کند.",
};

/// Looks at what appeals say, against the cases that they are.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if matches!(act.refusal(), Some(Refusal::NoAppeal { .. } | Refusal::AppealOpened)) {
        act.report(&CODE, findings);
        return;
    }
    for (place, event) in act.events.iter().enumerate() {
        let wrong = match &event.what {
            What::Appealed { by } => match (act.other)(*by) {
                None => Some("a case that was opened as an appeal"),
                Some(Other { appeals: Some(appeals), .. }) if appeals.map(|case| case.0) != Some(act.case) => {
                    Some("an appeal against this case")
                }
                Some(_) => None,
            },
            What::Overturned { by } => match (act.other)(*by) {
                Some(other) if other.overturns || other.appeals.is_none() => None,
                _ => Some("an appeal that granted and overturns"),
            },
            _ => None,
        };
        if let Some(wrong) = wrong {
            findings.add(&CODE, act.place(place), event.what.kind(), wrong);
        }
    }
}
