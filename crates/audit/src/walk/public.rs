//! What can be checked of the log alone: leaves, each case's chain, times, the order of definitions, and that nothing lapsed before its time.
//!
//! Must not know of: events.

use engine::case::Digest;
use engine::roster::STREAM;
use jiff::Timestamp;
use log::value::Value;
use record::leaf::pseudonym;

use super::Walk;
use crate::checks::{
    chain_broken, definition_not_published, entry_malformed, lapse_too_early, time_in_future, time_runs_back,
};
use crate::finding::At;

impl Walk<'_> {
    /// Looks at one leaf.
    pub(super) fn public(&mut self, index: u64, entry: &[u8]) {
        let findings = &mut self.findings;
        let Some(leaf) = entry_malformed::check(index, entry, findings) else { return };
        let chain = self.state.chains.entry(hex::encode(leaf.case));
        let before = match &chain {
            std::collections::hash_map::Entry::Occupied(chain) => Some(*chain.get()),
            std::collections::hash_map::Entry::Vacant(_) => None,
        };
        let sequence = before.map_or(1, |(_, sequence)| sequence.saturating_add(1));
        chain_broken::check(index, &leaf, sequence, before.map(|(last, _)| last), findings);
        *chain.or_default() = (index, leaf.sequence);
        let mandate = leaf.kind.starts_with("mandate-");
        if before.is_none() && !mandate && leaf.case != pseudonym(&STREAM.0) {
            self.state.counts.cases = self.state.counts.cases.saturating_add(1);
        }
        let Ok(at) = Timestamp::from_millisecond(leaf.time_ms) else { return };
        let tolerance = self.input.tolerance_ms;
        self.state.latest = Some(time_runs_back::check(index, None, at, self.state.latest, tolerance, findings));
        time_in_future::check(index, None, at, self.input.now_ms, tolerance, findings);
        lapse_too_early::check_leaf(index, &leaf, findings);
        if let (true, Some(Value::Text(service))) = (leaf.kind == "opened", leaf.public.get("service")) {
            let runs = self.state.definitions.entry(service.clone()).or_default();
            definition_not_published::check(At::index(index), Digest(leaf.definition), runs, findings);
        }
    }
}
