//! An officer asks the applicant, once, for all that is missing. Each item cites a ground; an ask without one changes nothing.

use definition::model::Source;

use super::run::Run;
use super::{overtake, text};
use crate::act::Actor;
use crate::case::{AskedItem, Turn};
use crate::clock;
use crate::event::What;
use crate::refusal::{FactProblem, Refusal, Wrong};

pub(super) fn ask(run: &mut Run<'_>, actor: &Actor, items: &[AskedItem]) -> Result<(), Refusal> {
    let desk = run.desk()?;
    if !matches!(run.case.turn, Turn::Officers { .. }) {
        return Err(run.not_now());
    }
    let officer = run.officer(actor, &run.case.stage)?;
    if !desk.ask || run.case.asked.contains(&run.case.stage) {
        return Err(Refusal::AskUsed);
    }
    overtake::in_turn(run, &officer)?;
    if items.is_empty() {
        return Err(Refusal::EmptyAsk);
    }
    for item in items {
        run.ground(Some(&item.ground), &desk.grounds, true)?;
        text::optional("items", &item.note)?;
    }
    let problems = misplaced(run, items);
    if !problems.is_empty() {
        return Err(Refusal::Facts(problems));
    }
    let answer = run.service.answer.as_ref().ok_or(Refusal::AskUsed)?;
    let due = clock::due(run.zone, run.world.now, answer.within).ok_or_else(|| run.undecidable("calendar"))?;
    run.record(What::Asked { officer, items: items.to_vec(), due })
}

/// Items that are not the applicant's to give, or stand twice.
fn misplaced(run: &Run<'_>, items: &[AskedItem]) -> Vec<FactProblem> {
    let twice = |place: usize, item: &AskedItem| items.iter().take(place).any(|other| other.fact == item.fact);
    let asked =
        |item: &AskedItem| run.service.fact(&item.fact).is_some_and(|fact| matches!(fact.source, Source::Ask { .. }));
    let wrong = items.iter().enumerate().filter(|(place, item)| !asked(item) || twice(*place, item));
    wrong.map(|(_, item)| FactProblem { fact: item.fact.clone(), wrong: Wrong::NotAsked }).collect()
}
