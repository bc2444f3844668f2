//! Payments that the treasury confirms, and those that came when the case no longer waited for them: the money must not be lost silently.
//!
//! Must not know of: how people pay.

use definition::value::Money;
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::refusal::{Refusal, RefusalKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{EntryQuery, Put};

use crate::accounts::Account;
use crate::act::{Acted, Key, TRIES};
use crate::{App, AppError};

const UNAPPLIED: &str = "payment-unapplied";
/// Receipts by their digest, and the case that each paid for.
const RECEIPT: &str = "receipt";

/// A payment as the treasury tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its reference at the payment service (1 to 64 characters).
    pub receipt: String,
    /// How much.
    pub amount: Money,
}

/// Money that arrived for a case that does not wait for it, and is to be given back.
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
    /// Why the case did not take it, such as `time-ran-out`.
    pub why: String,
}

/// The write that says which case a receipt paid for, so that it pays for no other.
pub(crate) fn receipt_put(receipt: &str, case: CaseId) -> Put {
    let body = Some(case.to_string().into_bytes());
    Put { kind: RECEIPT.to_owned(), key: digest(receipt), owner: None, body, expected: Some(0) }
}

fn digest(receipt: &str) -> String {
    hex::encode(<sha2::Sha256 as sha2::Digest>::digest(receipt))
}

impl App {
    /// Records a payment that the treasury's own account confirms, once for each key.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other account; [`AppError::Refused`] when the case does not wait for it: then it is kept as unapplied.
    pub async fn confirm_payment_as(
        &self,
        account: &Account,
        case: CaseId,
        payment: &Payment,
        key: Key,
    ) -> Result<Acted, AppError> {
        if !account.treasury {
            return Err(AppError::Forbidden);
        }
        for _ in 0..TRIES {
            if let Some(acted) = self.replayed(account, Some(&key)).await? {
                return Ok(acted);
            }
            match self.pay_once(case, payment, Some(key.clone().of_account(account))).await {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    /// Records a payment that the treasury confirms.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the case does not wait for it: then it is kept as unapplied.
    pub async fn confirm_payment(&self, case: CaseId, payment: &Payment) -> Result<Acted, AppError> {
        for _ in 0..TRIES {
            match self.pay_once(case, payment, None).await {
                Err(AppError::Stale) => {}
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    async fn pay_once(&self, case: CaseId, payment: &Payment, key: Option<Key>) -> Result<Acted, AppError> {
        let (row, service, state) = self.load(case).await?;
        let paid = self.entry(RECEIPT, &digest(&payment.receipt)).await?;
        if paid.is_some_and(|paid| paid.body != case.to_string().into_bytes()) {
            return Err(Refusal::ReceiptUsed.into());
        }
        let Payment { receipt, amount } = payment.clone();
        let act = Act::Pay { receipt, amount };
        let done = self.do_act(&Actor::Treasury, row, &service, &state, &act, key).await;
        if let Err(AppError::Refused(refusal)) = &done {
            self.keep_unapplied(case, payment, refusal).await?;
        }
        done
    }

    /// Keeps a payment that was refused because the case does not wait for it, or not for so much. The same receipt is kept once, however often it comes.
    async fn keep_unapplied(&self, case: CaseId, payment: &Payment, refusal: &Refusal) -> Result<(), AppError> {
        let kind = refusal.kind();
        let not_taken = [RefusalKind::Ended, RefusalKind::NotNow, RefusalKind::TimeRanOut, RefusalKind::WrongAmount]
            .contains(&kind);
        if !not_taken {
            return Ok(());
        }
        let why = serde_json::to_value(kind)?.as_str().unwrap_or_default().to_owned();
        let Payment { receipt, amount } = payment.clone();
        tracing::warn!(%case, receipt, why, "money arrived for a case that does not wait for it; it is to be given back");
        let key = format!("{case}/{}", digest(&receipt));
        let unapplied = Unapplied { case, receipt, amount, at: self.clock.now(), why };
        let put = Put {
            kind: UNAPPLIED.to_owned(),
            key,
            owner: Some(case.to_string()),
            body: Some(serde_json::to_vec(&unapplied)?),
            expected: None,
        };
        Ok(self.store.put(vec![put]).await?)
    }

    /// Payments that are to be given back, at most `limit` (1 to 1000).
    ///
    /// # Errors
    /// When the store is away.
    pub async fn unapplied_payments(&self, limit: u32) -> Result<Vec<Unapplied>, AppError> {
        let query = EntryQuery { kind: UNAPPLIED.to_owned(), key: None, owner: None, after: None, limit };
        let entries = self.store.entries(query).await?;
        entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?)).collect()
    }
}
