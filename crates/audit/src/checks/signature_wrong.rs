//! A signature that stands with an officer's act is not the officer's, or is over another act.
//!
//! What an officer does is signed by their passkey, and the signature stands in the event: over the case, the number of events that they had
//! before their eyes, and the act itself. Made again from what was disclosed, it does not hold: the passkey was not the officer's at that moment,
//! the signature is over other bytes, or what was signed is not what is recorded: another act, another case, another definition, or the same act at
//! another moment, since a signature serves once. Somebody acted in the officer's name, or the record was changed afterwards.
//!
//! An act without a signature is not found here: zones say in the public log which acts are signed.

use std::ops::RangeInclusive;

use credential::passkey::{self, Assertion, RelyingParty};
use engine::CaseId;
use engine::case::{Digest, OfficerId};
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

/// What a signature must be over, and by whose passkey, besides the act itself.
pub(crate) struct Context<'a> {
    pub(crate) party: &'a RelyingParty,
    /// The roster at that moment.
    pub(crate) register: &'a Register,
    pub(crate) case: CaseId,
    /// How many of the case's events the officer can have had before their eyes.
    pub(crate) seen: RangeInclusive<u64>,
    /// Hash of the definition that the case runs under.
    pub(crate) definition: Digest,
}

/// A signature beside who acted and what they did.
pub(crate) fn check<A: DeserializeOwned + PartialEq>(
    at: At,
    context: &Context<'_>,
    signed: &Signed,
    acted: Option<(OfficerId, A)>,
    findings: &mut Findings,
) {
    if let Err(why) = holds(context, signed, acted) {
        findings.add(&CODE, at, why, "the officer's own signature over this act");
    }
}

fn holds<A: DeserializeOwned + PartialEq>(
    context: &Context<'_>,
    signed: &Signed,
    acted: Option<(OfficerId, A)>,
) -> Result<(), String> {
    let (officer, act) = acted.ok_or("a signature with an event that is no officer's act")?;
    let unread = |error: serde_json::Error| format!("a signed text that cannot be read: {error}");
    let text: ActText<A> = serde_json::from_str(&signed.act).map_err(unread)?;
    if text.case != context.case {
        return Err("a signature over an act in another case".to_owned());
    }
    if text.officer != officer || text.act != act {
        return Err("a signature over another act".to_owned());
    }
    if !context.seen.contains(&text.seen) {
        return Err(format!("a signature over the same act at another moment, when the case had {} events", text.seen));
    }
    if text.definition != context.definition {
        return Err("a signature over an act under another definition".to_owned());
    }
    let owned = context.register.owner(&signed.credential).filter(|(owner, _)| **owner == officer);
    let (_, key) = owned.ok_or("a passkey that is not the officer's")?;
    let parts = Assertion {
        authenticator_data: &signed.authenticator_data,
        client_data: signed.client_data.as_bytes(),
        signature: &signed.signature,
    };
    passkey::asserted(context.party, &challenge(&signed.act), &key.key, parts).map_err(|fault| fault.to_string())?;
    Ok(())
}
