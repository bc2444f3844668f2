//! Tracking: a case by the reference that it has here, or by the one that its declaration has of the declarant's own.
//!
//! Must not know of: pages. Whoever may not see a case gets the same answer as for a reference that nothing has.

use definition::value::{Value, fold_key};
use engine::case::Case;
use store::{CaseQuery, CasesOf};

use crate::accounts::Account;
use crate::{App, AppError, CaseView};

/// Cases of an applicant that are looked through for a reference, the newest: who has more finds the older ones by the case's own.
const LOOKED_THROUGH: u32 = 1000;
/// Cases read at once.
const BATCH: u32 = 200;
/// What a function calls the declarant's own reference, behind the fact that it worked out (`customs::functions`).
const REFERENCE: &str = ".reference";

impl App {
    /// The newest case that somebody may see and that has this reference: its own, as `of_case` has it, or that of its declaration.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn track(&self, account: &Account, of_case: &str, declared: &str) -> Result<CaseView, AppError> {
        match self.case_by_reference(account, of_case).await {
            Ok(view) if view.standing.sees() => return Ok(view),
            Ok(_) | Err(AppError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
        let missing = || AppError::NotFound("case");
        let person = account.person.clone().ok_or_else(missing)?;
        let others = self.acts_for(&person).await?.into_iter().map(|(holder, ..)| holder);
        let mut applicants: Vec<String> = std::iter::once(person).chain(others).collect();
        applicants.dedup();
        for applicant in applicants {
            if let Some(view) = self.declared_so(account, &applicant, &fold_key(declared)).await? {
                return Ok(view);
            }
        }
        Err(missing())
    }

    /// The newest of an applicant's cases whose declaration has this reference, if the account may see it.
    async fn declared_so(
        &self,
        account: &Account,
        applicant: &str,
        declared: &str,
    ) -> Result<Option<CaseView>, AppError> {
        let (mut after, mut seen) = (None, 0);
        while seen < LOOKED_THROUGH {
            let of = CasesOf::Applicant(applicant.to_owned());
            let query = CaseQuery { of, open: false, after, newest_first: true, limit: BATCH };
            let rows = self.store.cases(query).await?;
            let Some(last) = rows.last() else { return Ok(None) };
            (after, seen) = (Some(last.opened), seen.saturating_add(BATCH));
            for row in &rows {
                let case: Case = serde_json::from_slice(&row.state)?;
                let is_it = |(name, value): (&String, &Value)| {
                    name.ends_with(REFERENCE) && matches!(value, Value::Text(text) if fold_key(text) == declared)
                };
                if !case.facts.iter().any(is_it) {
                    continue;
                }
                match self.case(account, row.case).await {
                    Ok(view) if view.standing.sees() => return Ok(Some(view)),
                    Ok(_) | Err(AppError::NotFound(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(None)
    }
}
