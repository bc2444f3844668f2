//! Iran's free zones: goods made in a zone enter the mainland free of duty on the value added in it.
//!
//! Share of value added = (price - CIF value of foreign parts and materials) / price. The rule is taken from the regulations on export, import and customs of the
//! free trade-industrial zones, cabinet decree 40506/T16526K of 12/2/1375, as it is commonly told; nobody has confirmed its text here, so the ground is a
//! draft. A commission sets the share: where it has, its share counts. Must not know of: rates.

use super::{Due, Finding, Fraction, Made};

/// The ground, as it is shown.
const GROUND: &str = "cabinet decree 40506/T16526K of 12/2/1375 (draft: its text is not confirmed)";

/// What duty falls on. Which of the two the decree means is not confirmed; they differ for duties by quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyOn {
    /// On the CIF value of foreign parts and materials, in the place of the goods' value.
    Materials,
    /// The duty on the goods, less the share of value added.
    ShareOfDuty,
}

/// What is due on goods made in a zone.
#[must_use]
pub fn judge(made: &Made, duty_on: DutyOn) -> Finding {
    let mut why = Vec::new();
    let added = match made.set {
        Some(set) => {
            why.push(format!("value added {set}, as the commission set it"));
            set
        }
        None => {
            let (price, foreign) = (made.written(made.price.minor), made.written(made.foreign));
            // Materials dearer than the goods leave no value added, and no more is due than on the goods.
            let added = Fraction::new((made.price.minor - made.foreign).max(0), made.price.minor);
            let Some(added) = added else { return Finding { due: Due::All, why } };
            why.push(format!("value added ({price} - {foreign}) / {price} = {added}"));
            added
        }
    };
    let due = match duty_on {
        DutyOn::Materials => Due::OnShareOfValue(added.rest()),
        DutyOn::ShareOfDuty => Due::Share(added.rest()),
    };
    why.push(match duty_on {
        DutyOn::Materials => format!("duty falls on {} of the value: {GROUND}", added.rest()),
        DutyOn::ShareOfDuty => format!("{} of the duty is due: {GROUND}", added.rest()),
    });
    Finding { due, why }
}
