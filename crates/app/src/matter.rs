//! What an application is about. One matter has one draw: filing twice, or withdrawing and filing again, brings the same officers.
//!
//! Must not know of: how officers are drawn, how an application is judged.
//!
//! A matter is one applicant, one service and the same register records (the same company, the same parcel), and for an appeal the appealed case.
//! What the applicant writes does not count: a word changed would make another matter of it. Who was drawn in one of its cases sits in the others
//! and in those to come. A lot that was fixed for one of its cases and is yet to be drawn is the lot of the others too. Whoever was drawn in a case sits in what is filed
//! until that case is decided; if it is withdrawn or lapses, until another in which they sat is. So nobody keeps an officer by always having a case open, and nobody loses one by
//! withdrawing. A decision frees all seats that its case had, once no other case of the matter is open. What a lot between stages came to binds the others in [`ways`].

mod ways;

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Fact, Outcome, Service, Source};
use engine::CaseId;
use engine::case::{AGAIN, Awaited, Case};
use engine::decide::needed_at_start;
use engine::event::{Event, What};
use engine::reading;
use engine::world::{Elsewhere, Lots, Sitter, Sitting};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Put;

use crate::{App, AppError};
use ways::Ways;

pub(crate) const KIND: &str = "matter";

/// A matter as it is kept: what an append reads, and writes again at the version that it read.
#[derive(Default)]
pub(crate) struct Matter {
    key: String,
    version: u64,
    kept: Kept,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// How many of its cases are open and have officers.
    open: u64,
    sitting: Sitting,
    /// Which of the cases in which they were drawn ended undecided.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    undecided: BTreeSet<CaseId>,
    /// Lots that are yet to be drawn, by seat.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    lots: BTreeMap<String, Elsewhere>,
    /// What its cases came to by lot, by stage.
    #[serde(default, skip_serializing_if = "Ways::is_empty")]
    ways: Ways,
}

/// SHA-256, in hexadecimal, of what makes the matter, as a JSON array. What is supplied later is no part of it: it could change what the matter is.
pub(crate) fn key(service: &Service, case: &Case) -> Result<String, AppError> {
    let registered = |fact: &&Fact| matches!(fact.source, Source::Register { .. }) && needed_at_start(service, fact);
    let record = |fact: &'_ Fact| case.facts.get(&fact.name).and_then(reading::record_key);
    let records: BTreeMap<&String, Option<String>> =
        service.facts.iter().filter(registered).map(|fact| (&fact.name, record(fact))).collect();
    let matter = serde_json::to_vec(&(&service.name, &case.applicant, case.appeals, records))?;
    Ok(hex::encode(Sha256::digest(matter)))
}

/// Whether these events, which brought the case from how it stood `before`, change who sits in the matter. Most events change nothing, and cost
/// nothing.
pub(crate) fn is_touched(before: Option<&Case>, case: &Case, events: &[Event]) -> bool {
    let touches = |what: &What| {
        matches!(
            what,
            What::Lot { .. }
                | What::Shared { .. }
                | What::Drawn { .. }
                | What::Seated { .. }
                | What::Vacated { .. }
                | What::Ended { .. }
                | What::Overturned { .. }
        )
    };
    let officers = has_officers(case) || before.is_some_and(has_officers);
    (officers && events.iter().any(|event| touches(&event.what))) || ways::are_touched(before, case)
}

fn has_officers(case: &Case) -> bool {
    !case.officers.is_empty() || !case.lots.is_empty()
}

/// Whether a case is open and has officers, or waits for them.
fn sits(case: &Case) -> bool {
    case.ended.is_none() && has_officers(case)
}

/// Whether a seat of the case waits for its own lot.
fn has_lot(case: &Case, seat: &str) -> bool {
    case.lots.get(seat).is_some_and(|waiting| matches!(waiting.awaited, Awaited::Lot(_)))
}

impl App {
    /// The matter of a case, if these events touch it.
    pub(crate) async fn matter(
        &self,
        service: &Service,
        before: Option<&Case>,
        case: &Case,
        events: &[Event],
    ) -> Result<Option<Matter>, AppError> {
        if is_touched(before, case, events) { self.matter_of(service, case).await.map(Some) } else { Ok(None) }
    }

    /// The matter of a case.
    pub(crate) async fn matter_of(&self, service: &Service, case: &Case) -> Result<Matter, AppError> {
        let key = key(service, case)?;
        let Some(entry) = self.entry(KIND, &key).await? else { return Ok(Matter { key, ..Matter::default() }) };
        Ok(Matter { key, version: entry.version, kept: serde_json::from_slice(&entry.body)? })
    }
}

impl App {
    /// The write after which a case's applicant is not known from its matter, if none of its cases is open.
    pub(crate) async fn erase_matter(&self, service: &Service, case: &Case) -> Result<Option<Put>, AppError> {
        let Some(entry) = self.entry(KIND, &key(service, case)?).await? else { return Ok(None) };
        let kept: Kept = serde_json::from_slice(&entry.body)?;
        let gone = Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: Some(entry.version) };
        Ok((kept.open == 0 && !kept.ways.bind_an_open_case()).then_some(gone))
    }
}

