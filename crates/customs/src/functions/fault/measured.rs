//! What is wrong with what an inspector measured, by its line.
//!
//! Must not know of: how it is compared with what is declared.

use super::Fault;
use crate::goods::QuantityFault;
use crate::problem::Fault as Problem;

impl Fault {
    /// What was measured, by its line.
    fn measured(line: usize, fa: String, en: String) -> Self {
        Self { of: 1, ..Self::new(line.to_string(), fa, en) }
    }

    pub(in super::super) fn not_measured(line: usize, text: &str) -> Self {
        Self::measured(
            line,
            format!(
                "«{text}»: در هر سطر شمارهٔ قلم، مقدار سنجیده و اگر واحد جز واحد اظهار است کد آن را بنویسید، مانند «۱ ۲۹۵۰۰» یا «۱ ۲۹۵۰۰ KGM»."
            ),
            format!(
                "`{text}`: write in each line the item's number, how much was measured and, if it is not the declared one, the unit's code, such as `1 29500` or `1 29500 KGM`"
            ),
        )
    }

    pub(in super::super) fn nothing_measured() -> Self {
        Self::measured(
            1,
            "چیزی سنجیده نشده است؛ دست‌کم یک قلم را بسنجید و بنویسید، مانند «۱ ۲۹۵۰۰».".to_owned(),
            "nothing was measured; measure at least one item and write it, such as `1 29500`".to_owned(),
        )
    }

    pub(in super::super) fn measured_twice(line: usize, item: u32) -> Self {
        Self::measured(
            line,
            format!("قلم {item} دو بار آمده است؛ یکی را بردارید."),
            format!("item {item} stands twice; leave one of them"),
        )
    }

    pub(in super::super) fn no_item(line: usize, item: u32) -> Self {
        Self::measured(
            line,
            format!("اظهارنامه قلم {item} ندارد؛ شمارهٔ قلم را از اظهارنامه بردارید."),
            format!("the declaration has no item {item}; take the number from the declaration"),
        )
    }

    pub(in super::super) fn other_unit(line: usize, unit: &str) -> Self {
        Self::measured(
            line,
            format!("این قلم به {unit} اظهار شده است؛ آن را به همان واحد بسنجید."),
            format!("the item is declared in {unit}; measure it in that"),
        )
    }

    pub(in super::super) fn measured_quantity(line: usize, fault: &QuantityFault) -> Self {
        Self::measured(line, crate::words::quantity(fault), fault.to_string())
    }

    pub(in super::super) fn measured_datum(line: usize, fault: &Problem) -> Self {
        let (fa, en) = crate::words::typed(fault);
        Self::measured(line, fa, en)
    }

    /// What follows from a line, such as the gross mass, has more digits than a declaration holds.
    pub(in super::super) fn measured_beyond(line: usize) -> Self {
        Self::measured(
            line,
            "آنچه از این سطر به دست می‌آید، مانند وزن ناخالص یا بها، بزرگ‌تر از آن است که در اظهارنامه بگنجد؛ مقدار را بازبینی کنید."
                .to_owned(),
            "what follows from this line, such as the gross mass or the price, is more than a declaration holds; see whether the quantity is right"
                .to_owned(),
        )
    }
}
