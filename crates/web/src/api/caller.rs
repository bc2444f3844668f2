//! Who calls: the account of a bearer token (RFC 6750), and how often it may.
//!
//! Must not know of: what the caller may do.

use std::sync::Arc;

use app::{Account, AppError};
use axum::extract::{FromRequestParts, Path};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::misfit::{Misfit, Unfit};
use super::problem::{Problem, Wire};
use super::tree;
use crate::peer;
use crate::site::Site;

/// An account with a token that holds.
pub(crate) struct Caller(pub(crate) Arc<Account>);

/// Anybody: public things are not asked for more often than one address may.
pub(crate) struct Anybody;

impl FromRequestParts<Arc<Site>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        let Some(token) = token(parts) else {
            return Err(Wire::Token.into());
        };
        match site.app.bearer(token).await {
            Ok(account) => {
                site.limiter.take(&account.id)?;
                Ok(Self(account))
            }
            Err(AppError::SignedOut) => {
                Anybody::from_request_parts(parts, site).await?;
                Err(Wire::Token.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn token(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

impl FromRequestParts<Arc<Site>> for Anybody {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        if site.settings.rate_limit.is_some()
            && let Some(address) = peer::address(&parts.extensions, &parts.headers)
        {
            site.limiter.take(&format!("ip {}", peer::counted(address)))?;
        }
        Ok(Self)
    }
}

/// The parts of the path. What is not of their form is not there.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<Site>> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, site).await;
        path.map(|Path(path)| Self(path)).map_err(|_| Wire::Path.into())
    }
}

/// A request that takes no parameters has none.
pub(crate) struct NoParameters;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl FromRequestParts<Arc<Site>> for NoParameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        Query::<Nothing>::from_request_parts(parts, site).await.map(|Query(Nothing {})| Self)
    }
}

/// The parameters of the query: known ones only, each once.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Site>> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Problem> {
        let bad = |misfit| Problem::from(Wire::Parameter { misfit });
        // Any query is a list of pairs: what is no UTF-8 in it reads as the sign for that.
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let axum::extract::Query(pairs) = pairs.map_err(|_| bad(Misfit::new(Unfit::Other)))?;
        tree::of_texts(pairs).map(Self).map_err(bad)
    }
}
