//! What the zone's goods accounts say of items that leave for the mainland: what was made there, and of what.
//!
//! Must not know of: taxes, where the accounts are kept.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::policy::ValueAddedRule;
use super::{ItemValue, ObstacleFault, World};
use crate::declaration::{Declaration, Item, Measure};
use crate::goods::value_added::{Finding, Fraction, Made};
use crate::goods::{Country, Id, Kind, Quantity, Status, TraceLine};
use crate::reason::Reason;

/// What the accounts say of goods that left by an item of a declaration; several of one item are taken together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounted {
    /// What left, and what it came from, as [`crate::goods::trace`] tells it.
    pub line: TraceLine,
    /// The share of value added that a commission set for these goods, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<SetShare>,
}

/// A share of value added that somebody set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetShare {
    /// The share: `0.42` or `21/50`.
    pub share: Fraction,
    /// The decision that says so.
    pub reference: Id,
}

/// What follows from value added, and what it falls on.
#[derive(Clone)]
pub(super) struct Added {
    pub(super) finding: Finding,
    /// Values of materials from abroad by where they were made, in minor units; an origin is not known where nobody kept it.
    pub(super) foreign: Vec<(Option<Country>, i128)>,
}

/// What follows for an item from the value added to it; nothing if it is none that this is about.
pub(super) fn finding(
    declaration: &Declaration,
    item: &Item,
    value: &ItemValue,
    world: &World<'_>,
    accounted: &[Accounted],
) -> Result<Option<Added>, ObstacleFault> {
    let Some(rule) = &world.policy.value_added else { return Ok(None) };
    if !leaves(item, rule) {
        return Ok(None);
    }
    let references = [declaration.reference.as_ref(), declaration.id.as_ref()];
    let is_of = |line: &TraceLine| {
        line.item.item == value.item
            && references.iter().flatten().any(|text| Id::new(&text.value).is_ok_and(|id| id == line.item.declaration))
    };
    let mut lines = accounted.iter().filter(|one| is_of(&one.line));
    let first = lines.next().ok_or(ObstacleFault::NotAccounted)?;
    let mut whole = first.line.clone();
    for one in lines {
        whole.quantity = whole.quantity.plus(one.line.quantity).ok_or(ObstacleFault::TooLarge)?;
        whole.made = whole.made.plus(one.line.made).ok_or(ObstacleFault::TooLarge)?;
        whole.contents.extend(one.line.contents.iter().cloned());
        if one.set != first.set {
            return Err(ObstacleFault::TwoShares);
        }
    }
    same_quantity(item, whole.quantity)?;
    if whole.made.is_zero() {
        // What leaves as it came has no value added, and all is due.
        return Ok(None);
    }
    if whole.made != whole.quantity {
        return Err(ObstacleFault::PartlyMade { made: whole.made, quantity: whole.quantity });
    }
    let price = Money::from_amount(value.amount, world.policy.currency).map_err(|_| ObstacleFault::TooLarge)?;
    let made = Made::of(&whole, price, first.set.as_ref().map(|set| set.share)).map_err(ObstacleFault::ValueAdded)?;
    let mut finding = (rule.judge)(&made);
    finding.why.extend(first.set.as_ref().map(|set| Reason::SetBy { reference: set.reference.clone() }));
    Ok(Some(Added { finding, foreign: foreign(&whole) }))
}

/// What materials from abroad are worth, by where they were made, in minor units.
fn foreign(line: &TraceLine) -> Vec<(Option<Country>, i128)> {
    let mut values: Vec<(Option<Country>, i128)> = Vec::new();
    for content in line.contents.iter().filter(|content| content.status == Status::Foreign) {
        match values.iter_mut().find(|(origin, _)| *origin == content.origin) {
            // No more than a line's value, which was summed before.
            Some((_, sum)) => *sum = sum.saturating_add(content.value.minor),
            None => values.push((content.origin.clone(), content.value.minor)),
        }
    }
    values
}

/// Whether an item is declared to leave the zone for the mainland.
fn leaves(item: &Item, rule: &ValueAddedRule) -> bool {
    item.procedures.iter().any(|procedure| {
        let code = |text: Option<&crate::declaration::Text>| text.map(|text| text.value.clone()).unwrap_or_default();
        (rule.procedure)(&code(procedure.current.as_ref()), &code(procedure.previous.as_ref()))
    })
}

/// Whether as much is accounted for as is declared, where the two are measured alike.
fn same_quantity(item: &Item, accounted: Quantity) -> Result<(), ObstacleFault> {
    let measure = if accounted.kind() == Kind::Mass { item.net.as_ref() } else { item.supplementary.as_ref() };
    let declared = measure.and_then(|measure| measured(measure, accounted.kind()));
    match declared {
        Some(declared) if declared != accounted => Err(ObstacleFault::OtherQuantity { declared, accounted }),
        _ => Ok(()),
    }
}

/// A declared quantity, if it is of this kind; a mass without a unit is in kilograms (WCO Data Model, 128).
fn measured(measure: &Measure, kind: Kind) -> Option<Quantity> {
    let unit = measure.unit.as_deref().or((kind == Kind::Mass).then_some("KGM"))?;
    let unit = unit.split('#').next().unwrap_or(unit);
    Quantity::of(measure.value.value, unit).ok().filter(|quantity| quantity.kind() == kind)
}
