//! What is in the way of an assessment, as people and programs are told it.
//!
//! Must not know of: how anything is assessed.

use std::path::Path;

use customs::assess::{Obstacle, Reader, places};
use serde::Serialize;

use super::declared::Declared;
use crate::failure::Failure;
use crate::shared::say;

/// One reason why a declaration cannot be assessed.
#[derive(Serialize)]
pub struct Told {
    file: String,
    /// From 1, in characters; 0 if the whole file is meant.
    line: usize,
    column: usize,
    /// Segment, element and component of an interchange.
    at: Option<String>,
    /// The item's number; 0 if the declaration as a whole is meant.
    item: u32,
    reason: String,
    remedy: &'static str,
}

/// All that is in the way of assessing what is declared in a file, and in a sheet of items if they come apart.
pub fn told(file: &Path, declared: &Declared, obstacles: &[Obstacle]) -> Vec<Told> {
    let rows = declared.rows();
    let places = places(obstacles, &declared.bytes);
    let one = |(obstacle, place): (&Obstacle, Option<customs::Place>)| {
        let row = rows.iter().find(|(item, _)| obstacle.item == *item && *item > 0);
        let (file, (line, column)) = match (row, &declared.sheet, &place) {
            (Some((_, row)), Some((sheet, _)), _) => (sheet.as_path(), (*row, 1)),
            (_, _, Some(place)) => (file, place.line_and_column),
            (_, _, None) => (file, (0, 0)),
        };
        Told {
            file: file.display().to_string(),
            line,
            column,
            at: place.and_then(|place| place.segment).map(|at| at.to_string()),
            item: obstacle.item,
            reason: obstacle.fault.to_string(),
            remedy: obstacle.fault.help(Reader::Operator),
        }
    };
    obstacles.iter().zip(places).map(one).collect()
}

impl Told {
    /// Says it to a person.
    pub fn tell(&self) -> Result<(), Failure> {
        let place = if self.line == 0 { String::new() } else { format!("{}:{}:", self.line, self.column) };
        let at = self.at.as_deref().map(|at| format!("{at}: ")).unwrap_or_default();
        let item = if self.item == 0 { String::new() } else { format!("item {}: ", self.item) };
        say(format_args!("{}:{place} {at}{item}{}\n  {}", self.file, self.reason, self.remedy))
    }
}
