//! What officers recorded with some of a desk's decisions and left empty with others: an audit does it again, and finds what was taken out where it was needed.
//!
//! Must not know of: any one check.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::act::Act;
use app::{Account, Acted, Objects};
use audit::State;
use bytes::Bytes;
use engine::CaseId;
use engine::event::What;

use crate::accounts::{SPARES, copied};
use crate::forge::{Forge, Published, codes, read_folder};
use crate::history::{self, Town};
use crate::truck;

/// Flour of great value comes, and is inspected: so much of it is there, and something that nobody declared.
async fn found(town: &Town, reference: &str, measured: &str) -> CaseId {
    let xml = truck::declaration(reference, "11010000", "30000", "900000.00", ("78", "00"));
    let declared = truck::document(&town.app, truck::SELLER, &xml).await;
    let warehouse = Value::Code("maku-1".to_owned());
    let facts = [("company", truck::text("C-0001")), ("warehouse", warehouse), ("declaration", declared)];
    let acted = truck::apply(&town.app, truck::SELLER, "goods-entry", &facts).await.unwrap();
    assert_eq!(acted.stage, "inspection");
    town.tick();
    truck::inspect(&town.app, &acted, "not-declared", measured).await.unwrap();
    town.tick();
    acted.case
}

/// Each of the two whose turn it is chooses this, and writes so much.
async fn choose(town: &Town, case: CaseId, route: &str, fact: &str, written: [&str; 2]) -> Acted {
    let mut done = None;
    for words in written {
        let drawn = town.state(case).await.holders()[0].clone();
        let officer = Account { person: None, officer: Some(drawn.clone()), ..truck::person(&drawn) };
        let mut facts = BTreeMap::new();
        if !words.is_empty() {
            let picture = Bytes::from_static(include_bytes!("../../../app/tests/fixtures/documents/picture.png"));
            let photograph = town.app.keep_document(&officer, "found.png", "image/png", picture).await.unwrap();
            facts.insert(fact.to_owned(), truck::text(words));
            facts.insert(format!("{fact}-photograph"), Value::Document(photograph));
        }
        let ground = (route == "refuse").then(|| "goods-undeclared".to_owned());
        let act = Act::Decide { route: route.to_owned(), ground, note: String::new(), facts };
        done = Some(town.app.act(&officer, case, &act, None, None).await.unwrap());
        town.tick();
    }
    done.unwrap()
}

#[test]
fn what_is_needed_with_one_decision_and_not_with_another_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let zone = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let (changed, out) = (folder.path().join("zone"), folder.path().join("disclosure"));
    copied(&zone, &changed, &[SPARES]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = history::open(&changed, folder.path(), 1).await;
        let seized = found(&town, "IN-1", "1 20000").await;
        assert_eq!(choose(&town, seized, "refuse", "beside", ["40 cartons", ""]).await.stage, "seized");
        let seized = found(&town, "IN-2", "1 0").await;
        let words = ["12 bottles", "bottles, a dozen"];
        assert_eq!(choose(&town, seized, "refuse", "contraband", words).await.stage, "contraband-seized");
        let freed = found(&town, "IN-3", "1 0").await;
        assert_eq!(choose(&town, freed, "free", "contraband", ["", ""]).await.stage, "refused-as-measured");
        town.deliver().await;
        assert!(town.app.disclose(&Objects::folder(&out).unwrap()).await.unwrap().quiet);
    });
    let published = Published::of(read_folder(&out));
    let (report, _) = published.audit(State::default(), None);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);

    // Who seized said nothing of what.
    let mut forge = Forge::of(&published);
    let at = forge.find(|what| matches!(what, What::Signed { facts, .. } if facts.contains_key("contraband")));
    if let What::Signed { facts, .. } = forge.what(at) {
        facts.remove("contraband");
    }
    let (report, _) = forge.publish().audit(State::default(), None);
    assert!(codes(&report.findings).contains(&"A423"), "{:#?}", report.findings);

    // What only the first of two wrote is left out of what the decision of both says.
    let mut forge = Forge::of(&published);
    let at = forge.find(|what| matches!(what, What::Decided { facts, .. } if facts.contains_key("beside")));
    if let What::Decided { facts, .. } = forge.what(at) {
        facts.remove("beside");
    }
    let (report, _) = forge.publish().audit(State::default(), None);
    assert_eq!(codes(&report.findings), ["A401"], "{:#?}", report.findings);
}
