//! Where the bytes of documents lie: small ones in the store, written with what names them; the others are objects.
//!
//! Must not know of: what a document is, who uses it.
//!
//! A message of a few kilobytes would cost a file of its own: made, synced and renamed, and its folder synced. In the store it shares the commit of the act that
//! names it, so a crash leaves no document that nobody names either.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use store::{EntryQuery, Put, Store};

use crate::{App, AppError};

/// The kind of entry that has a document's bytes; its key is the hash.
const KIND: &str = "document-bytes";
/// The largest document that lies in the store, in bytes. A scan is larger, and would make the database one of pictures.
const STORE_BYTES_MAX: usize = 64 * 1024;

/// Whether a document of this size lies in the store.
pub(crate) const fn is_small(bytes: &Bytes) -> bool {
    bytes.len() <= STORE_BYTES_MAX
}

/// Where a document lies that is an object.
pub(crate) fn path(sha256: &[u8; 32]) -> String {
    let name = hex::encode(sha256);
    format!("documents/{}/{name}", name.get(..2).unwrap_or_default())
}

/// The write after which the store has no bytes of a document.
pub(crate) fn gone(sha256: &[u8; 32]) -> Put {
    Put { kind: KIND.to_owned(), key: hex::encode(sha256), owner: None, body: None, expected: None }
}

/// The bytes of a document that lies in the store.
pub(crate) async fn in_store(store: &dyn Store, sha256: &[u8; 32]) -> Result<Option<Bytes>, AppError> {
    let key = Some(hex::encode(sha256));
    let query = EntryQuery { kind: KIND.to_owned(), key, owner: None, after: None, limit: 1 };
    Ok(store.entries(query).await?.pop().map(|entry| Bytes::from(entry.body)))
}

impl App {
    /// Keeps the bytes of a document: a large one before this returns, a small one by the write that is to go with what names it.
    pub(crate) async fn keep_bytes(&self, sha256: &[u8; 32], bytes: Bytes) -> Result<Option<Put>, AppError> {
        if is_small(&bytes) {
            return Ok(Some(Put { body: Some(bytes.into()), ..gone(sha256) }));
        }
        self.objects.put(&path(sha256), bytes).await?;
        Ok(None)
    }

    /// The bytes of a document, as they are kept.
    pub(crate) async fn bytes_of(&self, sha256: &[u8; 32]) -> Result<Option<Bytes>, AppError> {
        match in_store(&*self.store, sha256).await? {
            Some(bytes) => Ok(Some(bytes)),
            None => self.objects.get(&path(sha256)).await,
        }
    }

    /// The bytes of a document, as they were when it was named.
    pub(crate) async fn whole(&self, sha256: &[u8; 32]) -> Result<Bytes, AppError> {
        let bytes = self.bytes_of(sha256).await?.ok_or(AppError::NotFound("document"))?;
        if <[u8; 32]>::from(Sha256::digest(&bytes)) != *sha256 {
            return Err(AppError::Internal(format!("document {} is damaged", hex::encode(sha256))));
        }
        Ok(bytes)
    }
}
