//! The files of a zone as text: decoded, numbered, and with lines to count.
//!
//! Must not know of: YAML, CSV, Fluent.

use super::{MAX_FILE_BYTES, MAX_ZONE_BYTES};
use crate::codes;
use crate::problem::Problem;
use crate::span::Span;

/// The files of a zone. A span's `file` is a number in this list.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    /// Whether the text is what the file holds; not when it was too large or not UTF-8.
    sound: bool,
    /// Whether there is such a file at all.
    there: bool,
    line_starts: Vec<u32>,
}

/// A place as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in characters (Unicode scalar values).
    pub column: u32,
}

impl Sources {
    /// Takes the files in, in the order given, with a problem for each that cannot be read as text. A zone that is too large is not read at all.
    pub fn read<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])> + Clone) -> (Self, Vec<Problem>) {
        let total: usize = files.clone().map(|(_, bytes)| bytes.len()).sum();
        let mut problems = Vec::new();
        if total > MAX_ZONE_BYTES {
            problems.push(zone_too_large(files.clone()));
            let unread = files.map(|(path, _)| Source::new(path, String::new(), false));
            return (Self(unread.collect()), problems);
        }
        let sources = files.zip(0..).map(|((path, bytes), file)| Source::read(file, path, bytes, &mut problems));
        (Self(sources.collect()), problems)
    }

    /// One text that is read already, as file 0.
    #[must_use]
    pub fn of(path: &str, text: &str) -> Self {
        Self(vec![Source::new(path, text.to_owned(), true)])
    }

    /// The file of that number.
    #[must_use]
    pub fn get(&self, file: u32) -> Option<&Source> {
        self.0.get(usize::try_from(file).ok()?)
    }

    /// The number of the file at that path, if it is there.
    #[must_use]
    pub fn number(&self, path: &str) -> Option<u32> {
        self.iter().find(|(_, source)| source.path == path && source.there).map(|(file, _)| file)
    }

    /// The number of the file at that path. One that is not there gets a number too, and no text: its absence has a place to be told at.
    pub fn expect(&mut self, path: &str) -> u32 {
        if let Some((file, _)) = self.iter().find(|(_, source)| source.path == path) {
            return file;
        }
        let file = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push(Source { there: false, ..Source::new(path, String::new(), false) });
        file
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Source)> {
        (0..).zip(&self.0)
    }

    /// The text under a span; empty when it lies in no file.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        let range = span.start as usize..span.end as usize;
        self.get(span.file).and_then(|source| source.text.get(range)).unwrap_or("")
    }
}

impl Source {
    fn new(path: &str, text: String, sound: bool) -> Self {
        let breaks = text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { path: path.to_owned(), text, sound, there: true, line_starts }
    }

    fn read(file: u32, path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Self {
        if bytes.len() > MAX_FILE_BYTES {
            problems.push(codes::TOO_LARGE.problem(
                Span::new(file, 0, 0),
                format!("{path} has more than the {MAX_FILE_BYTES} bytes that a file may have"),
                "split it into smaller files, or check that it is what it should be",
            ));
            return Self::new(path, String::new(), false);
        }
        // A byte order mark says nothing in UTF-8, but spreadsheets write it.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::new(path, text.to_owned(), true),
            Err(error) => {
                let (text, problem) = encoding(file, bytes, error.valid_up_to());
                problems.push(problem);
                Self::new(path, text, false)
            }
        }
    }

    /// Its path in the zone, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text, without a byte order mark; what could be read of it when it is not sound.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether its text may be parsed.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.sound
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).map_or(0, |start| *start as usize);
        let before = self.text.get(start..).unwrap_or("");
        let width = (offset as usize).saturating_sub(start);
        let column = before.char_indices().take_while(|(at, _)| *at < width).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(column).saturating_add(1) }
    }
}

/// A zone that is too large as a whole. What was read of it may be cut off, so no file of it can be blamed.
fn zone_too_large<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])> + Clone) -> Problem {
    let count = files.clone().count();
    let place = (0..).zip(files).find(|(_, (path, _))| *path == "zone.yaml").map_or(0, |(file, _)| file);
    codes::TOO_LARGE.problem(
        Span::new(place, 0, 0),
        format!("the zone has more than the {MAX_ZONE_BYTES} bytes that it may have, in {count} files"),
        "move out of the folder what is no definition",
    )
}

/// Names the encoding that was probably meant, and keeps the text legible as far as it is UTF-8.
fn encoding(file: u32, bytes: &[u8], valid: usize) -> (String, Problem) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let offset = u32::try_from(valid).unwrap_or(u32::MAX);
    let after = text.get(valid..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let span = Span::new(file, offset, offset.saturating_add(u32::try_from(after).unwrap_or(0)));
    let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
    let message = match likely_encoding(bytes) {
        Some(name) => format!("line {line} is not UTF-8; the file looks like {name}"),
        None => format!("line {line} is not UTF-8"),
    };
    let help = "save the file as UTF-8; in a spreadsheet choose \"CSV UTF-8 (comma delimited)\"";
    (text, codes::ENCODING.problem(span, message, help))
}

fn likely_encoding(bytes: &[u8]) -> Option<&'static str> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).take(512).filter(|byte| **byte == 0).count();
    if bytes.starts_with(b"\xff\xfe") || zeros(1) > 8 {
        return Some("UTF-16 (little endian)");
    }
    if bytes.starts_with(b"\xfe\xff") || zeros(0) > 8 {
        return Some("UTF-16 (big endian)");
    }
    let high: Vec<u8> = bytes.iter().copied().filter(|byte| *byte >= 0x80).collect();
    let arabic = high.iter().filter(|byte| is_windows_1256_letter(**byte)).count();
    (arabic * 10 >= high.len() * 7).then_some("Windows-1256 (Arabic, Persian)")
}

/// Whether the byte is an Arabic or Persian letter in Windows-1256 (Microsoft's table cp1256), and not a Latin one.
const fn is_windows_1256_letter(byte: u8) -> bool {
    matches!(byte,
        0x81 | 0x8a | 0x8d..=0x90 | 0x98 | 0x9a | 0x9d | 0x9f | 0xaa | 0xc0..=0xd6 | 0xd8..=0xdf | 0xe1 | 0xe3..=0xe6 | 0xec | 0xed)
}
