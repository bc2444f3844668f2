//! What passed the checker: a definition with its content hash.
//!
//! Must not know of: rules, text.
//!
//! **The canonical form** of a service is the UTF-8 JSON, without white space, of the object `{"format":1,"zone":Z,"service":S}`. S is the service. Z is
//! the zone without its words and without the roles, grounds, concepts, code lists, registers, authorities and portals that S does not use (see
//! `part`; roles of S's own authority stay). Fields stand in the order in which `model` declares them, maps are sorted by the bytes of their keys, sequences keep their order, and
//! numbers are integers (decimals are strings). The hash is SHA-256 (FIPS 180-4) of these bytes.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::part;
use crate::model::{Name, Service, Zone};

/// The version of the canonical form.
const FORMAT: u32 = 1;

/// Something that passed the checker. Nothing else can make one.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    value: T,
    zone: Zone,
    canonical: Vec<u8>,
    hash: [u8; 32],
}

/// A zone that passed the checker, with those of its services that did.
#[derive(Clone, Debug)]
pub struct CheckedZone {
    zone: Arc<Zone>,
    services: BTreeMap<Name, Arc<Checked<Service>>>,
    tables: BTreeMap<String, Arc<str>>,
}

/// Why stored bytes are not a checked definition.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// The bytes have another hash than the record says: they were changed.
    #[error("the stored definition has the hash {found}, not {expected}")]
    Hash {
        /// The hash in the record, in hexadecimal.
        expected: String,
        /// The hash of the bytes.
        found: String,
    },
    /// The bytes are not a definition of a format that this version reads.
    #[error("the stored definition cannot be read: {0}")]
    Form(String),
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    zone: &'a Zone,
    service: &'a Service,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    format: u32,
    zone: Zone,
    service: Service,
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Checked<T> {
    /// The SHA-256 hash of the canonical form.
    #[must_use]
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The canonical form, JSON.
    #[must_use]
    pub fn canonical(&self) -> &[u8] {
        &self.canonical
    }

    /// The part of the zone that it was checked with and runs with, without the zone's words.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }
}

impl Checked<Service> {
    /// Seals a service in which no rule found a problem.
    pub(super) fn seal(zone: &Zone, service: Service) -> Result<Self, serde_json::Error> {
        let zone = part::used(zone, &service);
        let canonical = serde_json::to_vec(&Written { format: FORMAT, zone: &zone, service: &service })?;
        let hash = Sha256::digest(&canonical).into();
        Ok(Self { value: service, zone, canonical, hash })
    }

    /// Reads a definition that was checked once and stored by its hash. Whoever calls vouches that `expected` comes from a record of a checked
    /// definition: the hash is what shows that these are its bytes.
    ///
    /// # Errors
    /// [`CanonicalError`] when the bytes are others, or of an unknown format.
    pub fn from_canonical(bytes: &[u8], expected: [u8; 32]) -> Result<Self, CanonicalError> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        if hash != expected {
            return Err(CanonicalError::Hash { expected: hex::encode(expected), found: hex::encode(hash) });
        }
        let read: Read = serde_json::from_slice(bytes).map_err(|error| CanonicalError::Form(error.to_string()))?;
        if read.format != FORMAT {
            return Err(CanonicalError::Form(format!(
                "it is of format {}, and this version reads {FORMAT}",
                read.format
            )));
        }
        Ok(Self { value: read.service, zone: read.zone, canonical: bytes.to_vec(), hash })
    }
}

impl CheckedZone {
    pub(super) fn new(
        zone: Zone,
        services: BTreeMap<Name, Arc<Checked<Service>>>,
        tables: BTreeMap<String, Arc<str>>,
    ) -> Self {
        Self { zone: Arc::new(zone), services, tables }
    }

    /// The text of what the zone's functions rest on, by its SHA-256 in hexadecimal, as the functions name it.
    #[must_use]
    pub const fn tables(&self) -> &BTreeMap<String, Arc<str>> {
        &self.tables
    }

    /// The zone.
    #[must_use]
    pub const fn zone(&self) -> &Arc<Zone> {
        &self.zone
    }

    /// The services that passed, by name.
    #[must_use]
    pub const fn services(&self) -> &BTreeMap<Name, Arc<Checked<Service>>> {
        &self.services
    }
}
