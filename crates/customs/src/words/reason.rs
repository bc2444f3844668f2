//! How a figure of an assessment came about, in Persian. Numbers are written with Persian digits, groups and point; codes and what a tariff writes stay.
//!
//! Must not know of: where it is shown. A share is told as `۳ از ۵`, since `۳/۵` is read as a decimal.

use definition::value::{Decimal, Money};

use crate::assess::Rounding;
use crate::goods::Country;
use crate::goods::value_added::Fraction;
use crate::reason::{Charged, Exchanged, Formula, Ground, Reason};
use crate::tariff::unit::Unit;

/// Why a figure is what it is.
pub(crate) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Price(amount) => format!("ارزش: {}", exchanged(amount)),
        Reason::Charge(of) => charged(of),
        Reason::ChargeShare { part, of } => format!("{} سهم این قلم از «{}»", number(part), charged(of)),
        Reason::Measure { tax, line, written } => {
            format!("{} طبق سطر {} تعرفه: {}", apart(tax), number(&Decimal::from(*line)), apart(written))
        }
        Reason::Rounded { formula: of, due, rounding, ground: by } => {
            let by = by.map(|by| format!(" ({})", ground(by))).unwrap_or_default();
            format!("{} = {}، {}{by}", formula(of), number(due), rounded(*rounding))
        }
        Reason::NotDue { formula: of } => format!("{}، تعلق نمی‌گیرد", formula(of)),
        Reason::Procedure { ground: by } | Reason::Tariff { ground: by } => ground(*by),
        Reason::Security { tax } => format!("تضمین برای {}", apart(tax)),
        Reason::SetBy { reference } => format!("به موجب {}", apart(reference.as_str())),
        Reason::ShareSet { added } => format!("ارزش افزوده {}، چنان‌که کمیسیون تعیین کرده است", share(*added)),
        _ => added(reason),
    }
}

/// What follows from value added in the zone.
fn added(reason: &Reason) -> String {
    match reason {
        Reason::ShareAdded { price, foreign, added } => {
            let (price, foreign) = (money(price), money(foreign));
            format!("ارزش افزوده ({price} − {foreign}) ÷ {price} = {}", share(*added))
        }
        Reason::Materials { origins, others, value } => {
            let of: Vec<String> = origins.iter().map(Country::as_str).map(apart).collect();
            let others = if *others { " و با مبدأ نامعلوم" } else { "" };
            format!("مواد ساخت {}{others}، به ارزش {}", of.join("، "), money(value))
        }
        Reason::OnShareOfValue { share: part, ground: by } => {
            format!("حقوق ورودی به {} ارزش تعلق می‌گیرد: {}", share(*part), ground(*by))
        }
        Reason::ShareOfDuty { share: part, ground: by } => {
            format!("{} حقوق ورودی تعلق می‌گیرد: {}", share(*part), ground(*by))
        }
        Reason::Part { share: of, part } => {
            format!("{} آن = {}، {}", share(*of), number(part), rounded(Rounding::HalfUp))
        }
        Reason::Allowance { value, granted, taken, left, excess } => {
            let [value, granted, taken, left, excess] = [value, granted, taken, left, excess].map(money);
            format!(
                "از {value}، {taken} در سهمیهٔ {granted} است و {left} از سهمیه می‌ماند؛ حقوق ورودی به {excess} تعلق می‌گیرد"
            )
        }
        Reason::NoImported { ground: by } => format!("بدون مواد وارداتی: {}", ground(*by)),
        Reason::Rise { price, materials, is_enough, least_percent, ground: by } => {
            let (price, of) = (money(price), money(materials));
            let than = if *is_enough { "دست‌کم" } else { "کمتر از" };
            let least = number(&Decimal::from(*least_percent));
            format!("ارزش افزوده ({price} − {of}) ÷ {of} {than} {least} درصد است: {}", ground(*by))
        }
        // All others were told above.
        _ => reason.to_string(),
    }
}

fn ground(by: Ground) -> String {
    let draft = if by.draft { " (پیش‌نویس)" } else { "" };
    format!("{}{draft}", by.fa)
}

fn charged(of: &Charged) -> String {
    let sign = if of.is_deducted { '−' } else { '+' };
    format!("{sign} {} ({})", exchanged(&of.amount), apart(&of.kind))
}

