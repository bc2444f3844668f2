//! A certificate says something else than its case.
//!
//! The kind, the validity, the holder, the definition and every public fact of a certificate follow from its case, and so do whether it may be used
//! once only and where it is said whether it still holds. It states nothing else. Names of holders come from registers and are not looked at; nor is what it says of a load, which
//! follows from what the case booked (that is booked again).
//! Of a case of which something was erased the leaves still say all of this but the holder and facts that are texts.

use crate::ending::Issued;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A503",
    name: "certificate-differs",
    weight: Weight::Fault,
    en: "A certificate says something else than its case.",
    fa: "گواهی چیزی جز پروندهٔ خود می‌گوید.",
};

/// The facts of a certificate that say what the holder is called.
const HOLDER: [&str; 2] = ["holder", "holder-latin"];

/// How the names of what a certificate says of a load begin; no fact of a service has a point in its name.
const LOAD: &str = "load.";

/// A certificate's claims beside those that its case gives.
pub(crate) fn check(certificate: &Issued<'_>, findings: &mut Findings) {
    let Some(expected) = certificate.expected() else { return };
    let claims = certificate.certificate.claims();
    let mut differ = |what: &str, recorded: String, recomputed: String| {
        if recorded != recomputed {
            let at = At { leaf: Some(certificate.position), ..At::place(certificate.place()) };
            findings.add(&CODE, at, format!("{what} {recorded}"), format!("{what} {recomputed}"));
        }
    };
    differ("zone", claims.zone.clone(), expected.zone);
    if let Some(holder) = expected.holder {
        differ("holder", format!("{:?}", claims.holder), format!("{:?}", Some(holder)));
    }
    differ("issued", claims.issued_s.to_string(), expected.issued_s.to_string());
    differ("valid from", claims.not_before_s.to_string(), expected.not_before_s.to_string());
    if let Some(expires_s) = expected.expires_s {
        differ("valid until", format!("{:?}", claims.expires_s), format!("{expires_s:?}"));
    }
    differ("kind", claims.kind.clone(), expected.kind);
    if let Some(service) = expected.service {
        differ("service", claims.service.clone(), service);
    }
    differ("case", claims.case.clone(), expected.case);
    differ("definition", hex::encode(&claims.definition), hex::encode(&expected.definition));
    for (name, value) in &expected.facts {
        differ(name, claims.facts.get(name).cloned().unwrap_or_default(), value.clone());
    }
    // What registers call the holder is not in the record; every other fact is the case's.
    let is_known = |name: &&String| {
        let forgotten = expected.forgotten.as_ref().is_none_or(|forgotten| forgotten.contains(*name));
        forgotten || expected.facts.contains_key(*name) || HOLDER.contains(&name.as_str()) || name.starts_with(LOAD)
    };
    for name in claims.facts.keys().filter(|name| !is_known(name)) {
        differ(name, "stated".to_owned(), "not stated".to_owned());
    }
    if let Some(once) = expected.once {
        differ("used once only:", claims.once.to_string(), once.to_string());
    }
    let list = claims.status.as_ref().map(|status| status.uri.as_str()).unwrap_or_default();
    if !list.ends_with(&expected.list) {
        differ("status list", list.to_owned(), expected.list.clone());
    }
    let status = claims.status.as_ref().map(|status| status.index);
    differ("place in the status list", format!("{status:?}"), format!("{:?}", expected.status));
}
