//! `panjereh explain`.

use std::process::ExitCode;

use clap::Args;
use definition::codes;
use serde_json::json;

use crate::failure::Failure;
use crate::shared::{print_json, say};

/// Explain a problem's code at length, or list all codes.
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

impl Explain {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let object = |known: codes::Explanation| json!({ "code": known.code.id, "name": known.code.name, "text": known.text.trim() });
        match self.code {
            None if self.json => print_json(&codes::all().map(object).collect::<Vec<_>>())?,
            None => {
                let list: Vec<String> =
                    codes::all().map(|known| format!("{}  {}", known.code.id, known.code.name)).collect();
                say(list.join("\n"))?;
            }
            Some(code) => {
                let known = codes::explain(&code).ok_or_else(|| unknown(&code))?;
                if self.json {
                    print_json(&object(known))?;
                } else {
                    say(format_args!("{} {}\n\n{}", known.code.id, known.code.name, known.text.trim()))?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(code: &str) -> Failure {
    let upper = code.to_uppercase();
    let id = definition::nearest(&upper, codes::all().map(|known| known.code.id));
    let near = definition::nearest(code, codes::all().map(|known| known.code.name)).or(id);
    let all = "`panjereh explain` without a code lists them all";
    let hint = near.map_or(all.to_owned(), |near| format!("{near} was probably meant; {all}"));
    Failure::new(format!("there is no code {code}"), hint)
}
