//! The outbox: what is to be done once after a commit. A message may come twice, so each topic is idempotent.

use std::collections::BTreeMap;

use engine::CaseId;
use engine::act::{Act, Actor};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use store::{Message, NewMessage};

use crate::{App, AppError};

/// Messages taken up at once.
const BATCH: u32 = 500;
/// Cases whose messages are delivered at once: about what one commit then holds.
const AT_ONCE: usize = 128;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "topic", rename_all = "lowercase")]
pub(crate) enum Topic {
    /// Tell a case that it is appealed against.
    Appeal {
        /// That case.
        original: CaseId,
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
}

impl Topic {
    pub(crate) fn message(&self) -> Result<NewMessage, AppError> {
        let topic = match self {
            Self::Appeal { .. } => "appeal",
            Self::Overturn { .. } => "overturn",
            Self::Certificate => "certificate",
            Self::Revocation => "revocation",
        };
        Ok(NewMessage { topic: topic.to_owned(), body: serde_json::to_vec(self)? })
    }
}

/// Delivers what waits; how many there were.
///
/// Messages of different cases are delivered side by side, so that they share commits; those of one case in their order, and none after one that
/// could not be delivered.
///
/// # Errors
/// When the store is away. A message that cannot be delivered is logged and stays.
pub async fn run(app: &App) -> Result<usize, AppError> {
    let mut all = 0;
    loop {
        let waiting = app.store.outbox(None, BATCH).await?;
        let full = waiting.len() >= BATCH as usize;
        let mut of_case: BTreeMap<CaseId, Vec<Message>> = BTreeMap::new();
        for message in waiting {
            of_case.entry(message.case).or_default().push(message);
        }
        let deliveries = of_case.into_values().map(|messages| in_order(app, messages));
        let delivered: Vec<Vec<u64>> = stream::iter(deliveries).buffer_unordered(AT_ONCE).try_collect().await?;
        let delivered = delivered.concat();
        app.store.settle(&delivered).await?;
        all += delivered.len();
        // Where nothing moves, what is stuck waits for the next beat.
        if !full || delivered.is_empty() {
            return Ok(all);
        }
    }
}

/// Delivers one case's messages; the numbers of those that were.
async fn in_order(app: &App, messages: Vec<Message>) -> Result<Vec<u64>, AppError> {
    let mut delivered = Vec::new();
    for message in messages {
        match deliver(app, &message).await {
            Ok(()) => delivered.push(message.id),
            Err(AppError::Unavailable(why)) => return Err(AppError::Unavailable(why)),
            Err(error) => {
                tracing::error!(case = %message.case, topic = message.message.topic, %error, "not delivered");
                break;
            }
        }
    }
    Ok(delivered)
}

async fn deliver(app: &App, message: &Message) -> Result<(), AppError> {
    let case = message.case;
    match serde_json::from_slice(&message.message.body)? {
        Topic::Appeal { original } => tell(app, original, &Act::Appeal { by: case }, case).await,
        Topic::Overturn { original } => tell(app, original, &Act::Overturn { by: case }, case).await,
        Topic::Certificate | Topic::Revocation => app.certify(case).await,
    }
}

/// Does an act on another case. That it was done before, or has become impossible, is settled: it will not become possible again.
async fn tell(app: &App, original: CaseId, act: &Act, by: CaseId) -> Result<(), AppError> {
    match app.act_as(&Actor::Case(by), original, act).await {
        Ok(_) => Ok(()),
        Err(AppError::Refused(refusal)) => {
            tracing::info!(case = %original, %by, ?refusal, "the other case no longer takes this");
            Ok(())
        }
        Err(error) => Err(error),
    }
}
