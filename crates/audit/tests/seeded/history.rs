//! A seeded history of the reference zone, made by the application on a real SQLite: grants, refusals, asks, consultations, silence, appeals,
//! decisions that fall, corrections, revocations, payments, withdrawals; then the same with officers who sign and keepers who watch the roster. People
//! and records in it are made up.
//!
//! Must not know of: audits. One act is done after the other, so that nobody on a desk is overtaken but where the history says so.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use app::definition::model::Opinion;
use app::definition::value::{Decimal, DocumentRef, Place, Value};
use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::{AskedItem, Case, Turn};
use app::engine::event::Entering;
use app::engine::refusal::Refusal;
use app::{Account, App, AppError, Draft, Keys, Objects, Payment, Settings, Store, read_zone};
use jiff::SignedDuration;
use store_sqlite::SqliteStore;

use crate::chance;
use crate::people::{code, document, facts, money, of_officer, of_person, person, premises_of, records, text};
use crate::signers::Signers;

pub const ORIGIN: &str = "audited.invalid/log";
pub const LOG_SEED: [u8; 32] = [1; 32];
pub const CERTIFICATE_SEED: [u8; 32] = [2; 32];

/// The zone, running.
pub struct Town {
    pub app: Arc<App>,
    pub store: Arc<dyn Store>,
    pub signers: Signers,
}

/// People whose dealings wait for no deadline and need no other case to be told: six by six, but those who appeal.
pub fn in_a_hurry(people: usize) -> impl Iterator<Item = usize> {
    (0..).map(|number| number * 6).filter(|number| number % 5 != 4).take(people)
}

/// Opens the reference zone in a folder, with its sample officers and made-up people.
pub async fn open(zone: &Path, folder: &Path, people: usize) -> Town {
    open_for(zone, folder, &(0..people).collect::<Vec<_>>()).await
}

/// The same for people of these numbers.
pub async fn open_for(zone: &Path, folder: &Path, people: &[usize]) -> Town {
    let mut files = read_zone(zone).unwrap();
    files.0.extend(chance::files());
    let checked = app::definition::check(&files).zone.unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.join("store.sqlite")).unwrap());
    let settings = Settings {
        zone: checked,
        store: Arc::clone(&store),
        objects: Objects::folder(&folder.join("objects")).unwrap(),
        keys: Keys { log: LOG_SEED, certificates: CERTIFICATE_SEED },
        origin: ORIGIN.to_owned(),
        base_url: "http://audited.invalid".to_owned(),
    };
    let app = Arc::new(App::open(settings).await.unwrap());
    app.load_samples(&zone.join("samples")).await.unwrap();
    for people in people.chunks(1000) {
        let records: Vec<Entering> = people.iter().copied().flat_map(records).collect();
        app.put_records(&records).await.unwrap();
    }
    Town { app, store, signers: Signers::default() }
}

impl Town {
    pub async fn state(&self, case: CaseId) -> Case {
        serde_json::from_slice(&self.store.case(case).await.unwrap().unwrap().state).unwrap()
    }

    pub async fn submit(
        &self,
        person: &str,
        service: &str,
        appeals: Option<CaseId>,
        facts: BTreeMap<String, Value>,
    ) -> CaseId {
        self.tick();
        let draft = Draft { service: service.to_owned(), appeals, facts, ..Draft::default() };
        self.app.submit(&of_person(person), &draft, None).await.unwrap().case
    }

    pub async fn act(&self, account: &Account, case: CaseId, act: Act) {
        self.try_act(account, case, &act).await.unwrap();
    }

    async fn try_act(&self, account: &Account, case: CaseId, act: &Act) -> Result<(), AppError> {
        self.tick();
        let seen = self.state(case).await.seq;
        let assertion = self.signers.sign(&self.app, account, case, act, seen).await;
        self.app.act_signed(account, case, act, Some(seen), None, assertion.as_ref()).await.map(drop)
    }

    /// The same out of turn, where it is not its turn. Whoever waited longer may have been dealt with by then: others act at the same moment.
    async fn act_or_overtake(&self, account: &Account, case: CaseId, act: Act) {
        loop {
            let grounds = match self.try_act(account, case, &act).await {
                Err(AppError::Refused(Refusal::NotFirst { grounds, .. })) => grounds,
                done => return done.unwrap(),
            };
            match self.try_act(account, case, &Act::Overtake { ground: grounds[0].clone() }).await {
                Err(AppError::Refused(Refusal::NothingToOvertake)) => {}
                done => done.unwrap(),
            }
        }
    }

    /// A moment passes, so that no two acts have one time.
    pub fn tick(&self) {
        self.app.clock.advance(SignedDuration::from_secs(1));
    }

    pub async fn decide(&self, case: CaseId, route: &str, ground: Option<&str>) {
        self.decide_with(case, route, ground, BTreeMap::new()).await;
    }

