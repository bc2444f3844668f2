//! Tables of a zone that go out as DMN and come back as files: the zone is the same law, to the hash.

use super::fixture::{told, with};
use crate::check::{Files, check};
use crate::dmn::{Exported, Logic, export, import, said};

const FILE: &str = "services/permit/rules.csv";

fn zone(table: &str) -> Files {
    let mut files = with("");
    files.0.insert(FILE.to_owned(), table.as_bytes().to_vec());
    let words = "output-rules-weight = W\noutput-rules-since = S\noutput-rules-calm = C\noutput-rules-kind = K\n";
    files.0.get_mut("services/permit/en.ftl").unwrap().extend(words.as_bytes());
    files
}

#[test]
fn orders_policies_types_and_notes_come_back() {
    let table = "hit: priority\nout:route order,refuse,unclear,grant\n\
        in:shop.debt,in:trade.risk,out:route,ground,out:weight:\"decimal(2,0.50..)\",out:since:date,out:calm:boolean,out:kind:code(trades),note\n";
    let table = table.replace("out:weight:\"decimal(2,0.50..)\"", "\"out:weight:decimal(2,0.50..)\"");
    let table = format!(
        "{table}<= 0.50,low,grant,,1.50,2026-01-01,true,bakery,\"a, \"\"b\"\"\"\n\
         \"]0.5..7], 9\",\"low, high\",unclear,,2,2026-01-02,false,smithy,\n<= 0.5,high,unclear,,2.50,2026-01-02,false,smithy,\n> 7,-,refuse,shop-debt,3,2026-01-03,true,bakery,\n"
    );
    let before = check(&zone(&table));
    assert_eq!(told(&before), Vec::<String>::new());
    let service = std::sync::Arc::clone(&before.zone.unwrap().services()["permit"]);
    let notes: Vec<Vec<String>> = crate::notes(&table).unwrap().into_iter().map(|note| vec![note]).collect();
    let names = ["note".to_owned()];
    let xml = export(
        "permit",
        &[Exported {
            name: "rules",
            rules: service.tables["rules"].table.rules(),
            defaults: &[],
            annotation_names: &names,
            annotations: &notes,
        }],
    );
    let Logic::Table(back) = import(&xml).unwrap().remove(0).logic else { panic!("{xml}") };
    let back = said(&back).unwrap();
    assert_eq!(back.unsaid, []);
    assert_eq!(crate::notes(&back.csv), crate::notes(&table));
    let after = check(&zone(&back.csv));
    assert_eq!(told(&after), Vec::<String>::new(), "{}", back.csv);
    assert_eq!(after.zone.unwrap().services()["permit"].hash(), service.hash(), "{}", back.csv);
}
