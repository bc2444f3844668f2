//! How often the right subheading is among the first that are found, ours beside plain BM25, for descriptions of goods that others wrote.
//!
//! `recall DATA [QUERIES...]`: DATA holds the Harmonized System, the trade test's declarations and the UK's tariff; QUERIES are further tables with the columns
//! `query,code`. Figures go to the standard output as JSON, one table a set to the error output.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "it measures, and fails by panicking")]

mod plain;
mod queries;
mod score;

use std::path::PathBuf;
use std::time::Instant;

use customs::nomenclature::{Nomenclature, hs2022, hs2022_sections};
use search::{Accepted, Index, Synonyms};
use serde_json::{Map, Value};

use plain::Plain;
use queries::Query;
use score::Score;

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let data = arguments.next().unwrap();
    let text = |name: &str| std::fs::read_to_string(data.join(name)).unwrap();
    let mut entries = hs2022_sections(&text("hs_sections.csv")).unwrap();
    entries.extend(hs2022(&text("hs2022.csv")).unwrap());
    let nomenclature = Nomenclature::new(entries);

    let tariff = queries::tariff(&text("uk_global_tariff_2020-12-02.csv"), &nomenclature);
    let trade_test = queries::trade_test(&data.join("hmrc"), &nomenclature);
    let mut sets = vec![("trade_test".to_owned(), trade_test), ("uk_tariff".to_owned(), queries::sample(&tariff, 500))];
    for file in arguments {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        sets.push((name, queries::table(&std::fs::read_to_string(&file).unwrap(), &nomenclature)));
    }

    let own = Plain::new(&nomenclature, false);
    let with_above = Plain::new(&nomenclature, true);
    let started = Instant::now();
    let ours = Index::build(nomenclature.clone(), Synonyms::own(), &[]).unwrap();
    let built_ms = started.elapsed().as_secs_f64() * 1000.0;
    let without_synonyms = Index::build(nomenclature.clone(), Synonyms::default(), &[]).unwrap();
    // The UK's descriptions as if they were past cases: for other sets alone, they would know their own answers.
    let cases: Vec<Accepted> =
        tariff.iter().map(|query| Accepted { text: query.text.clone(), code: query.code.clone() }).collect();
    let with_cases = Index::build(nomenclature, Synonyms::own(), &cases).unwrap();

    let mut figures = Map::new();
    figures.insert("build_ms".to_owned(), Value::from(built_ms.round()));
    for (name, queries) in sets {
        for (variant, queries) in [("", queries.clone()), ("_misspelled", queries::misspelled(&queries))] {
            let name = format!("{name}{variant}");
            eprintln!("{name}: {} queries", queries.len());
            figures.insert(format!("{name}_queries"), Value::from(queries.len()));
            let mut put = |way: &str, score: &Score| score.tell(&name, way, &mut figures);
            put("plain", &Score::of(&queries, |text| own.lookup(text)));
            put("plain_with_headings", &Score::of(&queries, |text| with_above.lookup(text)));
            put("ours_without_synonyms", &Score::of(&queries, |text| ours_of(&without_synonyms, text)));
            let started = Instant::now();
            put("ours", &Score::of(&queries, |text| ours_of(&ours, text)));
            let each = started.elapsed().as_secs_f64() * 1000.0 / f64::from(u32::try_from(queries.len()).unwrap());
            figures.insert(format!("{name}_ours_ms"), Value::from((each * 100.0).round() / 100.0));
            if !name.starts_with("uk_tariff") {
                let mut put = |way: &str, score: &Score| score.tell(&name, way, &mut figures);
                put("ours_with_past_cases", &Score::of(&queries, |text| ours_of(&with_cases, text)));
            }
        }
    }
    println!("{}", Value::Object(figures));
}

fn ours_of(index: &Index, query: &Query) -> Vec<String> {
    let answer = index.lookup(&query.text, score::DEPTH).unwrap();
    answer.hits.iter().map(|hit| hit.code().to_owned()).collect()
}
