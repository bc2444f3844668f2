//! Acts that officers sign: what is to be signed, and whether a signature over it holds.
//!
//! Must not know of: HTTP, what an act means.
//!
//! The challenge is made of the act, the case and the number of its events (`engine::signed`), so nothing is kept between asking and signing, and
//! nothing can be signed twice: the act moves the case on.

use credential::passkey::{self, PasskeyFault, RelyingParty};
use engine::CaseId;
use engine::act::Act;
use engine::case::Digest;
use engine::roster::{self, Passkey, RosterAct, STREAM};
use engine::signed::{ActText, Signed, challenge};
use serde::Serialize;
use store::Put;

use crate::accounts::Account;
use crate::{App, AppError};

/// Entries that keep each passkey's counter.
const COUNTER: &str = "passkey-counter";

/// What officers' acts must carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Officers {
    /// Nothing: who is signed in acts. For tests, and zones that are not open yet.
    #[default]
    Link,
    /// A signature where the officer gives one; what is not signed says so. For demonstrations.
    Either,
    /// A signature by the officer's passkey.
    Passkey,
}

/// A signature as it comes from an officer's browser or program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Which passkey: its credential id.
    pub credential: Vec<u8>,
    /// What the authenticator says of itself.
    pub authenticator_data: Vec<u8>,
    /// What the browser says it was asked for: JSON.
    pub client_data: String,
    /// Over both.
    pub signature: Vec<u8>,
}

/// An act that is to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSign {
    /// The text of the act.
    pub text: String,
    /// The challenge over it.
    pub challenge: [u8; 32],
    /// The credential ids of the officer's passkeys.
    pub passkeys: Vec<Vec<u8>>,
}

/// What is wrong with a passkey or its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// No passkey that stands has this id, or it is another officer's.
    #[error("it is no passkey of this officer, or was withdrawn")]
    Unknown,
    /// It does not hold.
    #[error(transparent)]
    Fault(#[from] PasskeyFault),
    /// Its counter went back: there may be two of it (WebAuthn Level 3, section 7.2, step 22).
    #[error("its counter went back: there may be a copy of it")]
    CounterWentBack,
}

/// A signature that holds, and what is to be written with the act.
pub(crate) struct Signature {
    pub(crate) signed: Signed,
    pub(crate) puts: Vec<Put>,
}

/// Who relies on passkeys at this address.
pub(crate) fn relying_party(base_url: &str) -> RelyingParty {
    RelyingParty::at(base_url)
}

impl App {
    /// Sets what officers' acts must carry.
    #[must_use]
    pub fn with_officers(mut self, officers: Officers) -> Self {
        self.officers = officers;
        self
    }

    /// What officers' acts must carry.
    pub fn officers(&self) -> Officers {
        self.officers
    }

    /// Who relies on passkeys here.
    pub fn relying_party(&self) -> &RelyingParty {
        &self.relying_party
    }

    /// What an officer is to sign for an act on a case that they see at `seen`. What would be refused is refused now.
    ///
    /// # Errors
    /// As [`App::act`].
    pub async fn act_to_sign(&self, account: &Account, case: CaseId, act: &Act, seen: u64) -> Result<ToSign, AppError> {
        let (row, service, state) = self.load(case).await?;
        let actor = self.may(account, &row, &service, &state, act).await?;
        if seen != row.seq {
            return Err(AppError::Stale);
        }
        self.try_act(&actor, &row, &service, &state, act).await?;
        self.to_sign(account, case, seen, state.definition, act)
    }

    /// What an officer is to sign for an act on the roster.
    ///
    /// # Errors
    /// [`AppError::Roster`] when it would be refused.
    pub fn roster_act_to_sign(&self, account: &Account, act: &RosterAct, seen: u64) -> Result<ToSign, AppError> {
        self.judge_roster_act(account, act)?;
        self.to_sign(account, STREAM, seen, roster::rules(), act)
    }

    fn to_sign(
        &self,
        account: &Account,
        case: CaseId,
        seen: u64,
        definition: Digest,
        act: &(impl Serialize + Clone),
    ) -> Result<ToSign, AppError> {
        let officer = account.officer.clone().ok_or(AppError::Forbidden)?;
        let passkeys = self.register().of(&officer).map(|entry| entry.passkeys.clone()).unwrap_or_default();
        let text = ActText { case, seen, definition, officer, act: act.clone() }.to_text()?;
        let passkeys = passkeys.into_iter().map(|passkey| passkey.credential).collect();
        Ok(ToSign { challenge: challenge(&text), text, passkeys })
    }

