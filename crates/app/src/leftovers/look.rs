//! Looking at what is left over: a supervisor at all of it, a company at its own.
//!
//! Must not know of: pages. Who may look is asked as for the goods accounts (`goods/look.rs`).

use customs::goods::Left;
use engine::CaseId;
use engine::case::Case;
use jiff::Timestamp;
use serde::Serialize;
use store::{CaseRow, EntryQuery, Store};

use super::follow::{JOURNEY, Journey, journey_key};
use super::settled::{self, Settled};
use super::{Kept, PaperKind, What};
use crate::accounts::Account;
use crate::{App, AppError};

/// Most that a part of the list has.
const PART: usize = 50;

/// What of the list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftoverFilter {
    /// Of which kind of paper alone.
    pub kind: Option<PaperKind>,
    /// Whose goods alone: a key of the register of owners.
    pub owner: Option<String>,
    /// Whether what was settled is asked for, too.
    pub settled: bool,
}

/// How something that is left over stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LeftoverWay {
    /// It is to be written off yet, and nothing is late.
    Open,
    /// The pass ended, or the last day to arrive is over, and it was not written off.
    Late,
    /// The pass was revoked, and the goods are booked out.
    Revoked,
    /// More came in than the manifest has, or more went out than was released: the pass was used more than once.
    Beyond,
    /// Something came in by a line of a manifest that nobody filed.
    Unknown,
    /// Other goods came in by a line of a manifest than it is for.
    Goods,
    /// What went out weighed more or less than what was released, beyond the zone's tolerance.
    Mass,
    /// The journey was discharged where it arrives, and no gate let the goods out.
    Arrived,
}

impl LeftoverWay {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Revoked => "revoked",
            Self::Beyond => "beyond",
            Self::Unknown => "unknown",
            Self::Goods => "goods",
            Self::Mass => "mass",
            Self::Arrived => "arrived",
        }
    }
}

/// Something that is left over, as somebody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftoverView {
    /// What it is called, for whoever settles it; none of a declaration, which ends with its own case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How it was settled, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// How it stands.
    pub way: LeftoverWay,
    /// Since when it is left over.
    pub since: Timestamp,
    /// How many whole days that is.
    pub days: u32,
    /// The case's service.
    pub service: String,
    /// The case, for whoever may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// Its reference, for the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whose goods they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Of what.
    #[serde(flatten)]
    pub what: What,
}

/// A part of what is left over, and where to go on.
type Part<T> = (Vec<T>, Option<String>);

impl App {
    /// What is left over, that of the case which was opened first being first, from behind `after`; and where to go on.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for whoever may not look: without an owner a supervisor of goods may, else who may look at the owner's goods accounts.
    pub async fn leftovers(
        &self,
        account: &Account,
        filter: &LeftoverFilter,
        after: Option<String>,
    ) -> Result<Part<LeftoverView>, AppError> {
        match &filter.owner {
            Some(owner) => self.may_look(account, owner).await?,
            None if self.supervises_goods(account) => {}
            None => return Err(AppError::NotFound("list")),
        }
        let (kept, next) = kept(&*self.store, filter, after).await?;
        let mut views = Vec::with_capacity(kept.len());
        let sees_all = self.supervises_goods(account);
        for mut kept in kept {
            if let (false, What::Manifest { entered, .. }) = (sees_all, &mut kept.what) {
                // Whoever else names the same line does so in their own declarations, which are nobody else's to read.
                entered.retain(|(owner, ..)| filter.owner.as_deref() == Some(owner.as_str()));
            }
            let (row, service, state) = self.load(kept.case).await?;
            let sees = match self.standing_with_appeal(account, &row, &service, &state).await {
                Ok((standing, _)) => standing.sees(),
                Err(AppError::NotFound(_) | AppError::MayNot(_)) => false,
                Err(error) => return Err(error),
            };
            let mut view = one_view(&*self.store, kept, row, (&state, sees, self.clock.now())).await?;
            if let (false, Some(settled)) = (sees_all, &mut view.settled) {
                settled.officers.clear();
            }
            views.push(view);
        }
        views.retain(|view| filter.settled || view.settled.is_none());
        Ok((views, next))
    }
}

