//! Goods accounts as people look at them: each movement in its line, and nothing for those whose they are not.

use app::{Account, AppError};
use store::{EntryQuery, Put};

use crate::goods::open;
use crate::office::Office;
use crate::truck::{BUYER, SELLER, enter, issue, person, process, transfer};

fn supervisor(authority: &str) -> Account {
    Account { person: None, supervises: vec![authority.to_owned()], ..person("S-1") }
}

/// A lot's or receipt's movements: what, how much came and went, what was left.
async fn moves(office: &Office, who: &Account, kind: &str, id: &str) -> Vec<String> {
    let account = office.app.goods_account(who, (kind, id), None).await.unwrap();
    let told = |one: &app::GoodsMove| {
        let line = &one.line;
        format!("{} +{} -{} = {}", line.movement, line.came, line.went, line.balance)
    };
    account.moves.iter().map(told).collect()
}

#[tokio::test]
async fn each_movement_is_a_line_that_says_what_was_left() {
    let office = open().await;
    let entered = enter(&office.app).await.unwrap();
    let lot = format!("{}-1", entered.case.reference());
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    let sold = transfer(&office.app, &receipt, "C-0002").await.unwrap();
    let made = process(&office.app, &sold.case.reference(), "100", "9500").await.unwrap();
    let (seller, buyer) = (person(SELLER), person(BUYER));
    assert_eq!(
        moves(&office, &seller, "lot", &lot).await,
        ["entry +30000 KGM -0 KGM = 30000 KGM", "issue +0 KGM -10000 KGM = 20000 KGM"]
    );
    assert_eq!(
        moves(&office, &seller, "receipt", &receipt).await,
        ["issue +10000 KGM -0 KGM = 10000 KGM", "offer +0 KGM -0 KGM = 10000 KGM", "accept +0 KGM -10000 KGM = 0 KGM"]
    );
    assert_eq!(
        moves(&office, &buyer, "receipt", &sold.case.reference()).await,
        ["accept +10000 KGM -0 KGM = 10000 KGM", "process +0 KGM -10000 KGM = 0 KGM"]
    );
    // What was made comes from what the seller declared, a third of it.
    let product = format!("{}-1", made.case.reference());
    let account = office.app.goods_account(&buyer, ("lot", &product), None).await.unwrap();
    let [content] = &account.contents[..] else { panic!("{account:?}") };
    assert_eq!(
        (content.commodity.to_string().as_str(), content.quantity.to_string().as_str()),
        ("11010000", "10000 KGM")
    );
    assert_eq!(content.value.minor, 440_000_000_000);
    // The buyer sees how they took it, by a case of their own.
    let came = office.app.goods_account(&buyer, ("receipt", &sold.case.reference()), None).await.unwrap();
    assert_eq!(came.moves.iter().map(|one| one.case).collect::<Vec<_>>(), [Some(sold.case), Some(made.case)]);
    let (told, next) = office.app.goods_of(&buyer, ("lot", Some("C-0002")), None).await.unwrap();
    assert_eq!((told.len(), next), (1, None));
    assert_eq!(told[0].holding, account.holding.holding);
    // A later part of a history begins behind a line.
    let later = office.app.goods_account(&seller, ("lot", &lot), Some(1)).await.unwrap();
    assert_eq!(later.moves.len(), 1);
}

#[tokio::test]
async fn whose_they_are_not_learns_nothing() {
    let office = open().await;
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    let others = [person(BUYER), person("P-0009"), supervisor("zone-organisation"), supervisor("nobody")];
    for other in &others {
        for (kind, id) in [("lot", lot.as_str()), ("lot", "nothing"), ("receipt", &lot), ("item", &lot), ("lot", "")] {
            let told = office.app.goods_account(other, (kind, id), None).await.unwrap_err();
            assert_eq!(told.to_string(), AppError::NotFound("goods account").to_string(), "{kind} {id}");
        }
        for company in [Some("C-0001"), Some("C-9999"), None] {
            let told = office.app.goods_of(other, ("lot", company), None).await.unwrap_err();
            assert_eq!(told.to_string(), AppError::NotFound("goods account").to_string());
        }
    }
    let (all, _) = office.app.goods_of(&supervisor("customs-office"), ("lot", None), None).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(moves(&office, &supervisor("customs-office"), "lot", &lot).await.len(), 1);
    let companies = office.app.goods_companies(&person(SELLER)).await.unwrap();
    assert_eq!(companies.iter().map(|company| company.key.as_str()).collect::<Vec<_>>(), ["C-0001"]);
}

#[tokio::test]
async fn a_history_follows_from_the_record() {
    let office = open().await;
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    issue(&office.app, &lot, "10000").await.unwrap();
    let seller = person(SELLER);
    let before = moves(&office, &seller, "lot", &lot).await;
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    let query = EntryQuery { kind: "goods/history".to_owned(), key: None, owner: None, after: None, limit: 100 };
    let lines = office.store.entries(query).await.unwrap();
    assert_eq!(lines.len(), 3);
    let [first, second] = [&lines[0], &lines[1]];
    let changed = |kind: &str, key: String, body: Option<Vec<u8>>| Put {
        kind: kind.to_owned(),
        key,
        owner: None,
        body,
        expected: None,
    };
    office
        .store
        .put(vec![
            changed(&first.kind, first.key.clone(), None),
            changed(&second.kind, second.key.clone(), Some(first.body.clone())),
            changed(&first.kind, first.key.replace("0000000001", "0000000009"), Some(first.body.clone())),
        ])
        .await
        .unwrap();
    assert_ne!(moves(&office, &seller, "lot", &lot).await, before);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 1);
    assert_eq!(moves(&office, &seller, "lot", &lot).await, before);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    // What moves afterwards goes on behind it.
    issue(&office.app, &lot, "5000").await.unwrap();
    assert_eq!(moves(&office, &seller, "lot", &lot).await.len(), 3);
}
