//! The columns of a sheet of items: their heads in English and Persian, and which datum of a WCO declaration each is.
//!
//! Must not know of: files.

use definition::span::Span;
use definition::value::{fold_digits, fold_key, parse_decimal};

use crate::wco::tree::Tree;

/// How a cell becomes a datum.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    /// Words.
    Text,
    /// A code of digits, which may be written in groups.
    Code,
    /// A code of letters, in capitals.
    Letters,
    /// A number, and the column that says its currency or unit.
    Number(Option<(&'static str, &'static str)>),
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its own name.
    pub key: &'static str,
    /// What else may stand in its head, in small letters.
    heads: &'static [&'static str],
    /// The way to the datum; empty for what is said of another column.
    to: &'static str,
    /// What stands beside it in the same class.
    with: Option<(&'static str, &'static str)>,
    pub how: How,
    pub required: bool,
}

const fn column(key: &'static str, heads: &'static [&'static str], to: &'static str, how: How) -> Column {
    Column { key, heads, to, with: None, how, required: false }
}

impl Column {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn with(mut self, name: &'static str, text: &'static str) -> Self {
        self.with = Some((name, text));
        self
    }
}

/// Persian heads are the usual words of customs' forms; the letters may be Arabic, too.
pub(crate) static COLUMNS: [Column; 19] = [
    column("number", &["no", "item", "ردیف", "شماره ردیف"], "SequenceNumeric", How::Number(None)),
    column(
        "commodity",
        &["commodity code", "hs", "hs code", "tariff", "تعرفه", "کد تعرفه", "شماره تعرفه"],
        "Commodity/Classification/ID",
        How::Code,
    )
    .with("IdentificationTypeCode", "TSP")
    .required(),
    column("description", &["goods", "شرح", "شرح کالا", "نام کالا"], "Commodity/Description", How::Text),
    column(
        "origin",
        &["country of origin", "کشور مبدا", "کشور مبدأ", "کشور سازنده", "کشور ساخت"],
        "Origin/CountryCode",
        How::Letters,
    )
    .with("TypeCode", "1")
    .required(),
    column(
        "price",
        &["value", "amount", "item price", "ارزش", "قیمت", "مبلغ"],
        "Commodity/InvoiceLine/ItemChargeAmount",
        How::Number(Some(("currencyID", "currency"))),
    )
    .required(),
    column("currency", &["ارز", "نوع ارز", "واحد پول"], "", How::Letters).required(),
    column(
        "gross",
        &["gross mass", "gross weight", "وزن ناخالص"],
        "Commodity/GoodsMeasure/GrossMassMeasure",
        How::Number(None),
    ),
    column(
        "net",
        &["net mass", "net weight", "وزن خالص"],
        "Commodity/GoodsMeasure/NetNetWeightMeasure",
        How::Number(None),
    ),
    column(
        "quantity",
        &["supplementary quantity", "مقدار", "تعداد"],
        "Commodity/GoodsMeasure/TariffQuantity",
        How::Number(Some(("unitCode", "unit"))),
    ),
    column("unit", &["unit of measure", "واحد", "واحد کالا"], "", How::Letters),
    column("packages", &["number of packages", "تعداد بسته"], "Packaging/QuantityQuantity", How::Number(None)),
    column("package", &["kind of packages", "نوع بسته", "نوع بسته بندی"], "Packaging/TypeCode", How::Letters),
    column("marks", &["marks and numbers", "علامت بسته", "علامت و شماره"], "Packaging/MarksNumbersID", How::Text),
    column("procedure", &["requested procedure", "رویه"], "GovernmentProcedure/CurrentCode", How::Code),
    column("previous", &["previous procedure", "رویه قبلی"], "GovernmentProcedure/PreviousCode", How::Code),
    column("preference", &["ترجیح", "تعرفه ترجیحی"], "Commodity/DutyTaxFee/DutyRegimeCode", How::Code),
    column(
        "valuation",
        &["valuation method", "روش ارزش گذاری", "روش ارزشگذاری"],
        "CustomsValuation/MethodCode",
        How::Code,
    ),
    column("manifest", &["cargo manifest", "مانیفست", "شماره مانیفست"], "PreviousDocument/ID", How::Text)
        .with("TypeCode", MANIFEST),
    column(
        "manifest-line",
        &["line of manifest", "سطر مانیفست", "شماره سطر مانیفست"],
        "PreviousDocument/LineNumeric",
        How::Number(None),
    )
    .with("TypeCode", MANIFEST),
];

/// A cargo manifest, of the kinds of documents (UN/EDIFACT 1001).
const MANIFEST: &str = "785";

/// The column that a head names.
pub(crate) fn named(head: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.key == head || column.heads.contains(&head))
}

