//! Customs: what a declaration says, what goods owe, and why. Pure functions over declared data, tables and dates.
//!
//! Must not know of: cases, storage, HTTP, files, the clock.

pub mod amend;
pub mod assess;
pub mod codes;
pub mod declaration;
pub mod edifact;
pub mod encoding;
pub mod form;
pub mod functions;
pub mod goods;
pub mod message;
pub mod nomenclature;
pub mod notification;
pub mod problem;
pub mod rates;
pub mod reason;
pub mod risk;
pub mod sheet;
mod table;
pub mod tariff;
pub mod wco;
mod words;

pub use message::{MAX_MESSAGE_BYTES, Message, read};
pub use problem::{At, Fault, Place, Problem};
pub use table::{RowFault, RowProblem};