fn exchanged(of: &Exchanged) -> String {
    let rate = of.rate.map(|rate| format!(" × {}", number(&rate))).unwrap_or_default();
    format!("{} {}{rate}", number(&of.amount), currency(&of.currency))
}

fn formula(of: &Formula) -> String {
    match of {
        Formula::Percent { rate, of } => format!("{}٪ از {}", number(rate), number(of)),
        Formula::Specific { quantity, unit: of, count, each } => {
            let by = if *count == Decimal::ONE { String::new() } else { format!(" ÷ {}", number(count)) };
            format!("{} {}{by} × {}", number(quantity), unit(of), exchanged(each))
        }
        Formula::Fixed(amount) => exchanged(amount),
        Formula::Sum(parts) => parts.iter().map(formula).collect::<Vec<_>>().join(" + "),
        Formula::Greater(one, other) => format!("بیشترِ ({}، {})", formula(one), formula(other)),
        Formula::Lesser(one, other) => format!("کمترِ ({}، {})", formula(one), formula(other)),
    }
}

const fn rounded(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "گردشده به نزدیک‌ترین",
        Rounding::Down => "گردشده رو به پایین",
    }
}

fn share(of: Fraction) -> String {
    let whole = |number: i128| grouped(&number.to_string());
    format!("{} از {}", whole(of.numerator()), whole(of.denominator()))
}

fn money(of: &Money) -> String {
    format!("{} {}", number(&of.amount()), currency(&of.currency))
}

fn currency(code: &str) -> String {
    match code {
        "IRR" => "ریال".to_owned(),
        "EUR" => "یورو".to_owned(),
        "USD" => "دلار آمریکا".to_owned(),
        "GBP" => "پوند".to_owned(),
        "CNY" => "یوان".to_owned(),
        "TRY" => "لیر ترکیه".to_owned(),
        "AED" => "درهم امارات".to_owned(),
        "AZN" => "منات آذربایجان".to_owned(),
        "AMD" => "درام ارمنستان".to_owned(),
        code => apart(code),
    }
}

fn unit(of: &Unit) -> String {
    match of {
        Unit::Kilogram => "کیلوگرم".to_owned(),
        Unit::GrossKilogram => "کیلوگرم ناخالص".to_owned(),
        Unit::Litre => "لیتر".to_owned(),
        Unit::Piece => "عدد".to_owned(),
        Unit::Metre => "متر".to_owned(),
        Unit::SquareMetre => "متر مربع".to_owned(),
        Unit::StrengthHectolitre => "هکتولیتر × درصد حجمی الکل".to_owned(),
        Unit::PureLitre => "لیتر الکل خالص".to_owned(),
        Unit::KilogramOf(of) => format!("کیلوگرم {}", apart(of)),
        Unit::Other(code) => apart(code),
    }
}

/// A text of another language, which keeps its own direction (Unicode Standard Annex 9, section 2.4) and can close nothing around it.
fn apart(text: &str) -> String {
    let own = text
        .chars()
        .filter(|own| !own.is_control() && !matches!(own, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    format!("\u{2068}{}\u{2069}", own.collect::<String>())
}

/// A number with Persian digits, groups of three, and the Persian point.
fn number(number: &Decimal) -> String {
    grouped(&number.normalize().to_string())
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("−", text));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut said = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && whole.len().saturating_sub(place).is_multiple_of(3) {
            said.push('٬');
        }
        said.push(persian(digit));
    }
    if !fraction.is_empty() {
        said.push('٫');
        said.extend(fraction.chars().map(persian));
    }
    said
}

/// U+06F0 to U+06F9 are the Persian digits, in order.
fn persian(digit: char) -> char {
    let value = digit.to_digit(10).and_then(|value| char::from_u32(0x06F0_u32.saturating_add(value)));
    value.unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_persian_has_them() {
        let of = |text: &str| number(&text.parse().unwrap());
        assert_eq!([of("0"), of("999"), of("1000"), of("-1234567.50")], ["۰", "۹۹۹", "۱٬۰۰۰", "−۱٬۲۳۴٬۵۶۷٫۵"]);
    }

    #[test]
    fn what_a_tariff_writes_can_close_nothing_around_it() {
        let written = "10%\u{2069}\u{202e}\n<b>".to_owned();
        let told = reason(&Reason::Measure { tax: "A00".to_owned(), line: 12, written });
        assert_eq!(told, "\u{2068}A00\u{2069} طبق سطر ۱۲ تعرفه: \u{2068}10%<b>\u{2069}");
    }
}
