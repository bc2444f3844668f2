//! What comes after its time, as people and the treasury meet it.

use app::AppError;
use app::engine::refusal::Refusal;

use crate::house::{House, decide, of_officer, of_person, withdraw};

#[tokio::test]
async fn an_officer_who_is_too_late_is_told_so_and_silence_stands() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90").await;
    let officer = of_officer(&house.state(case.case).await.drawn("review")[0]);
    house.pass_deadline(case.case).await;
    // The clock job was not there yet, and the officer's page is not stale.
    let late = house.app.act(&officer, case.case, &decide("refuse", Some("unfit")), Some(case.seq), None).await;
    let Err(AppError::Refused(Refusal::TimeRanOut { clock, .. })) = late else { panic!("{late:?}") };
    assert_eq!(clock, "review");
    let late = house.act(&of_person("ali"), case.case, withdraw()).await;
    assert!(matches!(late, Err(AppError::Refused(Refusal::TimeRanOut { .. }))), "{late:?}");
    assert_eq!(house.jobs().await.0, 1);
    assert_eq!(app::outcome_name(house.state(case.case).await.ended.unwrap().outcome), "granted");
}

#[tokio::test]
async fn a_payment_that_comes_too_late_is_refused_and_kept_to_be_given_back() {
    let house = House::open().await;
    let late = house.submit("ali", "build", "size 100").await.case;
    let paid = house.submit("zahra", "build", "size 100").await.case;
    house.pay(paid, "r-1").await.unwrap();
    house.pass_deadline(late).await;
    for _ in 0..3 {
        let refused = house.pay(late, "r-2").await;
        assert!(matches!(refused, Err(AppError::Refused(Refusal::TimeRanOut { .. }))), "{refused:?}");
    }
    house.jobs().await;
    let refused = house.pay(late, "r-3").await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Ended))), "{refused:?}");
    let open = house.submit("ali", "build", "size 101").await.case;
    let refused = house.pay_amount(open, "r-4", "1").await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::WrongAmount { .. }))), "{refused:?}");
    // Once more the money that was taken: nothing is to be given back.
    let again = house.pay(paid, "r-1").await;
    assert!(matches!(again, Err(AppError::Refused(Refusal::ReceiptUsed))), "{again:?}");
    let mut kept = house.app.unapplied_payments(100).await.unwrap();
    kept.sort_by(|a, b| a.receipt.cmp(&b.receipt));
    let told: Vec<_> = kept.iter().map(|kept| (kept.case, kept.receipt.as_str(), kept.why.as_str())).collect();
    assert_eq!(told, [(late, "r-2", "time-ran-out"), (late, "r-3", "ended"), (open, "r-4", "wrong-amount")]);
    assert_eq!(house.app.backlog().await.unwrap().unapplied_payments, 3);
}
