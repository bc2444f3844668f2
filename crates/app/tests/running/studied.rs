//! A Time Release Study of what people did in the little zone: figures that were reckoned by hand, and nobody to be found in them.

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::extract::{ExtractError, Selection};
use app::trs::{Figures, LEAST, Measure, Question, Row, Study, study};
use definition::model::Opinion;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::house::{House, SEATS, decide, of_officer, of_person, withdraw};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn of(service: &str) -> Question {
    let selection = Selection { service: Some(service.to_owned()), ..Selection::default() };
    Question { selection, by: None, least: 1 }
}

async fn studied(house: &House, question: &Question) -> Study {
    study(&*house.store, question).await.unwrap()
}

async fn fails(house: &House, question: &Question) -> ExtractError {
    study(&*house.store, question).await.unwrap_err()
}

/// The one row of its kind.
fn row<'s>(study: &'s Study, by: Option<&str>, measure: Measure, stage: Option<(&str, Option<&str>)>) -> &'s Row {
    let is_it = |row: &&Row| {
        let place = row.stage.as_deref().map(|stage| (stage, row.branch.as_deref()));
        row.by.as_deref() == by && row.measure == measure && place == stage
    };
    let found: Vec<&Row> = study.rows.iter().filter(is_it).filter(|row| row.service.is_some()).collect();
    assert_eq!(found.len(), 1, "{measure:?} {stage:?} {by:?}: {found:#?}");
    found[0]
}

/// Median, 90th and 95th percentile and the longest, in whole hours: what the machine took besides is less than one.
fn hours(figures: &Figures) -> [u64; 4] {
    [figures.p50_s, figures.p90_s, figures.p95_s, figures.max_s].map(|seconds| seconds / 3600)
}

/// The drawn examiner asks for the size again, the applicant answers after a week, and the examiner grants: an hour before the ask, one after the answer.
async fn asked(house: &House, person: &str) -> CaseId {
    let case = house.submit(person, "licence", "kind smith, size 200").await.case;
    let officer = of_officer(&house.state(case).await.drawn("review")[0]);
    house.app.clock.advance(HOUR);
    let item = AskedItem { fact: "size".to_owned(), ground: "incomplete".to_owned(), note: String::new() };
    house.act(&officer, case, Act::Ask { items: vec![item] }).await.unwrap();
    house.app.clock.advance(HOUR * 168);
    let facts = house.draft("licence", None, "size 201").facts;
    house.act(&of_person(person), case, Act::Supply { facts }).await.unwrap();
    house.app.clock.advance(HOUR);
    house.decide(case, "review", "grant", None).await;
    case
}

/// Six bakers whom rules grant at once, twelve smiths who wait from one to twelve hours, and one smith who is asked.
async fn licences(house: &House) -> CaseId {
    for number in 1..=6 {
        house.submit(&format!("b{number}"), "licence", "kind baker, size 90").await;
    }
    let mut waiting = Vec::new();
    for number in 1..=12 {
        waiting.push(house.submit(&format!("s{number}"), "licence", &format!("kind smith, size {number}")).await.case);
    }
    for case in waiting {
        house.app.clock.advance(HOUR);
        house.decide(case, "review", "grant", None).await;
    }
    asked(house, "z1").await
}

