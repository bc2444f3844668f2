//! The packed lists in a case's row, with SQLite's error when one is damaged.
//!
//! Must not know of: SQL.

use rusqlite::types::Type;
use store::{NewDue, pack};

/// The holders; an error when the bytes are damaged.
pub fn unpack_holders(packed: &[u8]) -> Result<Vec<String>, rusqlite::Error> {
    pack::unpack_holders(packed).ok_or_else(|| damaged("holders"))
}

/// The deadlines; an error when the bytes are damaged.
pub fn unpack_deadlines(packed: &[u8]) -> Result<Vec<NewDue>, rusqlite::Error> {
    pack::unpack_deadlines(packed).ok_or_else(|| damaged("deadlines"))
}

fn damaged(column: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Blob)
}
