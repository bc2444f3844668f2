//! An operator's own font for the pages: a WOFF2 file, looked at before it is served.
//!
//! Must not know of: where the file came from, what the pages look like.

use std::fmt;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// What every WOFF2 file begins with (W3C WOFF 2.0, section 4.1).
const SIGNATURE: &[u8] = b"wOF2";
/// Bytes of the header up to and with `length`, the file's own size.
const HEADER_BYTES: usize = 12;

/// A font for the pages.
#[derive(Clone)]
pub struct Font {
    bytes: Bytes,
    path: String,
}

/// Why a file does not do as a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// It is something else.
    #[error("it is no WOFF2 file: it does not begin with wOF2")]
    NotWoff2,
    /// Its header says another length.
    #[error("it has {actual} bytes where its header says {said}: it was cut or changed")]
    Cut {
        /// How long it is.
        actual: usize,
        /// How long it says it is.
        said: usize,
    },
    /// It is too large.
    #[error("it has more than {} bytes, and a page with its font must stay under 100 kB", Font::BYTES_MAX)]
    TooLarge,
}

impl Font {
    /// The largest font: 100 kB less 40 kB for the largest page with its stylesheet, uncompressed.
    pub const BYTES_MAX: usize = 60_000;

    /// A font from a file's bytes.
    ///
    /// # Errors
    /// [`FontError`] when they are no WOFF2 file, cut, or too many.
    pub fn new(bytes: Vec<u8>) -> Result<Self, FontError> {
        if !bytes.starts_with(SIGNATURE) || bytes.len() < HEADER_BYTES {
            return Err(FontError::NotWoff2);
        }
        if bytes.len() > Self::BYTES_MAX {
            return Err(FontError::TooLarge);
        }
        let said = bytes.get(8..HEADER_BYTES).and_then(|length| length.try_into().ok()).map_or(0, u32::from_be_bytes);
        let said = usize::try_from(said).unwrap_or(usize::MAX);
        if said != bytes.len() {
            return Err(FontError::Cut { actual: bytes.len(), said });
        }
        let digest = hex::encode(Sha256::digest(&bytes));
        let path = format!("/assets/font-{}.woff2", digest.get(..16).unwrap_or_default());
        Ok(Self { bytes: bytes.into(), path })
    }

    /// Its file.
    pub(crate) fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// Where it is served: its content is in its name, so it may be kept for ever.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The rule that the stylesheet begins with. The stylesheet asks for the family `Zone` first, which nothing defines without it.
    pub(crate) fn rule(&self) -> String {
        format!(
            "@font-face {{ font-family: Zone; src: url(\"{}\") format(\"woff2\"); font-display: swap; }}\n",
            self.path
        )
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(length: usize) -> Vec<u8> {
        let mut bytes = b"wOF2\0\x01\0\0".to_vec();
        bytes.extend(u32::try_from(length).unwrap().to_be_bytes());
        bytes.resize(length, 7);
        bytes
    }

    #[test]
    fn a_font_is_named_by_its_content() {
        let (one, other) = (Font::new(file(100)).unwrap(), Font::new(file(101)).unwrap());
        assert_ne!(one.path(), other.path());
        assert!(one.rule().contains(one.path()));
    }

    #[test]
    fn what_is_no_font_or_too_large_is_refused() {
        assert_eq!(Font::new(b"wOFF".to_vec()).unwrap_err(), FontError::NotWoff2);
        assert_eq!(Font::new(b"wOF2".to_vec()).unwrap_err(), FontError::NotWoff2);
        assert_eq!(Font::new(file(Font::BYTES_MAX + 1)).unwrap_err(), FontError::TooLarge);
        let mut cut = file(100);
        cut.pop();
        assert_eq!(Font::new(cut).unwrap_err(), FontError::Cut { actual: 99, said: 100 });
        assert!(Font::new(file(Font::BYTES_MAX)).is_ok());
    }
}
