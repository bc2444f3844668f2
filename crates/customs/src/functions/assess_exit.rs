//! `customs.assess-exit`, version 1: what goods owe that leave the free zone for the mainland, by what the goods accounts say went into them.
//!
//! Takes a declaration of one item, whose the goods are, and the lot that they leave from; rests on what `customs.assess` rests on. The exit is tried on the
//! accounts and not done: `customs.goods.exit` does it. Must not know of: what becomes of the declaration.

use std::collections::BTreeMap;

use definition::value::Date;

use super::assess::{Assess, GIVES, declared};
use super::goods::{Exiting, trial};
use super::{Asked, AtHand, Fault, Function, Given, Made};
use crate::assess::Accounted;
use crate::goods::trace;

/// What such an assessment rests on.
pub(super) struct AssessExit(Assess);

impl AssessExit {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        Assess::load(with, tables).map(Self)
    }
}

impl Function for AssessExit {
    fn gives(&self) -> &'static [&'static str] {
        GIVES
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Bytes(bytes), ..] = given else { return Err(vec![Fault::no_document()]) };
        let posted = match trial(&Exiting, given, "", rows)? {
            Asked::Says(decided) => decided,
            Asked::Wants(rows) => return Ok(Asked::Wants(rows)),
        };
        let left = posted.iter().filter_map(|one| trace(&one.posted));
        let accounted: Vec<Accounted> = left.map(|line| Accounted { line, set: None }).collect();
        self.0.of(&*declared(bytes)?, bytes, &accounted, day).map(Asked::Says)
    }
}
