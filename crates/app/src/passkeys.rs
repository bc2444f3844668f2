//! Signing in by passkey, and registering one.
//!
//! Must not know of: cookies, HTML.

use credential::passkey::{self, Registered};
use engine::roster::RosterAct;
use sha2::{Digest as _, Sha256};

use crate::accounts::{Account, CHALLENGE_LIVES};
use crate::signing::PasskeyError;
use crate::{App, AppError, Assertion};

/// Challenges for signing in.
pub(crate) const SIGN_IN: &str = "passkey-sign-in";
/// Challenges for registering.
pub(crate) const REGISTER: &str = "passkey-register";

impl App {
    /// A challenge for signing in by passkey: works once, within minutes.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn sign_in_challenge(&self) -> Result<String, AppError> {
        self.keep(SIGN_IN, "", CHALLENGE_LIVES).await
    }

    /// Opens a session for the owner of a passkey that signed the challenge; gives the session's secret.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] when the challenge is wrong, old or used; [`AppError::Passkey`].
    pub async fn sign_in_by_passkey(&self, challenge: &str, assertion: &Assertion) -> Result<String, AppError> {
        // Whatever comes of it, a challenge serves once.
        self.spend(SIGN_IN, challenge).await?;
        self.refresh_roster().await?;
        let register = self.register();
        let (officer, passkey) = register.owner(&assertion.credential).ok_or(PasskeyError::Unknown)?;
        let bytes = hex::decode(challenge).map_err(|_| AppError::SignedOut)?;
        let puts = self.asserted(passkey, &bytes, assertion).await?;
        self.store.put(puts).await?;
        let session = self.open_session(officer).await?;
        // Withdrawing a passkey ends the sessions of its owner that it finds; one that it could not find yet ends here.
        self.refresh_roster().await?;
        if self.register().owner(&assertion.credential).is_none() {
            self.sign_out(&session).await?;
            return Err(PasskeyError::Unknown.into());
        }
        Ok(session)
    }

    /// A challenge for registering a passkey: works once, within minutes.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for an account that is no officer's.
    pub async fn register_challenge(&self, account: &Account) -> Result<String, AppError> {
        account.officer.as_ref().ok_or(AppError::Forbidden)?;
        self.keep(REGISTER, &account.id, CHALLENGE_LIVES).await
    }

    /// The act that adds a passkey which an officer's browser made for a challenge of theirs.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] when the challenge is not theirs, old or used; [`AppError::Passkey`] when what was made does not do.
    pub async fn new_passkey(
        &self,
        account: &Account,
        challenge: &str,
        client_data: &str,
        attestation_object: &[u8],
        name: &str,
    ) -> Result<RosterAct, AppError> {
        let officer = account.officer.clone().ok_or(AppError::Forbidden)?;
        if self.spend(REGISTER, challenge).await? != account.id {
            return Err(AppError::SignedOut);
        }
        let bytes = hex::decode(challenge).map_err(|_| AppError::SignedOut)?;
        let made = passkey::registered(&self.relying_party, &bytes, client_data.as_bytes(), attestation_object);
        let Registered { id, key, .. } = made.map_err(PasskeyError::Fault)?;
        Ok(RosterAct::AddPasskey { officer, credential: id, key, name: name.trim().to_owned() })
    }

    /// What authenticators know an officer by (WebAuthn Level 3, section 5.4.3): tells nothing about them.
    pub fn user_handle(&self, officer: &str) -> [u8; 32] {
        let zone = &self.zone().zone().name;
        Sha256::new_with_prefix(b"panjereh user v1")
            .chain_update(Sha256::digest(zone.as_bytes()))
            .chain_update(officer.as_bytes())
            .finalize()
            .into()
    }
}
