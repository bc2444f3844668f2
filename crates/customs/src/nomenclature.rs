//! The nomenclature: what each code stands for, in Persian and English, and under which heading it is found.
//!
//! Must not know of: duties, or how descriptions are searched.

mod hs2022;
mod read;
mod write;

use std::collections::BTreeMap;
use std::ops::Bound;

pub use hs2022::{hs2022, hs2022_sections};
pub use read::read;
pub use write::write;

/// One code and what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// A section's Roman number, or the digits of a chapter (two), heading (four), subheading (six) or national line (eight, ten).
    pub code: String,
    /// The code that it stands under; empty where it is the longest shorter one that there is.
    pub parent: String,
    /// What it is in English; may be empty if there is a Persian name.
    pub en: String,
    /// What it is in Persian; may be empty if there is an English name.
    pub fa: String,
    /// The priority group of a national book, which rations foreign currency by it; empty without one.
    pub priority: String,
}

/// Every code with its place in the tree.
#[derive(Clone, Debug, Default)]
pub struct Nomenclature {
    entries: BTreeMap<String, Entry>,
}

impl Nomenclature {
    /// A nomenclature of these entries. Where a code comes again, as in a national book beside the Harmonized System, what the later entry says counts, and what it leaves
    /// empty stays.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut all = BTreeMap::<String, Entry>::new();
        for entry in entries {
            let known = all.entry(entry.code.clone()).or_insert_with(|| Entry { code: entry.code, ..Entry::default() });
            let fields = [
                (&mut known.parent, entry.parent),
                (&mut known.en, entry.en),
                (&mut known.fa, entry.fa),
                (&mut known.priority, entry.priority),
            ];
            for (kept, later) in fields {
                if !later.is_empty() {
                    *kept = later;
                }
            }
        }
        Self { entries: all }
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Entry> {
        self.entries.get(code)
    }

    /// Every entry, in the order of the codes; sections come last.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The entries whose codes begin with these digits, in their order: each before those that stand under it.
    pub fn beginning<'n>(&'n self, digits: &'n str) -> impl Iterator<Item = &'n Entry> {
        let from = (Bound::Included(digits), Bound::Unbounded);
        self.entries
            .range::<str, _>(from)
            .map(|(_, entry)| entry)
            .take_while(move |entry| entry.code.starts_with(digits))
    }

    /// Whether no code stands below it, so that goods are declared under it.
    #[must_use]
    pub fn is_leaf(&self, code: &str) -> bool {
        code.starts_with(|first: char| first.is_ascii_digit()) && self.beginning(code).nth(1).is_none()
    }

    /// The way to an entry, from its section (as far as it is known) to the entry itself; empty if there is no such code.
    #[must_use]
    pub fn path(&self, code: &str) -> Vec<&Entry> {
        let mut path = Vec::new();
        let mut next = self.get(code);
        while let Some(entry) = next {
            path.push(entry);
            next = self.above(entry);
        }
        path.reverse();
        path
    }

    /// What an entry stands under. Its code is always shorter, or a section's, so that no way goes round in a circle.
    fn above(&self, entry: &Entry) -> Option<&Entry> {
        if is_section(&entry.code) {
            return None;
        }
        let named =
            self.get(&entry.parent).filter(|above| is_section(&above.code) || entry.code.starts_with(&above.code));
        named.filter(|above| above.code != entry.code).or_else(|| {
            let shorter = (1..entry.code.len()).rev().filter_map(|end| entry.code.get(..end));
            shorter.filter_map(|code| self.get(code)).next()
        })
    }
}

/// Whether a code is a section's: a Roman number.
#[must_use]
pub fn is_section(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether a code is one of goods: two digits of a chapter to ten of a national line, in pairs.
#[must_use]
pub fn is_code(code: &str) -> bool {
    (2..=10).contains(&code.len()) && code.len().is_multiple_of(2) && code.bytes().all(|byte| byte.is_ascii_digit())
}
