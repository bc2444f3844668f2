//! `customs.assess-exit`, `customs.assess-reexport` and `customs.assess-transit`, version 1: what goods owe that leave the free zone, by what the goods accounts say
//! went into them.
//!
//! Each takes a declaration of one item, whose the goods are, and the lot that they leave from; rests on what `customs.assess` rests on. The departure is tried on the
//! accounts and not done: `customs.goods.exit` and its like do it. Must not know of: what becomes of the declaration.
//!
//! In transit goods owe what they would owe in free circulation: so much is secured until they have arrived (Union Customs Code, articles 89 and 90).

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value};

use super::assess::{Assess, GIVES};
use super::goods::{Departing, EXIT, REEXPORT, TRANSIT, origin_of, surplus, trial, weighs};
use super::{Asked, AtHand, Declares, Fault, Function, Given, Made, Paper};
use crate::assess::Accounted;
use crate::declaration::Declaration;
use crate::form::Terms;
use crate::goods::{Content, Decided, Id, ItemRef, Status, TraceLine, trace};
use crate::tariff::Tariff;

/// What such an assessment rests on.
pub(super) struct AssessDeparture {
    assess: Assess,
    departing: Departing,
    /// Whether goods that leave as they came are worth at least what they came in at.
    keeps_value: bool,
    /// For how many days they may be on their way, where they are to arrive somewhere.
    days: Option<u32>,
}

/// What is said besides of goods that are to arrive somewhere: also the last day for it.
const GIVES_IN_TRANSIT: &[&str] = &["reference", "items", "value", "payable", "until"];
/// Most days of a journey that a zone can mean.
const DAYS_MAX: u32 = 366;

impl AssessDeparture {
    /// By the function's name; nothing where it is none of these.
    pub(super) fn load(
        name: &str,
        with: &BTreeMap<String, String>,
        tables: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let (departing, keeps_value) = match name {
            "customs.assess-reexport" => (REEXPORT, false),
            "customs.assess-transit" => (TRANSIT, true),
            _ => (EXIT, true),
        };
        let days = if name == "customs.assess-transit" { Some(days(with)?) } else { None };
        Ok(Self { assess: Assess::load(with, tables)?, departing, keeps_value, days })
    }

    /// Whether goods are to arrive somewhere.
    pub(super) const fn is_to_arrive(&self) -> bool {
        self.days.is_some()
    }

    /// The last day on which goods that leave on this one may arrive, where they are to arrive somewhere.
    pub(super) fn until(&self, day: Date) -> Result<Option<Date>, Vec<Fault>> {
        let until = self.days.map(|days| (0..days).try_fold(day, |day, _| day.tomorrow()));
        until.transpose().map_err(|_| Vec::new())
    }

    /// That what leaves as it came is declared at no less than its share of the value at which it came in, and a product at no less than what is in it from abroad. Else whoever declares a price could leave the zone by it
    /// without what was suspended at the entry.
    fn value_is_kept(&self, declaration: &Declaration, left: &[TraceLine], made: &Made) -> Result<(), Fault> {
        let Some(Value::Money(declared)) = made.values.get("value") else { return Ok(()) };
        for line in left.iter().filter(|_| self.keeps_value) {
            // Of a product what is in it from abroad: on that duty falls.
            let counts = |content: &Content| line.made.is_zero() || content.status == Status::Foreign;
            let entered: Option<Money> = line.value(counts, &declared.currency);
            let item = declaration.shipment.items.first();
            match entered {
                Some(entered) if declared.minor < entered.minor => {
                    return Err(Fault::below_entry(item, declared, &entered));
                }
                Some(_) => {}
                None => return Err(Fault::entered_otherwise(&declared.currency)),
            }
        }
        Ok(())
    }
}

impl Function for AssessDeparture {
    fn takes(&self) -> usize {
        3
    }

