//! A declaration that is filled in field by field: what was typed is what is read, and what is wrong stands beside its field.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use customs::declaration::Declaration;
use customs::form::{Cells, Declarant, Form, Said, Terms, Wrong, header, item, items, place, write};
use customs::{Message, read};
use definition::value::{Decimal, Lines, fold_key, writable};
use proptest::prelude::*;

const ENTRY: Terms = Terms { procedure: Some(("78", "00")), items_max: 999, leaves: false };

fn cells(cells: &[(&str, &str)]) -> Cells {
    cells.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

fn flour() -> Cells {
    cells(&[
        ("commodity", "۱۱۰۱.۰۰.۰۰"),
        ("description", "آرد گندم"),
        ("origin", "tr"),
        ("price", "۱۲٬۰۰۰٫۵۰"),
        ("currency", "eur"),
        ("gross", "30 000"),
        ("net", "۲۹،۵۰۰"),
        ("packages", "600"),
        ("package", "bg"),
    ])
}

fn form(items: Vec<Cells>) -> Form {
    Form { head: cells(&[("reference", "REF-1")]), items }
}

fn declaration(xml: &str) -> Declaration {
    let Message::Declaration(declaration) = read(xml.as_bytes()).unwrap() else { panic!("{xml}") };
    *declaration
}

fn wrong(form: &Form, terms: &Terms) -> Vec<(Option<usize>, &'static str)> {
    let wrong = write(form, terms, None).unwrap_err();
    for one in &wrong {
        assert!(one.words["fa"].chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter)), "{one:?}");
        assert!(!one.words["en"].is_empty(), "{one:?}");
    }
    wrong.into_iter().map(|Wrong { item, field, .. }| (item, field)).collect()
}

#[test]
fn what_people_type_is_read_as_they_mean_it() {
    let declarant = Declarant { id: "C-0001".to_owned(), name: "بازرگانی نمونه".to_owned() };
    let read = declaration(&write(&form(vec![flour()]), &ENTRY, Some(&declarant)).unwrap());
    assert_eq!(read.reference.unwrap().value, "REF-1");
    let party = read.declarant.unwrap();
    assert_eq!((party.id.unwrap().value.as_str(), party.name.unwrap().value.as_str()), ("C-0001", "بازرگانی نمونه"));
    let item = &read.shipment.items[0];
    assert_eq!(item.codes[0].code.as_ref().unwrap().value, "11010000");
    assert_eq!(item.origins[0].country.as_ref().unwrap().value, "TR");
    let charge = item.charge.as_ref().unwrap();
    assert_eq!((charge.value.value.to_string().as_str(), charge.currency.as_deref()), ("12000.5", Some("EUR")));
    assert_eq!(item.gross.as_ref().unwrap().value.value, Decimal::from(30_000));
    assert_eq!(item.net.as_ref().unwrap().value.value, Decimal::from(29_500));
    let procedure = &item.procedures[0];
    assert_eq!(procedure.current.as_ref().unwrap().value, "78");
    assert_eq!(procedure.previous.as_ref().unwrap().value, "00");
    assert_eq!(item.packages[0].count.as_ref().unwrap().value, Decimal::from(600));
    assert_eq!(read.items_declared.unwrap().value, Decimal::ONE);
}

/// A name or key that the message has no room for is left out: a part of it would be somebody else's.
#[test]
fn what_a_register_has_too_long_is_not_cut() {
    let declarant = Declarant { id: "C-0001".to_owned(), name: "ب".repeat(71) };
    let party = declaration(&write(&form(vec![flour()]), &ENTRY, Some(&declarant)).unwrap()).declarant.unwrap();
    assert_eq!((party.id.unwrap().value.as_str(), party.name), ("C-0001", None));
}

