//! Coming to a stage: rules are applied at once, seats are filled, clocks start, and an end ends.

use std::collections::BTreeMap;

use definition::model::{Branch, Desk, End, Fact, FactPath, Name, Period, Register, Source, StageKind, Until, last};
use definition::value::{Money, Value};
use jiff::Timestamp;

use super::compute::Booked;
use super::run::Run;
use crate::case::{Decider, Issued, branch_seat};
use crate::clock;
use crate::event::{Entering, What};
use crate::reading;
use crate::refusal::Refusal;
use crate::rules;

/// More stages in a row than any checked definition passes without a person or a clock; a bound, not a rule.
const STAGES_IN_A_ROW: usize = 1000;

impl Run<'_> {
    /// Goes to a stage and on from there until somebody has to wait or the case ends.
    pub(super) fn enter(&mut self, stage: &str) -> Result<(), Refusal> {
        let mut next = Some(stage.to_owned());
        for _ in 0..STAGES_IN_A_ROW {
            match next {
                Some(stage) => next = self.enter_one(&stage)?,
                None => return Ok(()),
            }
        }
        Err(self.undecidable("stages without end"))
    }

    /// Goes to one stage; the stage that follows at once, if one does.
    fn enter_one(&mut self, name: &str) -> Result<Option<Name>, Refusal> {
        let stage = self.service.stage(name).ok_or_else(|| self.undecidable(name))?;
        match &stage.kind {
            StageKind::Decide { table, routes } => {
                self.entered(name, BTreeMap::new(), None)?;
                self.rule(name, table, routes).map(Some)
            }
            StageKind::Officer(desk) | StageKind::Inspect(desk) => self.desk_opens(name, desk).map(|()| None),
            StageKind::Consult { branches, .. } => self.consult_opens(name, branches).map(|()| None),
            StageKind::Applicant { wait, .. } => self.clock_starts(name, wait.within, None).map(|()| None),
            StageKind::Pay { amount, ground, wait, then } => {
                self.payment_opens(name, amount, ground, wait.within, then)
            }
            StageKind::Wait { until, .. } => self.waiting_starts(name, until).map(|()| None),
            StageKind::Lot { routes, within } => self.lot_opens(name, routes, *within),
            StageKind::End(end) => self.end(name, end),
        }
    }

    fn entered(&mut self, stage: &str, due: BTreeMap<Name, Timestamp>, amount: Option<Money>) -> Result<(), Refusal> {
        self.record(What::Entered { stage: stage.to_owned(), due, amount })
    }

    fn due(&self, within: Period) -> Result<Timestamp, Refusal> {
        clock::due(self.zone, self.world.now, within).ok_or_else(|| self.undecidable("calendar"))
    }

    pub(super) fn clock_starts(&mut self, stage: &str, within: Period, amount: Option<Money>) -> Result<(), Refusal> {
        let due = self.due(within)?;
        self.entered(stage, BTreeMap::from([(stage.to_owned(), due)]), amount)
    }

    fn rule(&mut self, stage: &str, name: &str, routes: &BTreeMap<Name, Name>) -> Result<Name, Refusal> {
        let table = self.service.tables.get(name).ok_or_else(|| self.undecidable(name))?;
        let ruled = rules::apply(self.zone, &self.case.facts, table).ok_or_else(|| self.undecidable(name))?;
        // A row that rests on law which is not in force today says nothing today.
        self.stands(ruled.ground.as_ref())?;
        let route = match ruled.outputs.get("route") {
            Some(Value::Code(route)) => route.clone(),
            // Anything else names no route: no case may go a way that no rule named.
            _ => return Err(self.undecidable(name)),
        };
        let target = routes.get(&route).cloned().ok_or_else(|| self.undecidable(&route))?;
        self.record(What::Ruled { table: name.to_owned(), rows: ruled.rows, outputs: ruled.outputs })?;
        self.record(What::Decided {
            stage: stage.to_owned(),
            route,
            grounds: ruled.ground.into_iter().collect(),
            by: Decider::Rule,
            note: String::new(),
            facts: BTreeMap::new(),
        })?;
        Ok(target)
    }

    /// Refuses to go on where the definition has nothing in force to rest on.
    fn stands(&self, ground: Option<&Name>) -> Result<(), Refusal> {
        match ground.filter(|ground| !self.is_in_force(ground)) {
            Some(ground) => Err(Refusal::GroundLapsed { place: self.place(), ground: ground.clone() }),
            None => Ok(()),
        }
    }

    fn desk_opens(&mut self, stage: &str, desk: &Desk) -> Result<(), Refusal> {
        self.clock_starts(stage, desk.wait.within, None)?;
        self.draw(stage, &desk.role, desk.people)
    }

    fn consult_opens(&mut self, stage: &str, branches: &[Branch]) -> Result<(), Refusal> {
        let due = branches.iter().map(|branch| Ok((branch.name.clone(), self.due(branch.within)?)));
        let due = due.collect::<Result<BTreeMap<_, _>, Refusal>>()?;
        self.entered(stage, due, None)?;
        branches.iter().try_for_each(|branch| self.draw(&branch_seat(stage, &branch.name), &branch.role, 1))
    }

    fn payment_opens(
        &mut self,
        stage: &str,
        amount: &FactPath,
        ground: &Name,
        within: Period,
        then: &str,
    ) -> Result<Option<Name>, Refusal> {
        let Some(Value::Money(mut owed)) = reading::read(self.zone, &self.case.facts, amount) else {
            return Err(self.undecidable("pay"));
        };
        // A case that comes back, as when an answer changes the fee, owes what was not paid yet. A stage has one currency: its column's type.
        let paid = self.case.paid.get(stage).map_or(0, |paid| paid.minor);
        owed.minor = owed.minor.saturating_sub(paid);
        // Nothing to pay is no reason to wait.
        if owed.minor <= 0 {
            return Ok(Some(then.to_owned()));
        }
        self.stands(Some(ground))?;
        self.clock_starts(stage, within, Some(owed)).map(|()| None)
    }

    fn waiting_starts(&mut self, stage: &str, until: &Until) -> Result<(), Refusal> {
        let due = match until {
            Until::After(period) => self.due(*period)?,
            Until::Date(path) => match reading::read(self.zone, &self.case.facts, path) {
                Some(Value::Date(date)) => clock::start_of(self.zone, date).ok_or_else(|| self.undecidable("wait"))?,
                _ => return Err(self.undecidable("wait")),
            },
        };
        self.entered(stage, BTreeMap::from([(stage.to_owned(), due)]), None)
    }

    /// Ends the case; where it goes instead, if what the end books is refused. Nothing is kept for it from then on, wherever it goes.
    fn end(&mut self, stage: &str, end: &End) -> Result<Option<Name>, Refusal> {
        // What the end books may be what was kept for it.
        self.unreserve()?;
        let booked = match &end.book {
            Some(booking) => match self.book(stage, booking, end.otherwise.as_ref())? {
                Booked::Done(booked) => Some(booked),
                Booked::Refused(otherwise) => return Ok(Some(otherwise)),
            },
            None => None,
        };
        self.entered(stage, BTreeMap::new(), None)?;
        let now = self.world.now;
        let until = end.valid.map(|valid| self.due(valid)).transpose()?;
        let appeal_until = end.appeal.as_ref().map(|appeal| self.due(appeal.within)).transpose()?;
        let issue = |certificate: &Name| Issued { certificate: certificate.clone(), from: now, until };
        let enter = end.enter.as_ref().map(|register| self.entering(register)).transpose()?;
        if let Some(booked) = booked {
            self.record(*booked)?;
        }
        self.record(What::Ended {
            outcome: end.outcome,
            certificate: end.issue.as_ref().map(issue),
            enter,
            appeal_until,
            overturn: end.overturn,
        })?;
        Ok(None)
    }

    /// The record that the case enters into a register: its facts by concept, with the key that the register makes from the reference.
    fn entering(&self, name: &str) -> Result<Entering, Refusal> {
        let register = self.zone.registers.get(name).ok_or_else(|| self.undecidable(name))?;
        let facts = self.service.facts.iter().filter(|fact| register.holds.contains(&fact.concept));
        let mut values: BTreeMap<String, Value> =
            facts.filter_map(|fact| Some((fact.concept.clone(), self.case.facts.get(&fact.name)?.clone()))).collect();
        values.extend(self.computed(register));
        let key = self.register_key(register, &values).ok_or_else(|| self.undecidable(name))?;
        values.entry(register.key.clone()).or_insert_with(|| Value::Text(key.clone()));
        for (concept, value) in &register.begins {
            values.entry(concept.clone()).or_insert_with(|| value.clone());
        }
        let held_by = register.held_by.as_ref().map(|concept| {
            let own = values.get(concept).and_then(reading::record_key);
            own.unwrap_or_else(|| self.case.applicant.clone())
        });
        if let (Some(concept), Some(holder)) = (&register.held_by, &held_by) {
            values.entry(concept.clone()).or_insert_with(|| Value::Text(holder.clone()));
        }
        Ok(Entering { register: name.to_owned(), key, held_by, values })
    }

    /// What functions said of concepts that a register holds.
    fn computed(&self, register: &Register) -> Vec<(String, Value)> {
        let said = self.service.facts.iter().flat_map(|fact| match &fact.source {
            Source::Function { gives, .. } => gives.iter().map(|concept| (fact, concept)).collect(),
            _ => Vec::new(),
        });
        let held = said.filter(|(_, concept)| register.holds.contains(concept));
        let value = |(fact, concept): (&Fact, &String)| {
            let path = format!("{}.{}", fact.name, last(concept));
            Some((concept.clone(), self.case.facts.get(&path)?.clone()))
        };
        held.filter_map(value).collect()
    }

    fn register_key(&self, register: &Register, values: &BTreeMap<String, Value>) -> Option<String> {
        let own = values.get(&register.key).and_then(reading::record_key);
        own.or_else(|| Some(register.number.as_ref()?.replace("{reference}", &self.case.id.reference())))
    }
}
