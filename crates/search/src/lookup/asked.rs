//! What was asked for, word by word, with every way in which each can be found.
//!
//! Must not know of: scores of the index, or the order of hits.

use crate::excluded::parted;
use crate::index::{Index, Leaf, Place};
use crate::lookup::{Why, code};
use crate::normal::normal;
use crate::words::{Word, words};

/// How many words of a question are looked for.
const MAX_WORDS: usize = 64;
/// What another word that means the same counts, beside the word itself.
const SYNONYM: f64 = 0.8;
/// What a word counts that may have been meant, for each slip.
const SLIP: f64 = 0.7;

/// What leads from a word of the question to one of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is the same, in this or another form.
    Same,
    /// It means the same.
    Synonym,
    /// It is nearly written so, and the word that was asked for stands nowhere.
    Spelling,
}

/// A question.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) units: Vec<Unit>,
    /// Beginnings of codes among the words.
    pub(super) codes: Vec<String>,
}

/// A word, or several that mean something together.
pub(super) struct Unit {
    pub(super) words: Vec<AskedWord>,
    /// Other expressions for all the words together.
    pub(super) synonyms: Vec<Way>,
    /// How it was asked.
    asked: String,
}

/// A word of the question.
pub(super) struct AskedWord {
    asked: String,
    /// The word itself, or what may have been meant by it.
    pub(super) ways: Vec<Way>,
    /// How much it tells; nothing if it cannot be found.
    telling: f64,
}

/// One way in which something is found: all of these stems.
pub(super) struct Way {
    pub(super) stems: Vec<String>,
    numbers: Vec<u32>,
    /// How it is written where it was found.
    pub(super) found: String,
    how: How,
    pub(super) factor: f64,
}

impl Asked {
    /// Reads a question. What it excludes ("other than of silk") is not looked for, unless there is nothing else.
    pub(super) fn read(index: &Index, text: &str) -> Self {
        let mut codes = Vec::new();
        let mut rest = String::new();
        for (at, part) in normal(text).split(' ').enumerate() {
            match code(part).filter(|digits| is_meant(index, part, digits, at)) {
                Some(digits) => codes.push(digits),
                None => rest.extend([part, " "]),
            }
        }
        let said = words(&parted(&rest).0);
        let mut asked = if said.is_empty() { words(&rest) } else { said };
        asked.truncate(MAX_WORDS);
        let mut units = Vec::<Unit>::new();
        let mut left = asked.as_slice();
        while !left.is_empty() {
            let (length, synonyms) = index.synonyms.at(left).unwrap_or((1, Vec::new()));
            let (these, others) = left.split_at(length.clamp(1, left.len()));
            left = others;
            let synonyms = synonyms
                .into_iter()
                .filter_map(|phrase| Way::new(index, phrase.stems.clone(), &phrase.written, How::Synonym, SYNONYM));
            let unit = Unit {
                words: these.iter().map(|word| AskedWord::new(index, word)).collect(),
                synonyms: synonyms.collect(),
                asked: these.iter().map(|word| word.written.as_str()).collect::<Vec<_>>().join(" "),
            };
            // Said twice it is meant once.
            if unit.telling() > 0.0 && units.iter().all(|known| known.asked != unit.asked) {
                units.push(unit);
            }
        }
        Self { units, codes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.codes.is_empty()
    }

    /// Which part of what the question tells a leaf has, from 0 to 1.
    pub(super) fn coverage(&self, leaf: &Leaf) -> f64 {
        let all: f64 = self.units.iter().map(Unit::telling).sum();
        let met: f64 = self.units.iter().map(|unit| unit.met(leaf)).sum();
        if all > 0.0 { met / all } else { 1.0 }
    }

    /// Why a leaf is found.
    pub(super) fn why(&self, leaf: &Leaf, accepted: usize) -> Vec<Why> {
        let mut why = Vec::new();
        if accepted > 0 {
            why.push(Why::Accepted { times: accepted });
        }
        if self.codes.iter().any(|digits| leaf.code.starts_with(digits.as_str())) {
            why.push(Why::Code);
        }
        why.extend(self.units.iter().flat_map(|unit| unit.why(leaf)));
        why
    }
}

/// Whether digits among words are a code: written with a point, or at the beginning, or long; and there is such a code.
fn is_meant(index: &Index, part: &str, digits: &str, at: usize) -> bool {
    let like = digits.len() >= 4 && (at == 0 || digits.len() >= 6 || part.contains('.'));
    like && index.nomenclature.beginning(digits).next().is_some()
}

impl Unit {
    fn telling(&self) -> f64 {
        let words: f64 = self.words.iter().map(|word| word.telling).sum();
        let others = self.synonyms.iter().map(|way| way.factor * SYNONYM_ALONE);
        if words > 0.0 { words } else { others.fold(0.0, f64::max) }
    }

    /// How much of what it tells a leaf has.
    fn met(&self, leaf: &Leaf) -> f64 {
        if self.synonyms.iter().any(|way| way.place(leaf).is_some()) {
            return self.telling();
        }
        self.words.iter().filter(|word| word.way(leaf).is_some()).map(|word| word.telling).sum()
    }

    fn why(&self, leaf: &Leaf) -> Vec<Why> {
        let words: Vec<Why> = self.words.iter().filter_map(|word| word.why(leaf)).collect();
        if words.len() == self.words.len() {
            return words;
        }
        let synonym = self.synonyms.iter().find_map(|way| way.why(&self.asked, leaf));
        synonym.map_or(words, |why| vec![why])
    }
}

/// What an expression tells that no description has, and for which another one stands: as much as a rare word.
const SYNONYM_ALONE: f64 = 6.0;

impl AskedWord {
    fn new(index: &Index, word: &Word) -> Self {
        let own = Way::new(index, vec![word.stem.clone()], &word.written, How::Same, 1.0);
        let ways: Vec<Way> = match own {
            Some(own) => vec![own],
            None => {
                let proposals = index.spelling.proposals(&word.written).into_iter();
                let slips = |edits: usize| SLIP.powi(i32::try_from(edits).unwrap_or(i32::MAX));
                proposals
                    .filter_map(|one| Way::new(index, vec![one.stem], &one.written, How::Spelling, slips(one.edits)))
                    .collect()
            }
        };
        let telling = ways.iter().flat_map(|way| &way.numbers).map(|number| index.stems.telling(*number));
        let telling = telling.fold(0.0, f64::max);
        Self { asked: word.written.clone(), ways, telling }
    }

    fn way(&self, leaf: &Leaf) -> Option<&Way> {
        self.ways.iter().find(|way| way.place(leaf).is_some())
    }

    fn why(&self, leaf: &Leaf) -> Option<Why> {
        self.way(leaf)?.why(&self.asked, leaf)
    }
}

impl Way {
    /// A way, if every stem of it stands somewhere.
    fn new(index: &Index, stems: Vec<String>, found: &str, how: How, factor: f64) -> Option<Self> {
        let numbers = stems.iter().map(|stem| index.stems.number(stem)).collect::<Option<Vec<u32>>>()?;
        Some(Self { stems, numbers, found: found.to_owned(), how, factor })
    }

    /// Where a leaf has all of it: the farthest place.
    fn place(&self, leaf: &Leaf) -> Option<Place> {
        let places = self.numbers.iter().map(|number| leaf.place(*number)).collect::<Option<Vec<Place>>>()?;
        places.into_iter().max()
    }

    fn why(&self, asked: &str, leaf: &Leaf) -> Option<Why> {
        let place = self.place(leaf)?;
        Some(Why::Word { asked: asked.to_owned(), found: self.found.clone(), how: self.how, place })
    }
}
