//! Which of the data that a function was given an objection of the accounts is about, so that it stands beside the question that mends it.
//!
//! Must not know of: how an objection came about, how it is told.

use crate::goods::{GoodsFault, Movement, Objection};

/// What a datum says of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Says {
    /// What is declared: goods, quantity, procedure, value.
    Declaration,
    /// What a declaration is to become.
    Amendment,
    /// What a declaration was assessed at; nobody is asked for it.
    Assessment,
    /// Whose the goods are.
    Owner,
    /// The lot or receipt that they are taken from.
    Holding,
    /// Where they are put.
    Warehouse,
    /// How much.
    Quantity,
    /// Until when.
    Until,
    /// Who is to hold them.
    Holder,
    /// By which recipe goods are made.
    Recipe,
    /// How many times it is run.
    Runs,
    /// How much was made.
    Yield,
}

/// Where the datum stands that an objection is about, in what a function takes: that which mends it best, else the first.
pub(in super::super) fn of(takes: &[Says], objection: &Objection) -> usize {
    let best = mends(&objection.fault).iter().find_map(|says| takes.iter().position(|one| one == says));
    best.unwrap_or(0)
}

/// The number of the item of a declaration that a movement is by; 0 where it is by none.
pub(in super::super) fn item(movement: &Movement) -> u32 {
    match movement {
        Movement::Entry(entry) => entry.item.item,
        Movement::Amend(amend) => amend.item.item,
        Movement::Exit(exit) => exit.0.item.item,
        Movement::Reexport(reexport) => reexport.0.item.item,
        Movement::Transit(transit) => transit.0.item.item,
        _ => 0,
    }
}

/// What would have to be said otherwise, the most likely first.
fn mends(fault: &GoodsFault) -> &'static [Says] {
    use Says::{Amendment, Declaration, Holder, Holding, Owner, Quantity, Recipe, Runs, Warehouse, Yield};
    match fault {
        GoodsFault::Unknown(_)
        | GoodsFault::NoneOf { .. }
        | GoodsFault::Spent(_)
        | GoodsFault::Held { .. }
        | GoodsFault::HeldAlready { .. }
        | GoodsFault::NotHeld { .. }
        | GoodsFault::TooManyLayers(_)
        | GoodsFault::TooManyContents => &[Holding, Owner],
        GoodsFault::OtherCommodity { .. } => &[Holding, Declaration],
        GoodsFault::MovedOn(_) => &[Amendment, Holding],
        GoodsFault::NotOffered { .. }
        | GoodsFault::OfferChanged { .. }
        | GoodsFault::DischargedAlready { .. }
        | GoodsFault::ArrivalRefused { .. }
        | GoodsFault::ArrivesAlready { .. }
        | GoodsFault::TooManyReservations(_) => &[Holding],
        GoodsFault::OpenAlready { .. } => &[Declaration],
        GoodsFault::NotEnough { .. } | GoodsFault::Reserved { .. } => &[Quantity, Runs, Declaration, Holding],
        GoodsFault::OtherUnit { .. } | GoodsFault::Nothing | GoodsFault::TooLarge => {
            &[Quantity, Amendment, Declaration, Yield, Runs]
        }
        GoodsFault::BeyondDeclared { .. }
        | GoodsFault::DeclaredDiffers { .. }
        | GoodsFault::OtherPassage { .. }
        | GoodsFault::ItemZero
        | GoodsFault::NegativeValue
        | GoodsFault::UnknownCurrency { .. }
        | GoodsFault::Exists(_)
        | GoodsFault::Twice(_)
        | GoodsFault::FilledOnce { .. } => &[Declaration],
        GoodsFault::LotDiffers { what, .. } => match *what {
            "warehouse" => &[Warehouse, Declaration],
            "owner" => &[Owner, Declaration],
            _ => &[Declaration],
        },
        GoodsFault::SameHolder { .. } => &[Holder],
        GoodsFault::Recipe { .. } | GoodsFault::NotInRecipe { .. } | GoodsFault::CommodityTwice { .. } => &[Recipe],
        GoodsFault::OtherInput { .. } | GoodsFault::NoRuns => &[Runs, Recipe],
        GoodsFault::OtherYield { .. } | GoodsFault::TooMuchWaste { .. } | GoodsFault::CreatesMass { .. } => {
            &[Yield, Runs]
        }
        GoodsFault::OtherMeasure { .. } | GoodsFault::Overspent { .. } => &[Quantity],
        // No function splits receipts, and books that do not fit are nobody's answer.
        GoodsFault::Empty | GoodsFault::OnePart { .. } | GoodsFault::PartsDiffer { .. } | GoodsFault::Misfit { .. } => {
            &[]
        }
    }
}
