//! Sheets of items made by hand: what is in their cells is read as items, and each wrong cell is named with its row and column.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};

use customs::declaration::{Item, Text};
use customs::sheet::{MAX_ITEMS, join, read};
use customs::{Message, Problem};
use definition::value::Decimal;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SAMPLE: &str = include_str!("data/sample-items.csv");
const HEAD: &str = include_str!("data/sample-declaration.xml");

fn value(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.value)
}

/// Place, number and reason of each problem.
fn told(problems: &[Problem]) -> Vec<(String, Option<&'static str>, String)> {
    let place = |problem: &Problem| problem.at.as_ref().map(ToString::to_string).unwrap_or_default();
    problems.iter().map(|one| (place(one), one.id, one.fault.to_string())).collect()
}

/// What the two items of the sample say.
fn is_the_sample(items: &[Item]) {
    assert_eq!(items.len(), 2);
    let (first, second) = (&items[0], &items[1]);
    assert_eq!((value(first.codes[0].code.as_ref()), value(first.codes[0].list.as_ref())), ("08031010", "TSP"));
    assert_eq!(value(first.description.as_ref()), "موز");
    assert_eq!((value(first.origins[0].country.as_ref()), value(first.origins[0].kind.as_ref())), ("TR", "1"));
    let price = |item: &Item| item.charge.as_ref().map(|charge| (charge.value.value, charge.currency.clone())).unwrap();
    assert_eq!(price(first), (Decimal::new(10_005, 1), Some("EUR".to_owned())));
    assert_eq!(price(second), (Decimal::new(250_075, 2), Some("USD".to_owned())));
    assert_eq!(value(second.codes[0].code.as_ref()), "8517130000");
    assert_eq!(
        (second.number.as_ref().unwrap().value, second.gross.as_ref().unwrap().value.value),
        (2.into(), Decimal::new(3, 1))
    );
    assert_eq!(second.net.as_ref().unwrap().value.value, Decimal::new(25, 2));
}

#[test]
fn a_sheet_in_persian_is_read_whatever_is_between_its_cells() {
    is_the_sample(&read(SAMPLE.as_bytes(), None).unwrap());
    is_the_sample(&read(format!("\u{feff}{SAMPLE}").as_bytes(), None).unwrap());
    for sign in [",", "\t"] {
        is_the_sample(&read(SAMPLE.replace(';', sign).replace('\n', "\r\n").as_bytes(), None).unwrap());
    }
}

#[test]
fn english_heads_name_the_same_columns() {
    let text = "Item,HS code,Goods,Country of Origin,Value,Currency,Gross mass,Packages,Kind of packages,Procedure,Previous procedure,Preference\n\
        7,0803.10.10,Bananas,tr,\"1,000.50\",eur,600,30,ct,40,00,100\n";
    let items = read(text.as_bytes(), None).unwrap();
    let item = &items[0];
    assert_eq!((item.number.as_ref().unwrap().value, value(item.codes[0].code.as_ref())), (7.into(), "08031010"));
    assert_eq!(item.charge.as_ref().unwrap().value.value, Decimal::new(10_005, 1));
    assert_eq!(
        (value(item.packages[0].kind.as_ref()), item.packages[0].count.as_ref().unwrap().value),
        ("CT", 30.into())
    );
    let procedure = &item.procedures[0];
    assert_eq!((value(procedure.current.as_ref()), value(procedure.previous.as_ref())), ("40", "00"));
    assert_eq!(value(item.duties[0].preference.as_ref()), "100");
}

