//! The manipulations, by what they touch. Each is a row: a name, the code that must find it, what is done.
//!
//! Must not know of: how it is found.

mod acts;
mod agents;
mod chain;
mod chance;
mod erased;
pub mod goods;
mod officers;
mod outcomes;
mod roster;
mod rules;
mod seats;
mod signed;

use crate::forge::Forge;

pub struct Manipulation {
    pub name: &'static str,
    pub expected: &'static str,
    pub make: fn(&mut Forge),
    /// Whether the auditor has seen the record as it was before.
    pub seen_before: bool,
}

const fn row(expected: &'static str, name: &'static str, make: fn(&mut Forge)) -> Manipulation {
    Manipulation { name, expected, make, seen_before: false }
}

pub fn all() -> Vec<&'static Manipulation> {
    [
        chain::ROWS,
        acts::ROWS,
        seats::ROWS,
        rules::ROWS,
        outcomes::ROWS,
        signed::ROWS,
        erased::ROWS,
        roster::ROWS,
        officers::ROWS,
        agents::ROWS,
        chance::ROWS,
        goods::ROWS,
    ]
    .into_iter()
    .flatten()
    .collect()
}
