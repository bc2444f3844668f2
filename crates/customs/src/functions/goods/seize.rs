//! `customs.goods.seize-entry` and `customs.goods.seize`: goods are held where they are, until what was decided falls.
//!
//! The first takes what `customs.goods.enter` takes: goods that come into the zone by a declaration come into lots, so that they are somewhere, and each lot is held. The
//! second takes a lot that is there. What holds them is the case, by its reference. Must not know of: why, who decides it.

use super::enter::Entering;
use super::{Books, Fault, Given, Says, act, id};
use crate::goods::{Book, Hold, HoldKind, Holding, Id, Movement};

pub(super) struct SeizingEntry;
pub(super) struct Seizing;

fn hold(lot: Id, case: &str) -> Result<Movement, Vec<Fault>> {
    let reference = act(case)?;
    Ok(Movement::Hold(Hold { of: Holding::Lot(lot), kind: HoldKind::Seizure, reference }))
}

impl Books for SeizingEntry {
    fn says(&self) -> &'static [Says] {
        Entering.says()
    }

    fn movements(&self, given: &[Given<'_>], case: &str, book: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let mut movements = Entering.movements(given, case, book)?;
        let lots = movements.iter().filter_map(|movement| match movement {
            Movement::Entry(entry) => Some(entry.lot.clone()),
            _ => None,
        });
        let holds: Vec<Movement> = lots.map(|lot| hold(lot, case)).collect::<Result<_, _>>()?;
        movements.extend(holds);
        Ok(movements)
    }
}

impl Books for Seizing {
    fn says(&self) -> &'static [Says] {
        &[Says::Holding]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        Ok(vec![hold(id(given, 0)?, case)?])
    }
}
