//! Documents that stand in for those that people would bring. Each says that it is a sample.
//!
//! Must not know of: who brings them.

use definition::value::{DocumentKind, Type};

/// A page that says that it is a sample, as PDF.
const PDF: &[u8] =
    b"%PDF-1.7\n% a sample\n1 0 obj<</Type/Page>>endobj\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n48\n%%EOF\n";
/// A picture of one grey point, as PNG.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A document's bytes, name and media type.
pub(super) struct StandIn {
    pub(super) bytes: &'static [u8],
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
}

/// What stands in for a document of this type; nothing for what is no document, or whose content functions read.
pub(super) const fn of(type_: &Type) -> Option<StandIn> {
    match type_ {
        Type::Document | Type::DocumentOf(DocumentKind::Pdf) => {
            Some(StandIn { bytes: PDF, name: "sample.pdf", media_type: "application/pdf" })
        }
        Type::DocumentOf(DocumentKind::Image) => {
            Some(StandIn { bytes: PNG, name: "sample.png", media_type: "image/png" })
        }
        _ => None,
    }
}
