//! Somebody guesses numbers of companies, lots, receipts and transits by applying: of what is another's they are told what they are told of what is not there.

use app::form::{Cells, Form};
use app::{Draft, InName, Payment};
use definition::value::Value;

use crate::office::{Chance, Office};
use crate::truck::{BUYER, SELLER, apply, declaration, document, enter, in_days, issue, number, person, text};

/// The number of something of the seller's in each register, beside one that nobody has.
struct Guesses {
    lot: [String; 2],
    receipt: [String; 2],
    transit: [String; 2],
}

fn beside(theirs: &str, nothing: &str) -> [String; 2] {
    [theirs.to_owned(), nothing.to_owned()]
}

/// A lot, a receipt on a part of it, and goods of it under way in transit.
async fn guesses(office: &Office) -> Guesses {
    let lot = format!("{}-1", enter(&office.app).await.unwrap().case.reference());
    let receipt = issue(&office.app, &lot, "10000").await.unwrap().case.reference();
    let xml = in_transit(&declaration("T-1", "11010000", "1000", "400.00", ("40", "78")));
    let declared = document(&office.app, SELLER, &xml).await;
    let facts = [
        ("company", text("C-0001")),
        ("lot", text(&lot)),
        ("declaration", declared),
        ("destination", Value::Code("IRDGN".to_owned())),
    ];
    let left = apply(&office.app, SELLER, "goods-transit", &facts).await.unwrap();
    let Value::Money(amount) = office.facts(left.case).await["assessment.payable"].clone() else { panic!() };
    office.app.confirm_payment(left.case, &Payment { receipt: "R-1".to_owned(), amount }).await.unwrap();
    let transit = format!("T-{}", left.case.reference());
    Guesses {
        lot: beside(&lot, "nothing-1"),
        receipt: beside(&receipt, "nothing"),
        transit: beside(&transit, "T-nothing"),
    }
}

fn in_transit(xml: &str) -> String {
    let procedure =
        "<GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>78</PreviousCode></GovernmentProcedure>";
    xml.replace(procedure, "").replace(">IMA<", ">T1<")
}

/// What the buyer is told who names a company and something of its.
async fn told(office: &Office, service: &str, company: &str, named: (&str, &str)) -> Vec<(String, String)> {
    let exit = declaration("GUESS-1", "11010000", "99999", "0.01", ("40", "78"));
    let xml = match service {
        "goods-transit" => in_transit(&exit),
        "goods-reexport" => exit.replace("<CurrentCode>40<", "<CurrentCode>31<"),
        _ => exit,
    };
    let amended = xml.replace("<FunctionCode>9<", "<FunctionCode>13<").replace(">IMA<", ">COR<");
    let mut facts = vec![("company", text(company)), (named.0, text(named.1))];
    facts.extend(match service {
        "warehouse-receipt" => vec![("quantity", number("1"))],
        "receipt-transfer" => vec![("buyer", text("C-0002")), ("until", in_days(&office.app, 10))],
        "goods-processing" => {
            vec![("recipe", Value::Code("biscuits".to_owned())), ("runs", number("1")), ("made", number("95"))]
        }
        "transit-arrival" | "offer-withdrawal" | "receipt-surrender" => Vec::new(),
        "declaration-amendment" => vec![
            ("declaration", document(&office.app, BUYER, &xml).await),
            ("amendment", document(&office.app, BUYER, &amended).await),
        ],
        "goods-transit" => vec![
            ("declaration", document(&office.app, BUYER, &xml).await),
            ("destination", Value::Code("IRDGN".to_owned())),
        ],
        _ => vec![("declaration", document(&office.app, BUYER, &xml).await)],
    });
    office.wrong(apply(&office.app, BUYER, service, &facts).await).await
}

