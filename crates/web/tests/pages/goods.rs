//! `/{language}/goods`: lots and receipts, each with its history.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;

use crate::common::House;
use crate::common::scene::biscuits;
use crate::common::truck::{
    BUYER, SELLER, apply, as_declared, declaration, document, enter, enter_by, issue, leave, offer, text, transfer,
};

#[tokio::test]
async fn a_company_sees_its_goods_and_how_they_moved() {
    let house = House::open().await;
    let entered = enter(&house.app).await.unwrap();
    let lot = format!("{}-1", entered.case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let sold = transfer(&house.app, &receipt, "C-0002").await.unwrap().case.reference();
    house.settle().await;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open("/fa").await;
    assert_eq!(page.links("/fa/goods"), ["/fa/goods"]);
    let page = sara.open("/fa/goods?company=C-0001").await;
    for says in ["محموله‌ها", &lot, "۲۰٬۰۰۰ کیلوگرم", "11010000", "C-0001", &receipt, "چیزی نمانده"]
    {
        page.says(says);
    }
    page.does_not_say(&sold);
    let page = sara.open(&format!("/en/goods/lot/{lot}")).await;
    for says in [
        "Came into the zone",
        "outside the zone",
        "30,000 kg",
        "Set apart by a warehouse receipt",
        &format!("Receipt {receipt}"),
        "20,000 kg",
        "TRUCK-1",
        "from abroad, duty unpaid",
        "IRR 8,800,000,000",
    ] {
        page.says(says);
    }
    assert_eq!(page.links("/en/log/").len(), 2);
    assert!(page.links("/en/cases/").contains(&format!("/en/cases/{}", entered.case)), "{}", page.body);
    for entry in page.links("/en/log/") {
        sara.open(&entry).await;
    }
    // Whoever looks for a number comes to its page.
    let page = sara.get(&format!("/en/goods?number={receipt}")).await;
    assert_eq!(page.location().unwrap(), format!("/en/goods/receipt/{receipt}"));
    sara.open("/en/goods?number=nothing").await.says("There is no lot or receipt with this number");
}

#[tokio::test]
async fn what_is_reserved_of_goods_stands_beside_what_is_there() {
    let house = House::open().await;
    let [lot, product] = biscuits(&house.app).await;
    let exit = leave(&house.app, "EXIT-1", &product, "9000").await.unwrap();
    house.settle().await;
    let mut reza = house.sign_in(BUYER).await;
    let page = reza.open(&format!("/en/goods/lot/{product}")).await;
    let by = format!("9,000 kg by case {}", exit.case.reference());
    for says in ["9,500 kg", "Of that reserved for open declarations", "9,000 kg", &by] {
        page.says(says);
    }
    let page = reza.open(&format!("/fa/goods/lot/{product}")).await;
    for says in ["۹٬۵۰۰ کیلوگرم", "از آن نگه‌داشته برای اظهارنامه‌های باز", "۹٬۰۰۰ کیلوگرم"]
    {
        page.says(says);
    }
    // Number and unit are one piece, which goes in the direction of the unit's letters.
    assert!(page.body.contains("\u{2068}\u{200f}۹٬۰۰۰ کیلوگرم\u{2069} برای"), "{}", page.body);
    reza.open(&format!("/en/cases/{}", exit.case)).await.says("What it is about was reserved");
    // What nothing is reserved of says nothing of it.
    let mut sara = house.sign_in(SELLER).await;
    sara.open(&format!("/en/goods/lot/{lot}")).await.does_not_say("reserved");
}

#[tokio::test]
async fn others_learn_nothing_and_supervisors_of_goods_see_all() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let path = format!("/en/goods/lot/{lot}");
    let mut reza = house.sign_in(BUYER).await;
    let [foreign, unknown] = [reza.get(&path).await, reza.get("/en/goods/lot/nothing").await];
    assert_eq!(
        (foreign.status, unknown.status),
        (axum::http::StatusCode::NOT_FOUND, axum::http::StatusCode::NOT_FOUND)
    );
    assert_eq!(foreign.text(), unknown.text());
    assert_eq!(reza.get("/en/goods?company=C-0001").await.status, 404);
    reza.open(&format!("/en/goods?number={lot}")).await.says("There is no lot or receipt with this number");
    assert_eq!(house.visitor().get(&path).await.status, 303);
    for strange in ["/en/goods/item/1", "/en/goods/lot/%00", "/en/goods/lot/%E2%80%AE", "/en/goods/lot/..%2F.."] {
        assert_eq!(reza.get(strange).await.status, 404, "{strange}");
    }
}

