//! What is in the way of an assessment: told with its file, line, item, reason and a remedy that fits it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{complained, panjereh, said};
use serde_json::Value;

const SAMPLE: &str = include_str!("../../customs/tests/data/sample-declaration.xml");
const INTERCHANGE: &str = include_str!("../../customs/tests/data/sample-interchange.edi");
const HEADS: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n";
const RATES: &str = "currency,rate,valid_from,valid_to\nEUR,0.5,2026-01-01,\n";

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Assesses a declaration by these rows of a tariff; what is told of it.
fn told(declaration: &str, rows: &str, rates: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let declaration = file(folder.path(), "d.xml", declaration);
    let tariff = file(folder.path(), "t.csv", &format!("{HEADS}{rows}"));
    let rates = file(folder.path(), "r.csv", rates);
    let output = panjereh(&["customs", "assess", &declaration, "--tariff", &tariff, "--rates", &rates]);
    assert_eq!(output.status.code(), Some(1), "{}{}", said(&output), complained(&output));
    said(&output).replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn each_obstacle_has_its_place_and_a_remedy_that_fits() {
    let changed = |from: &str, to: &str| SAMPLE.replace(from, to);
    let coded = |expression: &str| format!("08031010,,,,A00,{expression},,\n");
    let (five, all) = (coded("5%"), "08031010,,,,A00,5%,,\n,,,,B00,20%,,\n");
    let priced = "<ItemChargeAmount currencyID=\"EUR\">1000.50</ItemChargeAmount>";
    let valued = String::from(
        "<CustomsValuation><ChargeDeduction><ChargesTypeCode>ZZ</ChargesTypeCode><OtherChargeDeductionAmount currencyID=\"EUR\">1</OtherChargeDeductionAmount></ChargeDeduction></CustomsValuation><GovernmentProcedure>",
    );
    for (declaration, rows, rates, expected) in [
        (
            SAMPLE.to_owned(),
            all,
            "currency,rate,valid_from,valid_to\n",
            "d.xml:20:59: item 1: there is no rate of exchange from EUR on 2026-11-25\n  add the rate of that day to the table of rates\n",
        ),
        (
            SAMPLE.to_owned(),
            &coded("5 XTS/100kg"),
            RATES,
            "d.xml:17:31: item 1: A00 by line 2 of the tariff: there is no rate of exchange from XTS on 2026-11-25\n  add the rate of that day to the table of rates\n",
        ),
        (
            SAMPLE.to_owned(),
            &coded("5 GBP/l"),
            RATES,
            "d.xml:17:31: item 1: A00 by line 2 of the tariff: the quantity in l is not declared\n  declare it in that unit, or in one that converts to it\n",
        ),
        (
            SAMPLE.to_owned(),
            "0902,,,,A00,5%,,\n",
            RATES,
            "d.xml:17:31: item 1: the tariff has no measure on `0803101000`\n",
        ),
        (
            SAMPLE.to_owned(),
            "08031010,,,,A00,5%,,2026-11-24\n",
            RATES,
            "d.xml:17:31: item 1: the code `0803101000` was in the tariff until 2026-11-24\n",
        ),
        (
            SAMPLE.to_owned(),
            "08031010,US,,,A00,5%,,\n,,,,B00,20%,,\n",
            RATES,
            "d.xml:17:31: item 1: the tariff has nothing on `0803101000` that fits the goods from TR\n",
        ),
        (
            SAMPLE.to_owned(),
            &format!("{five}{five}"),
            RATES,
            "d.xml:17:31: item 1: lines 2 and 3 of the tariff both set A00",
        ),
        (
            SAMPLE.to_owned(),
            "08031010,,,,Z99,5%,,\n",
            RATES,
            "d.xml:17:31: item 1: the policy has no place for the tax `Z99` of line 2 of the tariff\n",
        ),
        (changed(priced, ""), all, RATES, "d.xml:14:26: item 1: the item has no price\n"),
        (changed(" currencyID=\"EUR\"", ""), all, RATES, "d.xml:20:42: item 1: the amount has no currency\n"),
        (changed("<GovernmentProcedure>", &valued), all, RATES, "item 1: `ZZ` is neither an addition"),
    ] {
        let told = told(&declaration, rows, rates);
        assert!(
            told.starts_with(expected) || !expected.starts_with("d.xml") && told.contains(expected),
            "{told}\nnot\n{expected}"
        );
        assert!(told.starts_with("d.xml:") && told.matches("\n  ").count() == 1, "{told}");
    }
}

#[test]
fn a_segment_and_a_row_of_a_sheet_are_places_too() {
    let folder = tempfile::tempdir().unwrap();
    let tariff = file(folder.path(), "t.csv", &format!("{HEADS}08031010,,,,A00,5%,,\n"));
    let interchange = file(folder.path(), "d.edi", INTERCHANGE);
    let output = panjereh(&["customs", "assess", &interchange, "--tariff", &tariff, "--day", "2026-11-25", "--json"]);
    let told: Value = serde_json::from_str(&said(&output)).unwrap();
    let one = &told["obstacles"][0];
    assert_eq!((&one["file"], &one["item"], output.status.code()), (&interchange.as_str().into(), &1.into(), Some(1)));
    assert!(one["line"].as_u64().is_some_and(|line| line > 1), "{told:#}");
    assert!(one["at"].as_str().is_some_and(|at| at.starts_with("segment ")), "{told:#}");
    // Of items from a sheet the place is the row, though its numbers begin elsewhere.
    let (from, to) = (SAMPLE.find("<GovernmentAgencyGoodsItem>").unwrap(), SAMPLE.find("</GoodsShipment>").unwrap());
    let head = file(
        folder.path(),
        "head.xml",
        &format!("{}{}", &SAMPLE[..from], &SAMPLE[to..]).replace("<GoodsItemQuantity>1<", "<GoodsItemQuantity>2<"),
    );
    let items = file(
        folder.path(),
        "items.csv",
        "number,commodity,origin,price,currency\n7,08031010,TR,1,GBP\n\n9,09021000,TR,1,GBP\n",
    );
    let arguments = ["customs", "assess", &head, "--items", &items, "--tariff", &tariff];
    let output = panjereh(&arguments);
    assert!(
        said(&output).starts_with(&format!("{items}:4:1: item 9: the tariff has no measure on")),
        "{}",
        said(&output)
    );
}

#[test]
fn a_day_of_the_persian_calendar_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (tariff, declaration) = (file(folder.path(), "t.csv", HEADS), file(folder.path(), "d.xml", SAMPLE));
    for day in ["1405-01-01", "۲۰۲۶-۰۱-۰۱", "tomorrow"] {
        let output = panjereh(&["customs", "assess", &declaration, "--tariff", &tariff, "--day", day]);
        assert_eq!(output.status.code(), Some(2), "{day}");
        assert!(complained(&output).contains("such as 2026-03-21"), "{}", complained(&output));
    }
}
