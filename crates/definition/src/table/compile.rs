//! Turns a written table into one that can be decided. Collects every mistake and skips none.
//!
//! Must not know files or the words in which a mistake is told.

use std::collections::HashSet;

use super::axis::Axis;
use super::error::{CellError, CellErrorKind};
use super::hit::{Aggregation, HitPolicy};
use super::read::{Unquoted, read, unquote};
use super::rules::{InputColumn, OutputColumn, Row, Rules};
use super::{RawRow, RawTable, Table};
use crate::span::{Span, Spanned};
use crate::value::{CodeLists, Kind, Type, Value, fold_digits, parse, parse_date};

/// Most rows of a table.
pub const MAX_ROWS: usize = 10_000;
/// Most columns of a table, inputs and outputs together.
pub const MAX_COLUMNS: usize = 64;

/// Compiles `raw`, whose input columns have the types `inputs` and whose output columns `outputs`; an output
/// without a type holds codes, whichever stand in it, and its cells may be empty.
///
/// # Errors
/// Every mistake, in the order of the table. A list of types shorter than the columns is a mistake of the caller and
/// shows as a wrong cell count at the header.
pub fn compile(
    raw: &RawTable,
    inputs: &[Type],
    outputs: &[Option<Type>],
    lists: &dyn CodeLists,
) -> Result<Table, Vec<CellError>> {
    let mut compiler = Compiler { lists, errors: Vec::new(), whole: raw.hit.span };
    let rules = compiler.table(raw, inputs, outputs);
    let Compiler { mut errors, .. } = compiler;
    match rules.map(Table::build) {
        Some(Ok(table)) if errors.is_empty() => Ok(table),
        Some(Err(kind)) if errors.is_empty() => Err(vec![CellError { span: raw.hit.span, kind }]),
        _ => {
            errors.sort_by_key(|e| e.span);
            Err(errors)
        }
    }
}

/// An output column and the values in its order.
type OutputSide<'a> = (&'a OutputColumn, &'a HashSet<Value>);

struct Compiler<'a> {
    lists: &'a dyn CodeLists,
    errors: Vec<CellError>,
    /// Where the table as a whole stands.
    whole: Span,
}

