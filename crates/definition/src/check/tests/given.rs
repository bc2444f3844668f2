//! What functions are given: facts, and what registers and other functions say with them.

use super::fixture::{told, with};
use crate::check::check;
use crate::model::{FactPath, Service, Source};

/// The problems of a zone in which a function that takes these concepts is given this.
fn of(takes: &str, given: &str) -> (Vec<String>, Option<Service>) {
    let mut files = with("");
    let functions =
        format!("test.standing: {{ version: 1, takes: {takes}, result: shop.standing, gives: [shop.late] }}\n");
    files.0.insert("functions.yaml".to_owned(), functions.into_bytes());
    let rules = "in:standing.late,in:trade.risk,out:route,ground,note\n\
                 false,low,grant,,\nfalse,high,unclear,,\ntrue,-,refuse,shop-debt,\n";
    files.0.insert("services/permit/rules.csv".to_owned(), rules.into());
    let asked = "  trade: { concept: trade.kind, ask: required }\n";
    let worked_out = format!("  standing: {{ concept: shop.standing, function: test.standing, of: {given} }}\n");
    let service = files.0.get_mut("services/permit/service.yaml").unwrap();
    *service = String::from_utf8_lossy(service).replace(asked, &format!("{asked}{worked_out}")).into_bytes();
    for (path, lines) in [
        ("concepts.csv", "shop.standing,text(20),no,\nshop.late,boolean,no,\n"),
        ("en.ftl", "concept-shop-standing = Standing\nconcept-shop-late = Late\n"),
        ("services/permit/en.ftl", "fact-standing = Standing\n"),
    ] {
        files.0.get_mut(path).unwrap().extend(lines.as_bytes());
    }
    let report = check(&files);
    let service = report.zone.as_ref().and_then(|zone| zone.services().get("permit"));
    let service = service.map(|service| Service::clone(service));
    (told(&report), service)
}

fn problem(takes: &str, given: &str) -> String {
    let (mut told, _) = of(takes, given);
    assert_eq!(told.len(), 1, "{told:#?}");
    told.remove(0)
}

#[test]
fn a_function_is_given_what_a_register_holds_of_a_record() {
    let (told, service) = of("[shop.id, shop.debt]", "[shop, shop.debt]");
    assert_eq!(told, Vec::<String>::new());
    let service = service.unwrap();
    let Source::Function { of, .. } = &service.fact("standing").unwrap().source else { panic!("{service:?}") };
    assert_eq!(of.iter().map(FactPath::key).collect::<Vec<_>>(), ["shop", "shop.debt"]);
    // The content hash of what was there before this could be written is as it was: a fact alone is its name.
    let json = serde_json::to_value(&service).unwrap();
    let written = &json["facts"][2]["source"]["function"]["of"];
    let path = serde_json::json!({ "record": { "fact": "shop", "register": "shops", "concept": "shop.debt" } });
    assert_eq!(*written, serde_json::json!(["shop", path]));
    let read: Service = serde_json::from_value(json).unwrap();
    assert_eq!(read.fact("standing").unwrap().source, service.fact("standing").unwrap().source);
}

#[test]
fn what_it_cannot_be_given_is_told_with_the_remedy() {
    let the_first = "services/permit/service.yaml:9:69 ";
    for (takes, given, said) in [
        ("[shop.debt]", "[shop.dept]", "unknown-name: the register `shops` holds no `dept` | write `debt`"),
        (
            "[shop.debt]",
            "[standing.late]",
            "unknown-name: there is no fact before this one `standing` | define `standing` in `facts` of permit, or use one of `shop`, `trade`",
        ),
        (
            "[trade.kind]",
            "[trade.risk]",
            "wrong-value: `trade.risk` is about no concept | name a fact, or what a register or a function says with one",
        ),
        (
            "[shop.debt]",
            "[shop..debt]",
            "wrong-value: `shop..debt` is not a fact, or `FACT.NAME` | write a fact, or `FACT.NAME`",
        ),
    ] {
        assert_eq!(problem(takes, given).strip_prefix(the_first), Some(said), "{given}");
    }
    let twice = problem("[shop.debt, shop.debt]", "[shop.debt, shop.debt]");
    assert!(twice.contains("`shop.debt` stands here a second time"), "{twice}");
    for given in ["[shop]", "[shop.id]", "[trade]"] {
        let other = problem("[shop.debt]", given);
        assert!(other.contains("`test.standing` takes facts about shop.debt"), "{given}: {other}");
    }
}
