//! One write as a backend's writer takes it from its queue, to commit it together with others.
//!
//! Must not know of: drivers, queues.

use crate::{Append, CaseRow, NewDue, Put};

/// One write of the contract.
#[derive(Clone, Debug)]
pub enum Work {
    /// [`Store::append`](crate::Store::append).
    Append(Box<Append>),
    /// [`Store::put`](crate::Store::put).
    Put(Vec<Put>),
    /// [`Store::restate`](crate::Store::restate).
    Restate(Box<CaseRow>, Vec<NewDue>),
    /// [`Store::settle`](crate::Store::settle).
    Settle(Vec<u64>),
}

impl Work {
    /// About how many bytes it writes, so that a batch can be bounded.
    pub fn weight_bytes(&self) -> usize {
        match self {
            Self::Append(append) => {
                let events: usize = append.events.iter().map(|event| event.body.len() + 128).sum();
                let outbox: usize = append.outbox.iter().map(|message| message.body.len() + 64).sum();
                let erases: usize = append.erases.iter().map(|erase| erase.body.len() + erase.remains.len() + 64).sum();
                events + outbox + erases + append.row.state.len() + weight_of_puts(&append.puts) + 256
            }
            Self::Put(puts) => weight_of_puts(puts),
            Self::Restate(row, _) => row.state.len() + 256,
            Self::Settle(ids) => ids.len() * 8,
        }
    }
}

fn weight_of_puts(puts: &[Put]) -> usize {
    puts.iter().map(|put| put.body.as_ref().map_or(0, Vec::len) + 128).sum()
}
