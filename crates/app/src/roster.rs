//! The roster: who holds which role. Kept as one entry, read into memory, replaced whole.
//!
//! Must not know of: draws.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use engine::world::Roster;
use store::Put;

use crate::{App, AppError};

const KIND: &str = "roster";
const KEY: &str = "current";

impl App {
    /// The roster as it stands.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read())
    }

    /// Replaces the roster.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn put_roster(&self, roster: Roster) -> Result<(), AppError> {
        let body = Some(serde_json::to_vec(&roster)?);
        let put = Put { kind: KIND.to_owned(), key: KEY.to_owned(), owner: None, body, expected: None };
        self.store.put(vec![put]).await?;
        self.refresh_roster().await
    }

    /// Reads the roster from the store, as another process may have replaced it.
    pub(crate) async fn refresh_roster(&self) -> Result<(), AppError> {
        let Some(entry) = self.entry(KIND, KEY).await? else { return Ok(()) };
        if self.roster_version.load(Ordering::Relaxed) != entry.version {
            *self.roster.write() = Arc::new(serde_json::from_slice(&entry.body)?);
            self.roster_version.store(entry.version, Ordering::Relaxed);
        }
        Ok(())
    }
}
