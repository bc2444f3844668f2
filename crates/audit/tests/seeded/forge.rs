//! A manipulator with every right: whoever has the machine, the database and the keys. They change what they like, make every leaf again, build the
//! tree and sign it.
//!
//! Must not know of: what an audit looks at.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use audit::{Finding, Input, OneByOne, Report, State};
use credential::{Certificate, Claims, Issuer};
use definition::Checked;
use definition::model::Service;
use ed25519_dalek::SigningKey;
use engine::CaseId;
use engine::case::Digest;
use engine::event::{Event, What};
use engine::mandate;
use engine::roster::STREAM;
use jiff::SignedDuration;
use log::key::Algorithm;
use log::tile::Kind;
use log::{Appender, Checkpoint, SignerKey, Tile};
use record::leaf;
use record::lines::{self, CertificateLine};
use record::manifest::{self, Manifest};
use record::row::Row;
use record::segment::{self, Told};
use sha2::{Digest as _, Sha256};

use crate::history::{CERTIFICATE_SEED, LOG_SEED, ORIGIN};
use crate::shown::{self, Shown};

pub type Files = BTreeMap<String, Vec<u8>>;

/// One event in the hands of the manipulator.
#[derive(Clone, Debug)]
pub struct Row1 {
    pub case: CaseId,
    pub salt: [u8; 32],
    pub event: Event,
    /// Other bytes than the engine writes.
    pub raw: Option<Vec<u8>>,
    /// The leaf that it had before anything was changed.
    pub was: Option<u64>,
}

/// A record that can be changed.
#[derive(Clone)]
pub struct Forge {
    pub rows: Vec<Row1>,
    /// Everything of the disclosure but its segments.
    pub files: Files,
    pub manifest: Manifest,
    /// Leaves that are left as they were although their events changed.
    pub frozen: HashMap<usize, Vec<u8>>,
    /// Leaves of which the auditor gets neither salt nor event.
    pub hidden: Vec<usize>,
    pub key: SignerKey,
    /// The figures as they were shown.
    pub shown: Shown,
    /// Applied to the log's files at the end.
    pub spoil_log: Option<fn(&mut Files)>,
    /// Applied to the disclosure's files at the end.
    pub spoil_disclosure: Option<fn(&mut Files)>,
}

/// A log and a disclosure as an auditor gets them.
pub struct Published {
    pub log: Files,
    pub disclosure: Files,
}

/// All files below a folder.
pub fn read_folder(folder: &Path) -> Files {
    fn walk(base: &Path, folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(base, &path, files);
            } else {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(folder, folder, &mut files);
    files
}

pub fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &LOG_SEED).unwrap()
}

impl Published {
    /// A disclosure's folder, which has the log in it.
    pub fn of(files: Files) -> Self {
        let (log, disclosure) = files.into_iter().partition::<Vec<_>, _>(|(path, _)| path.starts_with("log/"));
        let log = log.into_iter().map(|(path, bytes)| (path["log/".len()..].to_owned(), bytes)).collect();
        Self { log, disclosure: disclosure.into_iter().collect() }
    }

    pub fn audit(&self, state: State, now_ms: Option<i64>) -> (Report, State) {
        self.audit_with(state, now_ms, true)
    }

    pub fn audit_with(&self, state: State, now_ms: Option<i64>, disclosed: bool) -> (Report, State) {
        self.try_audit(state, now_ms, disclosed).unwrap()
    }

    pub fn try_audit(
        &self,
        state: State,
        now_ms: Option<i64>,
        disclosed: bool,
    ) -> Result<(Report, State), audit::CouldNot> {
        let key = log_key().verifier().clone();
        let input = Input {
            log: &self.log,
            key: &key,
            disclosure: disclosed.then_some(&self.disclosure as &dyn log::TileReader),
            certificate_keys: None,
            now_ms,
            tolerance_ms: audit::TOLERANCE_MS,
            workers: &OneByOne,
            progress: &|_, _| {},
        };
        audit::audit(&input, state)
    }
}

impl Forge {
    /// Takes a published record into its hands.
    pub fn of(published: &Published) -> Self {
        let manifest = Manifest::read(&published.disclosure[manifest::PATH]).unwrap();
        let (mut rows, mut frozen, mut hidden) = (Vec::new(), HashMap::new(), Vec::new());
        for bundle in (0..).map_while(|index| Tile::in_tree(Kind::Entries, index, manifest.size)) {
            let entries = log::bundle::parse(&published.log[&bundle.path()]).unwrap();
            let told = segment::parse(&published.disclosure[&segment::path(bundle).unwrap()]).unwrap();
            for (told, entry) in told.into_iter().zip(entries) {
                let Some((salt, body)) = told.opened else {
                    // Nothing is left of it but its leaf.
                    let at = jiff::Timestamp::from_millisecond(log::Leaf::decode(entry).unwrap().time_ms).unwrap();
                    frozen.insert(rows.len(), entry.to_vec());
                    hidden.push(rows.len());
                    let was = Some(rows.len() as u64);
                    rows.push(Row1 { case: CaseId(told.case), salt: [0; 32], event: nothing(at), raw: None, was });
                    continue;
                };
                let of_roster = told.case == STREAM.0 || mandate::is_stream(&CaseId(told.case));
                // An event of the roster or of a mandate stays as it is, behind one that no manipulation looks for.
                let event = if of_roster { behind(body) } else { serde_json::from_slice(body).unwrap() };
                let raw = of_roster.then(|| body.to_vec());
                let was = Some(rows.len() as u64);
                rows.push(Row1 { case: CaseId(told.case), salt: *salt, event, raw, was });
            }
        }
        let files = published.disclosure.iter().filter(|(path, _)| !path.starts_with("segments/"));
        let mut forge = Self {
            rows,
            files: files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(),
            manifest,
            frozen,
            hidden,
            key: log_key(),
            shown: Shown::default(),
            spoil_log: None,
            spoil_disclosure: None,
        };
        forge.shown = Shown::of(&forge);
        forge
    }

