//! Decision tables: from a CSV file's rows to a compiled table and what its columns read and give.
//!
//! Must not know of: how a cell is decided (`crate::table`).

use std::collections::BTreeMap;

use super::context::Context;
use super::service::Scope;
use super::sheet::{Sheet, wide};
use super::{concepts, law, paths, read, table_words};
use crate::codes;
use crate::model::{CodeList, DecisionTable, FactPath, Name, Output};
use crate::places::Part;
use crate::span::{Span, Spanned};
use crate::syntax::csv::{self, Row};
use crate::table::{self, Aggregation, CellError, CellErrorKind, HitPolicy, OutputOrder, RawRow, RawTable};
use crate::value::{CodeLists, Type, ValueError, fold_digits};

/// A table whose columns are known and whose cells are not compiled.
pub(super) struct Draft {
    raw: RawTable,
    /// The beginning of its file.
    start: Span,
    /// The output columns without the ground.
    pub(super) outputs: Vec<Output>,
    /// The types as they are written; nothing for codes.
    types: Vec<Option<Type>>,
    /// Per rule, its ground.
    grounds: Vec<Spanned<String>>,
    has_grounds: bool,
    /// Whether columns were refused: the cells are then not compiled.
    faulty: bool,
}

impl Draft {
    /// The type of what a path reads in a column of type `of`; nothing if it is a list.
    pub(super) fn gives(&self, of: &Type) -> Option<Type> {
        match (HitPolicy::parse(&self.raw.hit.value)?, of) {
            (HitPolicy::RuleOrder | HitPolicy::OutputOrder | HitPolicy::Collect(Aggregation::List), _) => None,
            (HitPolicy::Collect(Aggregation::Count), _) => {
                Some(Type::Decimal { scale: 0, min: Some(crate::value::Decimal::ZERO), max: None })
            }
            // A sum may lie beyond the bounds of what is summed.
            (HitPolicy::Collect(Aggregation::Sum), Type::Decimal { scale, .. }) => {
                Some(Type::Decimal { scale: *scale, min: None, max: None })
            }
            _ => Some(of.clone()),
        }
    }

    /// The routes that its rules name, each once; nothing if it has no column `route`.
    pub(super) fn routes(&self) -> Option<Vec<Spanned<String>>> {
        let column = self.outputs.iter().position(|output| output.name == "route")?;
        let mut routes: Vec<Spanned<String>> = Vec::new();
        for cell in self.raw.rows.iter().filter_map(|row| row.outputs.get(column)) {
            let code = code_in(&cell.value);
            if !code.is_empty() && !routes.iter().any(|route| route.value == code) {
                routes.push(Spanned::new(code, cell.span));
            }
        }
        Some(routes)
    }

    /// Reports a table that cannot say by which one route a case goes on: one whose policy gives a list or a count, or whose routes are no codes.
    /// A policy that there is not, and values that cannot be aggregated, are told where the table is compiled.
    pub(super) fn check_one_route(&self, cx: &mut Context<'_>) {
        let mut columns = self.outputs.iter().zip(&self.raw.outputs);
        let Some((route, column)) = columns.find(|(output, _)| output.name == "route") else { return };
        let Some(hit) = HitPolicy::parse(&self.raw.hit.value) else { return };
        if !matches!(route.type_, Type::Code(_)) {
            let message = "routes are codes, and this column has another type";
            cx.report(&codes::WRONG_VALUE, column.span, message, "write `out:route`");
        } else if self.gives(&route.type_).is_none_or(|type_| type_ != route.type_) {
            let message = format!("a case goes on by one route, and a table with `{}` gives none", hit.word());
            cx.report(&codes::WRONG_VALUE, self.raw.hit.span, message, "use `unique`, `any`, `first` or `priority`");
        }
    }

    /// Where its header stands.
    pub(super) fn place(&self) -> Span {
        self.raw.outputs.first().or(self.raw.inputs.first()).map_or(self.start, |cell| cell.span)
    }
}