#[tokio::test]
async fn whoever_acts_for_a_company_sees_its_goods_and_no_other() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    let taken = transfer(&house.app, &receipt, "C-0002").await.unwrap().case;
    let sold = taken.reference();
    // The sample agent has a mandate for C-0002, for all services.
    let mut agent = house.sign_in("P-0005").await;
    let page = agent.open("/en/goods").await;
    page.says("C-0002");
    let page = agent.open(&format!("/en/goods/receipt/{sold}")).await;
    page.says("Taken by its new holder");
    // The company's own case is named. The seller's receipt is another's, and no page of theirs.
    assert_eq!(page.links("/en/cases/"), [format!("/en/cases/{taken}")]);
    for path in [format!("/en/goods/lot/{lot}"), format!("/en/goods/receipt/{receipt}")] {
        assert_eq!(agent.get(&path).await.status, 404, "{path}");
    }
    // A supervisor of the authority whose services move goods sees all.
    let mut supervisor = house.sign_in("S-0001").await;
    let page = supervisor.open("/en/goods").await;
    for says in ["C-0001", "C-0002", &lot, &sold] {
        page.says(says);
    }
    supervisor.open(&format!("/en/goods/lot/{lot}")).await.says("30,000 kg");
}

/// Ten tonnes of flour are released to go abroad.
async fn released(house: &House, lot: &str) -> app::Acted {
    let xml = declaration("OUT-1", "11010000", "10000", "4000.00", ("31", "78"));
    let declared = document(&house.app, SELLER, &xml).await;
    let facts = [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared)];
    let acted = apply(&house.app, SELLER, "goods-reexport", &facts).await.unwrap();
    let acted = as_declared(&house.app, acted, &xml).await.unwrap();
    assert_eq!(acted.outcome.as_deref(), Some("granted"));
    house.settle().await;
    acted
}

