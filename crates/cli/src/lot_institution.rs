//! The second institution over HTTP: `POST /lot` answers for a lot in the log that is followed, and keeps how far the log was seen.
//!
//! Must not know of: cases, which verb serves it. Whoever follows the log already, as a witness does, gives its own [`Follows`].

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use app::beacon::institution::{self, Declined, QUESTION_BYTES_MAX, Question, Seen};
use app::beacon::vrf::SecretKey;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use log::{Checkpoint, Note, VerifierKey};
use serde_json::json;

use crate::failure::Failure;

/// How far the log was seen: it only grows, and is durable before anything is answered.
pub trait Follows: Send + Sync {
    /// As it was seen last.
    fn seen(&self) -> Seen;

    /// Whether the log was seen like this before: what was seen last follows from it.
    fn knows(&self, head: &Seen) -> bool {
        *head == self.seen()
    }

    /// It was seen to have grown from `from`, as the question shows; false when somebody was first, and nothing was kept.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn advance(&self, from: Seen, to: Seen, question: &Question) -> io::Result<bool>;

    /// The question shows another log than was seen: whoever keeps evidence keeps it.
    fn split(&self, _question: &Question) {}
}

/// The second institution of one log. Another log has another key: whoever could ask for one leaf in two logs could learn what it gives before it is
/// in the log that it is for.
pub struct Institution {
    pub log: VerifierKey,
    pub key: SecretKey,
    pub follows: Arc<dyn Follows>,
}

impl Institution {
    /// Its public key, in hexadecimal: what the zone's settings name.
    pub fn public(&self) -> String {
        hex::encode(self.key.public().as_bytes())
    }
}

/// The second institutions of some logs, each of which has its own.
pub struct Institutions(pub Vec<Institution>);

/// How often a question is looked at again because the log moved on meanwhile.
const TRIES: u32 = 8;

/// Their one route.
pub fn routes(institutions: Arc<Institutions>) -> Router {
    let limit = DefaultBodyLimit::max(QUESTION_BYTES_MAX);
    Router::new().route("/lot", post(lot)).layer(limit).with_state(institutions)
}

async fn lot(State(institutions): State<Arc<Institutions>>, body: Bytes) -> Response {
    match tokio::task::spawn_blocking(move || institutions.answer(&body)).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Institutions {
    fn answer(&self, body: &[u8]) -> Response {
        let question = match Question::read(body) {
            Ok(question) => question,
            Err(declined) => return decline(&declined),
        };
        // Whether that log signed it, its own institution asks.
        let origin = question.checkpoint.lines().next().unwrap_or_default();
        match self.0.iter().find(|institution| institution.log.name() == origin) {
            Some(institution) => institution.answer(&question),
            None => {
                let error =
                    format!("no draws of the log {origin:?} are made here; ask whoever runs this to add its key");
                (StatusCode::NOT_FOUND, Json(json!({ "error": error }))).into_response()
            }
        }
    }
}

impl Institution {
    fn answer(&self, question: &Question) -> Response {
        for _ in 0..TRIES {
            let last = self.follows.seen();
            // What was seen last follows from what was seen before: of that, nothing needs to be shown again.
            let seen = head(question).filter(|head| self.follows.knows(head)).unwrap_or(last);
            match institution::answer(question, &self.log, &seen, &self.key) {
                Ok((answer, now)) if now == seen => return Json(answer).into_response(),
                Ok((answer, now)) => match self.follows.advance(seen, now, question) {
                    Ok(true) => return Json(answer).into_response(),
                    Ok(false) => {}
                    Err(error) => return unable(&error),
                },
                Err(declined) => {
                    if declined == Declined::Split {
                        let checkpoint = &question.checkpoint;
                        tracing::error!(checkpoint, ?seen, "the log shows two faces: keep both, they are evidence");
                        self.follows.split(question);
                    }
                    return decline(&declined);
                }
            }
        }
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

/// Size and root that a question is about, whoever signed them.
fn head(question: &Question) -> Option<Seen> {
    let note = Note::parse(question.checkpoint.as_bytes()).ok()?;
    let checkpoint: Checkpoint = note.text().parse().ok()?;
    Some(Seen { size: checkpoint.size(), root: checkpoint.root().0 })
}

fn decline(declined: &Declined) -> Response {
    let (status, body) = match declined {
        Declined::OtherSize { seen, .. } => {
            (StatusCode::CONFLICT, json!({ "error": declined.to_string(), "seen": seen }))
        }
        Declined::Malformed(_) => (StatusCode::BAD_REQUEST, json!({ "error": declined.to_string() })),
        Declined::Checkpoint(_) => (StatusCode::FORBIDDEN, json!({ "error": declined.to_string() })),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": declined.to_string() })),
    };
    (status, Json(body)).into_response()
}

fn unable(error: &io::Error) -> Response {
    tracing::error!(%error, "how far the log was seen cannot be kept, so nothing is answered");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// How far the log was seen, in a file of its own.
pub struct SeenFile {
    path: PathBuf,
    seen: Mutex<Seen>,
}

impl SeenFile {
    /// Opens the file; a log that was never seen begins with nothing.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let bad = |why: &dyn std::fmt::Display| {
            let hint =
                "put the file back from its copy; without it, this institution no longer knows which log it followed";
            Failure::new(format!("the state {}: {why}", path.display()), hint)
        };
        let seen = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| bad(&error))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Seen::default(),
            Err(error) => return Err(bad(&error)),
        };
        let file = Self { path: path.to_owned(), seen: Mutex::new(seen) };
        // Written once at the start, so that what cannot be written is known before it matters.
        file.write(seen).map_err(|error| bad(&error))?;
        Ok(file)
    }

    /// Beside it first, then in its place: a crash leaves the former or the new one.
    fn write(&self, seen: Seen) -> io::Result<()> {
        let beside = self.path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(&serde_json::to_vec(&seen)?)?;
        file.sync_all()?;
        fs::rename(&beside, &self.path)?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Follows for SeenFile {
    fn seen(&self) -> Seen {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, from: Seen, to: Seen, _: &Question) -> io::Result<bool> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen != from {
            return Ok(false);
        }
        self.write(to)?;
        *seen = to;
        Ok(true)
    }
}
