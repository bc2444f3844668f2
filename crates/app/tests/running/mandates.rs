//! A company acts through an agent: who may, until when, and what becomes of a case when the mandate ends in the midst of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::engine::CaseId;
use app::engine::event::{Entering, Event};
use app::engine::mandate::{Lacking, MandateAct, MandateRefusal, Principal, Standing};
use app::engine::refusal::Refusal;
use app::engine::world::Conflict;
use app::{Account, Acted, AppError, Capacity, Draft, InName, Key, Why};
use definition::value::Value;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::house::{House, key, of_officer, of_person, roster, withdraw};

pub const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub async fn shop(house: &House, key: &str, holder: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = BTreeMap::from([
        ("shop.id".to_owned(), text(key)),
        ("shop.debt".to_owned(), Value::Decimal(0.into())),
        ("person.id".to_owned(), text(holder)),
    ]);
    let entering =
        Entering { register: "shops".to_owned(), key: key.to_owned(), held_by: Some(holder.to_owned()), values };
    house.app.put_records(&[entering]).await.unwrap();
}

pub fn offer(house: &House, shop: &str, agent: &str) -> MandateAct {
    let now = house.app.clock.now();
    MandateAct::Give {
        principal: Principal { register: "shops".to_owned(), key: shop.to_owned() },
        agent: agent.to_owned(),
        services: BTreeSet::new(),
        from: now,
        until: now.checked_add(HOUR * 24 * 30).unwrap(),
    }
}

pub async fn on(house: &House, who: &str, id: Option<CaseId>, act: &MandateAct) -> Result<Acted, AppError> {
    house.app.act_on_mandate(&of_person(who), id, act, None).await
}

/// Zahra holds the shop S1, and Ali may act for it.
pub async fn agent(house: &House) -> CaseId {
    agent_for(house, "S1", "ali").await
}

pub async fn agent_for(house: &House, shop: &str, who: &str) -> CaseId {
    self::shop(house, shop, "zahra").await;
    let id = on(house, "zahra", None, &offer(house, shop, who)).await.unwrap().case;
    on(house, who, Some(id), &MandateAct::Accept).await.unwrap();
    id
}

pub fn under(house: &House, shop: &str, mandate: CaseId) -> Draft {
    Draft { mandate: Some(mandate), ..house.draft("market", None, &format!("shop {shop}")) }
}

pub async fn file(house: &House, who: &str, draft: &Draft) -> Result<CaseId, AppError> {
    Ok(house.app.submit(&of_person(who), draft, None).await?.case)
}

async fn events(house: &House, case: CaseId) -> Vec<Event> {
    let rows = house.store.history(case, 0, 100).await.unwrap();
    rows.iter().map(|row| serde_json::from_slice(&row.event.body).unwrap()).collect()
}

fn lacks<T: std::fmt::Debug>(done: Result<T, AppError>) -> Lacking {
    match done {
        Err(AppError::MayNot(Why::Mandate(lacking))) => lacking,
        other => panic!("{other:?}"),
    }
}

fn is_missing<T>(done: &Result<T, AppError>) -> bool {
    matches!(done, Err(AppError::NotFound(_)))
}

async fn listed(house: &House, who: &str) -> Vec<CaseId> {
    house.app.my_cases(&of_person(who), None, 50).await.unwrap().items.iter().map(|item| item.case.id).collect()
}

