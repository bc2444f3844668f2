//! Listings of cases and the queues.
//!
//! Must not know of: any backend.

use std::sync::Arc;

use super::given::{id, next, of};
use crate::{CaseQuery, CaseRow, CasesOf, Queue, Store};

async fn list(store: &Arc<dyn Store>, query: CaseQuery) -> Vec<u64> {
    store.cases(query).await.unwrap().into_iter().map(|row| row.opened).collect()
}

/// Case `n` is opened at position `n`: of `ana` when even, in authority `north` when divisible by 3, ended when divisible by 5, held by
/// `omid` when divisible by 4.
async fn thirty_cases(store: &Arc<dyn Store>) {
    for n in 0..30 {
        let mut append = next(id(n), 0, 1);
        append.row.applicant = if n % 2 == 0 { "ana" } else { "bo" }.to_owned();
        append.row.authority = if n % 3 == 0 { "north" } else { "south" }.to_owned();
        append.row.outcome = (n % 5 == 0).then(|| "granted".to_owned());
        if n % 4 == 0 {
            append.row.holders = vec!["omid".to_owned(), "sara".to_owned()];
        }
        store.append(append).await.unwrap();
    }
}

pub async fn listings_page_both_ways(store: Arc<dyn Store>) {
    thirty_cases(&store).await;
    type Fits = fn(u64) -> bool;
    let listings: [(CasesOf, Fits); 5] = [
        (CasesOf::All, |_| true),
        (CasesOf::Applicant("ana".to_owned()), |n| n % 2 == 0),
        (CasesOf::Authority("north".to_owned()), |n| n % 3 == 0),
        (CasesOf::Holder("omid".to_owned()), |n| n % 4 == 0),
        (CasesOf::Reference(id(7).reference()), |n| n == 7),
    ];
    for (whose, fits) in listings {
        for open in [false, true] {
            let mut expected: Vec<u64> = (0..30).filter(|n| fits(*n) && !(open && n % 5 == 0)).collect();
            for newest_first in [false, true] {
                if newest_first {
                    expected.reverse();
                }
                for limit in [1, 4, 1000] {
                    let mut query = CaseQuery { of: whose.clone(), open, after: None, newest_first, limit };
                    let mut found = Vec::new();
                    loop {
                        let page = list(&store, query.clone()).await;
                        assert!(page.len() <= limit as usize);
                        let Some(last) = page.last() else { break };
                        query.after = Some(*last);
                        found.extend(page);
                    }
                    assert_eq!(found, expected, "{query:?}");
                }
            }
        }
    }
    let beyond = CaseQuery { after: Some(u64::MAX), ..of(CasesOf::All) };
    assert_eq!(list(&store, beyond.clone()).await, [0; 0]);
    assert_eq!(list(&store, CaseQuery { newest_first: true, ..beyond }).await.len(), 30);
    assert_eq!(list(&store, of(CasesOf::Applicant("nobody".to_owned()))).await, [0; 0]);
}

pub async fn listings_follow_the_row(store: Arc<dyn Store>) {
    let held = |name: &str| of(CasesOf::Holder(name.to_owned()));
    let mut append = next(id(1), 0, 1);
    append.row.holders = vec!["omid".to_owned(), "sara".to_owned(), "omid".to_owned()];
    store.append(append).await.unwrap();
    assert_eq!(store.case(id(1)).await.unwrap().unwrap().holders, ["omid", "sara", "omid"], "as it was given");
    assert_eq!(list(&store, held("omid")).await, [0], "held once, though named twice");
    let mut append = next(id(1), 1, 1);
    append.row.holders = vec!["sara".to_owned(), "reza".to_owned()];
    store.append(append).await.unwrap();
    assert_eq!(list(&store, held("omid")).await, [0; 0]);
    assert_eq!(list(&store, held("sara")).await, [0]);
    assert_eq!(list(&store, held("reza")).await, [0]);
    let mut append = next(id(1), 2, 1);
    append.row.outcome = Some("refused".to_owned());
    store.append(append).await.unwrap();
    assert_eq!(list(&store, held("reza")).await, [0; 0]);
    assert_eq!(list(&store, CaseQuery { open: true, ..of(CasesOf::All) }).await, [0; 0]);
    assert_eq!(list(&store, of(CasesOf::All)).await, [0]);
}

