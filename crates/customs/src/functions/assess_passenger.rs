//! `customs.assess-passenger` and `customs.assess-household`, version 1: what goods owe that a person, or somebody for a household, takes out of the zone, beyond what is left of the
//! allowance.
//!
//! Takes whose allowance it is (the key of the person, or of the household), the commodity's code, and what the goods are worth; rests on what `customs.assess` rests on, on `allowances.csv` and on `exclusions.csv`, which says
//! what passenger goods may not be; is told the `allowance` and the zone's `calendar`. What it writes is an assessment like others, of one item. The allowance is looked at and not spent: `customs.goods.spend` does that. Must not know of: where the goods were bought.

use std::collections::BTreeMap;

use definition::calendar::CalendarKind;
use definition::span::{Span, Spanned};
use definition::value::{Date, Money, Value};
use serde::{Deserialize, Serialize};

use super::allowances::{self, Allowances};
use super::assess::Assess;
use super::exclusions::{self, Exclusions};
use super::goods::{id, money};
use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written, table};
use crate::assess::{Assessment, ItemWritten, MEDIA_TYPE};
use crate::declaration::{Amount, Classification, Declaration, Item, Procedure, Shipment, Text};
use crate::goods::{AllowanceRef, Commodity, Id, Measure, RowKey};
use crate::reason::{Reason, Told};

/// What it says besides.
const GIVES: &[&str] = &["value", "taken", "left", "payable"];

/// What such an assessment rests on.
pub(super) struct AssessPassenger {
    assess: Assess,
    allowances: Allowances,
    exclusions: Exclusions,
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
    assessment: &'a Assessment,
    #[serde(flatten)]
    taken: &'a Taken,
}

/// How the worth of goods and an allowance stand to each other.
struct Standing<'a> {
    commodity: &'a Commodity,
    /// What the goods are worth.
    value: &'a Money,
    granted: &'a Money,
    /// What is taken of the allowance.
    taken: Money,
    /// What is left of it then.
    left: Money,
    /// What is beyond it.
    excess: Money,
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
        let exclusions = table(tables, "exclusions.csv", exclusions::read)?
            .ok_or("name what passenger goods may not be: `files: [functions/exclusions.csv]`")?;
        let calendar = match told("calendar", "persian")?.as_str() {
            "persian" => CalendarKind::Persian,
            "gregorian" => CalendarKind::Gregorian,
            other => return Err(format!("there is no calendar `{other}`; there is persian and gregorian")),
        };
        Ok(Self { assess: Assess::load(with, tables)?, allowances, exclusions, allowance, calendar })
    }

    /// What goods owe on what is beyond the allowance, as an assessment of one item.
    fn assessed(&self, of: &Standing<'_>, day: Date) -> Result<Assessment, Vec<Fault>> {
        let declaration = declaration(of.commodity, &of.excess);
        let owed = if of.excess.minor > 0 {
            let made = self.assess.of(Vec::new(), &declaration, &[], day).map_err(|faults| -> Vec<Fault> {
                // Nobody wrote a declaration: there is no place in one.
                faults.into_iter().map(|fault| Fault { of: 1, field: "", span: None, ..fault }).collect()
            })?;
            made.value.paper.assessed().cloned().ok_or_else(Vec::new)?
        } else {
            self.assess.written(&declaration, (&[], &[]), day)
        };
        let (granted, taken, left) = (of.granted.clone(), of.taken.clone(), of.left.clone());
        let why = Reason::Allowance { value: of.value.clone(), granted, taken, left, excess: of.excess.clone() };
        let item = ItemWritten {
            item: 1,
            commodity: of.commodity.as_str().to_owned(),
            description: None,
            net: None,
            supplementary: None,
            value: of.value.amount().normalize().to_string(),
            why: vec![Told::from(&why)],
        };
        Ok(Assessment { reference: None, items: vec![item], ..owed })
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
        if let Some(what) = self.exclusions.of(commodity.as_str(), day) {
            return Err(vec![Fault::excluded(&commodity, what)]);
        }
        if self.assess.lacks(&commodity, day) {
            return Err(vec![Fault::unknown_commodity(&commodity)]);
        }
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
        let standing = Standing {
            commodity: &commodity,
            value,
            granted: &granted.amount,
            taken: of_minor(taken),
            left: of_minor(left.saturating_sub(taken)),
            excess: of_minor(value.minor.saturating_sub(taken)),
        };
        let assessment = self.assessed(&standing, day)?;
        let payable = assessment.payable.parse().ok().and_then(|due| Money::from_amount(due, &value.currency).ok());
        let said = BTreeMap::from([
            ("value", Value::Money(value.clone())),
            ("taken", Value::Money(standing.taken.clone())),
            ("left", Value::Money(standing.left.clone())),
            ("payable", Value::Money(payable.ok_or_else(Vec::new)?)),
        ]);
        let taken = Taken {
            allowance: of.name,
            period,
            granted: Measure::Value(granted.amount.clone()),
            taken: Measure::Value(standing.taken),
        };
        let written = Whole { assessment: &assessment, taken: &taken };
        let bytes = serde_json::to_vec(&written).map_err(|_| Vec::new())?;
        let value = Written { paper: Paper::new(bytes), media_type: MEDIA_TYPE, name: "assessment.json" };
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
