//! `customs.assess`, version 1: what a declaration owes.
//!
//! Takes a declaration (WCO DEC XML); rests on `tariff.csv` and, where the zone has them, `rates.csv` and `groups.csv`; is told the `policy`. Must not
//! know of: what becomes of the declaration.

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value};

use super::{Asked, AtHand, Declares, Fault, Function, Given, Made, Paper, Written, codes, table};
use crate::assess::{
    Accounted, Assessment, ItemValue, Line, MEDIA_TYPE, Obstacle, ObstacleFault, Policy, World, assess_accounted,
    values,
};
use crate::declaration::{Declaration, Purpose};
use crate::form::{ITEMS_MAX, Terms};
use crate::goods::Commodity;
use crate::rates::{self, Rates};
use crate::tariff::{self, Groups, Standing, Tariff};
use crate::{Message, read};

/// What it says besides.
pub(super) const GIVES: &[&str] = &["reference", "items", "value", "payable"];

/// What an assessment rests on.
pub(super) struct Assess {
    policy: &'static Policy,
    tariff: Tariff,
    rates: Rates,
    groups: Groups,
}

impl Assess {
    pub(super) fn load(with: &BTreeMap<String, String>, tables: &BTreeMap<String, String>) -> Result<Self, String> {
        let known = || Policy::all().iter().map(|policy| policy.name).collect::<Vec<_>>().join(", ");
        let name =
            with.get("policy").ok_or_else(|| format!("write `with: {{ policy: NAME }}`; there is {}", known()))?;
        let policy = Policy::named(name).ok_or_else(|| format!("there is no policy `{name}`; there is {}", known()))?;
        let tariff = table(tables, "tariff.csv", tariff::read)?;
        Ok(Self {
            policy,
            tariff: tariff.ok_or("name its tariff: `files: [functions/tariff.csv]`")?,
            rates: table(tables, "rates.csv", rates::read)?.unwrap_or_default(),
            groups: table(tables, "groups.csv", Groups::read)?.unwrap_or_default(),
        })
    }

    /// What each item of a declaration is worth.
    pub(super) fn values_of(&self, declaration: &Declaration, day: Date) -> Result<Vec<ItemValue>, Vec<Fault>> {
        let unplaced = |one: &Obstacle| Fault { span: None, ..Fault::of_obstacle(one) };
        values(declaration, &self.world(day)).map_err(|obstacles| obstacles.iter().map(unplaced).collect())
    }

    const fn world(&self, day: Date) -> World<'_> {
        World { policy: self.policy, tariff: &self.tariff, rates: &self.rates, groups: &self.groups, day }
    }

    /// What was worked out, as it is written.
    pub(super) fn written(
        &self,
        declaration: &Declaration,
        worked_out: (&[ItemValue], &[Line]),
        day: Date,
    ) -> Assessment {
        Assessment::of(declaration, worked_out, self.policy, day)
    }

    /// Whether the tariff has nothing on goods of this code on a day.
    pub(super) fn lacks(&self, commodity: &Commodity, day: Date) -> bool {
        self.tariff.standing(commodity.as_str(), day) != Standing::Holds
    }

    /// The currency of all its amounts, ISO 4217.
    pub(super) const fn currency(&self) -> &'static str {
        self.policy.currency
    }
}

impl Function for Assess {
    fn takes(&self) -> usize {
        1
    }

    fn gives(&self) -> &'static [&'static str] {
        GIVES
    }

    fn declares(&self) -> Option<Declares> {
        Some(Declares {
            declaration: 0,
            owner: None,
            terms: Terms { procedure: None, items_max: ITEMS_MAX, leaves: false },
        })
    }

    fn tariff(&self) -> Option<&Tariff> {
        Some(&self.tariff)
    }

    fn compute(&self, given: &[Given<'_>], day: Date, _: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(paper)] = given else { return Err(vec![Fault::no_document()]) };
        let declaration = paper.declared()?;
        self.of(Vec::new(), declaration, &[], day).map(Asked::Says)
    }
}

/// The one declaration that a document is, to be declared now: it is accepted on the day on which the zone is asked, whatever its sender says.
pub(super) fn declared(bytes: &[u8]) -> Result<Box<Declaration>, Vec<Fault>> {
    let mut declaration = one(bytes)?;
    if declaration.purpose() != Purpose::Original {
        return Err(vec![Fault::no_original()]);
    }
    if declaration.shipment.items.len() > ITEMS_MAX {
        return Err(vec![Fault::too_many_items(ITEMS_MAX)]);
    }
    declaration.accepted = None;
    Ok(declaration)
}

