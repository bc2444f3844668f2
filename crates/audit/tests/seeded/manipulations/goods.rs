//! Manipulations of what functions said, of what they rest on, and of the goods accounts.

use std::collections::BTreeMap;

use definition::value::{DocumentRef, Value};
use engine::case::Digest;
use engine::event::What;
use engine::world::Record;
use record::lines::{self, RecordLine};
use record::manifest::{document_path, table_path};
use sha2::{Digest as _, Sha256};

use super::{Manipulation, row};
use crate::forge::Forge;

/// What a function worked out of this case, to be changed.
fn computed(forge: &mut Forge, function: &str, change: impl Fn(&mut BTreeMap<String, Value>)) {
    let at = forge.find(|what| matches!(what, What::Computed { function: own, .. } if own == function));
    if let What::Computed { facts, .. } = forge.what(at) {
        change(facts);
    }
}

fn document(facts: &mut BTreeMap<String, Value>) -> &mut DocumentRef {
    let Some(Value::Document(document)) = facts.get_mut("assessment") else { panic!("no assessment") };
    document
}

/// What was booked first by a function, as text, to be changed.
fn booked(forge: &mut Forge, function: &str, change: impl Fn(&str) -> String) {
    let at = forge.find(|what| matches!(what, What::Booked { function: own, .. } if own == function));
    if let What::Booked { posted: Value::Text(text), .. } = forge.what(at) {
        let changed = change(text);
        assert_ne!(*text, changed, "the manipulation changes something");
        *text = changed;
    }
}

/// The declaration that a case of a service was opened with, with other bytes, whose hash is named.
fn redeclare(forge: &mut Forge, service: &str, from: &str, to: &str) {
    let at = forge.find(|what| matches!(what, What::Opened(opened) if opened.service == service));
    let What::Opened(opened) = &forge.rows[at].event.what else { return };
    let Some(Value::Document(document)) = opened.facts.get("declaration") else { panic!("no declaration") };
    let text = String::from_utf8(forge.files[&document_path(&document.sha256)].clone()).unwrap();
    let bytes = text.replace(from, to).into_bytes();
    assert_ne!(text.as_bytes(), bytes);
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let size = bytes.len() as u64;
    forge.files.insert(document_path(&sha256), bytes);
    if let What::Opened(opened) = forge.what(at)
        && let Some(Value::Document(document)) = opened.facts.get_mut("declaration")
    {
        (document.sha256, document.size) = (sha256, size);
    }
}

/// The path of the table of this name that the functions of a service rest on.
fn table(forge: &Forge, service: &str, name: &str) -> String {
    let published: Digest = forge.manifest.published[service];
    let definition = forge.definition(published);
    let mut files = definition.zone().functions.values().flat_map(|function| &function.files);
    table_path(files.find(|(path, _)| path.ends_with(name)).unwrap().1)
}

/// A register's record of the goods accounts, to be changed or taken out.
fn shown(forge: &mut Forge, register: &str, change: impl Fn(&mut Record) -> bool) {
    let path = "registers/0.jsonl";
    let mut all: Vec<RecordLine> = lines::parse(&forge.files[path]).unwrap();
    let at = all.iter().position(|line| line.register == register).unwrap();
    if !change(&mut all[at].record) {
        all.remove(at);
        forge.manifest.records -= 1;
    }
    forge.files.insert(path.to_owned(), lines::write(&all).unwrap());
}

