//! EDIFACT interchanges made by hand: what they declare is read like a WCO declaration, and what is wrong is said with its segment, element and component.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::declaration::{Purpose, Text};
use customs::edifact::{EdifactFault, Interchange, Left};
use customs::{Fault, Message, Problem, read};
use definition::value::Decimal;
use proptest::prelude::*;

/// A declaration of one item, which tests change.
const SAMPLE: &str = include_str!("data/sample-interchange.edi");

fn interchange(bytes: &[u8]) -> Interchange {
    match read(bytes) {
        Ok(Message::Interchange(all)) => *all,
        Ok(_) => panic!("an interchange"),
        Err(problems) => panic!("{problems:?}"),
    }
}

fn problems(bytes: &[u8]) -> Vec<Problem> {
    read(bytes).unwrap_err()
}

/// Place, number and reason of each problem.
fn told(text: &str) -> Vec<(String, Option<&'static str>, String)> {
    let place = |problem: &Problem| problem.at.as_ref().map(ToString::to_string).unwrap_or_default();
    problems(text.as_bytes()).iter().map(|one| (place(one), one.id, one.fault.to_string())).collect()
}

fn value(text: Option<&Text>) -> &str {
    &text.unwrap().value
}

#[test]
fn what_is_declared_is_read_with_its_place() {
    let all = interchange(SAMPLE.as_bytes());
    assert_eq!(
        (all.reference.value.as_str(), all.sender.value.as_str(), all.recipient.value.as_str()),
        ("REF1", "BROKER", "CUSTOMS")
    );
    let read = &all.messages[0].declaration;
    assert_eq!(
        (read.purpose(), value(read.reference.as_ref()), value(read.kind.as_ref())),
        (Purpose::Original, "SAMPLE-1", "929")
    );
    let shipment = &read.shipment;
    let importer = shipment.importer.as_ref().unwrap();
    assert_eq!(
        (value(importer.id.as_ref()), value(importer.name.as_ref())),
        ("14000000001", "SAMPLE IMPORTER O'NEIL LTD")
    );
    assert_eq!(value(read.statements[0].text.as_ref()), "A sample: nobody declared this.");
    assert_eq!((value(shipment.export_country.as_ref()), value(shipment.destination.as_ref())), ("TR", "IR"));
    assert_eq!((value(shipment.terms.as_ref()), value(shipment.terms_place.as_ref())), ("CIP", "IRDGN"));
    let invoice = read.invoice.as_ref().unwrap();
    assert_eq!((invoice.value.value, invoice.currency.as_deref()), (Decimal::new(100_050, 2), Some("EUR")));
    assert_eq!(read.items_declared.as_ref().unwrap().value, Decimal::ONE);
    assert_eq!(read.packages_declared.as_ref().unwrap().value, Decimal::from(30));
    let item = &shipment.items[0];
    let codes: Vec<_> = item.codes.iter().map(|c| (value(c.list.as_ref()), value(c.code.as_ref()))).collect();
    assert_eq!(codes, [("TSP", "08031010")]);
    let procedure = &item.procedures[0];
    assert_eq!((value(procedure.current.as_ref()), value(procedure.previous.as_ref())), ("40", "00"));
    assert_eq!((value(item.origins[0].country.as_ref()), value(item.origins[0].kind.as_ref())), ("TR", "1"));
    assert_eq!(value(item.duties[0].preference.as_ref()), "100");
    assert_eq!((value(item.duties[1].kind.as_ref()), value(item.duties[1].payment.as_ref())), ("A00", "E"));
    assert_eq!(
        (item.gross.as_ref().unwrap().value.value, item.net.as_ref().unwrap().value.value),
        (600.into(), 500.into())
    );
    assert_eq!(
        (value(item.packages[0].kind.as_ref()), item.packages[0].count.as_ref().unwrap().value),
        ("CT", 30.into())
    );
    assert_eq!(item.previous[0].line.as_ref().unwrap().value, Decimal::from(3));
    assert_eq!(value(item.valuation.as_ref()), "1");
    let at = item.charge.as_ref().unwrap().value.span;
    assert_eq!(&SAMPLE[at.start as usize..at.end as usize], "1000.50");
}

