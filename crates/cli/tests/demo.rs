//! `panjereh demo`: what it says, that it serves, stops cleanly and goes on; and that its log holds before other people's program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::io::{Read as _, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Demo, application, complained, panjereh, said, wait_until};

/// Applies for an activity licence that rules grant at once, and waits until the log has it.
fn apply(demo: &Demo) {
    let (head, answer) = demo.call("P-0001", "/api/v1/cases", "one", &application());
    assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&answer));
    // The roster is in the log already: what comes last is there when nothing more comes.
    let last = std::cell::Cell::new(0);
    wait_until("the log does not come to rest", || {
        let before = last.replace(entries(demo));
        std::thread::sleep(Duration::from_millis(1_500));
        before > 0 && before == last.get()
    });
}

#[test]
fn it_greets_serves_stops_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let demo = Demo::start(folder.path());
    // In a debug build on a busy machine; must-show 1 asks for 5 seconds of the release build.
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert!(demo.greeting.contains("/fa/sign-in/"), "{}", demo.greeting);
    let (head, body) = demo.get("/");
    let body = String::from_utf8(body).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(body.contains(r#"lang="fa" dir="rtl""#));
    let (head, _) = demo.post(demo.link("P-0001"), "", "to=/fa/cases");
    assert!(head.contains("location: /fa/cases") && head.contains("HttpOnly"), "{head}");
    let (head, _) = demo.post(demo.link("P-0001"), "", "to=");
    assert!(head.starts_with("HTTP/1.1 401"), "a link works once: {head}");
    apply(&demo);
    let key = demo.log_key().to_owned();
    let before = entries(&demo);
    assert!(demo.stop());
    let again = Demo::start(folder.path());
    assert_eq!(again.log_key(), key, "the zone's keys are the same");
    assert!(again.greeting.contains("P-0001"), "the same people");
    assert_eq!(entries(&again), before, "the same log");
    let (head, _) = again.call("P-0001", "/api/v1/cases", "two", &application());
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    wait_until("the log does not go on", || entries(&again) > before);
    let log = format!("http://{}/log", again.address);
    let verified = panjereh(&["log", "verify", &log, "--key", &key]);
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
    assert!(again.stop());
}

/// Wherever it is killed: at the next start the samples are brought in anew, until all are there.
#[test]
fn killed_while_its_samples_come_it_brings_them_in_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    for ms in [60, 120, 250, 500, 1_000] {
        let mut killed = Command::new(env!("CARGO_BIN_EXE_panjereh"))
            .current_dir(common::root())
            .args(["demo", "--listen", "127.0.0.1:0", "--seed", "7", "--dir", folder.path().to_str().unwrap()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(ms));
        killed.kill().unwrap();
        killed.wait().unwrap();
    }
    let demo = Demo::start(folder.path());
    assert!(demo.greeting.contains("P-0005") && demo.greeting.contains("K-0001"), "{}", demo.greeting);
    apply(&demo);
    let (_, mandates) = demo.read("P-0005", "/api/v1/mandates");
    let mandates = String::from_utf8(mandates).unwrap();
    assert!(mandates.contains("\"stands\""), "{mandates}");
    assert!(demo.stop());
}

#[test]
fn a_sample_year_can_be_looked_at_and_audited() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    let demo = Demo::start_with(&data, &["--history", "120"]);
    assert!(demo.greeting.lines().filter(|line| line.contains("/sign-in/")).count() < 60, "people of the past sign in");
    let (head, page) = demo.get("/en/integrity");
    let page = String::from_utf8(page).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(page.contains("Nothing here is real"), "it says that it is a sample");
    assert!(!page.contains("Nothing was counted yet"), "{page}");
    let key = demo.log_key().to_owned();
    assert!(demo.stop());

    // Another hand than that which wrote it does all of it again.
    let place = data.to_str().unwrap();
    let disclosed = panjereh(&["disclose", place, "--out", given.to_str().unwrap()]);
    assert_eq!(disclosed.status.code(), Some(0), "{}", complained(&disclosed));
    let audited = panjereh(&["audit", given.to_str().unwrap(), "--key", &key, "--json"]);
    assert_eq!(audited.status.code(), Some(0), "{}{}", said(&audited), complained(&audited));
    let report: serde_json::Value = serde_json::from_slice(&audited.stdout).unwrap();
    assert_eq!(report["clean"], true, "{report}");
    assert!(report["counts"]["cases"].as_u64().unwrap() >= 90, "{report}");
    assert!(report["counts"]["acts"].as_u64().unwrap() > 150, "{report}");

    // The past cannot be played into a demonstration that is there.
    let again = panjereh(&["demo", "--dir", place, "--history", "5", "--listen", "127.0.0.1:0"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(complained(&again).contains("whose past cannot be changed"), "{}", complained(&again));
    let none = panjereh(&["demo", "--dir", place, "--history", "0"]);
    assert_eq!(none.status.code(), Some(2), "{}", complained(&none));
}

#[test]
fn everything_that_the_first_page_loads_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let (_, page) = demo.get("/");
    let html = String::from_utf8(page.clone()).unwrap();
    let mut bytes = page.len();
    for attribute in ["href=\"/assets/", "src=\"/assets/"] {
        for part in html.split(attribute).skip(1) {
            let path = format!("/assets/{}", part.split('"').next().unwrap());
            let (head, asset) = demo.get(&path);
            assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
            bytes += asset.len();
        }
    }
    assert!(bytes < 100_000, "{bytes} bytes without compression");
}

#[test]
fn two_on_one_port_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let other = tempfile::tempdir().unwrap();
    let second = panjereh(&[
        "demo",
        "--listen",
        &demo.address.replace("localhost", "127.0.0.1"),
        "--dir",
        other.path().to_str().unwrap(),
    ]);
    assert_eq!(second.status.code(), Some(2));
    assert!(complained(&second).contains("--listen"), "{}", complained(&second));
}

