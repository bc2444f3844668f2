//! The ways by which a declaration comes in besides XML: an EDIFACT interchange, a form that was filled in.

use std::collections::BTreeMap;

use app::definition::value::Value;
use app::engine::refusal::{Refusal, Wrong};
use app::form::{Cells, Form};
use app::{Acted, AppError, Draft, InName};
use bytes::Bytes;

use crate::office::Office;
use crate::truck::{SELLER, apply, person, text};

const INTERCHANGE: &str = include_str!("../../../customs/tests/data/sample-interchange.edi");

async fn send(office: &Office, interchange: &[u8]) -> Result<Acted, AppError> {
    let bytes = Bytes::copy_from_slice(interchange);
    let media_type = app::media_type_of("application/octet-stream", interchange);
    let document = office.app.keep_document(&person(SELLER), "declaration.edi", media_type, bytes).await?;
    apply(&office.app, SELLER, "import", &[("declaration", Value::Document(document))]).await
}

async fn import() -> Office {
    let seats = [("documents-officer", "d1"), ("documents-officer", "d2"), ("inspector", "i1"), ("inspector", "i2")];
    Office::open("examples/import", &seats).await
}

#[tokio::test]
async fn an_interchange_is_declared_as_xml_is() {
    let office = import().await;
    let acted = send(&office, INTERCHANGE.as_bytes()).await.unwrap();
    let facts = office.facts(acted.case).await;
    assert_eq!(facts["assessment.reference"], text("SAMPLE-1"));
    assert!(facts.contains_key("assessment.payable"), "{facts:?}");
    assert_eq!(office.app.rebuild().await.unwrap().mended, 0);
}

