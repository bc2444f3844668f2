//! Handing an audit note in to the zone that it is about.
//!
//! Must not know of: what the note says.

use std::io::Read as _;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::Client;
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use reqwest::redirect::Policy;
use serde::Deserialize;

use crate::failure::{Failure, whole};

/// How long a zone may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The longest answer that is read: some words.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// What became of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Now,
    Before,
    Older,
    Contradicts,
    #[serde(rename = "contradicts-not-kept")]
    ContradictsNotKept,
}

#[derive(Deserialize)]
struct Answer {
    outcome: Outcome,
}

/// What a zone says that it did not take (RFC 9457).
#[derive(Deserialize)]
struct Refused {
    detail: String,
}

impl Outcome {
    /// As the API names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Before => "before",
            Self::Older => "older",
            Self::Contradicts => "contradicts",
            Self::ContradictsNotKept => "contradicts-not-kept",
        }
    }

    /// The same as a sentence.
    pub fn told(self) -> &'static str {
        match self {
            Self::Now => "the zone took the note, and shows it",
            Self::Before => "the zone had taken this note before",
            Self::Older => "the zone has a newer note of this auditor, and goes on showing that",
            Self::Contradicts => {
                "TWO LOGS: the zone's key signed what was audited, and the zone has another tree. It keeps the note as evidence; keep the note, \
                 too, and publish it"
            }
            Self::ContradictsNotKept => {
                "TWO LOGS: the zone's key signed what was audited, and the zone has another tree. It keeps as many notes that say so as it can, and \
                 not this one; keep it, and publish it"
            }
        }
    }
}

/// Hands a note in to the zone at an address.
pub fn hand_in(zone: &str, note: &[u8]) -> Result<Outcome, Failure> {
    let address = zone.trim_end_matches('/');
    let failed = |why: &dyn std::fmt::Display| {
        let hint = "name the zone's own address, such as https://maku.example; a note in a file can be handed in later with \
                    `panjereh auditor report FILE URL`";
        Failure::new(format!("the note could not be handed in at {address}: {why}"), hint)
    };
    if !address.starts_with("http://") && !address.starts_with("https://") {
        return Err(failed(&"it begins with neither http:// nor https://"));
    }
    app::choose_tls();
    let told = |error: reqwest::Error| failed(&whole(&error.without_url()));
    let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build().map_err(told)?;
    let request = client.post(format!("{address}/api/v1/audits")).header(CONTENT_TYPE, "text/plain; charset=utf-8");
    let response = request.header(ACCEPT_LANGUAGE, "en").body(note.to_vec()).send().map_err(told)?;
    let status = response.status();
    let mut bytes = Vec::new();
    response.take(ANSWER_BYTES_MAX).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if matches!(status, StatusCode::OK | StatusCode::CREATED) {
        let answer: Answer = serde_json::from_slice(&bytes).map_err(|_| failed(&"its answer is none of a zone"))?;
        return Ok(answer.outcome);
    }
    match serde_json::from_slice::<Refused>(&bytes) {
        Ok(refused) => Err(failed(&refused.detail)),
        Err(_) => Err(failed(&format_args!("it answered {status}"))),
    }
}
