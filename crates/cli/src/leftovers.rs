//! `panjereh leftovers`.

use std::path::PathBuf;
use std::process::ExitCode;

use app::{LeftoverFilter, LeftoverOf, LeftoverView, PaperKind, all_leftovers};
use clap::Args;
use jiff::Timestamp;

use crate::config::ConfigFile;
use crate::failure::Failure;
use crate::place::Place;
use crate::shared::{block_on, print_json, say};

/// List what is left over: papers of the zone's goods that do not write each other off.
///
/// A line of a cargo manifest by which less or more came in; a declaration by which nothing came in or was released yet; a release with whose pass nobody left, somebody left twice, or a load left that is lighter or
/// heavier than was released by more than the zone's tolerance; goods in transit that were not discharged. What the gates' telephones did not hand in yet is left
/// over until they do. The list needs the store alone and no keys, writes nothing, and the zone may run.
///
/// Exit codes: 0 done, whether anything is left over or not; 2 it could not run.
#[derive(Args)]
pub struct Leftovers {
    /// A folder that `panjereh demo` made.
    #[arg(conflicts_with = "config")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// Only of this kind of paper.
    #[arg(long, value_name = "KIND", value_parser = ["manifest", "declared", "released", "transit"])]
    paper: Option<String>,
    /// Only of goods of this owner: a company's key.
    #[arg(long, value_name = "KEY")]
    owner: Option<String>,
    /// What was settled, too.
    #[arg(long)]
    settled: bool,
    /// Print a list of JSON objects.
    #[arg(long)]
    json: bool,
}

impl Leftovers {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let kind = self.paper.as_deref().and_then(PaperKind::of_name);
        let filter = LeftoverFilter { kind, owner: self.owner.clone(), settled: self.settled };
        let left = block_on(async {
            let place = match &self.dir {
                Some(dir) => Place::demonstration(dir)?,
                None => self.config.read()?.place,
            };
            let store = place.existing_store().await?;
            let (mut left, mut after) = (Vec::new(), None);
            loop {
                let (part, next) = all_leftovers(&*store, &filter, after, Timestamp::now()).await?;
                left.extend(part);
                after = next;
                if after.is_none() {
                    return Ok::<_, Failure>(left);
                }
            }
        })?;
        if self.json {
            print_json(&left)?;
        } else {
            left.iter().try_for_each(|one| say(line(one)))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One of them, for a person. What people wrote may have any characters: none of them is to move the terminal's cursor.
fn line(of: &LeftoverView) -> String {
    let what = match &of.what {
        LeftoverOf::Manifest { line, .. } => format!("{}, line {}", line.manifest, line.line),
        LeftoverOf::Declared { reference, .. } => reference.clone().unwrap_or_default(),
        LeftoverOf::Released { loads, .. } | LeftoverOf::Transit { loads, .. } => {
            loads.iter().map(|load| format!("{} of {}", load.quantity, load.commodity)).collect::<Vec<_>>().join(", ")
        }
    };
    let paper = of.what.kind().name();
    let way = if of.settled.is_some() { "settled" } else { of.way.name() };
    let named = of.id.as_deref().unwrap_or_default().escape_debug();
    let (reference, owner) = (of.reference.as_deref().unwrap_or_default(), of.owner.as_deref().unwrap_or_default());
    format!("{paper}  {way}  {} days  {reference}  {named}  {}  {}", of.days, owner.escape_debug(), what.escape_debug())
}
