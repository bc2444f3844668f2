//! `panjereh customs amend`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::amend::{Change, Kind, Request, Standing};
use customs::{MAX_MESSAGE_BYTES, Message, Problem};
use serde::Serialize;

use super::read::{Refusal, refusal};
use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say};

/// Apply amendments and a cancellation to the declaration that they concern, in their order, and say what changes.
///
/// A request is a WCO declaration with the function 13 and the kind COR or INV, the answer in which customs amends one (RES, function 07), or an EDIFACT interchange
/// with the function 1 or 5. It is applied as a whole or not at all. Exit codes: 0 all are applied, 1 one is refused, 2 a file could not be read.
#[derive(Args)]
pub struct Amend {
    /// The original declaration.
    original: PathBuf,
    /// What changes it, in order.
    #[arg(required = true)]
    requests: Vec<PathBuf>,
    /// Customs' reference of the original (MRN), so that a request to another declaration is refused.
    #[arg(long, value_name = "MRN", conflicts_with = "accepted")]
    id: Option<String>,
    /// The answer that accepted the original, which names customs' reference of it.
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// One object: the reference, whether it is cancelled, and every change.
    #[arg(long)]
    json: bool,
    /// The declaration as it stands afterwards, as WCO DEC XML.
    #[arg(long, conflicts_with = "json")]
    xml: bool,
}

#[derive(Serialize)]
struct Report {
    id: Option<String>,
    /// Whether the requests were held against customs' reference of the original.
    id_known: bool,
    cancelled: Option<Cancelled>,
    changes: Vec<Changed>,
    refused: Vec<Refusal>,
}

#[derive(Serialize)]
struct Cancelled {
    reason: Option<String>,
    words: Option<String>,
}

#[derive(Serialize)]
struct Changed {
    file: String,
    element: String,
    data_element: &'static str,
    change: &'static str,
    before: Option<String>,
    after: Option<String>,
    reason: Option<String>,
    words: Option<String>,
}

impl Amend {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut report =
            Report { id: None, id_known: false, cancelled: None, changes: Vec::new(), refused: Vec::new() };
        let standing = self.applied(&mut report)?;
        if let Some(standing) = &standing {
            report.id = standing.id().map(str::to_owned);
            report.cancelled =
                standing.cancelled().map(|why| Cancelled { reason: why.reason.clone(), words: why.words.clone() });
        }
        match standing {
            Some(standing) if self.xml => say(standing.to_xml().trim_end())?,
            _ if self.json => print_json(&report)?,
            _ => report.tell()?,
        }
        Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }

    /// The declaration after all requests; nothing if one of them is refused.
    fn applied(&self, report: &mut Report) -> Result<Option<Standing>, Failure> {
        let bytes = bytes(&self.original)?;
        let mut standing = match Standing::read(&bytes) {
            Ok(standing) => standing,
            Err(problems) => return Ok(refused(report, &self.original, &bytes, &problems)),
        };
        if let Some(id) = self.known_id()? {
            standing = standing.known_as(id);
        }
        report.id_known = standing.id().is_some();
        for file in &self.requests {
            let bytes = self::bytes(file)?;
            let amended = Request::read(&bytes).and_then(|request| standing.amend(&request));
            match amended {
                Ok((after, changes)) => {
                    standing = after;
                    report.changes.extend(changes.into_iter().map(|change| changed(file, change)));
                }
                Err(problems) => return Ok(refused(report, file, &bytes, &problems)),
            }
        }
        Ok(Some(standing))
    }

    fn known_id(&self) -> Result<Option<String>, Failure> {
        let Some(file) = &self.accepted else { return Ok(self.id.clone()) };
        let path = file.display();
        match customs::read(&bytes(file)?) {
            Ok(Message::Notification(answer)) if answer.declaration_id.is_some() => {
                Ok(answer.declaration_id.map(|id| id.value))
            }
            Ok(_) => Err(Failure::new(
                format!("{path} is no answer that names a declaration"),
                "name the answer that accepted the original, or give --id",
            )),
            Err(_) => {
                Err(Failure::new(format!("{path} is refused"), format!("`panjereh customs read {path}` says why")))
            }
        }
    }
}

impl Report {
    fn tell(&self) -> Result<(), Failure> {
        if !self.refused.is_empty() {
            return self.refused.iter().try_for_each(Refusal::tell);
        }
        for one in &self.changes {
            if one.change == "unpointed" {
                let given = one.after.as_deref().unwrap_or_default();
                say(format_args!(
                    "{} ({}) stays: the request gives {given}, and no pointer names it",
                    one.element, one.data_element
                ))?;
                continue;
            }
            let was = one.before.as_deref().map(|before| format!(" {before}")).unwrap_or_default();
            let now = one.after.as_deref().map(|after| format!(" {after}")).unwrap_or_default();
            let arrow = if one.before.is_some() && one.after.is_some() { " ->" } else { "" };
            say(format_args!("{} ({}) {}:{was}{arrow}{now}", one.element, one.data_element, one.change))?;
            let why = one.words.as_deref().or(one.reason.as_deref());
            why.map_or(Ok(()), |why| say(format_args!("  {why}")))?;
        }
        if let Some(why) = &self.cancelled {
            let words = why.words.as_deref().or(why.reason.as_deref()).unwrap_or("no reason given");
            say(format_args!("cancelled: {words}"))?;
        }
        if !self.id_known {
            say(
                "nobody said which reference customs gave the original (--id, --accepted): that the requests concern it was not checked",
            )?;
        }
        Ok(())
    }
}

/// Notes what is wrong with a file.
fn refused(report: &mut Report, file: &Path, bytes: &[u8], problems: &[Problem]) -> Option<Standing> {
    report.changes.clear();
    report.refused = problems.iter().map(|problem| refusal(file, bytes, problem)).collect();
    None
}

fn changed(file: &Path, change: Change) -> Changed {
    let word = match change.kind {
        Kind::Added => "added",
        Kind::Replaced => "replaced",
        Kind::Removed => "removed",
        Kind::Unpointed => "unpointed",
    };
    Changed {
        file: file.display().to_string(),
        element: change.path,
        data_element: change.id,
        change: word,
        before: change.before,
        after: change.after,
        reason: change.reason,
        words: change.words,
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(file, MAX_MESSAGE_BYTES)
        .map_err(|error| Failure::new(format!("{}: {error}", file.display()), "name a file of a message"))
}