#[tokio::test]
async fn an_agent_files_and_withdraws_in_the_companys_name_and_each_event_says_so() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    let case = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    assert_eq!(house.state(case).await.applicant, "zahra", "the case is the company's");
    for who in ["zahra", "ali"] {
        assert_eq!(listed(&house, who).await, [case], "{who}");
        let view = house.app.case(&of_person(who), case).await.unwrap();
        assert_eq!((view.standing.applicant, view.standing.agent), (who == "zahra", who == "ali"));
    }
    // The holder goes on with what the agent began, and the agent with what the holder did.
    house.act(&of_person("ali"), case, withdraw()).await.unwrap();
    for event in events(&house, case).await {
        let said = event.under.map(|under| (under.agent.clone(), under.mandate, under.principal.key.clone()));
        let expected = event.what.is_an_applicants().then(|| ("ali".to_owned(), mandate, "S1".to_owned()));
        assert_eq!(said, expected, "{}", event.what.kind());
    }
    let own = house.submit("zahra", "market", "shop S1").await.case;
    assert_eq!(listed(&house, "ali").await, [own, case]);
    house.act(&of_person("ali"), own, withdraw()).await.unwrap();
    let mandates = house.app.mandates(&of_person("zahra")).await.unwrap();
    assert_eq!((mandates.given[0].uses, mandates.received.len()), (3, 0));
    // What the agent looked at, the holder sees.
    let reads = house.app.export(&of_person("zahra"), None).await.unwrap().reads;
    let looks: Vec<_> = reads.iter().filter(|read| read.by.capacity == Capacity::Agent).collect();
    assert!(looks.iter().all(|read| read.by.agent.as_deref() == Some("ali")) && looks.len() == 1, "{reads:?}");
}

#[tokio::test]
async fn nobody_acts_under_a_mandate_that_does_not_stand_or_is_not_theirs() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    for (key, holder) in [("S2", "zahra"), ("S3", "omar")] {
        shop(&house, key, holder).await;
    }
    let draft = under(&house, "S1", mandate);
    // Somebody else's mandate, a made-up one, a case's id in its place.
    assert!(is_missing(&file(&house, "omar", &draft).await));
    assert!(is_missing(&file(&house, "zahra", &draft).await), "whoever gave it needs none");
    for forged in [CaseId([7; 16]), app::engine::mandate::stream(&[9; 32]), app::engine::roster::STREAM] {
        assert!(is_missing(&file(&house, "ali", &under(&house, "S1", forged)).await));
    }
    // Another company, be it the same holder's or the other's.
    for other in ["S2", "S3"] {
        let refused = file(&house, "ali", &under(&house, other, mandate)).await.unwrap_err();
        assert!(matches!(refused, AppError::Refused(Refusal::Facts(_))), "{refused:?}");
    }
    // Without the mandate it is nobody's of theirs.
    let refused = file(&house, "ali", &house.draft("market", None, "shop S1")).await.unwrap_err();
    assert!(matches!(refused, AppError::Refused(Refusal::Facts(_))), "{refused:?}");
    // A service that is not for companies.
    let licence = Draft { mandate: Some(mandate), ..house.draft("licence", None, "kind smith, size 90") };
    assert_eq!(lacks(file(&house, "ali", &licence).await), Lacking::OtherService);
    // Cases of the company's holder that are not the company's.
    let private = house.submit("zahra", "licence", "kind smith, size 90").await.case;
    let second = house.submit("zahra", "market", "shop S2").await.case;
    for case in [private, second] {
        assert!(is_missing(&house.app.case(&of_person("ali"), case).await));
        assert!(is_missing(&house.act(&of_person("ali"), case, withdraw()).await));
    }
    assert_eq!(listed(&house, "ali").await, []);
    // An offer that nobody accepted, one that is yet to come, one that is over.
    let offered = on(&house, "zahra", None, &offer(&house, "S2", "ali")).await.unwrap().case;
    assert_eq!(lacks(file(&house, "ali", &under(&house, "S2", offered)).await), Lacking::NotAccepted);
    assert!(is_missing(&house.app.case(&of_person("ali"), second).await), "an offer shows nothing");
    house.app.clock.advance(HOUR * 24 * 30);
    assert!(matches!(lacks(file(&house, "ali", &draft).await), Lacking::Expired { .. }));
    let late = on(&house, "ali", Some(offered), &MandateAct::Accept).await.unwrap_err();
    assert!(matches!(late, AppError::Mandate(MandateRefusal::Over)), "{late:?}");
}

/// A record of a stall, which its holder has as a person.
async fn stall(house: &House, key: &str, holder: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = BTreeMap::from([("stall.id".to_owned(), text(key)), ("person.id".to_owned(), text(holder))]);
    let entering =
        Entering { register: "stalls".to_owned(), key: key.to_owned(), held_by: Some(holder.to_owned()), values };
    house.app.put_records(&[entering]).await.unwrap();
}

