//! Why an act is refused: the kinds, with what words need. The words themselves are put on elsewhere.
//!
//! Must not know of: languages, HTTP.

use definition::model::Name;
use definition::value::{Money, ValueError};
use jiff::Timestamp;
use serde::Serialize;

use crate::CaseId;
use crate::world::Fault;

/// An act that is not allowed, and why. It changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum Refusal {
    /// The case has ended.
    Ended,
    /// The case stands in a stage where this act has no place.
    NotNow {
        /// The stage it stands in.
        stage: Name,
    },
    /// The application cannot be taken back while it is looked at here.
    Bound {
        /// The stage it stands in.
        stage: Name,
    },
    /// The actor has no part in this: not the applicant, not drawn, not of the authority.
    NotYours,
    /// Nobody decides their own case.
    OwnCase,
    /// The officer declared a relation with the applicant, or with what the case is about.
    Related {
        /// With whom or what: a person's id or a record's key.
        with: String,
    },
    /// The officer holds what the case is about, such as the company.
    Shared {
        /// What: a record's key.
        with: String,
    },
    /// The officer, as a person, acts or acted for the applicant under a mandate.
    ActsFor,
    /// The officer has signed already.
    SignedAlready,
    /// No such route in this stage.
    NoSuchRoute {
        /// What was asked for.
        route: Name,
        /// What there is.
        routes: Vec<Name>,
    },
    /// A ground is needed.
    GroundNeeded {
        /// Those that may be cited.
        grounds: Vec<Name>,
    },
    /// The ground does not stand in the definition for this.
    WrongGround {
        /// What was cited.
        ground: Name,
        /// Those that may be cited.
        grounds: Vec<Name>,
    },
    /// The ground stands in the definition for this and is not in force today.
    GroundNotInForce {
        /// What was cited.
        ground: Name,
        /// Those that may be cited.
        grounds: Vec<Name>,
    },
    /// What the applicant or officer gave does not do: everything that is wrong with it, in one list.
    Facts(Vec<FactProblem>),
    /// A person is asked once; this stage's ask was used, or the stage allows none.
    AskUsed,
    /// An ask that names nothing.
    EmptyAsk,
    /// The desk promises an order, and another case comes first.
    NotFirst {
        /// The case that comes first.
        first: CaseId,
        /// Grounds on which this one may be taken out of turn.
        grounds: Vec<Name>,
    },
    /// Taking a case out of turn that is first, or whose desk promises no order.
    NothingToOvertake,
    /// The deadline has not passed, or is another one by now.
    NotDue,
    /// The act came after a deadline whose consequence does not leave it a place.
    TimeRanOut {
        /// The clock that ran out: the stage, or the branch within it.
        clock: String,
        /// When.
        due: Timestamp,
    },
    /// The payment with this receipt was taken already.
    ReceiptUsed,
    /// The payment is not of the amount that is due.
    WrongAmount {
        /// What is due.
        due: Money,
        /// What arrived.
        paid: Money,
    },
    /// The fact decides something, so changing it is no clerical correction.
    DecidesSomething {
        /// The fact.
        fact: Name,
    },
    /// No appeal stands open.
    NoAppeal {
        /// Until when one did.
        until: Option<Timestamp>,
    },
    /// An appeal against this end was opened already.
    AppealOpened,
    /// No such branch in this consultation.
    NoSuchBranch {
        /// What was asked for.
        branch: Name,
        /// What there is.
        branches: Vec<Name>,
    },
    /// Those who were drawn to look at the case again are there still.
    ConvenedAlready,
    /// So much was proposed in this case that nothing more may be.
    TooManyProposals,
    /// There is no certificate to revoke.
    NoCertificate,
    /// The case is not over: it is open, or its end can still be appealed against, or an appeal is being heard.
    NotOver {
        /// Until when an appeal may be lodged, if that is why.
        until: Option<Timestamp>,
    },
    /// No personal data is left in the case.
    NothingToErase,
    /// Too few officers are on the roster for a draw.
    TooFewOfficers {
        /// The role.
        role: Name,
        /// How many are needed.
        needed: u32,
        /// How many may be drawn.
        there: u32,
    },
    /// What the case comes to next, a row of a table or a fee, rests on a ground that is not in force today. It decides nothing until the definition is
    /// mended.
    GroundLapsed {
        /// Where.
        place: String,
        /// The ground.
        ground: Name,
    },
    /// No such lot waits for its draw, or its randomness is to come from elsewhere.
    NoLot,
    /// The text is empty or too long.
    BadText {
        /// Which.
        field: &'static str,
        /// Most characters.
        max_chars: u32,
    },
    /// The text has characters that may not stand in it.
    BadCharacters {
        /// Which.
        field: &'static str,
        /// Which characters.
        why: ValueError,
    },
    /// A payment of nothing, or of less.
    NothingPaid,
    /// The definition cannot be applied: a table without an answer, or a date past the calendar. The checker makes this unreachable for facts that pass
    /// their types, as long as the calendar is that of the day of the check.
    Undecidable {
        /// Where.
        place: String,
    },
}

