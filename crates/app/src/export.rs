//! All that the zone holds about the one who asks: so that they can see it, take it along, and say what is wrong with it.
//!
//! Must not know of: formats, pages.
//!
//! It holds what the person may see anyway, gathered in one place: a case as its applicant sees it, and nothing of other people but what such a page
//! says of them.

use std::collections::{BTreeMap, BTreeSet};

use definition::value::{DocumentRef, Money, Value};
use engine::CaseId;
use engine::event::What;
use engine::world::Record;
use jiff::Timestamp;
use store::{Entry, EntryQuery};

use crate::accounts::Account;
use crate::passages::Passed;
use crate::reads::{Purpose, Read};
use crate::{App, AppError, CaseView, Draft, Mandates, documents, registers};

/// Cases in one part.
pub const CASES: u32 = 100;
/// Entries read at once.
const BATCH: u32 = 1000;
/// The register that says who people are.
const PEOPLE: &str = "people";

/// All that is held about somebody; of many cases a part.
#[derive(Debug)]
pub struct Export {
    /// When it was gathered.
    pub at: Timestamp,
    /// Applications that were begun.
    pub drafts: Vec<Draft>,
    /// Cases, the newest first.
    pub cases: Vec<ExportedCase>,
    /// Where to go on with further cases; none at the end.
    pub next: Option<u64>,
    /// Documents that they brought.
    pub documents: Vec<DocumentRef>,
    /// Register records about them, and those that such a record holds.
    pub records: Vec<ExportedRecord>,
    /// Payments of these cases.
    pub payments: Vec<ExportedPayment>,
    /// Mandates that they gave or received.
    pub mandates: Mandates,
    /// Who read what about them, the newest first.
    pub reads: Vec<Read>,
    /// How many sessions, sign-in links and API tokens of theirs can still be used. The secrets themselves are not.
    pub sign_ins: u64,
    /// The identity by which they sign in through a provider.
    pub identity: Option<crate::Joined>,
}

/// A case with what it issued.
#[derive(Debug)]
pub struct ExportedCase {
    /// As the applicant sees it.
    pub view: CaseView,
    /// Its certificate as the text of its QR code, if the zone has one.
    pub certificate: Option<String>,
    /// Passages at gates with it, the newest first.
    pub passages: Vec<Passed>,
}

/// A record of a register.
#[derive(Debug)]
pub struct ExportedRecord {
    /// The register.
    pub register: String,
    /// Its key.
    pub key: String,
    /// Its values, by concept.
    pub values: BTreeMap<String, Value>,
}

/// A payment.
#[derive(Debug)]
pub struct ExportedPayment {
    /// For which case.
    pub case: CaseId,
    /// Its reference at the payment service.
    pub receipt: String,
    /// How much.
    pub amount: Money,
    /// When it was confirmed.
    pub at: Timestamp,
}

