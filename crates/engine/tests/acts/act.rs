//! Acts in the words of a test.
//!
//! Must not know of: who does them.

use definition::model::Opinion;
use definition::value::Money;
use engine::CaseId;
use engine::act::Act;
use engine::case::AskedItem;
use jiff::Timestamp;

use crate::scene;

pub fn decide(route: &str) -> Act {
    Act::Decide { route: route.to_owned(), ground: None, note: String::new(), facts: [].into() }
}

pub fn refuse(ground: &str) -> Act {
    let (route, ground) = ("refuse".to_owned(), Some(ground.to_owned()));
    Act::Decide { route, ground, note: "see the file".to_owned(), facts: [].into() }
}

/// The inspection of the service `build`.
pub fn inspect(facts: &str) -> Act {
    let facts = scene::facts(&scene::zone().services()["build"], facts);
    Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts }
}

/// Asks for `fact (ground)` pairs.
pub fn ask(items: &[(&str, &str)]) -> Act {
    let item = |(fact, ground): &(&str, &str)| AskedItem {
        fact: (*fact).to_owned(),
        ground: (*ground).to_owned(),
        note: "please".to_owned(),
    };
    Act::Ask { items: items.iter().map(item).collect() }
}

pub fn supply(service: &str, facts: &str) -> Act {
    Act::Supply { facts: scene::facts(&scene::zone().services()[service], facts) }
}

pub fn agree(branch: &str) -> Act {
    Act::Advise { branch: branch.to_owned(), opinion: Opinion::Agree, ground: None, note: String::new() }
}

pub fn object(branch: &str, ground: Option<&str>) -> Act {
    let ground = ground.map(str::to_owned);
    Act::Advise { branch: branch.to_owned(), opinion: Opinion::Object, ground, note: String::new() }
}

pub fn pay(receipt: &str) -> Act {
    pay_amount(receipt, "2000")
}

/// An amount in rial.
pub fn pay_amount(receipt: &str, amount: &str) -> Act {
    let amount = Money::from_amount(amount.parse().unwrap(), "IRR").unwrap();
    Act::Pay { receipt: receipt.to_owned(), amount }
}

pub fn withdraw() -> Act {
    Act::Withdraw { reason: String::new() }
}

pub fn appeal(by: u8, opened: Timestamp) -> Act {
    Act::Appeal { by: CaseId([by; 16]), opened }
}

pub fn overturn(by: u8) -> Act {
    Act::Overturn { by: CaseId([by; 16]) }
}
