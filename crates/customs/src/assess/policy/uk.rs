//! The United Kingdom, as its trade test answers: Great Britain's tariff, and the Union's for goods that come to Northern Ireland and may go on into the Union.
//!
//! Must not know of: rates. What is said here was read off 157 lines that HM Revenue & Customs answered to the trade test of its Customs Declaration Service, as
//! `docs/customs.md` shows, and claims to be no more: no article of law was looked up.

use super::{Base, Choice, Effect, Policy, Relief, Rounding, TaxRule, TwoTariffs, none};
use crate::reason::Ground;

pub(super) static UK: Policy = Policy {
    name: "uk",
    currency: "GBP",
    digits: 2,
    taxes: &[
        TaxRule { taxes: is_union_duty, base: VALUE, rounding: Rounding::HalfUp, source: SOURCE },
        TaxRule { taxes: is_duty, base: VALUE, rounding: Rounding::HalfUp, source: SOURCE },
        TaxRule { taxes: is_excise, base: VALUE, rounding: Rounding::HalfUp, source: SOURCE },
        TaxRule {
            taxes: is_vat_on_union_duty,
            base: Base { value: false, taxes: is_union_duty },
            rounding: Rounding::Down,
            source: SOURCE,
        },
        TaxRule {
            taxes: is_vat,
            base: Base { value: true, taxes: is_duty_or_excise },
            rounding: Rounding::Down,
            source: SOURCE,
        },
    ],
    reliefs: &[
        Relief {
            procedure: is_inward_processing,
            taxes: all,
            effect: Effect::Suspended(Some("IPR")),
            source: said("procedure 51: inward processing", "رویهٔ 51: ورود موقت برای پردازش"),
        },
        Relief {
            procedure: is_temporary_admission,
            taxes: all,
            effect: Effect::Suspended(Some("T24")),
            source: said("procedure 53: temporary admission", "رویهٔ 53: ورود موقت"),
        },
        Relief {
            procedure: is_repair_under_guarantee,
            taxes: all,
            effect: Effect::Nothing,
            source: said("additional procedure B02: repaired under guarantee", "رویهٔ تکمیلی B02: تعمیر در دورهٔ ضمانت"),
        },
        Relief {
            procedure: is_relief_from_duty,
            taxes: is_any_duty,
            effect: Effect::Relieved,
            source: said(
                "additional procedures C01 to C61: relief from import duty",
                "رویه‌های تکمیلی C01 تا C61: معافیت از حقوق ورودی",
            ),
        },
    ],
    two_tariffs: Some(TwoTariffs {
        first: is_duty,
        second: is_union_duty,
        on_second: is_vat_on_union_duty,
        choose: at_risk,
        source: said(
            "the Union's duty counts for goods that may go on into the Union: where it is higher, and nobody authorised says that they stay",
            "حقوق اتحادیهٔ اروپا برای کالایی است که شاید به اتحادیه برود: اگر بیشتر باشد و دارندهٔ مجوز نگفته باشد که کالا می‌ماند",
        ),
    }),
    value_added: None,
};

/// Where the order of taxes and their rounding come from.
const SOURCE: Ground = said("answers of the United Kingdom's trade test", "پاسخ‌های آزمون بازرگانی بریتانیا");

/// A rule as it was read off those answers.
const fn said(en: &'static str, fa: &'static str) -> Ground {
    Ground { en, fa, draft: false }
}

const VALUE: Base = Base { value: true, taxes: none };

/// A00 customs duty to A45 provisional countervailing duty.
fn is_duty(tax: &str) -> bool {
    tax.len() == 3 && tax.starts_with('A') && !is_union_duty(tax)
}

/// A50 customs duty to A95 provisional countervailing duty, of the Union.
fn is_union_duty(tax: &str) -> bool {
    matches!(tax, "A50" | "A70" | "A80" | "A85" | "A90" | "A95")
}

fn is_any_duty(tax: &str) -> bool {
    is_duty(tax) || is_union_duty(tax)
}

/// Excise has a number for each kind of goods.
fn is_excise(tax: &str) -> bool {
    tax.len() == 3 && tax.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_duty_or_excise(tax: &str) -> bool {
    is_duty(tax) || is_excise(tax)
}

fn is_vat(tax: &str) -> bool {
    tax == "B00"
}

fn is_vat_on_union_duty(tax: &str) -> bool {
    tax == "B05"
}

fn all(_: &str) -> bool {
    true
}

/// Goods that come to Northern Ireland: `NIDOM` from Great Britain, `NIIMP` from elsewhere. Somebody authorised (`UKIM`) may say that they stay (`NIREM`); from
/// elsewhere they stay, too, where one of the United Kingdom's quotas is claimed (`NIQUO`), and where the Union's duty is not the higher one, unless a preference of
/// the Union is claimed (`EUPRF`) and nothing is said of where they stay.
fn at_risk(codes: &[String]) -> Choice {
    let said = |code: &str| codes.iter().any(|one| one == code);
    let stay = said("NIREM") && said("UKIM");
    match (said("NIDOM"), said("NIIMP")) {
        (true, _) if stay => Choice::SecondNotDue,
        (true, _) => Choice::Second,
        (_, true) if stay || said("NIQUO") => Choice::First,
        (_, true) if said("EUPRF") && !said("NIREM") => Choice::Second,
        (_, true) => Choice::Higher,
        _ => Choice::First,
    }
}

fn is_inward_processing(procedure: &str) -> bool {
    procedure == "51"
}

fn is_temporary_admission(procedure: &str) -> bool {
    procedure == "53"
}

fn is_repair_under_guarantee(procedure: &str) -> bool {
    procedure == "B02"
}

fn is_relief_from_duty(procedure: &str) -> bool {
    procedure
        .strip_prefix('C')
        .and_then(|number| number.parse::<u8>().ok())
        .is_some_and(|number| (1..=61).contains(&number))
}
