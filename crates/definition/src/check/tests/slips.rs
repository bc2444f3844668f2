//! One slip at a time, found with its own code and nothing else, under the place that it marks.

use super::fixture::{expect, told, with};
use crate::check::check;
use crate::codes;

const HEAD: &str = "service: permit\nauthority: office\nportal: portal\nfor: person\nwithin: 5 workdays\n";
const FACTS: &str =
    "facts:\n  shop: { concept: shop.id, from: shops }\n  trade: { concept: trade.kind, ask: required }\n";
const STAGES: &str = "stages:
  screening: { decide: rules, grant: granted, refuse: refused, unclear: review }
  review: { officer: clerk, within: 3 workdays, overdue: grant, may: { grant: granted, refuse: refused }, grounds: [shop-debt] }
  granted: { end: granted, issue: permit, valid: 1 years }
  refused: { end: refused }
";

fn service(head: &str, facts: &str, stages: &str) {
    expect(&format!("## services/permit/service.yaml\n{head}{facts}{stages}"));
}

#[test]
fn the_sound_zone_is_sound() {
    expect("");
}

#[test]
fn names_that_nothing_defines() {
    let portal = "service: permit\nauthority: ofice\n           ^^^^^ unknown-name\nportal: portals\n        ^^^^^^^ unknown-name\nfor: person\nwithin: 5 workdays\n";
    service(portal, FACTS, STAGES);
    service(
        HEAD,
        &FACTS.replace("from: shops }\n", "from: shop }\n                                  ^^^^ unknown-name\n"),
        STAGES,
    );
    let stage = "  refused: { end: refused, appeal: bord within 5 days, overturned: review }\n                                   ^^^^^^^^^^^^^^^^^^ unknown-name\n";
    service(HEAD, FACTS, &STAGES.replace("  refused: { end: refused }\n", stage));
    expect(
        "## services/permit/rules.csv\nin:shop.debt,in:trade.rsk,out:route,ground,note\n             ^^^^^^^^^^^^ unknown-name\n<= 0,low,grant,,\n<= 0,high,unclear,,\n> 0,-,refuse,shop-debt,\n",
    );
    expect(
        "## services/permit/rules.csv\nin:shop.debt,in:trade.risk,out:route,ground,note\n<= 0,low,grant,,\n<= 0,high,unclear,,\n> 0,-,refuse,shop-dept,\n             ^^^^^^^^^ unknown-name\n",
    );
}

#[test]
fn a_certificate_that_is_used_once_must_end() {
    let granted = "valid: 1 years }";
    service(HEAD, FACTS, &STAGES.replace(granted, "valid: 1 years, uses: once }"));
    let twice = "valid: 1 years, uses: twice }\n                                                                ^^^^^ wrong-value";
    service(HEAD, FACTS, &STAGES.replace(granted, twice));
    let endless = "uses: once }\n                                                ^^^^ missing";
    service(HEAD, FACTS, &STAGES.replace(granted, endless));
}

#[test]
fn the_nearest_name_is_proposed() {
    let report = check(&with(&format!(
        "## services/permit/service.yaml\n{HEAD}{FACTS}{}",
        STAGES.replace("unclear: review", "unclear: reveiw")
    )));
    assert_eq!(told(&report).len(), 1);
    assert!(report.problems[0].help.starts_with("write `review`"), "{:?}", report.problems);
}

#[test]
fn keys_that_the_language_has_not() {
    let head = HEAD.replace("for: person\n", "for: person\nwihin: 1 days\n^^^^^ unknown-key\n");
    service(&head, FACTS, STAGES);
    expect(
        "## law.csv\nid,act,article,from,to,statuss,status,en\n                       ^^^^^^^ unknown-key\nshop-debt,Shops Act,,,,,draft,The shop has debts.\n",
    );
}

#[test]
fn values_of_another_form() {
    service(&HEAD.replace("5 workdays\n", "5 wrokdays\n        ^^^^^^^^^^ wrong-value\n"), FACTS, STAGES);
    expect("## calendar.csv\ndate,en\n*-13-01,New year\n^^^^^^^ wrong-value\n");
    expect(
        "## law.csv\nid,act,article,from,to,status,en\nshop-debt,Shops Act,,2026-02-30,,draft,The shop has debts.\n                     ^^^^^^^^^^ wrong-value\n",
    );
}

