//! A closed type as a line of whole numbers: codes by their place in the list, decimals scaled, dates as days.
//!
//! Everything that decides or examines tables works on these numbers. Must not know tables or tests.

use rust_decimal::Decimal;

use super::error::CellErrorKind;
use super::ranges::{Range, RangeSet};
use crate::value::{Date, FIRST_DAY, Kind, LAST_DAY, Money, Type, Value, ValueError, minor_digits};

/// The largest mantissa of a [`Decimal`], 2^96 - 1. A decimal column without bounds holds the numbers whose digits
/// at the column's scale fit.
const MAX_MANTISSA: i128 = (1 << 96) - 1;

/// One input column's type, ready to turn values into numbers and back.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    kind: AxisKind,
    domain: Range,
}

#[derive(Clone, Debug)]
enum AxisKind {
    Bool,
    Code { list: String, codes: Vec<String>, sorted: Vec<(String, i128)> },
    Decimal { scale: u8 },
    Money { currency: String, digits: u8 },
    Date,
}

impl Axis {
    /// The axis of `of`; `codes` are the members of its list if it is one.
    pub(super) fn new(of: &Type, codes: &[String]) -> Result<Self, CellErrorKind> {
        let undecidable = CellErrorKind::Undecidable { kind: of.kind() };
        let (kind, lo, hi) = match of {
            Type::Bool => (AxisKind::Bool, 0, 1),
            Type::Code(list) => (code_axis(list, codes), 0, codes.len() as i128 - 1),
            Type::Decimal { scale, min, max } => {
                let end = |end: &Option<Decimal>, without| end.map_or(Ok(without), |d| scaled(d, *scale));
                let lo = end(min, -MAX_MANTISSA).map_err(CellErrorKind::Literal)?;
                (AxisKind::Decimal { scale: *scale }, lo, end(max, MAX_MANTISSA).map_err(CellErrorKind::Literal)?)
            }
            Type::Money(currency) => {
                let unknown = ValueError::UnknownCurrency { currency: currency.clone() };
                let digits = minor_digits(currency).ok_or(CellErrorKind::Literal(unknown))?;
                (AxisKind::Money { currency: currency.clone(), digits }, -MAX_MANTISSA, MAX_MANTISSA)
            }
            Type::Date => (AxisKind::Date, days_from_civil(FIRST_DAY), days_from_civil(LAST_DAY)),
            Type::Text { .. } | Type::Document | Type::DocumentOf(_) | Type::Place => return Err(undecidable),
        };
        if lo > hi {
            return Err(undecidable);
        }
        Ok(Self { kind, domain: Range { lo, hi } })
    }

    /// All numbers that stand for a value.
    pub(super) const fn domain(&self) -> Range {
        self.domain
    }

    pub(super) fn whole(&self) -> RangeSet {
        RangeSet::of(self.domain.lo, self.domain.hi)
    }

    /// Whether `<` means something.
    pub(super) const fn is_ordered(&self) -> bool {
        matches!(self.kind, AxisKind::Decimal { .. } | AxisKind::Money { .. } | AxisKind::Date)
    }

    pub(super) const fn value_kind(&self) -> Kind {
        match self.kind {
            AxisKind::Bool => Kind::Bool,
            AxisKind::Code { .. } => Kind::Code,
            AxisKind::Decimal { .. } => Kind::Decimal,
            AxisKind::Money { .. } => Kind::Money,
            AxisKind::Date => Kind::Date,
        }
    }

    /// The number that stands for `value`.
    pub(super) fn encode(&self, value: &Value) -> Result<i128, ValueError> {
        let number = match (&self.kind, value) {
            (AxisKind::Bool, Value::Bool(flag)) => return Ok(i128::from(*flag)),
            // What was recorded before there was a bound, such as the last of all days, lies beyond every cell.
            (AxisKind::Date, Value::Date(date)) => return Ok(days_from_civil((*date).clamp(FIRST_DAY, LAST_DAY))),
            (AxisKind::Code { list, sorted, .. }, Value::Code(code)) => return place_of(sorted, code, list),
            (AxisKind::Decimal { scale }, Value::Decimal(decimal)) => scaled(*decimal, *scale)?,
            (AxisKind::Money { currency, .. }, Value::Money(money)) if money.currency == *currency => money.minor,
            (AxisKind::Money { currency, .. }, Value::Money(money)) => {
                let (expected, found) = (currency.clone(), money.currency.clone());
                return Err(ValueError::WrongCurrency { expected, found });
            }
            _ => return Err(ValueError::WrongKind { expected: self.value_kind(), found: value.kind() }),
        };
        self.within(number)
    }

