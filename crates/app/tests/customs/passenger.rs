//! What a person takes out of the zone: within the allowance at once, beyond it against what it owes, and never more than there is by two tills at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::engine::event::Entering;
use app::engine::mandate::{MandateAct, Principal};
use app::{Acted, AppError, Draft, Payment};
use definition::value::{Money, Value};
use jiff::SignedDuration;

use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, apply, person, text};

fn rials(amount: i64) -> Money {
    Money::from_amount(amount.into(), "IRR").unwrap()
}

async fn take_out(office: &Office, who: &str, commodity: &str, value: i64) -> Result<Acted, AppError> {
    let facts = [
        ("person", text(who)),
        ("commodity", text(commodity)),
        ("description", text("biscuits")),
        ("value", Value::Money(rials(value))),
    ];
    apply(&office.app, who, "passenger-goods", &facts).await
}

async fn said(office: &Office, acted: &Acted, what: &str) -> Value {
    office.facts(acted.case).await[&format!("assessment.{what}")].clone()
}

#[tokio::test]
async fn what_is_within_the_allowance_goes_at_once() {
    let office = Office::maku(Chance::Spares).await;
    let first = take_out(&office, SELLER, "19053100", 300_000_000).await.unwrap();
    assert_eq!(first.outcome.as_deref(), Some("granted"));
    assert_eq!(said(&office, &first, "left").await, Value::Money(rials(500_000_000)));
    let second = take_out(&office, SELLER, "19053100", 500_000_000).await.unwrap();
    assert_eq!(second.outcome.as_deref(), Some("granted"));
    assert_eq!(said(&office, &second, "left").await, Value::Money(rials(0)));
    // Another person has an allowance of their own.
    let other = take_out(&office, BUYER, "19053100", 800_000_000).await.unwrap();
    assert_eq!(other.outcome.as_deref(), Some("granted"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn on_what_is_beyond_it_is_paid_what_it_owes() {
    let office = Office::maku(Chance::Spares).await;
    let taken = take_out(&office, SELLER, "19053100", 1_000_000_000).await.unwrap();
    assert_eq!(taken.stage, "payment");
    // 200 million are beyond the allowance: 5% and 50% of them, and 10% of them with both.
    assert_eq!(said(&office, &taken, "payable").await, Value::Money(rials(141_000_000)));
    // Told like every assessment, with what the allowance took.
    let assessed = office.app.assessment(&crate::truck::person(SELLER), taken.case, "assessment").await.unwrap();
    let assessment = assessed.assessment.unwrap();
    assert_eq!((assessment.payable.as_str(), assessment.items[0].value.as_str()), ("141000000", "1000000000"));
    assert_eq!(assessment.lines.len(), 3);
    let why = &assessment.items[0].why[0];
    assert!(why.en.contains("800000000 IRR are within the allowance") && why.en.contains("falls on 200000000 IRR"));
    assert!(why.fa.contains("سهمیه") && why.kind == "allowance", "{why:?}");
    let payment = Payment { receipt: "R-1".to_owned(), amount: rials(141_000_000) };
    let paid = office.app.confirm_payment(taken.case, &payment).await.unwrap();
    assert_eq!(paid.outcome.as_deref(), Some("granted"));
    // Nothing is left, and all is paid for.
    let next = take_out(&office, SELLER, "19053100", 100_000_000).await.unwrap();
    assert_eq!((next.stage.as_str(), said(&office, &next, "taken").await), ("payment", Value::Money(rials(0))));
    let payment = Payment { receipt: "R-2".to_owned(), amount: rials(70_500_000) };
    assert_eq!(office.app.confirm_payment(next.case, &payment).await.unwrap().outcome.as_deref(), Some("granted"));
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn what_is_wrong_with_it_is_told_and_takes_nothing() {
    let office = Office::maku(Chance::Spares).await;
    let [(_, told)] = &office.wrong(take_out(&office, SELLER, "biscuits", 1).await).await[..] else { panic!() };
    assert!(told.contains("six to ten digits"), "{told}");
    // Beyond the allowance the tariff has to know the code.
    let unknown = office.wrong(take_out(&office, SELLER, "99999999", 900_000_000).await).await;
    assert!(unknown[0].1.contains("99999999"), "{unknown:?}");
    // Within it as well.
    let unknown = office.wrong(take_out(&office, SELLER, "99999999", 1).await).await;
    assert!(unknown[0].1.contains("the tariff has nothing on 99999999"), "{unknown:?}");
    // What the zone's table excludes is no passenger goods, within the allowance either.
    for code in ["87032290", "870490", "93039000"] {
        let excluded = office.wrong(take_out(&office, SELLER, code, 1).await).await;
        assert!(excluded[0].1.contains("cannot be passenger goods; declare it for exit"), "{excluded:?}");
    }
    let nothing = take_out(&office, SELLER, "19053100", 0).await.unwrap();
    assert_eq!(nothing.outcome.as_deref(), Some("refused"));
    let another = [
        ("person", text(BUYER)),
        ("commodity", text("19053100")),
        ("description", text("biscuits")),
        ("value", Value::Money(rials(1))),
    ];
    let another = office.wrong(apply(&office.app, SELLER, "passenger-goods", &another).await).await;
    assert_eq!(another, [("person".to_owned(), "NoRecord".to_owned())]);
    let all = take_out(&office, SELLER, "19053100", 800_000_000).await.unwrap();
    assert_eq!(all.outcome.as_deref(), Some("granted"), "nothing was taken before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tills_at_once_let_exactly_the_allowance_through() {
    for office in Office::makus().await {
        many_tills(Arc::new(office)).await;
    }
}

async fn many_tills(office: Arc<Office>) {
    let mut tills = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let office = Arc::clone(&office);
        tills.spawn(async move { take_out(&office, SELLER, "19053100", 150_000_000).await.unwrap() });
    }
    let all = tills.join_all().await;
    let free = all.iter().filter(|acted| acted.outcome.as_deref() == Some("granted")).count();
    // Five times 150 are within 800 million; the sixth is beyond it by 100.
    assert_eq!(free, 5, "{all:?}");
    let mut owing = Vec::new();
    for acted in all.iter().filter(|acted| acted.outcome.is_none()) {
        assert_eq!(acted.stage, "payment");
        owing.push(said(&office, acted, "payable").await);
    }
    // What an allowance is not spent on yet is still there for whoever comes: each of the others is told that 50 are left.
    assert!(owing.iter().all(|owed| *owed == Value::Money(rials(70_500_000))), "{owing:?}");
    let mut granted = 0;
    for (number, acted) in all.iter().filter(|acted| acted.outcome.is_none()).enumerate() {
        let payment = Payment { receipt: format!("R-{number}"), amount: rials(70_500_000) };
        granted += usize::from(office.app.confirm_payment(acted.case, &payment).await.is_ok());
    }
    assert_eq!(granted, 1, "the 50 million that were left are taken once");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// The seller answers for a household, and lets the buyer take goods out for it.
async fn household(office: &Office) -> Draft {
    let app = &office.app;
    let entering = Entering {
        register: "households".to_owned(),
        key: "H-0001".to_owned(),
        held_by: Some(SELLER.to_owned()),
        values: [("household.id".to_owned(), text("H-0001")), ("person.id".to_owned(), text(SELLER))].into(),
    };
    app.put_records(&[entering]).await.unwrap();
    let principal = Principal { register: "households".to_owned(), key: "H-0001".to_owned() };
    let now = app.clock.now();
    let until = now.checked_add(SignedDuration::from_hours(24 * 30)).unwrap();
    let services = BTreeSet::from(["household-goods".to_owned()]);
    let give = MandateAct::Give { principal, agent: BUYER.to_owned(), services, from: now, until };
    let mandate = app.act_on_mandate(&person(SELLER), None, &give, None).await.unwrap().case;
    app.act_on_mandate(&person(BUYER), Some(mandate), &MandateAct::Accept, None).await.unwrap();
    Draft { mandate: Some(mandate), ..Draft::default() }
}

fn of_household(draft: &Draft, value: i64) -> Draft {
    let facts = [
        ("household", text("H-0001")),
        ("commodity", text("19053100")),
        ("description", text("biscuits")),
        ("value", Value::Money(rials(value))),
    ];
    Draft {
        service: "household-goods".to_owned(),
        facts: facts.map(|(name, value)| (name.to_owned(), value)).into(),
        ..draft.clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_household_shares_one_allowance_at_every_till() {
    for office in Office::makus().await {
        let under = household(&office).await;
        let office = Arc::new(office);
        let mut tills = tokio::task::JoinSet::new();
        for till in 0..12 {
            let (office, who) = (Arc::clone(&office), if till % 2 == 0 { SELLER } else { BUYER });
            let draft = if who == SELLER { Draft::default() } else { under.clone() };
            let draft = of_household(&draft, 300_000_000);
            tills.spawn(async move { office.app.submit(&person(who), &draft, None).await.unwrap() });
        }
        let all = tills.join_all().await;
        // Six times 300 are within 2,000 million; the seventh is beyond it by 100.
        let free = all.iter().filter(|acted| acted.outcome.as_deref() == Some("granted")).count();
        assert_eq!(free, 6, "{all:?}");
        let owing = all.iter().filter(|acted| acted.outcome.is_none()).collect::<Vec<_>>();
        for acted in &owing {
            assert_eq!(acted.stage, "payment");
            assert_eq!(said(&office, acted, "taken").await, Value::Money(rials(200_000_000)));
        }
        // A person's own allowance is another.
        let own = take_out(&office, SELLER, "19053100", 800_000_000).await.unwrap();
        assert_eq!(own.outcome.as_deref(), Some("granted"));
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn nobody_takes_of_anothers_household() {
    let office = Office::maku(Chance::Spares).await;
    household(&office).await;
    let own = of_household(&Draft::default(), 1);
    let wrong = office.wrong(office.app.submit(&person(BUYER), &own, None).await).await;
    assert_eq!(wrong, [("household".to_owned(), "NoRecord".to_owned())]);
}