/// The code in an output cell, as the compiler reads it.
fn code_in(cell: &str) -> String {
    let text = cell.trim();
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    quoted.map_or_else(|| fold_digits(text), str::to_owned)
}

/// The tables in the service's folder and those that it `shares`, by name with their paths; nothing for one whose file cannot be read.
pub(super) fn drafts(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    shares: &BTreeMap<String, String>,
) -> BTreeMap<Name, Option<Draft>> {
    let mut drafts = BTreeMap::new();
    let files: Vec<(u32, String)> = cx.sources.iter().map(|(file, source)| (file, source.path().to_owned())).collect();
    for (file, path) in files {
        let Some(name) = path.strip_prefix(&scope.folder).and_then(|rest| rest.strip_suffix(".csv")) else { continue };
        if name.contains('/') {
            continue;
        }
        if !read::is_name(name) {
            read::wrong(cx, Span::start_of(file), name, "a name for a table");
            continue;
        }
        drafts.insert(name.to_owned(), placed(cx, scope, (name, &path), file));
    }
    for (name, path) in shares {
        let Some(file) = cx.sources.number(path) else { continue };
        if drafts.contains_key(name) {
            let message = format!("`{name}` is a table of {} as well", scope.folder);
            cx.report(&codes::DUPLICATE, Span::start_of(file), message, "rename one of the two, or leave it out");
            continue;
        }
        drafts.insert(name.clone(), placed(cx, scope, (name, path), file));
    }
    drafts
}

fn placed(cx: &mut Context<'_>, scope: &Scope<'_>, (name, path): (&str, &str), file: u32) -> Option<Draft> {
    cx.place(Part::Table(scope.name.to_owned(), name.to_owned()), Span::start_of(file));
    draft(cx, scope, name, path)
}

fn draft(cx: &mut Context<'_>, scope: &Scope<'_>, name: &str, path: &str) -> Option<Draft> {
    let (file, mut rows) = cx.csv(path)?;
    let start = Span::start_of(file);
    let mut draft = Draft {
        raw: RawTable::new(Spanned::new(String::new(), start)),
        start,
        outputs: Vec::new(),
        types: Vec::new(),
        grounds: Vec::new(),
        has_grounds: false,
        faulty: false,
    };
    settings(&mut rows, &mut draft.raw);
    let sheet = Sheet::of(cx, path, file, rows)?;
    let columns = columns(cx, scope, name, &sheet, &mut draft);
    if draft.raw.hit.value.is_empty() {
        draft.raw.hit.span = draft.place();
    }
    for (number, row) in sheet.rows.iter().enumerate() {
        cx.place(Part::TableRow(scope.name.to_owned(), name.to_owned(), number), row.span);
        let line = cx.sources.get(row.span.file).map_or(0, |source| source.position(row.span.start).line);
        draft.row(row, &columns, line);
    }
    Some(draft)
}

/// What a column is for.
enum Column {
    Input,
    Output,
    Ground,
    Other,
}

impl Draft {
    fn row(&mut self, row: &Row, columns: &[Column], line: u32) {
        let mut raw = RawRow { line, ..RawRow::default() };
        let mut ground = Spanned::new(String::new(), row.span);
        for (cell, column) in row.cells.iter().zip(columns) {
            let cell = Spanned::new(cell.value.clone(), wide(cell.span, row.span));
            match column {
                Column::Input => raw.inputs.push(cell),
                Column::Output => raw.outputs.push(cell),
                Column::Ground => ground = cell,
                Column::Other => {}
            }
        }
        if self.has_grounds {
            raw.outputs.push(ground.clone());
        }
        self.grounds.push(ground);
        self.raw.rows.push(raw);
    }
}

/// What the `note` column of a table's file says of each rule, if there is such a column. No rule reads notes, so the model has none of them.
#[must_use]
pub fn notes(text: &str) -> Option<Vec<String>> {
    let (mut rows, _) = csv::parse(0, text);
    settings(&mut rows, &mut RawTable::new(Spanned::new(String::new(), Span::start_of(0))));
    let mut rows = rows.into_iter();
    let column = rows.next()?.cells.iter().position(|cell| cell.value.trim() == "note")?;
    Some(rows.map(|row| row.cell(column).value.trim().to_owned()).collect())
}

