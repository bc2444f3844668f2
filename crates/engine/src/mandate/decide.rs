//! Whether an act on a mandate is allowed. Pure; a refusal changed nothing.

use std::collections::BTreeSet;

use definition::model::Name;
use jiff::{SignedDuration, Timestamp};

use super::{Mandate, MandateAct, Standing};
use crate::case::Person;

/// The longest time that a mandate is given for, in days: five years, so that one that was forgotten ends by itself.
pub const DAYS_MAX: i64 = 1827;
/// Most mandates of one principal that are not over: more are forgotten ones, or an attack.
pub const OPEN_MAX: usize = 100;
/// Longest id of a person, in characters.
const PERSON_MAX_CHARS: usize = 100;

/// Why an act on a mandate is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MandateRefusal {
    /// The register does not say that it is theirs: nobody learns whether there is such a record.
    #[error("the register has no such record of yours")]
    NotHolder,
    /// It is the agent's to do.
    #[error("only the agent can do this")]
    NotAgent,
    /// Whoever holds it needs no mandate.
    #[error("nobody needs a mandate for what they hold themselves")]
    OwnAgent,
    /// No service is for such a principal, or not this one.
    #[error("{0} is no service in which somebody can act for it")]
    NoSuchService(Name),
    /// It must end after it begins, in the future, and within [`DAYS_MAX`].
    #[error("the mandate must end after it begins, in the future, and within {DAYS_MAX} days")]
    BadSpan,
    /// The agent's number is empty or too long.
    #[error("the agent's number does not do")]
    BadAgent,
    /// It was accepted already.
    #[error("it was accepted already")]
    Accepted,
    /// It is over.
    #[error("the mandate is over")]
    Over,
    /// As many as one principal may have.
    #[error("at most {OPEN_MAX} mandates")]
    TooMany,
}

/// What the world says around an act on a mandate.
#[derive(Clone, Debug)]
pub struct Offered<'a> {
    /// Who holds the principal, as the register says.
    pub holder: Option<&'a Person>,
    /// The services in which somebody can act for such a principal.
    pub services: &'a BTreeSet<Name>,
    /// How many mandates of the principal's are not over.
    pub open: usize,
}

/// Whether an act on a mandate is allowed.
///
/// # Errors
/// [`MandateRefusal`] says why it is not.
pub fn decide(
    mandate: Option<&Mandate>,
    by: &Person,
    act: &MandateAct,
    offered: &Offered<'_>,
    now: Timestamp,
) -> Result<(), MandateRefusal> {
    match (mandate, act) {
        (None, MandateAct::Give { agent, services, from, until, .. }) => {
            gives(by, agent, services, offered)?;
            spans(*from, *until, now)
        }
        (Some(mandate), MandateAct::Accept | MandateAct::GiveUp) => {
            if mandate.agent != *by {
                return Err(MandateRefusal::NotAgent);
            }
            match (mandate.standing(now), act) {
                (Standing::Offered, _) | (Standing::Coming | Standing::Stands, MandateAct::GiveUp) => Ok(()),
                (Standing::Coming | Standing::Stands, _) => Err(MandateRefusal::Accepted),
                _ => Err(MandateRefusal::Over),
            }
        }
        (Some(mandate), MandateAct::Revoke) => {
            if offered.holder != Some(by) {
                return Err(MandateRefusal::NotHolder);
            }
            if mandate.is_over(now) { Err(MandateRefusal::Over) } else { Ok(()) }
        }
        // A stream begins with its giving, and has no second.
        (Some(_), MandateAct::Give { .. }) | (None, _) => Err(MandateRefusal::Over),
    }
}

fn gives(by: &Person, agent: &Person, services: &BTreeSet<Name>, offered: &Offered<'_>) -> Result<(), MandateRefusal> {
    if offered.holder != Some(by) {
        return Err(MandateRefusal::NotHolder);
    }
    let fits = (1..=PERSON_MAX_CHARS).contains(&agent.chars().count())
        && !agent.chars().any(|one| one.is_control() || one.is_whitespace());
    if !fits {
        return Err(MandateRefusal::BadAgent);
    }
    if agent == by {
        return Err(MandateRefusal::OwnAgent);
    }
    if let Some(unknown) = services.iter().find(|service| !offered.services.contains(*service)) {
        return Err(MandateRefusal::NoSuchService(unknown.clone()));
    }
    if offered.open >= OPEN_MAX { Err(MandateRefusal::TooMany) } else { Ok(()) }
}

fn spans(from: Timestamp, until: Timestamp, now: Timestamp) -> Result<(), MandateRefusal> {
    let longest = SignedDuration::from_hours(DAYS_MAX.saturating_mul(24));
    let fits = until > from
        && until > now
        && until.duration_since(from.max(now)) <= longest
        && from.duration_since(now) <= longest;
    if fits { Ok(()) } else { Err(MandateRefusal::BadSpan) }
}
