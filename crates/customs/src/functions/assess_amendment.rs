//! `customs.assess-amendment`, version 1: what a declaration would owe by which goods came in, once it is amended or taken back, and whether the goods accounts can follow.
//!
//! Takes the original declaration, the request, whose the goods are, and any lot of the declaration; rests on what `customs.assess` rests on. What changes is valued on
//! the day on which the amendment is handed in. The amendment is tried on the accounts and not done: `customs.goods.amend` does it. Must not know of: who lets the
//! declarant amend.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value};
use serde::Serialize;

use super::assess::Assess;
use super::goods::{Amended, Amending, amended, case_of, find, goods_of, id, lot_of, paper, said_of, trial, weighs};
use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written};
use crate::assess::{ItemValue, MEDIA_TYPE};
use crate::declaration::Declaration;
use crate::goods::Book;

/// What such an assessment rests on.
pub(super) struct AssessAmendment(Assess);

/// The whole as it is written down.
#[derive(Serialize)]
struct Whole {
    cancelled: bool,
    /// The items whose goods have to be put right.
    changed: Vec<u32>,
    #[serde(flatten)]
    assessment: serde_json::Value,
}

impl AssessAmendment {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        Assess::load(with, tables).map(Self)
    }

    /// What is owed after the request.
    fn after(&self, before: &Declaration, after: &Declaration, day: Date) -> Result<Made, Vec<Fault>> {
        // The places of what is amended are in two files.
        let in_request = |faults: Vec<Fault>| -> Vec<Fault> {
            faults.into_iter().map(|fault| Fault { of: 1, span: None, ..fault }).collect()
        };
        let weighed = weighs(&after.shipment.items, false);
        let mut made = self.0.of(weighed, after, &[], day).map_err(in_request)?;
        let (was, is) = (self.0.values_of(before, day)?, self.0.values_of(after, day)?);
        let mut changed = Vec::new();
        for item in &before.shipment.items {
            let (number, ..) = goods_of(item).map_err(|fault| vec![fault])?;
            let said = said_of(item).map_err(|fault| vec![fault])?;
            let same = match find(after, number) {
                Some(other) => said_of(other).map_err(|fault| vec![Fault { of: 1, ..fault }])? == said,
                None => false,
            };
            let value = |values: &[ItemValue]| values.iter().find(|one| one.item == number).map(|one| one.amount);
            if !same || value(&was) != value(&is) {
                changed.push(number);
            }
        }
        made.value.paper = Paper::new(whole(false, changed, made.value.paper.bytes())?);
        Ok(made)
    }

    /// What the goods of a declaration came in at, as the accounts have it. Whoever hands in an original can write another price into it, and an officer sees both.
    fn booked(&self, before: &Declaration, let_in: &str, book: &Book) -> Result<Value, Vec<Fault>> {
        let mut sum = Money { minor: 0, currency: self.0.currency().to_owned() };
        for item in &before.shipment.items {
            let (number, ..) = goods_of(item).map_err(|fault| vec![fault])?;
            let lot = lot_of(let_in, number)?;
            let layers = book.lot(&lot).into_iter().flat_map(|lot| &lot.stock.layers);
            for content in layers.flat_map(|layer| &layer.contents) {
                let minor = (content.value.currency == sum.currency).then_some(content.value.minor);
                let total = minor.and_then(|minor| sum.minor.checked_add(minor));
                sum.minor = total.ok_or_else(|| vec![Fault::entered_otherwise(&sum.currency)])?;
            }
        }
        Ok(Value::Money(sum))
    }

    /// What is left of a declaration that is taken back.
    fn taken_back(&self, before: &Declaration, day: Date) -> Result<Made, Vec<Fault>> {
        let reference = before.reference.as_ref().ok_or_else(|| vec![Fault::no_reference()])?;
        let nothing = Value::Money(Money { minor: 0, currency: self.0.currency().to_owned() });
        let mut changed = Vec::new();
        for item in &before.shipment.items {
            changed.push(goods_of(item).map_err(|fault| vec![fault])?.0);
        }
        let bytes = whole(true, changed, &self.0.written(before, (&[], &[]), day).to_bytes())?;
        let values = BTreeMap::from([
            ("reference", Value::Text(reference.value.clone())),
            ("items", Value::Decimal(Decimal::from(before.shipment.items.len()))),
            ("value", nothing.clone()),
            ("payable", nothing),
        ]);
        Ok(Made {
            value: Written { paper: Paper::new(bytes), media_type: MEDIA_TYPE, name: "assessment.json" },
            values,
        })
    }
}

fn whole(cancelled: bool, changed: Vec<u32>, assessment: &[u8]) -> Result<Vec<u8>, Vec<Fault>> {
    let assessment = serde_json::from_slice(assessment).map_err(|_| Vec::new())?;
    serde_json::to_vec(&Whole { cancelled, changed, assessment }).map_err(|_| Vec::new())
}

impl Function for AssessAmendment {
    fn takes(&self) -> usize {
        4
    }

    fn gives(&self) -> &'static [&'static str] {
        &["reference", "items", "value", "payable", "booked"]
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [original, request, owner, holding] = given else { return Err(vec![Fault::no_document()]) };
        let lot = id(given, 3)?;
        let let_in = case_of(&lot)?;
        let Amended { before, after } = amended(paper(given, 0)?, paper(given, 1)?, let_in)?;
        let mut made = match &after {
            Some(after) => self.after(before, after, day)?,
            None => self.taken_back(before, day)?,
        };
        let amendment = [*original, *request, Given::Paper(&made.value.paper), *owner, *holding];
        // The assessment stands third there and is not asked for here.
        let asked =
            |fault: Fault| Fault { of: if fault.of >= 3 { fault.of.saturating_sub(1) } else { fault.of }, ..fault };
        let tried = trial(&Amending, &amendment, "", rows);
        Ok(match tried.map_err(|faults| faults.into_iter().map(asked).collect::<Vec<_>>())? {
            Asked::Says(_) => {
                made.values.insert("booked", self.booked(before, let_in, &rows.book)?);
                Asked::Says(made)
            }
            Asked::Wants(rows) => Asked::Wants(rows),
        })
    }
}
