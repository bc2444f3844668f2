//! `panjereh lot verify`.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use app::beacon::sheet::{SHEET_BYTES_MAX, Verdict, Wrong};
use app::beacon::{Chain, Sheet, Trust, drand};
use app::engine::lot::{Evidence, Ticket};
use clap::Args;
use serde_json::json;

use crate::failure::{Failure, NO};
use crate::log::proven_entry;
use crate::shared::{print_json, read_at_most, say};
use crate::trust::Trusted;

/// Do one draw again from what its case's page gives: who could be drawn, the random number and its proof, and what was fixed before.
///
/// A drand round is held against the chain's key (quicknet's is known; give others with --chain), proofs of two institutions against their keys.
/// With --log it also sees that the entry which fixed the draw stands in the public log.
///
/// Exit codes: 0 the draw is proven, 1 it is wrong or cannot be proven, 2 it could not be read.
#[derive(Args)]
pub struct Verify {
    /// The file from the case's page or the API; - reads the standard input.
    file: String,
    /// What a drand chain says of itself (its /info, as JSON), if you trust it. May be given several times.
    #[arg(long = "chain", value_name = "FILE")]
    chains: Vec<String>,
    /// The VRF key of an institution that you trust (64 hexadecimal digits); without any, the keys that the draw names are taken, and told.
    #[arg(long = "key", value_name = "HEX")]
    keys: Vec<String>,
    /// The public log's folder or URL, to see that the draw was fixed there.
    #[arg(long, value_name = "LOG", requires = "log_key")]
    log: Option<String>,
    /// The log's verifier key (name+id+base64), from a source that you trust.
    #[arg(long, value_name = "KEY", requires = "log")]
    log_key: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let trust = self.trust()?;
        let bytes = read(&self.file)?;
        let sheet = Sheet::read(&bytes).map_err(|wrong| {
            let hint = "give the file as the case's page offers it under \"How the officer was drawn\"";
            Failure::new(format!("{}: {wrong}", self.file), hint)
        })?;
        let verdict = sheet.verify(&trust);
        let in_log = self.is_in_log(&sheet)?;
        let proven = verdict == Ok(Verdict::Proven) && in_log != Some(false);
        let told = explain(&sheet, &verdict, in_log);
        if self.json {
            let tickets: Vec<Ticket> = sheet.draw.tickets();
            let index = sheet.fixed.as_ref().map(|fixed| fixed.index);
            let why = told.join("\n");
            print_json(&json!({
                "proven": proven, "right": verdict.is_ok(), "in_log": in_log, "seat": sheet.seat, "drawn": sheet.draw.drawn, "route": sheet.draw.route,
                "index": index, "tickets": tickets, "why": why,
            }))?;
        } else {
            say(told.join("\n"))?;
        }
        Ok(if proven { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }

    /// Whether the entry that fixed the draw is the log's; none when that was not asked, or nothing was fixed.
    fn is_in_log(&self, sheet: &Sheet) -> Result<Option<bool>, Failure> {
        let (Some(place), Some(fixed)) = (&self.log, &sheet.fixed) else { return Ok(None) };
        let entry = proven_entry(place, &Trusted::of_key(self.log_key.as_deref())?, fixed.index)?;
        Ok(Some(entry.bytes == fixed.leaf))
    }

    fn trust(&self) -> Result<Trust, Failure> {
        let known = Chain::quicknet().map_err(|error| Failure::new(error, "get the program anew: it is damaged"))?;
        let mut trust = Trust { chains: vec![known], keys: Vec::new() };
        for file in &self.chains {
            let bytes = read_at_most(Path::new(file), drand::JSON_BYTES_MAX)
                .map_err(|error| Failure::new(format!("{file}: {error}"), "name the file with the chain's /info"))?;
            let chain = Chain::read(&bytes).map_err(|error| {
                Failure::new(format!("{file}: {error}"), "fetch the chain's /info again, from a source that you trust")
            })?;
            trust.chains.push(chain);
        }
        for text in &self.keys {
            let mut key = [0_u8; 32];
            hex::decode_to_slice(text, &mut key)
                .map_err(|_| Failure::new(format!("{text} is no key"), "write 64 hexadecimal digits"))?;
            trust.keys.push(key);
        }
        Ok(trust)
    }
}

fn read(file: &str) -> Result<Vec<u8>, Failure> {
    let bytes = if file == "-" {
        let bound = u64::try_from(SHEET_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(bound).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        read_at_most(Path::new(file), SHEET_BYTES_MAX)
    };
    bytes.map_err(|error| {
        Failure::new(format!("{file}: {error}"), "name the file of the draw, or - for the standard input")
    })
}

fn explain(sheet: &Sheet, verdict: &Result<Verdict, Wrong>, in_log: Option<bool>) -> Vec<String> {
    let draw = &sheet.draw;
    if verdict.is_ok() && in_log == Some(false) {
        let index = sheet.fixed.as_ref().map_or(0, |fixed| fixed.index);
        let wrong = format!("wrong: entry {index} of the log is another one than the file says fixed the draw");
        return vec![format!("{wrong}; keep the file, and ask the zone and its auditors")];
    }
    let drawn = draw.names().map(String::as_str).collect::<Vec<_>>().join(", ");
    let mut told = vec![match verdict {
        Ok(Verdict::Proven) => format!("proven: {drawn} for {}", sheet.seat),
        Ok(Verdict::NotProvable) => format!(
            "not provable: the sums that lead to {drawn} for {} are right, but the zone drew with its own randomness, and nobody can see that it was \
             not chosen",
            sheet.seat
        ),
        Err(wrong) => format!("wrong: {wrong}; keep the file, and ask the zone and its auditors"),
    }];
    if verdict.is_err() {
        return told;
    }
    for ticket in draw.tickets() {
        let Ticket { number, total, ticket, drawn, .. } = ticket;
        told.push(format!("  {drawn}: number {number} divided by {total} leaves {ticket}"));
    }
    if draw.is_of_routes() {
        let total: u64 = draw.routes.iter().map(|share| u64::from(share.weight)).sum();
        let routes = draw.routes.iter().map(|share| format!("{} {} of {total}", share.route, share.weight));
        told.push(format!("  between {}", routes.collect::<Vec<_>>().join(", ")));
    }
    match draw.proof.as_ref().map(|proof| &proof.evidence) {
        Some(Evidence::Drand { chain, round, .. }) => told.push(format!("  by round {round} of drand chain {chain}")),
        Some(Evidence::Vrf { proofs }) => {
            told.extend(proofs.iter().map(|proof| format!("  by the institution with key {}", proof.key)));
        }
        None => {}
    }
    told.extend(sheet.fixed.as_ref().map(|fixed| match in_log {
        Some(_) => format!("  fixed before in entry {} of the log, which is there", fixed.index),
        None => format!(
            "  fixed before in entry {} of the log; give --log and --log-key to see that it is there",
            fixed.index
        ),
    }));
    told
}
