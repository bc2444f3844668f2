//! An officer chooses a route: signs, and when as many as the definition wants agree, the decision stands.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Desk, Fact, Name};
use definition::value::Value;

use super::run::Run;
use super::{open, overtake, text};
use crate::act::Actor;
use crate::case::{Decider, OfficerId, Signature, Turn};
use crate::event::What;
use crate::reading;
use crate::refusal::Refusal;

/// What an officer chose.
#[derive(Clone, Copy)]
pub(super) struct Choice<'a> {
    pub(super) route: &'a Name,
    pub(super) ground: Option<&'a Name>,
    pub(super) note: &'a str,
    pub(super) facts: &'a BTreeMap<Name, Value>,
}

pub(super) fn sign(run: &mut Run<'_>, actor: &Actor, choice: Choice<'_>) -> Result<(), Refusal> {
    let desk = run.desk()?;
    let Turn::Officers { signed, .. } = &run.case.turn else { return Err(run.not_now()) };
    let stage = run.case.stage.clone();
    let officer = run.officer(actor, &stage)?;
    if signed.keys().any(|other| *other == officer || run.is_one_person(other, &officer)) {
        return Err(Refusal::SignedAlready);
    }
    overtake::in_turn(run, &officer)?;
    let ground = examine(run, desk, choice)?;
    if desk.people > 1 {
        let (route, note) = (choice.route.clone(), choice.note.to_owned());
        let (ground, facts) = (ground.clone(), choice.facts.clone());
        run.record(What::Signed { officer: officer.clone(), route, ground, note, facts })?;
    }
    let agreed = agreed(run, choice);
    // Who decides alone records no signature.
    let officers = if desk.people > 1 { agreed.keys().cloned().collect() } else { vec![officer] };
    if officers.len() < desk.people as usize {
        return break_a_tie(run, desk, &stage);
    }
    let facts = seen(&agreed, choice);
    let target = desk.may.get(choice.route).cloned().ok_or_else(|| run.undecidable(choice.route))?;
    // What somebody signed on before may have gone out of force since.
    let cited = agreed.into_values().filter_map(|signature| signature.ground).chain(ground);
    let grounds: BTreeSet<Name> = cited.filter(|ground| run.is_in_force(ground)).collect();
    run.record(What::Decided {
        stage,
        route: choice.route.clone(),
        grounds: grounds.into_iter().collect(),
        by: Decider::Officers(officers),
        note: if desk.people > 1 { String::new() } else { choice.note.to_owned() },
        facts: facts.clone(),
    })?;
    run.compute_from(&facts)?;
    run.enter(&target)
}

/// The ground to cite, if all that was chosen is allowed.
fn examine(run: &Run<'_>, desk: &Desk, choice: Choice<'_>) -> Result<Option<Name>, Refusal> {
    if !desk.may.contains_key(choice.route) {
        let routes = desk.may.keys().cloned().collect();
        return Err(Refusal::NoSuchRoute { route: choice.route.clone(), routes });
    }
    text::optional("note", choice.note)?;
    let ground = run.ground(choice.ground, &desk.grounds, choice.route == "refuse")?;
    let due: Vec<&Fact> = run.service.facts.iter().filter(|fact| desk.record.contains(&fact.name)).collect();
    let problems = open::against(run.zone, run.service, &due, choice.facts, Some(choice.route));
    if problems.is_empty() { Ok(ground) } else { Err(Refusal::Facts(problems)) }
}

/// Those who signed for the same, with what they signed. What they saw is the same where all that rules read of it is, and what one of them left empty there is not
/// what another wrote. Of the rest, such as their photographs, the record keeps each one's.
fn agreed(run: &Run<'_>, choice: Choice<'_>) -> BTreeMap<OfficerId, Signature> {
    let Turn::Officers { signed, .. } = &run.case.turn else { return BTreeMap::new() };
    let decisive = |facts: &BTreeMap<Name, Value>| -> Vec<(Name, Value)> {
        let read = facts.iter().filter(|(name, _)| reading::is_read(run.service, name));
        read.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let saw = decisive(choice.facts);
    let same = |signature: &Signature| signature.route == *choice.route && decisive(&signature.facts) == saw;
    let same = signed.iter().filter(|(_, signature)| same(signature));
    same.map(|(officer, signature)| (officer.clone(), signature.clone())).collect()
}

/// What the case knows by the decision: what the last of them recorded, and where they left something empty, what another of them did. Whom chance had act last takes
/// nothing away from what the other found.
fn seen(agreed: &BTreeMap<OfficerId, Signature>, choice: Choice<'_>) -> BTreeMap<Name, Value> {
    let mut facts: BTreeMap<Name, Value> = BTreeMap::new();
    for signature in agreed.values() {
        facts.extend(signature.facts.clone());
    }
    facts.extend(choice.facts.clone());
    facts
}

/// When all who were drawn have signed and do not agree, and nobody is about to come, one more is drawn; with nobody left, the case goes where the definition says, else the
/// stage's deadline decides.
fn break_a_tie(run: &mut Run<'_>, desk: &Desk, stage: &str) -> Result<(), Refusal> {
    if !run.case.holders().is_empty() || run.case.lots.contains_key(stage) {
        return Ok(());
    }
    match run.draw_more(stage, &desk.role, 1) {
        Err(Refusal::TooFewOfficers { .. }) => desk.divided.as_ref().map_or(Ok(()), |to| run.enter(to)),
        other => other,
    }
}

/// Where the case goes if as many as must agree have signed and do not, so that it is not their silence that decides.
pub(super) fn divided<'d>(run: &Run<'_>, desk: &'d Desk) -> Option<&'d Name> {
    let Turn::Officers { signed, .. } = &run.case.turn else { return None };
    desk.divided.as_ref().filter(|_| signed.len() >= desk.people as usize)
}
