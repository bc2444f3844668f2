//! What the tests of certificates share: one issuer, one certificate, one list.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::collections::BTreeMap;

use credential::{
    Certificate, Claims, Issuer, SignedStatusList, Status, StatusBits, StatusList, StatusListTerms, StatusRef,
};
use ed25519_dalek::SigningKey;

pub const ZONE: &str = "zone.example";
pub const LIST: &str = "https://zone.example/status/1";
pub const FROM_S: i64 = 1_767_225_600;
pub const UNTIL_S: i64 = 1_830_297_600;
pub const NOW_S: i64 = 1_800_000_000;
/// In the shape of a C2SP tlog-proof; only its bytes matter here.
pub const PROOF: &[u8] = b"c2sp.org/tlog-proof@v1\nindex 1433\nvZfkC4ni5Nw2q0LyRTNLDNeH7eVjXcQ7nfnyRh1pPTk=\n\nlog.zone.example\n8577\nZQ6Xh5hPqMbSdnuvYZEWJ2H3GYyXlrgYJ0gRvW7Z9Fw=\n";

pub fn issuer() -> Issuer {
    Issuer::new(ZONE, SigningKey::from_bytes(&[7; 32]))
}

pub fn claims() -> Claims {
    let facts = [
        ("activity", "تولید قطعات خودرو"),
        ("company", "شرکت پنجره‌سازان ماکو"),
        ("premises", "industrial park 2, plot 14"),
    ];
    Claims {
        zone: ZONE.to_owned(),
        holder: Some("company:14005551234".to_owned()),
        issued_s: FROM_S,
        not_before_s: FROM_S,
        expires_s: Some(UNTIL_S),
        id: vec![0xab; 16],
        kind: "activity-licence".to_owned(),
        service: "activity-licence".to_owned(),
        case: "AL-1404-000123".to_owned(),
        definition: (0..32).collect(),
        facts: facts.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        once: false,
        status: Some(StatusRef { uri: LIST.to_owned(), index: 77 }),
    }
}

/// The least that a certificate can say.
pub fn bare_claims() -> Claims {
    let facts = BTreeMap::new();
    Claims { holder: None, expires_s: None, status: None, facts, ..claims() }
}

pub fn certificate() -> Certificate {
    issuer().issue(&claims()).unwrap()
}

pub fn list(entry: Status) -> SignedStatusList {
    let mut list = StatusList::new(StatusBits::Two, 100).unwrap();
    list.set(77, entry).unwrap();
    issuer().issue_status_list(&list, &terms()).unwrap()
}

pub fn terms() -> StatusListTerms {
    StatusListTerms { uri: LIST.to_owned(), issued_s: FROM_S, expires_s: Some(UNTIL_S), refresh_s: Some(43_200) }
}
