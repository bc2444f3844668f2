//! A warehouse receipt goes to another company when that one takes it, and not before.

use app::{Acted, AppError};
use definition::value::Value;
use jiff::SignedDuration;

use crate::goods::left;
use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, accept, apply, enter, issue, number, offer, person, process, text};

async fn receipt(office: &Office) -> String {
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    issue(&office.app, &lot, "10000").await.unwrap().case.reference()
}

async fn withdraw(office: &Office, receipt: &str) -> Result<Acted, AppError> {
    let facts = [("company", text("C-0001")), ("receipt", text(receipt))];
    apply(&office.app, SELLER, "offer-withdrawal", &facts).await
}

#[tokio::test]
async fn nothing_goes_to_a_company_that_does_not_take_it() {
    for office in Office::makus().await {
        let receipt = receipt(&office).await;
        let offered = offer(&office.app, &receipt, "C-0002").await.unwrap();
        assert_eq!((offered.stage.as_str(), offered.outcome.as_deref()), ("offered", Some("granted")));
        assert_eq!(office.record("receipts", &receipt).await.unwrap()["company.id"], text("C-0001"));
        // The buyer sees what it is and until when.
        let record = office.record("offers", &receipt).await.unwrap();
        assert_eq!((&record["company.id"], &record["offer.seller"]), (&text("C-0002"), &text("C-0001")));
        assert_eq!((&record["offer.commodity"], &record["offer.quantity"]), (&text("11010000"), &number("10000")));
        assert!(matches!(record["offer.until"], Value::Date(_)));
        let taken = accept(&office.app, &receipt).await.unwrap();
        assert_eq!(taken.outcome.as_deref(), Some("granted"));
        assert_eq!(office.record("offers", &receipt).await, None);
        assert_eq!(office.record("receipts", &receipt).await, None);
        let own = taken.case.reference();
        assert_eq!(office.record("receipts", &own).await.unwrap()["company.id"], text("C-0002"));
        process(&office.app, &own, "100", "9500").await.unwrap();
        assert!(accept(&office.app, &receipt).await.is_err(), "it was taken");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn an_offer_is_withdrawn_or_lapses_and_the_receipt_stays() {
    let office = Office::maku(Chance::Spares).await;
    let receipt = receipt(&office).await;
    let [(_, said)] = &office.wrong(withdraw(&office, &receipt).await).await[..] else { panic!() };
    assert!(said.contains("is not offered"), "{said}");
    offer(&office.app, &receipt, "C-0002").await.unwrap();
    assert_eq!(withdraw(&office, &receipt).await.unwrap().outcome.as_deref(), Some("granted"));
    assert!(accept(&office.app, &receipt).await.is_err());
    // Offered again, and not taken in time.
    offer(&office.app, &receipt, "C-0002").await.unwrap();
    office.app.clock.advance(SignedDuration::from_hours(24 * 12));
    let [(place, said)] = &office.wrong(accept(&office.app, &receipt).await).await[..] else { panic!() };
    assert!(said.contains("lapsed after") && said.contains("ask its holder"), "{place}: {said}");
    assert_eq!(left(&office, "receipts", &receipt).await, Some(number("10000")));
    // A new offer takes the place of the old one.
    offer(&office.app, &receipt, "C-0002").await.unwrap();
    accept(&office.app, &receipt).await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

async fn reject(office: &Office, receipt: &str) -> Result<Acted, AppError> {
    apply(&office.app, BUYER, "offer-rejection", &[("company", text("C-0002")), ("offer", text(receipt))]).await
}

/// What the history of a receipt says to whoever holds it.
async fn told(office: &Office, who: &str, receipt: &str) -> Vec<String> {
    let account = office.app.goods_account(&person(who), ("receipt", receipt), None).await.unwrap();
    account.moves.into_iter().map(|line| line.line.movement).collect()
}

#[tokio::test]
async fn who_is_offered_a_receipt_rejects_it_and_its_holder_sees_that() {
    for office in Office::makus().await {
        let receipt = receipt(&office).await;
        assert_eq!(office.wrong(reject(&office, &receipt).await).await[0].1, "NoRecord", "nothing is offered");
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        let until = office.record("offers", &receipt).await.unwrap()["offer.until"].clone();
        let rejected = reject(&office, &receipt).await.unwrap();
        assert_eq!((rejected.stage.as_str(), rejected.outcome.as_deref()), ("rejected", Some("granted")));
        assert_eq!(office.record("offers", &receipt).await, None, "it is not to be chosen any more");
        assert_eq!(left(&office, "receipts", &receipt).await, Some(number("10000")));
        assert_eq!(told(&office, SELLER, &receipt).await, ["issue", "offer", "reject"]);
        let account = office.app.goods_account(&person(SELLER), ("receipt", &receipt), None).await.unwrap();
        let offered: Vec<_> = account.moves.iter().map(|line| line.line.offered.as_ref()).collect();
        let [None, Some(first), None] = offered[..] else { panic!("{offered:?}") };
        assert_eq!(Value::Date(first.until), until, "the history says to whom and until when, also after it is over");
        assert_eq!(first.to.as_str(), "C-0002");
        assert!(accept(&office.app, &receipt).await.is_err());
        assert!(reject(&office, &receipt).await.is_err());
        // It can be offered again, to the same, and withdrawn, and taken.
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        withdraw(&office, &receipt).await.unwrap();
        assert_eq!(office.wrong(reject(&office, &receipt).await).await[0].1, "NoRecord");
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        accept(&office.app, &receipt).await.unwrap();
        let all = ["issue", "offer", "reject", "offer", "withdraw", "offer", "accept"];
        assert_eq!(told(&office, SELLER, &receipt).await, all);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_taking_and_rejecting_at_once_one_is_done() {
    for office in Office::makus().await {
        let receipt = receipt(&office).await;
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        let (taken, rejected) = tokio::join!(accept(&office.app, &receipt), reject(&office, &receipt));
        assert_ne!(taken.is_ok(), rejected.is_ok(), "{taken:?} {rejected:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn what_cannot_be_offered_is_told_beside_the_question() {
    let office = Office::maku(Chance::Spares).await;
    let receipt = receipt(&office).await;
    let nobody = office.wrong(offer(&office.app, &receipt, "C-9999").await).await;
    assert_eq!(nobody, [("buyer".to_owned(), "NoRecord".to_owned())]);
    let own = office.wrong(offer(&office.app, &receipt, "C-0001").await).await;
    assert!(own[0].1.contains("holds it already"), "{own:?}");
    for day in ["2020-01-01", "2199-01-01"] {
        let until = Value::Date(day.parse().unwrap());
        let facts =
            [("company", text("C-0001")), ("receipt", text(&receipt)), ("buyer", text("C-0002")), ("until", until)];
        let told = office.wrong(apply(&office.app, SELLER, "receipt-transfer", &facts).await).await;
        assert!(told[0].1.contains("an offer stands until a day from"), "{told:?}");
    }
    // What is offered to somebody else is not to be chosen.
    offer(&office.app, &receipt, "C-0002").await.unwrap();
    let facts = [("company", text("C-0001")), ("offer", text(&receipt))];
    for service in ["receipt-acceptance", "offer-rejection"] {
        let stranger = apply(&office.app, SELLER, service, &facts).await;
        assert_eq!(office.wrong(stranger).await, [("offer".to_owned(), "NoRecord".to_owned())]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_taking_and_withdrawing_at_once_one_is_done() {
    for office in Office::makus().await {
        let receipt = receipt(&office).await;
        offer(&office.app, &receipt, "C-0002").await.unwrap();
        let (taken, withdrawn) = tokio::join!(accept(&office.app, &receipt), withdraw(&office, &receipt));
        assert_ne!(taken.is_ok(), withdrawn.is_ok(), "{taken:?} {withdrawn:?}");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}
