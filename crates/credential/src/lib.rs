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
//! # The format, for whoever writes another reader
//!
//! `PJ1:` base45( zlib( 18( [ protected, unprotected, claims, signature ] ) ) ), all CBOR in
//! deterministic encoding (RFC 8949 section 4.2.1), without floats.
//!
//! | where | key | value |
//! |---|---|---|
//! | protected | 1 `alg` | -8, EdDSA over Ed25519 |
//! | protected | 4 `kid` | bytes; by default the first 8 of the SHA-256 of the public key |
//! | unprotected | -65537 | absent, or [inclusion proof, its CRC-32]; the proof is a C2SP tlog-proof, or in a QR code a branch of the log's tree |
//! | claims | 1 `iss`, 2 `sub`, 4 `exp`, 5 `nbf`, 6 `iat`, 7 `cti` | as in RFC 8392; `sub` and `exp` may be absent |
//! | claims | 65535 `status` | absent, or {"status_list": {"idx": entry, "uri": address}} |
//! | claims | -65537 | {1: certificate type, 2: service, 3: case, 4: definition hash, 5: {fact: value}, 6: 1 if it may be used once} |
//!
//! A status list is the same envelope with `typ` (16) "application/statuslist+cwt" in the protected
//! header and the claims of the draft: 1, 2, 4, 6, 65533 `status_list`, 65534 `ttl`. A verification pack, [`Pack`], is the same envelope again,
//! with a `typ` of its own.
//!
//! ```
//! use credential::{Claims, Issuer, Verdict, verify};
//! use ed25519_dalek::SigningKey;
//!
//! let issuer = Issuer::new("zone.example", SigningKey::from_bytes(&[7; 32]));
//! let claims = Claims {
//!     zone: "zone.example".to_owned(),
//!     holder: None,
//!     issued_s: 1_767_225_600,
//!     not_before_s: 1_767_225_600,
//!     expires_s: Some(1_830_297_600),
//!     id: vec![1; 16],
//!     kind: "activity-licence".to_owned(),
//!     service: "activity-licence".to_owned(),
//!     case: "AL-1".to_owned(),
//!     definition: vec![2; 32],
//!     facts: [("activity".to_owned(), "2930".to_owned())].into(),
//!     once: false,
//!     status: None,
//! };
//! let text = issuer.issue(&claims)?.to_text();
//! let verdict = verify(text.as_str(), &issuer.trusted(), 1_800_000_000, None);
//! assert!(matches!(verdict, Verdict::Valid(valid) if !valid.has_inclusion));
//! # Ok::<(), credential::Malformed>(())
//! ```
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
pub mod openid;
mod pack;
mod packed;
pub mod passkey;
mod qr;
mod record;
mod status;
mod status_token;
mod text;
mod verify;

pub use certificate::{Certificate, MESSAGE_BYTES_MAX};
pub use claims::{Claims, StatusRef, TIME_S_MAX};
pub use fault::{Fault, Malformed, Place};
pub use issuer::Issuer;
pub use keys::{KeyId, TrustedKeys};
pub use pack::{PACK_BYTES_MAX, Pack, PackRefused, Row, SignedPack};
pub use qr::TooLargeForQr;
pub use status::{Status, StatusBits, StatusList, StatusListError};
pub use status_token::{STATUS_LIST_BYTES_MAX, SignedStatusList, StatusListRefused, StatusListTerms};
pub use text::{PREFIX, TEXT_CHARS_MAX};
pub use verify::{Input, StatusCheck, StatusGap, Valid, Verdict, verify};
