//! Why a passage does not count: whether the certificate held when somebody went with it, as the zone sees it when the passage is handed in.
//!
//! Must not know of: what a passage writes off.
//!
//! It is judged once and kept with the passage: a certificate that is revoked or corrected afterwards takes nothing away from whoever went with it before.

use credential::Certificate;
use engine::case::Case;
use engine::event::{Event, What};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Passage;
use crate::{App, AppError};

/// How far a gate's clock may be from the zone's: as far as a witness's (docs/architecture.md, "A witness lies").
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(10);

/// Why a passage does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doubt {
    /// The gate saw another certificate than the one that the case has.
    Other,
    /// By the gate's clock it took place after it was handed in.
    Ahead,
    /// By the gate's clock it took place before the certificate held.
    Early,
    /// The certificate had ended.
    Ended,
    /// The certificate was revoked, or its decision had fallen.
    Revoked,
    /// It was revoked so shortly afterwards that no two clocks can say which came first.
    Close,
}

impl Doubt {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Ahead => "ahead",
            Self::Early => "early",
            Self::Ended => "ended",
            Self::Revoked => "revoked",
            Self::Close => "close",
        }
    }
}

impl App {
    /// Why a passage that is handed in at `taken` does not count. Of a certificate that the zone does not know there is nothing to say.
    pub(super) async fn doubt(
        &self,
        certificate: Option<&Certificate>,
        passage: &Passage,
        taken: Timestamp,
    ) -> Result<Option<Doubt>, AppError> {
        let (_, _, state) = match self.load(passage.certificate).await {
            Err(AppError::NotFound(_)) => return Ok(None),
            loaded => loaded?,
        };
        // Of a case that forgot what stands on its certificate the zone has no copy any more.
        let is_own = certificate.map_or(!state.erased.is_empty(), |own| own.claims_hash() == passage.hash);
        if !is_own {
            return Ok(Some(Doubt::Other));
        }
        let lost = match holds(&state) {
            true => None,
            false => lost(self.history(state.id).await?.iter().map(|(_, event)| event)),
        };
        Ok(by_time(&state, lost, passage.at, taken))
    }
}

/// Whether the case has a certificate that nobody revoked.
fn holds(case: &Case) -> bool {
    case.ended.as_ref().is_some_and(|ended| ended.certificate.is_some() && ended.revoked.is_none())
}

/// When the certificate was revoked, or its decision fell, at last.
fn lost<'e>(events: impl Iterator<Item = &'e Event>) -> Option<Timestamp> {
    let lost = |event: &&Event| matches!(event.what, What::Revoked { .. } | What::Overturned { .. });
    events.filter(lost).last().map(|event| event.at)
}

fn by_time(case: &Case, lost: Option<Timestamp>, at: Timestamp, taken: Timestamp) -> Option<Doubt> {
    let issued = case.ended.as_ref().and_then(|ended| ended.certificate.as_ref());
    if at.duration_since(taken) > CLOCKS_APART {
        return Some(Doubt::Ahead);
    }
    if issued.is_some_and(|issued| issued.from.duration_since(at) > CLOCKS_APART) {
        return Some(Doubt::Early);
    }
    if issued.and_then(|issued| issued.until).is_some_and(|until| at >= until) {
        return Some(Doubt::Ended);
    }
    match lost {
        Some(lost) if at >= lost => Some(Doubt::Revoked),
        // A gate's clock that is slow would let a revoked pass through: somebody is to look.
        Some(lost) if lost.duration_since(at) <= CLOCKS_APART => Some(Doubt::Close),
        _ => None,
    }
}
