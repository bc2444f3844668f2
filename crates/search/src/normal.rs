//! Text in the one form in which it is compared.
//!
//! Must not know of: words, languages' grammar.

use definition::value::fold_digits;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// `text` in small letters without accents, vowel signs, tatweel or marks that nobody sees; digits are ASCII; Arabic letters are the Persian ones that are written for them; a
/// half-space (ZWNJ) and control characters are spaces, and spaces are one.
///
/// Compatibility forms (full width, presentation forms of Arabic, superscripts) are their plain letters, by NFKD of Unicode Standard Annex 15. Doing it twice changes nothing.
#[must_use]
pub fn normal(text: &str) -> String {
    let folded = fold_digits(text);
    let plain = folded.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase);
    let mut normal = String::with_capacity(text.len());
    for c in plain.filter_map(letter) {
        if !c.is_whitespace() {
            normal.push(c);
        } else if !normal.is_empty() && !normal.ends_with(' ') {
            normal.push(' ');
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

/// What a character is written as; nothing if it is left out.
fn letter(c: char) -> Option<char> {
    match c {
        'ي' | 'ى' | 'ے' => Some('ی'),
        'ك' | 'ڪ' => Some('ک'),
        'ة' | 'ۃ' | 'ە' | 'ھ' | 'ہ' => Some('ه'),
        'ٱ' => Some('ا'),
        // The half-space parts a word from its ending, as a space does.
        '\u{200c}' => Some(' '),
        // Tatweel, soft hyphen, joiners, and the marks of direction.
        '\u{640}' | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200d}'..='\u{200f}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        c if is_combining_mark(c) => None,
        c if c.is_control() || c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}
