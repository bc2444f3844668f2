//! The words of both languages.

use std::collections::BTreeSet;

fn keys(source: &str) -> BTreeSet<&str> {
    let starts = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
    source.lines().filter(starts).filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
}

/// Keys of what has words of its own for programs.
fn for_programs(source: &str) -> BTreeSet<&str> {
    let mut key = "";
    let mut found = BTreeSet::new();
    for line in source.lines() {
        match line.split_once(" =") {
            Some(("    .program", _)) => drop(found.insert(key)),
            Some((next, _)) if !next.starts_with(' ') => key = next,
            _ => {}
        }
    }
    found
}

#[test]
fn what_programs_are_told_stands_in_both_languages() {
    let [persian, english] = [include_str!("../../words/fa.ftl"), include_str!("../../words/en.ftl")].map(for_programs);
    assert_eq!(persian, english);
    assert!(persian.contains("fault-stale-detail"));
}

#[test]
fn each_word_stands_in_both_languages() {
    let persian = keys(include_str!("../../words/fa.ftl"));
    let english = keys(include_str!("../../words/en.ftl"));
    let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| {
        one.difference(other).map(|key| (*key).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(only(&persian, &english), Vec::<String>::new(), "only in Persian");
    assert_eq!(only(&english, &persian), Vec::<String>::new(), "only in English");
    assert!(persian.len() > 100);
}

/// What may stand in the history of a lot or receipt.
#[test]
fn each_movement_of_goods_has_its_word() {
    let all = serde_json::from_str::<customs::goods::Movement>(r#"{"teleport": {}}"#).unwrap_err().to_string();
    let moves: Vec<&str> = all.split('`').skip(3).step_by(2).collect();
    assert!(moves.contains(&"entry") && moves.contains(&"settle"), "{all}");
    // These move nothing in or out of either.
    let elsewhere = [
        "manifest",
        "spend",
        "reserve",
        "unreserve",
        "discharge",
        "refuse-arrival",
        "reserve-arrival",
        "unreserve-arrival",
        "settle",
    ];
    let words = keys(include_str!("../../words/en.ftl"));
    let wanted = moves.into_iter().filter(|one| !elsewhere.contains(one));
    let missing: Vec<&str> = wanted.filter(|one| !words.contains(format!("goods-move-{one}").as_str())).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn each_word_stands_once() {
    for source in [include_str!("../../words/fa.ftl"), include_str!("../../words/en.ftl")] {
        let starts = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        let count = source.lines().filter(starts).filter(|line| line.contains(" =")).count();
        assert_eq!(count, keys(source).len());
    }
}

#[test]
fn each_word_can_be_formed() {
    for source in [include_str!("../../words/fa.ftl"), include_str!("../../words/en.ftl")] {
        let read = fluent_bundle::FluentResource::try_new(source.to_owned());
        assert!(read.is_ok(), "{:?}", read.err().map(|(_, errors)| errors));
    }
}