#[test]
fn an_order_and_when_it_may_be_left() {
    let grounds = "grounds: [shop-debt]";
    let with = |more: &str| STAGES.replace(grounds, &format!("{grounds}, {more}"));
    service(HEAD, FACTS, &with("order: arrival, overtake: [shop-debt]"));
    service(HEAD, FACTS, &with("order: arrival"));
    let told = |more: &str, mark: &str| {
        let line = with(more).lines().find(|line| line.contains("officer")).unwrap().to_owned();
        let marked = format!("{line}\n{}{mark}", " ".repeat(line.find(more.split(": ").nth(1).unwrap()).unwrap()));
        service(HEAD, FACTS, &with(more).replace(&line, &marked));
    };
    told("order: urgency", "^^^^^^^ wrong-value");
}

#[test]
fn what_cannot_be_left_out() {
    expect(
        "## law.csv\nid,act,article,from,to,status,en\nshop-debt,Shops Act,,,,confirmed,The shop has debts.\n^ missing\n",
    );
    let stage = "  review: { officer: clerk, may: { grant: granted, refuse: refused }, grounds: [shop-debt] }\n  ^ wait-without-deadline\n  ^ wait-without-deadline\n";
    let lines =
        STAGES.lines().map(|line| if line.contains("officer") { stage.to_owned() } else { format!("{line}\n") });
    service(HEAD, FACTS, &lines.collect::<String>());
}

#[test]
fn routes_that_lead_nowhere_and_routes_that_nobody_gives() {
    expect(
        "## services/permit/rules.csv\nin:shop.debt,in:trade.risk,out:route,ground,note\n<= 0,low,grant,,\n<= 0,high,unclear,,\n> 0,low,refuse,shop-debt,\n> 0,high,send,shop-debt,\n         ^^^^ route-without-target\n",
    );
    let stages = STAGES.replace("grant: granted, refuse: refused, unclear: review }\n", "grant: granted, refuse: refused, unclear: review, hold: review }\n                                                                                ^^^^ unknown-name\n");
    service(HEAD, FACTS, &stages);
}

#[test]
fn cells_that_cannot_be_decided() {
    expect(
        "## services/permit/rules.csv\nin:shop.debt,in:trade.risk,out:route,ground,note\n<= 0,low,grant,,\n<= 0,hihg,unclear,,\n     ^^^^ undecidable-cell\n> 0,-,refuse,shop-debt,\n",
    );
    expect(
        "## services/permit/rules.csv\nin:shop,in:trade.risk,out:route,ground,note\n^^^^^^^ undecidable-cell\n-,low,grant,,\n-,high,unclear,,\n-,-,refuse,shop-debt,\n",
    );
}

#[test]
fn files_that_cannot_be_read_are_one_problem() {
    let mut files = with("");
    files.0.insert("law.csv".to_owned(), b"id,act\nx,\xe3\xc7\xcf\xe5\n".to_vec());
    assert_eq!(check(&files).problems.iter().map(|problem| problem.code.name).collect::<Vec<_>>(), ["encoding"]);
    expect("## services/permit/service.yaml\nservice: [permit\nauthority: office\n         ^ yaml-syntax\n");
    expect("## services/permit/en.ftl\nbad { b\n    ^ fluent-syntax\n");
}

#[test]
fn what_nothing_uses() {
    expect("## codes/extra.csv\ncode,en\n^ unused-name\nx,X\n");
    expect("## stray.yaml\na: 1\n^ unknown-file\n");
}

#[test]
fn includes_bring_parts_and_no_circles() {
    let head = format!("{HEAD}include: [../../shared/ends.yaml]\n");
    let ends = "## shared/ends.yaml\nstages:\n  refused: { end: refused }\n";
    let stages = STAGES.replace("  refused: { end: refused }\n", "");
    expect(&format!("## services/permit/service.yaml\n{head}{FACTS}{stages}{ends}"));
    let circle = "## shared/ends.yaml\ninclude: [more.yaml]\nstages:\n  refused: { end: refused }\n## shared/more.yaml\ninclude: [ends.yaml]\n          ^^^^^^^^^ include-cycle\n";
    expect(&format!("## services/permit/service.yaml\n{head}{FACTS}{stages}{circle}"));
    let twice = "## shared/ends.yaml\nstages:\n  refused: { end: refused }\n  ^^^^^^^ duplicate\n";
    expect(&format!("## services/permit/service.yaml\n{head}{FACTS}{STAGES}{twice}"));
}

