//! The list that says which certificates were revoked: from a file, from an address, or from where the certificate says.
//!
//! Must not know of: how a verdict is told.

use std::path::Path;
use std::time::Duration;

use credential::{Input, STATUS_LIST_BYTES_MAX, SignedStatusList, StatusCheck, TrustedKeys, Verdict};

use crate::failure::Failure;
use crate::fetch::{Bounds, fetch};
use crate::shared::{block_on, read_at_most};

/// A list has a few kilobytes: a telephone's network brings it within a second or two.
const BOUNDS: Bounds = Bounds { patience: Duration::from_secs(15), most_bytes: STATUS_LIST_BYTES_MAX };

/// The list at an address or in a file.
pub fn given(place: &str, keys: &TrustedKeys) -> Result<SignedStatusList, Failure> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return at(place, keys);
    }
    let hint = "name the file or the address (https://...) of the zone's status list";
    let bytes = read_at_most(Path::new(place), STATUS_LIST_BYTES_MAX);
    let bytes = bytes.map_err(|error| Failure::new(format!("{place}: {error}"), hint))?;
    signed(place, &bytes, keys)
}

/// The list that a certificate names. Only a genuine certificate is asked for it: whoever forges one shall not say where this machine calls.
pub fn named(input: Input<'_>, keys: &TrustedKeys, now_s: i64) -> Result<Option<SignedStatusList>, Failure> {
    let Verdict::Valid(valid) = credential::verify(input, keys, now_s, None) else { return Ok(None) };
    match &valid.status {
        StatusCheck::NotAsked(status) => at(&status.uri, keys).map(Some),
        StatusCheck::NotRevocable | StatusCheck::Good { .. } => Ok(None),
    }
}

fn at(url: &str, keys: &TrustedKeys) -> Result<SignedStatusList, Failure> {
    let bytes = block_on(async { Ok(fetch(url, BOUNDS).await) })?;
    let bytes = bytes.map_err(|why| {
        Failure::new(
            format!("whether it was revoked is not known: the status list {url} could not be fetched: {why}"),
            "try again later, or get the list another way and give it with --status FILE",
        )
    })?;
    signed(url, &bytes, keys)
}

fn signed(place: &str, bytes: &[u8], keys: &TrustedKeys) -> Result<SignedStatusList, Failure> {
    SignedStatusList::verify(bytes, keys).map_err(|error| {
        Failure::new(format!("{place} is no status list of that zone: {error}"), "fetch the zone's status list again")
    })
}
