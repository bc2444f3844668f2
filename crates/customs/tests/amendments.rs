//! Amendments and cancellations made by hand, and those of a government's trade test where that data is there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use customs::amend::{Kind, Request, Standing};
use customs::declaration::Purpose;
use customs::{Message, read};

const SAMPLE: &str = include_str!("data/sample-declaration.xml");
const INTERCHANGE: &str = include_str!("data/sample-interchange.edi");

/// A request with these changes, and what it gives.
fn request(changes: &[&[(&str, &str, &str)]], given: &str) -> String {
    let pointer = |(section, number, tag): &(&str, &str, &str)| {
        let number =
            if number.is_empty() { String::new() } else { format!("<SequenceNumeric>{number}</SequenceNumeric>") };
        let tag = if tag.is_empty() { String::new() } else { format!("<TagID>{tag}</TagID>") };
        format!("<Pointer>{number}<DocumentSectionCode>{section}</DocumentSectionCode>{tag}</Pointer>")
    };
    let change = |pointers: &&[(&str, &str, &str)]| {
        format!(
            "<Amendment><ChangeReasonCode>28</ChangeReasonCode>{}</Amendment>",
            pointers.iter().map(pointer).collect::<String>()
        )
    };
    let words = "<AdditionalInformation><StatementDescription>a sample</StatementDescription><Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer><Pointer><SequenceNumeric>1</SequenceNumeric><DocumentSectionCode>06A</DocumentSectionCode></Pointer></AdditionalInformation>";
    format!(
        "<Declaration><FunctionCode>13</FunctionCode><ID>MRN1</ID><TypeCode>COR</TypeCode>{words}{}{given}</Declaration>",
        changes.iter().map(change).collect::<String>()
    )
}

const ITEM: [(&str, &str, &str); 3] = [("42A", "1", ""), ("67A", "1", ""), ("68A", "1", "")];

