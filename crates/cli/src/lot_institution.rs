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
use log::VerifierKey;
use serde_json::json;

use crate::failure::Failure;

/// How far the log was seen: it only grows, and is durable before anything is answered.
pub trait Follows: Send + Sync {
    /// As it was seen last.
    fn seen(&self) -> Seen;

    /// It was seen to have grown from `from`; false when somebody was first, and nothing was kept.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn advance(&self, from: Seen, to: Seen) -> io::Result<bool>;
}

/// The second institution.
pub struct Institution {
    pub log: VerifierKey,
    pub key: SecretKey,
    pub follows: Arc<dyn Follows>,
}

/// How often a question is looked at again because the log moved on meanwhile.
const TRIES: u32 = 8;

/// Its one route.
pub fn routes(institution: Arc<Institution>) -> Router {
    let limit = DefaultBodyLimit::max(QUESTION_BYTES_MAX);
    Router::new().route("/lot", post(lot)).layer(limit).with_state(institution)
}

async fn lot(State(institution): State<Arc<Institution>>, body: Bytes) -> Response {
    match tokio::task::spawn_blocking(move || institution.answer(&body)).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Institution {
    fn answer(&self, body: &[u8]) -> Response {
        let question = match Question::read(body) {
            Ok(question) => question,
            Err(declined) => return decline(&declined),
        };
        for _ in 0..TRIES {
            let seen = self.follows.seen();
            match institution::answer(&question, &self.log, &seen, &self.key) {
                Ok((answer, now)) if now == seen => return Json(answer).into_response(),
                Ok((answer, now)) => match self.follows.advance(seen, now) {
                    Ok(true) => return Json(answer).into_response(),
                    Ok(false) => {}
                    Err(error) => return unable(&error),
                },
                Err(declined) => {
                    if declined == Declined::Split {
                        tracing::error!(
                            checkpoint = question.checkpoint,
                            ?seen,
                            "the log shows two faces: keep both, they are evidence"
                        );
                    }
                    return decline(&declined);
                }
            }
        }
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
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

    fn advance(&self, from: Seen, to: Seen) -> io::Result<bool> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen != from {
            return Ok(false);
        }
        self.write(to)?;
        *seen = to;
        Ok(true)
    }
}
