//! The program as a person runs it. Shared by all tests of the command line.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test program uses a part of it, and a helper that fails fails its test"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Runs a verb in the checkout.
pub fn panjereh(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_panjereh")).args(args).current_dir(root()).output().unwrap()
}

/// What it said on the standard output.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained.
pub fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
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
        let mut child = Command::new(env!("CARGO_BIN_EXE_panjereh"))
            .args(["demo", "--listen", "127.0.0.1:0", "--seed", "7", "--tokens", "--dir"])
            .arg(folder)
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
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        self.child.wait().unwrap().success()
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
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
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
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
             idempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.token(account),
            body.len()
        ))
    }

    /// The key that checks its log.
    pub fn log_key(&self) -> &str {
        self.greeting.split('\'').nth(1).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
