//! The record as event logs for process mining: whole, consistent, with nobody in it, and read by other people's program.
//!
//! With the Python in PANJEREH_PYTHON, or with `python3` if that has `pm4py`; else it says that it skips.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use app::engine::act::Act;
use app::engine::case::AGAIN;
use app::engine::event::Entering;
use app::extract::{ExtractError, Selection};
use app::ocel::Exported;
use definition::value::Value;
use serde_json::{Value as Json, json};

use crate::house::{House, SEATS, of_officer, of_person};

async fn shop(house: &House, key: &str, holder: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = BTreeMap::from([
        ("shop.id".to_owned(), text(key)),
        ("shop.debt".to_owned(), Value::Decimal(0.into())),
        ("person.id".to_owned(), text(holder)),
    ]);
    let (register, key, held_by) = ("shops".to_owned(), key.to_owned(), Some(holder.to_owned()));
    house.app.put_records(&[Entering { register, key, held_by, values }]).await.unwrap();
}

/// Licences by rules and by officers, one revoked, one refused whose refusal falls; two market days of one shop and one of another; a building.
async fn busy() -> House {
    let house = House::open().await;
    house.submit("b1", "licence", "kind baker, size 90").await;
    let case = house.submit("s1person", "licence", "kind smith, size 91").await.case;
    house.decide(case, "review", "grant", None).await;
    house.act(&of_officer("s1"), case, Act::Convene { reason: "a complaint".to_owned() }).await.unwrap();
    for officer in house.state(case).await.drawn(AGAIN) {
        let revoke = Act::Revoke { ground: "unfit".to_owned(), note: "forged".to_owned() };
        house.act(&of_officer(officer), case, revoke).await.unwrap();
    }
    let refused = house.submit("ali", "licence", "kind smith, size 92, remark MARK-OF-THE-REMARK").await.case;
    house.decide(refused, "review", "refuse", Some("unfit")).await;
    let draft = house.draft("board", Some(refused), "reasons MARK-OF-THE-REASONS");
    let appeal = house.app.submit(&of_person("ali"), &draft, None).await.unwrap().case;
    house.jobs().await;
    house.decide(appeal, "hearing", "grant", None).await;
    house.jobs().await;
    shop(&house, "SHOP-1", "zahra").await;
    shop(&house, "SHOP-2", "omid").await;
    for (person, shop) in [("zahra", "SHOP-1"), ("omid", "SHOP-2"), ("zahra", "SHOP-1")] {
        house.submit(person, "market", &format!("shop {shop}")).await;
    }
    house.submit("zahra", "build", "size 100").await;
    house
}

async fn ocel(house: &House, selection: &Selection, with_records: bool) -> (Exported, String) {
    let mut out = Vec::new();
    let exported = app::ocel::export(&*house.store, selection, with_records, &mut out).await.unwrap();
    (exported, String::from_utf8(out).unwrap())
}

fn list<'j>(log: &'j Json, name: &str) -> &'j Vec<Json> {
    log[name].as_array().unwrap_or_else(|| panic!("no {name}"))
}

fn text<'j>(json: &'j Json, name: &str) -> &'j str {
    json[name].as_str().unwrap_or_else(|| panic!("no {name} in {json}"))
}

/// How many objects, or events, there are of each type.
fn by_type(log: &Json, name: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    list(log, name).iter().for_each(|one| *counts.entry(text(one, "type").to_owned()).or_default() += 1);
    counts
}

/// What the specification asks of a log besides its form: ids are there once, what is named exists, types and attributes are declared.
fn consistent(log: &Json) {
    let ids: BTreeSet<&str> = list(log, "objects").iter().map(|object| text(object, "id")).collect();
    assert_eq!(ids.len(), list(log, "objects").len(), "an object is there twice");
    let events: BTreeSet<&str> = list(log, "events").iter().map(|event| text(event, "id")).collect();
    assert_eq!(events.len(), list(log, "events").len(), "an event is there twice");
    for (types, of) in [("eventTypes", "events"), ("objectTypes", "objects")] {
        let mut declared: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for one in list(log, types) {
            let attributes = list(one, "attributes").iter().map(|typed| (text(typed, "name"), text(typed, "type")));
            assert!(declared.insert(text(one, "name"), attributes.collect()).is_none(), "{one} is declared twice");
        }
        for one in list(log, of) {
            let attributes = declared.get(text(one, "type")).unwrap_or_else(|| panic!("{one} has no type"));
            for attribute in list(one, "attributes") {
                let value = &attribute["value"];
                let fits = match attributes[text(attribute, "name")] {
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64(),
                    "time" => text(attribute, "value").parse::<jiff::Timestamp>().is_ok(),
                    "string" => value.is_string(),
                    other => panic!("{other} is no type"),
                };
                assert!(fits, "{attribute} of {one}");
            }
            let mut relations = BTreeSet::new();
            for relation in list(one, "relationships") {
                assert!(ids.contains(text(relation, "objectId")), "{relation} of {one} leads nowhere");
                assert!(relations.insert(relation.to_string()), "{relation} is there twice in {one}");
            }
        }
    }
}

