//! `panjereh tariff search`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use customs::nomenclature::Entry;
use search::{Answer, Hit, How, Index, MAX_QUERY_CHARS, Place, Synonyms, TableProblem, Why};
use serde::Serialize;

use crate::failure::{Failure, NO};
use crate::shared::{print_json, say};
use crate::tables;

/// Find codes by what goods are called, in Persian or English, or by a code or its beginning.
///
/// Exit codes: 0 something is found, 1 nothing is found, 2 a file could not be read or has a fault.
#[derive(Args)]
pub struct Search {
    /// What the goods are called, or digits such as 8703.23.
    #[arg(required = true)]
    query: Vec<String>,
    /// A nomenclature: CSV with the columns code, parent, en, fa. Given several times, what a later one says of a code counts.
    #[arg(long, value_name = "FILE", required = true)]
    nomenclature: Vec<PathBuf>,
    /// Words that mean the same, instead of the list that is built in: CSV with the columns term, synonyms (with `;` between), language (en, fa or nothing).
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
    /// Past cases: CSV with the columns text, code.
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// How many codes are shown at most: 1 to 100000.
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = count)]
    limit: usize,
    /// One object, with a list of what was found.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    query: &'a str,
    /// Whether the question was too long, and its end was not read.
    cut: bool,
    hits: Vec<ToldHit<'a>>,
}

#[derive(Serialize)]
struct ToldHit<'a> {
    #[serde(flatten)]
    step: Step<'a>,
    priority: &'a str,
    score: f64,
    path: Vec<Step<'a>>,
    why: Vec<Reason<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    code: &'a str,
    en: &'a str,
    fa: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
enum Reason<'a> {
    Code,
    Accepted { times: usize },
    Word { asked: &'a str, found: &'a str, how: &'static str, r#in: &'static str },
}

/// How many codes somebody wants to see.
fn count(text: &str) -> Result<usize, &'static str> {
    let count = text.parse().ok().filter(|count| (1..=100_000).contains(count));
    count.ok_or("write a whole number, 1 to 100000")
}

impl Search {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let index = self.index()?;
        let query = self.query.join(" ");
        let answer = index.lookup(&query, self.limit).map_err(tables::broken)?;
        if answer.cut {
            let what = format!("only the first {MAX_QUERY_CHARS} characters were looked for");
            drop(writeln!(std::io::stderr(), "{what}"));
        }
        if self.json {
            print_json(&told(&query, &answer))?;
        } else if answer.hits.is_empty() {
            say("nothing is found: try a more general word, or the other language")?;
        } else {
            answer.hits.iter().try_for_each(tell)?;
        }
        Ok(if answer.hits.is_empty() { ExitCode::from(NO) } else { ExitCode::SUCCESS })
    }

    fn index(&self) -> Result<Index, Failure> {
        let synonyms = self.synonyms.as_deref().map(|file| table(file, search::read_synonyms)).transpose()?;
        let accepted = self.accepted.as_deref().map(|file| table(file, search::read_accepted)).transpose()?;
        let synonyms = synonyms.unwrap_or_else(Synonyms::own);
        let nomenclature = tables::nomenclature(&self.nomenclature)?;
        let index = Index::build(nomenclature, synonyms, &accepted.unwrap_or_default()).map_err(tables::broken)?;
        if index.left_out() > 0 {
            let what = format!("{} past cases have a code that the nomenclature has not", index.left_out());
            drop(writeln!(std::io::stderr(), "{what}"));
        }
        Ok(index)
    }
}

/// A small table's file, read.
fn table<T>(file: &Path, of: impl Fn(&str) -> Result<T, Vec<TableProblem>>) -> Result<T, Failure> {
    of(&tables::text(file)?)
        .map_err(|problems| tables::refused(file, problems.into_iter().map(|one| (one.line, one.fault))))
}

fn told<'a>(query: &'a str, answer: &'a Answer) -> Told<'a> {
    Told { query, cut: answer.cut, hits: answer.hits.iter().map(told_hit).collect() }
}

fn told_hit(hit: &Hit) -> ToldHit<'_> {
    let step = |entry| step(Some(entry));
    ToldHit {
        step: self::step(hit.entry()),
        priority: hit.entry().map(|entry| entry.priority.as_str()).unwrap_or_default(),
        // The rest is noise.
        score: (hit.score * 1000.0).round() / 1000.0,
        path: hit.path.iter().map(step).collect(),
        why: hit.why.iter().map(reason).collect(),
    }
}

fn step(entry: Option<&Entry>) -> Step<'_> {
    entry.map_or(Step { code: "", en: "", fa: "" }, |entry| Step { code: &entry.code, en: &entry.en, fa: &entry.fa })
}

fn reason(why: &Why) -> Reason<'_> {
    match why {
        Why::Code => Reason::Code,
        Why::Accepted { times } => Reason::Accepted { times: *times },
        Why::Word { asked, found, how, place } => Reason::Word {
            asked,
            found,
            how: match how {
                How::Same => "same",
                How::Synonym => "synonym",
                How::Spelling => "spelling",
            },
            r#in: match place {
                Place::Own => "own",
                Place::Above => "above",
                Place::Accepted => "accepted",
            },
        },
    }
}

fn tell(hit: &Hit) -> Result<(), Failure> {
    let named = |entry: &Entry| match (entry.fa.as_str(), entry.en.as_str()) {
        ("", name) | (name, "") => format!("{} {name}", entry.code),
        (fa, en) => format!("{} {fa} / {en}", entry.code),
    };
    say(hit.entry().map(named).unwrap_or_default())?;
    let above = hit.path.len().saturating_sub(1);
    let above: Vec<String> = hit.path.iter().take(above).map(named).collect();
    if !above.is_empty() {
        say(format_args!("  {}", above.join(" > ")))?;
    }
    let why: Vec<String> = hit.why.iter().map(in_words).collect();
    say(format_args!("  found by {}", why.join(", ")))
}

fn in_words(why: &Why) -> String {
    match why {
        Why::Code => "its code".to_owned(),
        Why::Accepted { times } => format!("what was accepted for the same text ({times})"),
        Why::Word { asked, how: How::Same, .. } => asked.clone(),
        Why::Word { asked, found, how: How::Synonym, .. } => format!("{asked} ({found} means the same)"),
        Why::Word { asked, found, how: How::Spelling, .. } => format!("{asked} (spelt {found})"),
    }
}
