//! A row of a table gives no route, where a stage decides by the table.
//!
//! A `decide` stage goes on by what stands in the table's column `route`. In a row that counts, the cell must not be empty.
//!
//! A case for which the row fires would stand still, and nobody would be told.
//!
//! To mend it, fill in the route.

use crate::check::context::Context;
use crate::check::tables::ROUTE;
use crate::model::StageKind;
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P204", name: "row-without-route" };

/// Looks at the rows of every table that a stage decides by.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for (service, name, decision, _) in context.tables() {
        let decides = |kind: &StageKind| matches!(kind, StageKind::Decide { table, .. } if table == name);
        let Some(stage) = service.stages.iter().find(|stage| decides(&stage.kind)) else { continue };
        let Some(column) = decision.outputs.iter().position(|output| output.name == ROUTE) else { continue };
        for (row, rule) in decision.table.rules().rows.iter().enumerate() {
            if rule.outputs.get(column).is_none_or(Option::is_some) {
                continue;
            }
            problems.push(Problem {
                code: CODE,
                span: context.places.find(&Part::TableRow(service.name.clone(), name.clone(), row)),
                message: format!("this row gives no route, and the stage `{}` decides by it", stage.name),
                related: vec![(context.stage(service, &stage.name), "the stage that decides".to_owned())],
                why: "a case that this row is for would stand still, and its applicant would wait for ever".to_owned(),
                help: "fill in the column `route`".to_owned(),
            });
        }
    }
}