#[tokio::test]
async fn events_and_objects_are_those_of_the_record() {
    let house = busy().await;
    let (exported, text_) = ocel(&house, &Selection::default(), true).await;
    let log: Json = serde_json::from_str(&text_).unwrap();
    consistent(&log);
    let (mut events, mut cases) = (0, 0);
    let query =
        store::CaseQuery { of: store::CasesOf::All, open: false, after: None, newest_first: false, limit: 1000 };
    for row in house.store.cases(query).await.unwrap() {
        events += row.seq;
        cases += 1;
    }
    assert_eq!((exported.events, exported.cases), (events, cases));
    assert_eq!((list(&log, "events").len() as u64, list(&log, "objects").len() as u64), (events, exported.objects));
    let objects = by_type(&log, "objects");
    let expected = json!({
        "case of licence": 3, "case of board": 1, "case of market": 3, "case of build": 1,
        "certificate licence": 2, "record of shops": 2, "record of stalls": 2, "authority": 2, "role": 2,
    });
    assert_eq!(serde_json::to_value(&objects).unwrap(), expected);
    // Two market days are of one shop.
    let first = list(&log, "events").iter().filter(|event| {
        list(event, "relationships").contains(&json!({ "objectId": "record of shops 1", "qualifier": "shop" }))
    });
    assert_eq!(first.map(|event| text(event, "type")).collect::<Vec<_>>(), ["market: opened", "market: opened"]);
    let fell =
        list(&log, "events").iter().find(|event| text(event, "type").starts_with("licence: overturned")).unwrap();
    let qualifiers: Vec<&str> = list(fell, "relationships").iter().map(|one| text(one, "qualifier")).collect();
    assert_eq!(qualifiers, ["case", "appeal"]);
    let revoked = list(&log, "events").iter().find(|event| text(event, "type") == "licence: revoked permit").unwrap();
    let qualifiers: Vec<&str> = list(revoked, "relationships").iter().map(|one| text(one, "qualifier")).collect();
    assert_eq!(qualifiers, ["case", "by", "revoked"]);
    let decided = list(&log, "events").iter().find(|event| text(event, "type") == "licence: decided review").unwrap();
    assert!(
        list(decided, "relationships").contains(&json!({ "objectId": "role examiner", "qualifier": "by" })),
        "{decided}"
    );
    let attributes: Vec<String> = list(decided, "attributes").iter().map(Json::to_string).collect();
    assert!(attributes.contains(&json!({ "name": "by", "value": "officers" }).to_string()), "{attributes:?}");
}

#[tokio::test]
async fn nobody_and_nothing_secret_is_in_it() {
    let house = busy().await;
    let (_, with) = ocel(&house, &Selection::default(), true).await;
    let (_, without) = ocel(&house, &Selection::default(), false).await;
    let mut xes = Vec::new();
    app::xes::export(&*house.store, &Selection::default(), &mut xes).await.unwrap();
    let xes = String::from_utf8(xes).unwrap();
    let officers = SEATS.iter().flat_map(|(_, officers)| officers.split(' '));
    let people = ["b1", "s1person", "ali", "zahra", "omid"];
    let query =
        store::CaseQuery { of: store::CasesOf::All, open: false, after: None, newest_first: false, limit: 1000 };
    let rows = house.store.cases(query).await.unwrap();
    let ids = rows.iter().flat_map(|row| [row.case.to_string(), row.reference.clone()]).collect::<Vec<_>>();
    for log in [&with, &without, &xes] {
        for person in officers.clone().chain(people) {
            assert!(!log.contains(&format!("\"{person}\"")), "{person} is in it");
        }
        for word in ["MARK-OF", "SHOP-", "ST-", "in my own words", "forged", "a complaint"] {
            assert!(!log.contains(word), "{word} is in it");
        }
        assert!(ids.iter().all(|id| !log.contains(id)), "a case's own id is in it");
        // The size is no public fact.
        assert!(!log.contains("size"), "what is not public is in it");
    }
    assert!(with.contains("record of shops 1") && !without.contains("record of"), "records are left out");
    consistent(&serde_json::from_str(&without).unwrap());
}

#[tokio::test]
async fn a_part_is_as_consistent_as_the_whole() {
    let house = busy().await;
    let of = |service: &str| Selection { service: Some(service.to_owned()), ..Selection::default() };
    for service in ["licence", "board", "market", "build"] {
        let (exported, text) = ocel(&house, &of(service), true).await;
        let log: Json = serde_json::from_str(&text).unwrap();
        consistent(&log);
        let cases: usize =
            by_type(&log, "objects").iter().filter(|(name, _)| name.starts_with("case")).map(|one| one.1).sum();
        assert_eq!(cases as u64, exported.cases, "{service}");
    }
    let mut out = Vec::new();
    let none = app::ocel::export(&*house.store, &of("bread"), true, &mut out).await.unwrap_err();
    assert!(matches!(none, ExtractError::NoSuchService { .. }), "{none}");
    let empty = app::xes::export(&*house.store, &of("fair"), &mut out).await.unwrap_err();
    assert!(matches!(empty, ExtractError::Empty { filed: None }), "{empty}");
    assert!(out.is_empty(), "nothing is written where nothing is");
}

