//! Forgetting an account: who somebody is to the zone, their identity, sessions, links, tokens and drafts.
//!
//! Must not know of: cases, which forget their applicant by themselves (`erase.rs`); who may ask for it (the operator by a command).

use engine::roster::Entry;
use store::{CaseQuery, CasesOf, Put};

use crate::accounts::ACCOUNT;
use crate::apply::DRAFT;
use crate::erase::scrub_put;
use crate::passkeys::REGISTER;
use crate::{App, AppError};

/// Why an account cannot be forgotten yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InUse {
    /// It is an officer's who is on the roster.
    Officer,
    /// It has a case that is open.
    OpenCase,
}

/// What went with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Whether it was joined to an identity.
    pub identity: bool,
    /// Applications that were begun.
    pub drafts: usize,
    /// Sessions, links and tokens.
    pub secrets: usize,
}

impl App {
    /// Erases an account with its identity, sessions, links, tokens and drafts, or says why it cannot be done yet. Whoever signs in again through the
    /// provider has a new one.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such account; [`AppError::Stale`] when it changed meanwhile.
    pub async fn erase_account(&self, id: &str) -> Result<Result<Forgotten, InUse>, AppError> {
        let entry = self.entry(ACCOUNT, id).await?.ok_or(AppError::NotFound("account"))?;
        let account = self.account(id).await?;
        self.refresh_roster().await?;
        let officer = account.officer.as_deref().unwrap_or(id);
        if self.register().of(officer).is_some_and(Entry::serves) {
            return Ok(Err(InUse::Officer));
        }
        let person = account.person.as_deref().unwrap_or(id);
        let of = CasesOf::Applicant(person.to_owned());
        let open = CaseQuery { of, open: true, after: None, newest_first: false, limit: 1 };
        if !self.store.cases(open).await?.is_empty() {
            return Ok(Err(InUse::OpenCase));
        }
        let gone =
            |kind: &str, key: String| Put { kind: kind.to_owned(), key, owner: None, body: None, expected: None };
        let mut puts = vec![Put { expected: Some(entry.version), ..gone(ACCOUNT, id.to_owned()) }];
        let identity = self.part_identity(id).await?;
        let secrets = self.ends_of(id).await?;
        let drafts = self.all_of(DRAFT, person).await?;
        let told = Forgotten { identity: !identity.is_empty(), drafts: drafts.len(), secrets: secrets.len() };
        let challenges = self.all_of(REGISTER, id).await?;
        puts.extend(identity.into_iter().chain(secrets));
        puts.extend(drafts.into_iter().chain(challenges).map(|entry| gone(&entry.kind, entry.key)));
        puts.push(scrub_put(Some(self.clock.now().to_string().into_bytes()), None));
        self.store.put(puts).await?;
        // Whoever signed in at this moment is signed in no more.
        self.end_secrets(id).await?;
        Ok(Ok(told))
    }
}
