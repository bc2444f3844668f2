//! A small past whose report was reckoned by hand, as CSV and as XES, and everything that can be wrong with a log or a map.
//!
//! Must not know of: how a rehearsal is done.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use app::rehearse::{Input, LOG_BYTES_MAX, Report, Rounded, Source, Unreadable, Wrong, rehearse};
use definition::Checked;
use definition::model::Service;
use serde_json::json;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(fixture(name)).unwrap()
}

fn service() -> Arc<Checked<Service>> {
    static SERVICE: OnceLock<Arc<Checked<Service>>> = OnceLock::new();
    Arc::clone(SERVICE.get_or_init(checked_service))
}

fn checked_service() -> Arc<Checked<Service>> {
    let checked = definition::check(&app::read_zone(&fixture("desk")).unwrap());
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    Arc::clone(&checked.zone.unwrap().services()["permit"])
}

fn run(map: &str, log: &[u8]) -> Result<Report, Unreadable> {
    rehearse(&Input { service: &service(), map: map.as_bytes(), log })
}

/// The one mistake of a log under the fixture's map, and its line.
fn wrong(log: &[u8]) -> (Option<u64>, Wrong) {
    let unreadable = run(&text("desk-map.yaml"), log).unwrap_err();
    assert_eq!(unreadable.source_of, Source::Log);
    assert!(unreadable.mistakes.iter().all(|mistake| !mistake.help().is_empty()));
    let [mistake] = <[_; 1]>::try_from(unreadable.mistakes).unwrap_or_else(|all| panic!("{all:?}"));
    (mistake.line, mistake.wrong)
}

