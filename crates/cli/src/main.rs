//! `panjereh`: the one binary. One verb, one file; its doc comment is its help.
//!
//! Must not know of: HTML, rules.

mod certificate;
mod check;
mod completions;
mod demo;
mod explain;
mod failure;
mod keys;
mod log;
mod log_reader;
mod rebuild;
mod rehearse;
mod running;
mod serve;
mod shared;
mod table;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Many small values live for the length of one request, on several threads: glibc's allocator took a fifth of the time of an act.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An open single window for free-trade zones: services are checked definitions, cases are recorded acts, and the record is a public log.
#[derive(Parser)]
#[command(name = "panjereh", version, max_term_width = 100)]
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
    Log(log::Log),
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    Rebuild(rebuild::Rebuild),
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Demo(verb) => verb.run(),
        Verb::Serve(verb) => verb.run(),
        Verb::Check(verb) => verb.run(),
        Verb::Explain(verb) => verb.run(),
        Verb::Rehearse(verb) => verb.run(),
        Verb::Table(verb) => verb.run(),
        Verb::Log(verb) => verb.run(),
        Verb::Certificate(verb) => verb.run(),
        Verb::Rebuild(verb) => verb.run(),
        Verb::Completions(verb) => verb.run(),
    };
    done.unwrap_or_else(Failure::tell)
}
