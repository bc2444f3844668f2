//! Goods made in a free zone: two laws over the same accounts, and what they leave due.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use customs::assess::{Accounted, Assessment, Line, ObstacleFault, Policy, World, assess_accounted, values};
use customs::goods::value_added::{Due, Fraction, Made, hainan, ir_free_zone};
use customs::goods::{Book, Movement, decide, fold, trace};
use customs::rates::Rates;
use customs::tariff::{Groups, read as read_tariff};
use customs::{Message, read};
use definition::value::{Date, Decimal, Money};
use proptest::prelude::*;
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("data/sample-declaration.xml");

/// The goods accounts of one product: materials from abroad and from the mainland are made into 500 kg, which leave by item 1 of SAMPLE-1.
fn accounted(currency: &str, foreign: &str, mainland: &str) -> Vec<Accounted> {
    made_of(currency, [("foreign", foreign, None), ("mainland", mainland, None)])
}

/// The same of two materials, each with its status, its value and where it was made.
fn made_of(currency: &str, materials: [(&str, &str, Option<&str>); 2]) -> Vec<Accounted> {
    let kg = |amount: &str| json!({"amount": amount, "unit": "KGM"});
    let entry = |number: u32, (status, value, origin): (&str, &str, Option<&str>), commodity: &str| {
        let mut entry = json!({"entry": {
            "item": {"declaration": format!("IN-{number}"), "item": 1}, "declared": kg("300"), "status": status,
            "lot": format!("L{number}"), "method": "lot", "owner": "ana", "warehouse": "W", "commodity": commodity,
            "quantity": kg("300"), "value": {"amount": value, "currency": currency},
        }});
        if let Some(origin) = origin {
            entry["entry"]["origin"] = json!(origin);
        }
        entry
    };
    let take = |lot: &str, amount: &str| json!({"from": {"lot": lot}, "quantity": kg(amount)});
    let process = json!({"process": {
        "recipe": {
            "name": "sample",
            "inputs": [{"commodity": "170199", "quantity": kg("3")}, {"commodity": "110812", "quantity": kg("3")}],
            "products": [{"commodity": "08031010", "least": kg("5"), "most": kg("6"), "share": 1}],
        },
        "runs": 100, "owner": "ana", "warehouse": "W", "takes": [take("L1", "300"), take("L2", "300")],
        "makes": [{"lot": "P", "method": "lot", "commodity": "08031010", "quantity": kg("500")}],
    }});
    let exit = json!({"exit": {
        "item": {"declaration": "SAMPLE-1", "item": 1}, "declared": kg("500"), "owner": "ana", "commodity": "08031010",
        "takes": [take("P", "500")],
    }});
    let mut book = Book::default();
    let mut line = None;
    let [first, second] = materials;
    for movement in [entry(1, first, "170199"), entry(2, second, "110812"), process, exit] {
        let movement: Movement = serde_json::from_value(movement).unwrap();
        let decided = decide(&book, &movement).unwrap();
        fold(&mut book, &decided.posted).unwrap();
        line = trace(&decided.posted);
    }
    vec![Accounted { line: line.unwrap(), set: None }]
}

fn assessed(policy: &str, previous: &str, tariff: &str, accounted: &[Accounted]) -> Result<Vec<Line>, ObstacleFault> {
    let policy = Policy::named(policy).unwrap();
    let text = SAMPLE
        .replace("currencyID=\"EUR\">1000.50", &format!("currencyID=\"{}\">1000", policy.currency))
        .replace("<PreviousCode>00<", &format!("<PreviousCode>{previous}<"));
    let Message::Declaration(declaration) = read(text.as_bytes()).unwrap() else { panic!("a declaration") };
    let header = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n";
    let tariff = read_tariff(&format!("{header}{tariff}")).unwrap();
    let day = Date::new(2026, 11, 25).unwrap();
    let world = World { policy, tariff: &tariff, rates: &Rates::default(), groups: &Groups::default(), day };
    assess_accounted(&declaration, &world, accounted).map_err(|mut obstacles| obstacles.remove(0).fault)
}

