//! Looking at goods accounts: whose they are, what lies in them, how that came about. Whoever may not look gets the same answer as for what is not there.
//!
//! Must not know of: pages. Who may look: whoever holds the company's record; whoever acts for it under a mandate that is good for a service that
//! moves goods; who supervises an authority whose services move goods. Officers see what the cases say that they were drawn for, and of each lot or receipt that a
//! case which waits for them names the history, for as long as it does (`officer.rs`).

use std::collections::BTreeMap;

use customs::goods::{Content, HistoryLine, HoldKind, Holding, Id, Quantity, Row, RowKey};
use definition::model::{Name, Service, Zone};
use engine::CaseId;
use engine::mandate::{self, Mandate};
use jiff::Timestamp;
use serde::Serialize;
use store::EntryQuery;

use super::history::{Kept, row_key};
use super::{are_moved_by, register_of};
use crate::accounts::Account;
use crate::{App, AppError, registers};

/// Most lots or receipts on a page.
const HOLDINGS: u32 = 50;
/// Lines of a history on a page.
const LINES: u32 = 50;
/// Most companies of one person.
const COMPANIES: u32 = 200;

/// How somebody comes to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GoodsBy {
    /// The company is theirs.
    Holder,
    /// They act for it under a mandate.
    Agent,
}

/// A company whose accounts somebody may look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Company {
    /// Its key in the register of owners.
    pub key: String,
    /// How they come to look.
    pub by: GoodsBy,
}

/// What lies in a lot or receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoodsHolding {
    /// Which.
    pub holding: Holding,
    /// Whose the goods are.
    pub owner: String,
    /// Where they lie.
    pub warehouse: String,
    /// What they are: six to ten digits.
    pub commodity: String,
    /// How much there is.
    pub balance: Quantity,
    /// How much of that is reserved, by the case whose declaration it is reserved for; nobody else takes it.
    pub reserved: BTreeMap<String, Quantity>,
    /// What keeps them where they are, by the act that says so.
    pub holds: BTreeMap<String, HoldKind>,
    /// The lot that a receipt's goods were set apart from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// The receipt that it takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

/// A line of an account's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoodsMove {
    /// When.
    pub at: Timestamp,
    /// The case whose end booked it, for whoever may see that case.
    pub case: Option<CaseId>,
    /// The place of the event in the public log.
    pub position: u64,
    /// What changed.
    #[serde(flatten)]
    pub line: HistoryLine,
}

/// A lot or receipt with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoodsAccount {
    /// What lies in it.
    #[serde(flatten)]
    pub holding: GoodsHolding,
    /// The declared items that what lies in it came from.
    pub contents: Vec<Content>,
    /// Its history, oldest first.
    pub moves: Vec<GoodsMove>,
    /// After which number the history goes on; none at its end.
    pub next: Option<u64>,
}

