//! What a witness keeps of each log: the last checkpoint that it cosigned, as one signed note in a file.
//!
//! Must not know of: HTTP. Which checkpoints are cosigned is for `log::witness`.
//!
//! **The commit point** of a cosignature is the rename of its file, and the folder's sync after it; the cosignature is handed out after that. A
//! crash before leaves the last state, and the log asks again; a crash after leaves one that the log learns of by a 409.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use log::witness::{Cosigned, Refusal, Request, cosign};
use log::{Hash, SignerKey, VerifierKey};
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};

use super::evidence;
use crate::failure::Failure;

/// The folder of the logs' states below the witness's.
const LOGS: &str = "logs";
/// How many heads of a log are remembered. A zone asks for a lot by the checkpoint that it publishes, which with other witnesses is some seconds behind
/// what it had cosigned here, with a checkpoint each second at the most.
const RECENT: usize = 64;

/// A witness's key and the logs that it follows.
pub struct Kept {
    key: SignerKey,
    dir: PathBuf,
    logs: BTreeMap<String, Followed>,
}

/// One log. Its lock is held from looking at the last checkpoint to having kept the next (C2SP tlog-witness, "add-checkpoint": atomically).
struct Followed {
    keys: Vec<VerifierKey>,
    file: PathBuf,
    last: Mutex<Last>,
    /// What was cosigned of late, the newest last: size and root.
    recent: Mutex<VecDeque<(u64, Hash)>>,
}

/// What was cosigned last.
enum Last {
    Known(Option<Cosigned>),
    /// Writing failed, so the file may hold the one before or the new one: it is read before anything else is signed.
    Unsure,
}

/// Why nothing was cosigned.
pub enum Failed {
    /// The protocol's answer.
    Refused(Refusal),
    /// The disk; nothing was handed out.
    Disk(String),
}

/// What is told of a log.
pub struct Status {
    pub origin: String,
    /// Size, root and time of the last cosignature.
    pub last: Option<(u64, String, Timestamp)>,
}

impl Kept {
    /// What stands in the folder, for these logs.
    pub fn open(dir: &Path, key: SignerKey, keys: Vec<VerifierKey>) -> Result<Self, Failure> {
        let folder = dir.join(LOGS);
        for folder in [&folder, &dir.join(evidence::FOLDER)] {
            super::key::make_folder(folder)?;
        }
        let mut logs: BTreeMap<String, Followed> = BTreeMap::new();
        for key in keys {
            let file = folder.join(format!("{}.note", hex::encode(Sha256::digest(key.name()))));
            let followed = logs.entry(key.name().to_owned()).or_insert_with(|| {
                let (last, recent) = (Mutex::new(Last::Unsure), Mutex::default());
                Followed { keys: Vec::new(), file, last, recent }
            });
            if !followed.keys.contains(&key) {
                followed.keys.push(key);
            }
        }
        for followed in logs.values() {
            let last = followed.read(key.verifier()).map_err(|why| {
                let hint = "put the newest copy back. Do not delete it: a witness that forgot what it cosigned can be led to sign another tree; \
                            if it is lost, retire this witness and begin one with another key";
                Failure::new(format!("{}: {why}", followed.file.display()), hint)
            })?;
            *followed.last.lock() = Last::Known(last);
        }
        Ok(Self { key, dir: dir.to_owned(), logs })
    }

