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

/// What of a word in its one form tells it from others: without the sign of the plural, and in British spelling.
fn stem(word: &str) -> String {
    // Persian writes its plural together, apart or with ZWNJ; where it is one word, it ends so. Two letters and less are left alone.
    let persian = ["هایی", "های", "ها"].into_iter().find_map(|ending| word.strip_suffix(ending));
    if let Some(stem) = persian.filter(|stem| stem.chars().count() > 2) {
        return stem.to_owned();
    }
    let british = word.replace("license", "licence").replace("organiz", "organis").replace("authoriz", "authoris");
    match british.strip_suffix('s') {
        // "companies" and "company", "permits" and "permit"; not "business", "us".
        Some(stem) if stem.is_ascii() && stem.len() > 2 && !stem.ends_with('s') => {
            stem.strip_suffix("ie").unwrap_or(stem).to_owned()
        }
        _ => british,
    }
}

/// A text in its one form, each word by its stem. A sign of the plural that stands apart goes with its word.
fn stems(text: &str) -> String {
    let words = normalise(text);
    let words = words.split(' ').filter(|word| !matches!(*word, "" | "ها" | "های" | "هایی"));
    words.map(stem).collect::<Vec<_>>().join(" ")
}

/// How well a text answers a query: the share of the query's words that stand in it, whole or as beginnings, whatever their number and spelling; 0
/// when none does.
pub fn score(query: &str, text: &str) -> u32 {
    let (query, text) = (stems(query), stems(text));
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

    #[test]
    fn neither_number_nor_the_side_of_an_ocean_hides_a_service() {
        for query in ["شرکت\u{200c}ها", "شرکتها", "شرکت ها", "شرکت\u{200c}های"] {
            assert_eq!(score(query, "ثبت شرکت"), 100, "{query}");
        }
        assert_eq!(score("پروانه", "همه پروانه\u{200c}های ساختمانی"), 100);
        for (query, title) in
            [("license", "Activity licence"), ("Licenses", "Activity licence"), ("companies", "Register a company")]
        {
            assert_eq!(score(query, title), 100, "{query}");
        }
        assert_eq!(score("organization", "The zone organisation"), 100);
        assert_eq!((score("ها", "بها"), score("bus", "business")), (0, 100), "what is left of a word still finds it");
    }
}