fn one(bytes: &[u8]) -> Result<Box<Declaration>, Vec<Fault>> {
    match read(bytes) {
        Ok(Message::Declaration(declaration)) => Ok(declaration),
        Ok(Message::Notification(_)) => Err(vec![Fault::answer()]),
        Ok(Message::Interchange(mut interchange)) => match interchange.messages.pop() {
            Some(declared) if interchange.messages.is_empty() => Ok(Box::new(declared.declaration)),
            _ => Err(vec![Fault::several()]),
        },
        Err(problems) => Err(problems.iter().map(|problem| Fault::of_problem(problem, bytes)).collect()),
    }
}

impl Assess {
    /// What a declaration owes, with what the goods accounts say of goods that leave a free zone; `against` is what was found against it before. All that is in the way is told
    /// at once, but what may follow from something else that is told.
    pub(super) fn of(
        &self,
        against: Vec<Fault>,
        declaration: &Declaration,
        accounted: &[Accounted],
        day: Date,
    ) -> Result<Made, Vec<Fault>> {
        let (items, lines) = self.assessed(against, declaration, (accounted, &|_| true), day)?;
        let reference = declaration.reference.as_ref().ok_or_else(|| vec![Fault::no_reference()])?;
        let money = |amount: Decimal| Money::from_amount(amount, self.policy.currency).map(Value::Money);
        let total = |amounts: &[Decimal]| {
            let sum = amounts.iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount));
            sum.and_then(|sum| money(sum).ok()).ok_or_else(|| vec![Fault::too_large()])
        };
        let said = BTreeMap::from([
            ("reference", Value::Text(reference.value.clone())),
            ("items", Value::Decimal(Decimal::from(items.len()))),
            ("value", total(&items.iter().map(|item| item.amount).collect::<Vec<_>>())?),
            ("payable", total(&lines.iter().map(|line| line.payable).collect::<Vec<_>>())?),
        ]);
        let paper = Paper::of_assessment(self.written(declaration, (&items, &lines), day));
        let value = Written { paper, media_type: MEDIA_TYPE, name: "assessment.json" };
        Ok(Made { value, values: said })
    }

    /// Everything against a declaration that can be told before the goods accounts are asked.
    pub(super) fn against(&self, before: Vec<Fault>, declaration: &Declaration, day: Date) -> Vec<Fault> {
        // What the accounts say is asked next.
        let asked = |obstacle: &Obstacle| obstacle.fault != ObstacleFault::NotAccounted;
        self.assessed(before, declaration, (&[], &asked), day).err().unwrap_or_default()
    }

    fn assessed(
        &self,
        against: Vec<Fault>,
        declaration: &Declaration,
        (accounted, counts): (&[Accounted], Counts<'_>),
        day: Date,
    ) -> Result<(Vec<ItemValue>, Vec<Line>), Vec<Fault>> {
        let mut faults = codes::unknown(declaration, &self.tariff, &self.groups);
        faults.extend(against);
        if declaration.reference.is_none() {
            faults.push(Fault::no_reference());
        }
        match assess_accounted(declaration, &self.world(day), accounted) {
            Err(obstacles) => {
                let own: Vec<Fault> = obstacles
                    .iter()
                    .filter(|one| counts(one) && !follows(one, &faults))
                    .map(Fault::of_obstacle)
                    .collect();
                faults.extend(own);
                Err(faults)
            }
            Ok(lines) => {
                let items = self.values_of(declaration, day)?;
                let worthless = items.iter().filter(|item| item.amount.is_zero());
                faults.extend(worthless.map(|item| Fault::no_value(item.item)));
                if faults.is_empty() { Ok((items, lines)) } else { Err(faults) }
            }
        }
    }
}

/// Whether an obstacle counts here.
type Counts<'c> = &'c dyn Fn(&Obstacle) -> bool;

/// Whether an obstacle may be there only for something else that is wrong with its item.
fn follows(obstacle: &Obstacle, faults: &[Fault]) -> bool {
    let data: &[&str] = match &obstacle.fault {
        ObstacleFault::NoMeasure { .. } => &["origin", "procedure"],
        ObstacleFault::NoRate { .. } => &["currency"],
        ObstacleFault::Unworkable { .. } => &["quantity", "unit", "net", "gross"],
        _ => &[],
    };
    faults.iter().any(|fault| (fault.item == obstacle.item || fault.item == 0) && data.contains(&fault.field))
}
