//! `panjereh explain`.

use std::process::ExitCode;

use clap::Args;
use definition::codes;
use serde_json::json;

use crate::failure::Failure;
use crate::shared::{print_json, say};

/// Explain a code at length, of a problem in a definition (P) or a finding of an audit (A), or list all codes.
///
/// Exit codes: 0 done, 2 there is no such code.
#[derive(Args)]
pub struct Explain {
    /// The code (P110) or its name (unknown-name); all codes are listed without one.
    code: Option<String>,
    /// Print JSON: an object for a code, else a list of them.
    #[arg(long)]
    json: bool,
}

/// A code as it is explained.
struct Known {
    id: &'static str,
    name: &'static str,
    text: &'static str,
}

/// The codes of definitions, then those of audits.
fn all() -> impl Iterator<Item = Known> {
    let problems = codes::all().map(|known| Known { id: known.code.id, name: known.code.name, text: known.text });
    let checks = audit::checks::all().iter();
    problems.chain(checks.map(|check| Known { id: check.code.id, name: check.code.name, text: &check.page }))
}

impl Explain {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let object = |known: Known| json!({ "code": known.id, "name": known.name, "text": known.text.trim() });
        match self.code {
            None if self.json => print_json(&all().map(object).collect::<Vec<_>>())?,
            None => {
                let list: Vec<String> = all().map(|known| format!("{}  {}", known.id, known.name)).collect();
                say(list.join("\n"))?;
            }
            Some(code) => {
                let is_meant = |known: &Known| known.id.eq_ignore_ascii_case(&code) || known.name == code;
                let known = all().find(is_meant).ok_or_else(|| unknown(&code))?;
                if self.json {
                    print_json(&object(known))?;
                } else {
                    say(format_args!("{} {}\n\n{}", known.id, known.name, known.text.trim()))?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(code: &str) -> Failure {
    let upper = code.to_uppercase();
    let id = definition::nearest(&upper, all().map(|known| known.id));
    let near = definition::nearest(code, all().map(|known| known.name)).or(id);
    let hint_all = "`panjereh explain` without a code lists them all";
    let hint = near.map_or(hint_all.to_owned(), |near| format!("{near} was probably meant; {hint_all}"));
    Failure::new(format!("there is no code {code}"), hint)
}
