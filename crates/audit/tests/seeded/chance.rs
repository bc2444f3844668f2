//! Spot checks: a service in which chance decides whether an officer looks, beside those of the reference zone.
//!
//! Must not know of: audits, how a draw is done.

use std::collections::BTreeMap;

use app::definition::value::{Decimal, Value};
use app::engine::CaseId;
use app::engine::act::Act;

use crate::history::Town;
use crate::people::{of_person, person};

const SERVICE: &str = "service: spot-check
authority: zone-organisation
portal: free-zones
for: person
within: 20 workdays
facts:
  number: { concept: company.partners, ask: required, public: true }
stages:
  sample: { lot: { inspection: 40, release: 60 }, within: 1 workdays }
  inspection:
    officer: examiner
    within: 5 workdays
    overdue: release
    may: { release: release }
  release: { end: closed }
";
const WORDS: [&str; 7] = [
    "title",
    "summary",
    "fact-number",
    "stage-sample",
    "stage-inspection",
    "stage-release",
    "route-inspection-release",
];

/// The service's files.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let words = |word: &str| {
        let line = |key: &&str| match *key {
            "fact-number" => format!("fact-number = {word}\n    .hint = {word}\n"),
            key => format!("{key} = {word}\n"),
        };
        WORDS.iter().map(line).collect::<String>().into_bytes()
    };
    let file = |name: &str, bytes: Vec<u8>| (format!("services/spot-check/{name}"), bytes);
    let all = [
        file("service.yaml", SERVICE.as_bytes().to_vec()),
        file("fa.ftl", words("نمونه")),
        file("en.ftl", words("Sample")),
    ];
    all.into_iter().collect()
}

impl Town {
    /// Somebody is let go by lot, and at another time drawn for an inspection; then they withdraw and file again, which takes that over.
    pub async fn spot_checks(&self, number: usize) {
        let (mut released, mut drawn) = (false, None);
        while !released || drawn.is_none() {
            let case = self.filed(number).await;
            if self.state(case).await.ended.is_some() {
                released = true;
            } else if released {
                drawn = Some(case);
            } else {
                self.decide(case, "release", None).await;
            }
        }
        let Some(case) = drawn else { return };
        self.act(&of_person(&person(number)), case, Act::Withdraw { reason: String::new() }).await;
        let again = self.filed(number).await;
        assert_eq!(self.state(again).await.stage, "inspection");
        self.decide(again, "release", None).await;
    }

    async fn filed(&self, number: usize) -> CaseId {
        let facts = BTreeMap::from([("number".to_owned(), Value::Decimal(Decimal::from(3)))]);
        self.submit(&person(number), "spot-check", None, facts).await
    }
}
