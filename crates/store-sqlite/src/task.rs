//! Tasks that one process at a time may do: each a file beside the store that its taker has locked. The lock ends with the process, however it ends.
//!
//! Must not know of: what the tasks are.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use store::{StoreError, Task};

/// The locked file.
struct Held(#[expect(dead_code, reason = "it is locked as long as it is open")] File);

/// Takes a task of the store at `path`.
pub fn take(path: &Path, name: &str) -> Result<Option<Box<dyn Task>>, StoreError> {
    let mut file = path.as_os_str().to_owned();
    file.push(format!("-{name}"));
    let file = PathBuf::from(file);
    let unavailable = |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", file.display()));
    let open = File::options().create(true).truncate(false).write(true).open(&file).map_err(unavailable)?;
    match open.try_lock() {
        Ok(()) => Ok(Some(Box::new(Held(open)))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(unavailable(error)),
    }
}

#[async_trait]
impl Task for Held {
    async fn is_held(&self) -> bool {
        true
    }
}
