//! What PostgreSQL's errors mean to the caller.
//!
//! Must not know of: tables.

use std::error::Error as _;

use store::StoreError;
use tokio_postgres::Error;

/// Classes 22, 23, 42 and XX of SQLSTATE (<https://www.postgresql.org/docs/current/errcodes-appendix.html>) and failed conversions are
/// [`StoreError::Corrupt`]: what is there is not what was written. All else is [`StoreError::Unavailable`].
#[allow(clippy::needless_pass_by_value)] // fits `map_err`
pub fn fault(error: Error) -> StoreError {
    let text = explain(&error);
    let is_corrupt = match error.code() {
        Some(code) => ["22", "23", "42", "XX"].iter().any(|class| code.code().starts_with(class)),
        // A conversion's source is neither an input-output error nor absent.
        None => {
            !error.is_closed() && error.source().is_some_and(|source| source.is::<tokio_postgres::types::WrongType>())
        }
    };
    if is_corrupt { StoreError::Corrupt(text) } else { StoreError::Unavailable(text) }
}

/// The error with its cause; the driver's own text leaves it out.
pub fn explain(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(cause), _) => format!("{} ({})", cause.message(), cause.code().code()),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

/// The server answered: the connection stands and the transaction is known to be undone, unless the server ends the session.
pub fn is_answer(error: &Error) -> bool {
    error.as_db_error().is_some_and(|cause| !matches!(cause.severity(), "FATAL" | "PANIC"))
}
