//! Hainan's free trade port: goods whose value rose by at least 30 percent in processing there enter the mainland of China free of import duty, though not of
//! import VAT and consumption tax; so do goods without imported materials.
//!
//! Share of value added = (price - imported materials - materials bought in the mainland) / (imported materials + materials bought in the mainland). That the
//! rule exists, its 30 percent, and that materials of Hainan itself are not among those taken off since 2025 are told by the General Administration of
//! Customs (announcement 158 of 2025, press conference of 2025-10-14, china.org.cn/2025-10/14/content_118123040_7.shtml); the formula is as it is commonly told
//! of it and nobody has confirmed its text here, so the ground is a draft. Must not know of: rates, or which industries are encouraged.

use super::{Due, Finding, Made};
use crate::reason::{Ground, Reason};

/// The ground, as it is shown; its text is not confirmed.
const GROUND: Ground = Ground {
    en: "General Administration of Customs, announcement 158 of 2025",
    fa: "ادارهٔ کل گمرک چین، اعلامیهٔ ۱۵۸ سال ۲۰۲۵",
    draft: true,
};

/// The least rise, in percent of the materials' value.
const LEAST: u8 = 30;

/// What is due on goods made in the free trade port.
#[must_use]
pub fn judge(made: &Made) -> Finding {
    if made.foreign == 0 {
        return Finding { due: Due::Nothing, why: vec![Reason::NoImported { ground: GROUND }] };
    }
    let materials = made.foreign.saturating_add(made.mainland);
    let added = made.price.minor.saturating_sub(materials);
    let is_enough = added.saturating_mul(100) >= materials.saturating_mul(i128::from(LEAST));
    let (price, materials) = (made.price.clone(), made.money(materials));
    let why = Reason::Rise { price, materials, is_enough, least_percent: LEAST, ground: GROUND };
    Finding { due: if is_enough { Due::Nothing } else { Due::All }, why: vec![why] }
}