#[test]
fn what_a_declaration_has_no_place_for_is_named() {
    let left = &interchange(SAMPLE.as_bytes()).messages[0].left;
    let told: Vec<String> = left.iter().map(|Left { at, text, .. }| format!("{at}: {text}")).collect();
    assert_eq!(told, ["segment 37 (AUT): AUT+SAMPLE'"]);
}

#[test]
fn it_can_be_written_as_a_wco_message_and_read_again() {
    let declared = &interchange(SAMPLE.as_bytes()).messages[0];
    let xml = declared.tree.to_xml();
    let Message::Declaration(again) = read(xml.as_bytes()).unwrap() else { panic!("a declaration") };
    // The places differ, what is said does not.
    let said = |text: String| {
        text.split("Span {")
            .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest).to_owned())
            .collect::<String>()
    };
    assert_eq!(
        said(format!("{again:?}")).replace("span: ", ""),
        said(format!("{:?}", declared.declaration)).replace("span: ", "")
    );
}

#[test]
fn wrong_counts_and_references_are_refused_with_both() {
    for (from, to, place, reason) in [
        ("UNT+37+1", "UNT+36+1", "segment 38 (UNT)", "UNT says 36 segments, and there are 37"),
        ("UNT+37+1", "UNT+37+2", "segment 38 (UNT)", "UNT has the reference `2`, and what it closes has `1`"),
        ("UNZ+1+", "UNZ+2+", "segment 39 (UNZ)", "UNZ says 2 messages, and there are 1"),
        ("UNZ+1+REF1", "UNZ+1+REF2", "segment 39 (UNZ)", "UNZ has the reference `REF2`, and what it closes has `REF1`"),
        ("CNT+5:1", "CNT+5:2", "segment 35 (CNT)", "CNT says 2 items, and there are 1"),
        ("UNT+37+1'\n", "", "segment 2 (UNH)", "the segment UNT is missing"),
        ("UNZ+1+REF1'\n", "", "segment 38 (UNT)", "the segment UNZ is missing"),
    ] {
        let told = told(&SAMPLE.replace(from, to));
        assert!(told.iter().any(|(at, _, fault)| at == place && fault == reason), "{to}: {told:?}");
    }
    let problem = problems(SAMPLE.replace("UNT+37+1", "UNT+36+1").as_bytes()).remove(0);
    assert_eq!(problem.place(SAMPLE.as_bytes()), (39, 1));
}

#[test]
fn segments_stand_where_the_directory_has_them() {
    // Moved, repeated, unknown.
    let moved = SAMPLE.replace("LOC+14+IRDGN'\n", "").replace("NAD+AE", "LOC+14+IRDGN'\nNAD+AE");
    let twice = SAMPLE.replace("TOD+++CIP'", "TOD+++CIP'\nTOD+++CIF'").replace("UNT+37", "UNT+38");
    let unknown = SAMPLE.replace("PCI++SAMPLE 1-30'", "XYZ+1'");
    for (text, place, reason) in [
        (moved, "segment 14 (LOC)", "LOC has no place here"),
        (twice, "segment 17 (TOD)", "there are more than 1 of TOD here"),
        (unknown, "segment 26 (XYZ)", "XYZ has no place here"),
    ] {
        let told = told(&text);
        assert!(told.iter().any(|(at, _, fault)| at == place && fault == reason), "{told:?}");
    }
    let without = SAMPLE.replace("UNS+S'\n", "").replace("UNT+37", "UNT+36");
    assert!(told(&without).iter().any(|(_, _, fault)| fault == "the segment UNS is missing"));
}

