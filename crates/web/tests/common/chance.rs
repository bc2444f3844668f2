//! A service in which chance decides who is inspected.
//!
//! Must not know of: pages.

use std::collections::BTreeMap;

const SERVICE: &str = "service: spot-check
authority: zone-organisation
portal: free-zones
for: person
within: 20 workdays
facts:
  number: { concept: company.partners, ask: required, public: true }
stages:
  sample: { lot: { inspection: 10, release: 90 }, within: 1 workdays }
  inspection:
    officer: examiner
    within: 5 workdays
    overdue: release
    may: { release: release }
  release: { end: closed }
";

/// The service's files. Its words are `word`, the stage's name and nothing more.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let words = |word: &str| {
        let keys =
            ["title", "summary", "stage-sample", "stage-inspection", "stage-release", "route-inspection-release"];
        let mut text = format!("fact-number = {word}\n    .hint = {word}\n");
        text.extend(keys.map(|key| format!("{key} = {word} {}\n", key.trim_start_matches("stage-"))));
        text.into_bytes()
    };
    let file = |name: &str, bytes: Vec<u8>| (format!("services/spot-check/{name}"), bytes);
    let service = file("service.yaml", SERVICE.as_bytes().to_vec());
    [service, file("fa.ftl", words("نمونه")), file("en.ftl", words("Sample"))].into_iter().collect()
}
