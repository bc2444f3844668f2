//! `panjereh serve`: settings from file and environment, secrets that stay secret, health, figures, and a clean end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use common::{Demo, Served, application, command, complained, said, wait_until};

/// Settings of a zone in this folder.
fn settings(folder: &Path) -> String {
    let zone = common::root().join("zones/maku");
    format!(
        "listen = \"127.0.0.1:0\"\npack_hours = 24\nopen_metrics = false\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
         origin = \"demo.invalid/maku\"\nbase_url = \"https://maku.example/\"\n# in {}\n",
        zone.display(),
        folder.display()
    )
}

fn written(folder: &Path, settings: &str) {
    std::fs::write(folder.join("panjereh.toml"), settings).unwrap();
}

fn refused(folder: &Path) -> Output {
    let output = command(folder).arg("serve").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", complained(&output));
    output
}

#[test]
fn it_serves_from_a_file_says_how_it_is_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    // The demonstration makes the people whom the served zone goes on with.
    let demo = Demo::start(folder.path());
    let token = demo.token("P-0001").to_owned();
    assert!(demo.stop());
    written(folder.path(), &settings(folder.path()));
    let mut served = Served::start(command(folder.path()));
    let link = command(folder.path()).args(["accounts", "link", "P-0001"]).output().unwrap();
    assert!(said(&link).starts_with("https://maku.example/fa/sign-in/"), "{}", complained(&link));
    let nobody = command(folder.path()).args(["accounts", "token", "P-9999"]).output().unwrap();
    assert!(complained(&nobody).contains("accounts list"), "{}", complained(&nobody));
    assert_eq!(served.greeting["level"], "INFO");
    assert!(served.get("/healthz").0.starts_with("HTTP/1.1 200"));
    assert!(served.get("/readyz").0.starts_with("HTTP/1.1 200"));
    assert!(served.get("/fa").0.starts_with("HTTP/1.1 421"), "by its address it is only watched");
    served.host = "maku.example".to_owned();
    let (head, answer) = served.call(&token, "/api/v1/cases", "one", &application());
    assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&answer));
    let (head, _) = served.call(&token, "/api/v1/cases", "two", r#"{"service":"activity-licence","facts":{}}"#);
    assert!(head.starts_with("HTTP/1.1 422"), "{head}");
    let pack = command(folder.path()).args(["pack", "--out", "gate.pack", "--hours", "48", "--json"]).output().unwrap();
    let told: serde_json::Value = serde_json::from_str(&said(&pack)).unwrap();
    let bytes = std::fs::read(folder.path().join("gate.pack")).unwrap();
    assert_eq!(told["bytes"], bytes.len(), "{told}");
    assert_eq!(told["until_s"].as_i64().unwrap() - told["made_s"].as_i64().unwrap(), 48 * 3600);
    assert_eq!(bytes[0], 0xd2, "a COSE_Sign1 message");
    let nowhere = command(folder.path()).args(["pack", "--out", "nowhere/gate.pack"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(complained(&nowhere).contains("nowhere/gate.pack"), "{}", complained(&nowhere));
    let figures = || String::from_utf8(served.get("/metrics").1).unwrap();
    wait_until("no checkpoint came", || figures().contains("panjereh_log_checkpoint_age_seconds"));
    for line in [
        "panjereh_events_total{kind=\"opened\"} 1",
        "panjereh_store_appends_total{outcome=\"done\"} ",
        "panjereh_store_append_duration_seconds_count ",
        "panjereh_refusals_total{kind=\"facts\"} 1",
        "panjereh_http_request_duration_seconds_bucket{route=\"/api/v1/cases\",le=\"+Inf\"} 2",
        "panjereh_outbox_messages ",
        "panjereh_due_deadlines 0",
        "panjereh_store_up 1",
        "panjereh_log_entries ",
    ] {
        assert!(figures().contains(line), "{line}\n{}", figures());
    }
    // What is taken back opens nothing; a token that the zone saw within the last minute would for the rest of it.
    let fresh = command(folder.path()).args(["accounts", "token", "P-0001"]).output().unwrap();
    let revoke = || command(folder.path()).args(["accounts", "revoke", "P-0001", "--json"]).output().unwrap();
    let ended: serde_json::Value = serde_json::from_str(&said(&revoke())).unwrap();
    // One of each is the demonstration's.
    assert_eq!((&ended["tokens"], &ended["links"]), (&2.into(), &2.into()), "{ended}");
    assert!(said(&revoke()).contains("\"tokens\": 0"), "it may be done again: {}", said(&revoke()));
    let (head, _) = served.call(said(&fresh).trim(), "/api/v1/cases", "three", &application());
    assert!(head.starts_with("HTTP/1.1 401"), "{head}");
    let begun = Instant::now();
    assert!(served.stop());
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[test]
fn the_environment_overrides_the_file() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), &settings(folder.path()).replace("127.0.0.1:0", "nowhere"));
    let mut command = command(folder.path());
    command.env("PANJEREH_LISTEN", "127.0.0.1:0").env("PANJEREH_STORE", "other.sqlite");
    assert!(Served::start(command).stop());
    assert!(folder.path().join("other.sqlite").exists() && !folder.path().join("store.sqlite").exists());
}

