//! A certificate: its claims, its bytes, its text.
//!
//! It knows nothing of whether the certificate holds; that is for [`crate::verify()`].

use sha2::{Digest as _, Sha256};

use crate::claims::Claims;
use crate::cose::Sign1;
use crate::fault::Malformed;
use crate::keys::KeyId;
use crate::{qr, text};

/// The largest COSE message of a certificate, in bytes. A QR code holds under 3,000; the rest is
/// for certificates that travel as files with a long inclusion proof.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// A certificate of the right form. That it can be read says nothing about its signature.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    pub(crate) sign1: Sign1,
    claims: Claims,
    message: Vec<u8>,
}

impl Certificate {
    /// Reads the COSE_Sign1 message of a certificate, and does not check its signature.
    ///
    /// # Errors
    /// [`Malformed`] for anything but the one encoding of a certificate.
    pub fn read(message: &[u8]) -> Result<Self, Malformed> {
        let mut sign1 = Sign1::read(message, MESSAGE_BYTES_MAX, None)?;
        let claims = std::mem::replace(&mut sign1.claims, ciborium::Value::Null);
        Ok(Self { claims: Claims::decode(claims)?, sign1, message: message.to_vec() })
    }

    /// Reads the text of a QR code, and does not check the signature.
    ///
    /// # Errors
    /// [`Malformed`] for anything but `PJ1:` and a certificate.
    pub fn read_text(qr: &str) -> Result<Self, Malformed> {
        Self::read(&text::decode(qr)?)
    }

    /// What it says.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// SHA-256 of its claims as they are encoded: it tells it from another that was issued anew under the same id.
    #[must_use]
    pub fn claims_hash(&self) -> [u8; 32] {
        Sha256::digest(self.sign1.payload()).into()
    }

    /// The key that it names as its signer's.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.sign1.kid
    }

    /// The proof that its leaf is in the log, as it was attached; `None` while not yet synced.
    /// Not checked here: the log's verifier does that.
    #[must_use]
    pub fn inclusion(&self) -> Option<&[u8]> {
        self.sign1.inclusion.as_deref()
    }

    /// The same certificate with this inclusion proof. Needs no key: the signature stays as it is.
    ///
    /// # Errors
    /// [`Malformed`] (too long) if it would pass [`MESSAGE_BYTES_MAX`].
    pub fn with_inclusion(&self, proof: &[u8]) -> Result<Self, Malformed> {
        Self::read(&self.sign1.with_inclusion(proof))
    }

    /// The COSE_Sign1 message, tagged.
    #[must_use]
    pub fn to_cose_bytes(&self) -> Vec<u8> {
        self.message.clone()
    }

    /// The text for a QR code: [`crate::PREFIX`] and base45 of the zlib-packed message.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::encode(&self.message)
    }

    /// The QR code of [`Self::to_text`] as a stand-alone SVG, one unit a module, with its quiet zone.
    ///
    /// # Errors
    /// [`qr::TooLargeForQr`] if it does not fit the largest code (4,296 characters). The text and
    /// the file still work.
    pub fn qr_svg(&self) -> Result<String, qr::TooLargeForQr> {
        qr::svg(&self.to_text())
    }

    /// The same with as few modules as there can be, for a certificate with a branch of the log: its code is dense, and is read from a screen or a
    /// large print, where modules that are too small do more harm than dirt.
    ///
    /// # Errors
    /// As [`Self::qr_svg`].
    pub fn coarse_qr_svg(&self) -> Result<String, qr::TooLargeForQr> {
        qr::coarse_svg(&self.to_text())
    }
}
