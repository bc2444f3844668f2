//! Money: a whole number of minor units in a currency.
//!
//! Must not know exchange rates, fees or how an amount is written for people.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::{ValueError, parse_decimal};

/// An exact amount.
///
/// JSON gives it in major units: `{"amount":"125000","currency":"IRR"}`, without trailing zeros.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in minor units, such as cents.
    pub minor: i128,
    /// The currency, as an ISO 4217 alphabetic code.
    pub currency: String,
}

/// The currencies that are known here: digits of the minor unit (ISO 4217, list one, column "minor unit"), and the alphabetic codes that have so many.
pub const CURRENCIES: [(u8, &[&str]); 3] = [
    (0, &["JPY", "KRW"]),
    (
        2,
        &[
            "AED", "AFN", "AMD", "AZN", "CHF", "CNY", "EUR", "GBP", "GEL", "INR", "IRR", "KZT", "PKR", "QAR", "RUB",
            "SAR", "SYP", "TMT", "TRY", "UAH", "USD", "UZS",
        ],
    ),
    (3, &["BHD", "IQD", "JOD", "KWD", "OMR"]),
];

/// Digits of the minor unit of `currency` (ISO 4217, list one, column "minor unit"); `None` if not known here.
#[must_use]
pub fn minor_digits(currency: &str) -> Option<u8> {
    CURRENCIES.iter().find(|(_, codes)| codes.contains(&currency)).map(|(digits, _)| *digits)
}

impl Money {
    /// The amount in major units, exact.
    ///
    /// An amount beyond 2^96 minor units cannot be a [`Decimal`] and gives the nearest one; [`super::Type::accepts`]
    /// refuses such an amount, so none comes in. A currency that is not known counts as one without minor units.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        let digits = u32::from(minor_digits(&self.currency).unwrap_or(0));
        let nearest = if self.minor < 0 { Decimal::MIN } else { Decimal::MAX };
        Decimal::try_from_i128_with_scale(self.minor, digits).unwrap_or(nearest)
    }

    /// `amount` major units of `currency`.
    ///
    /// # Errors
    /// [`ValueError::UnknownCurrency`], [`ValueError::TooFine`] for a part of a minor unit, [`ValueError::TooLarge`].
    pub fn from_amount(amount: Decimal, currency: &str) -> Result<Self, ValueError> {
        let unknown = || ValueError::UnknownCurrency { currency: currency.to_owned() };
        let digits = minor_digits(currency).ok_or_else(unknown)?;
        let amount = amount.normalize();
        let missing = u32::from(digits).checked_sub(amount.scale()).ok_or(ValueError::TooFine { scale: digits })?;
        let minor = amount.mantissa().checked_mul(10_i128.pow(missing)).ok_or(ValueError::TooLarge)?;
        let money = Self { minor, currency: currency.to_owned() };
        money.accepted_as(currency).map(|()| money)
    }

    /// Whether this is an amount in `currency` that [`Money::amount`] gives exactly.
    pub(super) fn accepted_as(&self, currency: &str) -> Result<(), ValueError> {
        if self.currency != currency {
            return Err(ValueError::WrongCurrency { expected: currency.to_owned(), found: self.currency.clone() });
        }
        let digits =
            minor_digits(currency).ok_or_else(|| ValueError::UnknownCurrency { currency: currency.to_owned() })?;
        Decimal::try_from_i128_with_scale(self.minor, digits.into()).map(|_| ()).map_err(|_| ValueError::TooLarge)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Money", deny_unknown_fields)]
struct Written {
    amount: String,
    currency: String,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.accepted_as(&self.currency).map_err(ser::Error::custom)?;
        Written { amount: self.amount().normalize().to_string(), currency: self.currency.clone() }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(from)?;
        let amount = parse_decimal(&written.amount).map_err(de::Error::custom)?;
        Self::from_amount(amount, &written.currency).map_err(de::Error::custom)
    }
}
