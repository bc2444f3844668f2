//! Asking functions again in log order, with the goods accounts as they stood: what crosses cases is followed here and not in the shards.
//!
//! Must not know of: what a function does, how accounts are kept.
//!
//! A question that needs no rows has the same answer whatever was booked, so all are put once without any, side by side; only those that ask for rows are put
//! again one after the other.

use std::collections::VecDeque;

use customs::functions::{Asked, AtHand};
use jiff::SignedDuration;

use super::Walk;
use crate::asked::library::Desk;
use crate::asked::{Booked, Heard, Question, Ready, Said};
use crate::checks::{booking_differs, function_differs};
use crate::finding::Findings;
use crate::input::{CouldNot, Task};

/// Questions put side by side. What they were given is in memory meanwhile: at most some megabytes each, mostly some kilobytes.
const AT_ONCE: usize = 64;

impl Walk<'_> {
    /// Puts the questions again of which the shards told, and takes up what was booked.
    pub(super) fn ask_again(&mut self) -> Result<(), CouldNot> {
        let (mut questions, mut booked, mut said) = (Vec::new(), Vec::new(), 0_u64);
        for shard in &mut self.shards {
            questions.append(&mut shard.questions);
            booked.append(&mut shard.booked);
            said = said.saturating_add(std::mem::take(&mut shard.said));
        }
        questions.sort_by_key(|question| question.index);
        booked.sort_by_key(|booked| booked.index);
        let (mut questions, mut booked) = (VecDeque::from(questions), VecDeque::from(booked));
        let mut answered = 0_u64;
        while !questions.is_empty() {
            let together: Vec<Question> = questions.drain(..questions.len().min(AT_ONCE)).collect();
            for (ready, first) in self.put(together)? {
                self.book_until(&mut booked, ready.question.index);
                answered = answered.saturating_add(u64::from(self.judge(&ready, first, &mut booked)));
            }
        }
        self.book_until(&mut booked, u64::MAX);
        let not_asked = &mut self.state.counts.functions_not_asked;
        *not_asked = not_asked.saturating_add(said.saturating_sub(answered));
        Ok(())
    }

    /// Puts questions without any rows; what of them cannot be put is told.
    fn put(&mut self, questions: Vec<Question>) -> Result<Vec<(Ready, Heard)>, CouldNot> {
        let Some(disclosure) = self.input.disclosure else { return Ok(Vec::new()) };
        let mut desk = Desk { disclosure, definitions: &self.definitions, findings: &mut self.findings };
        let mut ready = Vec::with_capacity(questions.len());
        for question in questions {
            ready.extend(self.library.ready(question, &mut desk)?);
        }
        self.library.close();
        let mut heard: Vec<Option<Heard>> = ready.iter().map(|_| None).collect();
        let tasks = heard
            .iter_mut()
            .zip(&ready)
            .map(|(slot, ready)| -> Task<'_> { Box::new(move || *slot = Some(ready.ask(&AtHand::default()))) });
        self.input.workers.run(tasks.collect());
        Ok(ready.into_iter().zip(heard).filter_map(|(ready, heard)| Some((ready, heard?))).collect())
    }

    /// Holds an answer against the record; whether there was one.
    fn judge(&mut self, ready: &Ready, first: Heard, booked: &mut VecDeque<Booked>) -> bool {
        let wants_rows = matches!(first, Ok(Asked::Wants(_)));
        let Some(heard) = self.state.accounts.hear(ready, first) else { return false };
        let question = &ready.question;
        let mut found = Findings::default();
        let mut is_told = false;
        let is_booking = matches!(question.said, Said::Moved);
        match &question.said {
            Said::Moved => {
                let own = booked.front().filter(|booked| booked.index == question.index);
                let posted = own.and_then(|booked| booked.posted.as_deref());
                is_told = !booking_differs::check(question, posted, &heard, &mut found);
            }
            Said::Worked(_) => function_differs::check(question, &heard, &mut found),
            Said::Refused(faults) => booking_differs::refused(question, faults, &heard, &mut found),
        }
        // Where some booking cannot be read, any row may have stood otherwise.
        if wants_rows && !found.is_empty() && self.state.accounts.is_blind() {
            return false;
        }
        if !is_booking && wants_rows && !found.is_empty() && self.was_so(ready) {
            found = Findings::default();
        }
        self.findings.append(&mut found);
        if booked.front().is_some_and(|booked| booked.index == question.index) {
            self.book_next(booked, is_told);
        }
        let counts = &mut self.state.counts;
        let count = if is_booking { &mut counts.bookings } else { &mut counts.functions };
        *count = count.saturating_add(1);
        true
    }

    /// Whether a function said so with the accounts as they stood a moment before.
    fn was_so(&self, ready: &Ready) -> bool {
        let tolerance = SignedDuration::from_millis(self.input.tolerance_ms);
        let Ok(since) = ready.question.at.checked_sub(tolerance) else { return false };
        let accounts = &self.state.accounts;
        accounts.was(ready, since, |heard| match (&ready.question.said, heard) {
            (Said::Worked(_), Ok(answer)) => function_differs::differ(&ready.question, answer).is_empty(),
            (Said::Refused(faults), heard) => booking_differs::is_refused(faults, heard),
            _ => false,
        })
    }

    /// Takes up what was booked before a leaf.
    fn book_until(&mut self, booked: &mut VecDeque<Booked>, index: u64) {
        while booked.front().is_some_and(|booked| booked.index < index) {
            self.book_next(booked, false);
        }
    }

    fn book_next(&mut self, booked: &mut VecDeque<Booked>, is_told: bool) {
        let Some(booked) = booked.pop_front() else { return };
        let service = self.definitions.get(&booked.definition).map(|service| &**service);
        let tolerance = self.input.tolerance_ms;
        self.state.accounts.take(&booked, service, is_told, tolerance, &mut self.findings);
    }
}
