//! Passkeys: what is taken, and everything that is not, each by its own fault.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod soft;

use credential::passkey::{
    Assertion, AuthenticatorData, ClientData, PasskeyFault, PasskeyKey, RelyingParty, asserted, registered,
};
use proptest::prelude::*;
use soft::{Authenticator, Made};

const PARTY: &str = "maku.example";
const ORIGIN: &str = "https://maku.example";

fn party() -> RelyingParty {
    RelyingParty { id: PARTY.to_owned(), origin: ORIGIN.to_owned() }
}

fn both() -> [Authenticator; 2] {
    [Authenticator::ed25519(1, PARTY, ORIGIN), Authenticator::es256(2, PARTY, ORIGIN)]
}

fn verified(key: &[u8], challenge: &[u8], made: &Made) -> Result<u32, PasskeyFault> {
    let (authenticator_data, client_data) = (&made.authenticator_data[..], made.client_data.as_bytes());
    asserted(&party(), challenge, key, Assertion { authenticator_data, client_data, signature: &made.signature })
}

#[test]
fn what_an_authenticator_registers_signs() {
    for mut own in both() {
        let (client_data, attestation) = own.register(b"a challenge");
        let made = registered(&party(), b"a challenge", client_data.as_bytes(), &attestation).unwrap();
        assert_eq!((made.id, made.key.clone(), made.counter), (own.id.clone(), own.cose_key(), 0));
        own.counter = 7;
        assert_eq!(verified(&made.key, b"another", &own.sign(b"another")), Ok(7));
    }
}

#[test]
fn each_lie_of_an_assertion_is_seen() {
    for own in both() {
        let (key, sign) = (own.cose_key(), |own: &Authenticator| own.sign(b"act"));
        let good = sign(&own);
        assert_eq!(verified(&key, b"act", &good), Ok(0));
        assert_eq!(verified(&key, b"another act", &good), Err(PasskeyFault::WrongChallenge));
        let other = Authenticator::ed25519(9, PARTY, ORIGIN);
        assert_eq!(verified(&other.cose_key(), b"act", &good), Err(PasskeyFault::Signature));
        let mut changed = good.clone();
        changed.authenticator_data[36] ^= 1;
        assert_eq!(verified(&key, b"act", &changed), Err(PasskeyFault::Signature));
        let mut changed = good.clone();
        changed.client_data = changed.client_data.replace("false", " false");
        assert_eq!(verified(&key, b"act", &changed), Err(PasskeyFault::Signature));
        for cut in [0, 1, good.signature.len() - 1] {
            let mut cut_off = good.clone();
            cut_off.signature.truncate(cut);
            assert_eq!(verified(&key, b"act", &cut_off), Err(PasskeyFault::Signature));
        }
    }
}

