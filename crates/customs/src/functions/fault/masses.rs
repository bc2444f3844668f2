//! What is wrong with the masses that are declared of an item.
//!
//! Must not know of: which declarations need them.

use super::Fault;
use crate::declaration::Item;
use crate::goods::Quantity;

impl Fault {
    pub(in crate::functions) fn no_gross_mass(item: u32) -> Self {
        let fa = format!(
            "قلم {item} وزن ناخالصی ندارد که ترازوی دروازه با آن سنجیده شود؛ وزن کالا با بسته‌بندی را به کیلوگرم بنویسید."
        );
        let en = format!(
            "item {item} has no gross mass against which the scale at the gate could be held; write what the goods weigh with their packing, in kilograms"
        );
        Self::of_item(item, "gross", None, fa, en)
    }

    pub(in crate::functions) fn two_net_masses(item: &Item, number: u32, [net, kept]: [Quantity; 2]) -> Self {
        let span = item.supplementary.as_ref().map(|kept| kept.value.span);
        let fa = format!(
            "قلم {number}: مقدار {kept} با وزن خالص {net} یکی نیست، و هر دو وزن همان کالا است؛ یکی را درست کنید یا مقدار را خالی بگذارید."
        );
        let en = format!(
            "item {number}: the quantity of {kept} is not the net mass of {net}, and both say what the goods weigh; put one of the two right, or leave the quantity out"
        );
        Self::of_item(number, "quantity", span, fa, en)
    }

    pub(in crate::functions) fn gross_below_net(item: &Item, number: u32, [gross, net]: [Quantity; 2]) -> Self {
        let span = item.gross.as_ref().map(|gross| gross.value.span);
        let fa = format!(
            "قلم {number}: وزن ناخالص {gross} از وزن خالص {net} کمتر است؛ کالا با بسته‌بندی سبک‌تر از بی‌بسته‌بندی نیست: هر دو را بازبینی کنید."
        );
        let en = format!(
            "item {number}: the gross mass of {gross} is below the net mass of {net}; goods weigh no less with their packing than without: see whether both are right"
        );
        Self::of_item(number, "gross", span, fa, en)
    }
}
