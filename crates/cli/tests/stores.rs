//! `panjereh serve` on stores that cannot be used, and with documents in an S3 bucket.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../app/tests/bucket/mod.rs"]
mod bucket;
mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use bucket::Bucket;
use common::root;
use tempfile::TempDir;

/// Settings that do, kept in a folder of their own.
fn settings(folder: &Path, objects: &str) -> String {
    let here = folder.display();
    format!(
        "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"{here}/store.sqlite\"\nobjects = \"{objects}\"\n\
         keys = \"{here}/keys.toml\"\norigin = \"maku.example/log\"\nbase_url = \"https://maku.example\"\n",
        root().join("zones/maku").display()
    )
}

fn command(folder: &Path, settings: &str, environment: Vec<(String, String)>) -> Command {
    let file = folder.join("panjereh.toml");
    std::fs::write(&file, settings).unwrap();
    // As a file that may hold a password must be.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = common::command(folder);
    command.args(["serve", "--config"]).arg(file).envs(environment);
    command
}

/// What it complains of when it cannot run. Before it serves, it has made nothing but what it was told to make.
#[track_caller]
fn complaint(folder: &Path, settings: &str, environment: Vec<(String, String)>) -> String {
    let output = command(folder, settings, environment).output().unwrap();
    let complaint = common::complained(&output);
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.contains("error: "), "{complaint}");
    complaint
}

/// A zone that serves; stopped when dropped.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut address = None;
        for line in BufReader::new(child.stderr.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            address = line.split_once("\"listen\":\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
            said += &line;
            if address.is_some() {
                break;
            }
        }
        Self { child, address: address.unwrap_or_else(|| panic!("it does not serve: {said}")) }
    }

    fn status(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: maku.example\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).lines().next().unwrap().to_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn stores_that_cannot_be_used() {
    let folder = folder();
    let good = settings(folder.path(), folder.path().join("objects").to_str().unwrap());
    let store = format!("store = \"{}/store.sqlite\"", folder.path().display());
    let notes = folder.path().join("notes.txt");
    std::fs::write(&notes, "These are my notes, and they are longer than the header of a database. ".repeat(20))
        .unwrap();
    let with = |to: &str| complaint(folder.path(), &good.replacen(&store, &format!("store = \"{to}\""), 1), Vec::new());
    let complaint = with(notes.to_str().unwrap());
    assert!(complaint.contains("notes.txt"), "{complaint}");
    assert!(std::fs::read_to_string(&notes).unwrap().starts_with("These are my notes"));
    let complaint = with("/no/such/folder/store.sqlite");
    assert!(complaint.contains("/no/such/folder/store.sqlite") && complaint.contains("hint: "), "{complaint}");
    let complaint = with("postgres://nobody:secret@127.0.0.1:1/none");
    assert!(complaint.contains("127.0.0.1:1/none cannot be opened"), "{complaint}");
    assert!(complaint.contains("hint: see that the server runs") && !complaint.contains("secret"), "{complaint}");
}

#[test]
fn objects_that_cannot_be_used() {
    let folder = folder();
    let with = |objects: &str| complaint(folder.path(), &settings(folder.path(), objects), Vec::new());
    let complaint = with("https://documents.example");
    assert!(complaint.contains("https://documents.example") && complaint.contains("s3://BUCKET"), "{complaint}");
    std::fs::write(folder.path().join("file"), "").unwrap();
    let complaint = with(folder.path().join("file").to_str().unwrap());
    assert!(complaint.contains("/file") && complaint.contains("may be written to"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_in_a_bucket() {
    let (mut bucket, folder) = (Bucket::start().await, folder());
    let good = settings(folder.path(), "s3://documents");
    let wrong = complaint(folder.path(), &good, bucket.settings_with("wrong"));
    assert!(wrong.contains("s3://documents") && wrong.contains("AWS_ACCESS_KEY_ID"), "{wrong}");
    let missing = complaint(folder.path(), &good.replace("s3://documents", "s3://dokuments"), bucket.settings());
    assert!(missing.contains("s3://dokuments") && missing.contains("make the bucket"), "{missing}");
    let serving = Serving::start(command(folder.path(), &good, bucket.settings()));
    assert_eq!(serving.status("/fa"), "HTTP/1.1 200 OK");
    drop(serving);
    bucket.go_away().await;
    let away = complaint(folder.path(), &good, bucket.settings());
    assert!(away.contains("does not answer as it should: see that it runs"), "{away}");
}
