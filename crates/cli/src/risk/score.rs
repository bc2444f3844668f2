//! `panjereh risk score`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::risk::{Block, Goal, Model, Rows};

use super::files;
use crate::failure::Failure;

/// How many rows are scored at once.
const BLOCK: usize = 1024;

/// Print the score of each row of a table, as CSV; with reasons, what moved it most. The model's SHA-256 goes to the standard error.
///
/// The model is one that risk-train wrote, or one that LightGBM saved (text, version 4). The table is CSV, or CSV packed with gzip, with a column for each of the
/// model's, in any order, and any others beside; an empty cell is a missing number, and so is `nan`, `na` or `null`; what is infinite is refused. A score is the same to the last bit wherever it is computed. With a model of
/// risk-train, `score` is what the trees say, `chance` the chance of fraud, and `expected` the chance times the duty at stake. Nothing is printed unless every row
/// can be scored. Exit codes: 0 done, 2 a file could not be read or has a fault.
#[derive(Args)]
pub struct Score {
    /// The table.
    data: PathBuf,
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// How many reasons to give for each score, at most 1000.
    #[arg(long, value_name = "COUNT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1000))]
    reasons: u16,
}

impl Score {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (model, hash) = files::model(&self.model)?;
        let data = files::text(&self.data)?;
        let fail = files::fault(&self.data);
        let columns: Vec<&str> = model.columns().collect();
        let mut rows = Rows::read(&data, &columns).map_err(&fail)?;
        // All or nothing: whoever reads rows that go on at a fault would take a part for the whole.
        let mut out = Vec::new();
        let reasons: String = (1..=self.reasons).map(|number| format!(",reason_{number},moved_{number}")).collect();
        writeln!(out, "line,score{}{reasons}", if model.is_whole() { ",chance,expected" } else { "" })?;
        let mut block = Block::default();
        while let Some(row) = rows.next_row().map_err(&fail)? {
            model.take(&row, &mut block).map_err(&fail)?;
            if block.lines().len() == BLOCK {
                self.tell(&model, &block, &mut out)?;
                block.clear();
            }
        }
        self.tell(&model, &block, &mut out)?;
        // Beside the rows, which go into a pipe; a closed channel for diagnostics holds nothing up.
        drop(writeln!(std::io::stderr(), "model: sha256 {hash}"));
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(&out)?;
        stdout.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    fn tell(&self, model: &Model, block: &Block, out: &mut impl Write) -> Result<(), Failure> {
        let frauds = model.scores(Goal::Fraud, block);
        let duties = if model.is_whole() { model.scores(Goal::Duty, block) } else { Vec::new() };
        let mut duties = duties.iter();
        for (at, (line, score)) in block.lines().iter().zip(&frauds).enumerate() {
            write!(out, "{line},{}", score.raw)?;
            if let Some(duty) = duties.next() {
                write!(out, ",{},", score.chance)?;
                duty.expected.map_or(Ok(()), |expected| write!(out, "{expected}"))?;
            }
            let reasons = if self.reasons > 0 { model.reasons(Goal::Fraud, block, at) } else { Vec::new() };
            for number in 0..usize::from(self.reasons) {
                match reasons.get(number) {
                    Some(reason) => {
                        write!(out, ",{},{}", quoted(&model.feature_name(reason.column)), reason.moved)?;
                    }
                    None => write!(out, ",,")?,
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A cell of CSV (RFC 4180, section 2).
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
