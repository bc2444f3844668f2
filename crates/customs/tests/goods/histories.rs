//! What holds after any history: nothing is made, nothing is lost, and the record makes the same book again.

use std::collections::BTreeMap;

use customs::goods::{
    Account, Book, Content, Country, Kind, Layer, Movement, Posted, Row, RowKey, Status, decide, fold, trace,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const OWNERS: [&str; 3] = ["ana", "babak", "cyrus"];
const RAW: [&str; 2] = ["170199", "110812"];
const MADE: [&str; 2] = ["170490", "170390"];

/// What is tried; numbers choose among what is there, so that most of it can be done and some cannot.
#[derive(Clone, Debug)]
pub struct Try {
    what: u8,
    pick: [u16; 3],
    /// In steps.
    steps: u32,
    minor: u32,
}

pub fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0_u8..31, any::<[u16; 3]>(), 1_u32..3_000_000, 0_u32..100_000);
    prop::collection::vec(one.prop_map(|(what, pick, steps, minor)| Try { what, pick, steps, minor }), 1..60)
}

fn mass(steps: u64) -> Value {
    json!({"amount": format!("{}.{:06}", steps / 1_000_000, steps % 1_000_000), "unit": "KGM"})
}

/// One of the accounts that have goods, and how much it has; one that is not there if none has.
fn held(book: &Book, pick: u16) -> (Value, String, String, u64) {
    let full: Vec<_> = book
        .rows()
        .iter()
        .filter_map(|(key, row)| Some((key, row.stock()?)))
        .filter(|(_, s)| !s.layers.is_empty())
        .collect();
    if full.is_empty() {
        return (json!({"lot": "nowhere"}), "ana".into(), RAW[0].into(), 1);
    }
    let (key, stock) = full[usize::from(pick) % full.len()];
    let holding = match key {
        RowKey::Lot(id) => json!({"lot": id}),
        RowKey::Receipt(id) => json!({"receipt": id}),
        _ => panic!("it has goods"),
    };
    (holding, stock.owner.to_string(), stock.commodity.to_string(), stock.balance().steps())
}

/// One of a few that reserve, so that some meet.
fn case(pick: u16) -> String {
    format!("C{}", pick % 5)
}

