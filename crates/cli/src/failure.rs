//! One way from anything that went wrong to a person or a program: what, why, and what to do next.
//!
//! Must not know of: any one verb.

use std::error::Error;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use app::AppError;
use serde_json::json;

/// The answer is no: problems were found, a certificate does not hold.
pub const NO: u8 = 1;
/// The verb could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// Why a verb could not run.
#[derive(Debug)]
pub enum Failure {
    /// What went wrong, and what to do about it.
    Told { message: String, hint: String },
    /// Whoever read the output has gone, as `head` does: there is nobody to tell.
    NobodyReads,
}

impl Failure {
    /// What went wrong, and what to do about it.
    pub fn new(message: impl Display, hint: impl Display) -> Self {
        Self::Told { message: message.to_string(), hint: hint.to_string() }
    }

    /// Says it, and gives the exit code. People read the standard error; a program that asked for JSON finds an object where it looks for one.
    pub fn tell(self, voice: Voice) -> ExitCode {
        if let Self::Told { message, hint } = self {
            // Where nobody reads the standard error there is nobody to tell.
            drop(writeln!(std::io::stderr(), "error: {message}\nhint: {hint}"));
            voice.say_failed(&message, &hint);
        }
        ExitCode::from(COULD_NOT_RUN)
    }
}

/// In which form the caller reads answers, as the arguments say it: also where a verb could not make sense of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Human,
    Json,
    Sarif,
}

impl Voice {
    /// What the arguments ask for.
    pub fn of(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut voice = Self::Human;
        let mut is_format = false;
        for argument in arguments {
            let text = argument.to_string_lossy();
            voice = match (&*text, is_format) {
                ("--", _) => return voice,
                ("--json" | "--format=json", _) | ("json", true) => Self::Json,
                ("--format=sarif", _) | ("sarif", true) => Self::Sarif,
                _ => voice,
            };
            is_format = text == "--format";
        }
        voice
    }

    /// Says on the standard output that there is no answer.
    pub fn say_failed(self, message: &str, hint: &str) {
        let answer = match self {
            Self::Human => return,
            Self::Json => json!({ "error": message, "hint": hint }),
            Self::Sarif => json!({
                "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
                "version": "2.1.0",
                "runs": [{
                    "tool": { "driver": { "name": "panjereh", "version": env!("CARGO_PKG_VERSION") } },
                    "invocations": [{
                        "executionSuccessful": false,
                        "toolExecutionNotifications": [{ "level": "error", "message": { "text": format!("{message}; {hint}") } }],
                    }],
                    "results": [],
                }],
            }),
        };
        drop(writeln!(std::io::stdout(), "{answer:#}"));
    }
}

/// An error with everything that led to it.
pub fn whole(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let further = error.to_string();
        if !text.contains(&further) {
            text = format!("{text}: {further}");
        }
        cause = error.source();
    }
    text
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let hint = match &error {
            AppError::Unavailable(_) => {
                "see that the disk has room and that the database and the object store answer, then start again; nothing is half done"
            }
            AppError::Functions(_) => {
                "mend functions.yaml or the file of the zone that is named, then start again; nothing runs on a function that cannot work"
            }
            AppError::Internal(_) => {
                "what stands there is damaged or another zone's: compare the settings, or put a backup back with `panjereh restore`"
            }
            _ => "correct what is named, then start again; nothing is half done",
        };
        Self::new(error, hint)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::new(error, "see that the disk has room and may be written, then start again"),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        std::io::Error::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(arguments: &[&str]) -> Voice {
        Voice::of(arguments.iter().map(OsString::from))
    }

    #[test]
    fn the_form_is_read_even_from_arguments_that_make_no_sense() {
        assert_eq!(voice(&["check", "--format", "json"]), Voice::Json);
        assert_eq!(voice(&["check", "--format=sarif", "--what"]), Voice::Sarif);
        assert_eq!(voice(&["log", "verify", "--json"]), Voice::Json);
        assert_eq!(voice(&["check", "json"]), Voice::Human);
        assert_eq!(voice(&["check", "--", "--json"]), Voice::Human);
    }
}
