//! What functions were asked in an act and what was booked, told to whoever asks them again.
//!
//! Must not know of: what they say now.

use std::collections::BTreeMap;

use definition::model::{FactPath, Name, Reserve, Service, Source, StageKind};
use definition::value::Value;
use engine::case::{Case, Digest};
use engine::event::{Event, What};
use engine::{clock, fold};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use log::Leaf;

use super::{Acting, Run, Shard, View};
use crate::asked::{Booked, Question, Said};
use crate::computed;
use crate::part::Begins;

impl Shard {
    /// The questions of an act whose case stood so before, with what the case gave at each.
    pub(super) fn asks(&mut self, acting: &Acting<'_>, before: Option<&Case>, events: &[Event]) {
        let is_function =
            |event: &Event| matches!(event.what, What::Computed { .. } | What::Booked { .. } | What::Unbooked { .. });
        if !events.iter().any(is_function) {
            return;
        }
        let mut case = before.cloned();
        for (event, view) in events.iter().zip(acting.events) {
            if let Some(case) = &case {
                self.questions.extend(question(acting, case, event, view.item.index));
            }
            case = fold::apply(acting.service, case, event).ok();
        }
    }

    /// What of these events is of functions: all that was booked, whether its case can be followed or not, and how much there is to ask.
    pub(super) fn told(&mut self, run: &Run<'_>, events: &[View<'_>]) {
        for view in events {
            let of_function = match &view.told.head {
                Some(head) => head.begins == Begins::Computes,
                None => false,
            };
            let erased = view.part.body(view.item).is_none();
            if !of_function && !erased {
                continue;
            }
            let event = view.part.body(view.item).and_then(|body| serde_json::from_slice::<Event>(body).ok());
            let leaf = if event.is_none() { Leaf::decode(view.part.entry(view.item)).ok() } else { None };
            let kind = event.as_ref().map(|event| event.what.kind()).or(leaf.as_ref().map(|leaf| leaf.kind.as_str()));
            if !matches!(kind, Some("computed" | "booked" | "unbooked")) {
                continue;
            }
            self.said = self.said.saturating_add(1);
            if kind == Some("booked") {
                let definition = self.cases.get(&run.case).map_or(Digest([0; 32]), |kept| kept.definition);
                self.booked.push(booked(run, view, definition, event));
            }
        }
    }
}

fn booked(run: &Run<'_>, view: &View<'_>, definition: Digest, event: Option<Event>) -> Booked {
    let at = event.as_ref().map_or(Timestamp::MIN, |event| event.at);
    let (function, posted) = match event.map(|event| event.what) {
        Some(What::Booked { function, posted: Value::Text(posted) }) => (function, Some(posted)),
        Some(What::Booked { function, .. }) => (function, None),
        _ => (String::new(), None),
    };
    Booked { index: view.item.index, case: run.case, at, definition, function, posted }
}

fn question(acting: &Acting<'_>, case: &Case, event: &Event, index: u64) -> Option<Question> {
    let service = acting.service;
    let (function, of, said) = match &event.what {
        What::Computed { function, facts } => {
            let (name, said) = computed::told(service, facts)?;
            let Source::Function { of, .. } = &service.fact(&name)?.source else { return None };
            (function, of.iter().map(FactPath::key).collect(), Said::Worked(said))
        }
        What::Booked { function, .. } => {
            let given = kept_by(service, case, function);
            let given = given.or_else(|| values(&case.facts, booked_of(service, &case.stage)?));
            return Some(asked(acting, case, (event, index), function, given?, Said::Moved));
        }
        What::Unbooked { stage, function, faults } => {
            (function, booked_of(service, stage)?.clone(), Said::Refused(faults.clone()))
        }
        _ => return None,
    };
    Some(asked(acting, case, (event, index), function, values(&case.facts, &of)?, said))
}

fn asked(
    acting: &Acting<'_>,
    case: &Case,
    (event, index): (&Event, u64),
    function: &Name,
    given: Vec<Value>,
    said: Said,
) -> Question {
    let service = acting.service;
    Question {
        index,
        case: case.id,
        at: event.at,
        day: clock::date(service.zone(), event.at).unwrap_or_else(|| TimeZone::UTC.to_datetime(event.at).date()),
        definition: Digest(service.hash()),
        function: function.clone(),
        given,
        said,
    }
}

/// What a function is given that keeps something for the case, or frees it: the case frees by what it kept by.
fn kept_by(service: &Service, case: &Case, function: &str) -> Option<Vec<Value>> {
    let Reserve { book, free } = service.reserve.as_ref()?;
    if function == free.function {
        return case.reserved.clone();
    }
    (function == book.function).then(|| values(&case.facts, &book.of))?
}

/// The facts that the booking of an end is given.
fn booked_of<'s>(service: &'s Service, stage: &str) -> Option<&'s Vec<Name>> {
    match &service.stage(stage)?.kind {
        StageKind::End(end) => end.book.as_ref().map(|booking| &booking.of),
        _ => None,
    }
}

fn values(facts: &BTreeMap<String, Value>, of: &[String]) -> Option<Vec<Value>> {
    of.iter().map(|name| facts.get(name).cloned()).collect()
}
