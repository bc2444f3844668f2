//! What is to be done with a declaration: the codes of its function and kind in a word.
//!
//! Must not know of: whether it can be done.

use std::fmt;

use super::Declaration;

/// What a declaration is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To be declared (017: `9`).
    Original,
    /// To change single data of an earlier one (`13` with the kind `COR`, or `4`).
    Amendment,
    /// To stand in place of an earlier one (`5`).
    Replacement,
    /// To be taken back (`13` with the kind `INV`, or `1`).
    Cancellation,
    /// To say that the goods have come (`13` with the kind `GPR`).
    Presentation,
    /// Something else.
    Other,
}

impl Purpose {
    /// That of a function (UN/EDIFACT 1225, WCO 017) and a kind (D013).
    #[must_use]
    pub fn of(function: &str, kind: Option<&str>) -> Self {
        match (function, kind) {
            ("9", _) => Self::Original,
            ("13", Some("COR")) | ("4", _) => Self::Amendment,
            ("5", _) => Self::Replacement,
            ("13", Some("INV")) | ("1", _) => Self::Cancellation,
            ("13", Some("GPR")) => Self::Presentation,
            _ => Self::Other,
        }
    }
}

impl Declaration {
    /// What it is sent for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        Purpose::of(&self.function.value, self.kind.as_ref().map(|kind| kind.value.as_str()))
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Original => "original",
            Self::Amendment => "amendment",
            Self::Replacement => "replacement",
            Self::Cancellation => "cancellation",
            Self::Presentation => "presentation",
            Self::Other => "other",
        })
    }
}
