//! Whether an act on the roster is allowed. Pure; a refusal changed nothing.

use definition::model::{Name, Zone};
use jiff::Timestamp;

use super::act::{RosterAct, RosterActor};
use super::register::{Entry, KEEPERS_MIN, Register};
use crate::case::{OfficerId, Person};

/// How long an officer may register a passkey after keepers agreed, in hours: a working day on which both meet, and the next.
pub const RECOVERY_LIVES_H: i64 = 48;
/// For how many hours what one keeper wants waits for another.
pub const PROPOSAL_LIVES_H: i64 = 48;
/// Most characters of a reason or name.
const TEXT_MAX_CHARS: usize = 500;
/// The largest weight, as in `lot`.
const WEIGHT_MAX: u32 = 1_000_000;
/// The largest limit of open cases.
const MOST_OPEN_MAX: u32 = 10_000;
/// Most passkeys of one officer: more are forgotten ones.
const PASSKEYS_MAX: usize = 8;
/// Longest credential id, in bytes (WebAuthn Level 3, section 4).
const CREDENTIAL_BYTES_MAX: usize = 1023;
/// Most bytes of a public key; a COSE_Key on P-256 has 77.
const KEY_BYTES_MAX: usize = 256;

/// Why an act on the roster is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// It is a keeper's to do.
    #[error("a keeper of the roster must do this")]
    NotKeeper,
    /// Keepers watch over the roster: the operator's word no longer counts.
    #[error("keepers watch over the roster, so the operator can no longer change it")]
    Kept,
    /// Nobody decides what concerns themselves.
    #[error("another keeper must do this")]
    OwnAffair,
    /// It is another's own to do.
    #[error("only the officer can do this")]
    NotYours,
    /// They are not on the roster.
    #[error("{0} is not on the roster")]
    NotOnRoster(OfficerId),
    /// The zone has no such role.
    #[error("the zone has no role {0}")]
    NoSuchRole(Name),
    /// It stands so already.
    #[error("it stands so already")]
    Unchanged,
    /// There would be too few keepers left.
    #[error("two keepers must remain")]
    TooFewKeepers,
    /// The officer has a passkey, which must sign that another is added; or none, and keepers have not agreed.
    #[error("a passkey that stands must sign, or two keepers must agree first")]
    NotRecovered,
    /// The passkey is registered already, with this officer or another.
    #[error("the passkey is registered already")]
    PasskeyTaken,
    /// Keepers watch, and what is done to others, or by somebody who has a passkey, must be signed by it.
    #[error("it must be signed by the passkey of whoever does it")]
    Unsigned,
    /// There is no such passkey of theirs.
    #[error("there is no such passkey")]
    NoSuchPasskey,
    /// As many passkeys as one officer may have.
    #[error("at most {PASSKEYS_MAX} passkeys")]
    TooManyPasskeys,
    /// A keeper agreed already.
    #[error("this keeper agreed already")]
    AgreedAlready,
    /// The end is not after the beginning, or lies in the past.
    #[error("the absence must end after it begins, and in the future")]
    BadSpan,
    /// A number or text is outside its bounds.
    #[error("{field} does not do")]
    BadField {
        /// Which.
        field: &'static str,
    },
}

/// What an act needs to be judged.
struct Look<'a> {
    register: &'a Register,
    by: &'a RosterActor,
    about: &'a OfficerId,
    entry: Option<&'a Entry>,
    now: Timestamp,
    signed: bool,
}

/// Whether an act on the roster is allowed. `signed`: a passkey of the actor, which stands, signed it.
///
/// # Errors
/// [`RosterRefusal`] says why it is not.
pub fn decide(
    zone: &Zone,
    register: &Register,
    by: &RosterActor,
    act: &RosterAct,
    signed: bool,
    now: Timestamp,
) -> Result<(), RosterRefusal> {
    judge(Some(zone), register, by, act, signed, now)
}

/// The same for whoever has the stream alone, and not the zone as it was at that moment: whether there was such a role is not asked.
///
/// # Errors
/// [`RosterRefusal`] says why it is not.
pub fn decide_again(
    register: &Register,
    by: &RosterActor,
    act: &RosterAct,
    signed: bool,
    now: Timestamp,
) -> Result<(), RosterRefusal> {
    judge(None, register, by, act, signed, now)
}

