//! Accounts, one-time sign-in links, sessions and API tokens. Secrets are kept as SHA-256 only, and compared by looking the digest up.
//!
//! Must not know of: cookies, headers.

use std::collections::BTreeMap;
use std::sync::Arc;

use definition::model::{Name, Words};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Entry, EntryQuery, Put};

use crate::{App, AppError, Officers};

/// How long a sign-in link may be used: a person may have to fetch their telephone.
const LINK_LIVES: SignedDuration = SignedDuration::from_mins(30);
/// How long a session lives without a new sign-in: a working day and its evening.
const SESSION_LIVES: SignedDuration = SignedDuration::from_hours(12);
/// How long an API token lives.
const TOKEN_LIVES: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How long somebody may take to use their passkey: to find it, and to type its PIN wrong once.
pub(crate) const CHALLENGE_LIVES: SignedDuration = SignedDuration::from_mins(5);

pub(crate) const ACCOUNT: &str = "account";
pub(crate) const LINK: &str = "sign-in-link";
pub(crate) const SESSION: &str = "session";
pub(crate) const TOKEN: &str = "api-token";

/// Accounts that the store gives at once.
const AT_ONCE: u32 = 1000;

/// The kinds of what is kept under the digest of a secret.
pub(crate) const KEPT_SECRETS: [&str; 3] = [LINK, SESSION, TOKEN];

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id: the person's or the officer's.
    pub id: String,
    /// The person in the register `people`.
    pub person: Option<String>,
    /// The officer on the roster.
    pub officer: Option<String>,
    /// Roles held, for showing; rights follow from the roster.
    pub roles: Vec<Name>,
    /// Authorities whose queues the account supervises.
    pub supervises: Vec<Name>,
    /// Whether it is the treasury's, which alone says that money arrived.
    #[serde(default)]
    pub treasury: bool,
    /// The authority whose gate it is, where it is a gate's: it hands in who passed.
    #[serde(default)]
    pub gate: Option<Name>,
    /// What they are called, in each language.
    pub names: Words,
}

/// Something kept under the digest of a secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    account: String,
    until: Timestamp,
    /// For a session: what forms must carry.
    #[serde(default)]
    csrf: String,
    /// For a session: the identity provider that vouched for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    through: Option<String>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// What this session's forms must carry.
    pub csrf: String,
}

/// A fresh secret of 256 bits, in hexadecimal.
///
/// # Errors
/// [`AppError::Internal`] when the system has no randomness.
pub(crate) fn secret() -> Result<String, AppError> {
    Ok(hex::encode(randomness()?))
}

/// 32 random bytes of the operating system.
///
/// # Errors
/// [`AppError::Internal`] when the system has no randomness.
pub fn randomness() -> Result<[u8; 32], AppError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(bytes)
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

