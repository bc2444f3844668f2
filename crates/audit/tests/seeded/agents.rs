//! What is done in the history through agents: a company gives a mandate, its agent files, answers and withdraws, and it is revoked.
//!
//! Must not know of: audits.

use std::collections::BTreeSet;

use app::Draft;
use app::definition::value::Decimal;
use app::definition::value::Value;
use app::engine::act::Act;
use app::engine::mandate::{MandateAct, Principal};
use jiff::SignedDuration;

use crate::history::Town;
use crate::people::{code, document, facts, of_person, person, text};

impl Town {
    /// A company's dealings through an agent, who is the next person.
    pub async fn through_an_agent(&self, number: usize) {
        let (holder, agent) = (of_person(&person(number)), of_person(&person(number + 1)));
        let now = self.app.clock.now();
        let give = MandateAct::Give {
            principal: Principal { register: "companies".to_owned(), key: format!("C-T{number:03}") },
            agent: person(number + 1),
            services: BTreeSet::from(["premises-registration".to_owned()]),
            from: now,
            until: now.checked_add(SignedDuration::from_hours(24 * 365)).unwrap(),
        };
        self.tick();
        let mandate = self.app.act_on_mandate(&holder, None, &give, None).await.unwrap().case;
        self.tick();
        self.app.act_on_mandate(&agent, Some(mandate), &MandateAct::Accept, None).await.unwrap();
        let given = facts(vec![
            ("company", text(format!("C-T{number:03}"))),
            ("use", code("workshop")),
            ("address", text("sample street 3")),
            ("area", Value::Decimal(Decimal::from(90))),
            ("lease", document()),
        ]);
        let service = "premises-registration".to_owned();
        let draft = Draft { service, mandate: Some(mandate), facts: given, ..Draft::default() };
        self.tick();
        let case = self.app.submit(&agent, &draft, None).await.unwrap().case;
        self.ask(case, "address", "incomplete").await;
        let act = Act::Supply { facts: facts(vec![("address", text("sample street 4"))]) };
        self.act(&agent, case, act).await;
        self.act(&agent, case, Act::Withdraw { reason: "sample".to_owned() }).await;
        self.tick();
        self.app.act_on_mandate(&holder, Some(mandate), &MandateAct::Revoke, None).await.unwrap();
        self.tick();
    }
}
