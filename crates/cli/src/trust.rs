//! Whose signatures a log's checkpoint must bear: its key, and where a policy is given a quorum of witnesses.
//!
//! Must not know of: what the checkpoint is for.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use log::checkpoint::Opened;
use log::policy::NotAccepted;
use log::{Checkpoint, Policy, VerifierKey};

use crate::failure::Failure;
use crate::policy;

/// How far a cosignature's time may be ahead of this machine's clock, in seconds: more than clocks drift.
const AHEAD_S: u64 = 600;

/// Whom the caller trusts.
#[derive(Args)]
pub struct Trust {
    /// The log's verifier key (name+id+base64), from a source that you trust.
    #[arg(long)]
    key: Option<String>,
    /// A C2SP tlog-policy: its quorum of witnesses must have cosigned. Without --key, one of its logs must have signed.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// The same, read.
pub struct Trusted {
    key: Option<VerifierKey>,
    policy: Option<Policy>,
}

impl Trust {
    /// Reads key and policy.
    pub fn read(&self) -> Result<Trusted, Failure> {
        let policy = self.policy.as_deref().map(policy::read).transpose()?;
        let names_logs = policy.as_ref().is_some_and(|policy| !policy.logs().is_empty());
        let key = match &self.key {
            None if names_logs => None,
            text => Some(read_key(text.as_deref())?),
        };
        Ok(Trusted { key, policy })
    }
}

impl Trusted {
    /// What the log's key alone says.
    pub fn of_key(text: Option<&str>) -> Result<Self, Failure> {
        Ok(Self { key: Some(read_key(text)?), policy: None })
    }

    /// What a policy alone says; it must name the log.
    pub fn policy(path: &Path) -> Result<Self, Failure> {
        let policy = policy::read(path)?;
        if policy.logs().is_empty() {
            let hint = "add the line `log VKEY` with the log's verifier key, from a source that you trust";
            return Err(Failure::new(format!("{} names no log", path.display()), hint));
        }
        Ok(Self { key: None, policy: Some(policy) })
    }

    /// Reads a checkpoint that is signed as it must be.
    pub fn open(&self, note: &[u8]) -> Result<Opened, NotAccepted> {
        let now_s = u64::try_from(Timestamp::now().as_second()).unwrap_or(0);
        match (&self.policy, &self.key) {
            (Some(policy), key) => policy.open(note, key.as_ref(), now_s.saturating_add(AHEAD_S)),
            (None, Some(key)) => Ok(Checkpoint::open(note, key, &[])?),
            // Not made: without a policy there is a key.
            (None, None) => Err(NotAccepted::UnknownLog { origin: String::new() }),
        }
    }

    /// Which log was asked for, where a key says so.
    pub fn origin(&self) -> Option<&str> {
        self.key.as_ref().map(VerifierKey::name)
    }

    /// The witnesses of the policy whose cosignatures were found right, as the policy calls them, and when they cosigned.
    pub fn cosigned(&self, opened: &Opened) -> Vec<(String, String)> {
        let witnesses = self.policy.iter().flat_map(|policy| policy.witnesses());
        let found = witnesses.filter_map(|witness| {
            let own = opened
                .verified
                .iter()
                .find(|it| (it.name.as_str(), it.id) == (witness.key.name(), witness.key.id()))?;
            let at = Timestamp::from_second(i64::try_from(own.posix_s?).ok()?).ok()?;
            Some((witness.name(), at.to_string()))
        });
        found.collect()
    }
}

fn read_key(text: Option<&str>) -> Result<VerifierKey, Failure> {
    let text = text.ok_or_else(|| {
        Failure::new(
            "no key was given, and a log is only as good as the key that signs it",
            "give --key 'NAME+ID+BASE64'. The zone's pages /en/log and /en/verify show it, `demo` prints it and `serve` logs it (log_key); \
             rely on one from another source than the log",
        )
    })?;
    text.parse().map_err(|error| {
        Failure::new(
            format!("this is no verifier key: {error}"),
            "a key reads name+8 hexadecimal digits+base64; the zone publishes it",
        )
    })
}