    /// All officers whose turn it is choose the same.
    async fn decide_with(&self, case: CaseId, route: &str, ground: Option<&str>, facts: BTreeMap<String, Value>) {
        let stage = self.state(case).await.stage;
        loop {
            let state = self.state(case).await;
            let holders = state.holders();
            let (true, Some(officer)) = (state.stage == stage, holders.first()) else { return };
            let (route, ground) = (route.to_owned(), ground.map(str::to_owned));
            let act = Act::Decide { route, ground, note: "in order".to_owned(), facts: facts.clone() };
            self.act_or_overtake(&of_officer(officer), case, act).await;
        }
    }

    pub async fn ask(&self, case: CaseId, fact: &str, ground: &str) {
        let officer = self.state(case).await.holders()[0].clone();
        let (fact, ground, note) = (fact.to_owned(), ground.to_owned(), "again".to_owned());
        self.act_or_overtake(&of_officer(&officer), case, Act::Ask { items: vec![AskedItem { fact, ground, note }] })
            .await;
    }

    async fn advise(&self, case: CaseId, branch: &str, opinion: Opinion, ground: Option<&str>) {
        let state = self.state(case).await;
        let officer = state.drawn(&format!("{}/{branch}", state.stage))[0].clone();
        let (branch, ground) = (branch.to_owned(), ground.map(str::to_owned));
        self.act(&of_officer(&officer), case, Act::Advise { branch, opinion, ground, note: String::new() }).await;
    }

    async fn pay(&self, case: CaseId, receipt: String) {
        let Turn::Payment { amount, .. } = self.state(case).await.turn else { panic!("nothing is due") };
        self.tick();
        self.app.confirm_payment(case, &Payment { receipt, amount }).await.unwrap();
    }

    /// Time passes until the case's nearest deadline is over, and the clock looks.
    async fn pass_deadline(&self, case: CaseId) {
        let due_ms = self.store.case(case).await.unwrap().unwrap().due_ms.unwrap();
        let left_ms = due_ms - self.app.clock.now().as_millisecond();
        self.app.clock.advance(SignedDuration::from_millis(left_ms + 1));
        app::jobs::clock::run(&self.app).await.unwrap();
    }

    pub async fn deliver(&self) {
        while app::jobs::outbox::run(&self.app).await.unwrap() > 0 {}
    }

    /// One person's dealings with the zone.
    pub async fn dealings(&self, number: usize) {
        self.registration(number).await;
        self.premises(number).await;
        self.licence(number).await;
        self.permit(number).await;
        if number % 9 == 4 {
            self.through_an_agent(number).await;
        }
        self.deliver().await;
    }

    async fn registration(&self, number: usize) {
        let case = self.register_company(number).await;
        self.deliver().await;
        match number % 5 {
            4 => self.appeal(number, case, number.is_multiple_of(2)).await,
            1 => self.correct(case, "name", &format!("Founded anew {number}")).await,
            2 => self.revoke(case).await,
            _ => {}
        }
        self.deliver().await;
    }

    pub async fn register_company(&self, number: usize) -> CaseId {
        self.submit(
            &person(number),
            "company-registration",
            None,
            facts(vec![
                ("form", code("limited-liability")),
                ("name", text(format!("Founded {number}"))),
                ("name-reserved", Value::Bool(true)),
                ("partners", Value::Decimal(Decimal::from(if number % 5 == 4 { 1 } else { 2 }))),
                ("capital", money(2_000_000)),
                ("paid-share", Value::Decimal(Decimal::from(50))),
                ("articles", document()),
                ("declaration", Value::Bool(true)),
            ]),
        )
        .await
    }

    async fn appeal(&self, number: usize, case: CaseId, succeeds: bool) {
        let appeal = self
            .submit(&person(number), "review-board", Some(case), facts(vec![("reasons", text("sample reasons"))]))
            .await;
        self.deliver().await;
        match (succeeds, number % 3) {
            (true, 0) => {
                self.pass_deadline(appeal).await;
                self.pass_deadline(appeal).await;
            }
            (true, _) => self.decide(appeal, "grant", None).await,
            (false, _) => self.decide(appeal, "refuse", Some("appeal-unfounded")).await,
        }
        self.deliver().await;
    }

    async fn premises(&self, number: usize) {
        let given = premises_of(number);
        let mut case = self.submit(&person(number), "premises-registration", None, given.clone()).await;
        if number % 6 == 5 {
            // Withdrawn and filed again: the same officer.
            self.act(&of_person(&person(number)), case, Act::Withdraw { reason: "sample".to_owned() }).await;
            case = self.submit(&person(number), "premises-registration", None, given.clone()).await;
        }
        if number % 6 == 3 {
            // The officer gives the seat up; filed again, the case is with whoever was drawn instead.
            let officer = self.state(case).await.holders()[0].clone();
            self.act(&of_officer(&officer), case, Act::Recuse { reason: "sample".to_owned() }).await;
            self.act(&of_person(&person(number)), case, Act::Withdraw { reason: "sample".to_owned() }).await;
            case = self.submit(&person(number), "premises-registration", None, given).await;
        }
        match number % 4 {
            0 => {
                self.decide(case, "grant", None).await;
                if number % 8 == 4 {
                    self.keep(case).await;
                }
            }
            1 => {
                self.decide(case, "refuse", Some("premises-lease")).await;
                self.appeal(number, case, number % 8 == 1).await;
            }
            2 => {
                self.ask(case, "address", "incomplete").await;
                let act = Act::Supply { facts: facts(vec![("address", text("sample street 2"))]) };
                self.act(&of_person(&person(number)), case, act).await;
                self.decide(case, "grant", None).await;
            }
            _ => self.pass_deadline(case).await,
        }
    }