#[tokio::test]
async fn what_also_takes_something_of_the_holders_own_is_no_agents_to_see_or_act_in() {
    let house = House::open().await;
    // For all services in which somebody can act for a shop.
    let mandate = agent(&house).await;
    stall(&house, "ST-1", "zahra").await;
    let facts = "shop S1, stall ST-1";
    let case = house.submit("zahra", "stand", facts).await.case;
    assert!(is_missing(&house.app.case(&of_person("ali"), case).await), "the stall is hers alone");
    assert_eq!(listed(&house, "ali").await, []);
    assert!(is_missing(&house.act(&of_person("ali"), case, withdraw()).await));
    let draft = Draft { mandate: Some(mandate), ..house.draft("stand", None, facts) };
    assert_eq!(lacks(file(&house, "ali", &draft).await), Lacking::OtherService);
    // Nor is the appeal against it.
    house.decide(case, "review", "refuse", Some("unfit")).await;
    let appeal = house.draft("board", Some(case), "reasons none");
    assert!(is_missing(&file(&house, "ali", &Draft { mandate: Some(mandate), ..appeal.clone() }).await));
    let appeal = file(&house, "zahra", &appeal).await.unwrap();
    assert!(is_missing(&house.app.case(&of_person("ali"), appeal).await));
    assert!(is_missing(&house.act(&of_person("ali"), appeal, withdraw()).await));
    assert_eq!(listed(&house, "ali").await, []);
}

#[tokio::test]
async fn a_mandate_that_is_revoked_in_the_midst_of_a_case_ends_there() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    let case = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    let draft = under(&house, "S1", mandate);
    house.app.keep_draft(&of_person("ali"), &draft).await.unwrap();
    let before = house.store.case(case).await.unwrap();
    on(&house, "zahra", Some(mandate), &MandateAct::Revoke).await.unwrap();
    let at = house.app.mandate(&of_person("ali"), mandate).await.unwrap().0.mandate.revoked.unwrap();
    assert!(house.app.drafts(&of_person("ali")).await.unwrap().is_empty(), "what was begun for the company goes");
    // The next act, the page and the draft are refused, and say why.
    assert_eq!(lacks(house.act(&of_person("ali"), case, withdraw()).await), Lacking::Revoked { at });
    assert_eq!(lacks(house.app.case(&of_person("ali"), case).await), Lacking::Revoked { at });
    assert_eq!(lacks(file(&house, "ali", &draft).await), Lacking::Revoked { at });
    assert_eq!(listed(&house, "ali").await, []);
    assert_eq!(house.store.case(case).await.unwrap(), before, "nothing has changed");
    // A case that was opened since is as if it were not there.
    house.app.clock.advance(HOUR);
    let later = house.submit("zahra", "market", "shop S1").await.case;
    assert!(is_missing(&house.app.case(&of_person("ali"), later).await));
    // The end is final; the holder goes on.
    for (who, act) in [("zahra", MandateAct::Revoke), ("ali", MandateAct::Accept), ("ali", MandateAct::GiveUp)] {
        let refused = on(&house, who, Some(mandate), &act).await.unwrap_err();
        assert!(matches!(refused, AppError::Mandate(MandateRefusal::Over)), "{refused:?}");
    }
    house.act(&of_person("zahra"), case, withdraw()).await.unwrap();
}

#[tokio::test]
async fn an_agent_who_gives_up_or_whose_company_is_sold_acts_no_longer() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    let case = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    shop(&house, "S1", "omar").await;
    assert!(is_missing(&house.act(&of_person("ali"), case, withdraw()).await), "the case is the former holder's");
    // The mandate is the company's: whoever holds it now sees it, and revokes it.
    assert_eq!(house.app.mandates(&of_person("omar")).await.unwrap().given.len(), 1);
    assert!(house.app.mandates(&of_person("zahra")).await.unwrap().given.is_empty());
    assert!(is_missing(&on(&house, "zahra", Some(mandate), &MandateAct::Revoke).await));
    let own = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    assert_eq!(house.state(own).await.applicant, "omar");
    on(&house, "ali", Some(mandate), &MandateAct::GiveUp).await.unwrap();
    assert!(matches!(lacks(house.act(&of_person("ali"), own, withdraw()).await), Lacking::GivenUp { .. }));
}

