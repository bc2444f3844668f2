//! Any text as the changes of a request: no panic, nothing changes when it is refused, and what it comes to is a declaration.
#![no_main]

use customs::amend::{Request, Standing};
use libfuzzer_sys::fuzz_target;

const ORIGINAL: &str = include_str!("../../crates/customs/tests/data/sample-declaration.xml");

fuzz_target!(|text: &str| {
    let request = format!("<Declaration><FunctionCode>13</FunctionCode><TypeCode>COR</TypeCode>{text}</Declaration>");
    let Ok(request) = Request::read(request.as_bytes()) else { return };
    let original = Standing::read(ORIGINAL.as_bytes()).unwrap();
    match original.amend(&request) {
        Ok((after, changes)) => {
            assert!(!changes.is_empty() || after.cancelled().is_some());
            let again = Standing::read(after.to_xml().as_bytes()).unwrap();
            assert_eq!(again.to_xml(), after.to_xml());
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
});
