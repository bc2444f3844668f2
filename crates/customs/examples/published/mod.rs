//! The tariff of the United Kingdom as it was published, as the measurements read it.
//!
//! Must not know of: what is measured.

use std::path::Path;

use customs::tariff::{Groups, Tariff, import, read};

/// The member states of the European Union, which tariffs call 1013.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// The tariff among the data, with these further rows before it: a file with the column `additional`.
pub fn tariff(data: &Path, more: Option<&str>) -> Tariff {
    let text = std::fs::read_to_string(data.join("uk_global_tariff_2020-12-02.csv")).unwrap();
    let mut file = import::uk_global_tariff(&text, "2021-01-01").unwrap().file;
    if let Some(more) = more {
        // The import has no column for additional codes; here every row gets one.
        let with = |line: &str| if line.matches(',').count() == 7 { format!("{line},") } else { line.to_owned() };
        let import: Vec<String> = file.lines().skip(1).map(with).collect();
        file = more.lines().map(str::to_owned).chain(import).collect::<Vec<_>>().join("\n");
    }
    read(&file).unwrap_or_else(|problems| panic!("{problems:?}"))
}

pub fn groups() -> Groups {
    let mut groups = Groups::default();
    UNION.split(' ').for_each(|member| groups.add(member, "1013"));
    groups
}
