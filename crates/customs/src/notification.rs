//! What customs answers to a declaration: accepted, what is due, under control, documents wanted, cleared, released, rejected.
//!
//! Must not know of: why an answer is what it is.

mod due;
mod take;
mod told;
mod write;

use definition::span::Spanned;
use definition::value::{Date, Decimal};

pub(crate) use take::notification;
pub use told::{About, Function};

use crate::declaration::{Amount, Measure, Pointer, Statement, Text};

/// An answer (WCO Data Model, class 07B).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What it says (017): `01` accepted, `09` cleared, `13` what is due.
    pub function: Text,
    /// Its own reference (D026).
    pub reference: Option<Text>,
    /// When it was given (D029).
    pub issued: Option<Spanned<Date>>,
    /// The declarant's reference of the declaration (D026).
    pub declaration_reference: Option<Text>,
    /// Customs' reference of the declaration (D014).
    pub declaration_id: Option<Text>,
    /// Which version of the declaration it answers (383).
    pub version: Option<Text>,
    /// The day on which the declaration was accepted (023).
    pub accepted: Option<Spanned<Date>>,
    /// States that the declaration came to (379).
    pub states: Vec<Text>,
    /// What is wrong with the declaration (53A).
    pub errors: Vec<Rejection>,
    /// Statements (03A).
    pub statements: Vec<Statement>,
    /// What is due, by item and tax (50A).
    pub taxes: Vec<TaxLine>,
}

/// One reason why a declaration is rejected (class 53A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejection {
    /// Its code (377).
    pub code: Option<Text>,
    /// Its words (488).
    pub text: Option<Text>,
    /// The way to what is wrong, from the message inwards (97A).
    pub pointer: Vec<Pointer>,
}

/// One duty or tax on one item (class 50A).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxLine {
    /// The item's number (006).
    pub item: Option<Spanned<Decimal>>,
    /// Which duty or tax (113).
    pub kind: Option<Text>,
    /// The regime (164).
    pub regime: Option<Text>,
    /// What it is a share of (116).
    pub base: Option<Amount>,
    /// The quantity that it is computed on (129).
    pub quantity: Option<Measure>,
    /// The rate, in percent (115).
    pub rate: Option<Spanned<Decimal>>,
    /// What is deducted from it (111).
    pub deduct: Option<Amount>,
    /// What it comes to (120).
    pub assessed: Option<Amount>,
    /// What is to be paid (378).
    pub payable: Option<Amount>,
}
