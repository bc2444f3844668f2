//! A warehouse receipt is surrendered: its goods are a lot, and whoever bought them takes them out of the zone, each way.

use app::{Acted, AppError, Payment};
use definition::value::Value;

use crate::goods::{left, rials};
use crate::leaving::{flour, transit};
use crate::office::{Chance, Office};
use crate::truck::{
    BUYER, SELLER, accept, apply, declaration, document, enter, inspect, issue, leave, number, offer, process, text,
    transfer,
};

pub async fn surrender(office: &Office, (who, company): (&str, &str), receipt: &str) -> Result<Acted, AppError> {
    let facts = [("company", text(company)), ("receipt", text(receipt))];
    apply(&office.app, who, "receipt-surrender", &facts).await
}

const BUYERS: (&str, &str) = (BUYER, "C-0002");

/// The lot that 10,000 kg of the flour are in which the buyer bought by receipt.
async fn bought(office: &Office) -> (String, String) {
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    let own = transfer(&office.app, &receipt, "C-0002").await.unwrap().case.reference();
    let surrendered = surrender(office, BUYERS, &own).await.unwrap();
    assert_eq!((surrendered.stage.as_str(), surrendered.outcome.as_deref()), ("surrendered", Some("granted")));
    (own, format!("{}-1", surrendered.case.reference()))
}

async fn out(office: &Office, service: &str, lot: &str, xml: &str) -> Result<Acted, AppError> {
    let declared = document(&office.app, BUYER, xml).await;
    let destination = ("destination", Value::Code("IRDGN".to_owned()));
    let facts = [("company", text("C-0002")), ("lot", text(lot)), ("declaration", declared), destination];
    let facts = if service == "goods-transit" { &facts[..] } else { &facts[..3] };
    apply(&office.app, BUYER, service, facts).await
}

async fn pay(office: &Office, case: &Acted, receipt: &str) -> Acted {
    let Value::Money(amount) = office.facts(case.case).await["assessment.payable"].clone() else { panic!() };
    let payment = Payment { receipt: receipt.to_owned(), amount };
    office.app.confirm_payment(case.case, &payment).await.unwrap()
}