fn amounts(lines: &[Line]) -> Vec<(String, String)> {
    lines.iter().map(|line| (line.deduct.normalize().to_string(), line.payable.normalize().to_string())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

const RATES: &str = ",,,,VAT,10%,,\n0803,,,,CUD,40%,,\n";

#[test]
fn in_iran_duty_falls_on_foreign_materials() {
    let goods = accounted("IRR", "400", "100");
    let lines = assessed("ir-free-zone", "78", RATES, &goods).unwrap();
    // Duty of 40% on 400 of 1000; value added tax on 1000 and the duty.
    assert_eq!(amounts(&lines), pairs(&[("240", "160"), ("0", "116")]));
    assert!(lines[0].why.iter().any(|why| why.to_string().contains("draft")), "{:?}", lines[0].why);
    // The other reading takes a share off the duty: the same for a share of the value, another for a duty by weight.
    assert_eq!(amounts(&assessed("ir-free-zone/share", "78", RATES, &goods).unwrap()), amounts(&lines));
    let by_weight = "0803,,,,CUD,1 IRR/kg,,\n";
    assert_eq!(amounts(&assessed("ir-free-zone", "78", by_weight, &goods).unwrap()), pairs(&[("0", "500")]));
    assert_eq!(amounts(&assessed("ir-free-zone/share", "78", by_weight, &goods).unwrap()), pairs(&[("300", "200")]));
}

/// Of materials from two countries each owes what the tariff has for its own, whatever origin is declared for what was made of them.
#[test]
fn duty_on_materials_goes_by_where_they_were_made() {
    let rates = ",,,,VAT,10%,,\n0803,,,,CUD,40%,,\n0803,AZ,,,CUD,10%,,\n";
    let two = |one, other| made_of("IRR", [("foreign", "400", one), ("foreign", "200", other)]);
    let duty = |policy, goods: &[Accounted]| amounts(&assessed(policy, "78", rates, goods).unwrap())[0].1.clone();
    // 40% on 400 from CN and 10% on 200 from AZ; by their sum alone it would be 240.
    let goods = two(Some("CN"), Some("AZ"));
    assert_eq!(duty("ir-free-zone", &goods), "180");
    assert_eq!(duty("ir-free-zone/share", &goods), "180");
    let why = assessed("ir-free-zone", "78", rates, &goods).unwrap()[0].why.clone();
    assert!(why.iter().any(|why| why.to_string() == "CUD by line 4 of the tariff: 10%"), "{why:?}");
    let parts: Vec<_> = why.iter().filter(|why| why.kind() == "materials").collect();
    let said: Vec<_> = parts.iter().map(|why| why.to_string()).collect();
    assert_eq!(said, ["materials made in CN, worth 400 IRR", "materials made in AZ, worth 200 IRR"]);
    assert_eq!(parts[1].in_persian(), "مواد ساخت \u{2068}AZ\u{2069}، به ارزش ۲۰۰ ریال");
    let why = assessed("ir-free-zone", "78", ",,,,VAT,10%,,\n0803,,,,CUD,40%,,\n", &two(None, Some("AZ"))).unwrap();
    let said: Vec<_> = why[0].why.iter().filter(|why| why.kind() == "materials").map(|why| why.to_string()).collect();
    assert_eq!(said, ["materials made in AZ, and of an origin that is not known, worth 600 IRR"]);
    assert_eq!(duty("ir-free-zone", &two(Some("AZ"), Some("AZ"))), "60");
    // What nobody kept the origin of goes by what is declared, as before.
    assert_eq!(duty("ir-free-zone", &two(None, Some("AZ"))), "180");
    assert_eq!(duty("ir-free-zone", &two(None, None)), "240");
    let mut set = goods;
    set[0].set = Some(serde_json::from_value(json!({"share": "0.5", "reference": "C-12"})).unwrap());
    // Half of the value, two thirds of it from CN: 40% of 333 (333.33 to the whole rial), and 10% of 167.
    assert_eq!(duty("ir-free-zone", &set), "150");
}

/// A tax that the tariff has for where a material was made, and not for what is declared of the goods, is found as well.
#[test]
fn a_tax_on_the_origin_of_a_material_alone_falls_on_that_material() {
    // The product is declared as made in TR.
    let rates = ",,,,VAT,10%,,\n0803,,,,CUD,40%,,\n0803,CN,,,COM,50%,,\n";
    let two = |one, other| made_of("IRR", [("foreign", "400", one), ("foreign", "200", other)]);
    let found = |policy, goods: &[Accounted]| -> Vec<(String, String)> {
        let lines = assessed(policy, "78", rates, goods).unwrap();
        lines.iter().map(|line| (line.tax.clone(), line.payable.normalize().to_string())).collect()
    };
    // 40% on 600; 50% on the 400 from CN; value added tax on 1000 and both.
    let goods = two(Some("CN"), Some("AZ"));
    let expected = pairs(&[("CUD", "240"), ("COM", "200"), ("VAT", "144")]);
    assert_eq!(found("ir-free-zone", &goods), expected);
    assert_eq!(found("ir-free-zone/share", &goods), expected);
    let lines = assessed("ir-free-zone", "78", rates, &goods).unwrap();
    let why = &lines[1].why;
    let at = why.iter().position(|why| why.to_string() == "COM by line 4 of the tariff: 50%").unwrap();
    assert_eq!(why[at - 1].to_string(), "materials made in CN, worth 400 IRR", "{why:?}");
    assert!(why.iter().any(|why| why.to_string().contains("draft")), "{why:?}");
    assert_eq!((lines[1].measure, lines[1].deduct), (Some(4), Decimal::ZERO));
    // Both from there.
    assert_eq!(found("ir-free-zone", &two(Some("CN"), Some("CN")))[1].1, "300");
    // Where no material is from there, or nobody knows, nothing of it is due.
    for other in [two(Some("AZ"), Some("AZ")), two(None, None)] {
        assert_eq!(found("ir-free-zone", &other), pairs(&[("CUD", "240"), ("VAT", "124")]));
    }
    // Hainan's law asks whether the goods are free, and not where materials were made.
    let due = made_of("CNY", [("foreign", "700", Some("CN")), ("mainland", "69.24", None)]);
    assert_eq!(found("hainan", &due), pairs(&[("CUD", "400"), ("VAT", "140")]));
    // A tax that the policy has no rule for is told, and not let go.
    let unknown = format!("{rates}0803,CN,,,ADD,9%,,\n");
    let told = assessed("ir-free-zone", "78", &unknown, &goods).unwrap_err();
    assert_eq!(told, ObstacleFault::UnknownTax { tax: "ADD".to_owned(), line: 5 });
    assert!(assessed("ir-free-zone", "78", &unknown, &two(Some("AZ"), None)).is_ok());
}

#[test]
fn a_share_that_the_commission_set_counts() {
    let mut goods = accounted("IRR", "400", "100");
    goods[0].set = Some(serde_json::from_value(json!({"share": "0.75", "reference": "C-12"})).unwrap());
    let lines = assessed("ir-free-zone", "78", RATES, &goods).unwrap();
    assert_eq!(amounts(&lines)[0], ("300".to_owned(), "100".to_owned()));
    assert!(lines[0].why.iter().any(|why| why.to_string() == "set by C-12"), "{:?}", lines[0].why);
    for share in ["1.01", "-0.1", "3/2", "1/0", "", "half"] {
        assert!(serde_json::from_value::<Fraction>(Value::from(share)).is_err(), "{share}");
    }
}

#[test]
fn in_hainan_thirty_percent_over_materials_free_of_duty() {
    // (1000 - 700 - 69.23) / 769.23 is 30.00013%; one more fen of materials, and it is not.
    let free = assessed("hainan", "78", RATES, &accounted("CNY", "700", "69.23")).unwrap();
    assert_eq!(amounts(&free), pairs(&[("400", "0"), ("0", "100")]));
    let due = assessed("hainan", "78", RATES, &accounted("CNY", "700", "69.24")).unwrap();
    assert_eq!(amounts(&due), pairs(&[("0", "400"), ("0", "140")]));
}

#[test]
fn goods_that_come_into_the_zone_pay_nothing_yet() {
    for policy in ["ir-free-zone", "hainan"] {
        let text = SAMPLE.replace("<CurrentCode>40<", "<CurrentCode>78<");
        let policy = Policy::named(policy).unwrap();
        let text = text.replace("currencyID=\"EUR\"", &format!("currencyID=\"{}\"", policy.currency));
        let Message::Declaration(declaration) = read(text.as_bytes()).unwrap() else { panic!("a declaration") };
        let header = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n";
        let tariff = read_tariff(&format!("{header}{RATES}")).unwrap();
        let day = Date::new(2026, 11, 25).unwrap();
        let world = World { policy, tariff: &tariff, rates: &Rates::default(), groups: &Groups::default(), day };
        let lines = assess_accounted(&declaration, &world, &[]).unwrap();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| !line.assessed.is_zero() && line.payable.is_zero()));
    }
}

