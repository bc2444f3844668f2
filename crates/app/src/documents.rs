//! Documents by their content: what they are is looked at, not believed; the name of a document is its hash.
//!
//! Must not know of: what a document is for.

mod jpeg;
pub(crate) mod kept;
mod kinds;
mod message;
mod pdf;
mod png;
mod webp;

pub use kinds::{judge_document, media_type, media_type_of, media_types};

use bytes::Bytes;
use definition::value::{DocumentRef, Lines, Value, writable};
use engine::CaseId;
use engine::event::What;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Put;

use crate::accounts::Account;
use crate::act::{Key, TRIES};
use crate::document_uses::User;
use crate::error::Invalid;
use crate::{App, AppError};

/// The largest document taken: a scanned plan of several pages.
pub const DOCUMENT_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// The kind of entry that says who brought which document; its key is OWNER/HASH.
pub(crate) const KIND: &str = "document";
pub(crate) const KEY: &str = "document-key";

/// What a request with an idempotency key brought.
#[derive(Serialize, Deserialize)]
pub(crate) struct Brought {
    request: [u8; 32],
    pub(crate) document: DocumentRef,
}

impl App {
    /// Keeps a document that an account brings.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is too large, empty, of a kind that is not taken, not what it says it is, or not whole.
    pub async fn keep_document(
        &self,
        account: &Account,
        name: &str,
        media_type: &str,
        bytes: Bytes,
    ) -> Result<DocumentRef, AppError> {
        examine(media_type, &bytes)?;
        let document = named(name, media_type, &bytes);
        self.put_until_kept(account, document, bytes, None).await
    }

    /// Puts a document, and what is put once for a key with it; again, where somebody else did either at this moment.
    async fn put_until_kept(
        &self,
        account: &Account,
        document: DocumentRef,
        bytes: Bytes,
        once: Option<(Put, Key)>,
    ) -> Result<DocumentRef, AppError> {
        for _ in 0..TRIES {
            let mut puts = self.put_document(account, &document, bytes.clone()).await?;
            puts.extend(once.iter().map(|(under_key, _)| under_key.clone()));
            match self.store.put(puts).await.map_err(AppError::from) {
                Err(AppError::Stale) => {}
                other => return other.map(|()| document),
            }
            if let Some((under_key, key)) = &once
                && let Some(first) = self.brought(&under_key.key, key).await?
            {
                return Ok(first);
            }
        }
        Err(AppError::Stale)
    }

    /// The writes after which a document is kept, the account uses it, and it is known that the account brought it.
    async fn put_document(
        &self,
        account: &Account,
        document: &DocumentRef,
        bytes: Bytes,
    ) -> Result<Vec<Put>, AppError> {
        let (sha256, user) = (&document.sha256, User::Account(account.id.clone()));
        let held = if kept::is_small(&bytes) {
            self.held_document(sha256, &user).await?
        } else {
            // Before it is put: whoever erases the last use of the same document meanwhile sees this one.
            self.hold_document(sha256, &user).await?;
            None
        };
        let brought = Put {
            kind: KIND.to_owned(),
            key: format!("{}/{}", account.id, hex::encode(sha256)),
            owner: Some(account.id.clone()),
            body: Some(serde_json::to_vec(document)?),
            expected: None,
        };
        Ok(held.into_iter().chain(self.keep_bytes(sha256, bytes).await?).chain([brought]).collect())
    }

    /// As [`App::keep_document`], once for each key.
    ///
    /// # Errors
    /// As [`App::keep_document`]; [`AppError::KeyReused`].
    pub async fn bring_document(
        &self,
        account: &Account,
        name: &str,
        media_type: &str,
        bytes: Bytes,
        key: Key,
    ) -> Result<DocumentRef, AppError> {
        let place = format!("{}/{}", account.id, key.key);
        if let Some(first) = self.brought(&place, &key).await? {
            return Ok(first);
        }
        examine(media_type, &bytes)?;
        let document = named(name, media_type, &bytes);
        let body = Some(serde_json::to_vec(&Brought { request: key.request, document: document.clone() })?);
        let owner = Some(account.id.clone());
        let under_key = Put { kind: KEY.to_owned(), key: place, owner, body, expected: Some(0) };
        self.put_until_kept(account, document, bytes, Some((under_key, key))).await
    }

    async fn brought(&self, place: &str, key: &Key) -> Result<Option<DocumentRef>, AppError> {
        let Some(entry) = self.entry(KEY, place).await? else { return Ok(None) };
        let brought: Brought = serde_json::from_slice(&entry.body)?;
        if brought.request == key.request { Ok(Some(brought.document)) } else { Err(AppError::KeyReused) }
    }

    /// A document that the account itself brought: only such a one may become a fact, so that nobody reads another's by its hash.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn own_document(&self, account: &Account, sha256: &[u8; 32]) -> Result<DocumentRef, AppError> {
        let entry = self.entry(KIND, &format!("{}/{}", account.id, hex::encode(sha256))).await?;
        let entry = entry.ok_or(AppError::NotFound("document"))?;
        Ok(serde_json::from_slice(&entry.body)?)
    }

    /// A document of a case, for somebody who may see the case.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn case_document(
        &self,
        account: &Account,
        case: CaseId,
        sha256: &[u8; 32],
    ) -> Result<(DocumentRef, Bytes), AppError> {
        let view = self.case(account, case).await?;
        let given = view.history.iter().flat_map(|(_, event)| match &event.what {
            What::Opened(opened) => opened.facts.values().collect::<Vec<_>>(),
            What::Supplied { facts, .. }
            | What::Signed { facts, .. }
            | What::Decided { facts, .. }
            | What::Computed { facts, .. } => facts.values().collect(),
            What::Corrected { value, .. } => vec![value],
            _ => Vec::new(),
        });
        let document = given
            .filter_map(|value| match value {
                Value::Document(document) if document.sha256 == *sha256 => Some(document.clone()),
                _ => None,
            })
            .next()
            .ok_or(AppError::NotFound("document"))?;
        Ok((document, self.whole(sha256).await?))
    }
}

/// A document as facts name it.
pub(crate) fn named(name: &str, media_type: &str, bytes: &[u8]) -> DocumentRef {
    let fits = |character: &char| writable(character.encode_utf8(&mut [0; 4]), Lines::One).is_ok();
    let name: String = name.chars().filter(fits).take(200).collect();
    let (sha256, size) = (Sha256::digest(bytes).into(), bytes.len() as u64);
    DocumentRef { sha256, size, media_type: media_type.to_owned(), name }
}

fn examine(media_type: &str, bytes: &[u8]) -> Result<(), AppError> {
    let invalid = |why| AppError::Invalid { field: "document", why };
    if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
        return Err(invalid(Invalid::TooLarge { max_bytes: DOCUMENT_BYTES_MAX }));
    }
    judge_document(media_type, bytes).map_err(invalid)
}
