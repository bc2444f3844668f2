//! What SQLite's errors mean to the caller.
//!
//! Must not know of: tables.

use rusqlite::ErrorCode;
use store::StoreError;

/// A damaged file and a value of the wrong kind are [`StoreError::Corrupt`]; a full disk, a locked file and the like
/// [`StoreError::Unavailable`] (<https://www.sqlite.org/rescode.html>).
#[allow(clippy::needless_pass_by_value)] // fits `map_err`
pub fn fault(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::ConstraintViolation
            | ErrorCode::TypeMismatch,
        ) => StoreError::Corrupt(error.to_string()),
        Some(_) => StoreError::Unavailable(error.to_string()),
        // Without a code of SQLite it is a conversion that failed.
        None => StoreError::Corrupt(error.to_string()),
    }
}

/// Whether a batch that failed so may do better in parts: one write may be too much for the room that is left, or meet a damaged
/// row, where the others are sound.
pub fn may_succeed_alone(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        None | Some(ErrorCode::DiskFull | ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::OutOfMemory)
    )
}