fn judge(
    zone: Option<&Zone>,
    register: &Register,
    by: &RosterActor,
    act: &RosterAct,
    signed: bool,
    now: Timestamp,
) -> Result<(), RosterRefusal> {
    let nobody = OfficerId::new();
    let about = act.officer().unwrap_or(&nobody);
    if act.officer().is_some() {
        text("officer", about)?;
    }
    if register.has_proposed(by, act, now) {
        return Err(RosterRefusal::AgreedAlready);
    }
    let look = Look { register, by, about, entry: register.of(about), now, signed };
    // Another passkey has a rule of its own: the first one cannot be signed for.
    if !matches!(act, RosterAct::AddPasskey { .. }) {
        look.is_signed()?;
    }
    match act {
        RosterAct::Join { role, weight, person, .. } => look.joins(zone, role, *weight, person.as_ref()),
        RosterAct::Leave { role, reason, .. } => look.leaves(role.as_ref(), reason),
        RosterAct::Limit { most_open, .. } => look.limits(*most_open),
        RosterAct::Absent { from, until, .. } => {
            look.by_a_keeper_or_themselves()?;
            look.serving()?;
            if until > from && *until > now { Ok(()) } else { Err(RosterRefusal::BadSpan) }
        }
        RosterAct::Return { .. } => {
            look.by_a_keeper_or_themselves()?;
            let ended = look.serving()?.absence.as_ref().is_none_or(|absence| absence.until <= now);
            look.changes(ended)
        }
        RosterAct::Keep { .. } => {
            look.by_another_keeper()?;
            look.changes(look.entry.is_some_and(|entry| entry.keeper))
        }
        RosterAct::Unkeep { .. } => {
            look.by_a_keeper_or_themselves()?;
            let entry = look.serving()?;
            if entry.keeper { look.keepers_remain(entry) } else { Err(RosterRefusal::Unchanged) }
        }
        RosterAct::AddPasskey { credential, key, name, .. } => look.adds(credential, key, name),
        RosterAct::WithdrawPasskey { credential, reason, .. } => look.withdraws(credential, reason),
        RosterAct::Recover { reason, .. } => look.recovers(reason),
        RosterAct::Relate { with, reason, .. } => {
            look.by_themselves()?;
            text("with", with)?;
            text("reason", reason)?;
            let known = look.serving()?.relations.contains(with);
            look.changes(known)
        }
        RosterAct::Unrelate { with, .. } => {
            look.by_another_keeper()?;
            look.changes(!look.entry.is_some_and(|entry| entry.relations.contains(with)))
        }
        RosterAct::Address { url } => look.is_found_at(url),
    }
}

