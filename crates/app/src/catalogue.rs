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

/// How well something of this title, and of further texts, answers a query: that of just this title first, then of a title that begins so, then
/// by the words that stand in the title, then in the texts; 0 when none does.
pub fn rank<'t>(query: &str, title: &str, texts: impl IntoIterator<Item = &'t str>) -> u32 {
    let together = |text: &str| normalise(text).replace(' ', "");
    let (wanted, own) = (together(query), together(title));
    match () {
        () if own == wanted => 400,
        () if own.starts_with(&wanted) => 300,
        () => {
            let texts = texts.into_iter().map(|text| score(query, text)).max().unwrap_or(0);
            score(query, title).saturating_mul(2).max(texts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{normalise, rank, score};

    #[test]
    fn the_title_itself_comes_first_then_one_that_begins_so_then_words() {
        let titles = ["Fishing permit", "Building permit renewal", "Building permit", "Permit of building", "Licence"];
        let ranked = |query: &str| {
            let mut found: Vec<_> =
                titles.iter().map(|title| (rank(query, title, ["about a licence"]), *title)).collect();
            found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
            found.into_iter().map(|(_, title)| title).collect::<Vec<_>>()
        };
        assert_eq!(
            ranked("building  PERMIT")[..3],
            ["Building permit", "Building permit renewal", "Permit of building"]
        );
        assert_eq!(ranked("licence")[0], "Licence");
        assert_eq!(rank("پروانه ساختمان", "پروانه\u{200c}ساختمان", []), 400);
        assert_eq!(rank("customs", "Building permit", ["nothing"]), 0);
    }

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
