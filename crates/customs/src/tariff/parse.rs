//! Reads duty expressions as tariffs write them: `15.40% + 265.20 EUR / 100 kg`, `10.0% MIN 22.00 GBP/100kg MAX 56.00 GBP/100kg`.
//!
//! Must not know of: files. What is left open by an expression (`Entry Price`, `EA`, which stand for tables of their own) is refused, never guessed.

use definition::value::{Decimal, fold_digits};

use super::expression::{Bounded, Component, Expression, Season};
use super::unit::{Per, Unit};

/// Why a text is not read as an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionFault {
    /// There is nothing.
    #[error("the expression is empty")]
    Empty,
    /// Something else is due here.
    #[error("{expected} should stand where there is `{found}`")]
    Expected {
        /// What is due.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A part that another table decides.
    #[error("`{text}` stands for a table that is not part of the expression")]
    Elsewhere {
        /// The part.
        text: String,
    },
    /// No day of the year.
    #[error("`{text}` is no day of the year")]
    NoDay {
        /// The text.
        text: String,
    },
    /// A number with too many digits.
    #[error("`{text}` has more digits than can be computed exactly")]
    TooLong {
        /// The number.
        text: String,
    },
}

/// Parts of the Union's tariff that stand for tables of their own: agricultural component, additional duties on sugar and flour, entry prices.
const ELSEWHERE: [&str; 6] = ["EA", "EAR", "ADSZ", "ADFM", "ENTRY", "CRITERIA"];
const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Reads an expression.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Expression, ExpressionFault> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(ExpressionFault::Empty);
    }
    let mut parser = Parser { tokens, at: 0 };
    let first = parser.bounded()?;
    let expression = match parser.peek() {
        Some(Token::Sign('(')) => parser.seasons(first)?,
        _ => Expression::Always(first),
    };
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.expected("the end")),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number(Decimal),
    Word(String),
    Sign(char),
}

