//! `/{language}/log`: the public log, for reading.

use crate::common::House;

#[tokio::test]
async fn anybody_reads_the_log_from_its_newest_entry_to_its_first() {
    let house = House::open().await;
    house.visitor().open("/fa/log").await.says("هنوز چیزی ثبت نشده است.");
    for _ in 0..9 {
        house.granted().await;
    }
    let mut visitor = house.visitor();
    let page = visitor.open("/fa/log").await;
    page.says("دفتر عمومی");
    let size = house.app.checkpoint().unwrap().checkpoint.size();
    assert_eq!(page.links("/fa/log/").first().unwrap(), &format!("/fa/log/{}", size - 1));
    let mut seen = page.links("/fa/log/");
    let older = |page: &crate::common::Page| page.links("?from=").pop().filter(|_| page.text().contains("قدیمی‌ترها"));
    let mut next = older(&page);
    assert!(next.is_some(), "{size} entries are more than a page has");
    while let Some(part) = next {
        let page = visitor.open(&format!("/fa/log{part}")).await;
        assert_eq!(page.links("/en/log?"), [format!("/en/log{part}")], "the other language shows the same part");
        seen.extend(page.links("/fa/log/"));
        next = older(&page);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len() as u64, size);
    let entry = visitor.open("/en/log/1").await;
    entry.says("Entry before it in the case");
    assert_eq!(entry.links("/en/log/"), ["/en/log/0", "/en/log/1/proof"]);
    let proof = visitor.get("/en/log/1/proof").await;
    assert!(proof.body.starts_with("c2sp.org/tlog-proof@v1\n"), "{}", proof.body);
    assert!(proof.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn an_entry_is_told_in_the_words_of_its_service() {
    let house = House::open().await;
    house.granted().await;
    let permit = house.permit().await;
    house.pay(&permit, "R-1").await;
    house.settle().await;
    let size = house.app.checkpoint().unwrap().checkpoint.size();
    let (mut persian, mut english) = (String::new(), String::new());
    for index in 0..size {
        for (language, all) in [("fa", &mut persian), ("en", &mut english)] {
            all.push_str(&house.visitor().open(&format!("/{language}/log/{index}")).await.text());
        }
    }
    for words in ["پروانه فعالیت اقتصادی", "استعلام از آتش‌نشانی", "عوارض پروانه ساختمان", "موافقت شد", "قاعده‌ها"]
    {
        assert!(persian.contains(words), "{words}");
    }
    for words in ["Opinion of the fire service", "the rules", "Granted", "Drawn for"] {
        assert!(english.contains(words), "{words}");
    }
    // What stands in a definition only as a code stands beside its words.
    for code in ["service = activity-licence", "seat = opinions/fire", "outcome = granted", "by = rule"] {
        assert!(persian.contains(code) && english.contains(code), "{code}");
    }
    let list = house.visitor().open("/fa/log").await;
    list.says("استعلام از سه دستگاه");
    list.does_not_say("opinions");
}

#[tokio::test]
async fn personal_data_is_not_in_it() {
    let house = House::open().await;
    let (acted, _) = house.registered("خیابان پنهان").await;
    let size = house.app.checkpoint().unwrap().checkpoint.size();
    for index in 0..size {
        let page = house.visitor().open(&format!("/fa/log/{index}")).await;
        for secret in ["P-0001", "سارا", "پنهان", "lease.pdf", &acted.case.to_string(), &acted.case.reference()]
        {
            page.does_not_say(secret);
        }
    }
}

#[tokio::test]
async fn an_entry_that_is_not_there_is_not_found() {
    let house = House::open().await;
    house.granted().await;
    for index in ["999999", "-1", "18446744073709551615", "18446744073709551616", "x", "%00"] {
        for page in ["", "/proof"] {
            let answer = house.visitor().get(&format!("/en/log/{index}{page}")).await;
            assert_eq!(answer.status, 404, "{index}{page}");
        }
    }
    for from in ["18446744073709551615", "999"] {
        house.visitor().open(&format!("/en/log?from={from}")).await;
    }
}
