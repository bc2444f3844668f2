//! Why an operation was not done. One funnel for everything: a kind with data; `web` and `cli` put words on it.
//!
//! Must not know of: HTTP, languages.

use engine::mandate::MandateRefusal;
use engine::refusal::Refusal;
use engine::roster::RosterRefusal;
use store::StoreError;

use crate::audits::AuditRefusal;
use crate::identity::IdentityError;
use crate::rights::Why;
use crate::signing::PasskeyError;

/// Why an operation was not done. It changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The engine refused the act.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// There is no such thing, or it is none of the asker's business: the two look the same from outside.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The asker is not signed in, or their link or token is used up or wrong.
    #[error("not signed in")]
    SignedOut,
    /// The asker may not do this.
    #[error("not allowed")]
    Forbidden,
    /// The asker may not do this act in this case.
    #[error("not allowed: {0:?}")]
    MayNot(Why),
    /// The roster does not take this act.
    #[error("refused: {0}")]
    Roster(#[from] RosterRefusal),
    /// The mandate does not take this act.
    #[error("refused: {0}")]
    Mandate(#[from] MandateRefusal),
    /// The act is an officer's, and must be signed by their passkey.
    #[error("the act must be signed by the officer's passkey")]
    SignatureNeeded,
    /// Who has a passkey signs in by it.
    #[error("this officer signs in by passkey")]
    PasskeyNeeded,
    /// A passkey or its signature does not do.
    #[error("the passkey: {0}")]
    Passkey(#[from] PasskeyError),
    /// An auditor's note is not taken.
    #[error("the audit note: {0}")]
    Audit(#[from] AuditRefusal),
    /// A sign-in through the identity provider did not take place.
    #[error("the identity provider: {0}")]
    Identity(#[from] IdentityError),
    /// What the asker saw has changed since: they must look again.
    #[error("it has changed since")]
    Stale,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// What was given does not do.
    #[error("{field}: {why:?}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// Why.
        why: Invalid,
    },
    /// A function of the zone cannot be used as its files say: they are to be mended, and waiting does not help.
    #[error("the zone's functions: {0}")]
    Functions(String),
    /// The database or the disk is away or full: trying again later may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A defect or damaged data; the message is for the operator, not for the public.
    #[error("internal: {0}")]
    Internal(String),
}

/// Why a field does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// More than this many bytes.
    TooLarge {
        /// The most.
        max_bytes: u64,
    },
    /// Nothing.
    Empty,
    /// The bytes are not what they say they are.
    NotWhatItSays {
        /// The media type that was said.
        said: String,
        /// What the bytes look like, if that is known.
        looks_like: Option<&'static str>,
    },
    /// It begins as what it says it is, and is not one, or not a whole one.
    Damaged {
        /// The media type that was said.
        said: String,
    },
    /// A PDF that nobody can open without a password.
    Encrypted,
    /// A kind of document that is not taken.
    NotTaken {
        /// The media type that was said.
        said: String,
    },
    /// Not of the form it must have.
    Malformed,
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } | StoreError::Stale { .. } => Self::Stale,
            StoreError::Replayed { .. } => Self::KeyReused,
            StoreError::Unavailable(why) | StoreError::Unknown(why) => Self::Unavailable(why),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
