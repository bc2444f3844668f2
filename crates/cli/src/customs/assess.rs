//! `panjereh customs assess`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::assess::{Line, Obstacle, Policy, World, assess};
use customs::declaration::Declaration;
use customs::notification::Notification;
use customs::rates;
use customs::tariff::{self, Groups, Tariff};
use customs::{MAX_MESSAGE_BYTES, Message};
use jiff::civil::Date;
use serde::Serialize;

use crate::failure::{Failure, NO};
use crate::shared::{print_json, read_at_most, say, today};
use crate::tables;

/// Compute what a declaration owes, each figure with how it came about.
///
/// Exit codes: 0 done, 1 the declaration cannot be assessed, 2 a file could not be read.
#[derive(Args)]
pub struct Assess {
    /// The declaration, WCO DEC XML.
    file: PathBuf,
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
struct Told<'a> {
    item: u32,
    tax: &'a str,
    base: Option<String>,
    rate: Option<String>,
    deduct: String,
    assessed: String,
    payable: String,
    currency: &'a str,
    why: &'a [String],
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
        let declaration = self.declaration()?;
        let day = self.day.unwrap_or_else(today);
        let world = World { policy, tariff: &tariff, rates: &rates, groups: &groups, day };
        match assess(&declaration, &world) {
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

    fn declaration(&self) -> Result<Declaration, Failure> {
        let path = self.file.display();
        let bytes = read_at_most(&self.file, MAX_MESSAGE_BYTES)
            .map_err(|error| Failure::new(format!("{path}: {error}"), "name a declaration's file"))?;
        match customs::read(&bytes) {
            Ok(Message::Declaration(declaration)) => Ok(*declaration),
            Ok(Message::Notification(_)) => {
                Err(Failure::new(format!("{path} is an answer"), "name the declaration that it answers"))
            }
            Err(problems) => Err(Failure::new(
                format!("{path} is refused"),
                format!("`panjereh customs read {path}` says why ({} reasons)", problems.len()),
            )),
        }
    }

    fn tell_obstacles(&self, obstacles: &[Obstacle]) -> Result<(), Failure> {
        if self.json {
            let list: Vec<_> = obstacles
                .iter()
                .map(|one| serde_json::json!({"item": one.item, "reason": one.fault.to_string(), "remedy": one.fault.help()}))
                .collect();
            return print_json(&serde_json::json!({ "obstacles": list }));
        }
        for one in obstacles {
            let item = if one.item == 0 { String::new() } else { format!("item {}: ", one.item) };
            say(format_args!("{}: {item}{}\n  {}", self.file.display(), one.fault, one.fault.help()))?;
        }
        Ok(())
    }
}

fn told<'a>(line: &'a Line, policy: &Policy) -> Told<'a> {
    Told {
        item: line.item,
        tax: &line.tax,
        base: line.base.map(|base| policy.written(base)),
        rate: line.rate.map(|rate| rate.normalize().to_string()),
        deduct: policy.written(line.deduct),
        assessed: policy.written(line.assessed),
        payable: policy.written(line.payable),
        currency: &line.currency,
        why: &line.why,
    }
}

fn tell(line: &Line, policy: &Policy) -> Result<(), Failure> {
    let (assessed, payable) = (policy.written(line.assessed), policy.written(line.payable));
    say(format_args!("item {} {}: {assessed} {}, payable {payable}", line.item, line.tax, line.currency))?;
    line.why.iter().try_for_each(|why| say(format_args!("  {why}")))
}
