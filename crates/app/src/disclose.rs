//! Disclosing to an auditor: the events behind the log, the definitions, what functions rest on and were given, certificates, registers and figures, in the form of the crate `record`.
//!
//! Must not know of: who the auditor is, what an audit does.
//!
//! The manifest is written last: **the commit point of a disclosure**. Before it there is none, and writing again over what lies there gives the
//! same bytes.

mod before;
mod named;

use std::collections::{BTreeMap, BTreeSet};

use engine::CaseId;
use engine::case::Digest;
use log::Tile;
use log::tile::{Kind, TILE_WIDTH};
use record::lines::{self, CertificateLine, LINES_PER_FILE, QueueFigure, RecordLine, Statistics};
use record::manifest::{self, Manifest};
use record::segment::{self, Told};
use serde::Serialize;
use store::EntryQuery;

use crate::jobs::outbox::Topic;
use crate::logbook::Published;
use crate::{App, AppError, Objects, backup, certificates, integrity, logbook, registers, status};

use named::Named;

/// Entries and messages read at once.
const PAGE: u32 = 1000;
/// For whoever opens the manifest.
const NOTE: &str = "This folder holds personal data, given to an auditor. Keep it where only they can read it, and remove it when the audit is over.";

/// What was disclosed.
#[derive(Clone, Debug, Serialize)]
pub struct Disclosed {
    /// Events.
    pub events: u64,
    /// Definitions.
    pub definitions: u64,
    /// Tables that functions rest on.
    pub tables: u64,
    /// Documents that functions were given or made.
    pub documents: u64,
    /// Certificates.
    pub certificates: u64,
    /// Register records.
    pub records: u64,
    /// Whether the zone stood still meanwhile.
    pub quiet: bool,
}

impl App {
    /// Writes a disclosure up to the log's newest checkpoint, with a copy of the log. The log is brought up to date first, if no other process does.
    ///
    /// # Errors
    /// When the store or one of the object stores is away.
    pub async fn disclose(&self, to: &Objects) -> Result<Disclosed, AppError> {
        crate::jobs::sequencer::run(self).await?;
        let published = self.checkpoint().ok_or(AppError::NotFound("checkpoint"))?;
        let size = published.checkpoint.size();
        self.disclose_log(to, &published).await?;
        let named = self.disclose_events(to, size).await?;
        for (hash, definition) in &named.definitions {
            to.put(&manifest::definition_path(hash), definition.canonical().to_vec()).await?;
        }
        let tables = self.disclose_tables(to, &named).await?;
        let documents = self.disclose_documents(to, &named).await?;
        let certificates = self.disclose_certificates(to, size).await?;
        let records = self.disclose_records(to, &named).await?;
        let last_list = size.saturating_sub(1).div_euclid(status::WIDTH);
        for number in 0..=last_list {
            let list = self.status_list(number).await?;
            to.put(&manifest::status_path(number), list.to_cose_bytes()).await?;
        }
        let queues = self.store.queues(None).await?.into_iter().map(figure).collect();
        integrity::run(self).await?;
        let shown = self.integrity();
        let statistics = Statistics { size, queues, figures: shown.figures.shown(), chance: shown.chance };
        to.put(manifest::STATISTICS, serde_json::to_vec_pretty(&statistics)?).await?;
        let waiting = self.waiting().await?;
        // Whatever was written after the checkpoint would show here.
        let quiet = self.store.feed(size, 1).await?.is_empty();
        let (key_id, key) = self.certificate_public_key();
        let services = self.zone().services().values();
        let manifest = Manifest {
            format: manifest::FORMAT,
            note: NOTE.to_owned(),
            zone: self.zone().zone().name.clone(),
            origin: published.checkpoint.origin().to_owned(),
            size,
            log_key: self.log_verifier().to_string(),
            certificate_keys: BTreeMap::from([(key_id.to_string(), hex::encode(key))]),
            base_url: self.base_url().to_owned(),
            published: services.map(|service| (service.name.clone(), Digest(service.hash()))).collect(),
            certificates,
            records,
            status_lists: last_list.saturating_add(1),
            quiet,
            waiting,
        };
        to.put(manifest::PATH, serde_json::to_vec_pretty(&manifest)?).await?;
        let definitions = named.definitions.len() as u64;
        Ok(Disclosed { events: size, definitions, tables, documents, certificates, records, quiet })
    }

    /// The tables that functions of the definitions rest on.
    async fn disclose_tables(&self, to: &Objects, named: &Named) -> Result<u64, AppError> {
        let functions = named.definitions.values().flat_map(|definition| definition.zone().functions.values());
        let hashes: BTreeSet<&String> = functions.flat_map(|function| function.files.values()).collect();
        let mut count = 0;
        for hash in hashes {
            let Some(bytes) = self.table(hash).await? else { continue };
            to.put(&manifest::table_path(hash), bytes).await?;
            count += 1;
        }
        Ok(count)
    }

