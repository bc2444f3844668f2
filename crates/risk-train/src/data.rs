//! Reads labelled tables, packed with gzip or not.
//!
//! Must not know of: what is learnt from them.

use std::io::Read as _;
use std::path::Path;

use customs::risk::Truth;
use customs::risk::learn::{Lesson, Plan};
use flate2::read::MultiGzDecoder;

use crate::Complaint;

/// A table's rows with their labels.
pub fn lesson(path: &Path, plan: &Plan, truth: &Truth) -> Result<Lesson, Complaint> {
    let name = path.display();
    let text =
        text(path).map_err(|error| format!("{name}: {error}; name a CSV file as UTF-8, packed with gzip or not"))?;
    let lesson =
        Lesson::read(&text, plan, truth, Some("Date")).map_err(|fault| format!("{name}: {fault}; {}", fault.help()))?;
    if lesson.is_empty() { Err(format!("{name} has no rows; name a table with some")) } else { Ok(lesson) }
}

fn text(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    } else {
        bytes.as_slice().read_to_string(&mut text)?;
    }
    Ok(text)
}
