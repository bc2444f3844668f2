//! Two rules of a decision table are for the same inputs.
//!
//! In a `unique` table at most one rule may match whatever comes in; in one with the policy `any`, rules that match together must say the same. The
//! example shows inputs that both rows match.
//!
//! What a person with these inputs is told would hang on the order in which somebody wrote the rows.
//!
//! To mend it, narrow one of the two rows, or choose a hit policy that says which of them counts (`first`, `priority`).

use crate::check::context::Context;
use crate::check::rules::table_gap::inputs;
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P502", name: "table-overlap" };

/// Tells the overlaps that the examination found.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for (service, name, decision, findings) in context.tables() {
        let row = |row: u32| context.places.find(&Part::TableRow(service.name.clone(), name.clone(), row as usize));
        for overlap in findings.overlaps.iter().flatten() {
            problems.push(Problem {
                code: CODE,
                span: row(overlap.row_b),
                message: format!("this row and an earlier one are both for {}", inputs(decision, &overlap.witness)),
                related: vec![(row(overlap.row_a), "the earlier row".to_owned())],
                why: "two people with the same inputs could be told different things".to_owned(),
                help: "narrow one of the two rows, or give the table the hit policy `first`".to_owned(),
            });
        }
    }
}
