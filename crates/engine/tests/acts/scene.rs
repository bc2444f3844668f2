//! Given, when, then over events: a case of the little zone, told as text.
//!
//! Must not know of: any one act. After every step it holds what always holds: the fold of the events is the state that `decide` carried.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use definition::model::{Name, Service};
use definition::value::{self, Value};
use definition::{Checked, CheckedZone};
use engine::CaseId;
use engine::act::{Act, Actor, Application};
use engine::case::{Case, Turn};
use engine::event::Event;
use engine::refusal::Refusal;
use engine::world::{Functions, Lots, NoFunctions, Record, Roster, Seat, Sitting, World};
use engine::{decide, fold};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::tell;

pub const APPLICANT: &str = "ali";

/// The files of a zone that stands in one text: each under a line `--- PATH`.
fn files(text: &str) -> definition::check::Files {
    let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap());
    definition::check::Files(parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

pub fn checked(text: &str) -> CheckedZone {
    let report = definition::check(&files(text));
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    report.zone.unwrap()
}

pub fn zone() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| checked(include_str!("zone.txt")))
}

/// A moment in the zone, such as `2026-05-03T09:00`.
pub fn moment(local: &str) -> Timestamp {
    let at: DateTime = local.parse().unwrap();
    at.in_tz("Asia/Tehran").unwrap().timestamp()
}

/// Facts as people write them, such as `kind baker, size 200`. What is not of its type stays a text.
pub fn facts(service: &Checked<Service>, text: &str) -> BTreeMap<Name, Value> {
    let pairs = text.split(", ").filter(|pair| !pair.is_empty()).map(|pair| pair.split_once(' ').unwrap());
    let value = |name: &str, text: &str| {
        let fact = service.fact(name);
        let read = fact.and_then(|fact| value::parse(&fact.type_, text, &service.zone().lists).ok());
        read.unwrap_or_else(|| Value::Text(text.to_owned()))
    };
    pairs.map(|(name, text)| (name.to_owned(), value(name, text))).collect()
}

