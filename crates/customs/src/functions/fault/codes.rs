//! What is wrong with a code of a declaration that no list has.
//!
//! Must not know of: which lists there are.

use definition::span::Span;

use super::Fault;
use crate::table::short;

impl Fault {
    pub(in crate::functions) fn no_country(item: u32, span: Span, text: &str) -> Self {
        let text = short(text);
        let fa = format!("قلم {item}: «{text}» کشوری نیست؛ مبدأ را با دو حرف ISO 3166-1 بنویسید، مانند TR یا CN.");
        let en =
            format!("item {item}: `{text}` is no country; write the origin in two letters of ISO 3166-1, such as `TR`");
        Self::of_item(item, "origin", Some(span), fa, en)
    }

    /// `item` is 0 for what is said of all.
    pub(in crate::functions) fn no_currency(item: u32, span: Span, text: &str) -> Self {
        let text = short(text);
        let (of_fa, of_en) = match item {
            0 => (String::new(), String::new()),
            item => (format!("قلم {item}: "), format!("item {item}: ")),
        };
        let fa = format!("{of_fa}«{text}» ارزی نیست؛ سه حرف ISO 4217 را بنویسید، مانند IRR یا EUR.");
        let en = format!("{of_en}`{text}` is no currency; write the three letters of ISO 4217, such as `IRR`");
        Self::of_item(item, "currency", Some(span), fa, en)
    }

    pub(in crate::functions) fn no_unit(item: u32, field: &'static str, span: Span, text: &str) -> Self {
        let text = short(text);
        let fa =
            format!("قلم {item}: واحد «{text}» شناخته نیست؛ کدی از توصیهٔ 20 UN/ECE بنویسید، مانند KGM یا LTR یا C62.");
        let en = format!(
            "item {item}: no unit `{text}` is known here; use a code of UN/ECE Recommendation 20 such as KGM, LTR or C62"
        );
        Self::of_item(item, field, Some(span), fa, en)
    }
}
