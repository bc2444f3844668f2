//! Files and functions stay short enough to be read from top to bottom.
//!
//! It must not know what is in them. What is longer stands in `tidy-exceptions.txt` with its length and a reason: a
//! ratchet, for a length there must be the true one, so that it can only shrink.

mod exceptions;

use std::collections::BTreeMap;

use crate::tidy::finding::Finding;
use crate::tidy::size::exceptions::{Exception, LIST};
use crate::tidy::tree::Tree;

/// Longer than this, a file is two.
const FILE_LINES: usize = 400;
/// Two screens. Most are under 40.
const FUNCTION_LINES: usize = 70;

/// One thing that has a length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Measured {
    path: String,
    /// `file`, or `fn NAME`.
    what: String,
}

/// How long it is, and where it begins.
struct Length {
    lines: usize,
    line: usize,
}

/// Finds what is too long and not excepted, or longer than its exception, and exceptions that are no longer true.
pub fn check(tree: &Tree, findings: &mut Vec<Finding>) {
    let (exceptions, mut malformed) = exceptions::read(tree);
    findings.append(&mut malformed);
    let too_long = too_long(tree);
    for (measured, length) in &too_long {
        let excepted = exceptions.iter().find(|exception| exception.measured == *measured);
        if excepted.is_none_or(|exception| exception.limit < length.lines) {
            findings.push(long(measured, length));
        }
    }
    for exception in &exceptions {
        let lines = too_long.get(&exception.measured).map(|length| length.lines);
        if lines.is_none_or(|lines| lines < exception.limit) {
            findings.push(outgrown(exception, lines));
        }
    }
}

/// Everything over its limit. Of functions with one name in one file, the longest counts.
fn too_long(tree: &Tree) -> BTreeMap<Measured, Length> {
    let mut long = BTreeMap::new();
    for (path, source) in tree.sources() {
        let measured = |what: String| Measured { path: path.to_owned(), what };
        let lines = tree.text(path).map_or(0, |text| text.lines().count());
        if lines > FILE_LINES {
            long.insert(measured("file".to_owned()), Length { lines, line: 1 });
        }
        for function in source.functions() {
            let lines = function.last_line - function.first_line + 1;
            let what = measured(format!("fn {}", function.name));
            let longest = long.get(&what).map_or(FUNCTION_LINES, |length: &Length| length.lines);
            if lines > longest {
                long.insert(what, Length { lines, line: function.first_line });
            }
        }
    }
    long
}

fn long(measured: &Measured, length: &Length) -> Finding {
    let (limit, remedy) = match measured.what.as_str() {
        "file" => (FILE_LINES, "move a part that has a name of its own into its own file"),
        _ => (FUNCTION_LINES, "give its steps names and functions"),
    };
    Finding {
        path: measured.path.clone(),
        line: length.line,
        rule: "size",
        why: format!("{} has {} lines, and nobody reads over {limit} in one go", measured.what, length.lines),
        remedy: remedy.to_owned(),
    }
}

fn outgrown(exception: &Exception, lines: Option<usize>) -> Finding {
    let Measured { path, what } = &exception.measured;
    let (why, remedy) = match lines {
        None => (format!("{what} of {path} needs no exception"), "remove this line".to_owned()),
        Some(lines) => (format!("{what} of {path} has shrunk"), format!("lower its limit to {lines}")),
    };
    Finding { path: LIST.to_owned(), line: exception.line, rule: "exception", why, remedy }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::finding::found;

    fn findings(function_lines: usize, exceptions: &str) -> Vec<String> {
        let text = format!("//! A file.\nfn long() {{{}}}\n", "\n".repeat(function_lines - 1));
        found(check, &[("a.rs", &text), ("tidy-exceptions.txt", exceptions)])
    }

    #[test]
    fn a_function_at_the_limit_passes_and_one_line_more_is_found() {
        assert_eq!(findings(70, ""), Vec::<String>::new());
        let found = findings(71, "");
        assert!(matches!(found.as_slice(), [only] if only.starts_with("a.rs:2: size: fn long has 71 lines")));
    }

    #[test]
    fn a_file_over_the_limit_is_found() {
        assert_eq!(found(check, &[("a.rs", &"\n".repeat(400))]), Vec::<String>::new());
        assert!(found(check, &[("a.rs", &"\n".repeat(401))]).concat().contains("a.rs:1: size: file has 401 lines"));
    }

    #[test]
    fn an_exception_excepts_up_to_its_limit() {
        assert_eq!(findings(80, "a.rs | fn long | 80 | a table\n"), Vec::<String>::new());
        assert!(findings(81, "a.rs | fn long | 80 | a table\n").concat().contains("fn long has 81 lines"));
    }

    #[test]
    fn an_exception_can_only_shrink() {
        assert!(findings(75, "a.rs | fn long | 80 | a table\n").concat().contains("lower its limit to 75"));
        assert!(findings(9, "a.rs | fn long | 80 | a table\n").concat().contains("remove this line"));
        assert!(findings(9, "gone.rs | file | 500 | a table\n").concat().contains("remove this line"));
    }

    #[test]
    fn an_exception_needs_a_limit_and_a_reason() {
        for line in ["a.rs | fn long | 80 |", "a.rs | fn long | many | a table", "a.rs fn long 80"] {
            let found = findings(9, line);
            assert!(
                matches!(found.as_slice(), [only] if only.starts_with("tidy-exceptions.txt:1: exception: ")),
                "{line}"
            );
        }
    }
}
