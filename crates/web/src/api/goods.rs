//! Goods accounts: the companies that the caller may look at, their lots and receipts, and each with its history.
//!
//! Must not know of: who may look, how goods move.

use std::sync::Arc;

use app::customs::goods::{Account, Content, HoldKind, Holding, Quantity, Status};
use app::definition::value::Money;
use app::engine::CaseId;
use app::{Company, GoodsAccount, GoodsBy, GoodsHolding, GoodsMove};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::{At, Caller, NoParameters, Query};
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/goods/companies", get(companies))
        .route("/goods/lots", get(lots))
        .route("/goods/lots/{lot}", get(lot))
        .route("/goods/receipts", get(receipts))
        .route("/goods/receipts/{receipt}", get(receipt))
}

/// Companies whose accounts the caller may look at.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsCompanies)]
pub(super) struct CompaniesAnswer {
    /// By key. A supervisor of goods may look at all companies, and none is named.
    items: Vec<CompanyAnswer>,
}

/// A company whose accounts the caller may look at.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsCompany)]
pub(super) struct CompanyAnswer {
    /// Its key in the register.
    key: String,
    by: ByName,
}

/// How the caller comes to look.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsBy)]
pub(super) enum ByName {
    /// The company is theirs.
    Holder,
    /// They act for it under a mandate.
    Agent,
}

/// How much, in a unit of UN/ECE Recommendation 20.
#[derive(Serialize, ToSchema)]
#[schema(as = Quantity)]
pub(super) struct QuantityAnswer {
    #[schema(pattern = r"^[0-9]{1,19}(\.[0-9]{1,9})?$")]
    amount: String,
    #[schema(pattern = "^[A-Z0-9]{2,3}$")]
    unit: String,
}

/// What lies in a lot or under a receipt.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsHolding)]
pub(super) struct HoldingAnswer {
    kind: KindName,
    /// Its number.
    id: String,
    /// Whose the goods are: a company's key.
    owner: String,
    /// Where they lie.
    warehouse: String,
    /// What they are.
    #[schema(pattern = "^[0-9]{6,10}$")]
    commodity: String,
    /// How much there is.
    quantity: QuantityAnswer,
    /// What keeps them where they are.
    holds: Vec<HoldAnswer>,
    /// The lot that a receipt's goods were set apart from.
    #[serde(skip_serializing_if = "Option::is_none")]
    lot: Option<String>,
    /// The receipt that it takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
}

/// A lot, or a warehouse receipt.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsKind)]
pub(super) enum KindName {
    Lot,
    Receipt,
}

/// Something that keeps goods where they are.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsHold)]
pub(super) struct HoldAnswer {
    /// The act that says so.
    by: String,
    kind: HoldName,
}

/// Why goods are kept where they are.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsHoldKind)]
pub(super) enum HoldName {
    Inspection,
    Seizure,
}

/// A part of lots or receipts.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsPart)]
pub(super) struct PartAnswer {
    /// By number.
    items: Vec<HoldingAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A lot or receipt with its history.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsAccount)]
