//! Paying a fee: only the treasury says that money arrived, once for each receipt; nothing to pay is no reason to wait.

use engine::refusal::Refusal;

use crate::act::pay;
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
fn a_receipt_has_a_number() {
    let bad = Refusal::BadText { field: "receipt", max_chars: 2000 };
    payment().when(Who::Treasury, pay(" ")).then_refused(&bad);
}

#[test]
fn a_fee_that_is_not_paid_in_time_ends_the_case() {
    payment().when_lapsed("payment").then(
        "lapsed payment, 0 silent
         entered lapsed
         ended lapsed",
    );
}
