//! `panjereh`: the one binary. One verb, one file; its doc comment is its help.
//!
//! Must not know of: HTML, rules.

// What is written may have no reader any more: `shared::say` takes that calmly, `println!` panics.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod accounts;
mod archive;
mod audit;
mod auditor;
mod backup;
mod certificate;
mod certificate_log;
mod check;
mod completions;
mod config;
mod customs;
mod demo;
mod disclose;
mod erase;
mod explain;
mod export;
mod extract;
mod failure;
mod fetch;
mod identity;
mod keys;
mod leftovers;
mod log;
mod log_reader;
mod lot;
mod lot_institution;
mod lots;
mod pack;
mod payments;
mod place;
mod policy;
mod rebuild;
mod rehearse;
mod restore;
mod risk;
mod running;
mod secret;
mod serve;
mod settings;
mod shared;
mod sole;
mod status;
mod table;
mod tables;
mod tariff;
mod trs;
mod trust;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{COULD_NOT_RUN, Failure, Voice};

/// Many small values live for the length of one request, on several threads: glibc's allocator took a fifth of the time of an act.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An open single window for free-trade zones: services are checked definitions, cases are recorded acts, and the record is a public log.
#[derive(Parser)]
#[command(
    name = "panjereh",
    version,
    max_term_width = 100,
    after_help = "Exit codes of every verb: 0 done, or nothing is wrong; 1 the answer is no (problems, a log that is not whole, a \
                  certificate that does not hold); 2 it could not run, and the standard error says why and what to do. \
                  With --json or --format json the standard output then holds an object with `error` and `hint`.\n\n\
                  First steps: `panjereh demo` for a look around, `panjereh check ZONE` while writing a service, \
                  `panjereh serve --help` to run a zone."
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Check(check::Check),
    Explain(explain::Explain),
    Rehearse(rehearse::Rehearse),
    #[command(subcommand)]
    Table(table::Table),
    #[command(subcommand)]
    Customs(customs::Customs),
    #[command(subcommand)]
    Tariff(tariff::Tariff),
    #[command(subcommand)]
    Risk(risk::Risk),
    #[command(subcommand)]
    Log(log::Log),
    #[command(subcommand)]
    Lot(lot::Lot),
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    Audit(audit::Audit),
    #[command(subcommand)]
    Auditor(auditor::Auditor),
    Disclose(disclose::Disclose),
    Trs(trs::Trs),
    Leftovers(leftovers::Leftovers),
    #[command(subcommand)]
    Export(export::Export),
    Pack(pack::Pack),
    #[command(subcommand)]
    Accounts(accounts::Accounts),
    #[command(subcommand)]
    Payments(payments::Payments),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Rebuild(rebuild::Rebuild),
    Witness(witness::Witness),
    Erase(erase::Erase),
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    let voice = Voice::of(std::env::args_os().skip(1));
    match Cli::try_parse() {
        Ok(cli) => run(cli.verb).unwrap_or_else(|failure| failure.tell(voice)),
        Err(usage) => {
            // The library's own words name the argument and point to --help. That nobody reads them changes nothing.
            drop(usage.print());
            if !usage.use_stderr() {
                return ExitCode::SUCCESS;
            }
            let text = usage.render().to_string();
            let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            voice.say_failed(first, "see `panjereh --help` for the verbs, and `panjereh VERB --help` for one");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(verb: Verb) -> Result<ExitCode, Failure> {
    match verb {
        Verb::Demo(verb) => verb.run(),
        Verb::Serve(verb) => verb.run(),
        Verb::Check(verb) => verb.run(),
        Verb::Explain(verb) => verb.run(),
        Verb::Rehearse(verb) => verb.run(),
        Verb::Table(verb) => verb.run(),
        Verb::Customs(verb) => verb.run(),
        Verb::Tariff(verb) => verb.run(),
        Verb::Risk(verb) => verb.run(),
        Verb::Log(verb) => verb.run(),
        Verb::Lot(verb) => verb.run(),
        Verb::Certificate(verb) => verb.run(),
        Verb::Audit(verb) => verb.run(),
        Verb::Auditor(verb) => verb.run(),
        Verb::Disclose(verb) => verb.run(),
        Verb::Trs(verb) => verb.run(),
        Verb::Leftovers(verb) => verb.run(),
        Verb::Export(verb) => verb.run(),
        Verb::Pack(verb) => verb.run(),
        Verb::Accounts(verb) => verb.run(),
        Verb::Payments(verb) => verb.run(),
        Verb::Backup(verb) => verb.run(),
        Verb::Restore(verb) => verb.run(),
        Verb::Rebuild(verb) => verb.run(),
        Verb::Witness(verb) => verb.run(),
        Verb::Erase(verb) => verb.run(),
        Verb::Completions(verb) => verb.run(),
    }
}
