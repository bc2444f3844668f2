//! Allowances: what a person or household may take in a period, such as passenger goods in a year. An allowance is an account, and cannot be overdrawn.
//!
//! Must not know of: who is entitled to what; the definition says so, and the application says it here.

use definition::value::Money;
use serde::{Deserialize, Serialize};

use super::name::Id;
use super::quantity::Quantity;

/// Whose allowance, which, for when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowanceRef {
    /// The person or household.
    pub holder: Id,
    /// Which allowance.
    pub name: Id,
    /// The period, such as a year of the zone's calendar.
    pub period: Id,
}

/// What an allowance is counted in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// By quantity.
    Quantity(Quantity),
    /// By value.
    Value(#[serde(deserialize_with = "super::money::read")] Money),
}

/// The account of an allowance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// What there is for the period, as it was when something was last taken.
    pub granted: Measure,
    /// What was taken.
    pub spent: Measure,
}

impl Measure {
    /// Nothing of the same kind.
    #[must_use]
    pub fn nothing(&self) -> Self {
        match self {
            Self::Quantity(quantity) => Self::Quantity(Quantity::zero(quantity.kind())),
            Self::Value(money) => Self::Value(Money { minor: 0, currency: money.currency.clone() }),
        }
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub fn is_something(&self) -> bool {
        match self {
            Self::Quantity(quantity) => !quantity.is_zero(),
            Self::Value(money) => money.minor > 0,
        }
    }

    /// Whether it can be added to the other and compared with it.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Quantity(one), Self::Quantity(two)) => one.kind() == two.kind(),
            (Self::Value(one), Self::Value(two)) => one.currency == two.currency,
            _ => false,
        }
    }

    /// The sum, if the two are alike and it is not too large.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Quantity(one), Self::Quantity(two)) => one.plus(*two).map(Self::Quantity),
            (Self::Value(one), Self::Value(two)) if one.currency == two.currency => {
                let minor = one.minor.checked_add(two.minor).filter(|sum| *sum <= super::layer::MAX_MINOR)?;
                Some(Self::Value(Money { minor, currency: one.currency.clone() }))
            }
            _ => None,
        }
    }

    /// What is left without the other, if the two are alike and the other is not more.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Quantity(one), Self::Quantity(two)) => one.minus(*two).map(Self::Quantity),
            (Self::Value(one), Self::Value(two)) if one.currency == two.currency => {
                let minor = one.minor.checked_sub(two.minor).filter(|rest| *rest >= 0)?;
                Some(Self::Value(Money { minor, currency: one.currency.clone() }))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Value(money) => write!(f, "{} {}", money.amount().normalize(), money.currency),
        }
    }
}

impl std::fmt::Display for AllowanceRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the allowance {} of {} for {}", self.name, self.holder, self.period)
    }
}
