//! Descriptions of goods that others wrote, each with its subheading, and the same with slips of the keyboard.
//!
//! Must not know of: how anything is found.

use std::collections::BTreeSet;
use std::path::Path;

use customs::declaration::Classification;
use customs::nomenclature::Nomenclature;
use customs::tariff::import::uk_global_tariff;
use customs::{Message, read};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// What is asked, and the six digits that are right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Query {
    pub text: String,
    pub code: String,
}

impl Query {
    /// A query, if its subheading is one of the Harmonized System of 2022.
    fn new(text: &str, code: &str, nomenclature: &Nomenclature) -> Option<Self> {
        let code = code.get(..6).filter(|code| nomenclature.is_leaf(code))?;
        let text = text.trim();
        (!text.is_empty()).then(|| Self { text: text.to_owned(), code: code.to_owned() })
    }
}

/// What the trade test's declarations call their goods: each pair of description and subheading once.
pub fn trade_test(folder: &Path, nomenclature: &Nomenclature) -> Vec<Query> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(Message::Declaration(declaration)) = read(&std::fs::read(&path).unwrap()) else { continue };
            for item in &declaration.shipment.items {
                let text = item.description.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
                // The Combined Nomenclature's code, whose first six digits are the Harmonized System's.
                let own = |code: &&Classification| code.list.as_ref().is_some_and(|list| list.value == "TSP");
                let code = item.codes.iter().find(own).and_then(|code| code.code.as_ref());
                found.extend(code.and_then(|code| Query::new(text, &code.value, nomenclature)));
            }
        }
    }
    found.into_iter().collect()
}

/// What the UK's tariff says of each of its commodities.
pub fn tariff(text: &str, nomenclature: &Nomenclature) -> Vec<Query> {
    let entries = uk_global_tariff(text, "2021-01-01").unwrap().entries;
    let queries = entries.iter().filter_map(|entry| Query::new(&entry.en, &entry.code, nomenclature));
    queries.collect::<BTreeSet<_>>().into_iter().collect()
}

/// A table with the columns `query` and `code`.
pub fn table(text: &str, nomenclature: &Nomenclature) -> Vec<Query> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<(String, String)>().map(Result::unwrap);
    rows.filter_map(|(text, code)| Query::new(&text, &code, nomenclature)).collect()
}

/// So many of them, always the same.
pub fn sample(queries: &[Query], count: usize) -> Vec<Query> {
    let mut random = StdRng::seed_from_u64(2022);
    let mut left: Vec<&Query> = queries.iter().collect();
    let picked = (0..count.min(left.len())).map(|_| left.swap_remove(random.random_range(0..left.len())).clone());
    picked.collect()
}

/// The same with slips: every third word of five letters or more has one, and one word at least.
pub fn misspelled(queries: &[Query]) -> Vec<Query> {
    let mut random = StdRng::seed_from_u64(8703);
    let mut slipped = Vec::new();
    for query in queries {
        let mut words: Vec<String> = query.text.split(' ').map(str::to_owned).collect();
        let long: Vec<usize> = (0..words.len())
            .filter(|at| words[*at].len() >= 5 && words[*at].bytes().all(|byte| byte.is_ascii_alphabetic()))
            .collect();
        if long.is_empty() {
            continue;
        }
        let certain = long[random.random_range(0..long.len())];
        for at in long {
            if at == certain || random.random_range(0..3) == 0 {
                words[at] = slip(&words[at], &mut random);
            }
        }
        slipped.push(Query { text: words.join(" "), code: query.code.clone() });
    }
    slipped
}

/// One letter exchanged with the next, left out, doubled or replaced.
fn slip(word: &str, random: &mut StdRng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.random_range(1..letters.len() - 1);
    match random.random_range(0..4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = char::from(random.random_range(b'a'..=b'z')),
    }
    letters.into_iter().collect()
}
