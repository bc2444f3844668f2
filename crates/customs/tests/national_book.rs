//! A national book as a tariff's file and a nomenclature, and what wrong books are told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use customs::nomenclature::{self, Nomenclature};
use customs::tariff::import::{COMMERCIAL_PROFIT, CUSTOMS_DUTY, national_book};
use customs::tariff::{Goods, read};
use definition::value::Date;
use proptest::prelude::*;

const BOOK: &str = include_str!("data/synthetic-national-book.csv");

fn day() -> Date {
    Date::new(2026, 3, 21).unwrap()
}

fn faults(book: &[u8]) -> Vec<String> {
    let problems = national_book(book, day()).unwrap_err();
    problems.into_iter().map(|one| format!("{}: {}; {}", one.line, one.fault, one.fault.help())).collect()
}

/// The rates of a code on a day, as the book's tariff has them.
fn rates(file: &str, commodity: &str, day: Date) -> Vec<String> {
    let tariff = read(file).unwrap();
    let goods = Goods { commodity, origin: "TR", groups: &[], preference: "", procedures: &[], additional: &[], day };
    let found = tariff.find(&goods).unwrap();
    found.into_iter().map(|(tax, measure)| format!("{tax} {}", measure.written)).collect()
}

#[test]
fn a_book_becomes_measures_and_names() {
    let book = national_book(BOOK.as_bytes(), day()).unwrap();
    assert_eq!((book.measures, book.entries.len()), (18, 13));
    assert_eq!((CUSTOMS_DUTY, COMMERCIAL_PROFIT), ("CUD", "COM"));
    // Persian, Arabic and Latin digits, with percent signs and without, and a code with points.
    assert_eq!(rates(&book.file, "08025100", day()), ["COM 51%", "CUD 4%"]);
    assert_eq!(rates(&book.file, "08025200", day()), ["COM 51%", "CUD 4%"]);
    assert_eq!(rates(&book.file, "57011000", day()), ["COM 26%", "CUD 4%"]);
    assert_eq!(rates(&book.file, "87038010", day()), ["COM 0.5%", "CUD 4%"]);
    assert_eq!(rates(&book.file, "08025100", Date::new(2026, 3, 20).unwrap()), Vec::<String>::new());
    let names = Nomenclature::new(nomenclature::read(&nomenclature::write(&book.entries).unwrap()).unwrap());
    let tea = names.get("09021000").unwrap();
    // Arabic yeh is folded, the half-space stays.
    assert_eq!((tea.fa.as_str(), tea.priority.as_str()), ("چای سبز در بسته\u{200c}های حداکثر ۳ کیلوگرم", "2"));
    assert_eq!(
        names.path("87032310").iter().map(|entry| entry.code.as_str()).collect::<Vec<_>>(),
        ["8703", "87032310"]
    );
}

#[test]
fn heads_may_be_english_and_cells_parted_otherwise() {
    let expected = national_book("کد,شرح,حقوق گمرکی,سود بازرگانی\n0902,چای,4,16\n".as_bytes(), day()).unwrap();
    for book in [
        "Code,Persian name,Customs Duty,Commercial_Profit\n0902,چای,4,16\n",
        "\u{feff}کد\u{200c}تعرفه;شرح كالا;حقوق گمركي (%);سود بازرگاني;یادداشت\n۰۹.۰۲;چاي;4;16;x\n",
        "hs code\tfa\tduty\tcommercial profit\n0902\tچای\t۴٪\t16 %\n\t\t\t\n",
    ] {
        assert_eq!(national_book(book.as_bytes(), day()).unwrap(), expected, "{book}");
    }
}

#[test]
fn a_code_may_have_a_history() {
    let book = "code,en,duty,commercial profit,valid from,valid to\n0902,Tea,4,16,2025-03-21,2026-03-20\n0902,Black tea,4,21,2026-03-21,\n";
    let book = national_book(book.as_bytes(), day()).unwrap();
    assert_eq!(rates(&book.file, "0902", Date::new(2025, 6, 1).unwrap()), ["COM 16%", "CUD 4%"]);
    assert_eq!(rates(&book.file, "0902", day()), ["COM 21%", "CUD 4%"]);
    assert_eq!(book.entries.len(), 1);
    assert_eq!(book.entries[0].en, "Black tea");
}