#[test]
fn the_log_holds_before_go() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    apply(&demo);
    let url = format!("http://{}/log", demo.address);
    let verified = panjereh(&["log", "verify", &url, "--key", demo.log_key(), "--json"]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", said(&verified), complained(&verified));
    let proof = panjereh(&["log", "prove", &url, "0", "--key", demo.log_key()]);
    assert!(said(&proof).starts_with("c2sp.org/tlog-proof@v1\n"), "{}", complained(&proof));
    if Command::new("go").arg("version").output().is_err() {
        println!("SKIPPED: go is not here; `cargo xtask test` installs it");
        return;
    }
    let oracle = common::root().join("tests/oracles/log/run.sh");
    let output = Command::new("sh").arg(oracle).args([&url, demo.log_key()]).output().unwrap();
    assert!(output.status.success(), "{}{}", said(&output), complained(&output));
    let key = demo.log_key().to_owned();
    assert!(demo.stop());
    let objects = folder.path().join("objects/log");
    let verify = || panjereh(&["log", "verify", objects.to_str().unwrap(), "--key", &key]);
    assert_eq!(verify().status.code(), Some(0), "{}", complained(&verify()));
    flip(&objects);
    assert_eq!(verify().status.code(), Some(1));
    assert!(said(&verify()).contains("tile/"), "names the file: {}", said(&verify()));
}

/// A bit of every bundle: of those that a larger one took the place of, nothing is read any more.
fn flip(log: &std::path::Path) {
    let bundle = log.join("tile/entries");
    let mut stack = vec![bundle];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let mut bytes = std::fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
}

/// The size that the log's checkpoint says (C2SP tlog-checkpoint: its second line).
fn entries(demo: &Demo) -> u64 {
    let note = String::from_utf8(demo.get("/log/checkpoint").1).unwrap();
    note.lines().nth(1).unwrap().parse().unwrap()
}