#[test]
fn every_wrong_datum_is_said_at_once_with_its_number() {
    let text = SAMPLE
        .replace("MOA+38:1000.50:EUR", "MOA+38:-1:euro")
        .replace("LOC+27+TR", "LOC+27+Turky")
        .replace("MEA+AAE+AAF+KGM:500", "MEA+AAE+AAF+KGM:\u{6f5}\u{6f0}\u{6f0}")
        .replace("UNOC", "UNOW")
        .replace("+SAMPLE-1+9", "+SAMPLE-1+");
    let expected = [
        (
            "segment 24 (MEA), element 3, component 2".to_owned(),
            Some("128"),
            "`\u{6f5}\u{6f0}\u{6f0}` is not a number".to_owned(),
        ),
        ("segment 27 (MOA), element 1, component 2".to_owned(), Some("112"), "`-1` is below zero".to_owned()),
        ("segment 27 (MOA), element 1, component 2".to_owned(), Some("135"), "`euro` is not a currency".to_owned()),
        ("segment 22 (LOC), element 2, component 1".to_owned(), Some("063"), "`Turky` is not a country".to_owned()),
        ("segment 2 (UNH)".to_owned(), Some("017"), "`FunctionCode` is missing".to_owned()),
    ];
    let told = told(&text);
    for one in &expected {
        assert!(told.contains(one), "{one:?} in {told:?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:?}");
    let path = &problems(text.as_bytes())[0].path;
    assert_eq!(
        path,
        "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/GoodsMeasure/NetNetWeightMeasure"
    );
}

#[test]
fn the_service_characters_are_those_that_it_names() {
    let changed = SAMPLE
        .replace('\n', "")
        .replace("UNA:+.? '", "UNA;|,! ~")
        .replace("?:", "\u{1}")
        .replace("?'", "\u{2}")
        .replace(':', ";")
        .replace('+', "|")
        .replace('\'', "~")
        .replace('\u{1}', ":")
        .replace('\u{2}', "'");
    // The advice itself was written over.
    let changed = format!("UNA;|,! ~{}", &changed[9..]);
    let (mine, usual) = (interchange(changed.as_bytes()), interchange(SAMPLE.as_bytes()));
    assert_eq!(mine.messages[0].tree.to_xml(), usual.messages[0].tree.to_xml());
    let without = SAMPLE.replace("UNA:+.? '\n", "");
    assert_eq!(interchange(without.as_bytes()).messages[0].tree.to_xml(), usual.messages[0].tree.to_xml());
}

#[test]
fn character_sets_are_those_that_it_names() {
    let latin: Vec<u8> = SAMPLE.replace("Bananas", "K\u{fc}hlgut").chars().map(|sign| sign as u8).collect();
    let all = interchange(&latin);
    let item = &all.messages[0].declaration.shipment.items[0];
    assert_eq!(value(item.description.as_ref()), "K\u{fc}hlgut");
    // Places are those of what was sent, where the letter is one byte.
    let at = item.charge.as_ref().unwrap().value.span;
    assert_eq!(&latin[at.start as usize..at.end as usize], b"1000.50");
    let persian = SAMPLE.replace("UNOC", "UNOW").replace("Bananas", "\u{645}\u{648}\u{632}");
    let item = interchange(persian.as_bytes()).messages[0].declaration.shipment.items.remove(0);
    assert_eq!(value(item.description.as_ref()), "\u{645}\u{648}\u{632}");
    for (name, bytes, byte) in
        [("UNOA", latin.clone(), b'\xfc'), ("UNOB", latin.clone(), b'\xfc'), ("UNOW", latin.clone(), b'\xfc')]
    {
        let bytes = replaced(&bytes, b"UNOC", name.as_bytes());
        let problem = problems(&bytes).remove(0);
        assert_eq!(problem.fault, Fault::Edifact(EdifactFault::NotInCharset { charset: name.to_owned() }));
        assert_eq!(bytes[problem.span.start as usize], byte);
    }
    let unknown = problems(&replaced(&latin, b"UNOC", b"UNO9")).remove(0).fault;
    assert!(matches!(unknown, Fault::Edifact(EdifactFault::UnknownCharset { .. })), "{unknown:?}");
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// An interchange with the sample's message so many times, each with its own reference.
fn repeated(count: usize) -> String {
    let from = SAMPLE.find("UNH").unwrap();
    let to = SAMPLE.find("UNZ").unwrap();
    let message = |at: usize| {
        let at = at + 1;
        SAMPLE[from..to]
            .replace("UNH+1+", &format!("UNH+{at}+"))
            .replace("UNT+37+1'", &format!("UNT+37+{at}'"))
            .replace("+SAMPLE-1+9", &format!("+SAMPLE-{at}+9"))
    };
    let messages: String = (0..count).map(message).collect();
    format!("{}{messages}UNZ+{count}+REF1'\n", &SAMPLE[..from])
}

#[test]
fn an_interchange_may_hold_several_messages_and_is_whole_or_refused() {
    let all = interchange(repeated(3).as_bytes());
    let references: Vec<_> =
        all.messages.iter().map(|one| value(one.declaration.reference.as_ref()).to_owned()).collect();
    assert_eq!(references, ["SAMPLE-1", "SAMPLE-2", "SAMPLE-3"]);
    let twice = repeated(2).replace("UNH+2+", "UNH+1+").replace("UNT+37+2", "UNT+37+1");
    assert!(told(&twice).iter().any(|(_, _, fault)| fault.contains("was given to a message before")));
    let one_is_wrong = repeated(3).replacen("LOC+27+TR", "LOC+27+Turky", 1);
    assert_eq!(told(&one_is_wrong).len(), 1);
    // Groups of messages: their counts are held, too.
    let group = |count: usize| {
        repeated(2)
            .replacen("UNH+1", "UNG+CUSDEC+A+B+261125:0800+7+UN+D:96B'\nUNH+1", 1)
            .replace("UNZ+2+", &format!("UNE+{count}+7'\nUNZ+1+"))
    };
    assert_eq!(interchange(group(2).as_bytes()).messages.len(), 2);
    assert!(told(&group(3)).iter().any(|(_, _, fault)| fault == "UNE says 3 messages, and there are 2"));
}

#[test]
fn other_messages_and_what_is_no_interchange_are_named() {
    let other = SAMPLE.replace("CUSDEC:D:96B:UN", "CUSDEC:D:01B:UN");
    assert!(
        told(&other).iter().any(|(_, _, fault)| fault == "the message is CUSDEC:D:01B:UN, not CUSDEC D.96B of the UN")
    );
    for text in [
        "UNA",
        "UNB",
        "UNB+UNOC:3+A+B+261125:0800+1'",
        "UNB+UNOC:3+A+B+261125:0800+1'UNZ+0+1'",
        "UNA:+.? 'UNH+1+CUSDEC:D:96B:UN'UNT+2+1'",
        "UNA::::::'",
    ] {
        let problems = problems(text.as_bytes());
        assert!(!problems.is_empty() && problems.iter().all(|one| !one.fault.help().is_empty()), "{text}");
    }
}

#[test]
fn a_part_of_an_interchange_is_never_taken() {
    for end in 3..SAMPLE.trim_end().len() {
        assert!(read(&SAMPLE.as_bytes()[..end]).is_err(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever comes in, there is an answer, and every problem has a line.
    #[test]
    fn garbled_interchanges_get_an_answer(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(problems) = read(&bytes) {
            for problem in problems {
                let (line, column) = problem.place(&bytes);
                prop_assert!(line >= 1 && column >= 1);
                prop_assert!(!problem.fault.to_string().is_empty() && !problem.fault.help().is_empty());
            }
        }
    }

    /// What was read of one comes back when it is written as a WCO message.
    #[test]
    fn texts_and_amounts_come_back(text in "[ -~]{1,60}", amount in 0_u64..1_000_000_000) {
        prop_assume!(!text.trim().is_empty());
        let released: String = text.chars().flat_map(|sign| {
            let release = matches!(sign, '?' | ':' | '+' | '\'').then_some('?');
            release.into_iter().chain([sign])
        }).collect();
        let sample = SAMPLE.replace("Bananas", &released).replace("1000.50", &format!("{}.{:02}", amount / 100, amount % 100));
        let all = interchange(sample.as_bytes());
        let xml = all.messages[0].tree.to_xml();
        let Message::Declaration(again) = read(xml.as_bytes()).unwrap() else { panic!("a declaration") };
        let item = &again.shipment.items[0];
        prop_assert_eq!(value(item.description.as_ref()), text.trim());
        prop_assert_eq!(item.charge.as_ref().unwrap().value.value, Decimal::new(i64::try_from(amount).unwrap(), 2).normalize());
    }
}
