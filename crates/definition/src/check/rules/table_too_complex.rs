//! A decision table is too entangled to be examined exactly.
//!
//! Gaps, overlaps and rows that never count are found exactly, within a bounded amount of work. Tables of thousands of rows are examined in a moment
//! when their rows are mostly apart; a table whose rows cross each other in many columns can be beyond it. Then nothing is said about it, and that
//! is a problem: what was not examined may leave people without a decision.
//!
//! Nobody could read such a table through either.
//!
//! To mend it, split the table in two, the second of which reads what the first gave, or let rows differ in fewer columns.

use crate::check::context::Context;
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P504", name: "table-too-complex" };

/// Tells the tables whose examination was given up.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for (service, name, _, findings) in context.tables() {
        let questions = [
            ("gaps", findings.gaps.is_err()),
            ("overlaps", findings.overlaps.is_err()),
            ("rows that never count", findings.masked.is_err()),
        ];
        let open: Vec<&str> = questions.iter().filter(|(_, given_up)| *given_up).map(|(what, _)| *what).collect();
        if open.is_empty() {
            continue;
        }
        problems.push(Problem {
            code: CODE,
            span: context.places.find(&Part::Table(service.name.clone(), name.clone())),
            message: format!("the table `{name}` is too entangled to be searched for {}", open.join(", ")),
            related: Vec::new(),
            why: "nobody can say whether it has a decision for everyone".to_owned(),
            help: "split it in two tables, the second of which reads what the first gave".to_owned(),
        });
    }
}