#[tokio::test]
async fn medians_and_tails_are_what_a_person_would_reckon() {
    let house = House::open().await;
    licences(&house).await;
    let question = Question { by: Some("kind".to_owned()), ..of("licence") };
    let study = studied(&house, &question).await;
    let filed = row(&study, None, Measure::Filed, None);
    assert_eq!((filed.count, filed.open, filed.overturned), (Some(19), Some(0), Some(0)));

    // Thirteen stays of 1 to 12 hours and of 170: the 7th, the 12th and the 13th.
    let review = row(&study, None, Measure::Step, Some(("review", None)));
    assert_eq!((review.count, review.kind, review.authority.as_deref()), (Some(13), Some("officer"), Some("office")));
    let elapsed = review.elapsed.unwrap();
    assert_eq!(hours(&elapsed.all), [7, 12, 170, 170]);
    assert_eq!(elapsed.all.mean_s / 3600, (78 + 170) / 13);
    // The examiner's own: 1, 2, 2, 3 to 12. The applicant's: nothing twelve times, and a week.
    assert_eq!(hours(&elapsed.authority), [6, 11, 12, 12]);
    assert_eq!(hours(&elapsed.applicant), [0, 0, 168, 168]);
    assert_eq!(elapsed.waiting.max_s, 0);

    // Six at once, then 1 to 12 hours and 170: of nineteen the 10th, the 18th and the 19th.
    for measure in [Measure::FilingToDecision, Measure::FilingToRelease, Measure::FilingToEnd] {
        let whole = row(&study, None, measure, None);
        assert_eq!((whole.count, hours(&whole.elapsed.unwrap().all)), (Some(19), [4, 12, 170, 170]), "{measure:?}");
    }
    let bakers = row(&study, Some("baker"), Measure::FilingToRelease, None);
    assert_eq!((bakers.count, bakers.elapsed.unwrap().all.max_s), (Some(6), 0), "rules take no time");
    let smiths = row(&study, Some("smith"), Measure::FilingToRelease, None);
    assert_eq!((smiths.count, hours(&smiths.elapsed.unwrap().all)), (Some(13), [7, 12, 170, 170]));

    // What examiners had to do, over all.
    let roles: Vec<&Row> = study.rows.iter().filter(|row| row.measure == Measure::Role).collect();
    assert_eq!(roles.len(), 1);
    assert_eq!((roles[0].role.as_deref(), roles[0].count), (Some("examiner"), Some(13)));
    assert_eq!(hours(&roles[0].elapsed.unwrap().all), [6, 11, 12, 12]);

    // By the route of the table: the channel that each case took.
    let channels = studied(&house, &Question { by: Some("screening".to_owned()), ..of("licence") }).await;
    assert_eq!(row(&channels, Some("grant"), Measure::Filed, None).count, Some(6));
    assert_eq!(row(&channels, Some("unclear"), Measure::Filed, None).count, Some(13));
}

/// Minute by minute, with the calendar's own word for each day.
#[tokio::test]
async fn working_time_is_what_lies_in_working_days() {
    let house = House::open().await;
    let case = asked(&house, "z1").await;
    let events = house.store.history(case, 0, 1000).await.unwrap();
    let (zone, tehran) = (house.app.zone().zone(), TimeZone::get("Asia/Tehran").unwrap());
    let (from, to) = (events[0].event.at_ms, events.last().unwrap().event.at_ms);
    let is_worked = |at_ms: &i64| {
        let at = jiff::Timestamp::from_millisecond(*at_ms).unwrap();
        zone.calendar.is_workday(at.to_zoned_datetime(tehran.clone()).date())
    };
    let minutes = (from..to).step_by(60_000).filter(is_worked).count() as u64;
    let study = studied(&house, &of("licence")).await;
    let found = row(&study, None, Measure::FilingToEnd, None).working.unwrap().all.max_s / 60;
    assert!(found.abs_diff(minutes) <= 10, "{found} and not {minutes} minutes");
    assert!(found < 170 * 60 - 2 * 24 * 60 + 10, "a week has a weekend");
}

