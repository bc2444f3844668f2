//! `customs.goods.manifest`: a carrier's cargo manifest comes on record, line by line.
//!
//! Takes whose the vehicle is, and the lines as they are written. The manifest's reference is the case's, by which declarations name a line of it as an earlier document
//! (WCO Data Model 99A; 785 of UN/EDIFACT 1001). Must not know of: what becomes of the goods.

mod lines;

use definition::value::Value;

use super::super::Paper;
use super::{Books, Fault, Given, Says, goods_of, id};
use crate::declaration::{Document, Item, Shipment};
use crate::goods::{Book, Id, Manifest, ManifestLine, Movement};

pub use lines::read_manifest;

/// What a cargo manifest is called as an earlier document: UN/EDIFACT 1001, and with the letter that the Union's lists put before it.
const KINDS: [&str; 2] = ["785", "N785"];

pub(super) struct Manifesting;

impl Books for Manifesting {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Declaration]
    }

    fn movements(&self, given: &[Given<'_>], case: &str, _: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let carrier = id(given, 0)?;
        let Some(Given::Value(Value::Text(text))) = given.get(1) else { return Err(Vec::new()) };
        // Tried before there is a case, it has no reference yet.
        let manifest =
            Id::new(if case.is_empty() { "-" } else { case }).map_err(|fault| vec![Fault::name(1, &fault)])?;
        let filed = |(line, of): (u32, lines::Line)| {
            Movement::Manifest(Manifest {
                line: ManifestLine { manifest: manifest.clone(), line },
                carrier: carrier.clone(),
                transport_document: of.transport_document,
                commodity: of.commodity,
                packages: of.packages,
                gross: of.gross,
            })
        };
        Ok(lines::read(text)?.into_iter().map(filed).collect())
    }
}

/// The lines of manifests that a declaration names, each with the number of its item; none where it cannot be read as one.
#[must_use]
pub fn named_lines(declaration: &Paper) -> Vec<(u32, ManifestLine)> {
    let Ok(declaration) = declaration.declared() else { return Vec::new() };
    let shipment = &declaration.shipment;
    let of = |item: &Item| {
        let (number, ..) = goods_of(item).ok()?;
        Some((number, named(shipment, item, number).ok()??))
    };
    shipment.items.iter().filter_map(of).collect()
}

/// The line of a manifest that an item of a declaration names; of all items, where the shipment names one.
pub(super) fn named(shipment: &Shipment, item: &Item, number: u32) -> Result<Option<ManifestLine>, Fault> {
    let is_manifest = |of: &&Document| of.kind.as_ref().is_some_and(|kind| KINDS.contains(&kind.value.as_str()));
    let mut own = item.previous.iter().filter(is_manifest);
    let (first, second) = (own.next().or_else(|| shipment.previous.iter().find(is_manifest)), own.next());
    let Some(document) = first else { return Ok(None) };
    if second.is_some() {
        return Err(Fault::manifest_twice(number).at(document.id.as_ref().map(|id| id.span), item));
    }
    let wrong = |field, span| Fault::manifest_line(number, field).at(span, item);
    let id = document.id.as_ref();
    let manifest = id.and_then(|id| Id::of_reference(&id.value).ok());
    let manifest = manifest.ok_or_else(|| wrong("manifest", id.map(|id| id.span)))?;
    let said = document.line.as_ref();
    let line = said.filter(|line| line.value.fract().is_zero());
    let line = line.and_then(|line| u32::try_from(line.value).ok()).filter(|line| *line > 0);
    let line = line.ok_or_else(|| wrong("manifest-line", said.map(|line| line.span)))?;
    Ok(Some(ManifestLine { manifest, line }))
}
