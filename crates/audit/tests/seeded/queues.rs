//! What happens on desks where several cases wait at once, in a zone whose officers sign: an order that is kept, one case taken out of turn on a
//! ground, one that comes back with its applicant's answer, an officer who gives a seat up; and a case that is looked at again twice.
//!
//! Must not know of: audits.

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::case::AGAIN;
use app::engine::roster::RosterAct;

use jiff::SignedDuration;

use crate::history::Town;
use crate::people::{facts, of_officer, of_person, person, premises_of, text};

/// People who stand in the queue: so many that of three officers one has four cases at least.
pub const QUEUE: usize = 10;
/// Of whom it takes this many besides: one whose case is looked at again, one who deals with everything, two for whom two institutions draw, and one whose case is
/// left as it stands before officers sign.
pub const BESIDES: usize = 5;
/// Why two officers want the same case looked at again, in the same words.
pub const COMPLAINT: &str = "a sample complaint";

impl Town {
    /// A day in a zone whose officers sign, for the people from this number on.
    pub async fn signed_day(&self, first: usize) {
        self.left_as_it_stands(first + QUEUE + 3).await;
        self.signers.begin(&self.app).await;
        self.tick();
        let (officer, role) = ("O-0033".to_owned(), "premises-officer".to_owned());
        let join = RosterAct::Join { officer, role, person: None, weight: 1 };
        self.keepers_agree(join).await;
        let relate = RosterAct::Relate {
            officer: "O-0005".to_owned(),
            with: person(first + 1),
            reason: "a sample relation".to_owned(),
        };
        self.signers.change_roster(&self.app, "O-0005", relate).await;
        self.tick();
        // Nobody knows O-0033's key, so they are drawn no more.
        let leave = RosterAct::Leave { officer: "O-0033".to_owned(), role: None, reason: String::new() };
        self.keepers_agree(leave).await;
        self.queue(first).await;
        self.several_licences(first).await;
        self.dealings(first + QUEUE + 1).await;
        self.looked_at_twice(first + QUEUE).await;
    }

    /// What is done to somebody takes two keepers.
    async fn keepers_agree(&self, act: RosterAct) {
        for keeper in ["K-0001", "K-0002"] {
            self.signers.change_roster(&self.app, keeper, act.clone()).await;
            self.tick();
        }
    }

    async fn queue(&self, first: usize) {
        let mut cases = Vec::new();
        for number in first..first + QUEUE {
            cases.push(self.submit(&person(number), "premises-registration", None, premises_of(number)).await);
            // Time passes, so that nobody can say that they did not know of the one before.
            self.app.clock.advance(SignedDuration::from_mins(2));
        }
        let busy = self.waiting_with_the_busiest(&cases).await;
        let [one, two, three, four, ..] = busy[..] else { panic!("four wait with one officer") };
        self.ask(one, "address", "incomplete").await;
        self.decide(two, "refuse", Some("premises-lease")).await;
        // Whoever answers has the old place again.
        let applicant = of_person(&self.state(one).await.applicant);
        self.act(&applicant, one, Act::Supply { facts: facts(vec![("address", text("sample street 3"))]) }).await;
        let officer = of_officer(&self.state(three).await.holders()[0]);
        self.act(&officer, three, Act::Overtake { ground: "urgent-need".to_owned() }).await;
        self.decide(three, "refuse", Some("premises-lease")).await;
        self.decide(one, "refuse", Some("premises-lease")).await;
        self.decide(four, "refuse", Some("premises-lease")).await;
        self.recuse_the_last(&cases).await;
        for case in &cases {
            self.decide(*case, "refuse", Some("premises-lease")).await;
        }
        self.deliver().await;
    }

    /// Where no order is promised several wait at once, too.
    async fn several_licences(&self, first: usize) {
        let mut cases = Vec::new();
        for number in first..first + QUEUE {
            let given = self.licence_of(number, "high");
            cases.push(self.submit(&person(number), "activity-licence", None, given).await);
        }
        for case in &cases {
            if self.state(*case).await.stage == "review" {
                self.decide(*case, "refuse", Some("premises-unfit")).await;
            }
        }
        self.deliver().await;
    }

    /// The cases that wait with the officer who has most of them, in their order.
    async fn waiting_with_the_busiest(&self, cases: &[CaseId]) -> Vec<CaseId> {
        let mut by_officer: std::collections::BTreeMap<String, Vec<CaseId>> = Default::default();
        for case in cases {
            by_officer.entry(self.state(*case).await.holders()[0].clone()).or_default().push(*case);
        }
        by_officer.into_values().max_by_key(Vec::len).unwrap()
    }

    /// An officer gives up the first case that waits: it comes to another's desk, before all that wait there.
    async fn recuse_the_last(&self, cases: &[CaseId]) {
        for case in cases {
            let state = self.state(*case).await;
            if let (None, [officer, ..]) = (&state.ended, &state.holders()[..]) {
                self.act(&of_officer(officer), *case, Act::Recuse { reason: "sample".to_owned() }).await;
                return;
            }
        }
    }

    /// Somebody wants a case looked at again, and those who look leave it as it stands.
    async fn left_as_it_stands(&self, number: usize) {
        let case = self.register_company(number).await;
        self.deliver().await;
        self.act(&of_officer("O-0001"), case, Act::Convene { reason: "sample".to_owned() }).await;
        for officer in self.state(case).await.drawn(AGAIN).to_vec() {
            self.act(&of_officer(&officer), case, Act::Keep { note: "sample".to_owned() }).await;
        }
    }

    /// One officer asks twice, in the same words, that a case be looked at again: one of those who were drawn first left the service meanwhile.
    async fn looked_at_twice(&self, number: usize) {
        let case = self.register_company(number).await;
        self.deliver().await;
        let convene = || Act::Convene { reason: COMPLAINT.to_owned() };
        self.act(&of_officer("O-0001"), case, convene()).await;
        self.tick();
        let officer = self.state(case).await.drawn(AGAIN)[0].clone();
        let leave = RosterAct::Leave { officer: officer.clone(), role: None, reason: "sample".to_owned() };
        self.keepers_agree(leave).await;
        self.act(&of_officer("O-0001"), case, convene()).await;
        for officer in self.state(case).await.drawn(AGAIN).iter().filter(|drawn| **drawn != officer) {
            self.app.clock.advance(SignedDuration::from_hours(1));
            self.act(&of_officer(officer), case, Act::Keep { note: "sample".to_owned() }).await;
        }
        self.deliver().await;
    }
}
