//! Taking back what opens the zone in somebody's name: their sessions, their sign-in links, their API tokens.
//!
//! Must not know of: who may take back (the operator by a command; on the roster the engine says).

use std::collections::BTreeSet;

use engine::case::OfficerId;
use engine::roster::{Entry, Passkey, Register};
use serde::Serialize;
use store::{EntryQuery, Put};

use crate::accounts::{KEPT_SECRETS, LINK, SESSION, TOKEN};
use crate::{App, AppError};

/// Most entries that the store gives at once.
const AT_ONCE: u32 = 1000;

/// How many of each were taken back; those that had run out of time by themselves are counted, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Revoked {
    /// Sessions.
    pub sessions: usize,
    /// Links that nobody had used.
    pub links: usize,
    /// API tokens.
    pub tokens: usize,
}

impl App {
    /// Ends all sessions, links and tokens of an account. May be done again. Another process that runs the zone believes a token that it saw within
    /// the last minute until that minute is over.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such account.
    pub async fn revoke(&self, account: &str) -> Result<Revoked, AppError> {
        self.account(account).await?;
        self.end_secrets(account).await
    }

    /// The same, whether the account is there or not.
    pub(crate) async fn end_secrets(&self, account: &str) -> Result<Revoked, AppError> {
        let ends = self.ends_of(account).await?;
        let of = |kind: &str| ends.iter().filter(|put| put.kind == kind).count();
        let revoked = Revoked { sessions: of(SESSION), links: of(LINK), tokens: of(TOKEN) };
        if !ends.is_empty() {
            self.store.put(ends).await?;
        }
        self.forget_bearers(account);
        Ok(revoked)
    }

    /// This process believes no token of the account that it saw lately.
    pub(crate) fn forget_bearers(&self, account: &str) {
        self.bearers.write().retain(|_, (_, known)| known.id != account);
    }

    /// What removes the sessions, links and tokens of all of these: it belongs into the transaction that shuts them out.
    pub(crate) async fn ends_of_all(&self, accounts: &BTreeSet<OfficerId>) -> Result<Vec<Put>, AppError> {
        let mut ends = Vec::new();
        for account in accounts {
            ends.extend(self.ends_of(account).await?);
        }
        Ok(ends)
    }

    /// What removes the sessions, links and tokens of an account.
    pub(crate) async fn ends_of(&self, account: &str) -> Result<Vec<Put>, AppError> {
        let mut ends: Vec<Put> = Vec::new();
        for kind in KEPT_SECRETS {
            let mut after = None;
            loop {
                let query = EntryQuery {
                    kind: kind.to_owned(),
                    key: None,
                    owner: Some(account.to_owned()),
                    after: after.take(),
                    limit: AT_ONCE,
                };
                let entries = self.store.entries(query).await?;
                after = entries.last().map(|entry| entry.key.clone());
                let end = |key| Put { kind: kind.to_owned(), key, owner: None, body: None, expected: None };
                ends.extend(entries.into_iter().map(|entry| end(entry.key)));
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(ends)
    }
}

/// Whose sessions, links and tokens end when the roster comes from one state to another, by whatever acts: whoever has a passkey less, since a session
/// does not say by which it was opened, and whoever is on the roster no longer. An officer's account has the officer's id.
pub(crate) fn shut_out(before: &Register, after: &Register) -> BTreeSet<OfficerId> {
    let is_shut_out = |(officer, was): &(&OfficerId, &Entry)| {
        let is = after.of(officer);
        let has =
            |passkey: &Passkey| is.is_some_and(|is| is.passkeys.iter().any(|own| own.credential == passkey.credential));
        (was.serves() && !is.is_some_and(Entry::serves)) || !was.passkeys.iter().all(has)
    };
    before.officers.iter().filter(is_shut_out).map(|(officer, _)| officer.clone()).collect()
}
