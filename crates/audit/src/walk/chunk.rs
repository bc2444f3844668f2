//! A chunk of the log: into the tree, in order, to the shards, and back with what they say about order.
//!
//! Must not know of: how an act is judged.

use std::sync::Arc;

use engine::CaseId;
use engine::case::Digest;
use engine::mandate;
use engine::roster::STREAM;
use log::Leaf;

use super::{Place, Walk, home};
use crate::checks::{
    definition_not_published, draw_by_itself, mandate_missing, receipt_used_twice, time_in_future, time_runs_back,
};
use crate::desks::{Drawn, Move};
use crate::finding::At;
use crate::input::{CouldNot, Task};
use crate::mandates::Acted;
use crate::part::{Item, Part, Told};
use crate::shard::{Known, Run, Shard, View};
use crate::tree;

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
                        self.forgotten(&part, item, told)?;
                        if mandate::is_stream(&CaseId(told.case)) {
                            self.mandate(&part, item, told);
                        } else if told.case == STREAM.0 {
                            self.roster(&part, item, told);
                        } else {
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

    /// What was erased, and the acts that say so.
    fn forgotten(&mut self, part: &Part, item: &Item, told: &Told) -> Result<(), CouldNot> {
        let (case, entry) = (CaseId(told.case), part.entry(item));
        let is_said = told.head.as_ref().is_some_and(|head| head.erases);
        let is_stream = told.case == STREAM.0 || mandate::is_stream(&case);
        // Of a case whose opening is gone, only its leaves say under which definition it ran.
        if (is_said || part.body(item).is_none())
            && !is_stream
            && let Some(from) = self.input.disclosure
            && let Ok(leaf) = Leaf::decode(entry)
        {
            let at = At::leaf(item.index, told.case);
            self.definitions.load(from, Digest(leaf.definition), &at, &mut self.findings)?;
        }
        let (forgotten, findings) = (&mut self.state.forgotten, &mut self.findings);
        match part.body(item) {
            None => forgotten.take(item.index, case, entry, findings),
            Some(body) if is_said => {
                forgotten.said(At::leaf(item.index, told.case), case, body, entry, &self.definitions, findings);
            }
            Some(_) => forgotten.told(case, entry),
        }
        Ok(())
    }

    /// The events of mandates: who may act for whom is known in log order.
    fn mandate(&mut self, part: &Part, item: &Item, told: &Told) {
        let Some(body) = part.body(item) else { return };
        let leaf = (part.entry(item), &told.salt);
        let (counts, findings) = (&mut self.state.counts, &mut self.findings);
        self.state.mandates.follow(item.index, told.case, body, leaf, counts, findings);
    }

    /// The roster's own events: whose passkey is which is known in log order.
    fn roster(&mut self, part: &Part, item: &Item, told: &Told) {
        let party = self.rosters.party(self.state.roster.register());
        let (Some(body), Some(party)) = (part.body(item), party) else { return };
        let leaf = (part.entry(item), &told.salt);
        self.state.roster.follow(&party, item.index, body, leaf, &mut self.state.counts, &mut self.findings);
        if let Some(head) = &told.head {
            self.rosters.follow(&self.state.roster, item.index, head.at);
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
                // Acts are recorded whole or not at all: a zone that stood still has no half of one.
                let ends_log = is_end && is_last && !self.stood_still();
                runs.push(Run { case, events: events.to_vec(), ends_log });
            }
        }
        let known = &Known { definitions: &self.definitions, rosters: &self.rosters, forgotten: &self.state.forgotten };
        let tasks = self.shards.iter_mut().zip(&runs).filter(|(_, runs)| !runs.is_empty());
        let tasks = tasks.map(|(shard, runs)| -> Task<'_> { Box::new(move || shard.take(runs, known)) });
        self.input.workers.run(tasks.collect());
        drop(runs);
        let tail = places.len().saturating_sub(kept_back);
        self.tail = places.get(tail..).unwrap_or_default().to_vec();
        self.collect();
        self.ask_again()
    }

    /// What the shards found, and what they saw that has an order between applicants.
    fn collect(&mut self) {
        let (mut moves, mut draws, mut receipts): (Vec<Move>, Vec<Drawn>, Vec<_>) = Default::default();
        let (mut agencies, mut lots, mut nameless): (Vec<Acted>, Vec<_>, Vec<CaseId>) = Default::default();
        let (mut sources, mut loads) = (Vec::new(), Vec::new());
        for shard in &mut self.shards {
            let Shard { findings, counts, .. } = shard;
            self.findings.append(findings);
            self.state.counts.add(&std::mem::take(counts));
            moves.append(&mut shard.moves);
            draws.append(&mut shard.draws);
            receipts.append(&mut shard.receipts);
            agencies.append(&mut shard.agencies);
            lots.append(&mut shard.lots);
            sources.append(&mut shard.sources);
            loads.append(&mut shard.loads);
            nameless.append(&mut shard.nameless);
            self.state.figures.join(std::mem::take(&mut shard.figures));
            self.state.at_most.join(std::mem::take(&mut shard.at_most));
        }
        lots.sort_by_key(|(index, _)| *index);
        lots.into_iter().for_each(|(_, drawn)| self.state.figures.lots.join(drawn));
        for case in nameless {
            self.state.figures.lots.forget(case);
        }
        agencies.sort_by_key(|acted| acted.index);
        for acted in &agencies {
            mandate_missing::check(acted, &self.state.mandates, &mut self.findings);
        }
        moves.sort_by_key(|one| (one.index, one.what));
        self.state.desks.follow(&moves, &mut self.findings);
        draws.sort_by_key(|draw| draw.index);
        self.state.desks.drawn(draws, &mut self.findings);
        self.state.loads.follow(loads, self.input.tolerance_ms, &mut self.findings);
        sources.sort_unstable();
        for (index, case, is_proven) in sources {
            let at = At::leaf(index, case.0);
            draw_by_itself::check(at, is_proven, &mut self.state.drew_with_proof, &mut self.findings);
        }
        receipts.sort();
        for (index, case, receipt) in receipts {
            let at = At::leaf(index, case.0);
            receipt_used_twice::check(at, &receipt, &mut self.state.receipts, &mut self.findings);
        }
    }
}

fn view(place: &Place) -> Option<View<'_>> {
    let (part, item) = place;
    let item = part.items.get(*item)?;
    Some(View { part, item, told: item.told.as_ref()? })
}
