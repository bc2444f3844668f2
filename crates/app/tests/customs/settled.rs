//! What is left over and never written off is explained, and settled by two officers, until something changes.

use std::collections::BTreeMap;

use app::engine::act::Act;
use app::{Account, Acted, AppError, LeftoverFilter, LeftoverWay, PaperKind};
use definition::value::Value;
use jiff::SignedDuration;
use store::{EntryQuery, Put};

use crate::leaving::{lot, officer};
use crate::leftovers::{go_out, left, released, supervisor, told};
use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, apply, person, text};

/// A company explains something of the list.
pub async fn explain(office: &Office, who: (&str, &str), entry: &str) -> Result<Acted, AppError> {
    let (person, company) = who;
    let facts = [("company", text(company)), ("entry", text(entry)), ("explanation", text("the scale was wrong"))];
    apply(&office.app, person, "leftover-settlement", &facts).await
}

/// Both officers who were drawn decide so.
pub async fn both(office: &Office, asked: &Acted, route: &str) -> Acted {
    let mut seen = asked.clone();
    for drawn in office.state(asked.case).await.drawn("review") {
        let account = Account { person: None, officer: Some(drawn.clone()), ..person("officer") };
        let facts = BTreeMap::from([("cause".to_owned(), Value::Code("scale".to_owned()))]);
        let ground = Some("leftover-settled".to_owned());
        let act = Act::Decide { route: route.to_owned(), ground, note: "seen".to_owned(), facts };
        seen = office.app.act(&account, seen.case, &act, Some(seen.seq), None).await.unwrap();
    }
    seen
}

#[tokio::test]
async fn what_is_explained_is_settled_and_told_on_demand_until_something_changes() {
    for office in Office::makus().await {
        let lot = lot(&office).await;
        let case = released(&office, &lot, "OUT-1").await;
        go_out(&office, &case, 1, Some((22_000, Some(14_000)))).await;
        let entry = left(&office).await[0].id.clone().unwrap();
        assert_eq!(entry, format!("R-{}", case.case.reference()));
        let asked = explain(&office, (SELLER, "C-0001"), &entry).await.unwrap();
        let officer = officer(&office, &asked, "review").await;
        let view = office.app.case(&officer, asked.case).await.unwrap();
        let settling = office.app.settling(&view).await.unwrap().unwrap();
        assert_eq!(settling.left.unwrap().way, LeftoverWay::Mass, "the officer sees what it is about");
        assert_eq!(told(&office).await.len(), 1, "an explanation alone settles nothing");
        office.app.clock.advance(SignedDuration::from_secs(60));
        assert_eq!(both(&office, &asked, "settle").await.outcome.as_deref(), Some("granted"));
        assert_eq!(told(&office).await, []);
        let all = LeftoverFilter { settled: true, ..LeftoverFilter::default() };
        let (listed, _) = office.app.leftovers(&supervisor(), &all, None).await.unwrap();
        let settled = listed[0].settled.clone().unwrap();
        assert_eq!((settled.case, settled.cause.as_str(), settled.officers.len()), (asked.case, "scale", 2));
        assert_eq!(settled.grounds, ["leftover-settled"]);
        let own = LeftoverFilter { owner: Some("C-0001".to_owned()), ..all };
        let (own, _) = office.app.leftovers(&person(SELLER), &own, None).await.unwrap();
        assert_eq!(own[0].settled.as_ref().unwrap().officers, Vec::<String>::new());
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
        // It is made again from the record.
        let query = EntryQuery { kind: "leftover/settled".to_owned(), key: None, owner: None, after: None, limit: 10 };
        let entry = office.store.entries(query).await.unwrap().remove(0);
        let gone = Put { kind: entry.kind, key: entry.key, owner: None, body: None, expected: Some(entry.version) };
        office.store.put(vec![gone]).await.unwrap();
        assert_eq!(told(&office).await.len(), 1);
        assert_eq!(office.app.rebuild().await.unwrap().mended, 1);
        assert_eq!(told(&office).await, []);
        office.app.clock.advance(SignedDuration::from_secs(60));
        go_out(&office, &case, 2, None).await;
        assert_eq!(
            told(&office).await,
            [(PaperKind::Released, LeftoverWay::Beyond)],
            "what happened since is not settled"
        );
    }
}

#[tokio::test]
async fn nobody_settles_what_is_anothers_or_is_not_there_and_a_refusal_settles_nothing() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    let entry = format!("R-{}", case.case.reference());
    let open = [(PaperKind::Released, LeftoverWay::Open)];
    let wrong = office.wrong(explain(&office, (SELLER, "C-0001"), "10000").await).await;
    assert!(wrong[0].1.contains("as the list of what is left over has it"), "{wrong:?}");
    for (who, entry) in
        [((BUYER, "C-0002"), entry.as_str()), ((SELLER, "C-0001"), "T-NONE"), ((SELLER, "C-0001"), "M-NONE/1")]
    {
        let wrong = office.wrong(explain(&office, who, entry).await).await;
        let [(fact, said)] = &wrong[..] else { panic!("{wrong:?}") };
        assert!(said.contains(entry) && said.contains("take the number from that list"), "{fact}: {said}");
    }
    let refused = explain(&office, (SELLER, "C-0001"), &entry).await.unwrap();
    assert_eq!(both(&office, &refused, "refuse").await.outcome.as_deref(), Some("refused"));
    assert_eq!(told(&office).await, open);
    // Two explain the same: what the first settled the second cannot.
    let typed = entry.to_lowercase();
    let [first, second] =
        [explain(&office, (SELLER, "C-0001"), &typed).await, explain(&office, (SELLER, "C-0001"), &entry).await];
    office.app.clock.advance(SignedDuration::from_secs(60));
    let (first, second) = (first.unwrap(), second.unwrap());
    both(&office, &first, "settle").await;
    assert_eq!(told(&office).await, []);
    let settled = office.wrong(explain(&office, (SELLER, "C-0001"), &entry).await).await;
    assert!(settled[0].1.contains("or it was settled"), "{settled:?}");
    let state = office.state(second.case).await;
    let [one, other] = state.drawn("review") else { panic!() };
    let decide = async |drawn: &str, seq: u64| {
        let account = Account { person: None, officer: Some(drawn.to_owned()), ..person("officer") };
        let facts = BTreeMap::from([("cause".to_owned(), Value::Code("scale".to_owned()))]);
        let act = Act::Decide {
            route: "settle".to_owned(),
            ground: Some("leftover-settled".to_owned()),
            note: "seen".to_owned(),
            facts,
        };
        office.app.act(&account, second.case, &act, Some(seq), None).await
    };
    let seen = decide(one, second.seq).await.unwrap();
    let wrong = office.wrong(decide(other, seen.seq).await).await;
    assert!(wrong[0].1.contains("or it was settled"), "{wrong:?}");
}

#[tokio::test]
async fn silence_explains_nothing() {
    let office = Office::maku(Chance::Spares).await;
    let lot = lot(&office).await;
    let case = released(&office, &lot, "OUT-1").await;
    let entry = format!("R-{}", case.case.reference());
    let open = [(PaperKind::Released, LeftoverWay::Open)];
    let silent = explain(&office, (SELLER, "C-0001"), &entry).await.unwrap();
    office.app.clock.advance(SignedDuration::from_hours(24 * 5));
    app::jobs::clock::run(&office.app).await.unwrap();
    let ended = office.state(silent.case).await.ended.unwrap();
    assert_eq!(format!("{:?}", ended.outcome), "Closed", "silence explains nothing");
    assert_eq!(told(&office).await, open);
}