#[test]
fn what_is_wrong_with_the_settings_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = settings(folder.path());
    for (from, to, said) in [
        ("listen", "lisen", "listen was probably meant"),
        ("origin = ", "#", "origin is missing"),
        ("\"demo.invalid/maku\"", "\"https://maku\"", "origin must be"),
        ("\"demo.invalid/maku\"", "[1]", "origin is no text"),
        ("https://maku.example/", "maku.example", "base_url must be"),
        ("127.0.0.1:0", "8080", "listen must be"),
        ("\"objects\"", "objects", "panjereh.toml:6:"),
        ("pack_hours = 24", "pack_hours = 24.5", "pack_hours is no text"),
        ("pack_hours = 24", "pack_hours = -1", "pack_hours must be"),
        ("# in", "log_format = \"xml\" #", "json or text"),
        ("open_metrics = false", "open_metrics = \"perhaps\"", "true or false"),
        ("# in", "log = \"a=b=c\" #", "setting log"),
        ("# in", "font = \"panjereh.toml\" #", "WOFF2"),
        ("# in", "store = \"twice\" #", "duplicate key"),
    ] {
        written(folder.path(), &good.replace(from, to));
        let complaint = complained(&refused(folder.path()));
        assert!(complaint.contains(said) && complaint.contains("hint: "), "{said}: {complaint}");
    }
    written(folder.path(), &good);
    let output = command(folder.path()).arg("serve").env("PANJEREH_LISTN", "x").output().unwrap();
    assert!(complained(&output).contains("PANJEREH_LISTEN was probably meant"), "{}", complained(&output));
    let output = command(folder.path()).args(["serve", "--config", "missing.toml"]).output().unwrap();
    assert!(complained(&output).contains("missing.toml"), "{}", complained(&output));
}

#[test]
fn passwords_and_keys_are_shown_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let good = settings(folder.path());
    let file = folder.path().join("panjereh.toml");
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let mut all = String::new();
    // Nobody listens on port 1, so each attempt ends where the address would be told.
    for address in
        ["postgres://zone:s3cret@127.0.0.1:1/x", "postgres://zone:s3cret/@127.0.0.1:1/x", "postgres://z:s3cret"]
    {
        written(folder.path(), &good.replace("store.sqlite", address));
        mode(&file, 0o644);
        let open = complained(&refused(folder.path()));
        assert!(open.contains("chmod 600"), "{open}");
        mode(&file, 0o600);
        all += &(open + &complained(&refused(folder.path())));
    }
    written(folder.path(), &good.replace("\"store.sqlite\"", "postgres://zone:s3cret@db/x"));
    all += &complained(&refused(folder.path()));
    let password = folder.path().join("password");
    std::fs::write(&password, "s3cret\n").unwrap();
    let named = good.replace("store.sqlite", "postgres://zone@127.0.0.1:1/x");
    written(folder.path(), &format!("{named}store_password_file = \"password\"\n"));
    mode(&password, 0o604);
    let open = complained(&refused(folder.path()));
    assert!(open.contains("chmod 600 password"), "{open}");
    mode(&password, 0o600);
    let away = complained(&refused(folder.path()));
    assert!(away.contains("postgres://zone@127.0.0.1:1/x"), "{away}");
    all += &(open + &away);
    let keys = folder.path().join("keys.toml");
    written(folder.path(), &good);
    for (text, rights) in [("log = \"s3cret\"\n", 0o600), ("certificates = [\"s3cret\"", 0o600), ("", 0o644)] {
        std::fs::write(&keys, text).unwrap();
        mode(&keys, rights);
        all += &complained(&refused(folder.path()));
    }
    assert!(!all.contains("s3cret"), "{all}");
}

#[test]
fn what_is_packaged_is_what_the_program_takes() {
    let packaging = common::root().join("packaging");
    let unit = std::fs::read_to_string(packaging.join("panjereh.service")).unwrap();
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/panjereh ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let example = packaging.join("panjereh.toml");
    let args = start.split(' ').map(|arg| if arg.ends_with(".toml") { example.to_str().unwrap() } else { arg });
    // Every setting is taken; only the zone is not there.
    let output = command(folder.path()).args(args).output().unwrap();
    assert!(complained(&output).contains("/etc/panjereh/zone"), "{}", complained(&output));
    let example = std::fs::read_to_string(example).unwrap();
    let guide = std::fs::read_to_string(common::root().join("docs/operating.md")).unwrap();
    let help = said(&command(folder.path()).args(["serve", "--help"]).output().unwrap());
    let settings = help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned));
    let settings: Vec<String> = settings.filter(|word| !word.is_empty() && !word.starts_with('-')).collect();
    assert!(settings.len() >= 12, "{settings:?}");
    for setting in settings {
        assert!(example.contains(&format!("{setting} = ")), "{setting} is not in packaging/panjereh.toml");
        assert!(guide.contains(&format!("| `{setting}` |")), "{setting} is not in docs/operating.md");
    }
}

#[test]
fn sample_people_come_in_while_the_zone_stands_still() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), &settings(folder.path()));
    let samples = common::root().join("zones/maku/samples");
    let bring = || command(folder.path()).args(["accounts", "samples"]).arg(&samples).output().unwrap();
    assert_eq!(bring().status.code(), Some(0), "{}", complained(&bring()));
    let served = Served::start(command(folder.path()));
    assert!(complained(&bring()).contains("another panjereh runs"), "{}", complained(&bring()));
    let list = command(folder.path()).args(["accounts", "list", "--json"]).output().unwrap();
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    assert!(list.as_array().unwrap().iter().any(|account| account["id"] == "P-0001"), "{list}");
    assert!(served.stop());
}
