//! Tables that a verb is given: read, and refused as a whole with the lines that are wrong.
//!
//! Must not know of: what the tables mean.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use customs::RowProblem;
use customs::encoding;
use customs::nomenclature::{self, Nomenclature};
use search::{Index, IndexFault, Synonyms};

use crate::failure::Failure;
use crate::shared::read_at_most;

/// The largest table that is read: 256 MiB, some two million rows.
const MAX_BYTES: usize = 256 << 20;
/// How many faults of a table are told.
const TOLD: usize = 10;

/// A table's bytes.
pub fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let path = file.display();
    let bytes =
        read_at_most(file, MAX_BYTES).map_err(|error| Failure::new(format!("{path}: {error}"), "name a CSV file"))?;
    if bytes.len() > MAX_BYTES {
        return Err(Failure::new(format!("{path} has more than {MAX_BYTES} bytes"), "part it into several tables"));
    }
    Ok(bytes)
}

/// A table's text.
pub fn text(file: &Path) -> Result<String, Failure> {
    decoded(file, bytes(file)?)
}

/// The text of a file's bytes; else on which line it ceases to be one, and how it seems to have been saved.
pub fn decoded(file: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    if let Err((line, fault)) = encoding::text(&bytes) {
        return Err(Failure::new(format!("{}:{line}: {fault}", file.display()), fault.help()));
    }
    // It is text, as was just seen.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// A table's file, read.
pub fn read<T>(file: &Path, of: impl Fn(&str) -> Result<T, Vec<RowProblem>>) -> Result<T, Failure> {
    of(&text(file)?).map_err(|problems| refused(file, problems.into_iter().map(|one| (one.line, one.fault))))
}

/// A nomenclature of these files; what a later one says of a code counts.
pub fn nomenclature(files: &[PathBuf]) -> Result<Nomenclature, Failure> {
    let mut entries = Vec::new();
    for file in files {
        entries.extend(read(file, nomenclature::read)?);
    }
    Ok(Nomenclature::new(entries))
}

/// The codes of these files, to be looked for; none without a file.
pub fn codes(files: &[PathBuf]) -> Result<Option<Index>, Failure> {
    if files.is_empty() {
        return Ok(None);
    }
    Index::build(nomenclature(files)?, Synonyms::own(), &[]).map(Some).map_err(broken)
}

/// Why nothing can be looked for.
pub fn broken(fault: IndexFault) -> Failure {
    Failure::new(fault, "see that there is memory left, then start again")
}

/// Why a table is refused: its faults, each with its line.
pub fn refused(file: &Path, faults: impl Iterator<Item = (impl Display, impl Display)>) -> Failure {
    let path = file.display();
    let mut told: Vec<String> = faults.map(|(line, fault)| format!("{path}:{line}: {fault}")).collect();
    let more = told.len().saturating_sub(TOLD);
    told.truncate(TOLD);
    let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
    Failure::new(told.join("\n") + &more, "mend these lines; nothing rests on a table with a fault")
}
