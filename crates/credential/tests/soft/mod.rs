//! An authenticator in software, for tests: makes a passkey and signs as the standard says (WebAuthn Level 3, sections 6.1 and 6.3).
//!
//! Must not know of: what it signs.
#![allow(dead_code)] // each test uses its part

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use sha2::{Digest as _, Sha256};

/// User present, user verified.
pub const HERE_AND_VERIFIED: u8 = 0b101;

/// A secret key.
pub enum Key {
    Ed25519(Box<SigningKey>),
    Es256(Box<EcdsaKeyPair>),
}

/// A passkey and the browser before it.
pub struct Authenticator {
    /// What it signs with.
    pub key: Key,
    /// The credential id.
    pub id: Vec<u8>,
    /// What the next assertion counts.
    pub counter: u32,
    /// The flags that it sets.
    pub flags: u8,
    /// The domain that it is bound to.
    pub party: String,
    /// The page's origin.
    pub origin: String,
    /// Further members of the client data.
    pub further: String,
}

/// An assertion.
#[derive(Clone)]
pub struct Made {
    pub authenticator_data: Vec<u8>,
    pub client_data: String,
    pub signature: Vec<u8>,
}

impl Authenticator {
    /// One that signs with Ed25519 and does not count.
    pub fn ed25519(seed: u8, party: &str, origin: &str) -> Self {
        let key = Key::Ed25519(Box::new(SigningKey::from_bytes(&[seed; 32])));
        Self::with(key, seed, party, origin)
    }

    /// One that signs with ES256.
    pub fn es256(seed: u8, party: &str, origin: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        Self::with(Key::Es256(Box::new(pair)), seed, party, origin)
    }

    fn with(key: Key, seed: u8, party: &str, origin: &str) -> Self {
        Self {
            key,
            id: vec![seed; 16],
            counter: 0,
            flags: HERE_AND_VERIFIED,
            party: party.to_owned(),
            origin: origin.to_owned(),
            further: String::new(),
        }
    }

    /// The public key, as a COSE_Key.
    pub fn cose_key(&self) -> Vec<u8> {
        match &self.key {
            Key::Ed25519(key) => {
                [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 0x20][..], key.verifying_key().as_bytes()].concat()
            }
            Key::Es256(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (&point[1..33], &point[33..]);
                [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20][..], x, &[0x22, 0x58, 0x20], y].concat()
            }
        }
    }

    /// The client data for an operation, `webauthn.create` or `webauthn.get`.
    pub fn client_data(&self, operation: &str, challenge: &[u8]) -> String {
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
        let (origin, further) = (&self.origin, &self.further);
        format!(
            r#"{{"type":"{operation}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false{further}}}"#
        )
    }

    fn data(&self, flags: u8, rest: &[u8]) -> Vec<u8> {
        [&Sha256::digest(self.party.as_bytes())[..], &[flags], &self.counter.to_be_bytes(), rest].concat()
    }

    /// What a registration gives: client data and attestation object.
    pub fn register(&self, challenge: &[u8]) -> (String, Vec<u8>) {
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let attested = [&[0; 16][..], &length, &self.id, &self.cose_key()].concat();
        let data = self.data(self.flags | 0x40, &attested);
        let head = [&[0xa3, 0x63][..], b"fmt", &[0x64], b"none", &[0x67], b"attStmt", &[0xa0, 0x68], b"authData"];
        let length = u8::try_from(data.len()).unwrap();
        (self.client_data("webauthn.create", challenge), [&head.concat()[..], &[0x58, length], &data].concat())
    }

    /// Signs a challenge.
    pub fn sign(&self, challenge: &[u8]) -> Made {
        self.sign_as(self.data(self.flags, &[]), self.client_data("webauthn.get", challenge))
    }

    /// Signs whatever it is told.
    pub fn sign_as(&self, authenticator_data: Vec<u8>, client_data: String) -> Made {
        let message = [&authenticator_data[..], &Sha256::digest(client_data.as_bytes())].concat();
        let signature = match &self.key {
            Key::Ed25519(key) => key.sign(&message).to_bytes().to_vec(),
            Key::Es256(pair) => pair.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec(),
        };
        Made { authenticator_data, client_data, signature }
    }
}
