//! Any 80 bytes as a VRF proof, and any 32 as a key: what is read is written back the same, and proves nothing by chance.
#![no_main]

use beacon::vrf::{Proof, PublicKey, SecretKey};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(key) = bytes.first_chunk() {
        if let Ok(key) = PublicKey::from_bytes(key) {
            assert_eq!(bytes.first_chunk(), Some(key.as_bytes()));
        }
    }
    if let Ok(proof) = Proof::from_bytes(bytes) {
        assert_eq!(proof.to_bytes(), bytes);
        assert!(SecretKey::from_seed(&[7; 32]).public().verify(b"alpha", &proof).is_err());
    }
});
