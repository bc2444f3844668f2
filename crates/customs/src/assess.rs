//! What a declaration owes: the customs value of each item, then each duty and tax on it, with how every figure came about.
//!
//! Must not know of: files, who declares, what is done with the result. All money is exact; a figure is rounded once, where the jurisdiction says so.

mod accounted;
mod help;
mod item;
mod place;
mod policy;
mod two_tariffs;
mod value;
mod written;

use definition::span::Span;
use definition::value::{Date, Decimal};

pub use accounted::{Accounted, SetShare};
pub use help::Reader;
pub(crate) use item::commodity;
pub use place::places;
pub use policy::{Base, Choice, Effect, Policy, Relief, Rounding, TaxRule, TwoTariffs, ValueAddedRule};
pub use written::{Assessment, Declared, ItemWritten, KIND, LineWritten, MEDIA_TYPE, Owed, Total};

use crate::declaration::Declaration;
use crate::goods::Quantity;
use crate::goods::value_added::ValueAddedFault;
use crate::rates::Rates;
use crate::reason::Reason;
use crate::tariff::expression::Unworkable;
use crate::tariff::{Groups, Tariff};

/// What an assessment rests on beside the declaration.
pub struct World<'a> {
    /// The jurisdiction's order of taxes.
    pub policy: &'a Policy,
    /// The tariff.
    pub tariff: &'a Tariff,
    /// Rates of exchange into the jurisdiction's currency.
    pub rates: &'a Rates,
    /// Groups of countries.
    pub groups: &'a Groups,
    /// The day that counts, where the declaration was not accepted on another.
    pub day: Date,
}

/// One duty or tax on one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The item's number.
    pub item: u32,
    /// Which duty or tax, or the security for one.
    pub tax: String,
    /// What it is a share of; none where it goes by quantity.
    pub base: Option<Decimal>,
    /// Its rate in percent; none where it is not only a share.
    pub rate: Option<Decimal>,
    /// What a relief takes off.
    pub deduct: Decimal,
    /// What it comes to.
    pub assessed: Decimal,
    /// What is to be paid now; less than assessed under a suspension.
    pub payable: Decimal,
    /// The currency of all amounts, ISO 4217.
    pub currency: String,
    /// The line of the tariff's file, for a duty or tax.
    pub measure: Option<u32>,
    /// How it came about: value, formula, rounding, relief, each with its ground.
    pub why: Vec<Reason>,
}

/// The customs value of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemValue {
    /// The item's number.
    pub item: u32,
    /// In the jurisdiction's currency, rounded.
    pub amount: Decimal,
    /// How it came about.
    pub why: Vec<Reason>,
}

/// What keeps a declaration from being assessed; nothing of it is, then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The number of the item, or 0 for the declaration as a whole.
    pub item: u32,
    /// Where in what was sent, if it is about something that is there.
    pub span: Option<Span>,
    /// What.
    pub fault: ObstacleFault,
}

/// What is in the way of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum ObstacleFault {
    #[error("there is no item of goods")]
    NoItems,
    #[error("the item has no number")]
    NoNumber,
    #[error("the item has no commodity code")]
    NoCommodity,
    #[error("the tariff has no measure on `{code}`")]
    UnknownCommodity { code: String },
    #[error("the code `{code}` was in the tariff until {last}")]
    CodeEnded { code: String, last: Date },
    #[error("the code `{code}` is in the tariff from {first} on")]
    CodeBegins { code: String, first: Date },
    #[error("the tariff has nothing on `{code}` that fits the goods from {origin}")]
    NoMeasure { code: String, origin: String },
    #[error("the item has no price")]
    NoPrice,
    #[error("the amount has no currency")]
    NoCurrency,
    #[error("either of two tariffs may count, and one of them has no duty on the goods: the {}", if *.has_first { "second" } else { "first" })]
    OneTariff { has_first: bool },
    #[error("there is no rate of exchange from {currency} on {day}")]
    NoRate { currency: String, day: Date },
    #[error("`{kind}` is neither an addition to the value nor a deduction from it")]
    UnknownCharge { kind: String },
    #[error("a charge for all items cannot be shared among items that are worth nothing")]
    NothingToShare,
    #[error("what is deducted is more than the value")]
    BelowZero,
    #[error("lines {first} and {second} of the tariff both set {tax}, and neither is the more specific")]
    Tie { tax: String, first: u32, second: u32 },
    #[error("{tax} by line {line} of the tariff: {why}")]
    Unworkable { tax: String, line: u32, why: Unworkable },
    #[error("the policy has no place for the tax `{tax}` of line {line} of the tariff")]
    UnknownTax { tax: String, line: u32 },
    #[error("the amount is larger than can be computed exactly")]
    TooLarge,
    #[error("the goods leave a free zone, and nothing says what they were made of")]
    NotAccounted,
    #[error("{made} of {quantity} were made in the free zone, the rest leaves as it came")]
    PartlyMade { made: Quantity, quantity: Quantity },
    #[error("{declared} are declared, and {accounted} left by the goods accounts")]
    OtherQuantity { declared: Quantity, accounted: Quantity },
    #[error("two shares of value added are set for the item")]
    TwoShares,
    #[error("value added cannot be told: {0}")]
    ValueAdded(ValueAddedFault),
}

/// The customs value of each item, in their order.
///
/// # Errors
/// Everything that is in the way, of all items.
pub fn values(declaration: &Declaration, world: &World<'_>) -> Result<Vec<ItemValue>, Vec<Obstacle>> {
    let day = declaration.accepted.as_ref().map_or(world.day, |accepted| accepted.value);
    value::of_items(declaration, world, day)
}

/// Assesses every item of a declaration, in order of items and, in each, of taxes.
///
/// # Errors
/// Everything that is in the way, of all items.
pub fn assess(declaration: &Declaration, world: &World<'_>) -> Result<Vec<Line>, Vec<Obstacle>> {
    assess_accounted(declaration, world, &[])
}

/// Assesses every item, with what the goods accounts of a free zone say of those that leave it for the mainland.
///
/// # Errors
/// Everything that is in the way, of all items.
pub fn assess_accounted(
    declaration: &Declaration,
    world: &World<'_>,
    accounted: &[Accounted],
) -> Result<Vec<Line>, Vec<Obstacle>> {
    let day = declaration.accepted.as_ref().map_or(world.day, |accepted| accepted.value);
    let values = match value::of_items(declaration, world, day) {
        Ok(values) => values,
        Err(mut obstacles) => {
            // What the tariff has on an item does not hang on its value.
            let items = declaration.shipment.items.iter();
            obstacles.extend(items.filter_map(|item| item::asked(declaration, item, world, day).err()));
            obstacles.sort_by_key(|obstacle| obstacle.item);
            return Err(obstacles);
        }
    };
    let mut lines = Vec::new();
    let mut obstacles = Vec::new();
    for (item, value) in declaration.shipment.items.iter().zip(&values) {
        match item::assess(declaration, item, (value, day), world, accounted) {
            Ok(own) => lines.extend(own),
            Err(obstacle) => obstacles.push(obstacle),
        }
    }
    if obstacles.is_empty() { Ok(lines) } else { Err(obstacles) }
}