    /// Where an event of this kind that fits stands.
    pub fn find(&self, fits: impl Fn(&What) -> bool) -> usize {
        self.rows.iter().position(|row| fits(&row.event.what)).expect("the history has such an event")
    }

    pub fn what(&mut self, at: usize) -> &mut What {
        &mut self.rows[at].event.what
    }

    /// The places of a case's events.
    pub fn of_case(&self, case: CaseId) -> Vec<usize> {
        (0..self.rows.len()).filter(|place| self.rows[*place].case == case).collect()
    }

    /// The case's events up to and with this place.
    pub fn before(&self, at: usize) -> Vec<Event> {
        let case = self.rows[at].case;
        self.rows[..at].iter().filter(|row| row.case == case).map(|row| row.event.clone()).collect()
    }

    pub fn service_of(&self, case: CaseId) -> Checked<Service> {
        let opened = self.rows.iter().find_map(|row| match &row.event.what {
            What::Opened(opened) if row.case == case => Some(opened.definition),
            _ => None,
        });
        self.definition(opened.unwrap())
    }

    pub fn definition(&self, hash: Digest) -> Checked<Service> {
        Checked::from_canonical(&self.files[&manifest::definition_path(&hash)], hash.0).unwrap()
    }

    /// Puts an event after a place, at the same time and in the same case.
    pub fn insert(&mut self, after: usize, what: What) {
        let row = &self.rows[after];
        let event = Event { at: row.event.at, what, signed: None, under: None };
        let row = Row1 { case: row.case, salt: [after as u8; 32], event, raw: None, was: None };
        self.rows.insert(after + 1, row);
    }

    /// The places of the act to which an event belongs: those of its case with its time.
    pub fn act(&self, at: usize) -> Vec<usize> {
        let (case, time) = (self.rows[at].case, self.rows[at].event.at);
        (0..self.rows.len())
            .filter(|place| self.rows[*place].case == case && self.rows[*place].event.at == time)
            .collect()
    }

    /// Moves events in time.
    pub fn shift(&mut self, places: &[usize], by: SignedDuration) {
        for place in places {
            let at = &mut self.rows[*place].event.at;
            *at = at.checked_add(by).unwrap();
        }
    }

    /// Leaves every leaf as it is, whatever becomes of the events.
    pub fn freeze(&mut self) {
        self.frozen = self.leaves().0.into_iter().enumerate().collect();
    }

    /// A definition with something else in it, and its hash.
    pub fn redefine(&mut self, service: &str, change: impl Fn(&mut serde_json::Value)) -> Digest {
        let mut text =
            serde_json::from_slice(&self.files[&manifest::definition_path(&self.manifest.published[service])]).unwrap();
        change(&mut text);
        let bytes = serde_json::to_vec(&text).unwrap();
        let hash = Digest(Sha256::digest(&bytes).into());
        self.files.insert(manifest::definition_path(&hash), bytes);
        hash
    }

    /// Takes an event out.
    pub fn remove(&mut self, at: usize) {
        self.rows.remove(at);
    }

    pub fn certificates(&self) -> Vec<CertificateLine> {
        let files = lines::files("certificates", self.manifest.certificates);
        files.flat_map(|path| lines::parse(&self.files[&path]).unwrap()).collect()
    }

    pub fn put_certificates(&mut self, certificates: &[CertificateLine]) {
        for (number, part) in certificates.chunks(1000).enumerate() {
            self.files.insert(format!("certificates/{number}.jsonl"), lines::write(part).unwrap());
        }
        self.manifest.certificates = certificates.len() as u64;
    }

    pub fn issuer(&self) -> Issuer {
        Issuer::new(self.manifest.zone.clone(), SigningKey::from_bytes(&CERTIFICATE_SEED))
    }

    /// Signs a certificate anew with other claims.
    pub fn reissue(&self, line: &CertificateLine, change: impl Fn(&mut Claims)) -> CertificateLine {
        let mut claims = Certificate::read(&line.message).unwrap().claims().clone();
        change(&mut claims);
        let message = self.issuer().issue(&claims).unwrap().to_cose_bytes();
        CertificateLine { position: line.position, message }
    }

