//! What is due of a tax on goods made in a free zone: what falls on the value added there is taken off, and the rest goes by where its materials were made.
//!
//! Must not know of: how value added is found.

use std::collections::BTreeMap;

use definition::value::Decimal;

use super::materials::OfOrigins;
use super::{ObstacleFault, TaxRule, Working, tied};
use crate::goods::Country;
use crate::goods::value_added::{Due, Fraction};
use crate::reason::Reason;
use crate::tariff::Measure;
use crate::tariff::expression::Subject;

impl<'a> Working<'a> {
    pub(super) fn without_added(
        &self,
        rule: &TaxRule,
        measure: &Measure,
        subject: &Subject<'_>,
        (amount, due): (Decimal, Decimal),
        why: &mut Vec<Reason>,
    ) -> Result<Decimal, ObstacleFault> {
        let about = self.world.policy.value_added.as_ref().is_some_and(|added| (added.taxes)(&measure.tax));
        let Some(added) = self.added.as_ref().filter(|_| about) else { return Ok(due) };
        why.extend(added.finding.why.iter().cloned());
        let share = match added.finding.due {
            Due::All => return Ok(due),
            Due::Nothing => return Ok(Decimal::ZERO),
            Due::Share(share) | Due::OnShareOfValue(share) => share,
        };
        let mut sum = Decimal::ZERO;
        for (share, OfOrigins { measure: own, materials, .. }) in self.by_origin(measure, share)? {
            why.extend(materials);
            if own.line != measure.line {
                why.push(Reason::Measure { tax: own.tax.clone(), line: own.line, written: own.written.clone() });
            }
            let whole = (own.line == measure.line).then_some(amount);
            let part = self.part((share, own), rule, subject, whole, why)?;
            sum = sum.checked_add(part).ok_or(ObstacleFault::TooLarge)?;
        }
        Ok(sum)
    }

    /// What a measure comes to on a share of the goods; `whole` is what it comes to on all of them, where that is known.
    pub(super) fn part(
        &self,
        (share, own): (Fraction, &Measure),
        rule: &TaxRule,
        subject: &Subject<'_>,
        whole: Option<Decimal>,
        why: &mut Vec<Reason>,
    ) -> Result<Decimal, ObstacleFault> {
        let digits = self.world.policy.digits;
        let unworkable = |why| ObstacleFault::Unworkable { tax: own.tax.clone(), line: own.line, why };
        let due = self.added.as_ref().map(|added| &added.finding.due);
        if matches!(due, Some(Due::OnShareOfValue(_))) {
            let value = share.of(subject.value, digits).ok_or(ObstacleFault::TooLarge)?;
            let worked = own.expression.work(&Subject { value, ..*subject }).map_err(unworkable)?;
            let part = rule.rounding.round(worked.amount, digits);
            let (formula, rounding) = (worked.formula, rule.rounding);
            why.push(Reason::Rounded { formula, due: part, rounding, ground: None });
            return Ok(part);
        }
        let whole = match whole {
            Some(whole) => whole,
            None => own.expression.work(subject).map_err(unworkable)?.amount,
        };
        let part = share.of(whole, digits).ok_or(ObstacleFault::TooLarge)?;
        why.push(Reason::Part { share, part });
        Ok(part)
    }

    /// The share that a tax falls on, by the measures that the tariff has for where the materials were made, as the accounts know it. What nobody knows the origin of, and what the
    /// tariff has no such tax on, goes by the goods' own measure.
    fn by_origin<'m>(
        &'m self,
        measure: &'m Measure,
        share: Fraction,
    ) -> Result<Vec<(Fraction, OfOrigins<'m>)>, ObstacleFault> {
        let foreign = self.added.as_ref().map(|added| &added.foreign[..]).unwrap_or_default();
        let mut parts: Vec<OfOrigins<'_>> = Vec::new();
        let mut total: i128 = 0;
        for (origin, value) in foreign {
            let of_origin = origin.as_ref().map(|origin| self.measures_from(origin)).transpose()?;
            let own = of_origin.and_then(|all| all.get(measure.tax.as_str()).copied()).unwrap_or(measure);
            total = total.checked_add(*value).ok_or(ObstacleFault::TooLarge)?;
            OfOrigins::add(&mut parts, own, origin.as_ref(), *value)?;
        }
        match parts.len() {
            0 => return Ok(vec![(share, OfOrigins::of_all(measure))]),
            1 => return Ok(parts.into_iter().map(|own| (share, own.named(self.world.policy))).collect()),
            _ if total == 0 => return Ok(vec![(share, OfOrigins::of_all(measure))]),
            _ => {}
        }
        let part = |own: OfOrigins<'m>| Some((share.times(own.value, total)?, own.named(self.world.policy)));
        parts.into_iter().map(part).collect::<Option<_>>().ok_or(ObstacleFault::TooLarge)
    }

    /// What the tariff has on the goods if they were made in a country, by tax.
    pub(super) fn measures_from(&self, origin: &Country) -> Result<BTreeMap<&'a str, &'a Measure>, ObstacleFault> {
        let goods = self.said.goods(origin.as_str(), self.world, self.day);
        self.world.tariff.find(&goods).map_err(tied)
    }
}
