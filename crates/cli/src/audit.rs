//! `panjereh audit`.

mod signing;

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use audit::{CouldNot, Input, State, Task, Workers};
use clap::Args;
use credential::{KeyId, TrustedKeys};
use indicatif::{ProgressBar, ProgressStyle};
use log::{TileReader, VerifierKey};
use record::audited::Scope;
use record::manifest;
use serde::Serialize;
use serde_json::{Value, json};

use crate::auditor::Outcome;
use crate::failure::{COULD_NOT_RUN, Failure, NO};
use crate::log_reader::LogReader;
use crate::shared::{print_json, say};
use signing::{Remembering, Signed, Signing};

/// Recompute a zone's record and name what differs: the log, every act, decision, deadline and draw, certificates, registers, figures.
///
/// With the log alone only what is public is checked. What the zone discloses to its auditors (`panjereh disclose`) is looked for in the same
/// folder, or named with --disclosure; then every act is done again and compared with what is recorded. `panjereh explain CODE` explains
/// a finding.
///
/// Exit codes: 0 nothing is wrong, 1 something is, or the zone has another log, 2 it could not be done, or not be handed in.
#[derive(Args)]
pub struct Audit {
    /// The log's folder or URL, such as `https://maku.example/log`, or a disclosure's folder, which has the log in it.
    place: String,
    /// The log's verifier key (name+id+base64), from a source that you trust.
    #[arg(long)]
    key: Option<String>,
    /// The folder or URL of what the zone discloses to auditors.
    #[arg(long, value_name = "PLACE")]
    disclosure: Option<String>,
    /// The public key of the zone's certificates, as `ZONE=HEX`; without it, the key that the disclosure itself names.
    #[arg(long, value_name = "ZONE=HEX")]
    certificate_key: Option<String>,
    /// Go on from where the audit stopped that wrote this file, and write where this one stops. It holds personal data.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// How many seconds times may run back in the log: acts that are under way at once are recorded as they become durable.
    #[arg(long, default_value_t = 60)]
    tolerance: u32,
    /// Do not compare times with this machine's clock, as for a demonstration in which time was let pass.
    #[arg(long)]
    no_clock: bool,
    /// Write the report as a page in Persian and English.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    signing: Signing,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What a disclosure has besides its manifest, in folders of their own.
const PARTS: [&str; 3] = ["segments", "definitions", "statistics.json"];

/// The report, and what became of the signed note where one was asked for.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a audit::Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Value>,
}

