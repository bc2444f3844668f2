//! The direction in which a text is set that other texts are filled into.
//!
//! Must not know of: HTML, what the texts say.

use crate::language::Language;

/// What Fluent puts around what it fills in (Unicode Standard Annex 9, section 2.4): first strong isolate, pop directional isolate.
pub(super) const ISOLATE: char = '\u{2068}';
pub(super) const POP: char = '\u{2069}';
/// Marks that have a direction and no look (section 2.6).
const LEFT_TO_RIGHT: char = '\u{200e}';
const RIGHT_TO_LEFT: char = '\u{200f}';

/// A text that goes in its language's direction wherever it stands. What stands in isolates gives the text around it no direction (rule P2): what is filled in first and goes on with brackets, such as
/// "NAME (FILE)", would be set from left to right inside another isolate, and so would what begins with a foreign word.
pub(super) fn directed(language: Language, text: String) -> String {
    let own = if language.direction() == "rtl" { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
    if !text.contains(ISOLATE) || first_strong(&text) == Some(own) {
        return text;
    }
    format!("{own}{text}")
}

/// A text, each of its lines set in its own direction whatever stands around it (Unicode Standard Annex 9, section 2.4: first strong isolates).
/// What is put together from several of these keeps the page's order, also where there is no markup, as in a list to choose from.
pub(super) fn isolated(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| format!("{ISOLATE}{line}{POP}")).collect();
    lines.join("\n")
}

/// The direction of the first character outside isolates that has one.
fn first_strong(text: &str) -> Option<char> {
    let mut depth = 0_usize;
    text.chars().find_map(|character| {
        match character {
            ISOLATE => depth = depth.saturating_add(1),
            POP => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 { direction(character) } else { None }
    })
}

/// Letters have a direction; of those that people write here, Arabic and Hebrew ones go to the left.
fn direction(character: char) -> Option<char> {
    match character {
        LEFT_TO_RIGHT | RIGHT_TO_LEFT => Some(character),
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' if character.is_alphabetic() => {
            Some(RIGHT_TO_LEFT)
        }
        _ if character.is_alphabetic() => Some(LEFT_TO_RIGHT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_first_does_not_turn_the_text_round() {
        for (text, turned) in [
            ("\u{2068}عکس کالا\u{2069} (\u{2068}p.png\u{2069})", true),
            ("\u{2068}O-0033\u{2069} (\u{2068}کارشناس\u{2069}، \u{2068}گمرک\u{2069})", true),
            ("O-0033 (\u{2068}کارشناس\u{2069})", true),
            ("۲ از \u{2068}p.png\u{2069}", false),
            ("مسئول رسیدگی: \u{2068}O-0033\u{2069}", false),
            ("\u{2068}O-0004\u{2069}: باقیمانده", false),
            ("\u{200f}\u{2068}\u{2068}p.png\u{2069}\u{2069}", false),
            // Nothing is filled in, so nothing is in its way.
            ("WCO", false),
            ("", false),
        ] {
            let own = directed(Language::Persian, text.to_owned());
            assert_eq!(own, if turned { format!("\u{200f}{text}") } else { text.to_owned() });
            assert_eq!(directed(Language::Persian, own.clone()), own, "once is enough");
        }
        let english = "\u{2068}گمرک\u{2069} (\u{2068}O-0033\u{2069})";
        assert_eq!(directed(Language::English, english.to_owned()), format!("\u{200e}{english}"));
        assert_eq!(
            directed(Language::English, "In the hands of: \u{2068}گمرک\u{2069}".to_owned()).chars().next(),
            Some('I')
        );
    }
}
