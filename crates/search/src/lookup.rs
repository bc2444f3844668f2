//! Looks up what was asked for: a code or its beginning, or what goods are called.
//!
//! Must not know of: how the index keeps words.

mod asked;
mod rank;

use customs::nomenclature::Entry;
use definition::value::fold_digits;

use self::asked::Asked;
pub use self::asked::How;
pub use crate::index::Place;
use crate::index::{Index, IndexFault};
use crate::normal::normal;

/// How many characters of a question are read: twice as many as a WCO declaration has room for in a description of goods (an..512).
pub const MAX_QUERY_CHARS: usize = 1024;
/// How many hits are given at most.
pub const MAX_HITS: usize = 1000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The codes, the best first; equal ones in the order of the codes.
    pub hits: Vec<Hit>,
    /// Whether the question was longer than [`MAX_QUERY_CHARS`], and its end was not read.
    pub cut: bool,
}

/// One code that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// From the section, as far as it is known, to the code itself, which comes last.
    pub path: Vec<Entry>,
    /// How well it fits. It compares the hits of one question, and says nothing beyond that.
    pub score: f64,
    /// Why it was found.
    pub why: Vec<Why>,
}

/// One reason why a code was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It begins with the digits that were asked for, or stands above them.
    Code,
    /// It was accepted for the very same text before.
    Accepted {
        /// How often.
        times: usize,
    },
    /// A word, or an expression of several.
    Word {
        /// As it was asked for.
        asked: String,
        /// What was found for it.
        found: String,
        /// What led from the one to the other.
        how: How,
        /// Where it stands; the farthest place of several words.
        place: Place,
    },
}

impl Hit {
    /// The entry that was found.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.path.last()
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.entry().map(|entry| entry.code.as_str()).unwrap_or_default()
    }
}

impl Index {
    /// The codes that fit a question best, at most `limit` and [`MAX_HITS`] of them.
    ///
    /// Digits with points or spaces are a code or its beginning: it is given with what stands under it. All else is what goods are called, in Persian or English; then codes
    /// are given under which nothing else stands. No question is wrong; to one without a word there is no answer.
    ///
    /// # Errors
    /// [`IndexFault`], where memory cannot be had.
    pub fn lookup(&self, query: &str, limit: usize) -> Result<Answer, IndexFault> {
        let cut = query.char_indices().nth(MAX_QUERY_CHARS);
        let text = cut.map_or(query, |(end, _)| query.get(..end).unwrap_or_default());
        let limit = limit.min(MAX_HITS);
        let hits = match code(text) {
            Some(digits) => self.by_code(&digits, limit),
            None => self.by_words(text, limit)?,
        };
        Ok(Answer { hits, cut: cut.is_some() })
    }

    /// The entries that begin with these digits, else the longest one that they begin with.
    fn by_code(&self, digits: &str, limit: usize) -> Vec<Hit> {
        let mut found: Vec<&Entry> = self.nomenclature.beginning(digits).take(limit).collect();
        if found.is_empty() && limit > 0 {
            let shorter = (2..digits.len()).rev().filter_map(|end| digits.get(..end));
            found.extend(shorter.filter_map(|code| self.nomenclature.get(code)).next());
        }
        found.into_iter().map(|entry| self.hit(&entry.code, 1.0, vec![Why::Code])).collect()
    }

    fn by_words(&self, text: &str, limit: usize) -> Result<Vec<Hit>, IndexFault> {
        let asked = Asked::read(self, text);
        let accepted = self.cases.get(&normal(text));
        if limit == 0 || (asked.is_empty() && accepted.is_none()) {
            return Ok(Vec::new());
        }
        let ranked = self.ranked(&asked, accepted, limit)?;
        Ok(ranked
            .into_iter()
            .map(|one| self.hit(&one.leaf.code, one.score, asked.why(one.leaf, one.accepted)))
            .collect())
    }

    fn hit(&self, code: &str, score: f64, why: Vec<Why>) -> Hit {
        Hit { path: self.nomenclature.path(code).into_iter().cloned().collect(), score, why }
    }
}

/// The digits of a text that is nothing but a code.
pub(crate) fn code(text: &str) -> Option<String> {
    let folded = fold_digits(&normal(text));
    let digits: String = folded.chars().filter(|c| !matches!(c, '.' | ' ' | '-' | '/')).collect();
    let is_code = !digits.is_empty() && digits.len() <= 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(digits)
}