#[tokio::test]
async fn the_same_record_is_the_same_file_and_a_disk_that_is_full_is_told() {
    let house = busy().await;
    let first = ocel(&house, &Selection::default(), true).await;
    assert_eq!(ocel(&house, &Selection::default(), true).await, first);
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for room in [0, 20, 1_000, first.1.len() - 3] {
        let failed = app::ocel::export(&*house.store, &Selection::default(), true, &mut Full(room)).await;
        assert!(matches!(failed, Err(ExtractError::Write(_))), "{room} bytes: {failed:?}");
    }
    for room in [0, 20, 2_000] {
        let failed = app::xes::export(&*house.store, &Selection::default(), &mut Full(room)).await;
        assert!(matches!(failed, Err(ExtractError::Write(_))), "{room} bytes: {failed:?}");
    }
}

#[tokio::test]
async fn a_rehearsal_reads_what_is_exported() {
    let house = busy().await;
    let selection = Selection { service: Some("licence".to_owned()), ..Selection::default() };
    let mut xes = Vec::new();
    let exported = app::xes::export(&*house.store, &selection, &mut xes).await.unwrap();
    let text_ = String::from_utf8(xes.clone()).unwrap();
    let lines = text_.lines().skip_while(|line| *line != "<event>");
    let named =
        lines.filter_map(|line| line.strip_prefix("<string key=\"concept:name\" value=\"")?.strip_suffix("\"/>"));
    let activities: BTreeSet<&str> = named.filter(|name| name.len() < 32).collect();
    assert!(activities.contains("decided review"), "{activities:?}");
    let mut map = "service: licence\ntime: iso\nactivities:\n".to_owned();
    activities.iter().for_each(|name| map.push_str(&format!("  {name}: {{ act: note }}\n")));
    map.push_str("columns: { case: \"case:concept:name\", activity: \"concept:name\", person: \"org:role\", at: \"time:timestamp\" }\n");
    let service = &house.app.zone().services()["licence"];
    let input = app::rehearse::Input { service, map: map.as_bytes(), log: &xes };
    let report = app::rehearse::rehearse(&input).unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!((report.cases, report.events), (exported.cases, exported.events));
}

/// A Python that has `pm4py`; a named one that has not is a failure, no name and none is a skip.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from);
    let python = named.clone().unwrap_or_else(|| "python3".into());
    let asked = Command::new(&python).args(["-c", "import pm4py, jsonschema_rs"]).output();
    let there = asked.is_ok_and(|output| output.status.success());
    if !there {
        assert!(named.is_none(), "PANJEREH_PYTHON ({}) cannot import pm4py and jsonschema_rs", python.display());
        println!("SKIPPED: no Python with `pm4py` and `jsonschema_rs`; set PANJEREH_PYTHON to one that has them");
    }
    there.then_some(python)
}

fn pm4py(python: &Path, form: &str, file: &Path) -> Json {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/mining/read.py");
    let output = Command::new(python).arg(script).arg(form).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn pm4py_reads_validates_and_discovers() {
    let Some(python) = python() else { return };
    let house = busy().await;
    let (exported, text_) = ocel(&house, &Selection::default(), true).await;
    let log: Json = serde_json::from_str(&text_).unwrap();
    let file = house.folder().join("record.json");
    std::fs::write(&file, &text_).unwrap();
    let read = pm4py(&python, "ocel", &file);
    assert_eq!(read["schema"], json!([]), "the form of OCEL 2.0");
    assert_eq!(read["unsatisfied"], json!([]), "pm4py's own validation");
    assert_eq!(read["events"], json!(by_type(&log, "events")));
    assert_eq!(read["objects"], json!(by_type(&log, "objects")));
    let relations = |name: &str| list(&log, name).iter().map(|one| list(one, "relationships").len()).sum::<usize>();
    assert_eq!((&read["e2o"], &read["o2o"]), (&json!(relations("events")), &json!(relations("objects"))));
    assert_eq!(read["events"].as_object().unwrap().values().filter_map(Json::as_u64).sum::<u64>(), exported.events);
    // Of one type of objects a graph and a net of what follows what.
    assert_eq!(read["follows"]["case of board"]["board: opened"], json!(1), "{read}");
    assert!(read["nets"].as_array().unwrap().contains(&json!("case of licence")), "{read}");

    let mut xes = Vec::new();
    let exported = app::xes::export(&*house.store, &Selection::default(), &mut xes).await.unwrap();
    let file = house.folder().join("record.xes");
    std::fs::write(&file, &xes).unwrap();
    let read = pm4py(&python, "xes", &file);
    assert_eq!((&read["cases"], &read["events"]), (&json!(exported.cases), &json!(exported.events)));
    assert_eq!(read["start"]["opened"], json!(exported.cases), "each case begins with its opening");
    assert!(read["roles"].as_array().unwrap().contains(&json!("examiner")), "{read}");
    assert!(read["fits"].as_bool().unwrap(), "the net that is discovered fits the log");
}
