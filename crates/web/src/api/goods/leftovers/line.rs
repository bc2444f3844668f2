//! A line of a cargo manifest that is left over, as programs are told of it.
//!
//! Must not know of: what is left over of other papers.

use app::customs::goods::{ItemRef, Left, Manifest, ManifestLine, Quantity};
use serde::Serialize;
use utoipa::ToSchema;

use super::open_and_beyond;
use crate::api::goods::answers::QuantityAnswer;

/// A line of a cargo manifest.
#[derive(Serialize, ToSchema)]
#[schema(as = ManifestLine)]
pub(super) struct LineAnswer {
    /// The manifest's reference.
    manifest: String,
    line: u32,
    /// The consignment note or bill of lading; this and what follows absent where nobody filed the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    transport_document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{6,10}$")]
    commodity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    packages: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gross_mass: Option<QuantityAnswer>,
    /// How much did not come in.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<QuantityAnswer>,
    /// How much more came in than was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<QuantityAnswer>,
    /// What came in by it.
    entered: Vec<EnteredAnswer>,
}

/// What came in by an item of a declaration.
#[derive(Serialize, ToSchema)]
#[schema(as = EnteredItem)]
pub(super) struct EnteredAnswer {
    declaration: String,
    item: u32,
    quantity: QuantityAnswer,
}

impl LineAnswer {
    pub(super) fn of(
        line: ManifestLine,
        filed: Option<Manifest>,
        left: Left,
        entered: Vec<(String, ItemRef, Quantity)>,
    ) -> Self {
        let (open, beyond) = open_and_beyond(Some(left));
        let (document, commodity, packages, gross) = match filed {
            Some(of) => (Some(of.transport_document), Some(of.commodity), Some(of.packages), Some(of.gross)),
            None => (None, None, None, None),
        };
        let item = |(_, of, quantity): (String, ItemRef, Quantity)| EnteredAnswer {
            declaration: of.declaration.to_string(),
            item: of.item,
            quantity: quantity.into(),
        };
        Self {
            manifest: line.manifest.to_string(),
            line: line.line,
            transport_document: document.map(|document| document.to_string()),
            commodity: commodity.map(|commodity| commodity.to_string()),
            packages,
            gross_mass: gross.map(QuantityAnswer::from),
            open,
            beyond,
            entered: entered.into_iter().map(item).collect(),
        }
    }
}
