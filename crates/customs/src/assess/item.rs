//! The duties and taxes on one item, in the policy's order.
//!
//! Must not know of: other items.

mod added;
mod materials;

use std::collections::BTreeMap;

use definition::value::{Date, Decimal};

use materials::OfMaterials;

use super::accounted::Added;
use super::policy::Effect;
use super::two_tariffs::{self, Counts};
use super::{Accounted, ItemValue, Line, Obstacle, ObstacleFault, Relief, TaxRule, World, accounted, place};
use crate::declaration::{Declaration, Item, Measure as Measured, Text};
use crate::reason::Reason;
use crate::tariff::expression::Subject;
use crate::tariff::unit::Unit;
use crate::tariff::{Goods, Measure, Standing, Tie};

/// Lists of codes that make up a commodity's code: the nomenclature's, and the part that TARIC adds.
const NOMENCLATURE: [&str; 3] = ["TSP", "HS", "CV"];
const TARIC: &str = "TRC";

pub(super) fn assess(
    declaration: &Declaration,
    item: &Item,
    (value, day): (&ItemValue, Date),
    world: &World<'_>,
    accounted: &[Accounted],
) -> Result<Vec<Line>, Obstacle> {
    let asked = asked(declaration, item, world, day)?;
    let (said, measures) = (&asked.said, &asked.measures);
    let fail = |fault| Obstacle { item: value.item, span: place::of_goods(item), fault };
    let added = accounted::finding(declaration, item, value, world, accounted).map_err(fail)?;
    let (assessed, lines) = (BTreeMap::new(), Vec::new());
    let mut working = Working { item, value, world, day, said, counts: Counts::All, added, assessed, lines };
    let materials = working.of_materials().map_err(fail)?;
    if let Some(two) = &world.policy.two_tariffs {
        let duties = |of: fn(&str) -> bool| working.duties(of, measures, materials.as_ref());
        let counts = two_tariffs::counts(two, &said.additional, measures, duties);
        working.counts = counts.map_err(fail)?;
    }
    working.every(measures, materials.as_ref()).map_err(fail)?;
    if let Some((tax, measure)) =
        measures.iter().find(|(tax, _)| !world.policy.taxes.iter().any(|rule| (rule.taxes)(tax)))
    {
        return Err(fail(ObstacleFault::UnknownTax { tax: (*tax).to_owned(), line: measure.line }));
    }
    materials.map_or(Ok(()), |materials| working.knows_taxes(&materials)).map_err(fail)?;
    Ok(working.lines)
}

/// What the tariff was asked for an item, and what it has.
pub(super) struct Asked<'w> {
    said: Said,
    measures: BTreeMap<&'w str, &'w Measure>,
}

/// What the tariff has on an item, whatever the item is worth.
pub(super) fn asked<'w>(
    declaration: &Declaration,
    item: &Item,
    world: &World<'w>,
    day: Date,
) -> Result<Asked<'w>, Obstacle> {
    let number = item.number.as_ref().and_then(|number| u32::try_from(number.value).ok()).unwrap_or(0);
    let said = Said::of(declaration, item);
    let fail = |fault| Obstacle { item: number, span: place::of_goods(item), fault };
    if said.commodity.is_empty() {
        return Err(fail(ObstacleFault::NoCommodity));
    }
    in_force(world.tariff.standing(&said.commodity, day), &said.commodity).map_err(fail)?;
    let (measures, has_own) = {
        let goods = said.goods(&said.origin, world, day);
        (world.tariff.find(&goods).map_err(|tie| fail(tied(tie)))?, world.tariff.has_measure_on(&goods))
    };
    if !has_own {
        // What falls on everything alone is no answer: a code whose duties hang on conditions that are not met owes none by accident.
        let (code, origin) = (said.commodity, said.origin);
        return Err(fail(ObstacleFault::NoMeasure { code, origin }));
    }
    Ok(Asked { said, measures })
}

fn tied(tie: Tie) -> ObstacleFault {
    let [first, second] = tie.lines;
    ObstacleFault::Tie { tax: tie.tax, first, second }
}

fn in_force(standing: Standing, code: &str) -> Result<(), ObstacleFault> {
    let code = code.to_owned();
    match standing {
        Standing::Holds => Ok(()),
        Standing::Ended(last) => Err(ObstacleFault::CodeEnded { code, last }),
        Standing::Begins(first) => Err(ObstacleFault::CodeBegins { code, first }),
        Standing::Never => Err(ObstacleFault::UnknownCommodity { code }),
    }
}

/// What is said of an item that measures ask for.
struct Said {
    commodity: String,
    origin: String,
    preference: String,
    procedures: Vec<String>,
    additional: Vec<String>,
}

