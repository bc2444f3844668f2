//! Any bytes as a whole zone, one file after another: no panic in checking or in telling what was found.
//!
//! A file begins with a line `## PATH`, as in the seeds that a corpus is best begun with.
#![no_main]

use definition::{Files, check, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = Files::default();
    let mut path = String::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"## ") {
            Some(name) => path = String::from_utf8_lossy(name).trim().to_owned(),
            None => files.0.entry(path.clone()).or_default().extend_from_slice(line),
        }
    }
    let report = check(&files);
    render::human(&report, true, &mut std::io::sink()).unwrap();
    render::json(&report).unwrap();
    render::sarif(&report).unwrap();
});
