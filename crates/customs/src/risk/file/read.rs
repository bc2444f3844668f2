//! Reads a model's file, line by line; what it says of itself is held against itself.
//!
//! Must not know of: writing it, LightGBM's text (`lightgbm`).

mod lines;

use super::{FIRST, FileFault, FileProblem, VERSION};
use crate::risk::booster::Booster;
use crate::risk::calibration::Calibration;
use crate::risk::drift::{Bins, Trained};
use crate::risk::feature::{Column, Feature, Features};
use crate::risk::lightgbm;
use crate::risk::model::{Goal, Model, Objective, Truth};
use crate::risk::profile::{Count, Counts, Profile, write_key};
use crate::table::short;
use lines::{Fields, Lines};

/// Most columns, profiles, features, objectives of a model, and most columns of a profile.
const MOST: usize = 1_000;

pub(super) fn model(text: &str) -> Result<Model, FileProblem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Lines::new(text);
    let first = lines.fields().unwrap_or_default();
    match (first.word(), first.rest()) {
        (FIRST, [VERSION]) => whole(&mut lines),
        (FIRST, [version, ..]) => Err(first.problem(FileFault::Version { found: short(version) })),
        ("tree", []) => lightgbm::read_alone(text),
        _ => Err(first.problem(FileFault::NotAModel)),
    }
}

/// The lines behind the first.
fn whole(lines: &mut Lines<'_>) -> Result<Model, FileProblem> {
    let (mut truth, mut features) = (Truth::default(), Features::default());
    let (mut objectives, mut trained) = (Vec::new(), Vec::new());
    loop {
        let fields = lines.fields().ok_or_else(|| lines.problem(FileFault::Truncated))?;
        let total = features.columns.len() + features.profiles.len() + features.made.len() + objectives.len();
        match fields.word() {
            _ if total > MOST => {
                return Err(fields.problem(FileFault::Field {
                    text: total.to_string(),
                    expected: "a model of at most 1,000 columns, profiles and features",
                }));
            }
            "truth" => {
                let [label, rate, amount] = fields.exactly()?;
                truth = Truth { label: label.to_owned(), rate: rate.to_owned(), amount: amount.to_owned() };
            }
            "column" => features.columns.push(column(&fields)?),
            "profile" => features.profiles.push(profile(&fields, lines, features.columns.len())?),
            "feature" => features.made.push(feature(&fields, &features)?),
            "trained" => trained.push(learnt(&fields, lines)?),
            "objective" => objectives.push(objective(&fields, lines)?),
            "end" => {
                return Model::new(truth, features, objectives, trained)
                    .ok_or_else(|| fields.problem(FileFault::Mismatch));
            }
            word => return Err(fields.problem(FileFault::Word { word: short(word) })),
        }
    }
}

fn column(fields: &Fields<'_>) -> Result<Column, FileProblem> {
    let [kind, name] = fields.exactly()?;
    let number = match kind {
        "number" => true,
        "text" => false,
        _ => return Err(fields.wrong(kind, "`number` or `text`")),
    };
    Ok(Column { name: name.to_owned(), number })
}

fn profile(fields: &Fields<'_>, lines: &mut Lines<'_>, columns: usize) -> Result<Profile, FileProblem> {
    let (head, places) = fields.rest().split_at_checked(3).unwrap_or_default();
    let [weight, frauds, rows] = fields.exact(head)?;
    let places: Vec<usize> = places.iter().map(|place| fields.below(place, columns)).collect::<Result<_, _>>()?;
    if places.is_empty() || places.len() > MOST {
        return Err(fields.problem(FileFault::Fields { found: fields.rest().len(), expected: 4 }));
    }
    let all = count(fields, frauds, rows)?;
    let mut profile = Profile { columns: places, weight: fields.number(weight)?, counts: Counts::default(), all };
    let mut key = String::new();
    while let Some(case) = lines.fields_if("case") {
        let (counts, values) = case.rest().split_at_checked(2).unwrap_or_default();
        let [frauds, rows] = case.exact(counts)?;
        if values.len() != profile.columns.len() {
            let expected = profile.columns.len().saturating_add(2);
            return Err(case.problem(FileFault::Fields { found: case.rest().len(), expected }));
        }
        write_key(&mut key, values.iter().copied());
        if profile.counts.insert(key.as_str().into(), count(&case, frauds, rows)?).is_some() {
            return Err(case.problem(FileFault::Twice));
        }
    }
    Ok(profile)
}

