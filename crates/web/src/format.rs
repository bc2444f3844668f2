//! Numbers, dates, money and periods as people of each language write them, by ICU4X: Jalali dates and Persian digits in Persian.
//!
//! Must not know of: pages.

use app::definition::value::{Date, Decimal, Money};
use icu::calendar::Iso;
use icu::datetime::DateTimeFormatter;
use icu::datetime::fieldsets::YMD;
use icu::decimal::DecimalFormatter;
use icu::locale::locale;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::language::Language;

thread_local! {
    // Formatters hold borrowed data that is not `Sync`; making one costs about 50 microseconds, so each thread keeps its own.
    static DATES: [Option<DateTimeFormatter<YMD>>; 2] = [
        DateTimeFormatter::try_new(locale!("fa-u-ca-persian").into(), YMD::long()).ok(),
        DateTimeFormatter::try_new(locale!("en-GB").into(), YMD::long()).ok(),
    ];
    static NUMBERS: [Option<DecimalFormatter>; 2] = [
        DecimalFormatter::try_new(locale!("fa").into(), Default::default()).ok(),
        DecimalFormatter::try_new(locale!("en").into(), Default::default()).ok(),
    ];
}

fn place(language: Language) -> usize {
    match language {
        Language::Persian => 0,
        Language::English => 1,
    }
}

/// A date in words: `۲ آذر ۱۴۰۵`, `23 November 2026`.
pub(crate) fn date(language: Language, date: Date) -> String {
    let day = |number: i8| u8::try_from(number).unwrap_or(1);
    let Ok(iso) = icu::calendar::Date::<Iso>::try_new_iso(i32::from(date.year()), day(date.month()), day(date.day()))
    else {
        return date.to_string();
    };
    DATES.with(|formatters| match formatters.get(place(language)) {
        Some(Some(formatter)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    })
}

/// A moment in the zone, to the minute.
pub(crate) fn moment(language: Language, at: Timestamp, timezone: &str) -> String {
    let zoned = at.to_zoned_datetime(TimeZone::get(timezone).unwrap_or(TimeZone::UTC));
    let clock = digits(language, &format!("{:02}:{:02}", zoned.hour(), zoned.minute()));
    let comma = if language == Language::Persian { "،" } else { "," };
    format!("{}{comma} {clock}", date(language, zoned.date()))
}

/// The last day of a deadline: deadlines are the first moment after it.
pub(crate) fn last_day(language: Language, due: Timestamp, timezone: &str) -> String {
    let before = due.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(due);
    date(language, before.to_zoned_datetime(TimeZone::get(timezone).unwrap_or(TimeZone::UTC)).date())
}

/// A number with its groups and the language's digits.
pub(crate) fn number(language: Language, number: &Decimal) -> String {
    let text = number.to_string();
    let Ok(exact) = text.parse::<icu::decimal::input::Decimal>() else { return text };
    NUMBERS.with(|formatters| match formatters.get(place(language)) {
        Some(Some(formatter)) => formatter.format(&exact).to_string(),
        _ => text,
    })
}

/// A whole number.
pub(crate) fn count(language: Language, count: impl Into<Decimal>) -> String {
    number(language, &count.into())
}

/// An amount in major units, without fraction digits where they are nought.
pub(crate) fn money(language: Language, money: &Money, currency: &str) -> String {
    let amount = number(language, &money.amount().normalize());
    match language {
        Language::Persian => format!("{amount} {currency}"),
        Language::English => format!("{currency} {amount}"),
    }
}

/// ASCII digits in the language's own, for text that is no number: references stay as they are.
pub(crate) fn digits(language: Language, text: &str) -> String {
    if language != Language::Persian {
        return text.to_owned();
    }
    let persian = |character: char| match character.to_digit(10) {
        // U+06F0 to U+06F9 are the Persian digits, in order.
        Some(digit) => char::from_u32(0x06F0_u32.saturating_add(digit)).unwrap_or(character),
        None => character,
    };
    text.chars().map(persian).collect()
}

/// A text as a query carries it (RFC 3986, section 2.1).
pub(crate) fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// A text as one segment of a path, or a value of a query, carries it (RFC 3986, section 3.3).
pub(crate) fn segment(text: &str) -> String {
    escaped(text).replace('/', "%2F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jalali_in_persian_and_gregorian_in_english() {
        let day: Date = "2026-11-23".parse().unwrap();
        assert_eq!(date(Language::Persian, day), "۲ آذر ۱۴۰۵");
        assert_eq!(date(Language::English, day), "23 November 2026");
    }

    #[test]
    fn numbers_in_groups() {
        assert_eq!(number(Language::Persian, &"1234567.5".parse().unwrap()), "۱٬۲۳۴٬۵۶۷٫۵");
        assert_eq!(number(Language::English, &"1234567.5".parse().unwrap()), "1,234,567.5");
    }
}
