//! A tiled transparency log: leaves, tiles, signed notes, proofs, and how to check them all.
//!
//! It is written to the letter of the C2SP specifications `tlog-tiles`, `tlog-checkpoint`, `signed-note`,
//! `tlog-cosignature`, `tlog-witness`, `tlog-policy` and `tlog-proof`, and of RFC 6962 section 2.1, so that other people's tools can read what it writes.
//!
//! It must not know what a case is, where bytes are kept, what time it is, or where randomness comes from: readers,
//! salts, instants and keys are handed in. Every parser here takes bytes from strangers; none of them panics, and
//! each gives back a value that encodes to exactly the bytes it was read from, or an error that says what is wrong.
//!
//! The way of an entry: [`leaf`] encodes it, [`append`] places it in a [`bundle`] and in the [`tree`], which
//! gives the [`tile`]s to write and the root to sign as a [`checkpoint`] in a [`note`]. The way back: [`reader`]
//! fetches, [`proof`] proves one entry, [`verify`] recomputes everything, [`chain`] shows whether a case has lost
//! a leaf. What strangers add: a [`witness`] cosigns a checkpoint, and a [`policy`] says how many of them are enough.

pub mod append;
pub mod branch;
pub mod bundle;
pub mod chain;
pub mod checkpoint;
pub mod commitment;
pub mod cosignature;
pub mod hash;
pub mod key;
pub mod leaf;
pub mod note;
pub mod policy;
pub mod proof;
pub mod reader;
pub mod tile;
pub mod tlog_proof;
pub mod tree;
pub mod value;
pub mod verify;
pub mod witness;

pub use append::{Appender, Batch};
pub use branch::Branch;
pub use checkpoint::Checkpoint;
pub use commitment::Commitment;
pub use hash::Hash;
pub use key::{SignerKey, VerifierKey};
pub use leaf::Leaf;
pub use note::Note;
pub use policy::Policy;
pub use reader::{ReadError, TileReader};
pub use tile::Tile;
pub use tlog_proof::TlogProof;
pub use value::Value;
