//! How a jurisdiction adds up: which tax is a share of what, in which order, rounded how, and what procedures change.
//!
//! Must not know of: rates, which are the tariff's. Every rule names its source.

mod hainan;
mod ir_free_zone;
mod uk;

use definition::value::Decimal;

use crate::goods::value_added::{Finding, Made};
use crate::reason::Ground;

/// The order of taxes of a jurisdiction.
#[derive(Debug)]
pub struct Policy {
    /// Its name on the command line.
    pub name: &'static str,
    /// The currency of all amounts, ISO 4217.
    pub currency: &'static str,
    /// Digits after the point of every amount.
    pub digits: u32,
    /// The taxes, in the order in which they are computed.
    pub taxes: &'static [TaxRule],
    /// What procedures change, by procedure; the first that is declared counts for a tax.
    pub reliefs: &'static [Relief],
    /// Which of two tariffs counts for an item, where the territory has two.
    pub two_tariffs: Option<TwoTariffs>,
    /// What follows from value added in a free zone, where that counts.
    pub value_added: Option<ValueAddedRule>,
}

/// Two tariffs of one territory, of which one counts for an item. Where neither comes into question by what is declared, the first counts.
#[derive(Debug)]
pub struct TwoTariffs {
    /// The duties of the first.
    pub first: fn(&str) -> bool,
    /// The duties of the second.
    pub second: fn(&str) -> bool,
    /// What falls on the duties of the second alone.
    pub on_second: fn(&str) -> bool,
    /// Which counts by the statements and codes of the item.
    pub choose: fn(&[String]) -> Choice,
    /// Where that stands.
    pub source: Ground,
}

/// Which of two tariffs counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The first.
    First,
    /// The second.
    Second,
    /// The second would, and nothing of it is due.
    SecondNotDue,
    /// The one whose duties are higher; the first where they are the same.
    Higher,
}

/// What value added in a free zone does to taxes on goods that leave it for the mainland.
#[derive(Debug)]
pub struct ValueAddedRule {
    /// By which requested and previous procedure goods leave it.
    pub procedure: fn(&str, &str) -> bool,
    /// Which taxes.
    pub taxes: fn(&str) -> bool,
    /// What is due of them.
    pub judge: fn(&Made) -> Finding,
}

/// What holds for some taxes.
#[derive(Debug)]
pub struct TaxRule {
    /// Which taxes.
    pub taxes: fn(&str) -> bool,
    /// What percentages of them are shares of.
    pub base: Base,
    /// How their amount is rounded.
    pub rounding: Rounding,
    /// Where that stands.
    pub source: Ground,
}

/// What a percentage is a share of.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// Whether the customs value is part of it.
    pub value: bool,
    /// Which taxes, computed before, are part of it, after reliefs.
    pub taxes: fn(&str) -> bool,
}

/// How an amount is brought to the currency's smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest; the half goes away from zero.
    HalfUp,
    /// Towards zero.
    Down,
}

/// What a procedure does to taxes.
#[derive(Debug)]
pub struct Relief {
    /// The procedure: a requested one of two digits, or an additional one.
    pub procedure: fn(&str) -> bool,
    /// Which taxes.
    pub taxes: fn(&str) -> bool,
    /// What it does.
    pub effect: Effect,
    /// Where that stands.
    pub source: Ground,
}

/// What becomes of a tax under a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is not due at all.
    Nothing,
    /// It is due, and all of it is taken off.
    Relieved,
    /// It is assessed but not paid; so much is secured, under this code, if security is taken at all.
    Suspended(Option<&'static str>),
}

impl Policy {
    /// The policy of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().copied().find(|policy| policy.name == name)
    }

    /// An amount with all its digits: `20.40`.
    #[must_use]
    pub fn written(&self, amount: Decimal) -> String {
        format!("{:.*}", usize::try_from(self.digits).unwrap_or(0), amount)
    }

    /// Every policy.
    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        static ALL: [&Policy; 4] =
            [&uk::UK, &ir_free_zone::ON_MATERIALS, &ir_free_zone::SHARE_OF_DUTY, &hainan::HAINAN];
        &ALL
    }
}

impl Rounding {
    /// `amount` with so many digits after the point.
    #[must_use]
    pub fn round(self, amount: Decimal, digits: u32) -> Decimal {
        use definition::value::RoundingStrategy::{MidpointAwayFromZero, ToZero};
        amount.round_dp_with_strategy(
            digits,
            match self {
                Self::HalfUp => MidpointAwayFromZero,
                Self::Down => ToZero,
            },
        )
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::HalfUp => "rounded to the nearest",
            Self::Down => "rounded down",
        }
    }
}

/// A rule that nobody has confirmed.
const fn draft(en: &'static str, fa: &'static str) -> Ground {
    Ground { en, fa, draft: true }
}

/// No tax.
fn none(_: &str) -> bool {
    false
}

/// 78: entry of goods into a free zone (Union Customs Code, Implementing Regulation 2015/2447, annex B, data element 1/10).
fn into_free_zone(procedure: &str) -> bool {
    procedure == "78"
}

/// 40 after 78: release for free circulation out of a free zone.
fn from_free_zone(requested: &str, previous: &str) -> bool {
    requested == "40" && previous == "78"
}
