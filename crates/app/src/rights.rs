//! What an account has to do with a case, in one place: the applicant, an officer who was drawn, a colleague or supervisor of the authority.
//!
//! Must not know of: pages. Whether an act is allowed at this moment is the engine's to say.

use definition::model::Name;
use engine::act::{Act, Actor};
use engine::case::Case;
use store::CaseRow;

use crate::accounts::Account;
use crate::{App, AppError};

/// What an account has to do with a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// They applied.
    pub applicant: bool,
    /// They were drawn for it.
    pub drawn: bool,
    /// They were drawn to hear the appeal against it.
    pub hears: bool,
    /// They supervise its authority.
    pub supervisor: bool,
    /// They hold a role of its authority.
    pub colleague: bool,
}

impl Standing {
    /// In which capacity the account does an act; none when it has no capacity for it.
    pub fn actor(self, account: &Account, act: &Act) -> Option<Actor> {
        match act {
            Act::Supply { .. } | Act::Withdraw { .. } if self.applicant => account.person.clone().map(Actor::Person),
            Act::Decide { .. } | Act::Ask { .. } | Act::Advise { .. } | Act::Overtake { .. } if self.drawn => {
                account.officer.clone().map(Actor::Officer)
            }
            Act::Correct { .. } | Act::Revoke { .. } | Act::Keep { .. } if self.drawn => {
                account.officer.clone().map(Actor::Officer)
            }
            Act::Convene { .. } if self.colleague => account.officer.clone().map(Actor::Officer),
            _ => None,
        }
    }

    /// Whether the facts and the history of the case are theirs to see.
    pub fn sees(self) -> bool {
        self.applicant || self.drawn || self.hears || self.supervisor
    }
}

impl App {
    /// What an account has to do with a case; none when it is none of its business.
    pub fn standing(&self, account: &Account, row: &CaseRow, case: &Case) -> Option<Standing> {
        let drawn = |officer: &String| case.officers.values().flatten().any(|drawn| drawn == officer);
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
                appeal.officers.values().flatten().any(|drawn| drawn == officer)
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
