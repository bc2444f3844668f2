//! A signature that stands with an officer's act is not the officer's, or is over another act.
//!
//! What an officer does is signed by their passkey, and the signature stands in the event: over the case, the number of events that they had
//! before their eyes, and the act itself. Made again from what was disclosed, it does not hold: the passkey was not the officer's at that moment,
//! the signature is over other bytes, or the act that was signed is not the one that is recorded. Somebody acted in the officer's name, or the
//! record was changed afterwards.
//!
//! An act without a signature is not found here: zones say in the public log which acts are signed.

use credential::passkey::{self, Assertion, RelyingParty};
use engine::CaseId;
use engine::case::OfficerId;
use engine::roster::Register;
use engine::signed::{ActText, Signed, challenge};
use serde::de::DeserializeOwned;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A428",
    name: "signature-wrong",
    weight: Weight::Fault,
    en: "An officer's signature does not hold, or is over another act.",
    fa: "امضای یک کارشناس درست نیست یا بر اقدام دیگری است.",
};

/// A signature beside who acted and what they did, and the roster at that moment.
pub(crate) fn check<A: DeserializeOwned + PartialEq>(
    at: At,
    party: &RelyingParty,
    register: &Register,
    signed: &Signed,
    acted: Option<(OfficerId, A)>,
    findings: &mut Findings,
) {
    if let Err(why) = holds(&at, party, register, signed, acted) {
        findings.add(&CODE, at, why, "the officer's own signature over this act");
    }
}

fn holds<A: DeserializeOwned + PartialEq>(
    at: &At,
    party: &RelyingParty,
    register: &Register,
    signed: &Signed,
    acted: Option<(OfficerId, A)>,
) -> Result<(), String> {
    let (officer, act) = acted.ok_or("a signature with an event that is no officer's act")?;
    let text: ActText<A> = serde_json::from_str(&signed.act).map_err(|error| format!("a signed text that cannot be read: {error}"))?;
    if Some(text.case) != at.case.map(CaseId) {
        return Err("a signature over an act in another case".to_owned());
    }
    if text.officer != officer || text.act != act {
        return Err("a signature over another act".to_owned());
    }
    let owned = register.owner(&signed.credential).filter(|(owner, _)| **owner == officer);
    let (_, key) = owned.ok_or("a passkey that is not the officer's")?;
    let parts = Assertion {
        authenticator_data: &signed.authenticator_data,
        client_data: signed.client_data.as_bytes(),
        signature: &signed.signature,
    };
    passkey::asserted(party, &challenge(&signed.act), &key.key, parts).map_err(|fault| fault.to_string())?;
    Ok(())
}