/// The text as tokens; words are in capitals.
fn tokens(text: &str) -> Result<Vec<Token>, ExpressionFault> {
    // U+066A is the per cent of Persian and Arabic.
    let folded = fold_digits(text).replace('\u{66a}', "%").replace('\u{20ac}', " EUR ").to_uppercase();
    let mut tokens = Vec::new();
    let mut rest = folded.trim_start_matches(is_space);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => number_length(rest),
            first if first.is_alphabetic() => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len())
            }
            first => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(match first {
            '0'..='9' => {
                let plain = token.replace(',', "");
                let number = Decimal::from_str_exact(&plain);
                Token::Number(number.map_err(|_| ExpressionFault::TooLong { text: token.chars().take(40).collect() })?)
            }
            first if first.is_alphabetic() => Token::Word(token.trim_end_matches('.').to_owned()),
            first => Token::Sign(first),
        });
        rest = after.trim_start_matches(is_space);
    }
    Ok(tokens)
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// The bytes of the number that `text` begins with: digits, a point, commas between groups of three.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at)
        || (bytes.get(at) == Some(&b'.') && digit(at + 1))
        || (bytes.get(at) == Some(&b',') && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4))
    {
        at += 1;
    }
    at
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(found)) if found == word)
    }

    /// Goes past a sign, if it is there.
    fn skip(&mut self, sign: char) -> bool {
        let there = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(there);
        there
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        self.at += usize::from(there);
        there
    }

    fn expected(&self, expected: &'static str) -> ExpressionFault {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Number(number)) => number.to_string(),
            Some(Token::Sign(sign)) => sign.to_string(),
            Some(Token::Word(word)) if ELSEWHERE.contains(&word.as_str()) => {
                return ExpressionFault::Elsewhere { text: word.clone() };
            }
            Some(Token::Word(word)) => word.chars().take(40).collect(),
        };
        ExpressionFault::Expected { expected, found }
    }

    fn bounded(&mut self) -> Result<Bounded, ExpressionFault> {
        let sum = self.sum()?;
        let least = if self.skip_word("MIN") { Some(self.sum()?) } else { None };
        let most = if self.skip_word("MAX") { Some(self.sum()?) } else { None };
        Ok(Bounded { sum, least, most })
    }

    fn sum(&mut self) -> Result<Vec<Component>, ExpressionFault> {
        let mut components = vec![self.component()?];
        while self.skip('+') {
            components.push(self.component()?);
        }
        Ok(components)
    }

    fn component(&mut self) -> Result<Component, ExpressionFault> {
        let Some(Token::Number(amount)) = self.peek().cloned() else { return Err(self.expected("a number")) };
        self.at += 1;
        if self.skip('%') {
            return Ok(Component::Percent(amount));
        }
        let currency = match self.peek() {
            Some(Token::Word(word)) if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                word.clone()
            }
            _ => return Err(self.expected("`%` or a currency")),
        };
        self.at += 1;
        if !self.skip('/') {
            return Ok(Component::Fixed { amount, currency });
        }
        Ok(Component::Specific { amount, currency, per: self.per()? })
    }

    /// What comes after the stroke: `100 kg`, `hl`, `% vol / hl`, `100 kg / net drained wt`.
    fn per(&mut self) -> Result<Per, ExpressionFault> {
        if self.skip('%') {
            let alcohol = self.skip_word("VOL") && self.skip('/') && self.skip_word("HL");
            let unit = Unit::StrengthHectolitre;
            return if alcohol { Ok(Per { count: Decimal::ONE, unit }) } else { Err(self.expected("`% vol / hl`")) };
        }
        let count = match self.peek() {
            Some(Token::Number(count)) if count.is_zero() => return Err(self.expected("a number above zero")),
            Some(Token::Number(count)) => *count,
            _ => Decimal::ONE,
        };
        self.at += usize::from(matches!(self.peek(), Some(Token::Number(_))));
        let Some(Token::Word(word)) = self.peek().cloned() else { return Err(self.expected("a unit")) };
        let (factor, unit) = named(&word).ok_or_else(|| self.expected("a unit"))?;
        self.at += 1;
        let count = count.checked_mul(Decimal::from(factor));
        let count = count.ok_or_else(|| ExpressionFault::TooLong { text: word.clone() })?;
        let unit = self.qualified(unit)?;
        Ok(Per { count, unit })
    }

    /// The unit with what stands beside it: `/ net drained wt`, `eda`, `/net/%sacchar.`
    fn qualified(&mut self, unit: Unit) -> Result<Unit, ExpressionFault> {
        let mut words = Vec::new();
        loop {
            let before = self.at;
            let stroke = self.skip('/');
            let percent = self.skip('%');
            match self.peek() {
                Some(Token::Word(word)) if !["MIN", "MAX"].contains(&word.as_str()) => {
                    words.push(format!("{}{}", if percent { "% " } else { "" }, word.to_lowercase()));
                    self.at += 1;
                }
                _ if stroke || percent => return Err(self.expected("what is weighed")),
                _ => {
                    self.at = before;
                    break;
                }
            }
        }
        match (unit, words.join(" ").as_str()) {
            (unit, "") => Ok(unit),
            // Net of its packaging is what a kilogram is without a word.
            (Unit::Kilogram, "net") => Ok(Unit::Kilogram),
            (Unit::Kilogram, "gross" | "br") => Ok(Unit::GrossKilogram),
            (Unit::Kilogram, of) => Ok(Unit::KilogramOf(of.to_owned())),
            (unit, of) => Ok(Unit::Other(format!("{} {of}", unit.code()))),
        }
    }

    /// `16.0% (1 JUL - 31 JAN), 10.0% (1 FEB - 30 JUN)`, of which the first expression is read.
    fn seasons(&mut self, first: Bounded) -> Result<Expression, ExpressionFault> {
        let mut seasons = vec![Season { ranges: self.ranges()?, bounded: first }];
        while self.skip(',') {
            let bounded = self.bounded()?;
            seasons.push(Season { ranges: self.ranges()?, bounded });
        }
        Ok(Expression::Seasons(seasons))
    }

    fn ranges(&mut self) -> Result<Vec<[(i8, i8); 2]>, ExpressionFault> {
        if !self.skip('(') {
            return Err(self.expected("the days of the year in brackets"));
        }
        let mut ranges = Vec::new();
        loop {
            let from = self.day()?;
            if !self.skip('-') && !self.skip('\u{2013}') {
                return Err(self.expected("`-`"));
            }
            ranges.push([from, self.day()?]);
            if !self.skip(',') {
                break;
            }
        }
        if self.skip(')') { Ok(ranges) } else { Err(self.expected("`)`")) }
    }

    fn day(&mut self) -> Result<(i8, i8), ExpressionFault> {
        let (number, word) = match (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            (Some(Token::Number(number)), Some(Token::Word(word))) => (*number, word.clone()),
            _ => return Err(self.expected("a day such as `1 JUL`")),
        };
        let no_day = || ExpressionFault::NoDay { text: format!("{number} {word}").chars().take(40).collect() };
        let month = MONTHS.iter().position(|month| word.starts_with(month)).ok_or_else(no_day)?;
        let day = i8::try_from(number.normalize().mantissa()).ok().filter(|_| number.is_integer());
        let day = day.filter(|day| (1..=31).contains(day)).ok_or_else(no_day)?;
        self.at += 2;
        Ok((i8::try_from(month + 1).unwrap_or(12), day))
    }
}

/// The unit of a word, and how many of it the word stands for.
fn named(word: &str) -> Option<(u32, Unit)> {
    Some(match word {
        "KG" | "KGM" => (1, Unit::Kilogram),
        "TONNE" | "TONNES" | "TNE" => (1_000, Unit::Kilogram),
        "DTN" => (100, Unit::Kilogram),
        "HL" | "HLT" => (100, Unit::Litre),
        "L" | "LTR" => (1, Unit::Litre),
        "LPA" => (1, Unit::PureLitre),
        "ITEM" | "ITEMS" | "NAR" | "P" => (1, Unit::Piece),
        "M" | "MTR" => (1, Unit::Metre),
        "M2" | "MTK" => (1, Unit::SquareMetre),
        other if other.len() == 3 && other.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            (1, Unit::Other(other.to_owned()))
        }
        _ => return None,
    })
}