impl App {
    /// Writes accounts, over what stood.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn put_accounts(&self, accounts: &[Account]) -> Result<(), AppError> {
        let put = |account: &Account| {
            Ok(Put {
                kind: ACCOUNT.to_owned(),
                key: account.id.clone(),
                // So the gates of an authority are found without reading everybody.
                owner: account.gate.clone(),
                body: Some(serde_json::to_vec(account)?),
                expected: None,
            })
        };
        let puts = accounts.iter().map(put).collect::<Result<Vec<_>, AppError>>()?;
        Ok(self.store.put(puts).await?)
    }

    /// An account.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn account(&self, id: &str) -> Result<Account, AppError> {
        let entry = self.entry(ACCOUNT, id).await?.ok_or(AppError::NotFound("account"))?;
        Ok(serde_json::from_slice(&entry.body)?)
    }

    /// All accounts, in order of their ids.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn accounts(&self) -> Result<Vec<Account>, AppError> {
        self.accounts_of(None).await
    }

    /// Those of an authority's gates, or all.
    pub(crate) async fn accounts_of(&self, gates_of: Option<&Name>) -> Result<Vec<Account>, AppError> {
        let (mut accounts, mut after) = (Vec::new(), None);
        loop {
            let query =
                EntryQuery { kind: ACCOUNT.to_owned(), key: None, owner: gates_of.cloned(), after, limit: AT_ONCE };
            let entries = self.store.entries(query).await?;
            for entry in &entries {
                accounts.push(serde_json::from_slice(&entry.body)?);
            }
            after = match entries.last() {
                Some(last) if entries.len() == AT_ONCE as usize => Some(last.key.clone()),
                _ => return Ok(accounts),
            };
        }
    }

    /// The secret of a link that signs an account in once.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such account; [`AppError::Identity`] for one that comes through the identity provider.
    pub async fn sign_in_link(&self, account: &str) -> Result<String, AppError> {
        self.may_come_by_link(&self.account(account).await?)?;
        self.keep(LINK, account, LINK_LIVES).await
    }

    /// Uses a link up and opens a session; gives the session's secret.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] when the link is wrong, old or used.
    pub async fn sign_in(&self, link: &str) -> Result<String, AppError> {
        let account = self.spend(LINK, link).await?;
        self.may_come_by_link(&self.account(&account).await?)?;
        // Links go through many hands; whoever has a passkey uses it.
        let has_passkey = self.register().of(&account).is_some_and(|entry| !entry.passkeys.is_empty());
        if has_passkey && self.officers() == Officers::Passkey {
            return Err(AppError::PasskeyNeeded);
        }
        self.open_session(&account).await
    }

    /// Opens a session; gives its secret.
    pub(crate) async fn open_session(&self, account: &str) -> Result<String, AppError> {
        self.open_session_through(account, None).await
    }

    /// Opens a session that an identity provider vouched for; gives its secret.
    pub(crate) async fn open_session_through(
        &self,
        account: &str,
        through: Option<String>,
    ) -> Result<String, AppError> {
        self.keep_through(SESSION, account, SESSION_LIVES, through).await
    }

    /// The identity provider that vouched for a session, if one did.
    pub(crate) async fn session_through(&self, secret: &str) -> Result<Option<String>, AppError> {
        Ok(self.kept(SESSION, secret).await?.1.through)
    }

    /// Uses up what works once; whose it is.
    pub(crate) async fn spend(&self, kind: &str, secret: &str) -> Result<String, AppError> {
        let (entry, kept) = self.kept(kind, secret).await?;
        let used =
            Put { kind: kind.to_owned(), key: entry.key, owner: None, body: None, expected: Some(entry.version) };
        self.store.put(vec![used]).await.map_err(|_| AppError::SignedOut)?;
        Ok(kept.account)
    }

    /// Who a session's secret belongs to.
    ///
    /// # Errors
    /// [`AppError::SignedOut`].
    pub async fn session(&self, secret: &str) -> Result<Session, AppError> {
        let (_, kept) = self.kept(SESSION, secret).await?;
        Ok(Session { account: self.account(&kept.account).await?, csrf: kept.csrf })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn sign_out(&self, secret: &str) -> Result<(), AppError> {
        let gone = Put { kind: SESSION.to_owned(), key: digest(secret), owner: None, body: None, expected: None };
        Ok(self.store.put(vec![gone]).await?)
    }

    /// A new API token for an account.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn api_token(&self, account: &str) -> Result<String, AppError> {
        self.account(account).await?;
        self.keep(TOKEN, account, TOKEN_LIVES).await
    }

    /// Who an API token belongs to.
    ///
    /// # Errors
    /// [`AppError::SignedOut`].
    pub async fn bearer(&self, token: &str) -> Result<Arc<Account>, AppError> {
        if let Some(account) = self.bearers.read().get(&digest(token)).filter(|(until, _)| *until > self.clock.now()) {
            return Ok(Arc::clone(&account.1));
        }
        let (entry, kept) = self.kept(TOKEN, token).await?;
        let account = Arc::new(self.account(&kept.account).await?);
        // A token is looked up anew every minute, so that one that is taken back does not live on for long.
        let until = self.clock.now().checked_add(SignedDuration::from_mins(1)).unwrap_or(Timestamp::MAX);
        let mut bearers = self.bearers.write();
        if bearers.len() >= BEARERS_REMEMBERED {
            bearers.clear();
        }
        bearers.insert(entry.key, (until, Arc::clone(&account)));
        Ok(account)
    }

    pub(crate) async fn keep(&self, kind: &str, account: &str, lives: SignedDuration) -> Result<String, AppError> {
        self.keep_through(kind, account, lives, None).await
    }

    async fn keep_through(
        &self,
        kind: &str,
        account: &str,
        lives: SignedDuration,
        through: Option<String>,
    ) -> Result<String, AppError> {
        let fresh = secret()?;
        let until = self.clock.now().checked_add(lives).unwrap_or(Timestamp::MAX);
        let kept = Kept { account: account.to_owned(), until, csrf: secret()?, through };
        let put = Put {
            kind: kind.to_owned(),
            key: digest(&fresh),
            owner: Some(account.to_owned()).filter(|account| !account.is_empty()),
            body: Some(serde_json::to_vec(&kept)?),
            expected: Some(0),
        };
        self.store.put(vec![put]).await?;
        Ok(fresh)
    }

    /// How many of an account's sessions, links and tokens can still be used.
    pub(crate) async fn live_secrets(&self, account: &str) -> Result<u64, AppError> {
        let (now, mut count) = (self.clock.now(), 0);
        for kind in KEPT_SECRETS {
            let live = |entry: &Entry| serde_json::from_slice::<Kept>(&entry.body).is_ok_and(|kept| kept.until > now);
            count += self.all_of(kind, account).await?.iter().filter(|entry| live(entry)).count() as u64;
        }
        Ok(count)
    }

    async fn kept(&self, kind: &str, secret: &str) -> Result<(Entry, Kept), AppError> {
        let entry = self.entry(kind, &digest(secret)).await?.ok_or(AppError::SignedOut)?;
        let kept: Kept = serde_json::from_slice(&entry.body)?;
        if kept.until > self.clock.now() { Ok((entry, kept)) } else { Err(AppError::SignedOut) }
    }

    /// One entry.
    pub(crate) async fn entry(&self, kind: &str, key: &str) -> Result<Option<Entry>, AppError> {
        let query = EntryQuery { kind: kind.to_owned(), key: Some(key.to_owned()), owner: None, after: None, limit: 1 };
        Ok(self.store.entries(query).await?.pop())
    }
}

/// Most API tokens that are remembered between requests.
const BEARERS_REMEMBERED: usize = 10_000;

/// API tokens seen lately, by digest, and until when to believe it.
pub(crate) type Bearers = BTreeMap<String, (Timestamp, Arc<Account>)>;
