//! Opening a case: rules decide at once, or an officer is drawn; everything that is wrong comes in one list.

use definition::value::{Kind, Value, ValueError};
use engine::refusal::{FactProblem, Refusal, Wrong};

use crate::scene::{APPLICANT, given};

#[test]
fn a_clear_case_is_granted_by_a_rule_at_once() {
    given("licence", "2026-05-03T09:00").when_opened("kind baker, size 80").then(
        "opened
         entered screening
         ruled rules [1]
         decided screening grant by a rule
         entered permit
         ended granted, issued licence until 2028-05-02, entered into stalls",
    );
}

#[test]
fn a_refusal_by_a_rule_cites_the_ground_of_its_row() {
    given("licence", "2026-05-03T09:00").when_opened("kind smith, size 950").then(
        "opened
         entered screening
         ruled rules [4]
         decided screening refuse (unfit) by a rule
         entered barred
         ended refused, appeal until 2026-05-24",
    );
}

#[test]
fn what_no_rule_settles_goes_to_an_officer_by_lot() {
    let scene = given("licence", "2026-05-03T09:00").when_opened("kind smith, size 90, remark thanks").then(
        "opened
         entered screening
         ruled rules [3]
         decided screening unclear by a rule
         entered review, review until 2026-05-10
         drawn 1 for review",
    );
    assert_eq!(scene.case().holders(), scene.case().drawn("review"));
}

#[test]
fn all_that_is_wrong_comes_in_one_list_in_the_order_of_the_questions() {
    let wrong = |fact: &str, wrong| FactProblem { fact: fact.to_owned(), wrong };
    let refusal = given("licence", "2026-05-03T09:00").when_opened("size large, remark ok, colour red");
    refusal.then_refused(&Refusal::Facts(vec![
        wrong("kind", Wrong::Missing),
        wrong("size", Wrong::Value(ValueError::WrongKind { expected: Kind::Decimal, found: Kind::Text })),
        wrong("colour", Wrong::NotAsked),
    ]));
}

fn market(held_by: &str, debt: i64) -> crate::scene::Scene {
    given("market", "2026-05-03T09:00").with_record("shop", held_by, &[("shop.debt", Value::Decimal(debt.into()))])
}

#[test]
fn a_register_is_read_and_its_word_recorded() {
    let scene = market(APPLICANT, 0).when_opened("shop S1").then(
        "opened
         entered debts
         ruled debts [1]
         decided debts go by a rule
         entered pause, pause until 2026-05-10",
    );
    assert_eq!(scene.case().facts["shop.debt"], Value::Decimal(0.into()));
    market(APPLICANT, 3).when_opened("shop S1").then(
        "opened
         entered debts
         ruled debts [2]
         decided debts refuse (unfit) by a rule
         entered owing
         ended refused",
    );
}

#[test]
fn a_record_that_is_missing_or_anothers_is_no_basis() {
    let problem = |wrong| Refusal::Facts(vec![FactProblem { fact: "shop".to_owned(), wrong }]);
    let missing = given("market", "2026-05-03T09:00").when_opened("shop S1");
    missing.then_refused(&problem(Wrong::NoRecord));
    market("zahra", 0).when_opened("shop S1").then_refused(&problem(Wrong::NoRecord));
}

#[test]
fn too_small_a_roster_opens_nothing() {
    let refusal = |there| Refusal::TooFewOfficers { role: "examiner".to_owned(), needed: 1, there };
    let nobody = given("licence", "2026-05-03T09:00").with_roster(Vec::clear);
    nobody.when_opened("kind smith, size 90").then_refused(&refusal(0));
    // The applicant's own seat does not count, nor one that is never drawn.
    let own = given("licence", "2026-05-03T09:00").with_roster(|seats| {
        seats.retain(|seat| seat.officer != "e3");
        seats[0].person = Some(APPLICANT.to_owned());
        seats[1].weight = 0;
    });
    own.when_opened("kind smith, size 90").then_refused(&refusal(0));
}
