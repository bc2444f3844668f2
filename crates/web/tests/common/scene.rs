//! Cases that stand somewhere, brought there through the application as people would.
//!
//! Must not know of: pages, browsers.

use std::collections::BTreeMap;

use app::definition::model::Opinion;
use app::definition::value::{Decimal, Money, Value};
use app::engine::act::Act;
use app::engine::case::{AGAIN, AskedItem, Turn};
use app::{Acted, App, CaseView, Draft, Payment};

use super::{House, PDF, truck, zone_folder};

/// A code of the zone's activities of this risk.
pub fn activity(risk: &str) -> String {
    let list = std::fs::read_to_string(zone_folder().join("codes/isic.csv")).unwrap();
    let row = list.lines().find(|line| line.split(',').nth(1) == Some(risk)).unwrap();
    row.split(',').next().unwrap().to_owned()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

impl House {
    /// The treasury says that the fee which a case waits for arrived.
    pub async fn pay(&self, acted: &Acted, receipt: &str) -> Acted {
        let Turn::Payment { amount, .. } = self.view(acted).await.case.turn else { panic!("nothing is to be paid") };
        let payment = Payment { receipt: receipt.to_owned(), amount };
        self.app.confirm_payment(acted.case, &payment).await.unwrap()
    }

    /// A draft with these facts, submitted.
    pub async fn submit(&self, person: &str, service: &str, facts: &[(&str, Value)]) -> Acted {
        let account = self.app.account(person).await.unwrap();
        let facts: BTreeMap<_, _> = facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let draft = Draft { service: service.to_owned(), facts, ..Draft::default() };
        let acted = self.app.submit(&account, &draft, None).await.unwrap();
        self.settle().await;
        acted
    }

    /// An application for an activity licence: a low risk is granted at once, a high one waits for an examiner.
    pub async fn licence(&self, person: &str, company: &str, premises: &str, activity: &str) -> Acted {
        let investment = Value::Money(Money { minor: 100_000, currency: "IRR".to_owned() });
        let facts = [
            ("company", text(company)),
            ("premises", text(premises)),
            ("activity", code(activity)),
            ("investment", investment),
        ];
        self.submit(person, "activity-licence", &facts).await
    }

    /// A pass of the gate's zone, with which a load leaves once.
    pub async fn exit_pass(&self, person: &str) -> Acted {
        let facts = [
            ("kind", code("general")),
            ("plate", text("12 الف 345 - 67")),
            ("parcels", Value::Decimal(Decimal::from(40))),
        ];
        self.submit(person, "exit-pass", &facts).await
    }

    /// A licence of P-0001 that the rules granted.
    pub async fn granted(&self) -> Acted {
        let acted = self.licence("P-0001", "C-0001", "M-0001", &activity("low")).await;
        assert_eq!(acted.outcome.as_deref(), Some("granted"));
        acted
    }

    /// A licence of P-0002 that waits for an examiner, and who that is.
    pub async fn waiting(&self) -> (Acted, String) {
        let acted = self.licence("P-0002", "C-0002", "M-0003", &activity("high")).await;
        let officer = self.holders(&acted).await[0].clone();
        (acted, officer)
    }

    /// A building permit of P-0001 that waits for its fee.
    pub async fn permit(&self) -> Acted {
        let facts = self.permit_facts(self.document("P-0001", "plans.pdf").await);
        let facts: Vec<(&str, Value)> = facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.submit("P-0001", "building-permit", &facts).await
    }

    /// What an application of P-0001 for a building permit says.
    pub fn permit_facts(&self, plans: Value) -> BTreeMap<String, Value> {
        let facts = [
            ("parcel", text("Z-0001")),
            ("use", code("dwelling")),
            ("storeys", Value::Decimal(Decimal::from(2))),
            ("floor-area", Value::Decimal(Decimal::from(200))),
            ("plans", plans),
            ("engineer", text("مهندس نمونه ۱۲")),
        ];
        facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// A building permit whose site is to be seen, and its inspector.
    pub async fn to_be_seen(&self) -> (Acted, String) {
        let mut acted = self.permit().await;
        acted = self.pay(&acted, "R-1").await;
        self.settle().await;
        for branch in ["fire", "water", "environment"] {
            let officer = self.view(&acted).await.case.officers[&format!("opinions/{branch}")][0].clone();
            let branch = branch.to_owned();
            let act = Act::Advise { branch, opinion: Opinion::Agree, ground: None, note: String::new() };
            acted = self.act(&officer, &acted, &act).await;
        }
        assert_eq!(self.view(&acted).await.case.stage, "site");
        let inspector = self.holders(&acted).await[0].clone();
        (acted, inspector)
    }

    /// Goods of great value that an inspector found to be so much and contraband; two officers are to decide.
    pub async fn contraband(&self, measured: &str) -> Acted {
        let xml = truck::declaration("TRUCK-9", "11010000", "30000", "900000.00", ("78", "00"));
        let declared = truck::document(&self.app, truck::SELLER, &xml).await;
        let facts = [("company", text("C-0001")), ("warehouse", code("maku-1")), ("declaration", declared)];
        let acted = truck::apply(&self.app, truck::SELLER, "goods-entry", &facts).await.unwrap();
        self.settle().await;
        let acted = Acted { seq: self.view(&acted).await.row.seq, ..acted };
        let acted = truck::inspect(&self.app, &acted, "not-declared", measured).await.unwrap();
        self.settle().await;
        acted
    }

    /// Premises of P-0001's company at this address, waiting for an officer, and who that is.
    pub async fn premises(&self, address: &str) -> (Acted, String) {
        let lease = self.document("P-0001", "lease.pdf").await;
        let facts = [
            ("company", text("C-0001")),
            ("use", code("office")),
            ("address", text(address)),
            ("area", Value::Decimal(Decimal::from(70))),
            ("lease", lease),
        ];
        let acted = self.submit("P-0001", "premises-registration", &facts).await;
        let officer = self.holders(&acted).await[0].clone();
        (acted, officer)
    }

    /// Premises that were granted, and the officer who granted them.
    pub async fn registered(&self, address: &str) -> (Acted, String) {
        let (acted, officer) = self.premises(address).await;
        let act = Act::Decide { route: "grant".to_owned(), ground: None, note: String::new(), facts: BTreeMap::new() };
        let acted = self.act(&officer, &acted, &act).await;
        (acted, officer)
    }

    /// A company of P-0001 by this name, which the rules register.
    pub async fn company(&self, name: &str) -> Acted {
        let capital = Value::Money(Money { minor: 5_000_000_000_000, currency: "IRR".to_owned() });
        let facts = [
            ("form", code("limited-liability")),
            ("name", text(name)),
            ("name-reserved", Value::Bool(true)),
            ("partners", Value::Decimal(Decimal::from(3))),
            ("capital", capital),
            ("paid-share", Value::Decimal(Decimal::from(100))),
            ("articles", self.document("P-0001", "articles.pdf").await),
            ("declaration", Value::Bool(true)),
        ];
        let acted = self.submit("P-0001", "company-registration", &facts).await;
        assert_eq!(acted.outcome.as_deref(), Some("granted"));
        acted
    }

    /// A building permit of P-0001 that silence granted.
    pub async fn permit_granted(&self) -> Acted {
        let permit = self.permit().await;
        self.pay(&permit, "R-granted").await;
        for _ in 0..12 {
            self.app.clock.advance(jiff::SignedDuration::from_hours(24 * 30));
            app::jobs::clock::run(&self.app).await.unwrap();
            self.settle().await;
        }
        permit
    }

    /// A document that somebody brought.
    pub async fn document(&self, account: &str, name: &str) -> Value {
        let account = self.app.account(account).await.unwrap();
        let kept = self.app.keep_document(&account, name, "application/pdf", PDF.into()).await;
        Value::Document(kept.unwrap())
    }

    /// Somebody does an act.
    pub async fn act(&self, account: &str, acted: &Acted, act: &Act) -> Acted {
        let account = self.app.account(account).await.unwrap();
        let acted = self.app.act(&account, acted.case, act, None, None).await.unwrap();
        self.settle().await;
        acted
    }

    /// The drawn officer asks for the investment again, in these words.
    pub async fn ask(&self, officer: &str, acted: &Acted, note: &str) -> Acted {
        let fact = "investment".to_owned();
        let item = AskedItem { fact, ground: "incomplete".to_owned(), note: note.to_owned() };
        self.act(officer, acted, &Act::Ask { items: vec![item] }).await
    }

    /// An officer of the authority asks that a case be looked at again; those who were drawn to do so.
    pub async fn again(&self, acted: &Acted) -> Vec<String> {
        self.act("O-0001", acted, &Act::Convene { reason: "شکایت نمونه".to_owned() }).await;
        self.view(acted).await.case.drawn(AGAIN).to_vec()
    }

    /// Those who are drawn to look again revoke a certificate on a ground.
    pub async fn revoke(&self, acted: &Acted, ground: &str) {
        let revoke = Act::Revoke { ground: ground.to_owned(), note: String::new() };
        for officer in &self.again(acted).await {
            self.act(officer, acted, &revoke).await;
        }
    }

    /// A case as its authority's supervisor sees it.
    pub async fn view(&self, acted: &Acted) -> CaseView {
        let supervisor = self.app.account("S-0001").await.unwrap();
        self.app.case(&supervisor, acted.case).await.unwrap()
    }

    /// Whose turn it is.
    pub async fn holders(&self, acted: &Acted) -> Vec<String> {
        self.view(acted).await.row.holders
    }
}

/// A truck of flour has come, and biscuits were made of a third of it by whoever bought that: the numbers of both lots.
pub async fn biscuits(app: &App) -> [String; 2] {
    let lot = format!("{}-1", truck::enter(app).await.unwrap().case.reference());
    let receipt = truck::issue(app, &lot, "10000").await.unwrap().case.reference();
    let sold = truck::transfer(app, &receipt, "C-0002").await.unwrap().case.reference();
    let made = truck::process(app, &sold, "100", "9500").await.unwrap().case.reference();
    [lot, format!("{made}-1")]
}