#[test]
fn each_fault_stands_beside_its_field() {
    assert_eq!(wrong(&Form::default(), &ENTRY), [(None, ""), (None, "reference")]);
    let any = Terms { procedure: None, items_max: 999, leaves: false };
    assert_eq!(wrong(&form(vec![flour()]), &any), [(None, "procedure")]);
    for (field, bad) in [
        ("origin", ""),
        ("price", "دوازده"),
        ("price", "-5"),
        ("price", &"9".repeat(40)),
        ("price", "1.2345"),
        ("currency", "EURO"),
        ("gross", "x"),
        ("packages", "1.5"),
        ("package", "CARTON"),
        ("commodity", "12345678901234567890123"),
        ("description", "a\u{202e}b"),
        ("description", "a\u{1}b"),
    ] {
        let mut second = flour();
        second.insert(field.to_owned(), bad.to_owned());
        assert_eq!(wrong(&form(vec![flour(), second]), &ENTRY), [(Some(1), field)], "{bad}");
    }
    let several = Form { head: cells(&[("reference", &"x".repeat(36))]), items: vec![flour(), cells(&[("net", "y")])] };
    let wrong = wrong(&several, &ENTRY);
    for place in
        [(None, "reference"), (Some(1), "commodity"), (Some(1), "origin"), (Some(1), "price"), (Some(1), "net")]
    {
        assert!(wrong.contains(&place), "{place:?} {wrong:?}");
    }
}

#[test]
fn more_items_than_are_taken_are_refused_and_as_many_as_are_taken_are_not() {
    let one = Terms { procedure: Some(("40", "78")), items_max: 1, leaves: true };
    assert_eq!(wrong(&form(vec![flour(), flour()]), &one), [(None, "")]);
    // What leaves is weighed at the gate, and says what it weighs with its packing.
    let mut light = flour();
    light.remove("gross");
    assert_eq!(wrong(&form(vec![light.clone()]), &one), [(Some(0), "gross")]);
    write(&form(vec![light]), &ENTRY, None).unwrap();
    assert_eq!(declaration(&write(&form(vec![flour(); 999]), &ENTRY, None).unwrap()).shipment.items.len(), 999);
}

/// What is said of a place in the message comes back to the field that was typed.
#[test]
fn a_place_in_the_message_leads_back_to_its_field() {
    let form = form(vec![flour(), flour()]);
    let xml = write(&form, &ENTRY, None).unwrap();
    let at = |what: &str| {
        let end = xml.rfind(what).unwrap();
        let line = xml[..end].matches('\n').count() + 1;
        let column = xml[..end].rsplit('\n').next().unwrap().chars().count() + 1;
        Said {
            place: format!("{line}:{column} anything"),
            item: 0,
            field: "",
            words: BTreeMap::from([("en", what.to_owned())]),
        }
    };
    let said = vec![
        at("11010000"),
        at("12000.5"),
        at("TR"),
        at("REF-1"),
        Said { place: String::new(), item: 0, field: "", words: BTreeMap::new() },
        Said {
            place: String::new(),
            item: 2,
            field: "",
            words: BTreeMap::from([("en", "item 2: no rate".to_owned())]),
        },
    ];
    let mut said = said;
    said.push(Said { place: at("TR").place, item: 2, field: "net", words: BTreeMap::new() });
    let cited = BTreeMap::from([("en", "nothing on `11010000`".to_owned()), ("fa", "«11010000»".to_owned())]);
    said.push(Said { place: at("11010000").place, item: 2, field: "commodity", words: cited });
    let told = place(&form, &xml, said);
    // It cites the code as it was typed.
    assert_eq!(told[7].words["en"], "nothing on `۱۱۰۱.۰۰.۰۰`");
    assert_eq!(told[7].words["fa"], "«۱۱۰۱.۰۰.۰۰»");
    assert_eq!(told[5].words["en"], "no rate", "it stands on the page of the item");
    let places: Vec<_> = told.into_iter().map(|wrong| (wrong.item, wrong.field)).collect();
    assert_eq!(
        places,
        [
            (Some(1), "commodity"),
            (Some(1), "price"),
            (Some(1), "origin"),
            (None, "reference"),
            (None, ""),
            (Some(1), ""),
            (Some(1), "net"),
            (Some(1), "commodity")
        ]
    );
}