    /// The record as it was when the log had so many leaves: certificates of later leaves were not there yet, and whoever disclosed it did so in passing.
    pub fn at_size(mut self, size: usize) -> Self {
        self.rows.truncate(size);
        let certificates: Vec<CertificateLine> =
            self.certificates().into_iter().filter(|line| line.position < size as u64).collect();
        self.put_certificates(&certificates);
        self.manifest.quiet = false;
        self
    }

    /// Publishes the record: leaves, tree, checkpoint, segments.
    pub fn publish(mut self) -> Published {
        self.follow_moves();
        shown::fit(&mut self);
        self.manifest.size = self.rows.len() as u64;
        let (leaves, segments) = self.leaves();
        let mut log = Files::new();
        let mut appender = Appender::new();
        let batch = appender.append(&leaves).unwrap();
        log.extend(batch.files.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
        let checkpoint = Checkpoint::new(ORIGIN, appender.size(), appender.root()).unwrap();
        log.insert(log::checkpoint::PATH.to_owned(), checkpoint.sign(&self.key).unwrap().encode());
        let mut disclosure = self.files;
        disclosure.extend(segments);
        disclosure.insert(manifest::PATH.to_owned(), serde_json::to_vec(&self.manifest).unwrap());
        self.spoil_log.iter().for_each(|spoil| spoil(&mut log));
        self.spoil_disclosure.iter().for_each(|spoil| spoil(&mut disclosure));
        Published { log, disclosure }
    }

    /// A definition, if it is there and what it should be.
    pub fn known(&self, hash: Digest) -> Option<Checked<Service>> {
        Checked::from_canonical(self.files.get(&manifest::definition_path(&hash))?, hash.0).ok()
    }

    /// The definition of a case whose opening is not there.
    fn named_by_leaf(&self, index: usize) -> Digest {
        let leaf = self.frozen.get(&index).and_then(|entry| log::Leaf::decode(entry).ok());
        leaf.map_or(*self.manifest.published.values().next().unwrap(), |leaf| Digest(leaf.definition))
    }

    pub fn leaves(&self) -> (Vec<Vec<u8>>, Files) {
        let mut last: HashMap<CaseId, (u64, u64, Option<String>, Digest)> = HashMap::new();
        let (mut leaves, mut segments, mut segment) = (Vec::new(), Files::new(), Vec::new());
        let (size, mut definitions) = (self.rows.len() as u64, HashMap::new());
        for (index, row) in self.rows.iter().enumerate() {
            let known = last.get(&row.case).cloned();
            let (seq, previous, mut stage, definition) = match (&row.event.what, known) {
                (_, Some((seq, last, stage, definition))) => (seq, Some(last), stage, definition),
                (What::Opened(opened), None) => (0, None, None, opened.definition),
                (_, None) => (0, None, None, self.named_by_leaf(index)),
            };
            if let What::Entered { stage: entered, .. } = &row.event.what {
                stage = Some(entered.clone());
            }
            let body = row.raw.clone().unwrap_or_else(|| serde_json::to_vec(&row.event).unwrap());
            let place =
                Row { case: row.case, seq: seq + 1, previous, stage: stage.as_deref(), body: &body, salt: &row.salt };
            let service = definitions.entry(definition).or_insert_with(|| self.known(definition));
            let entry = match (self.frozen.get(&index), service) {
                (Some(entry), _) => entry.clone(),
                _ if row.case == STREAM => {
                    leaf::of_roster(&place, &serde_json::from_slice(&body).unwrap()).unwrap().encode().unwrap()
                }
                _ if mandate::is_stream(&row.case) => {
                    leaf::of_mandate(&place, &serde_json::from_slice(&body).unwrap()).unwrap().encode().unwrap()
                }
                (None, Some(service)) => leaf::of(&place, &row.event, service, definition).unwrap().encode().unwrap(),
                (None, None) => b"no leaf".to_vec(),
            };
            leaves.push(entry);
            last.insert(row.case, (seq + 1, index as u64, stage, definition));
            let opened = (!self.hidden.contains(&index)).then_some((&row.salt, body.as_slice()));
            segment::push(&mut segment, &Told { case: row.case.0, opened });
            if (index + 1) % 256 == 0 || index + 1 == self.rows.len() {
                let tile = Tile::in_tree(Kind::Entries, index as u64 / 256, size).unwrap();
                segments.insert(segment::path(tile).unwrap(), std::mem::take(&mut segment));
            }
        }
        (leaves, segments)
    }
}

fn behind(roster_event: &[u8]) -> Event {
    let at =
        serde_json::from_slice::<serde_json::Value>(roster_event).unwrap()["at"].as_str().unwrap().parse().unwrap();
    nothing(at)
}

/// An event that no manipulation looks for.
fn nothing(at: jiff::Timestamp) -> Event {
    let (officer, note) = (String::new(), String::new());
    Event { at, what: What::Kept { officer, note }, signed: None, under: None }
}

/// The codes among findings.
pub fn codes(findings: &[Finding]) -> Vec<&str> {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