impl<'a> Look<'a> {
    fn serving(&self) -> Result<&'a Entry, RosterRefusal> {
        let serving = self.entry.filter(|entry| entry.serves());
        serving.ok_or_else(|| RosterRefusal::NotOnRoster(self.about.clone()))
    }

    fn changes(&self, same: bool) -> Result<(), RosterRefusal> {
        if same { Err(RosterRefusal::Unchanged) } else { Ok(()) }
    }

    fn is_own(&self) -> bool {
        matches!(self.by, RosterActor::Officer(officer) if officer == self.about)
    }

    /// Where keepers watch, nobody's word counts without their passkey: not even the database's, in their name.
    fn is_signed(&self) -> Result<(), RosterRefusal> {
        let RosterActor::Officer(by) = self.by else { return Ok(()) };
        let has_passkey = self.register.of(by).is_some_and(|entry| !entry.passkeys.is_empty());
        let needed = self.register.is_kept() && (!self.is_own() || has_passkey);
        if needed && !self.signed { Err(RosterRefusal::Unsigned) } else { Ok(()) }
    }

    fn by_themselves(&self) -> Result<(), RosterRefusal> {
        if self.is_own() { Ok(()) } else { Err(RosterRefusal::NotYours) }
    }

    fn by_a_keeper(&self) -> Result<(), RosterRefusal> {
        match self.by {
            RosterActor::Operator if self.register.is_kept() => Err(RosterRefusal::Kept),
            RosterActor::Operator => Ok(()),
            RosterActor::Officer(officer) => {
                let keeps = self.register.of(officer).is_some_and(|entry| entry.keeper);
                if keeps { Ok(()) } else { Err(RosterRefusal::NotKeeper) }
            }
        }
    }

    fn by_another_keeper(&self) -> Result<(), RosterRefusal> {
        self.by_a_keeper()?;
        if self.is_own() { Err(RosterRefusal::OwnAffair) } else { Ok(()) }
    }

    fn by_a_keeper_or_themselves(&self) -> Result<(), RosterRefusal> {
        if self.is_own() { Ok(()) } else { self.by_a_keeper() }
    }

    /// A kept roster stays kept, as far as one keeper's own will goes.
    fn keepers_remain(&self, entry: &Entry) -> Result<(), RosterRefusal> {
        let counts = entry.keeper && !entry.passkeys.is_empty() && self.register.is_kept();
        if counts && self.register.keepers().count() <= KEEPERS_MIN {
            return Err(RosterRefusal::TooFewKeepers);
        }
        Ok(())
    }

    fn joins(
        &self,
        zone: Option<&Zone>,
        role: &Name,
        weight: u32,
        person: Option<&Person>,
    ) -> Result<(), RosterRefusal> {
        self.by_another_keeper()?;
        bounded("weight", weight, WEIGHT_MAX)?;
        if zone.is_some_and(|zone| !zone.roles.contains_key(role)) {
            return Err(RosterRefusal::NoSuchRole(role.clone()));
        }
        let same = |entry: &Entry| {
            entry.roles.get(role) == Some(&weight) && (person.is_none() || entry.person.as_ref() == person)
        };
        self.changes(self.entry.is_some_and(same))
    }

    fn limits(&self, most_open: Option<u32>) -> Result<(), RosterRefusal> {
        self.by_another_keeper()?;
        if most_open.is_some_and(|most| most == 0 || most > MOST_OPEN_MAX) {
            return Err(RosterRefusal::BadField { field: "most_open" });
        }
        self.changes(self.serving()?.most_open == most_open)
    }

    /// The operator's to say, also when keepers watch: it gives nobody a right, and stands in the log for everyone to see.
    fn is_found_at(&self, url: &String) -> Result<(), RosterRefusal> {
        text("url", url)?;
        if *self.by != RosterActor::Operator {
            return Err(RosterRefusal::NotYours);
        }
        self.changes(self.register.address.as_ref() == Some(url))
    }

    fn leaves(&self, role: Option<&Name>, reason: &str) -> Result<(), RosterRefusal> {
        self.by_a_keeper_or_themselves()?;
        optional("reason", reason)?;
        let entry = self.serving()?;
        match role {
            Some(role) if !entry.roles.contains_key(role) => Err(RosterRefusal::Unchanged),
            Some(_) => Ok(()),
            None => self.keepers_remain(entry),
        }
    }

    fn withdraws(&self, credential: &[u8], reason: &str) -> Result<(), RosterRefusal> {
        self.by_a_keeper_or_themselves()?;
        optional("reason", reason)?;
        let entry = self.entry.ok_or(RosterRefusal::NoSuchPasskey)?;
        match &*entry.passkeys {
            // Nobody ends the keepers' watch by themselves; a stolen passkey is for another keeper to withdraw.
            [only] if self.is_own() && only.credential == *credential => self.keepers_remain(entry),
            passkeys if passkeys.iter().any(|own| own.credential == *credential) => Ok(()),
            _ => Err(RosterRefusal::NoSuchPasskey),
        }
    }

    fn adds(&self, credential: &[u8], key: &[u8], name: &str) -> Result<(), RosterRefusal> {
        self.by_themselves()?;
        text("name", name)?;
        let entry = self.serving()?;
        if credential.is_empty() || credential.len() > CREDENTIAL_BYTES_MAX {
            return Err(RosterRefusal::BadField { field: "credential" });
        }
        if key.is_empty() || key.len() > KEY_BYTES_MAX {
            return Err(RosterRefusal::BadField { field: "key" });
        }
        if self.register.owner(credential).is_some() {
            return Err(RosterRefusal::PasskeyTaken);
        }
        if entry.passkeys.len() >= PASSKEYS_MAX {
            return Err(RosterRefusal::TooManyPasskeys);
        }
        let recovered = entry.recovery.until.is_some_and(|until| self.now < until);
        // Where no keepers watch yet, whoever was let in as the officer may register the first one.
        let first = entry.passkeys.is_empty() && (recovered || !self.register.is_kept());
        if first || self.signed { Ok(()) } else { Err(RosterRefusal::NotRecovered) }
    }

    fn recovers(&self, reason: &str) -> Result<(), RosterRefusal> {
        self.by_another_keeper()?;
        text("reason", reason)?;
        self.serving().map(drop)
    }
}

fn bounded(field: &'static str, number: u32, most: u32) -> Result<(), RosterRefusal> {
    if number <= most { Ok(()) } else { Err(RosterRefusal::BadField { field }) }
}

fn text(field: &'static str, text: &str) -> Result<(), RosterRefusal> {
    if text.trim().is_empty() { Err(RosterRefusal::BadField { field }) } else { optional(field, text) }
}

fn optional(field: &'static str, text: &str) -> Result<(), RosterRefusal> {
    let fits = text.chars().count() <= TEXT_MAX_CHARS && !text.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(RosterRefusal::BadField { field }) }
}
