//! Bad input: each gets its place, its reason and its remedy, and changes nothing.

use super::scene::*;
use customs::goods::{Movement, decide_all};
use serde_json::{Value, json};

fn stocked() -> Zone {
    let mut zone = Zone::default();
    zone.go(entry("IN-1", "L1", "ana", "100", "1000"));
    zone.go(issue("L1", "ana", "R1", "40"));
    zone
}

fn unread(movement: Value) -> String {
    serde_json::from_value::<Movement>(movement).unwrap_err().to_string()
}

#[test]
fn texts_that_are_no_movement_say_what_is_wrong() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut entry = entry_json("IN-9", "L9", "ana", "1", "1");
        change(&mut entry["entry"]);
        unread(entry)
    };
    let told = [
        with(&|entry| entry["quantity"] = kg("-5")),
        with(&|entry| entry["quantity"] = kg(&"9".repeat(40))),
        with(&|entry| entry["quantity"] = json!({"amount": "5", "unit": "FURLONG"})),
        with(&|entry| entry["quantity"] = json!({"amount": 5, "unit": "KGM"})),
        with(&|entry| entry["value"] = rial(&"9".repeat(40))),
        with(&|entry| entry["value"] = rial("0.001")),
        with(&|entry| entry["commodity"] = json!("sugar")),
        with(&|entry| entry["lot"] = json!("\u{202e}L9")),
        with(&|entry| entry["owner"] = json!(" ")),
        with(&|entry| entry["status"] = json!("stolen")),
        with(&|entry| entry["price"] = json!("1")),
        unread(json!({"teleport": {}})),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    -5 KGM is below zero; write it without a sign, the movement says which way goods go
    `9999999999999999999999999999999999999999` is larger than can be computed exactly; see whether a point is missing
    no unit `FURLONG` is known here; use a code of UN/ECE Recommendation 20 such as KGM, LTR, MTR, MTK or C62
    invalid type: integer `5`, expected a string
    `9999999999999999999999999999999999999999` is larger than can be computed exactly
    0.001 IRR has more than 2 digits after the point
    `sugar` is no code of a commodity; write six to ten digits, without points
    an identifier has a character that cannot be seen or turns the direction of writing; type it anew
    an identifier is empty; write what it names
    unknown variant `stolen`, expected one of `foreign`, `mainland`, `zone`
    unknown field `price`, expected one of `item`, `declared`, `manifest`, `status`, `lot`, `method`, `owner`, `warehouse`, `commodity`, `origin`, `said`, `quantity`, `gross`, `value`
    unknown variant `teleport`, expected one of `entry`, `amend`, `issue`, `split`, `transfer`, `process`, `sample`, `loss`, `exit`, `reexport`, `transit`, `hold`, `free`, `manifest`, `spend`, `reserve`, `unreserve`, `offer`, `accept`, `withdraw`, `reject`, `surrender`, `discharge`, `refuse-arrival`, `reserve-arrival`, `unreserve-arrival`, `settle`
    ");
}

