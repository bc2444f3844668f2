//! What is thought of a declaration, where that and chance lead it, and a model or rules that cannot work.

use std::sync::Arc;

use app::engine::act::Act;
use app::engine::event::What;
use app::engine::refusal::Refusal;
use app::{Account, AppError, CaseView, Store};
use definition::value::Value;
use serde_json::Value as Json;
use store_sqlite::SqliteStore;

use crate::masses::{gross, kilograms};
use crate::office::{Chance, Office, run};
use crate::truck::{SELLER, apply, declaration, document, enter_by, inspect, number, person, text};

/// The model's hash, the chance and the rules that are told of a declaration.
async fn risk(office: &Office, case: app::engine::CaseId) -> Json {
    let Value::Document(risk) = office.facts(case).await["risk"].clone() else { panic!() };
    let (_, bytes) = office.app.case_document(&supervisor(), case, &risk.sha256).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn supervisor() -> Account {
    Account { person: None, supervises: vec!["customs-office".to_owned()], ..person("supervisor") }
}

/// Who is to be inspected cannot take the declaration back and try another.
#[tokio::test]
async fn what_is_to_be_inspected_is_not_taken_back() {
    let office = Office::maku(Chance::Spares).await;
    let withdraw = Act::Withdraw { reason: String::new() };
    let suspected = declare(&office, &flour("W-1", "600.00")).await;
    assert_eq!(suspected.stage, "inspection");
    let refused = office.app.act(&person(SELLER), suspected.case, &withdraw, Some(suspected.seq), None).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Bound { .. }))), "{refused:?}");
    let looked_at = declare(&office, &flour("W-2", "3000.00")).await;
    assert_eq!(looked_at.stage, "documents");
    let refused = office.app.act(&person(SELLER), looked_at.case, &withdraw, Some(looked_at.seq), None).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Bound { .. }))), "{refused:?}");
}

/// Whoever knew it could withdraw and declare again until something better is thought.
#[tokio::test]
async fn who_declares_is_not_told_what_is_thought_of_it() {
    let office = Office::maku(Chance::Spares).await;
    let case = declare(&office, &flour("S-1", "600.00")).await.case;
    let of_risk = |key: &String| key.starts_with("risk");
    let told = |view: &CaseView| {
        let computed = view.history.iter().filter_map(|(_, event)| match &event.what {
            What::Computed { facts, .. } => Some(facts.keys().any(of_risk)),
            What::Ruled { table, rows, .. } if table == "channel" => Some(!rows.is_empty()),
            _ => None,
        });
        (view.case.facts.keys().any(of_risk), computed.filter(|told| *told).count())
    };
    let own = office.app.case(&person(SELLER), case).await.unwrap();
    assert_eq!(told(&own), (false, 0));
    assert!(own.case.facts.contains_key("assessment.payable") && own.history.len() > 3);
    let bare = own.history.iter().filter(|(row, _)| row.event.body.is_empty());
    let bare: Vec<&str> = bare.map(|(row, _)| row.event.kind.as_str()).collect();
    assert_eq!(bare, ["computed", "ruled"], "the rest is what its leaf was made of");
    assert_eq!(told(&office.app.case(&supervisor(), case).await.unwrap()), (true, 2));
    let Value::Document(risk) = office.facts(case).await["risk"].clone() else { panic!() };
    let refused = office.app.case_document(&person(SELLER), case, &risk.sha256).await;
    assert!(matches!(refused, Err(AppError::NotFound(_))), "{refused:?}");
    let export = office.app.export(&person(SELLER), None).await.unwrap();
    assert_eq!(told(&export.cases[0].view), (false, 0));
}

