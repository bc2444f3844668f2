//! `customs.assess-exit-measured`, `customs.assess-reexport-measured` and `customs.assess-transit-measured`, version 1: what goods owe that leave the free zone, after an
//! inspector measured them.
//!
//! Each takes what its like takes without `-measured`, and what that said before. Where the accounts refuse by now, since the goods left by another case or there are more than the lot has, what was
//! assessed before stands: else nobody could record what they found. What is booked at the end is still tried. Must not know of: what was found.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value};

use super::assess_departure::AssessDeparture;
use super::{Asked, AtHand, Fault, Function, Given, Made, Written};
use crate::assess::{Assessment, MEDIA_TYPE};

/// What such an assessment rests on.
pub(super) struct AssessDepartureMeasured(AssessDeparture);

impl AssessDepartureMeasured {
    /// By the function's name without `-measured`.
    pub(super) fn load(
        name: &str,
        with: &BTreeMap<String, String>,
        tables: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        AssessDeparture::load(name, with, tables).map(Self)
    }
}

impl Function for AssessDepartureMeasured {
    fn takes(&self) -> usize {
        4
    }

    fn gives(&self) -> &'static [&'static str] {
        self.0.gives()
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [declaration, owner, lot, Given::Bytes(before)] = given else { return Err(vec![Fault::no_document()]) };
        self.0.tried(&[*declaration, *owner, *lot], day, rows).or_else(|faults| {
            let stands = Assessment::read(before).and_then(|assessed| stands(&assessed, before));
            let mut made = stands.ok_or(faults)?;
            made.values.extend(self.0.until(day)?.map(|until| ("until", Value::Date(until))));
            Ok(Asked::Says(made))
        })
    }
}

/// What was assessed before, said again.
fn stands(assessed: &Assessment, bytes: &[u8]) -> Option<Made> {
    let money = |amount: Decimal| Money::from_amount(amount, &assessed.currency).ok().map(Value::Money);
    let values = assessed.items.iter().map(|item| item.value.parse::<Decimal>().ok());
    let value = values.sum::<Option<Decimal>>()?;
    let said = BTreeMap::from([
        ("reference", Value::Text(assessed.reference.clone()?)),
        ("items", Value::Decimal(Decimal::from(assessed.items.len()))),
        ("value", money(value)?),
        ("payable", money(assessed.payable.parse().ok()?)?),
    ]);
    let value = Written { bytes: bytes.to_vec(), media_type: MEDIA_TYPE, name: "assessment.json" };
    Some(Made { value, values: said })
}