fn count(fields: &Fields<'_>, frauds: &str, rows: &str) -> Result<Count, FileProblem> {
    let count = Count { frauds: fields.number(frauds)?, rows: fields.number(rows)? };
    if count.frauds > count.rows {
        return Err(fields.wrong(frauds, "a count of frauds, of which there are at most as many as rows"));
    }
    Ok(count)
}

fn feature(fields: &Fields<'_>, features: &Features) -> Result<Feature, FileProblem> {
    let number = |text| {
        let place = fields.below(text, features.columns.len())?;
        let is_number = features.columns.get(place).is_some_and(|column| column.number);
        if is_number { Ok(place) } else { Err(fields.wrong(text, "a column of numbers")) }
    };
    let profile = |text| fields.below(text, features.profiles.len());
    match fields.rest() {
        ["number", column] => Ok(Feature::Number(number(column)?)),
        ["ratio", over, under] => Ok(Feature::Ratio(number(over)?, number(under)?)),
        ["percent", rate, amount] => Ok(Feature::Percent(number(rate)?, number(amount)?)),
        ["share", of] => Ok(Feature::Share(profile(of)?)),
        ["rows", of] => Ok(Feature::Rows(profile(of)?)),
        rest => Err(fields.wrong(&rest.join(" "), "a feature")),
    }
}

fn learnt(fields: &Fields<'_>, lines: &mut Lines<'_>) -> Result<Trained, FileProblem> {
    let [kind, name] = fields.exactly()?;
    let (mut counts, mut bounds) = (Vec::new(), Vec::new());
    while let Some(bin) = lines.fields_if("bin") {
        match bin.rest() {
            [count, bound] if counts.len() == bounds.len() => {
                counts.push(bin.number(count)?);
                bounds.push(*bound);
            }
            [count] => counts.push(bin.number(count)?),
            rest => return Err(bin.problem(FileFault::Fields { found: rest.len(), expected: 2 })),
        }
    }
    if counts.len() != bounds.len() + 2 {
        return Err(fields.problem(FileFault::Fields { found: counts.len(), expected: bounds.len() + 2 }));
    }
    let bins = match kind {
        "numbers" => Bins::Numbers(bounds.iter().map(|bound| fields.finite(bound)).collect::<Result<Vec<f64>, _>>()?),
        "codes" => Bins::Codes(bounds.into_iter().map(str::to_owned).collect()),
        _ => return Err(fields.wrong(kind, "`numbers` or `codes`")),
    };
    let rises = match &bins {
        Bins::Numbers(bounds) => bounds.is_sorted_by(|a, b| a < b),
        Bins::Codes(codes) => codes.is_sorted_by(|a, b| a < b),
    };
    if !rises {
        return Err(fields.wrong(name, "a column whose bins rise"));
    }
    Ok(Trained { column: name.to_owned(), bins, counts })
}

fn objective(fields: &Fields<'_>, lines: &mut Lines<'_>) -> Result<Objective, FileProblem> {
    let [goal] = fields.exactly()?;
    let goal = match goal {
        "fraud" => Goal::Fraud,
        "duty" => Goal::Duty,
        _ => return Err(fields.wrong(goal, "`fraud` or `duty`")),
    };
    let mut knots: Vec<(f64, f64)> = Vec::new();
    while let Some(knot) = lines.fields_if("knot") {
        let [score, chance] = knot.exactly()?;
        let (score, chance) = (knot.finite(score)?, knot.finite(chance)?);
        let rises = knots.last().is_none_or(|(before, lower)| *before < score && *lower <= chance);
        if !rises || !(0.0..=1.0).contains(&chance) {
            return Err(knot.wrong(&chance.to_string(), "a chance from 0 to 1 that rises with the score"));
        }
        knots.push((score, chance));
    }
    let trees = lines.fields().ok_or_else(|| lines.problem(FileFault::Truncated))?;
    let ("trees", [count]) = (trees.word(), trees.rest()) else {
        return Err(trees.problem(FileFault::Word { word: short(trees.word()) }));
    };
    let before = lines.line();
    let text = lines.take(trees.number(count)?).ok_or_else(|| trees.problem(FileFault::Truncated))?;
    let booster = Booster::read(text).map_err(|problem| FileProblem {
        line: problem.line.saturating_add(before),
        fault: FileFault::Trees(problem.fault),
    })?;
    Ok(Objective { goal, booster, calibration: Calibration { knots } })
}
