//! Does a certificate hold? The whole judgement, from bytes to verdict, in one place.
//!
//! It knows no language and no clock, and does not judge the inclusion proof: it says whether one
//! is there, for the log's verifier to check.

use crate::certificate::Certificate;
use crate::claims::StatusRef;
use crate::fault::Malformed;
use crate::keys::{KeyId, TrustedKeys};
use crate::status::Status;
use crate::status_token::SignedStatusList;
use crate::text;

/// The first byte of a message: CBOR tag 18, COSE_Sign1 (RFC 9052 section 2).
const SIGN1_HEAD: u8 = 0xd2;

/// A certificate as it comes in.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// The text of a QR code.
    Text(&'a str),
    /// A COSE_Sign1 message.
    Message(&'a [u8]),
}

/// What is to be thought of a certificate.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It holds.
    Valid(Box<Valid>),
    /// Genuine, but no longer in force.
    Expired {
        /// The certificate.
        certificate: Box<Certificate>,
        /// The second at which it ended.
        since_s: i64,
    },
    /// Genuine, but not yet in force.
    NotYetValid {
        /// The certificate.
        certificate: Box<Certificate>,
        /// The second from which it holds.
        from_s: i64,
    },
    /// Genuine, but revoked for good.
    Revoked {
        /// The certificate.
        certificate: Box<Certificate>,
    },
    /// Genuine, but not in force for now.
    Suspended {
        /// The certificate.
        certificate: Box<Certificate>,
    },
    /// Genuine, but the list that was given cannot say whether it is revoked.
    StatusUnknown {
        /// The certificate.
        certificate: Box<Certificate>,
        /// Why not.
        gap: StatusGap,
    },
    /// Signed by a zone or with a key that is not trusted here.
    UnknownKey {
        /// The zone that it says it is from.
        zone: String,
        /// The key that it says it is signed with.
        kid: KeyId,
    },
    /// The signature does not fit the bytes: altered, or forged in the zone's name.
    BadSignature {
        /// The zone that it says it is from.
        zone: String,
        /// The key that it says it is signed with.
        kid: KeyId,
    },
    /// Not a certificate.
    Malformed(Malformed),
}

/// A certificate that holds, and how much was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Valid {
    /// The certificate.
    pub certificate: Certificate,
    /// Whether it carries an inclusion proof; *signed but not yet synced* if not.
    pub has_inclusion: bool,
    /// Whether revocation was looked at.
    pub status: StatusCheck,
}

/// Whether a status list was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusCheck {
    /// The list says valid.
    Good {
        /// As of when.
        as_of_s: i64,
    },
    /// The certificate names a list, but none was given.
    NotAsked(StatusRef),
    /// The certificate cannot be revoked: it names no list.
    NotRevocable,
}

/// Why a list cannot say whether a certificate is revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusGap {
    /// It is another list than the certificate names.
    OtherList {
        /// The list that the certificate names.
        wanted: String,
        /// The list that was given.
        given: String,
    },
    /// It is signed by another zone than the certificate.
    OtherZone {
        /// The list's zone.
        given: String,
    },
    /// The list has no such entry.
    NoEntry {
        /// The entry that the certificate names.
        index: u64,
        /// How many the list has.
        entries: u64,
    },
    /// The list has expired; a newer one is needed.
    ListExpired {
        /// When.
        since_s: i64,
    },
    /// The entry holds a value without meaning here.
    NoMeaning,
}

/// Judges a certificate at `now_s` (seconds since 1970 UTC).
///
/// What is said of a genuine certificate goes from the strongest refusal to none: revoked, not yet
/// valid, expired, suspended, status unknown, valid. No clock is exact, and no leeway is given: a
/// caller who wants some passes another `now_s`.
#[must_use]
pub fn verify<'a>(
    input: impl Into<Input<'a>>,
    keys: &TrustedKeys,
    now_s: i64,
    list: Option<&SignedStatusList>,
) -> Verdict {
    let certificate = match read(input.into()) {
        Ok(certificate) => certificate,
        Err(malformed) => return Verdict::Malformed(malformed),
    };
    let (zone, kid) = (certificate.claims().zone.clone(), certificate.key_id().clone());
    match keys.find(&zone, &kid) {
        None => Verdict::UnknownKey { zone, kid },
        Some(key) if certificate.sign1.is_signed_by(key) => judge(certificate, now_s, list),
        Some(_) => Verdict::BadSignature { zone, kid },
    }
}

