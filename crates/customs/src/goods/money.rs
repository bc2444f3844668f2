//! Reading a value in JSON, with words for what is wrong with it.
//!
//! Must not know of: what is worth so much.

use definition::value::{Money, ValueError, parse_decimal};
use serde::{Deserialize, Deserializer, de};

#[derive(Deserialize)]
#[serde(rename = "Money", deny_unknown_fields)]
struct Written {
    amount: String,
    currency: String,
}

/// An amount of major units in a currency: `{"amount":"12500.75","currency":"IRR"}`.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    let Written { amount, currency } = Written::deserialize(deserializer)?;
    let short = |text: &str| text.chars().take(40).collect::<String>();
    let decimal = parse_decimal(&amount).map_err(|fault| match fault {
        ValueError::TooLarge => format!("`{}` is larger than can be computed exactly", short(&amount)),
        _ => format!("`{}` is no number; write it in the digits 0 to 9 with a point", short(&amount)),
    });
    let money = decimal.and_then(|decimal| {
        Money::from_amount(decimal, &currency).map_err(|fault| match fault {
            ValueError::UnknownCurrency { .. } => format!("the currency `{}` is not known", short(&currency)),
            ValueError::TooFine { scale } => {
                format!("{decimal} {currency} has more than {scale} digits after the point")
            }
            _ => format!("{decimal} {currency} is larger than can be computed exactly"),
        })
    });
    money.map_err(de::Error::custom)
}
