//! A fee of less than nothing.
//!
//! What a `pay` stage asks for comes from a table's column. A row with an amount below zero would have the applicant owe a negative sum, and the stage
//! would pass as if it were paid. A table that sums its rows may have rows that take something off.
//!
//! Whoever the row is for pays nothing, and nobody meant that.
//!
//! To mend it, write the amount without the sign, or 0 where nothing is due.

use crate::check::context::Context;
use crate::model::{DecisionTable, FactPath, Service, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::table::{Aggregation, HitPolicy};
use crate::value::Value;

/// This rule.
pub const CODE: Code = Code { id: "P505", name: "fee-below-nothing" };

/// Looks at every row that gives a fee.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for (table, output) in fees(service) {
            let Some(decision) = service.tables.get(table) else { continue };
            for row in below_nothing(decision, output) {
                problems.push(Problem {
                    code: CODE,
                    span: context.places.find(&Part::TableRow(service.name.clone(), table.clone(), row)),
                    message: format!("this row gives a fee of less than nothing as `{output}`"),
                    related: Vec::new(),
                    why: "whoever the row is for would pass without paying, and nobody meant that".to_owned(),
                    help: "write the amount without the sign, or 0 where nothing is due".to_owned(),
                });
            }
        }
    }
}

/// The tables' columns that stages take fees from.
fn fees(service: &Service) -> impl Iterator<Item = (&String, &String)> {
    service.stages.iter().filter_map(|stage| match &stage.kind {
        StageKind::Pay { amount: FactPath::Output { table, output }, .. } => Some((table, output)),
        _ => None,
    })
}

fn below_nothing(decision: &DecisionTable, output: &str) -> Vec<usize> {
    let rules = decision.table.rules();
    let column = decision.outputs.iter().position(|known| known.name == output);
    let Some(column) = column.filter(|_| rules.hit != HitPolicy::Collect(Aggregation::Sum)) else { return Vec::new() };
    let is_below = |value: &Value| matches!(value, Value::Money(money) if money.minor < 0);
    let rows = rules.rows.iter().enumerate();
    let below = rows.filter(|(_, row)| row.outputs.get(column).and_then(Option::as_ref).is_some_and(is_below));
    below.map(|(number, _)| number).collect()
}
