//! Processing by a recipe.

use super::scene::*;
use customs::goods::Movement;
use serde_json::{Value, json};

/// Sweets of 10 kg sugar and 2 kg starch.
pub fn recipe() -> Value {
    json!({
        "name": "sweets/1",
        "inputs": [
            {"commodity": "170199", "quantity": kg("10"), "scrap": kg("0.5"), "loss": kg("0.5")},
            {"commodity": "110812", "quantity": kg("2")},
        ],
        "products": [
            {"commodity": "170490", "least": kg("10"), "most": kg("11.5"), "share": 9},
            {"commodity": "170390", "least": kg("0"), "most": kg("0.5"), "share": 1},
        ],
    })
}

pub fn process(change: impl Fn(&mut Value)) -> Movement {
    let mut process = json!({
        "recipe": recipe(), "runs": 3, "owner": "ana", "warehouse": "W2",
        "takes": [take("lot", "SUGAR", "20"), take("receipt", "R1", "10"), take("lot", "STARCH", "6")],
        "makes": [
            {"lot": "SWEETS", "method": "lot", "commodity": "170490", "quantity": kg("33")},
            {"lot": "SYRUP", "method": "lot", "commodity": "170390", "quantity": kg("1")},
        ],
        "waste": [{"commodity": "170199", "kind": "scrap", "quantity": kg("1.25")}],
    });
    change(&mut process);
    of(json!({"process": process}))
}

pub fn stocked() -> Zone {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "SUGAR", "ana", "25", "1000"));
    zone.go(entry("IN-2", "SUGAR", "ana", "25", "1500"));
    let mut starch = entry_json("IN-3", "STARCH", "ana", "6", "301");
    starch["entry"]["commodity"] = json!("110812");
    starch["entry"]["status"] = json!("mainland");
    zone.go(of(starch));
    zone.go(issue("SUGAR", "ana", "R1", "10"));
    zone
}

#[test]
fn what_is_made_carries_where_it_came_from() {
    let mut zone = stocked();
    let made = zone.go(process(|_| ()));
    assert_eq!(made.posted.difference.unwrap().to_string(), "0.75 KGM");
    assert_eq!(
        (zone.lot("SUGAR"), zone.receipt("R1"), zone.lot("SWEETS")),
        ("20 KGM".into(), "0 KGM".into(), "33 KGM".into())
    );
    let mut sold = departure("exit", "OUT-1", "ana", &[("lot", "SWEETS", "11")]);
    sold["exit"]["commodity"] = json!("170490");
    // 11 of 33 kg, of nine tenths: 3/10 of what went in, to the last rial.
    let sold = zone.go(of(sold));
    assert_eq!(
        traced(&sold.posted),
        [
            "item 1 of IN-1: 7.5 KGM of 170199, 300 IRR",
            "item 1 of IN-2: 1.5 KGM of 170199, 90 IRR",
            "item 1 of IN-3: 1.8 KGM of 110812, 90.3 IRR",
        ]
    );
    let mut rest = departure("reexport", "OUT-2", "ana", &[("lot", "SWEETS", "22")]);
    rest["reexport"]["commodity"] = json!("170490");
    let rest = zone.go(of(rest));
    assert_eq!(traced(&rest.posted)[0], "item 1 of IN-1: 15 KGM of 170199, 600 IRR");
}

#[test]
fn a_recipe_that_creates_mass_is_refused() {
    let zone = stocked();
    let refusal = zone.refusal(&process(|process| process["recipe"]["products"][0]["most"] = kg("11.75")));
    insta::assert_snapshot!(refusal, @r"
    recipe: the recipe sweets/1 creates mass: 0.25 KGM more come out than go in
      have the recipe mended; nothing is made by it until then
    ");
    // The recipe may be right, and what was weighed wrong.
    let refusal = zone.refusal(&process(|process| {
        process["makes"][0]["quantity"] = kg("34.5");
        process["makes"][1]["quantity"] = kg("1.5");
    }));
    insta::assert_snapshot!(refusal, @r"
    makes: 1.25 KGM more come out than go in
      see whether products, scrap and loss were weighed right
    ");
}

#[test]
fn everything_that_is_wrong_with_processing_is_named_at_once() {
    let zone = stocked();
    let refusal = zone.refusal(&process(|process| {
        process["takes"][0]["quantity"] = kg("19");
        process["makes"][0]["quantity"] = kg("29");
        process["makes"][1]["lot"] = json!("SWEETS");
        process["waste"][0]["quantity"] = kg("1.6");
        process["waste"][0]["commodity"] = json!("110812");
    }));
    insta::assert_snapshot!(refusal, @r"
    takes: 29 KGM of 170199 go in, and the recipe takes 30 KGM
      take 30 KGM in all, or change how many times the recipe is run
    makes[1].quantity: 29 KGM of 170490 are made, and the recipe yields 30 KGM to 34.5 KGM
      weigh again; what is truly outside of the recipe needs another one
    makes[2].lot: lot SWEETS is named twice
      choose a number that was never used
    waste[1].quantity: 1.6 KGM of 110812 are wasted, and the recipe allows 0 KGM
      write at most 0 KGM; record the rest as a loss, with its act
    ");
    for change in [
        (|process: &mut Value| process["runs"] = json!(0)) as fn(&mut Value),
        |process| process["owner"] = json!("babak"),
        |process| process["makes"] = json!([]),
        |process| process["makes"][0]["lot"] = json!("SUGAR"),
        |process| process["makes"][0]["quantity"] = pieces("33"),
        |process| process["recipe"]["inputs"][0]["scrap"] = kg("11"),
        |process| process["recipe"]["inputs"][1]["commodity"] = json!("170199"),
        |process| process["recipe"]["products"][0]["least"] = kg("12"),
        |process| process["recipe"]["products"] = json!([]),
        |process| process["recipe"]["inputs"] = json!([]),
        |process| process["runs"] = json!(4_294_967_295_u32),
    ] {
        zone.refusal(&process(change));
    }
}

#[test]
fn by_pieces_nothing_is_weighed_and_provenance_stays_exact() {
    let mut zone = stocked();
    let made = zone.go(process(|process| {
        process["recipe"]["products"] =
            json!([{"commodity": "170490", "least": pieces("1"), "most": pieces("100"), "share": 1}]);
        process["makes"] = json!([{"lot": "BOXES", "method": "lot", "commodity": "170490", "quantity": pieces("7")}]);
    }));
    assert_eq!(made.posted.difference, None);
    let mut rials = 0;
    for number in 0..7 {
        let boxed = json!({"exit": {
            "item": item("OUT", number + 1), "declared": pieces("1"), "owner": "ana", "commodity": "170490",
            "takes": [{"from": {"lot": "BOXES"}, "quantity": pieces("1")}],
        }});
        let out = zone.go(of(boxed));
        rials += customs::goods::trace(&out.posted).unwrap().contents.iter().map(|one| one.value.minor).sum::<i128>();
    }
    // 25 kg of IN-1 for 1000, 5 kg of IN-2 for 300, 6 kg of IN-3 for 301 rial, of a hundred dinars each.
    assert_eq!(rials, 160_100);
}
