//! The officers' passkeys: one each, in software, which signs as WebAuthn says.
//!
//! Must not know of: what is signed, when.

#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "it is the tests' own, and here it serves as a device")]
#[path = "../../../../credential/tests/soft/mod.rs"]
mod soft;

use std::collections::BTreeMap;

use app::App;
use app::engine::act::Act;
use app::engine::signed::{ActText, challenge};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use soft::Authenticator;

use super::Failure;
use super::common::{BASE_URL, HOST};

/// Who acts in the cases that are measured.
const ROLE: &str = "examiner";

/// A passkey for each officer who acts. They sign with ES256, as most do, and do not count, as those that are copied between their owner's devices.
pub struct Passkeys(BTreeMap<String, Authenticator>);

impl Passkeys {
    /// Makes and registers them, as each officer would.
    pub async fn register(app: &App) -> Result<Self, Failure> {
        let mut keys = BTreeMap::new();
        let officers =
            app.accounts().await?.into_iter().filter(|account| account.roles.iter().any(|role| role == ROLE));
        for (account, seed) in officers.zip(1..) {
            let own = Authenticator::es256(seed, HOST, BASE_URL);
            let challenge = app.register_challenge(&account).await?;
            let (client_data, attestation) = own.register(&hex::decode(&challenge)?);
            let act = app.new_passkey(&account, &challenge, &client_data, &attestation, "software").await?;
            app.act_on_roster(&account, &act, app.register().seq, None).await?;
            keys.insert(account.id, own);
        }
        Ok(Self(keys))
    }

    /// The assertion over an act, as the API takes it.
    pub fn assertion(&self, text: &ActText<Act>) -> Result<Value, Failure> {
        let own = self.0.get(&text.officer).ok_or("the officer has no passkey")?;
        let made = own.sign(&challenge(&text.to_text()?));
        let base64 = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        Ok(json!({
            "credential": base64(&own.id),
            "authenticator_data": base64(&made.authenticator_data),
            "client_data": base64(made.client_data.as_bytes()),
            "signature": base64(&made.signature),
        }))
    }
}
