//! Walking a log from where the last audit stopped to its newest checkpoint.
//!
//! Must not know of: what an act means, how findings are shown.

mod begin;
mod chunk;
mod functions;
mod public;

use std::collections::HashMap;
use std::sync::Arc;

use credential::passkey::RelyingParty;
use engine::CaseId;
use log::tile::{Kind, TILE_WIDTH};
use log::tree::Tree;
use log::{Checkpoint, Tile};
use record::manifest::Manifest;
use record::segment;

use crate::asked::library::Library;
use crate::checks::{deadline_overlooked, tree_differs};
use crate::definitions::Definitions;
use crate::ending;
use crate::finding::Findings;
use crate::input::{CouldNot, Input, Task};
use crate::kept::Kept;
use crate::part::{Files, Part};
use crate::report::Report;
use crate::roster::Rosters;
use crate::shard::Shard;
use crate::state::State;
use crate::tree;

/// Bundles read at once: 16,384 events, some ten megabytes.
const BUNDLES_AT_ONCE: u64 = 64;
/// Shards of applicants: several for each worker, so that none waits long for another.
const SHARDS: usize = 32;

/// An event by its part and its place in it.
type Place = (Arc<Part>, usize);

/// An audit under way.
struct Walk<'a> {
    input: &'a Input<'a>,
    checkpoint: Checkpoint,
    manifest: Option<Manifest>,
    tree: Tree,
    state: State,
    definitions: Definitions,
    shards: Vec<Shard>,
    rosters: Rosters,
    library: Library,
    /// In which shard a case is.
    homes: HashMap<CaseId, usize>,
    findings: Findings,
    /// The last events of a chunk, which may go on in the next.
    tail: Vec<Place>,
    continued_from: u64,
    /// What became of what comes out of cases.
    outcomes: ending::Compared,
}

/// Audits a log from where `state` stopped. Gives what it came to and where it stopped now.
///
/// # Errors
/// [`CouldNot`] when something cannot be read, which says nothing about the record. A record that is wrong is no error.
pub fn audit(input: &Input<'_>, state: State) -> Result<(Report, State), CouldNot> {
    let mut findings = Findings { list: state.findings.clone(), more: state.more };
    let Some(checkpoint) = begin::checkpoint(input, &mut findings)? else {
        return Ok((begin::stopped(input, &state, &findings), state));
    };
    let manifest = begin::manifest(input, &checkpoint)?;
    state.fits(checkpoint.origin(), manifest.is_some())?;
    let Some(tree) = begin::tree(input, &checkpoint, &state, &mut findings)? else {
        return Ok((begin::stopped(input, &state, &findings), state));
    };
    let mut walk = Walk::new(input, checkpoint, manifest, tree, state, findings);
    walk.load_definitions()?;
    walk.go()?;
    walk.end()
}

impl<'a> Walk<'a> {
    fn new(
        input: &'a Input<'a>,
        checkpoint: Checkpoint,
        manifest: Option<Manifest>,
        tree: Tree,
        mut state: State,
        findings: Findings,
    ) -> Self {
        let mut shards: Vec<Shard> = (0..SHARDS).map(|_| Shard::default()).collect();
        let mut homes = HashMap::new();
        for (id, kept) in std::mem::take(&mut state.cases) {
            let home = home(&id, kept.case.as_ref().map(|case| case.applicant.as_str()));
            homes.insert(id, home);
            if let Some(shard) = shards.get_mut(home) {
                shard.cases.insert(id, kept);
            }
        }
        for (number, shard) in shards.iter_mut().enumerate() {
            shard.matters = state.matters.split(|applicant| of_applicant(applicant) == number);
        }
        let continued_from = state.from;
        state.counts.unfinished = 0;
        let (definitions, tail) = (Definitions::default(), Vec::new());
        let party = manifest.as_ref().map(|manifest| RelyingParty::at(&manifest.base_url));
        let rosters = Rosters::new(party, &state.roster, input.tolerance_ms);
        Self {
            input,
            checkpoint,
            manifest,
            tree,
            state,
            definitions,
            shards,
            rosters,
            library: Library::default(),
            homes,
            findings,
            tail,
            continued_from,
            outcomes: ending::Compared::default(),
        }
    }

    /// Up to which leaf events can be followed.
    fn target(&self) -> u64 {
        let size = self.checkpoint.size();
        self.manifest.as_ref().map_or(size, |manifest| manifest.size.min(size))
    }

