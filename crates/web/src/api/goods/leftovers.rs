//! What is left over between the papers, as programs are told of it.
//!
//! Must not know of: who may look, what writes what off.

mod line;

use std::sync::Arc;

use app::customs::goods::{Left, MassDiffers, Passage};
use app::definition::value::Date;
use app::engine::CaseId;
use app::{LeftoverFilter, LeftoverOf, LeftoverView, LeftoverWay, Load, PaperKind, Settled, WentOut};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answers::QuantityAnswer;
use crate::api::caller::{Caller, Query};
use crate::api::passages::DoubtName;
use crate::api::problem::{Problem, Wire};
use crate::api::schema;
use crate::site::Site;
use line::LineAnswer;

/// Which part of what is left over.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::api) struct LeftoverListing {
    /// A kind of paper.
    paper: Option<PaperName>,
    /// A company's key. Without it a supervisor of goods is given what is left over of all.
    #[param(min_length = 1, max_length = 70)]
    company: Option<String>,
    /// Whether what was settled is wanted, too.
    settled: Option<bool>,
    /// Where to go on: the `next` of the part before.
    #[param(min_length = 1, max_length = 160)]
    cursor: Option<String>,
}

/// Of which paper something is left over.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Paper)]
pub(in crate::api) enum PaperName {
    /// A line of a cargo manifest, by which less or more came in than it is for.
    Manifest,
    /// A declaration by which nothing came in or was released yet.
    Declared,
    /// Goods that were released, and the pass with which they leave.
    Released,
    /// Goods in transit that were not discharged.
    Transit,
}

/// How it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = LeftoverState)]
enum StateName {
    /// It is to be written off yet, and nothing is late.
    Open,
    /// The pass ended, or the last day to arrive is over.
    Late,
    /// The pass was revoked, and the goods are booked out.
    Revoked,
    /// More came in than the manifest has, or the pass was used more than once.
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

/// A part of what is left over.
#[derive(Serialize, ToSchema)]
#[schema(as = Leftovers)]
pub(in crate::api) struct LeftoversAnswer {
    /// That of the case which was opened first comes first.
    items: Vec<LeftoverAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Something that is left over.
#[derive(Serialize, ToSchema)]
#[schema(as = Leftover)]
struct LeftoverAnswer {
    /// What it is called, for whoever settles it: `M-MANIFEST/LINE`, `R-CASE` or `T-CASE`; absent of a declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// How it was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    settled: Option<SettledAnswer>,
    paper: PaperName,
    state: StateName,
    since: Timestamp,
    /// How many whole days that is.
    days: u32,
    /// The case's service.
    service: String,
    /// The case; absent where it is not the caller's to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::CaseId>)]
    case: Option<CaseId>,
    /// The case's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// Whose goods they are: a company's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// The line of a manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<LineAnswer>,
    /// Of a declaration the declarant's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    declaration: Option<String>,
    /// The goods that were released.
    loads: Vec<LoadAnswer>,
    /// When the pass ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    /// The last day to arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    arrive_until: Option<Date>,
    /// The journey's key in its register.
    #[serde(skip_serializing_if = "Option::is_none")]
    journey: Option<String>,
    /// What went out with the pass.
    passages: Vec<OutAnswer>,
}

/// How something that was left over was settled.
#[derive(Serialize, ToSchema)]
#[schema(as = Settled)]
struct SettledAnswer {
    /// By which case.
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    at: Timestamp,
    /// What explains it: a code of the zone's.
    cause: String,
    /// The grounds that the officers cited.
    grounds: Vec<String>,
    /// The officers, for whoever supervises.
    officers: Vec<String>,
}

/// Goods of an item that were released.
#[derive(Serialize, ToSchema)]
#[schema(as = Load)]
struct LoadAnswer {
    /// The declaration: the owner's key and the declarant's reference.
    declaration: String,
    item: u32,
    /// `exit` to the mainland, `reexport` or `transit`.
    to: String,
    #[schema(pattern = "^[0-9]{6,10}$")]
    commodity: String,
    quantity: QuantityAnswer,
    /// With its packing, by the declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross_mass: Option<QuantityAnswer>,
    /// How much of it was not written off by a gate.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<QuantityAnswer>,
    /// How much more went out than was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<QuantityAnswer>,
}

/// A passage out of a gate.
#[derive(Serialize, ToSchema)]
#[schema(as = WentOut)]
struct OutAnswer {
    at: Timestamp,
    /// The gate's account.
    gate: String,
    /// What the scale showed, in whole kilograms: load and vehicle.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross_mass_kg: Option<u32>,
    /// What the vehicle weighs without its load, in whole kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    tare_mass_kg: Option<u32>,
    /// By how much the load is lighter than what was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    lighter: Option<QuantityAnswer>,
    /// By how much it is heavier.
    #[serde(skip_serializing_if = "Option::is_none")]
    heavier: Option<QuantityAnswer>,
    /// Why it writes nothing off; absent where the pass held when it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<DoubtName>,
}

/// What is left over between manifest, declaration, release, gate and arrival: of a company, or of all
#[utoipa::path(
    get, path = "/api/v1/goods/leftovers", tag = "goods", operation_id = "leftovers", params(LeftoverListing),
    responses((status = 200, description = "What is left over", body = LeftoversAnswer)),
    security(("token" = []))
)]
pub(in crate::api) async fn leftovers(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(listing): Query<LeftoverListing>,
) -> Result<Json<LeftoversAnswer>, Problem> {
    for (name, given, most) in [("company", &listing.company, 70), ("cursor", &listing.cursor, 160)] {
        if given.as_ref().is_some_and(|given| !(1..=most).contains(&given.chars().count())) {
            return Err(Wire::parameter(name).into());
        }
    }
    let kind = listing.paper.map(PaperKind::from);
    let filter = LeftoverFilter { kind, owner: listing.company, settled: listing.settled == Some(true) };
    let (left, next) = site.app.leftovers(&account, &filter, listing.cursor).await?;
    Ok(Json(LeftoversAnswer { items: left.into_iter().map(LeftoverAnswer::from).collect(), next }))
}

