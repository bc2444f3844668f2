//! `customs.measure`, version 1: a declaration as an inspector measured its goods.
//!
//! Takes the declaration and what was measured, a line for each item that was: its number, how much, and the unit where it is not the declared one. Rests on
//! `tolerances.csv` with the columns `commodity,percent`: the row with the longest beginning of the item's code says by how much of the declared quantity a measure may differ, and
//! an empty cell is met by all. Within it the declared quantity stands, since scales differ; beyond it, an amendment of the WCO's kind (function 13, `COR`) is made and
//! applied: the measured quantity takes the declared one's place, the price goes with it in proportion, rounded to the currency's minor unit (a sample of a rule: nobody has
//! confirmed it), and the gross mass by as much as the net mass. Of goods that are kept by their number and measured by it alone, gross and net mass go in proportion, rounded to
//! six digits (half away from zero). An item of which nothing is there goes; where that is so of all, the declaration stays as it is, since one without items is none. What was not measured stays as declared.
//!
//! It gives the declaration as it then stands, and says in how many items `differences` were found, and of how many something was `found` at all. Must not know of: what is owed, what becomes of the goods.

mod amendment;
mod changes;
mod lines;

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Value, parse_decimal};

use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written, table};
use crate::amend::{Request, Standing};
use crate::table::{RowFault, RowProblem, rows, short};

pub use lines::read_lines;

/// How much a measure may differ.
pub(super) struct Measure {
    tolerances: Tolerances,
}

/// Beginnings of codes, each with a share of the declared quantity in per cent.
struct Tolerances(Vec<(String, Decimal)>);

impl Measure {
    pub(super) fn load(tables: &BTreeMap<String, String>) -> Result<Self, String> {
        let tolerances = table(tables, "tolerances.csv", read)?;
        Ok(Self { tolerances: tolerances.ok_or("name its tolerances: `files: [functions/tolerances.csv]`")? })
    }
}

fn read(text: &str) -> Result<Tolerances, Vec<RowProblem>> {
    let row = rows(text, &["commodity", "percent"], &[], |row| {
        let commodity = row.cell("commodity");
        if commodity.len() > 10 || !commodity.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RowFault::Commodity { text: short(commodity) });
        }
        let percent = parse_decimal(row.cell("percent")).ok();
        let percent = percent.filter(|percent| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent));
        let wrong = || RowFault::Percent { text: short(row.cell("percent")) };
        Ok((commodity.to_owned(), percent.ok_or_else(wrong)?))
    });
    row.map(Tolerances)
}

impl Tolerances {
    /// The share of the declared quantity, in per cent, by which a measure of goods of this code may differ; nothing where no row fits.
    fn of(&self, commodity: &str) -> Decimal {
        let fitting = self.0.iter().filter(|(beginning, _)| commodity.starts_with(beginning));
        fitting.max_by_key(|(beginning, _)| beginning.len()).map_or(Decimal::ZERO, |(_, percent)| *percent)
    }
}

impl Function for Measure {
    fn takes(&self) -> usize {
        2
    }

    fn gives(&self) -> &'static [&'static str] {
        &["differences", "found"]
    }

    fn compute(&self, given: &[Given<'_>], _: Date, _: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(paper), Given::Value(Value::Text(measured))] = given else { return Err(Vec::new()) };
        let (declaration, bytes) = (paper.declared()?, paper.bytes());
        let lines = lines::read(measured)?;
        let changes = changes::of(declaration, &lines, &self.tolerances)?;
        let told = |problems: Vec<crate::Problem>| -> Vec<Fault> {
            problems.iter().map(|problem| Fault::of_problem(problem, bytes)).collect()
        };
        let mut standing = Standing::read(bytes).map_err(told)?;
        if !changes.all.is_empty() {
            let request = amendment::xml(declaration, &changes.all);
            // What is wrong with the request is wrong with what follows from a line, such as a mass of more digits than a datum has.
            let of_measured = |problems: Vec<crate::Problem>| -> Vec<Fault> {
                problems
                    .iter()
                    .map(|problem| Fault::measured_beyond(lines::of(&lines, changes.said(), &problem.path)))
                    .collect()
            };
            let amended = Request::read(request.as_bytes()).and_then(|request| standing.amend(&request));
            (standing, _) = amended.map_err(of_measured)?;
        }
        let value = Written {
            paper: Paper::new(standing.to_xml().into_bytes()),
            media_type: "application/xml",
            name: "declaration-measured.xml",
        };
        let number = |count: usize| Value::Decimal(Decimal::from(count));
        let values = BTreeMap::from([("differences", number(changes.items)), ("found", number(changes.found))]);
        Ok(Asked::Says(Made { value, values }))
    }
}
