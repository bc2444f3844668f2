//! A time is set for keeping what is no personal data.
//!
//! `keep` in `concepts.csv` says how long a case that has ended may keep what it knows of a person. When the time is over, the value is erased from
//! the case and from all that was made of it. A fact that is nobody's personal data may be public, and what once stands in the public log cannot be
//! taken back.
//!
//! An author who believes that it goes would promise people something that does not happen.
//!
//! To mend it, say in the column `personal` that the concept is personal data, or leave its `keep` empty.

use crate::check::context::Context;
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P605", name: "kept-for-a-time" };

/// Looks at every concept.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let kept = context.zone.concepts.iter().filter(|(_, concept)| concept.keep.is_some() && !concept.personal);
    problems.extend(kept.map(|(id, _)| Problem {
        code: CODE,
        span: context.places.find(&Part::Concept(id.clone())),
        message: format!("`{id}` is kept for a time, and is no personal data"),
        related: Vec::new(),
        why: "its author believes that it is erased, and it stays".to_owned(),
        help: "write `yes` in the column `personal`, or leave `keep` empty".to_owned(),
    }));
}
