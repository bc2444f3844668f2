//! What an account may do in a case, in one place and with one explanation: pages and the API both ask here.
//!
//! Must not know of: pages. Whether an act has its place at this moment is the engine's to say.

use definition::Checked;
use definition::model::{Name, Service};
use engine::act::{Act, Actor};
use engine::case::Case;
use engine::world::Conflict;
use store::CaseRow;

use crate::accounts::Account;
use crate::{App, AppError};

/// What an account has to do with a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// They applied.
    pub applicant: bool,
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
        self.applicant || self.drawn || self.hears || self.supervisor
    }
}

impl App {
    /// In which capacity an account may do an act in a case. To whoever has nothing to do with the case it is not there.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::MayNot`] and [`AppError::Refused`] say why not.
    pub(crate) fn may(
        &self,
        account: &Account,
        row: &CaseRow,
        service: &Checked<Service>,
        case: &Case,
        act: &Act,
    ) -> Result<Actor, AppError> {
        let standing = self.standing(account, row, case).ok_or(AppError::NotFound("case"))?;
        Ok(self.capacity(account, standing, service, case, act)?)
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

    /// What an account has to do with a case; none when it is none of its business.
    pub fn standing(&self, account: &Account, row: &CaseRow, case: &Case) -> Option<Standing> {
        let drawn = |officer: &String| is_drawn(case, officer) && self.roster().serves(officer);
        let standing = Standing {
            applicant: account.person.as_ref() == Some(&row.applicant),
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
    /// [`AppError::NotFound`] when it is none of its business.
    pub(crate) async fn standing_with_appeal(
        &self,
        account: &Account,
        row: &CaseRow,
        case: &Case,
    ) -> Result<Standing, AppError> {
        let standing = self.standing(account, row, case);
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
        Ok(Standing { hears, ..standing.unwrap_or_default() })
    }

    /// Whether an officer holds a role of an authority.
    fn is_of(&self, officer: &str, authority: &str) -> bool {
        let zone = self.zone();
        let of_authority = |role: &Name| zone.zone().roles.get(role).is_some_and(|role| role.authority == authority);
        self.roster().seats.iter().any(|seat| seat.officer == officer && of_authority(&seat.role))
    }
}
