//! What goods weigh with their packing is what the gate holds its scale against: it is asked for where goods leave, and cannot be below what they weigh without.
//!
//! Must not know of: the gate.

use app::definition::value::Value;

use crate::beside::{declare, stands};
use crate::goods::open;
use crate::leaving::{flour, leave, lot, transit};
use crate::office::{Chance, Office};
use crate::truck::{SELLER, declaration, inspect, person};

/// The same with another gross mass, or none.
pub fn gross(xml: &str, gross: &str) -> String {
    let (before, rest) = xml.split_once("<GrossMassMeasure>").unwrap();
    let (_, after) = rest.split_once("</GrossMassMeasure>").unwrap();
    format!("{before}{gross}{after}")
}

pub fn kilograms(kilograms: &str) -> String {
    format!("<GrossMassMeasure>{kilograms}</GrossMassMeasure>")
}

#[tokio::test]
async fn goods_weigh_no_less_with_their_packing_than_without() {
    let office = open().await;
    let entry = declaration("IN-1", "11010000", "500", "200.00", ("78", "00"));
    for (said, words) in [
        (kilograms("499.999"), "item 1: the gross mass of 499.999 KGM is below the net mass of 500 KGM"),
        (kilograms("0"), "item 1 has no gross mass"),
        ("<GrossMassMeasure unitCode=\"TNE\">0.4</GrossMassMeasure>".to_owned(), "400 KGM is below"),
        ("<GrossMassMeasure unitCode=\"C62\">600</GrossMassMeasure>".to_owned(), "item 1 has no gross mass"),
    ] {
        stands(declare(&office, &gross(&entry, &said)).await, "declaration", words);
    }
    // Kept by a quantity in a unit of mass, it is that which is not to exceed what is weighed.
    let (before, rest) = entry.split_once("<NetNetWeightMeasure>").unwrap();
    let (_, after) = rest.split_once("</NetNetWeightMeasure>").unwrap();
    let beyond = counted(&format!("{before}{after}"), "19000", "KGM");
    stands(declare(&office, &beyond).await, "declaration", "below the net mass of 19000 KGM");
    // Nothing is weighed at the entry that has to be said.
    declare(&office, &gross(&entry, "")).await.unwrap();
    declare(&office, &gross(&declaration("IN-2", "11010000", "500", "200.00", ("78", "00")), &kilograms("500.001")))
        .await
        .unwrap();
}

/// The same with a quantity in a unit.
fn counted(xml: &str, quantity: &str, unit: &str) -> String {
    let counted = format!("<TariffQuantity unitCode=\"{unit}\">{quantity}</TariffQuantity></GoodsMeasure>");
    xml.replace("</GoodsMeasure>", &counted)
}

/// The accounts keep the quantity and the gate weighs the mass: by two masses goods would come in that are in no account, or leave with nothing to leave from.
#[tokio::test]
async fn goods_have_one_net_mass() {
    let office = open().await;
    let lot = lot(&office).await;
    let entry = declaration("IN-1", "11010000", "100", "40.00", ("78", "00"));
    for (quantity, unit, kept) in [("5", "KGM", "5"), ("0.005", "TNE", "5"), ("100.001", "KGM", "100.001")] {
        let words = format!("item 1: the quantity of {kept} KGM is not the net mass of 100 KGM");
        stands(declare(&office, &counted(&entry, quantity, unit)).await, "declaration", &words);
        for (service, xml) in [
            ("goods-exit", flour("OUT-1", "100", "40.00", ("40", "78"))),
            ("goods-reexport", flour("OUT-2", "100", "40.00", ("31", "78"))),
            ("goods-transit", transit("OUT-3", "100", "40.00")),
        ] {
            let left = leave(&office, service, &lot, &counted(&xml, quantity, unit)).await;
            stands(left, "declaration", &words);
        }
    }
    declare(&office, &counted(&entry, "0.1", "TNE")).await.unwrap();
    let same = counted(&flour("OUT-4", "100", "40.00", ("31", "78")), "100", "KGM");
    leave(&office, "goods-reexport", &lot, &same).await.unwrap();
}

#[tokio::test]
async fn what_leaves_says_what_it_weighs_whichever_way() {
    let office = open().await;
    let lot = lot(&office).await;
    for (service, xml) in [
        ("goods-exit", flour("OUT-1", "100", "40.00", ("40", "78"))),
        ("goods-reexport", flour("OUT-2", "100", "40.00", ("31", "78"))),
        ("goods-transit", transit("OUT-3", "100", "40.00")),
    ] {
        stands(leave(&office, service, &lot, &gross(&xml, "")).await, "declaration", "item 1 has no gross mass");
        let below = gross(&xml, &kilograms("99"));
        stands(leave(&office, service, &lot, &below).await, "declaration", "99 KGM is below the net mass of 100 KGM");
        leave(&office, service, &lot, &xml).await.unwrap();
    }
}

