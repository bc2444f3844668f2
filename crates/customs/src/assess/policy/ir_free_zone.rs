//! Iran's free zones: goods come in with duties suspended, and what was made in a zone enters the mainland free of duty on the value added there.
//!
//! Rates are the national tariff's: `CUD` is customs duty and `VAT` value added tax, as UN/EDIFACT 5153 has them; `COM` is the commercial profit
//! (سود بازرگانی), for which that list has no code. Procedures are those of the Union Customs Code (annex B), whose 78 is entry into a free zone, since no table
//! of the country's own is at hand. All grounds are drafts: nobody has confirmed them. Must not know of: rates.

use super::{
    Base, Effect, Policy, Relief, Rounding, TaxRule, ValueAddedRule, draft, from_free_zone, into_free_zone, none,
    out_of_the_country,
};
use crate::goods::value_added::ir_free_zone::{DutyOn, judge};

/// Duty falls on the CIF value of foreign materials.
pub(super) static ON_MATERIALS: Policy = policy(
    "ir-free-zone",
    ValueAddedRule { procedure: from_free_zone, taxes: is_duty, judge: |made| judge(made, DutyOn::Materials) },
);

/// The other reading: the share of value added is taken off the full duty.
pub(super) static SHARE_OF_DUTY: Policy = policy(
    "ir-free-zone/share",
    ValueAddedRule { procedure: from_free_zone, taxes: is_duty, judge: |made| judge(made, DutyOn::ShareOfDuty) },
);

const fn policy(name: &'static str, value_added: ValueAddedRule) -> Policy {
    Policy {
        name,
        currency: "IRR",
        digits: 0,
        taxes: TAXES,
        reliefs: RELIEFS,
        two_tariffs: None,
        value_added: Some(value_added),
    }
}

const TAXES: &[TaxRule] = &[
    TaxRule {
        taxes: is_duty,
        base: Base { value: true, taxes: none },
        rounding: Rounding::HalfUp,
        source: draft("to the whole rial", "به ریال کامل"),
    },
    TaxRule {
        taxes: is_vat,
        base: Base { value: true, taxes: is_duty },
        rounding: Rounding::HalfUp,
        source: draft(
            "value added tax on customs value and duties, to the whole rial",
            "مالیات بر ارزش افزوده بر ارزش گمرکی و حقوق ورودی، به ریال کامل",
        ),
    },
];

const RELIEFS: &[Relief] = &[
    Relief {
        procedure: into_free_zone,
        taxes: any,
        effect: Effect::Suspended(None),
        source: draft(
            "procedure 78: entry into a free zone, nothing is paid while the goods are there",
            "رویهٔ 78: ورود به منطقهٔ آزاد، تا کالا آنجاست چیزی پرداخت نمی‌شود",
        ),
    },
    Relief {
        procedure: out_of_the_country,
        taxes: any,
        effect: Effect::Nothing,
        source: draft("procedure 31: re-export, nothing is due", "رویهٔ 31: صادرات مجدد، چیزی تعلق نمی‌گیرد"),
    },
];

fn is_duty(tax: &str) -> bool {
    matches!(tax, "CUD" | "COM")
}

fn is_vat(tax: &str) -> bool {
    tax == "VAT"
}

fn any(_: &str) -> bool {
    true
}
