//! Which of two tariffs of one territory counts for an item.
//!
//! Must not know of: what the tariffs are, how a duty is computed.

use std::collections::BTreeMap;

use definition::value::Decimal;

use super::ObstacleFault;
use super::policy::{Choice, TwoTariffs};
use crate::reason::Ground;
use crate::tariff::Measure;

/// Which taxes count.
#[derive(Clone, Copy)]
pub(super) enum Counts<'p> {
    /// All: there is one tariff.
    All,
    /// Those of one of the two, and whatever belongs to neither.
    One {
        /// The two.
        of: &'p TwoTariffs,
        /// Whether it is the second.
        second: bool,
        /// Whether there was a choice, which is then to be told.
        chosen: bool,
        /// Whether its duties are not due.
        spared: bool,
    },
}

/// Which counts. `duties` says what the duties of one come to.
pub(super) fn counts<'p>(
    of: &'p TwoTariffs,
    said: &[String],
    measures: &BTreeMap<&str, &Measure>,
    duties: impl Fn(fn(&str) -> bool) -> Result<Decimal, ObstacleFault>,
) -> Result<Counts<'p>, ObstacleFault> {
    let one = |second, chosen, spared| Counts::One { of, second, chosen, spared };
    // Where one that may count has nothing on the goods, nobody can say which is the higher, or what is due.
    let has = |tariff: fn(&str) -> bool| {
        let there = measures.keys().any(|tax| tariff(tax));
        if there {
            Ok(())
        } else {
            Err(ObstacleFault::OneTariff { has_first: measures.keys().any(|tax| (of.first)(tax)) })
        }
    };
    Ok(match (of.choose)(said) {
        Choice::First => one(false, false, false),
        Choice::Second => {
            has(of.second)?;
            one(true, true, false)
        }
        Choice::SecondNotDue => one(true, true, true),
        Choice::Higher => {
            has(of.first)?;
            has(of.second)?;
            one(duties(of.second)? > duties(of.first)?, true, false)
        }
    })
}

impl Counts<'_> {
    /// Whether a tax counts.
    pub(super) fn has(self, tax: &str) -> bool {
        match self {
            Self::All => true,
            Self::One { of, second: true, spared, .. } => !((of.first)(tax) || spared && (of.on_second)(tax)),
            Self::One { of, .. } => !(of.second)(tax) && !(of.on_second)(tax),
        }
    }

    /// That a duty is not due, and why.
    pub(super) fn spares(self, tax: &str) -> Option<Ground> {
        match self {
            Self::One { of, spared: true, .. } if (of.second)(tax) => Some(of.source),
            _ => None,
        }
    }

    /// Why this tariff's duty counts, where the other's might have.
    pub(super) fn ground(self, tax: &str) -> Option<Ground> {
        match self {
            Self::One { of, chosen: true, .. } if (of.first)(tax) || (of.second)(tax) => Some(of.source),
            _ => None,
        }
    }
}