/// Who acts, as a test says it.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Applicant,
    Stranger,
    /// The n-th officer drawn for a seat.
    Drawn(&'static str, usize),
    /// Somebody of a role who was not drawn for the seat.
    Undrawn(&'static str, &'static str),
    Officer(&'static str),
    Treasury,
    Clock,
    Beacon,
    /// Whoever operates the zone.
    Operator,
    Appeal(u8),
}

/// A case and its world.
#[derive(Clone)]
pub struct Scene {
    pub service: Arc<Checked<Service>>,
    pub roster: Roster,
    pub records: BTreeMap<Name, Record>,
    pub now: Timestamp,
    pub case: Option<Case>,
    pub events: Vec<Event>,
    pub sitting: Sitting,
    /// The case that comes first at the desk of whoever acts.
    pub ahead: Option<CaseId>,
    pub lots: Lots,
    pub functions: Arc<dyn Functions>,
    /// What whoever acts signed.
    pub signed: Option<engine::signed::Signed>,
}

/// What came of the act that is looked at.
pub struct Outcome {
    before: Scene,
    result: Result<(Case, Vec<Event>), Refusal>,
}

/// A service of the little zone at a moment, with a full roster and no case yet.
pub fn given(service: &str, now: &str) -> Scene {
    given_in(zone(), service, now)
}

pub fn given_in(zone: &CheckedZone, service: &str, now: &str) -> Scene {
    let seats = [
        ("examiner", "e1 e2 e3"),
        ("senior", "s1 s2"),
        ("inspector", "i1 i2"),
        ("fireman", "f1 f2"),
        ("waterman", "w1 w2"),
        ("judge", "j1 j2"),
    ];
    let seat = |role: &str, officer: &str| Seat {
        role: role.to_owned(),
        officer: officer.to_owned(),
        person: Some(format!("person of {officer}")),
        weight: 1,
        most_open: None,
    };
    let seats = seats.iter().flat_map(|(role, officers)| officers.split(' ').map(move |officer| seat(role, officer)));
    Scene {
        service: Arc::clone(&zone.services()[service]),
        roster: Roster { seats: seats.collect(), ..Roster::default() },
        signed: None,
        records: BTreeMap::new(),
        now: moment(now),
        case: None,
        events: Vec::new(),
        sitting: Sitting::new(),
        ahead: None,
        lots: Lots::default(),
        functions: Arc::new(NoFunctions),
    }
}

impl Scene {
    pub fn case(&self) -> &Case {
        self.case.as_ref().unwrap()
    }

    pub fn at(mut self, now: &str) -> Self {
        self.now = moment(now);
        self
    }

    pub fn with_roster(mut self, change: impl FnOnce(&mut Vec<Seat>)) -> Self {
        change(&mut self.roster.seats);
        self
    }

    /// Another case waits longer at the desk; or none does.
    pub fn behind(mut self, ahead: Option<CaseId>) -> Self {
        self.ahead = ahead;
        self
    }

    pub fn with_record(mut self, fact: &str, held_by: &str, values: &[(&str, Value)]) -> Self {
        let values = values.iter().map(|(concept, value)| ((*concept).to_owned(), value.clone())).collect();
        self.records.insert(fact.to_owned(), Record { held_by: Some(held_by.to_owned()), values });
        self
    }

    pub fn actor(&self, who: Who) -> Actor {
        match who {
            Who::Applicant => Actor::Person(APPLICANT.to_owned()),
            Who::Stranger => Actor::Person("zahra".to_owned()),
            Who::Drawn(seat, place) => Actor::Officer(self.case().drawn(seat)[place].clone()),
            Who::Undrawn(role, seat) => {
                let drawn = self.case().drawn(seat);
                let mut others = self.roster.of_role(role).filter(|seat| !drawn.contains(&seat.officer));
                Actor::Officer(others.next().unwrap().officer.clone())
            }
            Who::Officer(id) => Actor::Officer(id.to_owned()),
            Who::Treasury => Actor::Treasury,
            Who::Clock => Actor::Clock,
            Who::Beacon => Actor::Beacon,
            Who::Operator => Actor::Operator,
            Who::Appeal(n) => Actor::Case(CaseId([n; 16])),
        }
    }

    /// Randomness that differs with every act, and is the same in every run.
    fn randomness(&self) -> [u8; 32] {
        [u8::try_from(self.events.len() % 251).unwrap(); 32]
    }

    fn world<'a>(&'a self, applicant: &'a BTreeMap<String, Value>) -> World<'a> {
        let Self { now, roster, records, sitting, lots, ahead, signed, functions, .. } = self;
        let (randomness, signed) = (self.randomness(), signed.as_ref());
        let functions = &**functions;
        World { now: *now, randomness, roster, records, applicant, sitting, lots, functions, ahead: *ahead, signed }
    }

    pub fn decide(&self, actor: &Actor, act: &Act) -> Result<(Case, Vec<Event>), Refusal> {
        let applicant = BTreeMap::new();
        let world = self.world(&applicant);
        decide::decide(&self.service, self.case(), actor, act, &world)
    }

    pub fn open_as(&self, application: &Application) -> Result<(Case, Vec<Event>), Refusal> {
        let applicant = BTreeMap::new();
        decide::open(&self.service, application, &self.world(&applicant))
    }

    fn try_open(&self, facts_given: &str) -> Result<(Case, Vec<Event>), Refusal> {
        let application = Application {
            case: CaseId([200; 16]),
            applicant: APPLICANT.to_owned(),
            under: None,
            appeals: None,
            facts: facts(&self.service, facts_given),
        };
        self.open_as(&application)
    }

    /// The case goes on as decided; what always holds is looked at.
    pub fn take(mut self, (case, events): (Case, Vec<Event>)) -> Self {
        let former = self.case.take();
        self.events.extend(events);
        let folded = fold::fold(&self.service, &self.events).unwrap().unwrap();
        assert_eq!(folded, case, "the fold is not what `decide` carried");
        always(former.as_ref(), &case, self.events.len(), &self.roster);
        self.case = Some(case);
        self
    }

    pub fn opened(self, facts: &str) -> Self {
        let opened = self.try_open(facts).unwrap();
        self.take(opened)
    }

    pub fn when_opened(self, facts: &str) -> Outcome {
        let result = self.try_open(facts);
        Outcome { before: self, result }
    }

    /// An act that is only there to come to the moment that is looked at.
    pub fn and(self, who: Who, act: Act) -> Self {
        let done = self.decide(&self.actor(who), &act);
        let done = done.unwrap_or_else(|refusal| panic!("{act:?} was refused: {refusal:?}"));
        self.take(done)
    }

    pub fn when(self, who: Who, act: Act) -> Outcome {
        let result = self.decide(&self.actor(who), &act);
        Outcome { before: self, result }
    }

    /// Lets the clock of that name run out.
    pub fn when_lapsed(mut self, clock: &str) -> Outcome {
        let due = self.case().clocks().into_iter().find(|running| running.name == clock).unwrap().due;
        self.now = self.now.max(due);
        self.when(Who::Clock, Act::Lapse { clock: clock.to_owned(), due })
    }

    pub fn lapsed(self, clock: &str) -> Self {
        let Outcome { before, result } = self.when_lapsed(clock);
        before.take(result.unwrap())
    }
}

impl Outcome {
    pub fn result(self) -> Result<(Case, Vec<Event>), Refusal> {
        self.result
    }

    /// These events came of it, one a line, as [`tell::events`] tells them.
    #[track_caller]
    pub fn then(self, expected: &str) -> Scene {
        let done = self.result.unwrap_or_else(|refusal| panic!("it was refused: {refusal:?}"));
        let told = tell::events(&done.1);
        let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
        assert_eq!(told, expected, "\n{}", told.join("\n"));
        self.before.take(done)
    }

    #[track_caller]
    pub fn refusal(self) -> Refusal {
        self.result.map(|(_, events)| tell::events(&events)).unwrap_err()
    }

    #[track_caller]
    pub fn then_refused(self, expected: &Refusal) -> Scene {
        assert_eq!(self.result.as_ref().map(|(_, events)| tell::events(events)), Err(expected));
        self.before
    }
}

/// What holds of every case at every moment.
fn always(before: Option<&Case>, case: &Case, events: usize, roster: &Roster) {
    assert_eq!(case.seq, events as u64, "a sequence number was left out or given twice");
    assert_eq!(case.ended.is_some(), case.turn == Turn::Ended);
    assert_ne!(case.turn, Turn::Rules, "a case at rest waits for a rule");
    if case.ended.is_some() {
        assert!(case.clocks().is_empty() && case.holders().is_empty(), "a case that ended still has a clock");
    } else {
        assert!(!case.clocks().is_empty(), "nothing will ever happen");
    }
    let own: Vec<&Seat> = roster.seats.iter().filter(|seat| seat.person.as_deref() == Some(&case.applicant)).collect();
    for officers in case.officers.values() {
        assert!(!own.iter().any(|seat| officers.contains(&seat.officer)), "the applicant was drawn");
        let mut single = officers.clone();
        single.sort();
        single.dedup();
        assert_eq!(single.len(), officers.len(), "somebody was drawn twice for one seat");
    }
    for (seat, officers) in before.into_iter().flat_map(|before| &before.officers) {
        let gave_up = |officer: &&String| case.vacated.get(seat).is_some_and(|gone| gone.contains(*officer));
        let stay: Vec<&String> = officers.iter().filter(|officer| !gave_up(officer)).collect();
        let drawn: Vec<&String> = case.drawn(seat).iter().collect();
        assert!(drawn.starts_with(&stay), "who was drawn did not stay drawn");
    }
}