#[test]
fn every_wrong_cell_is_named_at_once() {
    let text = "number,commodity,origin,price,currency,net\n1,0803,TR,-5,EUR,1\n\n1,,Turkey,12a,euro,1.1234567\n1,0803,TR,5,EUR,1\n1,0803,TR,5,EUR,1\n";
    let problems = read(text.as_bytes(), None).unwrap_err();
    let cell = |cell: &str, id: Option<&'static str>, fault: &str| (cell.to_owned(), id, fault.to_owned());
    assert_eq!(
        told(&problems),
        [
            cell("cell D2 (price)", Some("112"), "`-5` is below zero"),
            cell("cell B4 (commodity)", None, "it is empty"),
            cell("cell C4 (origin)", Some("063"), "`Turkey` is not a country"),
            cell("cell D4 (price)", Some("112"), "`12a` is not a number"),
            cell("cell E4 (currency)", Some("135"), "`euro` is not a currency"),
            cell("cell F4 (net)", Some("128"), "`1.1234567` has more than 6 digits after the point"),
            cell("cell A6 (number)", Some("006"), "another row has the number 1"),
        ]
    );
    assert!(problems.iter().all(|one| !one.fault.help().is_empty()));
}

#[test]
fn a_wrong_header_is_told_before_any_row() {
    let problems = read("comodity;origin;origin;price\nx;y;z;w\n".as_bytes(), None).unwrap_err();
    let faults: Vec<_> = told(&problems).into_iter().map(|(at, _, fault)| (at, fault)).collect();
    let expected = [
        ("cell A1 (comodity)", "there is no column `comodity`"),
        ("cell C1 (origin)", "the column `origin` stands twice"),
        ("cell E1 ()", "the column `commodity` is missing"),
        ("cell E1 ()", "the column `currency` is missing"),
    ];
    assert_eq!(faults, expected.map(|(at, fault)| (at.to_owned(), fault.to_owned())));
    assert_eq!(problems[0].fault.help(), "did you mean `commodity`?");
    for bytes in [
        &b""[..],
        b"\n\n",
        b"commodity,origin,price,currency\n",
        b"\xff\xfec\0o\0",
        b"\xc7\xed\xd1",
        b"PK\x03\x04",
        b"a\0b",
    ] {
        let problems = read(bytes, None).unwrap_err();
        assert!(!problems.is_empty() && problems.iter().all(|one| !one.fault.help().is_empty()));
    }
}

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with a sheet `Items`, of which these are the rows, and these are the texts that its cells share.
fn workbook(rows: &str, shared: &[&str]) -> Vec<u8> {
    let shared: String = shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    archive(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"a\"/><sheet name=\"Items\" sheetId=\"2\" r:id=\"b\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", &format!("<sst>{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/sheet2.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

const HEADER: &str = "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>commodity</t></is></c><c r=\"C3\" t=\"inlineStr\"><is><r><t>ori</t></r><r><t>gin</t></r></is></c><c r=\"D3\" t=\"s\"><v>0</v></c><c r=\"E3\" t=\"str\"><v>currency</v></c></row>";

#[test]
fn a_workbook_is_read_without_floats() {
    let row = "<row r=\"5\"><c r=\"B5\"><v>8517130000</v></c><c r=\"C5\" t=\"s\"><v>1</v></c><c r=\"D5\"><v>0.30000000000000004</v></c><c r=\"E5\" t=\"s\"><v>2</v></c></row><row r=\"6\"><c r=\"B6\"><v>8.5E9</v></c><c r=\"C6\" t=\"s\"><v>1</v></c><c r=\"D6\"><v>1.23456789012E+3</v></c><c r=\"E6\" t=\"s\"><v>2</v></c></row>";
    let file = workbook(&format!("{HEADER}{row}"), &["price", "CN", "USD"]);
    let problems = read(&file, Some("Items")).unwrap_err();
    // The sheet's fifteen digits are kept, and what is too fine for an amount is said.
    assert_eq!(
        told(&problems),
        [(
            "sheet Items, cell D6 (price)".to_owned(),
            Some("112"),
            "`1234.56789012` has more than 3 digits after the point".to_owned()
        )]
    );
    let items = read(
        &workbook(&format!("{HEADER}{}", row.replace("1.23456789012E+3", "1.5E+3")), &["price", "CN", "USD"]),
        Some("Items"),
    )
    .unwrap();
    let prices: Vec<_> = items.iter().map(|item| item.charge.as_ref().unwrap().value.value).collect();
    assert_eq!(prices, [Decimal::new(3, 1), Decimal::from(1500)]);
    assert_eq!(value(items[1].codes[0].code.as_ref()), "8500000000");
    // The first sheet is taken if none is named, and it has nothing.
    assert!(read(&file, None).unwrap_err()[0].fault.to_string().contains("no rows of items"));
    let unnamed = read(&file, Some("Sheet9")).unwrap_err();
    assert_eq!(
        (unnamed[0].fault.to_string(), unnamed[0].fault.help()),
        ("there is no sheet `Sheet9`".to_owned(), "there is Notes, Items".to_owned())
    );
}

#[test]
fn cells_with_errors_and_places_far_out_are_no_trouble() {
    let row = "<row r=\"4\"><c r=\"B4\" t=\"e\"><v>#N/A</v></c><c r=\"C4\" t=\"s\"><v>1</v></c><c r=\"D4\"><v>1</v></c><c r=\"E4\" t=\"s\"><v>2</v></c><c r=\"XFD4\"><v>9</v></c></row>";
    let problems = read(&workbook(&format!("{HEADER}{row}"), &["price", "CN", "USD"]), Some("Items")).unwrap_err();
    assert_eq!(
        told(&problems),
        [("sheet Items, cell B4 (commodity)".to_owned(), None, "the cell shows an error: `#N/A`".to_owned())]
    );
    let far = read(
        &workbook(&format!("{HEADER}<row r=\"4000000000\"><c r=\"B1\"><v>1</v></c></row>"), &["price"]),
        Some("Items"),
    )
    .unwrap_err();
    assert!(far[0].fault.to_string().contains("more rows than a sheet has"), "{}", far[0].fault);
    let cut = archive(&[("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets>")]);
    assert!(read(&cut, None).is_err());
}

#[test]
fn an_open_document_is_read() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |value: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>shown</text:p></table:table-cell>"
        )
    };
    let head = ["commodity", "origin", "price", "currency"].map(cell).concat();
    let row = [number("8517130000"), cell("CN"), number("12.50"), cell("USD")].concat();
    let content = format!(
        "<office:document-content><table:table table:name=\"Items\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row><table:table-row>{head}</table:table-row><table:table-row table:number-rows-repeated=\"2\">{row}</table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell/></table:table-row></table:table></office:document-content>"
    );
    let items = read(
        &archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]),
        None,
    )
    .unwrap();
    let told: Vec<_> = items
        .iter()
        .map(|item| (item.number.as_ref().unwrap().value, item.charge.as_ref().unwrap().value.value))
        .collect();
    assert_eq!(told, [(1.into(), Decimal::new(125, 1)), (2.into(), Decimal::new(125, 1))]);
    let wrong = content.replace("USD", "US");
    let problems = read(&archive(&[("content.xml", &wrong)]), None).unwrap_err();
    assert_eq!(told_places(&problems), ["sheet Items, cell D5 (currency)", "sheet Items, cell D6 (currency)"]);
}

