//! Relative links of the documentation lead somewhere: a newcomer follows them.
//!
//! It must not know other hosts: links there are not looked at.

use crate::tidy::finding::Finding;
use crate::tidy::tree::Tree;

/// Finds relative links in Markdown whose file or folder is not part of the checkout.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".md")) {
        let mut in_code = false;
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            }
            if in_code {
                continue;
            }
            for target in targets(line).filter(|target| !leads(tree, path, target)) {
                findings.push(Finding {
                    path: path.to_owned(),
                    line: number + 1,
                    rule: "link",
                    why: format!("{target} leads to nothing in this checkout"),
                    remedy: "correct it, or add the file".to_owned(),
                });
            }
        }
    }
}

/// What the links of one line lead to. Inline code is no link.
fn targets(line: &str) -> impl Iterator<Item = String> {
    let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let defined = prose.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.to_owned());
    let inline: Vec<String> =
        prose.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect();
    let first_word = |target: String| target.split_whitespace().next().unwrap_or_default().to_owned();
    defined.into_iter().chain(inline).map(first_word)
}

fn leads(tree: &Tree, from: &str, target: &str) -> bool {
    let target = target.trim_start_matches('<').trim_end_matches('>');
    let file = target.split('#').next().unwrap_or_default().trim_end_matches('/');
    if file.is_empty() || target.contains("://") || target.starts_with("mailto:") {
        return true;
    }
    resolve(from, file).is_some_and(|path| tree.has(&path))
}

/// The path from the root of the checkout; none when the link leaves it.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    fn broken(text: &str) -> Vec<String> {
        found(check, &[("docs/a.md", text), ("docs/adr/0001-x.md", ""), ("README.md", ""), ("LICENSE", "")])
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        let text = "[a](adr/0001-x.md#top) ![b](../README.md \"t\") [c](adr/) [d](#here) [e](https://example.org/x)\n[f]: ../LICENSE";
        assert_eq!(broken(text), Vec::<String>::new());
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let found = broken("fine\n[a](adr/0002-y.md)");
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with("docs/a.md:2: link: adr/0002-y.md leads to nothing"))
        );
        assert_eq!(broken("[a](x.md) and [b](y.md)").len(), 2);
        assert_eq!(broken("[a](../../README.md)").len(), 1);
        assert_eq!(broken("[f]: gone.md").len(), 1);
    }

    #[test]
    fn code_is_no_link() {
        assert_eq!(broken("`[a](x.md)`\n```\n[a](x.md)\n```"), Vec::<String>::new());
    }
}