/// Takes the lines before the header off: `hit: POLICY` and `out:NAME order,...`.
fn settings(rows: &mut Vec<Row>, raw: &mut RawTable) {
    let taken = rows.iter().take_while(|row| setting(row, raw)).count();
    rows.drain(..taken);
}

/// Whether a line is a setting; takes it in if so.
fn setting(row: &Row, raw: &mut RawTable) -> bool {
    let Some((first, rest)) = row.cells.split_first() else { return false };
    let text = first.value.trim();
    if let Some(policy) = text.strip_prefix("hit:") {
        raw.hit = Spanned::new(policy.trim().to_owned(), first.span);
        return true;
    }
    let Some(output) = text.strip_prefix("out:").and_then(|text| text.strip_suffix(" order")) else { return false };
    let output = Spanned::new(output.trim().to_owned(), first.span);
    let values = rest.iter().filter(|cell| !cell.value.trim().is_empty()).cloned().collect();
    raw.output_order.push(OutputOrder { output, values });
    true
}

/// Reads the header into the draft, whose ground column comes last; what each column is for.
fn columns(cx: &mut Context<'_>, scope: &Scope<'_>, table: &str, sheet: &Sheet, draft: &mut Draft) -> Vec<Column> {
    let mut columns = Vec::new();
    for (number, cell) in sheet.header.iter().enumerate() {
        cx.place(Part::TableColumn(scope.name.to_owned(), table.to_owned(), number), cell.span);
        columns.push(column(cx, scope, table, cell, draft));
    }
    let mut grounds = sheet.header.iter().filter(|cell| cell.value == "ground");
    if let Some(ground) = grounds.next() {
        for again in grounds {
            read::duplicate(cx, again, ground.span);
            draft.faulty = true;
        }
        draft.has_grounds = true;
        draft.raw.outputs.push(ground.clone());
        draft.types.push(None);
    }
    columns
}

fn column(cx: &mut Context<'_>, scope: &Scope<'_>, table: &str, cell: &Spanned<String>, draft: &mut Draft) -> Column {
    let text = cell.value.as_str();
    if let Some(path) = text.strip_prefix("in:") {
        let path = Spanned::new(path.trim().to_owned(), cell.span);
        // Two columns of one input would be examined as if their values had nothing to do with each other.
        if let Some(first) = draft.raw.inputs.iter().find(|first| first.value == path.value).map(|first| first.span) {
            read::duplicate(cx, &path, first);
            draft.faulty = true;
        }
        draft.raw.inputs.push(path);
        return Column::Input;
    }
    if let Some(output) = text.strip_prefix("out:") {
        output_column(cx, scope, table, &Spanned::new(output.to_owned(), cell.span), draft);
        return Column::Output;
    }
    match text {
        "ground" => Column::Ground,
        "note" => Column::Other,
        _ => {
            draft.faulty = true;
            let help = "write `in:PATH`, `out:NAME`, `out:NAME:TYPE`, `ground` or `note`";
            cx.report(&codes::UNKNOWN_KEY, cell.span, format!("a table has no column `{text}`"), help);
            Column::Other
        }
    }
}

fn output_column(cx: &mut Context<'_>, scope: &Scope<'_>, table: &str, cell: &Spanned<String>, draft: &mut Draft) {
    let (name, type_) = match cell.value.split_once(':') {
        Some((name, type_)) => (name.trim(), Some(type_)),
        None => (cell.value.trim(), None),
    };
    if !read::is_name(name) || name == "ground" {
        read::wrong(cx, cell.span, name, "a name for an output other than `ground`");
        draft.faulty = true;
    }
    if draft.outputs.iter().any(|output| output.name == name) {
        let first =
            draft.raw.outputs.iter().find(|output| output.value == name).map_or(cell.span, |output| output.span);
        read::duplicate(cx, &Spanned::new(name.to_owned(), cell.span), first);
        draft.faulty = true;
    }
    let declared = type_.map(|type_| concepts::type_of(cx, &Spanned::new(type_.to_owned(), cell.span), scope.zone));
    draft.faulty |= matches!(declared, Some(None));
    let declared = declared.flatten();
    let type_ = declared.clone().unwrap_or_else(|| Type::Code(format!("{table}.{name}")));
    draft.outputs.push(Output { name: name.to_owned(), type_ });
    draft.raw.outputs.push(Spanned::new(name.to_owned(), cell.span));
    draft.types.push(declared);
}

