//! The replay: the past's acts in the order of time, each decided by the engine at its recorded moment, and clocks that run out in between.
//!
//! Must not know of: logs' forms, what is made of the outcome.
//!
//! The clock is an actor like in a running zone: before each act, everything that fell due lapses, at the moment it was due. After the last
//! event of the log no clock runs on, since nobody knows what people did then.

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{FactPath, Name, Service};
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::Case;
use engine::event::Event;
use engine::refusal::Refusal;
use engine::world::{Lots, NoFunctions, Roster, World};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::deed::{self, Deed};
use super::leaves::{Leaves, Place};
use super::map::Map;
use super::map_step::Step;
use super::mistake::Unreadable;
use super::past::{Past, PastAct, PastCase};
use super::report::{NotAllowed, Why};
use super::seats::{Seats, seat};
use super::tally::{History, Tally};
use super::ways;

/// How often a draw is tried again until everyone of the past has their own seat; two seats of one role need two tries on average.
const DRAWS_MAX: u64 = 64;

/// Replays the past.
pub(super) fn replay(service: &Checked<Service>, map: &Map, past: &Past) -> Result<Tally, Unreadable> {
    let mut replay = Replay {
        service,
        map,
        past,
        seats: Seats::new(service.zone(), service, map, past),
        runs: past.cases.iter().map(Run::new).collect(),
        due: BTreeSet::new(),
        leaves: Leaves::new(service),
        tally: Tally::default(),
    };
    for (case, act) in past.in_order() {
        replay.act(case, act)?;
    }
    Ok(replay.finish())
}

/// One case while it runs.
struct Run {
    id: CaseId,
    state: Option<Case>,
    /// How many of its acts have been taken.
    taken: usize,
    history: History,
    place: Place,
}

impl Run {
    /// A case's id is the first 16 bytes of the SHA-256 of its name.
    fn new(case: &PastCase) -> Self {
        let digest: [u8; 32] = Sha256::digest(case.name.as_bytes()).into();
        let id = CaseId(digest.first_chunk().copied().unwrap_or_default());
        Self { id, state: None, taken: 0, history: History::default(), place: Place::default() }
    }

    /// Randomness that is the same in every run: SHA-256("panjereh rehearsal draw v1" || case || its events so far || try, 8 bytes each).
    fn randomness(&self, again: u64) -> [u8; 32] {
        let events = self.state.as_ref().map_or(0, |case| case.seq);
        let digest = Sha256::new_with_prefix(b"panjereh rehearsal draw v1").chain_update(self.id.0);
        digest.chain_update(events.to_be_bytes()).chain_update(again.to_be_bytes()).finalize().into()
    }
}

struct Replay<'a> {
    service: &'a Checked<Service>,
    map: &'a Map,
    past: &'a Past,
    seats: Seats<'a>,
    runs: Vec<Run>,
    /// Clocks that run: when they are due, the case, the clock's name.
    due: BTreeSet<(Timestamp, usize, Name)>,
    leaves: Leaves<'a>,
    tally: Tally,
}

