//! `panjereh auditor verify`.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use log::VerifierKey;
use record::audited::{AuditNote, Audited, Scope};
use serde_json::json;

use crate::failure::{Failure, NO};
use crate::shared::{print_json, say};

/// Check what an auditor signed: the auditor's signature, and that the log signed the tree that it is about.
///
/// That a note holds does not make what it says true: it says who is to be asked. Audit the log yourself to see.
///
/// Exit codes: 0 the note holds, 1 it does not, 2 it could not be read.
#[derive(Args)]
pub struct Verify {
    /// A file, or an address, such as `https://maku.example/api/v1/audits/SHA256`.
    note: String,
    /// The auditor's verifier key (name+id+base64), from the auditor.
    #[arg(long, value_name = "VKEY")]
    auditor: String,
    /// The log's verifier key, from a source that you trust.
    #[arg(long, value_name = "VKEY")]
    key: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let key = |text: &str, option: &str| -> Result<VerifierKey, Failure> {
            text.parse().map_err(|error| {
                Failure::new(format!("{option}: {error}"), "a key reads name+8 hexadecimal digits+base64")
            })
        };
        let (auditor, log) = (key(&self.auditor, "--auditor")?, key(&self.key, "--key")?);
        let bytes = super::note(&self.note)?;
        let why = match AuditNote::parse(&bytes) {
            Ok(note) if !note.is_of(&auditor) => format!("{auditor} did not sign it"),
            Ok(note) if !note.is_of_log(&log) => format!("{log} did not sign the checkpoint in it"),
            Ok(note) => return self.holds(&note, &auditor),
            Err(error) => error.to_string(),
        };
        if self.json {
            print_json(&json!({ "holds": false, "why": why }))?;
        } else {
            say(format_args!("the note does not hold: {why}"))?;
        }
        Ok(ExitCode::from(NO))
    }

    fn holds(&self, note: &AuditNote, auditor: &VerifierKey) -> Result<ExitCode, Failure> {
        let Audited { from, acts, erased, not_followed, outcomes, faults, remarks, program, .. } = &note.audited;
        let at = i64::try_from(note.audited.at_s).ok().and_then(|at_s| Timestamp::from_second(at_s).ok());
        let checkpoint = &note.checkpoint;
        if self.json {
            let found = note.audited.found.iter().map(|found| json!({ "code": found.code, "count": found.count }));
            print_json(&json!({
                "holds": true,
                "auditor": auditor.name(), "at": at.map(|at| at.to_string()), "program": program,
                "scope": scope(note.audited.scope), "origin": checkpoint.origin(), "size": checkpoint.size(),
                "root": checkpoint.root().to_string(), "from": from, "acts": acts, "erased": erased, "not_followed": not_followed,
                "outcomes_compared": outcomes,
                "faults": faults, "remarks": remarks, "found": found.collect::<Vec<_>>(),
            }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let at = at.map(|at| at.to_string()).unwrap_or_default();
        let (name, origin, size, root) = (auditor.name(), checkpoint.origin(), checkpoint.size(), checkpoint.root());
        say(format_args!("the note holds: {name} signed it, and {origin} the checkpoint in it"))?;
        say(format_args!("audited at {at} by {program}: {size} leaves, root {root}"))?;
        match note.audited.scope {
            Scope::Record => say(format_args!("the log and the record behind it: {acts} acts were done again"))?,
            Scope::Log => say("the public log alone")?,
        }
        if *from > 0 {
            say(format_args!("it went on from leaf {from}, where the audit before it stopped"))?;
        }
        say(format_args!(
            "not looked at: {erased} events that were erased, {not_followed} of cases that could not be followed"
        ))?;
        if note.audited.scope == Scope::Record {
            let not = if *outcomes { "" } else { "not " };
            say(format_args!("certificates, status lists, registers and figures were {not}compared with the cases"))?;
        }
        let found: Vec<String> =
            note.audited.found.iter().map(|found| format!("{} {} times", found.code, found.count)).collect();
        let found = if found.is_empty() { String::new() } else { format!(": {}", found.join(", ")) };
        say(format_args!("{faults} findings that the record is wrong, {remarks} remarks{found}"))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Log => "log",
        Scope::Record => "record",
    }
}
