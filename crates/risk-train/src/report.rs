//! What a model is worth on rows that it was not trained on, as one line of JSON.
//!
//! Must not know of: how it was trained.

use customs::risk::learn::Lesson;
use customs::risk::{Goal, Measures, Model, Outcome, measure};
use serde_json::json;

use crate::Complaint;

/// Measures the model on these rows and says what came of it.
pub fn tell(name: &str, model: &Model, lesson: &Lesson, rows: &[usize]) -> Result<(), Complaint> {
    let numbers =
        lesson.numbers(&model.features, rows).map_err(|fault| format!("{name}: {fault}; {}", fault.help()))?;
    let truths: Vec<(bool, f64)> =
        rows.iter().filter_map(|row| Some((*lesson.frauds.get(*row)?, *lesson.stakes.get(*row)?))).collect();
    let stakes: Vec<f64> = truths.iter().map(|(_, stake)| *stake).collect();
    let measured = |goal| {
        let scores = model.scores_of(goal, &numbers, &stakes);
        let outcomes = truths.iter().zip(scores).map(|((fraud, duty), score)| {
            let score = if goal == Goal::Duty { score.chance * duty } else { score.raw };
            Outcome { score, fraud: *fraud, duty: *duty }
        });
        measure(&outcomes.collect::<Vec<_>>())
    };
    let (Some(fraud), Some(duty)) = (measured(Goal::Fraud), measured(Goal::Duty)) else {
        return Err(format!("{name}: none is a fraud, or every one; measure on rows of both kinds"));
    };
    println!("{}", json!({ "on": name, "rows": rows.len(), "fraud": told(fraud), "duty": told(duty) }));
    Ok(())
}

fn told(measures: Measures) -> serde_json::Value {
    json!({
        "precision_at_1": measures.precision_at_1,
        "precision_at_5": measures.precision_at_5,
        "precision_at_10": measures.precision_at_10,
        "auc": measures.auc,
        "duty_at_5": measures.duty_at_5,
    })
}