pub(super) struct AccountAnswer {
    holding: HoldingAnswer,
    /// The declared items that what is there came into the zone by.
    contents: Vec<ContentAnswer>,
    /// Its movements, oldest first.
    moves: Vec<MoveAnswer>,
    /// What to give as `after` for the movements that follow; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

/// What of a declared item is there.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsContent)]
pub(super) struct ContentAnswer {
    /// The declaration's reference.
    declaration: String,
    /// The item's number.
    item: u32,
    status: StatusName,
    #[schema(pattern = "^[0-9]{6,10}$")]
    commodity: String,
    quantity: QuantityAnswer,
    /// Its customs value.
    #[schema(value_type = schema::Money)]
    value: Money,
}

/// What goods were to customs when they came.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsStatus)]
pub(super) enum StatusName {
    /// From abroad, duty unpaid.
    Foreign,
    /// From the mainland, in free circulation there.
    Mainland,
    /// Of the zone itself.
    Zone,
}

/// A movement of a lot or receipt.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsMove)]
pub(super) struct MoveAnswer {
    /// When it was booked.
    at: Timestamp,
    /// The case whose end booked it; absent where it is another's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::CaseId>)]
    case: Option<CaseId>,
    /// The index of the entry in the public log.
    index: u64,
    /// How often the account had changed by then.
    number: u64,
    /// What was done: `entry`, `issue`, `split`, `transfer`, `process`, `sample`, `loss`, `exit`, `reexport`, `transit`, `hold` or `free`.
    movement: String,
    /// How much came.
    came: QuantityAnswer,
    /// How much went.
    went: QuantityAnswer,
    /// Where it came from and went to.
    others: Vec<OtherAnswer>,
    /// What was there after it.
    balance: QuantityAnswer,
}

/// Where goods came from or went to.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsOther)]
pub(super) struct OtherAnswer {
    /// `lot`, `receipt`, or an account at the boundary: `outside`, `processed`, `scrap`, `loss`, `sample`, `mainland`, `abroad` or `transit`.
    account: String,
    /// The number of a lot or receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

/// Which part of the lots or receipts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct GoodsListing {
    /// A company's key. Without it a supervisor of goods is given those of all.
    #[param(min_length = 1, max_length = 70)]
    company: Option<String>,
    /// Where to go on: the `next` of the part before.
    #[param(min_length = 1, max_length = 70)]
    cursor: Option<String>,
}

/// Which part of a history.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryPart {
    /// Where to go on: the `next` of the part before.
    after: Option<u64>,
}

/// The companies whose goods accounts the caller may look at
#[utoipa::path(
    get, path = "/api/v1/goods/companies", tag = "goods", operation_id = "goods-companies",
    responses((status = 200, description = "The companies", body = CompaniesAnswer)),
    security(("token" = []))
)]
pub(super) async fn companies(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    _: NoParameters,
) -> Result<Json<CompaniesAnswer>, Problem> {
    let items = site.app.goods_companies(&account).await?.into_iter().map(CompanyAnswer::from).collect();
    Ok(Json(CompaniesAnswer { items }))
}

/// Lots of a company, or of all
#[utoipa::path(
    get, path = "/api/v1/goods/lots", tag = "goods", operation_id = "lots", params(GoodsListing),
    responses((status = 200, description = "The lots", body = PartAnswer)),
    security(("token" = []))
)]
pub(super) async fn lots(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(listing): Query<GoodsListing>,
) -> Result<Json<PartAnswer>, Problem> {
    part(&site, &account, "lot", listing).await
}

/// Warehouse receipts of a company, or of all
#[utoipa::path(
    get, path = "/api/v1/goods/receipts", tag = "goods", operation_id = "receipts", params(GoodsListing),
    responses((status = 200, description = "The receipts", body = PartAnswer)),
    security(("token" = []))
)]
pub(super) async fn receipts(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(listing): Query<GoodsListing>,
) -> Result<Json<PartAnswer>, Problem> {
    part(&site, &account, "receipt", listing).await
}

async fn part(
    site: &Site,
    account: &app::Account,
    kind: &str,
    listing: GoodsListing,
) -> Result<Json<PartAnswer>, Problem> {
    for (name, given) in [("company", &listing.company), ("cursor", &listing.cursor)] {
        if given.as_ref().is_some_and(|given| !(1..=70).contains(&given.chars().count())) {
            return Err(Wire::parameter(name).into());
        }
    }
    let (items, next) = site.app.goods_of(account, (kind, listing.company.as_deref()), listing.cursor).await?;
    Ok(Json(PartAnswer { items: items.into_iter().map(HoldingAnswer::from).collect(), next }))
}

/// A lot with its history
#[utoipa::path(
    get, path = "/api/v1/goods/lots/{lot}", tag = "goods", operation_id = "lot",
    params(("lot" = String, Path, description = "Its number"), HistoryPart),
    responses((status = 200, description = "The lot", body = AccountAnswer)),
    security(("token" = []))
)]
pub(super) async fn lot(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(lot): At<String>,
    Query(part): Query<HistoryPart>,
) -> Result<Json<AccountAnswer>, Problem> {
    Ok(Json(site.app.goods_account(&account, ("lot", &lot), part.after).await?.into()))
}

