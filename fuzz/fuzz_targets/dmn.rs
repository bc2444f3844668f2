//! Any text as a DMN file: imported, or refused with a place; what is imported compiles or says why, and its notes come back from the file that it is
//! written as.
#![no_main]

use definition::dmn::{self, Logic};

libfuzzer_sys::fuzz_target!(|xml: &str| {
    let Ok(decisions) = dmn::import(xml) else { return };
    for decision in decisions {
        if let Logic::Table(table) = decision.logic {
            if let Ok(said) = dmn::said(&table) {
                let rules = table.compile().map_or(0, |table| table.rules().rows.len());
                assert!(definition::notes(&said.csv).is_none_or(|notes| notes.len() == rules));
            }
        }
    }
});
