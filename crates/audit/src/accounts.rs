//! The zone's goods accounts, followed in log order across all cases: rows as they stand, as they stood a moment ago, and what registers should have of them.
//!
//! Must not know of: how a case moves, what a difference means.

mod saved;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use customs::functions::{Asked, AtHand, Fault, found};
use customs::goods::{self, Book, Posted, Row, RowKey};
use definition::Checked;
use definition::model::Service;
use engine::world::Record;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::asked::{Answer, Booked, Heard, Ready};
use crate::checks::booking_differs;
use crate::finding::Findings;
use saved::Saved;

/// How often a function may ask for more rows. It asks for those that it is given the names of, and then for those that these name.
const ROUNDS: usize = 16;

/// All accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Saved", into = "Saved")]
pub(crate) struct Accounts {
    book: Book,
    /// By register and key; none where nothing is left.
    shown: BTreeMap<(String, String), Option<Record>>,
    /// Rows of which nobody can tell how they stand, after a booking that does not fit.
    lost: BTreeSet<RowKey>,
    /// Whether a booking cannot be read, so that any row may stand otherwise.
    blind: bool,
    recent: VecDeque<Before>,
}

/// Rows as they stood before a booking; none where there was no such row.
#[derive(Clone, Debug, PartialEq)]
struct Before {
    at_ms: i64,
    rows: Vec<(RowKey, Option<Row>)>,
}

impl Accounts {
    /// Puts a question with the rows as they stand, after a first try without any. None where that cannot be known.
    pub(crate) fn hear(&self, ready: &Ready, first: Heard) -> Option<Result<Answer, Vec<Fault>>> {
        self.put(ready, first, &BTreeMap::new())
    }

    /// Whether a question has this answer with the rows as they stood at some time since a moment: an act that moves nothing may be decided on rows that
    /// change before it is recorded.
    pub(crate) fn was(
        &self,
        ready: &Ready,
        since: Timestamp,
        is_it: impl Fn(&Result<Answer, Vec<Fault>>) -> bool,
    ) -> bool {
        let mut was: BTreeMap<&RowKey, &Option<Row>> = BTreeMap::new();
        for before in self.recent.iter().rev().take_while(|before| before.at_ms >= since.as_millisecond()) {
            was.extend(before.rows.iter().map(|(key, row)| (key, row)));
            let heard = self.put(ready, ready.ask(&AtHand::default()), &was);
            if heard.as_ref().is_some_and(&is_it) {
                return true;
            }
        }
        false
    }

    /// Whether what is found of these accounts may be due to what cannot be read.
    pub(crate) const fn is_blind(&self) -> bool {
        self.blind
    }

    /// What registers should have of lots and receipts, by register and key; nothing where a booking could not be read.
    pub(crate) fn shown(&self) -> Option<&BTreeMap<(String, String), Option<Record>>> {
        (!self.blind && self.lost.is_empty()).then_some(&self.shown)
    }

    /// Whether what bears this number is a warehouse receipt of which nothing is left; none where that cannot be known.
    pub(crate) fn is_void(&self, number: &str) -> Option<bool> {
        let key = goods::Id::new(number).ok().map(RowKey::Receipt)?;
        if self.blind || self.lost.contains(&key) {
            return None;
        }
        Some(self.book.row(&key).is_some_and(|row| key.void_receipt(row).is_some()))
    }

    fn put(
        &self,
        ready: &Ready,
        first: Heard,
        was: &BTreeMap<&RowKey, &Option<Row>>,
    ) -> Option<Result<Answer, Vec<Fault>>> {
        let (mut heard, mut at_hand) = (first, AtHand::default());
        for _ in 0..ROUNDS {
            let wanted = match heard {
                Ok(Asked::Says(answer)) => return Some(Ok(answer)),
                Err(faults) => return Some(Err(faults)),
                Ok(Asked::Wants(rows)) => rows,
            };
            if wanted.iter().any(|key| self.lost.contains(key)) {
                return None;
            }
            for key in wanted {
                let row = match was.get(&key) {
                    Some(row) => (*row).clone(),
                    None => self.book.row(&key).cloned(),
                };
                at_hand.add(key, row);
            }
            heard = ready.ask(&at_hand);
        }
        None
    }

    /// Takes a booking as it is recorded. What does not fit is told, unless it `is_told` already.
    pub(crate) fn take(
        &mut self,
        booked: &Booked,
        service: Option<&Checked<Service>>,
        is_told: bool,
        tolerance_ms: i64,
        findings: &mut Findings,
    ) {
        // That an event cannot be read, or was erased although it must not be, is found where events are read.
        let Some(posted) = &booked.posted else {
            self.blind = true;
            return;
        };
        let Ok(posted) = serde_json::from_str::<Vec<Posted>>(posted) else {
            self.blind = true;
            if !is_told {
                booking_differs::misfit(booked, "it is no posting of the accounts", findings);
            }
            return;
        };
        let mut before = Before { at_ms: booked.at.as_millisecond(), rows: Vec::new() };
        for one in &posted {
            let rows = one.movement.rows();
            let mut after = self.book.part(&rows);
            if let Err(misfit) = goods::fold(&mut after, one) {
                if !is_told && !self.blind && !rows.iter().any(|row| self.lost.contains(row)) {
                    booking_differs::misfit(booked, misfit.why, findings);
                }
                self.lost.extend(rows);
                continue;
            }
            for (key, row) in after.into_iter().filter(|(key, row)| self.book.row(key) != Some(row)).collect::<Vec<_>>()
            {
                self.show(service, &booked.function, &key, &row);
                before.rows.push((key.clone(), self.book.row(&key).cloned()));
                self.book.put(key, row);
            }
        }
        // Times may run back by as much as is tolerated, so twice as much is kept.
        let oldest_ms = before.at_ms.saturating_sub(tolerance_ms.saturating_mul(2));
        while self.recent.front().is_some_and(|before| before.at_ms < oldest_ms) {
            self.recent.pop_front();
        }
        self.recent.push_back(before);
    }

    fn show(&mut self, service: Option<&Checked<Service>>, function: &str, key: &RowKey, row: &Row) {
        let Some(found) = service.and_then(|service| found(service.zone(), function, key, row)) else { return };
        let record = Record { held_by: Some(found.held_by), values: found.values };
        self.shown.insert((found.register.clone(), found.key), found.is_left.then_some(record));
    }
}
