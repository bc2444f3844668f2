//! What an account may do in a case, in one place and with one explanation: pages and the API both ask here.
//!
//! Must not know of: pages. Whether an act has its place at this moment is the engine's to say.

use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service};
use engine::act::{Act, Actor};
use engine::case::Case;
use engine::mandate::{Agency, Lacking};
use engine::world::Conflict;
use store::CaseRow;

use crate::accounts::Account;
use crate::agency::Found;
use crate::{App, AppError};

/// What an account has to do with a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// They applied.
    pub applicant: bool,
    /// They act for the applicant under a mandate.
    pub agent: bool,
    /// They were drawn for it, and are on the roster.
    pub drawn: bool,
    /// They were drawn to hear the appeal against it, and are on the roster.
    pub hears: bool,
    /// They supervise its authority.
    pub supervisor: bool,
    /// They hold a role of its authority.
    pub colleague: bool,
}

/// Why an account may not do an act in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the applicant's to do.
    NotApplicant,
    /// It is an officer's to do.
    NotOfficer,
    /// The officer was not drawn for the case.
    NotDrawn,
    /// The officer gave their seat up, or it was given to another.
    GaveUp,
    /// The officer is on the roster no longer.
    Left,
    /// It is for officers of the competent authority.
    NotColleague,
    /// Something keeps the officer from the case.
    Conflict(Conflict),
    /// The mandate under which they would do it does not stand.
    Mandate(Lacking),
    /// It is not a person's to do.
    NotAPersons,
}

impl From<Why> for AppError {
    fn from(why: Why) -> Self {
        match why {
            Why::Conflict(conflict) => Self::Refused(conflict.into()),
            why => Self::MayNot(why),
        }
    }
}

/// Whether an officer was drawn for a seat of a case and has not given it up; it stays so in the record when they leave.
fn is_drawn(case: &Case, officer: &str) -> bool {
    case.officers.values().flatten().any(|drawn| drawn == officer)
}

impl Standing {
    /// Whether the facts and the history of the case are theirs to see.
    pub fn sees(self) -> bool {
        self.applicant || self.agent || self.drawn || self.hears || self.supervisor
    }
}

impl App {
    /// In which capacity an account may do an act in a case. To whoever has nothing to do with the case it is not there.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::MayNot`] and [`AppError::Refused`] say why not.
    pub(crate) async fn may(
        &self,
        account: &Account,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        case: &Case,
        act: &Act,
    ) -> Result<Actor, AppError> {
        let (standing, agency) = self.part(account, row, service, case).await?;
        let standing = standing.ok_or(AppError::NotFound("case"))?;
        match (act, agency) {
            (Act::Supply { .. } | Act::Withdraw { .. }, Some(agency)) => Ok(Actor::Agent(Box::new(agency))),
            _ => Ok(self.capacity(account, standing, service, case, act)?),
        }
    }

    /// In which capacity an account with this standing may do an act.
    ///
    /// # Errors
    /// [`Why`] not.
    pub fn capacity(
        &self,
        account: &Account,
        standing: Standing,
        service: &Checked<Service>,
        case: &Case,
        act: &Act,
    ) -> Result<Actor, Why> {
        match act {
            Act::Supply { .. } | Act::Withdraw { .. } => {
                let person = account.person.clone().filter(|_| standing.applicant);
                person.map(Actor::Person).ok_or(Why::NotApplicant)
            }
            Act::Decide { .. }
            | Act::Ask { .. }
            | Act::Advise { .. }
            | Act::Overtake { .. }
            | Act::Keep { .. }
            | Act::Correct { .. }
            | Act::Revoke { .. }
            | Act::Recuse { .. } => {
                let officer = account.officer.clone().ok_or(Why::NotOfficer)?;
                if !self.roster().serves(&officer) {
                    return Err(Why::Left);
                }
                if !standing.drawn {
                    return Err(if case.gave_up(&officer) { Why::GaveUp } else { Why::NotDrawn });
                }
                // Whoever should not decide may always say so.
                match self.roster().conflict(&officer, service, case) {
                    Some(conflict) if !matches!(act, Act::Recuse { .. }) => Err(Why::Conflict(conflict)),
                    _ => Ok(Actor::Officer(officer)),
                }
            }
            Act::Convene { .. } => {
                let officer = account.officer.clone().ok_or(Why::NotOfficer)?;
                if !standing.colleague {
                    return Err(Why::NotColleague);
                }
                match self.roster().conflict(&officer, service, case) {
                    Some(conflict) => Err(Why::Conflict(conflict)),
                    None => Ok(Actor::Officer(officer)),
                }
            }
            Act::Pay { .. }
            | Act::Lapse { .. }
            | Act::Draw { .. }
            | Act::Share { .. }
            | Act::Appeal { .. }
            | Act::Overturn { .. }
            | Act::Vacate { .. }
            | Act::Erase { .. } => Err(Why::NotAPersons),
        }
    }

