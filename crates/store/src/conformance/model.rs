//! Random histories, beside the simplest store that could be: a list and some maps.
//!
//! Must not know of: any backend.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::given::{id, next, put};
use crate::{Append, CaseId, CaseRow, CasesOf, Due, EventRow, NewDue, Store, StoreError};

/// Everything a store must remember of [`step`]s.
#[derive(Default)]
struct Model {
    log: Vec<EventRow>,
    rows: BTreeMap<CaseId, CaseRow>,
    due: BTreeMap<CaseId, Vec<NewDue>>,
    things: BTreeMap<String, (Vec<u8>, u64)>,
}

impl Model {
    /// What the store must answer: the position, or which refusal.
    fn append(&mut self, append: &Append) -> Result<u64, &'static str> {
        let actual = self.rows.get(&append.case).map_or(0, |row| row.seq);
        if actual != append.expected_seq {
            return Err("conflict");
        }
        for put in &append.puts {
            let version = self.things.get(&put.key).map_or(0, |thing| thing.1);
            if put.expected.is_some_and(|expected| expected != version) {
                return Err("stale");
            }
        }
        let first = self.log.len() as u64;
        let mut previous = self.rows.get(&append.case).map(|row| row.last_position);
        for (seq, event) in (append.expected_seq + 1..).zip(&append.events) {
            let position = self.log.len() as u64;
            self.log.push(EventRow { position, case: append.case, seq, previous, event: event.clone(), remains: None });
            previous = Some(position);
        }
        let opened = self.rows.get(&append.case).map_or(first, |row| row.opened);
        let row = CaseRow { opened, last_position: self.log.len() as u64 - 1, ..append.row.clone() };
        self.rows.insert(append.case, row);
        self.due.insert(append.case, append.due.clone());
        for put in &append.puts {
            let version = self.things.get(&put.key).map_or(0, |thing| thing.1);
            match &put.body {
                Some(body) => drop(self.things.insert(put.key.clone(), (body.clone(), version + 1))),
                None => drop(self.things.remove(&put.key)),
            }
        }
        Ok(first)
    }
}

/// Case, error of its sequence number, events, stage, holders, deadlines with their clocks, and perhaps an entry: key, kept or removed, expected
/// version.
type Step = (u64, i64, u64, u8, u8, Vec<(i64, u8)>, Option<(u8, bool, Option<u64>)>);

/// A few cases, a few entries, mostly at the sequence number that stands.
fn step() -> impl Strategy<Value = Step> {
    let seq_error = prop_oneof![8 => Just(0_i64), 1 => Just(1), 1 => Just(-1)];
    let due = prop::collection::vec((-3..3_i64, 0..3_u8), 0..3);
    let entry = prop::option::of((0..4_u8, any::<bool>(), prop::option::of(0..3_u64)));
    (0..6_u64, seq_error, 1..4_u64, 0..4_u8, 0..4_u8, due, entry)
}

pub async fn random_histories_match_a_simple_model(store: Arc<dyn Store>) {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let steps = prop::collection::vec(step(), 400).new_tree(&mut runner).unwrap().current();
    let mut model = Model::default();
    for (case, seq_error, events, stage, holder, due, entry) in steps {
        let stands = model.rows.get(&id(case)).map_or(0, |row| row.seq);
        let mut append = next(id(case), stands.saturating_add_signed(seq_error), events);
        append.row.stage = format!("stage {stage}");
        append.row.outcome = (stage == 3).then(|| "granted".to_owned());
        append.row.holders = (0..holder).map(|n| format!("holder {n}")).collect();
        append.due = due.into_iter().map(|(at_ms, clock)| NewDue { at_ms, clock: clock.to_string() }).collect();
        append.row.due_ms = append.due.iter().map(|due| due.at_ms).min();
        if let Some((key, keep, expected)) = entry {
            let mut entry = put("thing", &key.to_string(), None, keep.then_some(b"x".as_slice()));
            entry.expected = expected;
            append.puts.push(entry);
        }
        let expected = model.append(&append);
        let found = store.append(append).await.map_err(|refusal| match refusal {
            StoreError::Conflict { .. } => "conflict",
            StoreError::Stale { .. } => "stale",
            other => panic!("{other}"),
        });
        assert_eq!(found, expected);
    }
    compare(&*store, &model).await;
}

async fn compare(store: &dyn Store, model: &Model) {
    assert_eq!(super::whole::whole_feed(store).await, model.log);
    let mut rows: Vec<CaseRow> = model.rows.values().cloned().collect();
    rows.sort_by_key(|row| row.opened);
    assert_eq!(store.cases(super::given::of(CasesOf::All)).await.unwrap(), rows);
    let mut due: Vec<(i64, u64, String, CaseId)> = Vec::new();
    for row in &rows {
        let history: Vec<EventRow> = model.log.iter().filter(|event| event.case == row.case).cloned().collect();
        assert_eq!(store.history(row.case, 0, u32::MAX).await.unwrap(), history);
        due.extend(model.due[&row.case].iter().map(|due| (due.at_ms, row.opened, due.clock.clone(), row.case)));
    }
    due.sort();
    due.dedup();
    let due: Vec<Due> =
        due.into_iter().map(|(at_ms, _, clock, case)| Due { case, due: NewDue { at_ms, clock } }).collect();
    assert_eq!(store.due(i64::MAX, None, u32::MAX).await.unwrap(), due);
    for holder in (0..4).map(|n| format!("holder {n}")) {
        let held: Vec<CaseRow> = rows.iter().filter(|row| row.holders.contains(&holder)).cloned().collect();
        assert_eq!(store.cases(super::given::of(CasesOf::Holder(holder))).await.unwrap(), held);
    }
    let things: BTreeMap<String, (Vec<u8>, u64)> = store
        .entries(super::given::kind("thing"))
        .await
        .unwrap()
        .into_iter()
        .map(|entry| (entry.key, (entry.body, entry.version)))
        .collect();
    assert_eq!(things, model.things);
    let counted: u64 = store.queues(None).await.unwrap().iter().map(|queue| queue.cases).sum();
    assert_eq!(counted, rows.len() as u64);
}
