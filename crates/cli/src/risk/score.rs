//! `panjereh risk score`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use customs::risk::{Model, Rows, RowsFault};

use crate::failure::Failure;
use crate::shared::read_at_most;

/// The largest model and the largest table that are read: 512 MiB each.
const MAX_BYTES: usize = 512 << 20;

/// Print the score of each row of a table, as CSV; with reasons, which columns moved it most.
///
/// The model is one that LightGBM saved (text, version 4). The table is CSV with a column for each of the model's, in any order, and any others beside; an empty cell
/// is a missing number. A score is the same to the last bit wherever it is computed. Exit codes: 0 done, 2 a file could not be read.
#[derive(Args)]
pub struct Score {
    /// The table.
    data: PathBuf,
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// How many reasons to give for each score.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    reasons: usize,
}

impl Score {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let path = self.model.display();
        let model = Model::read(&text(&self.model)?).map_err(|problem| {
            Failure::new(format!("{path}: {problem}"), "name a model that LightGBM 4 saved as text, all of it")
        })?;
        let data = text(&self.data)?;
        let path = self.data.display();
        let fail = |fault: RowsFault| Failure::new(format!("{path}: {fault}"), fault.help());
        let rows = Rows::read(&data, model.columns()).map_err(fail)?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let header: String = (1..=self.reasons).map(|number| format!(",reason_{number},moved_{number}")).collect();
        writeln!(out, "line,score{header}")?;
        for row in rows {
            let (line, numbers) = row.map_err(fail)?;
            write!(out, "{line},{}", model.score(&numbers))?;
            if self.reasons > 0 {
                let reasons = model.reasons(&numbers);
                for at in 0..self.reasons {
                    let told =
                        reasons.get(at).and_then(|reason| Some((model.columns().get(reason.column)?, reason.moved)));
                    match told {
                        Some((column, moved)) => write!(out, ",{column},{moved}")?,
                        None => write!(out, ",,")?,
                    }
                }
            }
            writeln!(out)?;
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn text(path: &std::path::Path) -> Result<String, Failure> {
    let name = path.display();
    let bytes = read_at_most(path, MAX_BYTES)
        .map_err(|error| Failure::new(format!("{name}: {error}"), "name a file that can be read"))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!("{name}: byte {at} is not UTF-8"), "save the file as UTF-8")
    })
}
