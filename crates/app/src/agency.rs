//! Who may act for a company: what somebody's mandates say of a case or an application, and the use of one in the append that acts under it.
//!
//! Must not know of: how a mandate comes about, what an act means.
//!
//! An act under a mandate writes the mandate's entry at the version that it read, as the acts on the mandate do. So of an act and a revocation at the
//! same moment one is first in the log, and an act that comes after the revocation finds it.

use std::sync::Arc;

use definition::Checked;
use definition::model::{Name, Service};
use engine::CaseId;
use engine::act::Actor;
use engine::case::{Case, Person};
use engine::mandate::{self, Agency, Lacking, Mandate, Principal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Entry, EntryQuery, Put};

use crate::accounts::Account;
use crate::rights::Why;
use crate::{App, AppError, registers};

/// The kind of entry that says whose agent somebody may be; its key is the mandate, its owner the agent.
pub(crate) const KIND: &str = "mandate";
/// Entries read at once.
const BATCH: u32 = 1000;

/// What is kept of a mandate besides its stream; it follows from the stream and from what was done under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// For whom.
    pub(crate) principal: Principal,
    /// When it was used last.
    #[serde(default)]
    pub(crate) last_use: Option<Timestamp>,
    /// How often it was used.
    #[serde(default)]
    pub(crate) uses: u64,
    /// While nobody accepted it: until when it may be accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) offered_until: Option<Timestamp>,
}

impl Kept {
    /// Whether it is an offer that nobody accepted in its time.
    pub(crate) fn has_lapsed(&self, now: Timestamp) -> bool {
        self.offered_until.is_some_and(|until| until <= now)
    }
}

/// The write that takes an offer which nobody accepted from the list of whom it named: else their list could be filled by others.
pub(crate) fn swept(entry: &Entry, now: Timestamp) -> Option<Put> {
    let kept: Kept = serde_json::from_slice(&entry.body).ok()?;
    let Entry { kind, key, owner, body, version } = entry.clone();
    let lapsed = owner.is_some() && kept.has_lapsed(now);
    lapsed.then_some(Put { kind, key, owner: None, body: Some(body), expected: Some(version) })
}

/// In whose name somebody applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InName {
    /// The applicant: themselves, or whoever holds the principal.
    pub person: Person,
    /// The mandate under which they do it for another.
    pub agency: Option<Agency>,
}

impl InName {
    /// A person in their own name.
    pub fn own(person: impl Into<Person>) -> Self {
        Self { person: person.into(), agency: None }
    }
}

/// What a case is about when somebody acts in it for another: an appeal is about what it appeals against.
pub(crate) struct Subject {
    service: Arc<Checked<Service>>,
    case: Case,
    /// The service that hears the appeal, if the case is one.
    hears: Option<Arc<Checked<Service>>>,
}

impl Subject {
    /// Whether it is one in which an agent may act for the principal.
    fn is_about(&self, principal: &Principal) -> bool {
        self.hears.as_ref().is_none_or(|hears| mandate::can_appeal(hears, &principal.register))
            && mandate::is_about(&self.service, &self.case.facts, principal)
    }

    /// Whether a mandate that stands lets its agent act in it.
    pub(crate) fn is_under(&self, mandate: &Mandate) -> bool {
        mandate.is_for(&self.service.name) && self.is_about(&mandate.principal)
    }
}

/// What somebody's mandates say of a case.
pub(crate) enum Found {
    /// None has to do with it.
    Nothing,
    /// One lets them act.
    Stands(Agency),
    /// One did, and does no longer, or not yet.
    Lacks(Lacking),
}