impl Replay<'_> {
    /// Takes the next act of a case, after the clocks that ran out before it.
    fn act(&mut self, case: usize, act: usize) -> Result<(), Unreadable> {
        let past = self.past;
        let Some(act) = past.cases.get(case).and_then(|case| case.acts.get(act)) else { return Ok(()) };
        self.lapse_until(act.at)?;
        let Some(step) = self.map.activities.get(&act.activity) else { return Ok(()) };
        if let Some(run) = self.runs.get_mut(case) {
            run.taken = run.taken.saturating_add(1);
        }
        let state = self.runs.get(case).and_then(|run| run.state.as_ref());
        let refusal = match deed::of(step, act, state) {
            None => None,
            Some(Err(refusal)) => Some((refusal, Vec::new())),
            Some(Ok(deed)) => self
                .attempt(case, act.at, &deed, Some(act))?
                .map(|refusal| (deed::kind_name(refusal.kind()), self.at_fault(&refusal, act))),
        };
        match refusal {
            Some((refusal, facts)) => {
                let why = Why { facts, ..self.why(case, step, refusal) };
                self.refuse(case, act.at, &act.activity, act.person.as_ref(), why);
            }
            None => self.tally.touches = self.tally.touches.saturating_add(u64::from(step.is_touch())),
        }
        Ok(())
    }

    /// Lets every clock run out that is due by `now`.
    fn lapse_until(&mut self, now: Timestamp) -> Result<(), Unreadable> {
        while self.due.first().is_some_and(|(due, ..)| *due <= now) {
            let Some((due, case, clock)) = self.due.pop_first() else { return Ok(()) };
            let deed = Deed::Act(Actor::Clock, Act::Lapse { clock: clock.clone(), due });
            if let Some(refusal) = self.attempt(case, due, &deed, None)? {
                let why = Why { refusal: deed::kind_name(refusal.kind()), stage_was: None, facts: Vec::new() };
                self.refuse(case, due, &format!("lapse of {clock}"), None, why);
            }
        }
        Ok(())
    }

    /// Does it if the engine allows it; else gives its refusal.
    fn attempt(
        &mut self,
        case: usize,
        now: Timestamp,
        deed: &Deed,
        act: Option<&PastAct>,
    ) -> Result<Option<Refusal>, Unreadable> {
        let (Some(past), Some(run)) = (self.past.cases.get(case), self.runs.get(case)) else { return Ok(None) };
        let (after, events) = match self.decided(past, run, now, (deed, act)) {
            Ok(done) => done,
            Err(refusal) => return Ok(Some(refusal)),
        };
        let Some(run) = self.runs.get_mut(case) else { return Ok(None) };
        self.tally.count(run.state.as_ref(), &events, &mut run.history);
        for event in &events {
            self.leaves.push(run.id, &mut run.place, event)?;
        }
        for clock in run.state.iter().flat_map(Case::clocks) {
            self.due.remove(&(clock.due, case, clock.name));
        }
        self.due.extend(after.clocks().into_iter().map(|clock| (clock.due, case, clock.name)));
        run.state = Some(after);
        Ok(None)
    }

    /// What the engine says, with the people of the past in their seats.
    fn decided(
        &self,
        past: &PastCase,
        run: &Run,
        now: Timestamp,
        (deed, act): (&Deed, Option<&PastAct>),
    ) -> Result<(Case, Vec<Event>), Refusal> {
        let to_come = past.acts.get(run.taken..).unwrap_or_default();
        let records = &act.map(|act| deed::records(self.service, run.id, act)).unwrap_or_default();
        let (applicant, sitting) = (&BTreeMap::new(), &BTreeMap::new());
        let applicant = act.map_or(applicant, |act| &act.held.applicant);
        let mut narrowed: Option<Roster> = None;
        let mut again = 0;
        let mut tries = 0;
        loop {
            tries += 1;
            let roster = narrowed.as_ref().unwrap_or(self.seats.everybody());
            let randomness = run.randomness(again);
            let lots = Lots::own();
            let world = World {
                now,
                randomness,
                roster,
                records,
                applicant,
                sitting,
                lots,
                functions: &NoFunctions,
                ahead: None,
                signed: None,
            };
            let done = deed.decide(self.service, run.id, run.state.as_ref(), &world)?;
            again += 1;
            let another = ways::another_try(&done.1, self.map, to_come, again, |again| run.randomness(again));
            if let Some(another) = another.filter(|_| tries < DRAWS_MAX) {
                again = another;
                continue;
            }
            match self.seats.as_it_happened(run.state.as_ref(), &done.1, to_come) {
                // The seats that are drawn for do not depend on who is drawn, so the roster stays once it is narrowed.
                Some(roster) if tries < DRAWS_MAX => narrowed = narrowed.or(Some(roster)),
                _ => return Ok(done),
            }
        }
    }

    fn why(&self, case: usize, step: &Step, refusal: String) -> Why {
        let run = self.runs.get(case);
        let stands = run.and_then(|run| run.state.as_ref()).filter(|state| state.ended.is_none());
        let open = stands.is_some_and(|state| step.stage() == Some(&state.stage));
        let was = seat(step).map(|seat| run.and_then(|run| run.history.of(&seat)).unwrap_or("not-reached"));
        let stage_was = was.filter(|was| !(open && *was == "not-reached"));
        Why { refusal, stage_was, facts: Vec::new() }
    }

    /// The facts that a refusal names; where rules had no answer, what registers held and the act's row leaves empty.
    fn at_fault(&self, refusal: &Refusal, act: &PastAct) -> Vec<String> {
        let is_empty = |path: &FactPath| match path {
            FactPath::Record { fact, concept, .. } => {
                act.facts.contains_key(fact)
                    && !act.held.records.get(fact).is_some_and(|record| record.contains_key(concept))
            }
            FactPath::Applicant { concept } => !act.held.applicant.contains_key(concept),
            _ => false,
        };
        match refusal {
            Refusal::Facts(problems) => problems.iter().map(|problem| problem.fact.clone()).collect(),
            Refusal::Undecidable { .. } => {
                let empty = self.map.facts.iter().map(|column| &column.of).filter(|path| is_empty(path));
                empty.map(FactPath::key).collect()
            }
            _ => Vec::new(),
        }
    }

    fn refuse(&mut self, case: usize, at: Timestamp, activity: &str, person: Option<&String>, why: Why) {
        let name = self.past.cases.get(case).map(|case| case.name.clone()).unwrap_or_default();
        let stood = self.runs.get(case).and_then(|run| run.state.as_ref()).map(|state| state.stage.clone());
        let (activity, person) = (activity.to_owned(), person.cloned());
        self.tally.not_allowed.push(NotAllowed { case: name, at, activity, person, stood, why });
    }

    fn finish(mut self) -> Tally {
        for (past, run) in self.past.cases.iter().zip(&self.runs) {
            self.tally.end(&past.name, run.state.as_ref(), &run.history);
        }
        self.tally.log_size = self.leaves.size();
        self.tally.log_root = self.leaves.root();
        self.tally
    }
}
