//! Witnesses and the zone that asks them, as processes of their own whose logs can be read.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};

use log::key::Algorithm;
use log::witness::Request;
use log::{Checkpoint, Note, SignerKey};
use serde_json::Value;

use super::{Demo, application, call, command, root, send, wait_until};

/// Where a zone of these tests says that its log is.
pub const ORIGIN: &str = "demo.invalid/maku";

/// A process that serves; killed when dropped.
pub struct Running {
    child: Child,
    log: PathBuf,
    /// Where it serves.
    pub address: String,
    /// What its first line said.
    pub greeting: Value,
}

impl Running {
    /// Starts a command whose log goes to a file, and waits until it says where it listens.
    pub fn start(mut command: Command, log: &Path) -> Self {
        let child = command.stderr(File::create(log).unwrap()).spawn().unwrap();
        let mut running = Self { child, log: log.to_owned(), address: String::new(), greeting: Value::Null };
        let greeting = || {
            let said = running.said();
            said.lines().find_map(|line| {
                let told: Value = serde_json::from_str(line).ok()?;
                told.pointer("/fields/listen").is_some().then_some(told)
            })
        };
        wait_until("it does not serve", || greeting().is_some() || running.said().contains("hint:"));
        let greeting = greeting().unwrap_or_else(|| panic!("{}", running.said()));
        running.address = greeting["fields"]["listen"].as_str().unwrap().to_owned();
        running.greeting = greeting;
        running
    }

    /// All that it logged.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Ends it at once, as a power failure does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops it as systemd does; whether it ended well.
    pub fn stop(mut self) -> bool {
        super::end(&mut self.child, "-TERM")
    }

    /// Loads a page: the head and the text.
    pub fn get(&self, path: &str) -> (String, String) {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
        let (head, body) = send(&self.address, &request);
        (head, String::from_utf8(body).unwrap())
    }

    /// Sends a body: the head and the text.
    pub fn post(&self, path: &str, body: &str) -> (String, String) {
        post(&self.address, path, body)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Sends a body to whoever serves at an address: the head and the text.
pub fn post(address: &str, path: &str, body: &str) -> (String, String) {
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let (head, body) = send(address, &request);
    (head, String::from_utf8(body).unwrap())
}

/// A witness of the log with this key, in its folder, on this address.
pub fn witness(dir: &Path, name: &str, log_key: &str, listen: &str) -> Running {
    let mut command = command(dir.parent().unwrap());
    command.arg("witness").arg("--dir").arg(dir).args(["--name", name, "--log", log_key, "--listen", listen]);
    Running::start(command, &dir.with_extension("log"))
}

/// The verifier key that a witness says is its own.
pub fn vkey(witness: &Running) -> String {
    witness.greeting["fields"]["witness_key"].as_str().unwrap().to_owned()
}

/// The folder of a zone whose people the demonstration made, and what it takes to act in it.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub token: String,
    pub log_key: String,
}

impl Place {
    pub fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo::start(folder.path());
        let (token, log_key) = (demo.token("P-0001").to_owned(), demo.log_key().to_owned());
        assert!(demo.stop());
        Self { folder, token, log_key }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Serves the zone under a policy.
    pub fn serve(&self, policy: &str) -> Running {
        self.serve_with(policy, "")
    }

    /// The same with further settings.
    pub fn serve_with(&self, policy: &str, further: &str) -> Running {
        std::fs::write(self.path().join("witnesses.policy"), policy).unwrap();
        let settings = format!(
            "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
             origin = \"{ORIGIN}\"\nbase_url = \"http://127.0.0.1:1\"\nwitness_policy = \"witnesses.policy\"\n{further}",
            root().join("zones/maku").display()
        );
        std::fs::write(self.path().join("panjereh.toml"), settings).unwrap();
        let mut command = command(self.path());
        command.arg("serve");
        Running::start(command, &self.path().join("serve.log"))
    }

    /// Somebody applies; the case.
    pub fn act(&self, zone: &Running, key: &str) -> String {
        let (head, answer) = call(&zone.address, &self.token, "/api/v1/cases", &key.replace(' ', "-"), &application());
        assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&answer));
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["case"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// The certificate of a case as the API gives it; none while it is being made.
    pub fn certificate(&self, zone: &Running, case: &str) -> Option<String> {
        let (address, token) = (&zone.address, &self.token);
        let request = format!(
            "GET /api/v1/cases/{case}/certificate HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        );
        let answer: Value = serde_json::from_slice(&send(address, &request).1).unwrap();
        answer["text"].as_str().map(str::to_owned)
    }
}

/// The checkpoint that a zone publishes, with its note; none while there is none.
pub fn published(zone: &Running) -> Option<(Checkpoint, String)> {
    let (head, note) = zone.get("/log/checkpoint");
    let checkpoint = || Note::parse(note.as_bytes()).unwrap().text().parse().unwrap();
    head.starts_with("HTTP/1.1 200").then(|| (checkpoint(), note.clone()))
}

/// The size that a zone publishes.
pub fn size(zone: &Running) -> u64 {
    published(zone).map_or(0, |(checkpoint, _)| checkpoint.size())
}

/// One of the figures of a zone, by its whole name with labels.
pub fn figure(zone: &Running, name: &str) -> Option<u64> {
    let (_, figures) = zone.get("/metrics");
    figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

/// How a witness that lies answers a request: status, and body.
pub type Lie = fn(&SignerKey, &Request) -> (u16, String);

/// A witness that says what it is told to say.
pub struct Liar {
    pub address: String,
    pub key: SignerKey,
    lie: Arc<Mutex<Lie>>,
}

impl Liar {
    pub fn start(lie: Lie) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let key = SignerKey::from_seed("liar.example/w", Algorithm::CosignatureV1, &[66; 32]).unwrap();
        let lie = Arc::new(Mutex::new(lie));
        let (own, told) = (key.clone(), Arc::clone(&lie));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (own, told) = (own.clone(), *told.lock().unwrap());
                std::thread::spawn(move || answer(stream.unwrap(), &own, told));
            }
        });
        Self { address, key, lie }
    }

    /// From now on it says this.
    pub fn says(&self, lie: Lie) {
        *self.lie.lock().unwrap() = lie;
    }
}

fn answer(mut stream: std::net::TcpStream, key: &SignerKey, lie: Lie) {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    let request = loop {
        let text = String::from_utf8_lossy(&seen).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if body.len() >= length.parse().unwrap() {
                break Request::parse(body.as_bytes()).unwrap();
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) => seen.extend_from_slice(&buffer[..count]),
        }
    };
    let (status, body) = lie(key, &request);
    let length = body.len();
    let _ = write!(stream, "HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
}
