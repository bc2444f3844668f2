//! Words and phrases that mean the same, in one language or across two.
//!
//! Must not know of: the index.

use std::collections::BTreeMap;

use crate::table::{TableFault, TableProblem, rows, short};
use crate::words::{Word, words};

/// Rings of expressions, any of which stands for all others.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    rings: Vec<Vec<Phrase>>,
    /// The rings by the first stem of their expressions.
    by_first: BTreeMap<String, Vec<usize>>,
}

/// One expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// As the list writes it.
    pub(crate) written: String,
    /// The stems of its words: one at least.
    pub(crate) stems: Vec<String>,
}

/// The list that Panjereh brings along.
const OWN: &str = include_str!("../data/synonyms.csv");

impl Synonyms {
    /// The list that Panjereh brings along: everyday names of goods beside those of the Harmonized System, in English and Persian.
    #[must_use]
    pub fn own() -> Self {
        // A test reads it.
        read(OWN).unwrap_or_default()
    }

    /// The longest expression that begins these words: how many words it has, and what else means the same.
    pub(crate) fn at(&self, query: &[Word]) -> Option<(usize, Vec<&Phrase>)> {
        let first = query.first()?;
        let begins = |phrase: &&Phrase| {
            phrase.stems.len() <= query.len() && phrase.stems.iter().zip(query).all(|(stem, word)| *stem == word.stem)
        };
        let rings = self.by_first.get(&first.stem)?.iter().filter_map(|ring| self.rings.get(*ring));
        let known =
            rings.filter_map(|ring| ring.iter().filter(begins).map(|phrase| phrase.stems.len()).max().zip(Some(ring)));
        let known: Vec<(usize, &Vec<Phrase>)> = known.collect();
        let longest = known.iter().map(|(length, _)| *length).max()?;
        let asked: Vec<&str> = query.iter().take(longest).map(|word| word.stem.as_str()).collect();
        let mut others = Vec::<&Phrase>::new();
        for phrase in known.iter().filter(|(length, _)| *length == longest).flat_map(|(_, ring)| *ring) {
            if !phrase.stems.iter().eq(&asked) && others.iter().all(|other| other.stems != phrase.stems) {
                others.push(phrase);
            }
        }
        Some((longest, others))
    }
}

/// Reads a list: `term,synonyms,language`, with `;` between synonyms. The language is the term's, `en` or `fa`, or empty; synonyms may be of either.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Synonyms, Vec<TableProblem>> {
    let rings = rows(text, ["term", "synonyms", "language"], ring)?;
    let mut by_first = BTreeMap::<String, Vec<usize>>::new();
    for (at, ring) in rings.iter().enumerate() {
        for first in ring.iter().filter_map(|phrase| phrase.stems.first()) {
            let known = by_first.entry(first.clone()).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    Ok(Synonyms { rings, by_first })
}

fn ring([term, synonyms, language]: [&str; 3]) -> Result<Vec<Phrase>, TableFault> {
    let is_arabic = |c: char| matches!(c, '\u{600}'..='\u{6ff}');
    let script = |language, holds: bool| {
        if holds { Ok(()) } else { Err(TableFault::Script { term: short(term), language }) }
    };
    match language {
        "en" => script("English", !term.contains(is_arabic))?,
        "fa" => script("Persian", term.contains(is_arabic))?,
        "" => {}
        other => return Err(TableFault::Language { text: short(other) }),
    }
    let mut ring = vec![phrase(term)?];
    for synonym in synonyms.split([';', '؛']).filter(|text| !text.trim().is_empty()) {
        let phrase = phrase(synonym)?;
        if ring.iter().all(|known| known.stems != phrase.stems) {
            ring.push(phrase);
        }
    }
    if ring.len() == 1 { Err(TableFault::Alone { term: short(term) }) } else { Ok(ring) }
}

fn phrase(text: &str) -> Result<Phrase, TableFault> {
    let stems: Vec<String> = words(text).into_iter().map(|word| word.stem).collect();
    if stems.is_empty() {
        return Err(TableFault::NoWord { text: short(text) });
    }
    Ok(Phrase { written: text.trim().to_owned(), stems })
}