pub const ROWS: &[Manipulation] = &[
    row("A437", "an assessment is said to be of more items", |forge| {
        computed(forge, "customs.assess-entry", |facts| {
            facts.insert("assessment.items".to_owned(), Value::Decimal(7.into()));
        });
    }),
    row("A437", "an assessment of another reference is put in its place", |forge| {
        computed(forge, "customs.assess-exit", |facts| {
            facts.insert("assessment.reference".to_owned(), Value::Text("ANOTHER".to_owned()));
        });
    }),
    row("A437", "an assessment is altered, with its hash", |forge| {
        let mut altered = None;
        let at =
            forge.find(|what| matches!(what, What::Computed { function, .. } if function == "customs.assess-exit"));
        if let What::Computed { facts, .. } = forge.what(at) {
            altered = Some(document(facts).sha256);
        }
        let text = String::from_utf8(forge.files[&document_path(&altered.unwrap())].clone()).unwrap();
        let bytes = text.replacen("\"payable\":\"", "\"payable\":\"1", 1).into_bytes();
        let (sha256, size): ([u8; 32], u64) = (Sha256::digest(&bytes).into(), bytes.len() as u64);
        forge.files.insert(document_path(&sha256), bytes);
        if let What::Computed { facts, .. } = forge.what(at) {
            let document = document(facts);
            (document.sha256, document.size) = (sha256, size);
        }
    }),
    row("A437", "an assessment is said to be of another kind of document", |forge| {
        computed(forge, "customs.assess-exit", |facts| document(facts).media_type = "text/plain".to_owned());
    }),
    row("A437", "a declaration is exchanged for one of goods that cost less", |forge| {
        redeclare(forge, "goods-exit", "9000.00", "8000.00");
    }),
    row("A437", "a declaration is exchanged for one that nobody can read", |forge| {
        redeclare(forge, "goods-exit", "</Declaration>", "");
    }),
    row("A438", "the tariff is exchanged", |forge| {
        let path = table(forge, "goods-exit", "tariff.csv");
        let text = String::from_utf8(forge.files[&path].clone()).unwrap();
        forge.files.insert(path, text.replace('4', "5").into_bytes());
    }),
    row("A438", "the recipes are not disclosed", |forge| {
        let path = table(forge, "goods-processing", "recipes.csv");
        forge.files.remove(&path);
    }),
    row("A438", "a declaration is not disclosed", |forge| {
        let at = forge.find(|what| matches!(what, What::Opened(opened) if opened.service == "goods-exit"));
        let What::Opened(opened) = &forge.rows[at].event.what else { return };
        let Some(Value::Document(document)) = opened.facts.get("declaration") else { panic!("no declaration") };
        let path = document_path(&document.sha256);
        forge.files.remove(&path);
    }),
    row("A438", "an assessment that a function made is altered", |forge| {
        let at =
            forge.find(|what| matches!(what, What::Computed { function, .. } if function == "customs.assess-exit"));
        let What::Computed { facts, .. } = forge.what(at) else { return };
        let path = document_path(&document(facts).sha256);
        forge.files.entry(path).and_modify(|bytes| bytes.push(b' '));
    }),
    row("A439", "more is issued on a receipt than the case says", |forge| {
        booked(forge, "customs.goods.issue", |text| text.replace("10000", "12000"));
    }),
    row("A439", "more leaves than there was", |forge| {
        booked(forge, "customs.goods.exit", |text| text.replace("9500", "99500"));
    }),
    row("A439", "goods go to somebody else than the case says", |forge| {
        booked(forge, "customs.goods.accept", |text| text.replace("C-0002", "C-0003"));
    }),
    row("A439", "a receipt is offered to somebody else than the case says", |forge| {
        booked(forge, "customs.goods.offer", |text| text.replace("C-0002", "C-0003"));
    }),
    row("A439", "a receipt is surrendered for a lot of another number", |forge| {
        booked(forge, "customs.goods.surrender", |text| text.replace("-1\"", "-2\""));
    }),
    row("A439", "an offer is rejected by somebody else than the case says", |forge| {
        booked(forge, "customs.goods.reject", |text| text.replace("C-0002", "C-0003"));
    }),
    row("A439", "goods come in as made elsewhere than was declared", |forge| {
        booked(forge, "customs.goods.enter", |text| text.replace("\"origin\":\"TR\"", "\"origin\":\"AZ\""));
    }),
    row("A439", "what was made comes from nowhere", |forge| {
        booked(forge, "customs.goods.process", |text| text.replace("C-0001", "C-0009"));
    }),
    row("A439", "what was booked is not of the accounts", |forge| {
        booked(forge, "customs.goods.exit", |_| "[]x".to_owned());
    }),
    row("A439", "nothing is booked", |forge| {
        booked(forge, "customs.goods.exit", |_| "[]".to_owned());
    }),
    row("A439", "goods come in that are worth more than they were assessed", |forge| {
        booked(forge, "customs.goods.enter", |text| text.replace("\"amount\":\"", "\"amount\":\"1"));
    }),
    row("A439", "more is reserved for a declaration than it says", |forge| {
        booked(forge, "customs.goods.reserve", |text| text.replace("9500", "9400"));
    }),
    row("A439", "another declaration is reserved", |forge| {
        booked(forge, "customs.goods.reserve-entry", |text| text.replace("TRUCK-1", "TRUCK-2"));
    }),
    row("A439", "a reservation is freed in another lot", |forge| {
        booked(forge, "customs.goods.unreserve", |text| text.replace("\"lot\":\"", "\"lot\":\"X"));
    }),
    row("A401", "a reservation is left out", |forge| {
        let at =
            forge.find(|what| matches!(what, What::Booked { function, .. } if function == "customs.goods.reserve"));
        forge.remove(at);
    }),
    row("A401", "a reservation is never freed", |forge| {
        let at =
            forge.find(|what| matches!(what, What::Booked { function, .. } if function == "customs.goods.unreserve"));
        forge.remove(at);
    }),
    row("A401", "a booking is left out", |forge| {
        let at = forge.find(|what| matches!(what, What::Booked { function, .. } if function == "customs.goods.exit"));
        forge.remove(at);
    }),
    row("A510", "a lot is said to hold more than it does", |forge| {
        shown(forge, "lots", |record| {
            record.values.insert("lot.quantity".to_owned(), Value::Decimal(99_999.into()));
            true
        });
    }),
    row("A510", "a lot is said to be somebody else's", |forge| {
        shown(forge, "lots", |record| {
            record.held_by = Some("C-0009".to_owned());
            true
        });
    }),
    row("A510", "a receipt is in no register", |forge| shown(forge, "receipts", |_| false)),
];
