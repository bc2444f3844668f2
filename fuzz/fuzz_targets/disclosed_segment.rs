//! Any bytes as a disclosed segment: no panic, and what is read encodes to exactly these bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use record::segment;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(told) = segment::parse(bytes) {
        let mut again = Vec::new();
        told.iter().for_each(|told| segment::push(&mut again, told));
        assert_eq!(again, bytes);
    }
});
