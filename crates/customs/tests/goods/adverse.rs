//! Movements out of few names and numbers, in any combination: most are refused, none confuses the books.

use customs::goods::{Book, GoodsFault, Movement, Posted, decide, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::histories::holds;
use super::scene;

/// Choices, one after the other; at the end of the tape always the first.
struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % count)
    }

    fn of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len())]
    }

    fn quantity(&mut self) -> Value {
        let unit = if self.below(12) == 11 { "C62" } else { "KGM" };
        let amount =
            if self.below(12) == 11 { self.of(&["0", "1000000000000"]) } else { self.of(&["1", "2", "3", "5"]) };
        json!({"amount": amount, "unit": unit})
    }

    fn owner(&mut self) -> &'static str {
        if self.below(8) == 7 { "babak" } else { "ana" }
    }

    fn commodity(&mut self) -> &'static str {
        self.of(&["170199", "170199", "170199", "170490"])
    }

    fn lot(&mut self) -> &'static str {
        self.of(&["A", "A", "A", "B", "C", "D", "E", "F"])
    }

    fn receipt(&mut self) -> &'static str {
        self.of(&["R", "S", "T", "U", "V", "X", "Y", "Z", "R1", "S1", "T1", "U1", "V1", "X1", "Y1", "Z1"])
    }

    fn holding(&mut self) -> Value {
        if self.below(2) == 0 { json!({"lot": self.lot()}) } else { json!({"receipt": self.receipt()}) }
    }

    fn take(&mut self) -> Value {
        json!({"from": self.holding(), "quantity": self.quantity()})
    }

    fn item(&mut self) -> Value {
        json!({"declaration": format!("D{}", self.below(250)), "item": 1})
    }

    fn some(&mut self, one: impl Fn(&mut Self) -> Value) -> Vec<Value> {
        (0..[1, 1, 2, 3, 0][self.below(5)]).map(|_| one(self)).collect()
    }

    fn measure(&mut self) -> Value {
        match self.below(3) {
            0 => json!({"quantity": self.quantity()}),
            1 => json!({"value": {"amount": self.of(&["1", "2", "-1"]), "currency": "IRR"}}),
            _ => json!({"value": {"amount": "1", "currency": "USD"}}),
        }
    }

    fn movement(&mut self) -> Movement {
        let movement = match self.below(23) {
            0..=3 => json!({"entry": {
                "item": self.item(), "declared": self.quantity(), "status": "foreign", "lot": self.lot(),
                "method": self.of(&["fifo", "fifo", "fifo", "lot"]), "owner": self.owner(), "warehouse": "W",
                "commodity": self.commodity(), "quantity": self.quantity(),
                "value": {"amount": self.of(&["0", "1", "7.77", "9999999999999999"]), "currency": self.of(&["IRR", "JPY"])},
            }}),
            4 => json!({"issue": {
                "lot": self.lot(), "owner": self.owner(), "receipt": self.receipt(), "quantity": self.quantity(),
            }}),
            5 => json!({"split": {
                "receipt": self.receipt(), "holder": self.owner(),
                "parts": self.some(|tape| json!({"receipt": tape.receipt(), "quantity": tape.quantity()})),
            }}),
            6 => json!({"transfer": {
                "receipt": self.receipt(), "holder": self.owner(), "to": self.owner(), "becomes": self.receipt(),
            }}),
            7..=9 => self.process(),
            10 => {
                let kind = self.of(&["sample", "loss"]);
                json!({kind: {"reference": "X", "owner": self.owner(), "take": self.take()}})
            }
            11 | 12 => {
                let kind = self.of(&["exit", "reexport", "transit"]);
                json!({kind: {
                    "item": self.item(), "declared": self.quantity(), "owner": self.owner(), "commodity": self.commodity(),
                    "takes": self.some(Self::take),
                }})
            }
            13 => json!({"hold": {"of": self.holding(), "kind": "seizure", "reference": "X"}}),
            14..=17 => json!({"free": {"of": self.holding(), "reference": "X"}}),
            18 | 19 => json!({"reserve": {
                "by": self.of(&["X", "Y"]), "declaration": self.of(&["D1", "D2", "D3"]), "owner": self.owner(),
                "takes": self.some(Self::take),
            }}),
            20 => json!({"unreserve": {
                "by": self.of(&["X", "Y"]), "declaration": self.of(&["D1", "D2", "D3"]), "of": self.some(Self::holding),
            }}),
            _ => json!({"spend": {
                "allowance": {"holder": self.owner(), "name": "N", "period": "P"}, "granted": self.measure(),
                "amount": self.measure(),
            }}),
        };
        serde_json::from_value(movement.clone()).unwrap_or_else(|_| {
            // What is no value at all is not what is looked for here.
            scene::of(json!({"free": {"of": {"lot": "A"}, "reference": "X"}}))
        })
    }

    fn process(&mut self) -> Value {
        if self.below(3) > 0 {
            return self.likely_process();
        }
        let input = |tape: &mut Self| json!({"commodity": tape.commodity(), "quantity": tape.quantity(), "scrap": tape.quantity()});
        let product = |tape: &mut Self| {
            json!({"commodity": tape.commodity(), "least": {"amount": "0", "unit": tape.of(&["KGM", "KGM", "C62"])},
                   "most": tape.quantity(), "share": tape.below(3)})
        };
        let made = |tape: &mut Self| json!({"lot": tape.lot(), "method": tape.of(&["fifo", "lot"]), "commodity": tape.commodity(), "quantity": tape.quantity()});
        let waste = |tape: &mut Self| json!({"commodity": tape.commodity(), "kind": tape.of(&["scrap", "loss"]), "quantity": tape.quantity()});
        json!({"process": {
            "recipe": {"name": "any", "inputs": self.some(input), "products": self.some(product)},
            "runs": self.below(3), "owner": self.owner(), "warehouse": "W", "takes": self.some(Self::take),
            "makes": self.some(made), "waste": self.some(waste),
        }})
    }
}

