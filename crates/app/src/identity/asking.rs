//! Asking a provider: bounded in time and size, and never led elsewhere.
//!
//! Must not know of: what is asked for.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};

use super::IdentityError;
use crate::{AppError, choose_tls};

/// From asking to the last byte: a person waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// A client for a provider.
#[derive(Debug)]
pub(super) struct Asker {
    client: Client,
}

impl Asker {
    pub(super) fn new() -> Result<Self, AppError> {
        choose_tls();
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        let client = client.map_err(|error| AppError::Internal(format!("no provider can be asked: {error}")))?;
        Ok(Self { client })
    }

    pub(super) fn get(&self, url: &str) -> RequestBuilder {
        self.client.get(url).header("accept", "application/json")
    }

    pub(super) fn post(&self, url: &str, form: String) -> RequestBuilder {
        let request = self.client.post(url).header("accept", "application/json");
        request.header("content-type", "application/x-www-form-urlencoded").body(form)
    }
}

/// The status and the whole answer, if it is not longer than that. An answer that leads elsewhere is one with a status as others.
pub(super) async fn read(request: RequestBuilder, bytes_max: usize) -> Result<(StatusCode, Vec<u8>), IdentityError> {
    // The address is left out: it is in the settings, and a query may hold more than is to be logged.
    let away = |error: reqwest::Error| IdentityError::Away(whole(&error.without_url()));
    let mut response = request.send().await.map_err(away)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        body.extend_from_slice(&chunk);
        if body.len() > bytes_max {
            return Err(IdentityError::Away(format!("its answer has more than {bytes_max} bytes")));
        }
    }
    Ok((status, body))
}

/// An error with what caused it.
fn whole(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source()).map(ToString::to_string);
    std::iter::once(error.to_string()).chain(causes).collect::<Vec<_>>().join(": ")
}
