//! Why a movement is not posted: where in it, what is in the way, and what to do about it.
//!
//! Must not know of: how it was found.

use std::collections::BTreeMap;

use definition::value::Money;

use super::allowance::{AllowanceRef, Measure};
use super::item::{ItemRef, Passage};
use super::lot::HoldKind;
use super::movement::Holding;
use super::name::{Commodity, Id};
use super::quantity::Quantity;

/// One thing that is in the way. Nothing of a movement that has one is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The way to it in the movement: `takes[2].quantity`, counted from 1.
    pub at: String,
    /// What.
    pub fault: GoodsFault,
}

/// What is in the way of a movement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum GoodsFault {
    #[error("there is no {0}")]
    Unknown(Holding),
    // What is another's and what is not there are told alike: else whoever names numbers learns what others have.
    #[error("{claimed} has no {holding}")]
    NoneOf { holding: Holding, claimed: Id },
    #[error("nothing is left of {0}")]
    Spent(Holding),
    #[error("the goods of {0} do not lie there as they came in")]
    MovedOn(Holding),
    #[error("{wanted} are wanted of {holding}, and {left} are left")]
    NotEnough { holding: Holding, wanted: Quantity, left: Quantity },
    #[error("{holding} is {} by {reference}", .kind.words())]
    Held { holding: Holding, kind: HoldKind, reference: Id },
    #[error(
        "{wanted} are wanted of {holding}; {there} are there, and {reserved} of that are reserved by {}",
        Names(.by)
    )]
    Reserved { holding: Holding, wanted: Quantity, there: Quantity, reserved: Quantity, free: Quantity, by: Vec<Id> },
    #[error("the declaration {declaration} is open already, in {by}")]
    OpenAlready { declaration: Id, by: Id },
    #[error("{0} has {most} reservations", most = super::reservation::MAX_RESERVATIONS)]
    TooManyReservations(Holding),
    #[error("{reference} holds {holding} already")]
    HeldAlready { holding: Holding, reference: Id },
    #[error("{reference} does not hold {holding}")]
    NotHeld { holding: Holding, reference: Id },
    #[error("{holding} is goods of {is}, and not of {wanted}")]
    OtherCommodity { holding: Holding, is: Commodity, wanted: Commodity },
    #[error("{wanted} does not convert to {unit}, which this is kept in")]
    OtherUnit { wanted: Quantity, unit: &'static str },
    #[error("the quantity is nothing")]
    Nothing,
    #[error("there is a {0} already")]
    Exists(Holding),
    #[error("{0} is named twice")]
    Twice(Holding),
    #[error("lot {lot} is there already, and its {what} differs")]
    LotDiffers { lot: Id, what: &'static str },
    #[error("lot {lot} is there already, and is kept by the lot: it is filled once")]
    FilledOnce { lot: Id },
    #[error("{wanted} pass of {item}, of which {declared} are declared and {left} have not passed yet")]
    BeyondDeclared { item: ItemRef, wanted: Quantity, declared: Quantity, left: Quantity },
    #[error("{item} was declared with {was} when a part of it passed, and now with {is}")]
    DeclaredDiffers { item: ItemRef, was: Quantity, is: Quantity },
    #[error("{item} is declared for {}", .passage.words())]
    OtherPassage { item: ItemRef, passage: Passage },
    #[error("an item's number is 0")]
    ItemZero,
    #[error("the value is below nothing")]
    NegativeValue,
    #[error("the currency `{currency}` is not known")]
    UnknownCurrency { currency: String },
    #[error("it is larger than can be kept")]
    TooLarge,
    #[error("nothing is named")]
    Empty,
    #[error("a receipt is split into at least two, and {parts} is named")]
    OnePart { parts: usize },
    #[error("the parts come to {sum}, and {receipt} is for {whole}")]
    PartsDiffer { sum: Quantity, whole: Quantity, receipt: Holding },
    #[error("{holder} holds it already")]
    SameHolder { holder: Id },
    #[error("the recipe {recipe} {what}")]
    Recipe { recipe: Id, what: RecipeFault },
    #[error("the recipe is run no times")]
    NoRuns,
    #[error("{commodity} is not in the recipe")]
    NotInRecipe { commodity: Commodity },
    #[error("{is} of {commodity} go in, and the recipe takes {due}")]
    OtherInput { commodity: Commodity, is: Quantity, due: Quantity },
    #[error("{is} of {commodity} are made, and the recipe yields {least} to {most}")]
    OtherYield { commodity: Commodity, is: Quantity, least: Quantity, most: Quantity },
    #[error("{commodity} is named twice")]
    CommodityTwice { commodity: Commodity },
    #[error("{is} of {commodity} are wasted, and the recipe allows {most}")]
    TooMuchWaste { commodity: Commodity, is: Quantity, most: Quantity },
    #[error("{by} more come out than go in")]
    CreatesMass { by: Quantity },
    #[error("{allowance} is counted in another measure")]
    OtherMeasure { allowance: AllowanceRef },
    #[error("{wanted} are wanted of {allowance}, and {left} are left")]
    Overspent { allowance: AllowanceRef, wanted: Measure, left: Measure },
    #[error("the receipt {receipt} is not offered")]
    NotOffered { receipt: Id },
    #[error("{offered} of the receipt {receipt} were offered, and {left} are left")]
    OfferChanged { receipt: Id, offered: Quantity, left: Quantity },
    #[error("the transit {transit} was discharged by {reference}")]
    DischargedAlready { transit: Id, reference: Id },
    #[error("the arrival of the transit {transit} was refused in {reference}")]
    ArrivalRefused { transit: Id, reference: Id },
    #[error("the arrival of the transit {transit} is open already, in {by}")]
    ArrivesAlready { transit: Id, by: Id },
    #[error("{0} would have more than {most} layers", most = super::layer::MAX_LAYERS)]
    TooManyLayers(Holding),
    #[error("it would come from more than {most} declared items", most = super::layer::MAX_CONTENTS)]
    TooManyContents,
    #[error("the books do not fit: {why}")]
    Misfit { why: &'static str },
}

/// What is wrong with a recipe.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum RecipeFault {
    #[error("takes nothing")]
    NoInputs,
    #[error("makes nothing")]
    NoProducts,
    #[error("names {commodity} twice")]
    Twice { commodity: Commodity },
    #[error("has nothing of {commodity}")]
    Nothing { commodity: Commodity },
    #[error("measures {commodity} in two ways")]
    TwoMeasures { commodity: Commodity },
    #[error("yields at least {least} and at most {most} of {commodity}")]
    Backwards { commodity: Commodity, least: Quantity, most: Quantity },
    #[error("wastes {waste} of {quantity} of {commodity}")]
    WastesMore { commodity: Commodity, waste: Quantity, quantity: Quantity },
    #[error("gives no product a share of the materials")]
    NoShare,
    #[error("creates mass: {by} more come out than go in")]
    CreatesMass { by: Quantity },
    #[error("has quantities that are larger than can be computed exactly")]
    TooLarge,
}

impl GoodsFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Unknown(Holding::Lot(_)) => "write the number of the lot as the entry has it".to_owned(),
            Self::Unknown(Holding::Receipt(_)) => "write the number of the receipt as it was issued".to_owned(),
            Self::NoneOf { .. } => {
                "write the number as it was issued, or have the receipt of the goods transferred to you first"
                    .to_owned()
            }
            Self::Spent(Holding::Lot(_)) => "see where the goods went in the lot's history".to_owned(),
            Self::Spent(Holding::Receipt(_)) => {
                "this receipt is void; use the one that took its place when it was split or transferred".to_owned()
            }
            Self::MovedOn(_) => {
                "only goods of which nothing was set apart, worked on or taken out can follow an amendment".to_owned()
            }
            Self::NotEnough { left, .. } => format!("move at most {left}, or name another lot for the rest"),
            Self::Held { reference, .. } => format!("wait until {reference} is settled and frees the goods"),
            Self::Reserved { free, .. } if free.is_zero() => {
                "wait until that is settled; what is withdrawn, refused or lapses is free again".to_owned()
            }
            Self::Reserved { free, .. } => format!(
                "take at most {free}, or wait until that is settled; what is withdrawn, refused or lapses is free again"
            ),
            Self::OpenAlready { by, .. } => {
                format!("wait until {by} is over or take it back, or declare under a reference of its own")
            }
            Self::TooManyReservations(_) => "wait until some of them are settled".to_owned(),
            Self::HeldAlready { .. } => "nothing is left to do".to_owned(),
            Self::NotHeld { .. } => "name the act that holds the goods".to_owned(),
            Self::OtherCommodity { .. } => "name a lot of these goods, or correct the code".to_owned(),
            Self::OtherUnit { unit, .. } => format!("write the quantity in {unit} or a unit that converts to it"),
            Self::Nothing => "write how much it is, above nothing".to_owned(),
            Self::Exists(_) | Self::Twice(_) => "choose a number that was never used".to_owned(),
            Self::LotDiffers { .. } | Self::FilledOnce { .. } => "put the goods into a lot of their own".to_owned(),
            Self::BeyondDeclared { left, .. } => {
                format!("move at most {left}, and have the surplus declared or the declaration amended")
            }
            Self::DeclaredDiffers { was, .. } => format!("write {was}, or have the declaration amended first"),
            Self::OtherPassage { .. } => "name an item of a declaration for this movement".to_owned(),
            Self::ItemZero => "number the items from 1".to_owned(),
            Self::NegativeValue => "write the customs value, nothing or more".to_owned(),
            Self::UnknownCurrency { .. } => "write the three letters of ISO 4217, such as `IRR`".to_owned(),
            Self::TooLarge => "see whether a point is missing, or move it in parts".to_owned(),
            Self::Empty => "name at least one".to_owned(),
            Self::OnePart { .. } => "name two or more parts, or transfer the receipt as a whole".to_owned(),
            Self::PartsDiffer { whole, .. } => format!("let the parts come to {whole}, to the last step"),
            Self::SameHolder { .. } => "name who is to hold it from now on".to_owned(),
            Self::Recipe { .. } => "have the recipe mended; nothing is made by it until then".to_owned(),
            Self::NoRuns => "write how many times it is run, from 1".to_owned(),
            Self::NotInRecipe { .. } => "leave it out, or choose the recipe that has it".to_owned(),
            Self::OtherInput { due, .. } => format!("take {due} in all, or change how many times the recipe is run"),
            Self::OtherYield { .. } => "weigh again; what is truly outside of the recipe needs another one".to_owned(),
            Self::CommodityTwice { .. } => "name it once, with all there is of it".to_owned(),
            Self::TooMuchWaste { most, .. } => format!("write at most {most}; record the rest as a loss, with its act"),
            Self::CreatesMass { .. } => "see whether products, scrap and loss were weighed right".to_owned(),
            Self::OtherMeasure { .. } => "take from it in the measure that it was granted in".to_owned(),
            Self::Overspent { left, .. } => format!("take at most {left}, or pay what is due on the rest"),
            Self::NotOffered { .. } => {
                "look at the offers that stand; one that was taken, withdrawn or rejected can be made again by its holder"
                    .to_owned()
            }
            Self::OfferChanged { .. } => "ask its holder for a new offer, of what there is now".to_owned(),
            Self::ArrivalRefused { .. } => "appeal against that decision: only a board looks at it again".to_owned(),
            Self::DischargedAlready { .. } => "nothing is left to do: its certificate proves it".to_owned(),
            Self::ArrivesAlready { by, .. } => format!("wait until {by} is over, or take it back"),
            Self::TooManyLayers(_) => "put the goods into another lot".to_owned(),
            Self::TooManyContents => "process the goods in smaller runs".to_owned(),
            Self::Misfit { .. } => "have the books rebuilt from the record".to_owned(),
        }
    }
}

