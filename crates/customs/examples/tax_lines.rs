//! Computes what a government's trade test computed, from the declarations and a tariff, and says of every line whether it is the same to the penny.
//!
//! `tax_lines DATA [TARIFF]`: DATA holds the trade test, TARIFF further rows. Figures go to the standard output as JSON, differing lines to the error output.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "it measures, and fails by panicking")]

mod published;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use customs::amend::{Request, Standing};
use customs::assess::{Line, Policy, World, assess};
use customs::declaration::Declaration;
use customs::rates::Rates;
use customs::tariff::Tariff;
use customs::{Message, read};
use definition::value::{Date, Decimal};
use published::{groups, tariff};

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let data = arguments.next().unwrap();
    let more = arguments.next().map(|file| std::fs::read_to_string(file).unwrap());
    let tariff = tariff(&data, more.as_deref());
    let samples = data.join("hmrc/annotated_XML_samples");
    let scenarios = scenarios(&samples);
    let mut same = 0;
    let mut lines = 0;
    let mut zero = 0;
    for (scenario, expected) in expected(&data.join("hmrc_tax_lines.csv")) {
        let mut versions: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for row in expected {
            lines += 1;
            let left = versions.entry(row["source"].clone()).or_insert_with(|| {
                let declared =
                    scenarios.get(&scenario.0).map(|all| all.answered(&scenario.1, &samples.join(&row["source"])));
                declared.map_or_else(Vec::new, |one| {
                    computed(&one.declaration(), &tariff).unwrap_or_else(|why| {
                        eprintln!("{} {}: not assessed: {why}", scenario.0, scenario.1);
                        Vec::new()
                    })
                })
            });
            match left.iter().position(|line| is_same(line, &row)) {
                Some(at) => {
                    let line = left.remove(at);
                    same += 1;
                    zero += usize::from(line.assessed.is_zero() && line.deduct.is_zero());
                }
                None => {
                    let near: Vec<String> = left.iter().filter(|line| line.tax == row["tax_type"]).map(told).collect();
                    let wanted = ["item", "tax_type", "base", "deduct", "assessed", "payable"]
                        .map(|c| row[c].as_str())
                        .join(" ");
                    eprintln!("{} {}: {wanted} | computed {}", scenario.0, scenario.1, near.join(" / "));
                }
            }
        }
    }
    println!("{{\"lines\": {lines}, \"same\": {same}, \"same_and_zero\": {zero}}}");
}

type Expected = Vec<((String, String), Vec<BTreeMap<String, String>>)>;

fn expected(file: &Path) -> Expected {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let mut scenarios: Expected = Vec::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let key = (row["scenario"].clone(), row["lrn"].clone());
        match scenarios.last_mut() {
            Some((last, rows)) if *last == key => rows.push(row),
            _ => scenarios.push((key, vec![row])),
        }
    }
    scenarios
}

/// What was declared in a scenario, and what changed it.
#[derive(Default)]
struct Scenario {
    originals: Vec<Standing>,
    /// Those of declarants before those of customs.
    requests: Vec<Request>,
}

/// The declarations and requests, by the scenario's folder.
fn scenarios(samples: &Path) -> BTreeMap<String, Scenario> {
    let mut found = BTreeMap::<String, Scenario>::new();
    let mut folders = vec![samples.to_owned()];
    let mut answers = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let name = path.strip_prefix(samples).unwrap().components().next().unwrap().as_os_str();
            let name = name.to_string_lossy().into_owned();
            if let Ok(original) = Standing::read(&bytes) {
                found.entry(name).or_default().originals.push(original);
            } else if let Ok(request) = Request::read(&bytes) {
                match read(&bytes) {
                    Ok(Message::Declaration(_)) => found.entry(name).or_default().requests.push(request),
                    _ => answers.push((name, request)),
                }
            }
        }
    }
    for (name, request) in answers {
        found.entry(name).or_default().requests.push(request);
    }
    found
}

impl Scenario {
    /// The declaration that an answer is to: the one with that reference, else the first; amended, if the answer is to a later version and the amendment is there.
    fn answered(&self, reference: &str, answer: &Path) -> Standing {
        let referenced = |one: &Standing| one.declaration().reference.is_some_and(|own| own.value == reference);
        let original = self.originals.iter().find(|one| referenced(one)).unwrap_or(&self.originals[0]);
        let Ok(Message::Notification(answer)) = read(&std::fs::read(answer).unwrap()) else { return original.clone() };
        let first = answer.version.as_ref().is_none_or(|version| version.value == "1");
        let id = answer.declaration_id.map(|id| id.value);
        let amending = self.requests.iter().find(|one| !first && id.is_some() && one.id() == id.as_deref());
        amending.map_or_else(|| original.clone(), |request| original.amend(request).unwrap().0)
    }
}

fn computed(declaration: &Declaration, tariff: &Tariff) -> Result<Vec<Line>, String> {
    let policy = Policy::named("uk").unwrap();
    let world =
        World { policy, tariff, rates: &Rates::default(), groups: &groups(), day: Date::new(2026, 3, 13).unwrap() };
    assess(declaration, &world).map_err(|obstacles| {
        obstacles
            .iter()
            .map(|obstacle| format!("item {}: {}", obstacle.item, obstacle.fault))
            .collect::<Vec<_>>()
            .join("; ")
    })
}

fn is_same(line: &Line, row: &BTreeMap<String, String>) -> bool {
    let number = |name: &str| Decimal::from_str_exact(&row[name]).ok();
    let security = row["base"].is_empty() && row["payable"].is_empty() && row["rate_pct"].is_empty();
    let amounts = number("assessed") == Some(line.assessed)
        && (security
            || (number("payable") == Some(line.payable)
                && number("deduct") == Some(line.deduct)
                && number("base") == line.base));
    row["item"] == line.item.to_string() && row["tax_type"] == line.tax && amounts
}

fn told(line: &Line) -> String {
    let base = line.base.map(|base| base.to_string()).unwrap_or_default();
    format!("{} {} {base} {} {} {}", line.item, line.tax, line.deduct, line.assessed, line.payable)
}
