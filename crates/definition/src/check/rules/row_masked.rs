//! A row of a decision table never counts.
//!
//! Either no input can match the row, or (policies `first` and `priority`) wherever it matches, other rows go before it.
//!
//! Whoever reads the table believes that the row is the rule for someone, and it is for nobody.
//!
//! To mend it, move the row before those that hide it, change its cells, or remove it.

use crate::check::context::Context;
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P503", name: "row-masked" };

/// Tells the rows that the examination found.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for (service, name, _, findings) in context.tables() {
        for row in findings.masked.iter().flatten() {
            problems.push(Problem {
                code: CODE,
                span: context.places.find(&Part::TableRow(service.name.clone(), name.clone(), *row as usize)),
                message: format!("this row of the table `{name}` never counts"),
                related: Vec::new(),
                why: "people read it as a rule, and it is applied to nobody".to_owned(),
                help: "move it before the rows that hide it, change its cells, or remove it".to_owned(),
            });
        }
    }
}
