//! What is found for whom: words and their other forms, synonyms, slips, codes, past cases; and what no question may do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use customs::nomenclature::{Nomenclature, hs2022, hs2022_sections, read};
use customs::tariff::import::national_book;
use definition::value::Date;
use proptest::prelude::*;
use search::{Accepted, Answer, How, Index, MAX_HITS, Place, Synonyms, Why, read_accepted, read_synonyms};

const BOOK: &str = include_str!("../../customs/tests/data/synthetic-national-book.csv");
const SECTIONS: &str = "section,name\nII,Vegetable products\nXVI,Machinery\nXVII,Vehicles\nXX,Miscellaneous\n";
const HS: &str = "section,hscode,description,parent,level\n\
    II,08,\"Fruit and nuts, edible\",TOTAL,2\nII,0802,\"Nuts (excluding coconuts), fresh or dried\",08,4\nII,080251,\"Nuts, edible; pistachios, fresh or dried, in shell\",0802,6\n\
    II,080252,\"Nuts, edible; pistachios, fresh or dried, shelled\",0802,6\nII,09,\"Coffee, tea, mate and spices\",TOTAL,2\nII,0902,Tea,09,4\nII,090210,\"Tea, green; not fermented\",0902,6\n\
    XVI,85,Electrical machinery,TOTAL,2\nXVI,8517,Telephone sets,85,4\nXVI,851713,Smartphones,8517,6\n\
    XVII,87,Vehicles,TOTAL,2\nXVII,8703,Motor cars for the transport of persons,87,4\nXVII,870323,Spark-ignition engine over 1500 cc,8703,6\n\
    XVII,870380,Electric motor only,8703,6\nXX,94,Furniture,TOTAL,2\nXX,9403,Furniture,94,4\nXX,940360,Wooden furniture (other than of a kind used in offices or kitchens),9403,6\n";

fn nomenclature() -> Nomenclature {
    let mut entries = hs2022_sections(SECTIONS).unwrap();
    entries.extend(hs2022(HS).unwrap());
    entries.extend(national_book(BOOK.as_bytes(), Date::new(2026, 3, 21).unwrap()).unwrap().entries);
    Nomenclature::new(entries)
}

fn index() -> Index {
    Index::build(nomenclature(), Synonyms::own(), &[]).unwrap()
}

fn codes(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.code()).collect()
}

fn first(index: &Index, query: &str) -> String {
    index.lookup(query, 5).unwrap().hits.first().map(|hit| hit.code().to_owned()).unwrap_or_default()
}

#[test]
fn goods_are_found_in_both_languages() {
    let index = index();
    for (query, expected) in [
        ("pistachios in shell", "08025100"),
        ("PISTACHIO, shelled", "08025200"),
        ("مغز پسته", "08025200"),
        ("پسته‌ها با پوست", "08025100"),
        ("چاي سبز", "09021000"),
        ("green tea", "09021000"),
        ("فرش دستباف", "57011000"),
        ("مبل چوبی", "94036010"),
        ("خودروهاي برقي", "87038010"),
    ] {
        assert_eq!(first(&index, query), expected, "{query}");
    }
}

#[test]
fn what_means_the_same_is_found_across_languages() {
    let index = index();
    // No description says so.
    for (query, expected) in
        [("electric automobile", "87038010"), ("ماشین سواری برقی", "87038010"), ("mobile phone", "8517")]
    {
        assert!(first(&index, query).starts_with(expected), "{query}: {}", first(&index, query));
    }
    let none = Index::build(nomenclature(), Synonyms::default(), &[]).unwrap();
    assert_eq!(first(&none, "automobile"), "");
    let own = read_synonyms("term,synonyms,language\nautomobile,خودرو سواری;charabanc,en\n").unwrap();
    let hit = Index::build(nomenclature(), own, &[]).unwrap().lookup("Charabancs", 1).unwrap().hits.remove(0);
    assert!(hit.code().starts_with("8703"));
    let synonym = |asked: &str, found: &str| Why::Word {
        asked: asked.into(),
        found: found.into(),
        how: How::Synonym,
        place: Place::Own,
    };
    assert_eq!(hit.why, [synonym("charabancs", "خودرو سواری")]);
}

#[test]
fn slips_are_forgiven_and_said() {
    let index = index();
    for (query, expected) in [
        ("pistacios in shel", "08025100"),
        ("smratphone", "85171300"),
        ("خودور برقی", "87038010"),
        ("fruniture", "94036010"),
    ] {
        assert_eq!(first(&index, query), expected, "{query}");
    }
    let hit = index.lookup("pistaccio", 1).unwrap().hits.remove(0);
    let Why::Word { asked, found, how: How::Spelling, place: Place::Own } = &hit.why[0] else {
        unreachable!("{:?}", hit.why)
    };
    assert_eq!((asked.as_str(), found.as_str()), ("pistaccio", "pistachios"));
}

