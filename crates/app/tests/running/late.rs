//! What comes after its time, as people and the treasury meet it.

use app::engine::refusal::{Refusal, RefusalKind};
use app::{Account, AppError, Key, Payment};
use definition::value::Money;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::house::{House, decide, of_officer, of_person, roster, withdraw};

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
    // From a Friday on, five days to pay and five working days to answer end together, and both would be over.
    let zone = TimeZone::get("Asia/Tehran").unwrap();
    if zone.to_datetime(house.app.clock.now()).weekday() == Weekday::Friday {
        house.app.clock.advance(SignedDuration::from_hours(24));
    }
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
    house.act(&of_person("zahra"), paid, withdraw()).await.unwrap();
    let ended = house.pay(paid, "r-1").await;
    assert!(matches!(ended, Err(AppError::Refused(Refusal::ReceiptUsed))), "{ended:?}");
    let (mut kept, next) = house.app.unapplied_payments(None, 100).await.unwrap();
    assert_eq!(next, None);
    kept.sort_by(|a, b| a.receipt.cmp(&b.receipt));
    let told: Vec<_> = kept.iter().map(|kept| (kept.case, kept.receipt.as_str(), kept.why.as_str())).collect();
    assert_eq!(told, [(late, "r-2", "time-ran-out"), (late, "r-3", "ended"), (open, "r-4", "wrong-amount")]);
    assert_eq!(house.app.backlog().await.unwrap().unapplied_payments, 3);
}

fn treasury() -> Account {
    Account { treasury: true, id: "t".to_owned(), ..of_person("t") }
}

fn rials(amount: &str) -> Money {
    Money::from_amount(amount.parse().unwrap(), "IRR").unwrap()
}

async fn kept(house: &House) -> Vec<String> {
    let (kept, _) = house.app.unapplied_payments(None, 100).await.unwrap();
    kept.into_iter().map(|kept| kept.receipt).collect()
}

/// A receipt is one sum of money: once it pays, in whichever case, nothing of it is to be given back.
#[tokio::test]
async fn a_payment_that_is_applied_after_all_is_not_to_be_given_back() {
    let house = House::open().await;
    let first = house.submit("ali", "build", "size 100").await.case;
    let second = house.submit("zahra", "build", "size 100").await.case;
    house.pay_amount(first, "r-1", "1").await.unwrap_err();
    house.pay_amount(first, "r-2", "1").await.unwrap_err();
    house.pay(first, "r-1").await.unwrap();
    assert_eq!(kept(&house).await, ["r-2"]);
    house.pay(second, "r-2").await.unwrap();
    assert_eq!(house.app.backlog().await.unwrap().unapplied_payments, 0);
    // The receipt that paid for one case comes for the other.
    for (case, receipt) in [(first, "r-2"), (second, "r-1")] {
        let used = house.pay(case, receipt).await;
        assert!(matches!(used, Err(AppError::Refused(Refusal::ReceiptUsed))), "{used:?}");
    }
    assert!(kept(&house).await.is_empty());
}

#[tokio::test]
async fn money_is_given_back_once_and_pays_for_nothing_any_more() {
    let house = House::open().await;
    let case = house.submit("ali", "build", "size 100").await.case;
    house.pay_amount(case, "r-1", "1").await.unwrap_err();
    let said = |receipt: &str, amount: &str| Payment { receipt: receipt.to_owned(), amount: rials(amount) };
    let key = |key: &str| Key::new(key, key.as_bytes());
    let give = async |account: &Account, case, payment: &Payment, key: &Key| {
        house.app.payment_returned(account, case, payment, key).await
    };
    for other in [of_person("ali"), of_officer("e1")] {
        let listed = house.app.unapplied_payments_as(&other, None, 100).await;
        assert!(matches!(listed, Err(AppError::Forbidden)), "{listed:?}");
        for receipt in ["r-1", "r-9"] {
            let given = give(&other, case, &said(receipt, "1"), &key("k")).await;
            assert!(matches!(given, Err(AppError::Forbidden)), "{given:?}");
        }
    }
    let unknown = give(&treasury(), case, &said("r-9", "1"), &key("a")).await;
    assert!(matches!(unknown, Err(AppError::NotFound(_))), "{unknown:?}");
    let other_sum = give(&treasury(), case, &said("r-1", "2"), &key("b")).await;
    assert!(matches!(other_sum, Err(AppError::NotFound(_))), "{other_sum:?}");
    let returned = give(&treasury(), case, &said("r-1", "1"), &key("c")).await.unwrap();
    assert_eq!((returned.by.as_str(), returned.payment.amount.clone()), ("t", rials("1")));
    assert_eq!(
        give(&treasury(), case, &said("r-1", "1"), &key("c")).await.unwrap(),
        returned,
        "the first answer again"
    );
    let reused = give(&treasury(), case, &said("r-1", "1"), &Key::new("c", b"another")).await;
    assert!(matches!(reused, Err(AppError::KeyReused)), "{reused:?}");
    let again = give(&treasury(), case, &said("r-1", "1"), &key("d")).await;
    assert!(matches!(again, Err(AppError::NotFound(_))), "{again:?}");
    // Told of once more, rightly or wrongly: the money is not there any more.
    for amount in ["1", "2000"] {
        let paid = house.pay_amount(case, "r-1", amount).await;
        assert!(matches!(paid, Err(AppError::Refused(Refusal::ReceiptUsed))), "{paid:?}");
    }
    assert_eq!(house.app.backlog().await.unwrap().unapplied_payments, 0);
}

