//! Every look at what is known of a person is kept, and the person sees it, and nothing of others' cases.

use app::engine::event::Entering;
use app::engine::world::Record;
use app::jobs::sweep;
use app::{Capacity, Read};
use definition::value::Value;
use std::collections::BTreeMap;
use store::EntryQuery;

use crate::house::{House, of_officer, of_person, supervisor};

async fn reads(house: &House, person: &str) -> Vec<Read> {
    house.app.export(&of_person(person), None).await.unwrap().reads
}

#[tokio::test]
async fn a_look_is_kept_for_the_one_who_is_looked_at() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90, remark here").await.case;
    house.submit("zahra", "licence", "kind smith, size 90").await;
    house.app.case(&of_person("ali"), case).await.unwrap();
    assert_eq!(reads(&house, "ali").await, [], "one's own look is nobody's business");
    let officer = house.state(case).await.drawn("review")[0].clone();
    for _ in 0..3 {
        house.app.case(&of_officer(&officer), case).await.unwrap();
    }
    let seen = reads(&house, "ali").await;
    let [read] = seen.as_slice() else { panic!("within a minute: {seen:?}") };
    assert_eq!((read.times, read.case, read.by.capacity), (3, Some(case), Capacity::Officer));
    assert_eq!(read.by.officer.as_ref(), Some(&officer), "the case's page names them");
    assert_eq!(read.concepts, ["person.id", "trade.remark"]);
    house.app.clock.advance(jiff::SignedDuration::from_mins(2));
    house.app.case(&supervisor(), case).await.unwrap();
    let seen = reads(&house, "ali").await;
    assert_eq!((seen.len(), seen[0].by.capacity), (2, Capacity::Supervisor));
    assert_eq!(seen[0].by.officer, None, "a supervisor is not named on the page");
    // Who may not see it has not looked, and others learn nothing.
    assert!(house.app.case(&of_person("zahra"), case).await.is_err());
    assert_eq!(reads(&house, "ali").await.len(), 2);
    assert_eq!(reads(&house, "zahra").await, []);
}

async fn shop(house: &House, key: &str, holder: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let Record { held_by, values } = Record {
        held_by: Some(holder.to_owned()),
        values: BTreeMap::from([
            ("shop.id".to_owned(), text(key)),
            ("shop.debt".to_owned(), Value::Decimal(0.into())),
            ("person.id".to_owned(), text(holder)),
        ]),
    };
    let record = Entering { register: "shops".to_owned(), key: key.to_owned(), held_by, values };
    house.app.put_records(&[record]).await.unwrap();
}

#[tokio::test]
async fn naming_somebody_elses_record_tells_its_owner_and_not_the_one_who_named_it() {
    let house = House::open().await;
    shop(&house, "S1", "zahra").await;
    let market = house.submit("zahra", "market", "shop S1").await.case;
    let own = reads(&house, "zahra").await;
    assert_eq!((own.len(), own[0].case, own[0].by.capacity), (1, Some(market), Capacity::Service));
    assert_eq!(
        (own[0].register.as_deref(), own[0].concepts.as_slice()),
        (Some("shops"), &["shop.debt".to_owned(), "shop.id".to_owned()][..])
    );
    let draft = house.draft("market", None, "shop S1");
    let refused = house.app.submit(&of_person("ali"), &draft, None).await.unwrap_err();
    let missing = house.app.submit(&of_person("ali"), &house.draft("market", None, "shop S2"), None).await.unwrap_err();
    assert_eq!(format!("{refused:?}"), format!("{missing:?}"), "whether there is one is not told");
    // A clock does not tell either: as much is written for both. What was written for nothing goes with the next sweep.
    let kept = async |kind: &str| {
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 10 };
        house.store.entries(query).await.unwrap().len()
    };
    assert_eq!((kept("attempt").await, kept("attempt-at-nothing").await), (1, 1));
    sweep::run(&house.app).await.unwrap();
    assert_eq!((kept("attempt").await, kept("attempt-at-nothing").await), (1, 0));
    let seen = reads(&house, "zahra").await;
    let [attempt, _] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((attempt.case, attempt.register.as_deref()), (None, Some("shops")));
    let told = serde_json::to_string(attempt).unwrap();
    assert!(!told.contains("ali"), "whose application it was is not theirs to know: {told}");
    assert_eq!(reads(&house, "ali").await, []);
}

#[tokio::test]
async fn no_register_is_read_for_a_case_that_has_ended() {
    let house = House::open().await;
    shop(&house, "S1", "zahra").await;
    let case = house.submit("zahra", "market", "shop S1").await.case;
    let view = house.app.case(&supervisor(), case).await.unwrap();
    assert_eq!(house.app.named(&view).await.unwrap().len(), 1);
    house.act(&of_person("zahra"), case, crate::house::withdraw()).await.unwrap();
    let view = house.app.case(&supervisor(), case).await.unwrap();
    assert!(house.app.named(&view).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_export_holds_all_of_ones_own_and_nothing_of_others() {
    let house = House::open().await;
    for (person, key) in [("zahra", "S1"), ("ali", "S2")] {
        shop(&house, key, person).await;
        let remark = format!("kind smith, size 90, remark of-{person}");
        house.submit(person, "licence", &remark).await;
        let paid = house.submit(person, "build", "size 100").await.case;
        house.pay(paid, &format!("receipt-of-{person}")).await.unwrap();
        let draft = house.draft("licence", None, &format!("kind baker, remark draft-of-{person}"));
        house.app.keep_draft(&of_person(person), &draft).await.unwrap();
    }
    house.jobs().await;
    for (own, other) in [("zahra", "ali"), ("ali", "zahra")] {
        let export = format!("{:?}", house.app.export(&of_person(own), None).await.unwrap());
        for known in ["of-", "receipt-of-", "draft-of-"] {
            assert!(export.contains(&format!("{known}{own}")), "{known}{own}");
            assert!(!export.contains(&format!("{known}{other}")), "{known}{other}");
        }
        let (mine, theirs) = if own == "zahra" { ("S1", "S2") } else { ("S2", "S1") };
        assert!(export.contains(mine) && !export.contains(&format!("\"{theirs}\"")));
    }
    let export = house.app.export(&of_officer("e1"), None).await.unwrap();
    assert!(export.cases.is_empty() && export.records.is_empty() && export.reads.is_empty());
}
