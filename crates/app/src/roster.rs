//! The roster at hand: the fold of its stream, and what draws and rights see of it now.
//!
//! Must not know of: how an act on it is judged, cases.

use std::sync::Arc;

use engine::roster::{Register, STREAM};
use engine::world::{Relation, Roster};
use jiff::Timestamp;

use crate::{App, AppError, registers};

/// Records that an officer holds as a person, of one register: more are not looked at.
const HELD_MAX: u32 = 1000;
/// How long what officers hold in registers is believed, in milliseconds.
const HOLDINGS_LIVE_MS: i64 = 60_000;

/// The roster as this process knows it.
#[derive(Default)]
pub(crate) struct Known {
    register: Arc<Register>,
    holdings: Vec<Relation>,
    holdings_ms: i64,
    now: Arc<Roster>,
    /// Until when `now` holds, if nothing is recorded.
    until: Option<Timestamp>,
}

impl Known {
    fn see(&mut self, now: Timestamp) {
        let mut roster = self.register.at(now);
        roster.relations.extend(self.holdings.iter().cloned());
        self.now = Arc::new(roster);
        self.until = self.register.changes_after(now);
    }
}

impl App {
    /// The roster as draws and rights see it now.
    pub fn roster(&self) -> Arc<Roster> {
        let now = self.clock.now();
        {
            let known = self.roster.read();
            if known.until.is_none_or(|until| now < until) {
                return Arc::clone(&known.now);
            }
        }
        let mut known = self.roster.write();
        known.see(now);
        Arc::clone(&known.now)
    }

    /// The roster with all that its events say.
    pub fn register(&self) -> Arc<Register> {
        Arc::clone(&self.roster.read().register)
    }

    /// Takes the roster up as the store has it: another process may have changed it.
    pub(crate) async fn refresh_roster(&self) -> Result<(), AppError> {
        let row = self.store.case(STREAM).await?;
        let now = self.clock.now();
        let (known_seq, holdings_ms) = {
            let known = self.roster.read();
            (known.register.seq, known.holdings_ms)
        };
        let seq = row.as_ref().map_or(0, |row| row.seq);
        let aged = now.as_millisecond().saturating_sub(holdings_ms) > HOLDINGS_LIVE_MS;
        if seq == known_seq && !aged {
            return Ok(());
        }
        let register = match &row {
            Some(row) if row.seq != known_seq => Arc::new(serde_json::from_slice(&row.state)?),
            _ => self.register(),
        };
        let holdings = self.holdings(&register).await?;
        let mut known = self.roster.write();
        // Two may have read; the newer stays.
        if register.seq >= known.register.seq {
            known.register = register;
            known.holdings = holdings;
            known.holdings_ms = now.as_millisecond();
            known.see(now);
        }
        Ok(())
    }

    /// What officers hold in registers has changed, or may have: it is looked at again at the next occasion.
    pub(crate) fn forget_holdings(&self) {
        self.roster.write().holdings_ms = 0;
    }

    /// What officers hold in registers as persons, and for what they act under mandates: nobody decides about their own company, or for whom they act.
    async fn holdings(&self, register: &Register) -> Result<Vec<Relation>, AppError> {
        let mut holdings = Vec::new();
        for (officer, entry) in &register.officers {
            let Some(person) = &entry.person else { continue };
            for (name, _) in self.zone().zone().registers.iter().filter(|(_, register)| register.held_by.is_some()) {
                let held = registers::held_keys(self, name, person, HELD_MAX).await?;
                let relation = |with: String| Relation { officer: officer.clone(), with, holds: true, acts: false };
                holdings.extend(held.into_iter().map(relation));
            }
            for (_, _, mandate) in self.acts_for(person).await? {
                let with = mandate.principal.key;
                holdings.push(Relation { officer: officer.clone(), with, holds: false, acts: true });
            }
        }
        Ok(holdings)
    }
}
