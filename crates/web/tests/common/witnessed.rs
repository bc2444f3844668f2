//! Packs of a zone whose log has witnesses: cosigned by these or those of them, and signed by the zone all the same.
//!
//! Must not know of: who judges a pack.

use app::credential::{Issuer, Pack, SignedPack};
use app::log::key::Algorithm;
use app::log::{Note, SignerKey};
use ed25519_dalek::SigningKey;

use super::House;

/// The zone's witnesses.
pub const WITNESSES: [&str; 3] = ["university", "court", "press"];

pub fn witness(name: &str) -> SignerKey {
    let seed = [name.as_bytes()[0]; 32];
    SignerKey::from_seed(&format!("{name}.example/w"), Algorithm::CosignatureV1, &seed).unwrap()
}

/// Two of the three.
pub fn policy() -> String {
    let lines = WITNESSES.map(|name| format!("witness {name} {}\n", witness(name).verifier()));
    format!("{}group two 2 university court press\nquorum two\n", lines.concat())
}

/// The zone's pack under a policy, with its checkpoint cosigned by keys at moments, in seconds from its making.
pub async fn pack(house: &House, policy: &str, cosigned: &[(&SignerKey, i64)]) -> SignedPack {
    let own = house.app.pack(3600).await.unwrap().pack().clone();
    let mut note = Note::parse(&own.checkpoint).unwrap();
    for (key, at_s) in cosigned {
        note.cosign(key, u64::try_from(own.made_s + at_s).unwrap()).unwrap();
    }
    let issuer = Issuer::new(own.zone.clone(), SigningKey::from_bytes(&[2; 32]));
    issuer.issue_pack(&Pack { policy: policy.to_owned(), checkpoint: note.encode(), ..own }).unwrap()
}
