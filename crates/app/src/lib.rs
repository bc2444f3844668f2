//! The application: one file per operation. Each loads, calls the pure crates, and appends.
//!
//! Must not know of: HTTP, HTML, terminals, SQL.

mod accounts;
mod act;
mod agency;
mod apply;
mod assessments;
mod audits;
mod backlog;
pub mod backup;
mod catalogue;
mod certificates;
mod clock;
mod commit;
mod declarations;
mod declare;
mod definitions;
mod disclose;
mod document_uses;
mod documents;
mod draws;
mod erase;
mod error;
mod export;
pub mod extract;
mod forget;
mod functions;
mod goods;
mod identity;
pub mod integrity;
pub mod jobs;
mod latest;
mod leaf;
mod leftovers;
mod logbook;
mod lots;
mod mandates;
mod matter;
mod my_cases;
mod notifications;
mod objects;
pub mod ocel;
mod open;
mod order;
mod overtaken;
mod pack;
mod passages;
mod passkeys;
mod payments;
mod proven;
mod public_events;
mod reads;
mod rebuild;
mod recent;
mod registers;
pub mod rehearse;
mod revoke;
mod rights;
mod roster;
mod roster_acts;
mod samples;
mod signing;
mod status;
mod tally;
mod tariff;
pub mod times;
mod track;
pub mod trs;
mod unapplied;
mod view;
mod witnesses;
pub mod xes;
mod zone_files;

use std::sync::Arc;

use definition::CheckedZone;
use log::SignerKey;
use parking_lot::RwLock;

// What a page or an API answer is made of; `web` depends on `app` alone.
pub use {beacon, credential, customs, definition, engine, log, record, search};

pub use accounts::{Account, Session, randomness};
pub use act::{Acted, Key};
pub use agency::InName;
pub use apply::Draft;
pub use assessments::{Assessed, is_assessment};
pub use audits::{AUDITORS_MAX, AuditRefusal, Auditor, Audits, KeptNote, Reported};
pub use backlog::Backlog;
pub use catalogue::{normalise, rank, score};
pub use certificates::{LOAD, Shown, public_key};
pub use clock::Clock;
pub use customs::form;
pub use declarations::{DeclaredCase, TakesDeclaration};
pub use declare::{Declaring, Filled, Sheet, SheetSent};
pub use disclose::Disclosed;
pub use documents::{DOCUMENT_BYTES_MAX, judge_document, media_type, media_type_of, media_types};
pub use draws::{Draws, WaitingSeat, WaitsFor};
pub use error::{AppError, Invalid};
pub use export::{Export, ExportedCase, ExportedPayment, ExportedRecord};
pub use forget::{Forgotten, InUse};
pub use goods::{Company, GoodsAccount, GoodsBy, GoodsHolding, GoodsMove};
pub use identity::{Answer, Applicants, ClientSecret, Identity, IdentityError, Joined, LetIn, START_LIVES, Sent};
pub use integrity::Integrity;
pub use leftovers::{
    LeftoverFilter, LeftoverView, LeftoverWay, Load, PaperKind, Record as JourneyRecord, Settled, Settling, WentOut,
    What as LeftoverOf, all_leftovers, is_manifest,
};
pub use logbook::{Entry, Published, tlog_proof};
pub use lots::{LotsFrom, MARGIN_MS};
pub use mandates::{Holding, MandateView, Mandates};
pub use notifications::Answered;
pub use objects::{Objects, choose_tls};
pub use open::{Keys, Settings};
pub use passages::{
    BATCH_MAX as PASSAGES_MAX, Direction, Double, Doubt, GROSS_MASS_KG_MAX, Passage, Passed, Seen, Taken,
};
pub use payments::Payment;
pub use proven::{Proven, grants};
pub use reads::{Capacity, Read, Reader};
pub use rebuild::Rebuilt;
pub use record::leaf::{outcome_name, pseudonym};
pub use registers::Choice;
pub use revoke::Revoked;
pub use rights::{Standing, Why};
pub use samples::History;
pub use signing::{Assertion, Officers, PasskeyError, ToSign};
pub use store::{CaseRow, EventRow, NewEvent, Queue, Store};
pub use tally::Tally;
pub use tariff::{Code, Due, Measure, NomenclatureEntry};
pub use unapplied::{Returned, Unapplied};
pub use view::{CaseSummary, CaseView, Page};
pub use witnesses::{Cosigner, Finality, WitnessHealth, WitnessState, Witnesses};
pub use zone_files::read_zone;

