//! What an item weighs by what is declared: what the scale at the gate is held against.
//!
//! Must not know of: what the scale showed, how an item is kept in the accounts.

use super::super::Fault;
use super::super::fault::number;
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

/// What is against what items weigh: none weighs less with its packing than without it, and each says what it weighs where it `leaves`: the pass carries that to the gate.
pub(in super::super) fn weighs(items: &[Item], leaves: bool) -> Vec<Fault> {
    items.iter().filter_map(|item| of(item, leaves).err()).collect()
}

fn of(item: &Item, leaves: bool) -> Result<(), Fault> {
    let number = number(item);
    // The accounts keep the one and the gate weighs the other: what differs would be in no account, or leave with nothing to leave from.
    if let (Some(net), Some(kept)) = (item.net.as_ref().and_then(mass), item.supplementary.as_ref().and_then(mass))
        && net.steps() != kept.steps()
    {
        return Err(Fault::two_net_masses(item, number, [net, kept]));
    }
    let Some(gross) = item.gross.as_ref().and_then(mass) else {
        // What is written and is no mass would not be looked at by anybody.
        let span = item.gross.as_ref().map(|gross| gross.value.span);
        return if leaves || span.is_some() { Err(Fault::no_gross_mass(number).at(span, item)) } else { Ok(()) };
    };
    match net_mass(item) {
        Some(net) if gross.steps() < net.steps() => Err(Fault::gross_below_net(item, number, [gross, net])),
        _ => Ok(()),
    }
}