#[test]
fn each_fault_of_a_row_has_its_line_and_remedy() {
    let head = "code,fa,en,duty,commercial profit,import duty,valid from,valid to\n";
    for (row, expected) in [
        ("8O25100,پسته,,4,5,,,", "2: `8O25100` is no code of goods; write two, four"),
        (
            "8025100,پسته,,4,5,,,",
            "2: the code `8025100` has an odd number of digits; a spreadsheet may have taken a leading zero",
        ),
        ("8.70E+07,خودرو,,4,5,,,", "2: `8.70E+07` is no code of goods; write"),
        ("08025100,,,4,5,,,", "2: `08025100` has no name; write"),
        (
            "08025100,Ù¾Ø³ØªÙ‡,,4,5,,,",
            "2: `Ù¾Ø³ØªÙ‡` is in the column of Persian names and has no Persian letter; open",
        ),
        ("08025100,????,,4,5,,,", "2: `????` is in the column of Persian names"),
        ("08025100,پس\u{fffd}ه,,4,5,,,", "has lost letters; open the book"),
        ("08025100,پسته,,4,,,,", "2: one of the two rates is given, the other is not; write both"),
        ("08025100,پسته,,,,9,,", "2: one of the two rates is given"),
        ("08025100,پسته,,4,معاف,,,", "2: `معاف` is no rate: "),
        ("08025100,پسته,,-4,5,,,", "2: `-4` is below zero; write"),
        ("08025100,پسته,,4,5,10,,", "2: 4% and 5% do not add up to 10%; see which"),
        (
            "08025100,پسته,,4,5,,1405/01/01,",
            "2: `1405/01/01` is no date such as 2026-03-21; write the day of the Gregorian calendar",
        ),
        ("08025100,پسته,,4,5,,2026-03-21,2026-03-20", "2: it ends on 2026-03-20, before it begins on 2026-03-21; see"),
        (
            "08025100,پسته,,4,5,,,\n0802.51.00,پسته,,4,6,,,",
            "3: `08025100` stands on line 2 already, for the same days; leave one",
        ),
        (
            "0802,پسته,,4,5,,,\n08025100,پسته,,4,6,,,",
            "3: `08025100` has rates, and so has `0802` on line 2, of which it is a part; leave rates",
        ),
        ("08025100,پسته,,99999999999999999999999999999999,5,,,", "is no rate"),
    ] {
        let told = faults(format!("{head}{row}\n").as_bytes());
        assert!(told.len() == 1 && told[0].contains(expected), "{row}: {told:?}");
    }
    // All at once, in the order of the lines.
    let told = faults(format!("{head}1,a,,4,5,,,\n0902,چای,,4,5,,,\n08,پسته,,4,,,,\n").as_bytes());
    assert_eq!(told.iter().map(|one| one.split(':').next().unwrap()).collect::<Vec<_>>(), ["2", "4"]);
}

#[test]
fn wrong_heads_and_encodings_are_told_apart() {
    let windows = b"code,fa,duty,commercial profit\n0902,\x8d\xc7\xed,4,5\n";
    let utf16: Vec<u8> = "\u{feff}code,fa".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (book, expected) in [
        (&windows[..], "2: the line is not UTF-8; it may be Windows-1256; open it where its letters show"),
        (&utf16[..], "1: the file is saved as UTF-16"),
        (b"PK\x03\x04rest", "1: the file is a spreadsheet, not CSV; open it in a spreadsheet, and save"),
        (b"code,en\0", "1: the file has zero bytes"),
        (b"", "1: the column `\u{6a9}\u{62f} \u{62a}\u{639}\u{631}\u{641}\u{647}` is missing"),
        ("code,fa,dutty,commercial profit\n".as_bytes(), "1: the column `حقوق گمرکی` is missing; is it `dutty`?"),
        ("code,fa,حقوق ورودی\n".as_bytes(), "1: of the duties there is only the sum, `حقوق ورودی`; give"),
        ("code,fa,شرح,duty,commercial profit\n".as_bytes(), "1: two columns are a `شرح`"),
        ("code,duty,commercial profit\n".as_bytes(), "1: the column `شرح` is missing"),
        ("code,fa,duty,commercial profit\n".as_bytes(), "1: there are no rows below the heads"),
    ] {
        let told = faults(book);
        assert!(told.len() == 1 && told[0].contains(expected), "{told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What is taken over is a tariff and a nomenclature, whatever the book was.
    #[test]
    fn whatever_is_taken_over_can_be_read(rows in "(([0-9۰-۹.]{0,9}|0902),(چای|x|),(tea|),(4|4%|۴٪|1 EUR / kg|x|),(5|)\n){0,6}") {
        let book = format!("code,fa,en,duty,commercial profit\n{rows}");
        match national_book(book.as_bytes(), day()) {
            Ok(book) => {
                prop_assert_eq!(read(&book.file).unwrap().measures().len(), book.measures);
                prop_assert_eq!(nomenclature::read(&nomenclature::write(&book.entries).unwrap()).unwrap(), book.entries);
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = national_book(&bytes, day());
        let mut book = b"code,fa,duty,commercial profit\n".to_vec();
        book.extend(bytes);
        let _ = national_book(&book, day());
    }
}