#[tokio::test]
async fn packing_that_outweighs_the_goods_meets_an_officer() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let xml = flour("OUT-1", "100", "40.00", ("40", "78"));
    let light = leave(&office, "goods-exit", &lot, &gross(&xml, &kilograms("199.999"))).await.unwrap();
    assert_ne!(light.stage, "documents");
    let heavy = flour("OUT-2", "100", "40.00", ("40", "78"));
    let heavy = leave(&office, "goods-exit", &lot, &gross(&heavy, &kilograms("19000"))).await.unwrap();
    assert_eq!(heavy.stage, "documents");
    assert_eq!(office.facts(heavy.case).await["risk.rule"], Value::Code("heavy-packing".to_owned()));
    let tonnes = "<GrossMassMeasure unitCode=\"TNE\">0.2</GrossMassMeasure>";
    let tonnes = gross(&flour("OUT-3", "100", "40.00", ("40", "78")), tonnes);
    assert_eq!(leave(&office, "goods-exit", &lot, &tonnes).await.unwrap().stage, "documents");
}

/// Half of the pieces weigh half, for the pass and for the duty.
#[tokio::test]
async fn fewer_pieces_weigh_less() {
    let office = Office::maku(Chance::Inspects).await;
    let counted = "<TariffQuantity unitCode=\"C62\">10</TariffQuantity></GoodsMeasure>";
    let xml = declaration("IN-1", "11010000", "10000", "4000.00", ("78", "00"));
    let xml = gross(&xml, &kilograms("10500")).replace("</GoodsMeasure>", counted);
    let filed = declare(&office, &xml).await.unwrap();
    inspect(&office.app, &filed, "as-declared", "1 5").await.unwrap();
    let Value::Document(amended) = &office.facts(filed.case).await["amended"] else { panic!() };
    let (_, xml) = office.app.case_document(&person(SELLER), filed.case, &amended.sha256).await.unwrap();
    let xml = String::from_utf8_lossy(&xml).into_owned();
    for said in [">5250</GrossMassMeasure>", ">5000</NetNetWeightMeasure>", ">5</TariffQuantity>"] {
        assert!(xml.contains(said), "{said}: {xml}");
    }
}

/// Whatever units the three are in, the pass has a gross mass by as much more as was measured.
#[tokio::test]
async fn the_gross_mass_goes_with_the_net_mass_in_whatever_units() {
    let office = Office::maku(Chance::Inspects).await;
    let entry = |reference: &str| declaration(reference, "11010000", "500", "200.00", ("78", "00"));
    for (place, (said, measured, gross_then)) in [
        ("<GrossMassMeasure>550</GrossMassMeasure>", "1 0.6 TNE", ">650</GrossMassMeasure>"),
        (
            "<GrossMassMeasure unitCode=\"KGM\">550</GrossMassMeasure>",
            "1 600",
            "unitCode=\"KGM\">650</GrossMassMeasure>",
        ),
        (
            "<GrossMassMeasure unitCode=\"TNE\">0.55</GrossMassMeasure>",
            "1 600000 GRM",
            "unitCode=\"KGM\">650</GrossMassMeasure>",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let filed = declare(&office, &gross(&entry(&format!("IN-{place}")), said)).await.unwrap();
        inspect(&office.app, &filed, "as-declared", measured).await.unwrap();
        let Value::Document(amended) = &office.facts(filed.case).await["amended"] else { panic!() };
        let (_, xml) = office.app.case_document(&person(SELLER), filed.case, &amended.sha256).await.unwrap();
        let xml = String::from_utf8_lossy(&xml).into_owned();
        assert!(xml.contains(gross_then), "{said}, {measured}: {xml}");
    }
}

/// What is left out cannot be less than what is said.
#[tokio::test]
async fn whoever_says_no_net_mass_is_asked_all_the_same() {
    let office = Office::maku(Chance::Spares).await;
    let net = |xml: &str, instead: &str| {
        let (before, rest) = xml.split_once("<NetNetWeightMeasure").unwrap();
        let (_, after) = rest.split_once("</NetNetWeightMeasure>").unwrap();
        format!("{before}{instead}{after}")
    };
    let by_quantity = "<TariffQuantity unitCode=\"KGM\">1000</TariffQuantity>";
    let flour = |reference: &str, euros: &str| declaration(reference, "11010000", "1000", euros, ("78", "00"));
    let cheap = net(&flour("IN-1", "40.00"), by_quantity);
    for (xml, rule) in [
        (net(&gross(&flour("IN-2", "400.00"), &kilograms("50000")), by_quantity), "heavy-packing"),
        (net(&flour("IN-3", "400.00"), "<TariffQuantity unitCode=\"C62\">10</TariffQuantity>"), "heavy-packing"),
        (cheap, "undervalued"),
        (net(&flour("IN-4", "40.00"), "<NetNetWeightMeasure unitCode=\"TNE\">1</NetNetWeightMeasure>"), "undervalued"),
        (net(&flour("IN-5", "400.00"), "<NetNetWeightMeasure unitCode=\"GRM\">1000000</NetNetWeightMeasure>"), "none"),
    ] {
        let filed = declare(&office, &xml).await.unwrap();
        assert_eq!(office.facts(filed.case).await["risk.rule"], Value::Code(rule.to_owned()), "{xml}");
    }
}
