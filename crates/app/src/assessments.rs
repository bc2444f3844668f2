//! What a function worked out that a declaration owes, as somebody sees it who may see the case.
//!
//! Must not know of: how a figure is found (`customs::assess`), pages.

use customs::assess::{Assessment, MEDIA_TYPE};
use definition::value::{DocumentRef, Value};
use engine::CaseId;

use crate::accounts::Account;
use crate::{App, AppError, CaseView};

/// An assessment in its case.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The case.
    pub view: CaseView,
    /// The document that it is.
    pub document: DocumentRef,
    /// What it says; none where it is of another make than this program reads, and can only be kept.
    pub assessment: Option<Assessment>,
}

/// Whether a document is an assessment that a function made: people cannot bring documents of this type.
#[must_use]
pub fn is_assessment(document: &DocumentRef) -> bool {
    document.media_type == MEDIA_TYPE
}

impl App {
    /// The assessment that a fact of a case is.
    ///
    /// # Errors
    /// [`AppError::NotFound`], for whoever may not see the case too.
    pub async fn assessment(&self, account: &Account, case: CaseId, fact: &str) -> Result<Assessed, AppError> {
        let view = self.case(account, case).await?;
        let missing = || AppError::NotFound("assessment");
        let value = view.case.facts.get(fact).filter(|_| view.standing.sees()).ok_or_else(missing)?;
        let Value::Document(document) = value else { return Err(missing()) };
        if !is_assessment(document) {
            return Err(missing());
        }
        let document = document.clone();
        let assessment = Assessment::read(&self.whole(&document.sha256).await?);
        Ok(Assessed { view, document, assessment })
    }
}
