//! Every view can be dropped and made again from the events, and comes out the same.

use app::CaseRow;
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AGAIN, AskedItem};
use definition::model::Opinion;
use store::{CaseQuery, CasesOf, Due, Entry, EntryQuery, NewDue, Put};

use crate::house::{House, of_officer, of_person, withdraw};

async fn rows(house: &House) -> Vec<CaseRow> {
    let query = CaseQuery { of: CasesOf::All, open: false, after: None, newest_first: false, limit: 1000 };
    house.store.cases(query).await.unwrap()
}

async fn deadlines(house: &House) -> Vec<Due> {
    house.store.due(i64::MAX, None, 10_000).await.unwrap()
}

/// Cases at every kind of place where a case can stand.
async fn many_kinds(house: &House) {
    house.submit("ali", "licence", "kind baker, size 80").await;
    house.submit("ali", "licence", "kind smith, size 950").await;
    house.submit("ali", "licence", "kind smith, size 90").await;
    let ali = of_person("ali");
    let asked = house.submit("ali", "licence", "kind smith, size 91").await.case;
    let item = AskedItem { fact: "size".to_owned(), ground: "incomplete".to_owned(), note: "how?".to_owned() };
    let officer = of_officer(&house.state(asked).await.drawn("review")[0]);
    house.act(&officer, asked, Act::Ask { items: vec![item] }).await.unwrap();
    let answered = house.submit("ali", "licence", "kind smith, size 92, remark x").await.case;
    let officer = of_officer(&house.state(answered).await.drawn("review")[0]);
    let item = AskedItem { fact: "size".to_owned(), ground: "incomplete".to_owned(), note: "how?".to_owned() };
    house.act(&officer, answered, Act::Ask { items: vec![item] }).await.unwrap();
    let facts = house.draft("licence", None, "size 93").facts;
    house.act(&ali, answered, Act::Supply { facts }).await.unwrap();
    let withdrawn = house.submit("ali", "licence", "kind smith, size 94").await.case;
    house.act(&ali, withdrawn, withdraw()).await.unwrap();
    let revoked = house.submit("zahra", "licence", "kind smith, size 95").await.case;
    house.decide(revoked, "review", "grant", None).await;
    let revoke = Act::Revoke { ground: "unfit".to_owned(), note: String::new() };
    let convene = Act::Convene { reason: "a complaint".to_owned() };
    house.act(&of_officer("s1"), revoked, convene).await.unwrap();
    for officer in house.state(revoked).await.drawn(AGAIN) {
        house.act(&of_officer(officer), revoked, revoke.clone()).await.unwrap();
    }
    let appealed = house.submit("ali", "licence", "kind smith, size 96").await.case;
    house.decide(appealed, "review", "refuse", Some("unfit")).await;
    let draft = house.draft("board", Some(appealed), "reasons none");
    let appeal = house.app.submit(&ali, &draft, None).await.unwrap().case;
    house.jobs().await;
    house.decide(appeal, "hearing", "grant", None).await;
    house.jobs().await;
    house.submit("ali", "build", "size 100").await;
    let paid = house.submit("ali", "build", "size 101").await.case;
    house.pay(paid, "r-1").await.unwrap();
    supplied(house, 1).await;
}

/// Building cases that have come to their rest.
async fn supplied(house: &House, cases: usize) -> Vec<CaseId> {
    let mut opened = Vec::new();
    for _ in 0..cases {
        let case = house.submit("zahra", "build", "size 5").await.case;
        let facts = house.draft("build", None, "plan here").facts;
        house.act(&of_person("zahra"), case, Act::Supply { facts }).await.unwrap();
        opened.push(case);
    }
    opened
}

