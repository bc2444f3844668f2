//! How much there is of something: a whole number of the smallest steps of its kind, so that nothing is ever lost in rounding.
//!
//! Must not know of: what there is so much of.

use std::collections::BTreeMap;

use definition::value::{Decimal, parse_decimal};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::unit::{Kind, unit};

/// The most steps that a quantity has: 10^18, a thousand million tonnes. Two of them can be added without a second thought.
pub const MAX_STEPS: u64 = 1_000_000_000_000_000_000;

/// A quantity, nothing or more.
///
/// JSON gives it in the unit of its kind, `{"amount":"12.5","unit":"KGM"}`; it is read in any unit that [`super::UNITS`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    steps: u64,
    kind: Kind,
}

/// Why something is no quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum QuantityFault {
    #[error("`{text}` is no number; write it in digits, Persian or Latin ones, such as `12500.75`")]
    NotANumber { text: String },
    #[error("no unit `{unit}` is known here; use a code of UN/ECE Recommendation 20 such as KGM, LTR, MTR, MTK or C62")]
    UnknownUnit { unit: String },
    #[error("{amount} {unit} is below zero; write it without a sign, the movement says which way goods go")]
    Negative { amount: Decimal, unit: String },
    #[error("{amount} {unit} is finer than the smallest step, {step}; write it in whole steps")]
    TooFine { amount: Decimal, unit: String, step: Quantity },
    #[error("it is more than {most}, the most that is counted; see whether a point is missing")]
    TooLarge { most: Quantity },
    #[error("`{text}` is larger than can be computed exactly; see whether a point is missing")]
    Endless { text: String },
}

impl QuantityFault {
    /// Why it is no quantity and what to do about it, by language tag.
    #[must_use]
    pub fn words(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("fa", crate::words::quantity(self)), ("en", self.to_string())])
    }
}

impl Quantity {
    /// So many steps of a kind.
    ///
    /// # Errors
    /// [`QuantityFault::TooLarge`] above [`MAX_STEPS`].
    pub const fn new(steps: u64, kind: Kind) -> Result<Self, QuantityFault> {
        if steps > MAX_STEPS {
            return Err(QuantityFault::TooLarge { most: Self::most(kind) });
        }
        Ok(Self { steps, kind })
    }

    /// Nothing of a kind.
    #[must_use]
    pub const fn zero(kind: Kind) -> Self {
        Self { steps: 0, kind }
    }

    /// The largest of a kind.
    pub(super) const fn most(kind: Kind) -> Self {
        Self { steps: MAX_STEPS, kind }
    }

    /// An amount in a unit.
    ///
    /// # Errors
    /// [`QuantityFault`]: what cannot be said exactly is refused, never rounded.
    pub fn of(amount: Decimal, code: &str) -> Result<Self, QuantityFault> {
        let short = |text: &str| text.chars().take(12).collect::<String>();
        let (kind, per) = unit(code).ok_or_else(|| QuantityFault::UnknownUnit { unit: short(code) })?;
        let amount = amount.normalize();
        if amount.is_sign_negative() && !amount.is_zero() {
            return Err(QuantityFault::Negative { amount, unit: code.to_owned() });
        }
        let most = Self::most(kind);
        let finest = 10_i128.pow(amount.scale());
        let finer = amount.mantissa().checked_mul(per.into()).ok_or(QuantityFault::TooLarge { most })?;
        if finer % finest != 0 {
            return Err(QuantityFault::TooFine { amount, unit: code.to_owned(), step: Self { steps: 1, kind } });
        }
        let steps = u64::try_from(finer / finest).map_err(|_| QuantityFault::TooLarge { most })?;
        Self::new(steps, kind)
    }

    /// A written amount in a unit, its digits Persian, Arabic or Latin.
    ///
    /// # Errors
    /// [`QuantityFault`].
    pub fn parse(amount: &str, code: &str) -> Result<Self, QuantityFault> {
        use definition::value::ValueError;
        let short = || amount.chars().take(40).collect::<String>();
        let amount = parse_decimal(amount).map_err(|fault| match fault {
            ValueError::TooLarge => QuantityFault::Endless { text: short() },
            _ => QuantityFault::NotANumber { text: short() },
        })?;
        Self::of(amount, code)
    }

    /// How many steps.
    #[must_use]
    pub const fn steps(self) -> u64 {
        self.steps
    }

    /// What is measured.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.steps == 0
    }

    /// The sum, if both are of one kind and it is not too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let steps = self.steps.checked_add(other.steps).filter(|_| self.kind == other.kind)?;
        Self::new(steps, self.kind).ok()
    }

    /// What is left without the other, if both are of one kind and the other is not more.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let steps = self.steps.checked_sub(other.steps).filter(|_| self.kind == other.kind)?;
        Some(Self { steps, kind: self.kind })
    }

    /// So many times as much, if that is not too large.
    #[must_use]
    pub fn times(self, times: u32) -> Option<Self> {
        Self::new(self.steps.checked_mul(times.into())?, self.kind).ok()
    }

    /// In the unit of its kind.
    #[must_use]
    pub fn amount(self) -> Decimal {
        Decimal::from_i128_with_scale(self.steps.into(), self.kind.scale()).normalize()
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount(), self.kind.unit())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Quantity", deny_unknown_fields)]
struct Written<'a> {
    #[serde(borrow)]
    amount: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    unit: std::borrow::Cow<'a, str>,
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { amount: self.amount().to_string().into(), unit: self.kind.unit().into() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Self::parse(&written.amount, &written.unit).map_err(de::Error::custom)
    }
}
