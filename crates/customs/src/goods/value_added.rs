//! Value added in the zone: which part of goods made there is not what was brought in, and what follows from that for duty in the mainland.
//!
//! The values of materials come out of the goods accounts' trace; each law is a small policy over them. Fractions are exact and compared as whole numbers.
//! Must not know of: tariffs, rates, procedures.

pub mod hainan;
pub mod ir_free_zone;

use definition::value::{Decimal, Money, parse_decimal};
use serde::{Deserialize, Serialize};

use super::layer::Status;
use super::trace::TraceLine;
use crate::reason::Reason;

/// Goods made in the zone, and what went into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Their price, or customs value, for the mainland; above nothing. All values here are in its minor units.
    pub price: Money,
    /// Cost, insurance and freight of parts and materials from abroad.
    pub foreign: i128,
    /// Value of parts and materials from the mainland.
    pub mainland: i128,
    /// Value of parts and materials of the zone itself.
    pub zone: i128,
    /// The share of value added that a commission has set, which counts before what is computed.
    pub set: Option<Fraction>,
}

/// A fraction of two whole numbers, from nothing to one. JSON has it as a text: `21/50`; it is read as a decimal, too: `0.42`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

/// What becomes of duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It is due in full.
    All,
    /// None is due.
    Nothing,
    /// It falls on this share of the goods' value; nothing else of it changes.
    OnShareOfValue(Fraction),
    /// This share of it is due.
    Share(Fraction),
}

/// What a policy finds, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What becomes of duty.
    pub due: Due,
    /// How that came about, with its figures and the ground.
    pub why: Vec<Reason>,
}

/// Why value added cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum ValueAddedFault {
    #[error("the goods have no price")]
    NoPrice,
    #[error("materials are valued in another currency than {currency}")]
    OtherCurrency { currency: String },
    #[error("the values are larger than can be computed exactly")]
    TooLarge,
}

impl Fraction {
    /// `numerator / denominator`, between nothing and one.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let of = gcd(numerator, denominator);
        let is = denominator > 0 && (0..=denominator).contains(&numerator);
        is.then(|| Self { numerator: numerator / of, denominator: denominator / of })
    }

    /// The numerator, in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, in lowest terms.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// What is missing to one.
    #[must_use]
    pub const fn rest(self) -> Self {
        Self { numerator: self.denominator - self.numerator, denominator: self.denominator }
    }

    /// So many of so many parts of it; nothing where that cannot be computed exactly.
    #[must_use]
    pub fn times(self, numerator: i128, denominator: i128) -> Option<Self> {
        Self::new(self.numerator.checked_mul(numerator)?, self.denominator.checked_mul(denominator)?)
    }

    /// This part of an amount, to the nearest of so many digits after the point; the half goes up.
    #[must_use]
    pub fn of(self, amount: Decimal, digits: u32) -> Option<Decimal> {
        let amount = amount.normalize();
        let scale = amount.scale();
        let (up, down) = (digits.saturating_sub(scale), scale.saturating_sub(digits));
        let product = amount.mantissa().checked_mul(self.numerator)?.checked_mul(10_i128.checked_pow(up)?)?;
        let divisor = self.denominator.checked_mul(10_i128.checked_pow(down)?)?;
        let (whole, rest) = (product.div_euclid(divisor), product.rem_euclid(divisor));
        let rounded = if rest.checked_mul(2)? >= divisor { whole.checked_add(1)? } else { whole };
        Decimal::try_from_i128_with_scale(rounded, digits).ok()
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fraction = match text.split_once('/') {
            Some((numerator, denominator)) => {
                let whole = |text: &str| text.parse::<u64>().ok().map(i128::from);
                whole(numerator).zip(whole(denominator)).and_then(|(one, other)| Self::new(one, other))
            }
            None => parse_decimal(&text)
                .ok()
                .and_then(|decimal| Self::new(decimal.mantissa(), 10_i128.checked_pow(decimal.scale())?)),
        };
        let short = || text.chars().take(40).collect::<String>();
        fraction.ok_or_else(|| format!("`{}` is no share from 0 to 1; write it as `0.42` or `21/50`", short()))
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Made {
    /// Goods with this price and what the accounts say that went into them.
    ///
    /// # Errors
    /// [`ValueAddedFault`].
    pub fn of(line: &TraceLine, price: Money, set: Option<Fraction>) -> Result<Self, ValueAddedFault> {
        if price.minor <= 0 {
            return Err(ValueAddedFault::NoPrice);
        }
        let value = |status: Status| {
            let value = line.value(|content| content.status == status, &price.currency);
            value.map(|value| value.minor).ok_or(ValueAddedFault::OtherCurrency { currency: price.currency.clone() })
        };
        let (foreign, mainland, zone) = (value(Status::Foreign)?, value(Status::Mainland)?, value(Status::Zone)?);
        Ok(Self { price, foreign, mainland, zone, set })
    }

    /// So many minor units of the price's currency.
    fn money(&self, minor: i128) -> Money {
        Money { minor, currency: self.price.currency.clone() }
    }
}

fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.unsigned_abs(), other.unsigned_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    i128::try_from(one.max(1)).unwrap_or(1)
}
