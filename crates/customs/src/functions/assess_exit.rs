//! `customs.assess-exit`, version 1: what goods owe that leave the free zone for the mainland, by what the goods accounts say went into them.
//!
//! Takes a declaration of one item, whose the goods are, and the lot that they leave from; rests on what `customs.assess` rests on. The exit is tried on the
//! accounts and not done: `customs.goods.exit` does it. Must not know of: what becomes of the declaration.

use std::collections::BTreeMap;

use definition::value::Date;

use super::assess::{Assess, GIVES, declared};
use super::goods::{Exiting, trial};
use super::{Asked, AtHand, Declares, Fault, Function, Given, Made};
use crate::assess::Accounted;
use crate::form::Terms;
use crate::goods::{Id, ItemRef, TraceLine, trace};
use crate::tariff::Tariff;

/// What such an assessment rests on.
pub(super) struct AssessExit(Assess);

impl AssessExit {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        Assess::load(with, tables).map(Self)
    }
}

impl Function for AssessExit {
    fn takes(&self) -> usize {
        3
    }

    fn gives(&self) -> &'static [&'static str] {
        GIVES
    }

    fn declares(&self) -> Option<Declares> {
        let terms = Terms { procedure: Some(("40", "78")), items_max: 1 };
        Some(Declares { declaration: 0, owner: Some(1), terms })
    }

    fn tariff(&self) -> Option<&Tariff> {
        self.0.tariff()
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Bytes(bytes), ..] = given else { return Err(vec![Fault::no_document()]) };
        let posted = match trial(&Exiting, given, "", rows)? {
            Asked::Says(decided) => decided,
            Asked::Wants(rows) => return Ok(Asked::Wants(rows)),
        };
        let declaration = declared(bytes)?;
        let reference = declaration.reference.as_ref().and_then(|reference| Id::new(&reference.value).ok());
        // The accounts say beside the reference whose it is; an assessment knows one declaration alone.
        let left = posted.iter().filter_map(|one| trace(&one.posted)).zip(reference);
        let own = |(line, reference): (TraceLine, Id)| TraceLine {
            item: ItemRef { declaration: reference, ..line.item },
            ..line
        };
        let accounted: Vec<Accounted> = left.map(|of| Accounted { line: own(of), set: None }).collect();
        self.0.of(&declaration, bytes, &accounted, day).map(Asked::Says)
    }
}
