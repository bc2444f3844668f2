//! All that the zone holds about the caller, to be taken along.
//!
//! Must not know of: how it is gathered.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::value::{DocumentRef, Money, Value};
use app::engine::CaseId;
use app::{Account, AppError, Direction, Draft, Export, ExportedCase, Passage, Passed, Read};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, Query};
use super::cases::CaseAnswer;
use super::mandates::MandateAnswer;
use super::problem::{Problem, Wire};
use super::schema;
use crate::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/me/export", get(export))
}

/// Which part of the cases.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Cursor {
    /// Where to go on: the `next` of the part before.
    #[param(pattern = "^[0-9]{1,18}$", max_length = 18)]
    cursor: Option<String>,
}

/// All that the zone holds about somebody. Nothing here is another person's; officers are named where the case's page names them.
#[derive(Serialize, ToSchema)]
#[schema(as = Export)]
pub(crate) struct ExportAnswer {
    /// When it was gathered.
    at: Timestamp,
    /// The zone.
    zone: String,
    /// The account.
    account: AccountAnswer,
    /// Applications that were begun.
    drafts: Vec<DraftAnswer>,
    /// Cases, the newest first; at most 100 in a part.
    cases: Vec<OwnCase>,
    /// What to give as `cursor` for further cases; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Documents that the account brought. Those of a case are at `/api/v1/cases/{case}/documents/{sha256}`.
    #[schema(value_type = Vec<schema::DocumentRef>)]
    documents: Vec<DocumentRef>,
    /// Register records about the person, and those that such a record holds.
    records: Vec<RecordAnswer>,
    /// Payments of these cases.
    payments: Vec<PaymentAnswer>,
    /// Mandates that the person gave for what they hold.
    mandates_given: Vec<MandateAnswer>,
    /// Mandates that the person received.
    mandates_received: Vec<MandateAnswer>,
    /// Who read what about the person, the newest first.
    reads: Vec<ReadAnswer>,
}

/// An account.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnAccount)]
struct AccountAnswer {
    id: String,
    /// The number in the register of people.
    person: Option<String>,
    /// The officer on the roster.
    officer: Option<String>,
    roles: Vec<String>,
    /// Authorities whose queues the account supervises.
    supervises: Vec<String>,
    /// What they are called, in each language.
    names: BTreeMap<String, String>,
    /// Sessions, sign-in links and API tokens that are kept. The secrets themselves are not.
    sign_ins: u64,
    /// The identity by which they sign in, where they came through an identity provider.
    identity: Option<IdentityAnswer>,
}

/// An identity at a provider.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnIdentity)]
struct IdentityAnswer {
    /// The provider's issuer identifier.
    issuer: String,
    /// Who the person is to it.
    subject: String,
    /// When it was joined to the account.
    since: Timestamp,
}

/// An application that was begun.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnDraft)]
struct DraftAnswer {
    service: String,
    /// The case appealed against, for an appeal.
    #[schema(value_type = Option<schema::CaseId>)]
    appeals: Option<CaseId>,
    /// The mandate under which it was begun for another.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::MandateId>)]
    mandate: Option<CaseId>,
    #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
    facts: BTreeMap<String, Value>,
}

/// A case with what it issued.
#[derive(Serialize, ToSchema)]
struct OwnCase {
    /// As the applicant sees it.
    case: CaseAnswer,
    /// The text of its certificate's QR code, if the zone has one.
    certificate: Option<String>,
    /// Passages at gates with it, the newest first.
    passages: Vec<OwnPassage>,
}

/// A passage at a gate.
#[derive(Serialize, ToSchema)]
struct OwnPassage {
    /// When, by the gate's clock.
    at: Timestamp,
    /// The gate.
    gate: String,
    /// Which way: `in` or `out`.
    direction: &'static str,
    /// What the scale at the gate showed, in whole kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross_mass_kg: Option<u32>,
    /// What the vehicle weighs without its load, in whole kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    tare_mass_kg: Option<u32>,
}

/// A record of a register.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnRecord)]
struct RecordAnswer {
    register: String,
    key: String,
    /// Its values, by concept.
    #[schema(value_type = BTreeMap<String, schema::TypedValue>)]
    values: BTreeMap<String, Value>,
}

/// A payment.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnPayment)]
struct PaymentAnswer {
    #[schema(value_type = schema::CaseId)]
    case: CaseId,
    /// Its reference at the payment service.
    receipt: String,
    #[schema(value_type = schema::Money)]
    amount: Money,
    /// When it was confirmed.
    at: Timestamp,
}

