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
    fn long_texts_have_lines() {
        assert_eq!(Lines::of(&Type::Text { max_chars: LINE_CHARS }), Lines::One);
        assert_eq!(Lines::of(&Type::Text { max_chars: LINE_CHARS + 1 }), Lines::Several);
    }
}
