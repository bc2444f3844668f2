//! What every store refuses before it asks a database, so that both backends keep the same things and one bad write cannot spoil a batch.
//!
//! Must not know of: drivers, what is inside a body.

use std::collections::HashSet;

use crate::{Append, CaseQuery, CaseRow, CasesOf, EntryQuery, Erase, NewDue, Put, StoreError, Work};

/// Longest name, key or other short text, in bytes: three of them fit into one index entry of PostgreSQL (2704 bytes).
pub const MAX_TEXT_BYTES: usize = 500;
/// Longest idempotency key, in bytes.
pub const MAX_IDEMPOTENCY_KEY_BYTES: usize = 200;
/// Largest body, state or answer, in bytes. Scans and pictures are objects, not rows.
pub const MAX_BODY_BYTES: usize = 16 << 20;
/// Most events, holders or deadlines of one append.
pub const MAX_PER_APPEND: usize = 1000;
/// Most messages of one append. A message's number is its append's log position times this, plus its place.
pub const MAX_MESSAGES_PER_APPEND: usize = 4096;
/// Most entries written together.
pub const MAX_PUTS: usize = 10_000;
/// Most rows that a read of events, deadlines or messages returns, whatever limit it is given.
pub const MAX_ROWS: u32 = 10_000;

impl Work {
    /// Holds a write to the limits of this module.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::Append(append) => append.check(),
            Self::Put(puts) => check_puts(puts),
            Self::Restate(row, due) => check_row(row, due),
            Self::Settle(ids) => at_most("messages to settle", ids.len(), MAX_PUTS),
        }
    }
}

impl Append {
    fn check(&self) -> Result<(), StoreError> {
        if self.events.is_empty() {
            return invalid("an append without events");
        }
        at_most("events", self.events.len(), MAX_PER_APPEND)?;
        at_most("messages", self.outbox.len(), MAX_MESSAGES_PER_APPEND)?;
        if self.row.case != self.case {
            return invalid("an append with another case's row");
        }
        // As 128 bits, so that no number a caller gives overflows.
        if u128::from(self.expected_seq) + self.events.len() as u128 != u128::from(self.row.seq) {
            return invalid("a row whose sequence number does not follow from its events");
        }
        for event in &self.events {
            text("an event's kind", &event.kind)?;
            text("an event's stage", event.stage.as_deref().unwrap_or_default())?;
            at_most("bytes in an event", event.body.len(), MAX_BODY_BYTES)?;
        }
        for message in &self.outbox {
            text("a message's topic", &message.topic)?;
            at_most("bytes in a message", message.body.len(), MAX_BODY_BYTES)?;
        }
        if let Some(idempotency) = &self.idempotency {
            check_key(&idempotency.key)?;
            at_most("bytes in an answer", idempotency.answer.len(), MAX_BODY_BYTES)?;
        }
        check_row(&self.row, &self.due)?;
        check_erases(&self.erases)?;
        check_puts(&self.puts)
    }
}

fn check_erases(erases: &[Erase]) -> Result<(), StoreError> {
    at_most("events to erase", erases.len(), MAX_ROWS as usize)?;
    let mut seen = HashSet::with_capacity(erases.len());
    for erase in erases {
        at_most("bytes in an event", erase.body.len().max(erase.remains.len()), MAX_BODY_BYTES)?;
        if !seen.insert(erase.position) {
            return Err(StoreError::Invalid(format!("the event at {} is erased twice at once", erase.position)));
        }
    }
    Ok(())
}

/// Refuses an erasure of an event that is not the case's own. `opened` is the number of the case that each event is of, if there is such an event.
///
/// # Errors
/// [`StoreError::Invalid`] naming the position.
pub fn check_erased(case: u64, erases: &[Erase], opened: impl Fn(u64) -> Option<u64>) -> Result<(), StoreError> {
    match erases.iter().find(|erase| opened(erase.position) != Some(case)) {
        Some(other) => {
            Err(StoreError::Invalid(format!("the event at {} is not one of the case to erase", other.position)))
        }
        None => Ok(()),
    }
}

