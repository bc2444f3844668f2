//! Which characters may stand in what people write: the one place that says so, for facts, notes, reasons and names.
//!
//! Must not know of: what a text is for.

use super::{Type, ValueError};

/// A text that may be longer than this may have several lines; a shorter one is a name, a number or an address, and stands in one.
pub const LINE_CHARS: u32 = 200;

/// Whether a text may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// As many as it needs.
    Several,
}

impl Lines {
    /// How many lines a text of type `of` may have.
    #[must_use]
    pub const fn of(of: &Type) -> Self {
        match of {
            Type::Text { max_chars } if *max_chars > LINE_CHARS => Self::Several,
            _ => Self::One,
        }
    }
}

/// Whether `text` is without characters that turn the direction of what stands around it (Unicode Standard Annex 9, section 2), and without control
/// characters; a text of several lines may have line breaks and tabs.
///
/// # Errors
/// [`ValueError::TurnsDirection`], [`ValueError::Control`].
pub fn writable(text: &str, lines: Lines) -> Result<(), ValueError> {
    if text.chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')) {
        return Err(ValueError::TurnsDirection);
    }
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
    let allowed = |c: char| match lines {
        Lines::One => !c.is_control() && !breaks(c),
        Lines::Several => !c.is_control() || breaks(c),
    };
    if text.chars().all(allowed) { Ok(()) } else { Err(ValueError::Control { lines }) }
}

/// The first character of a text of several lines that may not stand in it: [`writable`] says why.
#[must_use]
pub fn disguised(text: &str) -> Option<char> {
    text.chars().find(|c| writable(c.encode_utf8(&mut [0; 4]), Lines::Several).is_err())
}

/// Whether nothing of `text` can be seen: blanks, and what a reader's font is to show nothing for (Unicode's property
/// `Default_Ignorable_Code_Point`, and the empty Braille pattern).
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{2800}' || is_ignorable(c))
}

const fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_in_long_texts_and_control_characters_in_none() {
        for (text, one, several) in [
            ("", true, true),
            ("شرکت نمونه\u{200c}ای", true, true),
            ("a\nb", false, true),
            ("a\r\n\tb", false, true),
            ("a\u{2028}b", false, true),
            ("a\u{0}b", false, false),
            ("a\u{1b}[31mb", false, false),
            ("a\u{7f}", false, false),
            ("a\u{85}", false, false),
            ("\u{202e}abc", false, false),
            ("\u{2066}abc", false, false),
        ] {
            assert_eq!(writable(text, Lines::One).is_ok(), one, "{text:?}");
            assert_eq!(writable(text, Lines::Several).is_ok(), several, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_blank() {
        for c in "\u{AD}\u{3164}\u{2800}\u{180E}\u{FE0F}\u{34F}\u{61C}\u{200C} \u{A0}\n".chars() {
            assert!(is_blank(&c.to_string()), "{c:?}");
        }
        assert!(is_blank("") && !is_blank("\u{200B}-") && !is_blank("آ\u{FE0F}"));
        assert_eq!((disguised("شرکت\u{200c}ها\n"), disguised("a\u{2066}b")), (None, Some('\u{2066}')));
    }

    #[test]
    fn long_texts_have_lines() {
        assert_eq!(Lines::of(&Type::Text { max_chars: LINE_CHARS }), Lines::One);
        assert_eq!(Lines::of(&Type::Text { max_chars: LINE_CHARS + 1 }), Lines::Several);
    }
}
