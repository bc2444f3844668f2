//! A draw's randomness is not what was to come.
//!
//! A lot fixes in the log who can be drawn and where the randomness will come from: a round of drand that is not out yet, or the VRFs of two
//! institutions over the lot's own leaf. Here the proof that stands beside the draw does not hold, is for another leaf, or gives other randomness: somebody
//! chose the outcome, or the lot.

use std::collections::BTreeMap;

use beacon::drand::Chain;
use beacon::randomness;
use engine::case::Digest;
use engine::event::What;
use log::Hash;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A427",
    name: "draw-not-proven",
    weight: Weight::Fault,
    en: "The randomness of a draw is not proven to be what the log fixed before.",
    fa: "ثابت نیست که عدد تصادفی قرعه همان باشد که دفتر از پیش تعیین کرده است.",
};

/// Remembers the leaf that fixes a lot, and holds a draw's proof against it.
pub(crate) fn check(at: At, what: &What, hash: Hash, lots: &mut BTreeMap<String, Digest>, findings: &mut Findings) {
    match what {
        What::Lot { seat, .. } => drop(lots.insert(seat.clone(), Digest(hash.0))),
        What::Drawn { seat, draw } => {
            let fixed = lots.remove(seat);
            let Some(proof) = &draw.proof else { return };
            let recorded = format!("randomness {}", draw.randomness);
            if fixed != Some(proof.leaf) {
                let fixed = fixed.map_or("no lot was fixed for the seat".to_owned(), |leaf| format!("the leaf {leaf} fixed the lot"));
                findings.add(&CODE, at, format!("a proof for the leaf {}", proof.leaf), fixed);
                return;
            }
            let chains: Vec<Chain> = Chain::quicknet().into_iter().collect();
            match randomness::proven(proof, &chains) {
                Ok(right) if right == draw.randomness.0 => {}
                Ok(right) => findings.add(&CODE, at, recorded, format!("randomness {}", Digest(right))),
                Err(error) => findings.add(&CODE, at, recorded, error.to_string()),
            }
        }
        _ => {}
    }
}
