//! Any text as a DMN file: imported, or refused with a place; what is imported compiles or says why.
#![no_main]

use definition::dmn::{self, Logic};

libfuzzer_sys::fuzz_target!(|xml: &str| {
    let Ok(decisions) = dmn::import(xml) else { return };
    for decision in decisions {
        if let Logic::Table(table) = decision.logic {
            drop(table.compile());
        }
    }
});