/// The movement that is tried, the `number`th.
pub fn movement(book: &Book, of: &Try, number: usize) -> Movement {
    let owner = OWNERS[usize::from(of.pick[0]) % OWNERS.len()];
    let (from, holder, commodity, there) = held(book, of.pick[1]);
    // Now and then all there is, or more.
    let steps = match of.pick[2] % 8 {
        0 => there,
        1 => there + 1,
        _ => u64::from(of.steps) % there + 1,
    };
    let id = from["lot"].as_str().or(from["receipt"].as_str()).unwrap().to_owned();
    let take = json!({"from": from, "quantity": mass(steps)});
    let item = json!({"declaration": format!("D{number}"), "item": 1});
    let leaving = json!({
        "item": item, "declared": mass(steps), "owner": holder, "commodity": commodity, "takes": [take],
    });
    let movement = match of.what {
        0..=7 => {
            let raw = usize::from(of.pick[2]) % RAW.len();
            let fifo = of.what < 6;
            let lot = if fifo { format!("{owner}-{raw}") } else { format!("L{number}") };
            json!({"entry": {
                "item": item, "declared": mass(of.steps.into()), "status": (["foreign", "mainland"][raw]), "lot": lot,
                "method": if fifo { "fifo" } else { "lot" }, "owner": owner, "warehouse": "W1", "commodity": RAW[raw],
                "origin": if number.is_multiple_of(3) { json!(null) } else { json!(["TR", "AZ"][number % 2]) },
                "quantity": mass(of.steps.into()), "value": {"amount": of.minor.to_string(), "currency": "IRR"},
            }})
        }
        8 | 9 => {
            json!({"issue": {"lot": id, "owner": holder, "receipt": format!("R{number}"), "quantity": mass(steps)}})
        }
        10 => {
            let parts: Vec<Value> = [(0, steps), (1, there.saturating_sub(steps))]
                .map(|(part, steps)| json!({"receipt": format!("R{number}-{part}"), "quantity": mass(steps)}))
                .into();
            json!({"split": {"receipt": id, "holder": holder, "parts": parts}})
        }
        11 | 12 => json!({"transfer": {"receipt": id, "holder": holder, "to": owner, "becomes": format!("R{number}")}}),
        13..=16 => processing(of, (&holder, &commodity, &take), steps, number),
        17 => json!({"sample": {"reference": format!("S{number}"), "owner": holder, "take": take}}),
        18 => json!({"loss": {"reference": format!("F{number}"), "owner": holder, "take": take}}),
        19 => json!({"exit": leaving}),
        20 => json!({"reexport": leaving}),
        21 => json!({"transit": leaving}),
        22 => json!({"hold": {"of": from, "kind": "inspection", "reference": "INS"}}),
        23 => json!({"free": {"of": from, "reference": "INS"}}),
        24 | 25 => json!({"reserve": {
            "by": case(of.pick[0]), "declaration": case(of.pick[0]), "owner": holder, "takes": [take],
        }}),
        26 => json!({"surrender": {"receipt": id, "holder": holder, "lot": format!("S{number}")}}),
        27 => json!({"offer": {"receipt": id, "holder": holder, "to": owner, "until": "2026-12-01"}}),
        28 => json!({"reject": offered(book).unwrap_or(json!({"receipt": id, "by": owner}))}),
        _ => json!({"unreserve": {"by": case(of.pick[0]), "declaration": case(of.pick[0]), "of": [from]}}),
    };
    super::scene::of(movement)
}

/// An offer that stands, for whom it is made to.
fn offered(book: &Book) -> Option<Value> {
    book.rows().iter().find_map(|(key, row)| match row {
        Row::Offer(offer) if offer.open => Some(json!({"receipt": key.key(), "by": offer.to})),
        _ => None,
    })
}

/// The movements of a history that can be done, and the book after them.
pub fn played(tries: &[Try]) -> (Book, Vec<Posted>) {
    let (mut book, mut history) = (Book::default(), Vec::new());
    for (number, one) in tries.iter().enumerate() {
        if let Ok(decided) = decide(&book, &movement(&book, one, number)) {
            fold(&mut book, &decided.posted).unwrap();
            history.push(decided.posted);
        }
    }
    (book, history)
}

/// Half of what goes in becomes one product, a part of the rest another, a part scrap.
fn processing(of: &Try, (owner, commodity, take): (&str, &str, &Value), steps: u64, number: usize) -> Value {
    let (first, second, scrap) = (steps.div_ceil(2), steps / 4, steps / 8);
    let made = |steps: u64, which: usize| json!({"lot": format!("P{number}-{which}"), "method": "lot", "commodity": MADE[which], "quantity": mass(steps)});
    let product = |steps: u64, which: usize, share: u16| json!({"commodity": MADE[which], "least": mass(0), "most": mass(steps), "share": share});
    let mut makes = vec![made(first, 0)];
    let mut products = vec![product(first, 0, of.pick[2] % 7 + 1)];
    if second > 0 {
        makes.push(made(second, 1));
        products.push(product(second, 1, of.pick[2] % 3));
    }
    let waste =
        if scrap > 0 { json!([{"commodity": commodity, "kind": "scrap", "quantity": mass(scrap)}]) } else { json!([]) };
    json!({"process": {
        "recipe": {
            "name": "any", "products": products,
            "inputs": [{"commodity": commodity, "quantity": mass(steps), "scrap": mass(scrap)}],
        },
        "runs": 1, "owner": owner, "warehouse": "W2", "takes": [take], "makes": makes, "waste": waste,
    }})
}

