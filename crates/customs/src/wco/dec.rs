//! The declaration of the WCO Data Model, version 3.6, in the profile that the United Kingdom uses: 75 classes, 307 parts.
//!
//! After the schema `WCO_DEC_2_DMS.xsd` (version 2.15), which HM Revenue & Customs publishes under the Apache License 2.0 with its declarations API; a test
//! holds the tables against it. Must not know of: what a declaration means.

mod header;
mod item;
mod party;
mod shipment;

pub use header::DECLARATION;
pub(crate) use item::ITEM;

/// The name of the element that holds a declaration.
pub const NAME: &str = "Declaration";
