//! A decision table has no rule for some inputs.
//!
//! A table that gives what one rule says (`unique`, `any`, `first`, `priority`) must have a rule for everything that can come in: every code of a
//! list, every number within the bounds of its concept, every date. The gap is found exactly, and the example shows one row of inputs that nothing
//! is for.
//!
//! A person with these inputs gets no decision, and nobody notices until one comes.
//!
//! To mend it, add a row for the inputs shown, or widen a row next to them.

use crate::check::context::Context;
use crate::model::DecisionTable;
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::table::{UnaryTests, literal};
use crate::value::Value;

/// This rule.
pub const CODE: Code = Code { id: "P501", name: "table-gap" };

/// Tells the gaps that the examination found.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for (service, name, decision, findings) in context.tables() {
        for gap in findings.gaps.iter().flatten() {
            problems.push(Problem {
                code: CODE,
                span: context.places.find(&Part::Table(service.name.clone(), name.clone())),
                message: format!("the table `{name}` has no rule for {}", inputs(decision, &gap.witness)),
                related: Vec::new(),
                why: "a person with these inputs would get no decision".to_owned(),
                help: format!("add a row that covers {}", cells(decision, &gap.region)),
            });
        }
    }
}

/// A row of inputs as a reader sees them: `risk` = "low", `capital` = 5.
pub(super) fn inputs(decision: &DecisionTable, values: &[Value]) -> String {
    if values.is_empty() {
        return "any case, since it has no inputs".to_owned();
    }
    let columns = decision.table.rules().inputs.iter().zip(values);
    columns.map(|(column, value)| format!("`{}` = {}", column.path, literal(value))).collect::<Vec<_>>().join(", ")
}

fn cells(decision: &DecisionTable, tests: &[UnaryTests]) -> String {
    let columns = decision.table.rules().inputs.iter().zip(tests);
    columns.map(|(column, tests)| format!("`{}`: {tests}", column.path)).collect::<Vec<_>>().join(", ")
}
