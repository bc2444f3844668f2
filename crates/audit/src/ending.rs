//! What comes out of cases, at the end of an audit: certificates, status lists, register records and figures, against the cases.
//!
//! Must not know of: how cases were followed.

mod issued;
mod read;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use credential::{Status, StatusList, TrustedKeys};
use engine::CaseId;
use engine::case::Digest;
use engine::event::Entering;
use engine::integrity::Figures;
use engine::world::Record;
use jiff::{SignedDuration, Timestamp};
use log::TileReader;
use record::manifest::Manifest;

use crate::accounts::Accounts;
use crate::checks::{
    account_differs, certificate_differs, certificate_missing, certificate_without_case, register_differs,
    revocation_missing, revoked_without_act, statistic_differs,
};
use crate::counts::Counts;
use crate::definitions::Definitions;
use crate::finding::Findings;
use crate::input::{CouldNot, Input};
use crate::kept::Kept;
use crate::unfollowed::AtMost;

pub(crate) use issued::{Issued, text};

/// Certificates on one status list.
pub(crate) const LIST_WIDTH: u64 = 1 << 17;

/// How long a message may be on its way before nobody believes that it is: whatever holds it up for longer is no moment between an act and what comes of it.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(24);

/// All cases, and what was disclosed of what came out of them.
pub(crate) struct Outcome<'a> {
    pub(crate) manifest: &'a Manifest,
    pub(crate) disclosure: &'a dyn TileReader,
    pub(crate) cases: &'a HashMap<CaseId, Kept>,
    pub(crate) definitions: &'a Definitions,
    /// What the zone should publish of its own work.
    pub(crate) figures: &'a Figures,
    /// What cases that cannot be followed add to it at most.
    pub(crate) at_most: &'a AtMost,
    /// The goods accounts.
    pub(crate) accounts: &'a Accounts,
    /// The log's newest time.
    pub(crate) latest: Option<Timestamp>,
}

/// What became of what comes out of cases.
#[derive(Default)]
pub(crate) struct Compared {
    /// Whether certificates, status lists, registers and figures were held against the cases, and the cases against them.
    pub(crate) outcomes: bool,
    /// Whether all that the zone shows follows exactly; not so where of a case only its leaves are left.
    pub(crate) exactly: bool,
    /// Cases whose certificate may be on its way still.
    pub(crate) on_its_way: BTreeSet<CaseId>,
}

/// The same, read: what the checks ask.
pub(crate) struct Ending<'a> {
    outcome: &'a Outcome<'a>,
    /// Cases of which a message is on its way, and may be.
    on_its_way: BTreeSet<CaseId>,
    /// Certificates' issuing leaves, by case.
    certificates: BTreeMap<CaseId, u64>,
    lists: BTreeMap<u64, StatusList>,
    records: BTreeMap<(String, String), Record>,
    issuers: HashMap<u64, CaseId>,
    /// The case whose end entered a record last.
    entered: HashMap<(String, String), (u64, CaseId)>,
}

impl Outcome<'_> {
    /// Reads what was disclosed and asks every check of it. `whole` says that every case was followed to its end.
    pub(crate) fn check(
        &self,
        input: &Input<'_>,
        whole: bool,
        counts: &mut Counts,
        findings: &mut Findings,
    ) -> Result<Compared, CouldNot> {
        let keys = match &input.certificate_keys {
            Some(keys) => keys.clone(),
            None => self.named_keys(),
        };
        let mut ending = self.ending();
        self.certificates(input, &keys, &mut ending, counts, findings)?;
        ending.lists = self.status_lists(&keys, counts, findings)?;
        ending.records = self.records(counts)?;
        (counts.figures, counts.figures_bounded) = (0, 0);
        if !whole {
            return Ok(Compared::default());
        }
        certificate_missing::check(&ending, findings);
        revocation_missing::check(&ending, findings);
        revoked_without_act::check(&ending, findings);
        register_differs::check(&ending, self.accounts.shown(), findings);
        if let Some(accounts) = self.accounts.shown() {
            account_differs::check(&ending, accounts, findings);
        }
        if let Some(statistics) = self.statistics()? {
            (counts.figures, counts.figures_bounded) = statistic_differs::check(&ending, &statistics, counts, findings);
        }
        let exactly = ending.is_all(counts);
        Ok(Compared { outcomes: true, exactly, on_its_way: ending.on_its_way })
    }

    fn named_keys(&self) -> TrustedKeys {
        let mut keys = TrustedKeys::new();
        for (kid, key) in &self.manifest.certificate_keys {
            let key = hex::decode(key).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = key.and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok());
            if let (Ok(kid), Some(key)) = (hex::decode(kid), key) {
                keys.add(self.manifest.zone.clone(), credential::KeyId::new(kid), key);
            }
        }
        keys
    }

    /// The cases of which the zone says that a message is on its way, where something happened so lately that it can be.
    fn on_its_way(&self) -> BTreeSet<CaseId> {
        let since = self.latest.and_then(|latest| latest.checked_sub(ON_ITS_WAY).ok());
        let is_late = |id: &&CaseId| self.cases.get(*id).is_some_and(|kept| kept.at >= since);
        self.manifest.waiting.iter().filter(is_late).copied().collect()
    }

    fn ending(&self) -> Ending<'_> {
        let mut issuers = HashMap::new();
        let mut entered: HashMap<(String, String), (u64, CaseId)> = HashMap::new();
        for (id, kept) in self.cases {
            issuers.extend(kept.issuing.iter().map(|position| (*position, *id)));
            if let (Some((record, _)), Some((end, _))) = (&kept.entered, kept.end) {
                let last = entered.entry((record.register.clone(), record.key.clone())).or_insert((end, *id));
                *last = (*last).max((end, *id));
            }
        }
        Ending {
            outcome: self,
            on_its_way: self.on_its_way(),
            certificates: BTreeMap::new(),
            lists: BTreeMap::new(),
            records: BTreeMap::new(),
            issuers,
            entered,
        }
    }
}