fn wrong_in_map(from: &str, to: &str) -> Vec<String> {
    let map = text("desk-map.yaml");
    assert!(map.contains(from), "{from} is not in the map");
    let unreadable = run(&map.replacen(from, to, 1), text("desk-log.csv").as_bytes()).unwrap_err();
    assert_eq!(unreadable.source_of, Source::Map);
    unreadable.mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn the_report_reckoned_by_hand() {
    let report = run(&text("desk-map.yaml"), text("desk-log.csv").as_bytes()).unwrap();
    let json = serde_json::to_value(&report).unwrap();
    let by_hand = json!({
        "cases": 5, "events": 25, "activities": 8, "people": 6, "closed": 3, "late": 1, "past_promise": 0, "variants": 5,
        "same_person": { "V+G": { "both": 3, "same": 1 } }, "same_person_cases": { "V+G": ["beta"] },
        "mean_elapsed_days": 7.05, "handover_share": 0.1986, "touches_per_case": 2.6,
        "deemed_granted": 1, "not_allowed": 8,
        "outcomes": { "granted": 2, "refused": 1, "lapsed": 0, "withdrawn": 0, "closed": 0, "open": 1, "never_opened": 1 },
        "lapses": { "advice/water": 1, "visit": 1, "review": 1 },
        // The three workdays to Thursday 11 January, the five to Friday 19, the five to Friday 26: the grant is due when that day is over.
        "deemed_granted_cases": [{ "case": "beta", "silent": ["advice/water", "review"], "granted": "2024-01-26T23:00:00Z" }],
        "late_cases": [
            { "case": "beta", "deadline": "2024-01-31T23:00:00Z", "closed": "2024-02-06T08:00:00Z", "days_late": 5.375 },
        ],
    });
    for (figure, value) in by_hand.as_object().unwrap() {
        assert_eq!(json.get(figure), Some(value), "{figure}");
    }
    let visit = &json["time_before_activity"]["V visit"];
    assert_eq!(*visit, json!({ "count": 4, "total_days": 28.25, "median_days": 0.5 }));
    assert_eq!(json["time_in_stage"]["review"]["count"], 2);
}

#[test]
fn what_is_not_allowed_is_said_with_its_reason() {
    let report = run(&text("desk-map.yaml"), text("desk-log.csv").as_bytes()).unwrap();
    let told: Vec<String> = report
        .not_allowed_acts
        .iter()
        .map(|act| format!("{} {}: {} {:?}", act.case, act.activity, act.why.refusal, act.why.stage_was))
        .collect();
    assert_eq!(
        told,
        [
            "gamma A apply: open-already None",
            "delta A apply: facts None",
            "beta G grant: not-now Some(\"not-reached\")",
            "gamma Z take back: ended None",
            "delta V visit: not-open Some(\"not-reached\")",
            "epsilon G grant: signed-already None",
            "epsilon G grant: nobody-named None",
            "beta V visit: ended Some(\"lapsed\")",
        ]
    );
    assert_eq!(report.not_allowed_by.iter().map(|group| group.count).sum::<u64>(), report.not_allowed);
}

#[test]
fn csv_and_xes_give_the_same_report_and_so_does_a_second_run() {
    let (map, csv, xes) = (text("desk-map.yaml"), text("desk-log.csv"), text("desk-log.xes"));
    let report = run(&map, csv.as_bytes()).unwrap();
    assert_eq!(run(&map, csv.as_bytes()).unwrap(), report);
    assert_eq!(run(&map, xes.as_bytes()).unwrap(), report);
    assert_eq!(report.log_root.len(), 64);
    assert_eq!(run(&map, format!("\u{feff}{csv}").as_bytes()).unwrap(), report, "a byte order mark changes nothing");
    assert_eq!(run(&map, csv.replace('\n', "\r\n").as_bytes()).unwrap(), report, "nor do line ends");
    let other = run(&map, csv.replacen("2024-01-12T09:00:00", "2024-01-12T09:00:01", 1).as_bytes()).unwrap();
    assert_ne!(other.log_root, report.log_root, "another past has another root");
}

#[test]
fn bytes_that_are_no_log() {
    let csv = text("desk-log.csv");
    assert_eq!(wrong(b""), (None, Wrong::Empty));
    assert_eq!(wrong(b"\xef\xbb\xbf \n"), (None, Wrong::Empty));
    assert_eq!(wrong(csv.lines().next().unwrap().as_bytes()), (None, Wrong::Empty));
    assert_eq!(wrong(&vec![b'a'; LOG_BYTES_MAX + 1]), (None, Wrong::TooLarge { max_bytes: LOG_BYTES_MAX }));
    assert_eq!(wrong(b"\x1f\x8b\x08\x00"), (None, Wrong::Gzip));
    assert_eq!(wrong(b"\xff\xfec\x00"), (None, Wrong::Encoding { looks_like: "UTF-16" }));
    // "Persian" in Windows-1256, and an accented name in Latin-1, in the second line.
    let with =
        |bytes: &[u8]| [csv.lines().next().unwrap().as_bytes(), b"\nalpha,,,7,A apply,", bytes, b",x,\n"].concat();
    let (line, latin) = wrong(&with(b"Andr\xe9"));
    assert_eq!((line, latin), (Some(2), Wrong::Encoding { looks_like: "Latin-1 (ISO 8859-1 or Windows-1252)" }));
    assert_eq!(wrong(&with(b"\xdd\xc7\xd1\xd3\xed")), (Some(2), Wrong::Encoding { looks_like: "Windows-1256" }));
}

#[test]
fn csv_that_does_not_fit() {
    let csv = text("desk-log.csv");
    assert_eq!(wrong(csv.replace(',', ";").as_bytes()), (Some(1), Wrong::Separator { separator: ';' }));
    let (line, missing) = wrong(csv.replacen("org:resource", "who", 1).as_bytes());
    assert!(matches!(missing, Wrong::NoColumn { column, there } if column == "org:resource" && there.len() == 8));
    assert_eq!(line, Some(1));
    let (line, short) = wrong(format!("{csv}alpha,too short\n").as_bytes());
    assert!(matches!(short, Wrong::Malformed { format: "CSV", .. }), "{short}");
    assert_eq!(line, Some(27));
    let cell = |from: &str, to: &str| wrong(csv.replacen(from, to, 1).as_bytes());
    let (line, time) = cell("2024-01-08T09:00:00+01:00", "8 January");
    assert_eq!((line, time), (Some(2), Wrong::BadTime { column: "time:timestamp".into(), value: "8 January".into() }));
    let (_, local) = cell("2024-01-08T09:00:00+01:00", "2024-01-08T09:00:00");
    assert!(matches!(local, Wrong::BadTime { .. }), "a time without an offset is no instant");
    assert_eq!(cell("2024-01-08T09:00:00+01:00", "").1, Wrong::NoValue { column: "time:timestamp".into() });
    let (_, activity) = cell("T telephone", "T telegraph");
    assert_eq!(activity, Wrong::UnknownActivity { activity: "T telegraph".into() });
    assert_eq!(cell(",ok\n", ",so so\n").1, Wrong::UnknownValue { fact: "state".into(), value: "so so".into() });
    assert_eq!(cell(",100,A", ",5000,A").1, Wrong::UnknownValue { fact: "size".into(), value: "5000".into() });
    let (_, two) = cell("alpha,2024-01-20", "alpha,2024-01-21");
    assert!(matches!(two, Wrong::Disagrees { .. }), "{two}");
}

#[test]
fn rows_that_lost_their_order_or_stand_twice() {
    let (map, csv) = (text("desk-map.yaml"), text("desk-log.csv"));
    let report = run(&map, csv.as_bytes()).unwrap();
    let mut rows: Vec<&str> = csv.lines().collect();
    rows[1..].reverse();
    let reversed = run(&map, rows.join("\n").as_bytes()).unwrap();
    assert_eq!(reversed, report, "what happened first is known by its time, not by its row");
    // What is recorded twice was done twice, as far as anybody knows: the second is counted, and reported where the definition forbids it.
    let visit = csv.lines().find(|row| row.contains("V visit")).unwrap();
    let twice = run(&map, format!("{csv}{visit}\n").as_bytes()).unwrap();
    assert_eq!((twice.events, twice.not_allowed), (report.events + 1, report.not_allowed + 1));
}

#[test]
fn cells_that_are_no_cells() {
    let csv = text("desk-log.csv");
    let cell = |from: &str, to: &str| wrong(csv.replacen(from, to, 1).as_bytes());
    let long = |column: &str, chars| Wrong::TooLong { column: column.into(), chars, max: 10_000 };
    assert_eq!(cell("\nalpha,", &format!("\n{},", "س".repeat(1_000_000))), (Some(2), long("case:id", 1_000_000)));
    assert_eq!(cell(",A apply,", &format!(",{},", "x".repeat(10_001))), (Some(2), long("concept:name", 10_001)));
    let (line, no_day) = cell("2024-01-08T09:00:00+01:00", "2024-02-30T09:00:00+01:00");
    assert!(matches!(no_day, Wrong::BadTime { .. }), "{no_day}");
    assert_eq!(line, Some(2));
    // A quote that is opened and never closed swallows the rest of the file; the row is then too short.
    let (line, open) = cell("\ndelta,", "\n\"delta,");
    assert!(matches!(open, Wrong::Malformed { format: "CSV", .. }), "{open}");
    assert_eq!(line, Some(4));
}

#[test]
fn many_mistakes_are_told_at_once_but_not_all() {
    let csv = text("desk-log.csv").replace("+01:00,", ",");
    let unreadable = run(&text("desk-map.yaml"), csv.as_bytes()).unwrap_err();
    assert_eq!(unreadable.mistakes.len(), 20);
    assert!(unreadable.more > 0);
    assert!(unreadable.mistakes.is_sorted_by_key(|mistake| mistake.line));
}

#[test]
fn xes_that_does_not_fit() {
    let xes = text("desk-log.xes");
    for cut in [xes.len() / 3, xes.len() / 2, xes.len() - 8] {
        let at = xes[..cut].rfind('>').unwrap() + 1;
        let (line, truncated) = wrong(&xes.as_bytes()[..at]);
        assert!(matches!(truncated, Wrong::Truncated { .. }), "{truncated}");
        assert_eq!(line, Some(u64::try_from(xes[..at].matches('\n').count()).unwrap() + 1));
    }
    let inside_a_tag = xes.find("concept:name\" value=\"V").unwrap();
    let (_, cut) = wrong(&xes.as_bytes()[..inside_a_tag]);
    assert!(matches!(cut, Wrong::Truncated { .. }), "{cut}");
    let malformed = |log: String| matches!(wrong(log.as_bytes()).1, Wrong::Malformed { format: "XES", .. });
    assert!(malformed(xes.replacen("</event>", "</trace>", 1)));
    assert!(malformed(xes.replacen("<log", "<html", 1).replace("</log>", "</html>")));
    assert!(malformed(xes.replacen("value=\"ann\"", "value=\"&lol;\"", 1)));
    assert!(malformed(xes.replacen("<log ", "<!DOCTYPE log [<!ENTITY lol \"lol\">]>\n<log ", 1)));
    assert!(malformed(format!("<log>{}", "<list key=\"a\">".repeat(10_000))));
    let (_, missing) = wrong(xes.replace("org:resource", "who").as_bytes());
    assert_eq!(missing, Wrong::NoColumn { column: "org:resource".into(), there: Vec::new() });
    assert_eq!(wrong(b"<log/>"), (None, Wrong::Empty));
}

#[test]
fn a_map_that_does_not_fit() {
    assert_eq!(wrong_in_map("service: permit", "service: licence"), ["line 1: the service has no name `licence`"]);
    assert_eq!(wrong_in_map("time: iso", "time: local").len(), 1);
    assert_eq!(wrong_in_map("time: iso\n", ""), ["line 1: `time` is missing"]);
    assert_eq!(wrong_in_map("time: iso", "time: iso\nzone: desk"), ["line 4: `zone` means nothing here"]);
    assert_eq!(wrong_in_map("route: done", "route: doen"), ["line 12: the service has no route `doen`"]);
    assert_eq!(
        wrong_in_map("stage: visit", "stage: advice"),
        ["line 12: the service has no stage of an officer's `advice`"]
    );
    assert_eq!(
        wrong_in_map("ground: unsafe", "ground: ugly"),
        ["line 11: the service has no ground of this branch `ugly`"]
    );
    assert_eq!(wrong_in_map("opinion: object", "opinion: perhaps").len(), 1);
    assert_eq!(wrong_in_map("branch: fire", "branch: earth"), ["line 9: the service has no branch `earth`"]);
    assert_eq!(wrong_in_map("{ act: note }", "{ act: dance }").len(), 1);
    assert_eq!(wrong_in_map("{ act: note }", "{ act: note, stage: visit }").len(), 1);
    assert_eq!(wrong_in_map("{ act: note }", "{ stage: visit }").len(), 1);
    assert_eq!(wrong_in_map("  size:", "  weight:"), ["line 5: the service has no fact `weight`"]);
    assert_eq!(wrong_in_map("[[V, G]]", "[[V, Q]]"), ["line 16: the service has no activity in the map `Q`"]);
    assert_eq!(wrong_in_map("[[V, G]]", "[[V]]").len(), 1);
    assert_eq!(wrong_in_map("time: iso", "time: [iso").len(), 1);
    assert_eq!(wrong_in_map("time: iso", "time: iso\ntime: iso"), ["line 4: `time` stands here a second time"]);
    let whole = |map: &[u8]| {
        let log = text("desk-log.csv");
        let unreadable = rehearse(&Input { service: &service(), map, log: log.as_bytes() }).unwrap_err();
        assert_eq!(unreadable.source_of, Source::Map);
        format!("{} ({})", unreadable, unreadable.mistakes[0].help())
    };
    assert_eq!(whole(b""), "line 1: the map must be keys with values (write it in that form)");
    assert!(
        whole(b"service: \xdd\xc7\xd1\xd3\xed")
            .starts_with("line 1: line 1 is not UTF-8; the file looks like Windows-1256")
    );
    assert!(whole("[".repeat(10_000).as_bytes()).starts_with("line 1: "));
}

/// The activity licence of a zone whose rules read registers, and a map of a log that says what they held.
fn licence() -> Arc<Checked<Service>> {
    let maku = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let zone = definition::check(&app::read_zone(&maku).unwrap()).zone.unwrap();
    Arc::clone(&zone.services()["activity-licence"])
}

const LICENCE_MAP: &str = r#"
service: activity-licence
columns: { case: case, activity: activity, person: person, at: at }
time: iso
facts:
  company: { column: company }
  company.arrears: { column: arrears }
  activity: { column: activity-code }
  premises: { column: premises }
  premises.use: { column: use, values: { flat: dwelling, office: office } }
  investment: { column: investment }
activities:
  applied: { act: submit }
  granted: { act: decide, stage: review, route: grant }
"#;

const LICENCE_LOG: &str = "\
case,activity,person,at,company,arrears,activity-code,premises,use,investment
a,applied,,2025-05-03T08:00:00Z,C-1,0,4711,M-1,flat,1000
b,applied,,2025-05-03T09:00:00Z,C-2,5000,4711,M-2,office,1000
c,applied,,2025-05-03T10:00:00Z,C-3,0,4711,M-3,office,1000
c,granted,Sara,2025-05-04T10:00:00Z,,,,,,
";

/// A log that says what registers held then is decided by the rules that read them: in a dwelling and with arrears nothing is granted.
#[test]
fn what_registers_held_comes_from_the_logs_columns() {
    let report = rehearse(&Input { service: &licence(), map: LICENCE_MAP.as_bytes(), log: LICENCE_LOG.as_bytes() });
    let report = report.unwrap();
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((&json["outcomes"]["granted"], &json["outcomes"]["refused"]), (&json!(1), &json!(2)), "{json:#}");
    // What an officer granted a day later a rule would have granted at once.
    assert_eq!(json["not_allowed_acts"][0]["refusal"], "ended", "{json:#}");
    assert_eq!(json["touches_per_case"], json!(0.0), "{json:#}");
}

#[test]
fn a_map_that_leaves_out_what_registers_held_is_told_what_is_missing() {
    let service = licence();
    let told = |map: &str| {
        let input = Input { service: &service, map: map.as_bytes(), log: LICENCE_LOG.as_bytes() };
        let unreadable = rehearse(&input).unwrap_err();
        assert_eq!(unreadable.source_of, Source::Map);
        unreadable.mistakes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let map = LICENCE_MAP.replace("  company.arrears: { column: arrears }\n", "");
    let missing = "`company.arrears` comes from the register `companies`, which a log of the past does not hold";
    assert!(told(&map).iter().any(|told| told.contains(missing)), "{:?}", told(&map));
    let map = LICENCE_MAP.replace("company.arrears:", "company.debts:");
    assert!(told(&map).iter().any(|told| told.contains("the service has no fact `company.debts`")), "{:?}", told(&map));
}

/// A refusal without a ground would never be allowed, and silence would look like what the definition grants.
#[test]
fn a_map_that_forgets_a_ground_is_told_so() {
    let told = wrong_in_map("opinion: object, ground: unsafe", "opinion: object");
    assert_eq!(told, ["line 11: an objection needs a `ground`"]);
    let told = wrong_in_map("route: grant }", "route: refuse }");
    assert_eq!(told, ["line 13: a refusal needs a `ground`"]);
}

#[test]
fn what_a_row_leaves_empty_is_named_where_the_case_is_told_of() {
    let of = |from: &str, to: &str| {
        let log = LICENCE_LOG.replacen(from, to, 1);
        let input = Input { service: &licence(), map: LICENCE_MAP.as_bytes(), log: log.as_bytes() };
        let json = serde_json::to_value(rehearse(&input).unwrap()).unwrap();
        json["not_allowed_acts"].as_array().unwrap()[0].clone()
    };
    for (from, to, refusal, facts) in [
        ("C-2,5000,", "C-2,,", "undecidable", json!(["company.arrears"])),
        ("C-2,5000,", ",5000,", "facts", json!(["company"])),
    ] {
        let told = of(from, to);
        assert_eq!((&told["case"], &told["refusal"], &told["facts"]), (&json!("b"), &json!(refusal), &facts), "{told}");
    }
}

#[test]
fn a_past_of_another_calendar_is_told_so() {
    let csv = text("desk-log.csv").replacen("2024-01-08T09:00:00+01:00", "1402-10-18T09:00:00+01:00", 1);
    let (line, far) = wrong(csv.as_bytes());
    let Wrong::FarTime { column, help, .. } = &far else { panic!("{far}") };
    assert_eq!((line, column.as_str()), (Some(2), "time:timestamp"));
    assert!(far.to_string().contains("1402-10-18") && help.contains("`2024-01-08`"), "{far} {help}");
}

#[test]
fn rounding_is_half_up_and_exact() {
    let shown =
        |numerator, denominator, decimals| Rounded::ratio(numerator, denominator, decimals).map(|it| it.to_string());
    assert_eq!(shown(1, 2000, 3).as_deref(), Some("0.001"));
    assert_eq!(shown(1, 2001, 3).as_deref(), Some("0.000"));
    assert_eq!(shown(5_408_147, 1_000_000, 3).as_deref(), Some("5.408"));
    assert_eq!(shown(-1, 4, 1).as_deref(), Some("-0.2"));
    assert_eq!(shown(1, 0, 3), None);
    assert_eq!(shown(i128::MAX, 1, 3), None);
    let number = Rounded::ratio(7374, 10_000, 4).unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), "0.7374");
}