/// What is wrong with one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactProblem {
    /// The fact.
    pub fact: Name,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong with a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is needed and missing.
    Missing,
    /// It does not belong here.
    NotAsked,
    /// It does not fit its type.
    Value(ValueError),
    /// It is what stands already.
    Unchanged,
    /// The register has no such record that is the applicant's, or of what is theirs. Whether it has one of somebody else's is not said: else anybody
    /// could learn by applying which records there are.
    NoRecord,
    /// A function can work nothing out of it.
    Function(Box<Fault>),
}

/// A refusal's kind as programs read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the variant of `Refusal` with the same name")]
pub enum RefusalKind {
    Ended,
    NotNow,
    Bound,
    NotYours,
    OwnCase,
    Related,
    Shared,
    ActsFor,
    SignedAlready,
    NoSuchRoute,
    GroundNeeded,
    WrongGround,
    GroundNotInForce,
    Facts,
    AskUsed,
    EmptyAsk,
    NotFirst,
    NothingToOvertake,
    NotDue,
    TimeRanOut,
    ReceiptUsed,
    WrongAmount,
    DecidesSomething,
    NoAppeal,
    AppealOpened,
    NoSuchBranch,
    ConvenedAlready,
    TooManyProposals,
    NoCertificate,
    NotOver,
    NothingToErase,
    TooFewOfficers,
    GroundLapsed,
    NoLot,
    BadText,
    BadCharacters,
    NothingPaid,
    Undecidable,
}

impl Refusal {
    /// The kind, without data.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::Ended => RefusalKind::Ended,
            Self::NotNow { .. } => RefusalKind::NotNow,
            Self::Bound { .. } => RefusalKind::Bound,
            Self::NotYours => RefusalKind::NotYours,
            Self::OwnCase => RefusalKind::OwnCase,
            Self::Related { .. } => RefusalKind::Related,
            Self::Shared { .. } => RefusalKind::Shared,
            Self::ActsFor => RefusalKind::ActsFor,
            Self::SignedAlready => RefusalKind::SignedAlready,
            Self::NoSuchRoute { .. } => RefusalKind::NoSuchRoute,
            Self::GroundNeeded { .. } => RefusalKind::GroundNeeded,
            Self::WrongGround { .. } => RefusalKind::WrongGround,
            Self::GroundNotInForce { .. } => RefusalKind::GroundNotInForce,
            Self::Facts(_) => RefusalKind::Facts,
            Self::AskUsed => RefusalKind::AskUsed,
            Self::EmptyAsk => RefusalKind::EmptyAsk,
            Self::NotFirst { .. } => RefusalKind::NotFirst,
            Self::NothingToOvertake => RefusalKind::NothingToOvertake,
            Self::NotDue => RefusalKind::NotDue,
            Self::TimeRanOut { .. } => RefusalKind::TimeRanOut,
            Self::ReceiptUsed => RefusalKind::ReceiptUsed,
            Self::WrongAmount { .. } => RefusalKind::WrongAmount,
            Self::DecidesSomething { .. } => RefusalKind::DecidesSomething,
            Self::NoAppeal { .. } => RefusalKind::NoAppeal,
            Self::AppealOpened => RefusalKind::AppealOpened,
            Self::NoSuchBranch { .. } => RefusalKind::NoSuchBranch,
            Self::ConvenedAlready => RefusalKind::ConvenedAlready,
            Self::TooManyProposals => RefusalKind::TooManyProposals,
            Self::NoCertificate => RefusalKind::NoCertificate,
            Self::NotOver { .. } => RefusalKind::NotOver,
            Self::NothingToErase => RefusalKind::NothingToErase,
            Self::TooFewOfficers { .. } => RefusalKind::TooFewOfficers,
            Self::GroundLapsed { .. } => RefusalKind::GroundLapsed,
            Self::NoLot => RefusalKind::NoLot,
            Self::BadText { .. } => RefusalKind::BadText,
            Self::BadCharacters { .. } => RefusalKind::BadCharacters,
            Self::NothingPaid => RefusalKind::NothingPaid,
            Self::Undecidable { .. } => RefusalKind::Undecidable,
        }
    }
}