#[tokio::test]
async fn every_kind_of_stage_is_measured_by_whose_turn_it_is() {
    let house = House::open().await;
    let case = house.submit("zahra", "build", "size 100").await.case;
    house.app.clock.advance(HOUR);
    house.pay(case, "r-1").await.unwrap();
    house.app.clock.advance(HOUR * 2);
    let facts = house.draft("build", None, "plan here").facts;
    house.act(&of_person("zahra"), case, Act::Supply { facts }).await.unwrap();
    house.pass_deadline(case).await;
    house.jobs().await;
    for branch in ["fire", "water"] {
        house.app.clock.advance(HOUR);
        let officer = of_officer(&house.state(case).await.drawn(&format!("opinions/{branch}"))[0]);
        let (ground, note) = (None, String::new());
        let advise = Act::Advise { branch: branch.to_owned(), opinion: Opinion::Agree, ground, note };
        house.act(&officer, case, advise).await.unwrap();
    }
    house.app.clock.advance(HOUR * 4);
    let inspector = of_officer(&house.state(case).await.drawn("site")[0]);
    let facts = house.draft("build", None, "state ready").facts;
    let (route, ground, note) = ("done".to_owned(), None, String::new());
    house.act(&inspector, case, Act::Decide { route, ground, note, facts }).await.unwrap();
    house.app.clock.advance(HOUR * 5);
    house.act(&of_person("zahra"), case, withdraw()).await.unwrap();

    let study = studied(&house, &of("build")).await;
    let step = |stage: &str, branch: Option<&str>| {
        let row = row(&study, None, Measure::Step, Some((stage, branch)));
        let elapsed = row.elapsed.unwrap();
        let parts = [elapsed.authority, elapsed.applicant, elapsed.waiting].map(|part| part.max_s / 3600);
        (row.kind.unwrap(), row.role.clone().unwrap_or_default(), parts)
    };
    let none = String::new();
    assert_eq!(step("fee", None), ("decide", none.clone(), [0, 0, 0]));
    assert_eq!(step("payment", None), ("pay", none.clone(), [0, 1, 0]));
    assert_eq!(step("details", None), ("applicant", none.clone(), [0, 2, 0]));
    let (kind, _, [authority, applicant, waiting]) = step("rest", None);
    assert_eq!((kind, authority, applicant), ("wait", 0, 0));
    assert!((72..=96).contains(&waiting), "to the end of the third day: {waiting} hours");
    assert_eq!(step("opinions", None), ("consult", none, [2, 0, 0]));
    assert_eq!(step("opinions", Some("fire")), ("consult", "fireman".to_owned(), [1, 0, 0]));
    assert_eq!(step("opinions", Some("water")), ("consult", "waterman".to_owned(), [2, 0, 0]));
    assert_eq!(step("site", None), ("inspect", "inspector".to_owned(), [4, 0, 0]));
    assert_eq!(step("judged", None), ("officer", "examiner".to_owned(), [5, 0, 0]));
    // Nobody decided what was taken back.
    assert!(!study.rows.iter().any(|row| row.measure == Measure::FilingToDecision), "{:#?}", study.rows);
    let end = study.rows.iter().find(|row| row.outcome == Some("withdrawn")).unwrap().elapsed.unwrap();
    let (all, parts) = (end.all.max_s, [end.authority, end.applicant, end.waiting].map(|part| part.max_s));
    assert!(all.abs_diff(parts.iter().sum()) <= 3, "each part drops less than a second: {all}, {parts:?}");
    assert_eq!(end.applicant.max_s / 3600, 3);
    let authorities: Vec<_> = study.rows.iter().filter(|row| row.measure == Measure::Role).collect();
    let authorities: Vec<_> = authorities.iter().filter_map(|row| row.authority.as_deref()).collect();
    assert_eq!(authorities, ["brigade", "office", "office", "waterworks"]);
}

/// The table that says who looks at it is no decision on it.
#[tokio::test]
async fn a_full_queue_is_no_queue_of_decisions_at_once() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 96").await.case;
    let open = studied(&house, &of("licence")).await;
    assert_eq!(row(&open, None, Measure::Filed, None).open, Some(1));
    assert!(!open.rows.iter().any(|row| row.measure == Measure::FilingToDecision), "{:#?}", open.rows);
    house.app.clock.advance(HOUR);
    house.decide(case, "review", "grant", None).await;
    let study = studied(&house, &of("licence")).await;
    let decided = row(&study, None, Measure::FilingToDecision, None);
    assert_eq!((decided.count, hours(&decided.elapsed.unwrap().all)), (Some(1), [1; 4]));
}