impl Said {
    fn of(declaration: &Declaration, item: &Item) -> Self {
        let of_list = |wanted: &dyn Fn(&str) -> bool| {
            let codes = item.codes.iter().filter(|code| wanted(text(code.list.as_ref())));
            codes.map(|code| text(code.code.as_ref()).to_owned()).filter(|code| !code.is_empty()).collect::<Vec<_>>()
        };
        let statements = item.statements.iter().chain(&declaration.statements);
        let mut additional = of_list(&|list| list != TARIC && !NOMENCLATURE.contains(&list));
        let authorisations = declaration.authorisations.iter().filter_map(|one| one.category.as_ref());
        let codes = statements.filter_map(|statement| statement.code.as_ref()).chain(authorisations);
        additional.extend(codes.map(|code| code.value.clone()));
        let preference = item.duties.iter().find_map(|duty| duty.preference.as_ref());
        Self {
            commodity: commodity(item),
            origin: text(item.origins.first().and_then(|origin| origin.country.as_ref())).to_owned(),
            preference: text(preference).to_owned(),
            procedures: procedures(item),
            additional,
        }
    }
}

impl Said {
    /// It as the tariff is asked for it, from a country.
    fn goods<'s>(&'s self, origin: &'s str, world: &'s World<'_>, day: Date) -> Goods<'s> {
        Goods {
            commodity: &self.commodity,
            origin,
            groups: world.groups.of(origin),
            preference: &self.preference,
            procedures: &self.procedures,
            additional: &self.additional,
            day,
        }
    }
}

/// The code of an item's commodity: what the nomenclature's lists say, then what TARIC adds.
pub(crate) fn commodity(item: &Item) -> String {
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let codes = item.codes.iter().filter(|code| wanted(text(code.list.as_ref())));
        codes.map(|code| text(code.code.as_ref())).collect::<String>()
    };
    of(&|list| NOMENCLATURE.contains(&list)) + &of(&|list| list == TARIC)
}

/// The first procedure as two and as four digits, then the additional ones.
fn procedures(item: &Item) -> Vec<String> {
    let mut procedures = Vec::new();
    for procedure in &item.procedures {
        let current = text(procedure.current.as_ref());
        procedures.push(current.to_owned());
        if let Some(previous) = &procedure.previous {
            procedures.push(format!("{current}{}", previous.value));
        }
    }
    procedures
}

fn text(datum: Option<&Text>) -> &str {
    datum.map(|datum| datum.value.as_str()).unwrap_or_default()
}

/// An item while its taxes are computed.
#[derive(Clone)]
struct Working<'a> {
    item: &'a Item,
    value: &'a ItemValue,
    world: &'a World<'a>,
    day: Date,
    said: &'a Said,
    /// Which of two tariffs counts.
    counts: Counts<'a>,
    /// What follows from value added in a free zone.
    added: Option<Added>,
    /// What each tax came to, after reliefs.
    assessed: BTreeMap<String, Decimal>,
    lines: Vec<Line>,
}

impl<'a> Working<'a> {
    /// Computes every tax, in the policy's order.
    fn every(
        &mut self,
        measures: &BTreeMap<&str, &Measure>,
        materials: Option<&OfMaterials<'a>>,
    ) -> Result<(), ObstacleFault> {
        for rule in self.world.policy.taxes {
            for (tax, measure) in measures.iter().filter(|(tax, _)| (rule.taxes)(tax)) {
                if self.counts.has(tax) {
                    self.line(rule, measure)?;
                }
            }
            materials.map_or(Ok(()), |materials| self.of_materials_alone(rule, measures, materials))?;
        }
        Ok(())
    }

