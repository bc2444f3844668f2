//! What a document is, by its bytes: each kind that is taken is walked through to its end. No pixel is decoded.
//!
//! Must not know of: who brought it, what it is for.

use super::{jpeg, pdf, png, webp};
use crate::error::Invalid;

/// A kind of document that is taken.
struct Taken {
    media_type: &'static str,
    /// Whether the bytes begin as one.
    begins: fn(&[u8]) -> bool,
    /// Whether they are one, whole.
    is_whole: fn(&[u8]) -> bool,
}

const TAKEN: [Taken; 4] = [
    Taken { media_type: "application/pdf", begins: pdf::begins, is_whole: pdf::is_whole },
    Taken { media_type: "image/jpeg", begins: jpeg::begins, is_whole: jpeg::is_whole },
    Taken { media_type: "image/png", begins: png::begins, is_whole: png::is_whole },
    Taken { media_type: "image/webp", begins: webp::begins, is_whole: webp::is_whole },
];

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
    if (taken.is_whole)(bytes) { Ok(()) } else { Err(Invalid::Damaged { said }) }
}

/// Whether a picture of this size can be meant, and shown.
pub(super) fn can_be_meant(width: u32, height: u32) -> bool {
    let sides = [width, height].iter().all(|side| (1..=SIDE_MAX).contains(side));
    sides && u64::from(width).saturating_mul(u64::from(height)) <= PIXELS_MAX
}
