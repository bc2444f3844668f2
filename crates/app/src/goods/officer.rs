//! An officer's way from a case to the history of the lot or receipt that it is about: that one alone, and only while the case waits for them.
//!
//! Must not know of: pages, what else anybody may look at.

use customs::goods::{Id, RowKey};
use definition::Checked;
use definition::model::{Service, Source};
use definition::value::Value;
use engine::case::Case;
use store::{CaseQuery, CasesOf};

use super::history::row_key;
use super::register_of;
use crate::accounts::Account;
use crate::{App, AppError};

/// Cases of a desk that are looked through.
const CASES: u32 = 500;

impl App {
    /// The lot or receipt that a fact of a case names, for whoever may look at its history: `lot` or `receipt`, and its number.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn goods_account_in(
        &self,
        account: &Account,
        service: &Checked<Service>,
        (fact, value): (&str, &Value),
    ) -> Result<Option<(&'static str, String)>, AppError> {
        let Some((kind, id)) = named(service, fact, value) else { return Ok(None) };
        let Some(key) = row_key(kind, &id) else { return Ok(None) };
        let Some(entry) = self.entry(key.kind(), &key.key()).await? else { return Ok(None) };
        let sees = self.sees_goods_account(account, &key, entry.owner.as_deref().unwrap_or_default()).await?;
        Ok(sees.then_some((kind, id)))
    }

    /// Whether somebody may look at a lot or receipt of this owner.
    pub(super) async fn sees_goods_account(
        &self,
        account: &Account,
        key: &RowKey,
        owner: &str,
    ) -> Result<bool, AppError> {
        match self.may_look(account, owner).await {
            Err(AppError::NotFound(_)) => self.is_about(account, key).await,
            other => other.map(|()| true),
        }
    }

    /// Whether a case that waits for an officer is about a lot or receipt.
    async fn is_about(&self, account: &Account, key: &RowKey) -> Result<bool, AppError> {
        let Some(officer) = account.officer.clone().filter(|officer| self.roster().serves(officer)) else {
            return Ok(false);
        };
        let of = CasesOf::Holder(officer);
        let query = CaseQuery { of, open: false, after: None, newest_first: false, limit: CASES };
        for row in self.store.cases(query).await? {
            let case: Case = serde_json::from_slice(&row.state)?;
            let service = self.definitions.by_hash(&*self.store, case.definition).await?;
            let names = |(fact, value): (&String, &Value)| {
                named(&service, fact, value).and_then(|(kind, id)| row_key(kind, &id)).as_ref() == Some(key)
            };
            if case.facts.iter().any(names) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a fact names in the register of lots or of receipts.
fn named(service: &Checked<Service>, fact: &str, value: &Value) -> Option<(&'static str, String)> {
    let Source::Register { register, .. } = &service.fact(fact)?.source else { return None };
    let Value::Text(id) = value else { return None };
    let any = Id::new("-").ok()?;
    let kinds = [("lot", RowKey::Lot(any.clone())), ("receipt", RowKey::Receipt(any))];
    let zone = service.zone();
    let is_in = |key: &RowKey| {
        let mut of = zone.functions.keys().filter_map(|function| register_of(zone, function, key));
        of.any(|(name, _)| name == register)
    };
    kinds.into_iter().find(|(_, key)| is_in(key)).map(|(kind, _)| (kind, id.clone()))
}