#[tokio::test]
async fn what_is_left_over_is_a_list_and_each_company_sees_its_own() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let case = released(&house, &lot).await.case;
    let mut supervisor = house.sign_in("S-0001").await;
    assert_eq!(supervisor.open("/fa/queues").await.links("/fa/goods/leftovers"), ["/fa/goods/leftovers"]);
    let page = supervisor.open("/fa/goods/leftovers").await;
    for says in ["مانده‌های تسویه‌نشده", "ترخیص بدون خروج برابر", "۱۰٬۰۰۰ کیلوگرم", "C-0001", "۰ روز", "مجوز خروج تا"]
    {
        page.says(says);
    }
    assert_eq!(page.links("/fa/cases/"), [format!("/fa/cases/{case}")]);
    let load = "\u{2068}\u{200f}۱۰٬۰۰۰ کیلوگرم\u{2069} از \u{2068}11010000\u{2069}، ناخالص \u{2068}\u{200f}۱۰٬۰۰۰ کیلوگرم\u{2069}";
    assert!(page.body.contains(load), "{}", page.body);
    let page = supervisor.open("/en/goods/leftovers?paper=transit&company=").await;
    page.says("Nothing is left over.");
    supervisor.open("/en/goods/leftovers?paper=released&company=C-0002").await.says("Nothing is left over.");
    assert_eq!(supervisor.get("/en/goods/leftovers?paper=letter").await.status, 404);
    // The company's own stand on its page of goods.
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open("/en/goods?company=C-0001").await;
    for says in ["What is left over", "Release without matching gate-out", "10,000 kg of 11010000, gross 10,000 kg"] {
        page.says(says);
    }
    sara.open("/en/goods/leftovers?company=C-0001").await.says("10,000 kg of 11010000");
    let mut reza = house.sign_in(BUYER).await;
    assert_eq!(reza.get("/en/goods/leftovers?company=C-0001").await.status, 404);
    // A lighter load than was released went out.
    let gate = house.app.account("G-0001").await.unwrap();
    let account = house.app.account(SELLER).await.unwrap();
    let hash = house.app.certificate(&account, case).await.unwrap().unwrap().bare.claims_hash();
    let passage = app::Passage {
        id: [1; 16],
        at: house.app.clock.now(),
        certificate: case,
        hash,
        direction: app::Direction::Out,
        seen: app::Seen::Proven,
        gross_mass_kg: Some(22_000),
        tare_mass_kg: Some(14_000),
    };
    let of_another = app::Passage { id: [2; 16], hash: [7; 32], ..passage.clone() };
    house.app.take_passages(&gate, &[passage]).await.unwrap();
    let page = sara.open("/en/goods/leftovers?company=C-0001").await;
    for says in
        ["another mass left", "22,000 kg, of which the vehicle 14,000 kg", "lighter than what was released by 2,000 kg"]
    {
        page.says(says);
    }
    house.app.take_passages(&gate, &[of_another]).await.unwrap();
    let page = sara.open("/en/goods/leftovers?company=C-0001").await;
    page.says("This passage writes nothing off: the gate saw another certificate than the case's own");
    page.says("left 2 times");
}

/// The carrier reads by which number entries name a line, and the officer of an arrival whether the goods left at all.
#[tokio::test]
async fn lines_of_a_manifest_are_numbered_and_an_arrival_says_how_the_goods_left() {
    let house = House::open().await;
    let lines = "\nCMR-1 11010000 600 30000\n\nCMR-2 11010000 10 500";
    let facts = [("company", text("C-0001")), ("vehicle", text("IR-77")), ("lines", text(lines))];
    let filed = apply(&house.app, SELLER, "cargo-manifest", &facts).await.unwrap();
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open(&format!("/en/cases/{}", filed.case)).await;
    page.says("Line 2: CMR-1 11010000 600 30000");
    page.says("Line 4: CMR-2 11010000 10 500");
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let gone = in_transit(&house, &lot).await;
    let facts = [("company", text("C-0001")), ("transit", text(&format!("T-{}", gone.case.reference())))];
    let arrival = apply(&house.app, SELLER, "transit-arrival", &facts).await.unwrap();
    let drawn = house.view(&arrival).await.case.drawn("arrival")[0].clone();
    let page = house.sign_in(&drawn).await.open(&format!("/fa/desk/{}", arrival.case)).await;
    page.says("خروج کالا از منطقه");
    page.says("هیچ دروازه‌ای تحویل نداده");
    sara.open(&format!("/fa/cases/{}", arrival.case)).await.does_not_say("خروج کالا از منطقه");
}

