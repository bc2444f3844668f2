//! The text in the QR code: a prefix and base45 (RFC 9285) of the zlib-packed message.
//!
//! It knows nothing of what the message says.

use std::borrow::Cow;

use crate::certificate::MESSAGE_BYTES_MAX;
use crate::fault::{Fault, Malformed, Place};
use crate::packed;

/// What every text begins with: Panjereh, version 1.
///
/// It is not `HC1:`, so that a reader of health certificates does not take ours for a damaged one
/// of its own. All four characters are in the QR alphanumeric set, which keeps the code small, and
/// the digit lets a later format be told from this one before anything is decoded.
pub const PREFIX: &str = "PJ1:";

/// The longest text that is looked at, in characters: three for each two bytes of the largest
/// message packed as stored blocks, and the prefix.
pub const TEXT_CHARS_MAX: usize = PREFIX.len() + (MESSAGE_BYTES_MAX + 64) * 3 / 2;

/// The message goes in uncompressed. Keys, hashes, signatures and proofs do not shrink: compressing
/// saved 3 % on whole certificates, nothing on short ones. In return one certificate has one text,
/// and every bit of it is checked; a compressed stream can say the same in several ways.
pub(crate) fn encode(message: &[u8]) -> String {
    format!("{PREFIX}{}", base45::encode(packed::store(message)))
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Malformed> {
    let text = bare(text);
    if text.len() > TEXT_CHARS_MAX {
        let fault = Fault::TooLong { limit: TEXT_CHARS_MAX };
        return Err(Malformed::new(Place::Text(TEXT_CHARS_MAX), fault));
    }
    let text = unwrapped(text);
    let body = text.strip_prefix(PREFIX).ok_or(Malformed::new(Place::Text(0), Fault::WrongPrefix))?;
    packed::unpack(&strict_base45(body)?, MESSAGE_BYTES_MAX).map_err(|fault| Malformed::new(Place::Compressed, fault))
}

/// The text without what editors, pages and keyboards put around it: blanks, a byte order mark, marks of direction. No certificate begins or ends with a
/// blank: base45 has one, but the last character of a text stands for no more than 32.
pub(crate) fn bare(text: &str) -> &str {
    let mark = |c: char| matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    text.trim_matches(|c: char| c.is_whitespace() || mark(c))
}

/// The text without the line breaks that mail puts into what is long. Base45 has none, so that nothing of the certificate is lost.
fn unwrapped(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\n']) { Cow::Owned(text.replace(['\r', '\n'], "")) } else { Cow::Borrowed(text) }
}

/// Decodes group by group: the crate takes a last pair above 255 (RFC 9285 section 6 forbids it),
/// and a group that does not come back as it was names its place.
fn strict_base45(body: &str) -> Result<Vec<u8>, Malformed> {
    let mut out = Vec::with_capacity(body.len() * 2 / 3 + 1);
    for (group, chars) in body.as_bytes().chunks(3).enumerate() {
        let bytes = base45::decode(chars)
            .ok()
            .filter(|bytes| base45::encode(bytes).as_bytes() == chars)
            .ok_or(Malformed::new(Place::Text(PREFIX.len() + group * 3), Fault::NotBase45))?;
        out.extend(bytes);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9285 sections 4.3 and 4.4.
    #[test]
    fn the_examples_of_rfc_9285() {
        for (plain, coded) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(base45::encode(plain), coded);
            assert_eq!(strict_base45(coded), Ok(plain.as_bytes().to_vec()));
        }
    }

    #[test]
    fn a_text_that_was_wrapped_is_the_same() {
        let text = encode(b"what a certificate says, which is long enough for lines");
        let wrapped = format!("{}\r\n{}\n{}\r\n", &text[..2], &text[2..31], &text[31..]);
        assert_eq!(decode(&wrapped), decode(&text));
        assert!(decode(&text.replace("PJ1:", "PJ1: ")).is_err());
    }

    #[test]
    fn what_stands_around_a_text_is_no_part_of_it() {
        let text = encode(b"what a certificate says");
        for (before, after) in
            [("\u{feff}", "\n"), (" \t\r\n", "  "), ("\u{2068}", "\u{2069}"), ("\u{202a}\u{200f}", "\u{202c}\u{200b}")]
        {
            assert_eq!(decode(&format!("{before}{text}{after}")), decode(&text), "{before:?} {after:?}");
        }
        assert!(decode(&text.replace("PJ1:", "PJ1\u{200b}:")).is_err(), "inside it is a change");
    }

    /// RFC 9285 section 6: `GGW` is 65,536, and so is refused; `::` as a pair is 2,024.
    #[test]
    fn what_rfc_9285_forbids() {
        assert_eq!(strict_base45("FGW"), Ok(vec![0xff, 0xff]));
        for (bad, at) in [("GGW", 4), ("BB8::", 7), ("BB8A", 7), ("BB8bb8", 7), ("BB8آ", 7)] {
            assert_eq!(strict_base45(bad), Err(Malformed::new(Place::Text(at), Fault::NotBase45)), "{bad}");
        }
    }
}
