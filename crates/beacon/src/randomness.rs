//! The randomness of one lot: made of its leaf in the log, which was fixed first, and of what nobody could know when it was fixed.
//!
//! It must not know who is drawn.
//!
//! For a drand round: SHA-256("panjereh lot v1" || leaf || randomness of the round). For two institutions: SHA-256("panjereh lot v1" || leaf ||
//! output of the first || output of the second), in ascending order of their public keys. `leaf` is the hash of the lot's leaf (32 bytes).

use engine::lot::{Evidence, Proof, VrfProof};
use sha2::{Digest as _, Sha256};

use crate::drand::{Chain, DrandError, Round};
use crate::vrf::{self, OUTPUT_BYTES, PublicKey, VrfError};

const PREFIX: &[u8] = b"panjereh lot v1";

/// Why a proof is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The draw is of a chain that nobody said is to be trusted.
    #[error(
        "the draw is of drand chain {0}, which is not among the trusted; give its /info with --chain if you trust it"
    )]
    UnknownChain(String),
    /// The round is not the chain's.
    #[error("{0}")]
    Drand(#[from] DrandError),
    /// A VRF's key or proof does not hold.
    #[error("the proof of {key}: {error}")]
    Vrf {
        /// Whose.
        key: String,
        /// Why.
        error: VrfError,
    },
    /// Two proofs of one key, or not in order: that would be one institution's word.
    #[error("the two institutions' keys are not two, in ascending order")]
    Keys,
    /// A key that is not among the trusted.
    #[error("{0} is not the key of an institution that is trusted")]
    UnknownKey(String),
}

/// The randomness of a lot by a round of drand.
pub fn of_round(leaf: &[u8; 32], randomness: &[u8; 32]) -> [u8; 32] {
    Sha256::new_with_prefix(PREFIX).chain_update(leaf).chain_update(randomness).finalize().into()
}

/// The randomness of a lot by two institutions, whose outputs stand in ascending order of their keys.
pub fn of_outputs(leaf: &[u8; 32], outputs: [&[u8; OUTPUT_BYTES]; 2]) -> [u8; 32] {
    let [first, second] = outputs;
    Sha256::new_with_prefix(PREFIX).chain_update(leaf).chain_update(first).chain_update(second).finalize().into()
}

/// The randomness that a proof proves.
///
/// # Errors
/// [`ProofError`] when it does not.
pub fn proven(proof: &Proof, chains: &[Chain]) -> Result<[u8; 32], ProofError> {
    let leaf = &proof.leaf.0;
    match &proof.evidence {
        Evidence::Drand { chain, round, signature, previous } => {
            let trusted = chains.iter().find(|trusted| trusted.hash() == chain.0);
            let chain = trusted.ok_or_else(|| ProofError::UnknownChain(chain.to_string()))?;
            let round = Round { round: *round, signature: signature.clone(), previous: previous.clone() };
            Ok(of_round(leaf, &chain.verify(&round)?))
        }
        Evidence::Vrf { proofs: [first, second] } => {
            if first.key >= second.key {
                return Err(ProofError::Keys);
            }
            Ok(of_outputs(leaf, [&output(leaf, first)?, &output(leaf, second)?]))
        }
    }
}

/// What comes of one institution's proof.
///
/// # Errors
/// [`ProofError::Vrf`].
pub fn output(leaf: &[u8; 32], proof: &VrfProof) -> Result<[u8; OUTPUT_BYTES], ProofError> {
    let wrong = |error| ProofError::Vrf { key: proof.key.to_string(), error };
    let key = PublicKey::from_bytes(&proof.key.0).map_err(wrong)?;
    key.verify(leaf, &vrf::Proof::from_bytes(&proof.proof).map_err(wrong)?).map_err(wrong)
}
