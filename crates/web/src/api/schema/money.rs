//! Amounts as the description has them: which currencies there are, and how fine an amount in each may be.
//!
//! Must not know of: operations.

use std::borrow::Cow;

use app::definition::value::CURRENCIES;
use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Most digits of an amount in minor units: any that many fit into the 96 bits of a decimal.
const DIGITS_MAX: u8 = 28;

/// An amount in major units of a currency.
#[derive(Serialize)]
pub(crate) struct Money {
    amount: String,
    currency: String,
}

/// An amount that arrived: more than nothing.
#[derive(Serialize)]
pub(crate) struct Sum {
    amount: String,
    currency: String,
}

impl PartialSchema for Money {
    fn schema() -> RefOr<Schema> {
        let amount = |digits: u8| {
            let whole = DIGITS_MAX.saturating_sub(digits);
            match digits {
                0 => format!("^-?[0-9]{{1,{whole}}}$"),
                _ => format!(r"^-?[0-9]{{1,{whole}}}(\.[0-9]{{1,{digits}}})?$"),
            }
        };
        amounts("An amount in major units of a currency.", amount)
    }
}

impl ToSchema for Money {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Money")
    }
}

impl PartialSchema for Sum {
    fn schema() -> RefOr<Schema> {
        amounts("An amount that arrived: more than nothing.", positive)
    }
}

impl ToSchema for Sum {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Sum")
    }
}

/// What a positive amount with at most so many digits after the point looks like.
fn positive(digits: u8) -> String {
    let further = DIGITS_MAX.saturating_sub(digits).saturating_sub(1);
    if digits == 0 {
        return format!("^[1-9][0-9]{{0,{further}}}$");
    }
    // Below one, some digit after the point is not 0: the first, or a later one.
    let below = (0..digits).map(|zeros| {
        let rest = digits.saturating_sub(zeros).saturating_sub(1);
        let zeros = "0".repeat(zeros.into());
        if rest == 0 { format!("{zeros}[1-9]") } else { format!("{zeros}[1-9][0-9]{{0,{rest}}}") }
    });
    let below = below.collect::<Vec<_>>().join("|");
    format!(r"^([1-9][0-9]{{0,{further}}}(\.[0-9]{{1,{digits}}})?|0\.({below}))$")
}

/// One form for the currencies of each minor unit.
fn amounts(description: &str, pattern: impl Fn(u8) -> String) -> RefOr<Schema> {
    let mut all = OneOfBuilder::new().description(Some(description));
    for (digits, codes) in CURRENCIES {
        let amount = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(format!("How much, in plain digits, at most {digits} of them after the point.")))
            .pattern(Some(pattern(digits)));
        let currency = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("An ISO 4217 code."))
            .enum_values(Some(codes.iter().copied()));
        let form = ObjectBuilder::new()
            .property("amount", amount)
            .property("currency", currency)
            .required("amount")
            .required("currency");
        all = all.item(form);
    }
    all.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_say_how_fine_an_amount_is() {
        assert_eq!(positive(0), "^[1-9][0-9]{0,27}$");
        assert_eq!(positive(2), r"^([1-9][0-9]{0,25}(\.[0-9]{1,2})?|0\.([1-9][0-9]{0,1}|0[1-9]))$");
        let Ok(schema) = serde_json::to_value(Money::schema()) else { panic!("no schema") };
        let forms = schema["oneOf"].as_array().unwrap();
        assert_eq!(forms.len(), CURRENCIES.len());
        assert_eq!(forms[1]["properties"]["amount"]["pattern"], r"^-?[0-9]{1,26}(\.[0-9]{1,2})?$");
        assert!(forms[1]["properties"]["currency"]["enum"].as_array().unwrap().contains(&"IRR".into()));
    }
}