impl From<PaperName> for PaperKind {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::Manifest => Self::Manifest,
            PaperName::Declared => Self::Declared,
            PaperName::Released => Self::Released,
            PaperName::Transit => Self::Transit,
        }
    }
}

impl From<PaperKind> for PaperName {
    fn from(kind: PaperKind) -> Self {
        match kind {
            PaperKind::Manifest => Self::Manifest,
            PaperKind::Declared => Self::Declared,
            PaperKind::Released => Self::Released,
            PaperKind::Transit => Self::Transit,
        }
    }
}

impl From<LeftoverWay> for StateName {
    fn from(way: LeftoverWay) -> Self {
        match way {
            LeftoverWay::Open => Self::Open,
            LeftoverWay::Late => Self::Late,
            LeftoverWay::Revoked => Self::Revoked,
            LeftoverWay::Beyond => Self::Beyond,
            LeftoverWay::Unknown => Self::Unknown,
            LeftoverWay::Goods => Self::Goods,
            LeftoverWay::Mass => Self::Mass,
            LeftoverWay::Arrived => Self::Arrived,
        }
    }
}

impl From<LeftoverView> for LeftoverAnswer {
    fn from(
        LeftoverView { id, settled, since, days, way, service, case, reference, owner, what }: LeftoverView,
    ) -> Self {
        let mut answer = Self {
            id,
            settled: settled.map(|Settled { case, at, cause, grounds, officers, .. }| SettledAnswer {
                case,
                at,
                cause,
                grounds,
                officers,
            }),
            paper: what.kind().into(),
            state: way.into(),
            since,
            days,
            service,
            case,
            reference,
            owner,
            manifest: None,
            declaration: None,
            loads: Vec::new(),
            until: None,
            arrive_until: None,
            journey: None,
            passages: Vec::new(),
        };
        match what {
            LeftoverOf::Manifest { line, filed, left, entered } => {
                answer.manifest = Some(LineAnswer::of(line, filed, left, entered));
            }
            LeftoverOf::Declared { reference, .. } => answer.declaration = reference,
            LeftoverOf::Released { loads, left, until, went_out, journey } => {
                let left_of = |load: Load| {
                    let own = left.iter().find(|(item, _)| *item == load.item).map(|(_, left)| left.clone());
                    LoadAnswer::of(load, own)
                };
                answer.loads = loads.into_iter().map(left_of).collect();
                answer.until = until;
                answer.passages = went_out.into_iter().map(OutAnswer::from).collect();
                answer.journey = journey.map(|record| record.key);
            }
            LeftoverOf::Transit { loads, record, until } => {
                answer.loads = loads.into_iter().map(|load| LoadAnswer::of(load, None)).collect();
                answer.journey = Some(record.key);
                answer.arrive_until = until;
            }
        }
        answer
    }
}

fn open_and_beyond(left: Option<Left>) -> (Option<QuantityAnswer>, Option<QuantityAnswer>) {
    match left {
        Some(Left::Open(quantity) | Left::OtherGoods(quantity, _)) => (Some(quantity.into()), None),
        Some(Left::Beyond(quantity)) => (None, Some(quantity.into())),
        _ => (None, None),
    }
}

impl LoadAnswer {
    fn of(load: Load, left: Option<Left>) -> Self {
        let to = match load.to {
            Passage::Entry => "entry",
            Passage::Exit => "exit",
            Passage::Reexport => "reexport",
            Passage::Transit => "transit",
        };
        let (open, beyond) = open_and_beyond(left);
        Self {
            declaration: load.item.declaration.to_string(),
            item: load.item.item,
            to: to.to_owned(),
            commodity: load.commodity.to_string(),
            quantity: load.quantity.into(),
            gross_mass: load.gross.map(QuantityAnswer::from),
            open,
            beyond,
        }
    }
}

impl From<WentOut> for OutAnswer {
    fn from(WentOut { at, gate, weighed, differs, doubt }: WentOut) -> Self {
        let (lighter, heavier) = match differs {
            Some(MassDiffers::Lighter(by)) => (Some(by.into()), None),
            Some(MassDiffers::Heavier(by)) => (None, Some(by.into())),
            None => (None, None),
        };
        let gross_mass_kg = weighed.map(|weighed| weighed.gross_kg);
        let tare_mass_kg = weighed.and_then(|weighed| weighed.tare_kg);
        let doubt = doubt.map(DoubtName::from);
        Self { at, gate, gross_mass_kg, tare_mass_kg, lighter, heavier, doubt }
    }
}