fn check_row(row: &CaseRow, due: &[NewDue]) -> Result<(), StoreError> {
    text("a reference", &row.reference)?;
    text("a service", &row.service)?;
    text("an authority", &row.authority)?;
    text("an applicant", &row.applicant)?;
    text("a stage", &row.stage)?;
    text("an outcome", row.outcome.as_deref().unwrap_or_default())?;
    at_most("holders", row.holders.len(), MAX_PER_APPEND)?;
    at_most("deadlines", due.len(), MAX_PER_APPEND)?;
    at_most("bytes in a case's state", row.state.len(), MAX_BODY_BYTES)?;
    row.holders.iter().try_for_each(|holder| text("a holder", holder))?;
    due.iter().try_for_each(|due| text("a clock", &due.clock))
}

fn check_puts(puts: &[Put]) -> Result<(), StoreError> {
    at_most("entries", puts.len(), MAX_PUTS)?;
    let mut seen = HashSet::with_capacity(puts.len());
    for put in puts {
        text("an entry's kind", &put.kind)?;
        text("an entry's key", &put.key)?;
        text("an entry's owner", put.owner.as_deref().unwrap_or_default())?;
        at_most("bytes in an entry", put.body.as_ref().map_or(0, Vec::len), MAX_BODY_BYTES)?;
        // Which version would the second one expect? Better not to have to say.
        if !seen.insert((put.kind.as_str(), put.key.as_str())) {
            return Err(StoreError::Invalid(format!("{}/{} is written twice at once", put.kind, put.key)));
        }
    }
    Ok(())
}

impl CaseQuery {
    /// Holds a query to the limits of this module.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), StoreError> {
        match &self.of {
            CasesOf::All => Ok(()),
            CasesOf::Applicant(name) => text("an applicant", name),
            CasesOf::Holder(name) => text("a holder", name),
            CasesOf::Authority(name) => check_authority(name),
            CasesOf::Reference(name) => text("a reference", name),
        }
    }
}

impl EntryQuery {
    /// Holds a query to the limits of this module.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), StoreError> {
        text("an entry's kind", &self.kind)?;
        text("an entry's key", self.key.as_deref().unwrap_or_default())?;
        text("an entry's owner", self.owner.as_deref().unwrap_or_default())?;
        text("an entry's key", self.after.as_deref().unwrap_or_default())
    }
}

/// Holds an authority's name to the limits of this module.
///
/// # Errors
/// [`StoreError::Invalid`] when it is too long or has a character U+0000.
pub fn check_authority(name: &str) -> Result<(), StoreError> {
    text("an authority", name)
}

/// Holds an idempotency key to the limits of this module.
///
/// # Errors
/// [`StoreError::Invalid`] when it is too long or has a character U+0000.
pub fn check_key(key: &str) -> Result<(), StoreError> {
    text("an idempotency key", key)?;
    at_most("bytes in an idempotency key", key.len(), MAX_IDEMPOTENCY_KEY_BYTES)
}

/// PostgreSQL cannot keep U+0000 in a text, so no store does.
fn text(what: &str, value: &str) -> Result<(), StoreError> {
    if value.contains('\0') {
        return Err(StoreError::Invalid(format!("{what} has a character U+0000")));
    }
    if value.len() > MAX_TEXT_BYTES {
        return Err(StoreError::Invalid(format!("{what} is longer than {MAX_TEXT_BYTES} bytes")));
    }
    Ok(())
}

fn at_most(what: &str, count: usize, most: usize) -> Result<(), StoreError> {
    if count > most {
        return Err(StoreError::Invalid(format!("{count} {what}; at most {most} are allowed")));
    }
    Ok(())
}

fn invalid<T>(what: &str) -> Result<T, StoreError> {
    Err(StoreError::Invalid(what.to_owned()))
}
