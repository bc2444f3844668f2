//! Any bytes as the JSON of an application and of an act: done, or a problem. It must not know what a service asks.
#![no_main]

use axum::body::Body;
use axum::http::Request;
use fuzz::House;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let house = House::get();
    for path in ["/api/v1/cases", "/api/v1/cases/00000000000000000000000000000000/acts"] {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", house.token))
            .header("content-type", "application/json")
            .header("idempotency-key", house.fresh_key());
        house.ask(request.body(Body::from(bytes.to_vec())).unwrap());
    }
});
