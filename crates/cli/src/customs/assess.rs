//! `panjereh customs assess`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::assess::{Accounted, Line, LineWritten, Obstacle, Policy, Reader, World, assess_accounted};
use customs::notification::Notification;
use customs::rates;
use customs::tariff::{self, Groups, Tariff};
use jiff::civil::Date;
use serde::Serialize;

use super::declared::Items;
use super::read::Refusal;
use crate::failure::{Failure, NO};
use crate::shared::{print_json, say, today};
use crate::tables;

/// Compute what a declaration owes, each figure with how it came about.
///
/// Exit codes: 0 done, 1 the declaration is refused or cannot be assessed, with every reason, 2 another file could not be read.
#[derive(Args)]
pub struct Assess {
    /// The declaration: WCO DEC XML, or an EDIFACT interchange with one CUSDEC message.
    file: PathBuf,
    #[command(flatten)]
    items: Items,
    /// The tariff: CSV with the columns commodity, origin, preference, procedure, tax, expression, valid_from, valid_to, and additional if there are such codes.
    #[arg(long)]
    tariff: PathBuf,
    /// Rates of exchange: CSV with the columns currency, rate, valid_from, valid_to; the rate is what one unit is worth.
    #[arg(long)]
    rates: Option<PathBuf>,
    /// Groups of countries: CSV with the columns group, country.
    #[arg(long)]
    groups: Option<PathBuf>,
    /// The jurisdiction's order of taxes.
    #[arg(long, default_value = "uk")]
    policy: String,
    /// What a free zone's goods accounts say of items that leave it: a JSON array of objects with `line`, as the accounts trace it, and `set`, a share of value added that a
    /// commission set.
    #[arg(long)]
    goods: Option<PathBuf>,
    /// The day that counts where the declaration says of none on which it was accepted; today without it.
    #[arg(long, value_name = "DATE")]
    day: Option<Date>,
    /// One array of objects, one for each item and tax.
    #[arg(long)]
    json: bool,
    /// The answer to the declaration, as WCO RES XML.
    #[arg(long, conflicts_with = "json")]
    answer: bool,
}

#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    line: LineWritten,
    why: Vec<String>,
}

impl Assess {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let policy = Policy::named(&self.policy).ok_or_else(|| {
            let names: Vec<&str> = Policy::all().iter().map(|policy| policy.name).collect();
            Failure::new(format!("there is no policy `{}`", self.policy), format!("there is {}", names.join(", ")))
        })?;
        let tariff: Tariff = tables::read(&self.tariff, tariff::read)?;
        let rates = self.rates.as_deref().map(|file| tables::read(file, rates::read)).transpose()?.unwrap_or_default();
        let groups =
            self.groups.as_deref().map(|file| tables::read(file, Groups::read)).transpose()?.unwrap_or_default();
        let accounted = self.goods.as_deref().map(accounted).transpose()?.unwrap_or_default();
        let declaration = match self.items.declared(&self.file)? {
            Ok(declaration) => declaration,
            Err(refused) => {
                self.tell_refused(&refused)?;
                return Ok(ExitCode::from(NO));
            }
        };
        let day = self.day.unwrap_or_else(today);
        let world = World { policy, tariff: &tariff, rates: &rates, groups: &groups, day };
        match assess_accounted(&declaration, &world, &accounted) {
            Ok(lines) if self.answer => say(Notification::due(&declaration, &lines, day).to_xml().trim_end())?,
            Ok(lines) if self.json => print_json(&lines.iter().map(|line| told(line, policy)).collect::<Vec<_>>())?,
            Ok(lines) => lines.iter().try_for_each(|line| tell(line, policy))?,
            Err(obstacles) => {
                self.tell_obstacles(&obstacles)?;
                return Ok(ExitCode::from(NO));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn tell_refused(&self, refused: &[Refusal]) -> Result<(), Failure> {
        match self.json {
            true => print_json(&serde_json::json!({ "refused": refused })),
            false => refused.iter().try_for_each(Refusal::tell),
        }
    }

    fn tell_obstacles(&self, obstacles: &[Obstacle]) -> Result<(), Failure> {
        if self.json {
            let list: Vec<_> = obstacles
                .iter()
                .map(|one| serde_json::json!({"item": one.item, "reason": one.fault.to_string(), "remedy": one.fault.help(Reader::Operator)}))
                .collect();
            return print_json(&serde_json::json!({ "obstacles": list }));
        }
        for one in obstacles {
            let item = if one.item == 0 { String::new() } else { format!("item {}: ", one.item) };
            say(format_args!("{}: {item}{}\n  {}", self.file.display(), one.fault, one.fault.help(Reader::Operator)))?;
        }
        Ok(())
    }
}

/// What goods accounts say, read.
fn accounted(file: &Path) -> Result<Vec<Accounted>, Failure> {
    serde_json::from_slice(&tables::bytes(file)?).map_err(|error| {
        let remedy = "write an array of objects such as {\"line\": {...}}; docs/customs.md describes them";
        Failure::new(format!("{}: {error}", file.display()), remedy)
    })
}

fn told(line: &Line, policy: &Policy) -> Told {
    Told { line: line.written(policy), why: line.why.iter().map(ToString::to_string).collect() }
}

fn tell(line: &Line, policy: &Policy) -> Result<(), Failure> {
    let (assessed, payable) = (policy.written(line.assessed), policy.written(line.payable));
    say(format_args!("item {} {}: {assessed} {}, payable {payable}", line.item, line.tax, line.currency))?;
    line.why.iter().try_for_each(|why| say(format_args!("  {why}")))
}
