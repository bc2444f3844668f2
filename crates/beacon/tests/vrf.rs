//! ECVRF-EDWARDS25519-SHA512-TAI, held to the vectors of RFC 9381, appendix B.3; and that nothing but a key's own proof passes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use beacon::vrf::{PROOF_BYTES, Proof, PublicKey, SecretKey, VrfError};
use proptest::prelude::*;

struct Vector {
    secret: &'static str,
    public: &'static str,
    alpha: &'static str,
    proof: &'static str,
    output: &'static str,
}

/// RFC 9381, appendix B.3, examples 16 to 18: all there are for this suite.
const RFC: [Vector; 3] = [
    Vector {
        secret: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        public: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        alpha: "",
        proof: "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805",
        output: "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae",
    },
    Vector {
        secret: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        public: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        alpha: "72",
        proof: "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02",
        output: "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031",
    },
    Vector {
        secret: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        public: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        alpha: "af82",
        proof: "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e",
        output: "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c452118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f",
    },
];

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn the_rfcs_vectors_come_out_byte_by_byte() {
    for vector in RFC {
        let secret = SecretKey::from_seed(&bytes(vector.secret));
        assert_eq!(hex::encode(secret.public().as_bytes()), vector.public);
        let alpha = hex::decode(vector.alpha).unwrap();
        let proof = secret.prove(&alpha).unwrap();
        assert_eq!(hex::encode(proof.to_bytes()), vector.proof);
        let public = PublicKey::from_bytes(&bytes(vector.public)).unwrap();
        let read = Proof::from_bytes(&hex::decode(vector.proof).unwrap()).unwrap();
        assert_eq!(hex::encode(public.verify(&alpha, &read).unwrap()), vector.output);
    }
}

#[test]
fn nothing_but_the_keys_own_proof_passes() {
    let vector = &RFC[2];
    let public = PublicKey::from_bytes(&bytes(vector.public)).unwrap();
    let alpha = hex::decode(vector.alpha).unwrap();
    let real: [u8; PROOF_BYTES] = bytes(vector.proof);
    for bit in 0..PROOF_BYTES * 8 {
        let mut wrong = real;
        wrong[bit / 8] ^= 1 << (bit % 8);
        let passes = Proof::from_bytes(&wrong).and_then(|proof| public.verify(&alpha, &proof));
        assert!(passes.is_err(), "bit {bit}");
    }
    let proof = Proof::from_bytes(&real).unwrap();
    assert_eq!(public.verify(b"other", &proof), Err(VrfError::Refuted));
    let stranger = PublicKey::from_bytes(&bytes(RFC[0].public)).unwrap();
    assert_eq!(stranger.verify(&alpha, &proof), Err(VrfError::Refuted));
}

#[test]
fn only_the_one_encoding_is_read() {
    let real = hex::decode(RFC[0].proof).unwrap();
    for wrong in [&real[..79], &[], &[real.clone(), vec![0]].concat()] {
        assert_eq!(Proof::from_bytes(wrong), Err(VrfError::Proof));
    }
    // The group's order (RFC 8032, section 5.1) added to the number: the same number in another encoding.
    let order: [u8; 32] = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut other = real.clone();
    let mut carry = 0_u16;
    for (byte, add) in other[48..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        (*byte, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
    assert_eq!(carry, 0);
    assert_eq!(Proof::from_bytes(&other), Err(VrfError::Proof));
    // A point's coordinate at or above the field's order, and the two encodings of (0, 1) and (0, -1) with a sign that nothing has.
    for point in [
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ] {
        let mut wrong = real.clone();
        wrong[..32].copy_from_slice(&bytes::<32>(point));
        assert_eq!(Proof::from_bytes(&wrong), Err(VrfError::Proof), "{point}");
        assert_eq!(PublicKey::from_bytes(&bytes(point)), Err(VrfError::Key), "{point}");
    }
}

#[test]
fn a_key_of_small_order_is_none() {
    // The points of small order in their canonical encodings (C2SP CCTV, ed25519).
    for key in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ] {
        assert_eq!(PublicKey::from_bytes(&bytes(key)), Err(VrfError::Key), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_proven_is_verified_and_one_number_comes_of_one_input(seed: [u8; 32], alpha: Vec<u8>, other: Vec<u8>) {
        let secret = SecretKey::from_seed(&seed);
        let proof = secret.prove(&alpha).unwrap();
        let read = Proof::from_bytes(&proof.to_bytes()).unwrap();
        prop_assert_eq!(&read, &proof);
        let output = secret.public().verify(&alpha, &read).unwrap();
        prop_assert_eq!(secret.public().verify(&alpha, &secret.prove(&alpha).unwrap()).unwrap(), output);
        if other != alpha {
            prop_assert!(secret.public().verify(&other, &read).is_err());
        }
    }

    #[test]
    fn what_is_read_is_written_back_the_same(bytes: [u8; PROOF_BYTES]) {
        if let Ok(proof) = Proof::from_bytes(&bytes) {
            prop_assert_eq!(proof.to_bytes(), bytes);
        }
    }
}
