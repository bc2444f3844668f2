//! A consistent copy of a store's file while it is in use.
//!
//! Must not know of: tables.

use std::fs::File;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use store::StoreError;

use crate::fault::fault;
use crate::{BUSY_WAIT, schema};

/// Copies the store in the file `from` as it is at one moment into a new file; other programs read and write it meanwhile.
///
/// # Errors
/// [`StoreError::Unavailable`] when a file cannot be read or written, or `to` is there already; [`StoreError::Corrupt`] when `from` is not a
/// store or is damaged.
pub fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let unwritten = |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", to.display()));
    let connection = open(from)?;
    let Some(target) = to.to_str() else {
        return Err(StoreError::Unavailable(format!("{} is not UTF-8", to.display())));
    };
    // Made anew, so that nothing is written over.
    drop(File::create_new(to).map_err(unwritten)?);
    // One read transaction, so one moment; SQLite takes an empty file as a new one (<https://www.sqlite.org/lang_vacuum.html#vacuuminto>).
    connection.execute("VACUUM INTO ?1", [target]).map_err(fault)?;
    File::open(to).and_then(|file| file.sync_all()).map_err(unwritten)
}

/// Reads a store's file whole and says what is wrong with it.
///
/// # Errors
/// [`StoreError::Corrupt`] when it is not a store or is damaged; [`StoreError::Unavailable`] when it cannot be read.
pub fn examine(path: &Path) -> Result<(), StoreError> {
    let connection = open(path)?;
    let first: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(fault)?;
    if first == "ok" { Ok(()) } else { Err(StoreError::Corrupt(first)) }
}

/// A connection to a store that is there.
fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(BUSY_WAIT).map_err(fault)?;
    schema::refuse_all_but_a_store(&connection)?;
    Ok(connection)
}
