//! The order of hits: BM25 over a code's own words, those above it and past cases, weighed by how much of the question each has.
//!
//! Must not know of: texts, normal forms.

use std::collections::BTreeMap;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::asked::{Asked, Unit, Way};
use crate::index::{AT, Index, IndexFault, Leaf, Place};

/// How many of the best are weighed again.
const DEPTH: usize = 400;
/// What a word counts in each place.
const PLACES: [(Place, f64); 3] = [(Place::Own, 1.0), (Place::Above, 0.4), (Place::Accepted, 1.0)];
/// What it counts beside that to stand there as it was asked for, not in another form.
const WRITTEN: f64 = 0.3;
/// What a code counts among words.
const CODE: f64 = 30.0;
/// What is left of the score of a hit that has nothing of what the question tells.
const FLOOR: f64 = 0.4;

/// A hit in its order.
pub(super) struct Ranked<'i> {
    pub(super) leaf: &'i Leaf,
    pub(super) score: f64,
    /// How often it was accepted for the very same text.
    pub(super) accepted: usize,
}

impl Index {
    /// The best leaves: those that were accepted for the same text, the oftenest first, then by score, then by code.
    pub(super) fn ranked(
        &self,
        asked: &Asked,
        accepted: Option<&BTreeMap<String, usize>>,
        limit: usize,
    ) -> Result<Vec<Ranked<'_>>, IndexFault> {
        let times = |leaf: &Leaf| accepted.and_then(|codes| codes.get(&leaf.code)).copied().unwrap_or_default();
        let mut ranked = Vec::new();
        for (score, leaf) in self.scored(asked, limit.max(DEPTH))? {
            let score = score * (FLOOR + (1.0 - FLOOR) * asked.coverage(leaf));
            ranked.push(Ranked { leaf, score, accepted: times(leaf) });
        }
        for code in accepted.into_iter().flat_map(BTreeMap::keys) {
            if ranked.iter().all(|one| one.leaf.code != *code)
                && let Some(leaf) = self.leaf(code)
            {
                ranked.push(Ranked { leaf, score: 0.0, accepted: times(leaf) });
            }
        }
        ranked.sort_by(|a, b| {
            let score = b.accepted.cmp(&a.accepted).then_with(|| b.score.total_cmp(&a.score));
            score.then_with(|| a.leaf.code.cmp(&b.leaf.code))
        });
        ranked.truncate(limit);
        Ok(ranked)
    }

    /// Leaves stand in the order of their codes.
    fn leaf(&self, code: &str) -> Option<&Leaf> {
        let at = self.leaves.binary_search_by(|leaf| leaf.code.as_str().cmp(code)).ok()?;
        self.leaves.get(at)
    }

    /// The best leaves by BM25 alone.
    fn scored(&self, asked: &Asked, limit: usize) -> Result<Vec<(f64, &Leaf)>, IndexFault> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let units = asked.units.iter().map(|unit| self.unit(unit));
        let codes = asked.codes.iter().map(|digits| self.code(digits));
        let query = BooleanQuery::union(units.chain(codes).collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut scored = Vec::with_capacity(found.len());
        for (score, address) in found {
            let places = self.searcher.segment_reader(address.segment_ord).fast_fields().u64(AT)?;
            let at = places.first(address.doc_id).and_then(|at| usize::try_from(at).ok());
            scored.extend(at.and_then(|at| self.leaves.get(at)).map(|leaf| (f64::from(score), leaf)));
        }
        Ok(scored)
    }

    /// The best of: its words, each for itself; another expression, whole.
    fn unit(&self, unit: &Unit) -> Box<dyn Query> {
        let best = |ways: &[Way]| -> Vec<Box<dyn Query>> { ways.iter().map(|way| self.way(way)).collect() };
        let known = unit.words.iter().filter(|word| !word.ways.is_empty());
        let words: Vec<Box<dyn Query>> = known.map(|word| one_of(best(&word.ways))).collect();
        let mut whole = best(&unit.synonyms);
        if !words.is_empty() {
            whole.push(Box::new(BooleanQuery::union(words)));
        }
        one_of(whole)
    }

    /// All the stems of a way, each wherever it stands.
    fn way(&self, way: &Way) -> Box<dyn Query> {
        let mut stems: Vec<Box<dyn Query>> = way.stems.iter().map(|stem| self.stem(stem, way)).collect();
        match stems.len() {
            1 => stems.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(stems)),
        }
    }

    /// A stem wherever it stands; a single one also as it is written.
    fn stem(&self, stem: &str, way: &Way) -> Box<dyn Query> {
        let places = PLACES.map(|(place, weight)| (self.fields.term(place, stem), weight));
        let written = (way.stems.len() == 1).then(|| (self.fields.written(&way.found), WRITTEN));
        let terms = places.into_iter().chain(written);
        let terms = terms.map(|(term, weight)| {
            boosted(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight * way.factor)
        });
        Box::new(BooleanQuery::union(terms.collect()))
    }

    fn code(&self, digits: &str) -> Box<dyn Query> {
        let term = TermQuery::new(self.fields.code(digits), IndexRecordOption::Basic);
        Box::new(ConstScoreQuery::new(Box::new(term), narrow(CODE)))
    }
}

fn one_of(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(DisjunctionMaxQuery::new(queries))
}

fn boosted(query: Box<dyn Query>, factor: f64) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, narrow(factor)))
}

/// The index counts in `f32`.
#[expect(clippy::cast_possible_truncation, reason = "a weight between 0 and 100, of which three digits matter")]
fn narrow(factor: f64) -> f32 {
    factor as f32
}
