//! One way from anything that went wrong to a person: what, why, and what to do next. Exit codes: 0 done, 1 the answer is no, 2 could not run.
//!
//! Must not know of: any one verb.

use std::fmt::Display;
use std::process::ExitCode;

use app::AppError;

/// The answer is no: problems were found, a certificate does not hold.
pub const NO: u8 = 1;
/// The verb could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// Why a verb could not run.
#[derive(Debug)]
pub struct Failure {
    message: String,
    hint: Option<String>,
}

impl Failure {
    /// What went wrong, and what to do about it.
    pub fn new(message: impl Display, hint: impl Display) -> Self {
        Self { message: message.to_string(), hint: Some(hint.to_string()) }
    }

    /// Says it, and gives the exit code.
    pub fn tell(self) -> ExitCode {
        eprintln!("error: {}", self.message);
        if let Some(hint) = self.hint {
            eprintln!("hint: {hint}");
        }
        ExitCode::from(COULD_NOT_RUN)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let hint = match &error {
            AppError::Unavailable(_) => {
                Some("see that the disk has room and the database answers, then start again; nothing is half done")
            }
            _ => None,
        };
        Self { message: error.to_string(), hint: hint.map(str::to_owned) }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self { message: error.to_string(), hint: None }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self { message: error.to_string(), hint: None }
    }
}
