//! What a document is, by its bytes: each kind that is taken is walked through to its end. No pixel is decoded.
//!
//! Must not know of: who brought it, what it is for.

use super::{jpeg, message, pdf, png, webp};
use crate::error::Invalid;

/// A kind of document that is taken.
struct Taken {
    media_type: &'static str,
    /// Whether the bytes begin as one.
    begins: fn(&[u8]) -> bool,
    /// Whether they are one, whole.
    is_whole: fn(&[u8]) -> bool,
    /// Whether nobody can open them without a password.
    is_encrypted: fn(&[u8]) -> bool,
}

/// UN/EDIFACT (RFC 1767, section 1).
const EDIFACT: &str = "application/edifact";

const TAKEN: [Taken; 6] = [
    Taken {
        media_type: "application/pdf",
        begins: pdf::begins,
        is_whole: pdf::is_whole,
        is_encrypted: pdf::is_encrypted,
    },
    picture("image/jpeg", jpeg::begins, jpeg::is_whole),
    picture("image/png", png::begins, png::is_whole),
    picture("image/webp", webp::begins, webp::is_whole),
    Taken {
        media_type: "application/xml",
        begins: message::begins,
        // Where it ends too early, the function that reads it says on which line, and what to do.
        is_whole: |_| true,
        is_encrypted: |_| false,
    },
    Taken {
        media_type: EDIFACT,
        begins: customs::edifact::is_interchange,
        // As with XML.
        is_whole: |_| true,
        is_encrypted: |_| false,
    },
];

/// No picture has a password.
const fn picture(media_type: &'static str, begins: fn(&[u8]) -> bool, is_whole: fn(&[u8]) -> bool) -> Taken {
    Taken { media_type, begins, is_whole, is_encrypted: |_| false }
}

/// A media type by the name under which it is taken: XML has two (RFC 7303, section 9.2), and browsers say either.
pub fn media_type(said: &str) -> &str {
    match said {
        "text/xml" => "application/xml",
        said if said.eq_ignore_ascii_case(EDIFACT) => EDIFACT,
        said => said,
    }
}

/// The media types of the documents that are taken.
pub fn media_types() -> impl Iterator<Item = &'static str> {
    TAKEN.iter().map(|taken| taken.media_type)
}

/// The media type of a file that a browser sends: most know none for the endings of messages, and then its beginning tells what it is.
pub fn media_type_of<'s>(said: &'s str, bytes: &[u8]) -> &'s str {
    let unknown = matches!(said, "" | "application/octet-stream" | "text/plain");
    let message = || TAKEN.iter().filter(|taken| matches!(taken.media_type, "application/xml" | EDIFACT));
    let told = || message().find(|taken| (taken.begins)(bytes)).map(|taken| taken.media_type);
    if unknown { told().unwrap_or(said) } else { media_type(said) }
}

/// The longest side of a picture, in pixels: all that JPEG can say.
const SIDE_MAX: u32 = 65_535;
/// The most pixels: an A0 plan scanned at 600 dpi has 558 million. A file of a few kilobytes that says more would fill its reader's memory.
const PIXELS_MAX: u64 = 600_000_000;

/// Whether a document is what it says it is.
///
/// # Errors
/// What is wrong with it.
pub fn judge_document(media_type: &str, bytes: &[u8]) -> Result<(), Invalid> {
    let said = media_type.to_owned();
    let Some(taken) = TAKEN.iter().find(|taken| taken.media_type == media_type) else {
        return Err(Invalid::NotTaken { said });
    };
    if bytes.is_empty() {
        return Err(Invalid::Empty);
    }
    if !(taken.begins)(bytes) {
        let looks_like = TAKEN.iter().find(|taken| (taken.begins)(bytes)).map(|taken| taken.media_type);
        return Err(Invalid::NotWhatItSays { said, looks_like });
    }
    if (taken.is_encrypted)(bytes) {
        return Err(Invalid::Encrypted);
    }
    if (taken.is_whole)(bytes) { Ok(()) } else { Err(Invalid::Damaged { said }) }
}

/// What follows ASCII white space and zeros: such as a line's end, which says nothing and hides nothing.
pub(super) fn without_padding(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte != 0 && !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}

/// Whether a picture of this size can be meant, and shown.
pub(super) fn can_be_meant(width: u32, height: u32) -> bool {
    let sides = [width, height].iter().all(|side| (1..=SIDE_MAX).contains(side));
    sides && u64::from(width).saturating_mul(u64::from(height)) <= PIXELS_MAX
}
