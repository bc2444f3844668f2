//! Any text as a table of risk rules: no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = customs::functions::read_rules(text);
    let _ = customs::functions::read_rules(&format!("rule,commodity,origin,departure,figure,at_least,below,fa,en\n{text}"));
});
