//! Whose account a provider's person opens.
//!
//! Must not know of: tokens, browsers.
//!
//! Two entries join an account to an identity, written together: one under issuer and subject, which finds the account, and one under the account, which
//! keeps every other identity out. The first sign-in writes them, and the account where there is none; they are never written over.

use std::collections::BTreeMap;

use definition::value::{self, Lines, Value, fold_key, writable};
use engine::reading::record_key;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Put;

use super::{Identity, IdentityError, Vouched};
use crate::accounts::{ACCOUNT, Account};
use crate::{App, AppError};

/// Entries under issuer and subject.
const SUBJECT: &str = "identity-subject";
/// Entries under the account.
const IDENTITY: &str = "identity";
/// The register that says who people are.
const PEOPLE: &str = "people";
/// The longest id of a person where the zone does not say what one looks like, in characters.
const PERSON_CHARS_MAX: usize = 64;
/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 120;

/// An identity that is joined to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The provider.
    pub issuer: String,
    /// Who the person is to it.
    pub subject: String,
    /// The account.
    pub account: String,
    /// When it was joined.
    pub since: Timestamp,
}

impl App {
    /// The account that somebody's identity opens: the one that it is joined to, or is joined to now.
    pub(super) async fn joined(&self, provider: &Identity, vouched: &Vouched) -> Result<Account, AppError> {
        let person = self.person_of(provider, vouched)?;
        match self.join(provider, vouched, &person).await {
            // Two first sign-ins at the same moment: the second finds what the first wrote.
            Err(AppError::Stale) => self.join(provider, vouched, &person).await,
            other => other,
        }
    }

    /// The identity that an account is joined to.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn identity_of(&self, account: &str) -> Result<Option<Joined>, AppError> {
        let entry = self.entry(IDENTITY, account).await?;
        Ok(entry.map(|entry| serde_json::from_slice(&entry.body)).transpose()?)
    }

    /// Parts an account from the identity that it is joined to: the next sign-in of its person joins it anew, and its sessions,
    /// sign-in links and API tokens end. Which identity it was.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is joined to none.
    pub async fn release_identity(&self, account: &str) -> Result<Joined, AppError> {
        let joined = self.identity_of(account).await?.ok_or(AppError::NotFound("identity"))?;
        let mut puts = self.part_identity(account).await?;
        // Whoever has the identity may be another than the person by now, and may have got links and tokens with it.
        puts.extend(self.ends_of(account).await?);
        self.store.put(puts).await?;
        self.forget_bearers(account);
        Ok(joined)
    }

    /// The writes that part an account from its identity; none where it is joined to none.
    pub(crate) async fn part_identity(&self, account: &str) -> Result<Vec<Put>, AppError> {
        let Some(joined) = self.identity_of(account).await? else { return Ok(Vec::new()) };
        let gone =
            |kind: &str, key: String| Put { kind: kind.to_owned(), key, owner: None, body: None, expected: None };
        Ok(vec![gone(SUBJECT, subject_key(&joined.issuer, &joined.subject)), gone(IDENTITY, account.to_owned())])
    }

    async fn join(&self, provider: &Identity, vouched: &Vouched, person: &str) -> Result<Account, AppError> {
        let subject = &vouched.claims.subject;
        let key = subject_key(&provider.issuer, subject);
        self.refresh_roster().await?;
        let account = self.entry(ACCOUNT, person).await?;
        let account = account.map(|entry| serde_json::from_slice::<Account>(&entry.body)).transpose()?;
        if let Some(entry) = self.entry(SUBJECT, &key).await? {
            let joined: Joined = serde_json::from_slice(&entry.body)?;
            // A provider that says today that somebody is another person than yesterday is not believed.
            let account = account.filter(|account| account.id == joined.account).ok_or(IdentityError::Taken)?;
            self.is_applicant(&account, person)?;
            return Ok(account);
        }
        if self.entry(IDENTITY, person).await?.is_some() {
            return Err(IdentityError::Taken.into());
        }
        let is_new = account.is_none();
        let account = account.unwrap_or_else(|| self.new_account(person, vouched));
        self.is_applicant(&account, person)?;
        let joined = Joined {
            issuer: provider.issuer.clone(),
            subject: subject.clone(),
            account: account.id.clone(),
            since: self.clock.now(),
        };
        let put = |kind: &str, key: &str, body: Vec<u8>| {
            let owner = Some(account.id.clone()).filter(|_| kind != ACCOUNT);
            Put { kind: kind.to_owned(), key: key.to_owned(), owner, body: Some(body), expected: Some(0) }
        };
        let body = serde_json::to_vec(&joined)?;
        let mut puts = vec![put(SUBJECT, &key, body.clone()), put(IDENTITY, person, body)];
        if is_new {
            puts.push(put(ACCOUNT, person, serde_json::to_vec(&account)?));
        }
        self.store.put(puts).await?;
        // Who it is is nobody's business who reads the program's log.
        tracing::info!(is_new, "an account is joined to the identity provider");
        Ok(account)
    }

    /// The person's id, in the form in which the register of people has it.
    fn person_of(&self, provider: &Identity, vouched: &Vouched) -> Result<String, AppError> {
        let none = || IdentityError::NoPerson(provider.claim.clone());
        let text = fold_key(vouched.text(&provider.claim).ok_or_else(none)?);
        writable(&text, Lines::One).map_err(|_| none())?;
        let zone = self.zone().zone();
        let concept = zone.registers.get(PEOPLE).and_then(|register| zone.concepts.get(&register.key));
        let value = match concept {
            Some(concept) => value::parse(&concept.type_, &text, &zone.lists).map_err(|_| none())?,
            None if text.chars().count() <= PERSON_CHARS_MAX => Value::Text(text),
            None => return Err(none().into()),
        };
        Ok(record_key(&value).filter(|key| !key.is_empty()).ok_or_else(none)?)
    }

    /// Whether an account is an applicant's and nothing else: who decides, supervises or keeps money and gates never comes in this way.
    fn is_applicant(&self, account: &Account, person: &str) -> Result<(), IdentityError> {
        let more = account.officer.is_some()
            || account.treasury
            || account.gate.is_some()
            || !account.roles.is_empty()
            || !account.supervises.is_empty()
            || self.register().of(&account.id).is_some();
        let own = account.person.as_deref() == Some(person);
        if own && !more { Ok(()) } else { Err(IdentityError::NotApplicant) }
    }

    fn new_account(&self, person: &str, vouched: &Vouched) -> Account {
        let name = vouched.text("name").map(as_name).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| person.to_owned());
        let names: BTreeMap<String, String> =
            self.zone().zone().languages.iter().map(|language| (language.clone(), name.clone())).collect();
        Account {
            id: person.to_owned(),
            person: Some(person.to_owned()),
            officer: None,
            roles: Vec::new(),
            supervises: Vec::new(),
            treasury: false,
            gate: None,
            names,
        }
    }
}

fn subject_key(issuer: &str, subject: &str) -> String {
    // An issuer has no white space, so the two cannot be cut elsewhere.
    hex::encode(Sha256::digest(format!("{issuer} {subject}").as_bytes()))
}

/// A name on one line, without what would turn the text around it.
fn as_name(text: &str) -> String {
    let fits = |character: &char| writable(character.encode_utf8(&mut [0; 4]), Lines::One).is_ok();
    text.trim().chars().filter(fits).take(NAME_CHARS_MAX).collect()
}
