//! What stands already where a disclosure is to be written: another record's files would be among the new ones.
//!
//! Must not know of: what is disclosed.

use log::checkpoint::{self, Checkpoint};
use record::manifest;

use crate::{App, AppError, Objects, logbook};

impl App {
    /// Why nothing may be disclosed to a place: another record was, or a part of one that nobody can name; an audit could not tell their files from the new
    /// ones. Nothing where there is no disclosure yet, or one of this record, of which this one is the continuation.
    ///
    /// # Errors
    /// When the place, the store or the log's files are away.
    pub async fn other_disclosure(&self, place: &Objects) -> Result<Option<String>, AppError> {
        let log = logbook::PREFIX;
        let Some(note) = place.get(&format!("{log}/{}", checkpoint::PATH)).await? else {
            let is_begun = place.get(manifest::PATH).await?.is_some() || !place.names(log, 1).await?.is_empty();
            let part = "a part of a disclosure is there, and nothing says of which record";
            return Ok(is_begun.then(|| part.to_owned()));
        };
        match Checkpoint::open(&note, self.log_verifier(), &[]) {
            Ok(opened) => self.contradicted(&opened.checkpoint).await,
            Err(_) => Ok(Some("the disclosure of another log is there".to_owned())),
        }
    }
}