#[test]
fn codes_are_looked_up_as_people_write_them() {
    let index = index();
    let expected = ["8703", "870323", "87032310", "870380", "87038010"];
    for query in ["8703", "۸۷۰۳", "87.03", " 8703 ", "٨٧-٠٣"] {
        assert_eq!(codes(&index.lookup(query, 10).unwrap()), expected, "{query}");
    }
    assert_eq!(codes(&index.lookup("8703.23", 10).unwrap()), ["870323", "87032310"]);
    assert_eq!(codes(&index.lookup("870", 1).unwrap()), ["8703"]);
    // A line of another country: the nearest that there is.
    assert_eq!(codes(&index.lookup("8703239081", 10).unwrap()), ["870323"]);
    assert_eq!(codes(&index.lookup("7777", 10).unwrap()), Vec::<&str>::new());
    // Among words, a code weighs.
    let answer = index.lookup("8703.23 electric", 10).unwrap();
    assert_eq!(answer.hits[0].code(), "87032310");
    assert_eq!(answer.hits[0].why[0], Why::Code);
}

#[test]
fn the_way_goes_from_the_section_and_codes_are_such_as_goods_are_declared_under() {
    let index = index();
    let hit = index.lookup("پسته با پوست", 1).unwrap().hits.remove(0);
    assert_eq!(
        hit.path.iter().map(|step| step.code.as_str()).collect::<Vec<_>>(),
        ["II", "08", "0802", "080251", "08025100"]
    );
    assert_eq!(
        (hit.path[2].en.as_str(), hit.path[2].fa.as_str()),
        ("Other nuts, fresh or dried", "سایر آجیل\u{200c}ها، تازه یا خشک")
    );
    assert_eq!(hit.entry().unwrap().priority, "4");
    let furniture = index.lookup("furniture", 100).unwrap();
    assert!(furniture.hits.iter().all(|hit| index.nomenclature().is_leaf(hit.code())));
}

#[test]
fn what_is_excluded_is_not_meant() {
    let file = "code,parent,en,fa\n500100,,\"Woven fabrics (excl. of silk)\",\n500200,,Woven fabrics of silk,\n500300,,\"Fabrics; other than knitted, of wool\",\n500400,,Knitted fabrics of wool,\n\
        500500,,\"Bottles, not exceeding 2 litres\",\n";
    let index = Index::build(Nomenclature::new(read(file).unwrap()), Synonyms::default(), &[]).unwrap();
    assert_eq!(codes(&index.lookup("silk", 10).unwrap()), ["500200"]);
    assert_eq!(first(&index, "knitted fabrics of wool"), "500400");
    assert_eq!(first(&index, "fabrics of wool, not knitted"), "500300");
    assert_eq!(first(&index, "2 litres"), "500500");
}

#[test]
fn equal_hits_come_in_the_order_of_their_codes() {
    let rows: Vec<String> = (1..=60).rev().map(|number| format!("{:06},,Widgets of brass,", 100 + number)).collect();
    let file = format!("code,parent,en,fa\n{}\n", rows.join("\n"));
    let index = Index::build(Nomenclature::new(read(&file).unwrap()), Synonyms::default(), &[]).unwrap();
    let answer = index.lookup("brass widget", 50).unwrap();
    let expected: Vec<String> = (1..=50).map(|number| format!("{:06}", 100 + number)).collect();
    assert_eq!(codes(&answer), expected);
    assert_eq!(index.lookup("brass widget", 50).unwrap(), answer);
    assert_eq!(index.lookup("brass widget", 0).unwrap().hits, []);
    assert_eq!(index.lookup("brass widget", usize::MAX).unwrap().hits.len(), 60.min(MAX_HITS));
}

#[test]
fn past_cases_count() {
    let cases = read_accepted(
        "text,code\n\"Rafsanjan snack, 500 g\",0802.51.00\n\"Rafsanjan snack, 500 g\",۰۸۰۲۵۱۰۰\n\"Rafsanjan snack, 500 g\",08025200\nOld thing,12345678\nGeneral tea,0902\n",
    );
    let cases = cases.unwrap();
    assert_eq!(cases[1], Accepted { text: "Rafsanjan snack, 500 g".into(), code: "08025100".into() });
    let index = Index::build(nomenclature(), Synonyms::own(), &cases).unwrap();
    // One has a code that is not there, one a heading that is parted further.
    assert_eq!(index.left_out(), 2);
    let answer = index.lookup("RAFSANJAN  snack, 500 g", 5).unwrap();
    assert_eq!(codes(&answer), ["08025100", "08025200"]);
    assert_eq!(answer.hits[0].why[0], Why::Accepted { times: 2 });
    // A word that only a past case has.
    assert_eq!(first(&index, "rafsanjan"), "08025100");
    assert_eq!(first(&self::index(), "rafsanjan"), "");
}

