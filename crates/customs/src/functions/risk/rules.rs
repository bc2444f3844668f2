//! Rules that a declared item may meet, as a table: `rule,commodity,origin,departure,figure,at_least,below,fa,en`.
//!
//! An empty cell is met by everything. `commodity` is the beginning of a code; `origin` and `departure` are countries (ISO 3166-1 alpha-2); `figure` is `value` (customs value),
//! `duty` (all that was assessed), both in the zone's currency, `net` (net mass in kilograms, or the quantity in a unit of mass by which the goods are kept where that is more), `value-per-net` or
//! `gross-per-net` (how many times the net mass the gross mass is; beyond all bounds where a gross mass is said and no net mass), and `at_least` and `below` are its bounds. A figure that
//! a declaration does not give is within none. A rule of several rows is met by each of them. The order of the table is that of weight: the first rule that is met is
//! the one that a decision table reads; all are told. `fa` and `en` say it to people.
//!
//! Must not know of: channels, what a rule leads to.

use definition::value::{Decimal, parse_decimal};
use serde::Serialize;

use super::columns::Seen;
use crate::table::{RowFault, RowProblem, rows, short};

/// What is said where no rule is met.
pub(super) const NONE: &str = "none";
/// Columns of the table.
const COLUMNS: [&str; 9] = ["rule", "commodity", "origin", "departure", "figure", "at_least", "below", "fa", "en"];

/// The rules in their order.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    name: String,
    commodity: String,
    origin: String,
    departure: String,
    figure: Option<(Figure, Option<Decimal>, Option<Decimal>)>,
    fa: String,
    en: String,
}

#[derive(Clone, Copy, Debug)]
enum Figure {
    Value,
    Duty,
    Net,
    ValuePerNet,
    GrossPerNet,
}

/// A rule that an item meets.
#[derive(Serialize)]
pub(super) struct Met<'r> {
    pub(super) rule: &'r str,
    item: u32,
    fa: &'r str,
    en: &'r str,
}

/// Whether a text is such a table.
///
/// # Errors
/// Everything that is wrong with it, in its place.
pub fn read_rules(text: &str) -> Result<(), Vec<RowProblem>> {
    read(text).map(drop)
}

pub(super) fn read(text: &str) -> Result<Rules, Vec<RowProblem>> {
    rows(text, &COLUMNS, &[], |row| {
        let cell = |column: &str| row.cell(column).to_owned();
        let bad = |column: &str| RowFault::Rule { text: short(row.cell(column)), column: short(column) };
        let name = cell("rule");
        let is_name = |text: &str| {
            let inner = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            inner && text.starts_with(|first: char| first.is_ascii_lowercase()) && text.len() <= 64
        };
        if !is_name(&name) || name == NONE {
            return Err(bad("rule"));
        }
        let commodity = cell("commodity");
        if commodity.len() > 10 || !commodity.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RowFault::Commodity { text: short(&commodity) });
        }
        for column in ["origin", "departure"] {
            let country = row.cell(column);
            let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            if !country.is_empty() && !is_country {
                return Err(RowFault::Origin { text: short(country) });
            }
        }
        if let Some(column) = ["fa", "en"].into_iter().find(|column| row.cell(column).is_empty()) {
            return Err(bad(column));
        }
        let bound = |column: &str| match row.cell(column) {
            "" => Ok(None),
            text => parse_decimal(text).map(Some).map_err(|_| bad(column)),
        };
        let (at_least, below) = (bound("at_least")?, bound("below")?);
        let figure = match row.cell("figure") {
            "" => None,
            "value" => Some(Figure::Value),
            "duty" => Some(Figure::Duty),
            "net" => Some(Figure::Net),
            "value-per-net" => Some(Figure::ValuePerNet),
            "gross-per-net" => Some(Figure::GrossPerNet),
            _ => return Err(bad("figure")),
        };
        // A bound without a figure bounds nothing, and a figure without a bound says nothing.
        if figure.is_some() != (at_least.is_some() || below.is_some()) {
            return Err(bad("figure"));
        }
        let figure = figure.map(|figure| (figure, at_least, below));
        let (origin, departure) = (cell("origin"), cell("departure"));
        Ok(Rule { name, commodity, origin, departure, figure, fa: cell("fa"), en: cell("en") })
    })
    .map(Rules)
}

impl Rules {
    /// The names of all rules, each as often as it has rows.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|rule| rule.name.as_str())
    }

    /// The rules that items meet, in the order of the table, then of the items.
    pub(super) fn met(&self, seen: &[Seen<'_>]) -> Vec<Met<'_>> {
        let of = |rule| seen.iter().filter(move |one| is_met(rule, one)).map(move |one| told(rule, one.number));
        self.0.iter().flat_map(of).collect()
    }
}

const fn told(rule: &Rule, item: u32) -> Met<'_> {
    Met { rule: rule.name.as_str(), item, fa: rule.fa.as_str(), en: rule.en.as_str() }
}

fn is_met(rule: &Rule, seen: &Seen<'_>) -> bool {
    let country = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
    let within = |(figure, at_least, below): &(Figure, Option<Decimal>, Option<Decimal>)| {
        let figure = figure.of(seen);
        figure.is_some_and(|is| at_least.is_none_or(|least| is >= least) && below.is_none_or(|below| is < below))
    };
    seen.commodity.starts_with(&rule.commodity)
        && country(&rule.origin, seen.origin())
        && country(&rule.departure, seen.departure())
        && rule.figure.as_ref().is_none_or(within)
}

impl Figure {
    fn of(self, seen: &Seen<'_>) -> Option<Decimal> {
        match self {
            Self::Value => Some(seen.value),
            Self::Duty => Some(seen.duty),
            Self::Net => seen.net(),
            Self::ValuePerNet => seen.value.checked_div(seen.net()?),
            Self::GrossPerNet => seen.gross_per_net(),
        }
    }
}
