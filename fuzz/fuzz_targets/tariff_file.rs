//! Any text as a tariff: no panic, and what is found in one is one of its measures.
#![no_main]

use customs::tariff::{Goods, read};
use definition::value::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = format!("commodity,origin,preference,procedure,tax,expression,valid_from,valid_to,additional\n{text}");
    let Ok(tariff) = read(&file) else { return };
    for measure in tariff.measures().iter().take(50) {
        let goods = Goods {
            commodity: &measure.commodity,
            origin: &measure.origin,
            groups: &[],
            preference: &measure.preference,
            procedures: &measure.procedure,
            additional: &measure.additional,
            day: measure.from.or(measure.to).unwrap_or(Date::new(2026, 11, 25).unwrap()),
        };
        // It fits its own conditions, so something of its tax is found, or two are tied.
        assert!(tariff.find(&goods).map_or(true, |found| found.contains_key(measure.tax.as_str())));
    }
});
