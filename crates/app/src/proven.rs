//! Whether the log proves that a certificate was granted: the proof that it carries, checked against the zone's own key and entries.
//!
//! Must not know of: pages, COSE.

use credential::{Certificate, Claims};
use log::value::Value;
use log::{Branch, Hash, Leaf, TlogProof};

use crate::logbook::Entry;
use crate::{App, AppError};

/// The kind of event by which a case issues a certificate.
const GRANTS: &str = "ended";
/// The kind by which it issues it anew; it names no certificate, as the one that the case ended with is meant.
const CORRECTS: &str = "corrected";

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
        if let Ok(branch) = Branch::decode(bytes) {
            return self.branches(certificate, &branch).await;
        }
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

    /// Whether a branch is one of the log's own tree, and of the entry that granted the certificate.
    async fn branches(&self, certificate: &Certificate, branch: &Branch) -> Result<Proven, AppError> {
        let index = branch.index;
        let Some((size, own)) = self.grown(index, branch.hashes.len()).await? else {
            return Ok(Proven::Refuted(format!("the log has no entry {index} with such a branch")));
        };
        let granted = |entry: &Entry| entry.index == index && grants(&entry.leaf, certificate.claims());
        let granted = self.log_entries(index).await?.first().is_some_and(granted);
        Ok(match granted && own == branch.root() {
            true => Proven::InLog { index, size },
            false => Proven::Refuted(format!("entry {index} did not grant this certificate, or not under this branch")),
        })
    }

    /// The log's size, and where its own branch of this height leads.
    async fn grown(&self, index: u64, height: usize) -> Result<Option<(u64, (u32, u64, Hash))>, AppError> {
        let Some(published) = self.checkpoint() else { return Ok(None) };
        let Some((_, mut own)) = self.carried(index).await? else { return Ok(None) };
        if own.hashes.len() < height {
            return Ok(None);
        }
        own.hashes.truncate(height);
        Ok(Some((published.checkpoint.size(), own.root())))
    }
}

/// Whether a leaf of the log is the one by which a certificate was granted.
pub fn grants(leaf: &Leaf, claims: &Claims) -> bool {
    let Ok(case) = <[u8; 16]>::try_from(claims.id.as_slice()) else { return false };
    let issued = Value::Text(claims.kind.clone());
    let issues = match leaf.kind.as_str() {
        GRANTS => leaf.public.get("certificate") == Some(&issued),
        kind => kind == CORRECTS,
    };
    issues && leaf.case == record::leaf::pseudonym(&case) && leaf.definition.as_slice() == claims.definition
}