impl Matter {
    /// Those who sit in it.
    pub(crate) fn sitting(&self) -> &Sitting {
        &self.kept.sitting
    }

    /// What draws need to know, with its lots that are yet to be drawn and what its cases came to by lot.
    pub(crate) fn lots_in(&self, lots: &Lots) -> Lots {
        Lots { waiting: self.kept.lots.clone(), ways: self.kept.ways.bounds(), ..lots.clone() }
    }

    /// Whether somebody was drawn, or a lot fixed, as if nobody sat in it or was about to, and nothing bound it.
    pub(crate) fn is_overlooked(&self, events: &[Event]) -> bool {
        let Kept { sitting, lots, ways, .. } = &self.kept;
        let known = |seat: &String| sitting.contains_key(seat) || lots.contains_key(seat) || ways.has(seat);
        events.iter().any(|event| {
            matches!(&event.what, What::Drawn { seat, draw } if known(seat) && draw.proof.is_none())
                || matches!(&event.what, What::Lot { seat, .. } if known(seat))
        })
    }

    /// The write that belongs to events which brought the case from how it stood `before`; none when it would change nothing and rests on nothing.
    pub(crate) fn put(&self, service: &Service, before: Option<&Case>, case: &Case) -> Result<Option<Put>, AppError> {
        let mut kept = self.kept.clone();
        kept.follow(service, before, case);
        // Whoever was let go by lot leaves nothing behind, and must have seen all that bound them: the write that changes nothing holds the version.
        if kept.is_empty() && self.version == 0 && !ways::are_touched(before, case) {
            return Ok(None);
        }
        kept.put(self.key.clone(), self.version, &case.applicant).map(Some)
    }
}

impl Kept {
    fn is_empty(&self) -> bool {
        self.open == 0 && self.sitting.is_empty() && self.lots.is_empty() && self.ways.is_empty()
    }

    /// What the matter is after events which touch it brought one of its cases from how it stood `before`.
    pub(crate) fn follow(&mut self, service: &Service, before: Option<&Case>, case: &Case) {
        self.ways.follow(service, before, case);
        // Those who look at a case again were drawn for that case alone.
        let reopened = case.ended.is_none() && before.is_some_and(|before| before.ended.is_some());
        for (seat, officers) in case.officers.iter().filter(|(seat, _)| *seat != AGAIN) {
            let had = before.filter(|_| !reopened).map_or(&[][..], |before| before.drawn(seat));
            let sitting = self.sitting.entry(seat.clone()).or_default();
            for officer in officers.iter().filter(|officer| !had.contains(officer)) {
                if !sitting.iter().any(|sitter| sitter.officer == *officer) {
                    sitting.push(Sitter { officer: officer.clone(), case: case.id });
                }
            }
        }
        for (seat, waiting) in case.lots.iter().filter(|(seat, _)| *seat != AGAIN && has_lot(case, seat)) {
            self.lots.entry(seat.clone()).or_insert(Elsewhere { case: case.id, due: waiting.due });
        }
        self.lots.retain(|seat, lot| lot.case != case.id || has_lot(case, seat));
        // Who gave a seat up does not come back to it by another case of the matter.
        for (seat, gone) in &case.vacated {
            if let Some(sitting) = self.sitting.get_mut(seat) {
                sitting.retain(|sitter| !gone.contains(&sitter.officer));
            }
        }
        match (before.is_some_and(sits), sits(case)) {
            (false, true) => self.open = self.open.saturating_add(1),
            (true, false) => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.end(case);
        if self.is_empty() {
            *self = Self::default();
        }
    }

    /// What the end of a case does to those who sit in the matter.
    fn end(&mut self, case: &Case) {
        match case.ended.as_ref().map(|ended| ended.outcome) {
            None => {
                self.undecided.remove(&case.id);
            }
            Some(Outcome::Withdrawn | Outcome::Lapsed) => {
                self.undecided.insert(case.id);
            }
            Some(_) => {
                let undecided = &self.undecided;
                for (seat, sitting) in &mut self.sitting {
                    let decided = case.drawn(seat);
                    let taken_up =
                        |sitter: &Sitter| undecided.contains(&sitter.case) && decided.contains(&sitter.officer);
                    sitting.retain(|sitter| sitter.case != case.id && !taken_up(sitter));
                }
                if self.open == 0 {
                    self.sitting.retain(|seat, _| !case.officers.contains_key(seat));
                }
            }
        }
        self.sitting.retain(|_, sitting| !sitting.is_empty());
        let held: BTreeSet<CaseId> = self.sitting.values().flatten().map(|sitter| sitter.case).collect();
        self.undecided.retain(|case| held.contains(case));
    }

    /// The write over what was read at this version: nothing is kept of a matter in which nobody sits, nobody is about to and no case is open.
    pub(crate) fn put(&self, key: String, version: u64, applicant: &str) -> Result<Put, AppError> {
        let body = if self.is_empty() { None } else { Some(serde_json::to_vec(self)?) };
        Ok(Put { kind: KIND.to_owned(), key, owner: Some(applicant.to_owned()), body, expected: Some(version) })
    }
}
