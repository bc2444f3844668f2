//! Reads a cell as S-FEEL unary tests of the column's type (DMN 1.5, section 9.1, rules 7 to 16).
//!
//! Beyond S-FEEL, for people: codes and ISO dates need no quotes, and digits may be Persian or Arabic. The type
//! decides how a literal is read, so `01-02` is a code in one column and a mistake in another.
//! Must not know rows, hit policies or where the text came from.

use super::axis::Axis;
use super::compile::MAX_ROWS;
use super::error::{CellError, CellErrorKind, Expected};
use super::unary::{Test, UnaryTests};
use crate::span::{Span, Spanned};
use crate::value::{Kind, Value, ValueError, fold_digits, parse_date, parse_decimal};

/// A mistake between two byte offsets of the cell.
struct Slip {
    start: usize,
    end: usize,
    kind: CellErrorKind,
}

type Read<T> = Result<T, Slip>;

/// The tests of `cell` for a column on `axis`.
pub(super) fn read(axis: &Axis, cell: &Spanned<String>) -> Result<UnaryTests, CellError> {
    let mut reader = Reader { text: &cell.value, at: 0, axis };
    reader.cell().map_err(|slip| CellError { span: narrowed(cell, slip.start, slip.end), kind: slip.kind })
}

/// The part `start..end` of the cell, if the file holds the cell's text as it is; a cell with doubled quotes does not.
fn narrowed(cell: &Spanned<String>, start: usize, end: usize) -> Span {
    let Span { file, start: first, end: last } = cell.span;
    let verbatim = last.checked_sub(first).is_some_and(|len| len as usize == cell.value.len());
    match (u32::try_from(start), u32::try_from(end)) {
        (Ok(start), Ok(end)) if verbatim && start < end => Span::new(file, first + start, first + end),
        _ => cell.span,
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Offset in bytes of what is not read yet; always on a character's edge.
    at: usize,
    axis: &'a Axis,
}

impl<'a> Reader<'a> {
    fn cell(&mut self) -> Read<UnaryTests> {
        let whole = self.text.trim_matches(is_blank);
        match whole {
            "" => return Err(self.slip(0, CellErrorKind::Empty)),
            "-" => return Ok(UnaryTests::Any),
            _ => {}
        }
        if self.axis.value_kind() == Kind::Code && !whole.starts_with('"') {
            // A bare code may hold any character if it is all that the cell says.
            if let Ok(code) = self.code(whole) {
                return Ok(UnaryTests::In(vec![Test::Is(code)]));
            }
        }
        if !self.takes_call("not") {
            return self.tests().and_then(|tests| self.end(UnaryTests::In(tests)));
        }
        let tests = self.tests()?;
        if !self.takes(")") {
            return Err(self.unexpected(Expected::Parenthesis));
        }
        self.end(UnaryTests::NotIn(tests))
    }

    fn end(&mut self, read: UnaryTests) -> Read<UnaryTests> {
        self.skip_blanks();
        if self.rest().is_empty() { Ok(read) } else { Err(self.unexpected(Expected::CommaOrEnd)) }
    }

    fn tests(&mut self) -> Read<Vec<Test>> {
        let mut tests = vec![self.test()?];
        while self.takes(",") {
            if tests.len() == MAX_ROWS {
                return Err(self.slip(self.at, CellErrorKind::TooManyTests));
            }
            tests.push(self.test()?);
        }
        Ok(tests)
    }

    fn test(&mut self) -> Read<Test> {
        type Make = fn(Value) -> Test;
        const ORDERED: [(&str, Make); 4] =
            [("<=", Test::AtMost), (">=", Test::AtLeast), ("<", Test::Less), (">", Test::More)];
        self.skip_blanks();
        let start = self.at;
        if self.takes("!=") {
            return self.literal().map(Test::IsNot);
        }
        if self.takes("=") {
            return self.literal().map(Test::Is);
        }
        for (sign, make) in ORDERED {
            if self.takes(sign) {
                self.needs_order(start)?;
                return self.literal().map(make);
            }
        }
        if self.takes("[") {
            return self.range(start, true);
        }
        if self.takes("(") || self.takes("]") {
            return self.range(start, false);
        }
        self.literal().map(Test::Is)
    }

    /// The rest of a range whose opening bracket, at `start`, is read.
    fn range(&mut self, start: usize, low_included: bool) -> Read<Test> {
        self.needs_order(start)?;
        let low = self.literal()?;
        if !self.takes("..") {
            return Err(self.unexpected(Expected::Dots));
        }
        let high = self.literal()?;
        let high_included = self.takes("]");
        if !high_included && !self.takes(")") && !self.takes("[") {
            return Err(self.unexpected(Expected::RangeEnd));
        }
        Ok(Test::Between { low, low_included, high, high_included })
    }

    fn needs_order(&self, start: usize) -> Read<()> {
        let kind = self.axis.value_kind();
        if self.axis.is_ordered() { Ok(()) } else { Err(self.slip(start, CellErrorKind::NoOrder { kind })) }
    }

    fn literal(&mut self) -> Read<Value> {
        self.skip_blanks();
        let start = self.at;
        let value = match self.axis.value_kind() {
            Kind::Bool => self.boolean(),
            Kind::Code if self.rest().starts_with('"') => {
                let text = self.string()?;
                self.axis.code(&text)
            }
            Kind::Code => {
                let text = self.word(|c| !matches!(c, ',' | ')'))?.trim_end_matches(is_blank);
                self.code(text)
            }
            Kind::Date => return self.date(start),
            _ => self.number()?,
        };
        value.map_err(|error| self.slip(start, CellErrorKind::Literal(error)))
    }

    /// The code written `text`, or written so with folded digits.
    fn code(&self, text: &str) -> Result<Value, ValueError> {
        self.axis.code(text).or_else(|error| self.axis.code(&fold_digits(text)).map_err(|_| error))
    }

    fn boolean(&mut self) -> Result<Value, ValueError> {
        let text = self.word(char::is_alphanumeric).unwrap_or_default();
        match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(ValueError::Malformed { expected: Kind::Bool, text: text.to_owned() }),
        }
    }

    fn number(&mut self) -> Read<Result<Value, ValueError>> {
        let rest = self.rest();
        let mut length = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let sign = at == 0 && matches!(c, '-' | '\u{2212}');
            // One dot is a decimal point if a digit follows; two are the middle of a range.
            let point = matches!(c, '.' | '\u{66b}') && chars.peek().is_some_and(|(_, next)| is_digit(*next));
            if !(sign || point || is_digit(c) || c == '\u{66c}') {
                break;
            }
            length = at + c.len_utf8();
        }
        let text = rest.get(..length).filter(|t| !t.is_empty()).ok_or_else(|| self.unexpected(Expected::Literal))?;
        self.at += length;
        // What is equal is written, and hashed, alike.
        Ok(parse_decimal(text).and_then(|decimal| self.axis.numeric(decimal.normalize())))
    }

    /// `@"2026-11-23"`, `date("2026-11-23")` or `2026-11-23`.
    fn date(&mut self, start: usize) -> Read<Value> {
        let text = if self.takes("@") {
            self.string()?
        } else if self.takes_call("date") {
            let text = self.string()?;
            if !self.takes(")") {
                return Err(self.unexpected(Expected::Parenthesis));
            }
            text
        } else {
            self.word(|c| is_digit(c) || c == '-')?.to_owned()
        };
        let date = parse_date(&text).and_then(|date| self.axis.encode(&Value::Date(date)).map(|_| date));
        date.map(Value::Date).map_err(|error| self.slip(start, CellErrorKind::Literal(error)))
    }

    /// A quoted string with FEEL's escapes (DMN 1.5, section 10.3.1.2, rule 64).
    fn string(&mut self) -> Read<String> {
        self.skip_blanks();
        let (text, length) = match unquote(self.rest()) {
            Unquoted::Whole(text, length) => (text, length),
            Unquoted::Unended => {
                let start = self.at;
                self.at = self.text.len();
                return Err(self.syntax(start, Expected::Quote, String::new()));
            }
            Unquoted::Bare => return Err(self.unexpected(Expected::Literal)),
        };
        self.at += length;
        Ok(text)
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> Read<&'a str> {
        self.skip_blanks();
        let rest = self.rest();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let word = rest.get(..length).filter(|w| !w.trim_matches(is_blank).is_empty());
        let word = word.ok_or_else(|| self.unexpected(Expected::Literal))?;
        self.at += length;
        Ok(word)
    }

    /// Takes `name` and the parenthesis that opens after it, or nothing.
    fn takes_call(&mut self, name: &str) -> bool {
        let before = self.at;
        let called = self.takes(name) && self.takes("(");
        if !called {
            self.at = before;
        }
        called
    }

    fn takes(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let there = self.rest().starts_with(token);
        if there {
            self.at += token.len();
        }
        there
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn unexpected(&mut self, expected: Expected) -> Slip {
        self.skip_blanks();
        let found: String = self.rest().chars().take(20).collect();
        let start = self.at;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        self.syntax(start, expected, found)
    }

    fn syntax(&self, start: usize, expected: Expected, found: String) -> Slip {
        self.slip(start, CellErrorKind::Syntax { expected, found })
    }

    fn slip(&self, start: usize, kind: CellErrorKind) -> Slip {
        Slip { start, end: self.at, kind }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// White space, and the direction marks that right-to-left editors leave between tokens.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
}

/// The FEEL string at the beginning of `text` and the bytes that it takes with its quotes.
pub(crate) fn quoted(text: &str) -> Option<(String, usize)> {
    match unquote(text) {
        Unquoted::Whole(inner, length) => Some((inner, length)),
        Unquoted::Unended | Unquoted::Bare => None,
    }
}

/// What stands at the beginning of a text that may begin with a string.
pub(super) enum Unquoted {
    /// A string, and the bytes that it takes with its quotes.
    Whole(String, usize),
    /// A string whose end is missing.
    Unended,
    /// No string.
    Bare,
}

/// Reads the FEEL string at the beginning of `text`. An unknown escape stands for itself.
pub(super) fn unquote(text: &str) -> Unquoted {
    let Some(inner) = text.strip_prefix('"') else { return Unquoted::Bare };
    let mut read = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Unquoted::Whole(read, at + 2),
            '\\' => match chars.next() {
                Some((_, 'n')) => read.push('\n'),
                Some((_, 'r')) => read.push('\r'),
                Some((_, 't')) => read.push('\t'),
                Some((_, same @ ('"' | '\\' | '\''))) => read.push(same),
                Some((_, other)) => read.extend(['\\', other]),
                None => return Unquoted::Unended,
            },
            other => read.push(other),
        }
    }
    Unquoted::Unended
}