impl Compiler<'_> {
    fn fault<T>(&mut self, at: &Spanned<T>, kind: CellErrorKind) {
        self.errors.push(CellError { span: at.span, kind });
    }

    fn table(&mut self, raw: &RawTable, inputs: &[Type], outputs: &[Option<Type>]) -> Option<Rules> {
        self.size(raw, inputs.len(), outputs.len())?;
        let hit = HitPolicy::parse(&raw.hit.value);
        if hit.is_none() {
            self.fault(&raw.hit, CellErrorKind::UnknownHitPolicy { text: raw.hit.value.clone() });
        }
        let axes: Vec<Option<Axis>> = raw.inputs.iter().zip(inputs).map(|(name, t)| self.axis(name, t)).collect();
        let columns = raw.inputs.iter().zip(inputs).map(|(name, t)| self.input(name, t)).collect();
        let mut out: Vec<OutputColumn> = raw.outputs.iter().zip(outputs).map(|(name, t)| output(name, t)).collect();
        self.orders(raw, &mut out);
        let known: Vec<HashSet<Value>> = out.iter().map(|column| column.order.iter().cloned().collect()).collect();
        let out_columns: Vec<OutputSide<'_>> = out.iter().zip(&known).collect();
        let rows: Vec<Row> = raw.rows.iter().filter_map(|row| self.row(row, &axes, &out_columns)).collect();
        let rules = Rules { hit: hit?, inputs: columns, outputs: out, rows };
        self.policy(raw, &rules);
        Some(rules)
    }

    /// Whether the table is of a size and shape that can be gone through at all.
    fn size(&mut self, raw: &RawTable, inputs: usize, outputs: usize) -> Option<()> {
        let columns = raw.inputs.len().saturating_add(raw.outputs.len());
        let found = inputs.saturating_add(outputs);
        let kind = if raw.rows.len() > MAX_ROWS {
            CellErrorKind::TooManyRows { rows: raw.rows.len() }
        } else if columns > MAX_COLUMNS {
            CellErrorKind::TooManyColumns { columns }
        } else if raw.outputs.is_empty() {
            CellErrorKind::NoOutput
        } else if raw.inputs.len() != inputs || raw.outputs.len() != outputs {
            CellErrorKind::CellCount { expected: columns, found }
        } else {
            return Some(());
        };
        self.fault(&raw.hit, kind);
        None
    }

    fn input(&self, name: &Spanned<String>, of: &Type) -> InputColumn {
        InputColumn { path: name.value.clone(), type_: of.clone(), codes: self.codes(of).unwrap_or_default().to_vec() }
    }

    fn codes(&self, of: &Type) -> Option<&[String]> {
        match of {
            Type::Code(list) => self.lists.codes(list),
            _ => Some(&[]),
        }
    }

    fn axis(&mut self, name: &Spanned<String>, of: &Type) -> Option<Axis> {
        let axis = match (self.codes(of), of) {
            (None, Type::Code(list)) => Err(CellErrorKind::UnknownList { list: list.clone() }),
            (codes, _) => Axis::new(of, codes.unwrap_or_default()),
        };
        axis.map_err(|kind| self.fault(name, kind)).ok()
    }

    fn row(&mut self, raw: &RawRow, axes: &[Option<Axis>], outputs: &[OutputSide<'_>]) -> Option<Row> {
        let (expected, found) = (axes.len() + outputs.len(), raw.inputs.len() + raw.outputs.len());
        if raw.inputs.len() != axes.len() || raw.outputs.len() != outputs.len() {
            let span = raw.inputs.iter().chain(&raw.outputs).next().map_or(self.whole, |cell| cell.span);
            self.errors.push(CellError { span, kind: CellErrorKind::CellCount { expected, found } });
            return None;
        }
        let mut tests = Vec::with_capacity(axes.len());
        for (cell, axis) in raw.inputs.iter().zip(axes) {
            // A column without an axis has had its mistake told at the header.
            if let Some(axis) = axis {
                tests.push(read(axis, cell).map_err(|error| self.errors.push(error)).ok());
            }
        }
        let outputs: Vec<Option<Value>> =
            raw.outputs.iter().zip(outputs).map(|(cell, column)| self.output_cell(cell, column)).collect();
        Some(Row { tests: tests.into_iter().collect::<Option<_>>()?, outputs })
    }

    fn output_cell(&mut self, cell: &Spanned<String>, (column, known): &OutputSide<'_>) -> Option<Value> {
        let text = cell.value.trim();
        let value = match &column.type_ {
            None if text.is_empty() => return None,
            Some(_) if text.is_empty() => Err(CellErrorKind::Empty),
            of => self.output_value(text, of.as_ref()),
        };
        let value = value.map_err(|kind| self.fault(cell, kind)).ok()?;
        if !known.is_empty() && !known.contains(&value) {
            self.fault(cell, CellErrorKind::NotInOrder);
        }
        Some(value)
    }

    /// A literal of the type `of`; strings and dates may be quoted as in FEEL.
    fn output_value(&self, text: &str, of: Option<&Type>) -> Result<Value, CellErrorKind> {
        let quoted = match unquote(text) {
            Unquoted::Whole(inner, length) if length == text.len() => Some(inner),
            _ => None,
        };
        let Some(of) = of else {
            return Ok(Value::Code(quoted.unwrap_or_else(|| fold_digits(text))));
        };
        let value = match of.kind() {
            Kind::Code | Kind::Text => parse(of, &quoted.unwrap_or_else(|| text.to_owned()), self.lists),
            Kind::Date => parse_date(date_text(text)).map(Value::Date),
            _ => parse(of, text, self.lists),
        };
        value.map(plainest).map_err(CellErrorKind::Literal)
    }

    fn orders(&mut self, raw: &RawTable, outputs: &mut [OutputColumn]) {
        for order in &raw.output_order {
            let column = outputs.iter_mut().find(|c| c.name == order.output.value && c.order.is_empty());
            let Some(column) = column else {
                self.fault(&order.output, CellErrorKind::UnknownOutput { name: order.output.value.clone() });
                continue;
            };
            for cell in &order.values {
                match self.output_value(cell.value.trim(), column.type_.as_ref()) {
                    Ok(value) => column.order.push(value),
                    Err(kind) => self.fault(cell, kind),
                }
            }
        }
    }

    /// What the hit policy asks of the outputs.
    fn policy(&mut self, raw: &RawTable, rules: &Rules) {
        if rules.hit.needs_order() && rules.outputs.iter().all(|column| column.order.is_empty()) {
            self.fault(&raw.hit, CellErrorKind::MissingOrder);
        }
        let HitPolicy::Collect(how @ (Aggregation::Sum | Aggregation::Min | Aggregation::Max)) = rules.hit else {
            return;
        };
        for (i, (name, column)) in raw.outputs.iter().zip(&rules.outputs).enumerate() {
            let kind = column.type_.as_ref().map(Type::kind);
            let fits = match kind {
                Some(Kind::Decimal | Kind::Money) => i == 0,
                Some(Kind::Date) => i == 0 && how != Aggregation::Sum,
                // A column without a type beside it, such as the ground, is not aggregated.
                None => i > 0,
                Some(_) => false,
            };
            if !fits {
                self.fault(name, CellErrorKind::NotAggregable { kind });
            }
        }
    }
}

fn output(name: &Spanned<String>, of: &Option<Type>) -> OutputColumn {
    OutputColumn { name: name.value.clone(), type_: of.clone(), order: Vec::new() }
}

/// `1.50` as `1.5`: what is equal is written, and hashed, alike.
fn plainest(value: Value) -> Value {
    match value {
        Value::Decimal(number) => Value::Decimal(number.normalize()),
        other => other,
    }
}

/// The date inside `@"..."` or `date("...")`, or the text itself.
fn date_text(text: &str) -> &str {
    let called = text.strip_prefix("date").and_then(|t| t.trim_start().strip_prefix('(')?.strip_suffix(')'));
    let quoted = text.strip_prefix('@').or(called).map(str::trim);
    quoted.and_then(|q| q.strip_prefix('"')?.strip_suffix('"')).unwrap_or(text)
}
