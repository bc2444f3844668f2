//! Any text as a request: a page, an answer of the API or a refusal, but never a server error.
//!
//! The text is `METHOD PATH`, header lines, an empty line and the body. `{token}`, `{cookie}` and `{csrf}` stand for the secrets of somebody who
//! is signed in, since no one guesses them.
#![no_main]

use axum::body::Body;
use axum::http::Request;
use fuzz::House;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let house = House::get();
    let text = text.replace("{token}", &house.token).replace("{cookie}", &house.cookie).replace("{csrf}", &house.csrf);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let Some((method, path)) = lines.next().and_then(|line| line.split_once(' ')) else { return };
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        request = request.header(name, value);
    }
    if let Ok(request) = request.body(Body::from(body.to_owned())) {
        house.ask(request);
    }
});
