//! What a measure comes to: shares of the value, amounts by quantity, their sum, between a least and a most.
//!
//! Must not know of: how expressions are written, what is rounded how.

use definition::value::{Date, Decimal};

use super::unit::{Per, Unit};
use crate::rates::Rates;
use crate::reason::{Exchanged, Formula};

/// A duty expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// The same all the year.
    Always(Bounded),
    /// Another one in each season.
    Seasons(Vec<Season>),
}

/// What holds from one day of the year to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// Month and day of the first and the last day; a range may go over the end of the year.
    pub ranges: Vec<[(i8, i8); 2]>,
    /// What holds then.
    pub bounded: Bounded,
}

/// A sum between a least and a most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded {
    /// What is added up.
    pub sum: Vec<Component>,
    /// At least this (`MIN`).
    pub least: Option<Vec<Component>>,
    /// At most this (`MAX`).
    pub most: Option<Vec<Component>>,
}

/// One part of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// A share of the value, in percent.
    Percent(Decimal),
    /// An amount for each so many of a unit.
    Specific {
        /// The amount, in major units.
        amount: Decimal,
        /// Its currency, ISO 4217.
        currency: String,
        /// For how much.
        per: Per,
    },
    /// An amount, whatever there is of it.
    Fixed {
        /// The amount, in major units.
        amount: Decimal,
        /// Its currency, ISO 4217.
        currency: String,
    },
}

impl Expression {
    /// Every unit that an amount of it goes by.
    pub(crate) fn units(&self) -> impl Iterator<Item = &Unit> {
        let bounded: Vec<&Bounded> = match self {
            Self::Always(bounded) => vec![bounded],
            Self::Seasons(seasons) => seasons.iter().map(|season| &season.bounded).collect(),
        };
        let sums = bounded.into_iter().flat_map(|one| [Some(&one.sum), one.least.as_ref(), one.most.as_ref()]);
        sums.flatten().flatten().filter_map(|component| match component {
            Component::Specific { per, .. } => Some(&per.unit),
            Component::Percent(_) | Component::Fixed { .. } => None,
        })
    }
}

/// What an expression is worked out for.
pub struct Subject<'a> {
    /// What percentages are shares of, in the jurisdiction's currency.
    pub value: Decimal,
    /// How much there is in a unit.
    pub quantity: &'a dyn Fn(&Unit) -> Option<Decimal>,
    /// The jurisdiction's currency, ISO 4217.
    pub currency: &'a str,
    /// Rates of exchange.
    pub rates: &'a Rates,
    /// The day that counts.
    pub day: Date,
}

/// What an expression came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The amount, not rounded.
    pub amount: Decimal,
    /// How it came about, with its numbers.
    pub formula: Formula,
}

/// Why an expression cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unworkable {
    /// A quantity that it needs is not declared, or in a unit that does not convert.
    #[error("the quantity in {unit} is not declared")]
    NoQuantity {
        /// The unit.
        unit: String,
    },
    /// There is no rate of exchange for the day.
    #[error("there is no rate of exchange from {currency} on {day}")]
    NoRate {
        /// The currency.
        currency: String,
        /// The day.
        day: Date,
    },
    /// No season holds on the day.
    #[error("the measure says nothing of {day}")]
    NoSeason {
        /// The day.
        day: Date,
    },
    /// A number became too large.
    #[error("the amount is larger than can be computed exactly")]
    TooLarge,
}

impl Unworkable {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoQuantity { .. } => "declare it in that unit, or in one that converts to it",
            Self::NoRate { .. } => "add the rate of that day to the table of rates",
            Self::NoSeason { .. } => "give the line of the tariff a rate for that season, or end it",
            Self::TooLarge => "see whether the amount, the quantities and the rate of exchange are right",
        }
    }
}

impl Expression {
    /// Works it out.
    ///
    /// # Errors
    /// What it needs and is not there.
    pub fn work(&self, subject: &Subject<'_>) -> Result<Worked, Unworkable> {
        match self {
            Self::Always(bounded) => bounded.work(subject),
            Self::Seasons(seasons) => {
                let day = (subject.day.month(), subject.day.day());
                let season = seasons.iter().find(|season| season.ranges.iter().any(|range| holds(*range, day)));
                season.ok_or(Unworkable::NoSeason { day: subject.day })?.bounded.work(subject)
            }
        }
    }

