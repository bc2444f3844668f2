//! What a witness said that it must not say, kept beside the log for anybody to judge.
//!
//! Must not know of: when witnesses are asked.

use std::sync::atomic::Ordering;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Asked, Witnesses};
use crate::logbook::PREFIX;
use crate::{App, AppError, Objects};

/// The same of the same witness is kept once in this time, in milliseconds: an hour.
const AGAIN_MS: i64 = 3_600_000;
/// Characters of an answer that are repeated in an error.
const SAID_CHARS: usize = 200;

/// Most files of evidence that are counted one by one.
const COUNTED_MAX: usize = 10_000;
/// How the moment stands in the name of a file of evidence.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// That there is evidence: when it was kept, and of which witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// When, in seconds since 1970 UTC.
    pub(super) at_s: i64,
    /// The ID of the witness's key.
    pub(super) key_id: u32,
}

impl Kept {
    /// As the name of a file says it, such as `20261126T061301Z-forged-4567cdef.txt`.
    fn of_name(name: &str) -> Option<Self> {
        let (moment, rest) = name.strip_suffix(".txt")?.split_once('-')?;
        let (_, key_id) = rest.rsplit_once('-')?;
        let at = TimeZone::UTC.to_timestamp(DateTime::strptime(MOMENT, moment).ok()?).ok()?;
        Some(Self { at_s: at.as_second(), key_id: u32::from_str_radix(key_id, 16).ok()? })
    }
}

/// The evidence that stands beside the log.
///
/// # Errors
/// When the object store is away.
pub(super) async fn kept_before(objects: &Objects) -> Result<Vec<Kept>, AppError> {
    let names = objects.names(&format!("{PREFIX}/evidence"), COUNTED_MAX).await?;
    Ok(names.iter().filter_map(|name| Kept::of_name(name)).collect())
}

/// A question to a witness and its answer.
pub(super) struct Claim<'a> {
    pub(super) app: &'a App,
    pub(super) witnesses: &'a Witnesses,
    pub(super) asked: &'a Asked,
    pub(super) request: &'a str,
    pub(super) status: u16,
    pub(super) answer: &'a [u8],
}

impl Claim<'_> {
    /// The beginning of the answer, on one line.
    pub(super) fn said(&self) -> String {
        let text = String::from_utf8_lossy(self.answer);
        let line = text.lines().next().unwrap_or_default();
        line.chars().filter(|character| !character.is_control()).take(SAID_CHARS).collect()
    }
}

/// Keeps question and answer under `log/evidence/`, and says so loudly.
pub(super) async fn keep(claim: &Claim<'_>, kind: &'static str, why: &str) {
    let Claim { app, witnesses, asked, .. } = claim;
    let now = app.clock.system();
    let now_ms = now.as_millisecond();
    {
        let mut heard = asked.heard.lock();
        if heard.kept.is_some_and(|(kept, at_ms)| kept == kind && now_ms.saturating_sub(at_ms) < AGAIN_MS) {
            return;
        }
        heard.kept = Some((kind, now_ms));
    }
    let path = format!("{PREFIX}/evidence/{}-{kind}-{:08x}.txt", now.strftime(MOMENT), asked.key.id());
    let text = format!(
        "Seen by {} at {}: the witness {} ({}).\n\n{why}.\n\n--- the witness was sent\n{}--- it answered {}\n{}\n--- end\n",
        app.origin,
        now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        asked.name,
        asked.key,
        claim.request,
        claim.status,
        String::from_utf8_lossy(claim.answer),
    );
    witnesses.evidence.fetch_add(1, Ordering::Relaxed);
    witnesses.kept.lock().push(Kept { at_s: now.as_second(), key_id: asked.key.id() });
    match app.objects.put(&path, text).await {
        Ok(()) => {
            tracing::error!(witness = asked.name, why, path, "a witness contradicts this log; the evidence is kept")
        }
        Err(error) => {
            tracing::error!(witness = asked.name, why, %error, "a witness contradicts this log, and the evidence could not be kept")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn the_name_of_a_file_says_when_and_of_whom() {
        let kept = Kept::of_name("20261126T061301Z-forged-4567cdef.txt").unwrap();
        assert_eq!(kept, Kept { at_s: 1_795_673_581, key_id: 0x4567_cdef });
        for name in ["", "a.txt", "20261126T061301Z-forged.txt", "20261326T061301Z-forged-4567cdef.txt", "x-y-z.txt"] {
            assert_eq!(Kept::of_name(name), None, "{name}");
        }
    }
}
