//! Where the randomness of a draw comes from, and the proof that it came from there, as they are recorded.
//!
//! Must not know of: how a proof is verified. That is the crate `beacon`'s.

use serde::{Deserialize, Serialize};

use crate::case::Digest;

/// Where the randomness of a draw will come from: named before anybody can know what it will say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "lowercase")]
pub enum Source {
    /// A round of a drand chain (<https://drand.love>) that is yet to come.
    Drand {
        /// The chain's hash, which stands for its key, period and beginning.
        chain: Digest,
        /// The round.
        round: u64,
    },
    /// The VRFs (RFC 9381) of two institutions, applied to the lot's leaf in the log: neither can know the other's.
    Vrf {
        /// Their public keys in ascending order.
        keys: [Digest; 2],
    },
}

/// That the randomness of a draw is what its source said. The randomness is made of the lot's leaf and of the evidence, see `beacon::randomness`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The hash of the lot's leaf in the log (RFC 6962, section 2.1): what the draw was for.
    pub leaf: Digest,
    /// What the source said.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// What a source said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "lowercase")]
pub enum Evidence {
    /// A drand round.
    Drand {
        /// The chain's hash.
        chain: Digest,
        /// The round.
        round: u64,
        /// The chain's signature of it.
        #[serde(with = "hex::serde")]
        signature: Vec<u8>,
        /// The signature of the round before, on chains that chain them; empty on others.
        #[serde(default, skip_serializing_if = "Vec::is_empty", with = "hex::serde")]
        previous: Vec<u8>,
    },
    /// Two VRF proofs of the leaf's hash, in ascending order of their keys.
    Vrf {
        /// The proofs.
        proofs: [VrfProof; 2],
    },
}

/// One institution's VRF proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VrfProof {
    /// Its public key.
    pub key: Digest,
    /// The proof (RFC 9381, section 5.1: 80 bytes).
    #[serde(with = "hex::serde")]
    pub proof: Vec<u8>,
}

impl Proof {
    /// Whether it is of the source that was named, and not of another round or key.
    pub fn answers(&self, source: &Source) -> bool {
        match (source, &self.evidence) {
            (Source::Drand { chain, round }, Evidence::Drand { chain: other, round: answered, .. }) => {
                chain == other && round == answered
            }
            (Source::Vrf { keys }, Evidence::Vrf { proofs: [first, second] }) => *keys == [first.key, second.key],
            _ => false,
        }
    }
}
