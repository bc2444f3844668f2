//! What a request gives beside what its pointers name.
//!
//! Must not know of: how a change is applied.

use super::apply::written;
use super::pointer::sequence;
use super::{Change, Kind};
use crate::wco::dec;
use crate::wco::model::{Class, Content};
use crate::wco::tree::Tree;

/// Parts of a request that are of the request itself.
const OWN: [&str; 9] = [
    "FunctionCode",
    "FunctionalReferenceID",
    "ID",
    "TypeCode",
    "IssueDateTime",
    "Authentication",
    "Submitter",
    "AdditionalInformation",
    "Amendment",
];

/// What the request gives and the declaration has otherwise, once the changes were made.
pub(super) fn unpointed(given: &Tree, tree: &Tree) -> Vec<Change> {
    let mut found = Vec::new();
    for part in given.parts.iter().filter(|part| !OWN.contains(&part.name)) {
        compare(given, part, Some(tree), &dec::DECLARATION, dec::NAME, &mut found);
    }
    found
}

/// Holds a part of `given`, which is of the class `class`, against `own`.
fn compare(given: &Tree, part: &Tree, own: Option<&Tree>, class: &'static Class, path: &str, found: &mut Vec<Change>) {
    let Some((_, row)) = class.part(part.name) else { return };
    let before =
        given.parts.iter().take_while(|other| !std::ptr::eq(*other, part)).filter(|other| other.name == part.name);
    let before = before.count();
    let mut same = own.into_iter().flat_map(|own| own.parts.iter()).filter(|other| other.name == part.name);
    let number =
        if row.most == Some(1) { String::new() } else { format!("[{}]", sequence(part).unwrap_or(before + 1)) };
    let path = format!("{path}/{}{number}", part.name);
    match &row.content {
        Content::Class(inner) => {
            let same = match sequence(part) {
                Some(number) if inner.part("SequenceNumeric").is_some() => {
                    same.find(|other| sequence(other) == Some(number))
                }
                _ => same.nth(before),
            };
            part.parts.iter().for_each(|datum| compare(part, datum, same, inner, &path, found));
        }
        Content::Datum(_) => {
            let own = same.next();
            if !part.text.is_empty() && own.is_none_or(|own| own.text != part.text) {
                let (before, after) = (own.map(written), Some(written(part)));
                found.push(Change {
                    path,
                    id: row.id,
                    kind: Kind::Unpointed,
                    before,
                    after,
                    reason: None,
                    words: None,
                });
            }
        }
    }
}
