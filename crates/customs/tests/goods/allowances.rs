//! Allowances are accounts, too.

use super::scene::*;
use customs::goods::Movement;
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
