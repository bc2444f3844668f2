//! The index: every code under which goods are declared, with the words of its own description, of those above it, and of past cases.
//!
//! Must not know of: how a question is read.

mod leaf;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use customs::nomenclature::Nomenclature;
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Searcher, TantivyDocument};

pub(crate) use self::leaf::Leaf;
pub use self::leaf::Place;
pub(crate) use self::schema::{AT, Fields};
use crate::accepted::Accepted;
use crate::normal::normal;
use crate::spelling::Spelling;
use crate::synonyms::Synonyms;

/// When the writer would begin a second segment, which some hundred thousand codes do not reach.
const SEGMENT_BYTES: usize = 512 << 20;

/// Codes with what they are called. It is built in memory from its sources; there is no file that could be out of date.
pub struct Index {
    pub(crate) nomenclature: Nomenclature,
    pub(crate) synonyms: Synonyms,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) stems: Stems,
    pub(crate) spelling: Spelling,
    /// Texts of past cases in normal form, with the codes that were accepted for them, and how often.
    pub(crate) cases: BTreeMap<String, BTreeMap<String, usize>>,
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    left_out: usize,
}

/// Stems by number, with how many leaves have each, in whichever place.
#[derive(Default)]
pub(crate) struct Stems {
    numbers: BTreeMap<String, u32>,
    /// By number.
    leaves: Vec<u32>,
    all: u32,
}

/// Why there is no index, or no answer from it.
#[derive(Debug, thiserror::Error)]
#[error("the index failed: {0}")]
pub struct IndexFault(#[from] tantivy::TantivyError);

impl Index {
    /// Builds an index over a nomenclature.
    ///
    /// A past case counts for the code under which its own code stands; where there is none, as with one of an older edition, it is left out.
    ///
    /// # Errors
    /// [`IndexFault`], where memory cannot be had.
    pub fn build(nomenclature: Nomenclature, synonyms: Synonyms, accepted: &[Accepted]) -> Result<Self, IndexFault> {
        let (cases, left_out) = cases(&nomenclature, accepted);
        let (schema, fields) = schema::schema();
        let index = tantivy::Index::create_in_ram(schema);
        // One thread: the same sources give the same index, and equal scores the same order.
        let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, SEGMENT_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut stems = Stems::default();
        let mut leaves = Vec::new();
        let mut written = BTreeMap::<(String, String), usize>::new();
        for entry in nomenclature.entries().filter(|entry| nomenclature.is_leaf(&entry.code)) {
            let texts = cases.get(&entry.code).map(Vec::as_slice).unwrap_or_default();
            let said = leaf::Said::of(&nomenclature, entry, texts);
            for pair in said
                .own
                .iter()
                .chain(&said.above)
                .map(|word| (word.written.clone(), word.stem.clone()))
                .collect::<BTreeSet<_>>()
            {
                *written.entry(pair).or_default() += 1;
            }
            writer.add_document(fields.document(leaves.len(), &entry.code, &said))?;
            leaves.push(stems.leaf(&entry.code, &said));
        }
        writer.commit()?;
        let spelling = written.iter().map(|((written, stem), entries)| (written.as_str(), stem.as_str(), *entries));
        let spelling = Spelling::new(spelling);
        let mut by_text = BTreeMap::<String, BTreeMap<String, usize>>::new();
        for (code, texts) in cases {
            for text in texts {
                *by_text.entry(normal(&text)).or_default().entry(code.clone()).or_default() += 1;
            }
        }
        let searcher = index.reader()?.searcher();
        Ok(Self { nomenclature, synonyms, leaves, stems, spelling, cases: by_text, searcher, fields, left_out })
    }

    /// What each code stands for.
    #[must_use]
    pub fn nomenclature(&self) -> &Nomenclature {
        &self.nomenclature
    }

    /// How many past cases have a code that the nomenclature has not.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }
}

/// The texts of past cases by the leaf under which they stand, and how many stand under none.
fn cases(nomenclature: &Nomenclature, accepted: &[Accepted]) -> (BTreeMap<String, Vec<String>>, usize) {
    let mut by_leaf = BTreeMap::<String, Vec<String>>::new();
    let mut left_out = 0;
    for case in accepted {
        let shorter = (2..=case.code.len()).rev().filter_map(|end| case.code.get(..end));
        match shorter.filter_map(|code| nomenclature.get(code)).next().filter(|entry| nomenclature.is_leaf(&entry.code))
        {
            Some(leaf) => by_leaf.entry(leaf.code.clone()).or_default().push(case.text.clone()),
            None => left_out += 1,
        }
    }
    (by_leaf, left_out)
}

impl Stems {
    /// The number of a stem, if any leaf has it.
    pub(crate) fn number(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    /// How much a stem tells: BM25's inverse document frequency, in Lucene's form, which is never below zero.
    pub(crate) fn telling(&self, number: u32) -> f64 {
        let with = usize::try_from(number).ok().and_then(|at| self.leaves.get(at)).copied().unwrap_or_default();
        let (with, all) = (f64::from(with), f64::from(self.all));
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// The number of a stem, which gets one if it has none.
    fn take(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.number(stem) {
            return number;
        }
        let number = u32::try_from(self.leaves.len()).unwrap_or(u32::MAX);
        self.numbers.insert(stem.to_owned(), number);
        self.leaves.push(0);
        number
    }

    /// One more leaf, with these stems.
    fn counted(&mut self, stems: &BTreeSet<u32>) {
        self.all = self.all.saturating_add(1);
        for stem in stems {
            let place = usize::try_from(*stem).ok().and_then(|at| self.leaves.get_mut(at));
            if let Some(leaves) = place {
                *leaves = leaves.saturating_add(1);
            }
        }
    }
}
