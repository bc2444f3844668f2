//! Draws whose randomness is yet to come: where it comes from, the entry by which a job finds them, and how full officers are.
//!
//! Must not know of: how randomness is fetched or verified, how officers are drawn.
//!
//! The entry is written in the append that fixes the lot, and goes in the append that draws. Its key begins with the moment from which the draw can
//! take place, so that what is due stands first.

use std::collections::BTreeMap;

use beacon::Chain;
use beacon::vrf::{PublicKey, SecretKey};
use engine::CaseId;
use engine::case::{Awaited, Case, Digest, OfficerId, Waiting};
use engine::event::{Event, What};
use engine::lot::Source;
use engine::world::{Coming, Lots, Roster};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{CaseQuery, CasesOf, Put};

use crate::jobs::lots::Asker;
use crate::matter::Matter;
use crate::{App, AppError, commit};

/// The kind of the entries.
pub(crate) const KIND: &str = "lot";
/// How long after a lot is fixed its round is due at the earliest. Before that the log's checkpoint has its leaf (after at most 1.5 s), witnesses have
/// signed it (2 s), and clocks that are some seconds apart do no harm: nobody can say that the round was known when the lot was fixed.
pub const MARGIN_MS: i64 = 15_000;
/// Most cases that the store gives at once.
const AT_ONCE: u32 = 1000;

/// Where randomness comes from.
#[derive(Debug, Default)]
pub enum LotsFrom {
    /// The zone's own machine, at once. The sums can be done again; that the randomness was not chosen cannot be proven.
    #[default]
    Own,
    /// A drand chain.
    Drand {
        /// The chain.
        chain: Chain,
        /// Where its rounds are asked for, one after the other: addresses before `/public/ROUND`, without a slash at the end.
        urls: Vec<String>,
    },
    /// The zone and a second institution.
    Institutions {
        /// The zone's own key, which signs nothing else.
        own: Box<SecretKey>,
        /// The second institution's key.
        other: PublicKey,
        /// Where it answers: the address before `/lot`, without a slash at the end.
        url: String,
    },
}

/// A lot that waits, as a job finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WaitingLot {
    pub(crate) case: CaseId,
    pub(crate) seat: String,
    /// The number of the event since which it waits.
    pub(crate) lot: u64,
    pub(crate) from: From,
}

/// Where what is waited for comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum From {
    Source(Source),
    Case(CaseId),
}

/// The writes that keep the entries as the case says: those of lots that it waits for now, and no others.
pub(crate) fn puts(before: Option<&Case>, after: &Case) -> Result<Vec<Put>, AppError> {
    let nothing = BTreeMap::new();
    let before = before.map_or(&nothing, |case| &case.lots);
    let new = after.lots.iter().filter(|(seat, waiting)| before.get(*seat).map(|was| was.seq) != Some(waiting.seq));
    let gone = before.iter().filter(|(seat, waiting)| after.lots.get(*seat).map(|is| is.seq) != Some(waiting.seq));
    let mut puts = Vec::new();
    for (seat, waiting) in new {
        let from = match &waiting.awaited {
            Awaited::Lot(lot) => From::Source(lot.source.clone()),
            Awaited::Case(case) => From::Case(*case),
        };
        let entry = WaitingLot { case: after.id, seat: seat.clone(), lot: waiting.seq, from };
        puts.push(put(after.id, waiting, Some(serde_json::to_vec(&entry)?)));
    }
    puts.extend(gone.map(|(_, waiting)| put(after.id, waiting, None)));
    Ok(puts)
}

fn put(case: CaseId, waiting: &Waiting, body: Option<Vec<u8>>) -> Put {
    let key = format!("{:020}/{case}/{}", waiting.due.as_millisecond().max(0), waiting.seq);
    Put { kind: KIND.to_owned(), key, owner: None, body, expected: None }
}

/// The moment from which a waiting lot can be drawn, as its key says.
pub(crate) fn due_ms(key: &str) -> Option<i64> {
    key.split_once('/')?.0.parse().ok()
}

