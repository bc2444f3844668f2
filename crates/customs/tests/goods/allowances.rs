//! Allowances are accounts, too.

use super::scene::*;
use std::collections::BTreeMap;

use customs::goods::{Book, Measure, Movement, Row, RowKey, decide};
use proptest::prelude::*;
use serde_json::{Value, json};

fn spend(holder: &str, granted: &Value, amount: &Value) -> Movement {
    of(json!({"spend": {
        "allowance": {"holder": holder, "name": "passenger", "period": "1405"}, "granted": granted, "amount": amount,
    }}))
}

fn value(amount: &str) -> Value {
    json!({"value": {"amount": amount, "currency": "USD"}})
}

#[test]
fn an_allowance_cannot_be_overspent() {
    let mut zone = Zone::default();
    zone.go(spend("ana", &value("80"), &value("50")));
    // Two tills that both saw 30 left meet at one row.
    let (one, two) = (spend("ana", &value("80"), &value("30")), spend("ana", &value("80"), &value("0.01")));
    assert_eq!(one.rows(), two.rows());
    zone.go(one);
    insta::assert_snapshot!(zone.refusal(&two), @r"
    amount: 0.01 USD are wanted of the allowance passenger of ana for 1405, and 0 USD are left
      take at most 0 USD, or pay what is due on the rest
    ");
    zone.go(spend("babak", &value("80"), &value("80")));
    // More may be granted in the middle of a period, or less.
    zone.go(spend("ana", &value("100"), &value("5")));
    assert!(zone.refusal(&spend("ana", &value("60"), &value("1"))).contains("0 USD are left"));
}

#[test]
fn an_allowance_is_counted_in_one_measure() {
    let mut zone = Zone::default();
    zone.go(spend("ana", &json!({"quantity": pieces("10")}), &json!({"quantity": {"amount": "1", "unit": "PR"}})));
    for amount in [value("1"), json!({"quantity": kg("1")})] {
        assert!(zone.refusal(&spend("ana", &json!({"quantity": pieces("10")}), &amount)).contains("another measure"));
    }
    for amount in [value("0"), value("-1"), value("99999999999999999.99")] {
        zone.refusal(&spend("cyrus", &value("80"), &amount));
    }
}

/// Rows with their versions, as a store keeps them.
#[derive(Default)]
struct Store(BTreeMap<RowKey, (u64, Row)>);

impl Store {
    fn read(&self, keys: impl IntoIterator<Item = RowKey>) -> (Book, BTreeMap<RowKey, u64>) {
        let keys: Vec<RowKey> = keys.into_iter().collect();
        let book = keys.iter().filter_map(|key| Some((key.clone(), self.0.get(key)?.1.clone()))).collect();
        (book, keys.into_iter().map(|key| (key.clone(), self.0.get(&key).map_or(0, |(version, _)| *version))).collect())
    }

    /// Writes all rows, or none if one of them was written since it was read.
    fn write(&mut self, rows: &[(RowKey, Row)], read: &BTreeMap<RowKey, u64>) -> bool {
        let version = |store: &Self, key: &RowKey| store.0.get(key).map_or(0, |(version, _)| *version);
        if rows.iter().any(|(key, _)| version(self, key) != read[key]) {
            return false;
        }
        for (key, row) in rows {
            let version = version(self, key) + 1;
            self.0.insert(key.clone(), (version, row.clone()));
        }
        true
    }
}

proptest! {
    /// Tills that look, and write only later, when others wrote in between: never more is spent than there is, and nothing that fits is turned away.
    #[test]
    fn tills_that_race_never_overspend(amounts in prop::collection::vec(1_u32..40, 2..12), order in prop::collection::vec(any::<prop::sample::Index>(), 40)) {
        let spends: Vec<Movement> = amounts.iter().map(|amount| spend("ana", &value("80"), &value(&amount.to_string()))).collect();
        let mut store = Store::default();
        // Everybody looks first.
        let mut waiting: Vec<_> = spends.iter().map(|spend| (spend, store.read(spend.rows()))).collect();
        let (mut spent, mut order) = (0, order.iter().cycle());
        while !waiting.is_empty() {
            let at = order.next().unwrap().index(waiting.len());
            let (movement, (book, read)) = waiting.remove(at);
            match decide(&book, movement) {
                Ok(decided) if store.write(&decided.rows, &read) => {
                    spent += amounts[spends.iter().position(|one| std::ptr::eq(one, movement)).unwrap()];
                }
                // Whoever meets another at the row looks again.
                Ok(_) => waiting.push((movement, store.read(movement.rows()))),
                // What was spent in between is not given back: it would be turned away today, too.
                Err(_) => prop_assert!(decide(&store.read(movement.rows()).0, movement).is_err()),
            }
        }
        prop_assert!(spent <= 80);
        let key = spends[0].rows().into_iter().next().unwrap();
        let (book, _) = store.read([key.clone()]);
        let Some(Row::Allowance(allowance)) = book.row(&key) else { panic!("something was spent") };
        prop_assert_eq!(&allowance.spent, &Measure::Value(definition::value::Money { minor: i128::from(spent) * 100, currency: "USD".into() }));
    }
}
