//! Warehouse receipts that are void, and what becomes of the certificates of the cases that issued them. A receipt bears the reference of that case as its number.
//!
//! Must not know of: how a receipt came to be empty, status lists.

use credential::Certificate;
use customs::goods::{Id, Row, RowKey};
use definition::model::Service;
use engine::CaseId;
use store::{CaseQuery, CaseRow, CasesOf, NewMessage};

use super::are_moved_by;
use crate::functions::Ready;
use crate::jobs::outbox::Topic;
use crate::{App, AppError, status};

impl App {
    /// What tells the cases that issued them of receipts which what moved leaves empty: it is told once that is durable, as often as it takes.
    pub(crate) async fn void_messages(&self, ready: &Ready) -> Result<Vec<NewMessage>, AppError> {
        let void: Vec<Id> = {
            let rows = ready.rows.lock();
            let changed = rows.changed.iter().flat_map(|change| &change.rows);
            changed.filter_map(|(key, row)| key.void_receipt(row).cloned()).collect()
        };
        let mut messages = Vec::new();
        for receipt in &void {
            // One that was split off another bears no case's reference.
            if let Some(row) = self.issuer_of(receipt).await? {
                messages.push(Topic::Void { issuer: row.case }.message()?);
            }
        }
        Ok(messages)
    }

    /// Puts the certificate of a void receipt on the status list where it does not stand there; whether it did not. One that is not made yet comes onto it when it is.
    pub(super) async fn restore_void(&self, receipt: &Id) -> Result<bool, AppError> {
        let Some(row) = self.issuer_of(receipt).await? else { return Ok(false) };
        let Some((kept, _)) = self.kept_certificate(&row).await? else { return Ok(false) };
        let revocation = status::revocation(kept.position);
        if self.entry(&revocation.kind, &revocation.key).await?.is_some() {
            return Ok(false);
        }
        self.certify(row.case).await?;
        Ok(true)
    }

    /// The case that issued a receipt.
    async fn issuer_of(&self, receipt: &Id) -> Result<Option<CaseRow>, AppError> {
        let of = CasesOf::Reference(receipt.as_str().to_owned());
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: 1 };
        Ok(self.store.cases(query).await?.pop())
    }

    /// Whether what a case issued is a receipt that is void by now.
    pub(crate) async fn has_void_receipt(&self, service: &Service, case: CaseId) -> Result<bool, AppError> {
        if !are_moved_by(service) {
            return Ok(false);
        }
        self.is_void_receipt(&case.reference()).await
    }

    /// Whether a certificate of the zone's is a warehouse receipt that is void by now: that is why it was revoked then.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn is_void(&self, certificate: &Certificate) -> Result<bool, AppError> {
        self.is_void_receipt(&certificate.claims().case).await
    }

    /// Whether there is a receipt of this number, and nothing left of it.
    pub(crate) async fn is_void_receipt(&self, number: &str) -> Result<bool, AppError> {
        let Some(key) = Id::new(number).ok().map(RowKey::Receipt) else { return Ok(false) };
        let Some(entry) = self.entry(key.kind(), &key.key()).await? else { return Ok(false) };
        let row: Row = serde_json::from_slice(&entry.body)?;
        Ok(key.void_receipt(&row).is_some())
    }
}
