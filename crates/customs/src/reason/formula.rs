//! What a measure's expression or a price comes to, as a formula with its numbers.
//!
//! Must not know of: rounding, the language of whoever reads it beyond the English written here.

use std::fmt;

use definition::value::Decimal;

use crate::tariff::unit::Unit;

/// An amount, and the rate at which it was brought into the jurisdiction's currency, where it was in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// In major units of its own currency.
    pub amount: Decimal,
    /// Its currency, ISO 4217.
    pub currency: String,
    /// What one unit of it is worth.
    pub rate: Option<Decimal>,
}

/// A formula with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A share of the base.
    Percent {
        /// In percent.
        rate: Decimal,
        /// Of how much.
        of: Decimal,
    },
    /// An amount for each so many of a unit.
    Specific {
        /// How much there is.
        quantity: Decimal,
        /// Of which unit.
        unit: Unit,
        /// For how many of it the amount is.
        count: Decimal,
        /// The amount for so many.
        each: Exchanged,
    },
    /// An amount, whatever there is.
    Fixed(Exchanged),
    /// All of them together.
    Sum(Vec<Formula>),
    /// The greater of two: a least amount.
    Greater(Box<Formula>, Box<Formula>),
    /// The lesser of two: a most.
    Lesser(Box<Formula>, Box<Formula>),
}

impl fmt::Display for Exchanged {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {}", self.amount.normalize(), self.currency)?;
        self.rate.map_or(Ok(()), |rate| write!(to, " x {}", rate.normalize()))
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent { rate, of } => write!(to, "{}% of {}", rate.normalize(), of.normalize()),
            Self::Specific { quantity, unit, count, each } => {
                write!(to, "{} {unit}", quantity.normalize())?;
                if *count != Decimal::ONE {
                    write!(to, " / {}", count.normalize())?;
                }
                write!(to, " x {each}")
            }
            Self::Fixed(amount) => write!(to, "{amount}"),
            Self::Sum(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    let sign = if place == 0 { "" } else { " + " };
                    write!(to, "{sign}{part}")?;
                }
                Ok(())
            }
            Self::Greater(one, other) => write!(to, "max({one}, {other})"),
            Self::Lesser(one, other) => write!(to, "min({one}, {other})"),
        }
    }
}