fn read(input: Input<'_>) -> Result<Certificate, Malformed> {
    match input {
        Input::Text(qr) => Certificate::read(&text::decode(qr)?),
        Input::Message(message) => Certificate::read(message),
    }
}

fn judge(certificate: Certificate, now_s: i64, list: Option<&SignedStatusList>) -> Verdict {
    let claims = certificate.claims();
    let (from_s, expires_s) = (claims.not_before_s, claims.expires_s);
    let status = ask(&certificate, now_s, list);
    if status == Asked::Revoked {
        return Verdict::Revoked { certificate: Box::new(certificate) };
    }
    if now_s < from_s {
        return Verdict::NotYetValid { certificate: Box::new(certificate), from_s };
    }
    if let Some(since_s) = expires_s.filter(|expires_s| now_s >= *expires_s) {
        return Verdict::Expired { certificate: Box::new(certificate), since_s };
    }
    match status {
        Asked::Revoked => Verdict::Revoked { certificate: Box::new(certificate) },
        Asked::Suspended => Verdict::Suspended { certificate: Box::new(certificate) },
        Asked::Unknown(gap) => Verdict::StatusUnknown { certificate: Box::new(certificate), gap },
        Asked::Passed(status) => {
            let has_inclusion = certificate.inclusion().is_some();
            Verdict::Valid(Box::new(Valid { certificate, has_inclusion, status }))
        }
    }
}

#[derive(PartialEq)]
enum Asked {
    Revoked,
    Suspended,
    Unknown(StatusGap),
    Passed(StatusCheck),
}

/// What the list says. An expired list is still believed when it refuses.
fn ask(certificate: &Certificate, now_s: i64, list: Option<&SignedStatusList>) -> Asked {
    let claims = certificate.claims();
    let Some(reference) = &claims.status else {
        return Asked::Passed(StatusCheck::NotRevocable);
    };
    let Some(signed) = list else {
        return Asked::Passed(StatusCheck::NotAsked(reference.clone()));
    };
    if signed.zone() != claims.zone {
        return Asked::Unknown(StatusGap::OtherZone { given: signed.zone().to_owned() });
    }
    if signed.terms().uri != reference.uri {
        let (wanted, given) = (reference.uri.clone(), signed.terms().uri.clone());
        return Asked::Unknown(StatusGap::OtherList { wanted, given });
    }
    let index = reference.index;
    match (signed.list().get(index), signed.terms().expires_s) {
        (None, _) => Asked::Unknown(StatusGap::NoEntry { index, entries: signed.list().entries() }),
        (Some(Status::Invalid), _) => Asked::Revoked,
        (Some(Status::Suspended), _) => Asked::Suspended,
        (Some(Status::Other), _) => Asked::Unknown(StatusGap::NoMeaning),
        (Some(Status::Valid), Some(since_s)) if now_s >= since_s => Asked::Unknown(StatusGap::ListExpired { since_s }),
        (Some(Status::Valid), _) => Asked::Passed(StatusCheck::Good { as_of_s: signed.terms().issued_s }),
    }
}

impl<'a> Input<'a> {
    /// Takes a file's bytes as a message if they begin like one, or can be no text; as a text
    /// otherwise, so that of another text it is said how ours begin.
    #[must_use]
    pub fn from_file(bytes: &'a [u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if bytes.first() != Some(&SIGN1_HEAD) => Self::Text(text),
            _ => Self::Message(bytes),
        }
    }
}

impl<'a> From<&'a str> for Input<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a [u8]> for Input<'a> {
    fn from(message: &'a [u8]) -> Self {
        Self::Message(message)
    }
}

impl Verdict {
    /// A stable name for the kind of verdict, for looking up words and for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Valid(_) => "valid",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Revoked { .. } => "revoked",
            Self::Suspended { .. } => "suspended",
            Self::StatusUnknown { .. } => "status-unknown",
            Self::UnknownKey { .. } => "unknown-key",
            Self::BadSignature { .. } => "bad-signature",
            Self::Malformed(_) => "malformed",
        }
    }
}