/// What is said of a field cites what was typed into it, and says what may be typed.
#[test]
fn a_complaint_cites_what_was_typed() {
    let told = |field: &str, typed: &str| {
        let mut item = flour();
        item.insert(field.to_owned(), typed.to_owned());
        let wrong = write(&form(vec![item]), &ENTRY, None).unwrap_err();
        assert_eq!((wrong.len(), wrong[0].item, wrong[0].field), (1, Some(0), field), "{wrong:?}");
        wrong[0].words.clone()
    };
    let price = told("price", "۱۲ هزار");
    assert!(price["fa"].contains("«۱۲ هزار»") && price["fa"].contains("فارسی"), "{price:?}");
    assert!(price["en"].contains("`۱۲ هزار`") && price["en"].contains("Persian or Latin"), "{price:?}");
    assert!(!price["en"].contains("0 to 9"), "{price:?}");
    let negative = told("net", "-۵");
    assert!(negative["fa"].contains("«-۵»"), "{negative:?}");
    let origin = told("origin", "turkey");
    assert!(origin["en"].contains("`turkey`") && origin["en"].contains("two letters"), "{origin:?}");
    let currency = told("currency", "یورو");
    assert!(currency["fa"].contains("«یورو»"), "{currency:?}");
    let sheet = "commodity,origin,price,currency\n11010000,TR,۱۲x,EUR\n";
    let [cell] = &items(sheet.as_bytes(), 0, 999).unwrap_err()[..] else { panic!() };
    assert!(cell["fa"].contains("«۱۲x»") && cell["en"].contains("Persian or Latin"), "{cell:?}");
}

/// Of a quantity it is said in which unit, and of a unit how much.
#[test]
fn a_quantity_has_a_unit() {
    let with = |said: &[(&str, &str)]| {
        let mut item = flour();
        item.extend(cells(said));
        form(vec![item])
    };
    assert_eq!(wrong(&with(&[("quantity", "۴۰")]), &ENTRY), [(Some(0), "unit")]);
    assert_eq!(wrong(&with(&[("unit", "C62")]), &ENTRY), [(Some(0), "quantity")]);
    write(&with(&[("quantity", "۴۰"), ("unit", "c62")]), &ENTRY, None).unwrap();
    write(&with(&[("quantity", " "), ("unit", "")]), &ENTRY, None).unwrap();
}

#[test]
fn a_part_of_a_sheet_is_a_part_of_its_items_and_all_of_it_is_checked() {
    let mut sheet = "commodity,description,origin,price,currency,net\n".to_owned();
    for number in 1..=10_000 {
        sheet.push_str(&format!("11010000,Flour {number},TR,12.50,EUR,۱۰\n"));
    }
    let last = items(sheet.as_bytes(), 10, 999).unwrap();
    assert_eq!((last.of, last.items.len()), (10_000, 10));
    assert_eq!(last.items[9]["description"], "Flour 10000");
    assert_eq!(declaration(&write(&form(last.items), &ENTRY, None).unwrap()).shipment.items.len(), 10);
    assert!(items(sheet.as_bytes(), 11, 999).unwrap().items.is_empty());
    // A fault in the last row is told though only the first part is wanted, with its cell in the reader's language.
    sheet.push_str("11010000,Flour,TR,twelve,EUR,10\n");
    let [told] = &items(sheet.as_bytes(), 0, 999).unwrap_err()[..] else { panic!() };
    assert!(told["en"].contains("D10002") && told["en"].contains("twelve"), "{told:?}");
    assert!(told["fa"].contains("خانهٔ D10002 (ارزش)"), "{told:?}");
}

/// What an empty sheet names is what a sheet is read by, in both languages.
#[test]
fn the_empty_sheet_can_be_filled_in() {
    for language in ["en", "fa"] {
        let values: Vec<String> = item(&ENTRY, &Cells::new())
            .iter()
            .map(|field| flour().get(field.key).cloned().unwrap_or_default())
            .collect();
        let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        let read = items(format!("{}{}\n", header(language), values.join(",")).as_bytes(), 0, 999).unwrap();
        assert_eq!(read.items, [flour()], "{language}");
    }
}

/// A small trader names the line of a manifest that their goods came by, and is asked for it where goods come in alone.
#[test]
fn an_entry_names_the_line_of_a_manifest() {
    let keys = |terms: &Terms| item(terms, &Cells::new()).iter().map(|field| field.key).collect::<Vec<_>>();
    assert!(keys(&ENTRY).ends_with(&["manifest", "manifest-line"]));
    let exit = Terms { procedure: Some(("40", "78")), ..ENTRY };
    assert!(!keys(&exit).contains(&"manifest"));
    let with = |said: &[(&str, &str)]| {
        let mut item = flour();
        item.extend(cells(said));
        declaration(&write(&form(vec![item]), &ENTRY, None).unwrap()).shipment.items[0].previous.clone()
    };
    let [named] = &with(&[("manifest", "M-1"), ("manifest-line", "۱۲")])[..] else { panic!() };
    assert_eq!(
        (named.kind.as_ref().unwrap().value.as_str(), named.id.as_ref().unwrap().value.as_str()),
        ("785", "M-1")
    );
    assert_eq!(named.line.as_ref().unwrap().value, Decimal::from(12));
    // A line without its manifest is no less a line of one: whoever reads it says what is missing.
    let [half] = &with(&[("manifest-line", "1")])[..] else { panic!() };
    assert!(half.kind.is_some() && half.id.is_none());
    assert!(with(&[("manifest", " ")]).is_empty());
}

