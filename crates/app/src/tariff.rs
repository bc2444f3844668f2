//! The codes of goods: finding one by what goods are called, and what is due on goods of it today.
//!
//! Must not know of: how codes are found (`search`), what a duty comes to (`customs`).

use std::sync::Arc;

pub use customs::nomenclature::Entry as NomenclatureEntry;
use customs::nomenclature::is_code;
pub use customs::tariff::Measure;
use definition::value::{Date, fold_digits};
use jiff::tz::TimeZone;
use search::{Answer, Index, IndexFault};

use crate::{App, AppError};

/// Codes with what they are called; none where the operator named no nomenclature.
pub(crate) type Codes = Option<Arc<Index>>;

/// A code with its place in the nomenclature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// From the section, as far as it is known, to the code itself, which comes last.
    pub path: Vec<NomenclatureEntry>,
    /// What stands right under it, at most [`UNDER_MAX`]; nothing under a code that goods are declared with.
    pub under: Vec<NomenclatureEntry>,
}

/// The most that is shown under one code: no heading of the Harmonized System has as many.
pub const UNDER_MAX: usize = 500;

/// The measures that hold on a day, of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The table's file in the zone's folder.
    pub file: String,
    /// Its measures for a code.
    pub measures: Vec<Measure>,
}

impl App {
    /// The zone with a nomenclature in which people find codes.
    #[must_use]
    pub fn with_nomenclature(mut self, codes: Option<Index>) -> Self {
        self.codes = codes.map(Arc::new);
        self
    }

    /// Whether codes can be looked for here.
    pub fn has_nomenclature(&self) -> bool {
        self.codes.is_some()
    }

    /// The codes that fit a question best.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without a nomenclature; [`AppError::Internal`] where memory cannot be had.
    pub async fn find_codes(&self, query: &str, limit: usize) -> Result<Answer, AppError> {
        let codes = Arc::clone(self.codes.as_ref().ok_or(AppError::NotFound("nomenclature"))?);
        let query = query.to_owned();
        // A hostile question may take long, and nobody else is to wait for it.
        let found = tokio::task::spawn_blocking(move || codes.lookup(&query, limit)).await;
        let broken = |fault: IndexFault| AppError::Internal(fault.to_string());
        found.map_err(|error| AppError::Internal(error.to_string()))?.map_err(broken)
    }

    /// A code of the nomenclature.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where there is none such.
    pub fn code(&self, code: &str) -> Result<Code, AppError> {
        let codes = self.codes.as_ref().ok_or(AppError::NotFound("nomenclature"))?;
        let nomenclature = codes.nomenclature();
        let path: Vec<NomenclatureEntry> = nomenclature.path(code).into_iter().cloned().collect();
        if path.is_empty() || !is_code(code) {
            return Err(AppError::NotFound("code"));
        }
        let above = |entry: &&NomenclatureEntry| {
            nomenclature.path(&entry.code).iter().rev().nth(1).is_some_and(|up| up.code == code)
        };
        let under = nomenclature.beginning(code).skip(1).filter(above).take(UNDER_MAX).cloned().collect();
        Ok(Code { path, under })
    }

    /// What is due today on goods of a code, by each tariff that the zone's functions rest on; the day is the zone's.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn due(&self, code: &str) -> Result<(Date, Vec<Due>), AppError> {
        let zone = Arc::clone(self.definitions.zone().zone());
        let timezone = TimeZone::get(&zone.timezone).unwrap_or(TimeZone::UTC);
        let day = timezone.to_datetime(self.clock.now()).date();
        let code = fold_digits(code);
        let (mut due, mut seen) = (Vec::new(), Vec::new());
        for (name, function) in &zone.functions {
            let loaded = self.loaded(name, function).await?;
            let Some(tariff) = loaded.tariff() else { continue };
            let file = function.files.iter().find(|(file, _)| file.ends_with("tariff.csv"));
            let Some((file, hash)) = file.filter(|(_, hash)| !seen.contains(hash)) else { continue };
            seen.push(hash);
            due.push(Due { file: file.clone(), measures: tariff.due(&code, day).into_iter().cloned().collect() });
        }
        Ok((day, due))
    }
}