/// For how long it stands that the store could be written.
const WRITTEN_FOR: std::time::Duration = std::time::Duration::from_secs(10);
/// As much as an act of some events takes with its rows and indices: four pages of SQLite's.
const TRIAL_BYTES: usize = 16 * 1024;

/// A running zone.
pub struct App {
    store: Arc<dyn Store>,
    objects: Objects,
    definitions: definitions::Definitions,
    library: functions::Library,
    times: times::Lately,
    roster: RwLock<roster::Known>,
    officers: Officers,
    identity: Option<identity::Provider>,
    applicants: Applicants,
    relying_party: credential::passkey::RelyingParty,
    /// Officers who have left or are replaced, by how the roster then stood, whose cases were all given to others.
    handed_over: parking_lot::Mutex<std::collections::BTreeMap<String, u64>>,
    bearers: RwLock<accounts::Bearers>,
    issuer: credential::Issuer,
    log_key: SignerKey,
    origin: String,
    base_url: String,
    published: RwLock<Option<Published>>,
    signed: RwLock<Option<logbook::Signed>>,
    witnesses: Option<Witnesses>,
    /// Whose audits are shown.
    auditors: Vec<log::VerifierKey>,
    status: RwLock<status::SignedLately>,
    recent: recent::Recent,
    pack: RwLock<Option<pack::Kept>>,
    codes: tariff::Codes,
    /// Whose turn it is of those who were overtaken.
    turns: overtaken::Turns,
    sequencer: tokio::sync::Mutex<Option<jobs::sequencer::Sequencer>>,
    stuck_deadlines: jobs::stuck::Stuck<(engine::CaseId, store::NewDue)>,
    /// What would be erased if no appeal were being heard.
    held_erasures: jobs::stuck::Stuck<(engine::CaseId, store::NewDue)>,
    /// The scrubbing of the database's files, while it rests.
    held_scrub: jobs::stuck::Stuck<()>,
    stuck_messages: jobs::stuck::Stuck<u64>,
    stuck_lots: jobs::stuck::Stuck<String>,
    lots_from: LotsFrom,
    asker: Option<jobs::lots::Asker>,
    changed: tokio::sync::Notify,
    to_deliver: tokio::sync::Notify,
    signed_now: tokio::sync::Notify,
    published_now: tokio::sync::Notify,
    counts: tally::Counts,
    counting: tokio::sync::Mutex<Option<integrity::Counting>>,
    integrity: RwLock<Arc<integrity::Integrity>>,
    /// When the store last took what was written to try it.
    written: tokio::sync::Mutex<Option<std::time::Instant>>,
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

    /// Whether the store can be read and written, for readiness: one on a full disk still reads. It is tried by writing as much as an act takes and
    /// taking it away again; once that worked, not again for ten seconds, so that nobody who asks often wears the disk out.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn ready(&self) -> Result<(), AppError> {
        self.store.outbox(None, 1).await?;
        let mut written = self.written.lock().await;
        if written.is_some_and(|at| at.elapsed() < WRITTEN_FOR) {
            return Ok(());
        }
        *written = None;
        // Of its own for each trial: several processes may share the store.
        let key = hex::encode(randomness()?);
        let trial = |body| {
            vec![store::Put { kind: "readiness".to_owned(), key: key.clone(), owner: None, body, expected: None }]
        };
        self.store.put(trial(Some(vec![0x2e; TRIAL_BYTES]))).await?;
        self.store.put(trial(None)).await?;
        *written = Some(std::time::Instant::now());
        Ok(())
    }
}