/// A warehouse receipt with its history
#[utoipa::path(
    get, path = "/api/v1/goods/receipts/{receipt}", tag = "goods", operation_id = "receipt",
    params(("receipt" = String, Path, description = "Its number"), HistoryPart),
    responses((status = 200, description = "The receipt", body = AccountAnswer)),
    security(("token" = []))
)]
pub(super) async fn receipt(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    At(receipt): At<String>,
    Query(part): Query<HistoryPart>,
) -> Result<Json<AccountAnswer>, Problem> {
    Ok(Json(site.app.goods_account(&account, ("receipt", &receipt), part.after).await?.into()))
}

impl From<Company> for CompanyAnswer {
    fn from(Company { key, by }: Company) -> Self {
        let by = match by {
            GoodsBy::Holder => ByName::Holder,
            GoodsBy::Agent => ByName::Agent,
        };
        Self { key, by }
    }
}

impl From<Quantity> for QuantityAnswer {
    fn from(of: Quantity) -> Self {
        Self { amount: of.amount().normalize().to_string(), unit: of.kind().unit().to_owned() }
    }
}

impl From<GoodsHolding> for HoldingAnswer {
    fn from(of: GoodsHolding) -> Self {
        let (kind, id) = match of.holding {
            Holding::Lot(id) => (KindName::Lot, id),
            Holding::Receipt(id) => (KindName::Receipt, id),
        };
        let hold = |(by, kind)| HoldAnswer {
            by,
            kind: match kind {
                HoldKind::Inspection => HoldName::Inspection,
                HoldKind::Seizure => HoldName::Seizure,
            },
        };
        Self {
            kind,
            id: id.to_string(),
            owner: of.owner,
            warehouse: of.warehouse,
            commodity: of.commodity,
            quantity: of.balance.into(),
            holds: of.holds.into_iter().map(hold).collect(),
            lot: of.lot,
            replaces: of.replaces,
        }
    }
}

impl From<GoodsAccount> for AccountAnswer {
    fn from(of: GoodsAccount) -> Self {
        Self {
            holding: of.holding.into(),
            contents: of.contents.into_iter().map(ContentAnswer::from).collect(),
            moves: of.moves.into_iter().map(MoveAnswer::from).collect(),
            next: of.next,
        }
    }
}

impl From<Content> for ContentAnswer {
    fn from(of: Content) -> Self {
        let status = match of.status {
            Status::Foreign => StatusName::Foreign,
            Status::Mainland => StatusName::Mainland,
            Status::Zone => StatusName::Zone,
        };
        Self {
            declaration: of.item.declaration.to_string(),
            item: of.item.item,
            status,
            commodity: of.commodity.to_string(),
            quantity: of.quantity.into(),
            value: of.value,
        }
    }
}

impl From<GoodsMove> for MoveAnswer {
    fn from(GoodsMove { at, case, position, line }: GoodsMove) -> Self {
        Self {
            at,
            case,
            index: position,
            number: line.number,
            movement: line.movement,
            came: line.came.into(),
            went: line.went.into(),
            others: line.others.iter().map(OtherAnswer::from).collect(),
            balance: line.balance.into(),
        }
    }
}

impl From<&Account> for OtherAnswer {
    fn from(of: &Account) -> Self {
        let (account, id) = match of {
            Account::Lot(id) => ("lot", Some(id)),
            Account::Receipt(id) => ("receipt", Some(id)),
            Account::Outside => ("outside", None),
            Account::Processed => ("processed", None),
            Account::Scrap => ("scrap", None),
            Account::Loss => ("loss", None),
            Account::Sample => ("sample", None),
            Account::Mainland => ("mainland", None),
            Account::Abroad => ("abroad", None),
            Account::Transit => ("transit", None),
        };
        Self { account: account.to_owned(), id: id.map(ToString::to_string) }
    }
}
