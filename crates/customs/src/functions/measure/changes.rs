//! What has to change in a declaration so that it says what was measured.
//!
//! Must not know of: how a change is written.

use std::collections::BTreeSet;

use definition::value::{Decimal, RoundingStrategy, minor_digits};

use super::super::goods::{goods_of, mass};
use super::Tolerances;
use super::lines::Line;
use crate::assess::commodity;
use crate::declaration::{Declaration, Item, Measure};
use crate::functions::Fault;
use crate::goods::Quantity;
use crate::wco::format::{Format, Of};

/// A datum of an item, or the item itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Net mass (128), with its unit where one is said.
    Net(Decimal, Option<String>),
    /// Gross mass (126).
    Gross(Decimal, Option<String>),
    /// The quantity in the supplementary unit (130).
    Supplementary(Decimal, Option<String>),
    /// The price (112), with its currency.
    Price(Decimal, Option<String>),
    /// The item is not there.
    Gone,
}

/// All changes, each with the item's number, and in how many items something differs. Where nothing of any item is there, no declaration would be left: it stays as
/// it is, and `found` says so.
pub(super) struct Changes {
    pub(super) all: Vec<(u32, What)>,
    pub(super) items: usize,
    /// How many items are there.
    pub(super) found: usize,
}

impl Changes {
    /// The numbers of the items of which something is to be said.
    pub(super) fn said(&self) -> BTreeSet<u32> {
        self.all.iter().filter(|(_, what)| *what != What::Gone).map(|(item, _)| *item).collect()
    }
}

pub(super) fn of(declaration: &Declaration, lines: &[Line], tolerances: &Tolerances) -> Result<Changes, Vec<Fault>> {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for line in lines {
        // What was weighed by itself is not reckoned from the number of pieces.
        let is_alone = lines.iter().filter(|other| other.item == line.item).count() == 1;
        match of_line(declaration, (line, is_alone), tolerances) {
            Ok(changes) => all.extend(changes.into_iter().map(|what| (line.item, what))),
            Err(fault) => faults.push(fault),
        }
    }
    let differing = |wanted: &dyn Fn(&What) -> bool| {
        let mut items: Vec<u32> = all.iter().filter(|(_, what)| wanted(what)).map(|(item, _)| *item).collect();
        items.sort_unstable();
        items.dedup();
        items
    };
    let gone = differing(&|what| *what == What::Gone);
    if !faults.is_empty() {
        return Err(faults);
    }
    let items = differing(&|_| true).len();
    // Of what is not there, nothing else is to be said.
    all.retain(|(item, what)| *what == What::Gone || !gone.contains(item));
    all.dedup();
    let found = declaration.shipment.items.len().saturating_sub(gone.len());
    if found == 0 {
        all.clear();
    }
    Ok(Changes { all, items, found })
}

