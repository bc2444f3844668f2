//! What is in the way of an assessment, as whoever declares is told it.
//!
//! Must not know of: how it was found.

use super::Fault;
use crate::assess::{Obstacle, Reader};

impl Fault {
    pub(in crate::functions) fn of_obstacle(obstacle: &Obstacle) -> Self {
        let (fault, help) = (&obstacle.fault, obstacle.fault.help(Reader::Declarant));
        let (item_fa, item_en) = match obstacle.item {
            0 => (String::new(), String::new()),
            item => (format!("قلم {item}: "), format!("item {item}: ")),
        };
        let fa = format!("{item_fa}{}", crate::words::obstacle(fault));
        Self::of_item(obstacle.item, fault.field(), obstacle.span, fa, format!("{item_en}{fault}; {help}"))
    }
}
