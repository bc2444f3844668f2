//! Any text as the name of a thing that is left over: no panic, and what is read is written and read as the same again.
#![no_main]

use customs::goods::LeftoverRef;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(of) = LeftoverRef::read(text) {
        assert_eq!(LeftoverRef::read(&of.to_string()), Ok(of));
    }
});
