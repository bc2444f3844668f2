//! The one ask: it cites grounds, stops the officers' clock, and moves their deadline by the days that the applicant's turn took.

use definition::value::Value;
use engine::case::Turn;
use engine::refusal::{FactProblem, Refusal, Wrong};

use crate::act::{ask, decide, refuse, supply};
use crate::scene::{Scene, Who, given, moment};

const DRAWN: Who = Who::Drawn("review", 0);

/// Opened on a Sunday, the deadline is the Sunday after.
fn review() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90")
}

fn asked() -> Scene {
    review().at("2026-05-05T10:00").and(DRAWN, ask(&[("size", "incomplete"), ("remark", "incomplete")]))
}

#[test]
fn an_ask_starts_the_applicants_clock_and_stops_the_officers() {
    let scene = review().at("2026-05-05T10:00");
    let scene = scene.when(DRAWN, ask(&[("size", "incomplete")])).then("asked for size, until 2026-05-19");
    assert!(scene.case().applicants_turn() && scene.case().holders().is_empty());
    // The officers' deadline passes, and nothing happens: it is not their turn.
    let lapse = engine::act::Act::Lapse { clock: "review".to_owned(), due: moment("2026-05-11T00:00") };
    let scene = scene.at("2026-05-12T09:00").when(Who::Clock, lapse).then_refused(&Refusal::NotDue);
    scene.when(DRAWN, decide("grant")).then_refused(&Refusal::NotNow { stage: "review".to_owned() });
}

#[test]
fn the_answer_moves_the_deadline_by_the_working_days_it_took() {
    // Asked on Tuesday 5, answered on Saturday 9: Wednesday and Saturday. Sunday 10 moves to Tuesday 12.
    let scene = asked().at("2026-05-09T20:00").when(Who::Applicant, supply("licence", "size 70, remark here"));
    let scene = scene.then("supplied remark size, officers until 2026-05-12");
    assert_eq!(scene.case().facts["size"], crate::scene::facts(&scene.service, "size 70")["size"]);
    assert!(matches!(scene.case().turn, Turn::Officers { .. }));
    scene.when_lapsed("review").then(
        "lapsed review, 1 silent
         decided review grant by the silence of 1
         entered permit
         ended granted, issued licence until 2028-05-12, entered into stalls",
    );
}

#[test]
fn an_answer_on_the_same_day_moves_nothing() {
    let scene = asked().at("2026-05-05T23:59").when(Who::Applicant, supply("licence", "size 70, remark here"));
    scene.then("supplied remark size, officers until 2026-05-10");
}

#[test]
fn all_that_was_asked_for_must_be_answered_and_nothing_else() {
    let wrong = |fact: &str, wrong| FactProblem { fact: fact.to_owned(), wrong };
    let scene = asked().when(Who::Applicant, supply("licence", "size 70"));
    let scene = scene.then_refused(&Refusal::Facts(vec![wrong("remark", Wrong::Missing)]));
    let scene = scene.when(Who::Applicant, supply("licence", "size 70, remark x, kind baker"));
    let scene = scene.then_refused(&Refusal::Facts(vec![wrong("kind", Wrong::NotAsked)]));
    scene.when(Who::Stranger, supply("licence", "size 70, remark x")).then_refused(&Refusal::NotYours);
}

#[test]
fn a_person_is_asked_once() {
    let scene = asked().at("2026-05-06T10:00").and(Who::Applicant, supply("licence", "size 70, remark here"));
    let scene = scene.when(DRAWN, ask(&[("size", "incomplete")])).then_refused(&Refusal::AskUsed);
    scene.and(DRAWN, refuse("unfit"));
}

#[test]
fn an_ask_without_a_ground_or_a_thing_changes_nothing() {
    let grounds = vec!["unfit".to_owned(), "incomplete".to_owned()];
    let scene = review().when(DRAWN, ask(&[])).then_refused(&Refusal::EmptyAsk);
    let wrong = Refusal::WrongGround { ground: String::new(), grounds };
    let scene = scene.when(DRAWN, ask(&[("size", "incomplete"), ("remark", "")])).then_refused(&wrong);
    let misplaced = |fact: &str| Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong: Wrong::NotAsked }]);
    let scene = scene.when(DRAWN, ask(&[("colour", "incomplete")])).then_refused(&misplaced("colour"));
    let twice = ask(&[("size", "incomplete"), ("size", "unfit")]);
    let scene = scene.when(DRAWN, twice).then_refused(&misplaced("size"));
    scene.when(Who::Applicant, ask(&[("size", "incomplete")])).then_refused(&Refusal::NotYours);
}

#[test]
fn silence_after_an_ask_has_the_consequence_that_the_definition_names() {
    asked().when_lapsed("review").then(
        "lapsed review, 0 silent
         entered lapsed
         ended lapsed",
    );
}

#[test]
fn the_applicant_may_withdraw_instead_of_answering() {
    asked().when(Who::Applicant, crate::act::withdraw()).then(
        "withdrawn
         ended withdrawn",
    );
}

#[test]
fn an_answer_that_changes_what_a_rule_decided_goes_back_to_the_rule() {
    let barred = asked().and(Who::Applicant, supply("licence", "size 950, remark here"));
    let decision = barred.case().decision.clone().unwrap();
    assert_eq!((decision.by, decision.grounds), (engine::case::Decider::Rule, vec!["unfit".to_owned()]));
    assert_eq!(barred.case().ended.as_ref().unwrap().outcome, definition::model::Outcome::Refused);

    let baker = given("licence", "2026-05-03T09:00").opened("kind baker, size 150");
    let baker = baker.and(DRAWN, ask(&[("size", "incomplete")]));
    let granted = baker.and(Who::Applicant, supply("licence", "size 90"));
    assert_eq!(granted.case().decision.clone().unwrap().by, engine::case::Decider::Rule);
    assert_eq!(granted.case().ended.as_ref().unwrap().outcome, definition::model::Outcome::Granted);
}

#[test]
fn amounts_below_nothing_and_texts_that_say_nothing_or_turn_what_stands_around_them_are_refused() {
    let blank =
        ["\u{ad}", "\u{3164}", "\u{2800}", "\u{180e}", "\u{fe0f}", "\u{34f}", "\u{61c}", "\u{200b}\u{feff}", "   "];
    for remark in blank.into_iter().chain(["a\u{202e}b", "\u{2067}x"]) {
        let said = Value::Text(remark.to_owned());
        let facts = [("size".to_owned(), Value::Decimal(70.into())), ("remark".to_owned(), said)];
        let act = engine::act::Act::Supply { facts: facts.into() };
        let result = asked().when(Who::Applicant, act).refusal();
        assert!(matches!(result, Refusal::Facts(problems) if problems[0].fact == "remark"), "{remark:?}");
    }
}
