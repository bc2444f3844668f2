//! `panjereh backup` and `restore`: a copy made while the zone runs goes back, its log verifies and goes on; damage is refused by name.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{Demo, Served, application, command, complained, copy, said, wait_until};

/// A zone that was used, its settings, a backup made while it was served, and a token of somebody in it.
struct Used {
    folder: tempfile::TempDir,
    token: String,
    key: String,
}

impl Used {
    fn zone() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo::start(&folder.path().join("zone"));
        let (token, key) = (demo.token("P-0001").to_owned(), demo.log_key().to_owned());
        assert!(demo.stop());
        let used = Self { folder, token, key };
        used.settle("zone");
        let served = Served::start(used.command("zone"));
        for number in 0..3 {
            used.apply(&served, &format!("first-{number}"));
        }
        let (head, _) = common::send(&served.address, &upload(&served.address, &used.token));
        assert!(head.starts_with("HTTP/1.1 201"), "{head}");
        // The roster is in the log already: what comes last is there when nothing more comes.
        let last = std::cell::Cell::new(0);
        wait_until("the log does not come to rest", || {
            let before = last.replace(size(&served));
            std::thread::sleep(std::time::Duration::from_millis(1_500));
            before > 0 && before == last.get()
        });
        let backed_up = used.run("zone", &["backup", "../backup"]);
        assert_eq!(backed_up.status.code(), Some(0), "{}{}", said(&backed_up), complained(&backed_up));
        used.apply(&served, "after-the-backup");
        assert!(served.stop());
        used
    }

    /// Writes settings for a zone in a folder of that name.
    fn settle(&self, name: &str) {
        let folder = self.path(name);
        std::fs::create_dir_all(&folder).unwrap();
        let zone = common::root().join("zones/maku");
        let settings = format!(
            "listen = \"127.0.0.1:0\"\nzone = \"{}\"\nstore = \"store.sqlite\"\nobjects = \"objects\"\nkeys = \"keys.toml\"\n\
             origin = \"demo.invalid/maku\"\nbase_url = \"http://127.0.0.1\"\n",
            zone.display()
        );
        std::fs::write(folder.join("panjereh.toml"), settings).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, name: &str) -> std::process::Command {
        command(&self.path(name))
    }

    fn run(&self, name: &str, args: &[&str]) -> Output {
        self.command(name).args(args).output().unwrap()
    }

    fn apply(&self, served: &Served, key: &str) {
        let (head, answer) = served.call(&self.token, "/api/v1/cases", key, &application());
        assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{}", String::from_utf8_lossy(&answer));
    }

    /// The exit code of verifying a log, and what was said.
    fn verify(&self, log: &str) -> (Option<i32>, String) {
        let output = self.run("zone", &["log", "verify", log, "--key", &self.key]);
        (output.status.code(), said(&output) + &complained(&output))
    }
}

/// The size that the log's checkpoint says (C2SP tlog-checkpoint: its second line).
fn size(served: &Served) -> u64 {
    let note = String::from_utf8(served.get("/log/checkpoint").1).unwrap();
    note.lines().nth(1).unwrap().parse().unwrap()
}