/// The same for whoever runs the zone, as it stands at this moment.
///
/// # Errors
/// When the store is away.
pub async fn all_leftovers(
    store: &dyn Store,
    filter: &LeftoverFilter,
    after: Option<String>,
    now: Timestamp,
) -> Result<Part<LeftoverView>, AppError> {
    let (kept, next) = kept(store, filter, after).await?;
    let mut views = Vec::with_capacity(kept.len());
    for kept in kept {
        let Some(row) = store.case(kept.case).await? else { continue };
        let state: Case = serde_json::from_slice(&row.state)?;
        views.push(one_view(store, kept, row, (&state, true, now)).await?);
    }
    views.retain(|view| filter.settled || view.settled.is_none());
    Ok((views, next))
}

async fn kept(store: &dyn Store, filter: &LeftoverFilter, after: Option<String>) -> Result<Part<Kept>, AppError> {
    let mut entries = Vec::new();
    for kind in PaperKind::ALL.into_iter().filter(|kind| filter.kind.is_none_or(|only| only == *kind)) {
        let query = EntryQuery {
            kind: kind.entry_kind().to_owned(),
            key: None,
            owner: filter.owner.clone(),
            after: after.clone(),
            limit: u32::try_from(PART).unwrap_or(u32::MAX),
        };
        entries.extend(store.entries(query).await?);
    }
    entries.sort_by(|one, other| one.key.cmp(&other.key));
    let more = entries.len() >= PART;
    entries.truncate(PART);
    let next = entries.last().filter(|_| more).map(|entry| entry.key.clone());
    let kept = entries.iter().map(|entry| Ok(serde_json::from_slice(&entry.body)?));
    Ok((kept.collect::<Result<_, AppError>>()?, next))
}

/// Whether goods that were released arrived where their journey ends.
async fn arrived(store: &dyn Store, what: &What) -> Result<bool, AppError> {
    let What::Released { journey: Some(record), .. } = what else { return Ok(false) };
    let query =
        EntryQuery { kind: JOURNEY.to_owned(), key: Some(journey_key(record)), owner: None, after: None, limit: 1 };
    let Some(entry) = store.entries(query).await?.pop() else { return Ok(false) };
    Ok(serde_json::from_slice::<Journey>(&entry.body)?.discharged.is_some())
}

/// One of them, for somebody who may see its case or not.
pub(super) async fn one_view(
    store: &dyn Store,
    kept: Kept,
    row: CaseRow,
    (state, sees, now): (&Case, bool, Timestamp),
) -> Result<LeftoverView, AppError> {
    let arrived = arrived(store, &kept.what).await?;
    let id = settled::name(&kept, &row.reference);
    let settled = settled::settled(store, id.as_ref(), &kept).await?;
    // The name of a release is its case's reference.
    let id = id.filter(|_| sees || matches!(kept.what, What::Manifest { .. })).map(|id| id.to_string());
    Ok(LeftoverView { id, settled, ..view(kept, row, state, (sees, arrived, now)) })
}

fn view(kept: Kept, row: CaseRow, state: &Case, (sees, arrived, now): (bool, bool, Timestamp)) -> LeftoverView {
    let Kept { case, since, late, owner, what, .. } = kept;
    let hours = now.duration_since(since).as_hours().max(0);
    let is_revoked = state.ended.as_ref().is_some_and(|ended| ended.revoked.is_some());
    let way = match &what {
        What::Manifest { left: Left::Beyond(_), .. } => LeftoverWay::Beyond,
        What::Manifest { left: Left::Unknown(_), .. } => LeftoverWay::Unknown,
        What::Manifest { left: Left::OtherGoods(..), .. } => LeftoverWay::Goods,
        What::Manifest { left: Left::OtherUnit(..), .. } => LeftoverWay::Mass,
        What::Released { went_out, .. } if went_out.len() > 1 => LeftoverWay::Beyond,
        What::Released { left, .. } if left.is_empty() => LeftoverWay::Mass,
        What::Released { .. } if arrived => LeftoverWay::Arrived,
        What::Released { .. } if is_revoked => LeftoverWay::Revoked,
        _ if late.is_some_and(|late| now >= late) => LeftoverWay::Late,
        _ => LeftoverWay::Open,
    };
    LeftoverView {
        id: None,
        settled: None,
        way,
        since,
        days: u32::try_from(hours / 24).unwrap_or(u32::MAX),
        service: row.service,
        case: sees.then_some(case),
        reference: sees.then_some(row.reference),
        owner,
        what,
    }
}