#[test]
fn everything_that_is_in_the_way_is_named_at_once() {
    let zone = stocked();
    let mut takes =
        departure("exit", "OUT-1", "ana", &[("lot", "L9", "1"), ("receipt", "R1", "41"), ("lot", "L1", "0")]);
    takes["exit"]["declared"] = kg("10");
    takes["exit"]["takes"][2]["quantity"] = kg("0");
    takes["exit"]["takes"].as_array_mut().unwrap().push(json!({"from": {"lot": "L1"}, "quantity": pieces("1")}));
    insta::assert_snapshot!(zone.refusal(&of(takes)), @r"
    takes[1]: ana has no lot L9
      write the number as it was issued, or have the receipt of the goods transferred to you first
    takes[2].quantity: 41 KGM are wanted of receipt R1, and 40 KGM are left
      move at most 40 KGM, or name another lot for the rest
    takes[3].quantity: the quantity is nothing
      write how much it is, above nothing
    takes[4].quantity: 1 C62 does not convert to KGM, which this is kept in
      write the quantity in KGM or a unit that converts to it
    takes: 42 KGM pass of item 1 of OUT-1, of which 10 KGM are declared and 10 KGM have not passed yet
      move at most 10 KGM, and have the surplus declared or the declaration amended
    ");
    let mut entry = entry_json("IN-1", "L1", "babak", "0", "-1");
    entry["entry"]["value"]["currency"] = json!("IRR");
    entry["entry"]["warehouse"] = json!("W2");
    entry["entry"]["quantity"] = pieces("1");
    insta::assert_snapshot!(zone.refusal(&of(entry)), @r"
    value: the value is below nothing
      write the customs value, nothing or more
    declared: the quantity is nothing
      write how much it is, above nothing
    declared: item 1 of IN-1 was declared with 100 KGM when a part of it passed, and now with 0 KGM
      write 100 KGM, or have the declaration amended first
    lot: lot L1 is there already, and its owner differs
      put the goods into a lot of their own
    lot: lot L1 is there already, and its warehouse differs
      put the goods into a lot of their own
    lot: lot L1 is there already, and its unit differs
      put the goods into a lot of their own
    ");
}

#[test]
fn papers_that_are_used_twice_or_by_others_are_refused() {
    let mut zone = stocked();
    let parts = |first: &str, second: &str, amount: &str| {
        let parts = json!([{"receipt": first, "quantity": kg("15")}, {"receipt": second, "quantity": kg(amount)}]);
        of(json!({"split": {"receipt": "R1", "holder": "ana", "parts": parts}}))
    };
    let mut told = vec![
        zone.refusal(&issue("L1", "ana", "R1", "1")),
        zone.refusal(&issue("L1", "babak", "R2", "1")),
        zone.refusal(&transfer("R1", "babak", "cyrus", "R2")),
        zone.refusal(&transfer("R1", "ana", "ana", "R1")),
        zone.refusal(&transfer("R7", "ana", "babak", "R2")),
        zone.refusal(&parts("R2", "R2", "25")),
        zone.refusal(&parts("R2", "R3", "24.999999")),
        zone.refusal(&parts("R2", "R3", "26")),
        zone.refusal(&of(
            json!({"split": {"receipt": "R1", "holder": "ana", "parts": [{"receipt": "R2", "quantity": kg("40")}]}}),
        )),
    ];
    zone.go(transfer("R1", "ana", "babak", "R2"));
    told.push(zone.refusal(&transfer("R1", "ana", "cyrus", "R3")));
    told.push(zone.refusal(&exit("OUT-1", "ana", &[("receipt", "R1", "1")])));
    insta::assert_snapshot!(told.join("\n"), @r"
    receipt: there is a receipt R1 already
      choose a number that was never used
    lot: babak has no lot L1
      write the number as it was issued, or have the receipt of the goods transferred to you first
    receipt: babak has no receipt R1
      write the number as it was issued, or have the receipt of the goods transferred to you first
    becomes: there is a receipt R1 already
      choose a number that was never used
    to: ana holds it already
      name who is to hold it from now on
    receipt: ana has no receipt R7
      write the number as it was issued, or have the receipt of the goods transferred to you first
    parts[2].receipt: receipt R2 is named twice
      choose a number that was never used
    parts: the parts come to 39.999999 KGM, and receipt R1 is for 40 KGM
      let the parts come to 40 KGM, to the last step
    parts[2].quantity: 26 KGM are wanted of receipt R1, and 25 KGM are left
      move at most 25 KGM, or name another lot for the rest
    parts: a receipt is split into at least two, and 1 is named
      name two or more parts, or transfer the receipt as a whole
    receipt: nothing is left of receipt R1
      this receipt is void; use the one that took its place when it was split or transferred
    takes[1].quantity: nothing is left of receipt R1
      this receipt is void; use the one that took its place when it was split or transferred
    ");
}

#[test]
fn goods_of_other_kinds_do_not_mix() {
    let mut zone = stocked();
    let other = |change: &dyn Fn(&mut Value)| {
        let mut entry = entry_json("IN-2", "L1", "ana", "1", "1");
        change(&mut entry["entry"]);
        of(entry)
    };
    let mut told = vec![
        zone.refusal(&other(&|entry| entry["commodity"] = json!("170114"))),
        zone.refusal(&other(&|entry| entry["owner"] = json!("babak"))),
        zone.refusal(&other(&|entry| entry["method"] = json!("lot"))),
    ];
    zone.go(other(&|entry| {
        entry["method"] = json!("lot");
        entry["lot"] = json!("L2");
    }));
    let mut second = entry_json("IN-3", "L2", "ana", "1", "1");
    second["entry"]["method"] = json!("lot");
    told.push(zone.refusal(&of(second)));
    let mut exit = departure("exit", "OUT-1", "ana", &[("lot", "L1", "1")]);
    exit["exit"]["commodity"] = json!("170114");
    told.push(zone.refusal(&of(exit)));
    insta::assert_snapshot!(told.join("\n"), @r"
    lot: lot L1 is there already, and its commodity differs
      put the goods into a lot of their own
    lot: lot L1 is there already, and its owner differs
      put the goods into a lot of their own
    lot: lot L1 is there already, and its method differs
      put the goods into a lot of their own
    lot: lot L2 is there already, and is kept by the lot: it is filled once
      put the goods into a lot of their own
    takes[1]: lot L1 is goods of 170199, and not of 170114
      name a lot of these goods, or correct the code
    ");
}

#[test]
fn movements_that_belong_together_are_done_together_or_not_at_all() {
    let zone = stocked();
    let spend = |amount: &str| {
        let usd = |amount: &str| json!({"value": {"amount": amount, "currency": "USD"}});
        of(
            json!({"spend": {"allowance": {"holder": "ana", "name": "passenger", "period": "1405"}, "granted": usd("80"), "amount": usd(amount)}}),
        )
    };
    let both = decide_all(&zone.book, &[exit("OUT-1", "ana", &[("lot", "L1", "1")]), spend("80")]).unwrap();
    assert_eq!(both.iter().map(|one| one.rows.len()).sum::<usize>(), 3);
    let refused = decide_all(&zone.book, &[exit("OUT-1", "ana", &[("lot", "L1", "61")]), spend("81")]).unwrap_err();
    assert_eq!(refused.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [0, 1]);
    // The second finds what the first leaves.
    let twice = [exit("OUT-1", "ana", &[("lot", "L1", "31")]), exit("OUT-2", "ana", &[("lot", "L1", "30")])];
    assert_eq!(decide_all(&zone.book, &twice).unwrap_err()[0].0, 1);
}

#[test]
fn everything_is_said_in_persian_too() {
    let zone = stocked();
    let said = |movement: &Movement| {
        let objections = customs::goods::decide(&zone.book, movement).unwrap_err();
        objections[0].words()["fa"].clone()
    };
    let told = [
        said(&exit("OUT-1", "ana", &[("lot", "L1", "61")])),
        said(&transfer("R1", "babak", "cyrus", "R2")),
        said(&super::processing::process(|process| process["recipe"]["products"][0]["most"] = kg("13"))),
        customs::goods::Quantity::parse("0.0000001", "KGM").unwrap_err().words()["fa"].clone(),
        customs::goods::Id::new(" ").unwrap_err().words()["fa"].clone(),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    از محموله L1 61 KGM خواسته شده و 60 KGM مانده است؛ حداکثر 60 KGM بردارید یا برای بقیه محموله دیگری نام ببرید.
    به نام babak قبض انبار R1 نیست؛ شماره را چنان‌که صادر شده بنویسید یا نخست قبض کالا به نام شما منتقل شود.
    دستور ساخت sweets/1 جرم می‌سازد و 1.5 KGM بیش از آنچه می‌گیرد بیرون می‌دهد؛ تا اصلاح نشود با آن چیزی ساخته نمی‌شود.
    0.0000001 KGM ریزتر از کوچک‌ترین گام (0.000001 KGM) است؛ در گام‌های کامل بنویسید.
    شناسه خالی است؛ آن را بنویسید.
    ");
}
