//! Looking again at what was decided: officers are drawn who mend it, revoke it, or let it stand.
//!
//! Must not know of: what comes before and after.

use engine::CaseId;
use engine::act::Act;
use engine::case::AGAIN;

use crate::history::Town;
use crate::people::{of_officer, text};

impl Town {
    /// Those who look at the case again, drawn when somebody asks for it.
    pub async fn again(&self, case: CaseId, asks: &str) -> Vec<String> {
        if self.state(case).await.drawn(AGAIN).is_empty() {
            self.act(&of_officer(asks), case, Act::Convene { reason: "sample".to_owned() }).await;
        }
        self.state(case).await.drawn(AGAIN).to_vec()
    }

    /// Officers who are drawn mend a name.
    pub async fn correct(&self, case: CaseId, fact: &str, value: &str) {
        for officer in &self.again(case, "O-0001").await {
            let (fact, value, reason) = (fact.to_owned(), text(value), "misspelt".to_owned());
            self.act(&of_officer(officer), case, Act::Correct { fact, value, reason }).await;
        }
    }

    pub async fn revoke(&self, case: CaseId) {
        for officer in &self.again(case, "O-0003").await {
            let (ground, note) = ("company-declaration".to_owned(), String::new());
            self.act(&of_officer(officer), case, Act::Revoke { ground, note }).await;
        }
    }

    /// What an officer decided is looked at again by those of the same desk, whoever asks, and stays.
    pub async fn keep(&self, case: CaseId) {
        for officer in &self.again(case, "O-0001").await {
            self.act(&of_officer(officer), case, Act::Keep { note: "sound".to_owned() }).await;
        }
    }
}
