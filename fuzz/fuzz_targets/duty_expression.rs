//! Any text as a duty expression: no panic when it is read, nor when it is worked out.
#![no_main]

use customs::rates::Rates;
use customs::tariff::expression::Subject;
use customs::tariff::parse;
use definition::value::{Date, Decimal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(expression) = parse(text) else { return };
    let day = Date::new(2026, 11, 25).unwrap();
    let mut rates = Rates::default();
    rates.add("EUR", day, None, Decimal::MAX);
    for value in [Decimal::ZERO, Decimal::new(100_050, 2), Decimal::MAX] {
        let quantity = |_: &_| Some(value);
        let subject = Subject { value, quantity: &quantity, currency: "GBP", rates: &rates, day };
        let _ = expression.work(&subject);
    }
});
