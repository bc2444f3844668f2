//! A consulted authority answers. When the last answer is in, the case goes on.

use definition::model::{Name, Opinion, StageKind};

use super::run::Run;
use super::text;
use crate::act::Actor;
use crate::case::{OfficerId, Turn, branch_seat};
use crate::event::What;
use crate::refusal::Refusal;

/// An authority's answer.
#[derive(Clone, Copy)]
pub(super) struct Advice<'a> {
    pub(super) branch: &'a Name,
    pub(super) opinion: Opinion,
    pub(super) ground: Option<&'a Name>,
    pub(super) note: &'a str,
}

pub(super) fn advise(run: &mut Run<'_>, actor: &Actor, advice: Advice<'_>) -> Result<(), Refusal> {
    let StageKind::Consult { branches: asked, .. } = &run.stage()?.kind else { return Err(run.not_now()) };
    let Turn::Consult { branches } = &run.case.turn else { return Err(run.not_now()) };
    let turn = branches.get(advice.branch).ok_or_else(|| {
        let branches = branches.keys().cloned().collect();
        Refusal::NoSuchBranch { branch: advice.branch.clone(), branches }
    })?;
    let answered = turn.opinion.is_some();
    let officer = run.officer(actor, &branch_seat(&run.case.stage, advice.branch))?;
    if answered {
        return Err(Refusal::SignedAlready);
    }
    text::optional("note", advice.note)?;
    let grounds = asked.iter().find(|branch| branch.name == *advice.branch).map(|branch| branch.grounds.as_slice());
    let ground = run.ground(advice.ground, grounds.unwrap_or_default(), advice.opinion == Opinion::Object)?;
    answer(run, advice, ground, Some(officer))
}

/// Records an answer, given or deemed, and goes on when it was the last.
pub(super) fn answer(
    run: &mut Run<'_>,
    advice: Advice<'_>,
    ground: Option<Name>,
    officer: Option<OfficerId>,
) -> Result<(), Refusal> {
    run.record(What::Consulted {
        branch: advice.branch.clone(),
        opinion: advice.opinion,
        ground,
        officer,
        note: advice.note.to_owned(),
    })?;
    let StageKind::Consult { agree, object, .. } = &run.stage()?.kind else { return Err(run.not_now()) };
    let Turn::Consult { branches } = &run.case.turn else { return Err(run.not_now()) };
    let opinions: Option<Vec<Opinion>> = branches.values().map(|branch| branch.opinion).collect();
    match opinions {
        None => Ok(()),
        Some(opinions) if opinions.contains(&Opinion::Object) => run.enter(object),
        Some(_) => run.enter(agree),
    }
}