impl Objection {
    /// What is in the way and what to do about it, by language tag.
    #[must_use]
    pub fn words(&self) -> BTreeMap<&'static str, String> {
        let en = format!("{}; {}", self.fault, self.fault.help());
        BTreeMap::from([("fa", crate::words::goods(&self.fault)), ("en", en)])
    }
}

/// References in a sentence.
struct Names<'a>(&'a [Id]);

impl std::fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().enumerate().try_for_each(|(place, id)| write!(f, "{}{id}", if place > 0 { ", " } else { "" }))
    }
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Objections(pub(super) Vec<Objection>);

impl Objections {
    pub(super) fn add(&mut self, at: impl Into<String>, fault: GoodsFault) {
        self.0.push(Objection { at: at.into(), fault });
    }

    /// Whether a quantity is something.
    pub(super) fn something(&mut self, at: &str, quantity: Quantity) {
        if quantity.is_zero() {
            self.add(at, GoodsFault::Nothing);
        }
    }

    /// Whether a value can be kept.
    pub(super) fn value(&mut self, at: &str, value: &Money) {
        if definition::value::minor_digits(&value.currency).is_none() {
            self.add(at, GoodsFault::UnknownCurrency { currency: value.currency.chars().take(12).collect() });
        }
        if value.minor < 0 {
            self.add(at, GoodsFault::NegativeValue);
        } else if value.minor > super::layer::MAX_MINOR {
            self.add(at, GoodsFault::TooLarge);
        }
    }
}
