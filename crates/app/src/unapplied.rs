//! Payments that came when no case waited for them: kept until the treasury gives them back, or until they are applied after all.
//!
//! Must not know of: how money is given back.

use definition::value::Money;
use engine::CaseId;
use engine::refusal::{Refusal, RefusalKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{EntryQuery, Put};

use crate::accounts::Account;
use crate::act::{Key, TRIES};
use crate::payments::{Payment, RECEIPT, digest};
use crate::{App, AppError};

/// Payments by the digest of their receipt: a receipt is one sum of money, whichever case it is said to be for.
const UNAPPLIED: &str = "payment-unapplied";
const KEY: &str = "payment-returned-key";

/// Money that arrived and that its case did not take. It is to be given back, unless it is applied after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unapplied {
    /// The case.
    pub case: CaseId,
    /// The payment's reference at the payment service.
    pub receipt: String,
    /// How much.
    pub amount: Money,
    /// When the treasury said so.
    pub at: Timestamp,
    /// Why the case did not take it, such as `time-ran-out`, or `too-few-officers` for what comes next.
    pub why: String,
}

/// Money that was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// What it was.
    pub payment: Unapplied,
    /// When the treasury said that it was given back.
    pub at: Timestamp,
    /// The account that said so.
    pub by: String,
}

/// What a request with an idempotency key said.
#[derive(Serialize, Deserialize)]
struct Said {
    request: [u8; 32],
    returned: Returned,
}

/// The write that takes a payment off the list, since it was applied.
pub(crate) fn taken_off(receipt: &str) -> Put {
    Put { kind: UNAPPLIED.to_owned(), key: digest(receipt), owner: None, body: None, expected: None }
}

impl App {
    /// Keeps a payment that was refused, whyever: the money is there, unless it is money that was taken before. The same receipt is kept once, however
    /// often it comes.
    pub(crate) async fn keep_unapplied(
        &self,
        case: CaseId,
        payment: &Payment,
        refusal: &Refusal,
    ) -> Result<(), AppError> {
        let kind = refusal.kind();
        if kind == RefusalKind::ReceiptUsed {
            return Ok(());
        }
        let why = serde_json::to_value(kind)?.as_str().unwrap_or_default().to_owned();
        let Payment { receipt, amount } = payment.clone();
        tracing::warn!(%case, receipt, why, ?refusal, "money arrived that the case did not take; it is to be applied or given back");
        let key = digest(&receipt);
        let unapplied = Unapplied { case, receipt, amount, at: self.clock.now(), why };
        let kept = Put {
            kind: UNAPPLIED.to_owned(),
            key: key.clone(),
            owner: Some(case.to_string()),
            body: Some(serde_json::to_vec(&unapplied)?),
            expected: None,
        };
        // Another case may have taken it meanwhile: then nothing is to be given back.
        let unused = Put { kind: RECEIPT.to_owned(), key, owner: None, body: None, expected: Some(0) };
        Ok(self.store.put(vec![kept, unused]).await?)
    }

    /// Payments that are to be given back, in the order of their receipts' digests, at most `limit` (1 to 1000), and where to go on: none at the end.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn unapplied_payments(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Vec<Unapplied>, Option<String>), AppError> {
        let query = EntryQuery { kind: UNAPPLIED.to_owned(), key: None, owner: None, after, limit };
        let entries = self.store.entries(query).await?;
        let is_full = entries.len() >= limit as usize;
        let next = entries.last().filter(|_| is_full).map(|entry| entry.key.clone());
        let payments = entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?));
        Ok((payments.collect::<Result<_, AppError>>()?, next))
    }

    /// As [`App::unapplied_payments`], for the treasury's own account.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other account.
    pub async fn unapplied_payments_as(
        &self,
        account: &Account,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Vec<Unapplied>, Option<String>), AppError> {
        if account.treasury { self.unapplied_payments(after, limit).await } else { Err(AppError::Forbidden) }
    }

    /// The treasury says that it gave a payment back, once for each key: it leaves the list, and its receipt pays for nothing any more.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other account; [`AppError::NotFound`] when no payment of this receipt, case and sum is to be given back;
    /// [`AppError::KeyReused`].
    pub async fn payment_returned(
        &self,
        account: &Account,
        case: CaseId,
        payment: &Payment,
        key: &Key,
    ) -> Result<Returned, AppError> {
        if !account.treasury {
            return Err(AppError::Forbidden);
        }
        let place = format!("{}/{}", account.id, key.key);
        for _ in 0..TRIES {
            if let Some(entry) = self.entry(KEY, &place).await? {
                let said: Said = serde_json::from_slice(&entry.body)?;
                return if said.request == key.request { Ok(said.returned) } else { Err(AppError::KeyReused) };
            }
            let entry = self.entry(UNAPPLIED, &digest(&payment.receipt)).await?.ok_or(AppError::NotFound("payment"))?;
            let kept: Unapplied = serde_json::from_slice(&entry.body)?;
            if (kept.case, &kept.amount) != (case, &payment.amount) {
                return Err(AppError::NotFound("payment"));
            }
            let returned = Returned { payment: kept, at: self.clock.now(), by: account.id.clone() };
            match self.store.put(writes(&returned, entry.version, &place, key)?).await.map_err(AppError::from) {
                Err(AppError::Stale) => {}
                other => {
                    other?;
                    let Payment { receipt, .. } = payment;
                    tracing::info!(%case, receipt, by = account.id, at = %returned.at, "money was given back");
                    return Ok(returned);
                }
            }
        }
        Err(AppError::Stale)
    }
}

/// The payment leaves the list; its receipt is used, and by whom it was given back stays written; the key has its answer.
fn writes(returned: &Returned, version: u64, place: &str, key: &Key) -> Result<Vec<Put>, AppError> {
    let own = digest(&returned.payment.receipt);
    let used = serde_json::to_vec(returned)?;
    let said = serde_json::to_vec(&Said { request: key.request, returned: returned.clone() })?;
    let put = |kind: &str, key: String, body, expected| Put { kind: kind.to_owned(), key, owner: None, body, expected };
    Ok(vec![
        put(UNAPPLIED, own.clone(), None, Some(version)),
        put(RECEIPT, own, Some(used), Some(0)),
        put(KEY, place.to_owned(), Some(said), Some(0)),
    ])
}
