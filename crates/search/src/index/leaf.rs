//! A code under which goods are declared, with the words that are said of it.
//!
//! Must not know of: the fields of the index, questions.

use std::collections::BTreeSet;

use customs::nomenclature::{Entry, Nomenclature, is_section};

use super::Stems;
use crate::excluded::parted;
use crate::normal::normal;
use crate::words::{Word, words};

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the code's own description.
    Own,
    /// In that of the heading, chapter or subheading above it.
    Above,
    /// In a past case.
    Accepted,
}

/// The words that are said of a code.
pub(super) struct Said {
    pub(super) own: Vec<Word>,
    pub(super) above: Vec<Word>,
    pub(super) accepted: Vec<Word>,
}

impl Said {
    pub(super) fn of(nomenclature: &Nomenclature, entry: &Entry, cases: &[String]) -> Self {
        let path = nomenclature.path(&entry.code);
        // What a section is called is too far away to tell codes apart.
        let above = path.into_iter().filter(|above| above.code != entry.code && !is_section(&above.code));
        Self {
            own: described(entry),
            above: above.flat_map(described).collect(),
            accepted: cases.iter().flat_map(|text| words(text)).collect(),
        }
    }
}

/// The words of a description, without those that it excludes, unless it has no other.
fn described(entry: &Entry) -> Vec<Word> {
    let said = |text: &str| {
        let normal = normal(text);
        let said = words(&parted(&normal).0);
        if said.is_empty() { words(&normal) } else { said }
    };
    let mut all = said(&entry.en);
    all.extend(said(&entry.fa));
    all
}

/// A leaf as it is kept: stems by number, in order.
pub(crate) struct Leaf {
    /// Its code.
    pub(crate) code: String,
    own: Vec<u32>,
    above: Vec<u32>,
    accepted: Vec<u32>,
}

impl Leaf {
    /// Where a stem stands in it, the nearest place first.
    pub(crate) fn place(&self, stem: u32) -> Option<Place> {
        let places = [(&self.own, Place::Own), (&self.above, Place::Above), (&self.accepted, Place::Accepted)];
        places.into_iter().find(|(stems, _)| stems.binary_search(&stem).is_ok()).map(|(_, place)| place)
    }
}

impl Stems {
    /// Takes up what is said of a leaf.
    pub(super) fn leaf(&mut self, code: &str, said: &Said) -> Leaf {
        let mut numbers = |words: &[Word]| -> Vec<u32> {
            let numbers: BTreeSet<u32> = words.iter().map(|word| self.take(&word.stem)).collect();
            numbers.into_iter().collect()
        };
        let (own, above, accepted) = (numbers(&said.own), numbers(&said.above), numbers(&said.accepted));
        let everywhere: BTreeSet<u32> = own.iter().chain(&above).chain(&accepted).copied().collect();
        self.counted(&everywhere);
        Leaf { code: code.to_owned(), own, above, accepted }
    }
}
