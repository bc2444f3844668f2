//! A draw as the public log alone shows it: which leaf fixed it, which says what came of it, and whether the randomness is proven between the two.
//!
//! It must not know the case, nor who was drawn: the leaves do not say. Whoever has the candidates does the rest with [`crate::sheet`].

use engine::case::Digest;
use engine::lot::{Evidence, Proof, VrfProof};
use log::{Leaf, Value};

use crate::drand::Chain;
use crate::randomness::{self, ProofError};

/// Why two leaves are not a lot and its draw.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeavesError {
    /// They are not of these kinds, or of different cases.
    #[error("these are not a lot and its draw")]
    Kind,
    /// Something is not there, or not of its type.
    #[error("the leaf has no {0}, or not as it should be")]
    Missing(&'static str),
    /// The draw says something else than the lot.
    #[error("the draw differs from its lot in {0}")]
    Differs(&'static str),
    /// The draw names another leaf.
    #[error("the draw is of another lot")]
    OtherLot,
    /// The round was due before the lot was fixed: whoever fixed it could know the randomness.
    #[error("round {round} was due at {due_ms} ms, and the lot was fixed at {fixed_ms} ms")]
    KnownBefore {
        /// The round.
        round: u64,
        /// When it was due, in milliseconds since 1970 UTC.
        due_ms: i64,
        /// When the lot was fixed, as its leaf says.
        fixed_ms: i64,
    },
    /// The proof does not hold.
    #[error("{0}")]
    Proof(#[from] ProofError),
    /// The randomness is another than the proof gives.
    #[error("the randomness is not the one that the proof gives")]
    Randomness,
}

/// Verifies a draw from its two leaves; `lot_hash` is the leaf hash of the lot's. It gives the randomness.
///
/// # Errors
/// [`LeavesError`]: the first thing that is wrong.
pub fn verify(lot: &Leaf, lot_hash: &[u8; 32], drawn: &Leaf, chains: &[Chain]) -> Result<[u8; 32], LeavesError> {
    if lot.kind != "lot" || drawn.kind != "drawn" || lot.case != drawn.case || lot.sequence >= drawn.sequence {
        return Err(LeavesError::Kind);
    }
    for name in ["seat", "roster", "candidates"] {
        if lot.public.get(name) != drawn.public.get(name) || !lot.public.contains_key(name) {
            return Err(LeavesError::Differs(name));
        }
    }
    if digest(drawn, "lot")?.0 != *lot_hash {
        return Err(LeavesError::OtherLot);
    }
    let proof = Proof { leaf: Digest(*lot_hash), evidence: evidence(lot, drawn)? };
    if let Evidence::Drand { chain, round, .. } = &proof.evidence {
        let trusted = chains.iter().find(|trusted| trusted.hash() == chain.0);
        let due_ms = trusted.and_then(|chain| chain.time_ms(*round));
        if let Some(due_ms) = due_ms.filter(|due_ms| *due_ms <= lot.time_ms) {
            return Err(LeavesError::KnownBefore { round: *round, due_ms, fixed_ms: lot.time_ms });
        }
    }
    let randomness = randomness::proven(&proof, chains)?;
    if digest(drawn, "randomness")?.0 == randomness { Ok(randomness) } else { Err(LeavesError::Randomness) }
}

/// What the source said, of what the lot named.
fn evidence(lot: &Leaf, drawn: &Leaf) -> Result<Evidence, LeavesError> {
    match lot.public.get("source") {
        Some(Value::Text(source)) if source == "drand" => {
            let Some(Value::Int(round)) = lot.public.get("round") else { return Err(LeavesError::Missing("round")) };
            Ok(Evidence::Drand {
                chain: digest(lot, "chain")?,
                round: u64::try_from(*round).map_err(|_| LeavesError::Missing("round"))?,
                signature: bytes(drawn, "signature")?.to_vec(),
                previous: bytes(drawn, "previous").unwrap_or_default().to_vec(),
            })
        }
        Some(Value::Text(source)) if source == "vrf" => {
            let proof = |key, proof| {
                Ok::<_, LeavesError>(VrfProof { key: digest(lot, key)?, proof: bytes(drawn, proof)?.to_vec() })
            };
            Ok(Evidence::Vrf { proofs: [proof("key.1", "proof.1")?, proof("key.2", "proof.2")?] })
        }
        _ => Err(LeavesError::Missing("source")),
    }
}

fn bytes<'l>(leaf: &'l Leaf, name: &'static str) -> Result<&'l [u8], LeavesError> {
    match leaf.public.get(name) {
        Some(Value::Bytes(bytes)) => Ok(bytes),
        _ => Err(LeavesError::Missing(name)),
    }
}

fn digest(leaf: &Leaf, name: &'static str) -> Result<Digest, LeavesError> {
    bytes(leaf, name)?.try_into().map(Digest).map_err(|_| LeavesError::Missing(name))
}
