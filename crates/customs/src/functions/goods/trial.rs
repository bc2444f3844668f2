//! What the goods accounts say of movements: tried, and done.
//!
//! Must not know of: what a function moves.

use std::collections::BTreeMap;

use super::{Books, Moved, beside, refused};
use crate::functions::{Asked, AtHand, Fault, Given};
use crate::goods::{Decided, Movement, Objection, Row, RowKey, decide_all};

/// What the accounts say of a movement, without doing it.
pub(in super::super) fn trial(
    function: &dyn Books,
    given: &[Given<'_>],
    case: &str,
    rows: &AtHand,
) -> Result<Asked<Vec<Decided>>, Vec<Fault>> {
    let missing = rows.missing(function.needs(given)?);
    if !missing.is_empty() {
        return Ok(Asked::Wants(missing));
    }
    let movements = function.movements(given, case, &rows.book)?;
    // A lot that a case without a name would open has none either, and is not there.
    let is_unnamed = |row: &RowKey| matches!(row, RowKey::Lot(lot) if lot.as_str().starts_with('-'));
    let wanted = movements.iter().flat_map(Movement::rows).filter(|row| !(case.is_empty() && is_unnamed(row)));
    let missing = rows.missing(wanted);
    if !missing.is_empty() {
        return Ok(Asked::Wants(missing));
    }
    let refused = |(place, objection): &(usize, Objection)| {
        let item = movements.get(*place).filter(|_| movements.len() > 1).map_or(0, beside::item);
        refused(beside::of(function.says(), objection), item, objection)
    };
    let all_refused = |objections: Vec<(usize, Objection)>| objections.iter().map(refused).collect();
    decide_all(&rows.book, &movements).map(Asked::Says).map_err(all_refused)
}

/// What a function moves.
pub(in super::super) fn book(
    function: &dyn Books,
    given: &[Given<'_>],
    case: &str,
    rows: &AtHand,
) -> Result<Asked<Moved>, Vec<Fault>> {
    let decided = match trial(function, given, case, rows)? {
        Asked::Says(decided) => decided,
        Asked::Wants(rows) => return Ok(Asked::Wants(rows)),
    };
    let posted: Vec<_> = decided.iter().map(|one| &one.posted).collect();
    let posted = serde_json::to_string(&posted).map_err(|_| Vec::new())?;
    // Of a row that several movements change, what the last leaves is what stands.
    let mut rows: BTreeMap<RowKey, Row> = BTreeMap::new();
    let of_one = |one: Decided| {
        rows.extend(one.rows);
        one.posted
    };
    let movements = decided.into_iter().map(of_one).collect();
    Ok(Asked::Says(Moved { posted, movements, rows: rows.into_iter().collect() }))
}