#[tokio::test]
async fn whoever_bought_goods_by_receipt_takes_them_out_each_way() {
    for office in Office::makus().await {
        let (receipt, lot) = bought(&office).await;
        assert_eq!(office.record("receipts", &receipt).await, None);
        let record = office.record("lots", &lot).await.unwrap();
        assert_eq!((&record["company.id"], &record["lot.quantity"]), (&text("C-0002"), &number("10000")));
        // What leaves as it came is held against what it came in at, however many papers lie between.
        for (xml, said) in [
            (flour("OUT-0", "3000", "1199.00", ("40", "78")), "came in at"),
            (
                flour("OUT-0", "3000", "1200.00", ("40", "78")).replace(">TR<", ">AZ<"),
                "the goods came in as made in TR",
            ),
        ] {
            let wrong = office.wrong(out(&office, "goods-exit", &lot, &xml).await).await;
            assert!(wrong[0].1.contains(said), "{wrong:?}");
        }
        let xml = flour("OUT-1", "4000", "1600.00", ("31", "78"));
        let abroad = out(&office, "goods-reexport", &lot, &xml).await.unwrap();
        assert_eq!(abroad.outcome.as_deref(), Some("granted"));
        let xml = flour("OUT-2", "3000", "1200.00", ("40", "78"));
        let exit = out(&office, "goods-exit", &lot, &xml).await.unwrap();
        assert_eq!(office.facts(exit.case).await["assessment.value"], rials("1320000000"));
        assert_eq!(left(&office, "lots", &lot).await, Some(number("6000")), "nothing leaves before it is paid");
        // What it reserved nobody else takes.
        let wrong = out(&office, "goods-transit", &lot, &transit("OUT-3", "3001", "1201.00")).await;
        assert!(office.wrong(wrong).await[0].1.contains("3000 KGM of that are reserved"));
        let through = out(&office, "goods-transit", &lot, &transit("OUT-3", "3000", "1200.00")).await.unwrap();
        for (case, paper) in [(&exit, "R-1"), (&through, "R-2")] {
            assert_eq!(pay(&office, case, paper).await.outcome.as_deref(), Some("granted"));
        }
        assert_eq!(left(&office, "lots", &lot).await, None);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// What a product owes is the same whether a receipt stood for it or not.
#[tokio::test]
async fn a_product_under_a_receipt_keeps_where_it_came_from() {
    let office = Office::maku(Chance::Spares).await;
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    let own = transfer(&office.app, &receipt, "C-0002").await.unwrap().case.reference();
    let product = format!("{}-1", process(&office.app, &own, "100", "9500").await.unwrap().case.reference());
    let facts = [("company", text("C-0002")), ("lot", text(&product)), ("quantity", number("9500"))];
    let paper = apply(&office.app, BUYER, "warehouse-receipt", &facts).await.unwrap().case.reference();
    let again = format!("{}-1", surrender(&office, BUYERS, &paper).await.unwrap().case.reference());
    let exit = leave(&office.app, "EXIT-1", &again, "9500").await.unwrap();
    assert_eq!(office.facts(exit.case).await["assessment.payable"], rials("3652000000"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_receipt_is_surrendered_once_by_its_holder_and_nobody_can_take_it_any_more() {
    let office = Office::maku(Chance::Spares).await;
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    for number in [receipt.as_str(), "nothing", "\u{202e}", ""] {
        let stranger = surrender(&office, BUYERS, number).await;
        assert!(stranger.is_err(), "{number}: {stranger:?}");
    }
    let wrong = office.wrong(surrender(&office, BUYERS, &receipt).await).await;
    assert_eq!(wrong, [("receipt".to_owned(), "NoRecord".to_owned())]);
    offer(&office.app, &receipt, "C-0002").await.unwrap();
    surrender(&office, (SELLER, "C-0001"), &receipt).await.unwrap();
    assert_eq!(office.record("offers", &receipt).await, None);
    assert_eq!(office.wrong(accept(&office.app, &receipt).await).await[0].1, "NoRecord");
    let again = office.wrong(surrender(&office, (SELLER, "C-0001"), &receipt).await).await;
    assert_eq!(again, [("receipt".to_owned(), "NoRecord".to_owned())]);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_taking_and_surrendering_at_once_one_is_done() {
    for office in Office::makus().await {
        let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
        let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        let (taken, given) =
            tokio::join!(accept(&office.app, &receipt), surrender(&office, (SELLER, "C-0001"), &receipt));
        assert_ne!(taken.is_ok(), given.is_ok(), "{taken:?} {given:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

/// What was bought by receipt is looked at, measured and booked as what is found.
#[tokio::test]
async fn what_is_measured_of_it_is_what_leaves() {
    let office = Office::maku(Chance::Inspects).await;
    let xml = declaration("TRUCK-1", "11010000", "30000", "12000.00", ("78", "00"));
    let declared = document(&office.app, SELLER, &xml).await;
    let facts =
        [("company", text("C-0001")), ("warehouse", Value::Code("maku-1".to_owned())), ("declaration", declared)];
    let entered = apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap();
    inspect(&office.app, &entered, "as-declared", "1 30000").await.unwrap();
    let receipt = issue(&office.app, &format!("{}-1", entered.case.reference()), "10000").await.unwrap();
    let surrendered = surrender(&office, (SELLER, "C-0001"), &receipt.case.reference()).await.unwrap();
    let lot = format!("{}-1", surrendered.case.reference());
    let declared = document(&office.app, SELLER, &flour("OUT-1", "4000", "1600.00", ("31", "78"))).await;
    let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("declaration", declared)];
    let left_by = apply(&office.app, SELLER, "goods-reexport", &facts).await.unwrap();
    let done = inspect(&office.app, &left_by, "as-declared", "1 5000").await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    assert_eq!(left(&office, "lots", &lot).await, Some(number("5000")));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}