    /// What an account has to do with a case, by itself or under a mandate.
    ///
    /// # Errors
    /// [`AppError::MayNot`] when all that it had to do with it was a mandate that stands no longer.
    async fn part(
        &self,
        account: &Account,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        case: &Case,
    ) -> Result<(Option<Standing>, Option<Agency>), AppError> {
        let own = self.standing(account, row, case);
        let Some(person) = account.person.as_ref().filter(|person| **person != row.applicant) else {
            return Ok((own, None));
        };
        match self.agency(person, service, case).await? {
            Found::Stands(agency) => Ok((Some(Standing { agent: true, ..own.unwrap_or_default() }), Some(agency))),
            Found::Lacks(lacking) if own.is_none() => Err(Why::Mandate(lacking).into()),
            Found::Lacks(_) | Found::Nothing => Ok((own, None)),
        }
    }

    /// What an account has to do with a case by itself; none when it is none of its business.
    pub fn standing(&self, account: &Account, row: &CaseRow, case: &Case) -> Option<Standing> {
        let drawn = |officer: &String| is_drawn(case, officer) && self.roster().serves(officer);
        let standing = Standing {
            applicant: account.person.as_ref() == Some(&row.applicant),
            agent: false,
            drawn: account.officer.as_ref().is_some_and(drawn),
            hears: false,
            supervisor: account.supervises.contains(&row.authority),
            colleague: account.officer.as_ref().is_some_and(|officer| self.is_of(officer, &row.authority)),
        };
        (standing != Standing::default()).then_some(standing)
    }

    /// What an account has to do with a case, the appeal against it included: whoever decides on a decision must see it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is none of its business; [`AppError::MayNot`] when it was by a mandate that stands no longer.
    pub(crate) async fn standing_with_appeal(
        &self,
        account: &Account,
        row: &CaseRow,
        service: &Arc<Checked<Service>>,
        case: &Case,
    ) -> Result<(Standing, Option<Agency>), AppError> {
        let (standing, agency) = self.part(account, row, service, case).await?;
        let appeal = case.ended.as_ref().and_then(|ended| ended.appealed_by);
        let hears = match (appeal, &account.officer) {
            (Some(appeal), Some(officer)) => {
                let (_, _, appeal) = self.load(appeal).await?;
                is_drawn(&appeal, officer) && self.roster().serves(officer)
            }
            _ => false,
        };
        if standing.is_none() && !hears {
            return Err(AppError::NotFound("case"));
        }
        Ok((Standing { hears, ..standing.unwrap_or_default() }, agency))
    }

    /// Whether an officer holds a role of an authority.
    fn is_of(&self, officer: &str, authority: &str) -> bool {
        let zone = self.zone();
        let of_authority = |role: &Name| zone.zone().roles.get(role).is_some_and(|role| role.authority == authority);
        self.roster().seats.iter().any(|seat| seat.officer == officer && of_authority(&seat.role))
    }
}
