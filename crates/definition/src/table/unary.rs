//! The unary tests of one cell as data, and how they are written in S-FEEL (DMN 1.5, section 9.1, rules 7 to 16).
//!
//! Must not know how a cell is read, nor tables.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use super::axis::Axis;
use super::ranges::{Range, RangeSet};
use crate::value::{Value, ValueError};

/// What one cell asks of its input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnaryTests {
    /// `-`: nothing.
    Any,
    /// `a, b`: that one of these holds.
    In(Vec<Test>),
    /// `not(a, b)`: that none of these holds.
    NotIn(Vec<Test>),
}

/// One test of the input. The values are of the column's type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// `a` or `= a`.
    Is(Value),
    /// `!= a`.
    IsNot(Value),
    /// `< a`.
    Less(Value),
    /// `<= a`.
    AtMost(Value),
    /// `> a`.
    More(Value),
    /// `>= a`.
    AtLeast(Value),
    /// `[a..b]`, `(a..b)` and their mixtures.
    Between {
        /// The lower end.
        low: Value,
        /// Whether the lower end itself passes.
        low_included: bool,
        /// The upper end.
        high: Value,
        /// Whether the upper end itself passes.
        high_included: bool,
    },
}

impl UnaryTests {
    /// The numbers of `axis` that pass.
    pub(super) fn ranges(&self, axis: &Axis) -> Result<RangeSet, ValueError> {
        let Range { lo, hi } = axis.domain();
        let union = |tests: &[Test]| -> Result<RangeSet, ValueError> {
            let sets = tests.iter().map(|t| t.ranges(axis)).collect::<Result<Vec<_>, _>>()?;
            Ok(RangeSet::union(sets.iter().flat_map(|set| set.ranges().iter().copied())))
        };
        match self {
            Self::Any => Ok(axis.whole()),
            Self::In(tests) => union(tests),
            Self::NotIn(tests) => Ok(union(tests)?.complement(lo, hi)),
        }
    }

    /// The tests that exactly the numbers in `set`, part of `axis`, pass.
    pub(super) fn of_ranges(set: &RangeSet, axis: &Axis) -> Self {
        if *set == axis.whole() {
            return Self::Any;
        }
        let tests = set.ranges().iter().flat_map(|range| Test::of_range(*range, axis)).collect();
        Self::In(tests)
    }
}

impl Test {
    fn ranges(&self, axis: &Axis) -> Result<RangeSet, ValueError> {
        let Range { lo, hi } = axis.domain();
        let at = |value: &Value| axis.encode(value);
        Ok(match self {
            Self::Is(value) => RangeSet::of(at(value)?, at(value)?),
            Self::IsNot(value) => RangeSet::of(at(value)?, at(value)?).complement(lo, hi),
            Self::Less(value) => RangeSet::of(lo, at(value)? - 1),
            Self::AtMost(value) => RangeSet::of(lo, at(value)?),
            Self::More(value) => RangeSet::of(at(value)? + 1, hi),
            Self::AtLeast(value) => RangeSet::of(at(value)?, hi),
            Self::Between { low, low_included, high, high_included } => {
                RangeSet::of(at(low)? + i128::from(!low_included), at(high)? - i128::from(!high_included))
            }
        })
    }

    fn of_range(range: Range, axis: &Axis) -> Vec<Self> {
        let domain = axis.domain();
        if !axis.is_ordered() {
            return (range.lo..=range.hi).map(|number| Self::Is(axis.decode(number))).collect();
        }
        let (low, high) = (axis.decode(range.lo), axis.decode(range.hi));
        vec![match range {
            Range { lo, hi } if lo == hi => Self::Is(low),
            Range { lo, .. } if lo == domain.lo => Self::AtMost(high),
            Range { hi, .. } if hi == domain.hi => Self::AtLeast(low),
            _ => Self::Between { low, low_included: true, high, high_included: true },
        }]
    }
}

impl Display for UnaryTests {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(&literal))
    }
}

impl UnaryTests {
    /// The tests as a cell has them, each value as `literal` writes it.
    pub(crate) fn written(&self, literal: &dyn Fn(&Value) -> String) -> String {
        let list = |tests: &[Test]| tests.iter().map(|test| test.written(literal)).collect::<Vec<_>>().join(", ");
        match self {
            Self::Any => "-".to_owned(),
            Self::In(tests) => list(tests),
            Self::NotIn(tests) => format!("not({})", list(tests)),
        }
    }
}

impl Test {
    fn written(&self, literal: &dyn Fn(&Value) -> String) -> String {
        match self {
            Self::Is(value) => literal(value),
            Self::IsNot(value) => format!("!= {}", literal(value)),
            Self::Less(value) => format!("< {}", literal(value)),
            Self::AtMost(value) => format!("<= {}", literal(value)),
            Self::More(value) => format!("> {}", literal(value)),
            Self::AtLeast(value) => format!(">= {}", literal(value)),
            Self::Between { low, low_included, high, high_included } => {
                let open = if *low_included { '[' } else { '(' };
                let close = if *high_included { ']' } else { ')' };
                format!("{open}{}..{}{close}", literal(low), literal(high))
            }
        }
    }
}

/// `value` as a FEEL literal.
pub fn literal(value: &Value) -> String {
    Literal(value).to_string()
}

/// A value as a FEEL literal: strings quoted, dates as `@"2026-11-23"`, money by its amount.
struct Literal<'a>(&'a Value);

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Bool(flag) => write!(f, "{flag}"),
            Value::Code(text) | Value::Text(text) => write_quoted(f, text),
            Value::Decimal(number) => write!(f, "{}", number.normalize()),
            Value::Money(money) => write!(f, "{}", money.amount().normalize()),
            Value::Date(date) => write!(f, "@\"{date}\""),
            Value::Document(document) => write_quoted(f, &document.name),
            Value::Place(place) => write!(f, "[{}, {}]", place.lat_e7, place.lon_e7),
            Value::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{}", if i == 0 { "" } else { ", " }, Literal(value))?;
                }
                f.write_str("]")
            }
        }
    }
}

fn write_quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}