#[tokio::test]
async fn a_case_that_goes_on_after_an_appeal_is_told_once() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 96").await.case;
    house.app.clock.advance(HOUR);
    house.decide(case, "review", "refuse", Some("unfit")).await;
    let draft = house.draft("board", Some(case), "reasons none");
    let appeal = house.app.submit(&of_person("ali"), &draft, None).await.unwrap().case;
    house.jobs().await;
    house.app.clock.advance(HOUR * 20);
    house.decide(appeal, "hearing", "grant", None).await;
    house.jobs().await;
    house.app.clock.advance(HOUR * 3);
    house.decide(case, "review", "grant", None).await;

    let study = studied(&house, &of("licence")).await;
    let filed = row(&study, None, Measure::Filed, None);
    assert_eq!((filed.count, filed.open, filed.overturned), (Some(1), Some(0), Some(1)));
    let ends: Vec<_> = study.rows.iter().filter(|row| row.measure == Measure::FilingToEnd).collect();
    assert!(ends.iter().all(|row| hours(&row.elapsed.unwrap().all) == [1; 4]), "to the first end: {ends:#?}");
    assert!(!study.rows.iter().any(|row| row.measure == Measure::FilingToRelease), "it was refused");
    let review = row(&study, None, Measure::Step, Some(("review", None)));
    assert_eq!((review.count, hours(&review.elapsed.unwrap().all)), (Some(2), [1, 3, 3, 3]), "both stays");
    // All services together: the appeal is a case of its own.
    let all = studied(&house, &Question { selection: Selection::default(), by: None, least: 1 }).await;
    let filed = all.rows.iter().find(|row| row.service.is_none() && row.measure == Measure::Filed).unwrap();
    assert_eq!(filed.count, Some(2));
}

#[tokio::test]
async fn only_what_was_filed_in_the_period_counts_and_by_the_zone_s_own_days() {
    let house = House::open().await;
    let first = house.submit("ali", "licence", "kind baker, size 90").await.case;
    house.app.clock.advance(HOUR * 24 * 40);
    let second = house.submit("zahra", "licence", "kind smith, size 90").await.case;
    let tehran = TimeZone::get("Asia/Tehran").unwrap();
    let mut days = Vec::new();
    for case in [first, second] {
        let opened = house.state(case).await.opened;
        days.push(opened.to_zoned_datetime(tehran.clone()).date());
    }
    let within = |from, to| {
        let selection = Selection { service: None, from, to };
        Question { selection, by: None, least: 1 }
    };
    for (from, to, filed, open) in [
        (None, None, 2, 1),
        (Some(days[0]), Some(days[1]), 2, 1),
        (Some(days[1]), None, 1, 1),
        (None, Some(days[0]), 1, 0),
        (Some(days[0]), Some(days[0]), 1, 0),
    ] {
        let study = studied(&house, &within(from, to)).await;
        let row = row(&study, None, Measure::Filed, None);
        assert_eq!((row.count, row.open), (Some(filed), Some(open)), "{from:?} to {to:?}");
    }
    let (early, late) = (days[0].yesterday().unwrap(), days[1].tomorrow().unwrap());
    for question in [within(None, Some(early)), within(Some(late), None)] {
        let ExtractError::Empty { filed } = fails(&house, &question).await else { panic!("there is nothing") };
        assert_eq!(filed, Some((days[0], days[1])));
    }
    let backwards = fails(&house, &within(Some(late), Some(early))).await;
    assert!(matches!(backwards, ExtractError::Backwards { .. }), "{backwards}");
}

#[tokio::test]
async fn what_is_not_there_is_named_with_what_is() {
    let house = House::open().await;
    let everything = Question { selection: Selection::default(), by: None, least: 1 };
    assert!(matches!(fails(&house, &everything).await, ExtractError::Empty { filed: None }));
    assert!(matches!(fails(&house, &of("build")).await, ExtractError::Empty { filed: None }), "it has no case yet");
    house.submit("ali", "licence", "kind baker, size 90").await;
    let ExtractError::NoSuchService { name, known } = fails(&house, &of("lisence")).await else { panic!() };
    assert!(name == "lisence" && known.contains(&"licence".to_owned()), "{known:?}");
    // A fact that is not public, or has no closed list, tells nobody apart.
    for by in ["size", "remark", "review", "nothing"] {
        let question = Question { by: Some(by.to_owned()), ..of("licence") };
        let ExtractError::NoSuchGroup { known, .. } = fails(&house, &question).await else { panic!("{by}") };
        assert_eq!(known, ["kind", "screening"]);
    }
}

