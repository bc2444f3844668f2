//! Passkeys: what an authenticator says when it is registered, and when it signs (WebAuthn Level 3, <https://www.w3.org/TR/webauthn-3/>, sections
//! 7.1 and 7.2). Pure: from the recorded bytes alone anyone says again, years later, whether an assertion holds.
//!
//! It knows nothing of accounts, sessions, or what is signed: the challenge is given.
//!
//! It is strict where the standard leaves a choice: the user must be present and verified, the page must not be embedded in another site's, an
//! assertion carries no new key, ES256 and EdDSA are taken and nothing else. Attestation is not looked at: what matters is which key an officer
//! registered, not who made the device. Whether a counter went back is for whoever keeps the former one to say.

mod authenticator_data;
mod client_data;
mod key;

use ed25519_dalek::{Signature, VerifyingKey};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use sha2::{Digest, Sha256};

pub use authenticator_data::{Attested, AuthenticatorData};
pub use client_data::ClientData;
pub use key::PasskeyKey;

/// The most bytes of any part that is taken: an attestation object with its certificates stays below.
pub const PART_BYTES_MAX: usize = 64 * 1024;

/// Who relies on passkeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The domain that passkeys are bound to (section 4: RP ID), such as `maku.example`.
    pub id: String,
    /// The origin of the pages that use them, such as `https://maku.example`.
    pub origin: String,
}

impl RelyingParty {
    /// Who relies on passkeys at this address: the host, without its port (section 5.1.2: an RP ID is a domain), and the address itself.
    pub fn at(base_url: &str) -> Self {
        let authority = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        // An address of IPv6 has colons of its own; no passkey can be bound to one.
        let bare = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|digit| digit.is_ascii_digit()));
        Self { id: bare.map_or(authority, |(host, _)| host).to_ascii_lowercase(), origin: origin(base_url) }
    }
}

/// An address as browsers write it: in small letters, without the scheme's own port (URL Standard, section 4.5).
fn origin(base_url: &str) -> String {
    let lower = base_url.to_ascii_lowercase();
    let port = if lower.starts_with("https://") { ":443" } else { ":80" };
    lower.strip_suffix(port).map_or(lower.clone(), str::to_owned)
}

/// What a browser gives for `navigator.credentials.get`.
#[derive(Clone, Copy, Debug)]
pub struct Assertion<'a> {
    /// What the authenticator says of itself.
    pub authenticator_data: &'a [u8],
    /// What the browser says it was asked for, as JSON.
    pub client_data: &'a [u8],
    /// Over the authenticator data and the SHA-256 of the client data.
    pub signature: &'a [u8],
}

/// A passkey that was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its credential id.
    pub id: Vec<u8>,
    /// Its public key, a COSE_Key in deterministic CBOR.
    pub key: Vec<u8>,
    /// How often it has signed; 0 where it does not count.
    pub counter: u32,
}

/// What is wrong with a registration or an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyFault {
    /// The client data is no JSON of the form that the standard gives.
    #[error("the client data is malformed")]
    ClientData,
    /// It was made for another purpose: registering, signing.
    #[error("the client data is of another type")]
    WrongType,
    /// Another challenge was signed.
    #[error("another challenge was signed")]
    WrongChallenge,
    /// It was made on another site's page.
    #[error("the client data is of another origin")]
    WrongOrigin,
    /// The page was embedded in another site's.
    #[error("the page was embedded in another site's")]
    CrossOrigin,
    /// The authenticator data is malformed.
    #[error("the authenticator data is malformed")]
    AuthenticatorData,
    /// The passkey is bound to another domain.
    #[error("the passkey is bound to another domain")]
    WrongRelyingParty,
    /// Nobody was present.
    #[error("nobody was present at the authenticator")]
    NotPresent,
    /// Nobody showed who they are, by a PIN, a finger or a face.
    #[error("the authenticator did not verify who used it")]
    NotVerified,
    /// The attestation object is malformed.
    #[error("the attestation object is malformed")]
    Attestation,
    /// The key is malformed, or of an algorithm that is not taken.
    #[error("the key is malformed, or of another algorithm than ES256 and EdDSA")]
    Key,
    /// The signature is not this key's.
    #[error("the signature does not hold")]
    Signature,
}

/// Looks at a registration (section 7.1) with this challenge.
///
/// # Errors
/// The first thing that is wrong.
pub fn registered(
    party: &RelyingParty,
    challenge: &[u8],
    client_data: &[u8],
    attestation_object: &[u8],
) -> Result<Registered, PasskeyFault> {
    ClientData::read(client_data)?.is_for(party, "webauthn.create", challenge)?;
    let data = authenticator_data::of_attestation(attestation_object)?;
    let data = AuthenticatorData::read(&data)?;
    data.is_for(party)?;
    let Attested { id, key } = data.attested.ok_or(PasskeyFault::AuthenticatorData)?;
    PasskeyKey::read(&key)?;
    Ok(Registered { id, key, counter: data.counter })
}

/// Looks at an assertion (section 7.2) over this challenge by this key; the authenticator's counter.
///
/// # Errors
/// The first thing that is wrong.
pub fn asserted(
    party: &RelyingParty,
    challenge: &[u8],
    key: &[u8],
    assertion: Assertion<'_>,
) -> Result<u32, PasskeyFault> {
    let key = PasskeyKey::read(key)?;
    ClientData::read(assertion.client_data)?.is_for(party, "webauthn.get", challenge)?;
    let data = AuthenticatorData::read(assertion.authenticator_data)?;
    data.is_for(party)?;
    // Section 6.1: a key comes with a registration, never with an assertion.
    if data.attested.is_some() {
        return Err(PasskeyFault::AuthenticatorData);
    }
    let signed = [assertion.authenticator_data, &Sha256::digest(assertion.client_data)].concat();
    if key.signed(&signed, assertion.signature) { Ok(data.counter) } else { Err(PasskeyFault::Signature) }
}

impl PasskeyKey {
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256 { point } => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature).is_ok()
            }
            Self::Ed25519 { point } => {
                let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(point), Signature::from_slice(signature))
                else {
                    return false;
                };
                key.verify_strict(message, &signature).is_ok()
            }
        }
    }
}
