//! Numbers in a sentence that was made elsewhere, such as what the goods accounts have against a movement, as its reader writes them.
//!
//! Must not know of: what it says. Persian sentences come with numbers in the digits 0 to 9, as programs read them. What stands in quotation marks was written by somebody,
//! or is to be written so, and stays; so does whatever has a Latin letter or is no plain number: declarations' references, lots, elements, numbers of the WCO such as `D014`.

use crate::format;
use crate::language::Language;

/// A sentence with its numbers in the digits of its language: `30000 KGM` is `۳۰٬۰۰۰ KGM` in Persian, and `2026-11-23` is `۲ آذر ۱۴۰۵`.
pub(crate) fn told(language: Language, sentence: &str) -> String {
    if language != Language::Persian {
        return sentence.to_owned();
    }
    let (mut said, mut quoted, mut before) = (String::with_capacity(sentence.len()), 0_usize, "");
    let mut rest = sentence;
    while let Some(first) = rest.chars().next() {
        let end = if is_of_word(first) { rest.find(|one| !is_of_word(one)) } else { Some(first.len_utf8()) };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        match first {
            '«' => quoted = quoted.saturating_add(1),
            '»' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        if is_of_word(first) && quoted == 0 {
            said.push_str(&word(piece, before, after));
            before = piece;
        } else {
            said.push_str(piece);
            before = if first == ' ' { before } else { "" };
        }
        rest = after;
    }
    said
}

/// A place that begins with a line, as `14:9 Declaration/...`: the line and the column are numbers, and what follows is names.
pub(crate) fn place(language: Language, place: &str) -> String {
    let (numbers, names) = place.split_at(place.find(' ').unwrap_or(place.len()));
    if numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return format!("{}{names}", format::digits(language, numbers));
    }
    place.to_owned()
}

/// Whether a character belongs to a word of codes and numbers; Persian letters and what sets words apart do not.
fn is_of_word(one: char) -> bool {
    one.is_ascii_graphic() && !matches!(one, '(' | ')' | ',' | ';' | '"')
}

/// A word of codes and numbers between others.
fn word(word: &str, before: &str, after: &str) -> String {
    let bare = word.trim_end_matches(['.', ':', '!', '?']);
    let stop = word.get(bare.len()..).unwrap_or_default();
    // Standards go by their numbers: ISO 4217.
    if before == "ISO" {
        return word.to_owned();
    }
    if let (10, Ok(day)) = (bare.len(), bare.parse()) {
        return format!("{}{stop}", format::date(Language::Persian, day));
    }
    let (number, per_cent) = bare.strip_suffix('%').map_or((bare, ""), |number| (number, "٪"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    if !digits(whole) || !fraction.is_none_or(digits) {
        return word.to_owned();
    }
    let told = match number.parse() {
        // Only what has a unit is surely an amount: a year or a code has no groups.
        Ok(amount) if is_unit(after) => format::number(Language::Persian, &amount),
        _ => format::digits(Language::Persian, &number.replace('.', "٫")),
    };
    format!("{told}{per_cent}{stop}")
}

/// Whether a unit or a currency follows: two or three capitals and digits (UN/ECE Recommendation 20, ISO 4217).
fn is_unit(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let unit = rest.split(|one| !is_of_word(one)).next().unwrap_or_default();
    let unit = unit.trim_end_matches(['.', ':']);
    (2..=3).contains(&unit.len())
        && unit.starts_with(|first: char| first.is_ascii_uppercase())
        && unit.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_readers_digits_and_codes_stay() {
        for (said, shown) in [
            (
                "از محموله 3F7K-1 30001 KGM خواسته شده و 30000.5 KGM مانده است؛ حداکثر 30000.5 KGM بردارید.",
                "از محموله 3F7K-1 ۳۰٬۰۰۱ KGM خواسته شده و ۳۰٬۰۰۰٫۵ KGM مانده است؛ حداکثر ۳۰٬۰۰۰٫۵ KGM بردارید.",
            ),
            ("قلم 2: 40 C62 مانده است.", "قلم ۲: ۴۰ C62 مانده است."),
            ("دست‌کم 4400000000 IRR اظهار کنید.", "دست‌کم ۴٬۴۰۰٬۰۰۰٬۰۰۰ IRR اظهار کنید."),
            ("کالای «11010000» است و نه «19053100»؛ 12 درصد", "کالای «11010000» است و نه «19053100»؛ ۱۲ درصد"),
            ("اظهارنامهٔ C-0001 TRUCK-1 و داده‌های D014 و 99A", "اظهارنامهٔ C-0001 TRUCK-1 و داده‌های D014 و 99A"),
            ("سه حرف ISO 4217 را بنویسید؛ ISO 3166-1", "سه حرف ISO 4217 را بنویسید؛ ISO 3166-1"),
            ("تا 2026-11-23 معتبر است؛ در 1405 نه.", "تا ۲ آذر ۱۴۰۵ معتبر است؛ در ۱۴۰۵ نه."),
            ("سگمنت 5 (BGM)، عنصر 2: 12.5% کم است.", "سگمنت ۵ (BGM)، عنصر ۲: ۱۲٫۵٪ کم است."),
            ("مقدار 1.2.3 و 7/8 و -5", "مقدار 1.2.3 و 7/8 و -5"),
            ("", ""),
        ] {
            assert_eq!(told(Language::Persian, said), shown);
            assert_eq!(told(Language::English, said), said);
        }
        // Whatever comes, nothing but digits and signs of numbers changes, and nothing is cut.
        for hostile in ["»»« 5", "9".repeat(400).as_str(), "\u{202e}12\u{0}", "9999-99-99", "٪5%%", "5 KGM5 KG"] {
            assert!(!told(Language::Persian, hostile).is_empty());
        }
    }

    #[test]
    fn a_line_is_a_number_and_a_way_is_names() {
        for (said, shown) in [
            (
                "14:9 Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1] (145)",
                "۱۴:۹ Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1] (145)",
            ),
            ("3", "۳"),
            ("D7", "D7"),
            ("", ""),
        ] {
            assert_eq!(place(Language::Persian, said), shown);
            assert_eq!(place(Language::English, said), said);
        }
    }
}
