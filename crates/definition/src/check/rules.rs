//! The rules that a resolved zone must pass, one file each.
//!
//! Must not know of: text and how it was read (`syntax`, `resolve`), rendering. A rule sees the model, and `Places` to point at the text.
//!
//! A rule's file has `pub const CODE: Code`, `pub const EXPLAIN: &str` (the public page of `panjereh explain`) and
//! `pub fn check(zone: &Zone, services: &[Service], places: &Places, problems: &mut Vec<Problem>)`. It is named for what it finds. To add one:
//! add its `mod` line and its name to `rules!`.

use crate::model::{Service, Zone};
use crate::places::Places;
use crate::problem::{Code, Problem};

/// A rule over the model.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code and name.
    pub code: Code,
    /// What it finds, why that matters and how to mend it, at length.
    pub explain: &'static str,
    /// Appends what it finds.
    pub check: fn(&Zone, &[Service], &Places, &mut Vec<Problem>),
}

/// Every rule, in the order in which they run.
#[must_use]
pub fn all() -> &'static [Rule] {
    ALL
}

macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        const ALL: &[Rule] = &[$(Rule { code: $module::CODE, explain: $module::EXPLAIN, check: $module::check }),*];
    };
}

rules![];