impl Tape<'_> {
    /// Processing that may well be done, if the lot has so much.
    fn likely_process(&mut self) -> Value {
        let quantity = |amount: &str| json!({"amount": amount, "unit": "KGM"});
        let (most, made) = (self.of(&["1", "1", "1.5"]), self.of(&["1", "0.9", "0.123456", "1.1"]));
        let other = self.commodity();
        json!({"process": {
            "recipe": {
                "name": "likely",
                "inputs": [{"commodity": "170199", "quantity": quantity("1"), "scrap": quantity("0.1")}],
                "products": [{"commodity": other, "least": quantity("0"), "most": quantity(most), "share": 1}],
            },
            "runs": 1, "owner": "ana", "warehouse": "W", "takes": [{"from": self.holding(), "quantity": quantity("1")}],
            "makes": [{"lot": self.lot(), "method": "fifo", "commodity": other, "quantity": quantity(made)}],
            "waste": [{"commodity": "170199", "kind": "scrap", "quantity": quantity(self.of(&["0.1", "0.05", "0.2"]))}],
        }})
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]
    #[test]
    fn what_is_refused_says_why_and_what_is_not_holds(bytes in prop::collection::vec(any::<u8>(), 0..6000)) {
        let mut tape = Tape(bytes.iter());
        let mut book = Book::default();
        let mut history: Vec<Posted> = Vec::new();
        while tape.0.len() > 0 {
            let movement = tape.movement();
            match decide(&book, &movement) {
                Ok(decided) => {
                    fold(&mut book, &decided.posted).unwrap();
                    history.push(decided.posted);
                }
                Err(objections) => {
                    prop_assert!(!objections.is_empty());
                    for objection in objections {
                        prop_assert!(!matches!(objection.fault, GoodsFault::Misfit { .. }), "{:?}: {:?}", movement, objection);
                        let fa = &objection.words()["fa"];
                        prop_assert!(!fa.contains("دفترها با هم نمی‌خوانند"), "{:?}", objection.fault);
                        prop_assert!(!objection.fault.to_string().is_empty() && !objection.fault.help().is_empty());
                    }
                }
            }
        }
        holds(&book, &history)?;
    }
}
