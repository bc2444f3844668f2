//! How many declarations a core reads and assesses in a second: `declaration_rate FOLDER [DATA]`.
//!
//! DATA holds the trade test and the tariff of the United Kingdom. Without it the declarations are made by hand of a committed sample, with 1 to 9 items each, and so is
//! their tariff. Those that were measured are put into FOLDER, one file each, so that a peer can read the same. One thread; the last line is one JSON object.
//!
//! Reading and assessing are measured over the declarations that can be assessed, and over all, with those that are refused and why; reading alone over all. Of each the fastest of [`ROUNDS`] goes over all counts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "it measures, and fails by panicking")]

mod published;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use customs::assess::{Obstacle, Policy, World, assess};
use customs::declaration::{Declaration, Purpose};
use customs::rates::{self, Rates};
use customs::tariff::{Groups, Tariff, read as read_tariff};
use customs::{Message, read};
use definition::value::Date;

/// How often all are gone over.
const ROUNDS: usize = 9;
/// How many declarations are made where there are none.
const MADE: usize = 270;
const SAMPLE: &str = include_str!("../tests/data/sample-declaration.xml");

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap();
    let (corpus, files, law) = match arguments.next() {
        Some(data) => ("trade test", originals(&data.join("hmrc")), Law::published(&data)),
        None => ("made by hand", made(), Law::made()),
    };
    for (number, file) in files.iter().enumerate() {
        std::fs::write(folder.join(format!("{number:05}.xml")), file).unwrap();
    }
    let (can, cannot): (Vec<&Vec<u8>>, Vec<&Vec<u8>>) = files.iter().partition(|file| law.lines(file).is_ok());
    let lines: usize = can.iter().map(|file| law.lines(file).unwrap()).sum();
    let items: usize = can.iter().map(|file| declared(file).unwrap().shipment.items.len()).sum();
    let all: Vec<&Vec<u8>> = files.iter().collect();
    let read = fastest(&all, |file| drop(black_box(declared(file).unwrap())));
    let both = fastest(&can, |file| assert!(black_box(law.lines(file)).is_ok()));
    let judged = fastest(&all, |file| drop(black_box(law.lines(file))));
    let bytes: usize = files.iter().map(Vec::len).sum();
    println!(
        "{{\"corpus\": \"{corpus}\", \"declarations\": {}, \"mean_bytes\": {}, \"not_assessed\": {}, \"assessed_items\": {items}, \"assessed_lines\": {lines}, \
         \"read_per_s\": {:.0}, \"read_and_assessed_per_s\": {:.0}, \"read_and_assessed_or_refused_per_s\": {:.0}, \"why_not\": {}}}",
        files.len(),
        bytes / files.len(),
        cannot.len(),
        files.len() as f64 / read,
        can.len() as f64 / both,
        files.len() as f64 / judged,
        law.told(&cannot)
    );
}

/// The seconds of the fastest round.
fn fastest(files: &[&Vec<u8>], work: impl Fn(&[u8])) -> f64 {
    let round = |_| {
        let begun = Instant::now();
        files.iter().for_each(|file| work(file));
        begun.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

fn declared(bytes: &[u8]) -> Option<Box<Declaration>> {
    match read(bytes) {
        Ok(Message::Declaration(declaration)) if declaration.purpose() == Purpose::Original => Some(declaration),
        _ => None,
    }
}

/// What declarations are assessed by.
struct Law {
    policy: &'static Policy,
    tariff: Tariff,
    rates: Rates,
    groups: Groups,
}

impl Law {
    /// The published tariff, with the general rates of value added tax.
    fn published(data: &Path) -> Self {
        let tariff = published::tariff(data, Some(include_str!("data/general-rates.csv")));
        Self::of(tariff, Rates::default(), published::groups())
    }

    fn made() -> Self {
        let tariff = "commodity,origin,preference,procedure,tax,expression,valid_from,valid_to\n\
                      0803,,,,A00,16.0%,2020-01-01,\n,,,,B00,20.0%,2020-01-01,\n";
        let rates = rates::read("currency,rate,valid_from,valid_to\nEUR,0.85,2020-01-01,\n").unwrap();
        Self::of(read_tariff(tariff).unwrap(), rates, Groups::default())
    }

    fn of(tariff: Tariff, rates: Rates, groups: Groups) -> Self {
        Self { policy: Policy::named("uk").unwrap(), tariff, rates, groups }
    }

    /// How many lines a declaration is assessed to, or what is in the way.
    fn lines(&self, file: &[u8]) -> Result<usize, Vec<Obstacle>> {
        let Self { policy, tariff, rates, groups } = self;
        let world = World { policy, tariff, rates, groups, day: Date::new(2026, 3, 13).unwrap() };
        assess(&declared(file).unwrap(), &world).map(|lines| lines.len())
    }

    /// How many are kept back by what, as JSON; what comes first counts.
    fn told(&self, cannot: &[&Vec<u8>]) -> String {
        let mut whys = BTreeMap::<String, usize>::new();
        for file in cannot {
            let why = format!("{:?}", self.lines(file).unwrap_err()[0].fault);
            let name: String = why.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            *whys.entry(name).or_default() += 1;
        }
        let whys: Vec<String> = whys.iter().map(|(why, count)| format!("\"{why}\": {count}")).collect();
        format!("{{{}}}", whys.join(", "))
    }
}

/// All original declarations below a folder, in the order of their paths.
fn originals(folder: &Path) -> Vec<Vec<u8>> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(originals(&path));
        } else {
            found.extend(Some(std::fs::read(&path).unwrap()).filter(|bytes| declared(bytes).is_some()));
        }
    }
    found
}

/// Declarations of 1 to 9 items, made of the sample.
fn made() -> Vec<Vec<u8>> {
    let (begin, end) = ("<GovernmentAgencyGoodsItem>", "</GovernmentAgencyGoodsItem>");
    let (from, to) = (SAMPLE.find(begin).unwrap(), SAMPLE.find(end).unwrap() + end.len());
    let one = |number: usize| {
        let items = 1 + number % 9;
        let item = |place: usize| {
            let numbered = format!("<SequenceNumeric>{place}</SequenceNumeric>");
            SAMPLE[from..to].replacen("<SequenceNumeric>1</SequenceNumeric>", &numbered, 1)
        };
        let head = SAMPLE[..from]
            .replace("SAMPLE-1", &format!("MADE-{number}"))
            .replace("<GoodsItemQuantity>1<", &format!("<GoodsItemQuantity>{items}<"));
        let all: String = (1..=items).map(item).collect();
        format!("{head}{all}{}", &SAMPLE[to..]).into_bytes()
    };
    (0..MADE).map(one).collect()
}
