//! Finding a service by words, forgiving of how they are spelt.
//!
//! Must not know of: pages. The words of the services are given; Fluent is the caller's.

/// A text as it is compared: one form for what people write in several.
///
/// Arabic ي and ك are Persian ی and ک, ة is ه, أ إ آ are ا; digits are ASCII; ZWNJ, tatweel and vowel signs vanish; spaces are one; ASCII
/// letters are small.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for character in definition::value::fold_digits(text).chars() {
        match character {
            'ي' | 'ى' | 'ئ' => normal.push('ی'),
            'ك' => normal.push('ک'),
            'ة' | 'ۀ' => normal.push('ه'),
            'أ' | 'إ' | 'آ' | 'ٱ' => normal.push('ا'),
            'ؤ' => normal.push('و'),
            // ZWNJ, ZWJ, direction marks, tatweel, harakat: how a word is set, not which word it is.
            '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}' => {}
            character if character.is_alphanumeric() => normal.extend(character.to_lowercase()),
            _ if !normal.ends_with(' ') => normal.push(' '),
            _ => {}
        }
    }
    normal.trim().to_owned()
}

/// How well a text answers a query: the share of the query's words that stand in it, whole or as beginnings; 0 when none does.
pub fn score(query: &str, text: &str) -> u32 {
    let (query, text) = (normalise(query), normalise(text));
    // People write compound words together, apart or with ZWNJ, so a word also counts when it stands in the text without its spaces.
    let together = text.replace(' ', "");
    let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
    let found = |word: &&&str| {
        text.split(' ').any(|other| other.starts_with(**word))
            || (word.chars().count() > 2 && together.contains(**word))
    };
    let hits = words.iter().filter(found).count();
    let share = hits.saturating_mul(100).checked_div(words.len()).unwrap_or(0);
    u32::try_from(share).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{normalise, score};

    #[test]
    fn one_form_for_what_people_write_in_several() {
        assert_eq!(normalise("پروانه\u{200c}ي  كسب ۱۲"), "پروانهی کسب 12");
        assert_eq!(normalise("Activity-Licence"), "activity licence");
    }

    #[test]
    fn spelling_does_not_hide_a_service() {
        let title = "پروانهٔ فعالیت اقتصادی در منطقهٔ آزاد";
        assert_eq!(score("پروانه فعاليت", title), 100);
        assert_eq!(score("منطقه‌ی", "منطقه ی آزاد"), 100);
        assert_eq!(score("گمرک", title), 0);
    }
}