impl App {
    /// The companies whose accounts somebody may look at, by key. A supervisor may look at all, and none is named.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn goods_companies(&self, account: &Account) -> Result<Vec<Company>, AppError> {
        let (Some(person), Some(owners)) = (&account.person, self.goods_owners()) else { return Ok(Vec::new()) };
        let own = registers::held_keys(self, &owners, person, COMPANIES).await?;
        let mut found: BTreeMap<String, GoodsBy> = own.into_iter().map(|key| (key, GoodsBy::Holder)).collect();
        for (_, _, mandate) in self.acts_for(person).await? {
            if mandate.principal.register == owners && self.moves_goods_under(&mandate) {
                found.entry(mandate.principal.key.clone()).or_insert(GoodsBy::Agent);
            }
        }
        Ok(found.into_iter().map(|(key, by)| Company { key, by }).collect())
    }

    /// The lots (`lot`) or receipts (`receipt`) of a company by number, from behind one on; of all companies where none is named and a supervisor asks.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn goods_of(
        &self,
        account: &Account,
        (kind, owner): (&str, Option<&str>),
        after: Option<String>,
    ) -> Result<(Vec<GoodsHolding>, Option<String>), AppError> {
        match owner {
            Some(owner) => self.may_look(account, owner).await?,
            None if self.supervises_goods(account) => {}
            None => return Err(AppError::NotFound("goods account")),
        }
        let kind = row_key(kind, "-").ok_or(AppError::NotFound("goods account"))?.kind();
        let owner = owner.map(str::to_owned);
        let query = EntryQuery { kind: kind.to_owned(), key: None, owner, after, limit: HOLDINGS };
        let entries = self.store.entries(query).await?;
        let full = entries.len() >= HOLDINGS as usize;
        let next = entries.last().filter(|_| full).map(|entry| entry.key.clone());
        let mut found = Vec::new();
        for entry in &entries {
            let row: Row = serde_json::from_slice(&entry.body)?;
            found.extend(RowKey::read(kind, &entry.key).and_then(|key| holding(&key, &row)));
        }
        Ok((found, next))
    }

    /// A lot or receipt with its history from behind a line on.
    ///
    /// # Errors
    /// [`AppError::NotFound`], for one of another company too.
    pub async fn goods_account(
        &self,
        account: &Account,
        (kind, id): (&str, &str),
        after: Option<u64>,
    ) -> Result<GoodsAccount, AppError> {
        let missing = || AppError::NotFound("goods account");
        let key = row_key(kind, id).ok_or_else(missing)?;
        let entry = self.entry(key.kind(), &key.key()).await?.ok_or_else(missing)?;
        let row: Row = serde_json::from_slice(&entry.body)?;
        let holding = holding(&key, &row).ok_or_else(missing)?;
        if !self.sees_goods_account(account, &key, &holding.owner).await? {
            return Err(missing());
        }
        let kept = self.history_of(&key, after, LINES).await?;
        let full = kept.len() >= LINES as usize;
        let next = kept.last().filter(|_| full).map(|kept| kept.line.number);
        // To whom a receipt was offered is its holder's to know, and not an officer's for whose case it is the receipt alone that counts.
        let theirs = match self.may_look(account, &holding.owner).await {
            Err(AppError::NotFound(_)) => false,
            other => other.map(|()| true)?,
        };
        let mut moves = Vec::with_capacity(kept.len());
        for mut kept in kept {
            kept.line.offered = kept.line.offered.filter(|_| theirs);
            moves.push(self.told_of(account, kept).await?);
        }
        let contents = row.stock().and_then(customs::goods::Stock::contents).unwrap_or_default();
        Ok(GoodsAccount { holding, contents, moves, next })
    }

    /// Whether the zone keeps goods accounts.
    pub fn keeps_goods(&self) -> bool {
        self.goods_services().next().is_some()
    }

    /// Whether somebody supervises an authority whose services move goods.
    pub fn supervises_goods(&self, account: &Account) -> bool {
        self.goods_services().any(|service| account.supervises.contains(&service.authority))
    }

    /// A line with its time, its place in the log, and its case for whoever may see that.
    async fn told_of(&self, account: &Account, Kept { case, seq, line }: Kept) -> Result<GoodsMove, AppError> {
        let damaged = || AppError::Internal(format!("case {case}: event {seq} is not there"));
        let event = self.store.history(case, seq.saturating_sub(1), 1).await?.pop().ok_or_else(damaged)?;
        let (row, service, state) = self.load(case).await?;
        let sees = match self.standing_with_appeal(account, &row, &service, &state).await {
            Ok((standing, _)) => standing.sees(),
            // Another company's case is none of theirs.
            Err(AppError::NotFound(_)) => false,
            Err(error) => return Err(error),
        };
        let at = Timestamp::from_millisecond(event.event.at_ms).map_err(|_| damaged())?;
        Ok(GoodsMove { at, case: sees.then_some(case), position: event.position, line })
    }

    pub(crate) async fn may_look(&self, account: &Account, owner: &str) -> Result<(), AppError> {
        if self.supervises_goods(account) || self.goods_companies(account).await?.iter().any(|own| own.key == owner) {
            return Ok(());
        }
        Err(AppError::NotFound("goods account"))
    }

    fn goods_owners(&self) -> Option<Name> {
        owners_of(self.zone().zone())
    }

    fn goods_services(&self) -> impl Iterator<Item = &Service> {
        self.zone().services().values().map(|service| &***service).filter(|service| are_moved_by(service))
    }

    fn moves_goods_under(&self, mandate: &Mandate) -> bool {
        let register = &mandate.principal.register;
        self.goods_services().any(|service| mandate::can_use(service, register) && mandate.is_for(&service.name))
    }
}

/// The register in which owners of goods stand: that by whose key the register of lots says whose they are.
pub(crate) fn owners_of(zone: &Zone) -> Option<Name> {
    let lot = RowKey::Lot(Id::new("-").ok()?);
    let lots = zone.functions.keys().find_map(|function| register_of(zone, function, &lot))?.1;
    let mut registers = zone.registers.iter();
    registers.find(|(_, register)| lots.held_by.as_ref() == Some(&register.key)).map(|(name, _)| name.clone())
}

fn holding(key: &RowKey, row: &Row) -> Option<GoodsHolding> {
    let stock = row.stock()?;
    let (holding, lot, replaces) = match (key, row) {
        (RowKey::Lot(id), _) => (Holding::Lot(id.clone()), None, None),
        (RowKey::Receipt(id), Row::Receipt(receipt)) => {
            let replaces = receipt.replaces.as_ref().map(ToString::to_string);
            (Holding::Receipt(id.clone()), Some(receipt.lot.to_string()), replaces)
        }
        _ => return None,
    };
    Some(GoodsHolding {
        holding,
        owner: stock.owner.to_string(),
        warehouse: stock.warehouse.to_string(),
        commodity: stock.commodity.to_string(),
        balance: stock.balance(),
        reserved: stock.reserved.iter().map(|(by, quantity)| (by.to_string(), *quantity)).collect(),
        holds: stock.holds.iter().map(|(by, kind)| (by.to_string(), *kind)).collect(),
        lot,
        replaces,
    })
}
