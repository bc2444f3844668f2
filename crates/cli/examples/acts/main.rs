//! Acts through HTTP, durable and logged: `cargo run --release -p cli --example acts -- ZONE FOLDER CASES PACED [PANJEREH GUARD...]`.
//!
//! What is measured, and how, is in `measure/mod.rs`. PACED is the number of further cases that are filed one after the other. A GUARD is `signatures`,
//! `draws` or `witnesses`; PANJEREH is the program whose verbs are the second institution and the witnesses. Prints one JSON object.

mod measure;

use measure::guards::Guards;
use measure::{Failure, Plan};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [zone, folder, cases, paced, rest @ ..] = args.as_slice() else {
        return Err("usage: acts ZONE FOLDER CASES PACED [PANJEREH GUARD...]".into());
    };
    let (program, names) = rest.split_first().map_or(("panjereh", rest), |(program, names)| (program.as_str(), names));
    let plan = Plan {
        zone: zone.into(),
        folder: folder.into(),
        cases: cases.parse()?,
        paced: paced.parse()?,
        guards: Guards::named(names)?,
        program: program.into(),
    };
    println!("{}", serde_json::Value::Object(measure::run(&plan).await?));
    Ok(())
}