#[tokio::test]
async fn an_offer_tells_nobody_who_there_is_and_binds_nobody() {
    let house = House::open().await;
    shop(&house, "S1", "zahra").await;
    house.app.put_accounts(&[of_person("ali")]).await.unwrap();
    let known = on(&house, "zahra", None, &offer(&house, "S1", "ali")).await.unwrap();
    let unknown = on(&house, "zahra", None, &offer(&house, "S1", "nobody")).await.unwrap();
    assert_eq!((known.seq, &known.stage, &known.outcome), (unknown.seq, &unknown.stage, &unknown.outcome));
    for view in house.app.mandates(&of_person("zahra")).await.unwrap().given {
        assert!(view.other.is_none() && view.standing == Standing::Offered, "{view:?}");
    }
    // A company that is not there is as one that is another's.
    for other in ["S2", "S9"] {
        shop(&house, "S2", "omar").await;
        let refused = on(&house, "zahra", None, &offer(&house, other, "ali")).await.unwrap_err();
        assert!(matches!(refused, AppError::Mandate(MandateRefusal::NotHolder)), "{refused:?}");
    }
    // Whom it does not concern, it is not there.
    for act in [MandateAct::Accept, MandateAct::GiveUp, MandateAct::Revoke] {
        assert!(is_missing(&on(&house, "omar", Some(known.case), &act).await));
    }
    assert!(is_missing(&house.app.mandate(&of_person("omar"), known.case).await.map(|_| ())));
    assert!(is_missing(&house.app.case(&of_person("zahra"), known.case).await), "it is no case");
    // What was declined is on the agent's list no longer, and stays on the holder's.
    on(&house, "ali", Some(known.case), &MandateAct::GiveUp).await.unwrap();
    assert!(house.app.mandates(&of_person("ali")).await.unwrap().received.is_empty());
    let given = house.app.mandates(&of_person("zahra")).await.unwrap().given;
    assert_eq!(given.iter().filter(|view| view.standing == Standing::Declined).count(), 1);
}

#[tokio::test]
async fn an_act_on_a_mandate_that_comes_twice_is_done_once() {
    let house = House::open().await;
    shop(&house, "S1", "zahra").await;
    let act = offer(&house, "S1", "ali");
    let zahra = of_person("zahra");
    let give = || house.app.act_on_mandate(&zahra, None, &act, key("give"));
    let (first, second) = (give().await.unwrap(), give().await.unwrap());
    assert_eq!(first, second);
    assert_eq!(house.app.mandates(&of_person("zahra")).await.unwrap().given.len(), 1);
    // The same key for another request gives nothing, another key gives another mandate.
    let other = offer(&house, "S1", "omar");
    let reused = house.app.act_on_mandate(&zahra, None, &other, Some(Key::new("give", b"another request"))).await;
    assert!(matches!(reused, Err(AppError::KeyReused)), "{reused:?}");
    let anew = house.app.act_on_mandate(&zahra, None, &other, key("other")).await;
    assert!(anew.is_ok_and(|acted| acted.case != first.case));
}

#[tokio::test]
async fn holder_and_agent_who_both_file_have_one_draw() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    let mut officers = BTreeSet::new();
    let mut cases = Vec::new();
    for round in 0..6 {
        let case = match round % 2 {
            0 => house.submit("zahra", "market", "shop S1").await.case,
            _ => file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap(),
        };
        cases.push(case);
    }
    house.pass_deadline(cases[0]).await;
    house.jobs().await;
    for case in cases {
        let state = house.state(case).await;
        assert_eq!(state.stage, "opening");
        officers.extend(state.drawn("opening").to_vec());
    }
    assert_eq!(officers.len(), 1, "one matter, one draw: {officers:?}");
}

