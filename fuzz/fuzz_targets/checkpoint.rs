//! Any text as a checkpoint: no panic, and what is read is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::Checkpoint;

fuzz_target!(|text: &str| {
    if let Ok(checkpoint) = text.parse::<Checkpoint>() {
        assert_eq!(checkpoint.to_string(), text);
        assert!(log::Note::new(text).is_ok());
    }
});
