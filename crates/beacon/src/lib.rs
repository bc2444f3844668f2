//! Where the randomness of draws comes from, and the proof that it came from there: drand rounds, and the VRFs of two institutions.
//!
//! It must not know how bytes are fetched, what time it is, or where keys are kept: answers, instants and keys are handed in. Every parser here
//! takes bytes from strangers; none of them panics.
//!
//! [`drand`] verifies a round; [`vrf`] proves and verifies; [`randomness`] makes of either the randomness of one lot; [`institution`] says for which
//! lots the second institution answers; [`leaves`] verifies a draw from the public log alone; [`sheet`] does it again, with who was drawn, from what a
//! citizen was given.

pub mod drand;
pub mod institution;
pub mod leaves;
pub mod randomness;
pub mod sheet;
pub mod vrf;

pub use drand::{Chain, Round};
pub use sheet::{Sheet, Trust};
