//! Definitions by hash: what is published now, and what a case that began earlier keeps to its end.
//!
//! Must not know of: how a definition is checked.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use definition::model::{Name, Service};
use definition::{Checked, CheckedZone};
use engine::case::Digest;
use parking_lot::RwLock;
use store::{EntryQuery, Put, Store};

use crate::AppError;

/// The kind of entry that keeps a definition's canonical form, by its hash.
const KIND: &str = "definition";
/// Definitions read at once.
const BATCH: u32 = 100;

/// The zone as it is published, and every definition that a case ever began under.
#[derive(Debug)]
pub(crate) struct Definitions {
    zone: CheckedZone,
    by_hash: RwLock<HashMap<Digest, Arc<Checked<Service>>>>,
}

impl Definitions {
    /// Publishes a zone: its definitions are durable before any case begins under them.
    pub(crate) async fn publish(zone: CheckedZone, store: &dyn Store) -> Result<Self, AppError> {
        let put = |service: &Arc<Checked<Service>>| Put {
            kind: KIND.to_owned(),
            key: Digest(service.hash()).to_string(),
            owner: Some(service.name.clone()),
            body: Some(service.canonical().to_vec()),
            expected: None,
        };
        store.put(zone.services().values().map(put).collect()).await?;
        let by_hash = zone.services().values().map(|service| (Digest(service.hash()), Arc::clone(service)));
        Ok(Self { by_hash: RwLock::new(by_hash.collect()), zone })
    }

    pub(crate) fn zone(&self) -> &CheckedZone {
        &self.zone
    }

    /// The service as it is published now.
    pub(crate) fn current(&self, service: &str) -> Result<Arc<Checked<Service>>, AppError> {
        self.zone.services().get(service).cloned().ok_or(AppError::NotFound("service"))
    }

    /// The definition with this hash.
    pub(crate) async fn by_hash(&self, store: &dyn Store, hash: Digest) -> Result<Arc<Checked<Service>>, AppError> {
        if let Some(found) = self.by_hash.read().get(&hash) {
            return Ok(Arc::clone(found));
        }
        let service = kept(store, hash).await?;
        self.by_hash.write().insert(hash, Arc::clone(&service));
        Ok(service)
    }
}

/// The definition with this hash, as the store keeps it.
pub(crate) async fn kept(store: &dyn Store, hash: Digest) -> Result<Arc<Checked<Service>>, AppError> {
    let key = Some(hash.to_string());
    let query = EntryQuery { kind: KIND.to_owned(), key, owner: None, after: None, limit: 1 };
    let entry = store.entries(query).await?.pop();
    let entry = entry.ok_or_else(|| AppError::Internal(format!("definition {hash} is not in the store")))?;
    let service = Checked::from_canonical(&entry.body, hash.0)
        .map_err(|error| AppError::Internal(format!("definition {hash}: {error}")))?;
    Ok(Arc::new(service))
}

/// The services that were ever published on a store.
pub(crate) async fn published(store: &dyn Store) -> Result<BTreeSet<Name>, AppError> {
    let (mut services, mut after) = (BTreeSet::new(), None);
    loop {
        let query = EntryQuery { kind: KIND.to_owned(), key: None, owner: None, after, limit: BATCH };
        let entries = store.entries(query).await?;
        let Some(last) = entries.last() else { return Ok(services) };
        after = Some(last.key.clone());
        services.extend(entries.into_iter().filter_map(|entry| entry.owner));
    }
}