#[tokio::test]
async fn an_officer_has_no_part_in_the_cases_of_those_for_whom_they_act() {
    let house = House::open().await;
    let mut seats = roster(&[]);
    // Of the two seniors, one is Ali.
    seats.seats.iter_mut().filter(|seat| seat.officer == "s1").for_each(|seat| seat.person = Some("ali".to_owned()));
    house.app.put_roster(seats).await.unwrap();
    let mandate = agent(&house).await;
    let case = house.submit("zahra", "market", "shop S1").await.case;
    house.pass_deadline(case).await;
    app::jobs::clock::run(&house.app).await.unwrap();
    let (_, service, state) = {
        let view = house.app.case(&of_person("zahra"), case).await.unwrap();
        (view.row, view.service, view.case)
    };
    assert_eq!(state.drawn("opening"), ["s2"], "whoever acts for the shop is not drawn");
    let conflict = house.app.roster().conflict("s1", &service, &state);
    assert_eq!(conflict, Some(Conflict::ActsFor));
    // Whoever acted in a case keeps out of it when the mandate is over.
    let filed = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
    on(&house, "zahra", Some(mandate), &MandateAct::Revoke).await.unwrap();
    let state = house.state(filed).await;
    let convene = app::engine::act::Act::Convene { reason: "look".to_owned() };
    let refused = house.act(&of_officer("s1"), filed, convene).await.unwrap_err();
    assert!(matches!(refused, AppError::Refused(Refusal::ActsFor)), "{refused:?}");
    assert_eq!(state.agents, BTreeSet::from(["ali".to_owned()]));
}

#[tokio::test]
async fn nobody_looks_into_what_anothers_company_holds() {
    let house = House::open().await;
    let mandate = agent(&house).await;
    shop(&house, "S2", "zahra").await;
    let service = house.app.zone().services()["market"].clone();
    let names = |choices: Vec<app::Choice>| choices.into_iter().map(|choice| choice.key).collect::<Vec<_>>();
    let ali = of_person("ali");
    let in_name = house.app.in_name(&ali, "market", None, Some(mandate)).await.unwrap();
    let nothing = BTreeMap::new();
    let own = house.app.choices(&service, "shop", &in_name, &nothing, None).await.unwrap();
    assert_eq!(names(own), ["S1"], "of what the holder has, the agent sees the one");
    let all = house.app.choices(&service, "shop", &InName::own("zahra"), &nothing, None).await.unwrap();
    assert_eq!(names(all), ["S1", "S2"]);
    assert!(house.app.choices(&service, "shop", &InName::own("ali"), &nothing, None).await.unwrap().is_empty());
    assert!(!house.app.may_choose(&service, "shop", &in_name, "S2").await.unwrap());
}

/// Acts and the revocation at the same moment: whichever is first in the log, no act of the agent's stands behind the revocation.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_acts_and_a_revocation_at_the_same_moment_none_comes_after_it() {
    for round in 0..6 {
        let house = Arc::new(House::open().await);
        let other = house.another_process().await;
        let mandate = agent(&house).await;
        let begun = file(&house, "ali", &under(&house, "S1", mandate)).await.unwrap();
        let mut tasks = JoinSet::new();
        for number in 0..12 {
            let (house, other) = (Arc::clone(&house), Arc::clone(&other));
            tasks.spawn(async move {
                // Two processes serve the zone.
                let app = if number % 2 == 0 { &house.app } else { &other };
                let ali: Account = of_person("ali");
                tokio::time::sleep(std::time::Duration::from_millis(number / 4 * round)).await;
                match number {
                    5 => app.act_on_mandate(&of_person("zahra"), Some(mandate), &MandateAct::Revoke, None).await,
                    6 => app.act(&ali, begun, &withdraw(), None, None).await,
                    _ => app.submit(&ali, &under(&house, "S1", mandate), None).await,
                }
            });
        }
        let results = tasks.join_all().await;
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            let told = matches!(error, AppError::MayNot(Why::Mandate(Lacking::Revoked { .. })) | AppError::Stale);
            assert!(told, "{error:?}");
        }
        let feed = house.store.feed(0, 1000).await.unwrap();
        let revoked = feed.iter().find(|row| row.event.kind == "mandate-revoke").map(|row| row.position);
        let revoked = revoked.expect("it is revoked, whoever else was there");
        let acted = |row: &&store::EventRow| String::from_utf8_lossy(&row.event.body).contains("\"under\":{");
        let last = feed.iter().filter(acted).map(|row| row.position).max().unwrap();
        assert!(last < revoked, "an act at {last} stands behind the revocation at {revoked}");
    }
}
