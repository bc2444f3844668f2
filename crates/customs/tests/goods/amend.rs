//! Items by which goods came in are amended or fall away: as long as the goods lie as they came, and after any history nothing is made or lost by it.

use customs::goods::{Amend, Becomes, ItemRef, Movement, Passage, RowKey, decide, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::histories::{holds, played, tries};
use crate::scene::{Zone, entry, exit, id, issue, item, kg, of, quantity, rial};

fn amend(declaration: &str, lot: &str, owner: &str, becomes: Option<(&str, &str)>) -> Movement {
    let mut movement = json!({"item": item(declaration, 1), "reference": "AMENDED", "owner": owner, "lot": lot});
    if let Some((amount, value)) = becomes {
        movement["becomes"] = json!({"quantity": kg(amount), "value": rial(value)});
    }
    of(json!({"amend": Value::Object(movement.as_object().unwrap().clone())}))
}

#[test]
fn what_is_declared_now_lies_in_the_same_lot() {
    let mut zone = Zone::default();
    zone.go(entry("D1", "L1", "ana", "100", "1000"));
    zone.go(amend("D1", "L1", "ana", Some(("90", "950"))));
    assert_eq!(zone.lot("L1"), "90 KGM");
    // All of it, and no more, can leave; what it came from is what is declared now.
    assert!(zone.refusal(&exit("D2", "ana", &[("lot", "L1", "91")])).contains("90 KGM are left"));
    let left = zone.go(exit("D3", "ana", &[("lot", "L1", "90")]));
    let line = customs::goods::trace(&left.posted).unwrap();
    assert_eq!(line.contents[0].quantity, quantity("90", "KGM"));
    assert_eq!(line.contents[0].value.amount(), 950.into());
}

#[test]
fn of_an_item_that_fell_away_nothing_comes_in_again() {
    let mut zone = Zone::default();
    zone.go(entry("D1", "L1", "ana", "100", "1000"));
    zone.go(amend("D1", "L1", "ana", None));
    assert_eq!(zone.lot("L1"), "0 KGM");
    assert!(zone.refusal(&entry("D1", "L2", "ana", "100", "1000")).contains("0 KGM when a part of it passed"));
    assert!(zone.refusal(&amend("D1", "L1", "ana", Some(("1", "1")))).contains("do not lie there as they came in"));
}

#[test]
fn what_moved_on_or_is_another_stays_as_it_is() {
    let mut zone = Zone::default();
    zone.go(entry("D1", "L1", "ana", "100", "1000"));
    zone.go(entry("D2", "L2", "ana", "50", "500"));
    let refusal = |zone: &Zone, movement: &Movement| zone.refusal(movement);
    assert!(refusal(&zone, &amend("D1", "L2", "ana", None)).contains("do not lie there as they came in"));
    assert!(refusal(&zone, &amend("D1", "L1", "babak", None)).contains("babak has no lot L1"));
    assert!(refusal(&zone, &amend("D1", "L9", "ana", None)).contains("ana has no lot L9"));
    assert!(refusal(&zone, &amend("D1", "L1", "ana", Some(("0", "1")))).contains("the quantity is nothing"));
    let mut pieces = amend("D1", "L1", "ana", Some(("1", "1")));
    let Movement::Amend(Amend { becomes: Some(becomes), .. }) = &mut pieces else { panic!() };
    becomes.quantity = quantity("5", "C62");
    assert!(refusal(&zone, &pieces).contains("does not convert to KGM"));
    zone.go(of(json!({"hold": {"of": {"lot": "L2"}, "kind": "inspection", "reference": "INS"}})));
    assert!(refusal(&zone, &amend("D2", "L2", "ana", None)).contains("under inspection by INS"));
    zone.go(issue("L1", "ana", "R1", "1"));
    assert!(refusal(&zone, &amend("D1", "L1", "ana", None)).contains("do not lie there as they came in"));
    // A second entry into the lot is somebody else's paper.
    zone.go(of(json!({"free": {"of": {"lot": "L2"}, "reference": "INS"}})));
    zone.go(entry("D3", "L2", "ana", "5", "50"));
    assert!(refusal(&zone, &amend("D2", "L2", "ana", None)).contains("do not lie there as they came in"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// After any history each item is amended that can be, and all that holds of a book still does.
    #[test]
    fn after_any_history_what_is_amended_is_neither_made_nor_lost(tries in tries(), steps in 1_u64..1000, falls: bool) {
        let (mut book, mut history) = played(&tries);
        let items: Vec<ItemRef> = book.rows().keys().filter_map(|key| match key {
            RowKey::Item(item) => Some(item.clone()),
            _ => None,
        }).collect();
        for item in items {
            let rows = book.clone();
            for (key, row) in rows.rows() {
                let (RowKey::Lot(lot), Some(stock)) = (key, row.stock()) else { continue };
                let becomes = (!falls).then(|| Becomes {
                    quantity: customs::goods::Quantity::new(steps, stock.kind).unwrap(),
                    value: definition::value::Money { minor: 7, currency: "IRR".to_owned() },
                    origin: None,
                    said: None,
                });
                let owner = stock.owner.clone();
                let movement =
                    Movement::Amend(Amend { item: item.clone(), reference: id("A"), owner, lot: lot.clone(), becomes });
                let Ok(decided) = decide(&book, &movement) else { continue };
                prop_assert_eq!(book.item(&item).unwrap().passage, Passage::Entry);
                fold(&mut book, &decided.posted).unwrap();
                history.push(decided.posted);
            }
        }
        holds(&book, &history)?;
    }
}
