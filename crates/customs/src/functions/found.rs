//! Where the holder of goods finds what is in a row of the accounts: the record of a register that the definition of the function names which moved it.
//!
//! Must not know of: how registers and rows are kept.

use std::collections::BTreeMap;

use definition::model::{Name, Register, Zone};
use definition::value::Value;

use super::of_row;
use crate::goods::{Row, RowKey};

/// A record that stands for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'z> {
    /// In which register.
    pub register: &'z Name,
    /// Under which key.
    pub key: String,
    /// Whose it is.
    pub held_by: String,
    /// What it says, by concept.
    pub values: BTreeMap<String, Value>,
    /// Whether anything is left in the row: when nothing is, there is no record.
    pub is_left: bool,
}

/// The record that stands for a row after this function of the zone moved it; none where it names no register for such rows.
#[must_use]
pub fn found<'z>(zone: &'z Zone, function: &str, key: &RowKey, row: &Row) -> Option<Found<'z>> {
    let owner = key.owner(row)?.as_str().to_owned();
    let (name, register) = register_of(zone, function, key)?;
    let said = of_row(key, row);
    let last = |concept: &String| said.get(concept.rsplit('.').next()?).cloned();
    let mut values: BTreeMap<String, Value> =
        register.holds.iter().filter_map(|concept| Some((concept.clone(), last(concept)?))).collect();
    values.extend(register.held_by.iter().map(|concept| (concept.clone(), Value::Text(owner.clone()))));
    Some(Found { register: name, key: key.key(), held_by: owner, values, is_left: row.is_left() })
}

/// The register that a function of the zone names for rows of this kind.
#[must_use]
pub fn register_of<'z>(zone: &'z Zone, function: &str, key: &RowKey) -> Option<(&'z Name, &'z Register)> {
    let what = key.kind().rsplit('/').next()?;
    let name = zone.functions.get(function)?.books.get(what)?;
    Some((name, zone.registers.get(name)?))
}
