//! Decides a table for given inputs (DMN 1.5, section 8.2.8). Must not know facts, cases or spans.

use super::Table;
use super::hit::{Aggregation, HitPolicy};
use super::rules::Row;
use crate::value::{Decimal, Money, Value, ValueError};

/// Inputs as the numbers that one table's columns are decided on. Only for the table that made them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodedInputs {
    numbers: Vec<i128>,
}

/// What a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'t> {
    /// The rows that count, from 0, in the order that the policy gives; empty if none matches.
    pub rows: Vec<u32>,
    /// What they say.
    pub outputs: Outputs<'t>,
}

/// The outputs of a decided table; the cells are those of its [`super::Rules`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outputs<'t> {
    /// No row matches.
    Nothing,
    /// Unique, any, first, priority: one value per output column.
    Row(&'t [Option<Value>]),
    /// Rule order, output order, collect: the same for every hit.
    Rows(Vec<&'t [Option<Value>]>),
    /// Collect with an aggregation: of the first output column.
    Aggregate(Value),
}

/// Why a table cannot be decided for these inputs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
#[expect(missing_docs, reason = "the fields say what the variant's text names")]
pub enum EvalError {
    /// Another number of inputs than the table has columns.
    InputCount { expected: usize, found: usize },
    /// An input, counted from 0, is not of its column's type.
    Input { column: usize, error: ValueError },
    /// A unique table has two rows for these inputs.
    SeveralRows { row_a: u32, row_b: u32 },
    /// A table with policy any has two rows for these inputs that say different things.
    Disagreement { row_a: u32, row_b: u32 },
    /// The sum has more digits than an exact decimal holds, or its parts do not add up.
    BadSum,
}

impl DecodedInputs {
    /// Takes `inputs` in place of what is held, for `table`; saves the allocation of [`Table::bind`].
    ///
    /// # Errors
    /// [`EvalError::InputCount`] and [`EvalError::Input`].
    pub fn rebind(&mut self, table: &Table, inputs: &[Value]) -> Result<(), EvalError> {
        let axes = &table.index.axes;
        if inputs.len() != axes.len() {
            return Err(EvalError::InputCount { expected: axes.len(), found: inputs.len() });
        }
        self.numbers.clear();
        for (column, (axis, value)) in axes.iter().zip(inputs).enumerate() {
            self.numbers.push(axis.encode(value).map_err(|error| EvalError::Input { column, error })?);
        }
        Ok(())
    }
}

impl Table {
    /// Decides the table for `inputs`, one value per input column.
    ///
    /// # Errors
    /// Says which input does not fit, or which two rows are at odds.
    pub fn evaluate(&self, inputs: &[Value]) -> Result<Hit<'_>, EvalError> {
        self.evaluate_decoded(&self.bind(inputs)?)
    }

    /// Decodes `inputs` once, to decide on them again and again.
    ///
    /// # Errors
    /// [`EvalError::InputCount`] and [`EvalError::Input`].
    pub fn bind(&self, inputs: &[Value]) -> Result<DecodedInputs, EvalError> {
        let mut decoded = DecodedInputs { numbers: Vec::with_capacity(inputs.len()) };
        decoded.rebind(self, inputs).map(|()| decoded)
    }

    /// Decides the table for `inputs` that [`Table::bind`] of this table gave.
    ///
    /// # Errors
    /// Says which two rows are at odds.
    pub fn evaluate_decoded(&self, inputs: &DecodedInputs) -> Result<Hit<'_>, EvalError> {
        let (expected, found) = (self.index.axes.len(), inputs.numbers.len());
        if expected != found {
            return Err(EvalError::InputCount { expected, found });
        }
        match self.rules.hit {
            HitPolicy::Unique => self.only(&inputs.numbers),
            HitPolicy::First => Ok(self.one(self.first(&inputs.numbers))),
            HitPolicy::Any => self.agreed(&inputs.numbers),
            HitPolicy::Priority => Ok(self.one(self.all(&inputs.numbers).into_iter().min_by_key(|r| self.rank(*r)))),
            HitPolicy::RuleOrder | HitPolicy::Collect(Aggregation::List) => Ok(self.several(self.all(&inputs.numbers))),
            HitPolicy::OutputOrder => {
                let mut rows = self.all(&inputs.numbers);
                rows.sort_by_key(|row| self.rank(*row));
                Ok(self.several(rows))
            }
            HitPolicy::Collect(how) => self.aggregated(self.all(&inputs.numbers), how),
        }
    }

    fn all(&self, inputs: &[i128]) -> Vec<u32> {
        let mut rows = Vec::new();
        self.index.matches(inputs, |row| {
            rows.push(row);
            true
        });
        rows
    }

    fn first(&self, inputs: &[i128]) -> Option<u32> {
        let mut first = None;
        self.index.matches(inputs, |row| {
            first = Some(row);
            false
        });
        first
    }

    fn only(&self, inputs: &[i128]) -> Result<Hit<'_>, EvalError> {
        let (mut found, mut second) = (None, None);
        self.index.matches(inputs, |row| {
            let earlier = found.is_some();
            if earlier {
                second = Some(row)
            } else {
                found = Some(row)
            }
            !earlier
        });
        match (found, second) {
            (Some(row_a), Some(row_b)) => Err(EvalError::SeveralRows { row_a, row_b }),
            _ => Ok(self.one(found)),
        }
    }

    fn agreed(&self, inputs: &[i128]) -> Result<Hit<'_>, EvalError> {
        let rows = self.all(inputs);
        let first = rows.first().copied();
        let said = first.map(|row| self.outputs(row));
        match (first, rows.iter().find(|row| Some(self.outputs(**row)) != said)) {
            (Some(row_a), Some(row_b)) => Err(EvalError::Disagreement { row_a, row_b: *row_b }),
            _ => Ok(self.one(first)),
        }
    }

    fn aggregated(&self, rows: Vec<u32>, how: Aggregation) -> Result<Hit<'_>, EvalError> {
        if rows.is_empty() {
            return Ok(self.several(rows));
        }
        let mut values = rows.iter().filter_map(|row| self.outputs(*row).first()?.clone());
        let result = match how {
            Aggregation::Count => Some(Value::Decimal(Decimal::from(rows.len()))),
            Aggregation::List => Some(Value::List(values.collect())),
            Aggregation::Sum => {
                let first = values.next();
                values.fold(first, |sum, value| add(sum?, value))
            }
            Aggregation::Min => values.reduce(|a, b| if is_less(&b, &a) { b } else { a }),
            Aggregation::Max => values.reduce(|a, b| if is_less(&a, &b) { b } else { a }),
        };
        let result = result.ok_or(EvalError::BadSum)?;
        Ok(Hit { rows, outputs: Outputs::Aggregate(result) })
    }

    fn one(&self, row: Option<u32>) -> Hit<'_> {
        match row {
            Some(row) => Hit { rows: vec![row], outputs: Outputs::Row(self.outputs(row)) },
            None => Hit { rows: Vec::new(), outputs: Outputs::Nothing },
        }
    }

    fn several(&self, rows: Vec<u32>) -> Hit<'_> {
        if rows.is_empty() {
            return Hit { rows, outputs: Outputs::Nothing };
        }
        let outputs = Outputs::Rows(rows.iter().map(|row| self.outputs(*row)).collect());
        Hit { rows, outputs }
    }

    fn rank(&self, row: u32) -> u32 {
        self.index.ranks.get(row as usize).copied().unwrap_or(u32::MAX)
    }

    /// The output cells of row `row`, counted from 0; empty if there is no such row.
    #[must_use]
    pub fn outputs(&self, row: u32) -> &[Option<Value>] {
        self.rules.rows.get(row as usize).map_or(&[], |Row { outputs, .. }| outputs)
    }
}

fn add(a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Decimal(a), Value::Decimal(b)) => exact_sum(a, b).map(Value::Decimal),
        (Value::Money(a), Value::Money(b)) if a.currency == b.currency => {
            Some(Value::Money(Money { minor: a.minor.checked_add(b.minor)?, currency: a.currency }))
        }
        _ => None,
    }
}

/// The sum, or nothing if it would have to be rounded.
fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    let exact = sum.scale() >= a.normalize().scale().max(b.normalize().scale()) || sum.checked_sub(b) == Some(a);
    exact.then_some(sum)
}

fn is_less(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Decimal(a), Value::Decimal(b)) => a < b,
        (Value::Money(a), Value::Money(b)) => a.minor < b.minor,
        (Value::Date(a), Value::Date(b)) => a < b,
        _ => false,
    }
}
