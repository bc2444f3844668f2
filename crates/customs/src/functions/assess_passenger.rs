//! `customs.assess-passenger`, version 1: what goods owe that a person takes out of the zone, beyond what is left of their allowance.
//!
//! Takes the person, the commodity's code, and what the goods are worth; rests on what `customs.assess` rests on and on `allowances.csv`; is told the `allowance` and
//! the zone's `calendar`. The allowance is looked at and not spent: `customs.goods.spend` does that. Must not know of: where the goods were bought.

use std::collections::BTreeMap;

use definition::calendar::CalendarKind;
use definition::span::{Span, Spanned};
use definition::value::{Date, Money, Value};
use serde::{Deserialize, Serialize};

use super::allowances::{self, Allowances};
use super::assess::Assess;
use super::goods::{id, money};
use super::{Asked, AtHand, Fault, Function, Given, Made, Written, table};
use crate::declaration::{Amount, Classification, Declaration, Item, Procedure, Shipment, Text};
use crate::goods::{AllowanceRef, Commodity, Id, Measure, RowKey};

/// What it says besides.
const GIVES: &[&str] = &["value", "taken", "left", "payable"];

/// What such an assessment rests on.
pub(super) struct AssessPassenger {
    assess: Assess,
    allowances: Allowances,
    allowance: Id,
    calendar: CalendarKind,
}

/// Of an assessment, what is taken of the allowance.
#[derive(Serialize, Deserialize)]
pub(super) struct Taken {
    pub(super) allowance: Id,
    pub(super) period: Id,
    pub(super) granted: Measure,
    pub(super) taken: Measure,
}

/// The whole as it is written down.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    taken: &'a Taken,
    left: Measure,
    excess: Measure,
    /// What the excess owes.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<serde_json::Value>,
}

impl AssessPassenger {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        let told = |name: &str, like: &str| with.get(name).ok_or_else(|| format!("write `with: {{ {name}: {like} }}`"));
        let allowances = table(tables, "allowances.csv", allowances::read)?
            .ok_or("name its allowances: `files: [functions/allowances.csv]`")?;
        let allowance = Id::new(told("allowance", "NAME")?).map_err(|fault| fault.to_string())?;
        if !allowances.has(&allowance) {
            return Err(format!("allowances.csv has no allowance `{allowance}`; add a row, or name another"));
        }
        let calendar = match told("calendar", "persian")?.as_str() {
            "persian" => CalendarKind::Persian,
            "gregorian" => CalendarKind::Gregorian,
            other => return Err(format!("there is no calendar `{other}`; there is persian and gregorian")),
        };
        Ok(Self { assess: Assess::load(with, tables)?, allowances, allowance, calendar })
    }

    /// What an amount of goods owes.
    fn owed(&self, commodity: &Commodity, excess: &Money, day: Date) -> Result<Made, Vec<Fault>> {
        let declaration = declaration(commodity, excess);
        self.assess.of(&declaration, &[], &[], day).map_err(|faults| {
            // Nobody wrote a declaration: there is no place in one.
            faults.into_iter().map(|fault| Fault { of: 1, place: String::new(), ..fault }).collect()
        })
    }
}

impl Function for AssessPassenger {
    fn takes(&self) -> usize {
        3
    }

    fn gives(&self) -> &'static [&'static str] {
        GIVES
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let (holder, code, value) = (id(given, 0)?, id(given, 1)?, money(given, 2)?);
        let commodity = Commodity::new(code.as_str()).map_err(|fault| vec![Fault::name(1, &fault)])?;
        let granted = self.allowances.find(&self.allowance, day).ok_or_else(|| vec![Fault::no_allowance(day)])?;
        if value.currency != granted.amount.currency || value.currency != self.assess.currency() {
            return Err(vec![Fault::other_currency(2, &granted.amount.currency)]);
        }
        let period = granted.period(day, self.calendar).ok_or_else(Vec::new)?;
        let of = AllowanceRef { holder, name: granted.name.clone(), period: period.clone() };
        let missing = rows.missing([RowKey::Allowance(of.clone())]);
        if !missing.is_empty() {
            return Ok(Asked::Wants(missing));
        }
        let spent = match rows.book.allowance(&of).map(|standing| &standing.spent) {
            None => 0,
            Some(Measure::Value(spent)) if spent.currency == value.currency => spent.minor,
            Some(_) => return Err(vec![Fault::other_currency(2, &granted.amount.currency)]),
        };
        let of_minor = |minor: i128| Money { minor, currency: value.currency.clone() };
        let left = granted.amount.minor.saturating_sub(spent).max(0);
        let taken = left.min(value.minor);
        let (excess, left) = (of_minor(value.minor.saturating_sub(taken)), of_minor(left.saturating_sub(taken)));
        let owed = if excess.minor > 0 { Some(self.owed(&commodity, &excess, day)?) } else { None };
        let payable = owed.as_ref().and_then(|made| made.values.get("payable").cloned());
        let said = BTreeMap::from([
            ("value", Value::Money(value.clone())),
            ("taken", Value::Money(of_minor(taken))),
            ("left", Value::Money(left.clone())),
            ("payable", payable.unwrap_or_else(|| Value::Money(of_minor(0)))),
        ]);
        let assessment =
            owed.map(|made| serde_json::from_slice(&made.value.bytes)).transpose().map_err(|_| Vec::new())?;
        let taken = Taken {
            allowance: of.name,
            period,
            granted: Measure::Value(granted.amount.clone()),
            taken: Measure::Value(of_minor(taken)),
        };
        let (left, excess) = (Measure::Value(left), Measure::Value(excess));
        let written = Whole { taken: &taken, left, excess, assessment };
        let bytes = serde_json::to_vec(&written).map_err(|_| Vec::new())?;
        let value = Written { bytes, media_type: "application/json", name: "assessment.json" };
        Ok(Asked::Says(Made { value, values: said }))
    }
}

/// The goods as if they were declared for free circulation, since a person declares no more than what they are and what they are worth.
fn declaration(commodity: &Commodity, value: &Money) -> Declaration {
    let text = |text: &str| -> Text { Spanned { value: text.to_owned(), span: Span::start_of(0) } };
    let at = |value| Spanned { value, span: Span::start_of(0) };
    let item = Item {
        number: Some(at(1.into())),
        codes: vec![Classification { list: Some(text("TSP")), code: Some(text(commodity.as_str())) }],
        charge: Some(Amount { value: at(value.amount()), currency: Some(value.currency.clone()) }),
        procedures: vec![Procedure { current: Some(text("40")), previous: Some(text("00")) }],
        ..Item::default()
    };
    Declaration {
        function: text("9"),
        kind: None,
        reference: Some(text("-")),
        id: None,
        accepted: None,
        items_declared: None,
        packages_declared: None,
        invoice: None,
        declarant: None,
        agent: None,
        exporter: None,
        authorisations: Vec::new(),
        documents: Vec::new(),
        statements: Vec::new(),
        rates: Vec::new(),
        amendments: Vec::new(),
        shipment: Shipment { items: vec![item], ..Shipment::default() },
    }
}