async fn declare(office: &Office, xml: &str) -> app::Acted {
    let declared = document(&office.app, SELLER, xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    apply(&office.app, SELLER, "goods-entry", &facts).await.unwrap()
}

fn flour(reference: &str, euros: &str) -> String {
    declaration(reference, "11010000", "30000", euros, ("78", "00"))
}

#[tokio::test]
async fn what_nothing_speaks_against_goes_on_with_its_score_on_record() {
    let office = Office::maku(Chance::Spares).await;
    let acted = declare(&office, &flour("A-1", "12000.00")).await;
    assert_eq!(acted.outcome.as_deref(), Some("granted"));
    let facts = office.facts(acted.case).await;
    // The leaves of the sample model: -2 - 0.5 - 0.25; 1 / (1 + e^2.75), down to a millionth.
    assert_eq!(facts["risk.chance"], number("0.060086"));
    assert_eq!(facts["risk.rule"], Value::Code("none".to_owned()));
    let told = risk(&office, acted.case).await;
    // 5% and 5% of 13.2 thousand million rials, and 10% of all three; times 1 / (1 + e^2.5) for the duty.
    assert_eq!(told["items"][0]["stake"], "2772000000");
    assert_eq!(told["duty"], told["items"][0]["duty"]);
    assert_eq!(told["duty"], "210278376", "{told:#}");
    assert_eq!(told["rules"], serde_json::json!([]));
    let features: Vec<_> = told["items"][0]["reasons"].as_array().unwrap().iter().map(|one| &one["feature"]).collect();
    assert_eq!(features[0], "Item Price / Net Mass", "{told:#}");
    // The model is named by its hash, as `panjereh risk score` names it.
    let text = std::fs::read(crate::office::folder_of("maku").join("functions/sample-model.txt")).unwrap();
    let hash: String = customs::risk::model_hash(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(told["model"], hash);
    assert!(office.kinds(acted.case).await.contains(&"drawn".to_owned()), "chance was asked first");
    // What is thought of the next one is the same, and its own: no two cases share a document that many would have.
    let next = declare(&office, &flour("A-2", "12000.00")).await;
    let next = office.facts(next.case).await;
    assert_eq!(next["risk.chance"], facts["risk.chance"]);
    assert_ne!(next["risk"], facts["risk"]);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn rules_and_scores_lead_to_an_officer_and_say_why() {
    let office = Office::maku(Chance::Spares).await;
    // 0.02 euros a kilogram: a rule, and a high chance.
    let acted = declare(&office, &flour("B-1", "600.00")).await;
    assert_eq!(acted.stage, "inspection");
    assert_eq!(office.facts(acted.case).await["risk.rule"], Value::Code("undervalued".to_owned()));
    let told = risk(&office, acted.case).await;
    assert_eq!((&told["rules"][0]["rule"], &told["rules"][0]["item"]), (&Json::from("undervalued"), &Json::from(1)));
    assert!(told["rules"][0]["fa"].as_str().unwrap().contains("آرد"));
    // A score alone: between the limits of the rule and of the model.
    let acted = declare(&office, &flour("B-2", "3000.00")).await;
    assert_eq!(acted.stage, "documents");
    let facts = office.facts(acted.case).await;
    assert_eq!((&facts["risk.rule"], &facts["risk.chance"]), (&Value::Code("none".to_owned()), &number("0.562176")));
}

/// A rule for goods that no tariff lets be declared would be a promise that nobody keeps.
#[tokio::test]
async fn each_rule_of_the_sample_is_met_by_some_declaration() {
    let office = Office::maku(Chance::Spares).await;
    let file = crate::office::folder_of("maku").join("functions/sample-rules.csv");
    let rules = std::fs::read_to_string(file).unwrap();
    let rows: Vec<Vec<&str>> = rules.lines().skip(1).map(|row| row.split(',').collect()).collect();
    assert!(rows.len() >= 4, "{rules}");
    for (place, row) in rows.iter().enumerate() {
        let (rule, chapter, says) = (row[0], row[1], row[8]);
        // What is for goods of any code is met by what they weigh.
        let code = if chapter.is_empty() { "11010000".to_owned() } else { format!("{chapter:0<8}") };
        let xml = declaration(&format!("R-{place}"), &code, "30000", "600.00", ("78", "00"));
        let xml = if chapter.is_empty() { gross(&xml, &kilograms("60000")) } else { xml };
        let told = risk(&office, declare(&office, &xml).await.case).await;
        let met = told["rules"].as_array().unwrap();
        assert!(met.iter().any(|one| one["rule"] == rule && one["en"] == says), "{rule} {chapter}: {told:#}");
    }
}

#[tokio::test]
async fn chance_inspects_what_nothing_speaks_against_and_whoever_files_again_does_not_escape_it() {
    let office = Office::maku(Chance::Inspects).await;
    let acted = declare(&office, &flour("C-1", "12000.00")).await;
    assert_eq!(acted.stage, "inspection");
    // What is thought of it is known all the same: so a model is seen in what it did not choose.
    assert_eq!(office.facts(acted.case).await["risk.chance"], number("0.060086"));
    let withdraw = Act::Withdraw { reason: String::new() };
    let refused = office.app.act(&person(SELLER), acted.case, &withdraw, Some(acted.seq), None).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Bound { .. }))), "{refused:?}");
    let again = declare(&office, &flour("C-2", "12000.00")).await;
    assert_eq!(again.stage, "inspection");
    assert!(!office.kinds(again.case).await.contains(&"drawn".to_owned()), "it was drawn once");
    let done = inspect(&office.app, &again, "as-declared", "1 30000").await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    // Another company is another matter.
    enter_by(&office.app, ("P-0002", "C-0002"), &flour("C-3", "12000.00")).await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_case_keeps_the_model_under_which_it_began() {
    let office = Office::maku(Chance::Spares).await;
    let first = declare(&office, &flour("D-1", "12000.00")).await;
    let Office { app, store, folder, database } = office;
    drop(app);
    let other = |path: &str, text: &str| {
        let text = Chance::Spares.change(path, text);
        if path.ends_with("model.txt") { text.replace("leaf_value=1.0 -2.0", "leaf_value=1.0 -3.0") } else { text }
    };
    let app = run("maku", &store, folder.path(), other).await.unwrap();
    let office = Office { app, store, folder, database };
    let second = declare(&office, &flour("D-2", "12000.00")).await;
    assert_ne!(office.definition(first.case).await, office.definition(second.case).await);
    assert_eq!(office.facts(first.case).await["risk.chance"], number("0.060086"));
    assert_eq!(office.facts(second.case).await["risk.chance"], number("0.022977"));
}

#[tokio::test]
async fn a_model_or_rules_that_cannot_work_end_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
    for (file, from, to, told) in [
        ("sample-model.txt", "Net Mass", "Net Masses", "`Net Masses`, which no declaration gives; is it `Net Mass`?"),
        ("sample-model.txt", "column\tnumber\tItems", "column\tnumber\tImporter ID", "`Importer ID` as a number"),
        ("sample-model.txt", "num_leaves=2", "num_leaves=two", "functions/sample-model.txt:"),
        ("sample-rules.csv", "listed,93", "listed,9x", "functions/sample-rules.csv:2"),
        ("sample-rules.csv", "permit,30", "licence,30", "may say `licence`, which is no code of `risk.rule`"),
        ("functions.yaml", "functions/sample-model.txt, ", "", "name its model"),
    ] {
        let change = |path: &str, text: &str| {
            if path.ends_with(file) { text.replace(from, to) } else { text.to_owned() }
        };
        let Err(AppError::Functions(why)) = run("maku", &store, folder.path(), change).await else { panic!("{to}") };
        assert!(why.contains(told), "{why}");
    }
}
