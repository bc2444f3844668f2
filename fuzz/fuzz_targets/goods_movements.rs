//! Any JSON as movements of goods: no panic, what is refused says why and what to do, and what is done can be done again from its record.
#![no_main]

use customs::assess::Accounted;
use customs::goods::{Book, Movement, Posted, decide, fold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(serde_json::from_slice::<Vec<Accounted>>(bytes));
    if let Ok(posted) = serde_json::from_slice::<Vec<Posted>>(bytes) {
        // A record that was tampered with is an error, not a guess.
        let mut book = Book::default();
        drop(posted.iter().try_for_each(|one| fold(&mut book, one)));
    }
    let Ok(movements) = serde_json::from_slice::<Vec<Movement>>(bytes) else { return };
    let mut book = Book::default();
    let mut again = Book::default();
    for movement in &movements {
        match decide(&book, movement) {
            Ok(decided) => {
                for (key, row) in decided.rows {
                    book.put(key, row);
                }
                let text = serde_json::to_string(&decided.posted).unwrap();
                fold(&mut again, &serde_json::from_str::<Posted>(&text).unwrap()).unwrap();
                assert_eq!(again, book);
            }
            Err(objections) => {
                assert!(!objections.is_empty());
                for objection in objections {
                    assert!(!objection.fault.to_string().is_empty() && !objection.fault.help().is_empty());
                    assert!(!matches!(objection.fault, customs::goods::GoodsFault::Misfit { .. }));
                }
            }
        }
    }
});
