//! Whether everything in a store fits together, for stores that were written with [`super::given::witnessed`] only: used after crashes.
//!
//! Must not know of: any backend.

use std::collections::HashMap;

use super::given::kind;
use crate::{CaseId, CaseQuery, CasesOf, EntryQuery, EventRow, Store};

/// Panics when anything is half done: a gap in positions, a row that is not at its events, a deadline, holder, message or entry from another
/// moment than the row. Returns the number of events.
pub async fn check(store: &dyn Store) -> u64 {
    let feed = whole_feed(store).await;
    let mut last: HashMap<CaseId, (u64, u64)> = HashMap::new();
    for (position, row) in (0..).zip(&feed) {
        assert_eq!(row.position, position, "positions have a gap");
        let former = last.insert(row.case, (row.seq, row.position));
        assert_eq!(row.seq, former.map_or(1, |(seq, _)| seq + 1), "events of {} have a gap", row.case);
        assert_eq!(row.previous, former.map(|(_, position)| position), "the link of {} leads elsewhere", row.case);
    }
    let deadlines: HashMap<String, i64> = store
        .due(i64::MAX, None, u32::MAX)
        .await
        .unwrap()
        .into_iter()
        .map(|due| (due.due.clock, due.due.at_ms))
        .collect();
    let entries = whole_kind(store, "witness").await;
    assert_eq!(deadlines.len(), last.len(), "one deadline a case");
    assert_eq!(entries.len(), last.len(), "one entry a case");
    for (case, (seq, position)) in &last {
        let row = store.case(*case).await.unwrap().expect("a case with events has a row");
        assert_eq!((row.seq, row.last_position), (*seq, *position), "the row of {case} is not at its events");
        assert_eq!(row.state, super::given::row(*case, *seq).state);
        assert_eq!(deadlines[&case.to_string()], seq.cast_signed(), "the deadline of {case} is from another moment");
        assert_eq!(entries[&case.to_string()], row.state, "the entry of {case} is from another moment");
        assert_eq!(row.holders, [format!("holder {}", seq % 3)]);
    }
    check_erased(&feed, &last);
    check_holders(store, &last).await;
    check_messages(store, &last).await;
    feed.len() as u64
}

/// Where first events are erased, the erasure is of the same moment as the row, and nothing of the event is left.
fn check_erased(feed: &[EventRow], last: &HashMap<CaseId, (u64, u64)>) {
    for row in feed.iter().filter(|row| row.remains.is_some()) {
        let erased = super::given::erased_first(row.position, last[&row.case].0);
        assert_eq!(row.seq, 1, "an event of {} is erased that nobody erased", row.case);
        assert_eq!(row.event.body, erased.body, "the erasure in {} is from another moment", row.case);
        assert_eq!(row.remains.as_ref(), Some(&erased.remains));
        assert_eq!(row.event.salt, [0; 32]);
    }
}

/// All events in log order.
pub async fn whole_feed(store: &dyn Store) -> Vec<EventRow> {
    let mut feed: Vec<EventRow> = Vec::new();
    loop {
        let page = store.feed(feed.len() as u64, 1000).await.unwrap();
        if page.is_empty() {
            return feed;
        }
        feed.extend(page);
    }
}

async fn whole_kind(store: &dyn Store, name: &str) -> HashMap<String, Vec<u8>> {
    let mut found = HashMap::new();
    let mut after = None;
    loop {
        let page = store.entries(EntryQuery { after: after.take(), ..kind(name) }).await.unwrap();
        let Some(last) = page.last() else { return found };
        after = Some(last.key.clone());
        found.extend(page.into_iter().map(|entry| (entry.key, entry.body)));
    }
}

async fn check_holders(store: &dyn Store, last: &HashMap<CaseId, (u64, u64)>) {
    let mut held = 0;
    for rest in 0..3 {
        let mut after = None;
        loop {
            let of = CasesOf::Holder(format!("holder {rest}"));
            let page =
                store.cases(CaseQuery { of, open: true, after, newest_first: false, limit: 1000 }).await.unwrap();
            let Some(row) = page.last() else { break };
            after = Some(row.opened);
            held += page.len();
            assert!(page.iter().all(|row| last[&row.case].0 % 3 == rest), "a case is held by a former holder");
        }
    }
    assert_eq!(held, last.len(), "one holder a case");
}

/// As many messages as appends; the newest of each case tells its row's moment. Beyond a read's limit they are not looked at.
async fn check_messages(store: &dyn Store, last: &HashMap<CaseId, (u64, u64)>) {
    let messages = store.outbox(None, u32::MAX).await.unwrap();
    if messages.len() >= crate::MAX_ROWS as usize {
        return;
    }
    let newest: HashMap<CaseId, Vec<u8>> =
        messages.into_iter().map(|message| (message.case, message.message.body)).collect();
    assert_eq!(newest.len(), last.len(), "a message of each case");
    for (case, body) in newest {
        assert_eq!(body, super::given::row(case, last[&case].0).state, "the message of {case} is from another moment");
    }
}
