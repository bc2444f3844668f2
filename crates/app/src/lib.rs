//! The application: one file per operation. Each loads, calls the pure crates, and appends.
//!
//! Must not know of: HTTP, HTML, terminals, SQL.

mod accounts;
mod act;
mod apply;
mod backlog;
pub mod backup;
mod catalogue;
mod certificates;
mod clock;
mod commit;
mod definitions;
mod documents;
mod error;
pub mod jobs;
mod leaf;
mod logbook;
mod matter;
mod objects;
mod open;
mod passkeys;
mod payments;
mod proven;
mod rebuild;
mod recent;
mod registers;
pub mod rehearse;
mod rights;
mod roster;
mod roster_acts;
mod samples;
mod signing;
mod status;
mod tally;
mod unapplied;
mod view;
mod zone_files;

use std::sync::Arc;

use definition::CheckedZone;
use log::SignerKey;
use parking_lot::RwLock;

// What a page or an API answer is made of; `web` depends on `app` alone.
pub use {credential, definition, engine, log};

pub use accounts::{Account, Session, randomness};
pub use act::{Acted, Key};
pub use apply::Draft;
pub use backlog::Backlog;
pub use catalogue::{normalise, rank, score};
pub use certificates::{Shown, public_key};
pub use clock::Clock;
pub use commit::outcome_name;
pub use documents::{DOCUMENT_BYTES_MAX, judge_document};
pub use error::{AppError, Invalid};
pub use leaf::pseudonym;
pub use logbook::{Entry, Published, tlog_proof};
pub use objects::{Objects, choose_tls};
pub use open::{Keys, Settings};
pub use payments::Payment;
pub use proven::Proven;
pub use rebuild::Rebuilt;
pub use registers::Choice;
pub use rights::{Standing, Why};
pub use signing::{Assertion, Officers, PasskeyError, ToSign};
pub use store::{CaseRow, EventRow, NewEvent, Queue, Store};
pub use tally::Tally;
pub use unapplied::{Returned, Unapplied};
pub use view::{CaseSummary, CaseView, Page};
pub use zone_files::read_zone;

/// A running zone.
pub struct App {
    store: Arc<dyn Store>,
    objects: Objects,
    definitions: definitions::Definitions,
    roster: RwLock<roster::Known>,
    officers: Officers,
    relying_party: credential::passkey::RelyingParty,
    /// Officers who have left or are replaced, by how the roster then stood, whose cases were all given to others.
    handed_over: parking_lot::Mutex<std::collections::BTreeMap<String, u64>>,
    bearers: RwLock<accounts::Bearers>,
    issuer: credential::Issuer,
    log_key: SignerKey,
    origin: String,
    base_url: String,
    published: RwLock<Option<Published>>,
    status: RwLock<status::SignedLately>,
    recent: recent::Recent,
    /// Held by whoever was overtaken in a matter and comes again.
    matters: tokio::sync::Mutex<()>,
    sequencer: tokio::sync::Mutex<Option<jobs::sequencer::Sequencer>>,
    stuck_deadlines: jobs::stuck::Stuck<(engine::CaseId, store::NewDue)>,
    stuck_messages: jobs::stuck::Stuck<u64>,
    changed: tokio::sync::Notify,
    to_deliver: tokio::sync::Notify,
    counts: tally::Counts,
    /// The clock on the wall.
    pub clock: Clock,
}

impl App {
    /// The zone as it is published now.
    pub fn zone(&self) -> &CheckedZone {
        self.definitions.zone()
    }

    /// The address under which the zone is reached, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The key that checks the log's checkpoints.
    pub fn log_verifier(&self) -> &log::VerifierKey {
        self.log_key.verifier()
    }

    /// The keys that check the zone's certificates.
    pub fn trusted(&self) -> credential::TrustedKeys {
        self.issuer.trusted()
    }

    /// The zone and the public key of its certificates (RFC 8032), as `ZONE=HEX`: what a verifier elsewhere must know.
    pub fn certificate_key(&self) -> String {
        format!("{}={}", self.zone().zone().name, hex::encode(self.issuer.public_key().as_bytes()))
    }

    /// The same key with the id that certificates name it by.
    pub fn certificate_public_key(&self) -> (credential::KeyId, [u8; 32]) {
        (self.issuer.key_id().clone(), self.issuer.public_key().to_bytes())
    }

    /// Whether the store answers, for readiness.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn ready(&self) -> Result<(), AppError> {
        self.store.outbox(None, 1).await?;
        Ok(())
    }
}
