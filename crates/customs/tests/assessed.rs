//! What a declaration owes: every figure with its reason, and what is in the way of one with what to do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::assess::{Line, Obstacle, ObstacleFault, Policy, World, assess};
use customs::notification::Notification;
use customs::rates::{self, Rates};
use customs::tariff::{Groups, Tariff, read as read_tariff};
use customs::{Message, RowFault, RowProblem, read};
use definition::value::{Date, Decimal};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("data/sample-declaration.xml");
const HEADER: &str = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to,additional\n";

fn tariff(rows: &str) -> Tariff {
    read_tariff(&format!("{HEADER}{rows}")).unwrap()
}

fn faults(rows: &str) -> Vec<(u32, RowFault)> {
    let problems = read_tariff(&format!("{HEADER}{rows}")).unwrap_err();
    problems.into_iter().map(|problem| (problem.line, problem.fault)).collect()
}

/// The sample, priced in pounds.
fn pounds() -> String {
    SAMPLE.replace("currencyID=\"EUR\"", "currencyID=\"GBP\"")
}

fn assessed(text: &str, tariff: &Tariff, rates: &Rates) -> Result<Vec<Line>, Vec<Obstacle>> {
    let Message::Declaration(declaration) = read(text.as_bytes()).unwrap() else { panic!("a declaration") };
    let policy = Policy::named("uk").unwrap();
    let day = Date::new(2026, 11, 25).unwrap();
    assess(&declaration, &World { policy, tariff, rates, groups: &Groups::default(), day })
}

fn amounts(lines: &[Line]) -> Vec<(String, String)> {
    lines.iter().map(|line| (line.tax.clone(), line.payable.normalize().to_string())).collect()
}

fn owed(text: &str, rows: &str) -> Vec<(String, String)> {
    amounts(&assessed(text, &tariff(rows), &Rates::default()).unwrap())
}

