//! Reading what was disclosed of what came out of cases.
//!
//! Must not know of: what is compared with it.

use std::collections::BTreeMap;

use credential::{Certificate, Input as Credential, SignedStatusList, StatusList, TrustedKeys, Verdict, verify};
use engine::world::Record;
use log::ReadError;
use record::lines::{self, CertificateLine, RecordLine, Statistics};
use record::manifest::{STATISTICS, status_path};
use serde::de::DeserializeOwned;

use super::{Ending, Issued, LIST_WIDTH, Outcome, judge};
use crate::checks::{certificate_not_signed, status_list_not_signed};
use crate::counts::Counts;
use crate::finding::{At, Findings};
use crate::input::{CouldNot, Input, Task};

impl Outcome<'_> {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, CouldNot> {
        let unread = |error: ReadError| CouldNot::Read { path: path.to_owned(), why: error.to_string() };
        self.disclosure.read(path).map_err(unread)
    }

    fn lines<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, CouldNot> {
        let unread = |(line, why): (usize, serde_json::Error)| CouldNot::Disclosure(format!("{path}:{line}: {why}"));
        lines::parse(&self.bytes(path)?).map_err(unread)
    }

    /// Reads and judges the certificates.
    pub(super) fn certificates(
        &self,
        input: &Input<'_>,
        keys: &TrustedKeys,
        ending: &mut Ending<'_>,
        counts: &mut Counts,
        findings: &mut Findings,
    ) -> Result<(), CouldNot> {
        counts.certificates = 0;
        for path in lines::files("certificates", self.manifest.certificates) {
            let lines: Vec<CertificateLine> = self.lines(&path)?;
            counts.certificates = counts.certificates.saturating_add(lines.len() as u64);
            // Signatures take most of the time, and none needs another's.
            let mut genuine: Vec<Option<Result<Certificate, String>>> = lines.iter().map(|_| None).collect();
            let tasks = genuine.chunks_mut(50).zip(lines.chunks(50)).map(|(slots, lines)| -> Task<'_> {
                Box::new(move || {
                    slots.iter_mut().zip(lines).for_each(|(slot, line)| *slot = Some(signed(&line.message, keys)));
                })
            });
            input.workers.run(tasks.collect());
            for (line, genuine) in lines.iter().zip(genuine.into_iter().flatten()) {
                match genuine {
                    Ok(certificate) => self.certificate(certificate, line.position, ending, findings),
                    Err(why) => {
                        let at = At { leaf: Some(line.position), ..At::place(path.clone()) };
                        certificate_not_signed::check(at, &why, findings);
                        // Whose it would be is told all the same, so that it does not count as missing too.
                        let id = Certificate::read(&line.message).ok().as_ref().and_then(Issued::id);
                        ending.certificates.extend(id.map(|id| (id, line.position)));
                    }
                }
            }
        }
        Ok(())
    }

    fn certificate(&self, certificate: Certificate, position: u64, ending: &mut Ending<'_>, findings: &mut Findings) {
        let id = Issued::id(&certificate);
        let case = id.and_then(|id| self.cases.get(&id));
        let service = case.and_then(|kept| self.definitions.get(&kept.definition)).map(|service| &***service);
        let issued = Issued { certificate, position, case, service, zone: &self.manifest.zone };
        judge(&issued, findings);
        ending.certificates.extend(id.map(|id| (id, position)));
    }

    /// Reads the status lists, those that hold.
    pub(super) fn status_lists(
        &self,
        keys: &TrustedKeys,
        counts: &mut Counts,
        findings: &mut Findings,
    ) -> Result<BTreeMap<u64, StatusList>, CouldNot> {
        let mut lists = BTreeMap::new();
        // The lists that a log of this size needs, whatever the zone says how many there are.
        let needed = self.manifest.size.div_ceil(LIST_WIDTH);
        for number in 0..self.manifest.status_lists.max(needed) {
            let path = status_path(number);
            if number >= self.manifest.status_lists {
                status_list_not_signed::check(&path, &"it was not disclosed", findings);
                continue;
            }
            match SignedStatusList::verify(&self.bytes(&path)?, keys) {
                Ok(list) => drop(lists.insert(number, list.list().clone())),
                Err(why) => status_list_not_signed::check(&path, &why, findings),
            }
        }
        counts.status_lists = lists.len() as u64;
        Ok(lists)
    }

    /// Reads the register records that cases entered.
    pub(super) fn records(&self, counts: &mut Counts) -> Result<BTreeMap<(String, String), Record>, CouldNot> {
        let mut records = BTreeMap::new();
        for path in lines::files("registers", self.manifest.records) {
            let lines: Vec<RecordLine> = self.lines(&path)?;
            records.extend(lines.into_iter().map(|line| ((line.register, line.key), line.record)));
        }
        counts.records = records.len() as u64;
        Ok(records)
    }

    /// The figures that the zone shows, where they were disclosed.
    pub(super) fn statistics(&self) -> Result<Option<Statistics>, CouldNot> {
        if !self.manifest.quiet {
            return Ok(None);
        }
        let unread = |error: serde_json::Error| CouldNot::Disclosure(format!("{STATISTICS}: {error}"));
        serde_json::from_slice(&self.bytes(STATISTICS)?).map(Some).map_err(unread)
    }
}

/// A certificate that somebody trusted signed, in force or not.
fn signed(message: &[u8], keys: &TrustedKeys) -> Result<Certificate, String> {
    // The moment does not matter: expired and not yet valid are as genuine as valid.
    match verify(Credential::Message(message), keys, 0, None) {
        Verdict::Valid(valid) => Ok(valid.certificate),
        Verdict::Expired { certificate, .. }
        | Verdict::NotYetValid { certificate, .. }
        | Verdict::Revoked { certificate }
        | Verdict::Suspended { certificate }
        | Verdict::StatusUnknown { certificate, .. } => Ok(*certificate),
        Verdict::UnknownKey { zone, kid } => Err(format!("signed by the key {kid} of {zone}, which is not known")),
        Verdict::BadSignature { zone, kid } => Err(format!("the signature by the key {kid} of {zone} does not hold")),
        Verdict::Malformed(malformed) => Err(malformed.to_string()),
    }
}