fn number(digits: u32, fraction: u32) -> impl Strategy<Value = (Decimal, String)> {
    (0..10_i64.pow(digits.min(15)), 0..=fraction, any::<bool>()).prop_map(|(whole, scale, persian)| {
        let number = Decimal::new(whole, scale);
        let text = number.to_string();
        let letter = |c: char| match c.to_digit(10) {
            Some(digit) if persian => char::from_u32(0x6f0 + digit).unwrap(),
            _ if persian && c == '.' => '\u{66b}',
            _ => c,
        };
        (number, text.chars().map(letter).collect())
    })
}

fn words() -> impl Strategy<Value = String> {
    "[ -~آ-یك ي‌]{1,60}".prop_filter("some words", |text| {
        !fold_key(text).trim().is_empty() && writable(text.trim(), Lines::One).is_ok()
    })
}

/// An item as it is typed: code, description, origin, price, currency, net mass, packages; of a number what it is worth and how it is typed.
type Typed = (String, String, String, (Decimal, String), String, (Decimal, String), (Decimal, String));

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What was typed into a form is what a reader of the message gets, datum by datum.
    #[test]
    fn a_form_and_its_message_say_the_same(
        typed in prop::collection::vec(("[0-9]{4,10}", words(), "[a-zA-Z]{2}", number(13, 3), "[A-Z]{3}", number(10, 6), number(7, 0)), 1..12)
    ) {
        let one = |(code, said, origin, price, currency, net, packages): &Typed| {
            cells(&[("commodity", code), ("description", said), ("origin", origin), ("price", &price.1), ("currency", currency), ("net", &net.1), ("packages", &packages.1)])
        };
        let form = form(typed.iter().map(one).collect());
        let read = declaration(&write(&form, &ENTRY, None).unwrap());
        prop_assert_eq!(read.shipment.items.len(), typed.len());
        for (index, (item, (code, said, origin, price, currency, net, packages))) in read.shipment.items.iter().zip(&typed).enumerate() {
            prop_assert_eq!(item.number.as_ref().unwrap().value, Decimal::from(index + 1));
            prop_assert_eq!(&item.codes[0].code.as_ref().unwrap().value, code);
            let said = fold_key(said.trim());
            prop_assert_eq!(item.description.as_ref().unwrap().value.as_str(), said.trim());
            prop_assert_eq!(&item.origins[0].country.as_ref().unwrap().value, &origin.to_ascii_uppercase());
            let charge = item.charge.as_ref().unwrap();
            prop_assert_eq!(charge.value.value, price.0);
            prop_assert_eq!(charge.currency.as_ref().unwrap(), currency);
            prop_assert_eq!(item.net.as_ref().unwrap().value.value, net.0);
            prop_assert_eq!(item.packages[0].count.as_ref().unwrap().value, packages.0);
        }
    }

    /// Nothing that can be typed does anything but be taken or be refused beside a field.
    #[test]
    fn no_form_breaks(head in any::<String>(), texts in prop::collection::vec((0..20_usize, any::<String>()), 0..20)) {
        const KEYS: [&str; 20] = ["number", "commodity", "description", "origin", "price", "currency", "gross", "net", "quantity",
            "unit", "packages", "package", "marks", "procedure", "previous", "preference", "valuation", "manifest", "manifest-line", "other"];
        let item: Cells = texts.into_iter().map(|(key, text)| (KEYS[key].to_owned(), text)).collect();
        let form = Form { head: cells(&[("reference", &head)]), items: vec![item] };
        match write(&form, &ENTRY, None) {
            Ok(xml) => drop(declaration(&xml)),
            Err(wrong) => prop_assert!(!wrong.is_empty()),
        }
    }
}