fn to_item(rest: &[(&'static str, &'static str, &'static str)]) -> Vec<(&'static str, &'static str, &'static str)> {
    ITEM.iter().chain(rest).copied().collect()
}

fn standing() -> Standing {
    Standing::read(SAMPLE.as_bytes()).unwrap().known_as("MRN1")
}

/// The reasons why a request is refused, each with the text that it points at.
fn refused(of: &Standing, request: &str) -> Vec<(String, String)> {
    let problems = Request::read(request.as_bytes()).and_then(|read| of.amend(&read)).unwrap_err();
    let at = |start: u32, end: u32| request[start as usize..end as usize].to_owned();
    problems.iter().map(|one| (at(one.span.start, one.span.end), one.fault.to_string())).collect()
}

fn given(inner: &str) -> String {
    format!(
        "<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>{inner}</GovernmentAgencyGoodsItem></GoodsShipment>"
    )
}

#[test]
fn data_are_replaced_added_and_removed() {
    let price = to_item(&[("23A", "1", ""), ("79A", "1", "112")]);
    let net = to_item(&[("23A", "1", ""), ("65A", "9", "128")]);
    let freight = [("42A", "", ""), ("67A", "", ""), ("41A", "", "117")];
    let origin = to_item(&[("92A", "2", "")]);
    let item = given("<Commodity><InvoiceLine><ItemChargeAmount currencyID=\"GBP\">999</ItemChargeAmount></InvoiceLine></Commodity><Origin/><Origin><CountryCode>IR</CountryCode><TypeCode>2</TypeCode></Origin>")
        .replace("<GoodsShipment>", "<GoodsShipment><CustomsValuation><FreightChargeAmount currencyID=\"EUR\">19.34</FreightChargeAmount></CustomsValuation>");
    let text = request(&[&price, &net, &freight, &origin], &item);
    let (after, changes) = standing().amend(&Request::read(text.as_bytes()).unwrap()).unwrap();
    let told: Vec<_> =
        changes.iter().map(|one| (one.id, one.kind, one.before.as_deref(), one.after.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("112", Kind::Replaced, Some("1000.50 EUR"), Some("999 GBP")),
            ("128", Kind::Removed, Some("500"), None),
            ("117", Kind::Added, None, Some("19.34 EUR")),
            ("92A", Kind::Added, None, None),
        ]
    );
    assert_eq!((changes[0].words.as_deref(), changes[1].reason.as_deref()), (Some("a sample"), Some("28")));
    assert_eq!(
        changes[0].path,
        "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/InvoiceLine/ItemChargeAmount"
    );
    let now = after.declaration();
    assert_eq!(
        (now.shipment.items[0].origins.len(), now.shipment.items[0].net.is_none(), now.shipment.freight.is_some()),
        (2, true, true)
    );
    // What is written is a declaration, and the same one.
    assert_eq!(Standing::read(after.to_xml().as_bytes()).unwrap().to_xml(), after.to_xml());
    // The original is as it was.
    assert_eq!(standing().declaration().shipment.items[0].charge.as_ref().unwrap().currency.as_deref(), Some("EUR"));
}

#[test]
fn items_are_added_and_removed_by_their_numbers() {
    let second = "<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>2</SequenceNumeric><Commodity><Description>Dates</Description></Commodity></GovernmentAgencyGoodsItem></GoodsShipment>";
    let add = request(&[&[("42A", "1", ""), ("67A", "1", ""), ("68A", "2", "")]], second);
    let (both, _) = standing().amend(&Request::read(add.as_bytes()).unwrap()).unwrap();
    assert_eq!(both.declaration().shipment.items.len(), 2);
    let remove = request(&[&ITEM], "");
    let (one, changes) = both.amend(&Request::read(remove.as_bytes()).unwrap()).unwrap();
    assert_eq!(changes[0].kind, Kind::Removed);
    let items = one.declaration().shipment.items;
    // Numbers stay: the second is still the second.
    assert_eq!((items.len(), items[0].number.as_ref().unwrap().value), (1, 2.into()));
    // What is gone cannot go again.
    assert!(refused(&one, &remove)[0].1.starts_with(
        "the pointer leads nowhere: the declaration has no `Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]`"
    ));
}

#[test]
fn every_pointer_that_leads_nowhere_has_its_place() {
    let nowhere = to_item(&[("23A", "1", ""), ("50A", "3", "113")]);
    let class = to_item(&[("99Z", "1", "")]);
    let datum = to_item(&[("23A", "1", "999")]);
    let number = [("42A", "", ""), ("67A", "", ""), ("68A", "", "108")];
    let begin = [("67A", "1", "")];
    let text = request(&[&nowhere, &class, &datum, &number, &begin, &[("42A", "1", "")], &[]], "");
    let told = refused(&standing(), &text);
    let expected = [
        (
            "50A",
            "the pointer leads nowhere: the declaration has no `Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/DutyTaxFee[3]/TypeCode`, and the request gives none",
        ),
        ("99Z", "`99Z` is no class of `GovernmentAgencyGoodsItem`"),
        ("23A", "`999` is no datum of `Commodity`"),
        ("68A", "there may be several of `GovernmentAgencyGoodsItem`, and no number says which is meant"),
        ("67A", "`67A` is no class of `the message`"),
        ("42A", "a change does not say what it changes"),
        ("<Declaration>", "a change does not say what it changes"),
    ];
    assert_eq!(told, expected.map(|(at, fault)| (at.to_owned(), fault.to_owned())));
}

#[test]
fn what_would_be_lost_by_mistake_is_refused() {
    // The second origin is meant, and only one is given.
    let origin = to_item(&[("92A", "2", "063")]);
    let text = request(&[&origin], &given("<Origin><CountryCode>IR</CountryCode></Origin>"));
    assert_eq!(refused(&standing(), &text)[0].1, "the request has 1 of `Origin`, and the pointer names number 2");
    // Two data are given, and a pointer names one of them: the other stays, and is named.
    let price = to_item(&[("23A", "1", ""), ("79A", "1", "112")]);
    let text = request(
        &[&price],
        &given(
            "<Commodity><Description>Dates</Description><InvoiceLine><ItemChargeAmount>1</ItemChargeAmount></InvoiceLine></Commodity>",
        ),
    );
    let (after, changes) = standing().amend(&Request::read(text.as_bytes()).unwrap()).unwrap();
    let told = (changes[1].path.as_str(), changes[1].kind, changes[1].before.as_deref(), changes[1].after.as_deref());
    let path = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/Description";
    assert_eq!(told, (path, Kind::Unpointed, Some("Bananas"), Some("Dates")));
    assert_eq!(after.declaration().shipment.items[0].description.as_ref().unwrap().value, "Bananas");
    // The item's number has to be there.
    let text = request(&[&to_item(&[]).iter().take(2).copied().chain([("68A", "1", "006")]).collect::<Vec<_>>()], "");
    assert_eq!(refused(&standing(), &text)[0].1, "`SequenceNumeric` is missing");
}

#[test]
fn a_request_to_another_or_a_cancelled_declaration_is_refused() {
    let remove = request(&[&ITEM], "");
    let other = Standing::read(SAMPLE.as_bytes()).unwrap().known_as("MRN2");
    assert_eq!(
        refused(&other, &remove),
        [("MRN1".to_owned(), "it concerns the declaration MRN1, and this one is MRN2".to_owned())]
    );
    let cancel = request(&[&[]], "").replace("COR", "INV");
    let (gone, changes) = standing().amend(&Request::read(cancel.as_bytes()).unwrap()).unwrap();
    assert!(changes.is_empty());
    let why = gone.cancelled().unwrap();
    assert_eq!((why.reason.as_deref(), why.words.as_deref()), (Some("28"), Some("a sample")));
    assert_eq!(refused(&gone, &remove)[0].1, "the declaration was cancelled");
    assert_eq!(refused(&gone, &cancel)[0].1, "the declaration was cancelled");
    assert!(Standing::read(remove.as_bytes()).is_err() && Request::read(SAMPLE.as_bytes()).is_err());
}

#[test]
fn an_interchange_takes_back_or_replaces_a_whole_declaration() {
    let original = Standing::read(INTERCHANGE.as_bytes()).unwrap();
    let with = |function: &str| INTERCHANGE.replace("+SAMPLE-1+9", &format!("+SAMPLE-1+{function}"));
    let (gone, _) = original.amend(&Request::read(with("1").as_bytes()).unwrap()).unwrap();
    assert!(gone.cancelled().is_some());
    let replaced = with("5").replace("Bananas", "Dates");
    let (now, _) = original.amend(&Request::read(replaced.as_bytes()).unwrap()).unwrap();
    assert_eq!(now.declaration().shipment.items[0].description.as_ref().unwrap().value, "Dates");
    let changing = Request::read(with("4").as_bytes()).unwrap_err();
    assert!(changing[0].fault.to_string().contains("does not say which data"));
}

/// The trade test, if it is there.
fn trade_test() -> Option<PathBuf> {
    let data = std::env::var_os("PANJEREH_DATA").map(PathBuf::from);
    let data = data.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let folder = data.join("customs/hmrc/annotated_XML_samples");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no {}", folder.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a scenario of the trade test has.
#[derive(Default)]
struct Scenario {
    originals: Vec<Standing>,
    requests: Vec<(String, Request)>,
    answers: Vec<(String, Request)>,
}

fn scenarios(folder: &Path) -> BTreeMap<String, Scenario> {
    let mut scenarios = BTreeMap::<String, Scenario>::new();
    for file in files(folder) {
        let way = file.strip_prefix(folder).unwrap();
        let name = way.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let bytes = std::fs::read(&file).unwrap();
        let scenario = scenarios.entry(name).or_default();
        if let Ok(original) = Standing::read(&bytes) {
            scenario.originals.push(original);
        } else if let Ok(request) = Request::read(&bytes) {
            let list = if matches!(read(&bytes), Ok(Message::Notification(_))) {
                &mut scenario.answers
            } else {
                &mut scenario.requests
            };
            list.push((way.display().to_string(), request));
        }
    }
    scenarios
}

/// What is declared, without the places where it stood.
fn without_places(of: &Standing) -> String {
    let told = format!("{:?}", of.declaration());
    let mut parts = told.split("Span {");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |sum, part| sum + part.split_once('}').unwrap().1)
}

#[test]
fn every_amendment_of_the_trade_test_is_applied_to_its_original() {
    let Some(folder) = trade_test() else { return };
    let (mut applied, mut cancelled, mut answered, mut refused, mut agreed) = (0, 0, 0, Vec::new(), 0);
    for scenario in scenarios(&folder).values() {
        let Some(original) = scenario.originals.first() else { continue };
        let mut standing = original.clone();
        for (file, request) in &scenario.requests {
            match standing.amend(request) {
                Ok((after, _)) => {
                    if request.purpose() == Purpose::Cancellation {
                        cancelled += 1
                    } else {
                        applied += 1
                    }
                    standing = after;
                }
                Err(problems) => refused.push(format!("{file}: {}", problems[0].fault)),
            }
        }
        for (file, answer) in &scenario.answers {
            match original.amend(answer) {
                Ok((after, _)) => {
                    answered += 1;
                    // What customs says of an amendment comes to the same declaration as the amendment.
                    if scenario.requests.len() == 1 && scenario.requests[0].1.id() == answer.id() {
                        assert_eq!(without_places(&after), without_places(&standing), "{file}");
                        agreed += 1;
                    }
                }
                Err(problems) => refused.push(format!("{file}: {}", problems[0].fault)),
            }
        }
    }
    assert_eq!(refused, Vec::<String>::new());
    assert_eq!((applied, cancelled, answered, agreed), (12, 3, 10, 3));
}
