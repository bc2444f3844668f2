//! The heads of a national book's columns, in Persian and English, and where each stands.
//!
//! Must not know of: what stands under them.

use csv::StringRecord;
use definition::value::fold_key;

use super::BookFault;
use crate::table::short;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Code,
    Persian,
    English,
    /// حقوق گمرکی
    CustomsDuty,
    /// سود بازرگانی
    CommercialProfit,
    /// حقوق ورودی, which is the sum of the two.
    ImportDuty,
    Priority,
    ValidFrom,
    ValidTo,
}

use Column::{Code, CommercialProfit, CustomsDuty, English, ImportDuty, Persian, Priority, ValidFrom, ValidTo};

/// The heads that a column may have, folded as [`folded`] folds them; the first is the one that messages name.
const HEADS: [(Column, &[&str]); 9] = [
    (Code, &["کد تعرفه", "تعرفه", "شماره تعرفه", "ردیف تعرفه", "کد", "code", "hs code", "tariff code", "commodity"]),
    (
        Persian,
        &[
            "شرح",
            "شرح کالا",
            "شرح فارسی",
            "نام",
            "نام کالا",
            "نام فارسی",
            "fa",
            "persian",
            "persian name",
            "persian description",
        ],
    ),
    (
        English,
        &["شرح انگلیسی", "نام انگلیسی", "شرح لاتین", "نام لاتین", "en", "english", "english name", "english description"],
    ),
    (CustomsDuty, &["حقوق گمرکی", "customs duty", "duty"]),
    (CommercialProfit, &["سود بازرگانی", "commercial profit", "commercial benefit"]),
    (ImportDuty, &["حقوق ورودی", "import duty", "import duties"]),
    (Priority, &["گروه اولویت", "اولویت", "گروه کالایی", "priority group", "priority"]),
    (ValidFrom, &["معتبر از", "اعتبار از", "valid from"]),
    (ValidTo, &["معتبر تا", "اعتبار تا", "valid to"]),
];

/// Where each column stands.
#[derive(Debug)]
pub(super) struct Heads {
    places: Vec<(Column, usize)>,
}

impl Heads {
    /// Reads the first row. Columns that say nothing to us (notes, units) are passed over, unless they are named like one that does.
    pub(super) fn read(header: &StringRecord) -> Result<Self, BookFault> {
        let mut places = Vec::<(Column, usize)>::new();
        for (at, head) in header.iter().enumerate() {
            let Some(column) = column(head) else { continue };
            if places.iter().any(|(known, _)| *known == column) {
                return Err(BookFault::TwiceColumn { column: name(column) });
            }
            places.push((column, at));
        }
        let heads = Self { places };
        if heads.has(ImportDuty) && !heads.has(CustomsDuty) && !heads.has(CommercialProfit) {
            return Err(BookFault::OnlySum);
        }
        for column in [Code, CustomsDuty, CommercialProfit] {
            if !heads.has(column) {
                let nearest = header.iter().find(|head| like(head, column)).map(short);
                return Err(BookFault::NoColumn { column: name(column), nearest });
            }
        }
        if !heads.has(Persian) && !heads.has(English) {
            return Err(BookFault::NoColumn { column: name(Persian), nearest: None });
        }
        Ok(heads)
    }

    fn has(&self, column: Column) -> bool {
        self.places.iter().any(|(known, _)| *known == column)
    }

    /// A row's cell under a column, trimmed; empty if there is none.
    pub(super) fn cell<'r>(&self, row: &'r StringRecord, column: Column) -> &'r str {
        let place = self.places.iter().find(|(known, _)| *known == column);
        place.and_then(|(_, at)| row.get(*at)).unwrap_or_default().trim()
    }
}

/// How many heads of a row are known: by it the separator of the file is chosen.
pub(super) fn known(header: &StringRecord) -> usize {
    header.iter().filter(|head| column(head).is_some()).count()
}

/// What a column is called in a message.
pub(super) fn name(column: Column) -> &'static str {
    HEADS.iter().find(|(known, _)| *known == column).and_then(|(_, heads)| heads.first()).copied().unwrap_or_default()
}

fn column(head: &str) -> Option<Column> {
    let head = folded(head);
    HEADS.iter().find(|(_, heads)| heads.contains(&head.as_str())).map(|(column, _)| *column)
}

/// Whether a head that is not known is written almost like one of this column.
fn like(head: &str, column: Column) -> bool {
    let known = HEADS.iter().filter(|(known, _)| *known == column).flat_map(|(_, heads)| heads.iter().copied());
    !head.trim().is_empty() && self::column(head).is_none() && definition::nearest(&folded(head), known).is_some()
}

/// A head with Persian letters and small Latin ones, and one space wherever it has space, a line, a half-space or a bracketed unit.
fn folded(head: &str) -> String {
    let bare = head.split(['(', '[']).next().unwrap_or_default().replace(['\u{200c}', '_', '-', '٪', '%'], " ");
    fold_key(&bare).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
