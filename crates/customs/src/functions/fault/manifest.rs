//! What is wrong with a cargo manifest, or with how a declaration names one.
//!
//! Must not know of: how it is shown.

use super::Fault;
use crate::goods::{LeftoverRef, ManifestLine};

impl Fault {
    /// Of a line of a manifest.
    fn manifest(line: usize, fa: String, en: String) -> Self {
        Self { of: 1, ..Self::new(line.to_string(), fa, en) }
    }

    pub(in crate::functions) fn manifest_empty() -> Self {
        let fa = "مانیفست خالی است؛ برای هر محموله یک سطر بنویسید، مانند «CMR-1 11010000 600 30000».";
        let en = "the manifest is empty; write a line for each consignment, such as `CMR-1 11010000 600 30000`";
        Self { of: 1, ..Self::whole(fa, en) }
    }

    pub(in crate::functions) fn no_leftover() -> Self {
        let fa = "شماره را همان‌گونه بنویسید که در فهرست مانده‌های تسویه‌نشده آمده است: M-مانیفست/سطر، R-مرجع یا T-مرجع.";
        let en =
            "write the number as the list of what is left over has it: M-MANIFEST/LINE, R-REFERENCE or T-REFERENCE";
        Self { of: 1, ..Self::whole(fa, en) }
    }

    pub(in crate::functions) fn manifest_form(line: usize, text: &str) -> Self {
        let fa = format!(
            "«{text}»: در هر سطر شمارهٔ سند حمل، کد کالا، تعداد بسته و وزن ناخالص به کیلوگرم را بنویسید، مانند «CMR-1 11010000 600 30000»."
        );
        let en = format!(
            "`{text}`: write in each line the transport document, the commodity's code, how many packages and the gross mass in kilograms, such as `CMR-1 11010000 600 30000`"
        );
        Self::manifest(line, fa, en)
    }

    pub(in crate::functions) fn manifest_word(line: usize, word: &str, fa: &str, en: &str) -> Self {
        Self::manifest(line, format!("«{word}»: {fa}"), format!("`{word}`: {en}"))
    }

    pub(in crate::functions) fn manifest_packages(line: usize, word: &str) -> Self {
        let fa = format!("«{word}»: تعداد بسته باید شمار درستی از ۱ باشد.");
        Self::manifest(line, fa, format!("`{word}`: write a whole number of packages, from 1"))
    }

    pub(in crate::functions) fn manifest_no_mass(line: usize) -> Self {
        let fa = "وزن ناخالص صفر است؛ وزن محموله را بنویسید.".to_owned();
        Self::manifest(line, fa, "the consignment weighs nothing; write its gross mass".to_owned())
    }

    pub(in crate::functions) fn manifest_too_long(line: usize, most: usize) -> Self {
        let fa = format!("مانیفست بیش از {most} سطر دارد؛ بقیه را با مانیفست دیگری بفرستید.");
        let en = format!("a manifest has at most {most} lines; file the rest by another one");
        Self::manifest(line, fa, en)
    }

    /// An item names a line that nobody filed.
    #[must_use]
    pub fn manifest_not_filed(item: u32, ManifestLine { manifest, line }: &ManifestLine) -> Self {
        let fa = format!(
            "قلم {item}: مانیفستی به شمارهٔ «{manifest}» که سطر {line} داشته باشد ثبت نشده است؛ شمارهٔ پروندهٔ مانیفست و شمارهٔ سطر آن را همان‌گونه بنویسید که در صفحهٔ آن پرونده آمده است. اگر حمل‌کننده هنوز مانیفست را ثبت نکرده است، مانیفستی نام نبرید."
        );
        let en = format!(
            "item {item}: no manifest `{manifest}` with a line {line} was filed; write the number of the manifest's case and that of its line as that case's page shows them. Where the carrier has not filed it yet, name no manifest"
        );
        Self { item, ..Self::new(String::new(), fa, en) }
    }

    /// Something is to be settled that the list does not have.
    #[must_use]
    pub fn not_left_over(named: &LeftoverRef) -> Self {
        let fa = format!(
            "«{named}» در فهرست مانده‌های تسویه‌نشدهٔ این شرکت نیست، یا پیش‌تر تسویه شده است؛ شماره را از همان فهرست بردارید."
        );
        let en = format!(
            "`{named}` is not in the list of what is left over of this company, or it was settled; take the number from that list"
        );
        Self { of: 1, ..Self::new(String::new(), fa, en) }
    }

    /// An item names a manifest, and not both its number and a line of it: `field` is what is missing, or is none.
    pub(in crate::functions) fn manifest_line(item: u32, field: &'static str) -> Self {
        let fa = format!(
            "قلم {item} از مانیفست نام می‌برد؛ هم شمارهٔ مانیفست را بنویسید و هم شمارهٔ سطر آن را، عدد درستی از ۱."
        );
        let en = format!(
            "item {item} names a cargo manifest; write both the number of the manifest and the number of its line, a whole number from 1"
        );
        Self::of_item(item, field, None, fa, en)
    }

    pub(in crate::functions) fn manifest_twice(item: u32) -> Self {
        let fa = format!("قلم {item} دو سطر مانیفست را نام می‌برد؛ هر قلم از یک سطر است: آن را به دو قلم بخش کنید.");
        let en = format!("item {item} names two lines of manifests; an item is of one line: make two items of it");
        Self::of_item(item, "manifest", None, fa, en)
    }
}