#[test]
fn what_the_accounts_do_not_say_is_in_the_way() {
    let goods = accounted("IRR", "400", "100");
    let fault = |goods: &[Accounted]| assessed("ir-free-zone", "78", RATES, goods).unwrap_err().to_string();
    let mut told = vec![fault(&[])];
    let changed = |change: &dyn Fn(&mut Accounted)| {
        let mut goods = goods.clone();
        change(&mut goods[0]);
        goods
    };
    told.push(fault(&changed(&|one| one.line.item.item = 2)));
    told.push(fault(&changed(&|one| one.line.made = customs::goods::Quantity::parse("1", "KGM").unwrap())));
    told.push(fault(&changed(&|one| one.line.quantity = customs::goods::Quantity::parse("499.5", "KGM").unwrap())));
    told.push(fault(&accounted("USD", "400", "100")));
    insta::assert_snapshot!(told.join("\n"), @r"
    the goods leave a free zone, and nothing says what they were made of
    the goods leave a free zone, and nothing says what they were made of
    1 KGM of 500 KGM were made in the free zone, the rest leaves as it came
    500 KGM are declared, and 499.5 KGM left by the goods accounts
    value added cannot be told: materials are valued in another currency than IRR
    ");
    // What leaves as it came owes all; so does what did not come out of a free zone, whatever is handed in.
    let as_it_came = changed(&|one| one.line.made = customs::goods::Quantity::parse("0", "KGM").unwrap());
    assert_eq!(amounts(&assessed("ir-free-zone", "78", RATES, &as_it_came).unwrap())[0], ("0".into(), "400".into()));
    assert_eq!(amounts(&assessed("ir-free-zone", "00", RATES, &goods).unwrap())[0], ("0".into(), "400".into()));
}

fn made(price: i128, foreign: i128, mainland: i128) -> Made {
    Made { price: Money { minor: price, currency: "IRR".into() }, foreign, mainland, zone: 0, set: None }
}

proptest! {
    /// Duty on what is left is never more than on the goods, and falls when less comes from abroad.
    #[test]
    fn less_from_abroad_never_owes_more(price in 1_i128..1_000_000_000_000, foreign in 0_i128..2_000_000_000_000, less in 0_i128..1_000_000) {
        let due = |foreign: i128| match ir_free_zone::judge(&made(price, foreign, 0), ir_free_zone::DutyOn::Materials).due {
            Due::OnShareOfValue(share) => share.of(Decimal::from_i128_with_scale(price, 2), 2).unwrap(),
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(due(foreign), Decimal::from_i128_with_scale(foreign.min(price), 2));
        prop_assert!(due((foreign - less).max(0)) <= due(foreign));
    }

    /// Thirty percent is judged without rounding.
    #[test]
    fn the_threshold_is_exact(foreign in 1_i128..1_000_000_000, mainland in 0_i128..1_000_000_000) {
        let of = foreign + mainland;
        let least = (of * 130).div_euclid(100) + i128::from((of * 130).rem_euclid(100) != 0);
        prop_assert_eq!(hainan::judge(&made(least, foreign, mainland)).due, Due::Nothing);
        prop_assert_eq!(hainan::judge(&made(least - 1, foreign, mainland)).due, Due::All);
    }
}

#[test]
fn an_assessment_says_why_in_both_languages_and_is_the_same_to_the_byte() {
    let policy = Policy::named("ir-free-zone").unwrap();
    let text = SAMPLE
        .replace("currencyID=\"EUR\">1000.50", "currencyID=\"IRR\">1000")
        .replace("<PreviousCode>00<", "<PreviousCode>78<");
    let Message::Declaration(declaration) = read(text.as_bytes()).unwrap() else { panic!("a declaration") };
    let header = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n";
    let tariff = read_tariff(&format!("{header}{RATES}")).unwrap();
    let day = Date::new(2026, 11, 25).unwrap();
    let world = World { policy, tariff: &tariff, rates: &Rates::default(), groups: &Groups::default(), day };
    let goods = accounted("IRR", "400", "100");
    let (values, lines) =
        (values(&declaration, &world).unwrap(), assess_accounted(&declaration, &world, &goods).unwrap());
    let written = Assessment::of(&declaration, (&values, &lines), policy, day);
    let bytes = written.to_bytes();
    assert_eq!(bytes, Assessment::of(&declaration, (&values, &lines), policy, day).to_bytes());
    assert_eq!(Assessment::read(&bytes), Some(written.clone()));
    // The marks that set codes apart are shown as angles.
    let apart = |text: &str| text.replace('\u{2068}', "<").replace('\u{2069}', ">");
    let both = |why: &customs::reason::Told| format!("{}\n{}", why.en, apart(&why.fa));
    let told = |why: &[customs::reason::Told]| why.iter().map(both).collect::<Vec<_>>();
    insta::assert_snapshot!(told(&written.items[0].why).join("\n"), @r"
    value: 1000 IRR
    ارزش: ۱٬۰۰۰ ریال
    ");
    insta::assert_snapshot!(told(&written.lines[0].why).join("\n"), @r"
    CUD by line 3 of the tariff: 40%
    <CUD> طبق سطر ۳ تعرفه: <40%>
    40% of 1000 = 400, rounded to the nearest (to the whole rial (draft))
    ۴۰٪ از ۱٬۰۰۰ = ۴۰۰، گردشده به نزدیک‌ترین (به ریال کامل (پیش‌نویس))
    value added (1000 IRR - 400 IRR) / 1000 IRR = 3/5
    ارزش افزوده (۱٬۰۰۰ ریال − ۴۰۰ ریال) ÷ ۱٬۰۰۰ ریال = ۳ از ۵
    duty falls on 2/5 of the value: cabinet decree 40506/T16526K of 12/2/1375 (draft)
    حقوق ورودی به ۲ از ۵ ارزش تعلق می‌گیرد: تصویب‌نامهٔ هیئت وزیران ۴۰۵۰۶/ت۱۶۵۲۶ک مورخ ۱۲/۲/۱۳۷۵ (پیش‌نویس)
    40% of 400 = 160, rounded to the nearest
    ۴۰٪ از ۴۰۰ = ۱۶۰، گردشده به نزدیک‌ترین
    ");
    assert!(written.lines[0].why.iter().any(|why| why.draft), "{:?}", written.lines[0].why);
    let totals: Vec<_> = written.totals().unwrap().into_iter().map(|of| (of.tax, of.payable.to_string())).collect();
    assert_eq!(totals, [("CUD".to_owned(), "160".to_owned()), ("VAT".to_owned(), "116".to_owned())]);
    // What is of another kind, cut off or no text is none.
    let other = String::from_utf8(bytes.clone()).unwrap().replace("customs.assessment", "customs.other");
    for bytes in [other.as_bytes(), &bytes[..bytes.len() - 1], b"", b"[]", b"\xff"] {
        assert_eq!(Assessment::read(bytes), None);
    }
}
