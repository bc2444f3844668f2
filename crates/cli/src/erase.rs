//! `panjereh erase`.

use std::process::ExitCode;

use app::AppError;
use app::engine::refusal::Refusal;
use clap::Args;
use serde_json::json;

use crate::accounts::beside;
use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::shared::{block_on, print_json, say};

/// Erase the personal data of a case that is over, on a ground of law; the zone may be running.
///
/// What may be kept no longer by the definition is erased by the zone's clock and needs nobody. This erases all of it, before its time: what
/// people said of themselves and who applied, what officers and applicants wrote in their own words, and the documents that nobody else uses.
/// How the case moved, by which rules and on what grounds stays, and so does every proof: the public log keeps its commitments, and an entry
/// says that data was erased, of what kinds, when and on what ground. It cannot be undone. Backups made before still hold the data.
///
/// Exit codes: 0 done, 2 it could not run, and nothing was erased.
#[derive(Args)]
pub struct Erase {
    /// The case: its id or its reference.
    case: String,
    /// The ground of law, as law.csv names it; it must be in force, and one that the definition of the case's service names.
    #[arg(long)]
    ground: String,
    #[command(flatten)]
    config: ConfigFile,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Erase {
    pub fn run(self) -> Result<ExitCode, Failure> {
        block_on(self.erase())?;
        Ok(ExitCode::SUCCESS)
    }

    async fn erase(self) -> Result<(), Failure> {
        let Self { case: name, ground, config, json } = self;
        let app = beside(config.read()?).await?;
        let case = app.find_case(&name).await.map_err(|error| told(&name, error))?;
        let concepts = app.erase(case, Some(&ground)).await.map_err(|error| told(&name, error))?;
        // A zone that runs does it too, within a second; whoever comes second finds it done.
        if let Err(error) = app.scrub_if_due().await {
            let why = "the data is erased, but the database's files could not be written over now";
            return Err(Failure::new(format!("{why}: {error}"), "start the zone: it does so by itself"));
        }
        if json {
            return print_json(&json!({ "case": case.to_string(), "concepts": concepts, "ground": ground }));
        }
        say(format_args!("{case}: erased {}", concepts.join(", ")))?;
        say("make a new backup, and let those made before age out: they still hold the data")
    }
}

fn told(case: &str, error: AppError) -> Failure {
    match error {
        AppError::NotFound(_) => {
            Failure::new(format!("there is no case {}", case), "give its id, or its reference as its page shows it")
        }
        AppError::Refused(Refusal::NotOver { until }) => {
            let why = match until {
                Some(until) => format!("the end of {case} can be appealed against until {until}"),
                None => format!("{case} is open, or an appeal against its end is being heard"),
            };
            Failure::new(why, "erase it when nobody needs it any more to decide")
        }
        AppError::Refused(Refusal::NothingToErase) => {
            Failure::new(format!("{case} holds no personal data any more"), "there is nothing to do")
        }
        AppError::Refused(Refusal::WrongGround { ground, grounds }) => Failure::new(
            format!("{ground} is none of the grounds in force that the definition which {case} began under names"),
            format!(
                "give one of that definition: {}; an audit does the erasure again from it alone, so other grounds of law.csv do not do",
                grounds.join(", ")
            ),
        ),
        other => other.into(),
    }
}
