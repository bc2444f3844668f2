//! `customs.assess-entry`, version 1: what goods would owe that come into the free zone, and whether the goods accounts take them as they are declared.
//!
//! Takes the declaration, whose the goods are, and the warehouse; rests on what `customs.assess` rests on. The entry is tried on the accounts and not done:
//! `customs.goods.enter` does it. What would be in its way is told with the application, and not when nobody is there any more to mend it. Must not know of: what
//! becomes of the declaration.

use std::collections::BTreeMap;

use definition::value::Date;

use super::assess::{Assess, GIVES};
use super::goods::{Entering, entering, numbered, trial, weighs};
use super::{Asked, AtHand, Declares, Fault, Function, Given, Made};
use crate::form::{ITEMS_MAX, Terms};
use crate::tariff::Tariff;

/// What such an assessment rests on.
pub(super) struct AssessEntry(Assess);

impl AssessEntry {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        Assess::load(with, tables).map(Self)
    }
}

impl Function for AssessEntry {
    fn takes(&self) -> usize {
        3
    }

    fn gives(&self) -> &'static [&'static str] {
        GIVES
    }

    fn declares(&self) -> Option<Declares> {
        let terms = Terms { procedure: Some(("78", "00")), items_max: ITEMS_MAX, leaves: false };
        Some(Declares { declaration: 0, owner: Some(1), terms })
    }

    fn tariff(&self) -> Option<&Tariff> {
        self.0.tariff()
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(paper), owner, warehouse] = given else { return Err(vec![Fault::no_document()]) };
        let declaration = paper.declared()?;
        let mut against = numbered(&declaration.shipment.items).err().unwrap_or_default();
        against.extend(entering(declaration));
        against.extend(weighs(&declaration.shipment.items, false));
        let made = self.0.of(against, declaration, &[], day)?;
        let entry = [Given::Paper(paper), Given::Paper(&made.value.paper), *owner, *warehouse];
        // The assessment stands second there and is not asked for here.
        let asked = |fault: Fault| Fault { of: fault.of.saturating_sub(1), ..fault };
        let tried = trial(&Entering, &entry, "", rows);
        Ok(match tried.map_err(|faults| faults.into_iter().map(asked).collect::<Vec<_>>())? {
            Asked::Says(_) => Asked::Says(made),
            Asked::Wants(rows) => Asked::Wants(rows),
        })
    }
}
