//! Where a piece of a definition was written: a range of bytes in a numbered file.
//!
//! Must not know what the text means, nor how files are found or read.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, in the file with number `file`.
///
/// The numbers are handed out by whoever loads the files; a span is only meaningful beside that list. There is no default one: it would be a place
/// in the first file, which is to blame for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Number of the file in the loader's list.
    pub file: u32,
    /// Offset in bytes of the first byte.
    pub start: u32,
    /// Offset in bytes just past the last byte; never below `start`.
    pub end: u32,
}

impl Span {
    /// The span `start..end` of file `file`, in bytes.
    #[must_use]
    pub const fn new(file: u32, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The beginning of file `file`, for what concerns the whole of it.
    #[must_use]
    pub const fn start_of(file: u32) -> Self {
        Self::new(file, 0, 0)
    }
}

/// A value together with the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stood.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value` as read at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