fn fault(text: &str, rows: &str) -> ObstacleFault {
    assessed(text, &tariff(rows), &Rates::default()).unwrap_err().remove(0).fault
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(tax, amount)| ((*tax).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn vat_falls_on_value_and_duty_and_each_figure_says_why() {
    let lines = assessed(&pounds(), &tariff(",,,,B00,20%,,,\n08031010,,,,A00,16.0%,,,\n"), &Rates::default()).unwrap();
    assert_eq!(amounts(&lines), pairs(&[("A00", "160.08"), ("B00", "232.11")]));
    assert_eq!(lines[1].base, Some(Decimal::new(116_058, 2)));
    let why = lines[0].why.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for part in ["value: 1000.5 GBP", "line 3 of the tariff: 16.0%", "16% of 1000.5 = 160.08, rounded to the nearest"] {
        assert!(why.contains(part), "{part} in {why}");
    }
}

#[test]
fn what_is_due_is_answered() {
    let rows = tariff(",,,,B00,20%,,,\n08031010,,,,A00,16.0%,,,\n");
    let lines = assessed(&pounds(), &rows, &Rates::default()).unwrap();
    let Message::Declaration(declaration) = read(pounds().as_bytes()).unwrap() else { panic!("a declaration") };
    let answer = Notification::due(&declaration, &lines, Date::new(2026, 11, 26).unwrap()).to_xml();
    let Message::Notification(answer) = read(answer.as_bytes()).unwrap() else { panic!("an answer") };
    assert_eq!(
        (answer.function.value.as_str(), answer.declaration_reference.unwrap().value.as_str()),
        ("13", "SAMPLE-1")
    );
    let told: Vec<_> = answer
        .taxes
        .iter()
        .map(|line| {
            (line.kind.as_ref().unwrap().value.as_str(), line.payable.as_ref().unwrap().value.value.to_string())
        })
        .collect();
    assert_eq!(told, [("A00", "160.08".to_owned()), ("B00", "232.11".to_owned())]);
}

#[test]
fn the_most_specific_row_wins_and_a_tie_is_an_error() {
    let rows = "0803,,,,A00,1%,,,\n08031010,,,,A00,2%,,,\n0803,TR,,,A00,3%,,,\n08031010,,,,A00,9%,2027-01-01,,\n";
    assert_eq!(owed(&pounds(), rows), pairs(&[("A00", "30.02")]));
    let both = "0803,TR,,,A00,3%,,,\n0803,,,4000,A00,4%,,,\n";
    assert_eq!(fault(&pounds(), both), ObstacleFault::Tie { tax: "A00".into(), first: 2, second: 3 });
    let twice = "08031010,,,,A00,3%,,,\n08031010,,,,A00,3%,,,\n";
    assert!(matches!(fault(&pounds(), twice), ObstacleFault::Tie { .. }));
}

#[test]
fn procedures_suspend_and_relieve() {
    let rows = "0803,,,,A00,10%,,,\n,,,,B00,20%,,,\n";
    let inward = pounds().replace("<CurrentCode>40<", "<CurrentCode>51<");
    assert_eq!(owed(&inward, rows), pairs(&[("A00", "0"), ("IPR", "0"), ("B00", "0"), ("IPR", "0")]));
    let relieved = pounds().replace(
        "</GovernmentProcedure>",
        "</GovernmentProcedure><GovernmentProcedure><CurrentCode>C07</CurrentCode></GovernmentProcedure>",
    );
    let lines = assessed(&relieved, &tariff(rows), &Rates::default()).unwrap();
    assert_eq!((lines[0].deduct, lines[0].assessed), (Decimal::new(10_005, 2), Decimal::ZERO));
    assert_eq!(amounts(&lines)[1], ("B00".to_owned(), "200.1".to_owned()));
}

#[test]
fn what_is_not_due_says_so_and_no_sum_that_does_not_add_up() {
    let repaired = pounds().replace(
        "</GovernmentProcedure>",
        "</GovernmentProcedure><GovernmentProcedure><CurrentCode>B02</CurrentCode></GovernmentProcedure>",
    );
    let lines = assessed(&repaired, &tariff("0803,,,,A00,10%,,,\n"), &Rates::default()).unwrap();
    assert_eq!((lines[0].assessed, lines[0].deduct), (Decimal::ZERO, Decimal::ZERO));
    assert!(lines[0].why.iter().any(|why| why.to_string() == "10% of 1000.5, not due"), "{:?}", lines[0].why);
}

#[test]
fn a_foreign_price_needs_the_rate_of_its_day() {
    let rows = "0803,,,,A00,10%,,,\n";
    let table = "currency,rate,valid_from,valid_to\nEUR,0.9,2026-01-01,2026-06-30\nEUR,0.8,2026-11-01,\n";
    let lines = assessed(SAMPLE, &tariff(rows), &rates::read(table).unwrap()).unwrap();
    assert_eq!(amounts(&lines), pairs(&[("A00", "80.04")]));
    let day = Date::new(2026, 11, 25).unwrap();
    assert_eq!(fault(SAMPLE, rows), ObstacleFault::NoRate { currency: "EUR".into(), day });
    let lapsed = "currency,rate,valid_from,valid_to\nEUR,0.9,2026-01-01,2026-06-30\n";
    assert!(assessed(SAMPLE, &tariff(rows), &rates::read(lapsed).unwrap()).is_err());
    for bad in [
        "EUR,0,2026-01-01,",
        "EUR,-1,2026-01-01,",
        "euro,1,2026-01-01,",
        "EUR,1,,",
        "EUR,1,2026-02-01,2026-01-01",
        "EUR,x,2026-01-01,",
    ] {
        assert!(rates::read(&format!("currency,rate,valid_from,valid_to\n{bad}\n")).is_err(), "{bad}");
    }
}

#[test]
fn what_is_in_the_way_is_named() {
    let rows = "0803,,,,A00,10%,,,\n";
    assert_eq!(
        fault(&pounds().replace("08031010", "09031010"), rows),
        ObstacleFault::UnknownCommodity { code: "0903101000".into() }
    );
    // What falls on everything stands; a code that does not, or whose duty is another's, is no reason to owe nothing else.
    let all = ",,,,B00,20%,,,\n";
    let day = |day| Date::new(2026, 11, day).unwrap();
    let code = || "0803101000".to_owned();
    assert_eq!(
        fault(&pounds(), &format!("{all}0803,,,,A00,10%,,2026-11-24,\n")),
        ObstacleFault::CodeEnded { code: code(), last: day(24) }
    );
    assert_eq!(
        fault(&pounds(), &format!("{all}0803,,,,A00,10%,2026-11-26,,\n")),
        ObstacleFault::CodeBegins { code: code(), first: day(26) }
    );
    assert_eq!(
        fault(&pounds(), &format!("{all}0803,CN,,,A00,10%,,,\n")),
        ObstacleFault::NoMeasure { code: code(), origin: "TR".into() }
    );
    assert_eq!(
        fault(&pounds(), "0803,,,,A00,10 GBP / m2,,,\n").to_string(),
        "A00 by line 2 of the tariff: the quantity in m2 is not declared"
    );
    assert_eq!(fault(&pounds(), "0803,,,,Z99,10%,,,\n"), ObstacleFault::UnknownTax { tax: "Z99".into(), line: 2 });
    let priced = "<InvoiceLine><ItemChargeAmount currencyID=\"GBP\">1000.50</ItemChargeAmount></InvoiceLine>";
    assert_eq!(fault(&pounds().replace(priced, ""), rows), ObstacleFault::NoPrice);
    assert_eq!(fault(&pounds().replace(" currencyID=\"GBP\"", ""), rows), ObstacleFault::NoCurrency);
    let charge = |kind: &str, amount: &str| {
        let charge = format!(
            "<ChargeDeduction><ChargesTypeCode>{kind}</ChargesTypeCode><OtherChargeDeductionAmount currencyID=\"GBP\">{amount}</OtherChargeDeductionAmount></ChargeDeduction>"
        );
        pounds().replace(
            "<GovernmentProcedure>",
            &format!("<CustomsValuation>{charge}</CustomsValuation><GovernmentProcedure>"),
        )
    };
    assert_eq!(owed(&charge("AK", "99.50"), rows), pairs(&[("A00", "110")]));
    assert_eq!(owed(&charge("BA", "0.50"), rows), pairs(&[("A00", "100")]));
    assert_eq!(fault(&charge("BA", "2000"), rows), ObstacleFault::BelowZero);
    // What is charged for all items has to fall on something.
    let shared = "<CustomsValuation><ChargeDeduction><ChargesTypeCode>AK</ChargesTypeCode><OtherChargeDeductionAmount currencyID=\"GBP\">100.00</OtherChargeDeductionAmount></ChargeDeduction></CustomsValuation>";
    let shared = |price: &str| {
        let items = format!("{shared}<GovernmentAgencyGoodsItem>");
        pounds().replacen("<GovernmentAgencyGoodsItem>", &items, 1).replace("1000.50", price)
    };
    assert_eq!(owed(&shared("900.00"), rows), pairs(&[("A00", "100")]));
    assert_eq!(fault(&shared("0.00"), rows), ObstacleFault::NothingToShare);
    assert_eq!(fault(&charge("ZZ", "1"), rows), ObstacleFault::UnknownCharge { kind: "ZZ".into() });
}

/// Goods come to Northern Ireland, where either of two tariffs may count.
#[test]
fn the_higher_of_two_tariffs_counts_unless_somebody_authorised_says_that_goods_stay() {
    let said = |codes: &[&str]| {
        let statement = |code: &&str| {
            format!("<AdditionalInformation><StatementCode>{code}</StatementCode></AdditionalInformation>")
        };
        let statements: String = codes.iter().map(statement).collect();
        pounds().replace("<Commodity>", &format!("{statements}<Commodity>"))
    };
    let rows = |union: &str| format!("0803,,,,A00,10%,,,\n0803,,,,A50,{union},,,\n,,,,B00,20%,,,\n,,,,B05,20%,,,\n");
    let (own, union) =
        ([("A00", "100.05"), ("B00", "220.11")], [("A50", "160.08"), ("B05", "32.01"), ("B00", "200.1")]);
    assert_eq!(owed(&pounds(), &rows("16%")), pairs(&own), "nobody says that they come there");
    assert_eq!(owed(&said(&["NIIMP"]), &rows("16%")), pairs(&union));
    assert_eq!(owed(&said(&["NIIMP", "NIREM"]), &rows("16%")), pairs(&union), "nobody authorised says that they stay");
    assert_eq!(owed(&said(&["NIIMP"]), &rows("10%")), pairs(&own));
    assert_eq!(owed(&said(&["NIIMP", "NIREM", "UKIM"]), &rows("16%")), pairs(&own));
    assert_eq!(owed(&said(&["NIDOM"]), &rows("16%")), pairs(&union));
    assert_eq!(owed(&said(&["NIDOM", "NIREM", "UKIM"]), &rows("16%")), pairs(&[("A50", "0"), ("B00", "200.1")]));
    // Nothing is guessed where one of them has nothing on the goods.
    let alone = "0803,,,,A00,10%,,,\n";
    assert_eq!(fault(&said(&["NIIMP"]), alone), ObstacleFault::OneTariff { has_first: true });
    assert_eq!(owed(&said(&["NIIMP", "NIREM", "UKIM"]), alone), pairs(&[("A00", "100.05")]));
    let lines = assessed(&said(&["NIIMP"]), &tariff(&rows("16%")), &Rates::default()).unwrap();
    assert!(lines[0].why.iter().any(|why| why.to_string().contains("may go on into the Union")), "{:?}", lines[0].why);
}

#[test]
fn a_tariff_with_a_fault_is_told_line_by_line() {
    let rows = "8,,,,A00,1%,,,\n0803,TURKEY,,,A00,1%,,,\n0803,,,,,1%,,,\n0803,,,,A00,EA,,,\n0803,,,,A00,1%,1405-01-01x,,\n0803,,,,A00,1%,2026-02-01,2026-01-01,\n";
    let told = faults(rows);
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert!(matches!(told[3].1, RowFault::Expression(_)));
    let header = read_tariff("comodity,origin\n").unwrap_err();
    assert!(header[0].fault.to_string().contains("did you mean `commodity`?"), "{}", header[0].fault);
    assert!(matches!(read_tariff("").unwrap_err()[..], [RowProblem { line: 1, fault: RowFault::Empty }]));
}

proptest! {
    /// What is charged for all items is shared among them to the last penny.
    #[test]
    fn shares_add_up(prices in prop::collection::vec(1_u32..1_000_000, 1..20), charge in 0_u32..1_000_000) {
        let start = SAMPLE.find("<GovernmentAgencyGoodsItem>").unwrap();
        let end = SAMPLE.find("</GovernmentAgencyGoodsItem>").unwrap() + "</GovernmentAgencyGoodsItem>".len();
        let pence = |amount: u32| format!("{}.{:02}", amount / 100, amount % 100);
        let item = |(index, price): (usize, &u32)| {
            SAMPLE[start..end]
                .replace("<SequenceNumeric>1<", &format!("<SequenceNumeric>{}<", index + 1))
                .replace("1000.50", &pence(*price))
                .replace("EUR", "GBP")
        };
        let items: String = prices.iter().enumerate().map(item).collect();
        let charged = format!("<CustomsValuation><ChargeDeduction><ChargesTypeCode>AK</ChargesTypeCode><OtherChargeDeductionAmount currencyID=\"GBP\">{}</OtherChargeDeductionAmount></ChargeDeduction></CustomsValuation>", pence(charge));
        let text = format!("{}{charged}{items}{}", &SAMPLE[..start], &SAMPLE[end..]);
        let lines = assessed(&text, &tariff("0803,,,,A00,100%,,,\n"), &Rates::default()).unwrap();
        let sum: Decimal = lines.iter().map(|line| line.assessed).sum();
        let expected = prices.iter().sum::<u32>() + charge;
        prop_assert_eq!(sum, Decimal::new(i64::from(expected), 2));
    }
}
