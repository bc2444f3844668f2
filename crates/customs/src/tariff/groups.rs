//! Groups of countries that measures name by their code, such as `1013`.
//!
//! Must not know of: measures.

use std::collections::BTreeMap;

use crate::table::{RowFault, RowProblem, rows, short};

/// The groups of each country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups(BTreeMap<String, Vec<String>>);

impl Groups {
    /// Reads a table with the columns `group` and `country`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<RowProblem>> {
        let pairs = rows(text, &["group", "country"], &[], |row| {
            let (group, country) = (row.cell("group"), row.cell("country"));
            let named = |text: &str, range: std::ops::RangeInclusive<usize>| {
                range.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            };
            match (named(group, 3..=4), named(country, 2..=2)) {
                (true, true) => Ok((country.to_owned(), group.to_owned())),
                (true, false) => Err(RowFault::Origin { text: short(country) }),
                (false, _) => Err(RowFault::Origin { text: short(group) }),
            }
        })?;
        let mut groups = Self::default();
        for (country, group) in pairs {
            groups.add(&country, &group);
        }
        Ok(groups)
    }

    /// Adds a country to a group.
    pub fn add(&mut self, country: &str, group: &str) {
        self.0.entry(country.to_owned()).or_default().push(group.to_owned());
    }

    /// The groups that a country belongs to.
    #[must_use]
    pub fn of(&self, country: &str) -> &[String] {
        self.0.get(country).map_or(&[], Vec::as_slice)
    }
}