    /// The value that `number`, which lies in the domain, stands for.
    pub(super) fn decode(&self, number: i128) -> Value {
        match &self.kind {
            AxisKind::Bool => Value::Bool(number != 0),
            AxisKind::Code { codes, .. } => {
                let code = usize::try_from(number).ok().and_then(|i| codes.get(i));
                Value::Code(code.cloned().unwrap_or_default())
            }
            AxisKind::Decimal { scale } => Value::Decimal(unscaled(number, *scale).normalize()),
            AxisKind::Money { currency, .. } => Value::Money(Money { minor: number, currency: currency.clone() }),
            AxisKind::Date => Value::Date(civil_from_days(number)),
        }
    }

    /// The code that is written `text`.
    pub(super) fn code(&self, text: &str) -> Result<Value, ValueError> {
        let value = Value::Code(text.to_owned());
        self.encode(&value).map(|_| value)
    }

    /// The number written as `decimal` in the column: an amount of money is written in major units.
    pub(super) fn numeric(&self, decimal: Decimal) -> Result<Value, ValueError> {
        let value = match &self.kind {
            AxisKind::Money { currency, .. } => Value::Money(Money::from_amount(decimal, currency)?),
            _ => Value::Decimal(decimal.normalize()),
        };
        self.encode(&value).map(|_| value)
    }

    fn within(&self, number: i128) -> Result<i128, ValueError> {
        let end = |number| match &self.kind {
            AxisKind::Decimal { scale } => unscaled(number, *scale).normalize(),
            AxisKind::Money { digits, .. } => unscaled(number, *digits).normalize(),
            _ => Decimal::ZERO,
        };
        let Range { lo, hi } = self.domain;
        match () {
            () if number.abs() > MAX_MANTISSA => Err(ValueError::TooLarge),
            () if number < lo => Err(ValueError::BelowMin { min: end(lo) }),
            () if number > hi => Err(ValueError::AboveMax { max: end(hi) }),
            () => Ok(number),
        }
    }
}

fn code_axis(list: &str, codes: &[String]) -> AxisKind {
    let mut sorted: Vec<(String, i128)> = codes.iter().cloned().zip(0..).collect();
    sorted.sort();
    AxisKind::Code { list: list.to_owned(), codes: codes.to_vec(), sorted }
}

fn place_of(sorted: &[(String, i128)], code: &str, list: &str) -> Result<i128, ValueError> {
    let at = sorted.partition_point(|(known, _)| known.as_str() < code);
    match sorted.get(at) {
        Some((known, place)) if known == code => Ok(*place),
        _ => Err(ValueError::UnknownCode { list: list.to_owned(), code: code.to_owned() }),
    }
}

/// `decimal` times 10^`scale`, exact.
fn scaled(decimal: Decimal, scale: u8) -> Result<i128, ValueError> {
    let target = u32::from(scale);
    if decimal.scale() <= target {
        // Scales end at 28 and 10^28 fits; the product may not.
        let factor = 10_i128.checked_pow(target - decimal.scale()).ok_or(ValueError::TooLarge)?;
        let number = decimal.mantissa().checked_mul(factor).ok_or(ValueError::TooLarge)?;
        return if number.abs() > MAX_MANTISSA { Err(ValueError::TooLarge) } else { Ok(number) };
    }
    let short = decimal.normalize();
    if short.scale() > target { Err(ValueError::TooFine { scale }) } else { scaled(short, scale) }
}

fn unscaled(number: i128, scale: u8) -> Decimal {
    Decimal::try_from_i128_with_scale(number, scale.into()).unwrap_or_default()
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `days_from_civil`).
fn days_from_civil(date: Date) -> i128 {
    let month = i64::from(date.month());
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    i128::from(era * 146_097 + day_of_era - 719_468)
}

/// The inverse of [`days_from_civil`]; outside of what [`Date`] holds, its nearest end.
fn civil_from_days(days: i128) -> Date {
    let epoch = Date::constant(1970, 1, 1);
    let nearest = if days < 0 { Date::MIN } else { Date::MAX };
    let span = i64::try_from(days).ok().and_then(|d| jiff::Span::new().try_days(d).ok());
    span.and_then(|span| epoch.checked_add(span).ok()).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        assert_eq!(days_from_civil(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days_from_civil(Date::constant(2000, 3, 1)), 11_017);
        for date in [Date::MIN, Date::MAX, Date::constant(0, 2, 29), Date::constant(1900, 2, 28)] {
            assert_eq!(civil_from_days(days_from_civil(date)), date);
        }
        for days in (-4_000_000_i128..2_900_000).step_by(997) {
            assert_eq!(days_from_civil(civil_from_days(days)), days);
        }
    }
}
