//! From a case, what it booked and what passed the gates to what is left over of it.
//!
//! Must not know of: where it is kept.

use customs::functions::{lets_go, writes_off};
use customs::goods::{Leftover, Paper, Papers, Quantity, Weighed, mass_differs};
use definition::Checked;
use definition::model::{Fact, Outcome, Service, Source, StageKind};
use definition::value::{Date, Value};
use engine::case::Case;
use engine::event::{Entering, Event, What as Happened};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Departure, Kept, Load, Movement, Passage, Passed, Posted, Record, WentOut, What};
use crate::goods::owners_of;
use crate::notifications::assessments;
use crate::{AppError, Direction};

/// Whether a case of the service is a declaration: an end of it lets goods in or out by one.
pub(super) fn declares(service: &Service) -> bool {
    service.stages.iter().any(|stage| match &stage.kind {
        StageKind::End(end) => end.book.as_ref().is_some_and(|booking| writes_off(&booking.function)),
        _ => false,
    })
}

/// The declaration that a case is, while nothing is decided on it.
pub(super) fn declared(service: &Checked<Service>, case: &Case) -> Option<Kept> {
    if case.ended.is_some() || !declares(service) {
        return None;
    }
    let assessment = assessments(service).into_iter().next();
    let said = |what: &str| assessment.and_then(|name| case.facts.get(&format!("{name}.{what}")));
    let reference = match said("reference") {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let items = match said("items") {
        Some(Value::Decimal(number)) => Some(number.normalize().to_string()),
        _ => None,
    };
    let what = What::Declared { reference, items };
    let owner = owner(service, case);
    Some(Kept { case: case.id, opened: case.opened, since: case.opened, changed: None, late: None, owner, what })
}

/// The key of whose goods a case is about.
fn owner(service: &Checked<Service>, case: &Case) -> Option<String> {
    let owners = owners_of(service.zone())?;
    let fact = service
        .facts
        .iter()
        .find(|fact| matches!(&fact.source, Source::Register { register, .. } if *register == owners))?;
    match case.facts.get(&fact.name) {
        Some(Value::Text(key)) => Some(key.clone()),
        _ => None,
    }
}

/// What the events of a case let go.
pub(crate) fn let_go<'e>(events: impl Iterator<Item = &'e Event>) -> Result<Option<LetGo>, AppError> {
    let mut found: Option<LetGo> = None;
    let mut entered = None;
    for event in events {
        match &event.what {
            Happened::Booked { function, posted: Value::Text(posted) } if lets_go(function) => {
                let posted: Vec<Posted> = serde_json::from_str(posted)?;
                let loads: Vec<Load> = posted.iter().filter_map(load).collect();
                if let Some(owner) = posted.iter().find_map(|one| Some(departure(one)?.1.owner.to_string())) {
                    found = Some(LetGo { at: event.at, owner, loads, record: None });
                }
            }
            Happened::Ended { enter, .. } => entered = enter.as_ref(),
            _ => {}
        }
    }
    if let (Some(found), Some(entered)) = (&mut found, entered) {
        found.record = Some(journey(entered));
    }
    Ok(found)
}

/// Goods that a case let go.
pub(crate) struct LetGo {
    at: Timestamp,
    owner: String,
    pub(crate) loads: Vec<Load>,
    /// The record that was entered with it, and the last day that it names.
    record: Option<(Record, Option<Date>)>,
}

fn journey(entered: &Entering) -> (Record, Option<Date>) {
    let until = entered.values.iter().find_map(|(concept, value)| match value {
        Value::Date(day) if concept.ends_with(".until") => Some(*day),
        _ => None,
    });
    (Record { register: entered.register.clone(), key: entered.key.clone() }, until)
}

fn departure(posted: &Posted) -> Option<(Passage, &Departure)> {
    match &posted.movement {
        Movement::Exit(exit) => Some((Passage::Exit, &exit.0)),
        Movement::Reexport(reexport) => Some((Passage::Reexport, &reexport.0)),
        Movement::Transit(transit) => Some((Passage::Transit, &transit.0)),
        _ => None,
    }
}

fn load(posted: &Posted) -> Option<Load> {
    let (to, departure) = departure(posted)?;
    let quantity = departure.quantity()?;
    let (item, commodity, gross) = (departure.item.clone(), departure.commodity.clone(), departure.gross);
    Some(Load { item, to, commodity, quantity, gross })
}

