//! Why a figure of an assessment is what it is: the formula with its numbers, the rounding, the relief, each with the rule that says so.
//!
//! The English stands here, the Persian in `words/reason.rs`. Must not know of: how a figure is found, where it is shown.

mod formula;
mod told;

use std::fmt;

use definition::value::{Decimal, Money};

pub use formula::{Exchanged, Formula};
pub use told::Told;

use crate::assess::Rounding;
use crate::goods::value_added::Fraction;
use crate::goods::{Country, Id};

/// Where a rule stands, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// In English.
    pub en: &'static str,
    /// In Persian.
    pub fa: &'static str,
    /// Whether nobody has confirmed it.
    pub draft: bool,
}

/// One step of how a figure came about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants' texts say what the fields name")]
pub enum Reason {
    /// The item's price, in the jurisdiction's currency.
    Price(Exchanged),
    /// What was charged for the item by itself.
    Charge(Charged),
    /// The item's share of what was charged for all.
    ChargeShare { part: Decimal, of: Charged },
    /// The row of the tariff that counts, as it is written there.
    Measure { tax: String, line: u32, written: String },
    /// What the expression comes to.
    Rounded { formula: Formula, due: Decimal, rounding: Rounding, ground: Option<Ground> },
    /// What the expression would come to, if it were due.
    NotDue { formula: Formula },
    /// What a procedure does to the tax.
    Procedure { ground: Ground },
    /// Which of two tariffs counts.
    Tariff { ground: Ground },
    /// The line is a security for another.
    Security { tax: String },
    /// The share of value added that a commission set.
    ShareSet { added: Fraction },
    /// The decision in which it did.
    SetBy { reference: Id },
    /// The share of value added in the zone: (price - foreign) / price.
    ShareAdded { price: Money, foreign: Money, added: Fraction },
    /// Where materials were made that what follows falls on, and what they are worth; `others` of them are of an origin that nobody kept.
    Materials { origins: Vec<Country>, others: bool, value: Money },
    /// Duty falls on a share of the value.
    OnShareOfValue { share: Fraction, ground: Ground },
    /// A share of the duty is due.
    ShareOfDuty { share: Fraction, ground: Ground },
    /// What that share comes to.
    Part { share: Fraction, part: Decimal },
    /// What of the goods' worth an allowance covers.
    Allowance { value: Money, granted: Money, taken: Money, left: Money, excess: Money },
    /// Nothing in the goods was imported.
    NoImported { ground: Ground },
    /// The rise of value over the materials, held against the least that frees from duty, in percent.
    Rise { price: Money, materials: Money, is_enough: bool, least_percent: u8, ground: Ground },
}

/// A charge that is added to the value (codes that begin with A) or deducted from it (B).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// Whether it is deducted.
    pub is_deducted: bool,
    /// How much.
    pub amount: Exchanged,
    /// The code of its kind.
    pub kind: String,
}

impl Reason {
    /// What kind of step it is: the `kind` of [`Told`].
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Price(_) => "price",
            Self::Charge(_) => "charge",
            Self::ChargeShare { .. } => "charge-share",
            Self::Measure { .. } => "measure",
            Self::Rounded { .. } => "formula",
            Self::NotDue { .. } => "not-due",
            Self::Procedure { .. } => "procedure",
            Self::Tariff { .. } => "tariff",
            Self::Security { .. } => "security",
            Self::ShareSet { .. } | Self::SetBy { .. } => "commission",
            Self::ShareAdded { .. } | Self::NoImported { .. } | Self::Rise { .. } => "value-added",
            Self::Materials { .. } => "materials",
            Self::Allowance { .. } => "allowance",
            Self::OnShareOfValue { .. } | Self::ShareOfDuty { .. } | Self::Part { .. } => "relief",
        }
    }

    /// Whether it is about the customs value, and so the same for every tax on the item.
    #[must_use]
    pub const fn is_of_value(&self) -> bool {
        matches!(self, Self::Price(_) | Self::Charge(_) | Self::ChargeShare { .. })
    }

    /// The rule that it rests on, where it rests on one.
    #[must_use]
    pub const fn ground(&self) -> Option<Ground> {
        match self {
            Self::Rounded { ground, .. } => *ground,
            Self::Procedure { ground }
            | Self::Tariff { ground }
            | Self::OnShareOfValue { ground, .. }
            | Self::ShareOfDuty { ground, .. }
            | Self::NoImported { ground }
            | Self::Rise { ground, .. } => Some(*ground),
            _ => None,
        }
    }

    /// It in Persian.
    #[must_use]
    pub fn in_persian(&self) -> String {
        crate::words::reason(self)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Price(amount) => write!(to, "value: {amount}"),
            Self::Charge(charged) => write!(to, "{charged}"),
            Self::ChargeShare { part, of } => write!(to, "{} as its share of {of}", part.normalize()),
            Self::Measure { tax, line, written } => write!(to, "{tax} by line {line} of the tariff: {written}"),
            Self::Rounded { formula, due, rounding, ground } => {
                write!(to, "{formula} = {due}, {}", rounding.words())?;
                ground.map_or(Ok(()), |ground| write!(to, " ({ground})"))
            }
            Self::NotDue { formula } => write!(to, "{formula}, not due"),
            Self::Procedure { ground } | Self::Tariff { ground } => write!(to, "{ground}"),
            Self::Security { tax } => write!(to, "security for {tax}"),
            Self::ShareSet { added } => write!(to, "value added {added}, as the commission set it"),
            Self::SetBy { reference } => write!(to, "set by {reference}"),
            Self::ShareAdded { price, foreign, added } => {
                let (price, foreign) = (Amount(price), Amount(foreign));
                write!(to, "value added ({price} - {foreign}) / {price} = {added}")
            }
            Self::Materials { origins, others, value } => {
                let of: Vec<&str> = origins.iter().map(Country::as_str).collect();
                let others = if *others { ", and of an origin that is not known" } else { "" };
                write!(to, "materials made in {}{others}, worth {}", of.join(", "), Amount(value))
            }
            Self::OnShareOfValue { share, ground } => write!(to, "duty falls on {share} of the value: {ground}"),
            Self::ShareOfDuty { share, ground } => write!(to, "{share} of the duty is due: {ground}"),
            Self::Part { share, part } => write!(to, "{share} of it = {part}, rounded to the nearest"),
            Self::Allowance { value, granted, taken, left, excess } => {
                let [value, granted, taken, left, excess] = [value, granted, taken, left, excess].map(Amount);
                write!(
                    to,
                    "of {value}, {taken} are within the allowance of {granted}, of which {left} are left; duty falls on {excess}"
                )
            }
            Self::NoImported { ground } => write!(to, "no imported materials: {ground}"),
            Self::Rise { price, materials, is_enough, least_percent, ground } => {
                let (price, of) = (Amount(price), Amount(materials));
                let than = if *is_enough { "at least" } else { "less than" };
                write!(to, "value added ({price} - {of}) / {of} is {than} {least_percent} percent: {ground}")
            }
        }
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.en)?;
        if self.draft { to.write_str(" (draft)") } else { Ok(()) }
    }
}

impl fmt::Display for Charged {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_deducted { '-' } else { '+' };
        write!(to, "{sign} {} ({})", self.amount, self.kind)
    }
}

/// An amount without the zeros behind its point.
struct Amount<'a>(&'a Money);

impl fmt::Display for Amount<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {}", self.0.amount().normalize(), self.0.currency)
    }
}
