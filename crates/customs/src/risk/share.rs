//! A chance in whole millionths: what leaves a model for a decision. Decisions compare these, never floats.
//!
//! Must not know of: models.

use std::fmt;

use definition::value::Decimal;

/// A share in millionths, 0 to 1,000,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// All.
    pub const ALL: Self = Self(1_000_000);

    /// A chance as a score gives it, 0 to 1, rounded down to a millionth. What is no chance is none.
    #[must_use]
    pub fn of_chance(chance: f64) -> Option<Self> {
        let whole = (chance * f64::from(Self::ALL.0)).floor();
        (0.0..=f64::from(Self::ALL.0)).contains(&whole).then_some(Self(whole as u32))
    }

    /// As a decimal of six digits at most, 0 to 1.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0.into(), 6).normalize()
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn a_chance_is_rounded_down_and_what_is_none_is_none() {
        let said = |chance| Share::of_chance(chance).map(|share| share.to_string());
        assert_eq!(said(0.5), Some("0.5".to_owned()));
        assert_eq!(said(0.123_456_9), Some("0.123456".to_owned()));
        assert_eq!((said(0.0), said(1.0)), (Some("0".to_owned()), Some("1".to_owned())));
        assert_eq!([said(f64::NAN), said(-0.1), said(1.1), said(f64::INFINITY)], [None, None, None, None]);
    }
}
