//! What sample people do when it is their turn.
//!
//! Must not know of: when.

use std::collections::BTreeMap;
use std::sync::Arc;

use definition::Checked;
use definition::model::{Desk, Fact, Name, Opinion, Outcome, Service, Source, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::act::Act;
use engine::case::{AskedItem, Case, Turn, branch_seat};
use engine::refusal::Refusal;
use jiff::SignedDuration;
use rand::RngExt as _;

use super::{Party, Play, Step};
use crate::accounts::Account;
use crate::payments::Payment;
use crate::{AppError, Draft};

/// Of a hundred, so many decide against the applicant, object, ask, give a seat up, take a case out of turn, or give the application up.
const REFUSES_PERCENT: u32 = 14;
const OBJECTS_PERCENT: u32 = 12;
const ASKS_PERCENT: u32 = 10;
const RECUSES_PERCENT: u32 = 1;
const OVERTAKES_PERCENT: u32 = 25;
const WITHDRAWS_PERCENT: u32 = 4;
/// When an officer looks again whether it is this case's turn.
const AGAIN: SignedDuration = SignedDuration::from_hours(2);
/// What everybody writes: nobody shall take it for real.
const NOTE: &str = "نمونه (sample)";

impl Play<'_> {
    /// Somebody applies for something that they may apply for.
    pub(super) async fn apply(&mut self) -> Result<(), AppError> {
        let Some(service) = self.answers.service(&mut self.dice).map(str::to_owned) else { return Ok(()) };
        let Some(account) = self.people.any(&mut self.dice).cloned() else { return Ok(()) };
        self.submit(&account, &service, None).await
    }

    async fn submit(&mut self, account: &Account, service: &str, appeals: Option<CaseId>) -> Result<(), AppError> {
        let Some(definition) = self.app.zone().services().get(service).map(Arc::clone) else {
            return Err(AppError::Unavailable(format!("history.csv names no service of the zone: {service}")));
        };
        let mut facts = BTreeMap::new();
        for fact in &definition.facts {
            if let Some(value) = self.answer(account, &definition, fact, &facts).await? {
                facts.insert(fact.name.clone(), value);
            }
        }
        let draft = Draft { service: service.to_owned(), appeals, facts, ..Draft::default() };
        match self.app.submit(account, &draft, None).await {
            Ok(acted) => self.moved(acted.case).await,
            // Somebody without premises, or too late for an appeal: such people come, too.
            Err(AppError::Refused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn answer(
        &mut self,
        account: &Account,
        service: &Service,
        fact: &Fact,
        known: &BTreeMap<Name, Value>,
    ) -> Result<Option<Value>, AppError> {
        match &fact.source {
            Source::Ask { .. } => self.answers.value(self.app, account, service, fact, &mut self.dice).await.map(Some),
            Source::Record { .. } | Source::Function { .. } => Ok(None),
            Source::Register { .. } => {
                let choices =
                    self.app.choices(service, &fact.name, &crate::InName::own(&account.id), known, None).await?;
                let chosen = choices.get(self.dice.random_range(0..choices.len().max(1)));
                Ok(chosen.map(|choice| Value::Text(choice.key.clone())))
            }
        }
    }

    /// Somebody does what is awaited of them, if the case still stands where it stood.
    pub(super) async fn act(&mut self, case: CaseId, seq: u64, party: &Party) -> Result<(), AppError> {
        let (row, service, state) = self.app.load(case).await?;
        if row.seq != seq {
            return Ok(());
        }
        match party {
            Party::Officer(officer) => self.officer(&service, &state, officer).await,
            Party::Colleague => self.colleague(&service, &state).await,
            Party::Payer => self.pay(&state).await,
            Party::Applicant => self.applicant(&service, &state).await,
        }
    }

    async fn applicant(&mut self, service: &Checked<Service>, state: &Case) -> Result<(), AppError> {
        let Some(account) = self.people.of(&state.applicant).cloned() else { return Ok(()) };
        let asked: Vec<&Name> = match (&state.turn, service.stage(&state.stage).map(|stage| &stage.kind)) {
            (Turn::Answer { items, .. }, _) => items.iter().map(|item| &item.fact).collect(),
            (Turn::Applicant { .. }, Some(StageKind::Applicant { facts, .. })) => facts.iter().collect(),
            (Turn::Ended, Some(StageKind::End(end))) => {
                let Some(appeal) = end.appeal.as_ref().map(|appeal| appeal.service.clone()) else { return Ok(()) };
                return self.submit(&account, &appeal, Some(state.id)).await;
            }
            _ => return Ok(()),
        };
        let act = match self.dice.random_range(0..100) < WITHDRAWS_PERCENT {
            true => Act::Withdraw { reason: NOTE.to_owned() },
            false => {
                let mut facts = BTreeMap::new();
                for fact in asked.into_iter().filter_map(|name| service.fact(name)) {
                    if let Some(value) = self.answer(&account, service, fact, &state.facts).await? {
                        facts.insert(fact.name.clone(), value);
                    }
                }
                Act::Supply { facts }
            }
        };
        let done = self.app.act(&account, state.id, &act, Some(state.seq), None).await;
        self.done(state.id, done.map(drop)).await
    }

    async fn pay(&mut self, state: &Case) -> Result<(), AppError> {
        let Turn::Payment { amount, .. } = &state.turn else { return Ok(()) };
        let payment = Payment { receipt: format!("SAMPLE-{}-{}", state.id, state.seq), amount: amount.clone() };
        let done = self.app.confirm_payment(state.id, &payment).await;
        self.done(state.id, done.map(drop)).await
    }

    async fn colleague(&mut self, service: &Checked<Service>, state: &Case) -> Result<(), AppError> {
        let zone = self.app.zone().zone();
        let is_theirs = |role: &Name| zone.roles.get(role).is_some_and(|role| role.authority == service.authority);
        let colleagues: Vec<&String> =
            self.officers.iter().filter(|(_, one)| one.roles.iter().any(is_theirs)).map(|(id, _)| id).collect();
        let chosen = colleagues.get(self.dice.random_range(0..colleagues.len().max(1)));
        let Some(officer) = chosen.map(|officer| (*officer).clone()) else { return Ok(()) };
        let done = self.signed(&officer, state, &Act::Convene { reason: NOTE.to_owned() }).await;
        self.done(state.id, done).await
    }

    async fn officer(&mut self, service: &Checked<Service>, state: &Case, officer: &str) -> Result<(), AppError> {
        let Some(act) = self.officers_act(service, state, officer).await? else { return Ok(()) };
        let done = match self.signed(officer, state, &act).await {
            Err(AppError::Refused(Refusal::NotFirst { first, grounds })) => {
                return self.behind(state, officer, first, grounds).await;
            }
            done => done,
        };
        self.done(state.id, done).await
    }

    /// Another case comes first: the officer turns to it, or takes this one out of turn on a ground. One about which they stay silent is not turned to,
    /// or nobody who has two cases would ever be silent.
    async fn behind(&mut self, state: &Case, officer: &str, first: CaseId, grounds: Vec<Name>) -> Result<(), AppError> {
        let (row, ..) = self.app.load(first).await?;
        let silent = self.silent.contains(&(first, row.seq));
        if let Some(ground) = grounds.into_iter().next()
            && (silent || self.dice.random_range(0..100) < OVERTAKES_PERCENT)
        {
            let done = self.signed(officer, state, &Act::Overtake { ground }).await;
            return self.done(state.id, done).await;
        }
        let party = Party::Officer(officer.to_owned());
        if !silent {
            self.after(SignedDuration::from_mins(30), Step::Act { case: first, seq: row.seq, party: party.clone() });
        }
        self.after(AGAIN, Step::Act { case: state.id, seq: state.seq, party });
        Ok(())
    }

    async fn officers_act(
        &mut self,
        service: &Checked<Service>,
        state: &Case,
        officer: &str,
    ) -> Result<Option<Act>, AppError> {
        let recuses = self.dice.random_range(0..100) < RECUSES_PERCENT;
        if recuses && !matches!(state.turn, Turn::Ended) {
            return Ok(Some(Act::Recuse { reason: NOTE.to_owned() }));
        }
        let kind = service.stage(&state.stage).map(|stage| &stage.kind);
        match (&state.turn, kind) {
            (Turn::Officers { .. }, Some(StageKind::Officer(desk) | StageKind::Inspect(desk))) => {
                self.decides(service, state, officer, desk).await
            }
            (Turn::Consult { branches }, Some(StageKind::Consult { branches: defined, .. })) => {
                let own = defined.iter().find(|branch| {
                    let open = branches.get(&branch.name).is_some_and(|turn| turn.opinion.is_none());
                    let drawn = state.drawn(&branch_seat(&state.stage, &branch.name));
                    open && drawn.iter().any(|drawn| drawn == officer)
                });
                Ok(own.map(|branch| {
                    let objects = self.dice.random_range(0..100) < OBJECTS_PERCENT;
                    let ground = branch.grounds.first().filter(|_| objects).cloned();
                    let opinion = if ground.is_some() { Opinion::Object } else { Opinion::Agree };
                    Act::Advise { branch: branch.name.clone(), opinion, ground, note: NOTE.to_owned() }
                }))
            }
            (Turn::Ended, _) => Ok(Some(Act::Keep { note: NOTE.to_owned() })),
            _ => Ok(None),
        }
    }

    async fn decides(
        &mut self,
        service: &Checked<Service>,
        state: &Case,
        officer: &str,
        desk: &Desk,
    ) -> Result<Option<Act>, AppError> {
        let may_ask = desk.ask && !state.asked.contains(&state.stage);
        if may_ask && self.dice.random_range(0..100) < ASKS_PERCENT {
            return Ok(self.asks(service, desk));
        }
        let (route, ground) = match agreed(state) {
            Some(agreed) => agreed,
            None => match self.route(service, desk) {
                Some(route) => route,
                None => return Ok(None),
            },
        };
        let Some(account) = self.officers.get(officer).cloned() else { return Ok(None) };
        let mut facts = BTreeMap::new();
        // What may be left empty is: nobody invents what an officer found beside the rest.
        let due = |fact: &&Fact| desk.record.contains(&fact.name) && fact.source.is_needed(Some(&route));
        for fact in service.facts.iter().filter(due) {
            let value = self.answers.value(self.app, &account, service, fact, &mut self.dice).await?;
            facts.insert(fact.name.clone(), value);
        }
        Ok(Some(Act::Decide { route, ground, note: NOTE.to_owned(), facts }))
    }

    fn asks(&mut self, service: &Checked<Service>, desk: &Desk) -> Option<Act> {
        let askable: Vec<&Fact> =
            service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. })).collect();
        let fact = askable.get(self.dice.random_range(0..askable.len().max(1)))?.name.clone();
        let ground = desk.grounds.last()?.clone();
        Some(Act::Ask { items: vec![AskedItem { fact, ground, note: NOTE.to_owned() }] })
    }

    /// A way out, now and then against the applicant, and then on a ground.
    fn route(&mut self, service: &Service, desk: &Desk) -> Option<(Name, Option<Name>)> {
        let refuses = |target: &Name| matches!(service.stage(target).map(|stage| &stage.kind), Some(StageKind::End(end)) if end.outcome == Outcome::Refused);
        let against = self.dice.random_range(0..100) < REFUSES_PERCENT;
        let of = |against: bool| desk.may.iter().find(|(_, target)| refuses(target) == against);
        let (route, target) = of(against).or_else(|| of(!against))?;
        let ground = desk.grounds.get(self.dice.random_range(0..desk.grounds.len().max(1)));
        Some((route.clone(), ground.filter(|_| refuses(target)).cloned()))
    }

    /// Does an officer's act with their signature.
    async fn signed(&self, officer: &str, state: &Case, act: &Act) -> Result<(), AppError> {
        let account = self.officers.get(officer).ok_or(AppError::NotFound("officer"))?;
        let to_sign = self.app.act_to_sign(account, state.id, act, state.seq).await?;
        let assertion = self.hands.sign(officer, &to_sign.challenge);
        self.app.act_signed(account, state.id, act, Some(state.seq), None, assertion.as_ref()).await?;
        Ok(())
    }

    /// What is refused leaves the case as it is, to its deadline.
    async fn done(&mut self, case: CaseId, done: Result<(), AppError>) -> Result<(), AppError> {
        match done {
            Ok(()) => self.moved(case).await,
            Err(AppError::Refused(refusal)) => {
                tracing::debug!(%case, %refusal, "a sample act was refused");
                Ok(())
            }
            Err(AppError::MayNot(why)) => {
                tracing::debug!(%case, ?why, "a sample act was refused");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// What a colleague signed for already.
fn agreed(state: &Case) -> Option<(Name, Option<Name>)> {
    let Turn::Officers { signed, .. } = &state.turn else { return None };
    signed.values().next().map(|signature| (signature.route.clone(), signature.ground.clone()))
}
