//! The paths that code names.
//!
//! It must not know which of them are allowed. It does not resolve names: `use std::fs` is found where it is written.

use super::{NamedPath, Token, after_group};

/// Every path of at least two parts or of one name in a `use`, with the braces of a `use` written out.
pub fn paths(tokens: &[Token]) -> Vec<NamedPath> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index = if is_name(token) { follow(tokens, index, String::new(), &mut found) } else { index + 1 };
    }
    found
}

/// Follows one path from the name at `index`; gives the index after it.
fn follow(tokens: &[Token], index: usize, before: String, found: &mut Vec<NamedPath>) -> usize {
    let (mut index, mut path) = (index, before);
    while let Some(token) = tokens.get(index) {
        match token.text.as_str() {
            "{" if path.ends_with("::") => return branch(tokens, index, &path, found),
            "*" if path.ends_with("::") => path.push('*'),
            _ if is_name(token) => path.push_str(&token.text),
            _ => return index,
        }
        match tokens.get(index + 1) {
            Some(next) if next.text == "::" => path.push_str("::"),
            _ => {
                found.push(NamedPath { text: path, line: token.line });
                return index + 1;
            }
        }
        index += 2;
    }
    index
}

/// Follows each branch of the braces that open at `open`.
fn branch(tokens: &[Token], open: usize, before: &str, found: &mut Vec<NamedPath>) -> usize {
    let end = after_group(tokens, open);
    let mut index = open + 1;
    while index + 1 < end {
        let next = follow(tokens, index, before.to_owned(), found).max(index + 1);
        index = if tokens.get(next).is_some_and(|token| token.text == "as") { next + 2 } else { next };
    }
    end
}

fn is_name(token: &Token) -> bool {
    token.text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

#[cfg(test)]
mod tests {
    use crate::tidy::rust::Source;

    fn paths(text: &str) -> Vec<String> {
        let found = Source::read(text).paths_outside_tests();
        found.into_iter().map(|path| path.text).filter(|path| path.contains("::")).collect()
    }

    #[test]
    fn braces_are_written_out() {
        assert_eq!(
            paths("use std::{fs::{self, File}, env as e, io::*, time};"),
            ["std::fs::self", "std::fs::File", "std::env", "std::io::*", "std::time"]
        );
    }

    #[test]
    fn paths_in_code_are_found() {
        assert_eq!(paths("fn f() { ::std::fs::read(Vec::<b::C>::new()); }"), ["std::fs::read", "b::C"]);
    }

    #[test]
    fn test_code_is_left_out() {
        assert_eq!(paths("#[cfg(test)]\nmod tests { use std::fs; }\nuse a::b;"), ["a::b"]);
    }
}