/// Of a payment that is applied and given back at the same moment, one alone takes place.
#[tokio::test]
async fn money_is_not_applied_and_given_back_at_once() {
    let house = House::open().await;
    for round in 0..10 {
        let wrong = house.submit("ali", "build", "size 100").await.case;
        let right = house.submit("zahra", "build", "size 100").await.case;
        let payment = Payment { receipt: format!("r-{round}"), amount: rials("2000") };
        house.act(&of_person("ali"), wrong, withdraw()).await.unwrap();
        house.app.confirm_payment(wrong, &payment).await.unwrap_err();
        let (account, key) = (treasury(), Key::new(format!("k-{round}"), b""));
        let (paid, returned) = tokio::join!(
            house.app.confirm_payment(right, &payment),
            house.app.payment_returned(&account, wrong, &payment, &key)
        );
        assert!(paid.is_ok() != returned.is_ok(), "{paid:?} {returned:?}");
        assert!(kept(&house).await.is_empty());
    }
}

/// A fee with a rule behind it, whose refusal rests on law that ends in two days, and an officer behind that.
fn toll() -> String {
    let to = TimeZone::UTC.to_datetime(Timestamp::now()).date().saturating_add(2.days());
    let law = include_str!("../../../engine/tests/acts/zone.txt");
    let law = law.split("--- ").find_map(|part| part.strip_prefix("law.csv\n")).unwrap();
    format!(
        "--- law.csv
{law}closed,Roads act,,,{to},draft,The road is closed.
--- services/toll/service.yaml
service: toll
authority: office
portal: counter
for: person
within: 20 workdays
facts:
  size: {{ concept: trade.size, ask: required }}
stages:
  fee:     {{ decide: fees, pay: payment }}
  payment: {{ pay: fees.amount, ground: fee-law, within: 5 days, overdue: lapsed, then: rule }}
  rule:    {{ decide: rules, go: review, refuse: refused }}
  review:  {{ officer: senior, within: 2 workdays, overdue: open, may: {{ open: open }} }}
  open:    {{ end: granted }}
  refused: {{ end: refused }}
  lapsed:  {{ end: lapsed }}
--- services/toll/fees.csv
in:size,out:route,out:amount:money
-,pay,2000
--- services/toll/rules.csv
in:size,out:route,ground
<= 500,go,
> 500,refuse,closed
--- services/toll/en.ftl
title = Toll
summary = A toll.
fact-size = How large?
    .hint = In square metres.
stage-fee = Fee
stage-payment = Payment
stage-rule = Rule
stage-review = Review
stage-open = Open
stage-refused = Refused
stage-lapsed = Lapsed
route-review-open = Open
table-fees = Fees
output-fees-route = Next
output-fees-amount = Amount
table-rules = Rules
output-rules-route = Result
"
    )
}

/// What comes next cannot be, as too few officers are there or its law has ended; the money that came is there all the same.
#[tokio::test]
async fn money_is_kept_when_what_follows_cannot_be() {
    let house = House::with_files(&toll()).await;
    let (drawn, ruled) =
        (house.submit("ali", "toll", "size 90").await, house.submit("zahra", "toll", "size 900").await);
    house.app.put_roster(roster(&["s1", "s2"])).await.unwrap();
    house.app.clock.advance(SignedDuration::from_hours(24 * 4));
    for (case, receipt, kind) in
        [(&drawn, "r-1", RefusalKind::TooFewOfficers), (&ruled, "r-2", RefusalKind::GroundLapsed)]
    {
        let refused = house.pay(case.case, receipt).await;
        assert!(matches!(&refused, Err(AppError::Refused(refusal)) if refusal.kind() == kind), "{refused:?}");
    }
    let (mut unapplied, _) = house.app.unapplied_payments(None, 100).await.unwrap();
    unapplied.sort_by(|a, b| a.receipt.cmp(&b.receipt));
    let told: Vec<_> = unapplied.iter().map(|kept| (kept.receipt.as_str(), kept.why.as_str())).collect();
    assert_eq!(told, [("r-1", "too-few-officers"), ("r-2", "ground-lapsed")]);
    // Once there are officers, the same payment is applied and is not to be given back any more.
    house.app.put_roster(roster(&[])).await.unwrap();
    house.pay(drawn.case, "r-1").await.unwrap();
    assert_eq!((house.state(drawn.case).await.stage.as_str(), kept(&house).await), ("review", vec!["r-2".to_owned()]));
}