/// Asks what every certificate must answer.
fn judge(certificate: &Issued<'_>, findings: &mut Findings) {
    let known = findings.len();
    certificate_without_case::check(certificate, findings);
    if findings.len() == known {
        certificate_differs::check(certificate, findings);
    }
}

impl<'a> Ending<'a> {
    /// All cases, in order of their ids.
    pub(crate) fn cases(&self) -> impl Iterator<Item = (CaseId, &'a Kept)> {
        let mut cases: Vec<(CaseId, &Kept)> = self.outcome.cases.iter().map(|(id, kept)| (*id, kept)).collect();
        cases.sort_by_key(|(id, _)| *id);
        cases.into_iter()
    }

    /// Whether every case could be followed to its end.
    pub(crate) fn is_followed(&self) -> bool {
        self.outcome.cases.values().all(|kept| kept.case.is_some())
    }

    /// One case.
    pub(crate) fn case(&self, id: CaseId) -> Option<&'a Kept> {
        self.outcome.cases.get(&id)
    }

    /// Certificates: the case and the leaf that issued it.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = (CaseId, u64)> {
        self.certificates.iter().map(|(id, position)| (*id, *position))
    }

    /// Whether a case's certificate was disclosed.
    pub(crate) fn has_certificate(&self, id: CaseId) -> bool {
        self.certificates.contains_key(&id)
    }

    /// Whether a case issued a warehouse receipt of which nothing is left, by the accounts; none where that cannot be known.
    pub(crate) fn is_void(&self, id: CaseId) -> Option<bool> {
        let service = self.case(id).and_then(|kept| self.outcome.definitions.get(&kept.definition));
        if service.is_some_and(|service| service.bookings().next().is_none()) {
            return Some(false);
        }
        self.outcome.accounts.is_void(&id.reference())
    }

    /// Whether a message of the case is on its way.
    pub(crate) fn waits(&self, id: CaseId) -> bool {
        self.on_its_way.contains(&id)
    }

    /// What is counted of cases that were followed, and what those that were not add to it at most.
    pub(crate) fn figures(&self) -> (&'a Figures, &'a AtMost) {
        (self.outcome.figures, self.outcome.at_most)
    }

    /// Whether all leaves were made again: of one that was not nobody knows what it adds.
    pub(crate) fn is_all(&self, counts: &Counts) -> bool {
        self.is_followed() && counts.leaves_recomputed == counts.leaves
    }

    /// Whether at least each leaf was looked at by itself.
    pub(crate) fn is_bounded(&self, counts: &Counts) -> bool {
        let most = self.outcome.at_most;
        !most.unknown && counts.leaves_recomputed.saturating_add(most.leaves) == counts.leaves
    }

    /// What the status lists say; none where there is no such list.
    pub(crate) fn is_revoked(&self, position: u64) -> Option<bool> {
        let list = self.lists.get(&position.div_euclid(LIST_WIDTH))?;
        Some(list.get(position.rem_euclid(LIST_WIDTH)).is_some_and(|status| status != Status::Valid))
    }

    /// The leaves whose certificates the lists revoke.
    pub(crate) fn revoked(&self) -> impl Iterator<Item = u64> {
        self.lists.iter().flat_map(|(number, list)| {
            let first = number.saturating_mul(LIST_WIDTH);
            let revoked = |index: &u64| list.get(*index).is_some_and(|status| status != Status::Valid);
            (0..LIST_WIDTH).filter(revoked).map(move |index| first.saturating_add(index))
        })
    }

    /// The case that issued a certificate with this leaf.
    pub(crate) fn issuer_of(&self, position: u64) -> Option<(CaseId, &'a Kept)> {
        let id = self.issuers.get(&position)?;
        Some((*id, self.case(*id)?))
    }

    /// A register's record.
    pub(crate) fn record(&self, register: &str, key: &str) -> Option<&Record> {
        self.records.get(&(register.to_owned(), key.to_owned()))
    }

    /// Whether another case entered the same record later.
    pub(crate) fn entered_by_another(&self, id: CaseId, entered: &Entering) -> bool {
        let last = self.entered.get(&(entered.register.clone(), entered.key.clone()));
        last.is_some_and(|(_, last)| *last != id)
    }

    /// Whether some case entered a record.
    pub(crate) fn is_entered(&self, register: &str, key: &str) -> bool {
        self.entered.contains_key(&(register.to_owned(), key.to_owned()))
    }

    /// The authority and the name of the service that a definition is of.
    pub(crate) fn service(&self, definition: Digest) -> Option<(&'a str, &'a str)> {
        let service = self.outcome.definitions.get(&definition)?;
        Some((&service.authority, &service.name))
    }
}