#[test]
fn each_wrong_circumstance_is_named() {
    let lie = |change: fn(&mut Authenticator)| {
        let mut own = Authenticator::ed25519(1, PARTY, ORIGIN);
        change(&mut own);
        verified(&own.cose_key(), b"act", &own.sign(b"act"))
    };
    assert_eq!(lie(|own| own.origin = "https://maku.example.evil.example".to_owned()), Err(PasskeyFault::WrongOrigin));
    assert_eq!(lie(|own| own.origin = "http://maku.example".to_owned()), Err(PasskeyFault::WrongOrigin));
    assert_eq!(lie(|own| own.party = "evil.example".to_owned()), Err(PasskeyFault::WrongRelyingParty));
    assert_eq!(lie(|own| own.flags = 0b100), Err(PasskeyFault::NotPresent));
    assert_eq!(lie(|own| own.flags = 0b001), Err(PasskeyFault::NotVerified));
    assert_eq!(lie(|own| own.flags |= 0b1_0000), Err(PasskeyFault::AuthenticatorData), "backed up, yet not eligible");
    assert_eq!(lie(|own| own.flags |= 0b1_1000), Ok(0), "backed up and eligible");
    assert_eq!(lie(|own| own.flags |= 0x80), Err(PasskeyFault::AuthenticatorData), "extensions that are not there");
    let top = r#","topOrigin":"https://evil.example""#;
    let lie = |further: &str| {
        let own = Authenticator { further: further.to_owned(), ..Authenticator::ed25519(1, PARTY, ORIGIN) };
        verified(&own.cose_key(), b"act", &own.sign(b"act"))
    };
    assert_eq!(lie(top), Err(PasskeyFault::CrossOrigin));
    assert_eq!(lie(r#","other_keys_can_be_added_here":"do not compare clientDataJSON against a template""#), Ok(0));
    assert_eq!(lie(r#","origin":"https://maku.example""#), Err(PasskeyFault::ClientData), "twice");
}

#[test]
fn one_ceremony_is_not_taken_for_another() {
    let own = Authenticator::ed25519(1, PARTY, ORIGIN);
    let (client_data, attestation) = own.register(b"c");
    let as_registered = own.sign_as(own.sign(b"c").authenticator_data, client_data.clone());
    assert_eq!(verified(&own.cose_key(), b"c", &as_registered), Err(PasskeyFault::WrongType));
    let signed = own.sign(b"c");
    let taken = registered(&party(), b"c", signed.client_data.as_bytes(), &attestation);
    assert_eq!(taken, Err(PasskeyFault::WrongType));
    // The data of a registration, signed as an assertion: it carries a key.
    let attested = attestation[attestation.len() - (37 + 18 + 16 + 42)..].to_vec();
    let with_key = own.sign_as(attested, own.client_data("webauthn.get", b"c"));
    assert_eq!(verified(&own.cose_key(), b"c", &with_key), Err(PasskeyFault::AuthenticatorData));
    let embedded = own.client_data("webauthn.get", b"c").replace("false", "true");
    let made = own.sign_as(own.sign(b"c").authenticator_data, embedded);
    assert_eq!(verified(&own.cose_key(), b"c", &made), Err(PasskeyFault::CrossOrigin));
}

#[test]
fn attestation_objects_are_read_whole() {
    let own = Authenticator::es256(1, PARTY, ORIGIN);
    let (client_data, attestation) = own.register(b"c");
    let read = |bytes: &[u8]| registered(&party(), b"c", client_data.as_bytes(), bytes).map(|made| made.id);
    assert_eq!(read(&attestation), Ok(own.id.clone()));
    assert_eq!(read(&[&attestation[..], &[0]].concat()), Err(PasskeyFault::Attestation));
    for cut in 0..attestation.len() {
        assert!(read(&attestation[..cut]).is_err(), "cut at {cut}");
    }
    let no_key = own.sign(b"c").authenticator_data;
    let head = [&[0xa1, 0x68][..], b"authData", &[0x58, 37], &no_key].concat();
    assert_eq!(read(&head), Err(PasskeyFault::AuthenticatorData));
    assert_eq!(read(&[0x9f; 60_000]), Err(PasskeyFault::Attestation), "nested without end");
}

#[test]
fn keys_are_of_their_two_kinds_and_no_other() {
    let [ed, es] = both().map(|own| own.cose_key());
    assert!(PasskeyKey::read(&ed).is_ok() && PasskeyKey::read(&es).is_ok());
    let change = |key: &[u8], at: usize, to: u8| {
        let mut key = key.to_vec();
        key[at] = to;
        PasskeyKey::read(&key)
    };
    for (key, at, to, why) in [
        (&ed, 2, 2, "another kty"),
        (&ed, 4, 0x26, "ES256 on an OKP"),
        (&ed, 6, 4, "X25519"),
        (&es, 6, 2, "P-384"),
        (&es, 0, 0xa4, "a member left over"),
        (&es, 1, 3, "twice the same member"),
    ] {
        assert_eq!(change(key, at, to), Err(PasskeyFault::Key), "{why}");
    }
    assert_eq!(PasskeyKey::read(&[&ed[..], &[0]].concat()), Err(PasskeyFault::Key));
    let rsa = [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x41, 1, 0x21, 0x43, 1, 0, 1][..]].concat();
    assert_eq!(PasskeyKey::read(&rsa), Err(PasskeyFault::Key));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(ClientData::read(&bytes));
        drop(AuthenticatorData::read(&bytes));
        drop(PasskeyKey::read(&bytes));
        prop_assert!(registered(&party(), b"c", &bytes, &bytes).is_err());
    }

    /// However a good assertion is changed in one byte, it does not hold.
    #[test]
    fn a_changed_byte_is_seen(part in 0_usize..3, at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let own = Authenticator::ed25519(1, PARTY, ORIGIN);
        let good = own.sign(b"act");
        let mut parts = [good.authenticator_data.clone(), good.client_data.clone().into_bytes(), good.signature.clone()];
        let place = at.index(parts[part].len());
        parts[part][place] ^= 1 << bit;
        let [authenticator_data, client_data, signature] = &parts;
        let assertion = Assertion { authenticator_data, client_data, signature };
        prop_assert!(asserted(&party(), b"act", &own.cose_key(), assertion).is_err());
    }
}

/// The standard's own vectors, section 16.3 (a passkey that attests itself, which is not looked at): the registration is taken, and the assertion,
/// whose authenticator did not verify its user, is not.
#[test]
fn the_standards_vectors_are_judged_as_its_rules_say() {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    let hex = |text: &str| hex::decode(text).unwrap();
    let party = RelyingParty { id: "example.org".to_owned(), origin: "https://example.org".to_owned() };
    let client_data = hex(
        "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a2265476e4374334c55745936366b336a506a796e6962506b31716e666644616966715a774c33417032392d55222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a205539685458764b453255526b4d6e625f3078594856673d3d227d",
    );
    let attestation = hex(
        "a363666d74667061636b65646761747453746d74a263616c67266373696758483046022100ae045923ded832b844cae4d5fc864277c0dc114ad713e271af0f0d371bd3ac540221009077a088ed51a673951ad3ba2673d5029bab65b64f4ea67b234321f86fcfac5d68617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58ca5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee484f2",
    );
    let challenge = BASE64_URL_SAFE_NO_PAD.decode("eGnCt3LUtY66k3jPjynibPk1qnffDaifqZwL3Ap29-U").unwrap();
    let made = registered(&party, &challenge, &client_data, &attestation).unwrap();
    assert_eq!(made.id, hex("455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c"));
    let client_data = hex(
        "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a225248696843784e534e493352594d45314f7731476d3132786e726b634a5f6666707637546e2d4a71386773222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a206754623533727a36456853576f6d58477a696d4331513d3d227d",
    );
    let authenticator_data = hex("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50900000000");
    let signature = hex(
        "3044022076691be76a8618976d9803c4cdc9b97d34a7af37e3bdc894a2bf54f040ffae850220448033a015296ffb09a762efd0d719a55346941e17e91ebf64c60d439d0b9744",
    );
    let challenge = BASE64_URL_SAFE_NO_PAD.decode("RHihCxNSNI3RYME1Ow1Gm12xnrkcJ_ffpv7Tn-Jq8gs").unwrap();
    let assertion =
        Assertion { authenticator_data: &authenticator_data, client_data: &client_data, signature: &signature };
    assert_eq!(asserted(&party, &challenge, &made.key, assertion), Err(PasskeyFault::NotVerified));
    assert_eq!(asserted(&party, b"other", &made.key, assertion), Err(PasskeyFault::WrongChallenge));
}
