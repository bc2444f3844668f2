//! Any bytes as CSV: no panic, and every cell's span lies in the text and holds what was read of it.
#![no_main]

use definition::syntax::csv;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (rows, problems) = csv::parse(0, text);
    let under = |span: definition::span::Span| text.get(span.start as usize..span.end as usize).unwrap();
    for row in &rows {
        for cell in &row.cells {
            let written = under(cell.span);
            assert!(written.starts_with('"') || written == cell.value);
        }
        under(row.span);
    }
    for problem in problems {
        under(problem.span);
    }
});
