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
use engine::lot::{Lot, Source};
use jiff::Timestamp;
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
pub(crate) fn check(at: At, moment: Timestamp, what: &What, hash: Hash, lots: &mut BTreeMap<String, Digest>, findings: &mut Findings) {
    match what {
        What::Lot { seat, lot } => {
            lots.insert(seat.clone(), Digest(hash.0));
            if let Some((recorded, why)) = known_before(moment, lot) {
                findings.add(&CODE, at, recorded, why);
            }
        }
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

/// What is wrong with a lot whose randomness could be known when it was fixed: of a round that was out, or is said to be out at another time.
fn known_before(moment: Timestamp, lot: &Lot) -> Option<(String, String)> {
    let Source::Drand { chain, round } = &lot.source else { return None };
    // A chain that nobody trusts proves nothing, which the draw is told.
    let trusted = Chain::quicknet().ok().filter(|quicknet| quicknet.hash() == chain.0)?;
    let out_ms = trusted.time_ms(*round);
    let (moment_ms, due_ms) = (moment.as_millisecond(), lot.due.as_millisecond());
    let is_right = out_ms == Some(due_ms) && moment_ms < due_ms;
    (!is_right).then(|| {
        let out = out_ms.and_then(|out_ms| Timestamp::from_millisecond(out_ms).ok());
        let out = out.map_or("never".to_owned(), |out| out.to_string());
        (format!("a lot fixed at {moment} for round {round}, due at {}", lot.due), format!("a round that is out later; that one: {out}"))
    })
}