/// Sums over accounts, computed from the postings alone.
#[derive(Default)]
struct Sums {
    /// By account, commodity and kind, in steps.
    goods: BTreeMap<(Account, String, Kind), i128>,
    /// By account and currency.
    values: BTreeMap<(Account, String), i128>,
}

impl Sums {
    fn add(&mut self, posted: &Posted) {
        for posting in &posted.postings {
            for layer in &posting.layers {
                for (account, sign) in [(&posting.from, -1), (&posting.to, 1)] {
                    let of = (account.clone(), posting.commodity.to_string(), layer.quantity.kind());
                    *self.goods.entry(of).or_default() += sign * i128::from(layer.quantity.steps());
                    for content in &layer.contents {
                        let of = (account.clone(), content.value.currency.clone());
                        *self.values.entry(of).or_default() += sign * content.value.minor;
                    }
                }
            }
        }
    }
}

type Origin = (String, u32, String, (Status, Option<Country>));

/// Adds what layers came from to sums by declared item.
fn origins<'a>(sums: &mut BTreeMap<Origin, (i128, i128)>, layers: impl IntoIterator<Item = &'a Layer>) {
    for content in layers.into_iter().flat_map(|layer| &layer.contents) {
        let Content { item, commodity, status, origin, quantity, value } = content;
        let made = (*status, origin.clone());
        let sum = sums.entry((item.declaration.to_string(), item.item, commodity.to_string(), made)).or_default();
        sum.0 += i128::from(quantity.steps());
        sum.1 += value.minor;
    }
}

fn is_boundary(account: &Account) -> bool {
    account.holding().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_made_and_nothing_is_lost(tries in tries()) {
        let mut book = Book::default();
        let mut history: Vec<Posted> = Vec::new();
        for (number, one) in tries.iter().enumerate() {
            let movement = movement(&book, one, number);
            let decided = decide(&book, &movement);
            // What is not named makes no difference.
            prop_assert_eq!(&decide(&book.part(&movement.rows()), &movement), &decided);
            let Ok(decided) = decided else { continue };
            let before = book.clone();
            fold(&mut book, &decided.posted).unwrap();
            let mut changed = before;
            for (key, row) in decided.rows {
                changed.put(key, row);
            }
            prop_assert_eq!(&changed, &book);
            history.push(decided.posted);
        }
        holds(&book, &history)?;
    }

    #[test]
    fn movements_that_share_no_row_may_come_in_any_order(tries in tries()) {
        let mut book = Book::default();
        let mut former: Option<Movement> = None;
        for (number, one) in tries.iter().enumerate() {
            let movement = movement(&book, one, number);
            if let Some(former) = former.filter(|former| former.rows().is_disjoint(&movement.rows())) {
                let then = |first: &Movement, second: &Movement| {
                    let mut book = book.clone();
                    let mut came = Vec::new();
                    for movement in [first, second] {
                        let decided = decide(&book, movement);
                        if let Ok(decided) = &decided {
                            fold(&mut book, &decided.posted).unwrap();
                        }
                        came.push(decided);
                    }
                    (book, came)
                };
                let ((one, first), (other, second)) = (then(&former, &movement), then(&movement, &former));
                prop_assert_eq!(one, other);
                prop_assert_eq!((&first[0], &first[1]), (&second[1], &second[0]));
            }
            if let Ok(decided) = decide(&book, &movement) {
                fold(&mut book, &decided.posted).unwrap();
            }
            former = Some(super::histories::movement(&book, one, number + 1000));
        }
    }
}

/// Whether goods there are gone from the zone.
fn is_gone(account: &Account) -> bool {
    use Account::{Abroad, Loss, Mainland, Outside, Sample, Transit};
    matches!(account, Mainland | Abroad | Transit | Sample | Loss | Outside)
}

