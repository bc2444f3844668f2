//! The draws of a case, as somebody who may see it can do them again.
//!
//! Must not know of: pages, how a draw is done.

use std::collections::BTreeMap;

use beacon::sheet::{Fixed, VERSION};
use beacon::{Sheet, Trust};
use engine::CaseId;
use engine::case::{Awaited, Waiting};
use engine::event::What;
use engine::lot::Lot;
use jiff::Timestamp;

use crate::lots::LotsFrom;
use crate::{App, AppError, CaseView, leaf};

/// A seat that waits.
#[derive(Clone, Debug)]
pub struct WaitingSeat {
    /// The stage, or `stage/branch`.
    pub seat: String,
    /// When the draw can take place at the earliest.
    pub due: Timestamp,
    /// For which draw.
    pub awaited: WaitsFor,
}

/// What a seat waits for.
#[derive(Clone, Debug)]
pub enum WaitsFor {
    /// Its own lot, whose leaf has this index in the log.
    Lot(Box<Lot>, u64),
    /// The lot of another application in the same matter.
    Case(CaseId),
}

/// The draws of a case.
#[derive(Clone, Debug, Default)]
pub struct Draws {
    /// Those that took place, in order, each with what proves it.
    pub drawn: Vec<Sheet>,
    /// Those that are to come.
    pub waiting: Vec<WaitingSeat>,
}

impl App {
    /// The draws of a case that somebody sees.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the record is damaged.
    pub fn draws(&self, view: &CaseView) -> Result<Draws, AppError> {
        let mut fixed: BTreeMap<&String, Fixed> = BTreeMap::new();
        let mut draws = Draws::default();
        for (row, event) in &view.history {
            match &event.what {
                What::Lot { seat, .. } => {
                    let leaf = leaf::of(row, event, &view.service, view.case.definition)?;
                    let leaf = leaf.encode().map_err(|error| AppError::Internal(error.to_string()))?;
                    fixed.insert(seat, Fixed { index: row.position, leaf });
                }
                What::Drawn { seat, draw } => {
                    let fixed = draw.proof.as_ref().and_then(|_| fixed.remove(seat));
                    draws.drawn.push(Sheet { version: VERSION, seat: seat.clone(), fixed, draw: draw.clone() });
                }
                _ => {}
            }
        }
        for (seat, Waiting { due, awaited, .. }) in &view.case.lots {
            let awaited = match awaited {
                Awaited::Lot(lot) => WaitsFor::Lot(lot.clone(), fixed.get(seat).map_or(0, |fixed| fixed.index)),
                Awaited::Case(case) => WaitsFor::Case(*case),
            };
            draws.waiting.push(WaitingSeat { seat: seat.clone(), due: *due, awaited });
        }
        Ok(draws)
    }

    /// What this zone's draws rest on: the chain or the keys that it names.
    pub fn lot_trust(&self) -> Trust {
        match &self.lots_from {
            LotsFrom::Own => Trust::default(),
            LotsFrom::Drand { chain, .. } => Trust { chains: vec![chain.clone()], keys: Vec::new() },
            LotsFrom::Institutions { own, other, .. } => {
                Trust { chains: Vec::new(), keys: vec![*own.public().as_bytes(), *other.as_bytes()] }
            }
        }
    }
}
