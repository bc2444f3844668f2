//! Any bytes as a sheet of items: no panic, and every fault has a reason and a remedy.
#![no_main]

use customs::sheet::{MAX_ITEMS, MAX_PROBLEMS, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read(bytes, None) {
        Ok(items) => assert!(!items.is_empty() && items.len() <= MAX_ITEMS),
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= MAX_PROBLEMS);
            for problem in problems {
                assert!(!problem.fault.to_string().is_empty() && !problem.fault.help().is_empty());
            }
        }
    }
});
