//! An act as an officer's passkey signed it: which bytes, and the assertion over their hash.
//!
//! Must not know of: signatures. What is here is recorded as it came; whether it holds is for whoever has the officer's key to say, with
//! `credential::passkey`, from these bytes alone.
//!
//! What is signed is the challenge of a WebAuthn assertion: SHA-256("panjereh act v1" || act), where act is the JSON text of an [`ActText`]: its
//! fields in their order, without spaces, maps in the order of their keys. The number seen makes that an assertion can be used once: the act
//! that it belongs to moves the case on.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::CaseId;
use crate::case::{Digest, OfficerId};

/// What is signed, before the act itself.
const DOMAIN: &[u8] = b"panjereh act v1";
/// The longest act that is taken, in bytes: notes and facts of an act are bounded far below.
pub const ACT_BYTES_MAX: usize = 256 * 1024;

/// An act with the assertion over it (WebAuthn Level 3, section 7.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The JSON text of an [`ActText`].
    pub act: String,
    /// Which passkey signed: its credential id.
    #[serde(with = "hex")]
    pub credential: Vec<u8>,
    /// What the authenticator said of itself (section 6.1).
    #[serde(with = "hex")]
    pub authenticator_data: Vec<u8>,
    /// What the browser said it was asked for (section 5.8.1), JSON as it was signed.
    pub client_data: String,
    /// Over the authenticator data and the hash of the client data.
    #[serde(with = "hex")]
    pub signature: Vec<u8>,
}

impl Signed {
    /// Takes away what was signed and all that follows from it: a hash or a signature over words that can be guessed tells who has guessed them. Which
    /// passkey it was stays; whether the signature held can no longer be checked.
    pub fn erase(&mut self) {
        self.act.clear();
        self.authenticator_data.clear();
        self.client_data.clear();
        self.signature.clear();
    }

    /// Whether what was signed was erased.
    pub const fn is_erased(&self) -> bool {
        self.act.is_empty()
    }
}

/// An officer's act as it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActText<A> {
    /// The case, or the roster's stream.
    pub case: CaseId,
    /// The number of its events that the officer had before their eyes.
    pub seen: u64,
    /// Hash of the definition that it runs under.
    pub definition: Digest,
    /// Who acts.
    pub officer: OfficerId,
    /// What they do.
    pub act: A,
}

impl<A: Serialize> ActText<A> {
    /// The text that is signed.
    ///
    /// # Errors
    /// When the act cannot be written as JSON; no act of ours is such.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// The challenge over an act's text.
pub fn challenge(act: &str) -> [u8; 32] {
    Sha256::new_with_prefix(DOMAIN).chain_update(act.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::act::Act;

    /// Whoever checks a record years later makes the same text.
    #[test]
    fn the_text_of_an_act_is_pinned() {
        let act = Act::Decide {
            route: "refuse".to_owned(),
            ground: Some("fz-1".to_owned()),
            note: "نه \"نو\"".to_owned(),
            facts: BTreeMap::new(),
        };
        let text = ActText {
            case: CaseId([0xab; 16]),
            seen: 7,
            definition: Digest([1; 32]),
            officer: "O-0001".to_owned(),
            act: act.clone(),
        };
        let written = text.to_text().unwrap();
        let expected = format!(
            r#"{{"case":"{}","seen":7,"definition":"{}","officer":"O-0001","act":{{"act":"decide","route":"refuse","ground":"fz-1","note":"نه \"نو\"","facts":{{}}}}}}"#,
            "ab".repeat(16),
            "01".repeat(32),
        );
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_str::<ActText<Act>>(&written).unwrap(), text);
        let by_hand = Sha256::digest([b"panjereh act v1", written.as_bytes()].concat());
        assert_eq!(challenge(&written), <[u8; 32]>::from(by_hand));
    }
}
