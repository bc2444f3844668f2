//! The outbox: what is to be done once after a commit. A message may come twice, so each topic is idempotent.

use std::collections::{BTreeMap, BTreeSet};

use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::Digest;
use engine::event::What;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Message, NewMessage};

use crate::{App, AppError};

/// Messages taken up at once.
const BATCH: u32 = 2000;
/// Cases whose messages are delivered at once: about what one commit then holds.
const AT_ONCE: usize = 512;
/// How often a message looks at what changes meanwhile, before it rests.
const TRIES: u32 = 5;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "topic", rename_all = "lowercase")]
pub(crate) enum Topic {
    /// Tell a case that it is appealed against.
    Appeal {
        /// That case.
        original: CaseId,
        /// When the appeal was opened.
        opened: Timestamp,
    },
    /// Tell the appealed case that its decision falls.
    Overturn {
        /// That case.
        original: CaseId,
    },
    /// Make the certificate that the case issued.
    Certificate,
    /// Put the certificate's revocation on the status list.
    Revocation,
    /// Put the certificate of a case on the status list that issued a warehouse receipt which is void now.
    Void {
        /// That case.
        issuer: CaseId,
    },
    /// Take a document away that nobody uses any more.
    Document {
        /// Its hash.
        sha256: Digest,
    },
}

impl Topic {
    pub(crate) fn message(&self) -> Result<NewMessage, AppError> {
        let topic = match self {
            Self::Appeal { .. } => "appeal",
            Self::Overturn { .. } => "overturn",
            Self::Certificate => "certificate",
            Self::Revocation => "revocation",
            Self::Void { .. } => "void",
            Self::Document { .. } => "document",
        };
        Ok(NewMessage { topic: topic.to_owned(), body: serde_json::to_vec(self)? })
    }
}

/// Delivers what waits; how many there were.
///
/// Messages of different cases are delivered side by side, so that they share commits; those of one case in their order, and none after one that
/// could not be delivered: a case that says "appealed" and then "overturned" must not be heard the other way round.
///
/// # Errors
/// When the store is away. A message that cannot be delivered is logged and counted, stays, and holds up no other case's.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let mut settled = 0;
    let mut stuck: BTreeMap<CaseId, Vec<u64>> = BTreeMap::new();
    let mut last = None;
    loop {
        let page = app.store.outbox(last, BATCH).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id);
        let mut of_case: BTreeMap<CaseId, Vec<Message>> = BTreeMap::new();
        for message in page {
            match stuck.get_mut(&message.case) {
                Some(behind) => behind.push(message.id),
                None => of_case.entry(message.case).or_default().push(message),
            }
        }
        let deliveries = of_case.into_iter().map(|(case, messages)| in_order(app, case, messages));
        let done: Vec<Delivered> = stream::iter(deliveries).buffer_unordered(AT_ONCE).try_collect().await?;
        let mut delivered = Vec::new();
        for of_case in done {
            delivered.extend(of_case.delivered);
            if !of_case.stuck.is_empty() {
                stuck.insert(of_case.case, of_case.stuck);
            }
        }
        app.store.settle(&delivered).await?;
        settled += delivered.len();
    }
    app.stuck_messages.keep_only(&stuck.into_values().flatten().collect::<BTreeSet<u64>>());
    Ok(settled)
}

/// What became of one case's messages.
struct Delivered {
    case: CaseId,
    delivered: Vec<u64>,
    stuck: Vec<u64>,
}

/// Delivers one case's messages, up to the first that cannot be.
async fn in_order(app: &App, case: CaseId, messages: Vec<Message>) -> Result<Delivered, AppError> {
    let now = app.clock.now();
    let mut done = Delivered { case, delivered: Vec::new(), stuck: Vec::new() };
    for message in messages {
        if !done.stuck.is_empty() || app.stuck_messages.rests(&message.id, now) {
            done.stuck.push(message.id);
            continue;
        }
        match deliver(app, &message).await {
            Ok(()) => done.delivered.push(message.id),
            Err(AppError::Unavailable(why)) => return Err(AppError::Unavailable(why)),
            Err(error) => {
                let topic = &message.message.topic;
                tracing::error!(%case, topic, %error, "not delivered; it is tried again");
                app.stuck_messages.add(message.id, now);
                done.stuck.push(message.id);
            }
        }
    }
    Ok(done)
}

/// Delivers a message. One that meets what somebody else changed at this moment, as another message about the same certificate does, is no failure:
/// it looks again, and only what changes under each look is one.
async fn deliver(app: &App, message: &Message) -> Result<(), AppError> {
    for look in 1..TRIES {
        match deliver_once(app, message).await {
            Err(AppError::Stale) => {
                tracing::debug!(case = %message.case, topic = message.message.topic, look, "it changed meanwhile; looked at again");
            }
            other => return other,
        }
    }
    deliver_once(app, message).await
}

async fn deliver_once(app: &App, message: &Message) -> Result<(), AppError> {
    let case = message.case;
    match serde_json::from_slice(&message.message.body)? {
        Topic::Appeal { original, opened } => appeal(app, original, case, opened).await,
        Topic::Overturn { original } => overturn(app, original, case).await,
        Topic::Certificate | Topic::Revocation => app.certify(case).await,
        Topic::Void { issuer } => app.certify(issuer).await,
        Topic::Document { sha256 } => app.remove_document(&sha256.0).await,
    }
}

/// Tells a case that its decision falls. That it fell before is settled; whatever else keeps it from falling is an error that somebody must see: an
/// appeal that was granted must not be for nothing.
async fn overturn(app: &App, original: CaseId, by: CaseId) -> Result<(), AppError> {
    match app.act_as(&Actor::Case(by), original, &Act::Overturn { by }).await {
        Err(AppError::Refused(refusal)) => {
            let history = app.history(original).await?;
            let fell =
                history.iter().any(|(_, event)| matches!(event.what, What::Overturned { by: other } if other == by));
            if fell { Ok(()) } else { Err(AppError::Refused(refusal)) }
        }
        other => other.map(drop),
    }
}

/// Tells a case that it is appealed against. That it knows, or does not take it, is settled: neither will change.
async fn appeal(app: &App, original: CaseId, by: CaseId, opened: Timestamp) -> Result<(), AppError> {
    match app.act_as(&Actor::Case(by), original, &Act::Appeal { by, opened }).await {
        Err(AppError::Refused(refusal)) => {
            tracing::info!(case = %original, %by, ?refusal, "the other case no longer takes this");
            Ok(())
        }
        other => other.map(drop),
    }
}