    /// The documents that functions were given or made. One that is not there any more is the audit's to name.
    async fn disclose_documents(&self, to: &Objects, named: &Named) -> Result<u64, AppError> {
        let mut count = 0;
        for sha256 in &named.documents {
            let Some(bytes) = self.bytes_of(sha256).await? else { continue };
            to.put(&manifest::document_path(sha256), bytes).await?;
            count += 1;
        }
        Ok(count)
    }

    /// A copy of the log, its checkpoint last.
    async fn disclose_log(&self, to: &Objects, published: &Published) -> Result<(), AppError> {
        let prefix = logbook::PREFIX;
        for tile in backup::tiles(published.checkpoint.size()) {
            let path = tile.path();
            // A partial tile may have given way to its full one.
            let file = match self.log_file(&path).await {
                Err(AppError::NotFound(_)) => (tile.full().path(), self.log_file(&tile.full().path()).await?),
                file => (path, file?),
            };
            to.put(&format!("{prefix}/{}", file.0), file.1).await?;
        }
        to.put(&format!("{prefix}/{}", log::checkpoint::PATH), published.note.clone()).await
    }

    async fn disclose_events(&self, to: &Objects, size: u64) -> Result<Named, AppError> {
        let mut named = Named::default();
        for bundle in (0..).map_while(|index| Tile::in_tree(Kind::Entries, index, size)) {
            let first = bundle.index().saturating_mul(u64::from(TILE_WIDTH));
            let rows = self.store.feed(first, u32::from(bundle.width())).await?;
            let mut bytes = Vec::new();
            for row in &rows {
                named.take(self, row).await?;
                // What is left of an erased event opens nothing.
                let opened = row.remains.is_none().then_some((&row.event.salt, row.event.body.as_slice()));
                segment::push(&mut bytes, &Told { case: row.case.0, opened });
            }
            let path = segment::path(bundle).ok_or(AppError::NotFound("segment"))?;
            to.put(&path, bytes).await?;
        }
        Ok(named)
    }

    async fn disclose_certificates(&self, to: &Objects, size: u64) -> Result<u64, AppError> {
        let mut file = Lines::new(to, "certificates");
        let mut after = None;
        loop {
            let kind = certificates::KIND.to_owned();
            let page = self.store.entries(EntryQuery { kind, key: None, owner: None, after, limit: PAGE }).await?;
            let Some(last) = page.last() else { return file.finish().await };
            after = Some(last.key.clone());
            for entry in &page {
                let certificates::Kept { message, position } = serde_json::from_slice(&entry.body)?;
                if position < size {
                    file.push(CertificateLine { position, message }).await?;
                }
            }
        }
    }

    async fn disclose_records(&self, to: &Objects, named: &Named) -> Result<u64, AppError> {
        let mut file = Lines::new(to, "registers");
        for (register, key) in &named.records {
            if let Some(record) = registers::disclosed(self, register, key).await? {
                file.push(RecordLine { register: register.clone(), key: key.clone(), record }).await?;
            }
        }
        file.finish().await
    }

    /// Cases with messages that wait, and those whose certificates messages of others are about.
    async fn waiting(&self) -> Result<Vec<CaseId>, AppError> {
        let mut waiting = BTreeSet::new();
        let mut after = None;
        loop {
            let page = self.store.outbox(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(waiting.into_iter().collect()) };
            after = Some(last.id);
            for message in page {
                waiting.insert(message.case);
                if let Topic::Void { issuer } = serde_json::from_slice(&message.message.body)? {
                    waiting.insert(issuer);
                }
            }
        }
    }
}

/// Files of lines while they are written.
struct Lines<'a, T> {
    to: &'a Objects,
    folder: &'static str,
    lines: Vec<T>,
    files: u64,
    count: u64,
}

impl<'a, T: Serialize> Lines<'a, T> {
    fn new(to: &'a Objects, folder: &'static str) -> Self {
        Self { to, folder, lines: Vec::new(), files: 0, count: 0 }
    }

    async fn push(&mut self, line: T) -> Result<(), AppError> {
        self.lines.push(line);
        self.count = self.count.saturating_add(1);
        if self.lines.len() as u64 == LINES_PER_FILE { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), AppError> {
        let path = format!("{}/{}.jsonl", self.folder, self.files);
        self.files = self.files.saturating_add(1);
        let bytes = lines::write(&std::mem::take(&mut self.lines))?;
        self.to.put(&path, bytes).await
    }

    /// Writes what is left; how many lines there were.
    async fn finish(mut self) -> Result<u64, AppError> {
        if !self.lines.is_empty() {
            self.write().await?;
        }
        Ok(self.count)
    }
}

fn figure(queue: store::Queue) -> QueueFigure {
    let store::Queue { authority, service, stage, outcome, cases, .. } = queue;
    QueueFigure { authority, service, stage, outcome, cases }
}
