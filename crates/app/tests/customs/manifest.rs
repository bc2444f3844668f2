//! A carrier files a cargo manifest, entries write its lines off, and what is left over of each is known at any moment.

use app::customs::goods::{Left, Quantity};
use app::{Account, Acted, AppError, LeftoverFilter, LeftoverOf, LeftoverWay, PaperKind};
use store::{EntryQuery, Put};

use crate::amending::{agree, ask, cancellation};
use crate::beside::declare;
use crate::goods::open;
use crate::leftovers::supervisor;
use crate::office::Office;
use crate::truck::{SELLER, apply, declaration, enter_by, person, text};

const LINES: &str = "CMR-1 11010000 600 30000\n۲؛ ۱۱۰۱۰۰۰۰؛ ۱۰؛ ۵۰۰\n";

async fn file(office: &Office, lines: &str) -> Result<Acted, AppError> {
    let facts = [("company", text("C-0001")), ("vehicle", text("IR-77")), ("lines", text(lines))];
    apply(&office.app, SELLER, "cargo-manifest", &facts).await
}

/// So many kilograms of flour come in by a line of a manifest.
fn by_line(reference: &str, kilograms: &str, manifest: &str, line: &str) -> String {
    let price = kilograms.parse::<u32>().unwrap() * 2 / 5;
    let xml = declaration(reference, "11010000", kilograms, &price.to_string(), ("78", "00"));
    let earlier = format!(
        "<PreviousDocument><CategoryCode>Z</CategoryCode><ID>{manifest}</ID><TypeCode>785</TypeCode><LineNumeric>{line}</LineNumeric></PreviousDocument>"
    );
    xml.replace("</Origin>", &format!("</Origin>{earlier}"))
}

/// The line, how it stands, and how it and what came in differ.
async fn told(office: &Office) -> Vec<(u32, LeftoverWay, Left)> {
    let filter = LeftoverFilter { kind: Some(PaperKind::Manifest), owner: None, settled: false };
    let (left, _) = office.app.leftovers(&supervisor(), &filter, None).await.unwrap();
    let line = |one: app::LeftoverView| match one.what {
        LeftoverOf::Manifest { line, left, .. } => (line.line, one.way, left),
        other => panic!("{other:?}"),
    };
    left.into_iter().map(line).collect()
}

fn kg(amount: &str) -> Quantity {
    Quantity::parse(amount, "KGM").unwrap()
}

#[tokio::test]
async fn entries_write_a_manifest_off_line_by_line() {
    for office in Office::makus().await {
        let filed = file(&office, LINES).await.unwrap();
        assert_eq!(filed.outcome.as_deref(), Some("granted"));
        let open = |line, amount| (line, LeftoverWay::Open, Left::Open(kg(amount)));
        assert_eq!(told(&office).await, [open(1, "30000"), open(2, "500")]);
        let manifest = filed.case.reference();
        declare(&office, &by_line("A-1", "500", &manifest, "2")).await.unwrap();
        assert_eq!(told(&office).await, [open(1, "30000")], "the second came in as it was filed");
        declare(&office, &by_line("A-2", "29000", &manifest, "1")).await.unwrap();
        assert_eq!(told(&office).await, [open(1, "1000")], "a tonne is short");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
        declare(&office, &by_line("A-3", "1500", &manifest, "1")).await.unwrap();
        let beyond = (1, LeftoverWay::Beyond, Left::Beyond(kg("500")));
        assert_eq!(told(&office).await, [beyond], "half a tonne more came than was filed");
        assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    }
}

