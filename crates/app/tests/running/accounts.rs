//! Accounts of a zone with many people.

use app::Account;
use store::{EntryQuery, Put};

use crate::house::{House, of_person, supervisor};

fn all() -> EntryQuery {
    EntryQuery { kind: "account".to_owned(), key: None, owner: None, after: None, limit: 1000 }
}

#[tokio::test]
async fn everybody_is_listed_and_gates_are_found_among_them() {
    let house = House::open().await;
    let mut accounts: Vec<Account> = (0..2001).map(|number| of_person(&format!("p{number:04}"))).collect();
    let gate = |id: &str, of: &str| Account { person: None, gate: Some(of.to_owned()), ..of_person(id) };
    accounts.extend([gate("x-gate", "office"), gate("y-gate", "brigade"), gate("z-gate", "court")]);
    house.app.put_accounts(&accounts).await.unwrap();
    assert_eq!(house.app.accounts().await.unwrap(), accounts, "in order of their ids");
    let gates = async |account: &Account| {
        let gates = house.app.gates(account).await.unwrap();
        gates.into_iter().map(|gate| gate.id).collect::<Vec<_>>()
    };
    assert_eq!(gates(&supervisor()).await, ["x-gate", "z-gate"]);
    assert_eq!(gates(&accounts[2002]).await, ["y-gate"], "its own");
    assert!(gates(&accounts[0]).await.is_empty());
    // A gate that is moved to another authority.
    house.app.put_accounts(&[gate("x-gate", "brigade")]).await.unwrap();
    assert_eq!(gates(&supervisor()).await, ["z-gate"]);
    // One from before gates were found by their authority.
    let old = house.store.entries(EntryQuery { key: Some("z-gate".to_owned()), ..all() }).await.unwrap().remove(0);
    let put = Put { kind: old.kind, key: old.key, owner: None, body: Some(old.body), expected: None };
    house.store.put(vec![put]).await.unwrap();
    assert!(gates(&supervisor()).await.is_empty());
    assert_eq!(house.app.rebuild().await.unwrap().mended, 1);
    assert_eq!(gates(&supervisor()).await, ["z-gate"]);
}