pub async fn a_full_identity_change_is_kept(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, 1);
    store.append(append.clone()).await.unwrap();
    append = next(id(1), 1, 1);
    append.row = CaseRow {
        reference: "r".to_owned(),
        service: "s".to_owned(),
        authority: "a".to_owned(),
        applicant: "p".to_owned(),
        stage: "st".to_owned(),
        outcome: Some("o".to_owned()),
        opened_ms: 5,
        stage_since_ms: 6,
        due_ms: Some(7),
        state: b"x".to_vec(),
        ..append.row
    };
    store.append(append.clone()).await.unwrap();
    let stands = CaseRow { opened: 0, last_position: 1, ..append.row };
    assert_eq!(store.case(id(1)).await.unwrap().as_ref(), Some(&stands));
    for whose in
        [CasesOf::Reference("r".to_owned()), CasesOf::Authority("a".to_owned()), CasesOf::Applicant("p".to_owned())]
    {
        assert_eq!(store.cases(of(whose)).await.unwrap(), std::slice::from_ref(&stands));
    }
    assert_eq!(list(&store, of(CasesOf::Applicant("ana".to_owned()))).await, [0; 0]);
    // And back, with only the stage changing afterwards.
    let mut append = next(id(1), 2, 1);
    store.append(append.clone()).await.unwrap();
    append = next(id(1), 3, 1);
    append.row.stage = "permit".to_owned();
    append.row.due_ms = Some(-1);
    store.append(append.clone()).await.unwrap();
    let stands = CaseRow { opened: 0, last_position: 3, ..append.row };
    assert_eq!(store.case(id(1)).await.unwrap(), Some(stands));
}

pub async fn queues_count_and_date(store: Arc<dyn Store>) {
    let places = [("north", "review", None), ("north", "permit", Some("granted")), ("south", "review", None)];
    for n in 0..9_u8 {
        let (authority, stage, outcome) = places[usize::from(n % 3)];
        let mut append = next(id(n.into()), 0, 1);
        append.row.authority = authority.to_owned();
        append.row.stage = stage.to_owned();
        append.row.outcome = outcome.map(str::to_owned);
        append.row.stage_since_ms = 100 - i64::from(n);
        append.row.due_ms = (n % 3 == 0).then_some(i64::from(n) * 10);
        store.append(append).await.unwrap();
    }
    let queue = |place: usize, oldest_ms, nearest_due_ms| Queue {
        authority: places[place].0.to_owned(),
        service: "licence".to_owned(),
        stage: places[place].1.to_owned(),
        outcome: places[place].2.map(str::to_owned),
        cases: 3,
        oldest_ms,
        nearest_due_ms,
    };
    let (review, permit, south) = (queue(0, 94, Some(0)), queue(1, 93, None), queue(2, 92, None));
    assert_eq!(store.queues(None).await.unwrap(), [permit.clone(), review.clone(), south.clone()]);
    assert_eq!(store.queues(Some("south")).await.unwrap(), [south]);
    assert_eq!(store.queues(Some("west")).await.unwrap(), []);
    // Case 0, whose deadline was the nearest, moves on.
    let mut append = next(id(0), 1, 1);
    append.row.authority = "north".to_owned();
    append.row.stage = "permit".to_owned();
    append.row.outcome = Some("granted".to_owned());
    append.row.stage_since_ms = 200;
    store.append(append).await.unwrap();
    let north = [Queue { cases: 4, ..permit }, Queue { cases: 2, nearest_due_ms: Some(30), ..review }];
    assert_eq!(store.queues(Some("north")).await.unwrap(), north);
}

pub async fn a_stream_that_is_no_case_is_in_no_list(store: Arc<dyn Store>) {
    let mut append = next(id(1), 0, 2);
    let service = std::mem::take(&mut append.row.service);
    append.row.holders = vec!["omid".to_owned()];
    let stands = CaseRow { last_position: 1, ..append.row.clone() };
    store.append(append).await.unwrap();
    for whose in [
        CasesOf::All,
        CasesOf::Applicant("ana".to_owned()),
        CasesOf::Authority("zone".to_owned()),
        CasesOf::Holder("omid".to_owned()),
        CasesOf::Reference(id(1).reference()),
    ] {
        assert_eq!(list(&store, of(whose.clone())).await, [0; 0], "{whose:?}");
        assert_eq!(list(&store, CaseQuery { open: true, ..of(whose.clone()) }).await, [0; 0], "{whose:?}");
    }
    assert_eq!(store.queues(None).await.unwrap(), []);
    assert_eq!(store.queues(Some("zone")).await.unwrap(), []);
    // Under its own id, in its history and in the feed it is as any other.
    assert_eq!(store.case(id(1)).await.unwrap(), Some(stands));
    assert_eq!(store.history(id(1), 0, 10).await.unwrap().len(), 2);
    assert_eq!(store.feed(0, 10).await.unwrap().len(), 2);
    // What makes it a case again puts it into the lists.
    let mut append = next(id(1), 2, 1);
    append.row.service = service;
    store.append(append).await.unwrap();
    assert_eq!(list(&store, of(CasesOf::All)).await, [0]);
    assert_eq!(store.queues(None).await.unwrap().len(), 1);
}
