//! The newest events of a store: how many there are, and when the last of them happened.
//!
//! Must not know of: what they say.
//!
//! Positions have no gaps, so the last is found by halving: about forty reads of one row in a store of a million events, on any backend.

use store::Store;

use crate::AppError;

/// The last events that are looked at: several processes' clocks differ a little, so the last need not be the latest.
const LOOKED_AT: u32 = 256;

/// How many events a store has.
///
/// # Errors
/// When the store is away.
pub(crate) async fn length(store: &dyn Store) -> Result<u64, AppError> {
    // So many there are, and fewer than so many.
    let (mut held, mut beyond) = (0_u64, 1_u64);
    while has(store, beyond).await? {
        held = beyond;
        beyond = beyond.saturating_mul(2);
    }
    while beyond.saturating_sub(held) > 1 {
        let middle = held.midpoint(beyond);
        match has(store, middle).await? {
            true => held = middle,
            false => beyond = middle,
        }
    }
    Ok(held)
}

/// Whether there are so many events, of which there is one at least.
async fn has(store: &dyn Store, events: u64) -> Result<bool, AppError> {
    Ok(!store.feed(events.saturating_sub(1), 1).await?.is_empty())
}

/// When the latest of the last events happened, in milliseconds since 1970 UTC; none in an empty store.
///
/// # Errors
/// When the store is away.
pub(crate) async fn at_ms(store: &dyn Store) -> Result<Option<i64>, AppError> {
    let from = length(store).await?.saturating_sub(u64::from(LOOKED_AT));
    let rows = store.feed(from, LOOKED_AT).await?;
    Ok(rows.iter().map(|row| row.event.at_ms).max())
}