fn of_line(
    declaration: &Declaration,
    (line, is_alone): (&Line, bool),
    tolerances: &Tolerances,
) -> Result<Vec<What>, Fault> {
    let is_it = |item: &&Item| item.number.as_ref().is_some_and(|number| number.value == Decimal::from(line.item));
    let item = declaration.shipment.items.iter().find(is_it).ok_or_else(|| Fault::no_item(line.line, line.item))?;
    let (_, _, accounted) = goods_of(item)?;
    let of = |measure: &Measure| {
        let unit = measure.unit.as_deref().unwrap_or("KGM");
        Quantity::of(measure.value.value, unit.split('#').next().unwrap_or(unit)).ok()
    };
    let net = item.net.as_ref().map(|measure| (false, measure));
    let declared = item.supplementary.as_ref().map(|measure| (true, measure)).into_iter().chain(net);
    let declared: Vec<_> = declared.filter_map(|(extra, measure)| Some((extra, measure, of(measure)?))).collect();
    let unit = match &line.unit {
        Some(unit) => unit.clone(),
        None => {
            let own = declared.iter().find(|(_, _, quantity)| *quantity == accounted);
            let unit = own.and_then(|(_, measure, _)| measure.unit.as_deref()).unwrap_or("KGM");
            unit.split('#').next().unwrap_or(unit).to_owned()
        }
    };
    let measured = Quantity::of(line.quantity, &unit).map_err(|fault| Fault::measured_quantity(line.line, &fault))?;
    let written = MEASURED.accepts(&line.quantity.normalize().to_string());
    written.map_err(|fault| Fault::measured_datum(line.line, &fault))?;
    let same_kind = declared.iter().find(|(_, _, quantity)| quantity.kind() == measured.kind());
    let (extra, measure, quantity) = same_kind.ok_or_else(|| Fault::other_unit(line.line, accounted.kind().unit()))?;
    let (before, after) = (quantity.amount(), measured.amount());
    let allowed = before.checked_mul(tolerances.of(&commodity(item)));
    let differs = after.checked_sub(before).and_then(|by| by.abs().checked_mul(Decimal::ONE_HUNDRED));
    match (differs, allowed) {
        (Some(differs), Some(allowed)) if differs <= allowed => return Ok(Vec::new()),
        (Some(_), Some(_)) => {}
        _ => return Err(Fault { of: 1, ..Fault::too_large() }),
    }
    let is_accounted = *quantity == accounted;
    if is_accounted && after.is_zero() {
        return Ok(vec![What::Gone]);
    }
    // In the unit of the declaration, where that is the one in which it was measured; its qualifier stays.
    let declared_unit = measure.unit.as_deref().unwrap_or("KGM");
    let is_same = declared_unit.split('#').next() == Some(unit.as_str());
    let said = if is_same { measure.unit.clone() } else { Some(unit) };
    let mut changes = Vec::new();
    if *extra {
        if is_accounted && is_alone {
            changes.extend(masses(item, before, after).ok_or_else(|| Fault { of: 1, ..Fault::too_large() })?);
        }
        changes.push(What::Supplementary(line.quantity, said));
    } else {
        changes.extend(item.gross.as_ref().and_then(|gross| heavier(gross, *quantity, measured)));
        changes.push(What::Net(line.quantity, said));
    }
    if is_accounted {
        changes.extend(price(item, before, after).ok_or_else(|| Fault { of: 1, ..Fault::too_large() })?);
    }
    Ok(changes)
}

/// The form of what is measured, as a declaration has it: `n..16,6` (WCO Data Model, 126, 128 and 130).
const MEASURED: Format = Format::Number { digits: 16, fraction: 6, of: Of::Measure };

/// Digits after the point of a mass that is reckoned and not weighed: of kilograms a milligram, the smallest step of the accounts.
const MASS_DIGITS: u32 = 6;

/// The gross mass with as much more or less as the net mass was measured to be, whatever units the three are in: in its own unit where that is the accounts' unit of mass,
/// and else in theirs.
fn heavier(gross: &Measure, before: Quantity, after: Quantity) -> Option<What> {
    let declared = mass(gross).filter(|declared| declared.kind() == after.kind())?;
    let by = after.amount().checked_sub(before.amount())?;
    let kilograms = after.kind().unit();
    let own = gross.unit.as_deref().unwrap_or(kilograms).split('#').next() == Some(kilograms);
    let unit = if own { gross.unit.clone() } else { Some(kilograms.to_owned()) };
    Some(What::Gross(declared.amount().checked_add(by)?, unit))
}

/// Gross and net mass in proportion, each in its own unit, half away from zero.
fn masses(item: &Item, before: Decimal, after: Decimal) -> Option<Vec<What>> {
    let scaled = |measure: &Measure| {
        let mass = measure.value.value.checked_mul(after)?.checked_div(before)?;
        Some((mass.round_dp_with_strategy(MASS_DIGITS, RoundingStrategy::MidpointAwayFromZero), measure.unit.clone()))
    };
    let mut masses = Vec::new();
    if let Some(gross) = &item.gross {
        let (mass, unit) = scaled(gross)?;
        masses.push(What::Gross(mass, unit));
    }
    if let Some(net) = &item.net {
        let (mass, unit) = scaled(net)?;
        masses.push(What::Net(mass, unit));
    }
    Some(masses)
}

/// The price in proportion; nothing where there is none, or nothing was declared to go by.
fn price(item: &Item, before: Decimal, after: Decimal) -> Option<Option<What>> {
    let Some(charge) = item.charge.as_ref().filter(|_| !before.is_zero()) else { return Some(None) };
    let digits = u32::from(charge.currency.as_deref().and_then(minor_digits).unwrap_or(2));
    let price = charge.value.value.checked_mul(after)?.checked_div(before)?;
    let price = price.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    Some(Some(What::Price(price, charge.currency.clone())))
}
