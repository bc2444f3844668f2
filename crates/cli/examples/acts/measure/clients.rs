//! Those who call the zone's API: applicants who file, and whoever acts in the cases then.
//!
//! Must not know of: how the zone does it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AskedItem, Digest};
use app::engine::signed::ActText;
use app::{App, Store};
use serde_json::{Value, json};

use super::Failure;
use super::common::{APPLICANT, Licence, SERVICE, amount};
use super::passkeys::Passkeys;
use super::wire::Connection;

/// Requests in flight.
const CONNECTIONS: usize = 256;

/// A case that was filed.
pub struct Filed {
    pub case: CaseId,
    /// The number of its events in the answer.
    pub seq: u64,
    pub answered: Instant,
    pub latency: Duration,
}

/// An act that was done.
pub struct Acted {
    pub case: CaseId,
    /// The number of its events in the answer.
    pub seq: u64,
    pub answered: Instant,
    pub latency: Duration,
}

/// Three acts on a case, ready to be sent: who does each, and the request's body.
pub struct Prepared {
    case: CaseId,
    acts: [(Arc<str>, String); 3],
}

/// Files cases from so many premises, with all connections.
pub async fn file(
    address: SocketAddr,
    token: &str,
    licence: &Arc<Licence>,
    cases: usize,
) -> Result<Vec<Filed>, Failure> {
    let workers: Vec<_> = (0..CONNECTIONS.min(cases))
        .map(|worker| {
            let (licence, token) = (Arc::clone(licence), token.to_owned());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut filed = Vec::new();
                for number in (worker..cases).step_by(CONNECTIONS) {
                    filed.push(file_one(&mut connection, &token, &licence, number).await?);
                }
                Ok::<_, Failure>(filed)
            })
        })
        .collect();
    let mut filed = Vec::with_capacity(cases);
    for worker in workers {
        filed.extend(worker.await??);
    }
    filed.sort_unstable_by_key(|filed| filed.answered);
    Ok(filed)
}

/// Files one.
pub async fn file_one(
    connection: &mut Connection,
    token: &str,
    licence: &Licence,
    number: usize,
) -> Result<Filed, Failure> {
    let body = json!({ "service": SERVICE, "facts": licence.facts(number) }).to_string();
    let begun = Instant::now();
    let answer = connection.post("/api/v1/cases", token, &format!("file-{number}"), &body).await?;
    let (answered, latency) = (Instant::now(), begun.elapsed());
    let (case, seq) = acted(&answer.json(201)?)?;
    Ok(Filed { case, seq, answered, latency })
}

fn acted(answer: &Value) -> Result<(CaseId, u64), Failure> {
    let case = answer.get("case").and_then(Value::as_str).ok_or("an answer without its case")?.parse()?;
    let seq = answer.get("seq").and_then(Value::as_u64).ok_or("an answer without its number of events")?;
    Ok((case, seq))
}

/// Makes what is to be sent for each case, signed where officers have passkeys; one share for each connection.
pub async fn prepare(
    app: &App,
    store: &Arc<dyn Store>,
    filed: &[Filed],
    keys: Option<&Passkeys>,
) -> Result<Vec<Vec<Prepared>>, Failure> {
    let mut tokens: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for account in app.accounts().await?.iter().filter(|account| account.officer.is_some()) {
        tokens.insert(account.id.clone(), app.api_token(&account.id).await?.into());
    }
    let applicant: Arc<str> = app.api_token(APPLICANT).await?.into();
    let definition = app.zone().services().get(SERVICE).ok_or("the zone has no such service")?.hash();
    let mut hands: Vec<Vec<Prepared>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (place, filed) in filed.iter().enumerate() {
        let row = store.case(filed.case).await?.ok_or("the case is gone")?;
        let officer = row.holders.first().ok_or("nobody was drawn")?;
        let by = tokens.get(officer).ok_or("the officer has no token")?;
        let of_officer = |act: Act, seen: u64| {
            let (case, definition, officer) = (filed.case, Digest(definition), officer.clone());
            let text = ActText { case, seen, definition, officer, act };
            let assertion = keys.map(|keys| keys.assertion(&text)).transpose()?;
            body(&text.act, seen, assertion)
        };
        // Each act adds one event.
        let acts = [
            (Arc::clone(by), of_officer(ask(), row.seq)?),
            (Arc::clone(&applicant), body(&supply(), row.seq + 1, None)?),
            (Arc::clone(by), of_officer(decide(), row.seq + 2)?),
        ];
        if let Some(hand) = hands.get_mut(place % CONNECTIONS) {
            hand.push(Prepared { case: filed.case, acts });
        }
    }
    Ok(hands)
}

fn body(act: &Act, seen: u64, assertion: Option<Value>) -> Result<String, Failure> {
    let mut body = serde_json::to_value(act)?;
    let fields = body.as_object_mut().ok_or("an act is no object")?;
    fields.insert("seen".to_owned(), json!(seen));
    fields.extend(assertion.map(|assertion| ("assertion".to_owned(), assertion)));
    Ok(body.to_string())
}

fn ask() -> Act {
    let [fact, ground, note] = ["investment", "incomplete", "please state the amount again"].map(str::to_owned);
    Act::Ask { items: vec![AskedItem { fact, ground, note }] }
}

fn supply() -> Act {
    Act::Supply { facts: BTreeMap::from([("investment".to_owned(), amount())]) }
}

fn decide() -> Act {
    Act::Decide { route: "grant".to_owned(), ground: None, note: "in order".to_owned(), facts: BTreeMap::new() }
}

/// Does the acts, each share on a connection of its own.
pub async fn act(address: SocketAddr, hands: Vec<Vec<Prepared>>) -> Result<Vec<Acted>, Failure> {
    let clients: Vec<_> = hands.into_iter().map(|hand| tokio::spawn(client(address, hand))).collect();
    let mut done = Vec::new();
    for client in clients {
        done.extend(client.await??);
    }
    Ok(done)
}

async fn client(address: SocketAddr, hand: Vec<Prepared>) -> Result<Vec<Acted>, Failure> {
    let mut connection = Connection::open(address).await?;
    let mut done = Vec::with_capacity(hand.len() * 3);
    for Prepared { case, acts } in hand {
        let path = format!("/api/v1/cases/{case}/acts");
        for (step, (token, body)) in acts.iter().enumerate() {
            let begun = Instant::now();
            let answer = connection.post(&path, token, &format!("{case}-{step}"), body).await?;
            let (answered, latency) = (Instant::now(), begun.elapsed());
            let (case, seq) = acted(&answer.json(200)?)?;
            done.push(Acted { case, seq, answered, latency });
        }
    }
    Ok(done)
}