impl Audit {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let key = self.log_key()?;
        let signer = self.signing.open()?;
        let files = LogReader::open(&self.place)?;
        let log = Remembering::new(&files);
        let disclosure = self.disclosed()?;
        let state = self.read_state()?;
        let bar = progress();
        let show = |done: u64, of: u64| {
            bar.set_length(of);
            bar.set_position(done);
        };
        let input = Input {
            log: &log,
            key: &key,
            disclosure: disclosure.as_ref().map(|files| files as &dyn TileReader),
            certificate_keys: self.certificate_keys()?,
            now_ms: (!self.no_clock).then(|| app::Clock::default().now().as_millisecond()),
            tolerance_ms: i64::from(self.tolerance).saturating_mul(1000),
            workers: &Threads,
            progress: &show,
        };
        let audited = audit::audit(&input, state);
        bar.finish_and_clear();
        let (report, state) = audited.map_err(could_not)?;
        if let Some(file) = &self.state {
            let bytes = state.write()?;
            replace(file, &bytes).map_err(|error| unwritten(file, &error))?;
        }
        if let Some(file) = &self.html {
            std::fs::write(file, audit::render::html(&report)).map_err(|error| unwritten(file, &error))?;
        }
        let scope = if disclosure.is_some() { Scope::Record } else { Scope::Log };
        let signed = signer.map(|signer| signer.finish(&report, scope, &log, &key)).transpose();
        self.tell(&report, signed)
    }

    /// Says what the audit came to, and what became of the signed note. Of a note that could not be handed in the report is told all the same.
    fn tell(&self, report: &audit::Report, signed: Result<Option<Signed>, Failure>) -> Result<ExitCode, Failure> {
        let outcome = signed.as_ref().ok().and_then(|signed| signed.as_ref()?.outcome);
        let is_well = report.clean && outcome != Some(Outcome::Contradicts);
        let code = if is_well { ExitCode::SUCCESS } else { ExitCode::from(NO) };
        if !self.json {
            say(audit::render::human(report).trim_end())?;
            if let Some(outcome) = signed?.and_then(|signed| signed.outcome) {
                say(format_args!("\n{}", outcome.told()))?;
            }
            return Ok(code);
        }
        let (code, signed) = match signed {
            Ok(signed) => {
                let told = |Signed { note, outcome }| json!({ "note": note, "outcome": outcome.map(Outcome::name) });
                (code, signed.map(told))
            }
            Err(Failure::Told { message, hint }) => {
                (ExitCode::from(COULD_NOT_RUN), Some(json!({ "error": message, "hint": hint })))
            }
            Err(nobody) => return Err(nobody),
        };
        print_json(&Told { report, signed })?;
        Ok(code)
    }

    fn log_key(&self) -> Result<VerifierKey, Failure> {
        let text = self.key.as_deref().ok_or_else(|| {
            Failure::new(
                "no key was given, and a record is only as good as the key that signs it",
                "give --key 'NAME+ID+BASE64'. The zone's pages /en/log and /en/verify show it, and `disclose` prints it; rely on one from another \
                 source than the log",
            )
        })?;
        text.parse().map_err(|error| {
            Failure::new(format!("this is no verifier key: {error}"), "a key reads name+8 hexadecimal digits+base64")
        })
    }

    /// What is disclosed: where it is said to be, or beside the log.
    fn disclosed(&self) -> Result<Option<LogReader>, Failure> {
        let holds = |folder: &Path| folder.join(manifest::PATH).is_file();
        match &self.disclosure {
            Some(place) if place.starts_with("http://") || place.starts_with("https://") => {
                LogReader::open(place).map(Some)
            }
            Some(place) if holds(Path::new(place)) => Ok(Some(LogReader::Folder(place.into()))),
            Some(place) => Err(Failure::new(
                format!("{place} holds no {}", manifest::PATH),
                "name the folder that `panjereh disclose` wrote",
            )),
            None => beside(Path::new(&self.place)),
        }
    }

    fn certificate_keys(&self) -> Result<Option<TrustedKeys>, Failure> {
        let Some(text) = &self.certificate_key else { return Ok(None) };
        let key = text.split_once('=').and_then(|(zone, key)| {
            let bytes: [u8; 32] = hex::decode(key).ok()?.try_into().ok()?;
            Some((zone, app::public_key(&bytes)?))
        });
        let (zone, key) = key.ok_or_else(|| {
            Failure::new(
                "this is no public key of certificates",
                "write ZONE=HEX, as the zone's page /en/verify shows it",
            )
        })?;
        Ok(Some(TrustedKeys::new().with(zone, KeyId::of(&key), key)))
    }

    fn read_state(&self) -> Result<State, Failure> {
        let Some(file) = &self.state else { return Ok(State::default()) };
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => {
                return Err(Failure::new(format!("{}: {error}", file.display()), "name a file that can be read"));
            }
        };
        State::read(&bytes).map_err(|error| {
            Failure::new(
                format!("{}: {error}", file.display()),
                "move it away to begin anew, or name another file with --state",
            )
        })
    }
}

/// What is disclosed in the log's own folder. The manifest is written last: parts without it are half of a disclosure, and an audit of the log alone
/// would say that nothing is wrong.
fn beside(folder: &Path) -> Result<Option<LogReader>, Failure> {
    if folder.join(manifest::PATH).is_file() {
        return Ok(Some(LogReader::Folder(folder.to_owned())));
    }
    match PARTS.iter().find(|part| folder.join(part).exists()) {
        Some(part) => Err(Failure::new(
            format!("{} has {part} and no {}: the disclosure is not whole", folder.display(), manifest::PATH),
            "have it written again with `panjereh disclose`, or name a folder that holds the log alone",
        )),
        None => Ok(None),
    }
}

/// As many threads as there are cores.
struct Threads;

impl Workers for Threads {
    fn run(&self, tasks: Vec<Task<'_>>) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
        let tasks = Mutex::new(tasks.into_iter());
        let next = || tasks.lock().ok().and_then(|mut tasks| tasks.next());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(task) = next() {
                        task();
                    }
                });
            }
        });
    }
}

fn could_not(error: CouldNot) -> Failure {
    let hint = match &error {
        CouldNot::Read { .. } => {
            "see that the place is right and can be reached, and try again; nothing is said about the record itself"
        }
        CouldNot::Disclosure(_) => "ask the zone for another disclosure, or leave it out to check the log alone",
        CouldNot::State(_) => "each log, and each kind of audit of it, has a state file of its own",
    };
    Failure::new(audit::render::visible(&error.to_string()), hint)
}

/// Puts a file in the place of another at once, for its owner alone.
fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut written = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    std::fs::rename(new, file)
}

fn unwritten(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("{} cannot be written: {error}", file.display()),
        "name a file that may be written, on a disk with room",
    )
}

/// Shown to people only; in a pipe it is silent.
fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} events, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