/// A text that is said once could be shown by every cell of a row.
#[test]
fn a_cell_has_an_end() {
    let long = "x".repeat(4 * 32_767 + 1);
    let shown = "<row r=\"4\"><c t=\"s\"><v>0</v></c></row>";
    let content = format!(
        "<office:document-content><table:table><table:table-row><table:table-cell table:number-columns-repeated=\"256\"><text:p>{long}</text:p></table:table-cell></table:table-row></table:table></office:document-content>"
    );
    for file in [workbook(shown, &[&long]), archive(&[("content.xml", &content)])] {
        let problems = read(&file, None).unwrap_err();
        assert_eq!(problems[0].fault.to_string(), "a cell has more than 131068 bytes");
    }
    let wide = format!("commodity,origin,price,currency{}\n8517130000,CN,1,USD\n", ",".repeat(10_000));
    assert_eq!(read(wide.as_bytes(), None).unwrap().len(), 1);
}

/// A reader of XML keeps a text whole, so that a small archive could fill the memory before anybody looks at a cell.
#[test]
fn a_text_without_an_end_is_not_read_to_its_end() {
    let huge = "x".repeat(40 << 20);
    let shared = workbook("", &[&huge]);
    let content = format!("<d><table:table><table:table-row><table:table-cell><text:p>{huge}");
    let tag = format!("<d><table:table table:name=\"{huge}\">");
    for file in [shared, archive(&[("content.xml", &content)]), archive(&[("content.xml", &tag)])] {
        let told = read(&file, None).unwrap_err()[0].fault.to_string();
        assert!(told.contains("longer than a cell may be"), "{told}");
    }
}

