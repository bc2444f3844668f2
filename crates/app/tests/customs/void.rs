//! The certificate of a warehouse receipt holds as long as there is something left of what it is for, whoever checks it and however.

use app::credential::{Certificate, Input, Verdict};
use app::engine::CaseId;
use jiff::SignedDuration;
use store::{EntryQuery, Put};

use crate::office::{Chance, Office};
use crate::surrendered::surrender;
use crate::truck::{BUYER, SELLER, accept, apply, enter, issue, number, offer, person, process, text, transfer};

async fn settle(office: &Office) {
    while app::jobs::outbox::run(&office.app).await.unwrap() > 0 {}
    app::jobs::sequencer::run(&office.app).await.unwrap();
}

/// The certificate, as its holder keeps it.
async fn kept(office: &Office, who: &str, case: CaseId) -> String {
    settle(office).await;
    office.app.certificate(&person(who), case).await.unwrap().unwrap().certificate.to_text()
}

/// Whether it holds; where it does not, it was revoked, and that is because the receipt is void.
async fn holds(office: &Office, text: &str) -> bool {
    settle(office).await;
    let certificate = Certificate::read_text(text).unwrap();
    match office.app.verify(Input::Text(text)).await.unwrap() {
        Verdict::Valid(_) => {
            assert!(!office.app.is_void(&certificate).await.unwrap());
            true
        }
        Verdict::Revoked { certificate } => {
            assert!(office.app.is_void(&certificate).await.unwrap());
            false
        }
        other => panic!("{other:?}"),
    }
}

async fn receipt(office: &Office) -> (CaseId, String) {
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    (issue(&office.app, &lot, "10000").await.unwrap().case, lot)
}

#[tokio::test]
async fn a_receipt_that_was_transferred_or_worked_up_is_void_and_one_that_has_something_left_is_not() {
    for office in Office::makus().await {
        let (first, lot) = receipt(&office).await;
        let paper = kept(&office, SELLER, first).await;
        assert!(holds(&office, &paper).await);
        offer(&office.app, &first.reference(), "C-0002").await.unwrap();
        assert!(holds(&office, &paper).await, "an offer binds nobody");
        let own = accept(&office.app, &first.reference()).await.unwrap().case;
        assert!(!holds(&office, &paper).await, "it was transferred");
        let bought = kept(&office, BUYER, own).await;
        process(&office.app, &own.reference(), "50", "4750").await.unwrap();
        assert!(holds(&office, &bought).await, "half is left");
        let made = process(&office.app, &own.reference(), "50", "4750").await.unwrap().case;
        assert!(!holds(&office, &bought).await, "nothing is left");
        // What proves that something happened stays true.
        let proof = kept(&office, BUYER, made).await;
        assert!(holds(&office, &proof).await);
        // Another receipt of the same lot is not concerned.
        let other = issue(&office.app, &lot, "5000").await.unwrap().case;
        let other = kept(&office, SELLER, other).await;
        assert!(holds(&office, &other).await);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
        assert!(!holds(&office, &paper).await && !holds(&office, &bought).await && holds(&office, &other).await);
    }
}

#[tokio::test]
async fn a_receipt_that_was_surrendered_is_void_for_ever() {
    let office = Office::maku(Chance::Spares).await;
    let (case, _) = receipt(&office).await;
    let paper = kept(&office, SELLER, case).await;
    surrender(&office, (SELLER, "C-0001"), &case.reference()).await.unwrap();
    assert!(!holds(&office, &paper).await);
    office.app.clock.advance(SignedDuration::from_hours(24 * 400));
    assert!(!holds(&office, &paper).await);
    // Its own page says so, too.
    let shown = office.app.certificate(&person(SELLER), case).await.unwrap().unwrap();
    assert!(matches!(shown.verdict, Verdict::Revoked { .. }));
}

/// A receipt that is void before its certificate is made has one that never held.
#[tokio::test]
async fn a_receipt_that_is_void_at_once_is_never_good() {
    let office = Office::maku(Chance::Spares).await;
    let (case, _) = receipt(&office).await;
    transfer(&office.app, &case.reference(), "C-0002").await.unwrap();
    let paper = kept(&office, SELLER, case).await;
    assert!(!holds(&office, &paper).await);
}

/// An offer binds nobody and may be over at any moment: no certificate says that it stands.
#[tokio::test]
async fn of_an_offer_there_is_no_certificate() {
    let office = Office::maku(Chance::Spares).await;
    let (case, _) = receipt(&office).await;
    let offered = offer(&office.app, &case.reference(), "C-0002").await.unwrap();
    settle(&office).await;
    assert!(office.app.certificate(&person(SELLER), offered.case).await.is_err());
}

/// Of many who empty receipts at once, each one's certificate ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_that_are_made_while_receipts_end_do_not_stay_good() {
    for office in Office::makus().await {
        let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
        let mut papers = Vec::new();
        for _ in 0..4 {
            let case = issue(&office.app, &lot, "1000").await.unwrap().case;
            let reference = case.reference();
            let (given, run) =
                tokio::join!(surrender(&office, (SELLER, "C-0001"), &reference), app::jobs::outbox::run(&office.app));
            given.unwrap();
            run.unwrap();
            papers.push(kept(&office, SELLER, case).await);
        }
        for paper in papers {
            assert!(!holds(&office, &paper).await);
        }
    }
}

/// What becomes of the lot is nothing to the receipt.
#[tokio::test]
async fn a_receipt_on_a_lot_that_is_empty_holds() {
    let office = Office::maku(Chance::Spares).await;
    let (case, lot) = receipt(&office).await;
    let paper = kept(&office, SELLER, case).await;
    // The lot that it was set apart from is emptied; the receipt is not.
    let facts = [("company", text("C-0001")), ("lot", text(&lot)), ("quantity", number("20000"))];
    apply(&office.app, SELLER, "warehouse-receipt", &facts).await.unwrap();
    assert_eq!(office.record("lots", &lot).await, None);
    assert!(holds(&office, &paper).await);
}

/// As in a zone that ran before receipts became void, or whose list lost something.
#[tokio::test]
async fn a_rebuild_puts_on_the_list_what_is_missing_there() {
    for office in Office::makus().await {
        let (case, _) = receipt(&office).await;
        let paper = kept(&office, SELLER, case).await;
        surrender(&office, (SELLER, "C-0001"), &case.reference()).await.unwrap();
        assert!(!holds(&office, &paper).await);
        let query = EntryQuery { kind: "revoked".to_owned(), key: None, owner: None, after: None, limit: 10 };
        let [entry] = &office.store.entries(query.clone()).await.unwrap()[..] else { panic!() };
        let (kind, key) = (entry.kind.clone(), entry.key.clone());
        office.store.put(vec![Put { kind, key, owner: None, body: None, expected: None }]).await.unwrap();
        assert_eq!(office.app.rebuild().await.unwrap().mended, 1);
        assert!(!holds(&office, &paper).await);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}
