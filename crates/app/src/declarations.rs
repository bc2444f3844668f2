//! The declarant's desk: somebody's cases of services that take a declaration, with what customs worked out of each.
//!
//! Must not know of: pages, what a declaration says.

use std::collections::BTreeMap;
use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service, Source};
use definition::value::{Kind, Money, Value};

use crate::accounts::Account;
use crate::{App, AppError, CaseSummary, Declaring, Page};

/// Cases that are looked through at once.
const PART: u32 = 100;
/// Parts that are looked through for a page: somebody may have few declarations among many cases. What is left is on the next page.
const PARTS_MAX: usize = 20;

/// A service that takes a declaration.
#[derive(Clone, Debug)]
pub struct TakesDeclaration {
    /// The service.
    pub service: Arc<Checked<Service>>,
    /// Its fact that is the declaration.
    pub fact: Name,
    /// How that can be filled in.
    pub declaring: Declaring,
}

/// A declaration that became a case.
#[derive(Clone, Debug)]
pub struct DeclaredCase {
    /// The case.
    pub summary: CaseSummary,
    /// The declarant's reference; this and the rest only of one's own.
    pub reference: Option<String>,
    /// The key of whose goods they are.
    pub owner: Option<String>,
    /// What is to be paid for it in all, or was.
    pub payable: Option<Money>,
}

impl App {
    /// The services that take a declaration, by name.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn declared_services(&self) -> Result<Vec<TakesDeclaration>, AppError> {
        let mut found = Vec::new();
        for service in self.zone().services().values() {
            let asked = service
                .facts
                .iter()
                .filter(|fact| matches!(fact.source, Source::Ask { .. }) && fact.type_.kind() == Kind::Document);
            for fact in asked {
                if let Some(declaring) = self.declaring(service, &fact.name).await? {
                    let (service, fact) = (Arc::clone(service), fact.name.clone());
                    found.push(TakesDeclaration { service, fact, declaring });
                    break;
                }
            }
        }
        Ok(found)
    }

    /// The declarations that somebody applied with or may act in, newest first, from behind `after`.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn my_declarations(
        &self,
        account: &Account,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Page<DeclaredCase>, AppError> {
        let services = self.declared_services().await?;
        let (mut items, mut next) = (Vec::new(), after);
        for _ in 0..PARTS_MAX {
            let page = self.my_cases(account, next, PART).await?;
            for summary in page.items {
                let opened = summary.row.opened;
                let own = services.iter().find(|own| own.service.name == summary.case.service);
                let Some(own) = own else { continue };
                items.push(self.declared(summary, &own.declaring).await?);
                if items.len() >= limit {
                    return Ok(Page { items, next: Some(opened) });
                }
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        Ok(Page { items, next })
    }

    /// A list has no facts; one's own may be looked at. What an agent looks at of another's is kept for that one to see, so that a list shows nothing of it.
    async fn declared(&self, summary: CaseSummary, declaring: &Declaring) -> Result<DeclaredCase, AppError> {
        let facts = match summary.agency {
            None => self.load(summary.case.id).await?.2.facts,
            Some(_) => BTreeMap::new(),
        };
        let said = |name: &str| facts.get(&format!("{}.{name}", declaring.assessment));
        let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
        let money = |value: &Value| if let Value::Money(money) = value { Some(money.clone()) } else { None };
        let reference = said("reference").and_then(text);
        let payable = said("payable").and_then(money);
        let owner = declaring.owner.as_ref().and_then(|owner| facts.get(owner)).and_then(text);
        Ok(DeclaredCase { reference, owner, payable, summary })
    }
}
