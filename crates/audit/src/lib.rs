//! The audit: everything that a zone's record says is made again from what it rests on, and what differs is named.
//!
//! Must not know of: files, networks, threads, the clock, the application. Readers, workers and the present moment are handed in.
//!
//! The way of an audit: [`walk`] reads the log's bundles and the disclosure's segments side by side, holds the tree against the signed root and what
//! was verified before, and cuts the log into runs of one case. A [`shard`] has the cases of some applicants: it does each act again ([`replay`]) with
//! `engine::decide` from the case as it stood, and compares what comes of it with what is recorded, byte by byte, and each leaf with the log's. Where
//! all is the same there is nothing more to ask. Where something differs, the [`checks`] say what: one file each, whose doc comment is its page.
//! What functions said and what was booked they are asked again afterwards, in log order, with the zone's goods accounts as they stood ([`asked`],
//! [`accounts`]). At the end, certificates, status lists, registers and statistics are held against the cases ([`ending`]).

mod accounts;
mod asked;
pub mod checks;
mod computed;
pub mod counts;
mod definitions;
mod desks;
mod ending;
mod finding;
mod forgotten;
mod input;
mod kept;
mod loads;
mod mandates;
mod matters;
mod part;
pub mod render;
mod replay;
mod report;
mod roster;
mod shard;
mod state;
mod surroundings;
mod tree;
mod unfollowed;
mod walk;
mod words;

pub use counts::Counts;
pub use finding::{Code, Finding, Findings, Weight};
pub use input::{CouldNot, Input, OneByOne, TOLERANCE_MS, Task, Workers};
pub use report::Report;
pub use state::{State, StateError};
pub use walk::audit;
