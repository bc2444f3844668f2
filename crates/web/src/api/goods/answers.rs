//! The shapes of goods accounts as programs are told of them.
//!
//! Must not know of: requests.

use app::customs::goods::{Account, Content, HoldKind, Holding, Quantity, Status};
use app::definition::value::{Date, Money};
use app::engine::CaseId;
use app::{Company, GoodsAccount, GoodsBy, GoodsHolding, GoodsMove};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::schema;

/// Companies whose accounts the caller may look at.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsCompanies)]
pub(in crate::api) struct CompaniesAnswer {
    /// By key. A supervisor of goods may look at all companies, and none is named.
    pub(super) items: Vec<CompanyAnswer>,
}

/// A company whose accounts the caller may look at.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsCompany)]
pub(in crate::api) struct CompanyAnswer {
    /// Its key in the register.
    key: String,
    by: ByName,
}

/// How the caller comes to look.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsBy)]
pub(in crate::api) enum ByName {
    /// The company is theirs.
    Holder,
    /// They act for it under a mandate.
    Agent,
}

/// How much, in a unit of UN/ECE Recommendation 20.
#[derive(Serialize, ToSchema)]
#[schema(as = Quantity)]
pub(in crate::api) struct QuantityAnswer {
    #[schema(pattern = r"^[0-9]{1,19}(\.[0-9]{1,9})?$")]
    amount: String,
    #[schema(pattern = "^[A-Z0-9]{2,3}$")]
    unit: String,
}

/// What lies in a lot or under a receipt.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsHolding)]
pub(in crate::api) struct HoldingAnswer {
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
    /// How much of that is reserved for declarations that are open, and by which case; nobody else takes it.
    reserved: Vec<ReservedAnswer>,
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
pub(in crate::api) enum KindName {
    Lot,
    Receipt,
}

/// So much of goods that is reserved.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsReserved)]
pub(in crate::api) struct ReservedAnswer {
    /// The reference of the case.
    by: String,
    quantity: QuantityAnswer,
}

/// Something that keeps goods where they are.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsHold)]
pub(in crate::api) struct HoldAnswer {
    /// The act that says so.
    by: String,
    kind: HoldName,
}

/// Why goods are kept where they are.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = GoodsHoldKind)]
pub(in crate::api) enum HoldName {
    Inspection,
    Seizure,
}

/// A part of lots or receipts.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsPart)]
pub(in crate::api) struct PartAnswer {
    /// By number.
    pub(super) items: Vec<HoldingAnswer>,
    /// What to give as `cursor` for the part that follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

/// A lot or receipt with its history.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsAccount)]
pub(in crate::api) struct AccountAnswer {
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
pub(in crate::api) struct ContentAnswer {
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
pub(in crate::api) enum StatusName {
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
pub(in crate::api) struct MoveAnswer {
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
    /// What was done: `entry`, `issue`, `split`, `transfer`, `process`, `sample`, `loss`, `exit`, `reexport`, `transit`, `hold`, `free`, `accept`, `offer`,
    /// `withdraw`, `reject` or `surrender`.
    movement: String,
    /// How much came.
    came: QuantityAnswer,
    /// How much went.
    went: QuantityAnswer,
    /// Where it came from and went to.
    others: Vec<OtherAnswer>,
    /// What was there after it.
    balance: QuantityAnswer,
    /// To whom it was offered and until when; of an offer alone, and for whoever may look at all of its holder's.
    #[serde(skip_serializing_if = "Option::is_none")]
    offered: Option<OfferedAnswer>,
}

/// An offer of a receipt.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsOffered)]
pub(in crate::api) struct OfferedAnswer {
    /// The key of the company that may take it.
    to: String,
    /// The last day on which it can be taken.
    #[schema(value_type = String, format = Date)]
    until: Date,
}

/// Where goods came from or went to.
#[derive(Serialize, ToSchema)]
#[schema(as = GoodsOther)]
pub(in crate::api) struct OtherAnswer {
    /// `lot`, `receipt`, or an account at the boundary: `outside`, `processed`, `scrap`, `loss`, `sample`, `mainland`, `abroad` or `transit`.
    account: String,
    /// The number of a lot or receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
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
            reserved: of
                .reserved
                .into_iter()
                .map(|(by, quantity)| ReservedAnswer { by, quantity: quantity.into() })
                .collect(),
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
            offered: line.offered.map(|of| OfferedAnswer { to: of.to.to_string(), until: of.until }),
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
