//! A chunk of the log: into the tree, in order, to the shards, and back with what they say about order.
//!
//! Must not know of: how an act is judged.

use std::sync::Arc;

use credential::passkey::RelyingParty;
use engine::CaseId;
use engine::event::Event;
use engine::mandate;
use engine::roster::STREAM;

use super::{Place, Walk, home};
use crate::checks::{
    definition_not_published, mandate_missing, receipt_used_twice, signature_wrong, time_in_future, time_runs_back,
};
use crate::desks::{Drawn, Move};
use crate::finding::At;
use crate::input::{CouldNot, Task};
use crate::mandates::Acted;
use crate::part::{Item, Part, Told};
use crate::shard::{Run, Shard, View};
use crate::{replay, roster, tree};

impl Walk<'_> {
    /// Takes up bundles in order.
    pub(super) fn take(&mut self, parts: Vec<Part>, is_last: bool) -> Result<(), CouldNot> {
        for mut part in parts {
            self.findings.append(&mut part.findings);
            self.grow(&part)?;
            let part = Arc::new(part);
            let target = self.target();
            for (place, item) in part.items.iter().enumerate() {
                if item.index < self.state.from || item.index >= target {
                    continue;
                }
                match (&item.told, &self.manifest) {
                    (Some(told), _) => {
                        self.in_order(item, told)?;
                        self.signed(&part, item, told);
                        if !is_other_stream(told) {
                            self.tail.push((Arc::clone(&part), place));
                        }
                    }
                    (None, None) => self.public(item.index, part.entry(item)),
                    (None, Some(_)) => {}
                }
            }
        }
        self.follow(is_last)
    }

    /// Puts the leaves that are new into the tree.
    fn grow(&mut self, part: &Part) -> Result<(), CouldNot> {
        let mut full = Vec::new();
        for (item, hash) in part.items.iter().zip(&part.hashes) {
            if item.index == self.tree.size() {
                self.tree.push(*hash, &mut |tile| full.push(tile));
                self.state.counts.leaves = self.state.counts.leaves.saturating_add(1);
            }
        }
        full.iter().try_for_each(|tile| tree::check(self.input.log, tile, &mut self.findings))
    }

    /// What is seen in log order: times, and the definitions that cases begin under.
    fn in_order(&mut self, item: &Item, told: &Told) -> Result<(), CouldNot> {
        let Some(head) = &told.head else { return Ok(()) };
        let (index, case) = (item.index, Some(told.case));
        let (now, tolerance, findings) = (self.input.now_ms, self.input.tolerance_ms, &mut self.findings);
        self.state.latest = Some(time_runs_back::check(index, case, head.at, self.state.latest, tolerance, findings));
        time_in_future::check(index, case, head.at, now, tolerance, findings);
        let Some(opens) = &head.opens else { return Ok(()) };
        let at = At::leaf(index, told.case);
        let id = CaseId(told.case);
        // Whoever opens a case twice does not move it.
        self.homes.entry(id).or_insert_with(|| home(&id, Some(&opens.applicant)));
        if let Some(from) = self.input.disclosure {
            self.definitions.load(from, opens.definition, &at, findings)?;
        }
        let runs = self.state.definitions.entry(opens.service.clone()).or_default();
        definition_not_published::check(at, opens.definition, runs, findings);
        Ok(())
    }

    /// The roster's own events and those of mandates, and what officers' passkeys signed: whose passkey is which is known in log order.
    fn signed(&mut self, part: &Part, item: &Item, told: &Told) {
        let Some(body) = part.body(item) else { return };
        // The address that stood at this leaf; records from before it was recorded have the present one.
        let recorded = self.state.roster.register().address.as_ref();
        let address = recorded.or(self.manifest.as_ref().map(|manifest| &manifest.base_url));
        let Some(party) = address.map(|address| RelyingParty::at(address)) else { return };
        let at = At::leaf(item.index, told.case);
        if mandate::is_stream(&CaseId(told.case)) {
            let leaf = (part.entry(item), &told.salt);
            let (counts, findings) = (&mut self.state.counts, &mut self.findings);
            self.state.mandates.follow(item.index, told.case, body, leaf, counts, findings);
        } else if told.case == STREAM.0 {
            let leaf = (part.entry(item), &told.salt);
            self.state.roster.follow(&party, item.index, body, leaf, &mut self.state.counts, &mut self.findings);
        } else if roster::holds_signature(body)
            && let Ok(event) = serde_json::from_slice::<Event>(body)
            && let Some(signed) = &event.signed
        {
            let act = replay::officers_act(&event.what);
            signature_wrong::check(at, &party, self.state.roster.register(), signed, act, &mut self.findings);
        }
    }

    /// Hands runs of one case to the shards, and takes up what they say. The last run waits for the next chunk, where it may go on.
    fn follow(&mut self, is_last: bool) -> Result<(), CouldNot> {
        let places = std::mem::take(&mut self.tail);
        let views: Vec<View<'_>> = places.iter().filter_map(view).collect();
        let mut runs: Vec<Vec<Run<'_>>> = self.shards.iter().map(|_| Vec::new()).collect();
        let mut kept_back = 0;
        let mut groups = views.chunk_by(|one, other| one.told.case == other.told.case).peekable();
        while let Some(events) = groups.next() {
            let is_end = groups.peek().is_none();
            let Some(first) = events.first() else { continue };
            if is_end && !is_last {
                kept_back = events.len();
                break;
            }
            let case = CaseId(first.told.case);
            let home = self.homes.get(&case).copied().unwrap_or_else(|| home(&case, None));
            if let Some(runs) = runs.get_mut(home) {
                let ends_log = is_end && is_last;
                runs.push(Run { case, events: events.to_vec(), ends_log });
            }
        }
        let definitions = &self.definitions;
        let tasks = self.shards.iter_mut().zip(&runs).filter(|(_, runs)| !runs.is_empty());
        let tasks = tasks.map(|(shard, runs)| -> Task<'_> { Box::new(move || shard.take(runs, definitions)) });
        self.input.workers.run(tasks.collect());
        drop(runs);
        let tail = places.len().saturating_sub(kept_back);
        self.tail = places.get(tail..).unwrap_or_default().to_vec();
        self.collect();
        Ok(())
    }

    /// What the shards found, and what they saw that has an order between applicants.
    fn collect(&mut self) {
        let (mut moves, mut draws, mut receipts): (Vec<Move>, Vec<Drawn>, Vec<_>) = Default::default();
        let mut agencies: Vec<Acted> = Vec::new();
        for shard in &mut self.shards {
            let Shard { findings, counts, .. } = shard;
            self.findings.append(findings);
            self.state.counts.add(&std::mem::take(counts));
            moves.append(&mut shard.moves);
            draws.append(&mut shard.draws);
            receipts.append(&mut shard.receipts);
            agencies.append(&mut shard.agencies);
        }
        agencies.sort_by_key(|acted| acted.index);
        for acted in &agencies {
            mandate_missing::check(acted, &self.state.mandates, &mut self.findings);
        }
        moves.sort_by_key(|one| (one.index, one.what));
        self.state.desks.follow(&moves, &mut self.findings);
        draws.sort_by_key(|draw| draw.index);
        self.state.desks.drawn(draws, &mut self.findings);
        receipts.sort();
        for (index, case, receipt) in receipts {
            let at = At::leaf(index, case.0);
            receipt_used_twice::check(at, &receipt, &mut self.state.receipts, &mut self.findings);
        }
    }
}

/// Whether an event is of a stream that is no case.
fn is_other_stream(told: &Told) -> bool {
    told.case == STREAM.0 || mandate::is_stream(&CaseId(told.case))
}

fn view(place: &Place) -> Option<View<'_>> {
    let (part, item) = place;
    let item = part.items.get(*item)?;
    Some(View { part, item, told: item.told.as_ref()? })
}