#[tokio::test]
async fn an_entry_of_other_goods_writes_nothing_off() {
    let office = open().await;
    let filed = file(&office, "CMR-1 10019900 600 500").await.unwrap();
    declare(&office, &by_line("A-1", "500", &filed.case.reference(), "1")).await.unwrap();
    let other = (1, LeftoverWay::Goods, Left::OtherGoods(kg("500"), kg("500")));
    assert_eq!(told(&office).await, [other], "wheat was filed, and flour came");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Two companies name one line: neither reads in the other's declarations what they are called, and whoever supervises reads both.
#[tokio::test]
async fn nobody_reads_anothers_references_in_a_line_that_both_name() {
    let office = open().await;
    let manifest = file(&office, LINES).await.unwrap().case.reference();
    declare(&office, &by_line("OURS-1", "500", &manifest, "1")).await.unwrap();
    enter_by(&office.app, ("P-0002", "C-0002"), &by_line("THEIRS-1", "700", &manifest, "1")).await.unwrap();
    let named = async |account: &Account, owner: Option<&str>| {
        let filter =
            LeftoverFilter { kind: Some(PaperKind::Manifest), owner: owner.map(str::to_owned), settled: false };
        let (left, _) = office.app.leftovers(account, &filter, None).await.unwrap();
        let of = left.into_iter().flat_map(|one| match one.what {
            LeftoverOf::Manifest { entered, .. } => entered,
            other => panic!("{other:?}"),
        });
        of.map(|(_, item, _)| item.declaration.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(named(&supervisor(), None).await, ["C-0001 OURS-1", "C-0002 THEIRS-1"]);
    assert_eq!(named(&person(SELLER), Some("C-0001")).await, ["C-0001 OURS-1"]);
}

#[tokio::test]
async fn an_entry_that_is_taken_back_writes_nothing_off_any_more() {
    let office = open().await;
    let filed = file(&office, LINES).await.unwrap();
    let xml = by_line("A-1", "500", &filed.case.reference(), "2");
    let came = declare(&office, &xml).await.unwrap();
    assert_eq!(told(&office).await.len(), 1);
    let reference = came.case.reference();
    let asked = ask(&office, &format!("{reference}-1"), &xml, &cancellation(&reference)).await.unwrap();
    let done = agree(&office, &asked).await.unwrap();
    assert_eq!(done.outcome.as_deref(), Some("granted"));
    assert_eq!(told(&office).await.len(), 2, "the second line is open again");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn a_line_that_nobody_filed_is_refused_and_a_line_has_a_number() {
    let office = open().await;
    let filed = file(&office, LINES).await.unwrap().case.reference();
    let there = told(&office).await;
    for (manifest, line) in [("NO-SUCH-1", "3"), (filed.as_str(), "3")] {
        let wrong = office.wrong(declare(&office, &by_line("A-1", "500", manifest, line)).await).await;
        let [(_, said)] = &wrong[..] else { panic!("{wrong:?}") };
        assert!(said.contains(&format!("item 1: no manifest `{manifest}` with a line 3 was filed")), "{said}");
        assert!(said.contains("name no manifest"), "{said}");
    }
    assert_eq!(told(&office).await, there, "nothing was taken");
    // Letters of either case and digits of three kinds are one reference.
    let typed: String = filed.to_lowercase().replace('2', "۲").replace('7', "٧");
    declare(&office, &by_line("A-1", "500", &format!(" {typed} "), "2")).await.unwrap();
    assert_eq!(told(&office).await, there[..1], "it is written off");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
    for (xml, says) in [
        (by_line("A-2", "500", "M-1", "0"), "the number of the manifest and the number of its line"),
        (by_line("A-2", "500", "M-1", "1").replace("<LineNumeric>1</LineNumeric>", ""), "the number of its line"),
        (by_line("A-2", "500", "M-1", "1").replace("<ID>M-1</ID>", ""), "write both the number of the manifest"),
    ] {
        let wrong = office.wrong(declare(&office, &xml).await).await;
        assert!(wrong.iter().any(|(_, words)| words.contains(says)), "{wrong:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_manifest_is_told_by_its_line_and_nothing_is_filed() {
    let office = open().await;
    let wrong = office.wrong(file(&office, "CMR-1 11010000 600 30000\nCMR-2 1101 0 x\nCMR-3").await).await;
    let places: Vec<&str> = wrong.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["2", "3"]);
    assert_eq!(told(&office).await, []);
}

#[tokio::test]
async fn a_line_that_never_comes_is_settled_and_comes_back_with_the_goods() {
    let office = open().await;
    let filed = file(&office, LINES).await.unwrap();
    office.app.clock.advance(jiff::SignedDuration::from_secs(60));
    let entry = format!("M-{}/2", filed.case.reference());
    let asked = crate::settled::explain(&office, (SELLER, "C-0001"), &entry).await.unwrap();
    crate::settled::both(&office, &asked, "settle").await;
    let first = (1, LeftoverWay::Open, Left::Open(kg("30000")));
    assert_eq!(told(&office).await, std::slice::from_ref(&first));
    office.app.clock.advance(jiff::SignedDuration::from_secs(60));
    declare(&office, &by_line("A-1", "200", &filed.case.reference(), "2")).await.unwrap();
    assert_eq!(told(&office).await, [first, (2, LeftoverWay::Open, Left::Open(kg("300")))]);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// Whoever files, whoever declares and whoever is told what is wrong count the lines as an editor does.
#[tokio::test]
async fn a_line_has_the_number_that_an_editor_shows() {
    let office = open().await;
    let wrong = office.wrong(file(&office, "\n\nCMR-1 1101 0 x\n").await).await;
    assert_eq!(wrong[0].0, "3");
    let filed = file(&office, "\nCMR-1 11010000 600 30000\n\n\nCMR-2 11010000 10 500").await.unwrap();
    let open = |line, amount| (line, LeftoverWay::Open, Left::Open(kg(amount)));
    assert_eq!(told(&office).await, [open(2, "30000"), open(5, "500")]);
    declare(&office, &by_line("A-1", "500", &filed.case.reference(), "5")).await.unwrap();
    assert_eq!(told(&office).await, [open(2, "30000")]);
}

#[tokio::test]
async fn lines_are_made_again_from_the_record() {
    let office = open().await;
    let filed = file(&office, LINES).await.unwrap();
    declare(&office, &by_line("A-1", "29000", &filed.case.reference(), "1")).await.unwrap();
    let before = told(&office).await;
    let query = |kind: &str| EntryQuery { kind: kind.to_owned(), key: None, owner: None, after: None, limit: 10 };
    let lines = office.store.entries(query("leftover/line")).await.unwrap();
    let left = office.store.entries(query("leftover/manifest")).await.unwrap();
    let put = |kind: &str, key: &str, body: Option<Vec<u8>>, version| Put {
        kind: kind.to_owned(),
        key: key.to_owned(),
        owner: None,
        body,
        expected: Some(version),
    };
    let puts = vec![
        put("leftover/line", &lines[0].key, None, lines[0].version),
        put("leftover/line", "M-9/000001", Some(lines[1].body.clone()), 0),
        put("leftover/manifest", &left[1].key, None, left[1].version),
    ];
    office.store.put(puts).await.unwrap();
    assert_eq!(office.app.rebuild().await.unwrap().mended, 3);
    assert_eq!(told(&office).await, before);
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}
