//! Lots, receipts, quantities and movements in words.
//!
//! Must not know of: any one page.

use app::customs::goods::{Account, Holding, Quantity};
use app::definition::value::Value;

use crate::pages::context::{Context, spoken};

pub(super) fn id(of: &Holding) -> &str {
    match of {
        Holding::Lot(id) | Holding::Receipt(id) => id.as_str(),
    }
}

/// A quantity with its unit; a unit that the site has no word for keeps its code (UN/ECE Recommendation 20).
///
/// Number and unit are not isolated from each other: other messages isolate the whole, whose direction is then that of its first letter outside of any
/// isolate (Unicode Standard Annex 9, rule P2), and without one it would run from left to right.
pub(in crate::pages) fn quantity(c: &Context<'_>, of: Quantity) -> String {
    let code = of.kind().unit();
    let unit = c.t_or(&format!("unit-{code}"), code);
    spoken(&c.t2("quantity", ("number", c.number(&of.amount().normalize())), ("unit", unit)))
}

/// A warehouse, by the words of the zone's list where it has one.
pub(in crate::pages) fn warehouse(c: &Context<'_>, code: &str) -> String {
    c.value("goods.warehouse", &Value::Code(code.to_owned()))
}

/// The other side of a movement, and its page where it has one.
pub(super) fn other(c: &Context<'_>, of: &Account) -> (String, String) {
    match of.holding() {
        Some(holding) => {
            let key = if matches!(holding, Holding::Lot(_)) { "goods-lot-of" } else { "goods-receipt-of" };
            (c.t1(key, "id", spoken(id(&holding))), c.link(&super::path(&holding)))
        }
        None => {
            let key = match of {
                Account::Processed => "goods-processed",
                Account::Scrap => "goods-scrap",
                Account::Loss => "goods-lost",
                Account::Sample => "goods-sampled",
                Account::Mainland => "goods-mainland",
                Account::Abroad => "goods-abroad",
                Account::Transit => "goods-in-transit",
                _ => "goods-outside",
            };
            (c.t(key), String::new())
        }
    }
}
