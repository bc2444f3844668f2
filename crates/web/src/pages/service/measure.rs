//! How wide a text is when nobody knows the face it will be set in: an estimate on the safe side, and lines that keep to it.
//!
//! Must not know of: services, drawings.

/// Advance widths in hundredths of an em, as in DejaVu Sans Bold: of the faces that the stylesheet may fall back on, the widest in both scripts.
/// In a row: letters, their width at the end of a word or alone, and their width where the next letter joins.
const PERSIAN: [(&str, u32, u32); 14] = [
    ("اآأإٱ", 38, 38),
    ("دذ", 58, 58),
    ("رزژ", 62, 62),
    ("وؤ", 63, 63),
    ("هةۀ", 61, 69),
    ("جچحخ", 72, 72),
    ("عغ", 68, 68),
    ("م", 78, 67),
    ("لن", 90, 41),
    ("ق", 90, 72),
    ("یيىئبپتث", 106, 41),
    ("کكگ", 102, 58),
    ("طظ", 107, 97),
    ("ف", 119, 72),
];
/// The widest of Persian: س ش ص ض.
const PERSIAN_MAX: (u32, u32) = (141, 102);
/// Letters after which the next one stands apart (Unicode Standard, section 9.2: right-joining).
const APART: &str = "اآأإٱدذرزژوؤ";

/// The width of a text in pixels, at this size of letters in pixels: seldom less than what is set.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let mut letters = text.chars().peekable();
    let mut hundredths = 0_u32;
    while let Some(letter) = letters.next() {
        let joins = !APART.contains(letter) && letters.peek().is_some_and(|next| is_persian(*next));
        hundredths = hundredths.saturating_add(advance(letter, joins));
    }
    f64::from(hundredths) * size / 100.0
}

fn is_persian(letter: char) -> bool {
    ('\u{620}'..='\u{6d3}').contains(&letter)
}

fn advance(letter: char, joins: bool) -> u32 {
    match letter {
        // ZWNJ, direction marks and vowel signs take no room.
        '\u{200b}'..='\u{200f}' | '\u{64b}'..='\u{65f}' | '\u{670}' => 0,
        ' ' => 35,
        '،' | '؛' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | '|' | '(' | ')' | '[' | ']' | '/' | '-' => 46,
        'i' | 'j' | 'l' | 'I' | 'J' => 37,
        'f' | 'r' | 't' => 50,
        'm' | 'w' | 'M' | 'W' => 110,
        'a'..='z' | '0'..='9' | '۰'..='۹' => 72,
        'A'..='Z' => 85,
        _ if is_persian(letter) => {
            let known = PERSIAN.iter().find(|(letters, ..)| letters.contains(letter));
            let (alone, joined) = known.map_or(PERSIAN_MAX, |(_, alone, joined)| (*alone, *joined));
            if joins { joined } else { alone }
        }
        _ => 110,
    }
}

/// A text in lines that are at most so wide, where its words allow it; evenly filled, so that no last line has one short word.
pub(super) fn wrapped(text: &str, size: f64, widest: f64) -> Vec<String> {
    let lines = filled(text, size, widest);
    let mut even = width(text, size) / lines.len().max(1) as f64;
    while even < widest {
        let tried = filled(text, size, even);
        if tried.len() == lines.len() {
            return tried;
        }
        even += size / 2.0;
    }
    lines
}

fn filled(text: &str, size: f64, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= widest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Chromium sets them in DejaVu Sans Bold at 100 px.
    #[test]
    fn the_estimate_is_not_less_than_what_a_wide_face_takes() {
        for (text, set) in [("Weighing", 532.0), ("Consulting", 603.0), ("طط", 201.0), ("مم", 145.0), ("W", 110.0)]
        {
            let estimate = width(text, 100.0);
            assert!(estimate >= set - 1.0 && estimate < set * 1.35, "{text}: {estimate}, set in {set}");
        }
        assert!(width("می\u{200c}شود", 13.0) < width("می شود", 13.0));
    }

    #[test]
    fn lines_keep_to_the_width_and_are_even() {
        let lines = wrapped("Closed because the fee was not paid or your answer did not come", 13.0, 160.0);
        assert!(lines.len() >= 3 && lines.iter().all(|line| width(line, 13.0) <= 160.0), "{lines:?}");
        assert_eq!(wrapped("one two three four", 10.0, 80.0), ["one two", "three four"]);
        assert_eq!(wrapped("", 10.0, 80.0), Vec::<String>::new());
        assert_eq!(wrapped("a-word-that-is-longer-than-the-line", 10.0, 20.0).len(), 1);
    }
}