    /// The signature over an act on a case, if it holds; none where none is needed and none is given.
    pub(crate) async fn signature(
        &self,
        account: &Account,
        case: (CaseId, u64, Digest),
        act: &Act,
        assertion: Option<&Assertion>,
    ) -> Result<Option<Signature>, AppError> {
        if !act.is_an_officers() || (assertion.is_none() && self.officers != Officers::Passkey) {
            return Ok(None);
        }
        let assertion = assertion.ok_or(AppError::SignatureNeeded)?;
        let officer = account.officer.clone().ok_or(AppError::Forbidden)?;
        // A passkey that was withdrawn elsewhere a moment ago signs nothing here.
        self.refresh_roster().await?;
        let (case, seen, definition) = case;
        let text = ActText { case, seen, definition, officer: officer.clone(), act: act.clone() }.to_text()?;
        self.verified(&officer, text, assertion).await.map(Some)
    }

    /// As [`App::signature`], for an act on the roster.
    pub(crate) async fn roster_signature(
        &self,
        officer: &str,
        seen: u64,
        act: &RosterAct,
        assertion: Option<&Assertion>,
    ) -> Result<Option<Signature>, AppError> {
        let Some(assertion) = assertion else {
            return if self.officers == Officers::Passkey { Err(AppError::SignatureNeeded) } else { Ok(None) };
        };
        let (case, definition) = (STREAM, roster::rules());
        let text = ActText { case, seen, definition, officer: officer.to_owned(), act: act.clone() }.to_text()?;
        self.verified(officer, text, assertion).await.map(Some)
    }

    async fn verified(&self, officer: &str, text: String, assertion: &Assertion) -> Result<Signature, AppError> {
        let register = self.register();
        let passkeys = register.of(officer).map_or(&[][..], |entry| &entry.passkeys);
        let passkey = passkeys.iter().find(|passkey| passkey.credential == assertion.credential);
        let passkey = passkey.ok_or(PasskeyError::Unknown)?;
        let puts = self.asserted(passkey, &challenge(&text), assertion).await?;
        let Assertion { credential, authenticator_data, client_data, signature } = assertion.clone();
        Ok(Signature { signed: Signed { act: text, credential, authenticator_data, client_data, signature }, puts })
    }

    /// Whether an assertion by a passkey over a challenge holds; what is to be written of its counter.
    pub(crate) async fn asserted(
        &self,
        passkey: &Passkey,
        challenge: &[u8],
        assertion: &Assertion,
    ) -> Result<Vec<Put>, AppError> {
        let parts = passkey::Assertion {
            authenticator_data: &assertion.authenticator_data,
            client_data: assertion.client_data.as_bytes(),
            signature: &assertion.signature,
        };
        let counter = passkey::asserted(&self.relying_party, challenge, &passkey.key, parts);
        let counter = counter.map_err(PasskeyError::Fault)?;
        let key = hex::encode(&passkey.credential);
        // A key of the store is bounded; credential ids may be longer.
        let key = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(key.as_bytes()));
        let entry = self.entry(COUNTER, &key).await?;
        let (version, former) = match &entry {
            Some(entry) => (entry.version, serde_json::from_slice(&entry.body)?),
            None => (0, 0_u32),
        };
        // Passkeys that are copied between their owner's devices do not count, and say 0.
        if (counter, former) == (0, 0) {
            return Ok(Vec::new());
        }
        if counter <= former {
            return Err(PasskeyError::CounterWentBack.into());
        }
        let body = Some(serde_json::to_vec(&counter)?);
        Ok(vec![Put { kind: COUNTER.to_owned(), key, owner: None, body, expected: Some(version) }])
    }
}

#[cfg(test)]
mod tests {
    use super::relying_party;

    #[test]
    fn passkeys_are_bound_to_the_host_and_asked_for_by_the_address() {
        for (base_url, id, origin) in [
            ("https://Maku.example", "maku.example", "https://maku.example"),
            ("https://maku.example:443", "maku.example", "https://maku.example"),
            ("http://localhost:8080", "localhost", "http://localhost:8080"),
            ("https://maku.example:80", "maku.example", "https://maku.example:80"),
        ] {
            let party = relying_party(base_url);
            assert_eq!((party.id.as_str(), party.origin.as_str()), (id, origin), "{base_url}");
        }
    }
}
