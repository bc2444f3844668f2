//! Any bytes as `service.yaml` beside sound files: no panic, every span lies in its file, and a sealed service comes back from its canonical form.
#![no_main]

use definition::{Checked, Files, check};
use libfuzzer_sys::fuzz_target;

/// The shared part of a small sound zone.
const ZONE: [(&str, &str); 6] = [
    (
        "zone.yaml",
        "zone: z\nlanguages: [en]\ntimezone: UTC\ncalendar: persian\nweekend: [friday]\ncurrency: IRR\nauthorities: [o]\nportals: [p]\nroles:\n  clerk: { authority: o, people: 3 }\n",
    ),
    ("law.csv", "id,act,article,from,to,status,en\ng,A,,,,draft,G\n"),
    ("concepts.csv", "id,type,personal,register\nperson.id,text,yes,people\na.b,\"decimal(0,0..9)\",no,\n"),
    ("registers.yaml", "people: { authority: o, key: person.id, holds: [person.id] }\n"),
    ("services/s/t.csv", "in:f,out:route,ground\n< 5,grant,\n>= 5,refuse,g\n"),
    ("services/s/en.ftl", "title = T\n"),
];

fuzz_target!(|bytes: &[u8]| {
    let mut files = Files(ZONE.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into());
    files.0.insert("services/s/service.yaml".to_owned(), bytes.to_vec());
    let report = check(&files);
    for problem in &report.problems {
        let text = report.sources.get(problem.span.file).unwrap().text();
        assert!(text.get(problem.span.start as usize..problem.span.end as usize).is_some());
    }
    for service in report.zone.iter().flat_map(|zone| zone.services().values()) {
        Checked::from_canonical(service.canonical(), service.hash()).unwrap();
    }
});
