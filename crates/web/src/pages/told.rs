//! Texts in which ids stand, as HTML: an id keeps its own direction, does not turn the sentence around it, and is not broken at its hyphens.
//!
//! Must not know of: what the texts say.

use askama::filters::{Escaper as _, Html, HtmlSafeOutput};

use super::context::Context;
use super::direction::{ISOLATE, POP};

/// The longest id that is kept in one line: a telephone shows as many characters.
const ID_CHARS_MAX: usize = 32;

impl Context<'_> {
    /// A text as HTML, with each id in an element that is isolated and set from left to right in one piece (`bdi[dir=ltr]` in the style).
    pub(crate) fn told(&self, text: impl AsRef<str>) -> HtmlSafeOutput<String> {
        HtmlSafeOutput(told(text.as_ref()))
    }
}

fn told(text: &str) -> String {
    let mut html = String::with_capacity(text.len().saturating_mul(2));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(ISOLATE) {
        tell(&mut html, before);
        match after.split_once(POP) {
            // A list of ids goes in the sentence's direction; isolated as a whole it would go in that of its first id.
            Some((inner, behind)) if !inner.contains(ISOLATE) && is_of_ids(inner) => {
                tell(&mut html, inner);
                rest = behind;
            }
            _ => {
                html.push(ISOLATE);
                rest = after;
            }
        }
    }
    tell(&mut html, rest);
    html
}

/// Ids and what stands between them.
fn tell(html: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let (word, others) = split(rest, is_of_word);
        let (between, behind) = split(others, |own| !is_of_word(own));
        if is_id(word) {
            html.push_str(&format!("<bdi dir=\"ltr\">{word}</bdi>"));
        } else {
            escape(html, word);
        }
        escape(html, between);
        rest = behind;
    }
}

fn escape(html: &mut String, text: &str) {
    // Writing to a string does not fail.
    Html.write_escaped_str(&mut *html, text).unwrap_or_default();
}

/// The longest beginning of which all characters are so, and the rest.
fn split(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|own| !is(own)).unwrap_or(text.len()))
}

fn is_of_word(own: char) -> bool {
    own.is_alphanumeric() || own == '-' || own == '_'
}

/// Groups of ASCII capitals and digits with hyphens between: persons, officers, records, references of cases. What looks the same, such as SHA-256,
/// may as well stay in one piece.
fn is_id(word: &str) -> bool {
    let is_group =
        |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    word.len() <= ID_CHARS_MAX && word.contains('-') && word.split('-').all(is_group)
}

/// Whether nothing else has a direction in it.
fn is_of_ids(text: &str) -> bool {
    let words: Vec<&str> = text.split(|own| !is_of_word(own)).filter(|word| !word.is_empty()).collect();
    !words.is_empty() && words.into_iter().all(is_id)
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn ids_stand_alone_and_everything_else_as_it_was() {
        for (text, html) in [
            ("", ""),
            ("سلام", "سلام"),
            ("\u{2068}O-0004\u{2069}: باقیمانده", "<bdi dir=\"ltr\">O-0004</bdi>: باقیمانده"),
            (
                "از میان: \u{2068}O-0001، O-0002\u{2069}",
                "از میان: <bdi dir=\"ltr\">O-0001</bdi>، <bdi dir=\"ltr\">O-0002</bdi>",
            ),
            (
                "\u{2068}Orchard Trading (C-0002)\u{2069}",
                "\u{2068}Orchard Trading (<bdi dir=\"ltr\">C-0002</bdi>)\u{2069}",
            ),
            // An isolate in another one ends before it.
            (
                "\u{2068}\u{200f}\u{2068}O-0033\u{2069} (\u{2068}گمرک\u{2069})\u{2069}",
                "\u{2068}\u{200f}<bdi dir=\"ltr\">O-0033</bdi> (\u{2068}گمرک\u{2069})\u{2069}",
            ),
            ("2PE0-HS6J-50Q2.", "<bdi dir=\"ltr\">2PE0-HS6J-50Q2</bdi>."),
            ("\u{2068}\u{2069} and \u{2068}open", "\u{2068}\u{2069} and \u{2068}open"),
            // No ids: words, signs, what is too long, half of one.
            ("free-zone A- -1 O--1 o-0001 x_O-1 ماکو-O-1", "free-zone A- -1 O--1 o-0001 x_O-1 ماکو-O-1"),
            ("A-11111111111111111111111111111111", "A-11111111111111111111111111111111"),
        ] {
            assert_eq!(told(text), html, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_said_becomes_markup() {
        let said = told("<b>O-0001</b>&\"'\u{2068}<i>A-1\u{2069}</i>");
        assert_eq!(said.matches('<').count(), 4, "{said}");
        assert!(said.replace("<bdi dir=\"ltr\">", "").replace("</bdi>", "").chars().all(|own| own != '<'), "{said}");
        assert!(said.contains("<bdi dir=\"ltr\">O-0001</bdi>") && said.contains("&#60;b"), "{said}");
    }
}
