//! Payments that the treasury confirms. What no case takes is kept in [`crate::unapplied`]: the money must not be lost silently.
//!
//! Must not know of: how people pay.

use definition::value::Money;
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::decide::payable;
use engine::refusal::Refusal;
use store::Put;

use crate::accounts::Account;
use crate::act::{Acted, Key, TRIES};
use crate::{App, AppError, unapplied};

/// Receipts by their digest, and the case that each paid for, or by whom it was given back.
pub(crate) const RECEIPT: &str = "receipt";

/// A payment as the treasury tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its reference at the payment service (1 to 64 characters).
    pub receipt: String,
    /// How much.
    pub amount: Money,
}

/// The writes that say which case a receipt paid for, so that it pays for no other and is not given back.
pub(crate) fn receipt_puts(receipt: &str, case: CaseId) -> [Put; 2] {
    let body = Some(case.to_string().into_bytes());
    let used = Put { kind: RECEIPT.to_owned(), key: digest(receipt), owner: None, body, expected: Some(0) };
    [used, unapplied::taken_off(receipt)]
}

/// A receipt as entries name it: it may have any characters.
pub(crate) fn digest(receipt: &str) -> String {
    hex::encode(<sha2::Sha256 as sha2::Digest>::digest(receipt))
}

impl App {
    /// Records a payment that the treasury's own account confirms, once for each key.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other account; [`AppError::Refused`] when the case does not take it: then it is kept as unapplied.
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
                // What is refused by now may have been done then: a repeat gets the first answer.
                Err(AppError::Refused(refusal)) => {
                    let first = self.replayed(account, Some(&key)).await?;
                    return first.ok_or(AppError::Refused(refusal));
                }
                other => return other,
            }
        }
        Err(AppError::Stale)
    }

    /// Records a payment that the treasury confirms.
    ///
    /// # Errors
    /// [`AppError::Refused`] when the case does not take it: then it is kept as unapplied.
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
        // What is no payment is refused before anything of it is kept.
        payable(&payment.receipt, &payment.amount)?;
        let (row, service, state) = self.load(case).await?;
        // In whichever case, this one too: what it paid is not to be given back when the case has moved on.
        if self.entry(RECEIPT, &digest(&payment.receipt)).await?.is_some() {
            return Err(Refusal::ReceiptUsed.into());
        }
        let Payment { receipt, amount } = payment.clone();
        let act = Act::Pay { receipt, amount };
        let done = self.do_act(&Actor::Treasury, row, &service, &state, &act, key, None).await;
        if let Err(AppError::Refused(refusal)) = &done {
            self.keep_unapplied(case, payment, refusal).await?;
        }
        done
    }
}
