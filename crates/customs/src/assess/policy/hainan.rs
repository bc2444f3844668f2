//! Hainan's free trade port: goods come in with duties suspended, and what gained at least 30 percent of its materials' value there enters the mainland of China
//! free of import duty, though not of import VAT.
//!
//! `CUD` is customs duty and `VAT` import VAT, as UN/EDIFACT 5153 has them; consumption tax, which is part of its own base, is not computed here. Procedures are
//! those of the Union Customs Code (annex B), since no table of the country's own is at hand. All grounds are drafts. Must not know of: rates.

use super::{
    Base, Effect, Policy, Relief, Rounding, TaxRule, ValueAddedRule, draft, from_free_zone, into_free_zone, none,
    out_of_the_country,
};
use crate::goods::value_added::hainan::judge;

pub(super) static HAINAN: Policy = Policy {
    name: "hainan",
    currency: "CNY",
    digits: 2,
    taxes: &[
        TaxRule {
            taxes: is_duty,
            base: Base { value: true, taxes: none },
            rounding: Rounding::HalfUp,
            source: draft("to the fen", "به فن (یک‌صدم یوان)"),
        },
        TaxRule {
            taxes: is_vat,
            base: Base { value: true, taxes: is_duty },
            rounding: Rounding::HalfUp,
            source: draft(
                "import VAT on customs value and duty, to the fen",
                "مالیات بر ارزش افزودهٔ واردات بر ارزش گمرکی و حقوق گمرکی، به فن (یک‌صدم یوان)",
            ),
        },
    ],
    reliefs: &[
        Relief {
            procedure: into_free_zone,
            taxes: any,
            effect: Effect::Suspended(None),
            source: draft(
                "procedure 78: entry into the free trade port, nothing is paid while the goods are there",
                "رویهٔ 78: ورود به بندر تجارت آزاد، تا کالا آنجاست چیزی پرداخت نمی‌شود",
            ),
        },
        Relief {
            procedure: out_of_the_country,
            taxes: any,
            effect: Effect::Nothing,
            source: draft("procedure 31: re-export, nothing is due", "رویهٔ 31: صادرات مجدد، چیزی تعلق نمی‌گیرد"),
        },
    ],
    two_tariffs: None,
    value_added: Some(ValueAddedRule { procedure: from_free_zone, taxes: is_duty, judge }),
};

fn is_duty(tax: &str) -> bool {
    tax == "CUD"
}

fn is_vat(tax: &str) -> bool {
    tax == "VAT"
}

fn any(_: &str) -> bool {
    true
}
