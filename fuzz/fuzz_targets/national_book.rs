//! Any bytes as a national book, and any text as a nomenclature: no panic, what is taken over can be read again, and every way to a code ends.
#![no_main]

use customs::nomenclature::{self, Nomenclature};
use customs::tariff;
use definition::value::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let day = Date::new(2026, 11, 25).unwrap();
    let headed = [b"code,fa,en,duty,commercial profit,import duty,priority,valid from,valid to\n", bytes].concat();
    for book in [bytes, &headed] {
        match tariff::import::national_book(book, day) {
            Ok(book) => {
                assert_eq!(tariff::read(&book.file).unwrap().measures().len(), book.measures);
                let file = nomenclature::write(&book.entries).unwrap();
                assert_eq!(nomenclature::read(&file).unwrap(), book.entries);
            }
            Err(problems) => {
                assert!(!problems.is_empty());
                assert!(problems.iter().all(|one| !one.fault.to_string().is_empty() && !one.fault.help().is_empty()));
            }
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(entries) = nomenclature::read(&format!("code,parent,en,fa,priority\n{text}")) else { return };
    let all = Nomenclature::new(entries.iter().cloned());
    for entry in &entries {
        assert_eq!(all.path(&entry.code).last().map(|last| &last.code), Some(&entry.code));
    }
});
