//! The program as a person runs it. Shared by all tests of the command line.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test program uses a part of it, and a helper that fails fails its test"
)]

pub mod witness;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Runs a verb in the checkout.
pub fn panjereh(args: &[&str]) -> Output {
    command(&root()).args(args).output().unwrap()
}

/// What it said on the standard output.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained.
pub fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A command that runs `panjereh` in a folder, with nothing of the environment that it would take for a setting.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_panjereh"));
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PANJEREH_") {
            command.env_remove(name);
        }
    }
    command
}

/// A zone that is served from settings; stopped when dropped.
pub struct Served {
    child: Child,
    /// Where it serves.
    pub address: String,
    /// The host that its callers name: that of its `base_url`, where it is not an address.
    pub host: String,
    /// The line of its log that says so.
    pub greeting: serde_json::Value,
}

impl Served {
    /// Starts it and waits until it serves.
    pub fn start(mut command: Command) -> Self {
        let child = command.arg("serve").stderr(Stdio::piped()).spawn().unwrap();
        let mut served = Self { child, address: String::new(), host: String::new(), greeting: serde_json::Value::Null };
        let mut seen = String::new();
        for line in BufReader::new(served.child.stderr.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            let told: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if told.pointer("/fields/listen").is_some() {
                served.greeting = told;
                break;
            }
            seen.push_str(&line);
        }
        served.address = served.greeting["fields"]["listen"].as_str().unwrap_or_else(|| panic!("{seen}")).to_owned();
        served.host = served.address.clone();
        served
    }

    /// Stops it as systemd does; whether it ended well.
    pub fn stop(mut self) -> bool {
        end(&mut self.child, "-TERM")
    }

    /// Loads a page: head and body.
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        send(&self.address, &format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address))
    }

    /// Calls the API with a token.
    pub fn call(&self, token: &str, path: &str, key: &str, body: &str) -> (String, Vec<u8>) {
        send(&self.address, &api_request(&self.host, token, path, key, body))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Sends a signal and waits; whether it ended well.
fn end(child: &mut Child, signal: &str) -> bool {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap().success()
}

/// Calls the API of whoever serves at an address.
pub fn call(address: &str, token: &str, path: &str, key: &str, body: &str) -> (String, Vec<u8>) {
    send(address, &api_request(address, token, path, key, body))
}

fn api_request(host: &str, token: &str, path: &str, key: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         idempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request on a connection of its own: the answer's head and body.
pub fn send(address: &str, request: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
}

/// Applies for an activity licence that rules grant at once: the request's body.
pub fn application() -> String {
    let list = std::fs::read_to_string(root().join("zones/maku/codes/isic.csv")).unwrap();
    let row = list.lines().find(|line| line.split(',').nth(1) == Some("low")).unwrap();
    let body = r#"{"service":"activity-licence","facts":{"company":{"text":"C-0001"},"premises":{"text":"M-0001"},
        "activity":{"code":"ISIC"},"investment":{"money":{"amount":"1000","currency":"IRR"}}}}"#;
    body.replace("ISIC", row.split(',').next().unwrap())
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Waits until something holds, at most half a minute: a machine may have much else to do.
pub fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The demonstration, running; stopped when dropped.
pub struct Demo {
    child: Child,
    /// Where it serves.
    pub address: String,
    /// What it said when it started.
    pub greeting: String,
}

impl Demo {
    /// Starts it on a free port and waits until it has said everything.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with further arguments.
    pub fn start_with(folder: &Path, further: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_panjereh"))
            .args(["demo", "--listen", "127.0.0.1:0", "--seed", "7", "--tokens", "--dir"])
            .arg(folder)
            .args(further)
            .current_dir(root())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        for line in BufReader::new(child.stdout.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            greeting.push_str(&line);
            greeting.push('\n');
            if line.starts_with("Ctrl-C") {
                break;
            }
        }
        let address = greeting.lines().find_map(|line| line.trim().strip_prefix("http://")).unwrap();
        let address = address.trim_end_matches('/').to_owned();
        Self { child, address, greeting }
    }

    /// Stops it as Ctrl-C does; whether it ended well.
    pub fn stop(mut self) -> bool {
        end(&mut self.child, "-INT")
    }

    /// Stops it as systemd does; whether it ended well.
    pub fn terminate(mut self) -> bool {
        end(&mut self.child, "-TERM")
    }

    /// Loads a page: head and body.
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address))
    }

    /// Sends a form.
    pub fn post(&self, path: &str, cookie: &str, body: &str) -> (String, Vec<u8>) {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn send(&self, request: &str) -> (String, Vec<u8>) {
        send(&self.address, request)
    }

    /// The line that follows an account's by so many.
    fn line(&self, account: &str, after: usize) -> &str {
        let mut lines = self.greeting.lines().skip_while(|line| !line.trim().starts_with(account));
        lines.nth(after).unwrap().trim()
    }

    /// The path of somebody's sign-in link.
    pub fn link(&self, account: &str) -> &str {
        self.line(account, 1).split_once(&self.address).unwrap().1
    }

    /// Somebody's API token.
    pub fn token(&self, account: &str) -> &str {
        self.line(account, 2)
    }

    /// Calls the API.
    pub fn call(&self, account: &str, path: &str, key: &str, body: &str) -> (String, Vec<u8>) {
        call(&self.address, self.token(account), path, key, body)
    }

    /// Reads from the API.
    pub fn read(&self, account: &str, path: &str) -> (String, Vec<u8>) {
        let (address, token) = (&self.address, self.token(account));
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n"
        ))
    }

    /// The key that checks its log.
    pub fn log_key(&self) -> &str {
        self.greeting.split('\'').nth(1).unwrap()
    }

    /// The key that checks its certificates.
    pub fn certificate_key(&self) -> &str {
        self.greeting.split('\'').nth(3).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
