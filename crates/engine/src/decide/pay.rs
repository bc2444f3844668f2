//! A payment arrived, as the treasury says: the payer's own word would not do.

use definition::model::StageKind;
use definition::value::Money;

use super::run::Run;
use super::text;
use crate::act::Actor;
use crate::case::Turn;
use crate::event::What;
use crate::refusal::Refusal;

/// Most characters of a payment's reference at the payment service.
const RECEIPT_MAX_CHARS: u32 = 64;

/// Whether this can be a payment at all, whichever case it is for: it has a reference, and money arrived.
///
/// # Errors
/// [`Refusal::BadText`], [`Refusal::BadCharacters`], [`Refusal::NothingPaid`].
pub fn payable(receipt: &str, paid: &Money) -> Result<(), Refusal> {
    text::line("receipt", receipt, RECEIPT_MAX_CHARS)?;
    if paid.minor > 0 { Ok(()) } else { Err(Refusal::NothingPaid) }
}

pub(super) fn pay(run: &mut Run<'_>, actor: &Actor, receipt: &str, paid: &Money) -> Result<(), Refusal> {
    if *actor != Actor::Treasury {
        return Err(Refusal::NotYours);
    }
    payable(receipt, paid)?;
    if run.case.receipts.contains(receipt) {
        return Err(Refusal::ReceiptUsed);
    }
    let Turn::Payment { amount, .. } = &run.case.turn else { return Err(run.not_now()) };
    if paid != amount {
        return Err(Refusal::WrongAmount { due: amount.clone(), paid: paid.clone() });
    }
    let StageKind::Pay { then, .. } = &run.stage()?.kind else { return Err(run.not_now()) };
    run.record(What::Paid { amount: paid.clone(), receipt: receipt.to_owned() })?;
    run.enter(then)
}