#[test]
fn lists_with_faults_are_refused_with_their_lines() {
    let synonyms = |rows: &str| -> Vec<String> {
        let problems = read_synonyms(&format!("term,synonyms,language\n{rows}")).unwrap_err();
        problems.into_iter().map(|one| format!("{}: {}", one.line, one.fault)).collect()
    };
    assert_eq!(
        synonyms("car,,en\n\"!!\",x,\ncar,automobile,de\nخودرو,car,en\ncar,خودرو,fa\nof,the,\n"),
        [
            "2: `car` stands alone: write what else means the same, with `;` between",
            "3: there is no word in `!!`: write a word that goods are called by",
            "4: `de` is no language: write `en` or `fa`, or leave the cell empty",
            "5: `خودرو` is said to be English, and is not written in its letters",
            "6: `car` is said to be Persian, and is not written in its letters",
            "7: there is no word in `of`: write a word that goods are called by",
        ]
    );
    assert!(
        read_synonyms("term,language\n").unwrap_err()[0]
            .fault
            .to_string()
            .contains("should be `term,synonyms,language`")
    );
    assert!(read_accepted("text,code\nx,87O3\n").unwrap_err()[0].fault.to_string().starts_with("`87O3` is no code"));
    assert!(read_accepted("text,code\n,8703\n").is_err());
    assert!(read_accepted("text,code\na,b,c\n").unwrap_err()[0].fault.to_string().starts_with("this is not CSV"));
}

#[test]
fn empty_files_find_nothing() {
    let empty = Index::build(Nomenclature::default(), Synonyms::default(), &[]).unwrap();
    for query in ["", "car", "8703", "خودرو"] {
        assert_eq!(empty.lookup(query, 10).unwrap(), Answer::default());
    }
    assert_eq!(read_accepted("text,code\n").unwrap(), []);
    assert!(read_synonyms("term,synonyms,language\n").is_ok());
    assert!(read_synonyms("").is_err());
}

#[test]
fn the_list_that_is_built_in_has_no_fault() {
    let list = include_str!("../data/synonyms.csv");
    let problems = read_synonyms(list).err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(list.lines().count() > 50);
}

#[test]
fn no_question_is_too_strange() {
    let index = index();
    let long = "pistachio ".repeat(1 << 20);
    let answer = index.lookup(&long, 3).unwrap();
    assert!(answer.cut);
    assert_eq!(answer.hits[0].code(), "08025100");
    let many: String = (0..200).map(|number| format!("pistachx{} ", char::from(b'a' + number % 26))).collect();
    assert!(index.lookup(&many, 3).unwrap().cut);
    for query in [
        "AND OR NOT + - \" ( ) [ ] { } * ? : ^ ~ \\ / && ||",
        "own_latin:pistachio^1000",
        "\u{202e}\u{2066}\u{0}\u{1}\u{7f}\u{feff}",
        "((((((((((",
        "--------",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "99999999999999999999999999999999",
        "\u{fdfa}\u{fdfa}\u{fdfa}",
        "ءءءءءء",
    ] {
        let answer = index.lookup(query, 3).unwrap();
        assert!(answer.hits.len() <= 3 && !answer.cut, "{query}");
    }
    // Marks of direction change nothing.
    assert_eq!(first(&index, "\u{202e}pista\u{200b}chio\u{202c} in\u{0}shell"), "08025100");
    // A field's name is a word like any other.
    assert_eq!(first(&index, "own_latin:pistachio"), "08025100");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_question_has_an_answer(query in "\\PC{0,40}|[0-9. ]{0,14}|(pistachio|tea|چای|8703|of|خودرو|~|\"| ){0,8}") {
        thread_local!(static INDEX: Index = index());
        INDEX.with(|index| {
            let answer = index.lookup(&query, 4).unwrap();
            prop_assert!(answer.hits.len() <= 4);
            prop_assert!(answer.hits.iter().all(|hit| hit.score.is_finite() && !hit.path.is_empty() && !hit.why.is_empty()));
            prop_assert_eq!(index.lookup(&query, 4).unwrap(), answer);
            Ok(())
        })?;
    }
}
