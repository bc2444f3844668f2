//! How many movements of goods a core decides and folds in a second, with all that holds of them: no storage, no JSON.
//!
//! `goods_rate [MOVEMENTS]`: a number, 400,000 without it. Figures go to the standard output as JSON.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "it measures, and fails by panicking")]

use std::time::Instant;

use customs::goods::{
    Account, Book, Commodity, Departure, Entry, Exit, Holding, Id, Ingredient, Issue, ItemRef, Made, Method, Movement,
    Process, Product, Quantity, Recipe, Status, Take, Transfer, decide, fold, trace,
};
use definition::value::Money;

fn main() {
    let wanted = std::env::args().nth(1).map_or(400_000, |text| text.parse::<usize>().unwrap());
    let movements: Vec<Movement> = (0..wanted.div_ceil(STEPS)).flat_map(consignment).collect();
    let mut book = Book::default();
    let (mut postings, mut traced, mut rows) = (0, 0, 0);
    let start = Instant::now();
    for movement in &movements {
        // As an application does it: from the rows that it names, which a store would hand out.
        let part = book.part(&movement.rows());
        let decided = decide(&part, movement).unwrap();
        postings += decided.posted.postings.len();
        traced += trace(&decided.posted).map_or(0, |line| line.contents.len());
        rows += decided.rows.len();
        for (key, row) in decided.rows {
            book.put(key, row);
        }
    }
    let decided = start.elapsed().as_secs_f64();
    let posted: Vec<_> = {
        let mut book = Book::default();
        movements.iter().map(|movement| decide_and_fold(&mut book, movement)).collect()
    };
    let start = Instant::now();
    let mut again = Book::default();
    for one in &posted {
        fold(&mut again, one).unwrap();
    }
    let folded = start.elapsed().as_secs_f64();
    assert_eq!(again, book, "the record makes the same rows again");
    let outside =
        posted.iter().flat_map(|one| &one.postings).filter(|posting| posting.from == Account::Outside).count();
    let count = movements.len() as f64;
    println!(
        "{{\"movements\": {}, \"entries\": {outside}, \"postings\": {postings}, \"rows_written\": {rows}, \"traced\": {traced}, \"decided_per_second\": {:.0}, \"folded_per_second\": {:.0}}}",
        movements.len(),
        count / decided,
        count / folded
    );
}

fn decide_and_fold(book: &mut Book, movement: &Movement) -> customs::goods::Posted {
    let decided = decide(&book.part(&movement.rows()), movement).unwrap();
    for (key, row) in decided.rows {
        book.put(key, row);
    }
    decided.posted
}

/// How many movements a consignment makes.
const STEPS: usize = 8;

/// Two entries into one lot; a third is sold by receipt and leaves; the rest is worked on, and what is made leaves.
fn consignment(number: usize) -> Vec<Movement> {
    let id = |kind: &str| Id::new(&format!("{kind}-{number}")).unwrap();
    let kg = |amount: &str| Quantity::parse(amount, "KGM").unwrap();
    let (sugar, sweets) = (Commodity::new("170199").unwrap(), Commodity::new("170490").unwrap());
    let item = |declaration: Id| ItemRef { declaration, item: 1 };
    let entry = |which: &str, amount: &str, minor: i128| {
        Movement::Entry(Entry {
            item: item(id(which)),
            declared: kg(amount),
            manifest: None,
            gross: None,
            status: Status::Foreign,
            lot: id("LOT"),
            method: Method::Fifo,
            owner: id("owner"),
            warehouse: id("warehouse"),
            commodity: sugar.clone(),
            origin: None,
            said: None,
            quantity: kg(amount),
            value: Money { minor, currency: "IRR".to_owned() },
        })
    };
    let exit = |which: &str, owner: &str, commodity: &Commodity, from: Holding, amount: &str| {
        Movement::Exit(Exit(Departure {
            item: item(id(which)),
            declared: kg(amount),
            owner: id(owner),
            commodity: commodity.clone(),
            gross: None,
            takes: vec![Take { from, quantity: kg(amount) }],
        }))
    };
    let recipe = Recipe {
        name: id("recipe"),
        inputs: vec![Ingredient { commodity: sugar.clone(), quantity: kg("1"), scrap: None, loss: None }],
        products: vec![Product { commodity: sweets.clone(), least: kg("0.8"), most: kg("1"), share: 1 }],
    };
    let process = Process {
        recipe,
        runs: 100,
        owner: id("owner"),
        warehouse: id("warehouse"),
        takes: vec![Take { from: Holding::Lot(id("LOT")), quantity: kg("100") }],
        makes: vec![Made { lot: id("MADE"), method: Method::Lot, commodity: sweets.clone(), quantity: kg("90.5") }],
        waste: Vec::new(),
    };
    vec![
        entry("IN", "100", 1_000_003),
        entry("IN2", "50.25", 700_001),
        Movement::Issue(Issue { lot: id("LOT"), owner: id("owner"), receipt: id("R"), quantity: kg("50") }),
        Movement::Transfer(Transfer { receipt: id("R"), holder: id("owner"), to: id("buyer"), becomes: id("R2") }),
        exit("OUT", "buyer", &sugar, Holding::Receipt(id("R2")), "20.125"),
        Movement::Process(process),
        exit("OUT2", "owner", &sweets, Holding::Lot(id("MADE")), "45.001"),
        exit("OUT3", "owner", &sweets, Holding::Lot(id("MADE")), "45.499"),
    ]
}
