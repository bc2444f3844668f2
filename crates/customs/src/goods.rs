//! The zone's goods accounts: what comes in, lies there, changes hands, is worked on and leaves, to the last unit and traceable to the declaration that it came by.
//!
//! Must not know of: cases, storage, who may act, taxes, the clock.
//!
//! Double entry. An account is a lot, a warehouse receipt, or one of the boundary accounts ([`Account`]). Goods move by [`Posting`]s alone, each of which takes
//! layers of goods out of one account and puts the same layers into another, so that none that does not balance can be written down. What a movement comes to
//! is decided by [`decide`] and brought about by [`fold`]; both look only at the rows that the movement names ([`Movement::rows`]).
//!
//! The best description of such accounts is that of foreign-trade zones in the United States, 19 CFR part 146, and they follow it where nothing else is said:
//! lots and unique identifiers, first in first out for fungible goods (146.23(a)), traceable to the document of admission (146.22(a)), balances, receipts and
//! removals by quantity and value (146.23(b)), shortages on record (146.53(a)), an audit trail from admission to transfer (146.21(a)(5)).

mod account;
mod allowance;
mod apportion;
mod arrival;
mod decide;
mod fold;
mod history;
mod item;
mod layer;
mod leftover_ref;
mod lot;
mod money;
mod movement;
mod name;
mod offer;
mod problem;
mod quantity;
mod receipt;
mod recipe;
mod reservation;
mod row;
mod taking;
mod trace;
mod unit;
pub mod value_added;
mod weighing;
mod write_off;

pub use account::{Account, Posted, Posting};
pub use allowance::{Allowance, AllowanceRef, Measure};
pub use apportion::apportion;
pub use arrival::Arrival;
pub use decide::{Decided, decide, decide_all};
pub use fold::{Misfit, fold};
pub use history::{HistoryLine, OfferedTo, history};
pub use item::{DeclaredItem, ItemRef, Passage};
pub use layer::{Content, Layer, MAX_CONTENTS, MAX_LAYERS, Status};
pub use leftover_ref::{LeftoverRef, NoLeftover};
pub use lot::{HoldKind, Lot, Method, Stock};
pub use movement::{
    Accept, Amend, Becomes, Departure, Discharge, Entry, Exit, Free, Hold, Holding, Issue, Loss, Made, Manifest,
    ManifestLine, Movement, Offer, Part, Process, Reexport, RefuseArrival, Reject, Reserve, ReserveArrival, Sample,
    Settle, Spend, Split, Surrender, Take, Transfer, Transit, Unreserve, UnreserveArrival, Waste, WasteKind, Withdraw,
};
pub use name::{Commodity, Country, Id, NameFault};
pub use offer::Offer as Offered;
pub use problem::{GoodsFault, Objection, RecipeFault};
pub use quantity::{MAX_STEPS, Quantity, QuantityFault};
pub use receipt::Receipt;
pub use recipe::{Ingredient, Product, Recipe};
pub use reservation::{MAX_RESERVATIONS, Reservation};
pub use row::{Book, Row, RowKey};
pub use trace::{TraceLine, trace};
pub use unit::{Kind, UNITS};
pub use weighing::{MassDiffers, Weighed, mass_differs};
pub use write_off::{Left, Leftover, Paper, Papers};
