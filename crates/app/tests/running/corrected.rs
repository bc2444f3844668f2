//! A clerical error that is mended is mended in the register too, and nothing else of the record changes.

use app::engine::act::Act;
use app::engine::case::AGAIN;
use app::engine::world::Record;
use definition::value::Value;
use store::{Entry, EntryQuery, Put};

use crate::house::{House, decide, of_officer};

async fn stall(house: &House) -> (Entry, Record) {
    let query = EntryQuery { kind: "register/stalls".to_owned(), key: None, owner: None, after: None, limit: 2 };
    let mut entries = house.store.entries(query).await.unwrap();
    assert_eq!(entries.len(), 1);
    let entry = entries.remove(0);
    let record = serde_json::from_slice(&entry.body).unwrap();
    (entry, record)
}

fn mend(remark: &str) -> Act {
    let value = Value::Text(remark.to_owned());
    Act::Correct { fact: "remark".to_owned(), value, reason: "misspelt".to_owned() }
}

/// Those who were drawn to look at the case again, in a draw if there was none yet.
async fn again(house: &House, case: app::engine::CaseId) -> Vec<app::Account> {
    if house.state(case).await.drawn(AGAIN).is_empty() {
        let convene = Act::Convene { reason: "a complaint".to_owned() };
        house.act(&of_officer("s1"), case, convene).await.unwrap();
    }
    house.state(case).await.drawn(AGAIN).iter().map(|officer| of_officer(officer)).collect()
}

async fn two_mend(house: &House, case: app::engine::CaseId, remark: &str) {
    for officer in again(house, case).await {
        house.act(&officer, case, mend(remark)).await.unwrap();
    }
}

#[tokio::test]
async fn the_record_follows_and_keeps_what_its_keeper_added() {
    let house = House::open().await;
    let case = house.submit("p1", "licence", "kind smith, size 90, remark thanx").await.case;
    let drawn = house.state(case).await.drawn("review")[0].clone();
    two_mend(&house, case, "thx").await;
    house.act(&of_officer(&drawn), case, decide("grant", None)).await.unwrap();
    let (entry, mut record) = stall(&house).await;
    assert_eq!(record.values["trade.remark"], Value::Text("thx".to_owned()), "mended before the case entered it");

    record.values.insert("shop.debt".to_owned(), Value::Decimal(7.into()));
    let body = Some(serde_json::to_vec(&record).unwrap());
    let put = Put { kind: entry.kind, key: entry.key, owner: entry.owner, body, expected: Some(entry.version) };
    house.store.put(vec![put]).await.unwrap();

    two_mend(&house, case, "thanks").await;
    let (entry, after) = stall(&house).await;
    record.values.insert("trade.remark".to_owned(), Value::Text("thanks".to_owned()));
    assert_eq!(after, record);
    // What one alone proposes writes nothing, nor does the same again.
    let drawn = again(&house, case).await;
    house.act(&drawn[0], case, mend("merci")).await.unwrap();
    house.act(&drawn[1], case, mend("thanks")).await.unwrap_err();
    assert_eq!(stall(&house).await.0.version, entry.version);
}

#[tokio::test]
async fn a_revoked_certificate_takes_its_record_with_it() {
    let house = House::open().await;
    let case = house.submit("p1", "licence", "kind smith, size 90").await.case;
    let drawn = house.state(case).await.drawn("review")[0].clone();
    house.act(&of_officer(&drawn), case, decide("grant", None)).await.unwrap();
    stall(&house).await;
    let revoke = Act::Revoke { ground: "unfit".to_owned(), note: String::new() };
    let drawn = again(&house, case).await;
    house.act(&drawn[0], case, revoke.clone()).await.unwrap();
    // One alone takes nothing away.
    stall(&house).await;
    house.act(&drawn[1], case, revoke).await.unwrap();
    let query = EntryQuery { kind: "register/stalls".to_owned(), key: None, owner: None, after: None, limit: 2 };
    assert!(house.store.entries(query).await.unwrap().is_empty());
}

/// However long a case's history is, its record goes with its certificate, and its last events are seen.
#[tokio::test]
async fn a_long_history_is_read_to_its_end() {
    let house = House::open().await;
    let case = house.submit("p1", "licence", "kind smith, size 90, remark thanx").await.case;
    // Each correction that two agree on is two events: more than the store gives at once.
    let drawn = again(&house, case).await;
    for number in 0..520 {
        for officer in &drawn {
            house.act(officer, case, mend(&format!("thanks {number}"))).await.unwrap();
        }
    }
    let examiner = house.state(case).await.drawn("review")[0].clone();
    house.act(&of_officer(&examiner), case, decide("grant", None)).await.unwrap();
    stall(&house).await;
    for officer in &drawn {
        let revoke = Act::Revoke { ground: "unfit".to_owned(), note: String::new() };
        house.act(officer, case, revoke).await.unwrap();
    }
    let query = EntryQuery { kind: "register/stalls".to_owned(), key: None, owner: None, after: None, limit: 2 };
    assert!(house.store.entries(query).await.unwrap().is_empty());
    let view = house.app.case(&crate::house::of_person("p1"), case).await.unwrap();
    let last = view.history.last().unwrap();
    assert_eq!((last.0.seq, last.0.event.kind.as_str()), (view.row.seq, "revoked"));
}
