//! What an item weighs by what is declared: what the scale at the gate is held against.
//!
//! Must not know of: what the scale showed, how an item is kept in the accounts.

use super::super::Fault;
use super::goods_of;
use crate::declaration::{Item, Measure};
use crate::goods::{Kind, Quantity};

/// A mass that can be weighed.
pub(in super::super) fn mass(measure: &Measure) -> Option<Quantity> {
    let unit = measure.unit.as_deref().unwrap_or("KGM");
    let quantity = Quantity::of(measure.value.value, unit.split('#').next().unwrap_or(unit)).ok()?;
    Some(quantity).filter(|quantity| quantity.kind() == Kind::Mass && !quantity.is_zero())
}

/// What an item weighs without its packing: its net mass, or the quantity by which the accounts keep it where that is a mass and more.
pub(in super::super) fn net_mass(item: &Item) -> Option<Quantity> {
    let declared = [item.net.as_ref(), item.supplementary.as_ref()];
    declared.into_iter().flatten().filter_map(mass).max_by_key(|net| net.steps())
}

/// That no item weighs less with its packing than without it, and that each says what it weighs where it `leaves`: the pass carries that to the gate. `bytes` are
/// those of the declaration, for the places in it; empty where nobody sent it as it is.
///
/// # Errors
/// Everything that is wrong with it, item by item.
pub(in super::super) fn weighs(items: &[Item], bytes: &[u8], leaves: bool) -> Result<(), Vec<Fault>> {
    let faults: Vec<Fault> = items.iter().filter_map(|item| of(item, bytes, leaves).err()).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn of(item: &Item, bytes: &[u8], leaves: bool) -> Result<(), Fault> {
    // What is wrong with its number or its quantity is told by whatever takes it.
    let Ok((number, ..)) = goods_of(item) else { return Ok(()) };
    let Some(gross) = item.gross.as_ref().and_then(mass) else {
        // What is written and is no mass would not be looked at by anybody.
        return if leaves || item.gross.is_some() { Err(Fault::no_gross_mass(number)) } else { Ok(()) };
    };
    match net_mass(item) {
        Some(net) if gross.steps() < net.steps() => Err(Fault::gross_below_net(item, bytes, number, [gross, net])),
        _ => Ok(()),
    }
}
