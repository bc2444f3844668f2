//! From an act of the past to an act on the case.
//!
//! Must not know of: the clock, rosters, what is made of a refusal.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{Name, Service, Source as FactSource};
use definition::value::Value;
use engine::CaseId;
use engine::act::{Act, Actor, Application};
use engine::case::{Case, Turn};
use engine::event::Event;
use engine::refusal::{Refusal, RefusalKind};
use engine::world::{Record, World};
use engine::{decide, reading};

use super::map_step::Step;
use super::past::PastAct;

/// What is done: a case is opened, or somebody acts on it.
#[derive(Debug)]
pub(super) enum Deed {
    Open(BTreeMap<Name, Value>),
    Act(Actor, Act),
}

impl Deed {
    /// What the engine says to it.
    pub(super) fn decide(
        &self,
        service: &Checked<Service>,
        id: CaseId,
        state: Option<&Case>,
        world: &World<'_>,
    ) -> Result<(Case, Vec<Event>), Refusal> {
        match (self, state) {
            (Self::Open(facts), _) => {
                let applicant = applicant(id);
                let application = Application { case: id, applicant, under: None, appeals: None, facts: facts.clone() };
                decide::open(service, &application, world)
            }
            (Self::Act(actor, act), Some(state)) => decide::decide(service, state, actor, act, world),
            (Self::Act(..), None) => Err(Refusal::NotNow { stage: Name::new() }),
        }
    }
}

/// Who applied: a log does not name the applicant, whose name decides nothing here.
fn applicant(id: CaseId) -> String {
    format!("applicant {id}")
}

/// The records that an act's facts name, as the log says that registers held them. Whose they were it does not say: nobody's past application is doubted.
pub(super) fn records(service: &Service, id: CaseId, past: &PastAct) -> BTreeMap<Name, Record> {
    let chosen = service.facts.iter().filter_map(|fact| {
        let FactSource::Register { held_by, .. } = &fact.source else { return None };
        past.facts.get(&fact.name)?;
        let held_by = match held_by {
            None => Some(applicant(id)),
            Some(holder) => past.facts.get(holder).and_then(reading::record_key),
        };
        let values = past.held.records.get(&fact.name).cloned().unwrap_or_default();
        Some((fact.name.clone(), Record { held_by, values }))
    });
    chosen.collect()
}

/// What an act of the past is in the definition: nothing for a note; the kind of refusal where the case does not stand where it has a place.
pub(super) fn of(step: &Step, past: &PastAct, state: Option<&Case>) -> Option<Result<Deed, String>> {
    let Some(state) = state else {
        return match step {
            Step::Note => None,
            Step::Submit => Some(Ok(Deed::Open(past.facts.clone()))),
            _ => Some(Err("not-open".to_owned())),
        };
    };
    if step.stage().is_some_and(|stage| state.ended.is_none() && *stage != state.stage) {
        return Some(Err(kind_name(RefusalKind::NotNow)));
    }
    let note = String::new();
    let facts = past.facts.clone();
    let act = match step {
        Step::Note => return None,
        Step::Submit => return Some(Err("open-already".to_owned())),
        Step::Decide { route, ground, .. } => Act::Decide { route: route.clone(), ground: ground.clone(), note, facts },
        Step::Opine { branch, opinion, ground, .. } => {
            Act::Advise { branch: branch.clone(), opinion: *opinion, ground: ground.clone(), note }
        }
        Step::Supply { .. } => Act::Supply { facts },
        // A past event log does not say how much was paid: it was what the definition asks for.
        Step::Pay { .. } => match &state.turn {
            Turn::Payment { amount, .. } => {
                Act::Pay { receipt: format!("{}/{}", state.id, state.seq), amount: amount.clone() }
            }
            _ => return Some(Err(kind_name(RefusalKind::NotNow))),
        },
        Step::Withdraw => Act::Withdraw { reason: note },
    };
    let actor = match step {
        Step::Decide { .. } | Step::Opine { .. } => past.person.clone().map(Actor::Officer),
        Step::Pay { .. } => Some(Actor::Treasury),
        _ => Some(Actor::Person(state.applicant.clone())),
    };
    Some(actor.map(|actor| Deed::Act(actor, act)).ok_or_else(|| "nobody-named".to_owned()))
}

/// A kind of refusal as programs read it.
pub(super) fn kind_name(kind: RefusalKind) -> String {
    let name = serde_json::to_value(kind).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or("refused").to_owned()
}
