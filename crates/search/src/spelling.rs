//! Words of the nomenclature that a misspelled word may have meant.
//!
//! Must not know of: where the words stand.

use std::collections::BTreeMap;

/// How many words are proposed for one.
const MAX_PROPOSALS: usize = 4;
/// A shorter word has too many neighbours.
const MIN_CHARS: usize = 4;

/// Every word of the nomenclature as it is written, with its stem and in how many entries it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    by_length: BTreeMap<usize, Vec<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    letters: Vec<char>,
    stem: String,
    entries: usize,
}

/// What may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The word as the nomenclature writes it.
    pub(crate) written: String,
    /// Its stem.
    pub(crate) stem: String,
    /// How many letters were added, left out, changed or exchanged with their neighbour.
    pub(crate) edits: usize,
}

impl Spelling {
    /// All words: written, stem, in how many entries.
    pub(crate) fn new<'w>(known: impl IntoIterator<Item = (&'w str, &'w str, usize)>) -> Self {
        let mut by_length = BTreeMap::<usize, Vec<Known>>::new();
        for (written, stem, entries) in known {
            // What has a digit is a measure or a code, and another one of those is another thing.
            if written.contains(|c: char| c.is_numeric()) {
                continue;
            }
            let letters: Vec<char> = written.chars().collect();
            by_length.entry(letters.len()).or_default().push(Known { letters, stem: stem.to_owned(), entries });
        }
        Self { by_length }
    }

    /// The nearest words, those in more entries first, then by the alphabet; one per stem.
    pub(crate) fn proposals(&self, written: &str) -> Vec<Proposal> {
        let letters: Vec<char> = written.chars().collect();
        if letters.len() < MIN_CHARS || letters.iter().any(|c| c.is_numeric()) {
            return Vec::new();
        }
        // One slip in a short word, two in a long one.
        let most = if letters.len() < 8 { 1 } else { 2 };
        let lengths = letters.len().saturating_sub(most)..=letters.len() + most;
        let mut near: Vec<(usize, &Known)> = Vec::new();
        for known in self.by_length.range(lengths).flat_map(|(_, known)| known) {
            if let Some(edits) = edits(&letters, &known.letters, most) {
                near.push((edits, known));
            }
        }
        let least = near.iter().map(|(edits, _)| *edits).min().unwrap_or_default();
        near.retain(|(edits, _)| *edits == least);
        near.sort_by(|(_, a), (_, b)| b.entries.cmp(&a.entries).then_with(|| a.letters.cmp(&b.letters)));
        let mut proposals = Vec::<Proposal>::new();
        for (edits, known) in near {
            if proposals.len() < MAX_PROPOSALS && proposals.iter().all(|proposal| proposal.stem != known.stem) {
                let (written, stem) = (known.letters.iter().collect(), known.stem.clone());
                proposals.push(Proposal { written, stem, edits });
            }
        }
        proposals
    }
}

/// The optimal string alignment distance (Damerau, 1964, without editing a pair twice), if it is at most `most`.
fn edits(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut older: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut before: Option<char> = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        let mut left: Option<char> = None;
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && before == Some(*y) && left == Some(*x) {
                best = best.min(at(&older, j - 1) + 1);
            }
            row.push(best);
            left = Some(*y);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = Some(*x);
        older = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::{Spelling, edits};

    fn distance(a: &str, b: &str) -> Option<usize> {
        edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2)
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, expected) in [
            ("trousers", "trousers", Some(0)),
            ("trousres", "trousers", Some(1)),
            ("trouser", "trousers", Some(1)),
            ("tousers", "trousers", Some(1)),
            ("tuosers", "trousers", Some(2)),
            ("shavers", "trousers", None),
            ("خودور", "خودرو", Some(1)),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_come_first_and_numbers_never() {
        let spelling = Spelling::new([
            ("beet", "beet", 9),
            ("beer", "beer", 3),
            ("beers", "beer", 1),
            ("2022", "2022", 5),
            ("bear", "bear", 3),
        ]);
        let said: Vec<String> = spelling.proposals("beex").into_iter().map(|proposal| proposal.written).collect();
        assert_eq!(said, ["beet", "beer"]);
        assert_eq!(spelling.proposals("2023"), []);
        assert_eq!(spelling.proposals("bex"), []);
    }
}
