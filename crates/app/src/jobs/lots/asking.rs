//! Asking over the network for randomness: bounded in time and size, and never led elsewhere.
//!
//! Must not know of: what is asked for.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use crate::{AppError, choose_tls};

/// From asking to the last byte. The next source is asked, or the same again, after that.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read: drand's has under 1 kB, an institution's under 400 bytes.
const ANSWER_BYTES_MAX: usize = 16 * 1024;

/// A client for those who are asked.
#[derive(Debug)]
pub(crate) struct Asker {
    client: Client,
    /// The size at which the second institution saw the log last, as far as is known here.
    pub(super) seen: AtomicU64,
}

/// An answer.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl Asker {
    pub(crate) fn new() -> Result<Self, AppError> {
        choose_tls();
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        let client = client.map_err(|error| AppError::Internal(format!("nothing can be asked for: {error}")))?;
        Ok(Self { client, seen: AtomicU64::new(0) })
    }

    pub(super) async fn get(&self, url: &str) -> Result<Answered, String> {
        read(self.client.get(url).send().await).await
    }

    pub(super) async fn post(&self, url: &str, json: Vec<u8>) -> Result<Answered, String> {
        let request = self.client.post(url).header("content-type", "application/json").body(json);
        read(request.send().await).await
    }
}

async fn read(response: reqwest::Result<Response>) -> Result<Answered, String> {
    // The address is named by whoever tells it, and may hold a secret.
    let told = |error: reqwest::Error| error.without_url().to_string();
    let mut response = response.map_err(told)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(format!("the answer has more than {ANSWER_BYTES_MAX} bytes"));
        }
    }
    Ok(Answered { status, body })
}
