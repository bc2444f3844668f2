//! What the browser says it was asked for (WebAuthn Level 3, section 5.8.1).
//!
//! Must not know of: authenticators.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::{PART_BYTES_MAX, PasskeyFault, RelyingParty};

/// The client data. Browsers may add what is not known here (section 5.8.1.2), so that is passed over; the same key twice is not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClientData {
    #[serde(rename = "type")]
    type_: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
    #[serde(default, rename = "topOrigin")]
    top_origin: Option<String>,
}

impl ClientData {
    /// Reads it.
    ///
    /// # Errors
    /// [`PasskeyFault::ClientData`].
    pub fn read(json: &[u8]) -> Result<Self, PasskeyFault> {
        if json.len() > PART_BYTES_MAX {
            return Err(PasskeyFault::ClientData);
        }
        serde_json::from_slice(json).map_err(|_| PasskeyFault::ClientData)
    }

    /// Whether it is of this type and origin, over this challenge.
    pub(super) fn is_for(&self, party: &RelyingParty, type_: &str, challenge: &[u8]) -> Result<(), PasskeyFault> {
        if self.type_ != type_ {
            return Err(PasskeyFault::WrongType);
        }
        if self.challenge != BASE64_URL_SAFE_NO_PAD.encode(challenge) {
            return Err(PasskeyFault::WrongChallenge);
        }
        if self.origin != party.origin {
            return Err(PasskeyFault::WrongOrigin);
        }
        if self.cross_origin || self.top_origin.is_some() {
            return Err(PasskeyFault::CrossOrigin);
        }
        Ok(())
    }
}
