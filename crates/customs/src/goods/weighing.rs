//! What a scale at a gate showed, held against the gross mass that was released.
//!
//! Must not know of: gates, passes, who weighed. The gate's page does the same offline (`web/assets/gate/scale.js`).

use serde::{Deserialize, Serialize};

use super::quantity::Quantity;
use super::unit::Kind;

/// Milligrams, the steps of a mass, in a kilogram.
const STEPS_PER_KG: u64 = 1_000_000;

/// What a scale showed, in whole kilograms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Load and vehicle together.
    pub gross_kg: u32,
    /// The vehicle without its load, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tare_kg: Option<u32>,
}

/// How the load differs from what was released by more than the tolerance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MassDiffers {
    /// The load is so much lighter; at least so much where the vehicle's own mass is not known.
    Lighter(Quantity),
    /// The load is so much heavier.
    Heavier(Quantity),
}

/// How a load differs from the gross mass that was released, beyond so many per cent of that. Where the vehicle's own mass is not known, the load is at most what
/// the scale showed, and nothing but too little can be seen. None where it does not differ, and where what was released is no mass.
#[must_use]
pub fn mass_differs(released: Quantity, weighed: Weighed, tolerance_percent: u32) -> Option<MassDiffers> {
    if released.kind() != Kind::Mass {
        return None;
    }
    let load = weighed.gross_kg.saturating_sub(weighed.tare_kg.unwrap_or(0));
    let load = Quantity::new(u64::from(load).saturating_mul(STEPS_PER_KG), Kind::Mass).ok()?;
    let beyond = |by: Quantity| {
        let allowed = u128::from(released.steps()).saturating_mul(tolerance_percent.into());
        u128::from(by.steps()).saturating_mul(100) > allowed
    };
    match (released.minus(load), load.minus(released)) {
        (Some(by), _) if beyond(by) => Some(MassDiffers::Lighter(by)),
        (_, Some(by)) if weighed.tare_kg.is_some() && beyond(by) => Some(MassDiffers::Heavier(by)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kg(amount: &str) -> Quantity {
        Quantity::parse(amount, "KGM").unwrap()
    }

    #[test]
    fn a_load_may_differ_by_so_much_and_no_more() {
        let load = |gross_kg, tare_kg| mass_differs(kg("10000"), Weighed { gross_kg, tare_kg }, 2);
        assert_eq!(load(24_200, Some(14_000)), None, "two per cent more");
        assert_eq!(load(24_201, Some(14_000)), Some(MassDiffers::Heavier(kg("201"))));
        assert_eq!(load(23_800, Some(14_000)), None, "two per cent less");
        assert_eq!(load(23_799, Some(14_000)), Some(MassDiffers::Lighter(kg("201"))));
        assert_eq!(load(14_000, Some(14_000)), Some(MassDiffers::Lighter(kg("10000"))), "nothing is on it");
    }

    #[test]
    fn without_the_vehicles_mass_only_too_little_can_be_seen() {
        let load = |gross_kg| mass_differs(kg("10000"), Weighed { gross_kg, tare_kg: None }, 2);
        assert_eq!(load(1_000_000), None);
        assert_eq!(load(9_800), None);
        assert_eq!(load(9_799), Some(MassDiffers::Lighter(kg("201"))), "load and vehicle are lighter than the load");
    }

    #[test]
    fn what_is_no_mass_is_not_weighed_and_nothing_overflows() {
        let weighed = Weighed { gross_kg: u32::MAX, tare_kg: Some(0) };
        assert_eq!(mass_differs(Quantity::parse("5", "C62").unwrap(), weighed, 0), None);
        let most = Quantity::most(Kind::Mass);
        assert!(matches!(mass_differs(most, weighed, 0), Some(MassDiffers::Lighter(_))));
        assert_eq!(mass_differs(most, weighed, u32::MAX), None);
        assert!(matches!(mass_differs(kg("0"), weighed, 100), Some(MassDiffers::Heavier(_))));
    }
}
