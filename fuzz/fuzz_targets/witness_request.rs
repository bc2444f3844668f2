//! Any bytes as a request to a witness: no panic, what is read is written again, and nothing is cosigned that the log's key did not sign.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::key::Algorithm;
use log::witness::{Request, cosign};
use log::{SignerKey, VerifierKey};

/// The key of the documentation of Go's note package; whoever fuzzes here does not sign with it.
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = Request::parse(bytes) else { return };
    assert_eq!(request.to_string().as_bytes(), bytes);
    let log: VerifierKey = KEY.parse().unwrap();
    let witness = SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[9; 32]).unwrap();
    let refusal = cosign(&witness, &[log], None, &request, 1).unwrap_err();
    assert!([400, 403, 404, 409, 422].contains(&refusal.status()));
});
