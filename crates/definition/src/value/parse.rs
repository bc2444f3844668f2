//! Reads what people type into a value: Persian and Arabic digits, separators, stray direction marks.
//!
//! Must not know calendars other than ISO 8601's, nor where the text came from.

use rust_decimal::Decimal;

use super::{CodeLists, Date, Kind, Money, Place, Type, Value, ValueError, near};

/// `text` with Persian (U+06F0-U+06F9) and Arabic-Indic (U+0660-U+0669) digits, the Arabic decimal separator
/// (U+066B) and thousands separator (U+066C) as their ASCII counterparts. Nothing else changes.
#[must_use]
pub fn fold_digits(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    let digit = |zero: u32| u32::from(c).checked_sub(zero).filter(|d| *d < 10).and_then(|d| char::from_digit(d, 10));
    match c {
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        _ => digit(0x6f0).or_else(|| digit(0x660)).unwrap_or(c),
    }
}

/// `text` as the key of a record: without surrounding space and the invisible marks that keyboards and pastes leave, digits as their ASCII
/// counterparts, Arabic yeh and kaf (U+064A, U+0643) as the Persian ones (U+06CC, U+06A9). Nothing else changes.
#[must_use]
pub fn fold_key(text: &str) -> String {
    let letter = |c: char| match c {
        '\u{64a}' => '\u{6cc}',
        '\u{643}' => '\u{6a9}',
        other => other,
    };
    cleaned(text).chars().map(letter).collect()
}

/// Reads `text` as a value of `of`. Dates are ISO 8601 `yyyy-mm-dd`, booleans `true` and `false`, a place
/// `latitude, longitude` in degrees; documents cannot be typed.
///
/// # Errors
/// [`ValueError::Malformed`] if the text has not the form, else what [`Type::accepts`] says of the value.
pub fn parse(of: &Type, text: &str, lists: &dyn CodeLists) -> Result<Value, ValueError> {
    let value = match of {
        Type::Bool => Value::Bool(parse_bool(text)?),
        Type::Code(_) => Value::Code(text.trim().to_owned()),
        Type::Decimal { .. } => Value::Decimal(parse_decimal(text)?),
        Type::Money(currency) => Value::Money(Money::from_amount(parse_decimal(text).map_err(as_money)?, currency)?),
        Type::Date => Value::Date(parse_date(text)?),
        Type::Text { .. } => Value::Text(text.to_owned()),
        Type::Place => Value::Place(parse_place(text)?),
        Type::Document | Type::DocumentOf(_) => return Err(ValueError::NotTyped { expected: Kind::Document }),
    };
    of.accepts(&value, lists).map(|()| value)
}

fn malformed(expected: Kind, text: &str) -> ValueError {
    // An error must not carry a megabyte of someone's paste.
    ValueError::Malformed { expected, text: text.chars().take(80).collect() }
}

fn as_money(error: ValueError) -> ValueError {
    match error {
        ValueError::Malformed { text, .. } => ValueError::Malformed { expected: Kind::Money, text },
        other => other,
    }
}

/// `text` folded, without surrounding space and without the direction marks that keyboards and pastes leave.
fn cleaned(text: &str) -> String {
    let invisible = |c: &char| !matches!(c, '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}');
    text.trim().chars().filter(invisible).map(fold_char).collect()
}

fn parse_bool(text: &str) -> Result<bool, ValueError> {
    match text.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(malformed(Kind::Bool, text)),
    }
}

/// Reads an exact decimal: an optional sign, digits with or without thousands separators, an optional fraction.
///
/// # Errors
/// [`ValueError::Malformed`], or [`ValueError::TooLarge`] if it has more digits than [`Decimal`] holds.
pub fn parse_decimal(text: &str) -> Result<Decimal, ValueError> {
    let clean = cleaned(text);
    let (negative, unsigned) = match clean.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, clean.strip_prefix('+').unwrap_or(&clean)),
    };
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole = ungrouped(whole).filter(|w| digits(w)).ok_or_else(|| malformed(Kind::Decimal, text))?;
    if fraction.is_some_and(|f| !digits(f)) {
        return Err(malformed(Kind::Decimal, text));
    }
    let plain = fraction.map_or_else(|| whole.clone(), |f| format!("{whole}.{f}"));
    let mut number = Decimal::from_str_exact(&plain).map_err(|_| ValueError::TooLarge)?;
    number.set_sign_negative(negative && !number.is_zero());
    Ok(number)
}

/// `whole` without its thousands separators; `None` unless every group after the first has three digits, so that
/// `12,5` (a comma meant as a decimal point) is not taken for 125.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut rest = groups.peekable();
    let grouped = rest.peek().is_some();
    if (grouped && !(1..=3).contains(&first.len())) || !rest.all(|g| g.len() == 3) {
        return None;
    }
    Some(whole.replace(',', ""))
}

/// Reads a civil date `yyyy-mm-dd` (ISO 8601 calendar date, extended format), digits in any of the three scripts.
///
/// # Errors
/// [`ValueError::Malformed`] if the form is another or there is no such day, [`ValueError::FarDate`] outside the years of which dates are taken.
pub fn parse_date(text: &str) -> Result<Date, ValueError> {
    read_date(&cleaned(text)).ok_or_else(|| malformed(Kind::Date, text)).and_then(near)
}

fn read_date(clean: &str) -> Option<Date> {
    let number = |part: &str, width: usize| {
        let ok = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
        ok.then(|| part.parse::<i16>().ok()).flatten()
    };
    let mut parts = clean.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let month = i8::try_from(number(month, 2)?).ok()?;
    let day = i8::try_from(number(day, 2)?).ok()?;
    Date::new(number(year, 4)?, month, day).ok()
}

fn parse_place(text: &str) -> Result<Place, ValueError> {
    let (lat, lon) = text.split_once([',', '\u{60c}']).ok_or_else(|| malformed(Kind::Place, text))?;
    Ok(Place { lat_e7: degrees_e7(lat, text)?, lon_e7: degrees_e7(lon, text)? })
}

fn degrees_e7(part: &str, text: &str) -> Result<i32, ValueError> {
    let degrees = parse_decimal(part).map_err(|_| malformed(Kind::Place, text))?;
    let scaled = degrees.checked_mul(Decimal::from(10_000_000)).ok_or(ValueError::OffTheMap)?;
    let rounded = scaled.round();
    i32::try_from(rounded.normalize().mantissa())
        .ok()
        .filter(|_| rounded.normalize().scale() == 0)
        .ok_or(ValueError::OffTheMap)
}