    fn gives(&self) -> &'static [&'static str] {
        if self.is_to_arrive() { GIVES_IN_TRANSIT } else { GIVES }
    }

    fn declares(&self) -> Option<Declares> {
        let procedure = self.departing.procedure?;
        let terms = Terms { procedure: Some(procedure), items_max: 1, leaves: true };
        Some(Declares { declaration: 0, owner: Some(1), terms })
    }

    fn tariff(&self) -> Option<&Tariff> {
        self.assess.tariff()
    }

    fn compute(&self, given: &[Given<'_>], day: Date, rows: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(paper), ..] = given else { return Err(vec![Fault::no_document()]) };
        let declaration = paper.declared()?;
        let mut against = self.departing.against(declaration);
        against.extend(weighs(&declaration.shipment.items, true));
        let against = self.assess.against(against, declaration, day);
        if !against.is_empty() {
            return Err(against);
        }
        let posted = match self.tried(given, rows)? {
            Asked::Says(posted) => posted,
            Asked::Wants(rows) => return Ok(Asked::Wants(rows)),
        };
        let (mut made, left) = self.owes(paper, &posted, day)?;
        self.value_is_kept(declaration, &left, &made).map_err(|fault| vec![fault])?;
        made.values.extend(self.until(day)?.map(|until| ("until", Value::Date(until))));
        Ok(Asked::Says(made))
    }
}

impl AssessDeparture {
    /// What the accounts say of the departure.
    pub(super) fn tried(&self, given: &[Given<'_>], rows: &AtHand) -> Result<Asked<Vec<Decided>>, Vec<Fault>> {
        trial(&self.departing, given, "", rows)
    }

    /// By how much what a departure takes is more than the accounts let go, which refused it.
    pub(super) fn surplus(&self, given: &[Given<'_>], rows: &AtHand) -> Result<Decimal, Vec<Fault>> {
        surplus(&self.departing, given, &rows.book)
    }

    /// What goods owe that leave by a declaration, and what left.
    pub(super) fn owes(
        &self,
        paper: &Paper,
        posted: &[Decided],
        day: Date,
    ) -> Result<(Made, Vec<TraceLine>), Vec<Fault>> {
        let declaration = paper.declared()?;
        let reference = declaration.reference.as_ref().and_then(|reference| Id::new(&reference.value).ok());
        // The accounts say beside the reference whose it is; an assessment knows one declaration alone.
        let left = posted.iter().filter_map(|one| trace(&one.posted)).zip(reference);
        let own = |(line, reference): (TraceLine, Id)| TraceLine {
            item: ItemRef { declaration: reference, ..line.item },
            ..line
        };
        let left: Vec<TraceLine> = left.map(own).collect();
        for line in &left {
            origin_is_kept(declaration, line).map_err(|fault| vec![fault])?;
        }
        let accounted: Vec<Accounted> = left.iter().map(|line| Accounted { line: line.clone(), set: None }).collect();
        Ok((self.assess.of(Vec::new(), declaration, &accounted, day)?, left))
    }
}

/// For how many days goods in transit may be on their way, as the zone says.
fn days(with: &BTreeMap<String, String>) -> Result<u32, String> {
    let told = with.get("days").ok_or("write `with: { days: \"8\" }`, the days that goods may be on their way")?;
    let days = told.parse().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    days.ok_or_else(|| format!("`days: {told}` is no number of days from 1 to {DAYS_MAX}"))
}

/// That what leaves as it came is declared with the origin that it came in with: a tariff has other duties for other countries.
fn origin_is_kept(declaration: &Declaration, line: &TraceLine) -> Result<(), Fault> {
    let Some(item) = declaration.shipment.items.first().filter(|_| line.made.is_zero()) else { return Ok(()) };
    let declared = origin_of(item)?;
    let recorded = line.contents.iter().filter_map(|content| content.origin.as_ref());
    match recorded.into_iter().find(|origin| declared.as_ref() != Some(*origin)) {
        Some(recorded) => Err(Fault::other_origin(item, declared.as_ref(), recorded)),
        None => Ok(()),
    }
}