/// Two officers settle what a company explained: the list says it on demand, with who and why.
#[tokio::test]
async fn what_is_explained_is_settled_and_shown_on_demand() {
    let house = House::open().await;
    let lines = "CMR-1 11010000 600 30000\nCMR-2 11010000 10 500";
    let facts = [("company", text("C-0001")), ("vehicle", text("IR-77")), ("lines", text(lines))];
    let filed = apply(&house.app, SELLER, "cargo-manifest", &facts).await.unwrap();
    house.settle().await;
    let mut supervisor = house.sign_in("S-0001").await;
    let entry = format!("M-{}/2", filed.case.reference());
    supervisor.open("/en/goods/leftovers").await.says(&entry);
    house.app.clock.advance(jiff::SignedDuration::from_secs(60));
    let facts = [("company", text("C-0001")), ("entry", text(&entry)), ("explanation", text("never loaded"))];
    let asked = apply(&house.app, SELLER, "leftover-settlement", &facts).await.unwrap();
    let own = house.sign_in(SELLER).await.open(&format!("/en/cases/{}", asked.case)).await;
    own.says("It was worked out: What is to be settled");
    own.says("What is to be settled (leftover.json)");
    let mut seen = asked.clone();
    for drawn in house.view(&asked).await.case.drawn("review") {
        let page = house.sign_in(drawn).await.open(&format!("/en/desk/{}", asked.case)).await;
        page.says("What is to be settled");
        page.says(&format!("Manifest line without matching entry: {entry}"));
        page.says("Still to come in: 500 kg");
        let facts = BTreeMap::from([("cause".to_owned(), Value::Code("never-loaded".to_owned()))]);
        let ground = Some("leftover-settled".to_owned());
        let act = Act::Decide { route: "settle".to_owned(), ground, note: String::new(), facts };
        seen = house.act(drawn, &seen, &act).await;
    }
    assert_eq!(seen.outcome.as_deref(), Some("granted"));
    supervisor.open("/en/goods/leftovers").await.does_not_say(&entry);
    let page = supervisor.open("/fa/goods/leftovers?settled=yes").await;
    for says in [&entry, "تسویه‌شده با توضیح", "علت: کالا هرگز بار نشده است", "کارشناسان:", &asked.case.reference()]
    {
        page.says(says);
    }
}

/// The truck's flour leaves in transit, secured.
async fn in_transit(house: &House, lot: &str) -> app::Acted {
    let xml = declaration("T-1", "11010000", "30000", "12000.00", ("40", "78"));
    let procedure =
        "<GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>78</PreviousCode></GovernmentProcedure>";
    let xml = xml.replace(procedure, "").replace(">IMA<", ">T1<");
    let destination = Value::Code("IRDGN".to_owned());
    let declared = document(&house.app, SELLER, &xml).await;
    let facts =
        [("company", text("C-0001")), ("lot", text(lot)), ("declaration", declared), ("destination", destination)];
    let filed = apply(&house.app, SELLER, "goods-transit", &facts).await.unwrap();
    let filed = as_declared(&house.app, filed, &xml).await.unwrap();
    let gone = house.pay(&filed, "R-1").await;
    assert_eq!(gone.outcome.as_deref(), Some("granted"));
    gone
}

/// The pass says what it is for, so that the gate can hold its scale against it.
#[tokio::test]
async fn a_pass_says_what_may_leave_with_it() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let case = released(&house, &lot).await.case;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open(&format!("/fa/cases/{case}/certificate")).await;
    for says in ["کالا (کد تعرفه)", "11010000", "وزن ناخالص بار", "۱۰٬۰۰۰ کیلوگرم"]
    {
        page.says(says);
    }
    let account = house.app.account(SELLER).await.unwrap();
    let shown = house.app.certificate(&account, case).await.unwrap().unwrap();
    let facts = &shown.bare.claims().facts;
    let load = ["load.commodity", "load.quantity", "load.gross-mass"].map(|name| facts[name].as_str());
    assert_eq!(load, ["11010000", "10000 KGM", "10000"]);
    // A code that a telephone reads from paper: version 20 of QR codes has 97 modules.
    assert!(shown.bare.to_text().len() < 1_000, "{}", shown.bare.to_text().len());
}

