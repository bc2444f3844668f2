//! A zone with two owners and two warehouses, and a short way to say what moves.

use customs::goods::{Book, Decided, Holding, Id, Movement, Posted, Quantity, Row, decide, fold, trace};
use serde_json::{Value, json};

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn kg(amount: &str) -> Value {
    json!({"amount": amount, "unit": "KGM"})
}

pub fn pieces(amount: &str) -> Value {
    json!({"amount": amount, "unit": "C62"})
}

pub fn rial(amount: &str) -> Value {
    json!({"amount": amount, "currency": "IRR"})
}

pub fn quantity(amount: &str, unit: &str) -> Quantity {
    Quantity::parse(amount, unit).unwrap()
}

pub fn item(declaration: &str, number: u32) -> Value {
    json!({"declaration": declaration, "item": number})
}

/// Sugar of `owner` that comes whole into a lot of its own.
pub fn entry(declaration: &str, lot: &str, owner: &str, amount: &str, value: &str) -> Movement {
    of(entry_json(declaration, lot, owner, amount, value))
}

pub fn entry_json(declaration: &str, lot: &str, owner: &str, amount: &str, value: &str) -> Value {
    json!({"entry": {
        "item": item(declaration, 1), "declared": kg(amount), "status": "foreign", "lot": lot, "method": "fifo", "owner": owner,
        "warehouse": "W1", "commodity": "170199", "quantity": kg(amount), "value": rial(value),
    }})
}

/// Sugar of `owner` that goes to the mainland.
pub fn exit(declaration: &str, owner: &str, takes: &[(&str, &str, &str)]) -> Movement {
    of(departure("exit", declaration, owner, takes))
}

pub fn departure(kind: &str, declaration: &str, owner: &str, takes: &[(&str, &str, &str)]) -> Value {
    let total: f64 = takes.iter().filter_map(|(_, _, amount)| amount.parse::<f64>().ok()).sum();
    let takes: Vec<Value> = takes.iter().map(|(kind, id, amount)| take(kind, id, amount)).collect();
    json!({kind: {
        "item": item(declaration, 1), "declared": kg(&total.to_string()), "owner": owner, "commodity": "170199", "takes": takes,
    }})
}

/// `("lot", "L1", "5")`.
pub fn take(kind: &str, id: &str, amount: &str) -> Value {
    json!({"from": {kind: id}, "quantity": kg(amount)})
}

pub fn issue(lot: &str, owner: &str, receipt: &str, amount: &str) -> Movement {
    of(json!({"issue": {"lot": lot, "owner": owner, "receipt": receipt, "quantity": kg(amount)}}))
}

pub fn transfer(receipt: &str, holder: &str, to: &str, becomes: &str) -> Movement {
    of(json!({"transfer": {"receipt": receipt, "holder": holder, "to": to, "becomes": becomes}}))
}

pub fn of(movement: Value) -> Movement {
    serde_json::from_value(movement).unwrap()
}

/// A book with its history.
#[derive(Default)]
pub struct Zone {
    pub book: Book,
    pub posted: Vec<Posted>,
}

impl Zone {
    /// Does a movement; its rows, decided on those alone that it names, are what the whole book becomes.
    pub fn go(&mut self, movement: Movement) -> Decided {
        let decided = decide(&self.book, &movement).unwrap_or_else(|objections| panic!("{objections:#?}"));
        assert_eq!(decide(&self.book.part(&movement.rows()), &movement), Ok(decided.clone()));
        fold(&mut self.book, &decided.posted).unwrap();
        for (key, row) in &decided.rows {
            assert_eq!(self.book.row(key), Some(row));
        }
        self.posted.push(decided.posted.clone());
        decided
    }

    /// What is in the way of a movement, a line each, with its remedy.
    pub fn refusal(&self, movement: &Movement) -> String {
        let before = self.book.clone();
        let objections = decide(&self.book, movement).unwrap_err();
        assert_eq!(before, self.book);
        let line = |objection: &customs::goods::Objection| {
            format!("{}: {}\n  {}", objection.at, objection.fault, objection.fault.help())
        };
        objections.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn balance(&self, holding: &Holding) -> String {
        self.book.stock(holding).unwrap().balance().to_string()
    }

    pub fn lot(&self, lot: &str) -> String {
        self.balance(&Holding::Lot(id(lot)))
    }

    pub fn receipt(&self, receipt: &str) -> String {
        self.balance(&Holding::Receipt(id(receipt)))
    }
}

/// What left by a movement, a line for each item that it came from.
pub fn traced(posted: &Posted) -> Vec<String> {
    let line = trace(posted).unwrap();
    let content = |content: &customs::goods::Content| {
        format!(
            "{}: {} of {}, {} {}",
            content.item,
            content.quantity,
            content.commodity,
            content.value.amount().normalize(),
            content.value.currency
        )
    };
    line.contents.iter().map(content).collect()
}

/// Every row's JSON can be read again.
pub fn round_trips(book: &Book) {
    for row in book.rows().values() {
        let text = serde_json::to_string(row).unwrap();
        assert_eq!(&serde_json::from_str::<Row>(&text).unwrap(), row, "{text}");
    }
}