/// One is consulted about, one is to be inspected, one has the first of two signatures.
async fn consulted(house: &House) {
    let cases = supplied(house, 3).await;
    house.pass_deadline(cases[0]).await;
    house.jobs().await;
    let advise = |branch: &str, opinion, ground: Option<&str>| Act::Advise {
        branch: branch.to_owned(),
        opinion,
        ground: ground.map(str::to_owned),
        note: String::new(),
    };
    for (case, fire, ground) in [(cases[1], Opinion::Agree, None), (cases[2], Opinion::Object, Some("unsafe"))] {
        let state = house.state(case).await;
        let fireman = of_officer(&state.drawn("opinions/fire")[0]);
        house.act(&fireman, case, advise("fire", fire, ground)).await.unwrap();
        let waterman = of_officer(&state.drawn("opinions/water")[0]);
        house.act(&waterman, case, advise("water", Opinion::Agree, None)).await.unwrap();
    }
    house.decide(cases[2], "judged", "grant", None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_view_comes_out_the_same() {
    let house = House::open().await;
    consulted(&house).await;
    many_kinds(&house).await;
    let (before, due_before) = (rows(&house).await, deadlines(&house).await);
    let stages: std::collections::BTreeSet<&str> = before.iter().map(|row| row.stage.as_str()).collect();
    assert!(stages.len() >= 9, "too few kinds of cases: {stages:?}");

    let untouched = house.app.rebuild().await.unwrap();
    assert_eq!((untouched.cases, untouched.mended), (before.len() as u64, 0));
    assert_eq!((rows(&house).await, deadlines(&house).await), (before.clone(), due_before.clone()));

    for row in &before {
        let dropped = CaseRow {
            stage: "nowhere".to_owned(),
            outcome: Some("closed".to_owned()),
            holders: vec!["nobody".to_owned()],
            stage_since_ms: 1,
            due_ms: Some(2),
            state: b"{}".to_vec(),
            ..row.clone()
        };
        house.store.restate(dropped, vec![NewDue { at_ms: 3, clock: "never".to_owned() }]).await.unwrap();
    }
    assert_ne!(rows(&house).await, before);
    let rebuilt = house.app.rebuild().await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.mended), (before.len() as u64, before.len() as u64));
    assert_eq!((rows(&house).await, deadlines(&house).await), (before, due_before));
    // And the zone goes on from there.
    house.jobs().await;
}

async fn entries(house: &House, kind: &str) -> Vec<Entry> {
    let query = EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 1000 };
    house.store.entries(query).await.unwrap()
}

/// What keeps a second draw, a second payment and a second appeal out is made again, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_beside_cases_comes_out_the_same() {
    let house = House::open().await;
    consulted(&house).await;
    many_kinds(&house).await;
    let again = house.submit("zahra", "licence", "kind smith, size 90").await.case;
    house.act(&of_person("zahra"), again, withdraw()).await.unwrap();
    house.submit("zahra", "licence", "kind smith, size 90").await;
    let seated = house.submit("omid", "licence", "kind smith, size 90").await.case;
    let officer = house.state(seated).await.drawn("review")[0].clone();
    let recuse = Act::Recuse { reason: "a brother".to_owned() };
    house.act(&of_officer(&officer), seated, recuse).await.unwrap();
    for kind in ["matter", "receipt", "appeal"] {
        let before = entries(&house, kind).await;
        assert!(!before.is_empty(), "no {kind}");
        let gone = before.iter().map(|entry| Put {
            kind: kind.to_owned(),
            key: entry.key.clone(),
            owner: None,
            body: None,
            expected: None,
        });
        house.store.put(gone.collect()).await.unwrap();
        assert_eq!(house.app.rebuild().await.unwrap().mended, before.len() as u64, "{kind}");
        let told = |entries: Vec<Entry>| -> Vec<_> {
            entries.into_iter().map(|entry| (entry.key, entry.owner, entry.body)).collect()
        };
        assert_eq!(told(entries(&house, kind).await), told(before), "{kind}");
        assert_eq!(house.app.rebuild().await.unwrap().mended, 0);
    }
}