/// Whoever was drawn for a case that is about a lot may see that lot's history, that one alone, and only while the case waits for them.
#[tokio::test]
async fn an_officer_sees_the_lot_that_their_case_is_about() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let xml = declaration("TRUCK-2", "11010000", "500", "200.00", ("78", "00"));
    let other = format!("{}-1", enter_by(&house.app, (SELLER, "C-0001"), &xml).await.unwrap().case.reference());
    let xml = declaration("OUT-1", "11010000", "10000", "90000.00", ("31", "78"));
    let declared = document(&house.app, SELLER, &xml).await;
    let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
    let acted = apply(&house.app, SELLER, "goods-reexport", &facts).await.unwrap();
    // What it costs is looked at in the papers, unless chance has the goods inspected.
    let role = if acted.stage == "inspection" { "goods-inspector" } else { "documents-officer" };
    let drawn = house.view(&acted).await.case.drawn(&acted.stage)[0].clone();
    let mut officer = house.sign_in(&drawn).await;
    let history = format!("/en/goods/lot/{lot}");
    let page = officer.open(&format!("/en/desk/{}", acted.case)).await;
    assert_eq!(page.links("/en/goods/"), std::slice::from_ref(&history));
    officer.open(&history).await.says("30,000 kg");
    assert_eq!(officer.get(&format!("/en/goods/lot/{other}")).await.status, 404, "another lot");
    let seats = house.app.roster().seats.clone();
    let colleagues: Vec<_> = seats.iter().filter(|seat| seat.role == role && seat.officer != drawn).collect();
    assert!(!colleagues.is_empty());
    for seat in colleagues {
        assert_eq!(house.sign_in(&seat.officer).await.get(&history).await.status, 404, "{}", seat.officer);
    }
    if acted.stage == "documents" {
        let account = house.app.account(&drawn).await.unwrap();
        let act = Act::Decide { route: "agree".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
        house.app.act(&account, acted.case, &act, Some(acted.seq), None).await.unwrap();
    } else {
        as_declared(&house.app, acted, &xml).await.unwrap();
    }
    assert_eq!(officer.get(&history).await.status, 404, "the case is theirs no longer");
}

/// Whoever is shown a receipt that was sold on is told that it is void, on the page and over the API alike; and so is its former holder.
#[tokio::test]
async fn a_receipt_that_was_sold_on_is_void_wherever_it_is_checked() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let case = issue(&house.app, &lot, "10000").await.unwrap().case;
    house.settle().await;
    let mut sara = house.sign_in(SELLER).await;
    let paper = sara.get(&format!("/en/cases/{case}/certificate.txt")).await.body;
    let judged = async |language: &str| {
        let path = format!("/{language}/verify");
        let page = house.visitor().open(&path).await;
        house.visitor().submit(&page, "text", &[("text", &paper)]).await
    };
    judged("en").await.says("The certificate holds");
    sara.open(&format!("/en/cases/{case}/certificate")).await.does_not_say("This receipt is void");
    transfer(&house.app, &case.reference(), "C-0002").await.unwrap();
    house.settle().await;
    let page = judged("en").await;
    for says in ["✗", "The warehouse receipt is void", "the goods went to another receipt, product or lot"] {
        page.says(says);
    }
    page.does_not_say("C-0002");
    judged("fa").await.says("قبض انبار باطل است");
    sara.open(&format!("/en/cases/{case}/certificate"))
        .await
        .says("This receipt is void: nothing is left of what it was for.");
    sara.open(&format!("/fa/cases/{case}/certificate")).await.says("این قبض باطل است");
}

#[tokio::test]
async fn whoever_offers_a_receipt_sees_that_it_was_rejected() {
    let house = House::open().await;
    let lot = format!("{}-1", enter(&house.app).await.unwrap().case.reference());
    let receipt = issue(&house.app, &lot, "10000").await.unwrap().case.reference();
    offer(&house.app, &receipt, "C-0002").await.unwrap();
    let rejection = [("company", text("C-0002")), ("offer", text(&receipt))];
    let rejected = apply(&house.app, BUYER, "offer-rejection", &rejection).await.unwrap();
    house.settle().await;
    let mut sara = house.sign_in(SELLER).await;
    let page = sara.open(&format!("/en/goods/receipt/{receipt}")).await;
    page.says("Offered to another company");
    page.says("Offer rejected");
    // By a case of another's.
    page.does_not_say(&rejected.case.to_string());
    sara.open(&format!("/fa/goods/receipt/{receipt}")).await.says("رد پیشنهاد");
}