/// Everything that has to hold of a book and its history.
pub fn holds(book: &Book, history: &[Posted]) -> Result<(), TestCaseError> {
    let mut sums = Sums::default();
    let (mut came, mut is) = (BTreeMap::new(), BTreeMap::new());
    for posted in history {
        sums.add(posted);
        for posting in &posted.postings {
            if posting.from == Account::Outside {
                origins(&mut came, &posting.layers);
            }
            if is_gone(&posting.to) {
                origins(&mut is, &posting.layers);
            }
        }
        let left = posted
            .postings
            .iter()
            .filter(|one| matches!(one.to, Account::Mainland | Account::Abroad | Account::Transit));
        let left: u64 = left.flat_map(|one| &one.layers).map(|layer| layer.quantity.steps()).sum();
        prop_assert_eq!(trace(posted).map_or(0, |line| line.quantity.steps()), left);
    }
    // All accounts together, by commodity and kind, are nothing; and so are all values.
    let mut totals = BTreeMap::<_, i128>::new();
    for ((_, commodity, kind), steps) in &sums.goods {
        *totals.entry((commodity, *kind)).or_default() += steps;
    }
    prop_assert!(totals.values().all(|total| *total == 0), "{:?}", totals);
    prop_assert_eq!(sums.values.values().sum::<i128>(), 0);
    // What the postings come to is what lies in the rows, and nothing is below nothing.
    for (key, row) in book.rows() {
        let Some(stock) = row.stock() else { continue };
        let account = match key {
            RowKey::Lot(id) => Account::Lot(id.clone()),
            RowKey::Receipt(id) => Account::Receipt(id.clone()),
            _ => panic!("it has goods"),
        };
        let balance = i128::from(stock.balance().steps());
        prop_assert_eq!(sums.goods.remove(&(account, stock.commodity.to_string(), stock.kind)).unwrap_or(0), balance);
        prop_assert!(stock.layers.iter().all(|layer| !layer.quantity.is_zero()));
        origins(&mut is, &stock.layers);
    }
    let outside = |account: &Account| matches!(account, Account::Outside | Account::Processed);
    for ((account, commodity, _), steps) in &sums.goods {
        prop_assert!(is_boundary(account), "{:?} has no row", account);
        prop_assert!(*steps >= 0 || outside(account), "{:?} {} {}", account, commodity, steps);
    }
    // Of each declared item, what is there and what has gone is what came, to the last step and the last dinar.
    prop_assert_eq!(came, is);
    comes_again(book, history)
}

/// The record makes the same book again, through JSON too, and the lines of its accounts.
fn comes_again(book: &Book, history: &[Posted]) -> Result<(), TestCaseError> {
    let (mut again, mut lines) = (Book::default(), BTreeMap::<RowKey, (u64, u64)>::new());
    for posted in history {
        let text = serde_json::to_string(posted).unwrap();
        let posted: Posted = serde_json::from_str(&text).unwrap();
        let decided = decide(&again, &posted.movement).unwrap();
        prop_assert_eq!(&decided.posted, &posted);
        fold(&mut again, &posted).unwrap();
        // The lines of an account's history come one after the other, and each goes on from what the one before left.
        for (key, line) in customs::goods::history(std::slice::from_ref(&posted), &again.part(&posted.movement.rows()))
        {
            let (number, left) = lines.insert(key, (line.number, line.balance.steps())).unwrap_or_default();
            prop_assert!(line.number > number, "{:?}", line);
            prop_assert_eq!(left + line.came.steps(), line.went.steps() + line.balance.steps());
        }
    }
    prop_assert_eq!(&again, book);
    let last = |key: &RowKey| lines.get(key).copied().unwrap_or_default();
    for (key, row) in book.rows() {
        let Some(stock) = row.stock() else { continue };
        prop_assert_eq!(last(key), (stock.changes, stock.balance().steps()));
    }
    for row in book.rows().values() {
        let text = serde_json::to_string(row).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Row>(&text).unwrap(), row);
    }
    Ok(())
}
