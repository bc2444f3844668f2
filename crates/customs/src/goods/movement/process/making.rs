//! What comes out of processing: each product within the recipe's yield, and no more waste than it allows.
//!
//! Must not know of: what went in.

use std::collections::BTreeSet;

use super::{Process, Waste, WasteKind};
use crate::goods::account::{Account, Posting};
use crate::goods::layer::Layer;
use crate::goods::movement::Holding;
use crate::goods::name::Commodity;
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::quantity::Quantity;
use crate::goods::recipe::Product;
use crate::goods::row::Book;

/// Whether what is made is what the recipe makes.
pub(super) fn judge(process: &Process, book: &Book, objections: &mut Objections) {
    if process.makes.is_empty() {
        objections.add("makes", GoodsFault::Empty);
    }
    let mut lots = BTreeSet::new();
    let mut made = BTreeSet::new();
    for (index, one) in process.makes.iter().enumerate() {
        let at = format!("makes[{}]", index + 1);
        objections.something(&format!("{at}.quantity"), one.quantity);
        if !lots.insert(&one.lot) {
            objections.add(format!("{at}.lot"), GoodsFault::Twice(Holding::Lot(one.lot.clone())));
        }
        if !made.insert(&one.commodity) {
            objections.add(format!("{at}.commodity"), GoodsFault::CommodityTwice { commodity: one.commodity.clone() });
        }
        match process.recipe.product(&one.commodity) {
            Some(product) => {
                yields(product, one.quantity, process.runs, &format!("{at}.quantity"), objections);
            }
            None => objections.add(&at, GoodsFault::NotInRecipe { commodity: one.commodity.clone() }),
        }
        process.filling(one).judge(book, &format!("{at}.lot"), objections);
    }
    for product in process.recipe.products.iter().filter(|product| !made.contains(&product.commodity)) {
        yields(product, Quantity::zero(product.most.kind()), process.runs, "makes", objections);
    }
}

/// Whether a product is within its yield.
fn yields(product: &Product, is: Quantity, runs: u32, at: &str, objections: &mut Objections) {
    let (Some(least), Some(most)) = (product.least.times(runs), product.most.times(runs)) else {
        objections.add("runs", GoodsFault::TooLarge);
        return;
    };
    if is.kind() != most.kind() {
        objections.add(at, GoodsFault::OtherUnit { wanted: is, unit: most.kind().unit() });
    } else if is.minus(least).is_none() || most.minus(is).is_none() {
        objections.add(at, GoodsFault::OtherYield { commodity: product.commodity.clone(), is, least, most });
    }
}

/// What passes out of processing and is of no use. It carries no provenance: all of that goes with the products.
pub(super) fn wasted(process: &Process, objections: &mut Objections) -> Vec<Posting> {
    let mut named = BTreeSet::new();
    let mut postings = Vec::with_capacity(process.waste.len());
    for (index, waste) in process.waste.iter().enumerate() {
        let at = format!("waste[{}]", index + 1);
        objections.something(&format!("{at}.quantity"), waste.quantity);
        if !named.insert((&waste.commodity, waste.kind)) {
            let commodity: Commodity = waste.commodity.clone();
            objections.add(format!("{at}.commodity"), GoodsFault::CommodityTwice { commodity });
        }
        allowed(process, waste, &at, objections);
        postings.push(Posting {
            from: Account::Processed,
            to: if waste.kind == WasteKind::Scrap { Account::Scrap } else { Account::Loss },
            commodity: waste.commodity.clone(),
            layers: vec![Layer { quantity: waste.quantity, made: false, contents: Vec::new() }],
        });
    }
    postings
}

/// Whether the recipe allows so much waste.
fn allowed(process: &Process, waste: &Waste, at: &str, objections: &mut Objections) {
    let Some(input) = process.recipe.input(&waste.commodity) else {
        objections.add(at, GoodsFault::NotInRecipe { commodity: waste.commodity.clone() });
        return;
    };
    let most = if waste.kind == WasteKind::Scrap { input.scrap } else { input.loss };
    let most = most.unwrap_or(Quantity::zero(input.quantity.kind())).times(process.runs);
    let Some(most) = most else {
        objections.add("runs", GoodsFault::TooLarge);
        return;
    };
    let (commodity, is) = (waste.commodity.clone(), waste.quantity);
    if is.kind() != most.kind() {
        objections.add(format!("{at}.quantity"), GoodsFault::OtherUnit { wanted: is, unit: most.kind().unit() });
    } else if most.minus(is).is_none() {
        objections.add(format!("{at}.quantity"), GoodsFault::TooMuchWaste { commodity, is, most });
    }
}
