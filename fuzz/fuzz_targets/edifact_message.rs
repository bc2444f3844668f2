//! Any bytes as an EDIFACT interchange: no panic, every fault has a place in what was sent, and what was read is a WCO declaration, too.
#![no_main]

use customs::{Message, edifact, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match edifact::read(bytes) {
    Ok(all) => {
        assert!(!all.messages.is_empty());
        for one in &all.messages {
            let written = one.tree.to_xml();
            // Signs that XML cannot hold are refused when it is read again.
            if let Ok(Message::Declaration(again)) = read(written.as_bytes()) {
                assert_eq!(again.shipment.items.len(), one.declaration.shipment.items.len());
            }
        }
    }
    Err(problems) => {
        assert!(!problems.is_empty());
        for problem in problems {
            let (line, column) = problem.place(bytes);
            assert!(line >= 1 && column >= 1 && line <= bytes.len() + 1);
            assert!(!problem.fault.to_string().is_empty() && !problem.fault.help().is_empty());
        }
    }
});