#[tokio::test]
async fn nobody_is_found_in_it() {
    let house = House::open().await;
    licences(&house).await;
    let of_least = |least| Question { by: Some("kind".to_owned()), least, ..of("licence") };
    let told = |study: &Study, by: &str| !row(study, Some(by), Measure::Filed, None).hidden;
    let usual = studied(&house, &of_least(LEAST)).await;
    assert!(told(&usual, "baker") && told(&usual, "smith"));
    // Six bakers are few now; who knew the smiths could subtract them from all.
    let few = studied(&house, &of_least(7)).await;
    assert!(!told(&few, "baker") && !told(&few, "smith"), "{:#?}", few.rows);
    let hidden: Vec<&Row> = few.rows.iter().filter(|row| row.hidden).collect();
    assert!(hidden.iter().all(|row| row.count.is_none() && row.elapsed.is_none() && row.working.is_none()));
    assert_eq!(row(&few, None, Measure::Filed, None).count, Some(19));
    let all = studied(&house, &of_least(20)).await;
    assert!(all.rows.iter().all(|row| row.hidden), "nineteen are fewer than twenty");

    // One applicant however often is one.
    for number in 0..30 {
        house.submit("ali", "licence", &format!("kind smith, size {}", 901 + number)).await;
    }
    let usual = studied(&house, &of("licence")).await;
    assert!(usual.rows.iter().any(|row| row.outcome == Some("refused") && !row.hidden));
    let usual = studied(&house, &Question { least: LEAST, ..of("licence") }).await;
    assert!(usual.rows.iter().filter(|row| row.outcome == Some("refused")).all(|row| row.hidden), "all are of one");

    let text = serde_json::to_string(&usual).unwrap();
    let officers = SEATS.iter().flat_map(|(_, officers)| officers.split(' '));
    for person in officers.chain(["ali", "b1", "s12", "z1", "in my own words"]) {
        assert!(!text.contains(&format!("\"{person}")), "{person} is in it");
    }
}

/// An erased case has forgotten who applied, and is studied like any other.
#[tokio::test]
async fn what_was_erased_is_still_measured() {
    let house = House::open().await;
    let remark = "kind smith, size 90, remark mine";
    let case = house.submit("ali", "licence", remark).await.case;
    house.app.clock.advance(HOUR * 2);
    house.decide(case, "review", "grant", None).await;
    let before = studied(&house, &of("licence")).await;
    house.app.clock.advance(HOUR * 24 * 400);
    house.jobs().await;
    assert!(!house.state(case).await.erased.is_empty(), "it was not erased");
    let after = studied(&house, &of("licence")).await;
    let figures =
        |study: &Study| study.rows.iter().map(|row| (row.count, row.elapsed, row.working)).collect::<Vec<_>>();
    assert_eq!(figures(&after), figures(&before));
}

/// A case refused by an officer counts as decided and ended, not as released.
#[tokio::test]
async fn a_refusal_is_no_release() {
    let house = House::open().await;
    let case = house.submit("ali", "licence", "kind smith, size 90").await.case;
    let officer = of_officer(&house.state(case).await.drawn("review")[0]);
    house.app.clock.advance(HOUR);
    house.act(&officer, case, decide("refuse", Some("unfit"))).await.unwrap();
    let study = studied(&house, &of("licence")).await;
    assert!(study.rows.iter().any(|row| row.measure == Measure::FilingToDecision));
    assert!(!study.rows.iter().any(|row| row.measure == Measure::FilingToRelease));
}
