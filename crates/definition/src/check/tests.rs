//! Whole zones: those of the repository pass, seeded defects are found under the offending place, and nothing panics.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Files, Report, check};

/// The files of a zone in the repository.
fn zone(path: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones").join(path);
    let mut files = BTreeMap::new();
    gather(&root, &root, &mut files);
    Files(files)
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

/// Problems as a person would look for them.
fn told(report: &Report) -> Vec<String> {
    let line = |problem: &crate::problem::Problem| {
        let source = report.sources.get(problem.span.file).unwrap();
        let at = source.position(problem.span.start);
        format!("{}:{}:{} {} {} | {}", source.path(), at.line, at.column, problem.code.name, problem.message, problem.help)
    };
    report.problems.iter().map(line).collect()
}

#[test]
fn the_zone_of_maku_passes() {
    let report = check(&zone("maku"));
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(report.zone.unwrap().services().len(), report.services);
}

#[test]
fn the_example_zone_passes() {
    let report = check(&zone("examples/permit-receipt"));
    assert_eq!(told(&report), Vec::<String>::new());
}
