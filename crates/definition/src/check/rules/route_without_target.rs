//! A table can give a route that the stage which decides by it leads nowhere.
//!
//! Every value in the `route` column of a table must be a key of each `decide` stage with that table, and name the stage that follows. A cell
//! without a route leads nowhere either.
//!
//! A case for which such a row fires would stand still, and nobody would be told.
//!
//! To mend it, add the route to the stage with its target, or change the row.

use crate::check::context::Context;
use crate::check::tables::ROUTE;
use crate::model::StageKind;
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::value::Value;

/// This rule.
pub const CODE: Code = Code { id: "P204", name: "route-without-target" };

/// Looks at the rows of every table that a stage decides by; each route is told once.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for stage in &service.stages {
            let StageKind::Decide { table: name, routes } = &stage.kind else { continue };
            let Some(decision) = service.tables.get(name) else { continue };
            let Some(column) = decision.outputs.iter().position(|output| output.name == ROUTE) else { continue };
            let mut told = Vec::new();
            for (row, rule) in decision.table.rules().rows.iter().enumerate() {
                let route = match rule.outputs.get(column) {
                    Some(Some(Value::Code(route))) => Some(route),
                    _ => None,
                };
                if route.is_some_and(|route| routes.contains_key(route)) || told.contains(&route) {
                    continue;
                }
                told.push(route);
                let what = route.map_or("no route".to_owned(), |route| format!("the route `{route}`"));
                problems.push(Problem {
                    code: CODE,
                    span: context.places.find(&Part::TableRow(service.name.clone(), name.clone(), row)),
                    message: format!("this row gives {what}, and the stage `{}` leads nowhere with it", stage.name),
                    related: vec![(context.stage(service, &stage.name), "the stage that decides".to_owned())],
                    why: "a case that this row is for would stand still, and its applicant would wait for ever".to_owned(),
                    help: "give the route a target in the stage, or change the row".to_owned(),
                });
            }
        }
    }
}