    /// The only rate in percent, if it is nothing but one.
    #[must_use]
    pub fn percent(&self, day: Date) -> Option<Decimal> {
        let day = (day.month(), day.day());
        let bounded = match self {
            Self::Always(bounded) => bounded,
            Self::Seasons(seasons) => {
                &seasons.iter().find(|season| season.ranges.iter().any(|range| holds(*range, day)))?.bounded
            }
        };
        match bounded.sum.as_slice() {
            [Component::Percent(rate)] if bounded.least.is_none() && bounded.most.is_none() => Some(*rate),
            _ => None,
        }
    }
}

fn holds([from, to]: [(i8, i8); 2], day: (i8, i8)) -> bool {
    if from <= to { (from..=to).contains(&day) } else { day >= from || day <= to }
}

impl Bounded {
    fn work(&self, subject: &Subject<'_>) -> Result<Worked, Unworkable> {
        let mut worked = sum(&self.sum, subject)?;
        // In this order, so that a most is never exceeded.
        if let Some(least) = &self.least {
            let least = sum(least, subject)?;
            let formula = Formula::Greater(Box::new(worked.formula), Box::new(least.formula));
            worked = Worked { amount: worked.amount.max(least.amount), formula };
        }
        if let Some(most) = &self.most {
            let most = sum(most, subject)?;
            let formula = Formula::Lesser(Box::new(worked.formula), Box::new(most.formula));
            worked = Worked { amount: worked.amount.min(most.amount), formula };
        }
        Ok(worked)
    }
}

fn sum(components: &[Component], subject: &Subject<'_>) -> Result<Worked, Unworkable> {
    let mut amount = Decimal::ZERO;
    let mut formulas = Vec::with_capacity(components.len());
    for component in components {
        let worked = component.work(subject)?;
        amount = amount.checked_add(worked.amount).ok_or(Unworkable::TooLarge)?;
        formulas.push(worked.formula);
    }
    let one = if formulas.len() == 1 { formulas.pop() } else { None };
    Ok(Worked { amount, formula: one.unwrap_or(Formula::Sum(formulas)) })
}

impl Component {
    fn work(&self, subject: &Subject<'_>) -> Result<Worked, Unworkable> {
        match self {
            Self::Percent(rate) => {
                let amount =
                    subject.value.checked_mul(*rate).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
                let formula = Formula::Percent { rate: *rate, of: subject.value };
                Ok(Worked { amount: amount.ok_or(Unworkable::TooLarge)?, formula })
            }
            Self::Fixed { amount, currency } => {
                let (sum, rate) = exchanged(*amount, currency, subject)?;
                let fixed = Exchanged { amount: *amount, currency: currency.clone(), rate };
                Ok(Worked { amount: sum, formula: Formula::Fixed(fixed) })
            }
            Self::Specific { amount, currency, per } => {
                let unit = || Unworkable::NoQuantity { unit: per.unit.to_string() };
                let quantity = (subject.quantity)(&per.unit).ok_or_else(unit)?;
                let product = quantity.checked_mul(*amount).and_then(|product| product.checked_div(per.count));
                let (sum, rate) = exchanged(product.ok_or(Unworkable::TooLarge)?, currency, subject)?;
                let each = Exchanged { amount: *amount, currency: currency.clone(), rate };
                let formula = Formula::Specific { quantity, unit: per.unit.clone(), count: per.count, each };
                Ok(Worked { amount: sum, formula })
            }
        }
    }
}

/// An amount in the jurisdiction's currency, and the rate at which it was exchanged.
fn exchanged(amount: Decimal, currency: &str, subject: &Subject<'_>) -> Result<(Decimal, Option<Decimal>), Unworkable> {
    if currency == subject.currency {
        return Ok((amount, None));
    }
    let no_rate = || Unworkable::NoRate { currency: currency.to_owned(), day: subject.day };
    let rate = subject.rates.find(currency, subject.day).ok_or_else(no_rate)?;
    let amount = amount.checked_mul(rate).ok_or(Unworkable::TooLarge)?;
    Ok((amount, Some(rate)))
}

impl std::fmt::Display for Unit {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kilogram => to.write_str("kg"),
            Self::GrossKilogram => to.write_str("kg gross"),
            Self::Litre => to.write_str("l"),
            Self::Piece => to.write_str("items"),
            Self::Metre => to.write_str("m"),
            Self::SquareMetre => to.write_str("m2"),
            Self::StrengthHectolitre => to.write_str("% vol hl"),
            Self::PureLitre => to.write_str("l of pure alcohol"),
            Self::KilogramOf(of) => write!(to, "kg {of}"),
            Self::Other(code) => to.write_str(code),
        }
    }
}
