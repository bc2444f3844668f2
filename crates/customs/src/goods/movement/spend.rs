//! Something is taken of an allowance: at a till, at the gate. Two that meet at one allowance meet at its row.
//!
//! Must not know of: which goods it is for; the exit beside it says so.

use serde::{Deserialize, Serialize};

use super::{Judged, Move};
use crate::goods::allowance::{Allowance, AllowanceRef, Measure};
use crate::goods::problem::{GoodsFault, Objections};
use crate::goods::row::{Book, Row, RowKey};

/// Something is taken of an allowance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spend {
    /// Which.
    pub allowance: AllowanceRef,
    /// What there is of it for the whole period, as the definition has it today.
    pub granted: Measure,
    /// What is taken.
    pub amount: Measure,
}

impl Spend {
    fn standing(&self, book: &Book) -> Measure {
        book.allowance(&self.allowance).map_or_else(|| self.granted.nothing(), |standing| standing.spent.clone())
    }
}

impl Move for Spend {
    fn rows(&self) -> Vec<RowKey> {
        vec![RowKey::Allowance(self.allowance.clone())]
    }

    fn judge(&self, book: &Book, objections: &mut Objections) -> Judged {
        for (at, measure) in [("granted", &self.granted), ("amount", &self.amount)] {
            if let Measure::Value(money) = measure {
                objections.value(at, money);
            }
        }
        if !self.amount.is_something() {
            objections.add("amount", GoodsFault::Nothing);
        }
        let spent = self.standing(book);
        if !spent.is_like(&self.granted) || !spent.is_like(&self.amount) {
            objections.add("amount", GoodsFault::OtherMeasure { allowance: self.allowance.clone() });
            return Judged::default();
        }
        // What was granted may have become less than what was spent of it.
        let left = self.granted.minus(&spent).unwrap_or_else(|| self.granted.nothing());
        if left.minus(&self.amount).is_none() {
            let (allowance, wanted) = (self.allowance.clone(), self.amount.clone());
            objections.add("amount", GoodsFault::Overspent { allowance, wanted, left });
        }
        Judged::default()
    }

    fn marks(&self, book: &mut Book) -> Result<(), &'static str> {
        let spent = self.standing(book).plus(&self.amount).ok_or("an allowance is counted in another measure")?;
        if self.granted.minus(&spent).is_none() {
            return Err("more is taken of an allowance than there is");
        }
        let allowance = Allowance { granted: self.granted.clone(), spent };
        book.put(RowKey::Allowance(self.allowance.clone()), Row::Allowance(allowance));
        Ok(())
    }
}