    /// What some duties come to, if nothing stands in their way.
    fn duties(
        &self,
        of: fn(&str) -> bool,
        measures: &BTreeMap<&str, &Measure>,
        materials: Option<&OfMaterials<'a>>,
    ) -> Result<Decimal, ObstacleFault> {
        let mut trial = self.clone();
        let own = measures.iter().filter(|(tax, _)| of(tax)).map(|(tax, measure)| (*tax, *measure));
        trial.every(&own.collect(), materials)?;
        let mut assessed = trial.assessed.values();
        assessed.try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one)).ok_or(ObstacleFault::TooLarge)
    }

    /// What percentages of a tax are shares of, by what was assessed so far.
    fn base(&self, rule: &TaxRule) -> Result<Decimal, ObstacleFault> {
        let mut taxes = self.assessed.iter().filter(|(tax, _)| (rule.base.taxes)(tax)).map(|(_, amount)| *amount);
        let value = if rule.base.value { self.value.amount } else { Decimal::ZERO };
        taxes.try_fold(value, |sum, amount| sum.checked_add(amount)).ok_or(ObstacleFault::TooLarge)
    }

    fn line(&mut self, rule: &TaxRule, measure: &Measure) -> Result<(), ObstacleFault> {
        let policy = self.world.policy;
        let base = self.base(rule)?;
        let quantity = |unit: &Unit| self.quantity(unit, &measure.tax);
        let subject = Subject {
            value: base,
            quantity: &quantity,
            currency: policy.currency,
            rates: self.world.rates,
            day: self.day,
        };
        let unworkable = |why| ObstacleFault::Unworkable { tax: measure.tax.clone(), line: measure.line, why };
        let worked = measure.expression.work(&subject).map_err(unworkable)?;
        let relief = self.relief(&measure.tax);
        let spared = self.counts.spares(&measure.tax);
        let effect = spared.map(|_| Effect::Nothing).or(relief.map(|relief| relief.effect));
        let due = match effect {
            Some(Effect::Nothing) => Decimal::ZERO,
            _ => rule.rounding.round(worked.amount, policy.digits),
        };
        let rate = measure.expression.percent(self.day);
        let mut why = self.value.why.clone();
        why.push(Reason::Measure { tax: measure.tax.clone(), line: measure.line, written: measure.written.clone() });
        let (rounding, ground) = (rule.rounding, Some(rule.source));
        why.push(match effect {
            Some(Effect::Nothing) => Reason::NotDue { formula: worked.formula },
            _ => Reason::Rounded { formula: worked.formula, due, rounding, ground },
        });
        let assessed = match effect {
            Some(Effect::Relieved) => Decimal::ZERO,
            Some(_) => due,
            None => self.without_added(rule, measure, &subject, (worked.amount, due), &mut why)?,
        };
        why.extend(self.counts.ground(&measure.tax).map(|ground| Reason::Tariff { ground }));
        why.extend(relief.map(|relief| Reason::Procedure { ground: relief.source }));
        self.assessed.insert(measure.tax.clone(), assessed);
        let mut line = Line {
            item: self.value.item,
            tax: measure.tax.clone(),
            base: rate.map(|_| base),
            rate,
            deduct: due - assessed,
            assessed,
            payable: assessed,
            currency: policy.currency.to_owned(),
            measure: Some(measure.line),
            why,
        };
        if let Some(Effect::Suspended(Some(code))) = effect
            && !assessed.is_zero()
        {
            line.payable = Decimal::ZERO;
            let why = vec![Reason::Security { tax: line.tax.clone() }];
            let security = Line { tax: code.to_owned(), base: None, rate: None, measure: None, why, ..line.clone() };
            self.lines.extend([line, security]);
        } else {
            if effect == Some(Effect::Suspended(None)) {
                line.payable = Decimal::ZERO;
            }
            self.lines.push(line);
        }
        Ok(())
    }

    fn relief(&self, tax: &str) -> Option<&'static Relief> {
        let declared = |relief: &&Relief| self.said.procedures.iter().any(|procedure| (relief.procedure)(procedure));
        self.world.policy.reliefs.iter().filter(declared).find(|relief| (relief.taxes)(tax))
    }

    /// What is declared in exactly this unit for any tax.
    fn declared(&self, code: &str) -> Option<Decimal> {
        let mut bases = self.item.duties.iter().filter_map(|duty| duty.base.as_ref());
        bases.find(|measured| measured.unit.as_deref() == Some(code)).map(|measured| measured.value.value)
    }

    /// How much there is of the item in a unit.
    fn quantity(&self, unit: &Unit, tax: &str) -> Option<Decimal> {
        // What is declared for a tax itself comes first, then for any, then what is weighed and counted.
        let own = self.item.duties.iter().filter(|duty| text(duty.kind.as_ref()) == tax);
        let any = self.item.duties.iter();
        let declared = own.chain(any).filter_map(|duty| duty.base.as_ref());
        let declared = declared.filter_map(|measured| converted(measured, unit)).next();
        declared.or_else(|| match unit {
            Unit::Kilogram => self.item.net.as_ref().and_then(|net| weight(net, unit)),
            Unit::GrossKilogram => self.item.gross.as_ref().and_then(|gross| weight(gross, unit)),
            // Hectolitres times percent are litres of pure alcohol.
            Unit::StrengthHectolitre | Unit::PureLitre => {
                // The strength that an easement lets count comes before the strength that is there.
                let strength = self.declared("EAS").or_else(|| self.declared("ASV"))?;
                strength.checked_mul(self.quantity(&Unit::Litre, tax)?)?.checked_div(Decimal::ONE_HUNDRED)
            }
            // Without a unit it is the tariff's supplementary one, which is what a duty by quantity goes by.
            unit => self.item.supplementary.as_ref().and_then(|measured| match measured.unit {
                None if !matches!(unit, Unit::KilogramOf(_)) => Some(measured.value.value),
                _ => converted(measured, unit),
            }),
        })
    }
}

/// A mass; without a unit it is in kilograms (WCO Data Model, 126 and 128).
fn weight(measured: &Measured, unit: &Unit) -> Option<Decimal> {
    match measured.unit {
        None => Some(measured.value.value),
        Some(_) => converted(measured, unit),
    }
}

fn converted(measured: &Measured, unit: &Unit) -> Option<Decimal> {
    let factor = unit.factor(measured.unit.as_deref()?)?;
    measured.value.value.checked_mul(factor)
}