    /// What a person gives to have an activity of such a risk licensed.
    pub fn licence_of(&self, number: usize, risk: &str) -> BTreeMap<String, Value> {
        let lists = &self.app.zone().zone().lists;
        let mut codes = lists.values().flat_map(|list| &list.values);
        let (activity, _) =
            codes.find(|(_, attributes)| attributes.get("risk").is_some_and(|one| one == risk)).unwrap();
        facts(vec![
            ("company", text(format!("C-T{number:03}"))),
            ("activity", code(activity)),
            ("premises", text(format!("M-T{number:03}"))),
            ("investment", money(100_000_000)),
        ])
    }

    async fn licence(&self, number: usize) {
        let given = self.licence_of(number, if number.is_multiple_of(3) { "low" } else { "high" });
        let case = self.submit(&person(number), "activity-licence", None, given).await;
        if self.state(case).await.stage != "review" {
            return;
        }
        match number % 5 {
            0 => self.decide(case, "grant", None).await,
            1 => self.decide(case, "refuse", Some("premises-unfit")).await,
            2 => {
                self.ask(case, "investment", "incomplete").await;
                self.app.clock.advance(SignedDuration::from_hours(24));
                let act = Act::Supply { facts: facts(vec![("investment", money(120_000_000))]) };
                self.act(&of_person(&person(number)), case, act).await;
                self.decide(case, "grant", None).await;
            }
            3 => self.pass_deadline(case).await,
            _ => {
                self.ask(case, "investment", "incomplete").await;
                self.pass_deadline(case).await;
            }
        }
    }

    async fn permit(&self, number: usize) {
        let storeys = if number % 9 == 8 { 20 } else { 2 };
        let given = facts(vec![
            ("parcel", text(format!("Z-T{number:03}"))),
            ("use", code("shop")),
            ("storeys", Value::Decimal(Decimal::from(storeys))),
            ("floor-area", Value::Decimal(Decimal::from(150))),
            ("plans", document()),
            ("engineer", text("E-1")),
        ]);
        let case = self.submit(&person(number), "building-permit", None, given).await;
        if self.state(case).await.stage != "payment" {
            return;
        }
        if number % 8 == 7 {
            self.pass_deadline(case).await;
            return;
        }
        self.pay(case, format!("R-{number}")).await;
        match number % 3 {
            0 => {
                for branch in ["environment", "fire", "water"] {
                    self.advise(case, branch, Opinion::Agree, None).await;
                }
            }
            1 => {
                self.advise(case, "fire", Opinion::Object, Some("fire-safety")).await;
                while self.state(case).await.stage == "opinions" {
                    self.pass_deadline(case).await;
                }
            }
            _ => {
                while self.state(case).await.stage == "opinions" {
                    self.pass_deadline(case).await;
                }
            }
        }
        if self.state(case).await.stage == "objections" {
            match number % 4 {
                0 => self.decide(case, "refuse", Some("fire-safety")).await,
                _ => self.decide(case, "proceed", None).await,
            }
        }
        if self.state(case).await.stage == "site" {
            self.inspect(case, number).await;
        }
        self.finish_permit(case, number).await;
    }

    async fn inspect(&self, case: CaseId, number: usize) {
        let finding = if number % 10 == 3 { "major-difference" } else { "as-declared" };
        let media_type = "image/jpeg".to_owned();
        let photograph = DocumentRef { sha256: [9; 32], size: 500, media_type, name: "sample.jpg".to_owned() };
        let facts = facts(vec![
            ("photograph", Value::Document(photograph)),
            ("location", Value::Place(Place { lat_e7: 392_950_000, lon_e7: 445_160_000 })),
            ("finding", code(finding)),
        ]);
        self.decide_with(case, "done", None, facts).await;
    }

    async fn finish_permit(&self, case: CaseId, number: usize) {
        if self.state(case).await.stage != "decision" {
            return;
        }
        match number % 4 {
            0 => self.decide(case, "grant", None).await,
            1 => self.disagree(case).await,
            2 => self.decide(case, "refuse", Some("building-rules")).await,
            _ => {
                self.pass_deadline(case).await;
                self.decide(case, "grant", None).await;
            }
        }
    }

    /// Two officers choose differently, and a third is drawn who tips the balance.
    async fn disagree(&self, case: CaseId) {
        for (route, ground) in [("grant", None), ("refuse", Some("building-rules")), ("grant", None)] {
            let Some(officer) = self.state(case).await.holders().first().cloned() else { return };
            let (route, ground) = (route.to_owned(), ground.map(str::to_owned));
            let act = Act::Decide { route, ground, note: String::new(), facts: BTreeMap::new() };
            self.act(&of_officer(&officer), case, act).await;
        }
    }
}
