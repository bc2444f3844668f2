//! What a manipulator signs anew when events were moved: certificates and the status list, which name leaves by their places.
//!
//! Must not know of: why they were moved.

use std::collections::HashMap;

use credential::{Issuer, SignedStatusList, Status, StatusBits, StatusList, StatusListTerms};
use record::lines::CertificateLine;
use record::manifest::status_path;

use crate::forge::Forge;

/// Places on one status list.
const LIST_WIDTH: u64 = 1 << 17;

impl Forge {
    /// What names a leaf by its place names it by its new one: whoever moves events signs certificates and status lists anew.
    pub fn follow_moves(&mut self) {
        let places = self.rows.iter().zip(0..).filter_map(|(row, now)| Some((row.was?, now)));
        let places: HashMap<u64, u64> = places.collect();
        if places.iter().all(|(was, now)| was == now) {
            return;
        }
        let place = |was: u64| places.get(&was).copied().unwrap_or(was);
        let certificates = self.certificates().into_iter().map(|line| {
            let Some(now) = places.get(&line.position).filter(|now| **now != line.position) else { return line };
            let moved = self.reissue(&line, |claims| {
                claims.status.iter_mut().for_each(|status| status.index = *now % LIST_WIDTH);
            });
            CertificateLine { position: *now, ..moved }
        });
        let certificates: Vec<CertificateLine> = certificates.collect();
        self.put_certificates(&certificates);
        let (revoked, issuer) = (self.revoked().into_iter().map(place).collect::<Vec<_>>(), self.issuer());
        self.put_list(&revoked, &issuer);
    }

    /// The places on the status list that are revoked.
    pub fn revoked(&self) -> Vec<u64> {
        let list = SignedStatusList::verify(&self.files[&status_path(0)], &self.issuer().trusted());
        // One that somebody else signed stays as it is.
        list.map_or(Vec::new(), |list| {
            (0..LIST_WIDTH).filter(|at| list.list().get(*at) == Some(Status::Invalid)).collect()
        })
    }

    /// Signs a status list with these revoked.
    pub fn put_list(&mut self, revoked: &[u64], issuer: &Issuer) {
        let mut list = StatusList::new(StatusBits::One, LIST_WIDTH).unwrap();
        revoked.iter().for_each(|position| list.set(*position, Status::Invalid).unwrap());
        let uri = format!("{}/status/0", self.manifest.base_url);
        let terms = StatusListTerms { uri, issued_s: 1, expires_s: None, refresh_s: None };
        let signed = issuer.issue_status_list(&list, &terms).unwrap();
        self.files.insert(status_path(0), signed.to_cose_bytes());
    }
}
