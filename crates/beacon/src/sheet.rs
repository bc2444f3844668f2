//! A draw on one sheet: what a citizen gets from the case's page, and can do again without the zone.
//!
//! It must not know the case, nor fetch anything.

use engine::lot::{self, Draw, Evidence};
use log::hash::leaf_hash;
use log::{Leaf, Value};
use serde::{Deserialize, Serialize};

use crate::drand::Chain;
use crate::randomness::{self, ProofError};

/// The largest sheet that is read: a roster of thousands fits.
pub const SHEET_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The only version so far.
pub const VERSION: u32 = 1;

/// A draw with what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The version of this form.
    pub version: u32,
    /// What was drawn for: a stage, where officers or chance decide, or `stage/branch`.
    pub seat: String,
    /// The leaf that fixed the draw before its randomness was known; none for a draw with the zone's own randomness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Fixed>,
    /// The draw.
    pub draw: Draw,
}

/// The lot's leaf in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// Its index.
    pub index: u64,
    /// Its bytes.
    #[serde(with = "hex::serde")]
    pub leaf: Vec<u8>,
}

/// What the reader trusts.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The drand chains.
    pub chains: Vec<Chain>,
    /// The institutions' VRF keys; when empty, whichever stand in the draw.
    pub keys: Vec<[u8; 32]>,
}

/// What is known of a draw that came out the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The randomness is proven to come from where the log said before.
    Proven,
    /// The zone drew with its own randomness: the sums are right, and nobody can prove that the randomness was not chosen.
    NotProvable,
}

/// Why a draw is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Not a sheet.
    #[error("this is not a sheet of a draw: {0}")]
    Malformed(String),
    /// Doing it again gives others, or the hash is not that of the candidates or the routes.
    #[error("doing the draw again with this randomness gives something else")]
    Draw,
    /// The proof does not hold.
    #[error("{0}")]
    Proof(#[from] ProofError),
    /// The randomness is another than the proof gives.
    #[error("the randomness is not the one that the proof gives")]
    Randomness,
    /// The proof is for another leaf.
    #[error("the proof is for another leaf of the log than the one that fixed the draw")]
    OtherLeaf,
    /// The leaf says something else than the draw.
    #[error("the log fixed another draw: its {0} differs")]
    NotFixed(&'static str),
    /// A drawn officer recused themselves or was full.
    #[error("{0} was drawn and is said to be no candidate")]
    Aside(String),
}

impl Sheet {
    /// Reads a sheet.
    ///
    /// # Errors
    /// [`Wrong::Malformed`].
    pub fn read(json: &[u8]) -> Result<Self, Wrong> {
        if json.len() > SHEET_BYTES_MAX {
            return Err(Wrong::Malformed(format!("it has more than {SHEET_BYTES_MAX} bytes")));
        }
        let sheet: Self = serde_json::from_slice(json).map_err(|error| Wrong::Malformed(error.to_string()))?;
        if sheet.version != VERSION {
            return Err(Wrong::Malformed(format!("it is of version {}, and only {VERSION} is known", sheet.version)));
        }
        Ok(sheet)
    }

    /// Does the draw again. That the leaf is in the log is another question, which the log's inclusion proof answers.
    ///
    /// # Errors
    /// [`Wrong`]: the first thing that is.
    pub fn verify(&self, trust: &Trust) -> Result<Verdict, Wrong> {
        if let Some(aside) = self.draw.aside.iter().find(|aside| self.draw.drawn.contains(&aside.officer)) {
            return Err(Wrong::Aside(aside.officer.clone()));
        }
        if !self.draw.is_right() {
            return Err(Wrong::Draw);
        }
        let (proof, fixed) = match (&self.draw.proof, &self.fixed) {
            (None, None) => return Ok(Verdict::NotProvable),
            (Some(proof), Some(fixed)) => (proof, fixed),
            (Some(_), None) => return Err(Wrong::NotFixed("leaf")),
            (None, Some(_)) => return Err(Wrong::NotFixed("source")),
        };
        if randomness::proven(proof, &trust.chains)? != self.draw.randomness.0 {
            return Err(Wrong::Randomness);
        }
        if let Evidence::Vrf { proofs } = &proof.evidence
            && !trust.keys.is_empty()
        {
            let stranger = proofs.iter().find(|proof| !trust.keys.contains(&proof.key.0));
            stranger.map_or(Ok(()), |proof| Err(ProofError::UnknownKey(proof.key.to_string())))?;
        }
        if leaf_hash(&fixed.leaf).0 != proof.leaf.0 {
            return Err(Wrong::OtherLeaf);
        }
        let leaf = Leaf::decode(&fixed.leaf).map_err(|error| Wrong::Malformed(error.to_string()))?;
        self.is_fixed_by(&leaf).map(|()| Verdict::Proven)
    }

    /// Whether the leaf fixed this draw.
    fn is_fixed_by(&self, leaf: &Leaf) -> Result<(), Wrong> {
        let says = |name: &'static str, value: Value| {
            if leaf.public.get(name) == Some(&value) { Ok(()) } else { Err(Wrong::NotFixed(name)) }
        };
        let number = |number: usize| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        if leaf.kind != "lot" {
            return Err(Wrong::NotFixed("kind"));
        }
        says("seat", Value::Text(self.seat.clone()))?;
        says("matter", Value::Text(self.draw.matter.clone()))?;
        says("roster", Value::Bytes(self.draw.roster.0.to_vec()))?;
        says("candidates", number(self.draw.candidates.len()))?;
        says("people", number(self.draw.drawn.len()))?;
        if self.draw.is_of_routes() {
            says("routes", Value::Text(lot::in_words(&self.draw.routes)))?;
        }
        match self.draw.proof.as_ref().map(|proof| &proof.evidence) {
            Some(Evidence::Drand { chain, round, .. }) => {
                says("source", Value::Text("drand".to_owned()))?;
                says("chain", Value::Bytes(chain.0.to_vec()))?;
                says("round", Value::Int(i64::try_from(*round).unwrap_or(i64::MAX)))
            }
            Some(Evidence::Vrf { proofs: [first, second] }) => {
                says("source", Value::Text("vrf".to_owned()))?;
                says("key.1", Value::Bytes(first.key.0.to_vec()))?;
                says("key.2", Value::Bytes(second.key.0.to_vec()))
            }
            None => Err(Wrong::NotFixed("source")),
        }
    }
}