impl App {
    /// A mandate as its stream has it.
    pub(crate) async fn mandate_state(&self, id: CaseId) -> Result<Option<Mandate>, AppError> {
        if !mandate::is_stream(&id) {
            return Ok(None);
        }
        let Some(row) = self.store.case(id).await? else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&row.state)?))
    }

    /// The mandates that name somebody as the agent, but offers that they did not accept in time.
    pub(crate) async fn mandates_of_agent(&self, agent: &str) -> Result<Vec<(CaseId, Kept)>, AppError> {
        let now = self.clock.now();
        let read = |entry: &Entry| {
            let id = entry.key.parse().map_err(|_| AppError::Internal(format!("mandate {}", entry.key)))?;
            Ok((id, serde_json::from_slice(&entry.body)?))
        };
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let (kind, owner) = (KIND.to_owned(), Some(agent.to_owned()));
            let page = self.store.entries(EntryQuery { kind, key: None, owner, after, limit: BATCH }).await?;
            let Some(last) = page.last() else { return Ok(found) };
            after = Some(last.key.clone());
            let page = page.iter().map(read).collect::<Result<Vec<(CaseId, Kept)>, AppError>>()?;
            found.extend(page.into_iter().filter(|(_, kept)| !kept.has_lapsed(now)));
        }
    }

    /// What a case is about.
    pub(crate) async fn subject(&self, service: &Arc<Checked<Service>>, case: &Case) -> Result<Subject, AppError> {
        let service = Arc::clone(service);
        let Some(original) = case.appeals else { return Ok(Subject { service, case: case.clone(), hears: None }) };
        let (_, of_original, original) = self.load(original).await?;
        Ok(Subject { service: of_original, case: original, hears: Some(service) })
    }

    /// What a person's mandates say of a case that is another's.
    pub(crate) async fn agency(
        &self,
        person: &str,
        service: &Arc<Checked<Service>>,
        case: &Case,
    ) -> Result<Found, AppError> {
        let own = self.mandates_of_agent(person).await?;
        if own.is_empty() || case.applicant.is_empty() {
            return Ok(Found::Nothing);
        }
        let subject = self.subject(service, case).await?;
        let (now, mut lacks) = (self.clock.now(), Found::Nothing);
        for (id, kept) in own {
            if !subject.is_about(&kept.principal) {
                continue;
            }
            let Some(mandate) = self.mandate_state(id).await? else { continue };
            match self.allows(&mandate, person, &subject.service, &subject.case.applicant, now).await? {
                Ok(()) => return Ok(Found::Stands(mandate.agency(id))),
                // Whoever could never act in the case learns nothing of it.
                Err(lacking) if knew(&mandate, &lacking, &subject.case) => lacks = Found::Lacks(lacking),
                Err(_) => {}
            }
        }
        Ok(lacks)
    }

    /// Whether a mandate lets somebody act in a service for an applicant who holds the principal still.
    async fn allows(
        &self,
        mandate: &Mandate,
        agent: &str,
        service: &Service,
        applicant: &str,
        now: Timestamp,
    ) -> Result<Result<(), Lacking>, AppError> {
        let Principal { register, key } = &mandate.principal;
        if !mandate::can_use(service, register) {
            return Ok(Err(Lacking::OtherService));
        }
        if registers::holder(self, register, key).await?.as_deref() != Some(applicant) {
            return Ok(Err(Lacking::NotThis));
        }
        Ok(mandate.allows(agent, &service.name, now))
    }

    /// The write that belongs to an act under a mandate, which stands at this moment: at the version that is read here.
    ///
    /// # Errors
    /// [`AppError::MayNot`] when it does not stand.
    pub(crate) async fn use_mandate(
        &self,
        agency: &Agency,
        service: &Service,
        applicant: &str,
        now: Timestamp,
    ) -> Result<Put, AppError> {
        let not_this = || AppError::from(Why::Mandate(Lacking::NotThis));
        let key = agency.mandate.to_string();
        // The entry first: what its stream says may then only be newer, and the append finds that it is.
        let entry = self.entry(KIND, &key).await?.ok_or_else(not_this)?;
        let mandate = self.mandate_state(agency.mandate).await?.ok_or_else(not_this)?;
        if mandate.agency(agency.mandate) != *agency {
            return Err(not_this());
        }
        let allowed = self.allows(&mandate, &agency.agent, service, applicant, now).await?;
        allowed.map_err(|lacking| AppError::from(Why::Mandate(lacking)))?;
        let kept: Kept = serde_json::from_slice(&entry.body)?;
        let kept = Kept { last_use: Some(now), uses: kept.uses.saturating_add(1), ..kept };
        let (owner, body) = (entry.owner, Some(serde_json::to_vec(&kept)?));
        Ok(Put { kind: KIND.to_owned(), key, owner, body, expected: Some(entry.version) })
    }

    /// The same for an act in a case; nothing when nobody acts for another.
    pub(crate) async fn use_in_case(
        &self,
        actor: &Actor,
        service: &Arc<Checked<Service>>,
        case: &Case,
        now: Timestamp,
    ) -> Result<Option<Put>, AppError> {
        let Actor::Agent(agency) = actor else { return Ok(None) };
        let subject = self.subject(service, case).await?;
        if !subject.is_about(&agency.principal) {
            return Err(Why::Mandate(Lacking::NotThis).into());
        }
        self.use_mandate(agency, &subject.service, &subject.case.applicant, now).await.map(Some)
    }

    /// In whose name somebody applies: their own, or for a principal under a mandate of theirs.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for an account that is no person's; [`AppError::NotFound`] for a mandate that is not there or another's;
    /// [`AppError::MayNot`] for one that does not stand or is not for this service.
    pub async fn in_name(
        &self,
        account: &Account,
        service: &str,
        appeals: Option<CaseId>,
        mandate: Option<CaseId>,
    ) -> Result<InName, AppError> {
        let person = account.person.as_deref().ok_or(AppError::Forbidden)?;
        let Some(id) = mandate else { return Ok(InName::own(person)) };
        let missing = || AppError::NotFound("mandate");
        let mandate = self.mandate_state(id).await?.filter(|mandate| mandate.agent == person).ok_or_else(missing)?;
        let (about, name): (Option<Person>, Name) = match appeals {
            None => (None, service.to_owned()),
            Some(original) => {
                let (_, service, original) = self.load(original).await?;
                if !mandate::is_about(&service, &original.facts, &mandate.principal) {
                    return Err(AppError::NotFound("case"));
                }
                (Some(original.applicant), service.name.clone())
            }
        };
        let may_not = |lacking| AppError::from(Why::Mandate(lacking));
        mandate.allows(person, &name, self.clock.now()).map_err(may_not)?;
        let service = self.definitions.current(service)?;
        let can = if appeals.is_some() { mandate::can_appeal } else { mandate::can_use };
        if !can(&service, &mandate.principal.register) {
            return Err(may_not(Lacking::OtherService));
        }
        let Principal { register, key } = &mandate.principal;
        let holder = registers::holder(self, register, key).await?.ok_or_else(|| may_not(Lacking::NotThis))?;
        if about.is_some_and(|applicant| applicant != holder) {
            return Err(AppError::NotFound("case"));
        }
        Ok(InName { person: holder, agency: Some(mandate.agency(id)) })
    }

    /// The mandates under which somebody may use a service now.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn mandates_for(&self, account: &Account, service: &Service) -> Result<Vec<(CaseId, Mandate)>, AppError> {
        let Some(person) = &account.person else { return Ok(Vec::new()) };
        let (now, mut found) = (self.clock.now(), Vec::new());
        for (id, kept) in self.mandates_of_agent(person).await? {
            if !mandate::can_use(service, &kept.principal.register) {
                continue;
            }
            let mandate = self.mandate_state(id).await?;
            found.extend(mandate.filter(|own| own.allows(person, &service.name, now).is_ok()).map(|own| (id, own)));
        }
        Ok(found)
    }

    /// Those for whom somebody may act now: who holds the principal, and the mandate.
    pub(crate) async fn acts_for(&self, agent: &str) -> Result<Vec<(Person, CaseId, Mandate)>, AppError> {
        let (now, mut found) = (self.clock.now(), Vec::new());
        for (id, kept) in self.mandates_of_agent(agent).await? {
            let Some(mandate) = self.mandate_state(id).await? else { continue };
            if mandate.standing(now) != mandate::Standing::Stands {
                continue;
            }
            let Principal { register, key } = &kept.principal;
            if let Some(holder) = registers::holder(self, register, key).await? {
                found.push((holder, id, mandate));
            }
        }
        Ok(found)
    }
}

/// Whether somebody knew of a case by a mandate that lets them act in it no longer: it stood when the case was there, and was for its service.
fn knew(mandate: &Mandate, lacking: &Lacking, case: &Case) -> bool {
    let ended = match lacking {
        Lacking::Revoked { at } | Lacking::GivenUp { at } => *at,
        Lacking::Expired { until } => *until,
        Lacking::NotAccepted | Lacking::NotYet { .. } | Lacking::OtherService | Lacking::NotThis => return false,
    };
    mandate.accepted.is_some() && mandate.is_for(&case.service) && mandate.from < ended && case.opened < ended
}
