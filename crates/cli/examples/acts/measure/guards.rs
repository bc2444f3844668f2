//! What guards a zone, and the processes that it takes: two witnesses, of which both must cosign, and the second institution of the draws.
//!
//! They run as their operators would run them, `panjereh witness` and `panjereh lot serve`, only on this machine. Must not know of: what is measured.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use app::beacon::vrf::{PublicKey, SecretKey};
use app::{LotsFrom, Officers, Witnesses};
use log::{Policy, VerifierKey};
use serde_json::Value;

use super::processor::Processor;
use super::{Failure, Plan, common};

/// How long a process may take to say where it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which guards are on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guards {
    /// What officers do is signed by their passkeys.
    pub signatures: bool,
    /// Officers are drawn with a second institution.
    pub draws: bool,
    /// The log is final when two witnesses have cosigned it.
    pub witnesses: bool,
}

impl Guards {
    pub fn named(names: &[String]) -> Result<Self, Failure> {
        let mut guards = Self::default();
        for name in names {
            match name.as_str() {
                "signatures" => guards.signatures = true,
                "draws" => guards.draws = true,
                "witnesses" => guards.witnesses = true,
                _ => return Err(format!("there is no guard {name}: signatures, draws, witnesses").into()),
            }
        }
        Ok(guards)
    }

    pub fn officers(self) -> Officers {
        if self.signatures { Officers::Passkey } else { Officers::Link }
    }
}

/// The processes.
pub struct Helpers {
    witnesses: Vec<Witness>,
    institution: Option<Institution>,
    log_key: VerifierKey,
}

/// A process; ended when dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

struct Witness {
    process: Process,
    address: String,
    key: String,
}

struct Institution {
    process: Process,
    url: String,
    key: PublicKey,
}

impl Helpers {
    /// Starts those that the plan asks for.
    pub fn start(plan: &Plan) -> Result<Self, Failure> {
        let log_key = common::log_key()?;
        let names: &[&str] = if plan.guards.witnesses { &["w1", "w2"] } else { &[] };
        let witnesses = names.iter().map(|name| Witness::start(plan, name, &log_key)).collect::<Result<_, _>>()?;
        let institution = plan.guards.draws.then(|| Institution::start(plan, &log_key)).transpose()?;
        Ok(Self { witnesses, institution, log_key })
    }

    /// The policy that asks for all witnesses; none where there are none.
    pub fn policy(&self) -> Result<Option<Policy>, Failure> {
        if self.witnesses.is_empty() {
            return Ok(None);
        }
        let mut text = format!("log {}\n", self.log_key);
        let mut names = Vec::new();
        for (number, Witness { key, address, .. }) in self.witnesses.iter().enumerate() {
            text.push_str(&format!("witness w{number} {key} http://{address}\n"));
            names.push(format!("w{number}"));
        }
        text.push_str(&format!("group both all {}\nquorum both\n", names.join(" ")));
        Ok(Some(Policy::parse(text.as_bytes())?))
    }

    pub fn witnesses(&self) -> Result<Option<Witnesses>, Failure> {
        Ok(self.policy()?.map(Witnesses::new).transpose()?)
    }

    /// Where draws get their randomness.
    pub fn lots(&self) -> Result<LotsFrom, Failure> {
        let Some(Institution { url, key, .. }) = &self.institution else { return Ok(LotsFrom::Own) };
        let own = Box::new(SecretKey::from_seed(&common::LOTS_SEED));
        Ok(LotsFrom::Institutions { own, other: *key, url: url.clone() })
    }

    /// The processor time of all.
    pub fn spent(&self) -> Result<Duration, Failure> {
        let witnesses = self.witnesses.iter().map(|witness| &witness.process);
        let all = witnesses.chain(self.institution.iter().map(|institution| &institution.process));
        all.map(|process| Processor::of(process.0.id()).spent()).sum()
    }
}

impl Witness {
    fn start(plan: &Plan, name: &str, log_key: &VerifierKey) -> Result<Self, Failure> {
        let (dir, log) = (plan.folder.join(name), plan.folder.join(format!("{name}.log")));
        let mut command = panjereh(plan);
        command.args(["witness", "--listen", "127.0.0.1:0", "--name", &format!("witness.invalid/{name}"), "--log"]);
        command.arg(log_key.to_string()).arg("--dir").arg(dir).stderr(File::create(&log)?);
        let mut process = Process(start(&mut command, plan)?);
        let greeting = greeting(&mut process, &log)?;
        let field = |field: &str| {
            let text = greeting.pointer(&format!("/fields/{field}")).and_then(Value::as_str);
            text.map(str::to_owned).ok_or_else(|| format!("a witness does not say its {field}"))
        };
        Ok(Self { address: field("listen")?, key: field("witness_key")?, process })
    }
}

/// The line in which a process says where it listens, once it has.
fn greeting(process: &mut Process, log: &Path) -> Result<Value, Failure> {
    let begun = Instant::now();
    loop {
        let said = std::fs::read_to_string(log)?;
        let mut lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        if let Some(greeting) = lines.find(|line| line.pointer("/fields/listen").is_some()) {
            return Ok(greeting);
        }
        if begun.elapsed() > PATIENCE || process.0.try_wait()?.is_some() {
            return Err(format!("it does not serve: {said}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Institution {
    fn start(plan: &Plan, log_key: &VerifierKey) -> Result<Self, Failure> {
        let mut command = panjereh(plan);
        command.args(["lot", "serve", "--listen", "127.0.0.1:0", "--log", &log_key.to_string(), "--key"]);
        command.arg(plan.folder.join("court.key")).arg("--state").arg(plan.folder.join("court.state"));
        let mut process = Process(start(command.stdout(Stdio::piped()), plan)?);
        let mut line = String::new();
        BufReader::new(process.0.stdout.as_mut().ok_or("no standard output")?).read_line(&mut line)?;
        let after = |word: &str| line.split_once(word).and_then(|(_, rest)| rest.split_whitespace().next());
        let (Some(url), Some(key)) = (after("answering on "), after("with key ")) else {
            return Err(format!("the institution does not answer: {line}").into());
        };
        let mut bytes = [0; 32];
        hex::decode_to_slice(key, &mut bytes)?;
        let (url, key) = (url.to_owned(), PublicKey::from_bytes(&bytes)?);
        Ok(Self { process, url, key })
    }
}

/// The program, with nothing of the environment that it would take for a setting.
fn panjereh(plan: &Plan) -> Command {
    let mut command = Command::new(&plan.program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PANJEREH_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

fn start(command: &mut Command, plan: &Plan) -> Result<Child, Failure> {
    Ok(command.spawn().map_err(|error| format!("cannot start {}: {error}", plan.program.display()))?)
}