    /// Whether the zone stood still while it disclosed, up to a leaf that the log has: then nothing is under way, and what comes out of cases belongs to
    /// exactly these.
    fn stood_still(&self) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.quiet && self.target() == manifest.size)
    }

    /// Those of the cases that are continued.
    fn load_definitions(&mut self) -> Result<(), CouldNot> {
        let Some(from) = self.input.disclosure else { return Ok(()) };
        let unfollowed = self.shards.iter().flat_map(|shard| shard.cases.values()).filter(|kept| kept.case.is_none());
        let unfollowed = unfollowed.map(|kept| (&kept.definition, &kept.first));
        let named = self.state.definitions.values().flatten().map(|(hash, index)| (hash, index));
        for (hash, index) in named.chain(unfollowed) {
            let at = crate::finding::At::index(*index);
            self.definitions.load(from, *hash, &at, &mut self.findings)?;
        }
        Ok(())
    }

    fn go(&mut self) -> Result<(), CouldNot> {
        let size = self.checkpoint.size();
        let width = u64::from(TILE_WIDTH);
        let begin = self.state.from.min(self.tree.size());
        let mut bundle = begin.div_euclid(width);
        while bundle.saturating_mul(width) < size {
            let until = bundle.saturating_add(BUNDLES_AT_ONCE);
            let files = (bundle..until).map_while(|index| Tile::in_tree(Kind::Entries, index, size));
            let files = files.map(|tile| self.read(tile)).collect::<Result<Vec<_>, _>>()?;
            let mut parts: Vec<Option<Part>> = files.iter().map(|_| None).collect();
            let tasks = parts
                .iter_mut()
                .zip(files)
                .map(|(slot, files)| -> Task<'_> { Box::new(move || *slot = Some(Part::of(files))) });
            self.input.workers.run(tasks.collect());
            let parts: Vec<Part> = parts.into_iter().flatten().collect();
            let is_last = until.saturating_mul(width) >= size;
            self.take(parts, is_last)?;
            bundle = until;
            (self.input.progress)(bundle.saturating_mul(width).min(size), size);
        }
        for tile in self.tree.partial_tiles() {
            tree::check(self.input.log, &tile, &mut self.findings)?;
        }
        if self.tree.root() != *self.checkpoint.root() && self.tree.size() == size {
            let why = format!("the {size} entries have the root {}", self.tree.root());
            tree_differs::check(log::checkpoint::PATH, &why, &mut self.findings);
        }
        Ok(())
    }

    /// A bundle, the tile beside it and the segment behind it.
    fn read(&mut self, tile: Tile) -> Result<Files, CouldNot> {
        let size = self.checkpoint.size();
        let bundle = tree::read(self.input.log, tile, |tile| tile.path())?;
        if bundle.is_none() {
            tree_differs::check(&tile.path(), &"there is no such file", &mut self.findings);
        }
        let hashes = match Tile::in_tree(Kind::Hashes(0), tile.index(), size) {
            Some(tile) => tree::hashes(self.input.log, tile, &mut self.findings)?,
            None => Vec::new(),
        };
        let path = |tile: Tile| segment::path(tile).unwrap_or_default();
        let disclosed = self.manifest.as_ref().map_or(0, |manifest| manifest.size);
        let segment = match (self.input.disclosure, Tile::in_tree(Kind::Entries, tile.index(), disclosed)) {
            (Some(from), Some(tile)) => Some((tree::read(from, tile, path)?.unwrap_or_default(), path(tile))),
            _ => None,
        };
        let (segment, segment_path) = segment.map_or((None, String::new()), |(bytes, path)| (Some(bytes), path));
        Ok(Files {
            first: tile.index().saturating_mul(u64::from(TILE_WIDTH)),
            bundle: bundle.unwrap_or_default(),
            tile: hashes,
            segment,
            bundle_path: tile.path(),
            segment_path,
        })
    }

    /// What is left when all leaves are seen: certificates, registers, statistics, and where this audit stopped.
    fn end(mut self) -> Result<(Report, State), CouldNot> {
        let held_back: Vec<(u64, CaseId)> = self.shards.iter().filter_map(|shard| shard.held_back).collect();
        let mut cases: HashMap<CaseId, Kept> = HashMap::new();
        let mut matters = crate::matters::Matters::default();
        for shard in &mut self.shards {
            self.state.counts.unfinished =
                self.state.counts.unfinished.saturating_add(u64::from(shard.held_back.is_some()));
            cases.extend(std::mem::take(&mut shard.cases));
            matters.merge(std::mem::take(&mut shard.matters));
        }
        self.state.matters = matters;
        self.state.from = held_back.iter().map(|(leaf, _)| *leaf).min().unwrap_or(self.target());
        self.state.size = self.checkpoint.size();
        self.state.root = self.checkpoint.root().to_string();
        self.checkpoint.origin().clone_into(&mut self.state.origin);
        self.state.disclosed = self.manifest.is_some();
        self.state.counts.overtakings = self.state.desks.overtakings;
        self.state.counts.definitions = self.definitions.len();
        self.findings.distinct();
        // What is found at the end is found anew at the end of the next audit.
        let (known, more) = (self.findings.list.clone(), self.findings.more);
        if let (Some(manifest), Some(disclosure)) = (&self.manifest, self.input.disclosure) {
            let whole = self.stood_still();
            self.state.forgotten.end(whole, &mut self.findings);
            let ending = ending::Outcome {
                manifest,
                disclosure,
                cases: &cases,
                definitions: &self.definitions,
                figures: &self.state.figures,
                at_most: &self.state.at_most,
                accounts: &self.state.accounts,
                latest: self.state.latest,
            };
            let held_back: Vec<CaseId> = held_back.into_iter().map(|(_, case)| case).collect();
            deadline_overlooked::at_the_end(&cases, &held_back, self.state.latest, &mut self.findings);
            self.outcomes = ending.check(self.input, whole, &mut self.state.counts, &mut self.findings)?;
        }
        self.state.cases = cases;
        (self.state.findings, self.state.more) = (known, more);
        let report = begin::report(&self);
        Ok((report, self.state))
    }
}

/// The shard of a case: that of its applicant, where that is known.
fn home(case: &CaseId, applicant: Option<&str>) -> usize {
    match applicant {
        Some(applicant) => of_applicant(applicant),
        None => usize::from(case.0.first().copied().unwrap_or(0)).rem_euclid(SHARDS),
    }
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>): it only spreads applicants over shards.
fn of_applicant(applicant: &str) -> usize {
    let hash = applicant
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    usize::try_from(hash.rem_euclid(SHARDS as u64)).unwrap_or(0)
}