/// The zone's lists and the codes that stand in the output columns of the service's tables.
struct Lists<'a> {
    zone: &'a BTreeMap<Name, CodeList>,
    outputs: BTreeMap<String, Vec<String>>,
}

impl CodeLists for Lists<'_> {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.zone.contains(list, code)
            || self.outputs.get(list).is_some_and(|codes| codes.iter().any(|known| known == code))
    }

    fn codes(&self, list: &str) -> Option<&[String]> {
        self.zone.codes(list).or_else(|| self.outputs.get(list).map(Vec::as_slice))
    }
}

impl<'a> Lists<'a> {
    fn of(scope: &'a Scope<'_>) -> Self {
        let mut outputs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, draft) in &scope.tables {
            for (number, output) in draft.iter().flat_map(|draft| draft.outputs.iter().enumerate()) {
                let cells = draft.iter().flat_map(|draft| &draft.raw.rows).filter_map(|row| row.outputs.get(number));
                let codes = outputs.entry(format!("{table}.{}", output.name)).or_default();
                codes.extend(cells.map(|cell| code_in(&cell.value)).filter(|code| !code.is_empty()));
                codes.sort();
                codes.dedup();
            }
        }
        Self { zone: &scope.zone.lists, outputs }
    }
}

/// Compiles the service's tables; one with a mistake is left out, and told.
pub(super) fn compile(cx: &mut Context<'_>, scope: &Scope<'_>) -> BTreeMap<Name, DecisionTable> {
    let lists = Lists::of(scope);
    let mut tables = BTreeMap::new();
    for (name, draft) in &scope.tables {
        let Some(draft) = draft else { continue };
        let grounds = grounds(cx, scope, draft);
        let inputs = inputs(cx, scope, draft);
        let Some((paths, types)) = inputs.filter(|_| !draft.faulty) else { continue };
        match table::compile(&draft.raw, &types, &draft.types, &lists) {
            Ok(table) => {
                tables.insert(
                    name.clone(),
                    DecisionTable { inputs: paths, outputs: draft.outputs.clone(), table, grounds },
                );
            }
            Err(errors) => cx.problems.extend(errors.iter().filter(|error| !is_told(error)).map(table_words::problem)),
        }
    }
    tables
}

/// Whether it comes of the zone's currency, which was told in zone.yaml.
fn is_told(error: &CellError) -> bool {
    matches!(&error.kind, CellErrorKind::Literal(ValueError::UnknownCurrency { currency }) if currency.is_empty())
}

fn inputs(cx: &mut Context<'_>, scope: &Scope<'_>, draft: &Draft) -> Option<(Vec<FactPath>, Vec<Type>)> {
    let found: Vec<_> = draft.raw.inputs.iter().map(|path| paths::resolve(cx, scope, path)).collect();
    found.into_iter().collect::<Option<Vec<_>>>().map(|found| found.into_iter().unzip())
}

fn grounds(cx: &mut Context<'_>, scope: &Scope<'_>, draft: &Draft) -> Vec<Option<Name>> {
    let mut grounds = Vec::with_capacity(draft.grounds.len());
    for cell in &draft.grounds {
        if !cell.value.is_empty() {
            cx.known("ground", cell, scope.zone.grounds.keys().map(String::as_str), law::FILE);
        }
        grounds.push((!cell.value.is_empty()).then(|| cell.value.clone()));
    }
    grounds
}
