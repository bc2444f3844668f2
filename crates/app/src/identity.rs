//! Signing in through an identity provider (OpenID Connect, authorization code flow with PKCE): what is kept between going there and coming back,
//! and what has to hold before anybody is let in.
//!
//! Must not know of: cookies, pages. See `credential::openid` for what a token must say, `identity/people.rs` for whose account it opens.
//!
//! Going there writes one entry, under the digest of `state`, for ten minutes. Coming back strikes it before anything else is done, so that nothing
//! of it serves twice. Until the account's entries are written nothing is changed but that.

mod asking;
mod people;
mod provider;

use std::collections::BTreeMap;
use std::fmt;

use credential::openid::{Claims, Expected, OpenIdFault, Request, Tokens, verified};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Put;
use subtle::ConstantTimeEq;

use crate::accounts::{Account, secret};
use crate::{App, AppError};

pub use people::Joined;
pub(crate) use provider::Provider;

/// Entries of those who are on their way.
pub(crate) const START: &str = "identity-start";
/// How long somebody may take at the provider: a code by text message that comes late is waited for, and typed wrong once.
pub const START_LIVES: SignedDuration = SignedDuration::from_mins(10);

/// How applicants sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Applicants {
    /// By one-time links.
    #[default]
    Link,
    /// Through the identity provider alone.
    Provider,
    /// As they like.
    Either,
}

/// A secret that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub String);

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// An identity provider, and how this zone is known to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its issuer identifier: exactly as its tokens say.
    pub issuer: String,
    /// This zone's client id.
    pub client: String,
    /// This zone's client secret; none for a public client.
    pub secret: Option<ClientSecret>,
    /// What is asked for, with spaces between; `openid` among it.
    pub scopes: String,
    /// The claim that holds the person's id in the register of people.
    pub claim: String,
    /// What people know it as, by language; else the issuer's host.
    pub names: BTreeMap<String, String>,
}

/// Why a sign-in through the provider did not take place. It changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// It was not begun here, or in another browser, or was ended before.
    #[error("it was not begun in this browser, or was ended before")]
    State,
    /// It took too long.
    #[error("it took too long")]
    Expired,
    /// The person declined, or the provider does not let them.
    #[error("it was declined at the provider")]
    Denied,
    /// The provider says that something is wrong: its code for it (RFC 6749, sections 4.1.2.1 and 5.2).
    #[error("the provider says {0}")]
    Said(String),
    /// The provider cannot be reached.
    #[error("the provider cannot be reached: {0}")]
    Away(String),
    /// What the provider says does not hold.
    #[error(transparent)]
    Fault(#[from] OpenIdFault),
    /// The provider did not say who the person is in the register.
    #[error("the provider gives no claim {0} that is a person's id")]
    NoPerson(String),
    /// The account is no applicant's.
    #[error("the account is no applicant's")]
    NotApplicant,
    /// The account is joined to another identity, or the identity to another account.
    #[error("the person is joined to another identity")]
    Taken,
    /// Applicants sign in through the provider, and by no link.
    #[error("applicants sign in through the provider")]
    Needed,
}

/// Somebody who is to be sent to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where to.
    pub address: String,
    /// What their browser must keep until they are back, and nobody else may know.
    pub browser: String,
}

/// What a browser brings back from the provider (RFC 6749, section 4.1.2; RFC 9207).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Which sign-in.
    pub state: String,
    /// What the tokens are got for.
    pub code: Option<String>,
    /// Why there is none.
    pub error: Option<String>,
    /// Who answers.
    pub issuer: Option<String>,
}

/// Somebody who was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetIn {
    /// The secret of their session.
    pub session: String,
    /// Where they wanted to go.
    pub to: String,
}

/// What is kept of somebody on their way.
#[derive(Serialize, Deserialize)]
struct Start {
    /// The digest of what their browser keeps.
    browser: String,
    nonce: String,
    verifier: String,
    /// Where the provider sends them back to.
    redirect: String,
    to: String,
    until: Timestamp,
}

