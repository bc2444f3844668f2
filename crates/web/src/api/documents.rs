//! Documents: bringing one, and reading one that stands in a case.
//!
//! Must not know of: what a document is for, where it is kept.

use app::definition::model::Name;
use app::definition::value::Value;
use app::{Account, AppError};

use super::problem::Problem;
use crate::site::Site;

/// That every document among these facts is one that the account itself brought, as it brought it: so nobody reads another's by its hash.
///
/// # Errors
/// [`Problem::Documents`] with all that are not.
pub(super) async fn brought<'f>(
    site: &Site,
    account: &Account,
    facts: impl IntoIterator<Item = (&'f Name, &'f Value)>,
) -> Result<(), Problem> {
    let mut others = Vec::new();
    for (fact, value) in facts {
        let Value::Document(document) = value else { continue };
        match site.app.own_document(account, &document.sha256).await {
            Ok(own) if own == *document => {}
            Ok(_) | Err(AppError::NotFound(_)) => others.push(fact.clone()),
            Err(error) => return Err(error.into()),
        }
    }
    if others.is_empty() { Ok(()) } else { Err(Problem::Documents(others)) }
}
