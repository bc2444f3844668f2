//! `customs.offer` and `customs.offered`, version 1: whether a warehouse receipt can be offered, and whether what is offered can be taken today.
//!
//! The first takes what `customs.goods.offer` takes, the second what `customs.goods.accept` takes. Either is tried on the accounts and not done; what is written down are the
//! terms. Must not know of: prices, who agreed to what.

use std::collections::BTreeMap;

use definition::value::Date;
use serde::Serialize;

use super::goods::{Accepting, Books, Offering, date, id, trial};
use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written};
use crate::goods::{Commodity, Id, Quantity, RowKey};

/// The longest that an offer may stand, in days: nobody keeps goods for a buyer for longer than a year without saying so again.
const DAYS_MAX: u32 = 366;

/// Whether a receipt can be offered.
pub(super) struct Offer;
/// Whether an offer can be taken.
pub(super) struct Offered;

/// What is offered by whom to whom.
#[derive(Serialize)]
struct Terms<'a> {
    receipt: &'a Id,
    seller: &'a Id,
    buyer: &'a Id,
    commodity: &'a Commodity,
    quantity: Quantity,
    until: Date,
}

impl Function for Offer {
    fn takes(&self) -> usize {
        4
    }

    fn gives(&self) -> &'static [&'static str] {
        &[]
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let (seller, receipt, until, buyer) = (id(given, 0)?, id(given, 1)?, date(given, 2)?, id(given, 3)?);
        let last = (0..DAYS_MAX).try_fold(day, |day, _| day.tomorrow()).map_err(|_| Vec::new())?;
        if until < day || until > last {
            return Err(vec![Fault::offer_until(day, last)]);
        }
        if let Asked::Wants(rows) = tried(&Offering, given, rows)? {
            return Ok(Asked::Wants(rows));
        }
        let stock = &rows.book.receipt(&receipt).ok_or_else(Vec::new)?.stock;
        let (commodity, quantity) = (&stock.commodity, stock.balance());
        let terms = Terms { receipt: &receipt, seller: &seller, buyer: &buyer, commodity, quantity, until };
        written(&terms).map(Asked::Says)
    }
}

impl Function for Offered {
    fn takes(&self) -> usize {
        2
    }

    fn gives(&self) -> &'static [&'static str] {
        &[]
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let receipt = id(given, 1)?;
        let missing = rows.missing([RowKey::Offer(receipt.clone())]);
        if !missing.is_empty() {
            return Ok(Asked::Wants(missing));
        }
        if let Some(lapsed) = rows.book.offer(&receipt).filter(|offer| offer.open && offer.until < day) {
            return Err(vec![Fault::offer_lapsed(&receipt, lapsed.until)]);
        }
        if let Asked::Wants(rows) = tried(&Accepting, given, rows)? {
            return Ok(Asked::Wants(rows));
        }
        let offer = rows.book.offer(&receipt).ok_or_else(Vec::new)?;
        let (seller, buyer, commodity) = (&offer.holder, &offer.to, &offer.commodity);
        let terms = Terms { receipt: &receipt, seller, buyer, commodity, quantity: offer.quantity, until: offer.until };
        written(&terms).map(Asked::Says)
    }
}

/// Tries a movement; what it says is nothing more than that nothing is in its way. A fault is told beside what it is about.
fn tried(function: &dyn Books, given: &[Given<'_>], rows: &AtHand) -> Result<Asked<()>, Vec<Fault>> {
    Ok(
        match trial(function, given, "", rows)
            .map_err(|faults| faults.into_iter().map(of_receipt).collect::<Vec<_>>())?
        {
            Asked::Says(_) => Asked::Says(()),
            Asked::Wants(rows) => Asked::Wants(rows),
        },
    )
}

/// What the accounts have against it is about the receipt, or about whom it goes to.
fn of_receipt(fault: Fault) -> Fault {
    Fault { of: if fault.of == 3 { 3 } else { 1 }, ..fault }
}

fn written(terms: &Terms<'_>) -> Result<Made, Vec<Fault>> {
    let bytes = serde_json::to_vec(terms).map_err(|_| Vec::new())?;
    let value = Written { paper: Paper::new(bytes), media_type: "application/json", name: "offer.json" };
    Ok(Made { value, values: BTreeMap::new() })
}
