//! What comes out of cases, at the end of an audit: certificates, status lists, register records and figures, against the cases.
//!
//! Must not know of: how cases were followed.

mod issued;
mod read;

use std::collections::{BTreeMap, HashMap, HashSet};

use credential::{Status, StatusList, TrustedKeys};
use engine::CaseId;
use engine::case::Digest;
use engine::event::Entering;
use engine::integrity::Figures;
use engine::world::Record;
use log::TileReader;
use record::manifest::Manifest;

use crate::checks::{
    certificate_differs, certificate_missing, certificate_without_case, register_differs, revocation_missing,
    revoked_without_act, statistic_differs,
};
use crate::counts::Counts;
use crate::definitions::Definitions;
use crate::finding::Findings;
use crate::input::{CouldNot, Input};
use crate::kept::Kept;

pub(crate) use issued::Issued;

/// Certificates on one status list.
pub(crate) const LIST_WIDTH: u64 = 1 << 17;

/// All cases, and what was disclosed of what came out of them.
pub(crate) struct Outcome<'a> {
    pub(crate) manifest: &'a Manifest,
    pub(crate) disclosure: &'a dyn TileReader,
    pub(crate) cases: &'a HashMap<CaseId, Kept>,
    pub(crate) definitions: &'a Definitions,
    /// What the zone should publish of its own work.
    pub(crate) figures: &'a Figures,
}

/// The same, read: what the checks ask.
pub(crate) struct Ending<'a> {
    outcome: &'a Outcome<'a>,
    waiting: HashSet<CaseId>,
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
    ) -> Result<(), CouldNot> {
        let keys = match &input.certificate_keys {
            Some(keys) => keys.clone(),
            None => self.named_keys(),
        };
        let mut ending = self.ending();
        self.certificates(input, &keys, &mut ending, counts, findings)?;
        ending.lists = self.status_lists(&keys, counts, findings)?;
        ending.records = self.records(counts)?;
        if !whole {
            return Ok(());
        }
        certificate_missing::check(&ending, findings);
        revocation_missing::check(&ending, findings);
        revoked_without_act::check(&ending, findings);
        register_differs::check(&ending, findings);
        if let Some(statistics) = self.statistics()? {
            // Of a leaf that was not made again nobody knows what it adds.
            let is_all = ending.is_followed() && counts.leaves_recomputed == counts.leaves;
            counts.figures = statistic_differs::check(&ending, (self.figures, is_all), &statistics, findings);
        }
        Ok(())
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
            waiting: self.manifest.waiting.iter().copied().collect(),
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

    /// Whether a message of the case is not delivered yet.
    pub(crate) fn waits(&self, id: CaseId) -> bool {
        self.waiting.contains(&id)
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

    /// The authority of the service that a definition is of.
    pub(crate) fn authority(&self, definition: Digest) -> Option<String> {
        Some(self.outcome.definitions.get(&definition)?.authority.clone())
    }
}