#[tokio::test]
async fn applying_tells_nobody_what_others_have() {
    let office = Office::maku(Chance::Spares).await;
    let Guesses { lot, receipt, transit } = guesses(&office).await;
    for (service, fact, numbers) in [
        ("goods-exit", "lot", &lot),
        ("goods-reexport", "lot", &lot),
        ("goods-transit", "lot", &lot),
        ("warehouse-receipt", "lot", &lot),
        ("declaration-amendment", "lot", &lot),
        ("receipt-transfer", "receipt", &receipt),
        ("offer-withdrawal", "receipt", &receipt),
        ("receipt-surrender", "receipt", &receipt),
        ("goods-processing", "receipt", &receipt),
        ("transit-arrival", "transit", &transit),
    ] {
        // Under their own company there is no such thing, whosever it is.
        let own = told(&office, service, "C-0002", (fact, &numbers[1])).await;
        assert_eq!(own, [(fact.to_owned(), "NoRecord".to_owned())], "{service}");
        assert_eq!(told(&office, service, "C-0002", (fact, &numbers[0])).await, own, "{service}");
        // Under a company that is not theirs neither is there, whether the company is or not, and whether it has the thing or not.
        let neither = ["company", fact].map(|fact| (fact.to_owned(), "NoRecord".to_owned()));
        for company in ["C-0001", "C-9999"] {
            for number in numbers {
                assert_eq!(
                    told(&office, service, company, (fact, number)).await,
                    neither,
                    "{service} {company} {number}"
                );
            }
        }
    }
}

/// A form is tried on the goods accounts before it is sent: it says nothing of goods that are not the applicant's, neither how much there is nor what they came in at.
#[tokio::test]
async fn filling_a_form_in_tells_nobody_what_others_have() {
    let office = Office::maku(Chance::Spares).await;
    let Guesses { lot, .. } = guesses(&office).await;
    let item = [
        ("commodity", "11010000"),
        ("description", "flour"),
        ("origin", "TR"),
        ("price", "0.01"),
        ("currency", "EUR"),
        ("gross", "99999"),
        ("net", "99999"),
    ];
    let cells = |cells: &[(&str, &str)]| -> Cells {
        cells.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    };
    let form = Form { head: cells(&[("reference", "GUESS-1")]), items: vec![cells(&item)] };
    let told = async |who: &str, service: &str, company: &str, lot: &str| {
        let mut draft = Draft { service: service.to_owned(), ..Draft::default() };
        draft.facts.insert("company".to_owned(), text(company));
        draft.facts.insert("lot".to_owned(), text(lot));
        draft.forms.entry("declaration".to_owned()).or_default().form = form.clone();
        let wrong = office.app.written(&InName::own(who), &draft, "declaration").await.unwrap();
        wrong.map(|_| "nothing is wrong".to_owned()).unwrap_or_else(|wrong| format!("{wrong:?}"))
    };
    for service in ["goods-exit", "goods-reexport"] {
        let own = told(SELLER, service, "C-0001", &lot[0]).await;
        assert!(own.contains("KGM are left"), "whose it is learns what is left: {own}");
        let guessed = told(BUYER, service, "C-9999", &lot[1]).await;
        for (company, lot) in [("C-0001", &lot[0]), ("C-0001", &lot[1]), ("C-9999", &lot[0]), ("C-0002", &lot[0])] {
            assert_eq!(told(BUYER, service, company, lot).await, guessed, "{service} {company} {lot}");
        }
        assert_eq!(told(BUYER, service, "C-0002", &lot[1]).await, guessed, "{service}");
    }
    // Neither does the choice of records: what another holds is as empty as nothing.
    let service = office.app.zone().services()["goods-exit"].clone();
    for company in ["C-0001", "C-9999"] {
        let facts = [("company".to_owned(), text(company))].into();
        let found = office.app.choices(&service, "lot", &InName::own(BUYER), &facts, None).await.unwrap();
        assert_eq!(found, [], "{company}");
    }
    // And neither does looking at accounts.
    for number in &lot {
        let looked = office.app.goods_account(&person(BUYER), ("lot", number), None).await.unwrap_err();
        assert!(matches!(looked, app::AppError::NotFound("goods account")), "{looked:?}");
    }
}
