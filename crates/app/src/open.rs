//! Opening a zone: its definitions are published, its log is taken up where it stands.
//!
//! Must not know of: configuration files, command lines.

use std::sync::Arc;

use definition::CheckedZone;
use ed25519_dalek::SigningKey;
use log::SignerKey;
use log::key::Algorithm;
use parking_lot::RwLock;
use store::Store;

use crate::definitions::Definitions;
use crate::overtaken::Turns;
use crate::{App, AppError, Clock, Objects, Officers, Witnesses, jobs, latest};

/// What a zone needs to run.
pub struct Settings {
    /// The checked definitions.
    pub zone: CheckedZone,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Where documents and the log's files are kept.
    pub objects: Objects,
    /// The zone's secret keys.
    pub keys: Keys,
    /// The log's origin (C2SP tlog-checkpoint): a schema-less URL without a slash at the end.
    pub origin: String,
    /// The address under which the zone is reached, without a slash at the end.
    pub base_url: String,
}

/// The zone's secret keys: seeds of Ed25519 keys (RFC 8032, section 5.1.5). Never shown.
pub struct Keys {
    /// Signs checkpoints.
    pub log: [u8; 32],
    /// Signs certificates.
    pub certificates: [u8; 32],
}

impl App {
    /// Opens a zone.
    ///
    /// # Errors
    /// When the store or the object store is away, or the log that stands there is not this zone's or is newer than the store.
    pub async fn open(settings: Settings) -> Result<Self, AppError> {
        Self::open_witnessed(settings, None).await
    }

    /// Opens a zone whose log is final only when a quorum of witnesses has cosigned it.
    ///
    /// # Errors
    /// As [`App::open`], and when the witnesses' policy is for other logs.
    pub async fn open_witnessed(settings: Settings, witnesses: Option<Witnesses>) -> Result<Self, AppError> {
        let app = Self::beside_witnessed(settings, witnesses).await?;
        // Before the first write.
        jobs::agreement::hold(&app).await?;
        app.take_over_roster().await?;
        app.record_address().await?;
        jobs::sequencer::run(&app).await?;
        Ok(app)
    }

    /// Opens a zone beside a process that may be running it: the log is left alone, since one process at a time may sign it.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn beside(settings: Settings) -> Result<Self, AppError> {
        let log_key = SignerKey::from_seed(&settings.origin, Algorithm::Ed25519, &settings.keys.log)
            .map_err(|error| AppError::Internal(format!("the log's key: {error}")))?;
        settings.objects.reachable().await?;
        let clock = Clock::default();
        if let Some(at_ms) = latest::at_ms(&*settings.store).await? {
            clock.goes_on_from(at_ms);
        }
        let name = settings.zone.zone().name.clone();
        let app = Self {
            definitions: Definitions::publish(settings.zone, &*settings.store).await?,
            store: settings.store,
            objects: settings.objects,
            roster: RwLock::default(),
            officers: Officers::default(),
            identity: None,
            applicants: crate::Applicants::default(),
            relying_party: crate::signing::relying_party(&settings.base_url),
            handed_over: parking_lot::Mutex::default(),
            bearers: RwLock::default(),
            issuer: credential::Issuer::new(name, SigningKey::from_bytes(&settings.keys.certificates)),
            log_key,
            origin: settings.origin,
            base_url: settings.base_url,
            published: RwLock::new(None),
            signed: RwLock::new(None),
            witnesses: None,
            auditors: Vec::new(),
            status: RwLock::default(),
            library: crate::functions::Library::default(),
            times: crate::times::Lately::default(),
            recent: crate::recent::Recent::default(),
            pack: RwLock::new(None),
            codes: None,
            turns: Turns::default(),
            sequencer: tokio::sync::Mutex::new(None),
            stuck_deadlines: jobs::stuck::Stuck::default(),
            held_erasures: jobs::stuck::Stuck::default(),
            held_scrub: jobs::stuck::Stuck::default(),
            stuck_messages: jobs::stuck::Stuck::default(),
            stuck_lots: jobs::stuck::Stuck::default(),
            lots_from: crate::LotsFrom::default(),
            asker: None,
            changed: tokio::sync::Notify::new(),
            to_deliver: tokio::sync::Notify::new(),
            signed_now: tokio::sync::Notify::new(),
            published_now: tokio::sync::Notify::new(),
            counts: crate::tally::Counts::default(),
            counting: tokio::sync::Mutex::new(None),
            integrity: RwLock::default(),
            written: tokio::sync::Mutex::default(),
            clock,
        };
        app.refresh_roster().await?;
        app.keep_tables().await?;
        Ok(app)
    }

    /// The same, under the policy of the witnesses that cosign its log, where what is said of the log rests on it.
    ///
    /// # Errors
    /// As [`App::beside`], and when the policy is for other logs.
    pub async fn beside_witnessed(settings: Settings, witnesses: Option<Witnesses>) -> Result<Self, AppError> {
        let mut app = Self::beside(settings).await?;
        if let Some(witnesses) = &witnesses {
            witnesses.accepts(app.log_verifier())?;
            witnesses.recall(&app.objects).await?;
        }
        app.witnesses = witnesses;
        Ok(app)
    }
}
