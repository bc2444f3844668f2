//! An assessment as it is written down, for programs and for pages: the members' order and the numbers' digits are fixed, so that it has one hash.
//!
//! Must not know of: where it is kept, who reads it.

use definition::value::{Date, Decimal, parse_decimal};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use super::{ItemValue, Line, Policy};
use crate::declaration::{Declaration, Measure};
use crate::reason::{Reason, Told};

/// What a document of this kind says of itself, so that nothing else passes for one.
pub const KIND: &str = "customs.assessment";

/// Its media type (RFC 6838, section 3.2). Nobody can bring a document of this type: only functions make them.
pub const MEDIA_TYPE: &str = "application/vnd.panjereh.assessment+json";

/// One duty or tax on one item, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineWritten {
    /// The item's number.
    pub item: u32,
    /// Which duty or tax, or the security for one.
    pub tax: String,
    /// What it is a share of.
    pub base: Option<String>,
    /// Its rate in percent.
    pub rate: Option<String>,
    /// What a relief takes off.
    pub deduct: String,
    /// What it comes to.
    pub assessed: String,
    /// What is to be paid now.
    pub payable: String,
    /// The currency of all amounts, ISO 4217.
    pub currency: String,
}

/// An assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// [`KIND`].
    pub kind: String,
    /// The declarant's own reference.
    pub reference: Option<String>,
    /// The policy's name.
    pub policy: String,
    /// The day whose tariff and rates counted.
    pub day: Date,
    /// The currency of all amounts, ISO 4217.
    pub currency: String,
    /// The items' values.
    pub items: Vec<ItemWritten>,
    /// Every duty and tax, in order of items.
    pub lines: Vec<Owed>,
    /// What is to be paid now, of all lines.
    pub payable: String,
}

/// What an item is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemWritten {
    /// Its number.
    pub item: u32,
    /// The code of the commodity, as it was declared.
    pub commodity: String,
    /// What it is, as it was declared.
    pub description: Option<String>,
    /// The net mass, as it was declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Declared>,
    /// How much there is in the tariff's supplementary unit, as it was declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplementary: Option<Declared>,
    /// The customs value.
    pub value: String,
    /// How the value came about.
    pub why: Vec<Told>,
}

/// A declared quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// How much.
    pub amount: String,
    /// In which unit (UN/ECE Recommendation 20), where it says so; a mass without one is in kilograms.
    pub unit: Option<String>,
}

/// A line with how it came about; how the value did stands with the item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Owed {
    /// The line.
    #[serde(flatten)]
    pub line: LineWritten,
    /// The line of the tariff's file.
    pub measure: Option<u32>,
    /// Formula, rounding, relief, each with its ground.
    pub why: Vec<Told>,
}

impl Serialize for Owed {
    /// As one object, without a map in between for the line.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { line, measure, why } = self;
        let LineWritten { item, tax, base, rate, deduct, assessed, payable, currency } = line;
        let mut owed = serializer.serialize_struct("Owed", 10)?;
        owed.serialize_field("item", item)?;
        owed.serialize_field("tax", tax)?;
        owed.serialize_field("base", base)?;
        owed.serialize_field("rate", rate)?;
        owed.serialize_field("deduct", deduct)?;
        owed.serialize_field("assessed", assessed)?;
        owed.serialize_field("payable", payable)?;
        owed.serialize_field("currency", currency)?;
        owed.serialize_field("measure", measure)?;
        owed.serialize_field("why", why)?;
        owed.end()
    }
}

/// What one duty or tax comes to, over all items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Which.
    pub tax: String,
    /// What reliefs take off.
    pub deduct: Decimal,
    /// What it comes to.
    pub assessed: Decimal,
    /// What is to be paid now.
    pub payable: Decimal,
}

impl Line {
    /// The line as it is written under a policy.
    #[must_use]
    pub fn written(&self, policy: &Policy) -> LineWritten {
        LineWritten {
            item: self.item,
            tax: self.tax.clone(),
            base: self.base.map(|base| policy.written(base)),
            rate: self.rate.map(|rate| rate.normalize().to_string()),
            deduct: policy.written(self.deduct),
            assessed: policy.written(self.assessed),
            payable: policy.written(self.payable),
            currency: self.currency.clone(),
        }
    }
}

impl Assessment {
    /// What was worked out for a declaration, on a day that counts where it was not accepted on another.
    #[must_use]
    pub fn of(declaration: &Declaration, (values, lines): (&[ItemValue], &[Line]), policy: &Policy, day: Date) -> Self {
        let quantity =
            |of: &Measure| Declared { amount: of.value.value.normalize().to_string(), unit: of.unit.clone() };
        let item = |(value, declared): (&ItemValue, &crate::declaration::Item)| ItemWritten {
            item: value.item,
            commodity: super::commodity(declared),
            description: declared.description.as_ref().map(|text| text.value.clone()),
            net: declared.net.as_ref().map(quantity),
            supplementary: declared.supplementary.as_ref().map(quantity),
            value: policy.written(value.amount),
            why: value.why.iter().map(Told::from).collect(),
        };
        let owed = |line: &Line| Owed {
            line: line.written(policy),
            measure: line.measure,
            why: line.why.iter().filter(|why: &&Reason| !why.is_of_value()).map(Told::from).collect(),
        };
        Self {
            kind: KIND.to_owned(),
            reference: declaration.reference.as_ref().map(|reference| reference.value.clone()),
            policy: policy.name.to_owned(),
            day: declaration.accepted.as_ref().map_or(day, |accepted| accepted.value),
            currency: policy.currency.to_owned(),
            items: values.iter().zip(&declaration.shipment.items).map(item).collect(),
            lines: lines.iter().map(owed).collect(),
            payable: policy.written(lines.iter().map(|line| line.payable).sum::<Decimal>()),
        }
    }

    /// Reads what [`Assessment::of`] wrote; none where the bytes are something else.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|read| read.kind == KIND)
    }

    /// What each duty and tax comes to, in the order in which they first stand; none where an amount is none.
    #[must_use]
    pub fn totals(&self) -> Option<Vec<Total>> {
        let mut totals: Vec<Total> = Vec::new();
        for Owed { line, .. } in &self.lines {
            let [deduct, assessed, payable] =
                [&line.deduct, &line.assessed, &line.payable].map(|text| parse_decimal(text).ok());
            let (deduct, assessed, payable) = (deduct?, assessed?, payable?);
            match totals.iter_mut().find(|total| total.tax == line.tax) {
                Some(total) => {
                    total.deduct = total.deduct.checked_add(deduct)?;
                    total.assessed = total.assessed.checked_add(assessed)?;
                    total.payable = total.payable.checked_add(payable)?;
                }
                None => totals.push(Total { tax: line.tax.clone(), deduct, assessed, payable }),
            }
        }
        Some(totals)
    }

    /// The bytes, the same for the same assessment.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in it can fail to be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