/// A document for the API.
fn upload(address: &str, token: &str) -> String {
    let body = "%PDF-1.4\n1 0 obj<</Type/Page>>endobj\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n37\n%%EOF\n";
    format!(
        "POST /api/v1/documents?name=plan HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         idempotency-key: doc\r\ncontent-type: application/pdf\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn a_backup_of_a_running_zone_goes_back_and_goes_on() {
    let used = Used::zone();
    let about = std::fs::read_to_string(used.path("backup/backup.json")).unwrap();
    let about: serde_json::Value = serde_json::from_str(&about).unwrap();
    // One of the test's own; the truck's declarations with what functions made of them, and what an inspector adds where chance has it so.
    assert!(about["documents"].as_u64().unwrap() >= 7, "{about:#}");
    let mode = |name: &str| std::fs::metadata(used.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("backup"), mode("zone/store.sqlite")), (0o700, 0o600), "people's data is for the owner alone");
    assert!(!used.path("backup/keys.toml").exists(), "keys are not in it unless asked for");
    used.settle("restored");
    std::fs::copy(used.path("zone/keys.toml"), used.path("restored/keys.toml")).unwrap();
    let restored = used.run("restored", &["restore", "../backup", "--json"]);
    assert_eq!(restored.status.code(), Some(0), "{}", complained(&restored));
    assert_eq!(mode("restored/store.sqlite"), 0o600);
    let log = used.path("restored/objects/log");
    assert_eq!(used.verify(log.to_str().unwrap()).0, Some(0), "{}", used.verify(log.to_str().unwrap()).1);
    let served = Served::start(used.command("restored"));
    let stood = about["log_entries"].as_u64().unwrap();
    assert!(stood > 0 && size(&served) >= stood);
    let before = size(&served);
    used.apply(&served, "after-the-restoration");
    wait_until("the log does not go on", || size(&served) > before);
    let url = format!("http://{}/log", served.address);
    assert_eq!(used.verify(&url).0, Some(0), "{}", used.verify(&url).1);
    assert!(served.stop());
    let again = used.run("restored", &["restore", "../backup"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(complained(&again).contains("there already"), "{}", complained(&again));
    let over = used.run("restored", &["backup", "../backup"]);
    assert!(complained(&over).contains("not empty"), "{}", complained(&over));
}

#[test]
fn a_backup_that_cannot_be_relied_on_is_refused_by_name() {
    let used = Used::zone();
    let restore = |change: &dyn Fn(&Path)| {
        let bad = used.path("bad");
        drop(std::fs::remove_dir_all(&bad));
        drop(std::fs::remove_dir_all(used.path("target")));
        copy(&used.path("backup"), &bad);
        change(&bad);
        used.settle("target");
        let output = used.run("target", &["restore", "../bad"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(!used.path("target/store.sqlite").exists(), "nothing was put in place");
        complained(&output)
    };
    let flipped = restore(&|bad| {
        let file = bad.join("objects/log/checkpoint");
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[20] ^= 1;
        std::fs::write(file, bytes).unwrap();
    });
    assert!(flipped.contains("objects/log/checkpoint is damaged"), "{flipped}");
    let missing = restore(&|bad| std::fs::remove_file(bad.join("store.sqlite")).unwrap());
    assert!(missing.contains("store.sqlite"), "{missing}");
    let unfinished = restore(&|bad| std::fs::remove_file(bad.join("backup.json")).unwrap());
    assert!(unfinished.contains("not finished"), "{unfinished}");
    let ahead = restore(&|bad| {
        // A store from before the log, with sums that are right: somebody put two backups together.
        let fresh = used.path("fresh");
        drop(std::fs::remove_dir_all(&fresh));
        assert!(Demo::start(&fresh).stop());
        // What a stop in a hurry left in the write-ahead log comes into the file.
        assert_eq!(common::panjereh(&["rebuild", fresh.to_str().unwrap()]).status.code(), Some(0));
        std::fs::copy(fresh.join("store.sqlite"), bad.join("store.sqlite")).unwrap();
        sum_again(bad);
    });
    assert!(ahead.contains("more than its store has events"), "{ahead}");
    let torn = restore(&|bad| {
        let bytes = std::fs::read(bad.join("store.sqlite")).unwrap();
        std::fs::write(bad.join("store.sqlite"), &bytes[..bytes.len() / 2]).unwrap();
        sum_again(bad);
    });
    assert!(torn.contains("../bad"), "{torn}");
    let entry = restore(&|bad| {
        let bundle = std::fs::read_dir(bad.join("objects/log/tile/entries/000.p")).unwrap().next().unwrap().unwrap();
        let mut bytes = std::fs::read(bundle.path()).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(bundle.path(), bytes).unwrap();
        sum_again(bad);
    });
    assert!(entry.contains("tile/entries/000.p"), "{entry}");
}

#[test]
fn keys_are_in_a_backup_when_they_are_asked_for() {
    let used = Used::zone();
    let with = used.run("zone", &["backup", "../with-keys", "--with-keys"]);
    assert_eq!(with.status.code(), Some(0), "{}", complained(&with));
    used.settle("restored");
    assert_eq!(used.run("restored", &["restore", "../with-keys"]).status.code(), Some(0));
    let keys = |name: &str| std::fs::read(used.path(name)).unwrap();
    assert_eq!(keys("restored/keys.toml"), keys("zone/keys.toml"));
    assert!(Served::start(used.command("restored")).stop());
    used.settle("other");
    assert!(Served::start(used.command("other")).stop(), "makes keys of its own");
    std::fs::remove_file(used.path("other/store.sqlite")).unwrap();
    std::fs::remove_dir_all(used.path("other/objects")).unwrap();
    let other = used.run("other", &["restore", "../backup"]);
    assert!(complained(&other).contains("another log's"), "{}", complained(&other));
}

/// Writes the sums of a changed backup again, as a forger or a careless hand would.
fn sum_again(backup: &Path) {
    let script = "find . -type f ! -name SHA256SUMS ! -name backup.json | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS && \
                  sum=$(sha256sum < SHA256SUMS | cut -d' ' -f1) && sed -i \"s/\\\"sums\\\": .*/\\\"sums\\\": \\\"$sum\\\"/\" backup.json";
    assert!(std::process::Command::new("sh").args(["-c", script]).current_dir(backup).status().unwrap().success());
}