#[test]
fn a_table_can_be_shared_and_stands_once() {
    let rules = "in:shop.debt,in:trade.risk,out:route,ground,note\n<= 0,low,grant,,\n<= 0,high,unclear,,\n> 0,-,refuse,shop-debt,\n";
    let head = format!("{HEAD}include: [../../shared/rules.csv]\n");
    let mut files = with(&format!("## services/permit/service.yaml\n{head}{FACTS}{STAGES}"));
    files.0.remove("services/permit/rules.csv");
    let missing = told(&check(&files));
    assert!(missing.iter().any(|told| told.contains("there is no file shared/rules.csv")), "{missing:#?}");
    files.0.insert("shared/rules.csv".to_owned(), rules.as_bytes().to_vec());
    assert_eq!(told(&check(&files)), Vec::<String>::new());
    files.0.insert("services/permit/rules.csv".to_owned(), rules.as_bytes().to_vec());
    let twice = told(&check(&files));
    assert!(twice.len() == 1 && twice[0].starts_with("shared/rules.csv:1:1 duplicate"), "{twice:#?}");
}

#[test]
fn silence_can_be_deemed_what_nobody_may_choose() {
    let overdue = "overdue: grant";
    let deemed = |to: &str| STAGES.replace(overdue, &format!("overdue: {{ deemed: {to} }}"));
    for (wrong, place) in [
        ("overdue: { refuse: granted }", "silence never refuses"),
        ("overdue: { grant: granted }", "may choose here"),
        ("overdue: { one: granted, two: granted }", "silence takes one route"),
        ("overdue: { deemed: nowhere }", "nowhere"),
    ] {
        let problems = told(&check(&with(&format!(
            "## services/permit/service.yaml\n{HEAD}{FACTS}{}",
            STAGES.replace(overdue, wrong)
        ))));
        assert!(problems.iter().any(|problem| problem.contains(place)), "{wrong}: {problems:#?}");
    }
    // What is deemed needs a word, and leads to no refusal.
    for (to, name) in [("granted", "word-missing"), ("refused", "ground-missing")] {
        let changed = format!("## services/permit/service.yaml\n{HEAD}{FACTS}{}", deemed(to));
        let problems = told(&check(&with(&changed)));
        assert!(problems.iter().any(|problem| problem.contains(name)), "{to}: {problems:#?}");
    }
}

#[test]
fn a_problem_in_one_service_leaves_the_others() {
    let report = check(&with("## services/broken/service.yaml\nservice: [\n"));
    let zone = report.zone.unwrap();
    assert_eq!(zone.services().keys().collect::<Vec<_>>(), ["permit"]);
    assert_eq!((report.services, report.problems.is_empty()), (2, false));
}

#[test]
fn every_code_is_explained_once() {
    let mut seen = std::collections::BTreeSet::new();
    for known in codes::all() {
        assert!(seen.insert(known.code.id) && seen.insert(known.code.name), "{:?}", known.code);
        assert!(known.text.len() > 80, "{:?}", known.code);
        assert_eq!(codes::explain(&known.code.id.to_lowercase()), Some(known));
        assert_eq!(codes::explain(known.code.name), Some(known));
    }
    assert_eq!(codes::explain("P000"), None);
}

#[test]
fn what_is_missing_is_told_where_it_belongs() {
    let mut files = with("");
    files.0.remove("zone.yaml");
    let without = told(&check(&files));
    assert!(
        without.iter().any(|told| told.starts_with("zone.yaml:1:1 missing: there is no zone.yaml")),
        "{without:#?}"
    );
    assert_eq!(without.len(), 1, "nothing else is told of a folder that is no zone's: {without:#?}");
    files.0.insert("zone.yml".to_owned(), b"zone: x\n".to_vec());
    assert!(told(&check(&files))[0].ends_with("| rename zone.yml to zone.yaml"));
    files.0.clear();
    assert_eq!(told(&check(&files)).len(), 1);
    let mut files = with("");
    files.0.remove("calendar.csv");
    let without = told(&check(&files));
    assert!(without.len() == 1 && without[0].starts_with("zone.yaml:1:1 missing: no day off"), "{without:#?}");
    files.0.insert("calendar.csv".to_owned(), b"date,en\n".to_vec());
    assert_eq!(told(&check(&files)), Vec::<String>::new(), "no day off is a statement, too");
    for (table, place) in [
        ("", "services/permit/rules.csv:1:1"),
        ("hit: unique\n", "services/permit/rules.csv:1:1"),
        ("note\n", "services/permit/rules.csv:1:1"),
        ("\n\nin:shop.debt\n-\n", "services/permit/rules.csv:3:1"),
    ] {
        let mut files = with("");
        files.0.insert("services/permit/rules.csv".to_owned(), table.as_bytes().to_vec());
        let problems = told(&check(&files));
        // What is left unused by it is told where that stands.
        assert!(problems.iter().any(|problem| problem.starts_with(place)), "{table:?}: {problems:#?}");
        assert!(!problems.iter().any(|problem| problem.starts_with("calendar.csv")), "{table:?}: {problems:#?}");
    }
}