impl App {
    /// Draws with randomness from elsewhere than the zone's own machine.
    ///
    /// # Errors
    /// [`AppError::Internal`] when nothing can be asked over the network here, or both institutions have the same key.
    pub fn with_lots(mut self, from: LotsFrom) -> Result<Self, AppError> {
        if let LotsFrom::Institutions { own, other, .. } = &from
            && own.public() == other
        {
            return Err(AppError::Internal(
                "the second institution has the zone's own key: it is no second".to_owned(),
            ));
        }
        self.asker = match from {
            LotsFrom::Own => None,
            _ => Some(Asker::new()?),
        };
        self.lots_from = from;
        Ok(self)
    }

    /// What draws at this moment need to know, before anything is known of the case.
    pub(crate) fn lots_at(&self, now: Timestamp) -> Result<Lots, AppError> {
        Ok(Lots { coming: self.coming(now)?, ..Lots::default() })
    }

    fn coming(&self, now: Timestamp) -> Result<Option<Coming>, AppError> {
        match &self.lots_from {
            LotsFrom::Own => Ok(None),
            LotsFrom::Drand { chain, .. } => {
                let from_ms = now.as_millisecond().saturating_add(MARGIN_MS);
                let round = chain.round_from(from_ms);
                let due_ms = round.and_then(|round| chain.time_ms(round));
                let (Some(round), Some(due_ms)) = (round, due_ms) else {
                    return Err(AppError::Internal("the drand chain has come to its end".to_owned()));
                };
                let source = Source::Drand { chain: Digest(chain.hash()), round };
                Ok(Some(Coming { source, due: commit::moment(due_ms) }))
            }
            LotsFrom::Institutions { own, other, .. } => {
                let mut keys = [Digest(*own.public().as_bytes()), Digest(*other.as_bytes())];
                keys.sort();
                Ok(Some(Coming { source: Source::Vrf { keys }, due: now }))
            }
        }
    }

    /// What draws need to know once it is known that something is drawn: lots of the matter, and how full the candidates are. None when it would
    /// change nothing.
    pub(crate) async fn lots_for(
        &self,
        lots: &Lots,
        matter: Option<&Matter>,
        roster: &Roster,
        events: &[Event],
    ) -> Result<Option<Lots>, AppError> {
        let overlooked = matter.filter(|matter| matter.is_overlooked(events));
        let load = self.load_of(roster, events).await?;
        if overlooked.is_none() && load.is_empty() {
            return Ok(None);
        }
        let lots = overlooked.map_or_else(|| lots.clone(), |matter| matter.lots_in(lots));
        Ok(Some(Lots { load, ..lots }))
    }

    /// How many open cases wait for those candidates who may hold only so many; nothing when nobody is full. Lots that are yet to be drawn do not
    /// count: nobody knows whom they will bring.
    async fn load_of(&self, roster: &Roster, events: &[Event]) -> Result<BTreeMap<OfficerId, u32>, AppError> {
        let mut load = BTreeMap::new();
        let candidates = events.iter().flat_map(|event| match &event.what {
            What::Lot { lot, .. } => lot.candidates.as_slice(),
            What::Drawn { draw, .. } if draw.proof.is_none() => draw.candidates.as_slice(),
            _ => &[],
        });
        for officer in candidates.map(|candidate| &candidate.officer) {
            let limits = roster.seats.iter().filter(|seat| seat.officer == *officer).filter_map(|seat| seat.most_open);
            let Some(limit) = limits.max().filter(|_| !load.contains_key(officer)) else { continue };
            load.insert(officer.clone(), self.open_cases_of(officer, limit).await?);
        }
        let full = |(officer, held): (&OfficerId, &u32)| {
            roster.seats.iter().any(|seat| seat.officer == *officer && seat.most_open.is_some_and(|most| *held >= most))
        };
        if load.iter().any(full) { Ok(load) } else { Ok(BTreeMap::new()) }
    }

    /// How many open cases wait for an officer; counted no further than up to `most`, and to one at least.
    async fn open_cases_of(&self, officer: &OfficerId, most: u32) -> Result<u32, AppError> {
        let (mut held, mut after) = (0_u32, None);
        loop {
            let limit = most.saturating_sub(held).clamp(1, AT_ONCE);
            let of = CasesOf::Holder(officer.clone());
            let rows = self.store.cases(CaseQuery { of, open: true, after, newest_first: false, limit }).await?;
            held = held.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
            match rows.last() {
                Some(last) if rows.len() == limit as usize && held < most => after = Some(last.opened),
                _ => return Ok(held),
            }
        }
    }
}
