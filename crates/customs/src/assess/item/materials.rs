//! Taxes that the tariff has on goods made in a free zone only for where a material was made, and not for what is declared of the goods.
//!
//! Duty falls on the materials from abroad: it would be let go if the origin of what was made of them hid theirs. Must not know of: how value added is found.

use std::collections::BTreeMap;

use definition::value::{Decimal, Money};

use super::{Line, ObstacleFault, TaxRule, Working};
use crate::assess::Policy;
use crate::goods::Country;
use crate::goods::value_added::{Due, Fraction};
use crate::reason::Reason;
use crate::tariff::Measure;
use crate::tariff::expression::Subject;
use crate::tariff::unit::Unit;

/// A measure with the materials that it falls on.
#[derive(Clone)]
pub(super) struct OfOrigins<'a> {
    pub(super) measure: &'a Measure,
    /// What they are worth, in minor units.
    pub(super) value: i128,
    /// Where they were made; an origin is not known where nobody kept it.
    origins: Vec<Option<Country>>,
    /// The same, for whoever asks why.
    pub(super) materials: Option<Reason>,
}

impl<'a> OfOrigins<'a> {
    /// A measure that goes by no material's origin.
    pub(super) const fn of_all(measure: &'a Measure) -> Self {
        Self { measure, value: 0, origins: Vec::new(), materials: None }
    }

    /// Adds materials to those of the same measure.
    pub(super) fn add(
        parts: &mut Vec<Self>,
        measure: &'a Measure,
        origin: Option<&Country>,
        value: i128,
    ) -> Result<(), ObstacleFault> {
        let origin = origin.cloned();
        match parts.iter_mut().find(|part| part.measure.line == measure.line) {
            Some(part) => {
                part.value = part.value.checked_add(value).ok_or(ObstacleFault::TooLarge)?;
                part.origins.push(origin);
            }
            None => parts.push(Self { value, origins: vec![origin], ..Self::of_all(measure) }),
        }
        Ok(())
    }

    /// With where its materials were made; nothing is said where that is known of none of them.
    pub(super) fn named(self, policy: &Policy) -> Self {
        let known: Vec<Country> = self.origins.iter().flatten().cloned().collect();
        let materials = (!known.is_empty()).then(|| Reason::Materials {
            others: self.origins.contains(&None),
            origins: known,
            value: Money { minor: self.value, currency: policy.currency.to_owned() },
        });
        Self { materials, ..self }
    }
}

/// What the tariff has for where materials from abroad were made.
pub(super) struct OfMaterials<'a> {
    /// The share of the goods that duty falls on for their materials.
    share: Fraction,
    taxes: BTreeMap<&'a str, Vec<OfOrigins<'a>>>,
}

impl<'a> Working<'a> {
    /// Computes the taxes of a rule that the goods' own origin has none of.
    pub(super) fn of_materials_alone(
        &mut self,
        rule: &TaxRule,
        own: &BTreeMap<&str, &Measure>,
        materials: &OfMaterials<'a>,
    ) -> Result<(), ObstacleFault> {
        let about = self.world.policy.value_added.as_ref().map(|added| added.taxes);
        for (tax, parts) in &materials.taxes {
            let meant = !own.contains_key(tax) && (rule.taxes)(tax) && about.is_some_and(|about| about(tax));
            if meant && self.counts.has(tax) && self.relief(tax).is_none() {
                self.line_of_materials(rule, tax, (parts, materials.share))?;
            }
        }
        Ok(())
    }

    /// Whether the policy has a rule for every tax that the tariff has for where materials were made: what it knows nothing of is not let go.
    pub(super) fn knows_taxes(&self, materials: &OfMaterials<'a>) -> Result<(), ObstacleFault> {
        let known = |tax: &str| self.world.policy.taxes.iter().any(|rule| (rule.taxes)(tax));
        match materials
            .taxes
            .iter()
            .find(|(tax, _)| !known(tax))
            .and_then(|(tax, parts)| Some((tax, parts.first()?.measure)))
        {
            Some((tax, measure)) => Err(ObstacleFault::UnknownTax { tax: (*tax).to_owned(), line: measure.line }),
            None => Ok(()),
        }
    }

    /// The share of the goods that duty falls on for their materials; none where it falls on the goods, or on nothing.
    fn share_of_materials(&self) -> Option<Fraction> {
        match self.added.as_ref()?.finding.due {
            Due::Share(share) | Due::OnShareOfValue(share) => Some(share),
            Due::All | Due::Nothing => None,
        }
    }

    /// What the tariff has for where materials from abroad were made, by tax; none where duty does not fall on them. What nobody knows the origin of has nothing of its own.
    pub(super) fn of_materials(&self) -> Result<Option<OfMaterials<'a>>, ObstacleFault> {
        let Some(share) = self.share_of_materials() else { return Ok(None) };
        let mut taxes: BTreeMap<&'a str, Vec<OfOrigins<'a>>> = BTreeMap::new();
        for (origin, value) in self.added.iter().flat_map(|added| &added.foreign) {
            let Some(origin) = origin else { continue };
            for (tax, measure) in self.measures_from(origin)? {
                OfOrigins::add(taxes.entry(tax).or_default(), measure, Some(origin), *value)?;
            }
        }
        Ok(Some(OfMaterials { share, taxes }))
    }

    fn line_of_materials(
        &mut self,
        rule: &TaxRule,
        tax: &str,
        (parts, share): (&[OfOrigins<'a>], Fraction),
    ) -> Result<(), ObstacleFault> {
        let foreign = self.added.iter().flat_map(|added| &added.foreign);
        let total = foreign.map(|(_, value)| *value).try_fold(0_i128, i128::checked_add);
        let total = total.ok_or(ObstacleFault::TooLarge)?;
        let quantity = |unit: &Unit| self.quantity(unit, tax);
        let subject = Subject {
            value: self.base(rule)?,
            quantity: &quantity,
            currency: self.world.policy.currency,
            rates: self.world.rates,
            day: self.day,
        };
        let mut why = self.value.why.clone();
        why.extend(self.added.iter().flat_map(|added| added.finding.why.iter().cloned()));
        let mut sum = Decimal::ZERO;
        // Materials that are worth nothing are no share of anything.
        for part in parts.iter().filter(|_| total > 0) {
            let OfOrigins { measure, value, materials, .. } = part.clone().named(self.world.policy);
            let share = share.times(value, total).ok_or(ObstacleFault::TooLarge)?;
            let (tax, line, written) = (measure.tax.clone(), measure.line, measure.written.clone());
            why.extend(materials);
            why.push(Reason::Measure { tax, line, written });
            let part = self.part((share, measure), rule, &subject, None, &mut why)?;
            sum = sum.checked_add(part).ok_or(ObstacleFault::TooLarge)?;
        }
        self.assessed.insert(tax.to_owned(), sum);
        self.lines.push(Line {
            item: self.value.item,
            tax: tax.to_owned(),
            base: None,
            rate: None,
            deduct: Decimal::ZERO,
            assessed: sum,
            payable: sum,
            currency: self.world.policy.currency.to_owned(),
            measure: parts.first().map(|part| part.measure.line),
            why,
        });
        Ok(())
    }
}