/// A read of what is known of the person.
#[derive(Serialize, ToSchema)]
#[schema(as = Read)]
struct ReadAnswer {
    /// When; of several within a minute the last.
    at: Timestamp,
    /// How often within that minute.
    times: u64,
    /// By which authority.
    authority: String,
    /// In what capacity.
    #[schema(value_type = schema::Capacity)]
    capacity: app::Capacity,
    /// The officer, where the case's page names them.
    officer: Option<String>,
    /// The agent of the person, who acts under a mandate.
    agent: Option<String>,
    /// Of which register; absent when it was the case itself.
    register: Option<String>,
    /// What was read, by concept.
    concepts: Vec<String>,
    /// The person's own case for which it was; absent when it was somebody else's.
    #[schema(value_type = Option<schema::CaseId>)]
    case: Option<CaseId>,
}

impl OwnPassage {
    fn of(passed: Passed) -> Self {
        let direction = match passed.passage.direction {
            Direction::In => "in",
            Direction::Out => "out",
        };
        let Passage { at, gross_mass_kg, tare_mass_kg, .. } = passed.passage;
        Self { at, gate: passed.gate, direction, gross_mass_kg, tare_mass_kg }
    }
}

impl ReadAnswer {
    fn of(read: Read) -> Self {
        let Read { at, times, by, register, concepts, case } = read;
        let app::Reader { authority, capacity, officer, agent } = by;
        Self { at, times, authority, capacity, officer, agent, register, concepts, case }
    }
}

impl ExportAnswer {
    fn of(site: &Site, account: &Account, export: Export) -> Self {
        let Account { id, person, officer, roles, supervises, names, .. } = account.clone();
        let identity =
            export.identity.map(|app::Joined { issuer, subject, since, .. }| IdentityAnswer { issuer, subject, since });
        let sign_ins = export.sign_ins;
        let draft =
            |Draft { service, appeals, mandate, facts, .. }: Draft| DraftAnswer { service, appeals, mandate, facts };
        let case = |ExportedCase { view, certificate, passages }: ExportedCase| {
            let passages = passages.into_iter().map(OwnPassage::of).collect();
            OwnCase { case: CaseAnswer::of(view), certificate, passages }
        };
        let record = |record: app::ExportedRecord| RecordAnswer {
            register: record.register,
            key: record.key,
            values: record.values,
        };
        let payment = |payment: app::ExportedPayment| PaymentAnswer {
            case: payment.case,
            receipt: payment.receipt,
            amount: payment.amount,
            at: payment.at,
        };
        Self {
            at: export.at,
            zone: site.app.zone().zone().name.clone(),
            account: AccountAnswer { id, person, officer, roles, supervises, names, sign_ins, identity },
            drafts: export.drafts.into_iter().map(draft).collect(),
            cases: export.cases.into_iter().map(case).collect(),
            next: export.next.map(|next| next.to_string()),
            documents: export.documents,
            records: export.records.into_iter().map(record).collect(),
            payments: export.payments.into_iter().map(payment).collect(),
            mandates_given: export.mandates.given.iter().map(MandateAnswer::of).collect(),
            mandates_received: export.mandates.received.iter().map(MandateAnswer::of).collect(),
            reads: export.reads.into_iter().map(ReadAnswer::of).collect(),
        }
    }
}

/// All that is held about an account's owner, as JSON has it; of many cases those after `after`.
pub(crate) async fn gathered(site: &Site, account: &Account, after: Option<u64>) -> Result<ExportAnswer, AppError> {
    Ok(ExportAnswer::of(site, account, site.app.export(account, after).await?))
}

/// All that the zone holds about the caller, and who read it
#[utoipa::path(
    get, path = "/api/v1/me/export", tag = "me", operation_id = "export", params(Cursor),
    responses((status = 200, description = "All that is held; of many cases a part", body = ExportAnswer)),
    security(("token" = []))
)]
pub(super) async fn export(
    State(site): State<Arc<Site>>,
    Caller(account): Caller,
    Query(Cursor { cursor }): Query<Cursor>,
) -> Result<Json<ExportAnswer>, Problem> {
    let plain = |text: &String| (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let after = match cursor {
        None => None,
        Some(text) if plain(&text) => Some(text.parse().map_err(|_| Wire::parameter("cursor"))?),
        Some(_) => return Err(Wire::parameter("cursor").into()),
    };
    Ok(Json(gathered(&site, &account, after).await?))
}
