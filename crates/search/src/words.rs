//! The words of a text, each with the stem under which it is found.
//!
//! Must not know of: the index.

use frostem::{Algorithm, Stemmer};

use crate::normal::normal;

/// A word that is longer is no word of a description.
const MAX_WORD_CHARS: usize = 40;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written, in [`normal`] form.
    pub written: String,
    /// What it has in common with its other forms: `shaver` and `shavers`, `پسته` and `پسته‌ها`.
    pub stem: String,
}

/// What says nothing of goods, in English.
const STOP_EN: [&str; 36] = [
    "a",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "etc",
    "for",
    "from",
    "in",
    "including",
    "into",
    "is",
    "it",
    "kind",
    "nesoi",
    "nec",
    "no",
    "not",
    "of",
    "on",
    "or",
    "other",
    "than",
    "that",
    "the",
    "thereof",
    "this",
    "to",
    "whether",
    "which",
    "with",
    "used",
];
/// And in Persian, with the endings that a space or half-space parts from their word.
const STOP_FA: [&str; 32] = [
    "و",
    "یا",
    "از",
    "به",
    "با",
    "در",
    "را",
    "که",
    "این",
    "ان",
    "برای",
    "جهت",
    "تا",
    "بر",
    "هر",
    "هم",
    "نیز",
    "غیر",
    "سایر",
    "دیگر",
    "شامل",
    "مانند",
    "نوع",
    "انواع",
    "است",
    "شده",
    "ها",
    "های",
    "هایی",
    "ای",
    "ی",
    "جات",
];

/// The words of a text in their order, without those that say nothing of goods.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let text = normal(text);
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let said = parts.filter(|word| !word.is_empty() && !STOP_EN.contains(word) && !STOP_FA.contains(word));
    said.filter(|word| word.chars().count() <= MAX_WORD_CHARS).map(word).collect()
}

fn word(written: &str) -> Word {
    let stem = if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
        // Snowball's English stemmer (Porter2).
        Stemmer::new(Algorithm::English).stem(written).into_owned()
    } else {
        persian_stem(written).to_owned()
    };
    Word { written: written.to_owned(), stem }
}

/// A Persian word without the ending of the plural, and then without the yeh that makes an adjective or "a ...": `پارچه‌های نخی`, `چوبی`, `سبزیجات`. Endings that are
/// parted by a half-space are gone before. Nothing more is taken: Snowball's Persian stemmer makes ماش (mung bean) of ماشین (machine), and دست (hand) of دستگاه (apparatus).
fn persian_stem(word: &str) -> &str {
    // Each with how many letters have to be left.
    const PLURALS: [(&str, usize); 5] = [("هایی", 2), ("های", 2), ("ها", 2), ("جات", 3), ("ات", 3)];
    let cut = |(ending, least): &(&str, usize)| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= *least);
    let one = PLURALS.iter().find_map(cut).unwrap_or(word);
    one.strip_suffix('ی').filter(|rest| rest.chars().count() >= 3).unwrap_or(one)
}
