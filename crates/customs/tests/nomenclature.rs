//! The nomenclature: its file, its tree, and the Harmonized System as it is published.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use customs::nomenclature::{Entry, Nomenclature, hs2022, hs2022_sections, read, write};
use proptest::prelude::*;

const HS: &str = "section,hscode,description,parent,level\nXVII,87,Vehicles,TOTAL,2\nXVII,8703,Motor cars,87,4\nXVII,870323,Over 1500 cc,8703,6\nI,1,Animals,TOTAL,2\n\
    TOTAL,99,Commodities not specified,TOTAL,2\nTOTAL,TOTAL,Total,TOTAL,5\n";
const SECTIONS: &str = "\u{feff}section,name\nI,Animals\nXVII,\"Vehicles, aircraft\"\n";

fn codes(path: Vec<&Entry>) -> Vec<&str> {
    path.into_iter().map(|entry| entry.code.as_str()).collect()
}

/// The Harmonized System in small, with national lines beside it.
fn nomenclature() -> Nomenclature {
    let mut entries = hs2022_sections(SECTIONS).unwrap();
    entries.extend(hs2022(HS).unwrap());
    entries.extend(read("code,parent,en,fa\n87032310,,,خودرو سواری\n8703,,,سواری\n").unwrap());
    Nomenclature::new(entries)
}

#[test]
fn the_way_to_a_code_goes_from_its_section() {
    let all = nomenclature();
    assert_eq!(codes(all.path("87032310")), ["XVII", "87", "8703", "870323", "87032310"]);
    assert_eq!(codes(all.path("01")), ["I", "01"]);
    assert_eq!(codes(all.path("99")), ["99"]);
    assert_eq!(codes(all.path("7777")), Vec::<&str>::new());
    // What the book says of a heading joins what the Harmonized System says of it.
    let heading = all.get("8703").unwrap();
    assert_eq!((heading.en.as_str(), heading.fa.as_str()), ("Motor cars", "سواری"));
    assert_eq!((all.is_leaf("87032310"), all.is_leaf("8703"), all.is_leaf("XVII")), (true, false, false));
    assert_eq!(codes(all.beginning("870").collect()), ["8703", "870323", "87032310"]);
}

#[test]
fn what_is_written_is_read() {
    let all = nomenclature();
    let entries: Vec<Entry> = all.entries().cloned().collect();
    assert_eq!(read(&write(&entries).unwrap()).unwrap(), entries);
    let grouped =
        vec![Entry { code: "0902".into(), fa: "چای, سبز".into(), priority: "2".into(), ..Entry::default() }];
    assert_eq!(read(&write(&grouped).unwrap()).unwrap(), grouped);
}

#[test]
fn each_fault_has_its_line_and_what_to_do() {
    let faults = |text: &str| -> Vec<String> {
        read(text).unwrap_err().into_iter().map(|one| format!("{}: {}", one.line, one.fault)).collect()
    };
    let file = "code,parent,en,fa\n870,,x,\n8703,88,x,\n8703,87,x,\n8704,,,\n8703,XVII,y,\n۸۷۰۵,,x,\nVIX8,,x,\n";
    let told = faults(file).join("\n");
    for expected in [
        "2: `870` is no code: write",
        "3: `8703` cannot stand under `88`: name",
        "5: `8704` has no name: write",
        "7: `۸۷۰۵` is no code",
        "8: `VIX8` is no code",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    assert_eq!(
        faults("code,parent,en,fa\n8703,87,x,\n8703,XVII,y,\n"),
        ["3: `8703` stands on line 2 already: leave one of the two"]
    );
    assert_eq!(faults("code,parent,en\n"), ["1: the column `fa` is missing"]);
    assert_eq!(faults(""), ["1: the file is empty, without even a line that names its columns"]);
    assert_eq!(
        faults("\n\nname\n")[1..],
        ["code", "parent", "en", "fa"].map(|column| format!("1: the column `{column}` is missing"))
    );
    // A row may leave its last cells out, but for one at which the file ends.
    assert_eq!(
        faults("code,parent,en,fa\n01,,Animals\n02,,Meat"),
        ["3: the file ends within this row: it was cut short"]
    );
    assert_eq!(read("code,parent,en,fa\n").unwrap(), []);
}

#[test]
fn faults_of_the_published_tables_are_named() {
    let faults =
        |text: &str| hs2022(text).unwrap_err().into_iter().map(|one| one.fault.to_string()).collect::<Vec<_>>();
    let with = |row: &str| format!("section,hscode,description,parent,level\n{row}\n");
    assert!(faults(&with("I,01,x,TOTAL,3"))[0].starts_with("`3` is no level"));
    assert!(faults(&with("I,1011,x,TOTAL,2"))[0].starts_with("`1011` is no code"));
    assert!(faults(&with("I,01,,TOTAL,2"))[0].starts_with("`01` has no name"));
    assert!(hs2022_sections("section,name\n1,x\n").is_err());
}

#[test]
fn the_harmonized_system_is_whole() {
    let data = std::env::var_os("PANJEREH_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let text = |name: &str| std::fs::read_to_string(data.join("customs").join(name));
    let (Ok(codes), Ok(sections)) = (text("hs2022.csv"), text("hs_sections.csv")) else {
        println!("skipped: there is no customs/hs2022.csv in {}", data.display());
        return;
    };
    let mut entries = hs2022_sections(&sections).unwrap();
    entries.extend(hs2022(&codes).unwrap());
    // What the source says of itself: 21 sections, 97 chapters (77 is kept free, 98 and 99 are not the System's), 1229 headings, 5613 subheadings.
    let count = |digits| {
        entries
            .iter()
            .filter(|entry| entry.code.len() == digits && entry.code.starts_with(|c: char| c.is_ascii_digit()))
            .count()
    };
    assert_eq!((count(2), count(4), count(6)), (97, 1229, 5613));
    assert_eq!(read(&write(&entries).unwrap()).unwrap(), entries);
    let all = Nomenclature::new(entries);
    let rootless =
        all.entries().filter(|entry| entry.code.len() == 6 && entry.code.starts_with(|c: char| c.is_ascii_digit()));
    let rootless: Vec<&str> =
        rootless.filter(|entry| all.path(&entry.code).len() != 4).map(|entry| entry.code.as_str()).collect();
    assert_eq!(rootless, ["999999"]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_every_way_ends(text in "([0-9]{0,4}|I|V)(,([0-9]{0,3}|I))?(,a)?(,ب)?(\n([0-9]{0,10}|X),([0-9]{0,6}|V),a,)*") {
        let file = format!("code,parent,en,fa\n{text}\n");
        if let Ok(entries) = read(&file) {
            let all = Nomenclature::new(entries.clone());
            for entry in &entries {
                let path = all.path(&entry.code);
                prop_assert_eq!(&path.last().unwrap().code, &entry.code);
                prop_assert!(path.len() <= 11);
            }
        }
    }
}
