//! Certificates that a phone can check without a network: issuing, encoding, verifying, revoking.
//!
//! A certificate is a CBOR Web Token (RFC 8392) in a COSE_Sign1 message (RFC 9052) signed with
//! Ed25519. On paper it is a QR code holding `PJ1:` and the base45 (RFC 9285) of the zlib-packed
//! message, as in the EU's HC1 codes. A signed Token Status List (draft-ietf-oauth-status-list)
//! says which certificates no longer hold.
//!
//! Whatever is read here may come from a stranger, so reading is strict: one certificate has one
//! encoding, and anything else is [`Malformed`] with the place and the fault as data. Words for
//! people are put on those elsewhere, in the reader's language.
//!
//! This crate knows nothing of cases, files, networks or the clock: the time is an argument, and
//! the proof of inclusion in the log is opaque bytes that it carries and does not judge.

mod certificate;
mod claims;
mod cose;
mod deterministic;
mod fault;
mod issuer;
mod keys;
mod packed;
mod qr;
mod record;
mod status;
mod text;
mod verify;

pub use certificate::{Certificate, MESSAGE_BYTES_MAX};
pub use claims::{Claims, StatusRef, TIME_S_MAX};
pub use fault::{Fault, Malformed, Place};
pub use issuer::Issuer;
pub use keys::{KeyId, TrustedKeys};
pub use qr::TooLargeForQr;
pub use status::{
    SignedStatusList, Status, StatusBits, StatusList, StatusListError, StatusListRefused, StatusListTerms,
};
pub use text::{PREFIX, TEXT_CHARS_MAX};
pub use verify::{Input, StatusCheck, StatusGap, Valid, Verdict, verify};
