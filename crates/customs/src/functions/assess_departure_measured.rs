//! `customs.assess-exit-measured`, `customs.assess-reexport-measured` and `customs.assess-transit-measured`, version 1: what goods owe that leave the free zone, after an
//! inspector measured them.
//!
//! Each takes what its like takes without `-measured`, and what that said before. Where the accounts refuse by now, since there is more than the lot has free, or it is
//! held, or the goods left by another case, `surplus` says how much of it, and what was assessed before stands: else nobody could record what they found. A zone decides
//! by it what becomes of the goods; what is booked at the end is still tried. The value is not held against that of the entry again, since the price went in proportion.
//! Must not know of: what was found.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value};

use super::assess_departure::AssessDeparture;
use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written};
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

/// What is said, the last how much was found that the accounts do not let go, in the unit of the goods' kind.
const GIVES: &[&str] = &["reference", "items", "value", "payable", "surplus"];
/// The same of goods that are to arrive somewhere.
const GIVES_IN_TRANSIT: &[&str] = &["reference", "items", "value", "payable", "until", "surplus"];

impl Function for AssessDepartureMeasured {
    fn takes(&self) -> usize {
        4
    }

    fn gives(&self) -> &'static [&'static str] {
        if self.0.is_to_arrive() { GIVES_IN_TRANSIT } else { GIVES }
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(paper), owner, lot, Given::Paper(before)] = given else {
            return Err(vec![Fault::no_document()]);
        };
        let asked = [Given::Paper(paper), *owner, *lot];
        let stood = |faults: Vec<Fault>| before.assessed().and_then(|assessed| stands(assessed, before)).ok_or(faults);
        let (mut made, surplus) = match self.0.tried(&asked, rows) {
            Ok(Asked::Wants(rows)) => return Ok(Asked::Wants(rows)),
            Ok(Asked::Says(posted)) => {
                let owes = self.0.owes(paper, &posted, day).map(|(made, _)| made);
                (owes.or_else(stood)?, Decimal::ZERO)
            }
            Err(faults) => (stood(faults)?, self.0.surplus(&asked, rows)?),
        };
        made.values.extend(self.0.until(day)?.map(|until| ("until", Value::Date(until))));
        made.values.insert("surplus", Value::Decimal(surplus));
        Ok(Asked::Says(made))
    }
}

/// What was assessed before, said again.
fn stands(assessed: &Assessment, paper: &Paper) -> Option<Made> {
    let money = |amount: Decimal| Money::from_amount(amount, &assessed.currency).ok().map(Value::Money);
    let values = assessed.items.iter().map(|item| item.value.parse::<Decimal>().ok());
    let value = values.sum::<Option<Decimal>>()?;
    let said = BTreeMap::from([
        ("reference", Value::Text(assessed.reference.clone()?)),
        ("items", Value::Decimal(Decimal::from(assessed.items.len()))),
        ("value", money(value)?),
        ("payable", money(assessed.payable.parse().ok()?)?),
    ]);
    let value = Written { paper: Paper::new(paper.bytes().to_vec()), media_type: MEDIA_TYPE, name: "assessment.json" };
    Some(Made { value, values: said })
}