/// The files of brokers' programs are in the character set that they say, and most are not in UTF-8.
#[tokio::test]
async fn an_interchange_in_another_character_set_is_taken() {
    let office = import().await;
    let latin: Vec<u8> = INTERCHANGE
        .replace("Bananas", "Bananen für Käufer")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    assert!(std::str::from_utf8(&latin).is_err());
    send(&office, &latin).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_an_interchange_is_told_with_its_segment_in_both_languages() {
    let office = import().await;
    let cases = [
        (INTERCHANGE.replace("LOC+27+TR'", "LOC+27+TURKEY'"), "LOC"),
        (INTERCHANGE.replace("CNT+5:1'", "CNT+5:2'"), "CNT"),
        (INTERCHANGE.replace("08031010:108", "99999999:108"), "CST"),
    ];
    for (interchange, tag) in cases {
        let Err(AppError::Refused(Refusal::Facts(problems))) = send(&office, interchange.as_bytes()).await else {
            panic!("{interchange}")
        };
        let Wrong::Function(fault) = &problems[0].wrong else { panic!("{problems:?}") };
        assert!(fault.words["en"].starts_with("segment ") && fault.words["en"].contains(tag), "{fault:?}");
        assert!(fault.words["fa"].starts_with("سگمنت ") && fault.words["fa"].contains(tag), "{fault:?}");
    }
    let end = INTERCHANGE.find("UNS+S").unwrap();
    assert!(send(&office, &INTERCHANGE.as_bytes()[..end]).await.is_err());
    assert_eq!(office.store.feed(0, 100).await.unwrap().iter().filter(|row| row.event.kind == "opened").count(), 0);
}

#[tokio::test]
async fn an_interchange_is_no_xml_and_is_taken_nowhere_else() {
    let office = import().await;
    let bytes = || Bytes::copy_from_slice(INTERCHANGE.as_bytes());
    for said in ["application/xml", "application/pdf"] {
        let kept = office.app.keep_document(&person(SELLER), "a.edi", said, bytes()).await;
        assert!(matches!(kept, Err(AppError::Invalid { .. })), "{said}");
    }
}

async fn maku() -> Office {
    let seats = [("documents-officer", "d1"), ("goods-inspector", "i1"), ("goods-inspector", "i2")];
    let office = Office::open("maku", &seats).await;
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../zones/maku/samples");
    office.app.load_samples(std::path::Path::new(samples)).await.unwrap();
    office
}

fn cells(cells: &[(&str, &str)]) -> Cells {
    cells.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

fn flour() -> Cells {
    let (price, net) = ("۱۲٬۰۰۰", "30000");
    cells(&[("commodity", "11010000"), ("origin", "TR"), ("price", price), ("currency", "EUR"), ("net", net)])
}

fn draft(items: Vec<Cells>) -> Draft {
    let form = Form { head: cells(&[("reference", "FORM-1")]), items };
    let facts = BTreeMap::from([
        ("company".to_owned(), text("C-0001")),
        ("warehouse".to_owned(), Value::Code("maku-1".to_owned())),
    ]);
    let mut draft = Draft { service: "goods-entry".to_owned(), facts, ..Draft::default() };
    draft.forms.entry("declaration".to_owned()).or_default().form = form;
    draft
}

#[tokio::test]
async fn a_form_goes_on_as_if_it_had_been_sent() {
    let office = maku().await;
    let (account, in_name) = (person(SELLER), InName::own(SELLER));
    let mut draft = draft(vec![flour()]);
    assert_eq!(office.app.declare(&account, &in_name, &mut draft, "declaration").await.unwrap(), []);
    let acted = office.app.submit(&account, &draft, None).await.unwrap();
    let facts = office.facts(acted.case).await;
    assert_eq!(facts["assessment.reference"], text("FORM-1"));
    // Whose the goods are is said as the register says it, though nobody typed it.
    let Value::Document(document) = &facts["declaration"] else { panic!() };
    let (_, bytes) = office.app.case_document(&account, acted.case, &document.sha256).await.unwrap();
    let xml = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(xml.contains("<ID>C-0001</ID>") && xml.contains("<Name>بازرگانی نمونه ارس</Name>"), "{xml}");
}

#[tokio::test]
async fn what_the_function_says_stands_beside_the_field_and_the_question_stays_open() {
    let office = maku().await;
    let (account, in_name) = (person(SELLER), InName::own(SELLER));
    // There is no such code, and no rate of such a currency.
    for (field, bad) in [("commodity", "99999999"), ("currency", "XXX")] {
        let mut second = flour();
        second.insert(field.to_owned(), bad.to_owned());
        let mut draft = draft(vec![flour(), second]);
        let wrong = office.app.declare(&account, &in_name, &mut draft, "declaration").await.unwrap();
        assert_eq!(wrong.iter().map(|one| (one.item, one.field)).collect::<Vec<_>>(), [(Some(1), field)], "{wrong:?}");
        assert!(!draft.facts.contains_key("declaration"));
        assert_eq!(draft.forms["declaration"].form.items.len(), 2, "what was typed stays");
    }
}

/// The accounts need a mass, or a quantity.
#[tokio::test]
async fn what_the_accounts_need_is_told_at_the_field() {
    let office = maku().await;
    let mut light = flour();
    light.remove("net");
    let mut draft = draft(vec![flour(), light]);
    let wrong = office.app.declare(&person(SELLER), &InName::own(SELLER), &mut draft, "declaration").await.unwrap();
    assert_eq!(wrong.iter().map(|one| (one.item, one.field)).collect::<Vec<_>>(), [(Some(1), "net")], "{wrong:?}");
    assert!(wrong[0].words["en"].contains("no net mass"), "{wrong:?}");
}

/// A declaration names whose the goods are: another company, another declaration.
#[tokio::test]
async fn a_declaration_follows_the_company_that_is_chosen() {
    let office = maku().await;
    let (account, in_name) = (person(SELLER), InName::own(SELLER));
    let mut draft = draft(vec![flour()]);
    office.app.declare(&account, &in_name, &mut draft, "declaration").await.unwrap();
    let before = draft.facts["declaration"].clone();
    draft.facts.insert("company".to_owned(), text("C-0004"));
    office.app.declare_again(&account, &in_name, &mut draft, "company").await.unwrap();
    assert_ne!(draft.facts["declaration"], before);
    let acted = office.app.submit(&account, &draft, None).await.unwrap();
    let Value::Document(document) = &office.facts(acted.case).await["declaration"] else { panic!() };
    let (_, bytes) = office.app.case_document(&account, acted.case, &document.sha256).await.unwrap();
    assert!(String::from_utf8(bytes.to_vec()).unwrap().contains("<ID>C-0004</ID>"));
}

#[tokio::test]
async fn a_question_is_about_a_declaration_if_a_function_takes_it_as_one() {
    let office = maku().await;
    let service = |name: &str| office.app.zone().services()[name].clone();
    let entry = office.app.declaring(&service("goods-entry"), "declaration").await.unwrap().unwrap();
    assert_eq!((entry.terms.procedure, entry.terms.items_max), (Some(("78", "00")), 999));
    let exit = office.app.declaring(&service("goods-exit"), "declaration").await.unwrap().unwrap();
    assert_eq!((exit.terms.procedure, exit.terms.items_max), (Some(("40", "78")), 1));
    let abroad = office.app.declaring(&service("goods-reexport"), "declaration").await.unwrap().unwrap();
    assert_eq!((abroad.terms.procedure, abroad.terms.items_max), (Some(("31", "78")), 1));
    // A transit's declaration says more than is asked here; an amendment is of a declaration that was sent.
    for (name, fact) in [
        ("goods-transit", "declaration"),
        ("declaration-amendment", "declaration"),
        ("goods-entry", "warehouse"),
        ("goods-entry", "company"),
        ("activity-licence", "activity"),
    ] {
        assert!(office.app.declaring(&service(name), fact).await.unwrap().is_none(), "{name} {fact}");
    }
}

#[tokio::test]
async fn more_is_kept_of_a_form_than_anybody_types_and_not_without_end() {
    let office = maku().await;
    let account = person(SELLER);
    let mut draft = draft(Vec::new());
    let long = cells(&[("description", &"x".repeat(1000))]);
    let form = |items: usize| Form { items: vec![long.clone(); items], ..Form::default() };
    office.app.keep_form(&account, &mut draft, "declaration", form(999)).await.unwrap();
    let kept = office.app.draft(&account, "goods-entry", None, None).await.unwrap();
    assert_eq!((kept.forms["declaration"].form.items.len(), kept.version), (999, draft.version));
    let refused = office.app.keep_form(&account, &mut draft, "declaration", form(4000)).await;
    assert!(matches!(refused, Err(AppError::Invalid { field: "form", .. })));
}
