//! A document that functions are given, with what it says: read once, however many functions ask for it.
//!
//! Must not know of: where documents are kept, who asks.

use std::fmt;
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use super::Fault;
use super::assess::declared;
use crate::assess::Assessment;
use crate::declaration::Declaration;

/// A document's bytes. What they say as a declaration or as an assessment is read when it is first asked for.
pub struct Paper {
    bytes: Box<dyn AsRef<[u8]> + Send + Sync>,
    sha256: OnceLock<[u8; 32]>,
    declared: OnceLock<Result<Box<Declaration>, Vec<Fault>>>,
    assessed: OnceLock<Option<Assessment>>,
}

impl Paper {
    /// A document of these bytes.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self::of(Box::new(bytes), OnceLock::new()))
    }

    fn of(bytes: Box<dyn AsRef<[u8]> + Send + Sync>, assessed: OnceLock<Option<Assessment>>) -> Self {
        Self { bytes, sha256: OnceLock::new(), declared: OnceLock::new(), assessed }
    }

    /// An assessment, written down. What is read of it again is the same.
    pub(super) fn of_assessment(assessment: Assessment) -> Arc<Self> {
        let bytes = Box::new(assessment.to_bytes());
        Arc::new(Self::of(bytes, OnceLock::from(Some(assessment))))
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    /// SHA-256 of them (FIPS 180-4), by which a document is named.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        *self.sha256.get_or_init(|| Sha256::digest(self.bytes()).into())
    }

    /// The one declaration that it is, to be declared now.
    pub(super) fn declared(&self) -> Result<&Declaration, Vec<Fault>> {
        let declared = self.declared.get_or_init(|| declared(self.bytes()));
        declared.as_deref().map_err(Clone::clone)
    }

    /// The assessment that it is; none where it is something else.
    pub(super) fn assessed(&self) -> Option<&Assessment> {
        self.assessed.get_or_init(|| Assessment::read(self.bytes())).as_ref()
    }
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("bytes", &self.bytes().len()).finish_non_exhaustive()
    }
}

impl PartialEq for Paper {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Paper {}
