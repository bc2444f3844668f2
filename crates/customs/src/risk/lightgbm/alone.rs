//! LightGBM's own text as a whole model: every column is read as it is, or as the code that pandas gave it.
//!
//! Must not know of: trees, our own file.
//!
//! Python's LightGBM writes at the end which values its columns of categories had (`pandas_categorical`), a list for each such column. Which columns these are the
//! text says only by `feature_infos`: a column of numbers has a range there, `[0:1000]`, and one of categories its codes, `-1:0:3`.

use std::collections::HashMap;

use serde_json::Value;

use crate::risk::booster::Booster;
use crate::risk::calibration::Calibration;
use crate::risk::feature::{Column, Feature, Features};
use crate::risk::file::{FileFault, FileProblem};
use crate::risk::model::{Goal, Model, Objective, Truth};

/// Reads LightGBM's text as a model.
pub(in crate::risk) fn read_alone(text: &str) -> Result<Model, FileProblem> {
    let booster = Booster::read(text)
        .map_err(|problem| FileProblem { line: problem.line, fault: FileFault::Trees(problem.fault) })?;
    let infos = text.lines().find_map(|line| line.strip_prefix("feature_infos=")).unwrap_or_default();
    whole(text, infos)?;
    let mut lists = categories(text)?.into_iter();
    let mut infos = infos.split(' ');
    let (mut features, found) = (Features::default(), lists.len());
    let mut expected = 0;
    for (number, name) in booster.columns().iter().enumerate() {
        let has_codes = infos.next().is_some_and(is_of_codes) && found > 0;
        let codes = if has_codes { lists.next() } else { None };
        expected += usize::from(has_codes);
        features.columns.push(Column { name: name.clone(), number: codes.is_none() });
        features.made.push(codes.map_or(Feature::Number(number), |codes| Feature::Code(number, codes)));
    }
    if found != expected {
        return Err(FileProblem {
            line: text.lines().count().max(1),
            fault: FileFault::Categories { found, expected },
        });
    }
    let objective = Objective { goal: Goal::Fraud, booster, calibration: Calibration::default() };
    Model::new(Truth::default(), features, vec![objective], Vec::new())
        .ok_or(FileProblem { line: 1, fault: FileFault::Mismatch })
}

/// Whether a column is one of categories, by what `feature_infos` says of it.
fn is_of_codes(info: &str) -> bool {
    !info.starts_with('[') && info != "none"
}

/// That the text does not end between its trees and what it says of categories: without their values a column of them would be read as numbers, and scored wrongly.
fn whole(text: &str, infos: &str) -> Result<(), FileProblem> {
    let has = |begins: &str| text.lines().any(|line| line.starts_with(begins));
    let begun = has("parameters:") || infos.split(' ').any(is_of_codes);
    if !begun || has("end of parameters") || has("pandas_categorical:") {
        return Ok(());
    }
    Err(FileProblem { line: text.lines().count().max(1), fault: FileFault::Truncated })
}

/// For each column of categories the code of each value.
fn categories(text: &str) -> Result<Vec<HashMap<String, u32>>, FileProblem> {
    let Some((line, json)) =
        (1..).zip(text.lines()).find_map(|(line, text)| Some((line, text.strip_prefix("pandas_categorical:")?)))
    else {
        return Ok(Vec::new());
    };
    let wrong = || FileProblem {
        line,
        fault: FileFault::Field { text: crate::table::short(json), expected: "a JSON list of lists of categories" },
    };
    let lists: Option<Vec<Vec<Value>>> = serde_json::from_str(json).map_err(|_| wrong())?;
    Ok(lists
        .unwrap_or_default()
        .into_iter()
        .map(|list| (0..).zip(list).map(|(code, value)| (said(value), code)).collect())
        .collect())
}

/// A category as a cell says it.
fn said(value: Value) -> String {
    match value {
        Value::String(text) => text,
        // 8 and 8.0 are one number.
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}
