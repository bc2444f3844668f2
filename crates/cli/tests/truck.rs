//! A truck of goods in the demonstration: it comes from Bazargan into the zone, is stored, a third is sold by receipt, a product is made of that and leaves for the mainland with
//! its share of added value; and another hand does all of it again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::{Demo, complained, panjereh, said};
use serde_json::Value;

/// What becomes of the truck: entry, receipt, its offer, who takes it, processing, exit; and what its two declarations reserve and free again.
const BOOKINGS: u64 = 6 + 4;
/// The assessments of entry and exit; a zone may have more worked out.
const FUNCTIONS: u64 = 2;

fn disclose(data: &Path, out: &Path) -> Value {
    let disclosed = panjereh(&["disclose", data.to_str().unwrap(), "--out", out.to_str().unwrap(), "--json"]);
    assert_eq!(disclosed.status.code(), Some(0), "{}", complained(&disclosed));
    serde_json::from_slice(&disclosed.stdout).unwrap()
}

fn audit(given: &Path, key: &str) -> (Option<i32>, Value) {
    let audited = panjereh(&["audit", given.to_str().unwrap(), "--key", key, "--json"]);
    (audited.status.code(), serde_json::from_slice(&audited.stdout).unwrap())
}

fn is_done_again(given: &Path, key: &str) {
    let (code, report) = audit(given, key);
    assert_eq!((code, &report["clean"]), (Some(0), &Value::Bool(true)), "{report}");
    assert!(report["counts"]["functions"].as_u64().unwrap() >= FUNCTIONS, "{report}");
    assert_eq!(report["counts"]["bookings"], BOOKINGS, "{report}");
    assert_eq!(report["counts"]["functions_not_asked"], 0, "{report}");
}

/// The files of a folder of the disclosure, as text.
fn files(given: &Path, folder: &str) -> Vec<(std::path::PathBuf, String)> {
    let all = std::fs::read_dir(given.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    all.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn a_truck_comes_is_stored_sold_worked_on_and_leaves_and_an_audit_does_all_of_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    let demo = Demo::start(&data);
    let key = demo.log_key().to_owned();
    // The seller has two thirds of the flour, the buyer a pass for a load of biscuits.
    let read = |who: &str, path: &str| String::from_utf8(demo.read(who, path).1).unwrap();
    let (seller, buyer) = (read("P-0001", "/api/v1/cases"), read("P-0002", "/api/v1/cases"));
    for service in ["goods-entry", "warehouse-receipt", "receipt-transfer"] {
        assert!(seller.contains(service), "{service}: {seller}");
    }
    for service in ["receipt-acceptance", "goods-processing", "goods-exit"] {
        assert!(buyer.contains(service), "{service}: {buyer}");
    }
    sold_on(&demo);
    assert!(demo.stop());

    // The pass for the biscuits was not used yet.
    let place = data.to_str().unwrap();
    let left = panjereh(&["leftovers", place, "--json"]);
    assert_eq!(left.status.code(), Some(0), "{}", complained(&left));
    let left: Value = serde_json::from_slice(&left.stdout).unwrap();
    let [one] = &left.as_array().unwrap()[..] else { panic!("{left}") };
    assert_eq!(
        (&one["paper"], &one["way"], &one["service"]),
        (&"released".into(), &"open".into(), &"goods-exit".into())
    );
    let told = panjereh(&["leftovers", place, "--paper", "transit", "--owner", "C-0002"]);
    assert!(told.status.success() && told.stdout.is_empty(), "{}", common::said(&told));
    let told = panjereh(&["leftovers", place, "--paper", "released", "--owner", "C-0002"]);
    assert!(common::said(&told).contains("of 19053100"), "{}", common::said(&told));

    let disclosed = disclose(&data, &given);
    assert!(disclosed["disclosed"]["documents"].as_u64().unwrap() >= 2 * FUNCTIONS, "{disclosed}");
    is_done_again(&given, &key);
    let audited = panjereh(&["audit", given.to_str().unwrap(), "--key", &key]);
    let line = format!(", bookings followed: {BOOKINGS}\n");
    let said = said(&audited);
    assert!(said.contains("functions asked again: ") && said.contains(&line), "{said}");

    // 9,000 euros for what was made of flour for 4,000: five ninths were added in the zone.
    let assessments = files(&given, "documents");
    let exit = assessments.iter().find(|(_, text)| text.contains("\"lines\"") && text.contains("SAMPLE-TRUCK-OUT-1"));
    let exit: Value = serde_json::from_str(&exit.unwrap().1).unwrap();
    assert!(exit["lines"].as_array().unwrap().iter().any(|line| line["tax"] == "CUD"), "{exit}");
    let why = exit.to_string();
    assert!(why.contains("5/9") || why.contains("0.5555"), "the share of added value: {why}");

    // Started again, it does nothing of it twice.
    assert!(Demo::start(&data).stop());
    let again = folder.path().join("again");
    disclose(&data, &again);
    is_done_again(&again, &key);

    // A tariff in which another rate stands is not the one that the definition names.
    let (path, text) = files(&again, "tables").into_iter().find(|(_, text)| text.contains("1905")).unwrap();
    std::fs::write(path, text.replace('0', "9")).unwrap();
    let (code, report) = audit(&again, &key);
    let codes: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((code, codes.contains(&"A438")), (Some(1), true), "{report}");
    assert_ne!(report["counts"]["functions_not_asked"], 0, "{report}");
}

/// Wherever it is killed, the next start goes on, and nothing comes twice.
#[test]
fn killed_on_the_way_the_truck_goes_on_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (data, given) = (folder.path().join("data"), folder.path().join("given"));
    for ms in [200, 400, 700, 1_000, 1_400] {
        let mut killed = Command::new(env!("CARGO_BIN_EXE_panjereh"))
            .current_dir(common::root())
            .args(["demo", "--listen", "127.0.0.1:0", "--seed", "7", "--dir", data.to_str().unwrap()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(ms));
        killed.kill().unwrap();
        killed.wait().unwrap();
    }
    let demo = Demo::start(&data);
    let key = demo.log_key().to_owned();
    assert!(demo.stop());
    disclose(&data, &given);
    is_done_again(&given, &key);
}

/// The receipt that was sold: whoever has a network is told that it does not hold any more, and whoever has none that this cannot be known.
fn sold_on(demo: &Demo) {
    let read = |who: &str, path: &str| serde_json::from_slice::<Value>(&demo.read(who, path).1).unwrap();
    let cases = read("P-0001", "/api/v1/cases");
    let issued = cases["items"].as_array().unwrap().iter().find(|case| case["service"] == "warehouse-receipt").unwrap();
    let path = format!("/api/v1/cases/{}/certificate", issued["case"].as_str().unwrap());
    common::wait_until("the certificate is void", || read("P-0001", &path)["verdict"]["verdict"] == "revoked");
    let paper = read("P-0001", &path)["text"].as_str().unwrap().to_owned();
    let verify = |further: &[&str]| {
        panjereh(&[&["certificate", "verify", &paper, "--key", demo.certificate_key()], further].concat())
    };
    let online = verify(&["--online"]);
    assert_eq!(online.status.code(), Some(1), "{}", complained(&online));
    assert!(said(&online).starts_with("revoked: it does not hold any more"), "{}", said(&online));
    let offline = verify(&[]);
    assert!(said(&offline).contains("whether it was revoked is not known: give --online"), "{}", said(&offline));
}
