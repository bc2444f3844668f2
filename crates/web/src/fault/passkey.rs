//! Words for what is wrong with a passkey.
//!
//! Must not know of: what was signed.

use app::PasskeyError;
use app::credential::passkey::PasskeyFault;

/// The word for what is wrong with a passkey.
pub(super) fn why(error: &PasskeyError) -> &'static str {
    match error {
        PasskeyError::Unknown => "unknown",
        PasskeyError::CounterWentBack => "counter",
        PasskeyError::Fault(fault) => match fault {
            PasskeyFault::WrongChallenge => "challenge",
            PasskeyFault::WrongOrigin | PasskeyFault::CrossOrigin | PasskeyFault::WrongRelyingParty => "origin",
            PasskeyFault::NotPresent | PasskeyFault::NotVerified => "not-verified",
            PasskeyFault::Signature => "signature",
            PasskeyFault::Key => "key",
            PasskeyFault::ClientData
            | PasskeyFault::WrongType
            | PasskeyFault::AuthenticatorData
            | PasskeyFault::Attestation => "malformed",
        },
    }
}
