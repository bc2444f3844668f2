//! One program at a time on a SQLite store and the log beside it: two that sign the same log would contradict each other in public.
//!
//! Must not know of: what is in the store.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The right to run on a store, until this is dropped. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Sole {
    _lock: File,
}

impl Sole {
    /// Takes the right, or says who has it.
    pub fn take(store: &Path) -> Result<Self, Failure> {
        let path = lock_path(store);
        let hint = "name a folder that is there and may be written";
        let cannot = |error: std::io::Error| Failure::new(format!("{}: {error}", path.display()), hint);
        let lock = File::options().write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Failure::new(
                format!("another panjereh runs on {}", store.display()),
                "stop it first, or work in another folder",
            )),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }
}

fn lock_path(store: &Path) -> PathBuf {
    let mut path = store.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}
