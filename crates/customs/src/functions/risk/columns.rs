//! What a declared item gives to a model and to rules: the columns that a model may name, and their cells.
//!
//! Must not know of: models' trees, what a rule says.
//!
//! The names are those that customs' data are published under (the Korean data set of `risk-train`: `HS6 Code`, `Country of Origin`, `Net Mass`, `Item Price`,
//! `Tax Rate`, `Importer ID`), and the further ones of a declaration in the same style. LightGBM writes `_` for their spaces.

use definition::nearest;
use definition::value::Decimal;

use super::super::goods::{mass as mass_of, net_mass};
use crate::assess::Assessment;
use crate::assess::commodity;
use crate::declaration::{Declaration, Item, Measure, Text};
use crate::goods::Quantity;
use crate::risk::{Model, Places};

/// An item with what surrounds it.
pub(super) struct Seen<'a> {
    pub(super) number: u32,
    item: &'a Item,
    declaration: &'a Declaration,
    owner: &'a str,
    pub(super) commodity: String,
    /// Customs value, in major units of the zone's currency.
    pub(super) value: Decimal,
    /// All that was assessed on it, in the same.
    pub(super) duty: Decimal,
}

/// A column: its name, whether its cells are numbers, and what an item has there.
type Column = (&'static str, bool, fn(&Seen<'_>) -> String);

const COLUMNS: [Column; 14] = [
    ("HS2 Code", true, |seen| beginning(&seen.commodity, 2)),
    ("HS4 Code", true, |seen| beginning(&seen.commodity, 4)),
    ("HS6 Code", true, |seen| beginning(&seen.commodity, 6)),
    ("Country of Origin", false, |seen| seen.origin().to_owned()),
    ("Country of Departure", false, |seen| seen.departure().to_owned()),
    ("Net Mass", true, |seen| mass(seen.item.net.as_ref())),
    ("Gross Mass", true, |seen| mass(seen.item.gross.as_ref())),
    ("Quantity", true, |seen| mass(seen.item.supplementary.as_ref())),
    ("Packages", true, |seen| packages(seen.item)),
    ("Items", true, |seen| seen.declaration.shipment.items.len().to_string()),
    ("Item Price", true, |seen| seen.value.normalize().to_string()),
    ("Tax Rate", true, |seen| seen.rate().map(|rate| rate.to_string()).unwrap_or_default()),
    ("Procedure", false, |seen| text(seen.item.procedures.first().and_then(|one| one.current.as_ref())).to_owned()),
    ("Importer ID", false, |seen| seen.owner.to_owned()),
];

impl<'a> Seen<'a> {
    /// Every item of a declaration; none where the assessment is of another.
    pub(super) fn all(declaration: &'a Declaration, assessed: &Assessment, owner: &'a str) -> Option<Vec<Self>> {
        let seen = |item: &'a Item| {
            let number = item.number.as_ref().and_then(|number| u32::try_from(number.value).ok()).unwrap_or(0);
            let (value, duty) = (assessed.value(number)?.amount(), assessed.duty(number)?);
            Some(Self { number, item, declaration, owner, commodity: commodity(item), value, duty })
        };
        declaration.shipment.items.iter().map(seen).collect()
    }

    pub(super) fn origin(&self) -> &str {
        text(self.item.origins.first().and_then(|origin| origin.country.as_ref()))
    }

    pub(super) fn departure(&self) -> &str {
        text(self.item.export_country.as_ref().or(self.declaration.shipment.export_country.as_ref()))
    }

    /// Net mass in kilograms, whatever the unit in which it is declared; of goods that are kept by a quantity of mass, that one where no net mass is said or it is more.
    pub(super) fn net(&self) -> Option<Decimal> {
        net_mass(self.item).map(Quantity::amount)
    }

    /// How many times the net mass the gross mass is, whatever the units; none where no gross mass is said. Against no net mass at all any gross mass is beyond
    /// bounds: else whoever leaves it out would be asked nothing.
    pub(super) fn gross_per_net(&self) -> Option<Decimal> {
        let gross = self.item.gross.as_ref().and_then(mass_of)?.amount();
        self.net().map_or(Some(Decimal::MAX), |net| gross.checked_div(net))
    }

    /// What all taxes come to of the value, in per cent of four digits.
    fn rate(&self) -> Option<Decimal> {
        let share = self.duty.checked_div(self.value)?;
        share.checked_mul(Decimal::ONE_HUNDRED).map(|rate| rate.round_dp(4).normalize())
    }
}

/// What an item has in each column, as it is declared.
pub(super) fn cells(seen: &Seen<'_>) -> [String; 14] {
    COLUMNS.map(|(_, _, cell)| cell(seen))
}

/// Where a declaration has what a model reads.
///
/// # Errors
/// The column that it does not give, and those that it does.
pub(super) fn fit(model: &Model) -> Result<Places, String> {
    // No name has a comma in it.
    let header = COLUMNS.map(|(name, ..)| name).join(",");
    for column in model.columns() {
        if Places::read(&header, &[column]).is_err() {
            let there = COLUMNS.map(|(name, ..)| name);
            let like = nearest(column, there.into_iter()).map(|name| format!("; is it `{name}`?")).unwrap_or_default();
            let all = there.join(", ");
            return Err(format!(
                "the model reads the column `{column}`, which no declaration gives{like} Train it on some of {all}"
            ));
        }
    }
    let is_text = |column: &str| {
        let same = |name: &str| name == column || name.replace(' ', "_") == column;
        COLUMNS.iter().any(|(name, number, _)| same(name) && !number)
    };
    if let Some(column) = model.columns_of_numbers().find(|column| is_text(column)) {
        return Err(format!(
            "the model reads `{column}` as a number, and a declaration has a text there: train it on categories or profiles of it"
        ));
    }
    let columns: Vec<&str> = model.columns().collect();
    Places::read(&header, &columns).map_err(|fault| fault.to_string())
}

fn beginning(code: &str, digits: usize) -> String {
    code.chars().take(digits).collect()
}

fn mass(measure: Option<&Measure>) -> String {
    measure.map(|measure| measure.value.value.normalize().to_string()).unwrap_or_default()
}

fn packages(item: &Item) -> String {
    let counts = item.packages.iter().filter_map(|one| one.count.as_ref());
    let sum = counts.fold(None, |sum: Option<Decimal>, count| sum.unwrap_or_default().checked_add(count.value));
    sum.map(|sum| sum.normalize().to_string()).unwrap_or_default()
}

fn text(text: Option<&Text>) -> &str {
    text.map(|text| text.value.as_str()).unwrap_or_default()
}
