//! `panjereh certificate`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use credential::{Fault, Input, KeyId, Malformed, PREFIX, StatusCheck, StatusGap, TrustedKeys, Verdict};
use jiff::Timestamp;
use serde_json::json;

use crate::certificate_log::{self, LogSays};
use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say};
use crate::status;

/// Larger than any certificate, so that one that is too large is seen to be.
const FILE_BYTES_MAX: usize = 1024 * 1024;

/// Check certificates.
#[derive(Subcommand)]
pub enum Certificate {
    Verify(Verify),
}

impl Certificate {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Verify(verb) => verb.run(),
        }
    }
}

/// Say whether a certificate holds: its signature, its dates, whether it was revoked when a status list is given, and whether the log proves it
/// when that is named.
///
/// Exit codes: 0 it holds, 1 it does not, 2 it could not be checked.
#[derive(Args)]
pub struct Verify {
    /// A file, or the text of a QR code (begins with PJ1:).
    certificate: String,
    /// A zone's public key, as ZONE=HEX; the zone publishes it, see the page /en/verify.
    #[arg(long = "key")]
    keys: Vec<String>,
    /// The zone's status list, to see whether the certificate was revoked: a file or an address.
    #[arg(long, value_name = "URL|FILE", alias = "status-list", conflicts_with = "online")]
    status: Option<String>,
    /// Fetch the status list from where the certificate says. Nothing else is asked on the network.
    #[arg(long)]
    online: bool,
    /// Look in the public log, too: its folder or URL. The entry that granted the certificate must stand under its proof.
    #[arg(long, value_name = "URL|FOLDER", requires = "policy")]
    log: Option<String>,
    /// A C2SP tlog-policy that names the log: its quorum of witnesses must have cosigned the proof's checkpoint.
    #[arg(long, value_name = "FILE", requires = "log")]
    policy: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Verify {
    fn run(self) -> Result<ExitCode, Failure> {
        let keys = trusted(&self.keys)?;
        let file = read(&self.certificate)?;
        let input = match &file {
            Some(bytes) => Input::from_file(bytes),
            None => Input::Text(&self.certificate),
        };
        let now_s = app::Clock::default().now().as_second();
        let list = match &self.status {
            Some(place) => Some(status::given(place, &keys)?),
            None if self.online => status::named(input, &keys, now_s)?,
            None => None,
        };
        let verdict = credential::verify(input, &keys, now_s, list.as_ref());
        let log = match (&verdict, &self.log, &self.policy) {
            (Verdict::Valid(valid), Some(log), Some(policy)) => {
                Some(certificate_log::examine(&valid.certificate, log, policy)?)
            }
            _ => None,
        };
        let holds = matches!(verdict, Verdict::Valid(_)) && !log.as_ref().is_some_and(LogSays::refutes);
        if self.json {
            let (why, log) = (explain(&verdict), log.as_ref().map(LogSays::json));
            print_json(&json!({ "holds": holds, "verdict": verdict.code(), "why": why, "log": log }))?;
        } else {
            match &log {
                Some(log) if log.refutes() => say(log.explain())?,
                Some(log) => say(format_args!("{}; {}", explain(&verdict), log.explain()))?,
                None => say(explain(&verdict))?,
            }
        }
        Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

fn read(place: &str) -> Result<Option<Vec<u8>>, Failure> {
    if place.starts_with(credential::PREFIX) {
        return Ok(None);
    }
    let hint = "name a file, or give the text of the QR code, which begins with PJ1:";
    let bytes = read_at_most(Path::new(place), FILE_BYTES_MAX);
    bytes.map(Some).map_err(|error| Failure::new(format!("{place}: {error}"), hint))
}

fn trusted(keys: &[String]) -> Result<TrustedKeys, Failure> {
    if keys.is_empty() {
        return Err(Failure::new(
            "no key was given, and nothing can be checked without the zone's",
            "give --key ZONE=HEX. The zone's page /en/verify shows it, its address /api/v1/certificates/keys has it, `demo` prints it and \
             `serve` logs it (certificate_key); rely on one from another source than the certificate",
        ));
    }
    let mut trusted = TrustedKeys::new();
    for text in keys {
        let bad = || Failure::new(format!("{text} is no key"), "write ZONE=HEX, with 64 hexadecimal digits");
        let (zone, hexadecimal) = text.split_once('=').ok_or_else(bad)?;
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(hexadecimal, &mut bytes).map_err(|_| bad())?;
        let key = app::public_key(&bytes).ok_or_else(bad)?;
        trusted.add(zone, KeyId::of(&key), key);
    }
    Ok(trusted)
}

/// A verdict in a sentence, with what to do.
fn explain(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Valid(valid) => {
            let synced = if valid.has_inclusion {
                "carries its proof of the public log"
            } else {
                "signed, not yet in the public log"
            };
            let claims = valid.certificate.claims();
            let status = match &valid.status {
                StatusCheck::Good { as_of_s } => format!("not revoked as of {}", moment(*as_of_s)),
                StatusCheck::NotAsked(_) => {
                    "whether it was revoked is not known: give --online, or the list with --status".to_owned()
                }
                StatusCheck::NotRevocable => "it cannot be revoked".to_owned(),
            };
            format!("holds: {} of {}, case {}; {synced}; {status}", claims.kind, claims.zone, claims.case)
        }
        Verdict::Expired { since_s, .. } => {
            format!("expired at {}: ask the holder for a newer one", moment(*since_s))
        }
        Verdict::NotYetValid { from_s, .. } => {
            format!("not in force before {}: check it again from then on", moment(*from_s))
        }
        Verdict::Revoked { .. } => "revoked: it does not hold any more".to_owned(),
        Verdict::Suspended { .. } => "suspended: it does not hold for now".to_owned(),
        Verdict::StatusUnknown { gap, .. } => {
            format!("genuine, but the status list cannot say whether it was revoked: {}", why_not(gap))
        }
        Verdict::UnknownKey { zone, kid } => format!(
            "signed by {zone} with key {kid}, which is not among the keys given: get that zone's key from a source that you trust"
        ),
        Verdict::BadSignature { zone, .. } => {
            format!("the signature is not {zone}'s: the certificate was changed or forged; do not accept it")
        }
        Verdict::Malformed(Malformed { fault: Fault::WrongPrefix, .. }) => {
            format!("no certificate: its text does not begin with `{PREFIX}`; scan or copy it again, whole")
        }
        Verdict::Malformed(Malformed { place, fault }) => {
            let fault = fault.to_string().replace('-', " ");
            format!("no certificate: {fault} in the {place}; scan or copy it again, whole")
        }
    }
}

/// Why a status list does not help, and which one would.
fn why_not(gap: &StatusGap) -> String {
    match gap {
        StatusGap::OtherList { wanted, given } => format!("it is {given}, and {wanted} is needed"),
        StatusGap::OtherZone { given } => format!("it is {given}'s; fetch that of the certificate's own zone"),
        StatusGap::NoEntry { index, entries } => {
            format!("it has {entries} entries, and number {index} is needed; fetch it again")
        }
        StatusGap::ListExpired { since_s } => format!("it expired at {}; fetch it again", moment(*since_s)),
        StatusGap::NoMeaning => "its entry has no meaning here; ask the zone".to_owned(),
    }
}

/// An instant as people read it (RFC 3339).
fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| format!("{seconds} s after 1970"), |moment| moment.to_string())
}
