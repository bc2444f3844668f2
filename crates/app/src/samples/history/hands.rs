//! The hands of sample officers: passkeys in software, which sign what they do. Their secret keys are nowhere but in memory, and at the end of the
//! history the passkeys are withdrawn.
//!
//! Must not know of: what is signed.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use engine::case::OfficerId;
use engine::roster::RosterAct;
use sha2::{Digest as _, Sha256};

use crate::accounts::{Account, randomness};
use crate::{App, AppError, Assertion};

/// What the passkeys are called.
const NAME: &str = "sample history (software)";
/// User present, user verified (WebAuthn Level 3, section 6.1).
const HERE_AND_VERIFIED: u8 = 0b101;
/// Before the 32 bytes of a public key: a COSE_Key of type OKP, algorithm EdDSA, curve Ed25519 (RFC 9053, section 7.2).
const COSE_KEY: [u8; 10] = [0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 0x20];

/// A passkey of each officer.
pub(super) struct Hands {
    keys: BTreeMap<OfficerId, SigningKey>,
    party: String,
    origin: String,
}

impl Hands {
    /// Makes a passkey for each officer, and has the roster take it.
    pub(super) async fn take_up(app: &App, officers: &BTreeMap<OfficerId, Account>) -> Result<Self, AppError> {
        let party = app.relying_party();
        let mut hands = Self { keys: BTreeMap::new(), party: party.id.clone(), origin: party.origin.clone() };
        for (officer, account) in officers {
            let key = SigningKey::from_bytes(&randomness()?);
            let public = key.verifying_key();
            let (credential, cose) = (id(&key), [&COSE_KEY[..], public.as_bytes()].concat());
            let add = RosterAct::AddPasskey { officer: officer.clone(), credential, key: cose, name: NAME.to_owned() };
            app.act_on_roster(account, &add, app.register().seq, None).await?;
            hands.keys.insert(officer.clone(), key);
        }
        Ok(hands)
    }

    /// Signs a challenge as an officer.
    pub(super) fn sign(&self, officer: &str, challenge: &[u8]) -> Option<Assertion> {
        let key = self.keys.get(officer)?;
        let client_data = format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"{}","crossOrigin":false}}"#,
            BASE64_URL_SAFE_NO_PAD.encode(challenge),
            self.origin
        );
        // The counter stays 0: a passkey that does not count (WebAuthn Level 3, section 6.1.1).
        let authenticator_data =
            [&Sha256::digest(&self.party)[..], &[HERE_AND_VERIFIED], &0_u32.to_be_bytes()].concat();
        let message = [&authenticator_data[..], &Sha256::digest(&client_data)].concat();
        let signature = key.sign(&message).to_bytes().to_vec();
        Some(Assertion { credential: id(key), authenticator_data, client_data, signature })
    }

    /// The officers withdraw their passkeys: whoever looks around afterwards registers their own.
    pub(super) async fn put_down(&self, app: &App, officers: &BTreeMap<OfficerId, Account>) -> Result<(), AppError> {
        for (officer, account) in officers {
            let Some(key) = self.keys.get(officer) else { continue };
            let reason = "the sample history is over".to_owned();
            let withdraw = RosterAct::WithdrawPasskey { officer: officer.clone(), credential: id(key), reason };
            let seen = app.register().seq;
            let to_sign = app.roster_act_to_sign(account, &withdraw, seen)?;
            let signed = self.sign(officer, &to_sign.challenge);
            app.act_on_roster(account, &withdraw, seen, signed.as_ref()).await?;
        }
        Ok(())
    }
}

/// The credential id: the first half of the public key's digest.
fn id(key: &SigningKey) -> Vec<u8> {
    Sha256::digest(key.verifying_key().as_bytes()).iter().take(16).copied().collect()
}
