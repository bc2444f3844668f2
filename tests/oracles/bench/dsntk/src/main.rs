//! A decision table decided by dsntk: `dsntk-peer FOLDER`, the peer of `cargo xtask bench table`.
//!
//! Reads what the example `table_rate` wrote: the table as DMN, the contexts as FEEL, the answers. Counts where the answers differ, then
//! decides all contexts again and again. Contexts are read once, before. Prints one JSON object.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use dsntk_feel::FeelScope;
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value;
use dsntk_model_evaluator::ModelEvaluator;

/// How long the measurement runs.
const SECONDS: u64 = 3;
/// The namespace of exported tables, and the names that the example gives.
const NAMESPACE: &str = "urn:panjereh:dmn:1";
const MODEL: &str = "table";
const DECISION: &str = "decided";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: dsntk-peer FOLDER")?;
    let read = |name: &str| std::fs::read_to_string(Path::new(&folder).join(name));
    let xml = read("table.dmn")?;
    let definitions = dsntk_model::parse(&xml).map_err(|error| error.to_string())?;
    let evaluator = ModelEvaluator::new(&[definitions]).map_err(|error| error.to_string())?;
    let contexts: Vec<FeelContext> = read("contexts.feel")?
        .lines()
        .map(|line| dsntk_feel_evaluator::evaluate_context(&FeelScope::default(), line).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    let decide = |context: &FeelContext| evaluator.evaluate_invocable(NAMESPACE, MODEL, DECISION, context);
    let answers = read("answers.txt")?;
    let mut different = 0;
    for (context, answer) in contexts.iter().zip(answers.lines()) {
        let said = decide(context);
        if first(&said) != answer {
            different += 1;
            if different == 1 {
                eprintln!("{context}: {said}, not {answer}");
            }
        }
    }
    let (begun, mut done) = (Instant::now(), 0_u64);
    while begun.elapsed() < Duration::from_secs(SECONDS) {
        for context in &contexts {
            std::hint::black_box(decide(context));
        }
        done += contexts.len() as u64;
    }
    let rate = done as f64 / begun.elapsed().as_secs_f64();
    println!("{{\"peer\": \"dsntk 0.3.0\", \"peer_evaluations_per_s\": {rate:.0}, \"different\": {different}}}");
    Ok(())
}

/// The value of the output `route`, or of the only output.
fn first(said: &Value) -> String {
    match said {
        Value::Context(outputs) => {
            outputs.get_entry(&"route".into()).map_or_else(|| "null".to_owned(), Value::to_string).trim_matches('"').to_owned()
        }
        Value::Null(_) => "null".to_owned(),
        other => other.to_string().trim_matches('"').to_owned(),
    }
}
