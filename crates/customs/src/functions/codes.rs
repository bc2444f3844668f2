//! Whether there are the countries, currencies and units that a declaration names: ISO 3166-1, ISO 4217, UN/ECE Recommendation 20.
//!
//! Customs use codes besides, such as XK or EU, which ISO 3166-1 leaves to users or reserves: those are known that the zone's own tariff or groups of countries name.
//! Must not know of: what becomes of the goods.

use super::Fault;
use super::fault::number;
use crate::codes::{is_country, is_currency};
use crate::declaration::{Amount, Declaration, Item, Measure};
use crate::goods::UNITS;
use crate::tariff::{Groups, Tariff, unit};

/// What is named that no list has, item by item.
pub(super) fn unknown(declaration: &Declaration, tariff: &Tariff, groups: &Groups) -> Vec<Fault> {
    let invoice =
        declaration.invoice.iter().chain(declaration.shipment.charges.iter().filter_map(|one| one.amount.as_ref()));
    let mut faults: Vec<Fault> = invoice.filter_map(|amount| currency(0, amount)).collect();
    for item in &declaration.shipment.items {
        faults.extend(origins(item, tariff, groups));
        let charges = item.charges.iter().filter_map(|one| one.amount.as_ref());
        let amounts = item.charge.iter().chain(&item.customs_value).chain(charges);
        faults.extend(amounts.filter_map(|amount| currency(number(item), amount)));
        faults.extend(units(item, tariff));
    }
    faults
}

fn origins(item: &Item, tariff: &Tariff, groups: &Groups) -> Vec<Fault> {
    let named = item.origins.iter().filter_map(|origin| origin.country.as_ref());
    let known = |code: &str| is_country(code) || !groups.of(code).is_empty() || tariff.names_origin(code);
    let unknown = named.filter(|country| !known(&country.value));
    unknown.map(|country| Fault::no_country(number(item), country.span, &country.value)).collect()
}

fn currency(item: u32, amount: &Amount) -> Option<Fault> {
    let code = amount.currency.as_deref().filter(|code| !is_currency(code))?;
    Some(Fault::no_currency(item, amount.value.span, code))
}

fn units(item: &Item, tariff: &Tariff) -> Vec<Fault> {
    let one = |field: &'static str, measure: &Option<Measure>| {
        let measure = measure.as_ref()?;
        let code = measure.unit.as_deref()?;
        let plain = code.split('#').next().unwrap_or(code);
        let is_known =
            UNITS.iter().any(|(known, ..)| *known == plain) || unit::is_known(plain) || tariff.names_unit(plain);
        (!is_known).then(|| Fault::no_unit(number(item), field, measure.value.span, code))
    };
    [one("gross", &item.gross), one("net", &item.net), one("unit", &item.supplementary)].into_iter().flatten().collect()
}
