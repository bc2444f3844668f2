//! Whether the log proves that a certificate was granted: the proof that it carries, checked against the zone's own key and entries.
//!
//! Must not know of: pages, COSE.

use credential::{Certificate, Claims};
use log::value::Value;
use log::{Leaf, TlogProof};

use crate::{App, AppError};

/// The kind of event by which a case issues a certificate.
const GRANTS: &str = "ended";

/// What the log says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proven {
    /// The entry that granted it stands in the log.
    InLog {
        /// The entry's index.
        index: u64,
        /// The size of the log that the proof is under.
        size: u64,
    },
    /// It carries no proof: it was signed, but has not been seen since the log took it in.
    NotYet,
    /// It carries a proof that does not prove it: damaged, of another entry, or of another log. The text is for the operator.
    Refuted(String),
}

impl App {
    /// Checks the proof that a certificate carries. The signature of the certificate itself is for [`App::verify`].
    ///
    /// # Errors
    /// When the object store is away.
    pub async fn proven(&self, certificate: &Certificate) -> Result<Proven, AppError> {
        let Some(bytes) = certificate.inclusion() else { return Ok(Proven::NotYet) };
        let proof = match TlogProof::parse(bytes) {
            Ok(proof) => proof,
            Err(error) => return Ok(Proven::Refuted(error.to_string())),
        };
        let index = proof.index();
        // The certificate does not name its leaf, so the entry at the proof's index is read, and must be the one that granted it.
        let entry = self.log_entries(index).await?.into_iter().next().filter(|entry| entry.index == index);
        let Some(entry) = entry.filter(|entry| grants(&entry.leaf, certificate.claims())) else {
            return Ok(Proven::Refuted(format!("entry {index} did not grant this certificate")));
        };
        Ok(match proof.verify(&entry.hash, self.log_verifier(), &[]) {
            Ok(opened) => Proven::InLog { index, size: opened.checkpoint.size() },
            Err(error) => Proven::Refuted(error.to_string()),
        })
    }
}

/// Whether a leaf of the log is the one by which a certificate was granted.
pub fn grants(leaf: &Leaf, claims: &Claims) -> bool {
    let Ok(case) = <[u8; 16]>::try_from(claims.id.as_slice()) else { return false };
    let issued = Value::Text(claims.kind.clone());
    leaf.kind == GRANTS
        && leaf.case == record::leaf::pseudonym(&case)
        && leaf.public.get("certificate") == Some(&issued)
        && leaf.definition.as_slice() == claims.definition
}
