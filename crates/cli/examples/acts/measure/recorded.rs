//! What the record says of the cases that were measured: when officers were drawn, where events stand in the log, and that all was guarded as it should.
//!
//! Must not know of: HTTP, who asked.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use app::engine::CaseId;
use app::engine::event::{Event, What};
use app::{EventRow, Store};

use super::Failure;
use super::clients::{Acted, Filed};
use super::guards::Guards;

/// More events than a case of these has.
const EVENTS: u32 = 100;

/// What the record says of one case.
pub struct Recorded {
    /// Where the last event of the filing stands in the log.
    pub filed_position: u64,
    /// When the officer was drawn.
    pub drawn_at: Option<SystemTime>,
    /// From fixing the lot to the draw, where these are two.
    pub lot_to_draw: Option<Duration>,
}

impl Recorded {
    /// The records of cases. They are refused if anything in them is not guarded that should be, or is that should not.
    pub async fn of(store: &dyn Store, filed: &[Filed], guards: Guards, acted: bool) -> Result<Vec<Self>, Failure> {
        let mut records = Vec::with_capacity(filed.len());
        for filed in filed {
            let rows = store.history(filed.case, 0, EVENTS).await?;
            records.push(Self::read(filed, &rows, guards, acted)?);
        }
        Ok(records)
    }

    fn read(filed: &Filed, rows: &[EventRow], guards: Guards, acted: bool) -> Result<Self, Failure> {
        let last = rows.iter().find(|row| row.seq == filed.seq).ok_or("the filing is not in the record")?;
        let (mut lot, mut draw, mut proven, mut signed) = (None, None, false, 0_u32);
        for row in rows {
            let event: Event = serde_json::from_slice(&row.event.body)?;
            signed += u32::from(event.signed.is_some());
            match event.what {
                What::Lot { .. } => lot = Some(at(row)),
                What::Drawn { draw: drawn, .. } => (draw, proven) = (Some(at(row)), drawn.proof.is_some()),
                _ => {}
            }
        }
        // An officer asks and decides.
        let signatures = if guards.signatures && acted { 2 } else { 0 };
        if signed != signatures || proven != guards.draws || lot.is_some() != guards.draws {
            return Err(format!("the case {} is not guarded as it should: {signed} signatures", filed.case).into());
        }
        let lot_to_draw = lot.zip(draw).and_then(|(lot, draw)| draw.duration_since(lot).ok());
        Ok(Self { filed_position: last.position, drawn_at: draw, lot_to_draw })
    }
}

fn at(row: &EventRow) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(row.event.at_ms.unsigned_abs())
}

/// When each act was answered, and the position of its last event in the log.
pub async fn positions(store: &dyn Store, acted: &[Acted]) -> Result<Vec<(Instant, u64)>, Failure> {
    let mut cases: BTreeMap<CaseId, Vec<&Acted>> = BTreeMap::new();
    for acted in acted {
        cases.entry(acted.case).or_default().push(acted);
    }
    let mut positions = Vec::with_capacity(acted.len());
    for (case, acts) in cases {
        let rows = store.history(case, 0, EVENTS).await?;
        for act in acts {
            let row = rows.iter().find(|row| row.seq == act.seq).ok_or("an act is not in the record")?;
            positions.push((act.answered, row.position));
        }
    }
    Ok(positions)
}
