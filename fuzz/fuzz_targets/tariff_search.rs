//! Any text as a question, as synonyms and as past cases: no panic, no more hits than were asked for, each with its way.
#![no_main]

use std::sync::LazyLock;

use customs::nomenclature::{Nomenclature, read};
use libfuzzer_sys::fuzz_target;
use search::{Index, Synonyms, normal, read_accepted, read_synonyms};

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let file = "code,parent,en,fa\n08,,Fruit and nuts,میوه\n080251,,Pistachios in shell,پسته با پوست\n8703,,Motor cars,خودرو\n87032310,,Other than electric,غیر برقی\n";
    Index::build(Nomenclature::new(read(file).unwrap()), Synonyms::own(), &[]).unwrap()
});

fuzz_target!(|text: &str| {
    let once = normal(text);
    assert_eq!(normal(&once), once);
    let answer = INDEX.lookup(text, 2).unwrap();
    assert!(answer.hits.len() <= 2);
    assert!(answer.hits.iter().all(|hit| !hit.code().is_empty() && hit.score.is_finite()));
    let _ = read_synonyms(&format!("term,synonyms,language\n{text}"));
    let _ = read_accepted(&format!("text,code\n{text}"));
});
