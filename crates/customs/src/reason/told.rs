//! A reason as it is written down: its kind, and what it says in each language.
//!
//! Must not know of: in which document it stands.

use serde::{Deserialize, Serialize};

use super::Reason;

/// A reason as it is written down; the members' order is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What kind of step: [`Reason::kind`].
    pub kind: String,
    /// In English.
    pub en: String,
    /// In Persian, with Persian digits; codes stay as they are.
    pub fa: String,
    /// Whether it rests on a rule that nobody has confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
}

impl From<&Reason> for Told {
    fn from(reason: &Reason) -> Self {
        Self {
            kind: reason.kind().to_owned(),
            en: reason.to_string(),
            fa: reason.in_persian(),
            draft: reason.ground().is_some_and(|ground| ground.draft),
        }
    }
}