impl App {
    /// All that the zone holds about the one who asks; of their cases those after `after`.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn export(&self, account: &Account, after: Option<u64>) -> Result<Export, AppError> {
        let page = self.own_cases(account, after, CASES).await?;
        let mut cases = Vec::with_capacity(page.items.len());
        for summary in page.items {
            let view = self.case(account, summary.case.id).await?;
            let issued = view.case.ended.as_ref().is_some_and(|ended| ended.certificate.is_some());
            let shown = if issued { self.certificate(account, view.case.id).await } else { Ok(None) };
            let certificate = match shown {
                Ok(shown) => shown.map(|shown| shown.certificate.to_text()),
                Err(AppError::NotFound(_)) => None,
                Err(error) => return Err(error),
            };
            let passages = self.passages_of(view.case.id).await?;
            cases.push(ExportedCase { view, certificate, passages });
        }
        let views: Vec<CaseView> = cases.iter().map(|case| case.view.clone()).collect();
        let (records, reads) = match &account.person {
            Some(person) => (self.records_about(person).await?, self.reads_about(person, &views).await?),
            None => (Vec::new(), Vec::new()),
        };
        Ok(Export {
            at: self.clock.now(),
            drafts: self.drafts(account).await?,
            mandates: self.mandates(account).await?,
            payments: views.iter().flat_map(payments).collect(),
            cases,
            next: page.next,
            documents: self.documents_of(account).await?,
            records,
            reads,
            sign_ins: self.live_secrets(&account.id).await?,
            identity: self.identity_of(&account.id).await?,
        })
    }

    /// The person's own record, those that they hold, and those that these hold in turn, such as the premises of their company.
    async fn records_about(&self, person: &str) -> Result<Vec<ExportedRecord>, AppError> {
        let purpose = Purpose::own(person);
        let mut records = Vec::new();
        if let Some(Record { values, .. }) = self.record(&purpose, PEOPLE, person).await? {
            records.push(ExportedRecord { register: PEOPLE.to_owned(), key: person.to_owned(), values });
        }
        let registers: Vec<String> = self.zone().zone().registers.keys().cloned().collect();
        let mut holders = vec![(None, person.to_owned())];
        // In a zone whose people hold their own records, it was told already.
        let mut seen = BTreeSet::from([(PEOPLE.to_owned(), person.to_owned())]);
        while let Some((of, holder)) = holders.pop() {
            for register in &registers {
                if !self.holds(register, of.as_deref()) {
                    continue;
                }
                for (key, record) in self.held(&purpose, register, &holder).await? {
                    if seen.insert((register.clone(), key.clone())) {
                        holders.push((Some(register.clone()), key.clone()));
                        records.push(ExportedRecord { register: register.clone(), key, values: record.values });
                    }
                }
            }
        }
        Ok(records)
    }

    /// Whether records of a register are held by what `holder`'s key names: a person's when none. Keys of two registers may be the same by chance.
    fn holds(&self, register: &str, holder: Option<&str>) -> bool {
        let registers = &self.zone().zone().registers;
        let key = registers.get(holder.unwrap_or(PEOPLE)).map(|register| &register.key);
        let by = registers.get(register).and_then(|register| register.held_by.as_ref());
        by.is_some() && by == key
    }

    async fn documents_of(&self, account: &Account) -> Result<Vec<DocumentRef>, AppError> {
        let entries = self.all_of(documents::KIND, &account.id).await?;
        entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?)).collect()
    }

    pub(crate) async fn all_of(&self, kind: &str, owner: &str) -> Result<Vec<Entry>, AppError> {
        let mut found: Vec<Entry> = Vec::new();
        loop {
            let after = found.last().map(|entry| entry.key.clone());
            let (kind, owner) = (kind.to_owned(), Some(owner.to_owned()));
            let page = self.store.entries(EntryQuery { kind, key: None, owner, after, limit: BATCH }).await?;
            if page.is_empty() {
                return Ok(found);
            }
            found.extend(page);
        }
    }

    /// The records of a register that somebody holds.
    async fn held(
        &self,
        purpose: &Purpose<'_>,
        register: &str,
        holder: &str,
    ) -> Result<Vec<(String, Record)>, AppError> {
        let mut found: Vec<(String, Record)> = Vec::new();
        loop {
            let after = found.last().map(|(key, _)| key.clone());
            let page = registers::held(self, purpose, register, holder, after).await?;
            if page.is_empty() {
                return Ok(found);
            }
            found.extend(page);
        }
    }
}

fn payments(view: &CaseView) -> Vec<ExportedPayment> {
    let one = |(_, event): &(store::EventRow, engine::event::Event)| match &event.what {
        What::Paid { amount, receipt } => {
            let (case, receipt, amount) = (view.case.id, receipt.clone(), amount.clone());
            Some(ExportedPayment { case, receipt, amount, at: event.at })
        }
        _ => None,
    };
    view.history.iter().filter_map(one).collect()
}
