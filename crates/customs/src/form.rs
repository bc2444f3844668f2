//! A declaration as a person fills it in, field by field, who has no program that writes one.
//!
//! Must not know of: pages, cases, where what was typed is kept. What comes of a form is a WCO declaration, held against the same tables by the same reader as
//! one that was sent; there are no rules of the form's own but which fields may not be empty.

mod field;
mod place;
mod sheet;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use field::{Field, Typing, head, item};
pub use place::{Said, place};
pub use sheet::{header, items};
pub use write::{Words, Wrong, write};

/// What was typed, by the key of its field, as it was typed.
pub type Cells = BTreeMap<String, String>;

/// Most items of a declaration (68A): as many as the WCO's message has room for in the United Kingdom's profile.
pub const ITEMS_MAX: usize = 999;

/// What was typed into a form so far, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What is said of the declaration as a whole.
    #[serde(default)]
    pub head: Cells,
    /// What is said of each item, the first one first.
    #[serde(default)]
    pub items: Vec<Cells>,
}

/// What is known of a declaration before anybody fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The procedure of every item and the one before it (166, 161), where there is but one.
    pub procedure: Option<(&'static str, &'static str)>,
    /// Most items that are taken.
    pub items_max: usize,
    /// Whether goods leave by it: each item then says what it weighs with its packing.
    pub leaves: bool,
}

impl Terms {
    /// Whether goods come into a free zone by the procedure (78; Commission Delegated Regulation (EU) 2015/2446, annex B, title II, 1/10).
    #[must_use]
    pub fn enters(&self) -> bool {
        self.procedure.is_some_and(|(procedure, _)| procedure == "78")
    }
}

/// Who declares, as a register knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declarant {
    /// Their key in the register.
    pub id: String,
    /// Their name; empty where it is not known.
    pub name: String,
}
