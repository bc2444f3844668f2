//! Officers who sign: the authenticators in their hands, in software.
//!
//! Must not know of: what they decide, audits.

use std::collections::BTreeMap;
use std::sync::Mutex;

use app::engine::CaseId;
use app::engine::act::Act;
use app::engine::roster::RosterAct;
use app::{Account, App, Assertion, ToSign};

use crate::people::of_officer;
use crate::soft::{Authenticator, Made};

/// The domain of the zone, and its address as browsers write it.
const PARTY: (&str, &str) = ("audited.invalid", "http://audited.invalid");

/// Whose authenticator is which.
#[derive(Default)]
pub struct Signers(Mutex<BTreeMap<String, Authenticator>>);

/// An authenticator of this number: of two kinds, by turns.
pub fn authenticator(number: u8) -> Authenticator {
    let made = if number.is_multiple_of(2) { Authenticator::ed25519 } else { Authenticator::es256 };
    made(number, PARTY.0, PARTY.1)
}

fn assertion(key: &Authenticator, to_sign: &ToSign) -> Assertion {
    let Made { authenticator_data, client_data, signature } = key.sign(&to_sign.challenge);
    Assertion { credential: key.id.clone(), authenticator_data, client_data, signature }
}

impl Signers {
    /// All officers register a passkey, and then two keepers, so that the roster is kept from then on.
    pub async fn begin(&self, app: &App) {
        let register = app.register();
        let (keepers, officers): (Vec<_>, Vec<_>) = register.officers.iter().partition(|(_, entry)| entry.keeper);
        let all = officers.into_iter().chain(keepers.into_iter().take(2));
        for (number, (officer, _)) in (1..).zip(all) {
            let key = authenticator(number);
            let (credential, public) = (key.id.clone(), key.cose_key());
            let name = "sample".to_owned();
            let act = RosterAct::AddPasskey { officer: officer.clone(), credential, key: public, name };
            app.act_on_roster(&of_officer(officer), &act, app.register().seq, None).await.unwrap();
            self.0.lock().unwrap().insert(officer.clone(), key);
        }
        assert!(app.register().is_kept());
    }

    /// The signature of an officer who has an authenticator.
    pub async fn sign(&self, app: &App, account: &Account, case: CaseId, act: &Act, seen: u64) -> Option<Assertion> {
        let officer = account.officer.as_ref().filter(|officer| self.0.lock().unwrap().contains_key(*officer))?;
        let to_sign = app.act_to_sign(account, case, act, seen).await.unwrap();
        Some(assertion(&self.0.lock().unwrap()[officer], &to_sign))
    }

    /// A keeper or officer changes the roster.
    pub async fn change_roster(&self, app: &App, by: &str, act: RosterAct) {
        let (account, seen) = (of_officer(by), app.register().seq);
        let to_sign = app.roster_act_to_sign(&account, &act, seen).unwrap();
        let assertion = assertion(&self.0.lock().unwrap()[by], &to_sign);
        app.act_on_roster(&account, &act, seen, Some(&assertion)).await.unwrap();
    }
}