    /// The witness's own key.
    pub const fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// The logs that it follows.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        self.logs.keys().map(String::as_str)
    }

    /// What it cosigned last, of each log.
    pub fn status(&self) -> Vec<Status> {
        let status = |(origin, followed): (&String, &Followed)| {
            let last = match &*followed.last.lock() {
                Last::Known(Some(last)) => {
                    let at = i64::try_from(last.at_s()).ok().and_then(|at_s| Timestamp::from_second(at_s).ok());
                    let checkpoint = last.checkpoint();
                    Some((checkpoint.size(), checkpoint.root().to_string(), at.unwrap_or(Timestamp::MAX)))
                }
                _ => None,
            };
            Status { origin: origin.clone(), last }
        };
        self.logs.iter().map(status).collect()
    }

    /// Evidence that was kept, the newest first.
    pub fn evidence(&self) -> io::Result<Vec<(String, String)>> {
        evidence::all(&self.dir)
    }

    /// Size and root of what was cosigned last of a log; none before the first.
    pub fn seen(&self, origin: &str) -> Option<(u64, Hash)> {
        match &*self.logs.get(origin)?.last.lock() {
            Last::Known(Some(last)) => Some((last.checkpoint().size(), *last.checkpoint().root())),
            _ => None,
        }
    }

    /// Whether a log was cosigned at this size with this root, last or a little before.
    pub fn knows(&self, origin: &str, size: u64, root: &Hash) -> bool {
        let recent = self.logs.get(origin).is_some_and(|followed| followed.recent.lock().contains(&(size, *root)));
        recent || self.seen(origin) == Some((size, *root))
    }

    /// Cosigns what a log sends, at `now`, and keeps it before it gives the answer's body.
    pub fn add(&self, body: &[u8], now: Timestamp) -> Result<String, Failed> {
        let request = Request::parse(body).map_err(|error| Failed::Refused(error.into()))?;
        self.cosign(&request, now)
    }

    /// Cosigns what a request of the right form asks for.
    pub fn cosign(&self, request: &Request, now: Timestamp) -> Result<String, Failed> {
        let origin = request.checkpoint().origin();
        let unknown = || Failed::Refused(Refusal::UnknownLog { origin: origin.to_owned() });
        let followed = self.logs.get(origin).ok_or_else(unknown)?;
        let mut last = followed.last.lock();
        if let Last::Unsure = *last {
            *last = Last::Known(followed.read(self.verifier()).map_err(Failed::Disk)?);
        }
        let known = match &*last {
            Last::Known(known) => known.as_ref(),
            Last::Unsure => None,
        };
        let now_s = u64::try_from(now.as_second()).unwrap_or(0);
        let cosigned = match cosign(&self.key, &followed.keys, known, request, now_s) {
            Ok(cosigned) => cosigned,
            Err(refusal) => {
                self.tell(origin, &refusal, now);
                return Err(Failed::Refused(refusal));
            }
        };
        if let Err(error) = replace(&followed.file, &cosigned.encode()) {
            *last = Last::Unsure;
            return Err(Failed::Disk(format!("{}: {error}", followed.file.display())));
        }
        let answer = cosigned.answer();
        followed.remember((cosigned.checkpoint().size(), *cosigned.checkpoint().root()));
        *last = Last::Known(Some(cosigned));
        Ok(answer)
    }

    /// Says loudly what somebody should look at, and keeps what shows it.
    fn tell(&self, origin: &str, refusal: &Refusal, now: Timestamp) {
        let Some(found) = refusal.evidence() else {
            match refusal {
                Refusal::Conflict { .. } => tracing::debug!(origin, %refusal, "not cosigned"),
                Refusal::Clock { .. } => tracing::error!(origin, %refusal, "not cosigned; set the clock right"),
                _ => tracing::warn!(origin, %refusal, "not cosigned"),
            }
            return;
        };
        let file = evidence::keep(&self.dir, self.verifier().name(), found, now);
        match (refusal, file) {
            (Refusal::Split { .. }, Ok(file)) => {
                tracing::error!(origin, file, "SPLIT VIEW: the log signed two trees; publish the evidence")
            }
            (_, Ok(file)) => {
                tracing::warn!(origin, file, "not cosigned: the proof does not lead to what the log signed")
            }
            (_, Err(error)) => tracing::error!(origin, %refusal, %error, "evidence could not be kept"),
        }
    }
}

impl Followed {
    fn remember(&self, head: (u64, Hash)) {
        let mut recent = self.recent.lock();
        if recent.back() != Some(&head) {
            recent.push_back(head);
        }
        if recent.len() > RECENT {
            recent.pop_front();
        }
    }

    /// What the file holds; nothing before the first cosignature.
    fn read(&self, witness: &VerifierKey) -> Result<Option<Cosigned>, String> {
        match fs::read(&self.file) {
            Ok(bytes) => Cosigned::open(&bytes, &self.keys, witness).map(Some).map_err(|error| error.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Puts a file whole in the place of what was there, durably: a draft is written and synced, renamed, and the folder synced.
pub fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("draft");
    let mut out = File::create(&draft)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    fs::rename(&draft, file)?;
    File::open(file.parent().unwrap_or(Path::new(".")))?.sync_all()
}