impl LetGo {
    /// What is left over of the release, after these passages with the case's pass.
    pub(super) fn released(&self, service: &Checked<Service>, case: &Case, passages: &[Passed]) -> Option<Kept> {
        let outs = outs(passages);
        let mut papers = Papers::default();
        for load in &self.loads {
            papers.release(load.item.clone(), load.quantity);
            let counts = outs.iter().filter(|out| out.doubt.is_none());
            counts.for_each(|_| papers.gate_out(load.item.clone(), load.quantity));
        }
        let of_release = |leftover: Leftover| match leftover.paper {
            Paper::Released(item) => Some((item, leftover.what)),
            _ => None,
        };
        let left: Vec<_> = papers.leftovers().into_iter().filter_map(of_release).collect();
        let went_out = self.went_out(service, passages);
        if left.is_empty() && went_out.iter().all(|one| one.differs.is_none() && one.doubt.is_none()) {
            return None;
        }
        let certificate = case.ended.as_ref().and_then(|ended| ended.certificate.as_ref());
        let until = certificate.and_then(|issued| issued.until);
        let journey = self.journey().map(|(record, _)| record);
        let what = What::Released { loads: self.loads.clone(), left, until, went_out, journey };
        let changed = outs.iter().map(|out| out.taken).max();
        Some(Kept { changed, ..self.kept(case, until, what) })
    }

    /// How it went out of the gates, the first passage first.
    pub(super) fn went_out(&self, service: &Checked<Service>, passages: &[Passed]) -> Vec<WentOut> {
        let tolerance = service.zone().gate_tolerance_percent;
        outs(passages).into_iter().map(|one| went_out(one, self.gross().zip(tolerance))).collect()
    }

    /// What all of it weighs by the declaration; none where that is not known of all.
    pub(crate) fn gross(&self) -> Option<Quantity> {
        let mut all = self.loads.iter().map(|load| load.gross);
        let first = all.next()??;
        all.try_fold(first, |sum, gross| sum.plus(gross?))
    }

    /// The journey that is to be discharged, and its record.
    pub(super) fn transit(&self, service: &Checked<Service>, case: &Case) -> Option<(Kept, Record)> {
        let (record, until) = self.journey()?;
        let loads: Vec<Load> = self.loads.iter().filter(|load| load.to == Passage::Transit).cloned().collect();
        let late = until.and_then(|day| end_of(day, &service.zone().timezone));
        Some((self.kept(case, late, What::Transit { loads, record: record.clone(), until }), record))
    }

    /// The record under which a journey stands, and its last day.
    fn journey(&self) -> Option<(Record, Option<Date>)> {
        self.record.clone().filter(|_| self.loads.iter().any(|load| load.to == Passage::Transit))
    }

    fn kept(&self, case: &Case, late: Option<Timestamp>, what: What) -> Kept {
        let owner = Some(self.owner.clone());
        Kept { case: case.id, opened: case.opened, since: self.at, changed: None, late, owner, what }
    }
}

/// The moment at which a day of the zone is over.
fn end_of(day: Date, timezone: &str) -> Option<Timestamp> {
    let timezone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    Some(day.tomorrow().ok()?.to_zoned_datetime(timezone).ok()?.timestamp())
}

/// The passages out, the first first.
fn outs(passages: &[Passed]) -> Vec<&Passed> {
    let mut outs: Vec<&Passed> = passages.iter().filter(|one| one.passage.direction == Direction::Out).collect();
    outs.sort_by_key(|one| (one.passage.at, one.passage.id));
    outs
}

/// A passage, held against the gross mass that was released, with the tolerance in per cent.
fn went_out(passed: &Passed, released: Option<(Quantity, u32)>) -> WentOut {
    let passage = &passed.passage;
    let weighed = passage.gross_mass_kg.map(|gross_kg| Weighed { gross_kg, tare_kg: passage.tare_mass_kg });
    let differs = released.zip(weighed).and_then(|((gross, percent), weighed)| mass_differs(gross, weighed, percent));
    WentOut { at: passage.at, gate: passed.gate.clone(), weighed, differs, doubt: passed.doubt }
}

/// The records that a case was about and that its grant writes off, if they are journeys.
pub(super) fn presented(service: &Service, case: &Case, events: &[Event]) -> Vec<Record> {
    let granted = |event: &Event| matches!(event.what, Happened::Ended { outcome: Outcome::Granted, .. });
    if events.iter().any(granted) { presents(service, case) } else { Vec::new() }
}

/// The records that a case is about and that its grant would write off, if they are journeys.
pub(super) fn presents(service: &Service, case: &Case) -> Vec<Record> {
    if declares(service) {
        return Vec::new();
    }
    let of = |fact: &Fact| match (&fact.source, case.facts.get(&fact.name)) {
        (Source::Register { register, .. }, Some(Value::Text(key))) => {
            Some(Record { register: register.clone(), key: key.clone() })
        }
        _ => None,
    };
    service.facts.iter().filter_map(of).collect()
}
