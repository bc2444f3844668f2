//! The forms of data, as the WCO Data Model writes them: `an..35`, `n..16,3`, `a2`.
//!
//! Must not know of: which datum has which form.

use definition::value::{Date, Decimal};

use crate::problem::Fault;

/// The form of a datum's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `an..N`: at most so many characters, not only space.
    Text {
        /// Most characters.
        most: u16,
    },
    /// `aN`: exactly so many letters.
    Letters {
        /// How many.
        exactly: u16,
    },
    /// `n..N` of a code: at most so many digits.
    Digits {
        /// Most digits.
        most: u16,
    },
    /// `n..N,F`: a decimal of at most N digits, F of them after the point.
    Number {
        /// Most digits in all.
        digits: u8,
        /// Most digits after the point.
        fraction: u8,
        /// What it is a number of.
        of: Of,
    },
    /// `an..N` of a country or of a group of countries.
    Country {
        /// Most characters.
        most: u16,
    },
    /// A date, or a date with a time.
    Date,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Nothing but itself: a sequence number, a rate.
    Itself,
    /// Money; `currencyID` says which.
    Money,
    /// A measure or a count; `unitCode` may say of what.
    Measure,
}

/// `an..35` of a date.
pub(super) const DATE: Format = Format::Date;

/// `an..N`.
pub(super) const fn text(most: u16) -> Format {
    Format::Text { most }
}

/// `aN`.
pub(super) const fn letters(exactly: u16) -> Format {
    Format::Letters { exactly }
}

/// `n..N` of a code.
pub(super) const fn digits(most: u16) -> Format {
    Format::Digits { most }
}

/// `n..N,F` of money.
pub(super) const fn amount(digits: u8, fraction: u8) -> Format {
    Format::Number { digits, fraction, of: Of::Money }
}

/// `n..N,F` of a measure.
pub(super) const fn measure(digits: u8, fraction: u8) -> Format {
    Format::Number { digits, fraction, of: Of::Measure }
}

/// `n..N,F` of a mere number.
pub(super) const fn number(digits: u8, fraction: u8) -> Format {
    Format::Number { digits, fraction, of: Of::Itself }
}

impl Format {
    /// The form as the WCO writes it.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Text { most } | Self::Country { most } => format!("an..{most}"),
            Self::Letters { exactly } => format!("a{exactly}"),
            Self::Digits { most } => format!("n..{most}"),
            Self::Number { digits, fraction: 0, .. } => format!("n..{digits}"),
            Self::Number { digits, fraction, .. } => format!("n..{digits},{fraction}"),
            Self::Date => "an..35".to_owned(),
        }
    }

    /// Whether `text` has the form. The space around it is no part of it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn accepts(self, text: &str) -> Result<(), Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Blank);
        }
        match self {
            Self::Text { most } => at_most(text, most),
            Self::Country { most } => at_most(text, most).map_err(|_| Fault::NotACountry { text: short(text) }),
            Self::Letters { exactly } => {
                let fits = text.len() == usize::from(exactly) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
                if fits { Ok(()) } else { Err(Fault::NotLetters { exactly, text: short(text) }) }
            }
            Self::Digits { most } => {
                let fits = text.len() <= usize::from(most) && text.bytes().all(|byte| byte.is_ascii_digit());
                if fits { Ok(()) } else { Err(Fault::NotDigits { most, text: short(text) }) }
            }
            Self::Number { digits, fraction, .. } => decimal(text, digits, fraction).map(drop),
            Self::Date => date(text).map(drop),
        }
    }
}

/// Reads a decimal of at most `digits` digits, `fraction` of them after the point (W3C XML Schema Part 2, section 3.2.3, without a sign).
///
/// # Errors
/// [`Fault::NotANumber`], [`Fault::Negative`], [`Fault::TooManyDigits`] or [`Fault::TooFine`].
pub fn decimal(text: &str, digits: u8, fraction: u8) -> Result<Decimal, Fault> {
    let wrong = || Fault::NotANumber { text: short(text) };
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        let zero = rest.bytes().all(|byte| matches!(byte, b'0' | b'.')) && rest.contains('0');
        return if zero { Ok(Decimal::ZERO) } else { Err(Fault::Negative { text: short(text) }) };
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    let (whole, after) = plain.split_once('.').unwrap_or((plain, ""));
    let all_digits = whole.bytes().chain(after.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || (whole.is_empty() && after.is_empty()) {
        return Err(wrong());
    }
    let (whole, after) = (whole.trim_start_matches('0'), after.trim_end_matches('0'));
    if after.len() > usize::from(fraction) {
        return Err(Fault::TooFine { fraction, text: short(text) });
    }
    if whole.len() + after.len() > usize::from(digits) {
        return Err(Fault::TooManyDigits { digits, text: short(text) });
    }
    Decimal::from_str_exact(&format!("0{whole}.{after}0")).map(|number| number.normalize()).map_err(|_| wrong())
}

/// Reads the day of a date: `yyyymmdd`, which a time of day and a zone may follow (UN/EDIFACT 2379, codes 102 and 304).
///
/// # Errors
/// [`Fault::NotADate`].
pub fn date(text: &str) -> Result<Date, Fault> {
    let wrong = || Fault::NotADate { text: short(text) };
    let (day, time) = text.split_at_checked(8).ok_or_else(wrong)?;
    if !day.bytes().all(|byte| byte.is_ascii_digit()) || !is_time(time) {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| day.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let read = || {
        let month = i8::try_from(part(4, 6)?).ok()?;
        Date::new(part(0, 4)?, month, i8::try_from(part(6, 8)?).ok()?).ok()
    };
    read().ok_or_else(wrong)
}

/// Whether this follows a day: nothing, or `hhmmss` with `Z`, `+hh` or `-hh`.
fn is_time(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let Some((clock, zone)) = text.split_at_checked(6) else { return false };
    let below = |range: std::ops::Range<usize>, most: u8| {
        clock.get(range).and_then(|part| part.parse::<u8>().ok()).is_some_and(|value| value < most)
    };
    let digits = clock.bytes().all(|byte| byte.is_ascii_digit());
    let offset = zone.strip_prefix(['+', '-']).is_some_and(|hours| hours.len() == 2 && hours.parse::<u8>().is_ok());
    digits && below(0..2, 24) && below(2..4, 60) && below(4..6, 61) && (zone == "Z" || offset)
}

fn at_most(text: &str, most: u16) -> Result<(), Fault> {
    let chars = text.chars().count();
    if chars <= usize::from(most) { Ok(()) } else { Err(Fault::TooLong { most, chars }) }
}

/// The beginning of a text: an error must not carry somebody's paste.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
