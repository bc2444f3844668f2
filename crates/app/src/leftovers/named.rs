//! What a case names of other papers is there: the line of a manifest that an entry writes off, and what a settlement takes off the list.
//!
//! Must not know of: pages, what becomes of either. A manifest's number is its case's reference, so that nobody can know it before the manifest is filed: what names another is a slip of the pen, and is told when it is filed.

use customs::functions::{self, enters, named_lines, settles};
use customs::goods::LeftoverRef;
use definition::Checked;
use definition::model::{Booking, Name, Service};
use definition::value::Value;
use engine::case::Case;
use engine::event::{Event, What as Happened};
use engine::refusal::{FactProblem, Refusal, Wrong};

use super::settled::{named, settled};
use crate::functions::{Ready, told};
use crate::{App, AppError};

impl App {
    /// That an act names no paper that is not there, by what it gives and by what it books.
    pub(crate) async fn papers_are_there(
        &self,
        ready: &Ready,
        service: &Checked<Service>,
        case: &Case,
        events: &[Event],
    ) -> Result<(), AppError> {
        let mut problems = Vec::new();
        for booking in service.bookings() {
            if enters(&booking.function) && given(events, booking.of.first()) {
                problems.extend(self.not_filed(ready, booking, case).await?);
            }
            let booked = |event: &Event| matches!(&event.what, Happened::Booked { function, .. } if *function == booking.function);
            if settles(&booking.function) && (given(events, booking.of.get(1)) || events.iter().any(booked)) {
                problems.extend(self.not_left(service, booking, case).await?);
            }
        }
        problems.dedup();
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Facts(problems).into()) }
    }

    /// The lines that a declaration names and nobody filed.
    async fn not_filed(&self, ready: &Ready, booking: &Booking, case: &Case) -> Result<Vec<FactProblem>, AppError> {
        let Some(fact) = booking.of.first() else { return Ok(Vec::new()) };
        let Some(Value::Document(document)) = case.facts.get(fact) else { return Ok(Vec::new()) };
        let Some(paper) = ready.paper(document) else { return Ok(Vec::new()) };
        let mut problems = Vec::new();
        for (item, line) in named_lines(&paper) {
            if !self.is_filed(&line).await? {
                problems.push(problem(fact, functions::Fault::manifest_not_filed(item, &line)));
            }
        }
        Ok(problems)
    }

    /// What is to be settled, where the list does not have it of whoever explains it.
    async fn not_left(
        &self,
        service: &Checked<Service>,
        booking: &Booking,
        case: &Case,
    ) -> Result<Option<FactProblem>, AppError> {
        let (Some(fact), Some([owner, id])) = (booking.of.get(1), named(service, case)) else { return Ok(None) };
        let Ok(id) = LeftoverRef::read(&id) else { return Ok(None) };
        let kept = self.kept_by(&id).await?.filter(|kept| kept.owner.as_ref() == Some(&owner));
        let is_there = match &kept {
            Some(kept) => settled(&*self.store, Some(&id), kept).await?.is_none(),
            None => false,
        };
        Ok((!is_there).then(|| problem(fact, functions::Fault::not_left_over(&id))))
    }
}

/// Whether events give a fact: it was applied with, or an answer changes it.
fn given(events: &[Event], fact: Option<&Name>) -> bool {
    let Some(fact) = fact else { return false };
    events.iter().any(|event| match &event.what {
        Happened::Opened(opened) => opened.facts.contains_key(fact),
        Happened::Supplied { facts, .. } => facts.contains_key(fact),
        _ => false,
    })
}

fn problem(fact: &Name, fault: functions::Fault) -> FactProblem {
    FactProblem { fact: fact.clone(), wrong: Wrong::Function(Box::new(told(fault))) }
}
