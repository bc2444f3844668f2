//! An event's row: what a leaf is made of besides the event itself.
//!
//! Must not know of: how a store keeps it.

use engine::CaseId;

/// An event with its place in its case.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The case.
    pub case: CaseId,
    /// Place in the case, from 1.
    pub seq: u64,
    /// Log position of the case's previous event.
    pub previous: Option<u64>,
    /// The stage it happened in: for an event by which the case comes to a stage, that stage.
    pub stage: Option<&'a str>,
    /// The event as JSON.
    pub body: &'a [u8],
    /// Random bytes that its commitments are salted with.
    pub salt: &'a [u8; 32],
}
