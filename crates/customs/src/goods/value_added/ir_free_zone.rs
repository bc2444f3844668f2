//! Iran's free zones: goods made in a zone enter the mainland free of duty on the value added in it.
//!
//! Share of value added = (price - CIF value of foreign parts and materials) / price. The rule is taken from the regulations on export, import and customs of the
//! free trade-industrial zones, cabinet decree 40506/T16526K of 12/2/1375, as it is commonly told; nobody has confirmed its text here, so the ground is a
//! draft. A commission sets the share: where it has, its share counts. Must not know of: rates.

use super::{Due, Finding, Fraction, Made};
use crate::reason::{Ground, Reason};

/// The ground, as it is shown; its text is not confirmed.
const GROUND: Ground = Ground {
    en: "cabinet decree 40506/T16526K of 12/2/1375",
    fa: "تصویب‌نامهٔ هیئت وزیران ۴۰۵۰۶/ت۱۶۵۲۶ک مورخ ۱۲/۲/۱۳۷۵",
    draft: true,
};

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
            why.push(Reason::ShareSet { added: set });
            set
        }
        None => {
            // Materials dearer than the goods leave no value added, and no more is due than on the goods.
            let added = Fraction::new((made.price.minor - made.foreign).max(0), made.price.minor);
            let Some(added) = added else { return Finding { due: Due::All, why } };
            why.push(Reason::ShareAdded { price: made.price.clone(), foreign: made.money(made.foreign), added });
            added
        }
    };
    let (share, ground) = (added.rest(), GROUND);
    let (due, told) = match duty_on {
        DutyOn::Materials => (Due::OnShareOfValue(share), Reason::OnShareOfValue { share, ground }),
        DutyOn::ShareOfDuty => (Due::Share(share), Reason::ShareOfDuty { share, ground }),
    };
    why.push(told);
    Finding { due, why }
}