impl App {
    /// Joins an identity provider, and sets how applicants sign in.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the issuer is no address that is safe to use, or nothing can be asked over the network.
    pub fn with_identity(mut self, identity: Option<Identity>, applicants: Applicants) -> Result<Self, AppError> {
        self.identity = identity.map(Provider::new).transpose()?;
        self.applicants = applicants;
        Ok(self)
    }

    /// The identity provider, if one is joined.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref().map(Provider::settings)
    }

    /// How applicants sign in.
    pub fn applicants(&self) -> Applicants {
        self.applicants
    }

    /// Asks the provider who it is, so that what is wrong with the settings shows before somebody signs in.
    ///
    /// # Errors
    /// [`AppError::Identity`].
    pub async fn look_at_provider(&self) -> Result<(), AppError> {
        let provider = self.provider()?;
        let discovered = provider.discovered(self.clock.now()).await?;
        provider.keys(&discovered, self.clock.now()).await?;
        Ok(())
    }

    /// Begins a sign-in through the provider, which is to send the browser back to `redirect`; afterwards it goes on to `to`.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without a provider; [`AppError::Identity`] when it cannot be reached or used.
    pub async fn begin_identity(&self, redirect: &str, to: &str) -> Result<Sent, AppError> {
        let provider = self.provider()?;
        let now = self.clock.now();
        let discovered = provider.discovered(now).await?;
        let (browser, state) = (secret()?, secret()?);
        let start = Start {
            browser: digest(&browser),
            nonce: secret()?,
            verifier: secret()?,
            redirect: redirect.to_owned(),
            to: to.to_owned(),
            until: now.checked_add(START_LIVES).unwrap_or(Timestamp::MAX),
        };
        let settings = provider.settings();
        let request = Request {
            client: &settings.client,
            redirect,
            scopes: &settings.scopes,
            state: &state,
            nonce: &start.nonce,
            verifier: &start.verifier,
        };
        let address = request.address(&discovered);
        let put = Put {
            kind: START.to_owned(),
            key: digest(&state),
            owner: None,
            body: Some(serde_json::to_vec(&start)?),
            expected: Some(0),
        };
        self.store.put(vec![put]).await?;
        Ok(Sent { address, browser })
    }

    /// Ends a sign-in: lets the person in whom the provider vouches for.
    ///
    /// # Errors
    /// [`AppError::Identity`]; nobody is let in then, and no account is made or changed.
    pub async fn end_identity(&self, browser: Option<&str>, answer: &Answer) -> Result<LetIn, AppError> {
        let provider = self.provider()?;
        let start = self.strike_start(browser, &answer.state).await?;
        let claims = self.vouched(provider, &start, answer).await.inspect_err(|error| {
            tracing::warn!(%error, "a sign-in through the identity provider was refused");
        })?;
        let account = self.joined(provider.settings(), &claims).await?;
        let session = self.open_session_through(&account.id, Some(provider.settings().issuer.clone())).await?;
        Ok(LetIn { session, to: start.to })
    }

    /// Ends a session, whatever the provider says or does not say; then, where it came through the provider, finds where the browser signs out there,
    /// too. The provider sends it back to `back`.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn sign_out_everywhere(&self, session: &str, back: &str) -> Result<Option<String>, AppError> {
        let through = self.session_through(session).await.ok().flatten();
        self.sign_out(session).await?;
        Ok(match through {
            Some(through) => self.provider_sign_out(&through, back).await,
            None => None,
        })
    }

    async fn provider_sign_out(&self, through: &str, back: &str) -> Option<String> {
        let provider = self.provider().ok()?;
        let settings = provider.settings();
        let discovered = provider.discovered(self.clock.now()).await.ok().filter(|_| through == settings.issuer)?;
        // RP-Initiated Logout 1.0, section 2: without a hint of the ID token, which is not kept, the provider asks the person.
        let query = [("client_id", settings.client.as_str()), ("post_logout_redirect_uri", back)];
        let end = discovered.end_session.as_ref()?;
        let joint = if end.contains('?') { '&' } else { '?' };
        Some(format!("{end}{joint}{}", credential::openid::form(query)))
    }

    /// Refuses an applicant who comes by a link where they must come through the provider. Officers need a link for their first passkey.
    pub(crate) fn may_come_by_link(&self, account: &Account) -> Result<(), AppError> {
        let through_provider = self.applicants == Applicants::Provider && account.person.is_some();
        if through_provider && account.officer.is_none() { Err(IdentityError::Needed.into()) } else { Ok(()) }
    }

    fn provider(&self) -> Result<&Provider, AppError> {
        self.identity.as_ref().ok_or(AppError::NotFound("page"))
    }

    /// What was kept of the sign-in that comes back, which is struck by that. One that another browser began is left to that one.
    async fn strike_start(&self, browser: Option<&str>, state: &str) -> Result<Start, AppError> {
        let entry = self.entry(START, &digest(state)).await?.ok_or(IdentityError::State)?;
        let start: Start = serde_json::from_slice(&entry.body)?;
        let own = digest(browser.unwrap_or_default());
        if !bool::from(own.as_bytes().ct_eq(start.browser.as_bytes())) {
            return Err(IdentityError::State.into());
        }
        let (kind, key, expected) = (START.to_owned(), entry.key, Some(entry.version));
        match self.store.put(vec![Put { kind, key, owner: None, body: None, expected }]).await {
            Err(store::StoreError::Stale { .. }) => return Err(IdentityError::State.into()),
            other => other?,
        }
        if start.until > self.clock.now() { Ok(start) } else { Err(IdentityError::Expired.into()) }
    }

    /// What the provider vouches for, in answer to this sign-in.
    async fn vouched(&self, provider: &Provider, start: &Start, answer: &Answer) -> Result<Vouched, IdentityError> {
        let settings = provider.settings();
        let other = |issuer: &String| *issuer != settings.issuer;
        if answer.issuer.as_ref().is_some_and(other) {
            return Err(OpenIdFault::Issuer.into());
        }
        // Of an error, too, a provider that says that it does so says that it is its own (RFC 9207, section 2.4).
        let discovered = provider.discovered(self.clock.now()).await?;
        if discovered.says_issuer && answer.issuer.is_none() {
            return Err(OpenIdFault::Issuer.into());
        }
        match (answer.error.as_deref(), &answer.code) {
            (Some("access_denied"), _) => return Err(IdentityError::Denied),
            (Some(code), _) => return Err(IdentityError::Said(provider::code(code))),
            (None, None) => return Err(IdentityError::Said("no_code".to_owned())),
            (None, Some(_)) => {}
        }
        let code = answer.code.as_deref().unwrap_or_default();
        let tokens = provider.exchange(&discovered, code, &start.redirect, &start.verifier).await?;
        let Tokens { id_token, access_token } = &tokens;
        let expected = Expected {
            issuer: &settings.issuer,
            client: &settings.client,
            nonce: &start.nonce,
            access_token,
            algorithms: &discovered.algorithms,
            now_s: self.clock.system().as_second(),
        };
        let keys = provider.keys(&discovered, self.clock.now()).await?;
        let claims = match verified(id_token, &keys, expected) {
            // The provider may have a new key since.
            Err(OpenIdFault::UnknownKey) => {
                let keys = provider.keys_anew(&discovered, self.clock.now()).await?;
                verified(id_token, &keys, expected)?
            }
            other => other?,
        };
        let more = provider.more(&discovered, access_token, &claims).await?;
        Ok(Vouched { claims, more })
    }
}

/// What a provider vouches for: the ID token's claims, and those of the userinfo endpoint where the token lacks some.
pub(crate) struct Vouched {
    claims: Claims,
    more: Option<Claims>,
}

impl Vouched {
    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.text(claim).or_else(|| self.more.as_ref()?.text(claim))
    }
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
