//! The words of a PDF (ISO 32000-2, sections 7.2 and 7.3): as much as it takes to read what stands in a dictionary.
//!
//! Must not know of: which dictionaries there are.

use std::borrow::Cow;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word<'b> {
    /// `<<` or `[`.
    Open,
    /// `>>` or `]`.
    Close,
    /// `/Name`, without the stroke, escapes read.
    Name(Cow<'b, [u8]>),
    /// `(text)` or `<hex>`.
    Text,
    /// A number or a keyword.
    Plain(&'b [u8]),
}

impl Word<'_> {
    /// A whole number that is not negative.
    pub(super) fn number(&self) -> Option<usize> {
        let Self::Plain(digits) = self else { return None };
        // Else a sign would do.
        let digits = Some(digits).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }
}

/// A dictionary's keys, each with the first word of its value.
#[derive(Debug)]
pub(super) struct Dictionary<'b>(Vec<(Cow<'b, [u8]>, Word<'b>)>);

impl<'b> Dictionary<'b> {
    pub(super) fn get(&self, key: &[u8]) -> Option<&Word<'b>> {
        self.0.iter().find(|(own, _)| own.as_ref() == key).map(|(_, value)| value)
    }

    pub(super) fn has_name(&self, key: &[u8], name: &[u8]) -> bool {
        matches!(self.get(key), Some(Word::Name(own)) if own.as_ref() == name)
    }

    /// A number, or the reference to an object, which begins with one.
    pub(super) fn has_number(&self, key: &[u8]) -> bool {
        self.get(key).is_some_and(|value| value.number().is_some())
    }
}

/// Words, one after the other.
pub(super) struct Words<'b> {
    rest: &'b [u8],
}

impl<'b> Words<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes were not read.
    pub(super) fn left_bytes(&self) -> usize {
        self.rest.len()
    }

    /// Whether nothing but white space and comments is left.
    pub(super) fn is_over(&mut self) -> bool {
        self.skip_space();
        self.rest.is_empty()
    }

    /// The dictionary that begins here; none where there is no whole one.
    pub(super) fn dictionary(&mut self) -> Option<Dictionary<'b>> {
        self.skip_space();
        if !self.rest.starts_with(b"<<") {
            return None;
        }
        self.next()?;
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                Word::Close => return Some(Dictionary(entries)),
                Word::Name(key) => {
                    let value = self.next()?;
                    match value {
                        Word::Close => return None,
                        Word::Open => self.skip_to_close()?,
                        _ => {}
                    }
                    entries.push((key, value));
                }
                // The rest of a reference, such as `0 R`.
                Word::Plain(_) => {}
                Word::Open | Word::Text => return None,
            }
        }
    }

    fn skip_to_close(&mut self) -> Option<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Word::Open => depth = depth.saturating_add(1),
                Word::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Some(())
    }

    /// The next word; none at the end, or where there is none of the language.
    pub(super) fn next(&mut self) -> Option<Word<'b>> {
        self.skip_space();
        let (word, rest) = match self.rest {
            [b'<', b'<', rest @ ..] | [b'[', rest @ ..] => (Some(Word::Open), rest),
            [b'>', b'>', rest @ ..] | [b']', rest @ ..] => (Some(Word::Close), rest),
            [b'<', rest @ ..] => after_hex(rest),
            [b'(', rest @ ..] => after_text(rest),
            [b'/', rest @ ..] => {
                let (name, rest) = regular(rest);
                (Some(Word::Name(unescaped(name))), rest)
            }
            rest => {
                let (word, rest) = regular(rest);
                ((!word.is_empty()).then_some(Word::Plain(word)), rest)
            }
        };
        self.rest = rest;
        word
    }

    fn skip_space(&mut self) {
        loop {
            let is_space = |byte: &u8| matches!(byte, 0 | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ');
            let end = self.rest.iter().position(|byte| !is_space(byte)).unwrap_or(self.rest.len());
            self.rest = self.rest.get(end..).unwrap_or_default();
            if !self.rest.starts_with(b"%") {
                return;
            }
            let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(self.rest.len());
            self.rest = self.rest.get(end..).unwrap_or_default();
        }
    }
}

/// Regular characters, and what follows them.
fn regular(bytes: &[u8]) -> (&[u8], &[u8]) {
    let is_regular = |byte: &u8| {
        !matches!(byte, 0 | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'%' | b'/')
            && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}')
    };
    let end = bytes.iter().position(|byte| !is_regular(byte)).unwrap_or(bytes.len());
    bytes.split_at(end)
}

fn after_hex(bytes: &[u8]) -> (Option<Word<'static>>, &[u8]) {
    match bytes.iter().position(|byte| !byte.is_ascii_hexdigit() && !byte.is_ascii_whitespace()) {
        Some(end) if bytes.get(end) == Some(&b'>') => {
            (Some(Word::Text), bytes.get(end..).unwrap_or_default().get(1..).unwrap_or_default())
        }
        Some(end) => (None, bytes.get(end..).unwrap_or_default()),
        None => (None, &[]),
    }
}

/// A text ends where its brackets are even; a backslash takes the next byte's meaning away.
fn after_text(bytes: &[u8]) -> (Option<Word<'static>>, &[u8]) {
    let mut depth = 1_usize;
    let mut rest = bytes;
    while depth > 0 {
        rest = match rest {
            [b'\\', _, rest @ ..] => rest,
            [b'(', rest @ ..] => {
                depth = depth.saturating_add(1);
                rest
            }
            [b')', rest @ ..] => {
                depth = depth.saturating_sub(1);
                rest
            }
            [_, rest @ ..] => rest,
            [] => return (None, &[]),
        };
    }
    (Some(Word::Text), rest)
}

/// A name with its escapes read: `#41` is `A` (section 7.3.5).
fn unescaped(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let mut read = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [byte, after @ ..] = rest {
        let escaped = after.first_chunk::<2>().filter(|_| *byte == b'#').and_then(|hex| hex::decode(hex).ok());
        read.push(escaped.as_deref().and_then(<[u8]>::first).copied().unwrap_or(*byte));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    Cow::Owned(read)
}