#[test]
fn a_description_may_begin_with_a_number_sign() {
    let table = |text: &str| {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let head = ["commodity", "origin", "price", "currency", "description"].map(cell).concat();
        let row = ["8517130000", "CN", "1", "USD", text].map(cell).concat();
        let rows = [head, row].map(|row| format!("<table:table-row>{row}</table:table-row>")).concat();
        archive(&[("content.xml", &format!("<d><table:table table:name=\"Items\">{rows}</table:table></d>"))])
    };
    assert_eq!(value(read(&table("#10 screws"), None).unwrap()[0].description.as_ref()), "#10 screws");
    for error in ["#N/A", "Err:502"] {
        assert!(read(&table(error), None).unwrap_err()[0].fault.to_string().contains(error));
    }
}

fn told_places(problems: &[Problem]) -> Vec<String> {
    told(problems).into_iter().map(|(at, _, _)| at).collect()
}

#[test]
fn a_hundred_thousand_items_are_read_and_not_one_more() {
    let text = |rows: usize| {
        format!(
            "commodity,description,origin,price,currency,net\n{}",
            "8517130000,telephones,CN,1250.75,USD,310\n".repeat(rows)
        )
    };
    let items = read(text(MAX_ITEMS).as_bytes(), None).unwrap();
    assert_eq!((items.len(), items[MAX_ITEMS - 1].number.as_ref().unwrap().value), (MAX_ITEMS, MAX_ITEMS.into()));
    let problems = read(text(MAX_ITEMS + 1).as_bytes(), None).unwrap_err();
    assert_eq!(told(&problems), [(String::new(), None, "there are more than 100000 items".to_owned())]);
    // A sheet in which all is wrong is not told to the end.
    assert_eq!(read(text(5_000).replace("USD", "dollars").as_bytes(), None).unwrap_err().len(), 1_000);
}

#[test]
fn a_head_without_items_gets_those_of_the_sheet() {
    let from = HEAD.find("<GovernmentAgencyGoodsItem>").unwrap();
    let to = HEAD.find("</GoodsShipment>").unwrap();
    let head = |count: &str| {
        let text = format!("{}{}", &HEAD[..from], &HEAD[to..])
            .replace("<GoodsItemQuantity>1<", &format!("<GoodsItemQuantity>{count}<"));
        let Message::Declaration(head) = customs::read(text.as_bytes()).unwrap() else { panic!("a declaration") };
        *head
    };
    let items = read(SAMPLE.as_bytes(), None).unwrap();
    assert_eq!(join(head("2"), items.clone()).unwrap().shipment.items, items);
    assert_eq!(told(&join(head("3"), items.clone()).unwrap_err())[0].2, "the head says 3 items, and the sheet has 2");
    let Message::Declaration(whole) = customs::read(HEAD.as_bytes()).unwrap() else { panic!("a declaration") };
    assert_eq!(told(&join(*whole, items).unwrap_err())[0].2, "the declaration of the head has 1 items of its own");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever comes in, there is an answer: text that was garbled, and archives that were.
    #[test]
    fn garbled_sheets_get_an_answer(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), packed in any::<bool>()) {
        let mut bytes = if packed { workbook(HEADER, &["price"]) } else { SAMPLE.as_bytes().to_vec() };
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(problems) = read(&bytes, None) {
            prop_assert!(problems.iter().all(|one| !one.fault.to_string().is_empty() && !one.fault.help().is_empty()));
        }
    }
}
