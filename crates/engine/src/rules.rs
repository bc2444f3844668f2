//! Applying a decision table to what a case knows: the same inputs give the same answer, whenever it is run again.
//!
//! Must not know of: stages, acts.

use std::collections::BTreeMap;

use definition::model::{DecisionTable, Name, Zone};
use definition::table::Outputs;
use definition::value::Value;

use crate::reading;

/// What a table gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// The rows that fired, from 1 as a reader of the table counts them.
    pub rows: Vec<u32>,
    /// What they gave, by output; a list where the hit policy gives several.
    pub outputs: BTreeMap<Name, Value>,
    /// The ground that the first of them cites.
    pub ground: Option<Name>,
}

/// Applies a table to these facts. None when a fact is not known, or no row fires: the checker has ruled both out.
pub fn apply(zone: &Zone, facts: &BTreeMap<String, Value>, table: &DecisionTable) -> Option<Ruled> {
    let inputs: Option<Vec<Value>> = table.inputs.iter().map(|path| reading::read(zone, facts, path)).collect();
    let hit = table.table.evaluate(&inputs?).ok()?;
    let first = hit.rows.first().copied();
    let ground = first.and_then(|row| table.grounds.get(row as usize)).cloned().flatten();
    let names = table.outputs.iter().map(|output| &output.name);
    let outputs = match hit.outputs {
        Outputs::Nothing => return None,
        Outputs::Row(cells) => given(names, cells.iter().map(Option::as_ref)),
        Outputs::Rows(rows) => names
            .enumerate()
            .map(|(column, name)| {
                let cells = rows.iter().filter_map(|row| row.get(column).and_then(Option::as_ref));
                (name.clone(), Value::List(cells.cloned().collect()))
            })
            .collect(),
        Outputs::Aggregate(value) => given(names, std::iter::once(Some(&value))),
    };
    Some(Ruled { rows: hit.rows.iter().map(|row| row.saturating_add(1)).collect(), outputs, ground })
}

fn given<'a>(
    names: impl Iterator<Item = &'a Name>,
    cells: impl Iterator<Item = Option<&'a Value>>,
) -> BTreeMap<Name, Value> {
    names.zip(cells).filter_map(|(name, cell)| Some((name.clone(), cell?.clone()))).collect()
}
