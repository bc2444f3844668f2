//! Paying a fee: only the treasury says that money arrived, once for each receipt; nothing to pay is no reason to wait.

use definition::value::{Lines, Money, ValueError};
use engine::act::Act;
use engine::refusal::Refusal;

use crate::act::{ask, pay, pay_amount, supply};
use crate::scene::{Scene, Who, given};

fn payment() -> Scene {
    given("build", "2026-05-03T09:00").opened("size 100")
}

#[test]
fn the_fee_is_what_the_table_gives() {
    given("build", "2026-05-03T09:00").when_opened("size 100").then(
        "opened
         entered fee
         ruled fees [2]
         decided fee pay by a rule
         entered payment, payment until 2026-05-08, to pay 2000",
    );
}

#[test]
fn nothing_to_pay_is_no_reason_to_wait() {
    given("build", "2026-05-03T09:00").when_opened("size 5").then(
        "opened
         entered fee
         ruled fees [1]
         decided fee pay by a rule
         entered details, details until 2026-05-10",
    );
}

#[test]
fn the_treasury_says_that_money_arrived() {
    payment().when(Who::Treasury, pay("r-1")).then(
        "paid 2000
         entered details, details until 2026-05-10",
    );
}

#[test]
fn nobody_elses_word_will_do() {
    let mut scene = payment();
    for who in [Who::Applicant, Who::Officer("e1"), Who::Clock, Who::Appeal(1)] {
        scene = scene.when(who, pay("r-1")).then_refused(&Refusal::NotYours);
    }
}

#[test]
fn a_receipt_pays_once() {
    let scene = payment().and(Who::Treasury, pay("r-1"));
    let scene = scene.when(Who::Treasury, pay("r-1")).then_refused(&Refusal::ReceiptUsed);
    scene.when(Who::Treasury, pay("r-2")).then_refused(&Refusal::NotNow { stage: "details".to_owned() });
}

#[test]
fn neither_less_nor_more_will_do() {
    let mut scene = payment();
    for amount in ["0.01", "1999.99", "2000.01"] {
        let refusal = scene.clone().when(Who::Treasury, pay_amount("r-1", amount)).refusal();
        assert!(matches!(refusal, Refusal::WrongAmount { .. }), "{amount}: {refusal:?}");
    }
    let (due, other) = (money("2000", "IRR"), money("2000", "USD"));
    let act = Act::Pay { receipt: "r-1".to_owned(), amount: other.clone() };
    scene = scene.when(Who::Treasury, act).then_refused(&Refusal::WrongAmount { due, paid: other });
    scene.and(Who::Treasury, pay("r-1"));
}

fn money(amount: &str, currency: &str) -> Money {
    Money::from_amount(amount.parse().unwrap(), currency).unwrap()
}

/// At the officers' desk, with the fee paid.
fn judged() -> Scene {
    let scene = payment().and(Who::Treasury, pay("r-1")).and(Who::Applicant, supply("build", "plan here"));
    let scene = scene.lapsed("rest").lapsed("water");
    scene.lapsed("fire")
}

#[test]
fn an_answer_that_makes_the_fee_higher_costs_the_difference() {
    let scene = judged().and(Who::Drawn("judged", 0), ask(&[("size", "unfit")]));
    let scene = scene.when(Who::Applicant, supply("build", "size 600"));
    let scene = scene.then(
        "supplied size, officers until 2026-05-20
         entered fee
         ruled fees [3]
         decided fee pay by a rule
         entered payment, payment until 2026-05-18, to pay 7000",
    );
    let scene = scene.when(Who::Treasury, pay_amount("r-2", "9000"));
    let (due, paid) = (money("7000", "IRR"), money("9000", "IRR"));
    scene.then_refused(&Refusal::WrongAmount { due, paid }).and(Who::Treasury, pay_amount("r-2", "7000"));
}

#[test]
fn an_answer_that_makes_the_fee_lower_asks_for_nothing_more() {
    let scene = judged().and(Who::Drawn("judged", 0), ask(&[("size", "unfit")]));
    let scene = scene.when(Who::Applicant, supply("build", "size 5"));
    let scene = scene.then(
        "supplied size, officers until 2026-05-20
         entered fee
         ruled fees [1]
         decided fee pay by a rule
         entered details, details until 2026-05-20",
    );
    assert!(scene.case().paid.contains_key("payment"));
}

#[test]
fn a_receipt_has_a_number() {
    let bad = Refusal::BadText { field: "receipt", max_chars: 64 };
    payment().when(Who::Treasury, pay(" ")).then_refused(&bad);
    payment().when(Who::Treasury, pay(&"r".repeat(65))).then_refused(&bad);
    let why = ValueError::Control { lines: Lines::One };
    payment().when(Who::Treasury, pay("a\nb")).then_refused(&Refusal::BadCharacters { field: "receipt", why });
}

#[test]
fn nothing_is_no_payment() {
    for amount in ["0", "-5"] {
        payment().when(Who::Treasury, pay_amount("r-1", amount)).then_refused(&Refusal::NothingPaid);
    }
}

#[test]
fn a_fee_that_is_not_paid_in_time_ends_the_case() {
    payment().when_lapsed("payment").then(
        "lapsed payment, 0 silent
         entered lapsed
         ended lapsed",
    );
}