/// Every name of every column.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().flat_map(|column| std::iter::once(column.key).chain(column.heads.iter().copied()))
}

/// What a column is called in Persian; what it is called anyhow where it is none of these.
pub(crate) fn persian(key: &str) -> &str {
    let is_persian = |head: &&&str| head.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
    named(key).and_then(|column| column.heads.iter().find(is_persian)).map_or(key, |head| head)
}

/// The names of the columns, for a reader.
pub(crate) fn keys() -> String {
    COLUMNS.iter().map(|column| column.key).collect::<Vec<_>>().join(", ")
}

/// What may stand in the head of a column, for a reader.
pub(crate) fn heads(key: &str) -> String {
    let own = named(key).map(|column| column.heads).unwrap_or_default();
    std::iter::once(key).chain(own.iter().copied()).collect::<Vec<_>>().join(", ")
}

/// The column of a datum that is wrong, by its way and the number that the WCO gave it.
pub(crate) fn of(path: &str, id: Option<&str>) -> Option<&'static str> {
    if id == Some("135") {
        return Some("currency");
    }
    let plain: Vec<&str> = path.split('/').skip(1).map(|step| step.split('[').next().unwrap_or_default()).collect();
    let plain = plain.join("/");
    COLUMNS.iter().find(|column| !column.to.is_empty() && column.to == plain).map(|column| column.key)
}

/// The way to the datum of a field of a declaration, as a message has it.
pub(crate) fn way(key: &str) -> Option<String> {
    const ITEM: &str = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem";
    let of = |key: &str| COLUMNS.iter().find(|column| column.key == key).map(|column| column.to);
    match key {
        "reference" => Some("Declaration/FunctionalReferenceID".to_owned()),
        "currency" => of("price").map(|to| format!("{ITEM}/{to}/@currencyID")),
        "unit" => of("quantity").map(|to| format!("{ITEM}/{to}/@unitCode")),
        key => of(key).map(|to| format!("{ITEM}/{to}")),
    }
}

/// A cell's text as the datum is written: people's digits and separators in numbers, the same letters for the same codes.
pub(crate) fn text(column: &Column, cell: &str) -> String {
    match column.how {
        How::Text => fold_key(cell),
        How::Code => code(cell),
        How::Letters => letters(cell),
        // Keyboards have no U+066C: many write the groups of a number with the Persian comma or a space.
        How::Number(_) => {
            let plain = cell.replace('،', ",").replace([' ', '\u{a0}', '\u{202f}'], "");
            parse_decimal(&plain).map_or_else(|_| fold_digits(cell), |number| number.normalize().to_string())
        }
    }
}

/// A code of digits without what groups them.
pub(crate) fn code(cell: &str) -> String {
    fold_digits(&fold_key(cell)).chars().filter(|sign| !sign.is_whitespace() && *sign != '.').collect()
}

/// A code of letters in capitals.
pub(crate) fn letters(cell: &str) -> String {
    fold_key(cell).to_ascii_uppercase()
}

/// Puts a cell's text where it belongs; `cell` gives the text of another column of the row.
pub(crate) fn put(item: &mut Tree, column: &'static Column, text: String, cell: impl Fn(&str) -> String) {
    if column.to.is_empty() {
        return;
    }
    let place = Span::start_of(0);
    let (way, name) = column.to.rsplit_once('/').unwrap_or(("", column.to));
    let mut at = item;
    for class in way.split('/').filter(|class| !class.is_empty()) {
        if at.part(class).is_none() {
            let mut new = Tree::class(class, place);
            if class == "Packaging" {
                new.parts.push(Tree::datum("SequenceNumeric", "1", place));
            }
            at.parts.push(new);
        }
        let Some(inside) = at.parts.iter_mut().find(|part| part.name == class) else { return };
        at = inside;
    }
    let mut datum = Tree::datum(name, text, place);
    if let How::Number(Some((key, column))) = column.how {
        datum.of = Some((key, cell(column))).filter(|(_, value)| !value.is_empty());
    }
    at.parts.push(datum);
    let with = column.with.filter(|(name, _)| at.part(name).is_none());
    at.parts.extend(with.map(|(name, text)| Tree::datum(name, text, place)));
}
