//! Files that hold secrets: only their owner may read them, and what is in them is never shown.
//!
//! Must not know of: what the secrets are for.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// The largest file of secrets: a few lines.
const BYTES_MAX: u64 = 64 * 1024;

/// Reads a file of secrets.
///
/// As PostgreSQL has it for its key files: the owner alone may read it; if root owns it, a group may read it as well, which is how systemd
/// hands credentials out.
pub fn read(path: &Path) -> io::Result<String> {
    let seen = fs::metadata(path)?;
    if !seen.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    if seen.len() > BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too large for a file of secrets"));
    }
    let forbidden = if seen.uid() == 0 { 0o037 } else { 0o077 };
    if seen.mode() & forbidden != 0 {
        let mode = seen.mode() & 0o777;
        let why = format!("others may read or write it (mode {mode:04o}); `chmod 600 {}` first", path.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    }
    fs::read_to_string(path)
}

/// Writes a new file of secrets and syncs it.
///
/// # Errors
/// When something is there already, or it cannot be written.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