#[test]
fn it_stops_within_two_seconds_under_load_and_with_connections_held_open() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let mut idle = std::net::TcpStream::connect(&demo.address).unwrap();
    write!(idle, "GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", demo.address).unwrap();
    idle.read_exact(&mut [0; 15]).unwrap();
    let mut half = std::net::TcpStream::connect(&demo.address).unwrap();
    write!(half, "POST /api/v1/cases HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{{").unwrap();
    let silent = std::net::TcpStream::connect(&demo.address).unwrap();
    let load = load(&demo);
    let begun = Instant::now();
    assert!(demo.terminate());
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    drop((idle, half, silent));
    assert!(load.join().unwrap() > 0, "there was load");
}

/// Somebody who applies again and again until nobody answers; how often it was acknowledged.
fn load(demo: &Demo) -> std::thread::JoinHandle<u32> {
    let (address, token) = (demo.address.clone(), demo.token("P-0001").to_owned());
    let (begun, has_begun) = std::sync::mpsc::channel();
    let loading = std::thread::spawn(move || {
        for number in 0.. {
            let key = format!("load-{number}");
            let answer =
                std::panic::catch_unwind(|| common::call(&address, &token, "/api/v1/cases", &key, &application()));
            if !answer.is_ok_and(|(head, _)| head.starts_with("HTTP/1.1 2")) {
                return number;
            }
            let _ = begun.send(());
        }
        0
    });
    has_begun.recv().unwrap();
    loading
}

#[test]
fn one_folder_is_for_one_demonstration_and_one_seed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let demo = Demo::start(folder.path());
    let second = panjereh(&["demo", "--listen", "127.0.0.1:0", "--dir", dir]);
    assert_eq!(second.status.code(), Some(2));
    assert!(complained(&second).contains("another panjereh runs"), "{}", complained(&second));
    let rebuilt = panjereh(&["rebuild", dir]);
    assert!(complained(&rebuilt).contains("another panjereh runs"), "{}", complained(&rebuilt));
    assert!(demo.stop());
    let other = panjereh(&["demo", "--listen", "127.0.0.1:0", "--dir", dir, "--seed", "8"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(complained(&other).contains("--seed"), "{}", complained(&other));
    let rebuilt = panjereh(&["rebuild", dir, "--json"]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", complained(&rebuilt));
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    // Not even root can make a folder there.
    let demo = panjereh(&["demo", "--listen", "127.0.0.1:0", "--dir", "/proc/panjereh"]);
    assert_eq!(demo.status.code(), Some(2));
    assert!(complained(&demo).contains("--dir"), "{}", complained(&demo));
}

#[test]
fn an_operators_font_is_brought_along() {
    let folder = tempfile::tempdir().unwrap();
    let font = folder.path().join("zone.woff2");
    let mut bytes = b"wOF2\0\x01\0\0\0\0\x04\0".to_vec();
    bytes.resize(1024, 0);
    std::fs::write(&font, &bytes).unwrap();
    let demo = Demo::start_with(folder.path(), &["--font", font.to_str().unwrap()]);
    let style = String::from_utf8(demo.get("/assets/style.css").1).unwrap();
    let path = style.split("url(\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (head, served) = demo.get(path);
    assert!(head.contains("font/woff2") && head.contains("immutable"), "{head}");
    assert_eq!(served, bytes);
    assert!(demo.get("/assets/font-0000000000000000.woff2").0.starts_with("HTTP/1.1 404"));
    assert!(demo.stop());
    std::fs::write(&font, &bytes[..1000]).unwrap();
    let cut = panjereh(&["demo", "--listen", "127.0.0.1:0", "--dir", "/proc/x", "--font", font.to_str().unwrap()]);
    assert!(complained(&cut).contains("it was cut or changed"), "{}", complained(&cut));
}
